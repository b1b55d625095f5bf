"""Writing an agreement and changing one; where somebody else was faster, both versions are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import request
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.talks import agreements as use_cases
from assess.talks.types import (
    LONGEST_AGREEMENT,
    Agreement,
    AgreementConflict,
    AgreementKind,
    AgreementOwner,
    AgreementText,
    Talk,
    TalkFault,
)
from assess.web import language, person
from assess.web.admin.campaign_form import day_of
from assess.web.asks import asks
from assess.web.language import date_words, gettext
from assess.web.services import services
from assess.web.talks.agreements import agreement_of, to_agreements, to_write
from assess.web.talks.blueprint import blueprint
from assess.web.talks.both import RESOLVE, Label, differences, resolved
from assess.web.talks.forms import AGREEMENT, ANY_YEAR, SEEN, form_of, posted_texts, revision
from assess.web.talks.frame import shown_name, talk_page, wake
from assess.web.talks.moments import zone
from assess.web.talks.words import faults_in_words, kind_words, owner_words


@blueprint.get("/<talk_id>/agreements/new")
@asks("agree")
def add_agreement(talk_id: str) -> ResponseReturnValue:
    """An empty form."""
    return _page(to_write(talk_id), form_of(AGREEMENT), {})


@blueprint.post("/<talk_id>/agreements/new")
@asks("agree")
def write_agreement(talk_id: str) -> ResponseReturnValue:
    """Keeps it, signed by nobody yet."""
    talk = to_write(talk_id)
    typed = posted_texts(AGREEMENT, request.form)
    text, faults = _read(typed)
    if not faults:
        try:
            made = use_cases.add(services().store, person.session().actor, talk_id, text, services().now)
        except TalkFault as error:
            faults = faults_in_words(error.faults)
        else:
            return to_agreements(talk_id, "added", made.id)
    return _page(talk, form_of(AGREEMENT, shown=typed), faults), 422


@blueprint.get("/<talk_id>/agreements/<agreement_id>")
@asks("agree")
def change_agreement(talk_id: str, agreement_id: str) -> ResponseReturnValue:
    """The form with what it says now."""
    talk, found = to_write(talk_id), agreement_of(talk_id, agreement_id)
    return _page(talk, form_of(AGREEMENT, shown=_as_fields(found.text)), {}, found)


@blueprint.post("/<talk_id>/agreements/<agreement_id>")
@asks("agree")
def rewrite_agreement(talk_id: str, agreement_id: str) -> ResponseReturnValue:
    """A new version, to be signed by both; or both versions, where somebody else has written in between."""
    talk, stored = to_write(talk_id), agreement_of(talk_id, agreement_id)
    typed, seen = posted_texts(AGREEMENT, request.form), revision(request.form.get(SEEN, ""))
    if RESOLVE in request.form:
        is_seen = seen == stored.revision
        chosen, undecided = resolved(request.form, _as_fields(stored.text), typed, is_seen=is_seen)
        if undecided:
            return _both_page(talk, stored, typed, undecided), 422
        typed = chosen
    text, faults = _read(typed)
    if not faults:
        try:
            done = use_cases.change(
                services().store, person.session().actor, stored.id, text, seen, services().now
            )
        except TalkFault as error:
            faults = faults_in_words(error.faults)
        else:
            if isinstance(done, AgreementConflict):
                return _both_page(talk, done.theirs, typed), 409
            wake()
            return to_agreements(talk_id, "same" if done == stored else "changed", done.id)
    return _page(talk, form_of(AGREEMENT, shown=typed), faults, stored, seen), 422


def _read(typed: Mapping[str, str]) -> tuple[AgreementText, dict[str, str]]:
    """What was typed, and by field what cannot be understood. The use case looks at the rest."""
    due = day_of(typed["due-on"], before=ANY_YEAR) if typed["due-on"] else None
    faults = {}
    if typed["due-on"] and due is None:
        faults["due-on"] = gettext("Write a day like 2026-11-30 or 30.11.2026")
    text = AgreementText(
        kind=cast(AgreementKind, typed["kind"]),
        what=typed["what"],
        first_step=typed["first-step"],
        help_needed=typed["help-needed"],
        owner=cast(AgreementOwner, typed["owner"]),
        due_on=due,
        seen_by=typed["seen-by"],
    )
    return text, faults


def _as_fields(text: AgreementText) -> dict[str, str]:
    return {
        "kind": text.kind,
        "what": text.what,
        "first-step": text.first_step,
        "help-needed": text.help_needed,
        "owner": text.owner,
        "due-on": text.due_on.isoformat() if text.due_on else "",
        "seen-by": text.seen_by,
    }


def _page(
    talk: Talk,
    form: BaseForm,
    faults: dict[str, str],
    agreement: Agreement | None = None,
    seen: int | None = None,
) -> str:
    return talk_page(
        "talk_agreement.html",
        talk,
        form=form,
        faults=faults,
        agreement=agreement,
        seen=seen if seen is not None else agreement.revision if agreement else 0,
        kinds=kind_words(),
        owners=owner_words(talk),
        longest=LONGEST_AGREEMENT,
    )


def _both_page(
    talk: Talk, theirs: Agreement, typed: Mapping[str, str], undecided: tuple[str, ...] = ()
) -> str:
    who = _who(theirs)
    stored = _as_fields(theirs.text)
    if theirs.removed_at is not None:
        lead = gettext("The agreement was taken out while you were writing. Keep these to put it back.")
    else:
        lead = gettext(
            "%(who)s changed this agreement while you were writing. Nothing is lost: choose what it is to"
            " say.",
            who=who,
        )
    days = {
        value: date_words(day)
        for value in (stored["due-on"], typed["due-on"])
        if (day := day_of(value, before=ANY_YEAR))
    }
    return talk_page(
        "talk_both.html",
        talk,
        title=gettext("Two versions of the agreement"),
        lead=lead,
        differences=differences(_labels(talk, days), stored, typed, undecided, request.form),
        hidden=list(typed.items()),
        seen=theirs.revision,
        stored_note=gettext(
            "%(who)s, %(moment)s", who=who, moment=language.moment_words(theirs.changed_at, zone())
        ),
        mine_note=gettext("What you have written on this page"),
        problem=bool(undecided),
    )


def _who(theirs: Agreement) -> str:
    changed_by = theirs.changed_by
    if changed_by is not None and changed_by.id == person.session().person_id:
        return gettext("You yourself")
    return shown_name(changed_by)


def _labels(talk: Talk, days: Mapping[str, str]) -> dict[str, Label]:
    kinds = {kind: name for kind, name, _ in kind_words()}
    owners: dict[str, str] = dict(owner_words(talk))
    return {
        "kind": Label(gettext("What kind of agreement"), joins=False, values=kinds),
        "what": Label(gettext("What we agree on")),
        "first-step": Label(gettext("First step")),
        "help-needed": Label(gettext("Help needed")),
        "owner": Label(gettext("Who sees to it"), joins=False, values=owners),
        "due-on": Label(gettext("By when"), joins=False, values=days),
        "seen-by": Label(gettext("How we will see it")),
    }
