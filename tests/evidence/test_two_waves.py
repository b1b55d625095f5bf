"""Two waves whose respondents differ by one person: what all that is told of both says about that person.

Figures of all sheets can be subtracted, so none of them may say where answers lie. That is shown twice: with
every answer moved by a point, or turned round, everything told stays the same, so that whoever does not know
the others' answers cannot tell whether the newcomer's score is 1.5 or 2.5, 1.5 or 3.5. And what is a mean of
single people's values all the same (how sure decisions at cuts are) is told in steps that leave what the
newcomer adds uncertain by its whole range.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from crowd import Crowd, given
from small_organisation import NOON

from assess.evidence import norms
from assess.evidence.manual import wave_manual
from assess.evidence.measure import measurement
from assess.evidence.precision import preview
from assess.evidence.told_norms import MEAN_STEP, PERCENTILE_STEP, told_table
from assess.evidence.withholding import SPREAD_STEP, counted, step_of
from assess.files.spreadsheet import write_table
from assess.measurement.norms import make_norms
from assess.web.admin.downloads import FIGURES, NORMS, figure_rows, norm_rows
from reports.wave_manual import view_of_wave

if TYPE_CHECKING:
    from collections.abc import Callable

    from assess.store import Store

    Answers = np.ndarray[Any, Any]

WHERE = {"mean", "skew", "score_mean", "score_sd", "high_share", "model_high_share", "effective_length"}
"""Names of figures that say where answers lie."""


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


def everything_told(crowd: Crowd, answers: Answers) -> dict[str, Any]:
    """All that an administrator can see or download of a wave of these answers, as one tree of values."""
    wave_id = crowd.answered_wave(answers.shape[1], answers=answers)
    made = measurement(crowd.store, crowd.administrator, wave_id, crowd.content_hash, "self", NOON)
    table = io.StringIO()
    write_table(table, FIGURES, figure_rows(made))
    found = wave_manual(crowd.store, crowd.administrator, wave_id, crowd.content_hash, NOON)
    view = view_of_wave(found, "en", ZoneInfo("Europe/Copenhagen"), NOON)
    told = {
        "measurement": msgspec.to_builtins(made),
        "table": table.getvalue().splitlines(),
        "manual": json.loads(msgspec.json.encode(view)),
    }
    text: str = json.dumps(told).replace(wave_id, "the wave")
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def told_values(tree: Any, path: str = "") -> dict[str, Any]:
    """Every number and text of a tree under its place; without intervals by resampling, which depend on the
    order in which the sheets happen to be read."""
    if isinstance(tree, dict | list):
        parts = tree.items() if isinstance(tree, dict) else enumerate(tree)
        below = [told_values(part, f"{path}/{key}") for key, part in parts if "bootstrap" not in str(key)]
        return {place: one for part in below for place, one in part.items()}
    return {} if tree is None else {path: tree}


def without_decisions(told: dict[str, Any]) -> dict[str, Any]:
    """The rest of it: how sure decisions are depends on where the cut lies among the scores."""
    manual = told["manual"]
    return {
        "measurement": {name: part for name, part in told["measurement"].items() if name != "decision"},
        "table": [line for line in told["table"] if not line.startswith(("cut,", "levels,"))],
        "chapters": [chapter for chapter in manual["chapters"] if chapter["id"] != "decisions"],
        "figures": manual["figures"],
    }


def newcomer(low: int) -> Answers:
    """Somebody whose answers on "skill" lie around one value: scores low + ½."""
    return np.array([low, low + 1] * 3 + [3, 2, 3, 3, 2, 3], np.uint8)


def crowd_within(low: int, high: int, people: int) -> Answers:
    return np.clip(given(people, seed=3), low, high)


@pytest.mark.parametrize(
    "changed",
    [lambda answers: answers + 1, lambda answers: 5 - answers],
    ids=["all answers a point higher", "all answers turned round"],
)
def test_nothing_told_of_both_waves_says_where_the_newcomers_score_lies(
    crowd: Crowd, changed: Callable[[Answers], Answers]
) -> None:
    before = crowd_within(1, 4, 30)
    after = np.column_stack([before, newcomer(1)])
    for answers in (before, after):
        other = changed(answers).astype(np.uint8)
        here, there = (without_decisions(everything_told(crowd, one)) for one in (answers, other))
        assert told_values(here) == told_values(there)
    own, others = newcomer(1)[:6], changed(newcomer(1))[:6]
    assert abs(float(own.mean() - others.mean())) >= 1


def test_no_figure_says_where_answers_lie(crowd: Crowd) -> None:
    told = told_values(everything_told(crowd, given(40, seed=3)))
    assert len(told) > 300
    figures = [place for place, one in told.items() if not isinstance(one, str)]
    assert not [place for place in figures if place.rsplit("/", 1)[-1] in WHERE or "/options/" in place]
    assert not [one for one in told.values() if isinstance(one, str) and one.startswith("Histogram")]


@pytest.mark.parametrize("people", [10, 19, 20, 60, 99, 100, 400])
def test_a_step_is_never_smaller_than_what_one_sheet_can_add(people: int) -> None:
    """Two means m of n and M of n + 1 sheets, each within half a step, leave (n + 1)M − nm, what the newcomer
    adds, uncertain by this much to each side: by the whole range of a share."""
    uncertain = people * step_of(people) / 2 + (people + 1) * step_of(people + 1) / 2
    assert uncertain >= 1 - 1e-9


def test_all_coefficients_are_told_in_steps(crowd: Crowd) -> None:
    for people in (15, 40, 120):
        told = everything_told(crowd, given(people, seed=3))["measurement"]
        parts = told_values({"scales": told["reliability"]["scales"], "decision": told["decision"]})
        names = ("alpha", "omega_total", "average_r", "item_rest_r", "loading", "accuracy", "consistency")
        found = [one for place, one in parts.items() if place.rsplit("/", 1)[-1] in names]
        assert len(found) > 20
        assert np.array(found) / step_of(people) == pytest.approx(np.rint(np.array(found) / step_of(people)))
        assert ("sd" in {place.rsplit("/", 1)[-1] for place in parts if "/reasons/" not in place}) == (
            people >= 100
        )


def test_people_are_counted_in_steps_of_a_group(crowd: Crowd) -> None:
    assert [counted(number) for number in (0, 2, 3, 7, 8, 12)] == [0, 0, 5, 5, 10, 10]
    assert [counted(number, 12) for number in (5, 6, 18)] == [0, 12, 24]
    answers = given(30, seed=3)
    answers[0, :2] = 0  # two did not answer the first question
    told = everything_told(crowd, answers)["measurement"]
    assert [item["missing"] for item in told["missing"]] == [0] * 12
    assert all(kind["signs"] % 5 == 0 for kind in told["response_quality"]["kinds"])


def test_norms_of_nearly_the_same_people_do_not_tell_the_score_of_one_more() -> None:
    """With and without somebody at the top: means in tenths leave a score uncertain by ± 20 points."""
    possible = np.arange(6, 31) / 6
    scores = np.random.default_rng(3).choice(possible, 200)
    before, after = (
        told_table(make_norms(one, possible, seed=1)) for one in (scores, np.append(scores, 5.0))
    )
    for table in (before, after):
        assert table.mean is not None
        assert all(row.people is None for row in table.rows)
        assert all(row.percentile % PERCENTILE_STEP == 0 for row in table.rows)
        assert told_table(table) == table
    assert before.mean is not None
    assert after.mean is not None
    assert (200 * MEAN_STEP / 2) > 4
    assert abs(201 * after.mean - 200 * before.mean - 5.0) <= 401 * MEAN_STEP / 2
    moved = [abs(a.percentile - b.percentile) for a, b in zip(before.rows, after.rows, strict=True)]
    assert max(moved) <= PERCENTILE_STEP
    assert sum(step > 0 for step in moved) <= 3


def test_norms_and_precision_are_told_in_steps(crowd: Crowd) -> None:
    wave_id = crowd.answered_wave(210, answers=given(210, seed=5))
    where = (crowd.store, crowd.administrator, [wave_id], crowd.content_hash, "self", NOON)
    built = norms.build(*where)
    rows = [dict(zip(NORMS, row, strict=True)) for row in norm_rows(built)]
    assert "people" not in NORMS
    assert all(float(row["percentile"]) % PERCENTILE_STEP == 0 for row in rows)
    for scale in preview(*where).scales:
        assert scale.sd is not None
        assert scale.alpha is not None
        assert scale.sd / SPREAD_STEP == pytest.approx(round(scale.sd / SPREAD_STEP))
        assert scale.alpha * 100 == pytest.approx(round(scale.alpha * 100))
