"""Which profiles a manager, a coach and the person may see at a moment, over all waves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from small_organisation import NOON
from team import Team, fitting, maturity

from assess.answering import results, sharing
from assess.answering.types import Session
from assess.audit import chain, log
from assess.campaigns import waves
from assess.people import administrators, appointments, changing, register
from assess.personal_data import erasure
from assess.profiles_seen.changing import changes_of
from assess.profiles_seen.loading import looked, seen_profiles
from assess.profiles_seen.types import SeenProfile
from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

LATER = NOON + timedelta(days=1)


@pytest.fixture
def team(store: Store) -> Team:
    return Team(store)


@pytest.fixture
def bo(team: Team) -> Actor:
    return Actor(team.manager_id, organisation_id=team.organisation_id)


@pytest.fixture
def amina(team: Team) -> Actor:
    return Actor(team.employee_id, organisation_id=team.organisation_id)


@pytest.fixture
def clara(team: Team) -> Actor:
    """A coach."""
    administrators.grant(team.store, team.manager_id, NOON)
    admin = Actor(team.manager_id, frozenset({team.organisation_id}))
    coach_id = team.add_person("Clara", "Clara Åkesson", "sv", "1003")
    appointments.appoint(team.store, admin, team.organisation_id, coach_id, "coach", NOON)
    return Actor(coach_id, coaches=frozenset({team.organisation_id}))


def seen(team: Team, actor: Actor, **parts: Any) -> tuple[SeenProfile, ...]:
    with team.store.read() as q:
        return seen_profiles(q, actor, parts.pop("now", LATER), **parts)


def told(found: tuple[SeenProfile, ...]) -> list[tuple[str, str, str]]:
    return [(one.person.first_name, one.perspective, one.seen_as) for one in found]


# --- who sees what ---------------------------------------------------------------------------------


def test_a_manager_sees_the_own_rating_and_a_shared_profile_when_both_have_finished(
    team: Team, bo: Actor
) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    assert seen(team, bo) == (), "the manager has not answered"
    team.give(manager, maturity(3, 4))
    assert told(seen(team, bo)) == [("Amina", "manager", "manager"), ("Amina", "self", "manager")]
    assert all(one.for_match for one in seen(team, bo))


def test_unanswered_declined_and_undecided_look_the_same_to_a_manager(team: Team, bo: Actor) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(3, 4))
    unanswered = seen(team, bo)
    assert told(unanswered) == [("Amina", "manager", "manager")]
    team.give(employee, maturity(5, 2), submit=False)
    begun = seen(team, bo)
    team.give(employee, maturity(5, 2), share=False)
    assert unanswered == begun == seen(team, bo)


def test_a_withdrawn_share_is_gone_at_the_next_look(team: Team, bo: Actor) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(3, 4))
    assert len(seen(team, bo)) == 2
    sharing.unshare(team.store, employee, LATER)
    assert told(seen(team, bo)) == [("Amina", "manager", "manager")]
    sharing.share(team.store, employee, LATER)
    assert len(seen(team, bo)) == 2


def leads(team: Team, person_id: str, unit_id: str, *, until: datetime | None = None) -> None:
    register.join_unit(team.store, person_id, unit_id, role="leader", now=NOON)
    if until is not None:
        with team.store.write() as q:
            q.end_leaders_of_unit(unit_id=unit_id, now=time_text(until))


def test_who_no_longer_leads_a_person_sees_the_own_rating_alone(team: Team, bo: Actor) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(3, 4))
    style = team.enter_own_style()
    team.give(style, fitting)
    leads(team, bo.id, team.unit_id, until=LATER)
    assert len(seen(team, bo, now=NOON)) == 2
    assert told(seen(team, bo)) == [("Amina", "manager", "manager")]
    assert results.results(team.store, manager, NOON).both
    assert not results.results(team.store, manager, LATER).both
    assert [one.own_task for one in results.results(team.store, style, NOON).matches] == [employee.task.id]
    assert [one.own_task for one in results.results(team.store, style, LATER).matches] == [None]
    leads(team, bo.id, team.unit_id)
    assert results.results(team.store, manager, LATER).both, "who leads again sees again what is shared"


def test_whose_people_have_moved_leads_them_no_longer_and_who_leads_further_up_does(
    team: Team, bo: Actor
) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(3, 4))
    administrators.grant(team.store, bo.id, NOON)
    admin = Actor(bo.id, frozenset({team.organisation_id}))
    below, elsewhere = (
        register.add_unit(team.store, team.organisation_id, name, parent_id=parent, now=NOON)
        for name, parent in (("Disken", team.unit_id), ("Butik Syd", None))
    )
    leads(team, bo.id, team.unit_id)
    for unit_id, number in ((below, 2), (elsewhere, 1), (team.unit_id, 2)):
        changing.move(team.store, admin, team.organisation_id, team.employee_id, unit_id, "member", NOON)
        assert len(seen(team, bo)) == number, unit_id


def test_a_report_that_holds_what_was_shared_goes_though_its_owner_leads_no_longer(
    team: Team, bo: Actor
) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(3, 4))
    both = results.results(team.store, manager, NOON)
    results.keep_document(team.store, both, "personal-report", "da", b"%PDF", NOON)
    leads(team, bo.id, team.unit_id, until=NOON)
    assert results.document(team.store, manager, "personal-report", "da", LATER) is None
    sharing.unshare(team.store, employee, LATER)
    with team.store.read() as q:
        made_of = results.fingerprint(both, "da")
        assert not q.document(task_id=manager.task.id, kind="personal-report", language="da", made_of=made_of)


def test_a_person_sees_the_own_view_at_once_and_the_rating_when_both_have_finished(
    team: Team, amina: Actor
) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(manager, maturity(3, 4))
    assert seen(team, amina) == ()
    team.give(employee, maturity(5, 2), share=False)
    assert told(seen(team, amina)) == [("Amina", "manager", "oneself"), ("Amina", "self", "oneself")]


def test_a_coach_sees_what_is_shared_with_this_coach_and_the_rating_beside_it(
    team: Team, amina: Actor, clara: Actor
) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=False)
    assert seen(team, clara) == ()
    sharing.decide_with(team.store, amina, employee.task.id, clara.id, True, NOON)
    assert told(seen(team, clara)) == [("Amina", "self", "coach")]
    team.give(manager, maturity(3, 4))
    assert told(seen(team, clara)) == [("Amina", "manager", "coach"), ("Amina", "self", "coach")]
    assert not any(one.for_match for one in seen(team, clara)), "the match is the manager's alone"
    assert seen(team, Actor(clara.id)) == (), "who is no coach any more sees nothing"


def test_what_was_shared_with_who_was_to_rate_is_not_a_coachs(team: Team, bo: Actor) -> None:
    """Bo's task was taken back before he had rated."""
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    with team.store.write() as q:
        q.withdraw_tasks([{"id": manager.task.id, "now": time_text(LATER)}])
    assert seen(team, replace(bo, coaches=frozenset({team.organisation_id}))) == ()


