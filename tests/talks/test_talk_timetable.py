"""What time makes due: reminders to prepare, two days before; of agreements, a week before and on the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.jobs import kinds
from assess.store.ids import time_text
from assess.talks import agreements, preparing, showing, talks, timetable
from assess.talks.timetable import stage_of
from assess.talks.types import EARLIEST_HELD, PreparationTexts

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

DAY = timedelta(days=1)
BEGINS = NOON + 7 * DAY
DUE = date(2026, 12, 14)  # three weeks after NOON


@dataclass
class Place:
    store: Store
    settings: Settings
    clock: Callable[[], datetime]


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return told(talk, talk.plan())


def told(talk: Talking, talk_id: str) -> str:
    """The letters have gone."""
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")
    return talk_id


def reminded(talk: Talking, kind: str = "talk-reminder") -> list[str]:
    """Who has letters of a kind, one for each."""
    with talk.store.engine.transaction(write=False) as connection:
        rows = connection.execute(
            f"SELECT person_id FROM outbox WHERE kind = '{kind}' ORDER BY person_id, key"
        ).fetchall()
    return [row["person_id"] if isinstance(row, dict) else row[0] for row in rows]


def ready(talk: Talking, talk_id: str, who: str) -> None:
    preparing.save(talk.store, getattr(talk, who), talk_id, PreparationTexts("Calm"), 0, NOON, ready=True)


# --- talks -----------------------------------------------------------------------------------------


def test_both_are_reminded_two_days_before_and_once(talk: Talking, talk_id: str) -> None:
    both = sorted([talk.amina.id, talk.bo.id])
    timetable.due(talk.store, BEGINS - 2 * DAY - timedelta(seconds=1))
    assert reminded(talk) == []
    for minutes in (0, 1, 60, 2000):
        timetable.due(talk.store, BEGINS - 2 * DAY + timedelta(minutes=minutes))
        assert reminded(talk) == both


def test_only_who_is_not_ready(talk: Talking, talk_id: str) -> None:
    ready(talk, talk_id, "bo")
    timetable.due(talk.store, BEGINS - DAY)
    assert reminded(talk) == [talk.amina.id]


@pytest.mark.parametrize("end", [talks.cancel, talks.hold])
def test_nobody_of_a_talk_that_is_cancelled_or_held(
    talk: Talking, talk_id: str, end: Callable[..., None]
) -> None:
    end(talk.store, talk.bo, talk_id, BEGINS - EARLIEST_HELD)
    timetable.due(talk.store, BEGINS - EARLIEST_HELD)
    assert reminded(talk) == []


def test_nobody_once_it_has_begun(talk: Talking, talk_id: str) -> None:
    timetable.due(talk.store, BEGINS)
    assert reminded(talk) == []


def test_nobody_who_has_left(talk: Talking, talk_id: str) -> None:
    talk.leave(talk.bo.id)
    timetable.due(talk.store, BEGINS - DAY)
    assert reminded(talk) == [talk.amina.id]


def test_who_was_told_of_a_talk_a_moment_ago_needs_no_reminder_yet(talk: Talking) -> None:
    told(talk, talk.plan(days=1.5))
    timetable.due(talk.store, NOON)
    assert reminded(talk) == []
    timetable.due(talk.store, NOON + DAY)
    assert len(reminded(talk)) == 2


def test_a_new_time_is_reminded_of_anew_but_not_at_once(talk: Talking, talk_id: str) -> None:
    timetable.due(talk.store, BEGINS - DAY)
    moved = BEGINS + DAY
    at = BEGINS - timedelta(hours=20)
    talks.change(talk.store, talk.bo, talk_id, moved, 60, "Room 2", at)
    timetable.due(talk.store, at)
    assert len(reminded(talk)) == 2
    timetable.due(talk.store, at + DAY)
    assert len(reminded(talk)) == 4


def test_the_worker_looks_every_minute_and_knows_the_job() -> None:
    assert timetable.due in kinds.EVERY_MINUTE
    assert timetable.AGREEMENTS_JOB in kinds.KINDS


def test_whose_invitation_has_not_gone_yet_is_not_reminded_first(talk: Talking) -> None:
    talk_id = talk.plan()
    timetable.due(talk.store, BEGINS - DAY)
    assert reminded(talk) == []
    told(talk, talk_id)
    timetable.due(talk.store, BEGINS - DAY)
    assert len(reminded(talk)) == 2


# --- agreements ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told_on", "today", "stage"),
    [
        (date(2026, 11, 23), date(2026, 12, 6), None),
        (date(2026, 11, 23), date(2026, 12, 7), "week"),
        (date(2026, 11, 23), date(2026, 12, 13), "week"),  # nobody was there to send it before
        (date(2026, 12, 7), date(2026, 12, 8), None),  # agreed a week before: known well enough
        (date(2026, 12, 6), date(2026, 12, 8), "week"),
        (date(2026, 11, 23), DUE, "day"),
        (date(2026, 12, 13), DUE, "day"),
        (DUE, DUE, None),  # agreed on the same day
        (date(2026, 11, 23), date(2026, 12, 16), "day"),
        (date(2026, 11, 23), date(2026, 12, 17), None),
    ],
)
def test_which_reminder_is_due(told_on: date, today: date, stage: str | None) -> None:
    assert stage_of(DUE, told_on, today) == stage


def look(talk: Talking, settings: Settings, at: datetime) -> list[str]:
    timetable.remind_of_agreements(Place(talk.store, settings, lambda: at), "")
    return reminded(talk, "agreement-reminder")


def at_noon(day: date) -> datetime:
    return NOON + (day - NOON.date())


@pytest.mark.parametrize(
    ("owner", "who"), [("person", {"amina"}), ("holder", {"bo"}), ("both", {"amina", "bo"})]
)
def test_the_owner_is_reminded_once_a_week_before_and_once_on_the_day(
    talk: Talking, talk_id: str, settings: Settings, owner: str, who: set[str]
) -> None:
    talk.agree(talk_id, owner=owner, due_on=DUE)
    people = sorted(getattr(talk, one).id for one in who)
    assert look(talk, settings, at_noon(DUE - 8 * DAY)) == []
    for _ in range(2):
        assert look(talk, settings, at_noon(DUE - 7 * DAY)) == people
    assert look(talk, settings, at_noon(DUE - 3 * DAY)) == people
    for _ in range(2):
        assert look(talk, settings, at_noon(DUE)) == sorted([*people, *people])


def test_the_day_is_that_of_the_organisation(talk: Talking, talk_id: str, settings: Settings) -> None:
    """At 23:30 UTC it is the next day in Copenhagen."""
    talk.agree(talk_id, due_on=DUE)
    late = datetime.combine(DUE - 8 * DAY, NOON.time(), NOON.tzinfo).replace(hour=23, minute=30)
    assert look(talk, settings, late - timedelta(hours=1)) == []
    assert len(look(talk, settings, late)) == 1


def test_nothing_about_what_is_done_dropped_taken_away_or_without_a_date(
    talk: Talking, talk_id: str, settings: Settings
) -> None:
    done, dropped, gone = (talk.agree(talk_id, what, due_on=DUE) for what in ("a", "b", "c"))
    talk.agree(talk_id, "d")
    agreements.set_status(talk.store, talk.bo, done.id, "done", NOON)
    agreements.set_status(talk.store, talk.bo, dropped.id, "dropped", NOON)
    agreements.remove(talk.store, talk.bo, gone.id, gone.revision, NOON)
    assert look(talk, settings, at_noon(DUE)) == []


def test_nothing_about_a_talk_that_was_cancelled(talk: Talking, talk_id: str, settings: Settings) -> None:
    talk.agree(talk_id, due_on=DUE)
    talks.cancel(talk.store, talk.bo, talk_id, NOON)
    assert look(talk, settings, at_noon(DUE)) == []


def test_another_date_is_reminded_of_anew(talk: Talking, talk_id: str, settings: Settings) -> None:
    agreement = talk.agree(talk_id, due_on=DUE)
    assert len(look(talk, settings, at_noon(DUE - 7 * DAY))) == 1
    text = agreement.text
    later = type(text)(kind=text.kind, what=text.what, owner=text.owner, due_on=DUE + 30 * DAY)
    agreements.change(talk.store, talk.bo, agreement.id, later, agreement.revision, at_noon(DUE - 6 * DAY))
    assert len(look(talk, settings, at_noon(DUE))) == 1
    assert len(look(talk, settings, at_noon(DUE + 23 * DAY))) == 2


def test_a_new_manager_to_whom_the_talk_has_moved_on_is_reminded(
    talk: Talking, talk_id: str, settings: Settings
) -> None:
    talk.agree(talk_id, owner="holder", due_on=DUE)
    talk.hold(talk_id)
    talk.new_manager(talk.dana_id)
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    # Bo's letter is put too: that the talk is not Bo's any more is asked when it is written.
    assert talk.dana_id in look(talk, settings, at_noon(DUE))
    showing.stop(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    assert look(talk, settings, at_noon(DUE + DAY)).count(talk.dana_id) == 1, "no other one"


def test_the_look_is_ordered_once_a_day_and_not_at_night(talk: Talking) -> None:
    def orders() -> int:
        with talk.store.engine.transaction(write=False) as connection:
            rows = connection.execute(
                f"SELECT id FROM jobs WHERE kind = '{timetable.AGREEMENTS_JOB}'"
            ).fetchall()
        return len(rows)

    timetable.due(talk.store, NOON.replace(hour=4, minute=59))
    assert orders() == 0
    for hour in (5, 5, 12, 23):
        timetable.due(talk.store, NOON.replace(hour=hour))
    assert orders() == 1
    timetable.due(talk.store, NOON + DAY)
    assert orders() == 2


def test_time_is_compared_as_text_in_one_form() -> None:
    assert time_text(NOON) < time_text(NOON + timedelta(microseconds=1)) < time_text(NOON + DAY)
