"""A talk as a calendar file: RFC 5545, with the methods of RFC 5546. Pure.

All times are UTC, so that no time zone has to be defined. There is nothing in it but who meets whom, when,
where, and the address of a page that asks who is there: calendars are read by colleagues and substitutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

Method: TypeAlias = Literal["REQUEST", "CANCEL", "PUBLISH"]
"""REQUEST: invites, or tells a change. CANCEL: takes it out. PUBLISH: for whoever puts it in by hand."""

REMINDER = timedelta(days=1)
"""So long before the talk a calendar reminds of it."""
PRODUCT = "-//Assess//Development talks//EN"
FILE_NAME = "talk.ics"


@dataclass(frozen=True, slots=True)
class TalkEvent:
    """What a calendar is told, for one reader, in that reader's language.

    `sequence` grows with each change (0, 1, …); `minutes` > 0. `organiser` and `attendee` are a name and an
    e-mail address: of the organisation whose letter it is, and of its reader, never of the other.
    """

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    title: str
    description: str
    place: str
    address: str
    organiser: tuple[str, str]
    attendee: tuple[str, str]


def uid_of(talk_id: str, base_url: str) -> str:
    """The same for a talk as long as it lives: its id at the host of our pages."""
    return f"{talk_id}@{urlsplit(base_url).hostname or 'localhost'}"


def calendar_file(event: TalkEvent, method: Method, made_at: datetime) -> bytes:
    """The file: UTF-8, lines of at most 75 octets that end in CRLF.

    `made_at` (aware) becomes DTSTAMP. Raises `ValueError` for a time without a zone, for `minutes` under 1
    and for a sequence under 0.
    """
    if event.starts_at.tzinfo is None or made_at.tzinfo is None:
        raise ValueError("a calendar's times need a zone")
    if event.minutes < 1 or event.sequence < 0:
        raise ValueError("a talk lasts a minute at least, and its sequence begins at 0")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_component(event, method, made_at))
    made: bytes = calendar.to_ical()
    return made


def _component(event: TalkEvent, method: Method, made_at: datetime) -> Event:
    starts_at = event.starts_at.astimezone(UTC).replace(microsecond=0)
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    component.add("sequence", event.sequence)
    component.add("dtstart", starts_at)
    component.add("dtend", starts_at + timedelta(minutes=event.minutes))
    component.add("summary", _plain(event.title))
    if event.place.strip():
        component.add("location", _plain(event.place))
    if event.description.strip() and method != "CANCEL":
        component.add("description", _plain(event.description))
    component["url"] = vUri(event.address)
    component.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    component.add("class", "PRIVATE")
    component.add("transp", "TRANSPARENT" if method == "CANCEL" else "OPAQUE")
    component["organizer"] = _person(*event.organiser)
    if method != "PUBLISH":  # RFC 5546, 3.2.1: nobody is invited by what is published
        attendee = _person(*event.attendee)
        attendee.params["cutype"] = vText("INDIVIDUAL")
        attendee.params["role"] = vText("REQ-PARTICIPANT")
        attendee.params["partstat"] = vText("NEEDS-ACTION")
        attendee.params["rsvp"] = vText("FALSE")
        component.add("attendee", attendee, encode=False)
    if method != "CANCEL":
        component.add_component(_reminder(event))
    return component


def _reminder(event: TalkEvent) -> Alarm:
    """RFC 5545, 3.6.6: shown with the title, and nothing that is sent."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(event.title))
    alarm.add("trigger", -REMINDER)
    return alarm


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{_plain(address)}")
    # A parameter's value can hold no quotation mark (RFC 5545, 3.2), whatever the person is called.
    person.params["cn"] = vText(_plain(name).replace('"', "’"))
    return person


def _plain(text: str) -> str:
    """Text without characters that RFC 5545 has no place for; line ends stay, and are escaped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = ("".join(sign if sign.isprintable() else " " for sign in line) for line in lines)
    return "\n".join(" ".join(line.split()) for line in shown).strip()
