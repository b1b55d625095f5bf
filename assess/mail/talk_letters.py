"""Letters about development talks and what was agreed in them.

A letter never holds what somebody has prepared, noted or agreed: mail is read by others too. What it is about
stands on the pages, which ask who is there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assess.batches.asker import actor_of
from assess.errors import NotFound
from assess.mail.content import Action, CalendarFile, Content, Facts, Paragraph, Part
from assess.mail.desk import Desk, one_line
from assess.mail.errors import NotWanted
from assess.store.ids import parse_time
from assess.talks import links
from assess.talks.agreement_rows import agreements_in
from assess.talks.calendar import FILE_NAME, Method, calendar_file
from assess.talks.invitations import Meeting, event_of
from assess.talks.letters import AGREEMENT, DUE_ON, SEQUENCE, TALK
from assess.talks.loading import as_talk, own_talk
from assess.talks.types import Agreement, Talk


@dataclass(frozen=True, slots=True)
class _About:
    """A talk and how its reader calls the other of the two."""

    talk: Talk
    other: str

    @property
    def ends_at(self) -> datetime:
        return self.talk.starts_at + timedelta(minutes=self.talk.minutes)


def invitation(desk: Desk) -> Content:
    """To both, when a talk is planned. Raises `NotWanted` when it is not any more, or has begun."""
    about = _coming(desk)
    lead = (
        desk.say(
            "%(name)s has invited you to a development talk. The calendar file of this letter puts it into "
            "your calendar.",
            name=about.other,
        )
        if about.talk.role == "person"
        else desk.say(
            "Your development talk with %(name)s is planned. The calendar file of this letter puts it into "
            "your calendar.",
            name=about.other,
        )
    )
    subject = desk.say(
        "Development talk with %(name)s on %(day)s", name=about.other, day=desk.day(about.talk.starts_at)
    )
    parts = (Paragraph(lead), _when(desk, about.talk), *_preparation(desk, about))
    return _with_calendar(desk, _content(desk, subject, parts), _meeting(about.talk), "REQUEST")


def changed(desk: Desk) -> Content:
    """To both, when time or place is another. Raises `NotWanted` when a later letter tells a newer one."""
    about = _coming(desk)
    if desk.letter.parameters.get(SEQUENCE) != str(about.talk.sequence):
        raise NotWanted("over")
    subject = desk.say(
        "Changed: development talk with %(name)s on %(day)s",
        name=about.other,
        day=desk.day(about.talk.starts_at),
    )
    lead = desk.say(
        "The time or the place of your development talk with %(name)s has changed. This is what holds now; "
        "the calendar file of this letter corrects your calendar.",
        name=about.other,
    )
    parts = (Paragraph(lead), _when(desk, about.talk), *_preparation(desk, about))
    return _with_calendar(desk, _content(desk, subject, parts), _meeting(about.talk), "REQUEST")


def cancelled(desk: Desk) -> Content:
    """To both, also to a holder who is not the manager any more: the calendar has to forget the talk. Raises
    `NotWanted` where it was not cancelled."""
    with desk.store.read() as q:
        row = q.talk_of_letter(id=desk.letter.parameters[TALK])
    if row is None or row["state"] != "cancelled":
        raise NotWanted("over")
    person, holder = (
        "" if row[f"{who}_erased_at"] else one_line(row[f"{who}_name"]) for who in ("person", "holder")
    )
    starts_at = parse_time(row["starts_at"])
    meeting = Meeting(
        row["id"], row["sequence"], starts_at, row["minutes"], one_line(row["place"]), person, holder
    )
    other = holder if desk.letter.person_id == row["person_id"] else person
    subject = desk.say("Cancelled: development talk on %(day)s", day=desk.day(starts_at))
    lead = (
        desk.say(
            "Your development talk with %(name)s on %(moment)s is cancelled.",
            name=other,
            moment=desk.moment(starts_at),
        )
        if other
        else desk.say("Your development talk on %(moment)s is cancelled.", moment=desk.moment(starts_at))
    )
    parts = (
        Paragraph(lead),
        Paragraph(
            desk.say(
                "The calendar file of this letter takes it out of your calendar. Links to prepare it have "
                "stopped working, and what each of you has prepared is not shown to the other."
            )
        ),
    )
    return _with_calendar(desk, _content(desk, subject, parts), meeting, "CANCEL")


def reminder(desk: Desk) -> Content:
    """Two days before, to whoever is not ready. Raises `NotWanted` for who is."""
    about = _coming(desk)
    if about.talk.own_ready_at is not None:
        raise NotWanted("nothing-left")
    if desk.letter.parameters.get(SEQUENCE) != str(about.talk.sequence):
        raise NotWanted("over")
    subject = desk.say(
        "Your development talk with %(name)s is on %(day)s",
        name=about.other,
        day=desk.day(about.talk.starts_at),
    )
    lead = desk.say("You have not said yet that you are ready. A few lines are enough.")
    return _content(desk, subject, (Paragraph(lead), _when(desk, about.talk), *_preparation(desk, about)))


def agreement_due(desk: Desk) -> Content:
    """A week before and on the day, to whose the agreement is. Raises `NotWanted` when it is done, dropped,
    removed, due on another day, or not the reader's any more."""
    about = _about(desk)
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
    return _content(
        desk, subject, (Paragraph(lead), Paragraph(ask), _to_agreements(desk, desk.say("See the agreement")))
    )


