"""Letters about what two people agreed: reminders, what is to be signed, and to whom it is shown now.

None tells what was agreed: that stands on the page, which asks who is there.
"""

from __future__ import annotations

from datetime import date, datetime

from assess.mail.content import Action, Content, Paragraph
from assess.mail.desk import Desk
from assess.mail.errors import NotWanted
from assess.mail.talk_desk import About, about_of, content_of
from assess.talks.agreement_rows import agreements_in
from assess.talks.letters import AGREEMENT, DUE_ON, TALK
from assess.talks.types import Agreement, Talk


def due(desk: Desk) -> Content:
    """A week before and on the day, to whose the agreement is. Raises `NotWanted` when it is done, dropped,
    removed, due on another day, or not the reader's any more."""
    about = about_of(desk)
    agreement = _agreement(desk, about.talk)
    due_on = agreement.text.due_on
    if not agreement.is_live or due_on is None or due_on.isoformat() != desk.letter.parameters[DUE_ON]:
        raise NotWanted("nothing-left")
    if not _is_owner(about.talk, agreement):
        raise NotWanted("over")
    day = _day(desk, due_on)
    is_today = due_on <= desk.now.astimezone(desk.zone).date()
    subject = (
        desk.say("An agreement of yours is due today")
        if is_today
        else desk.say("An agreement of yours is due on %(day)s", day=day)
    )
    lead = desk.say(
        "In your development talk with %(name)s you agreed on something that is due on %(day)s. What it is "
        "stands on the page of your agreements; it is never in a letter.",
        name=about.other,
        day=day,
    )
    ask = desk.say("Is it done, under way, or no longer right? Note it there, so that both of you know.")
    return content_of(
        desk, subject, (Paragraph(lead), Paragraph(ask), _to_agreements(desk, desk.say("See the agreement")))
    )


def to_sign(desk: Desk) -> Content:
    """When the other has signed, or asks to. Raises `NotWanted` when nothing is left to sign."""
    about = _to_be_signed(desk)
    subject = desk.say("Agreements with %(name)s wait for you", name=about.other)
    lead = desk.say(
        "What you and %(name)s agreed on in your development talk is written down. Read it, correct what is "
        "not right, and sign it.",
        name=about.other,
    )
    return content_of(desk, subject, (Paragraph(lead), _to_agreements(desk, desk.say("Read and sign"))))


def changed(desk: Desk) -> Content:
    """To the other of the two, when one has changed what both had signed. Raises `NotWanted` when nothing is
    left to sign."""
    about = _to_be_signed(desk)
    subject = desk.say("An agreement with %(name)s was changed", name=about.other)
    lead = desk.say(
        "Something that was agreed and signed in your development talk with %(name)s has been changed. Your "
        "earlier signature holds for what it said before: read what it says now, and sign it if it is right.",
        name=about.other,
    )
    return content_of(desk, subject, (Paragraph(lead), _to_agreements(desk, desk.say("Read and sign"))))


def shown(desk: Desk) -> Content:
    """To a new manager, when the person has moved a talk on. Raises `NotWanted` when the person has thought
    better of it, or nothing is agreed."""
    about = about_of(desk)
    if about.talk.state == "cancelled" or about.talk.role != "successor":
        raise NotWanted("over")
    if not _agreements(desk):
        raise NotWanted("nothing-left")
    subject = desk.say("%(name)s shows you agreements", name=about.other)
    lead = desk.say(
        "%(name)s shows you, as the manager of today, what was agreed in an earlier development talk. You "
        "can read it, follow it up, and change and sign it together.",
        name=about.other,
    )
    return content_of(desk, subject, (Paragraph(lead), _to_agreements(desk, desk.say("See the agreements"))))


def _to_be_signed(desk: Desk) -> About:
    """The talk, where its reader has something to sign. Raises `NotWanted`."""
    about = about_of(desk)
    if about.talk.state == "cancelled" or about.talk.role not in {"person", "holder", "successor"}:
        raise NotWanted("over")
    if all(desk.letter.person_id in one.signed_by for one in _agreements(desk)):
        raise NotWanted("nothing-left")
    return about


def _agreements(desk: Desk) -> tuple[Agreement, ...]:
    """Of a talk that the reader may see, as `about_of` has asked; writing a letter is no look at them."""
    with desk.store.read() as q:
        return tuple(
            one for one in agreements_in(q, talk_id=desk.letter.parameters[TALK]) if one.removed_at is None
        )


def _agreement(desk: Desk, talk: Talk) -> Agreement:
    wanted = desk.letter.parameters[AGREEMENT]
    found = next((one for one in _agreements(desk) if one.id == wanted), None)
    if found is None or talk.state == "cancelled":
        raise NotWanted("over")
    return found


def _is_owner(talk: Talk, agreement: Agreement) -> bool:
    """Whether it is the reader's to do: the person's, or of whoever is the other of the two now."""
    if talk.role == "person":
        return agreement.text.owner in {"person", "both"}
    return talk.role in {"holder", "successor"} and agreement.text.owner in {"holder", "both"}


def _to_agreements(desk: Desk, label: str) -> Action:
    return Action(
        label, desk.page(f"talks/{desk.letter.parameters[TALK]}/agreements"), desk.say("You sign in first.")
    )


def _day(desk: Desk, day: date) -> str:
    return desk.day(datetime(day.year, day.month, day.day, 12, tzinfo=desk.zone))
