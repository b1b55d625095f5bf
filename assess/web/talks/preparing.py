"""Preparing a talk alone: four texts, saved as they are written, read by the other when both are ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.talks import preparing as use_cases
from assess.talks.errors import OutOfTurn
from assess.talks.types import (
    LONGEST_PREPARATION,
    Preparation,
    PreparationConflict,
    PreparationTexts,
    Talk,
    TalkFault,
)
from assess.web import language, person
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.beforehand import beforehand
from assess.web.talks.blueprint import blueprint
from assess.web.talks.both import RESOLVE, Label, differences, resolved
from assess.web.talks.forms import PREPARATION, SEEN, form_of, posted_texts, revision
from assess.web.talks.frame import back_to, found_talk, note, talk_page, wake
from assess.web.talks.moments import zone
from assess.web.talks.words import faults_in_words

_READY: Mapping[str, bool | None] = {"ready": True, "not-ready": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the four texts as the page asks for it."""

    name: str
    label: str
    hint: str


@blueprint.route("/<talk_id>/preparation", methods=["GET", "POST"])
@asks("prepare-talk")
def prepare(talk_id: str) -> ResponseReturnValue:
    """The page; sent as a form it saves and goes on, sent as JSON it saves what is being written."""
    if request.method == "GET":
        return _show(talk_id)
    return _save_draft(talk_id) if request.is_json else _save_form(talk_id)


def _show(talk_id: str) -> str:
    stored = use_cases.preparation(services().store, person.session().actor, talk_id, services().now)
    return _page(found_talk(talk_id), stored, form_of(PREPARATION, shown=_as_fields(stored.texts)), {})


def _save_form(talk_id: str) -> ResponseReturnValue:
    store, actor, now = services().store, person.session().actor, services().now
    typed, seen = posted_texts(PREPARATION, request.form), revision(request.form.get(SEEN, ""))
    stored = use_cases.preparation(store, actor, talk_id, now)
    if RESOLVE in request.form:
        is_seen = seen == stored.revision
        chosen, undecided = resolved(request.form, _as_fields(stored.texts), typed, is_seen=is_seen)
        if undecided:
            return _both_page(talk_id, stored, typed, undecided), 422
        typed = chosen
    try:
        saved = use_cases.save(
            store,
            actor,
            talk_id,
            PreparationTexts(**typed),
            seen,
            now,
            ready=_READY.get(request.form.get("go", "")),
        )
    except TalkFault as error:
        form = form_of(PREPARATION, shown=typed)
        return _page(found_talk(talk_id), stored, form, faults_in_words(error.faults), seen), 422
    except OutOfTurn:
        return _locked_page(talk_id, typed), 409
    if isinstance(saved, PreparationConflict):
        return _both_page(talk_id, saved.stored, typed), 409
    return _go_on(talk_id)


def _go_on(talk_id: str) -> ResponseReturnValue:
    go = request.form.get("go", "")
    if go == "ready":
        wake()  # a letter may wait for the other, who was ready first
    if person.session().talk_id is None and go == "ready":
        return redirect(url_for("talks.talk", talk_id=talk_id, note="ready"), 303)
    return back_to("talks.prepare", talk_id, go if go in _READY else "saved")


def _save_draft(talk_id: str) -> ResponseReturnValue:
    """`{four texts, "seen"}` → 200 with the new revision, 409 when another page was faster, 422 for what
    cannot be kept."""
    body = request.get_json()
    texts = {name: body.get(name) for name in PREPARATION} if isinstance(body, dict) else {}
    if not texts or not all(isinstance(text, str) for text in texts.values()):
        return jsonify(error=400), 400
    typed = posted_texts(PREPARATION, {name: str(text) for name, text in texts.items()})
    seen = revision(str(body.get(SEEN, "")))
    try:
        saved = use_cases.save(
            services().store,
            person.session().actor,
            talk_id,
            PreparationTexts(**typed),
            seen,
            services().now,
            ready=None,
        )
    except TalkFault as error:
        return jsonify(error=422, fields=sorted(faults_in_words(error.faults))), 422
    if isinstance(saved, PreparationConflict):
        return jsonify(error=409), 409
    return jsonify(seen=saved.revision)


