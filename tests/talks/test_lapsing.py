"""Talks that the two can no longer hold: the clock cancels them, a day after it was so, and not before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.audit import log
from assess.errors import NotFound
from assess.jobs import kinds
from assess.people import register
from assess.personal_data.erasure import erase_within
from assess.store.ids import time_text
from assess.talks import agreements, lapsing, links, showing, talks
from assess.talks.errors import NotYoursAnyMore
from assess.talks.lapsing import AFTER, END_JOB, LOOK_JOB, Reason
from assess.talks.types import Talk

if TYPE_CHECKING:
    from assess.store import Store

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BEGINS = NOON + 7 * DAY


@dataclass
class Place:
    store: Store
    clock: Callable[[], datetime]


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


def by_a_coach(talk: Talking) -> str:
    talk.share_profile(talk.clara_id)
    return talk.plan(talk.clara, as_role="coach")


def told(talk: Talking) -> None:
    """Every letter so far has gone."""
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")


def hours(talk: Talking, first: datetime, last: datetime) -> None:
    """What the worker does from one hour to another."""
    at = first
    while at <= last:
        clock_place = Place(talk.store, lambda at=at: at)  # type: ignore[misc]
        lapsing.look(clock_place, "")
        with talk.store.read() as q:
            rows = [
                (row["subject"], q.job_of(kind=END_JOB, subject=row["subject"]))
                for row in q.waiting_jobs(kind=END_JOB)
            ]
        for talk_id, job in rows:
            if job is not None and job["due_at"] <= time_text(at):
                lapsing.end(clock_place, talk_id)
                with talk.store.engine.transaction(write=True) as connection:
                    connection.execute(f"UPDATE jobs SET state = 'done' WHERE subject = '{talk_id}'")
        at += HOUR


def seen(talk: Talking, talk_id: str, now: datetime = NOON) -> Talk:
    return talks.talk(talk.store, talk.amina, talk_id, now)


def letters(talk: Talking) -> dict[str, dict[str, str]]:
    """By who gets a cancellation that waits: its parameters."""
    with talk.store.engine.transaction(write=False) as connection:
        rows = connection.execute(
            "SELECT person_id, parameters FROM outbox WHERE kind = 'talk-cancelled' AND state = 'waiting'"
        ).fetchall()
    found = [(row["person_id"], row["parameters"]) if isinstance(row, dict) else tuple(row) for row in rows]
    return {person_id: json.loads(parameters) for person_id, parameters in found}


def manager_changes(talk: Talking, _talk_id: str) -> None:
    talk.new_manager(talk.dana_id)


def manager_leaves(talk: Talking, _talk_id: str) -> None:
    talk.leave(talk.bo.id)


def person_leaves(talk: Talking, _talk_id: str) -> None:
    talk.leave(talk.amina.id)


def coach_ends(talk: Talking, _talk_id: str) -> None:
    talk.end_coach(talk.clara_id)


def coach_is_shut_out(talk: Talking, talk_id: str) -> None:
    showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON)


def coach_leads(talk: Talking, _talk_id: str) -> None:
    talk.new_manager(talk.clara_id)


CASES: tuple[tuple[Callable[[Talking], str], Callable[[Talking, str], None], Reason], ...] = (
    (Talking.plan, manager_changes, "not-led"),
    (Talking.plan, manager_leaves, "holder-left"),
    (Talking.plan, person_leaves, "person-left"),
    (by_a_coach, coach_ends, "no-coach"),
    (by_a_coach, coach_is_shut_out, "not-shown"),
    (by_a_coach, coach_leads, "leads"),
    (by_a_coach, person_leaves, "person-left"),
)


@pytest.mark.parametrize(("plan", "happens", "reason"), CASES)
def test_it_is_cancelled_after_a_day_with_the_reason_and_both_are_told(
    talk: Talking, plan: Callable[[Talking], str], happens: Callable[[Talking, str], None], reason: Reason
) -> None:
    talk_id = plan(talk)
    told(talk)
    happens(talk, talk_id)
    hours(talk, NOON, NOON + AFTER - HOUR)
    assert letters(talk) == {}
    hours(talk, NOON + AFTER, NOON + AFTER + 3 * HOUR)
    with talk.store.read() as q:
        row = q.talk_of_letter(id=talk_id)
    assert (row["state"], row["sequence"]) == ("cancelled", 1)
    wanted = {"talk": talk_id, "sequence": "1", "why": reason}
    assert letters(talk) == {row["person_id"]: wanted, row["holder_id"]: wanted}
    lines = [
        (line.actor_id, line.object_id)
        for line in log.about(talk.store, talk.amina.id)
        if line.action == "lapse-talk"
    ]
    assert lines == [("clock", f"{talk_id} {reason}")], "noted once"
    if reason != "person-left":
        assert lapsing.why_lapsed(talk.store, seen(talk, talk_id)) == reason


def test_whoever_is_put_back_within_a_day_notices_nothing(talk: Talking) -> None:
    talk_id = talk.plan()
    told(talk)
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 20 * HOUR)
    talk.new_manager(talk.bo.id, NOON + 20 * HOUR)
    hours(talk, NOON + 21 * HOUR, NOON + 50 * HOUR)
    talk.new_manager(talk.dana_id, NOON + 50 * HOUR)  # the day begins anew
    hours(talk, NOON + 51 * HOUR, NOON + 74 * HOUR)
    assert seen(talk, talk_id).state == "planned"
    assert letters(talk) == {}
    hours(talk, NOON + 75 * HOUR, NOON + 75 * HOUR)
    assert seen(talk, talk_id).state == "cancelled"


def test_a_talk_is_cancelled_also_when_an_earlier_alarm_came_to_nothing(talk: Talking) -> None:
    """Put back after the worker has looked for the last time, and before the talk was ended."""
    talk_id = talk.plan()
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 23 * HOUR)
    talk.new_manager(talk.bo.id, NOON + 23 * HOUR)
    end = Place(talk.store, lambda: NOON + AFTER)
    lapsing.end(end, talk_id)
    assert seen(talk, talk_id).state == "planned", "it can be held again"
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE jobs SET state = 'done' WHERE subject = '{talk_id}'")
    talk.new_manager(talk.dana_id, NOON + 30 * HOUR)
    hours(talk, NOON + 31 * HOUR, NOON + 56 * HOUR)
    assert seen(talk, talk_id).state == "cancelled"


def test_not_once_it_has_begun(talk: Talking) -> None:
    talk_id = talk.plan()
    talk.new_manager(talk.dana_id, BEGINS - 10 * HOUR)
    hours(talk, BEGINS - 9 * HOUR, BEGINS + 30 * HOUR)
    assert seen(talk, talk_id).state == "planned"


def test_other_talks_go_on(talk: Talking) -> None:
    talk_id, other = talk.plan(), by_a_coach(talk)
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 30 * HOUR)
    assert seen(talk, talk_id).state == "cancelled"
    assert seen(talk, other).state == "planned"


def test_what_was_held_or_cancelled_stays_as_it_is(talk: Talking) -> None:
    held, cancelled = talk.plan(), talk.plan(days=9)
    talk.hold(held)
    talks.cancel(talk.store, talk.bo, cancelled, NOON)
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 30 * HOUR)
    assert seen(talk, held).state == "held"
    assert lapsing.why_lapsed(talk.store, seen(talk, cancelled)) is None


def test_where_something_is_agreed_already_the_two_decide(talk: Talking) -> None:
    talk_id, other = talk.plan(), talk.plan(days=9)
    talk.agree(talk_id)
    gone = talk.agree(other)
    agreements.remove(talk.store, talk.bo, gone.id, gone.revision, NOON)
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 30 * HOUR)
    assert seen(talk, talk_id).state == "planned"
    assert seen(talk, other).state == "cancelled"


def test_whoever_was_never_invited_hears_nothing(talk: Talking) -> None:
    talk.plan()
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 30 * HOUR)
    assert letters(talk) == {}


def test_links_in_letters_end(talk: Talking) -> None:
    talk_id = talk.plan()
    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 30 * HOUR)
    with pytest.raises(NotFound):
        links.look(talk.store, token, NOON + 30 * HOUR)


def test_when_the_holder_is_erased_the_person_is_told_within_the_hour_and_once(talk: Talking) -> None:
    talk_id, other = talk.plan(), talk.plan(days=9)
    told(talk)
    talks.cancel(talk.store, talk.bo, other, NOON)
    told(talk)
    with talk.store.write() as q:
        assert erase_within(talk.store, q, talk.bo.id, NOON)
    assert letters(talk) == {}
    hours(talk, NOON, NOON + 3 * HOUR)
    wanted = {"talk": talk_id, "sequence": "1", "why": "holder-left"}
    assert letters(talk) == {talk.amina.id: wanted}
    told(talk)
    hours(talk, NOON + 4 * HOUR, NOON + 30 * HOUR)
    assert letters(talk) == {}
    assert lapsing.why_lapsed(talk.store, seen(talk, talk_id)) == "holder-left"
    assert lapsing.why_lapsed(talk.store, seen(talk, other)) is None, "called off by hand before"


def test_nobody_but_the_person_is_told_why_on_the_page(talk: Talking) -> None:
    talk_id = talk.plan()
    showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    talk.new_manager(talk.dana_id)
    hours(talk, NOON, NOON + 30 * HOUR)
    as_coach = talks.talk(talk.store, talk.clara, talk_id, NOON + 30 * HOUR)
    assert lapsing.why_lapsed(talk.store, as_coach) is None


def test_a_talk_that_is_cancelled_by_one_of_the_two_is_noted_with_who_did_it(talk: Talking) -> None:
    talk_id = talk.plan()
    for _ in range(2):
        talks.cancel(talk.store, talk.bo, talk_id, NOON)
    lines = [line for line in log.about(talk.store, talk.amina.id) if line.action == "cancel-talk"]
    assert [(line.actor_id, line.object_id) for line in lines] == [(talk.bo.id, talk_id)]


def test_the_worker_looks_once_an_hour_and_knows_the_jobs(talk: Talking) -> None:
    assert lapsing.due in kinds.EVERY_MINUTE
    assert {LOOK_JOB, END_JOB} <= set(kinds.KINDS)

    def orders() -> int:
        with talk.store.engine.transaction(write=False) as connection:
            return len(connection.execute(f"SELECT id FROM jobs WHERE kind = '{LOOK_JOB}'").fetchall())

    for minutes in (0, 1, 59):
        lapsing.due(talk.store, NOON + timedelta(minutes=minutes))
    assert orders() == 1
    lapsing.due(talk.store, NOON + HOUR)
    assert orders() == 2


def test_looking_asks_the_same_questions_of_few_talks_and_of_many(
    talk: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assess.talks import loading

    asked: list[str] = []
    was = loading.unit_tree
    monkeypatch.setattr(loading, "unit_tree", lambda *args: (asked.append(""), was(*args))[1])
    for number in range(12):
        person_id = talk.bakery.add_person(f"P{number}", f"P{number} Prøve", "da", f"2{number:03}")
        talk.plan(person_id=person_id)
    asked.clear()
    with talk.store.read() as q:
        assert len(loading.talks_to_come(q, NOON)) == 12
    assert len(asked) == 1, "an organisation is read once"


# --- whoever held it -------------------------------------------------------------------------------


def test_whoever_held_it_learns_that_it_is_theirs_no_longer_and_nobody_else_that_there_is_one(
    talk: Talking,
) -> None:
    talk_id = talk.plan()
    talk.new_manager(talk.dana_id)
    with pytest.raises(NotYoursAnyMore):
        talks.talk(talk.store, talk.bo, talk_id, NOON)
    for somebody in (talk.dana, talk.clara):
        with pytest.raises(NotFound) as told_to_others:
            talks.talk(talk.store, somebody, talk_id, NOON)
        assert type(told_to_others.value) is NotFound
        with pytest.raises(NotFound) as of_nothing:
            talks.talk(talk.store, somebody, "0" * 32, NOON)
        assert str(of_nothing.value) == str(told_to_others.value)


def test_whoever_holds_it_still_is_told_nothing_of_the_kind(talk: Talking) -> None:
    """Showing a talk is the person's: to the holder that page does not exist."""
    talk_id = talk.plan()
    with pytest.raises(NotFound) as told_to_bo:
        showing.viewers(talk.store, talk.bo, talk_id, "en", NOON)
    assert type(told_to_bo.value) is NotFound


