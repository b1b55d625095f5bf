"""Throw-away respondents: they can try everything, count nowhere, and are gone when the wave opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from campaigning import MORNING, WEEK

from assess.answering import links
from assess.campaigns import campaigns, filling, overview, testers
from assess.campaigns.plans import Planned
from assess.errors import NotAllowed, NotFound
from assess.evidence.pools import wave_measurements
from assess.people import organisation, register
from assess.store.sqlite import SqliteEngine

if TYPE_CHECKING:
    from campaigning import Chain

NAMES = ("Test employee", "Test leader")


def add(chain: Chain, wave_id: str) -> tuple[testers.Trial, ...]:
    return testers.add_tester(chain.store, chain.admin, wave_id, MORNING, names=NAMES, language="sv")


def tried(chain: Chain) -> str:
    """A wave in testing, with everything answered and submitted by throw-away people."""
    wave_id = chain.draft(
        questionnaires=(
            Planned(chain.hashes["personal"], ("self", "manager")),
            Planned(chain.hashes["confidential"], ("self",)),
        ),
        opens_at=MORNING + WEEK,
    )
    testers.start_testing(chain.store, chain.admin, wave_id, MORNING)
    for trial in add(chain, wave_id):
        chain.submit(trial.task_id, MORNING)
    return wave_id


def test_a_tester_gets_a_task_for_each_perspective_and_can_answer_before_the_opening_time(
    chain: Chain,
) -> None:
    wave_id = tried(chain)
    detail = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING)
    assert detail.phase == "testing"
    assert [(trial.perspective, trial.respondent, trial.subject) for trial in detail.trials] == [
        ("self", NAMES[0], NAMES[0]),
        ("manager", NAMES[1], NAMES[0]),
        ("self", NAMES[0], NAMES[0]),
    ]
    assert detail.tasks == 0


def test_testers_are_nobody(chain: Chain) -> None:
    wave_id = tried(chain)
    with chain.store.read() as q:
        found = organisation.members(q, chain.organisation_id, MORNING)
        assert not {member.name for member in found} & set(NAMES)
        assert q.tasks_of_organisation(organisation_id=chain.organisation_id) == []
        assert q.tasks_of_wave(wave_id=wave_id) == []
        for digest in chain.hashes.values():
            where = {"wave_id": wave_id, "content_hash": digest, "perspective": "self"}
            assert q.submitted_sheets(**where) == q.submitted_answers(**where) == []
        assert q.pools(organisation_id=chain.organisation_id) == []
    assert wave_measurements(chain.store, chain.admin, chain.organisation_id, MORNING) == ()


def test_opening_deletes_testers_with_everything_of_theirs(chain: Chain) -> None:
    wave_id = tried(chain)
    trial = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING).trials[0]
    link = links.mint(chain.store, trial.task_id, MORNING)
    links.exchange(chain.store, link, MORNING)
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    for table in (
        "tasks",
        "assignments",
        "sheets",
        "answers",
        "profiles",
        "shares",
        "link_tokens",
        "sessions",
        "documents",
    ):
        assert chain.run(f"SELECT COUNT(*) FROM {table}") == [(0,)], table
    assert chain.run("SELECT COUNT(*) FROM people WHERE tests_wave_id IS NOT NULL") == [(0,)]
    assert {kind for (kind,) in chain.run("SELECT kind FROM jobs")} == {"fill-wave"}
    with pytest.raises(NotFound):
        links.look(chain.store, link, MORNING)


def test_every_table_that_points_to_a_person_or_a_task_is_thought_of(chain: Chain) -> None:
    """A new table with a reference to a task must be purged too: this fails until somebody has thought."""
    if not isinstance(chain.store.engine, SqliteEngine):
        return  # the schema is the same on both engines
    tables = [name for (name,) in chain.run("SELECT name FROM sqlite_master WHERE type = 'table'")]
    pointing = {
        table
        for table in tables
        for row in chain.run(f"SELECT * FROM pragma_foreign_key_list('{table}')")
        if row[2] in {"tasks", "sheets", "assignments"}
    }
    assert pointing == {
        "assignments",
        "sheets",
        "answers",
        "profiles",
        "shares",
        "link_tokens",
        "sessions",
        "documents",
        "paper_codes",
    }


def test_nothing_of_real_people_is_deleted_with_testers(chain: Chain) -> None:
    other = chain.opened()
    chain.submit(chain.task_id(other, "self", "Amina", "Amina"), MORNING)
    before = chain.tasks(other)
    wave_id = tried(chain)
    testers.stop_testing(chain.store, chain.admin, wave_id, MORNING)
    assert chain.tasks(other) == before
    assert chain.run("SELECT COUNT(*) FROM profiles") == [(1,)]


def test_stopping_makes_it_a_draft_without_testers(chain: Chain) -> None:
    wave_id = tried(chain)
    testers.stop_testing(chain.store, chain.admin, wave_id, MORNING)
    detail = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING)
    assert (detail.phase, detail.trials) == ("draft", ())
    with pytest.raises(NotAllowed):
        add(chain, wave_id)


def test_changing_what_is_asked_deletes_what_was_tried_another_time_does_not(chain: Chain) -> None:
    wave_id = tried(chain)
    plan = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING).wave.plan

    def change(plan: object) -> int:
        campaigns.change(
            chain.store,
            chain.admin,
            wave_id,
            "Later",
            plan,  # type: ignore[arg-type]
            MORNING + WEEK,
            MORNING + 3 * WEEK,
            MORNING,
        )
        return len(overview.wave_detail(chain.store, chain.admin, wave_id, MORNING).trials)

    assert change(plan) == 3
    assert change(chain.plan(questionnaires=(Planned(chain.hashes["personal"], ("self",)),))) == 0
    assert len(add(chain, wave_id)) == 1


def test_given_areas_are_tried_with_the_first_ones_there_are(chain: Chain) -> None:
    wave_id = chain.draft(
        questionnaires=(Planned(chain.hashes["by area"], ("self",)),), job_areas="given", max_job_areas=1
    )
    testers.start_testing(chain.store, chain.admin, wave_id, MORNING)
    with pytest.raises(NotAllowed):
        add(chain, wave_id)
    assert overview.wave_detail(chain.store, chain.admin, wave_id, MORNING).trials == ()
    for place in (1, 2):
        register.add_job_area(
            chain.store, chain.organisation_id, {"da": f"Bage {place}"}, position=place, now=MORNING
        )
    (trial,) = add(chain, wave_id)
    chain.submit(trial.task_id, MORNING)


def test_there_are_only_so_many_testers(chain: Chain) -> None:
    wave_id = chain.draft()
    testers.start_testing(chain.store, chain.admin, wave_id, MORNING)
    for _ in range(testers.MOST_TESTERS // 2):
        add(chain, wave_id)
    with pytest.raises(NotAllowed):
        add(chain, wave_id)


def test_nothing_can_be_tried_without_a_questionnaire(chain: Chain) -> None:
    wave_id = chain.draft(questionnaires=())
    with pytest.raises(NotAllowed):
        testers.start_testing(chain.store, chain.admin, wave_id, MORNING)


def test_a_wave_in_testing_is_filled_with_nobody(chain: Chain) -> None:
    wave_id = tried(chain)
    filling.fill(chain.store, wave_id, MORNING + WEEK)
    assert chain.tasks(wave_id) == set()
