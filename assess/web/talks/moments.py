"""When a talk is, in words: day with its weekday, from when to when, by the clocks of the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import g

from assess.people.organisation import zone_of
from assess.web import language, person
from assess.web.services import services
from questionnaires.definition import LanguageId

_DAYS: dict[LanguageId, str] = {
    "da": "EEEE 'den' d. MMMM y",
    "sv": "EEEE 'den' d MMMM y",
    "en": "EEEE d MMMM y",
}
_MEMO = "talk_zone"


@dataclass(frozen=True, slots=True)
class Moment:
    """A talk's time as a page shows it."""

    day: str
    """thursday 3 december 2026, as the language writes it, with a capital"""
    span: str
    """10.00–11.00"""
    machine: str
    """For `<time datetime>`: with the offset of that day."""

    @property
    def inside(self) -> str:
        """The day where other words go before it."""
        return self.day if language.current() == "en" else self.day[:1].lower() + self.day[1:]

    @property
    def words(self) -> str:
        return f"{self.day}, {self.span}"


def moment_of(starts_at: datetime, minutes: int) -> Moment:
    """The words for a talk that begins at `starts_at` (UTC) and lasts so long."""
    begins = starts_at.astimezone(zone())
    ends = (starts_at + timedelta(minutes=minutes)).astimezone(zone())
    return Moment(
        weekday(begins.date()), f"{clock(begins)}–{clock(ends)}", begins.isoformat(timespec="minutes")
    )


def weekday(day: date) -> str:
    """Thursday 3 December 2026."""
    words = str(format_date(day, _DAYS[language.current()], locale=_locale()))
    return words[:1].upper() + words[1:]


def clock(local: datetime) -> str:
    """10.00 or 10:00."""
    return f"{local:%H.%M}" if language.current() == "da" else f"{local:%H:%M}"


def zone() -> ZoneInfo:
    """The clocks that the visitor's organisation goes by, looked up once a request."""
    if _MEMO not in g:
        place = services()
        with place.store.read() as q:
            setattr(g, _MEMO, zone_of(q, person.session().organisation_id, place.settings))
    return cast(ZoneInfo, g.get(_MEMO))


def _locale() -> str:
    return "en_GB" if language.current() == "en" else language.current()