def test_who_has_left_or_was_erased_is_not_there(
    team: Team, bo: Actor, clara: Actor, settings: Settings
) -> None:
    for person_id in (team.employee_id, team.add_person("Dag", "Dag Dahl", "da", "1004")):
        employee, manager = team.enter_pair(person_id)
        team.give(employee, maturity(5, 2), share=True)
        team.give(manager, maturity(3, 4))
    assert {one.person.first_name for one in seen(team, bo)} == {"Amina", "Dag"}
    admin = Actor(team.manager_id, frozenset({team.organisation_id}))
    changing.end_person(team.store, admin, team.organisation_id, team.employee_id, LATER)
    assert {one.person.first_name for one in seen(team, bo)} == {"Dag"}
    erasure.erase(team.store, settings, person_id, LATER)
    assert seen(team, bo) == ()


def test_it_is_what_the_result_page_shows(team: Team, bo: Actor) -> None:
    """The same profiles, by another way."""
    employee, manager = team.enter_pair(team.employee_id, areas=(0, 1))
    for sheet in (0, 1):
        team.give(employee, maturity(5, 2), share=True, sheet=sheet)
        team.give(manager, maturity(3, 4), sheet=sheet)
    page = results.results(team.store, manager, LATER)
    shown = {
        (area.job_area.id if area.job_area else "", stored.perspective): stored.profile
        for area in page.areas
        for stored in (area.own, area.other)
        if stored is not None
    }
    assert {(one.area_id, one.perspective): one.profile for one in seen(team, bo)} == shown
    assert len(shown) == 4


def test_confidential_views_and_other_questionnaires_are_never_there(team: Team, bo: Actor) -> None:
    report = team.enter_report(team.employee_id)
    team.give(report, lambda _: 1)
    own = team.enter_own_style()
    team.give(own, lambda _: 1)
    assert seen(team, bo) == ()


def test_one_person_only(team: Team, bo: Actor) -> None:
    dag = team.add_person("Dag", "Dag Dahl", "da", "1004")
    for person_id in (team.employee_id, dag):
        _, manager = team.enter_pair(person_id)
        team.give(manager, maturity(3, 4))
    assert told(seen(team, bo, subject_ids=[dag])) == [("Dag", "manager", "manager")]
    assert len(seen(team, bo, subject_ids={dag, team.employee_id})) == 2
    assert seen(team, bo, subject_ids=[]) == ()


# --- order, waves, change --------------------------------------------------------------------------


def rated(team: Team, *ratings: tuple[int, int]) -> list[Session]:
    """Bo's ratings of Amina in one wave after the other."""
    found = []
    for number, (skill, will) in enumerate(ratings):
        wave_id = waves.open_wave(
            team.store,
            team.organisation_id,
            f"Wave {number + 1}",
            [team.content_hash],
            job_areas="given",
            max_job_areas=3,
            now=NOON,
            opens_at=NOON - timedelta(days=100 - number),
        )
        _, manager = team.enter_pair(team.employee_id, wave_id=wave_id)
        team.give(manager, maturity(skill, will))
        found.append(manager)
    return found


