"""What a talk says to one reader's calendar: the names of the two, the place, and the page of the talk."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from assess.language.catalogue import catalogue
from assess.settings import Settings
from assess.talks.calendar import TalkEvent, uid_of
from questionnaires.definition import LanguageId

FOLDER = Path(__file__).parent / "language"


class Meeting(NamedTuple):
    """Of a talk what a calendar needs; the names are whole, "" of somebody who was erased."""

    talk_id: str
    sequence: int
    starts_at: datetime
    minutes: int
    place: str
    person: str
    holder: str


def event_of(
    meeting: Meeting,
    settings: Settings,
    language: LanguageId,
    *,
    organisation: str,
    name: str,
    address: str,
) -> TalkEvent:
    """The event as the reader called `name`, with the e-mail address `address`, gets it from
    the organisation.

    The address of the other is not in it, nor a link that opens anything by itself: calendars are shared.
    """
    say = catalogue(language, FOLDER).gettext
    page = f"{settings.base_url}/talks/{meeting.talk_id}"
    title = (
        say("Development talk: %(person)s and %(holder)s")
        % {"person": meeting.person, "holder": meeting.holder}
        if meeting.person and meeting.holder
        else say("Development talk")
    )
    description = say("Prepare it, and find the agreements, here (you sign in): %(address)s")
    return TalkEvent(
        uid=uid_of(meeting.talk_id, settings.base_url),
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        title=title,
        description=description % {"address": page},
        place=meeting.place,
        address=page,
        organiser=(organisation, sender_address(settings)),
        attendee=(name, address),
    )


def sender_address(settings: Settings) -> str:
    """The address that letters come from: the organiser's, as far as calendars are concerned."""
    address = parseaddr(settings.mail_from)[1]
    return address or f"assess@{urlsplit(settings.base_url).hostname or 'localhost'}"
