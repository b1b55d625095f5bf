from __future__ import annotations

import math

import numpy as np
import pytest
from example_definitions import definition, maturity, quadrants

from assess.scoring.classification import Levels, called_for, classify
from assess.scoring.form import make_form
from assess.scoring.rating_scales import ScaleScores, score
from questionnaires.definition import Definition, Level, OptionSet, Precision, Quadrants, RatingItem, Scale

FINE = tuple(range(200))


def two_axes(cut: float, precision: dict[str, Precision], **parts: object) -> Definition:
    """Two scales of one item each with 200 options 0…199: as good as continuous."""
    return definition(
        options={"o": OptionSet(values=FINE)},
        items=tuple(RatingItem(id=name, options="o", reason="…") for name in ("x", "y")),
        scales={name: Scale(min_answered=1, items=(item,)) for name, item in (("across", "x"), ("up", "y"))},
        classification=quadrants("across", "up", cut, **parts),
        precision={"self": precision},
    )


def classified(what: Definition, x: np.ndarray, y: np.ndarray) -> Levels:
    """Levels of respondents with the given scores (missing: −1)."""
    questionnaire = what.questionnaire
    assert questionnaire.classification is not None
    form = make_form(questionnaire, "self")
    scores = score(form, np.array([x + 1, y + 1]).astype(np.uint8), questionnaire.precision.get("self", {}))
    levels = classify(questionnaire.classification, form, scores)
    assert levels is not None
    return levels


def one(what: Definition, x: int, y: int) -> Levels:
    return classified(what, np.array([x]), np.array([y]))


SEM_10 = {name: Precision(reliability=0.75, sd=20.0) for name in ("across", "up")}


def test_probabilities_of_the_four_levels_by_hand() -> None:
    # z across = (110 − 100)/10 = 1: P(high) = .8413; z up = (95 − 100)/10 = −.5: .3085
    levels = one(two_axes(100, SEM_10), 110, 95)
    expected = [0.1587 * 0.6915, 0.1587 * 0.3085, 0.8413 * 0.6915, 0.8413 * 0.3085]
    assert levels.level_ids == ("M1", "M2", "M3", "M4")
    assert levels.probability[:, 0].tolist() == pytest.approx(expected, abs=5e-5)
    assert levels.level_ids[levels.level[0]] == "M3"
    assert levels.borderline.tolist() == [True]  # .5818 < .70


def test_a_clear_case_is_not_borderline() -> None:
    levels = one(two_axes(100, SEM_10), 120, 120)  # .97725² = .955
    assert levels.probability[3, 0] == pytest.approx(0.9550, abs=5e-5)
    assert levels.borderline.tolist() == [False]


def test_a_score_on_the_cut_belongs_to_the_high_side() -> None:
    levels = one(two_axes(100, SEM_10), 100, 100)
    assert levels.probability[:, 0].tolist() == [0.25] * 4
    assert levels.level_ids[levels.level[0]] == "M4"


def test_a_cut_between_scores_that_no_binary_number_hits() -> None:
    # the mean of 3, 3, 3, 4, 4 is 17/5, which is the cut 3.4 to the last bit
    five = [f"i{n}" for n in range(5)]
    what = definition(
        options={"o": OptionSet(values=(1, 2, 3, 4, 5))},
        items=tuple(RatingItem(id=name, options="o", reason="…") for name in five),
        scales={"a": Scale(min_answered=5, items=tuple(five)), "b": Scale(min_answered=5, items=tuple(five))},
        classification=quadrants("a", "b", 3.4),
        precision={"self": dict.fromkeys(("a", "b"), Precision(reliability=0.8, sd=1.0))},
    )
    form = make_form(what.questionnaire, "self")
    scores = score(form, np.array([[3], [3], [3], [4], [4]], np.uint8), what.questionnaire.precision["self"])
    levels = classify(quadrants("a", "b", 3.4), form, scores)
    assert levels is not None
    assert levels.level.tolist() == [3]


def test_without_any_error_the_side_is_certain() -> None:
    certain = {name: Precision(reliability=1.0, sd=20.0) for name in ("across", "up")}
    on_and_under = one(two_axes(100, certain), 100, 99)
    assert on_and_under.probability[:, 0].tolist() == [0.0, 0.0, 1.0, 0.0]
    assert on_and_under.borderline.tolist() == [False]


def test_a_missing_axis_gives_no_level() -> None:
    levels = one(two_axes(100, SEM_10), 150, -1)
    assert levels.level.tolist() == [-1]
    assert np.isnan(levels.probability).all()
    assert levels.borderline.tolist() == [False]


