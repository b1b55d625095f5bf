"""What stops a plan from opening, and local times across the changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from small_organisation import tiny

from assess.campaigns.plans import (
    NoSuchTime,
    Planned,
    PlanProblem,
    WavePlan,
    decode,
    encode,
    local_time,
    opening,
    reminder_times,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
OPENS, CLOSES = datetime(2026, 3, 3, 6, tzinfo=UTC), datetime(2026, 3, 20, 22, tzinfo=UTC)
COMPLETE = WavePlan(
    questionnaires=(Planned("h", ("self", "manager")),),
    unit_ids=("u",),
    languages=("da", "sv"),
    reminders=(7, 1),
    purpose="To talk about the work.",
    legal_basis="public-task",
    delete_on=date(2026, 12, 31),
    discussed_on=date(2026, 3, 2),
)


def problems(
    name: str = "Spring",
    opens_at: datetime = OPENS,
    closes_at: datetime | None = CLOSES,
    now: datetime = NOW,
    **parts: Any,
) -> set[tuple[str, str]]:
    found = opening(
        msgspec.structs.replace(COMPLETE, **parts),
        name,
        opens_at,
        closes_at,
        now,
        definitions={"h": tiny()},
        known_units={"u", "v"},
    )
    return {(problem.field, problem.reason) for problem in found}


def test_a_complete_plan_can_open() -> None:
    assert problems() == set()
    assert problems(unit_ids=()) == set()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"questionnaires": ()}, ("questionnaires", "missing")),
        ({"questionnaires": (Planned("x", ("self",)),)}, ("questionnaires", "unknown")),
        ({"questionnaires": (Planned("h", ()),)}, ("questionnaires", "no-perspective")),
        ({"questionnaires": (Planned("h", ("direct-report",)),)}, ("questionnaires", "not-in-questionnaire")),
        (
            {"questionnaires": (Planned("h", ("self",)), Planned("h", ("manager",)))},
            ("questionnaires", "twice"),
        ),
        ({"unit_ids": ("gone",)}, ("units", "unknown")),
        ({"reminders": (1, 2, 3, 4, 5, 6)}, ("reminders", "too-many")),
        ({"reminders": (-1,)}, ("reminders", "out-of-range")),
        ({"least": 3}, ("least", "too-few")),
        ({"max_job_areas": 0}, ("max_job_areas", "too-few")),
        ({"purpose": " "}, ("purpose", "missing")),
        ({"purpose": "x" * 1001}, ("purpose", "too-long")),
        ({"legal_basis": ""}, ("legal_basis", "missing")),
        ({"legal_basis": "consent"}, ("legal_basis", "unknown")),
        ({"legal_basis": "legal-obligation"}, ("legal_text", "missing")),
        ({"legal_text": "x" * 1001}, ("legal_text", "too-long")),
        ({"delete_on": None}, ("delete_on", "missing")),
        ({"delete_on": date(2026, 3, 20)}, ("delete_on", "before-closing")),
        ({"discussed_on": None}, ("discussed_on", "missing")),
        ({"discussed_on": date(2026, 3, 3)}, ("discussed_on", "in-the-future")),
        ({"name": "  "}, ("name", "missing")),
        ({"closes_at": None}, ("closes_at", "missing")),
        ({"closes_at": OPENS}, ("closes_at", "before-opening")),
        ({"closes_at": NOW}, ("closes_at", "in-the-past")),
    ],
)
def test_what_stops_a_wave_from_opening(parts: dict[str, Any], expected: tuple[str, str]) -> None:
    assert problems(**parts) == {expected}


def test_everything_that_is_missing_is_told_at_once() -> None:
    found = opening(WavePlan(), "", NOW, None, NOW, definitions={}, known_units=frozenset())
    assert {problem.field for problem in found} == {
        "name",
        "questionnaires",
        "units",
        "purpose",
        "legal_basis",
        "closes_at",
        "delete_on",
        "discussed_on",
    }
    assert all(problem.reason == "missing" for problem in found)


def test_languages_must_be_in_the_questionnaire() -> None:
    found = opening(
        COMPLETE,
        "Spring",
        OPENS,
        CLOSES,
        NOW,
        definitions={"h": tiny(languages=("da",))},
        known_units={"u"},
    )
    assert found == (PlanProblem("languages", "not-in-questionnaire"),)


def test_the_discussion_counts_by_the_local_calendar() -> None:
    """At 23:30 UTC it is the next day in Copenhagen already."""
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert problems(now=late, discussed_on=date(2026, 3, 3)) == set()


def test_the_deletion_date_counts_by_the_local_calendar() -> None:
    """22:30 UTC on 20 March is 23:30 in Copenhagen; 23:30 UTC is the 21st there."""
    assert problems(closes_at=CLOSES.replace(minute=30), delete_on=date(2026, 3, 21)) == set()
    later = CLOSES.replace(hour=23, minute=30)
    assert problems(closes_at=later, delete_on=date(2026, 3, 21)) == {("delete_on", "before-closing")}


def test_a_plan_goes_to_the_database_and_back() -> None:
    assert decode(encode(COMPLETE)) == COMPLETE


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        # EU: summer time from the last Sunday of March to the last Sunday of October, at 01:00 UTC.
        ((2026, 3, 28), (23, 59), "2026-03-28T22:59"),
        ((2026, 3, 29), (1, 59), "2026-03-29T00:59"),
        ((2026, 3, 29), (3, 0), "2026-03-29T01:00"),
        ((2026, 3, 29), (23, 59), "2026-03-29T21:59"),
        ((2026, 10, 24), (23, 59), "2026-10-24T21:59"),
        ((2026, 10, 25), (1, 59), "2026-10-24T23:59"),
        ((2026, 10, 25), (2, 30), "2026-10-25T00:30"),
        ((2026, 10, 25), (3, 0), "2026-10-25T02:00"),
        ((2026, 10, 25), (23, 59), "2026-10-25T22:59"),
        ((2028, 2, 29), (12, 0), "2028-02-29T11:00"),
    ],
)
def test_local_times_are_stored_in_utc(
    day: tuple[int, int, int], clock: tuple[int, int], expected: str
) -> None:
    moment = local_time(date(*day), time(*clock), COPENHAGEN)
    assert moment.tzinfo is UTC
    assert moment.isoformat(timespec="minutes") == f"{expected}+00:00"


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_time_that_the_clocks_leap_over_is_told(minute: int) -> None:
    with pytest.raises(NoSuchTime):
        local_time(date(2026, 3, 29), time(2, minute), COPENHAGEN)


def test_of_a_time_that_comes_twice_a_deadline_is_the_second() -> None:
    first = local_time(date(2026, 10, 25), time(2, 30), COPENHAGEN)
    second = local_time(date(2026, 10, 25), time(2, 30), COPENHAGEN, late=True)
    assert (second - first).total_seconds() == 3600
    assert local_time(date(2026, 10, 25), time(4), COPENHAGEN, late=True).hour == 3


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_at_the_ends_of_the_calendar_are_told(day: date) -> None:
    zone = COPENHAGEN if day == date.min else ZoneInfo("Pacific/Pago_Pago")
    with pytest.raises(NoSuchTime):
        local_time(day, time(0 if day == date.min else 23), zone)


def test_reminders_go_at_nine_whatever_the_clocks_do_in_between() -> None:
    """Closing on Friday 30 October 2026, after the clocks went back on the 25th."""
    closes = local_time(date(2026, 10, 30), time(23, 59), COPENHAGEN)
    opens = local_time(date(2026, 10, 1), time(8), COPENHAGEN)
    plan = msgspec.structs.replace(COMPLETE, reminders=(1, 7, 0, 60, 7))
    assert [moment.isoformat() for moment in reminder_times(plan, opens, closes)] == [
        "2026-10-23T07:00:00+00:00",
        "2026-10-29T08:00:00+00:00",
        "2026-10-30T08:00:00+00:00",
    ]


def test_a_reminder_can_fall_on_the_29th_of_february() -> None:
    closes = local_time(date(2028, 3, 1), time(12), COPENHAGEN)
    plan = msgspec.structs.replace(COMPLETE, reminders=(1,))
    assert reminder_times(plan, NOW, closes) == (datetime(2028, 2, 29, 8, tzinfo=UTC),)