def test_newest_wave_first_then_alphabetically(team: Team, bo: Actor) -> None:
    rated(team, (3, 3), (4, 4))
    for first_name in ("Åse", "Zoe", "Bea"):
        person_id = team.add_person(first_name, f"{first_name} Berg", "da", first_name)
        _, manager = team.enter_pair(person_id)
        team.give(manager, maturity(3, 4))
    names = [(one.wave_name, one.person.first_name) for one in seen(team, bo, language="da")]
    assert names == [
        ("Autumn", "Bea"),
        ("Autumn", "Zoe"),
        ("Autumn", "Åse"),
        ("Wave 2", "Amina"),
        ("Wave 1", "Amina"),
    ]


def test_so_many_waves_of_each(team: Team, bo: Actor) -> None:
    rated(team, (3, 3), (4, 4), (5, 5))
    assert [one.wave_name for one in seen(team, bo, newest=2)] == ["Wave 3", "Wave 2"]


def test_the_newest_is_compared_with_the_one_of_the_wave_before_that_has_one(team: Team, bo: Actor) -> None:
    rated(team, (1, 3), (3, 3), (5, 3))
    [change] = changes_of(seen(team, bo)).values()
    assert (change.earlier.wave_name, change.later.wave_name) == ("Wave 2", "Wave 3")
    assert change.change is not None
    # SEM of skill by the file: 0.75·√(1 − 0.84) = 0.3; 1.645·√2·0.3 = 0.698 < 2
    skill = change.change.scale("skill")
    assert (skill.difference, skill.verdict) == (2.0, "real")
    assert skill.low == pytest.approx(2 - 0.698, abs=5e-4)
    assert change.change.scale("will").verdict == "may-be-noise"


def test_nothing_is_said_of_one_wave(team: Team, bo: Actor) -> None:
    rated(team, (1, 3))
    assert changes_of(seen(team, bo)) == {}


def test_ratings_by_two_managers_are_no_change(team: Team, bo: Actor) -> None:
    rated(team, (1, 3), (5, 3))
    later, earlier = seen(team, bo)
    [change] = changes_of([later, replace(earlier, respondent_id="another manager")]).values()
    assert (change.change, change.reason) == (None, "another-manager")


def test_another_version_is_told_as_that(team: Team, bo: Actor) -> None:
    rated(team, (1, 3), (5, 3))
    later, earlier = seen(team, bo)
    other = msgspec.structs.replace(earlier.profile, questionnaire_version="2.0")
    [change] = changes_of([later, replace(earlier, profile=other)]).values()
    assert (change.change, change.reason) == (None, "another-version")


# --- looks -----------------------------------------------------------------------------------------


def test_looks_are_noted_once_an_hour_and_never_at_what_is_ones_own(team: Team, bo: Actor) -> None:
    employee, manager = team.enter_pair(team.employee_id)
    team.give(employee, maturity(5, 2), share=True)
    team.give(manager, maturity(3, 4))
    before = len(log.about(team.store, team.employee_id))
    for minutes in (0, 59):
        looked(team.store, bo, seen(team, bo), LATER + timedelta(minutes=minutes))
    lines = log.about(team.store, team.employee_id)[before:]
    assert [(one.actor_id, one.action, one.object_id) for one in lines] == [
        (bo.id, "see-profile", employee.task.id)
    ]
    looked(team.store, bo, seen(team, bo), LATER + timedelta(hours=2))
    assert len(log.about(team.store, team.employee_id)) == before + 2


def test_many_looks_keep_the_chain_whole(team: Team, bo: Actor) -> None:
    for number in range(4):
        employee, manager = team.enter_pair(team.add_person(f"P{number}", f"P{number} B", "da", f"n{number}"))
        team.give(employee, maturity(5, 2), share=True)
        team.give(manager, maturity(3, 4))
    before = chain.verify(team.store).lines
    looked(team.store, bo, seen(team, bo), LATER)
    found = chain.verify(team.store)
    assert (found.fault, found.lines) == (None, before + 4)


# --- one query -------------------------------------------------------------------------------------


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The names of the queries that run inside."""
    names: list[str] = []

    def noted(self: Queries, name: str) -> Any:
        names.append(name)
        return plain(self, name)

    plain = Queries.__getattr__
    Queries.__getattr__ = noted  # type: ignore[method-assign]
    try:
        yield names
    finally:
        Queries.__getattr__ = plain  # type: ignore[method-assign]


def test_five_people_and_fifty_cost_the_same_queries(team: Team, bo: Actor) -> None:
    runs = []
    for numbers in (range(5), range(5, 50)):
        for number in numbers:
            person_id = team.add_person(f"P{number}", f"P{number} Berg", "da", f"n{number}")
            _, manager = team.enter_pair(person_id)
            team.give(manager, maturity(3, 4))
        with counted(team.store) as names:
            found = seen(team, bo)
        runs.append((len(found), names))
    assert [count for count, _ in runs] == [5, 50]
    assert runs[0][1] == runs[1][1] == ["views_near", "led_no_longer"]
