"""Words on paper that belong to no questionnaire: one language, no subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from assess.language.catalogue import catalogue
from questionnaires.definition import LanguageId
from reports.view.words import CATALOGUE

_LOCALES: dict[LanguageId, str] = {"da": "da_DK", "sv": "sv_SE", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Speech:
    """Says things in one language."""

    language: LanguageId

    def say(self, message: str, **values: str) -> str:
        """The translation of an English message with its `{named}` values put in. Plain text."""
        said = str(catalogue(self.language, CATALOGUE).gettext(message))
        return said.format(**values) if values else said

    def by(self, moment: datetime, zone: ZoneInfo) -> str:
        """A deadline in the organisation's time zone."""
        local, locale = moment.astimezone(zone), _LOCALES[self.language]
        return self.say(
            "Answer by {day} at {time}.",
            day=str(
                format_date(
                    local.date(), format="d MMMM y" if self.language != "da" else "d. MMMM y", locale=locale
                )
            ),
            time=str(format_time(local.time(), format="short", locale=locale)),
        )