def test_an_unknown_error_gives_no_level_rather_than_a_sure_one() -> None:
    levels = one(two_axes(100, {"across": Precision(reliability=0.75, sd=20.0)}), 150, 150)
    assert levels.level.tolist() == [-1]


def test_a_form_without_both_axes_has_no_levels() -> None:
    what = two_axes(100, SEM_10)
    form = make_form(what.questionnaire, "self")
    scores = score(form, np.ones((2, 1), np.uint8), SEM_10)
    assert classify(quadrants("across", "elsewhere", 3), form, scores) is None


@pytest.mark.parametrize(("reliability", "accuracy"), [(0.7, 0.67), (0.8, 0.73), (0.9, 0.81)])
def test_two_cuts_at_the_mean_are_as_accurate_as_theory_says(reliability: float, accuracy: float) -> None:
    # METHODS §8: accuracy at one cut 1/2 + asin(√r)/π, squared for two axes; .73 at r = .8
    expected = (0.5 + math.asin(math.sqrt(reliability)) / math.pi) ** 2
    assert expected == pytest.approx(accuracy, abs=0.006)
    rng = np.random.default_rng(20)
    sd, n = 25.0, 100_000
    true = rng.normal(0, sd * math.sqrt(reliability), (2, n))
    seen = np.rint(99.5 + true + rng.normal(0, sd * math.sqrt(1 - reliability), (2, n)))
    x, y = np.clip(seen, 0, 199)
    precision = {name: Precision(reliability=reliability, sd=sd) for name in ("across", "up")}
    levels = classified(two_axes(99.5, precision), x, y)
    truth = 2 * (true[0] >= 0) + (true[1] >= 0)
    # three standard errors of a share of 100,000 are .0043; the rounding of scores costs less than .001
    assert (levels.level == truth).mean() == pytest.approx(expected, abs=0.005)


def test_probabilities_are_honest_under_the_flat_prior() -> None:
    # True scores all over the scale (no population to pull to): levels given with p are right p of the time.
    rng = np.random.default_rng(21)
    n, sem = 100_000, 10.0
    true = rng.uniform(50, 150, (2, n))
    x, y = np.rint(true + rng.normal(0, sem, (2, n)))
    levels = classified(two_axes(99.5, SEM_10), x, y)
    truth = 2 * (true[0] >= 99.5) + (true[1] >= 99.5)
    right = levels.level == truth
    best = levels.probability.max(axis=0)
    inside = (np.abs(x - 99.5) < 20) & (np.abs(y - 99.5) < 20)  # far from the ends of the uniform
    for low, high in ((0.3, 0.5), (0.5, 0.7), (0.7, 0.9)):
        chosen = inside & (best >= low) & (best < high)
        assert right[chosen].mean() == pytest.approx(best[chosen].mean(), abs=0.02)


def test_styles_of_two_levels_that_call_for_the_same_add_up() -> None:
    what = quadrants("a", "b", 3)
    levels = what.levels | {"M2": Level(across="low", up="high", calls_for="S1")}
    schools = Quadrants(name="beginners", across="a", up="b", cuts=what.cuts, cut_reason="…", levels=levels)
    styles = called_for(schools, {"M1": 0.4, "M2": 0.3, "M3": 0.2, "M4": 0.1})
    assert styles == {"S1": pytest.approx(0.7), "S3": 0.2, "S4": 0.1}
    assert called_for(schools, {}) == {}


def facet_scores(knowledge: list[int]) -> Levels:
    """A maturity sheet with all threes but for the raw positions of the knowledge facet."""
    questionnaire = maturity().questionnaire
    form = make_form(questionnaire, "self")
    answers = np.full((32, 1), 3, np.uint8)
    answers[:4, 0] = knowledge
    scores: ScaleScores = score(form, answers, questionnaire.precision["self"])
    assert questionnaire.classification is not None
    levels = classify(questionnaire.classification, form, scores)
    assert levels is not None
    return levels


def test_a_facet_whose_whole_interval_is_low_makes_its_domain_mixed() -> None:
    # keyed 2 2 2 2: 2.0 + 1.645·.30 = 2.4935 < 2.5: mixed. keyed 3 2 2 2: 2.25 + .4935 = 2.7435: not.
    levels = facet_scores([2, 2, 2, 4])
    assert levels.domain_ids == ("technical", "psychological")
    assert levels.mixed[:, 0].tolist() == [True, False]
    assert facet_scores([3, 2, 2, 4]).mixed[:, 0].tolist() == [False, False]


def test_a_missing_facet_makes_nothing_mixed() -> None:
    assert facet_scores([1, 0, 0, 5]).mixed[:, 0].tolist() == [False, False]
