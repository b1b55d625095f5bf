"""A questionnaire about leading: who leads answers it about themselves, who is led about the leader."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from campaigning import MORNING
from leading import leading

from assess.campaigns import filling, waves
from assess.campaigns.plans import Planned

if TYPE_CHECKING:
    from campaigning import Chain

LATER = MORNING + timedelta(days=2)


@pytest.fixture
def styles(chain: Chain) -> str:
    chain.hashes["styles"] = waves.add_questionnaire(chain.store, leading(), now=MORNING)
    return chain.hashes["styles"]


def test_leaders_answer_about_themselves_and_their_people_about_them(chain: Chain, styles: str) -> None:
    wave_id = chain.opened(questionnaires=(Planned(styles, ("self", "direct-report")),))
    assert chain.tasks(wave_id) == {
        ("self", leader, leader) for leader in ("Chief", "Nora", "Sven", "Bo", "Cia")
    } | {
        ("direct-report", one, leader)
        for one, leader in (
            ("Nora", "Chief"),
            ("Sven", "Chief"),
            ("Bo", "Nora"),
            ("Cia", "Nora"),
            ("Amina", "Bo"),
            ("Anders", "Bo"),
            ("Carl", "Cia"),
            ("Sara", "Sven"),
        )
    }


def test_whoever_leads_nobody_is_no_leader(chain: Chain, styles: str) -> None:
    chain.leave("Carl", MORNING)
    chain.now = LATER
    wave_id = chain.opened(questionnaires=(Planned(styles, ("self",)),))
    assert ("self", "Cia", "Cia") not in chain.tasks(wave_id)


def test_only_leaders_who_take_part_are_answered_about_but_by_all_they_lead(
    chain: Chain, styles: str
) -> None:
    wave_id = chain.opened(
        questionnaires=(Planned(styles, ("self", "direct-report")),), unit_ids=(chain.units["North"],)
    )
    assert chain.tasks(wave_id) == {("self", leader, leader) for leader in ("Nora", "Bo", "Cia")} | {
        ("direct-report", one, leader)
        for one, leader in (
            ("Bo", "Nora"),
            ("Cia", "Nora"),
            ("Amina", "Bo"),
            ("Anders", "Bo"),
            ("Carl", "Cia"),
        )
    }


def test_who_has_answered_about_a_leader_is_not_asked_about_the_next_one(chain: Chain, styles: str) -> None:
    wave_id = chain.opened(questionnaires=(Planned(styles, ("direct-report",)),))
    with chain.store.write() as q:
        task_id = chain.task_id(wave_id, "direct-report", "Amina", "Bo")
        (sheet,) = q.assignments(task_id=task_id)
        q.sheet_submitted(id=sheet["sheet_id"], language="da", at="2026-03-03T08:00:00.000000Z")
    chain.leave("Bo", LATER)
    chain.join("Eva", "Baker Street", "leader", now=LATER)
    filling.fill(chain.store, wave_id, LATER)
    reports = {task for task in chain.tasks(wave_id) if task[1] in {"Amina", "Anders"}}
    assert reports == {("direct-report", "Amina", "Bo"), ("direct-report", "Anders", "Eva")}