def to_sign(desk: Desk) -> Content:
    """When the other has signed, or asks to. Raises `NotWanted` when nothing is left to sign."""
    about = _about(desk)
    if about.talk.state == "cancelled" or about.talk.role not in {"person", "holder", "successor"}:
        raise NotWanted("over")
    mine = desk.letter.person_id
    left = [one for one in _agreements(desk) if mine not in one.signed_by]
    if not left:
        raise NotWanted("nothing-left")
    subject = desk.say("Agreements with %(name)s wait for you", name=about.other)
    lead = desk.say(
        "What you and %(name)s agreed on in your development talk is written down. Read it, correct what is "
        "not right, and sign it.",
        name=about.other,
    )
    return _content(desk, subject, (Paragraph(lead), _to_agreements(desk, desk.say("Read and sign"))))


def _about(desk: Desk) -> _About:
    """The talk as the reader may see it at this moment. Raises `NotWanted` for who may not."""
    with desk.store.read() as q:
        actor = actor_of(q, desk.letter.person_id, desk.now)
        if actor is None:
            raise NotWanted("gone")
        try:
            loaded = own_talk(q, actor, "see-talk", desk.letter.parameters[TALK], desk.now)
        except NotFound as error:
            raise NotWanted("over") from error
        talk = as_talk(actor, loaded, desk.now)
    return _About(talk, one_line(talk.other.name))


def _coming(desk: Desk) -> _About:
    about = _about(desk)
    is_coming = about.talk.state == "planned" and about.talk.starts_at > desk.now
    if not is_coming or about.talk.role not in {"person", "holder"} or not about.talk.holder_is_current:
        raise NotWanted("over")
    return about


def _agreements(desk: Desk) -> tuple[Agreement, ...]:
    """Of a talk that the reader may see, as `_about` has asked; writing a letter is no look at them."""
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


def _when(desk: Desk, talk: Talk) -> Facts:
    place = one_line(talk.place)
    return Facts(
        (
            (desk.say("When"), desk.moment(talk.starts_at)),
            (desk.say("How long"), desk.count("%(num)s minute", "%(num)s minutes", talk.minutes)),
            *(((desk.say("Where"), place),) if place else ()),
        )
    )


def _preparation(desk: Desk, about: _About) -> tuple[Part, ...]:
    """The link, for who is not ready yet."""
    if about.talk.own_ready_at is not None:
        return ()
    token = links.mint(desk.store, about.talk.id, desk.letter.person_id, desk.now)
    alone = desk.say(
        "Each of you prepares alone: what goes well, what you wish for, what gets in the way, what you want "
        "to ask. The other sees it when both of you have said that you are ready."
    )
    return (
        Paragraph(alone),
        Action(
            desk.say("Prepare the talk"),
            desk.page(f"talks/open/{token}"),
            desk.say("The link is yours alone and opens nothing else: do not forward it."),
        ),
    )


def _to_agreements(desk: Desk, label: str) -> Action:
    return Action(
        label, desk.page(f"talks/{desk.letter.parameters[TALK]}/agreements"), desk.say("You sign in first.")
    )


def _day(desk: Desk, day: date) -> str:
    return desk.day(datetime(day.year, day.month, day.day, 12, tzinfo=desk.zone))


def _meeting(talk: Talk) -> Meeting:
    return Meeting(
        talk.id,
        talk.sequence,
        talk.starts_at,
        talk.minutes,
        one_line(talk.place),
        one_line(talk.person.name),
        one_line(talk.holder.name),
    )


def _with_calendar(desk: Desk, content: Content, meeting: Meeting, method: Method) -> Content:
    event = event_of(meeting, desk.settings, desk.language, name=desk.name, address=desk.address)
    file = CalendarFile(calendar_file(event, method, desk.now), method, FILE_NAME)
    return replace(content, calendar=file)


def _content(desk: Desk, subject: str, parts: tuple[Part, ...]) -> Content:
    return Content(
        language=desk.language,
        subject=one_line(subject),
        organisation=desk.organisation,
        greeting=desk.say("Hello %(first_name)s,", first_name=desk.first_name),
        parts=parts,
        footer=(
            desk.say(
                "Nobody reads answers to this letter. Write to the one with whom you have the talk. All your "
                "talks are at %(address)s",
                address=desk.page("talks"),
            ),
        ),
    )
