"""Who gets what in a wave, and what happens to it when people join, leave and move; on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from campaigning import MORNING, WEEK

from assess.answering import links, sessions, tasks
from assess.campaigns import campaigns, filling
from assess.campaigns.plans import Planned
from assess.errors import NotFound
from assess.people import register

if TYPE_CHECKING:
    from campaigning import Chain

LATER = MORNING + timedelta(days=2)
LED_BY = {
    "Nora": "Chief",
    "Sven": "Chief",
    "Bo": "Nora",
    "Cia": "Nora",
    "Amina": "Bo",
    "Anders": "Bo",
    "Carl": "Cia",
    "Sara": "Sven",
}
EVERYBODY = {"Chief", *LED_BY}


def test_everybody_rates_themselves_and_is_rated_by_the_nearest_leader(chain: Chain) -> None:
    wave_id = chain.opened()
    assert chain.tasks(wave_id) == {("self", one, one) for one in EVERYBODY} | {
        ("manager", leader, one) for one, leader in LED_BY.items()
    }


def test_a_subtree_takes_part_with_its_leader_who_is_rated_from_above(chain: Chain) -> None:
    wave_id = chain.opened(unit_ids=(chain.units["Baker Street"], chain.units["South"]))
    part = {"Bo", "Amina", "Anders", "Sven", "Sara"}
    assert chain.tasks(wave_id) == {("self", one, one) for one in part} | {
        ("manager", LED_BY[one], one) for one in part
    }


def test_who_only_leads_a_unit_takes_part_in_its_wave(chain: Chain) -> None:
    """Nora leads South as well from now on, though she belongs to North."""
    chain.leave("Sven", MORNING)
    chain.join("Nora", "South", "leader")
    chain.join("Nora", "North", "member")
    wave_id = chain.opened(unit_ids=(chain.units["South"],))
    assert chain.tasks(wave_id) == {
        ("self", "Nora", "Nora"),
        ("self", "Sara", "Sara"),
        ("manager", "Nora", "Sara"),
        ("manager", "Chief", "Nora"),
    }


def test_each_sheet_of_a_task_is_there_to_be_answered(chain: Chain) -> None:
    wave_id = chain.opened()
    chain.submit(chain.task_id(wave_id, "self", "Amina", "Amina"), LATER)
    chain.submit(chain.task_id(wave_id, "manager", "Bo", "Amina"), LATER)
    filling.fill(chain.store, wave_id, LATER)
    assert len(chain.tasks(wave_id)) == 17


def test_every_respondent_has_one_invitation(chain: Chain) -> None:
    wave_id = chain.opened()
    assert chain.letters(wave_id) == sorted(("invitation", one, "waiting") for one in EVERYBODY)
    filling.fill(chain.store, wave_id, LATER)
    assert len(chain.letters(wave_id)) == len(EVERYBODY)


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_however_large_the_steps_the_outcome_is_the_same(chain: Chain, batch: int) -> None:
    wave_id = chain.draft()
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    filling.fill(chain.store, wave_id, MORNING, batch)
    assert len(chain.tasks(wave_id)) == 17
    assert len(chain.letters(wave_id)) == 9


def test_nothing_is_given_before_a_wave_opens_or_after_it_ends(chain: Chain) -> None:
    draft, waiting = chain.draft(), chain.draft(opens_at=MORNING + WEEK)
    campaigns.open_wave_of_plan(chain.store, chain.admin, waiting, MORNING)
    ended = chain.draft(closes_at=MORNING + WEEK)
    campaigns.open_wave_of_plan(chain.store, chain.admin, ended, MORNING)
    for wave_id, at in ((draft, MORNING), (waiting, MORNING), (ended, MORNING + WEEK)):
        filling.fill(chain.store, wave_id, at)
        assert chain.tasks(wave_id) == set()
        assert chain.letters(wave_id) == []
    filling.fill(chain.store, waiting, MORNING + WEEK)
    assert len(chain.tasks(waiting)) == 17


def test_who_joins_is_invited(chain: Chain) -> None:
    wave_id = chain.opened()
    chain.join("Dora", "Canal Street", now=LATER)
    filling.fill(chain.store, wave_id, LATER)
    assert chain.tasks(wave_id) >= {("self", "Dora", "Dora"), ("manager", "Cia", "Dora")}
    assert ("invitation", "Dora", "waiting") in chain.letters(wave_id)
    # Cia has had her invitation: she is told by a reminder that there is more.
    assert ("reminder", "Cia", "waiting") in chain.letters(wave_id)


def test_what_is_open_is_taken_back_when_a_person_leaves_with_links_and_sessions(chain: Chain) -> None:
    wave_id = chain.opened()
    task_id = chain.task_id(wave_id, "self", "Amina", "Amina")
    link = links.mint(chain.store, task_id, MORNING)
    secret = links.exchange(chain.store, link, MORNING)
    chain.leave("Amina", LATER)
    filling.fill(chain.store, wave_id, LATER)
    assert not {task for task in chain.tasks(wave_id) if "Amina" in task}
    assert ("invitation", "Amina", "cancelled") in chain.letters(wave_id)
    with pytest.raises(NotFound):
        links.look(chain.store, link, LATER)
    with pytest.raises(NotFound):
        links.exchange(chain.store, link, LATER)
    assert sessions.find(chain.store, secret, MORNING + timedelta(minutes=1)) is None


def test_what_was_taken_back_is_given_back(chain: Chain) -> None:
    wave_id = chain.opened()
    task_id = chain.task_id(wave_id, "self", "Amina", "Amina")
    link = links.mint(chain.store, task_id, MORNING)
    before = chain.tasks(wave_id)
    chain.leave("Amina", LATER)
    filling.fill(chain.store, wave_id, LATER)
    chain.join("Amina", "Baker Street", now=LATER + timedelta(hours=1))
    filling.fill(chain.store, wave_id, LATER + timedelta(hours=1))
    assert chain.tasks(wave_id) == before
    assert chain.task_id(wave_id, "self", "Amina", "Amina") == task_id
    assert links.look(chain.store, link, LATER).key.id == task_id
    assert [letter for letter in chain.letters(wave_id) if letter[1] == "Amina"] == [
        ("invitation", "Amina", "waiting")
    ]


def test_what_is_submitted_stays_whoever_leaves(chain: Chain) -> None:
    wave_id = chain.opened()
    chain.submit(chain.task_id(wave_id, "self", "Amina", "Amina"), LATER)
    chain.leave("Amina", LATER)
    filling.fill(chain.store, wave_id, LATER)
    assert {task for task in chain.tasks(wave_id) if "Amina" in task} == {("self", "Amina", "Amina")}


def test_a_new_leader_rates_whom_the_old_one_has_not_rated(chain: Chain) -> None:
    wave_id = chain.opened()
    chain.submit(chain.task_id(wave_id, "manager", "Bo", "Amina"), LATER)
    chain.leave("Bo", LATER)
    chain.join("Eva", "Baker Street", "leader", now=LATER)
    filling.fill(chain.store, wave_id, LATER)
    ratings = {task for task in chain.tasks(wave_id) if task[0] == "manager"}
    assert ("manager", "Bo", "Amina") in ratings
    assert ("manager", "Eva", "Amina") not in ratings
    assert ("manager", "Eva", "Anders") in ratings
    assert ("manager", "Bo", "Anders") not in ratings


def test_a_person_who_moves_is_counted_where_the_wave_began(chain: Chain) -> None:
    wave_id = chain.opened()
    chain.leave("Sara", LATER)
    chain.join("Sara", "Canal Street", now=LATER)
    chain.join("Dan", "Canal Street", now=LATER)
    chain.leave("Cia", LATER)
    chain.join("Sara", "Canal Street", "leader", now=LATER)
    filling.fill(chain.store, wave_id, LATER)
    with chain.store.read() as q:
        units = {
            row["unit_id"]
            for row in q.tasks_of_wave(wave_id=wave_id)
            if row["respondent_id"] == chain.people["Sara"]
        }
    assert units == {chain.units["South"]}
    assert ("manager", "Sara", "Dan") in chain.tasks(wave_id)


def test_given_job_areas_come_from_the_role_as_many_as_the_plan_says(chain: Chain) -> None:
    areas = [
        register.add_job_area(chain.store, chain.organisation_id, {"da": name}, position=place, now=MORNING)
        for place, name in enumerate(("Bage", "Betjene", "Lukke"))
    ]
    chain.give_role("Amina", areas[::-1])
    wave_id = chain.opened(
        questionnaires=(Planned(chain.hashes["by area"], ("self", "manager")),),
        job_areas="given",
        max_job_areas=2,
    )
    assert chain.tasks(wave_id) == {("self", "Amina", "Amina"), ("manager", "Bo", "Amina")}
    session = chain.enter(chain.task_id(wave_id, "manager", "Bo", "Amina"), MORNING)
    task = tasks.task(chain.store, session, MORNING)
    assert [(sheet.job_area and sheet.job_area.id, sheet.short_form) for sheet in task.sheets] == [
        (areas[0], None),
        (areas[1], "second-area"),
    ]
    assert task.choice is None


def test_a_role_that_comes_later_is_seen(chain: Chain) -> None:
    area = register.add_job_area(chain.store, chain.organisation_id, {"da": "Bage"}, position=1, now=MORNING)
    chain.give_role("Amina", [area])
    wave_id = chain.opened(questionnaires=(Planned(chain.hashes["by area"], ("self",)),), job_areas="given")
    assert chain.tasks(wave_id) == {("self", "Amina", "Amina")}
    chain.give_role("Carl", [area], LATER)
    assert filling.order_upkeep(chain.store, chain.organisation_id, LATER) == 1
    filling.fill(chain.store, wave_id, LATER)
    assert chain.tasks(wave_id) == {("self", "Amina", "Amina"), ("self", "Carl", "Carl")}


def test_upkeep_is_ordered_for_waves_that_take_answers_only(chain: Chain) -> None:
    chain.draft()
    waiting = chain.draft(opens_at=MORNING + WEEK)
    campaigns.open_wave_of_plan(chain.store, chain.admin, waiting, MORNING)
    closed = chain.opened()
    campaigns.close(chain.store, chain.admin, closed, MORNING)
    assert filling.order_upkeep(chain.store, chain.organisation_id, MORNING) == 0


def test_filling_stops_when_the_wave_is_closed_meanwhile(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave_id = chain.draft()
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    give = filling._give

    def give_and_close(*arguments: object) -> None:
        give(*arguments)  # type: ignore[arg-type]
        chain_steps.append(1)

    chain_steps: list[int] = []
    steps = filling._steps

    def close_after_two(missing: object, batch: int) -> object:
        for number, step in enumerate(steps(missing, batch)):  # type: ignore[arg-type]
            if number == 2:
                campaigns.close(chain.store, chain.admin, wave_id, MORNING)
            yield step

    monkeypatch.setattr(filling, "_give", give_and_close)
    monkeypatch.setattr(filling, "_steps", close_after_two)
    filling.fill(chain.store, wave_id, MORNING, batch=1)
    assert len(chain_steps) == 2
    assert {letter_state for _, _, letter_state in chain.letters(wave_id)} == {"cancelled"}


def test_a_late_answer_goes_to_the_next_wave(chain: Chain) -> None:
    first = chain.opened()
    session = chain.enter(chain.task_id(first, "self", "Amina", "Amina"), MORNING)
    assert tasks.later_task(chain.store, session, MORNING) is None
    campaigns.close(chain.store, chain.admin, first, MORNING)
    second = campaigns.next_wave(chain.store, chain.admin, first, MORNING)
    assert tasks.later_task(chain.store, session, MORNING) is None
    campaigns.change(
        chain.store, chain.admin, second, "Spring 2", chain.plan(), MORNING, MORNING + WEEK, MORNING
    )
    campaigns.open_wave_of_plan(chain.store, chain.admin, second, MORNING)
    filling.fill(chain.store, second, MORNING)
    found = tasks.later_task(chain.store, session, MORNING)
    assert found is not None
    assert found.key.id == chain.task_id(second, "self", "Amina", "Amina")
    assert tasks.later_task(chain.store, session, MORNING + WEEK) is None