def test_a_coach_who_is_shut_out_reads_the_same_as_one_who_is_coach_no_longer(talk: Talking) -> None:
    said = []
    for happens in (coach_is_shut_out, coach_ends):
        talk_id = talk.plan(talk.clara, as_role="coach", days=20) if said else by_a_coach(talk)
        happens(talk, talk_id)
        with pytest.raises(NotYoursAnyMore) as told_to_clara:
            talks.talk(talk.store, talk.clara, talk_id, NOON)
        said.append(str(told_to_clara.value))
    assert said[0] == said[1]


def test_a_unit_that_somebody_joins_anew_counts_from_the_moment_it_is_so(talk: Talking) -> None:
    """Amina moves to a unit that nobody leads, and the manager above is Bo again: nothing has lapsed."""
    talk_id = talk.plan()
    below = register.add_unit(
        talk.store, talk.bakery.organisation_id, "Oven", parent_id=talk.bakery.unit_id, now=NOON
    )
    with talk.store.write() as q:
        q.end_memberships_of(person_id=talk.amina.id, now=time_text(NOON))
    register.join_unit(talk.store, talk.amina.id, below, role="member", now=NOON)
    hours(talk, NOON, NOON + 30 * HOUR)
    assert seen(talk, talk_id).state == "planned"
