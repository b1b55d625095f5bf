"""Working notes: the writer's own, saved as they are written; what the law may give others is said."""

from __future__ import annotations

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.errors import NotFound
from assess.talks import notes as use_cases
from assess.talks import talks
from assess.talks.types import LONGEST_NOTE, Note, NoteConflict, Talk, TalkFault
from assess.web import person
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services
from assess.web.talks.blueprint import blueprint
from assess.web.talks.both import RESOLVE, Label, differences, resolved
from assess.web.talks.forms import NOTE, SEEN, form_of, posted_texts, revision
from assess.web.talks.frame import back_to, note, talk_page
from assess.web.talks.words import faults_in_words


@blueprint.route("/<talk_id>/notes", methods=["GET", "POST"])
@asks("read-own-note")
def notes(talk_id: str) -> ResponseReturnValue:
    """The page; sent as a form it saves and goes on, sent as JSON it saves what is being written."""
    if request.method == "GET":
        stored = _stored(talk_id)
        return _page(talk_id, stored, form_of(NOTE, shown={"text": stored.text}), {})
    return _save_draft(talk_id) if request.is_json else _save_form(talk_id)


@blueprint.post("/<talk_id>/notes/delete")
@asks("read-own-note")
def delete_notes(talk_id: str) -> ResponseReturnValue:
    """Deletes them for good."""
    store, actor, now = services().store, person.session().actor, services().now
    stored = _stored(talk_id)
    if request.form.get("sure") != "yes":
        form = form_of(NOTE, shown={"text": stored.text})
        return _page(talk_id, stored, form, {"sure": gettext("Say that they are to be deleted")}), 422
    use_cases.delete(store, actor, talk_id, now)
    if stored.may_write:
        return back_to("talks.notes", talk_id, "deleted")
    return redirect(url_for("talks.home"), 303)  # nothing is left of the talk to be seen


def _save_form(talk_id: str) -> ResponseReturnValue:
    typed, seen = posted_texts(NOTE, request.form), revision(request.form.get(SEEN, ""))
    stored = _stored(talk_id)
    if RESOLVE in request.form:
        is_seen = seen == stored.revision
        chosen, undecided = resolved(request.form, {"text": stored.text}, typed, is_seen=is_seen)
        if undecided:
            return _both_page(talk_id, stored, typed, undecided), 422
        typed = chosen
    try:
        saved = use_cases.save(
            services().store, person.session().actor, talk_id, typed["text"], seen, services().now
        )
    except TalkFault as error:
        form = form_of(NOTE, shown=typed)
        return _page(talk_id, stored, form, faults_in_words(error.faults), seen), 422
    if isinstance(saved, NoteConflict):
        return _both_page(talk_id, saved.stored, typed), 409
    return back_to("talks.notes", talk_id, "saved")


def _save_draft(talk_id: str) -> ResponseReturnValue:
    """`{"text", "seen"}` → 200 with the new revision, 409 when another page was faster, 422 for what cannot
    be kept."""
    body = request.get_json()
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str):
        return jsonify(error=400), 400
    typed = posted_texts(NOTE, {"text": text})
    seen = revision(str(body.get(SEEN, "")))
    try:
        saved = use_cases.save(
            services().store, person.session().actor, talk_id, typed["text"], seen, services().now
        )
    except TalkFault as error:
        return jsonify(error=422, fields=sorted(faults_in_words(error.faults))), 422
    if isinstance(saved, NoteConflict):
        return jsonify(error=409), 409
    return jsonify(seen=saved.revision)


def _stored(talk_id: str) -> Note:
    return use_cases.note(services().store, person.session().actor, talk_id, services().now)


def _talk(talk_id: str) -> Talk:
    """The talk of a note, also for who sees nothing of it any more but the note."""
    store, actor, now = services().store, person.session().actor, services().now
    try:
        return talks.talk(store, actor, talk_id, now)
    except NotFound:
        found = next((one for one in talks.talks_of(store, actor, now) if one.id == talk_id), None)
        if found is None:
            raise
        return found


def _page(talk_id: str, stored: Note, form: BaseForm, faults: dict[str, str], seen: int | None = None) -> str:
    return talk_page(
        "talk_notes.html",
        _talk(talk_id),
        form=form,
        faults=faults,
        stored=stored,
        seen=stored.revision if seen is None else seen,
        longest=LONGEST_NOTE,
        note=note(),
    )


def _both_page(talk_id: str, stored: Note, typed: dict[str, str], undecided: tuple[str, ...] = ()) -> str:
    return talk_page(
        "talk_both.html",
        _talk(talk_id),
        title=gettext("Which text is right?"),
        lead=gettext(
            "Another tab or device saved these notes after you opened the page. Nothing is lost: choose what"
            " to keep."
        ),
        differences=differences(
            {"text": Label(gettext("Your own notes"))}, {"text": stored.text}, typed, undecided, request.form
        ),
        hidden=list(typed.items()),
        seen=stored.revision,
        stored_note=gettext("Saved last, somewhere else"),
        mine_note=gettext("What you have written on this page"),
        problem=bool(undecided),
    )
