"""How sure cuts and levels are: closed forms, and simulations of the same models done another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from example_definitions import maturity

from assess.measurement.decision import decision_quality, local_precision, rudner
from assess.measurement.livingston_lewis import (
    Beta,
    effective_length,
    four_parameters,
    one_cut,
    true_moments,
    two_parameters,
)
from assess.measurement.reliability import reliability
from assess.scoring.form import make_form
from questionnaires.definition import Precision, Quadrants


def closed_form(r: float) -> tuple[float, float]:
    """Accuracy and consistency at a cut at the mean when true scores and errors are normal: the quadrants of
    a bivariate normal with correlation √r, and r (Sheppard 1899)."""
    return 0.5 + math.asin(math.sqrt(r)) / math.pi, 0.5 + math.asin(r) / math.pi


def normal_scores(mean: float = 3.0, sd: float = 0.5) -> np.ndarray:
    """Observed scores at 20,000 quantiles of a normal distribution."""
    from scipy.special import ndtri

    return mean + sd * ndtri((np.arange(20_000) + 0.5) / 20_000)


@pytest.mark.parametrize(("r", "accuracy", "consistency"), [(0.8, 0.852, 0.795), (0.7, 0.815, 0.747)])
def test_rudner_with_the_population_is_the_closed_form_at_the_mean(
    r: float, accuracy: float, consistency: float
) -> None:
    scores = normal_scores()
    sides = rudner(scores, np.full(scores.size, 0.5 * math.sqrt(1 - r)), 3.0, (3.0, 0.5 * math.sqrt(r)))
    assert (sides.accuracy.mean(), sides.consistency.mean()) == pytest.approx(closed_form(r), abs=1e-4)
    assert (sides.accuracy.mean(), sides.consistency.mean()) == pytest.approx(
        (accuracy, consistency), abs=5e-4
    )


def test_rudner_flat_is_the_area_of_each_persons_own_normal() -> None:
    # 0.5 above the cut with SEM 0.5: Φ(1) = .8413447; consistency Φ² + (1 − Φ)² = .7330324
    sides = rudner(np.array([3.5, 2.5]), np.array([0.5, 0.5]), 3.0)
    assert sides.accuracy == pytest.approx([0.8413447, 0.8413447], abs=1e-7)
    assert sides.consistency == pytest.approx([0.7330324, 0.7330324], abs=1e-7)


def test_flat_flatters_where_the_population_knows_better() -> None:
    # Scores spread more than true scores: P(true on the observed side) = ½ + asin(1/√(2 − r))/π
    scores = normal_scores()
    flat = rudner(scores, np.full(scores.size, 0.5 * math.sqrt(0.2)), 3.0).accuracy.mean()
    assert flat == pytest.approx(0.5 + math.asin(1 / math.sqrt(1.2)) / math.pi, abs=1e-4)
    assert flat > closed_form(0.8)[0]


@pytest.mark.parametrize("r", [0.7, 0.8, 0.9])
def test_livingston_and_lewis_agree_with_the_normal_closed_form_for_scores_far_from_the_ends(
    r: float,
) -> None:
    found = one_cut(normal_scores(), r, 1, 5, 3.0)
    assert found is not None
    assert (found.accuracy, found.consistency) == pytest.approx(closed_form(r), abs=0.007)
    assert found.high_share == pytest.approx(0.5, abs=0.002)


def test_the_effective_length_of_a_test_of_yes_no_items_is_its_own_length() -> None:
    # KR-21 of n equal binary items: r = n/(n − 1)·(1 − μ(n − μ)/(n·σ²)); solved for n it is the formula of ñ.
    length, mean, variance = 30, 18.0, 24.0
    kr21 = length / (length - 1) * (1 - mean * (length - mean) / (length * variance))
    assert effective_length(mean, variance, kr21, 0, length) == pytest.approx(length)


def test_moments_of_true_shares_are_found_again_behind_binomial_answers() -> None:
    # Answers to 20 items around shares from Beta(4, 3): E of the share 4/7, of its square (4·5)/(7·8), …
    rng = np.random.default_rng(3)
    answers = rng.binomial(20, rng.beta(4, 3, 400_000)).astype(float)
    expected = [4 / 7, 4 * 5 / (7 * 8), 4 * 5 * 6 / (7 * 8 * 9), 4 * 5 * 6 * 7 / (7 * 8 * 9 * 10)]
    assert true_moments(answers, 20) == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("beta", [Beta(2, 5, 0.2, 0.9), Beta(4, 1.5, 0.1, 0.8), Beta(3, 3, 0.25, 0.75)])
def test_four_parameters_are_found_again_from_their_moments(beta: Beta) -> None:
    shares = beta.quantiles((np.arange(200_000) + 0.5) / 200_000)
    found = four_parameters(np.array([(shares**power).mean() for power in (1, 2, 3, 4)]))
    assert found is not None
    assert (found.first, found.second, found.low, found.high) == pytest.approx(
        (beta.first, beta.second, beta.low, beta.high), abs=0.01
    )


def test_two_parameters_have_the_first_two_moments() -> None:
    found = two_parameters(np.array([0.6, 0.6**2 + 0.02]))
    assert found is not None
    total = found.first + found.second
    assert found.first / total == pytest.approx(0.6)
    assert found.first * found.second / (total**2 * (total + 1)) == pytest.approx(0.02)


@pytest.mark.parametrize(("cut", "parameters"), [(13.5, 4), (16.5, 4)])
def test_livingston_and_lewis_are_right_where_their_model_holds(cut: float, parameters: int) -> None:
    """Yes–no items, shares from a four-parameter beta: the simulated decisions, counted."""
    rng = np.random.default_rng(11)
    people, length = 400_000, 25
    shares = 0.3 + 0.6 * rng.beta(2, 2.5, people)
    once, again = rng.binomial(length, shares), rng.binomial(length, shares)
    r = shares.var() * length**2 / once.var()
    found = one_cut(once.astype(float), r, 0, length, cut)
    assert found is not None
    assert (found.effective_length, found.parameters) == (length, parameters)
    true_high = shares >= cut / length
    assert found.accuracy == pytest.approx(((once > cut) == true_high).mean(), abs=0.003)
    assert found.consistency == pytest.approx(((once > cut) == (again > cut)).mean(), abs=0.003)
    assert found.high_share == pytest.approx((once > cut).mean(), abs=0.003)


def test_a_cut_that_moves_a_little_changes_little() -> None:
    scores = normal_scores()
    found = [one_cut(scores, 0.8, 1, 5, cut) for cut in np.linspace(3.2, 3.3, 41)]
    accuracies = np.array([one.accuracy for one in found if one])
    assert np.abs(np.diff(accuracies)).max() < 0.002


def test_without_spread_or_reliability_there_is_no_model() -> None:
    assert one_cut(np.full(50, 3.0), 0.8, 1, 5, 3.5) is None
    assert one_cut(normal_scores(), 0.0, 1, 5, 3.5) is None
    assert one_cut(np.array([]), 0.8, 1, 5, 3.5) is None


# --- the decision among levels ---------------------------------------------------------------------


def answered(tendencies: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Answers of people with these two tendencies to the 32 items, each fourth reversed."""
    behind = 0.6 * np.repeat(tendencies, 16, axis=0) + 0.5
    keyed = 1 + np.digitize(behind + 0.8 * rng.normal(size=behind.shape), (-1.5, -0.5, 0.5, 1.5))
    keyed[3::4] = 6 - keyed[3::4]
    return keyed.astype(np.uint8)


