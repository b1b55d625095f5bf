"""How a talk is spoken of: words without a questionnaire, days and times, and the two people by their
names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from assess.language.catalogue import catalogue
from assess.language.direction import unturned
from assess.language.wording import Wording
from assess.talks.brief_types import Reader
from assess.talks.types import Talk
from questionnaires.definition import LanguageId, Texts
from reports.view.parts import Audience
from reports.view.words import CATALOGUE, Words

_LOCALES: dict[LanguageId, str] = {"da": "da_DK", "sv": "sv_SE", "en": "en_GB"}
_DAYS: dict[LanguageId, str] = {
    "da": "EEEE 'den' d. MMMM y",
    "sv": "EEEE 'den' d MMMM y",
    "en": "EEEE d MMMM y",
}


@dataclass(frozen=True, slots=True)
class Speaking:
    """The language of a talk's document, and who reads it."""

    words: Words
    zone: ZoneInfo
    reader: Reader
    talk: Talk

    @property
    def person(self) -> str:
        """The first name of the person whom the talk is about."""
        return unturned(self.talk.person.first_name)

    @property
    def holder(self) -> str:
        """The first name of whoever holds it."""
        return unturned(self.talk.holder.first_name)

    def say(self, message: str, **values: str) -> str:
        """The translation of an English message with its `{named}` values put in."""
        return self.words.say(message, **values)

    def count(self, one: str, many: str, number: int, **values: str) -> str:
        """As `say`, in the plural form of `number`."""
        return self.words.count(one, many, number, **values)

    def day(self, moment: datetime) -> str:
        """Weekday and date in the organisation's zone: torsdag den 3. december 2026."""
        local = moment.astimezone(self.zone).date()
        return str(format_date(local, _DAYS[self.words.language], locale=_LOCALES[self.words.language]))

    def date(self, day: date) -> str:
        """A date in full, without its weekday."""
        return self.words.day(day)

    def clock(self, moment: datetime) -> str:
        """The time of day in the organisation's zone: 10.00."""
        local = moment.astimezone(self.zone).time()
        return str(format_time(local, "short", locale=_LOCALES[self.words.language]))

    def span(self) -> str:
        """From when until when the talk is planned."""
        ends = self.talk.starts_at + timedelta(minutes=self.talk.minutes)
        return f"{self.clock(self.talk.starts_at)}\N{EN DASH}{self.clock(ends)}"


def speaking(
    talk: Talk, reader: Reader, *, language: LanguageId, zone: ZoneInfo, customer: str = "customer"
) -> Speaking:
    """The words of a talk's document, in `language` whatever the questionnaires have."""
    return Speaking(plain_words(language, customer, talk.person.first_name), zone, reader, talk)


def plain_words(language: LanguageId, customer: str = "customer", first_name: str = "") -> Words:
    """Words that belong to no questionnaire."""
    return Words(
        language=language,
        texts=_no_texts(language),
        wording=Wording(language, customer, first_name),
        translations=catalogue(language, CATALOGUE),
        first_name=first_name,
    )


def _no_texts(language: LanguageId) -> Texts:
    return Texts(
        language=language,
        title="",
        summary="",
        intended_use=(),
        not_for=(),
        method=(),
        perspectives={},
        options={},
        items={},
    )


def audience_of(reader: Reader, holder_role: str) -> Audience:
    """How views of the person's profile speak to this reader: whose own one of them is."""
    if reader == "person":
        return "subject"
    return "manager" if reader == "holder" and holder_role == "manager" else "coach"