def _page(
    talk: Talk,
    stored: Preparation,
    form: BaseForm,
    faults: dict[str, str],
    seen: int | None = None,
    unsaved: Mapping[str, str] = MappingProxyType({}),
) -> str:
    session = person.session()
    is_limited = session.talk_id is not None
    others = None
    if talk.is_open and not is_limited:
        others = use_cases.others_preparation(services().store, session.actor, talk.id, services().now)
    asked = asked_of(talk)
    return talk_page(
        "talk_prepare.html",
        talk,
        form=form,
        faults=faults,
        seen=stored.revision if seen is None else seen,
        asked=asked,
        own=stored,
        own_texts=_as_fields(stored.texts),
        others=None if others is None else _as_fields(others.texts),
        unsaved=unsaved,
        longest=LONGEST_PREPARATION,
        is_limited=is_limited,
        ready_since=language.day(stored.ready_at, zone()) if stored.ready_at else "",
        beforehand=None if is_limited else beforehand(talk),
        note=note(),
    )


def _locked_page(talk_id: str, typed: Mapping[str, str]) -> str:
    """How it stands, with what was typed meanwhile and is in no database."""
    stored = use_cases.preparation(services().store, person.session().actor, talk_id, services().now)
    unsaved = {name: text for name, text in typed.items() if text != _as_fields(stored.texts)[name]}
    form = form_of(PREPARATION, shown=_as_fields(stored.texts))
    return _page(found_talk(talk_id), stored, form, {}, unsaved=unsaved)


def _both_page(
    talk_id: str, stored: Preparation, typed: Mapping[str, str], undecided: tuple[str, ...] = ()
) -> str:
    talk = found_talk(talk_id)
    labels = {one.name: Label(one.label) for one in asked_of(talk)}
    return talk_page(
        "talk_both.html",
        talk,
        title=gettext("Which text is right?"),
        lead=gettext(
            "Another tab or device saved this preparation after you opened the page. Nothing is lost:"
            " choose what to keep."
        ),
        differences=differences(labels, _as_fields(stored.texts), typed, undecided, request.form),
        hidden=[*typed.items(), ("go", request.form.get("go", ""))],
        seen=stored.revision,
        stored_note=gettext("Saved last, somewhere else"),
        mine_note=gettext("What you have written on this page"),
        problem=bool(undecided),
    )


def asked_of(talk: Talk) -> tuple[Asked, ...]:
    """The four texts as they are asked of the one who prepares."""
    name = talk.person.first_name
    if talk.role == "person":
        return (
            Asked(
                "strengths",
                gettext("What goes well?"),
                gettext("What you are good at and pleased with; an example says more than an adjective."),
            ),
            Asked(
                "wishes",
                gettext("What do you wish for?"),
                gettext("Tasks, skills, co-operation, working conditions: from yourself and from others."),
            ),
            Asked(
                "obstacles",
                gettext("What has got in the way?"),
                gettext("What made the work harder than it had to be, also when it is nobody’s fault."),
            ),
            Asked(
                "questions",
                gettext("What do you want to ask?"),
                gettext("What you want to be sure to get round to."),
            ),
        )
    return (
        Asked(
            "strengths",
            gettext("What goes well?"),
            gettext("What %(name)s is good at, with something that you have seen yourself.", name=name),
        ),
        Asked(
            "wishes",
            gettext("What do you wish for?"),
            gettext("What you want to see more of, and what you are ready to do for it yourself."),
        ),
        Asked(
            "obstacles",
            gettext("What has got in the way?"),
            gettext(
                "What made the work of %(name)s harder: also your own part in it, and the organisation’s.",
                name=name,
            ),
        ),
        Asked(
            "questions",
            gettext("What do you want to ask?"),
            gettext("Open questions to which you do not know the answer yet."),
        ),
    )


def _as_fields(texts: PreparationTexts) -> dict[str, str]:
    return {name: getattr(texts, name) for name in PREPARATION}
