"""What an administrator decides about a wave before it opens, what is missing in it, local times. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

import msgspec

from assess.disclosure.thresholds import DEFAULT_GROUP, LEAST_GROUP
from assess.rights import LEGAL_BASES as _BASES_AND_WORDS
from questionnaires.definition import Definition, LanguageId, PerspectiveId

AreaMode: TypeAlias = Literal["given", "chosen"]

LEGAL_BASES: tuple[str, ...] = tuple(_BASES_AND_WORDS)
"""Ids; what respondents read stands in `rights.LEGAL_BASES`. Consent is none of them."""

NEEDS_TEXT: frozenset[str] = frozenset({"legal-obligation"})
"""Bases that say nothing before `legal_text` says which law it is."""

MOST_REMINDERS = 5
LONGEST_TEXT = 1_000
"""Characters of purpose and legal text: both are read on a phone before question 1."""
REMINDER_HOUR = time(9)

Field: TypeAlias = Literal[
    "name",
    "questionnaires",
    "units",
    "languages",
    "opens_at",
    "closes_at",
    "reminders",
    "least",
    "purpose",
    "legal_basis",
    "legal_text",
    "delete_on",
    "discussed_on",
    "max_job_areas",
    "job_areas",
]
Reason: TypeAlias = Literal[
    "missing",
    "too-long",
    "unknown",
    "twice",
    "no-perspective",
    "not-in-questionnaire",
    "in-the-future",
    "in-the-past",
    "before-opening",
    "before-closing",
    "too-few",
    "too-many",
    "out-of-range",
    "nobody",
]


class Planned(msgspec.Struct, frozen=True):
    """A questionnaire of a wave (by content hash) and the perspectives that are asked."""

    content_hash: str
    perspectives: tuple[PerspectiveId, ...]


class WavePlan(msgspec.Struct, frozen=True):
    """Everything about a wave but its name and its opening and closing time."""

    questionnaires: tuple[Planned, ...] = ()
    unit_ids: tuple[str, ...] = ()
    """Units with everything beneath them; empty: the whole organisation."""
    languages: tuple[LanguageId, ...] = ()
    """That the questionnaires must have; empty: those that they have."""
    reminders: tuple[int, ...] = ()
    """Days before closing on which whoever has not submitted gets a letter."""
    least: int = DEFAULT_GROUP
    """k: how many people a group must have."""
    legal_basis: str = ""
    """An id of `rights.LEGAL_BASES`."""
    legal_text: str = ""
    purpose: str = ""
    delete_on: date | None = None
    """From this day on answers and profiles of the wave are deleted."""
    discussed_on: date | None = None
    """When it was discussed with the employees' representatives."""
    job_areas: AreaMode = "chosen"
    max_job_areas: int = 1
    time_zone: str = "Europe/Copenhagen"
    """In which the dates and the reminders of this plan are meant: the organisation's."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What stops a wave from opening. The words are made by the pages."""

    field: Field
    reason: Reason


class NoSuchTime(ValueError):
    """The clocks leap over it: in the night when summer time begins."""


def encode(plan: WavePlan) -> str:
    return msgspec.json.encode(plan).decode()


def decode(text: str) -> WavePlan:
    """The plan that `encode` wrote. Raises `msgspec.ValidationError`."""
    return msgspec.json.decode(text, type=WavePlan)


def opening(
    plan: WavePlan,
    name: str,
    opens_at: datetime,
    closes_at: datetime | None,
    now: datetime,
    *,
    definitions: Mapping[str, Definition],
    known_units: AbstractSet[str],
) -> tuple[PlanProblem, ...]:
    """All that stops a wave with this plan from opening at `now` (or at `opens_at`, when that is later).

    `definitions` by content hash and `known_units` (those that are not closed): what there is to plan with.
    Dates are compared in the plan's time zone; a discussion today counts.
    """
    found: list[PlanProblem] = []
    if not name.strip():
        found.append(PlanProblem("name", "missing"))
    found += _questionnaires(plan, definitions)
    if any(unit_id not in known_units for unit_id in plan.unit_ids) or not known_units:
        found.append(PlanProblem("units", "unknown" if plan.unit_ids else "missing"))
    found += _numbers(plan)
    found += _words(plan)
    found += _times(plan, max(opens_at, now), closes_at, now)
    return tuple(dict.fromkeys(found))


