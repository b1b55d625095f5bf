"""Planning, opening, closing and repeating waves, on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, get_args

import msgspec
import pytest
from campaigning import MORNING, WEEK

from assess.audit import log
from assess.campaigns import campaigns, overview, reminding, testers
from assess.campaigns.campaigns import NotReady
from assess.campaigns.plans import Planned, WavePlan
from assess.campaigns.states import STATES, State, Step
from assess.errors import NotAllowed, NotFound
from assess.rights import Actor

if TYPE_CHECKING:
    from campaigning import Chain

STRANGER = Actor("somebody")


def state(chain: Chain, wave_id: str) -> str:
    return overview.wave_detail(chain.store, chain.admin, wave_id, MORNING).wave.state


def actions(chain: Chain) -> list[str]:
    return [entry.action for entry in log.about(chain.store, chain.organisation_id)]


def test_a_draft_may_be_incomplete_and_says_what_is_missing(chain: Chain) -> None:
    wave_id = campaigns.create(
        chain.store, chain.admin, chain.organisation_id, "Spring", WavePlan(), MORNING, None, MORNING
    )
    detail = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING)
    assert detail.phase == "draft"
    assert {problem.field for problem in detail.problems} >= {"questionnaires", "discussed_on", "delete_on"}
    with pytest.raises(NotReady) as refused:
        campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    assert refused.value.problems == detail.problems
    assert state(chain, wave_id) == "draft"
    assert actions(chain) == ["create-wave"]


def test_without_a_discussion_with_the_representatives_a_wave_cannot_open(chain: Chain) -> None:
    wave_id = chain.draft(discussed_on=None)
    with pytest.raises(NotReady) as refused:
        campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    assert [(one.field, one.reason) for one in refused.value.problems] == [("discussed_on", "missing")]


def test_a_wave_that_asks_nobody_cannot_open(chain: Chain) -> None:
    by_area = {"questionnaires": (Planned(chain.hashes["by area"], ("self",)),), "job_areas": "given"}
    for name in ("Sven", "Sara"):
        chain.leave(name, MORNING)
    for parts, expected in (
        ({"unit_ids": (chain.units["South"],)}, ("units", "nobody")),
        (by_area, ("job_areas", "missing")),
    ):
        wave_id = chain.draft(**parts)
        detail = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING)
        assert [(one.field, one.reason) for one in detail.problems] == [expected]
        with pytest.raises(NotReady):
            campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)


def test_a_draft_is_changed(chain: Chain) -> None:
    wave_id = chain.draft()
    plan = chain.plan(questionnaires=(Planned(chain.hashes["confidential"], ("self",)),), least=7)
    campaigns.change(
        chain.store, chain.admin, wave_id, "Summer", plan, MORNING + WEEK, MORNING + 2 * WEEK, MORNING
    )
    detail = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING)
    assert (detail.wave.name, detail.wave.plan, detail.wave.opens_at) == ("Summer", plan, MORNING + WEEK)
    with chain.store.read() as q:
        assert [row["content_hash"] for row in q.questionnaires_of_wave(wave_id=wave_id)] == [
            chain.hashes["confidential"]
        ]


def test_a_questionnaire_that_is_not_stored_cannot_be_planned(chain: Chain) -> None:
    with pytest.raises(NotFound):
        chain.draft(questionnaires=(Planned("0" * 64, ("self",)),))


def test_what_is_somebody_elses_is_not_found(chain: Chain) -> None:
    wave_id = chain.draft()
    store = chain.store
    for act in (
        lambda: campaigns.create(
            store, STRANGER, chain.organisation_id, "x", chain.plan(), MORNING, None, MORNING
        ),
        lambda: campaigns.change(store, STRANGER, wave_id, "x", chain.plan(), MORNING, None, MORNING),
        lambda: campaigns.open_wave_of_plan(store, STRANGER, wave_id, MORNING),
        lambda: campaigns.call_back(store, STRANGER, wave_id, MORNING),
        lambda: campaigns.move_closing(store, STRANGER, wave_id, MORNING, MORNING),
        lambda: campaigns.close(store, STRANGER, wave_id, MORNING),
        lambda: campaigns.archive(store, STRANGER, wave_id, MORNING),
        lambda: campaigns.next_wave(store, STRANGER, wave_id, MORNING),
        lambda: overview.campaign_list(store, STRANGER, chain.organisation_id),
        lambda: overview.wave_detail(store, STRANGER, wave_id, MORNING),
        lambda: overview.preview(store, STRANGER, wave_id, MORNING),
        lambda: testers.start_testing(store, STRANGER, wave_id, MORNING),
        lambda: testers.add_tester(store, STRANGER, wave_id, MORNING, names=("a", "b"), language="da"),
        lambda: testers.stop_testing(store, STRANGER, wave_id, MORNING),
        lambda: reminding.remind(store, STRANGER, wave_id, MORNING),
    ):
        with pytest.raises(NotFound):
            act()
    assert state(chain, wave_id) == "draft"


def test_a_wave_opens_now_or_waits_for_its_time(chain: Chain) -> None:
    now, later = chain.draft(opens_at=MORNING - WEEK), chain.draft(opens_at=MORNING + WEEK)
    for wave_id in (now, later):
        campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    opened = overview.wave_detail(chain.store, chain.admin, now, MORNING)
    assert (opened.phase, opened.wave.opens_at) == ("open", MORNING)
    waiting = overview.wave_detail(chain.store, chain.admin, later, MORNING)
    assert (waiting.phase, waiting.wave.opens_at) == ("waiting", MORNING + WEEK)
    with chain.store.read() as q:
        due = {wave_id: q.job_of(kind="fill-wave", subject=wave_id)["due_at"] for wave_id in (now, later)}
    assert due[now].startswith("2026-03-02T08:00")
    assert due[later].startswith("2026-03-09T08:00")


def test_a_wave_that_waits_can_be_called_back_one_that_is_open_cannot(chain: Chain) -> None:
    wave_id = chain.draft(opens_at=MORNING + WEEK)
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    with pytest.raises(NotAllowed):
        campaigns.call_back(chain.store, chain.admin, wave_id, MORNING + WEEK)
    campaigns.call_back(chain.store, chain.admin, wave_id, MORNING + WEEK - timedelta(seconds=1))
    assert state(chain, wave_id) == "draft"


def test_a_closing_time_moves_until_it_has_come(chain: Chain) -> None:
    wave_id = chain.opened()
    campaigns.move_closing(chain.store, chain.admin, wave_id, MORNING + 3 * WEEK, MORNING + WEEK)
    detail = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING)
    assert detail.wave.closes_at == MORNING + 3 * WEEK
    with pytest.raises(NotReady):
        campaigns.move_closing(chain.store, chain.admin, wave_id, MORNING, MORNING + WEEK)
    with pytest.raises(NotReady):
        campaigns.move_closing(chain.store, chain.admin, wave_id, MORNING + 60 * WEEK, MORNING + WEEK)
    with pytest.raises(NotAllowed):
        campaigns.move_closing(chain.store, chain.admin, wave_id, MORNING + 4 * WEEK, MORNING + 3 * WEEK)


def test_closing_orders_the_release_and_cancels_letters(chain: Chain) -> None:
    wave_id = chain.opened()
    campaigns.close(chain.store, chain.admin, wave_id, MORNING + WEEK)
    detail = overview.wave_detail(chain.store, chain.admin, wave_id, MORNING)
    assert (detail.wave.state, detail.wave.closed_at) == ("closed", MORNING + WEEK)
    with chain.store.read() as q:
        assert q.job_of(kind="release-wave", subject=wave_id)["state"] == "waiting"
    assert {letter_state for _, _, letter_state in chain.letters(wave_id)} == {"cancelled"}
    assert sorted(actions(chain)) == ["close-wave", "create-wave", "open-wave"]


def test_no_step_leads_from_closed_back_to_open() -> None:
    assert {after for steps in (STATES["closed"], STATES["archived"]) for after in steps.values()} == {
        "closed",
        "archived",
    }


@pytest.mark.parametrize("ended", ["closed", "archived"])
def test_a_wave_that_was_closed_never_opens_again(chain: Chain, ended: str) -> None:
    wave_id = chain.opened()
    campaigns.close(chain.store, chain.admin, wave_id, MORNING)
    if ended == "archived":
        campaigns.archive(chain.store, chain.admin, wave_id, MORNING)
    store, admin, plan = chain.store, chain.admin, chain.plan()
    for act in (
        lambda: campaigns.change(store, admin, wave_id, "x", plan, MORNING, None, MORNING),
        lambda: campaigns.open_wave_of_plan(store, admin, wave_id, MORNING),
        lambda: campaigns.call_back(store, admin, wave_id, MORNING),
        lambda: campaigns.move_closing(store, admin, wave_id, MORNING + WEEK, MORNING),
        lambda: campaigns.close(store, admin, wave_id, MORNING),
        lambda: testers.start_testing(store, admin, wave_id, MORNING),
        lambda: testers.add_tester(store, admin, wave_id, MORNING, names=("a", "b"), language="da"),
        lambda: testers.stop_testing(store, admin, wave_id, MORNING),
        lambda: reminding.remind(store, admin, wave_id, MORNING),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert state(chain, wave_id) == ended


def test_every_statement_that_changes_a_state_says_from_which(chain: Chain) -> None:
    """The table and the database agree, also where two do something at the same moment."""
    wave_id = chain.draft()
    steps = {
        "start-testing": lambda q: q.start_testing_wave(id=wave_id),
        "stop-testing": lambda q: q.stop_testing_wave(id=wave_id),
        "open": lambda q: q.open_planned_wave(id=wave_id, now="2026-03-02T08:00:00.000000Z"),
        "close": lambda q: q.close_planned_wave(id=wave_id, now="2026-03-03T08:00:00.000000Z"),
        "archive": lambda q: q.archive_wave(id=wave_id),
    }
    for before, (step, statement) in product(get_args(State), steps.items()):
        chain.run("UPDATE waves SET state = {state} WHERE id = {wave}", state=before, wave=wave_id)
        with chain.store.write() as q:
            changed = statement(q)
        after = STATES[before].get(step)  # type: ignore[call-overload]
        assert changed == (after is not None), (before, step)
        assert state(chain, wave_id) == (after or before)


def test_steps_are_in_the_table() -> None:
    assert {step for steps in STATES.values() for step in steps} == set(get_args(Step))


def test_the_next_wave_is_a_copy_that_must_be_discussed_again(chain: Chain) -> None:
    first = chain.opened(reminders=(3,), unit_ids=(chain.units["North"],))
    campaigns.close(chain.store, chain.admin, first, MORNING + WEEK)
    at = MORNING + 10 * WEEK
    second = campaigns.next_wave(chain.store, chain.admin, first, at)
    third = campaigns.next_wave(chain.store, chain.admin, first, at)
    (line,) = overview.campaign_list(chain.store, chain.admin, chain.organisation_id)
    assert [(wave.id, wave.number) for wave in line.waves] == [(third, 3), (second, 2), (first, 1)]
    copy = overview.wave_detail(chain.store, chain.admin, second, at)
    before = overview.wave_detail(chain.store, chain.admin, first, at)
    assert copy.wave.plan == msgspec.structs.replace(before.wave.plan, delete_on=None, discussed_on=None)
    assert copy.wave.closes_at == at + 2 * WEEK
    assert {(one.field, one.reason) for one in copy.problems} == {
        ("delete_on", "missing"),
        ("discussed_on", "missing"),
    }
    assert before.later_waves == (second, third)


def test_the_terms_are_those_of_the_plan(chain: Chain) -> None:
    wave_id = chain.draft(least=8, legal_text="Arbejdsmiljøloven")
    with chain.store.read() as q:
        terms = overview.terms_of(q, wave_id)
        assert overview.terms_of(q, "missing").least == 5
    assert (terms.least, terms.legal_text, terms.legal_basis) == (
        8,
        "Arbejdsmiljøloven",
        "legitimate-interest",
    )
    assert (terms.delete_on, terms.discussed_on) == (date(2027, 3, 1), date(2026, 2, 20))


def test_a_preview_says_who_would_be_asked_and_who_cannot_be(chain: Chain) -> None:
    chain.join("Paper Per", "South", email=False)
    wave_id = chain.draft(
        questionnaires=(Planned(chain.hashes["by area"], ("self", "manager")),), job_areas="given"
    )
    preview = overview.preview(chain.store, chain.admin, wave_id, MORNING)
    assert (preview.people, preview.letters, dict(preview.tasks)) == (10, 0, {})
    assert preview.without_areas.count == 10
    assert [one.name for one in preview.without_leader.first] == ["Chief"]
    campaigns.change(chain.store, chain.admin, wave_id, "x", chain.plan(), MORNING, MORNING + WEEK, MORNING)
    preview = overview.preview(chain.store, chain.admin, wave_id, MORNING)
    assert preview.tasks == {
        (chain.hashes["personal"], "self"): 10,
        (chain.hashes["personal"], "manager"): 9,
    }
    assert (preview.letters, preview.without_areas.count) == (10, 0)
    assert [one.name for one in preview.without_email.first] == ["Paper Per"]
