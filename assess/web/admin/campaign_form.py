"""The form that a campaign is built with: its fields, what a stored plan shows in them, what was typed.

Every field is text or a choice, so that whatever was typed stands there again when something is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms.fields import (  # type: ignore[import-untyped]
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.campaigns.plans import LEGAL_BASES, Planned, WavePlan
from assess.language.catalogue import LANGUAGES
from questionnaires.definition import Definition, LanguageId, PerspectiveId

OPENING_HOUR, CLOSING_HOUR = "08:00", "18:00"
"""What the fields of a new campaign hold before a day is chosen."""


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Checkboxes whose values are checked where the plan is read, so that a strange one is told, not lost."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[], validate_choice=False, **kwargs)


class Radios(RadioField):  # type: ignore[misc]
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[], validate_choice=False, **kwargs)


class Line(StringField):  # type: ignore[misc]
    """One line of text, without blanks around it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.strip() for value in valuelist])


class Words(TextAreaField):  # type: ignore[misc]
    """A few sentences; a browser sends line ends as CRLF."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.replace("\r\n", "\n").strip() for value in valuelist])


FIELDS: dict[str, type[Any]] = {
    "name": Line,
    "asked": Boxes,
    "job-areas": Radios,
    "max-job-areas": Line,
    "scope": Radios,
    "unit": Boxes,
    "languages": Boxes,
    "opens-on": Line,
    "opens-time": Line,
    "closes-on": Line,
    "closes-time": Line,
    "reminders": Line,
    "purpose": Words,
    "legal-basis": Radios,
    "legal-text": Words,
    "least": Line,
    "delete-on": Line,
    "discussed-on": Line,
}
"""The fields of the page, in its order, by the name that the browser sends."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form says, as far as it can be understood."""

    name: str
    plan: WavePlan
    opens_at: datetime | None
    """None: when the administrator opens it."""
    closes_at: datetime | None


def campaign_form(
    posted: MultiDict[str, str] | None = None, shown: dict[str, object] | None = None
) -> BaseForm:
    """The form with what was `posted`, or else with what is `shown` (from `blank` or `of_plan`)."""
    form = BaseForm({name: kind() for name, kind in FIELDS.items()})
    form.process(formdata=posted, data=shown or {})
    return form


def blank() -> dict[str, object]:
    """What the page of a new campaign begins with."""
    return {
        **of_plan("", WavePlan(languages=LANGUAGES, reminders=(7, 2)), None, None, ZoneInfo("UTC")),
        "opens-time": OPENING_HOUR,
        "closes-time": CLOSING_HOUR,
    }


def of_plan(
    name: str, plan: WavePlan, opens_at: datetime | None, closes_at: datetime | None, zone: ZoneInfo
) -> dict[str, object]:
    """What the fields show of a stored wave, its times as the clocks of `zone` show them."""
    opens, closes = _local(opens_at, zone), _local(closes_at, zone)
    return {
        "name": name,
        "asked": [
            f"{planned.content_hash}:{perspective}"
            for planned in plan.questionnaires
            for perspective in planned.perspectives
        ],
        "job-areas": plan.job_areas,
        "max-job-areas": str(plan.max_job_areas),
        "scope": "units" if plan.unit_ids else "all",
        "unit": list(plan.unit_ids),
        "languages": list(plan.languages or LANGUAGES),
        "opens-on": opens[0],
        "opens-time": opens[1] or OPENING_HOUR,
        "closes-on": closes[0],
        "closes-time": closes[1] or CLOSING_HOUR,
        "reminders": ", ".join(str(days) for days in plan.reminders),
        "purpose": plan.purpose,
        "legal-basis": plan.legal_basis,
        "legal-text": plan.legal_text,
        "least": str(plan.least),
        "delete-on": plan.delete_on.isoformat() if plan.delete_on else "",
        "discussed-on": plan.discussed_on.isoformat() if plan.discussed_on else "",
    }


def planned(asked: Sequence[str], definitions: dict[str, Definition]) -> tuple[Planned, ...] | None:
    """The questionnaires and perspectives of the ticked boxes, in the order of the page; None for a box that
    the page does not have."""
    by_hash: dict[str, list[PerspectiveId]] = {}
    for value in asked:
        content_hash, _, perspective = value.partition(":")
        definition = definitions.get(content_hash)
        if definition is None or perspective not in definition.questionnaire.perspectives:
            return None
        by_hash.setdefault(content_hash, []).append(perspective)
    return tuple(
        Planned(content_hash, tuple(dict.fromkeys(by_hash[content_hash])))
        for content_hash in definitions
        if content_hash in by_hash
    )


def known_languages(values: Sequence[str]) -> tuple[LanguageId, ...]:
    """Those of our languages that are ticked, in our order."""
    return tuple(language for language in LANGUAGES if language in values)


def known_basis(value: str | None) -> str:
    return value if value in LEGAL_BASES else ""


def _local(moment: datetime | None, zone: ZoneInfo) -> tuple[str, str]:
    """Day and time as the fields of a browser hold them."""
    if moment is None:
        return "", ""
    local = moment.astimezone(zone)
    return local.date().isoformat(), local.time().isoformat("minutes")


_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y")
_TIMES = ("%H:%M", "%H.%M", "%H:%M:%S")


def day_of(text: str, *, before: int = 2200) -> date | None:
    """A day as browsers send it, or as people here write it: 30.11.2026, from the year 2000 until `before`.
    None for anything else."""
    for form in _DAYS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
        return day if 2000 <= day.year < before else None
    return None


def time_of(text: str) -> time | None:
    """A time of day, 08:00 or 08.00; None for anything else."""
    for form in _TIMES:
        try:
            return datetime.strptime(text, form).time()  # noqa: DTZ007 (a time of day has no time zone)
        except ValueError:
            continue
    return None