def _questionnaires(plan: WavePlan, definitions: Mapping[str, Definition]) -> Iterator[PlanProblem]:
    if not plan.questionnaires:
        yield PlanProblem("questionnaires", "missing")
    hashes = [planned.content_hash for planned in plan.questionnaires]
    if len(set(hashes)) < len(hashes):
        yield PlanProblem("questionnaires", "twice")
    for planned in plan.questionnaires:
        definition = definitions.get(planned.content_hash)
        if definition is None:
            yield PlanProblem("questionnaires", "unknown")
        elif not planned.perspectives:
            yield PlanProblem("questionnaires", "no-perspective")
        elif not set(planned.perspectives) <= set(definition.questionnaire.perspectives):
            yield PlanProblem("questionnaires", "not-in-questionnaire")
        elif not set(plan.languages) <= set(definition.texts):
            yield PlanProblem("languages", "not-in-questionnaire")


def _numbers(plan: WavePlan) -> Iterator[PlanProblem]:
    if plan.least < LEAST_GROUP:
        yield PlanProblem("least", "too-few")
    if plan.max_job_areas < 1:
        yield PlanProblem("max_job_areas", "too-few")
    if len(plan.reminders) > MOST_REMINDERS:
        yield PlanProblem("reminders", "too-many")
    if any(not 0 <= days <= 365 for days in plan.reminders):
        yield PlanProblem("reminders", "out-of-range")


def _words(plan: WavePlan) -> Iterator[PlanProblem]:
    if not plan.purpose.strip():
        yield PlanProblem("purpose", "missing")
    if len(plan.purpose) > LONGEST_TEXT:
        yield PlanProblem("purpose", "too-long")
    if not plan.legal_basis:
        yield PlanProblem("legal_basis", "missing")
    elif plan.legal_basis not in LEGAL_BASES:
        yield PlanProblem("legal_basis", "unknown")
    elif plan.legal_basis in NEEDS_TEXT and not plan.legal_text.strip():
        yield PlanProblem("legal_text", "missing")
    if len(plan.legal_text) > LONGEST_TEXT:
        yield PlanProblem("legal_text", "too-long")


def _times(
    plan: WavePlan, opens_at: datetime, closes_at: datetime | None, now: datetime
) -> Iterator[PlanProblem]:
    if closes_at is None:
        yield PlanProblem("closes_at", "missing")
    elif closes_at <= now:
        yield PlanProblem("closes_at", "in-the-past")
    elif closes_at <= opens_at:
        yield PlanProblem("closes_at", "before-opening")
    if plan.discussed_on is None:
        yield PlanProblem("discussed_on", "missing")
    elif plan.discussed_on > now.astimezone(plan.zone).date():
        yield PlanProblem("discussed_on", "in-the-future")
    if plan.delete_on is None:
        yield PlanProblem("delete_on", "missing")
    elif closes_at is not None and plan.delete_on <= closes_at.astimezone(plan.zone).date():
        yield PlanProblem("delete_on", "before-closing")


def local_time(day: date, clock: time, zone: ZoneInfo, *, late: bool = False) -> datetime:
    """The moment (UTC) at which the clocks of `zone` show that time on that day.

    In the night when summer time ends some times come twice: the first is meant, or the second with `late`
    (a deadline: who is in time by any clock is in time). Raises `NoSuchTime` for a time that the clocks leap
    over, and for one outside the calendar.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None), tzinfo=zone).replace(fold=int(late))
    try:
        moment = local.astimezone(UTC)
        shown = moment.astimezone(zone)
    except OverflowError as error:
        raise NoSuchTime("this day is outside the calendar") from error
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime("the clocks leap over this time")
    return moment


def reminder_times(plan: WavePlan, opens_at: datetime, closes_at: datetime) -> tuple[datetime, ...]:
    """When the planned reminders go (UTC): at nine o'clock of the day, so many days before the day of
    closing; only those between opening and closing, the earliest first."""
    last = closes_at.astimezone(plan.zone).date()
    moments = {
        datetime.combine(last - timedelta(days=days), REMINDER_HOUR, tzinfo=plan.zone).astimezone(UTC)
        for days in plan.reminders
    }
    return tuple(sorted(moment for moment in moments if opens_at < moment < closes_at))
