"""The organisation's letters: how many wait and went, whom none could be delivered to, and trying again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assess import jobs
from assess.errors import NotAllowed
from assess.mail import listing, refusals
from assess.outbox.lists import Listed
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.asks import asks
from assess.web.language import gettext
from assess.web.services import services


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "invitation": N_("Invitation"),
        "reminder": N_("Reminder"),
        "sign-in": N_("Link to sign in"),
        "contact-changed": N_("Address changed"),
        "erasure-done": N_("Erasure done"),
        "talk-invitation": N_("Invitation to a talk"),
        "talk-changed": N_("Talk changed"),
        "talk-cancelled": N_("Talk cancelled"),
        "talk-reminder": N_("Reminder of a talk"),
        "talk-ready": N_("Talk brief open"),
        "agreement-reminder": N_("Reminder of an agreement"),
        "agreements-to-sign": N_("Agreements to sign"),
        "agreement-changed": N_("Agreement changed"),
        "agreements-shown": N_("Agreements shown"),
        "batch-ready": N_("File ready"),
    }
)
"""The visible table: kind of letter → what administrators call it."""

WHY: Mapping[str, str] = MappingProxyType(
    {
        "no-answer": N_("The mail server did not answer."),
        "not-let-in": N_("The mail server did not accept the name and password that are set for it."),
        "not-safe": N_("The connection to the mail server could not be made safe."),
        "sender-refused": N_("The mail server does not take letters from our sender address."),
        "later": N_("The mail server asked to try later."),
        "refused": N_("The mail server refused the letter."),
        "address-refused": N_("The receiving side does not know this address."),
        "bad-address": N_("The address is not written like an e-mail address."),
        "no-address": N_("There is no e-mail address for this person."),
        "restored": N_("A back-up was restored. Whether the letter had gone before is not known."),
    }
)
"""The visible table: reason (`assess.mail.refusals`) → what administrators read."""
_OTHERWISE = N_("The letter could not be sent; whoever runs the system finds the reason in its log.")
_OF_THE_ADDRESS = frozenset({"address-refused", "bad-address", "no-address"})
"""What correcting the person's address puts right."""


@dataclass(frozen=True, slots=True)
class Line:
    """A letter that was not delivered, in words."""

    id: str
    person_id: str
    name: str
    kind: str
    when: str
    why: str
    needs_address: bool
    can_be_sent_again: bool


@blueprint.get("/mail")
@asks("see-mail")
def mail() -> ResponseReturnValue:
    """The list."""
    session, at = person.session(), services()
    found = listing.mail(at.store, session.actor, session.organisation_id, at.settings, at.now)
    return render_template(
        "admin_mail.html",
        person=session,
        mail=found,
        demo=at.settings.demo,
        trouble=why(found.trouble) if found.trouble else "",
        lines=[_line(letter, found.zone) for letter in found.undelivered],
        note=request.args.get("note", ""),
    )


@blueprint.post("/mail/<letter_id>/again")
@asks("see-mail")
def send_again(letter_id: str) -> ResponseReturnValue:
    """Tries a letter that was not delivered once more. Pressing twice changes nothing."""
    session, at = person.session(), services()
    try:
        listing.try_again(at.store, session.actor, session.organisation_id, letter_id, at.now)
    except NotAllowed:
        return redirect(url_for("admin.mail", note="late"), 303)
    jobs.wake(at.settings)
    return redirect(url_for("admin.mail", note="again"), 303)


def why(error: str) -> str:
    """What the outbox keeps about a failure, in words; with the server's number for whoever asks it."""
    reason, code = refusals.split(error)
    told = gettext(WHY.get(reason, _OTHERWISE))
    return gettext("%(reason)s (answer %(code)s)", reason=told.rstrip("."), code=code) if code else told


def _line(letter: Listed, zone: ZoneInfo) -> Line:
    finished: datetime = letter.finished_at or letter.created_at
    reason, _ = refusals.split(letter.error or "")
    return Line(
        id=letter.id,
        person_id=letter.person_id,
        name=letter.name,
        kind=gettext(KIND_WORDS.get(letter.kind, N_("Letter"))),
        when=language.moment_words(finished, zone),
        why=why(letter.error or ""),
        needs_address=reason in _OF_THE_ADDRESS,
        can_be_sent_again=letter.can_be_sent_again,
    )
