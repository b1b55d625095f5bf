"""Letters about development talks: planned, moved, cancelled, to be prepared.

A letter never holds what somebody has prepared, noted or agreed: mail is read by others too. What it is about
stands on the pages, which ask who is there.
"""

from __future__ import annotations

from dataclasses import replace

from assess.mail.content import Action, CalendarFile, Content, Facts, Paragraph, Part
from assess.mail.desk import Desk, one_line
from assess.mail.errors import NotWanted
from assess.mail.talk_desk import About, about_of, content_of
from assess.store.ids import parse_time
from assess.talks import links
from assess.talks.calendar import FILE_NAME, Method, calendar_file
from assess.talks.invitations import Meeting, event_of
from assess.talks.letters import SEQUENCE, TALK, WHY
from assess.talks.types import LATEST_TOLD, Talk


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
    return _with_calendar(desk, content_of(desk, subject, parts), _meeting(about.talk), "REQUEST")


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
    return _with_calendar(desk, content_of(desk, subject, parts), _meeting(about.talk), "REQUEST")


def cancelled(desk: Desk) -> Content:
    """To both, also to a holder who is not the manager any more: the calendar has to forget the talk. Where
    the clock cancelled it, with the reason, as far as the reader may know it. Raises `NotWanted` where it was
    not cancelled."""
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
    is_person = desk.letter.person_id == row["person_id"]
    other = holder if is_person else person
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
        Paragraph(" ".join(filter(None, (lead, _why(desk, is_person=is_person, other=other))))),
        Paragraph(
            desk.say(
                "The calendar file of this letter takes it out of your calendar. Links to prepare it have "
                "stopped working, and what each of you has prepared is not shown to the other."
            )
        ),
    )
    return _with_calendar(desk, content_of(desk, subject, parts), meeting, "CANCEL")


def _why(desk: Desk, *, is_person: bool, other: str) -> str:
    """Why it could not be held; "" where nothing is said. A letter may be read by others, and a coach is not
    told that somebody stopped showing a talk: both read then what they read of a talk that one of the two
    cancelled, as every coach does who is none any more."""
    said = {
        ("person-left", False): desk.say("%(name)s is no longer with the organisation.", name=other),
        ("holder-left", True): desk.say("%(name)s is no longer with the organisation.", name=other),
        ("not-led", True): desk.say("The two of you are no longer employee and manager."),
        ("not-led", False): desk.say("The two of you are no longer employee and manager."),
        ("no-coach", True): desk.say("%(name)s is no longer a coach here.", name=other),
        ("leads", True): desk.say("%(name)s leads you now, and is your coach no longer.", name=other),
        ("leads", False): desk.say(
            "You lead %(name)s now, and are not that person’s coach any more.", name=other
        ),
    }
    return said.get((desk.letter.parameters.get(WHY, ""), is_person), "") if other else ""


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
    return content_of(desk, subject, (Paragraph(lead), _when(desk, about.talk), *_preparation(desk, about)))


def ready(desk: Desk) -> Content:
    """To whoever was ready first, when the other is too: the brief is open. Nothing of what stands there.
    Raises `NotWanted` when the talk is about to begin."""
    about = _coming(desk)
    if not about.talk.both_ready or desk.now >= about.talk.starts_at - LATEST_TOLD:
        raise NotWanted("over")
    subject = desk.say("The brief of your development talk with %(name)s is open", name=about.other)
    lead = desk.say(
        "Both of you are ready. The talk brief is open now, and each of you can read what the other has "
        "prepared."
    )
    parts = (
        Paragraph(lead),
        _when(desk, about.talk),
        Action(
            desk.say("Open the talk"),
            desk.page(f"talks/{about.talk.id}"),
            desk.say("You sign in there. Nothing of what either of you has written is in this letter."),
        ),
    )
    return content_of(desk, subject, parts)


def _coming(desk: Desk) -> About:
    about = about_of(desk)
    is_coming = about.talk.state == "planned" and about.talk.starts_at > desk.now
    if not is_coming or about.talk.role not in {"person", "holder"} or not about.talk.holder_is_current:
        raise NotWanted("over")
    return about


def _when(desk: Desk, talk: Talk) -> Facts:
    place = one_line(talk.place)
    return Facts(
        (
            (desk.say("When"), desk.moment(talk.starts_at)),
            (desk.say("How long"), desk.count("%(num)s minute", "%(num)s minutes", talk.minutes)),
            *(((desk.say("Where"), place),) if place else ()),
        )
    )


def _preparation(desk: Desk, about: About) -> tuple[Part, ...]:
    """The link, for who is not ready yet."""
    if about.talk.own_ready_at is not None:
        return ()
    token = links.mint(desk.store, about.talk.id, desk.letter.person_id, desk.now)
    alone = desk.say(
        "Each of you prepares alone: what goes well, what you wish for, what gets in the way, what you want "
        "to ask. The other reads it when both of you have said that you are ready. Then the talk brief opens "
        "too, at the latest when the talk begins."
    )
    return (
        Paragraph(alone),
        Action(
            desk.say("Prepare the talk"),
            desk.page(f"talks/open/{token}"),
            desk.say("The link is yours alone and opens nothing else: do not forward it."),
        ),
    )


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
    event = event_of(
        meeting,
        desk.settings,
        desk.language,
        organisation=desk.organisation,
        name=desk.name,
        address=desk.address,
    )
    file = CalendarFile(calendar_file(event, method, desk.now), method, FILE_NAME)
    return replace(content, calendar=file)
