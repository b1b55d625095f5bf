"""From what administrators see, no single answer can be worked out: not by solving, not by subtracting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from crowd import SKILL, WILL, Crowd, given
from small_organisation import NOON

from assess.campaigns import waves
from assess.evidence import norms
from assess.evidence.errors import NotEnough
from assess.evidence.measure import measurement
from assess.store.ids import time_text

if TYPE_CHECKING:
    from assess.evidence.norms import BuiltNorms
    from assess.evidence.results import Measurement
    from assess.measurement.results import ScaleReliability
    from assess.store import Store
    from questionnaires.definition import PerspectiveId


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def measured(crowd: Crowd, wave_id: str, perspective: PerspectiveId = "self") -> Measurement:
    return measurement(crowd.store, crowd.administrator, wave_id, crowd.content_hash, perspective, NOON)


def scales(found: Measurement) -> tuple[ScaleReliability, ScaleReliability]:
    assert found.reliability is not None
    skill, will = found.reliability.scales
    return skill, will


def build(crowd: Crowd, *wave_ids: str, perspective: PerspectiveId = "self") -> BuiltNorms:
    return norms.build(crowd.store, crowd.administrator, wave_ids, crowd.content_hash, perspective, NOON)


def test_of_few_people_an_item_has_no_spread_that_could_be_solved_for_its_answers(crowd: Crowd) -> None:
    few = measured(crowd, crowd.answered_wave(10, perspective="manager", respondents=9), "manager")
    many = measured(crowd, crowd.answered_wave(10, perspective="manager"), "manager")
    for item in scales(few)[0].items:
        assert (item.sd, item.skew, item.options, item.reasons["sd"]) == (None, None, (), "too-few-to-show")
        assert item.mean is not None
    assert all(item.sd is not None for item in scales(many)[0].items)
    assert few.decision is not None
    assert all(cut.high_share is None for cut in few.decision.cuts)


def test_of_few_people_what_everybody_answered_is_not_told(crowd: Crowd) -> None:
    answers = given(12, seed=3)
    answers[1] = 4
    wave_id = crowd.answered_wave(12, perspective="manager", respondents=6, answers=answers)
    skill, will = scales(measured(crowd, wave_id, "manager"))
    assert (skill.items[1].sd, skill.items[1].mean, skill.items[1].options) == (None, None, ())
    # With the scale's mean and the other items' it could be worked out.
    assert (skill.mean, skill.score_mean) == (None, None)
    assert will.mean is not None


def test_where_all_stand_on_one_side_of_a_cut_it_is_not_told(crowd: Crowd) -> None:
    answers = given(30, seed=3)
    answers[:6] = np.clip(answers[:6], 4, 5)
    found = measured(crowd, crowd.answered_wave(30, answers=answers))
    assert found.decision is not None
    shares = {cut.scale: cut.high_share for cut in found.decision.cuts}
    assert shares["skill"] is None
    assert shares["will"] is not None


@pytest.mark.parametrize(("incomplete", "told"), [(0, True), (1, False), (9, False), (10, True)])
def test_a_few_incomplete_sheets_cannot_be_subtracted(crowd: Crowd, incomplete: int, told: bool) -> None:
    answers = given(30, seed=3)
    answers[:4, :incomplete] = 0  # two of six are too few for a score
    skill, will = scales(measured(crowd, crowd.answered_wave(30, answers=answers)))
    assert (skill.mean is not None, skill.score_mean is not None) == (told, told)
    assert skill.alpha is not None
    assert will.score_mean is not None


def test_a_figure_that_few_sheets_have_has_no_mean(crowd: Crowd) -> None:
    answers = given(30, seed=3)
    answers[:, 3:] = 0
    answers[:2, 3:] = 3
    found = measured(crowd, crowd.answered_wave(30, answers=answers)).response_quality
    assert found is not None
    few = [index for index in found.indices if 0 < index.n < 10]
    assert few
    assert all((index.mean, index.sd) == (None, None) for index in few)
    assert any(index.mean is not None for index in found.indices)


def test_norms_take_no_wave_whose_scores_they_would_tell(crowd: Crowd) -> None:
    """210 sheets of many managers, and 10 of five: norms of both less norms of the first are the ten."""
    many = crowd.answered_wave(210, perspective="manager")
    few = crowd.answered_wave(10, perspective="manager", respondents=5)
    assert build(crowd, many, perspective="manager").norms.people == 210
    with pytest.raises(NotEnough) as refused:
        build(crowd, many, few, perspective="manager")
    assert refused.value.reason == "no-norms"


@pytest.mark.parametrize(("again", "counted"), [(1, 211), (9, 219), (10, 210)])
def test_the_other_sheets_of_a_few_are_not_what_norms_leave_out(
    crowd: Crowd, again: int, counted: int
) -> None:
    """Figures of all sheets less norms of one sheet each would tell what the others say."""
    wave_id = crowd.answered_wave(210, closed=False)
    _second_areas(crowd, wave_id, given(again, seed=9))
    built = build(crowd, wave_id)
    assert (built.norms.records[0].n, built.norms.people) == (counted, 210)
    if again < 10:
        assert scales(measured(crowd, wave_id))[0].score_mean == pytest.approx(
            built.norms.records[0].table.mean
        )


def _second_areas(crowd: Crowd, wave_id: str, answers: np.ndarray[Any, Any]) -> None:
    """The first of the crowd have answered about a second job area as well; then the wave closes."""
    with crowd.store.write() as q:
        for person_id, positions in zip(crowd.people, answers.T.tolist(), strict=False):
            [task_id] = [
                row["id"]
                for row in q.tasks_of_respondent(respondent_id=person_id)
                if q.task(id=row["id"])["wave_id"] == wave_id
            ]
            assignment_id, sheet_id = (crowd.store.new_id(NOON) for _ in range(2))
            q.add_assignment(id=assignment_id, task_id=task_id, position=2, job_area_id=None, short_form=None)
            q.add_sheet(id=sheet_id, assignment_id=assignment_id, order_seed=None)
            q.save_answers(
                [
                    {
                        "sheet_id": sheet_id,
                        "item_id": item_id,
                        "position": position,
                        "text": None,
                        "revision": 1,
                        "saved_at": time_text(NOON),
                    }
                    for item_id, position in zip((*SKILL, *WILL), positions, strict=True)
                ]
            )
            q.sheet_submitted(id=sheet_id, language="da", at=time_text(NOON))
    waves.close_wave(crowd.store, wave_id)
