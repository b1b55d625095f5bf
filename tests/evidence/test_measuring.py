"""How well a questionnaire measures here: who sees it, of how many, and what it says, on both engines."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pytest
from crowd import SECONDS, Crowd, asked_of_many, given
from leading import leading
from small_organisation import NOON, later

from assess.audit import log
from assess.campaigns import campaigns, waves
from assess.campaigns.plans import Planned, WavePlan
from assess.errors import NotFound
from assess.evidence.findings import correlation_high
from assess.evidence.measure import measurement
from assess.evidence.pools import wave_measurements
from assess.evidence.results import Measurement
from assess.measurement.reliability import reliability
from assess.people import register
from assess.rights import Actor
from assess.scoring.form import UnknownForm

if TYPE_CHECKING:
    from assess.store import Store
    from questionnaires.definition import PerspectiveId


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def measured(crowd: Crowd, wave_id: str, perspective: PerspectiveId = "self", **parts: Any) -> Measurement:
    actor = parts.pop("actor", crowd.administrator)
    return measurement(
        crowd.store, actor, wave_id, crowd.content_hash, perspective, parts.pop("now", NOON), **parts
    )


def test_the_figures_are_those_of_the_answers(crowd: Crowd) -> None:
    answers = given(40, seed=3)
    answers[0, :5] = 0
    found = measured(crowd, crowd.answered_wave(40, answers=answers))
    expected = reliability(crowd.definition.questionnaire, crowd.form, answers)
    assert found.reliability is not None
    assert (found.sheets, found.respondents, found.subjects, found.reason) == (40, 40, 40, None)
    for one, other in zip(found.reliability.scales, expected.scales, strict=True):
        # From twenty sheets on in steps of 0.05.
        assert one.alpha == pytest.approx(other.alpha, abs=0.025)
        assert one.omega_total == pytest.approx(other.omega_total, abs=0.026)
        assert [item.item_rest_r for item in one.items] == pytest.approx(
            [item.item_rest_r for item in other.items], abs=0.025
        )
    assert (found.missing[0].id, found.missing[0].answered, found.missing[0].missing) == ("skill-1", 35, 5)
    assert found.decision is not None
    assert found.response_quality is not None
    assert all(index.spread is None for index in found.response_quality.indices)
    assert found.time is not None
    assert found.time.seconds_per_item == pytest.approx((SECONDS, SECONDS, SECONDS))
    assert found.time.minutes is not None
    assert found.time.minutes[1] == pytest.approx(12 * SECONDS / 60, abs=0.25)
    assert [finding.kind for finding in found.findings if finding.item == "skill-1"] == ["often-missing"]
    assert msgspec.json.decode(msgspec.json.encode(found), type=Measurement) == found


def test_what_is_weak_is_found(crowd: Crowd) -> None:
    answers = given(60, seed=4)
    random = np.random.default_rng(5)
    answers[1] = 6 - answers[0]  # against its scale, as if its key had been turned
    answers[2] = random.integers(1, 6, 60)
    answers[6:] = random.integers(1, 6, (6, 60))
    found = measured(crowd, crowd.answered_wave(60, answers=answers))
    kinds = {(finding.kind, finding.scale, finding.item) for finding in found.findings}
    assert ("item-negative", "skill", "skill-2") in kinds
    assert ("alpha-low", "will", None) in kinds
    assert any(kind in {"item-weak", "item-negative"} for kind, _, item in kinds if item == "will-1")
    sure = {(finding.kind, finding.item) for finding in found.findings if finding.sure}
    assert ("item-negative", "skill-2") in sure
    assert ("alpha-low", None) in sure


def test_with_few_sheets_little_is_sure() -> None:
    # Fisher (1921), r = .25 in 30 pairs: atanh .25 = .25541, + 1.95996/√27 = .63261; tanh of that is .5598.
    assert correlation_high(0.25, 30) == pytest.approx(0.5598, abs=5e-5)
    assert correlation_high(0.25, 30) > 0.30 > correlation_high(0.25, 2000)
    assert correlation_high(1.0, 30) == correlation_high(0.1, 3) == 1.0


def test_while_a_wave_is_open_there_are_no_figures(crowd: Crowd) -> None:
    """Looked at before and after the next submit they would tell what it said."""
    wave_id = crowd.answered_wave(40, closed=False)
    found = measured(crowd, wave_id)
    assert (found.reason, found.sheets, found.reliability, found.time) == ("wave-open", None, None, None)
    waves.close_wave(crowd.store, wave_id)
    assert measured(crowd, wave_id).reason is None


@pytest.mark.parametrize(
    ("perspective", "sheets", "people", "reason"),
    [
        ("self", 9, {}, "n-under-10"),
        ("self", 10, {}, None),
        ("manager", 12, {"respondents": 4}, "respondents-under-5"),
        ("manager", 12, {"respondents": 5}, None),
        ("direct-report", 12, {"subjects": 1}, "subjects-under-5"),
        ("direct-report", 12, {"subjects": 4}, "subjects-under-5"),
        ("direct-report", 12, {"subjects": 5}, None),
    ],
)
def test_of_few_sheets_few_people_or_few_leaders_there_are_no_figures(
    crowd: Crowd, perspective: PerspectiveId, sheets: int, people: dict[str, int], reason: str | None
) -> None:
    found = measured(crowd, crowd.answered_wave(sheets, perspective=perspective, **people), perspective)
    assert found.reason == reason
    assert (found.reliability is None) == (reason is not None)
    if reason is not None:
        assert (found.sheets, found.respondents, found.subjects) == (None, None, None)


def test_figures_of_a_closed_wave_are_made_once(crowd: Crowd) -> None:
    """An erasure must not show by the difference of two looks."""
    wave_id = crowd.answered_wave(20)
    first = measured(crowd, wave_id)
    with crowd.store.write() as q:
        for row in q.submitted_sheets(wave_id=wave_id, content_hash=crowd.content_hash, perspective="self")[
            :1
        ]:
            q.delete_answers(sheet_id=row["id"])
            q.delete_sheet(id=row["id"])
    assert measured(crowd, wave_id, now=later(days=1)) == first


def test_a_new_method_makes_figures_anew_only_of_the_same_sheets(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    same, fewer = crowd.answered_wave(20), crowd.answered_wave(20, seed=2)
    for wave_id in (same, fewer):
        measured(crowd, wave_id)
    with crowd.store.write() as q:
        row = q.submitted_sheets(wave_id=fewer, content_hash=crowd.content_hash, perspective="self")[0]
        q.delete_answers(sheet_id=row["id"])
        q.delete_sheet(id=row["id"])
    monkeypatch.setattr("assess.evidence.measure.METHOD", "next")
    after = later(days=1)
    assert measured(crowd, same, now=after).made_at.startswith(f"{after:%Y-%m-%d}")
    assert measured(crowd, fewer, now=after).made_at.startswith(f"{NOON:%Y-%m-%d}")
    with crowd.store.write() as q:
        q.put_measurement(
            wave_id=fewer,
            content_hash=crowd.content_hash,
            perspective="self",
            short_form="",
            method="old",
            made_of="other sheets",
            measurement=json.dumps({"unknown": 1}),
            made_at="2026",
        )
    unreadable = measured(crowd, fewer, now=after)
    assert (unreadable.reason, unreadable.sheets) == ("answers-erased", None)


def test_whoever_does_not_administer_the_organisation_learns_nothing(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(20)
    elsewhere = register.add_organisation(crowd.store, "Elsewhere", customer="guest", now=NOON)
    for actor in (Actor(crowd.employee_id), Actor(crowd.manager_id, frozenset({elsewhere}))):
        with pytest.raises(NotFound) as foreign:
            measured(crowd, wave_id, actor=actor)
        with pytest.raises(NotFound) as missing:
            measured(crowd, "missing", actor=actor)
        assert str(foreign.value) == str(missing.value)
        with pytest.raises(NotFound):
            wave_measurements(crowd.store, actor, crowd.organisation_id, NOON)
    with pytest.raises(NotFound):
        measurement(crowd.store, crowd.administrator, wave_id, "0" * 64, "self", NOON)
    with pytest.raises(UnknownForm):
        measured(crowd, wave_id, short_form="second-area")


def test_each_look_is_in_the_log_once_an_hour_and_a_refused_one_is_not(crowd: Crowd) -> None:
    shown, refused = crowd.answered_wave(20), crowd.answered_wave(3)
    for minutes in (0, 10, 50, 61):
        measured(crowd, shown, now=later(minutes=minutes))
    measured(crowd, refused)
    looks = [
        entry for entry in log.about(crowd.store, crowd.organisation_id) if entry.action == "see-measurement"
    ]
    assert [(entry.actor_name, entry.object_id.split()[0]) for entry in looks] == [("Bo Ørsted", shown)] * 2


def test_the_list_tells_how_many_only_where_it_tells_of_nobody(crowd: Crowd) -> None:
    crowd.now = later(days=1)
    open_wave = crowd.answered_wave(12, closed=False)
    crowd.answer(open_wave, 14, perspective="direct-report", subjects=5, skip=50)
    crowd.now = NOON
    closed = crowd.answered_wave(9)
    crowd_found = wave_measurements(crowd.store, crowd.administrator, crowd.organisation_id, later(days=2))
    told = [(one.wave.id, one.perspective, one.sheets, one.reason) for one in crowd_found]
    assert told == [
        (open_wave, "direct-report", None, "wave-open"),
        (open_wave, "self", 12, "wave-open"),
        (closed, "self", None, "n-under-10"),
    ]
    waves.close_wave(crowd.store, open_wave)
    again = wave_measurements(crowd.store, crowd.administrator, crowd.organisation_id, later(days=2))
    assert [(one.sheets, one.reason) for one in again[:2]] == [(14, None), (12, None)]


def test_situations_have_no_reliability_but_times_gaps_and_flags(store: Store) -> None:
    crowd = Crowd(store, definition=leading())
    wave_id, people = crowd.wave(), crowd.add_people(12)
    with store.write() as q:
        for person_id in people:
            _choose(crowd, q, wave_id, person_id)
    waves.close_wave(store, wave_id)
    found = measured(crowd, wave_id)
    assert (found.reason, found.sheets, found.reliability, found.decision) == (None, 12, None, None)
    assert found.response_quality is not None
    assert [item.missing for item in found.missing] == [0] * len(found.missing)


def _choose(crowd: Crowd, q: Any, wave_id: str, person_id: str) -> None:
    from assess.scoring.form import make_form

    ids = make_form(crowd.definition.questionnaire, "self").scored_item_ids
    task_id, assignment_id, sheet_id = (crowd.store.new_id(NOON) for _ in range(3))
    q.add_task(
        id=task_id,
        wave_id=wave_id,
        content_hash=crowd.content_hash,
        perspective="self",
        respondent_id=person_id,
        subject_id=person_id,
        unit_id=None,
        given_at=None,
    )
    q.add_assignment(id=assignment_id, task_id=task_id, position=1, job_area_id=None, short_form=None)
    q.add_sheet(id=sheet_id, assignment_id=assignment_id, order_seed=crowd.store.new_seed())
    q.save_answers(
        [
            {
                "sheet_id": sheet_id,
                "item_id": item_id,
                "position": 1 + place % 4,
                "text": None,
                "revision": 1,
                "saved_at": "2026-11-23T12:00:00.000000Z",
            }
            for place, item_id in enumerate(ids)
        ]
    )
    q.sheet_submitted(id=sheet_id, language="da", at="2026-11-23T12:00:00.000000Z")


def test_no_id_of_a_sheet_or_a_person_is_in_a_measurement(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(20, perspective="direct-report", subjects=5)
    text = msgspec.json.encode(measured(crowd, wave_id, "direct-report")).decode()
    assert not any(person_id in text for person_id in (*crowd.people, crowd.employee_id))
    with crowd.store.read() as q:
        rows = q.submitted_sheets(
            wave_id=wave_id, content_hash=crowd.content_hash, perspective="direct-report"
        )
    assert not any(row["id"] in text for row in rows)


def test_the_questionnaire_of_these_tests_is_whole() -> None:
    assert len(asked_of_many().questionnaire.items) == len(given(3, 1)) == 12


def test_a_wave_that_promised_larger_groups_has_figures_of_no_smaller_ones(crowd: Crowd) -> None:
    """Respondents were told the wave's own number of people, and that is what is asked for."""
    plan = WavePlan(
        questionnaires=(Planned(crowd.content_hash, ("self",)),),
        least=12,
        legal_basis="public-task",
        purpose="p",
        delete_on=date(2027, 6, 1),
        discussed_on=date(2026, 11, 2),
    )
    for people, expected in ((11, "respondents-under-5"), (12, None)):
        wave_id = campaigns.create(
            crowd.store,
            crowd.administrator,
            crowd.organisation_id,
            "W",
            plan,
            NOON,
            NOON + timedelta(days=9),
            NOON,
        )
        campaigns.open_wave_of_plan(crowd.store, crowd.administrator, wave_id, NOON)
        crowd.answer(wave_id, people)
        campaigns.close(crowd.store, crowd.administrator, wave_id, NOON + timedelta(days=1))
        made = measurement(
            crowd.store, crowd.administrator, wave_id, crowd.content_hash, "self", NOON + timedelta(days=1)
        )
        assert made.reason == expected
