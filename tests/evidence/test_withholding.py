"""From norms no single answer can be worked out by leaving out a wave, or those with several sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from crowd import SKILL, WILL, Crowd, given
from small_organisation import NOON

from assess.campaigns import waves
from assess.evidence import norms
from assess.evidence.errors import NotEnough
from assess.store.ids import time_text

if TYPE_CHECKING:
    from assess.evidence.norms import BuiltNorms
    from assess.store import Store
    from questionnaires.definition import PerspectiveId


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def build(crowd: Crowd, *wave_ids: str, perspective: PerspectiveId = "self") -> BuiltNorms:
    return norms.build(crowd.store, crowd.administrator, wave_ids, crowd.content_hash, perspective, NOON)


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