def people(n: int, seed: int = 7) -> np.ndarray:
    """Answers of people whose two tendencies are independent of one another."""
    rng = np.random.default_rng(seed)
    return answered(rng.normal(size=(2, n)), rng)


def test_levels_are_the_product_of_independent_axes() -> None:
    questionnaire = maturity().questionnaire
    form = make_form(questionnaire, "self")
    answers = people(4_000)
    precision = local_precision(reliability(questionnaire, form, answers, resamples=0))
    classification = questionnaire.classification
    assert isinstance(classification, Quadrants)
    quality = decision_quality(classification, form, answers, precision)
    assert quality is not None
    for level in quality.levels:
        cuts = [cut for cut in quality.cuts if cut.method == level.method]
        assert [cut.scale for cut in cuts] == ["technical", "psychological"]
        product = math.prod(cut.accuracy or 0 for cut in cuts)
        assert level.accuracy == pytest.approx(product, abs=0.003), level.method
        assert level.consistency == pytest.approx(math.prod(cut.consistency or 0 for cut in cuts), abs=0.003)


def test_a_second_simulated_form_falls_into_the_same_level_as_often_as_foretold() -> None:
    questionnaire = maturity().questionnaire
    form = make_form(questionnaire, "self")
    rng = np.random.default_rng(5)
    tendencies = rng.normal(size=(2, 20_000))
    forms = [answered(tendencies, rng) for _ in range(2)]
    precision = local_precision(reliability(questionnaire, form, forms[0], resamples=0))
    classification = questionnaire.classification
    assert isinstance(classification, Quadrants)
    quality = decision_quality(classification, form, forms[0], precision)
    assert quality is not None
    sides = []
    for answers in forms:
        keyed = answers.astype(float)
        keyed[3::4] = 6 - keyed[3::4]
        sides.append(np.stack([keyed[:16].mean(axis=0), keyed[16:].mean(axis=0)]) >= 3.5)
    same = (sides[0] == sides[1]).all(axis=0).mean()
    foretold = {level.method: level.consistency for level in quality.levels}
    assert foretold["rudner-population"] == pytest.approx(same, abs=0.015)
    assert foretold["livingston-lewis"] == pytest.approx(same, abs=0.015)


def test_what_is_not_known_has_a_reason() -> None:
    questionnaire = maturity().questionnaire
    form = make_form(questionnaire, "self")
    classification = questionnaire.classification
    assert isinstance(classification, Quadrants)
    few = decision_quality(classification, form, people(9), questionnaire.precision["self"])
    assert few is not None
    assert {one.reason for one in (*few.cuts, *few.levels)} == {"n-under-10"}
    blind = decision_quality(classification, form, people(50), {})
    assert blind is not None
    assert {one.reason for one in (*blind.cuts, *blind.levels)} == {"no-precision"}
    sure = dict.fromkeys(("technical", "psychological"), Precision(reliability=1, sd=1))
    perfect = decision_quality(classification, form, people(50), sure)
    assert perfect is not None
    assert {one.reason for one in (*perfect.cuts, *perfect.levels)} == {"no-error"}
    assert all(one.accuracy is None for one in (*few.cuts, *blind.levels, *perfect.cuts))


def test_a_form_that_scores_one_axis_only_has_no_decision() -> None:
    definition = maturity(
        scales={
            name: scale for name, scale in maturity().questionnaire.scales.items() if name != "technical"
        },
    )
    form = make_form(definition.questionnaire, "self")
    classification = definition.questionnaire.classification
    assert isinstance(classification, Quadrants)
    answers = np.ones((len(form.items), 20), np.uint8)
    assert decision_quality(classification, form, answers, {}) is None
