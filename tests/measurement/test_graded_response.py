"""The graded response model against other programs and plain mathematics.

tests/references/graded_response.py made the numbers of mirt 1.2.0 and girth 0.8.0.
"""

from __future__ import annotations

import json
from functools import cache
from math import exp, log, pi, sqrt
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from graded_examples import LARGE, SMALL, Simulated, positions, true_parameters
from scipy.integrate import quad

from assess.measurement import irt_scoring
from assess.measurement.grm import GradedModel, NoModel, curves_of, log_probabilities, make_curves, scores_of
from assess.measurement.information import (
    item_information,
    marginal_reliability,
    standard_error,
)
from assess.measurement.information import (
    test_information as whole_information,
)
from assess.measurement.irt_calibration import calibrate
from assess.measurement.irt_categories import categories_of, merged
from assess.measurement.irt_grid import log_weights, make_grid, points_for
from assess.measurement.irt_scoring import eap
from assess.scoring.form import ItemKey
from assess.scoring.tally import BadAnswers

OTHERS = json.loads(
    (Path(__file__).parents[1] / "references" / "graded_response.json").read_text(encoding="utf-8")
)
EXAMPLES = {"small": SMALL, "large": LARGE}
LSAT = """3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298"""
"""How often each pattern of five answers, 00000 … 11111, was given: Bock & Lieberman (1970), LSAT 6."""


def items_of(example: Simulated) -> list[ItemKey]:
    return [
        ItemKey(f"i{item}", (1, 2, 3, 4, 5), item in example.reversed_items) for item in range(example.items)
    ]


@cache
def fitted(name: str) -> GradedModel:
    example = EXAMPLES[name]
    return calibrate(items_of(example), positions(example))


def plain(size: int, number: int) -> list[ItemKey]:
    return [ItemKey(f"i{item}", tuple(range(1, size + 1)), False) for item in range(number)]


def model_of(slopes: list[float], thresholds: list[list[float]]) -> GradedModel:
    """A model with given parameters, as calibration would hand it over."""
    made = [
        {
            "id": f"i{row}",
            "n": 1_000,
            "categories": tuple(range(len(own) + 1)),
            "slope": slope,
            "slope_se": None,
            "thresholds": own,
            "threshold_ses": None,
            "cautions": (),
            "reason": None,
        }
        for row, (slope, own) in enumerate(zip(slopes, thresholds, strict=True))
    ]
    whole = {
        "n": 1_000,
        "items": made,
        "log_likelihood": -1.0,
        "parameters": 1,
        "iterations": 1,
        "reason": None,
    }
    return msgspec.convert(whole, GradedModel)


def log_likelihood_of(a: Any, b: Any, example: Simulated) -> float:
    """By plain NumPy on 601 points, from differences of logistic functions."""
    theta = np.linspace(-7, 7, 601)
    weights = np.exp(-(theta**2) / 2)
    joint = np.zeros((example.respondents, theta.size))
    given = positions(example)
    for item, (slope, thresholds) in enumerate(zip(a, b, strict=True)):
        above = [1 / (1 + np.exp(-slope * (theta - threshold))) for threshold in thresholds]
        bounds = np.array([np.ones_like(theta), *above, np.zeros_like(theta)])
        tables = np.log(np.concatenate([np.ones((1, theta.size)), bounds[:-1] - bounds[1:]]))
        row = given[item].astype(np.int64)
        keyed = np.where((row > 0) & (item in example.reversed_items), 6 - row, row)
        joint += tables[keyed]
    return float(np.log(np.exp(joint) @ (weights / weights.sum())).sum())


# --- calibration -----------------------------------------------------------------------------------


def test_two_categories_give_the_published_two_parameter_model_of_the_lsat() -> None:
    """Rizopoulos (2006, Journal of Statistical Software 17(5)): ltm(LSAT ~ z1), ln L = −2466.653."""
    counts = [int(count) for count in LSAT.split()]
    patterns = [[int(bit) + 1 for bit in f"{number:05b}"] for number in range(32)]
    answers = np.repeat(np.array(patterns, np.uint8), counts, axis=0).T.copy()
    assert answers.shape == (5, 1_000)
    model = calibrate(plain(2, 5), answers)
    assert model.reason is None
    assert model.log_likelihood == pytest.approx(-2466.653, abs=0.002)
    slopes = [item.slope for item in model.items]
    assert slopes == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], abs=0.002)
    thresholds = [item.thresholds[0] for item in model.items]
    assert thresholds == pytest.approx([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=0.008)


@pytest.mark.parametrize("name", EXAMPLES)
def test_parameters_are_those_of_mirt_and_more_likely(name: str) -> None:
    model, other = fitted(name), OTHERS[name]["mirt"]
    assert model.reason is None
    assert [item.slope for item in model.items] == pytest.approx(other["a"], abs=5e-3)
    for item, thresholds in zip(model.items, other["b"], strict=True):
        assert item.thresholds == pytest.approx(thresholds, abs=5e-3)
    a, b = [item.slope for item in model.items], [item.thresholds for item in model.items]
    own = log_likelihood_of(a, b, EXAMPLES[name])
    assert own == pytest.approx(model.log_likelihood, abs=1e-4)
    assert own >= log_likelihood_of(other["a"], other["b"], EXAMPLES[name]) - 1e-5


def test_parameters_are_those_of_girth_within_its_stopping_rule_and_more_likely() -> None:
    model, other = fitted("large"), OTHERS["large"]["girth"]
    assert [item.slope for item in model.items] == pytest.approx(other["a"], abs=0.02)
    a, b = [item.slope for item in model.items], [item.thresholds for item in model.items]
    assert log_likelihood_of(a, b, LARGE) > log_likelihood_of(other["a"], other["b"], LARGE)


def test_standard_errors_are_those_of_mirt_by_cross_products() -> None:
    other = OTHERS["small"]["mirt"]
    model = fitted("small")
    assert [item.slope_se for item in model.items] == pytest.approx(other["a_se"], rel=0.02)
    for item, errors in zip(model.items, other["b_se"], strict=True):
        assert item.threshold_ses == pytest.approx(errors, rel=0.02)


@pytest.mark.slow
def test_intervals_of_parameters_contain_the_truth_as_often_as_they_say() -> None:
    """90 % intervals from the standard errors over 60 samples of 1,000 people and 6 items: 88–92 %."""
    inside = []
    for seed in range(100, 160):
        example = Simulated(seed=seed, respondents=1_000, items=6, missing=0.05)
        slopes, thresholds = true_parameters(example)
        for item, slope, own in zip(
            calibrate(items_of(example), positions(example)).items, slopes, thresholds, strict=True
        ):
            if not item.cautions:
                errors = np.array([item.slope_se, *(item.threshold_ses or ())])
                away = np.array([item.slope, *item.thresholds]) - np.array([slope, *own])
                inside += (np.abs(away) <= 1.645 * errors).tolist()
    assert len(inside) > 1_600
    assert 0.88 <= np.mean(inside) <= 0.92


def test_a_reversed_key_turns_the_positions_only() -> None:
    answers = positions(SMALL)
    turned = answers.copy()
    for item in SMALL.reversed_items:
        turned[item] = np.where(answers[item] == 0, 0, 6 - answers[item])
    straight = calibrate(plain(5, 8), turned)
    assert straight.log_likelihood == fitted("small").log_likelihood
    assert [item.thresholds for item in straight.items] == [item.thresholds for item in fitted("small").items]


def test_an_item_that_runs_the_other_way_has_a_negative_slope_and_says_so() -> None:
    answers = positions(SMALL)
    answers[0] = np.where(answers[0] == 0, 0, 6 - answers[0])
    wrong = calibrate(items_of(SMALL), answers)
    assert wrong.items[0].slope == pytest.approx(-fitted("small").items[0].slope, abs=1e-3)  # type: ignore[operator]
    assert "negative-slope" in wrong.items[0].cautions
    assert wrong.log_likelihood == pytest.approx(fitted("small").log_likelihood, abs=1e-3)
    right, found = eap(fitted("small"), positions(SMALL)), eap(wrong, answers)
    np.testing.assert_allclose(found.theta, right.theta, atol=1e-3)


def test_rare_categories_join_their_rarer_neighbour() -> None:
    assert merged([50, 60, 70]) == (0, 1, 2)
    assert merged([3, 60, 70]) == (0, 0, 1)
    assert merged([50, 4, 20, 60]) == (0, 1, 1, 2)
    assert merged([4, 4, 40, 0, 30]) == (0, 0, 0, 1, 1)
    assert merged([6, 6, 40, 0, 30]) == (0, 0, 1, 2, 2)
    assert merged([0, 0, 9]) == (0, 0, 0)
    item = ItemKey("x", (1, 2, 3), True)
    assert categories_of(item, np.array([1] * 20 + [2] * 20 + [3] * 2 + [0] * 9, np.uint8)) == (1, 0, 0)


def test_merged_categories_and_constant_items_are_told() -> None:
    answers = positions(SMALL)
    answers[0] = np.where(answers[0] == 5, 4, answers[0])
    answers[1] = np.where(answers[1] == 0, 0, 3)
    model = calibrate(items_of(SMALL), answers)
    assert (model.items[0].cautions, len(model.items[0].thresholds)) == (("merged-categories",), 3)
    assert model.items[0].categories == (0, 1, 2, 3, 3) or model.items[0].categories == (0, 1, 2, 2, 3)
    assert (model.items[1].slope, model.items[1].reason, model.items[1].categories) == (
        None,
        "constant-item",
        (),
    )
    assert model.reason is None
    scored = eap(model, answers)
    assert not np.isnan(scored.theta).any()
    assert item_information(model, np.zeros(1))[1, 0] == 0


def test_too_little_gives_a_reason_instead_of_a_model() -> None:
    answers = positions(SMALL)
    assert calibrate(items_of(SMALL), answers[:, :299]).reason == "n-under-300"
    assert calibrate(items_of(SMALL)[:2], answers[:2]).reason == "fewer-than-3-items"
    flat = answers.copy()
    flat[2:] = 3
    nothing = calibrate(items_of(SMALL), flat)
    assert (nothing.reason, nothing.log_likelihood) == ("fewer-than-3-items", None)
    with pytest.raises(NoModel, match="fewer-than-3-items"):
        eap(nothing, flat)
    with pytest.raises(NoModel):
        marginal_reliability(nothing)
    blank = np.zeros((8, 400), np.uint8)
    blank[:, :250] = answers[:, :250]
    assert (calibrate(items_of(SMALL), blank).n, calibrate(items_of(SMALL), blank).reason) == (
        250,
        "n-under-300",
    )
    with pytest.raises(ValueError, match="uint8"):
        calibrate(items_of(SMALL), answers[:3])


def test_the_same_item_twice_is_told_and_does_not_break_anything() -> None:
    answers = positions(SMALL)[:4].copy()
    answers[1] = answers[0]
    model = calibrate(plain(5, 4), answers)
    assert model.reason == "not-converged" or "steep-slope" in model.items[0].cautions


def test_a_model_goes_to_json_and_back() -> None:
    model = fitted("small")
    assert msgspec.json.decode(msgspec.json.encode(model), type=GradedModel) == model


# --- probabilities and information -----------------------------------------------------------------


CURVES = make_curves(
    np.array([1.7, 0.6, -1.2]), [np.array([2.0, 0.3, -1.9]), np.array([0.4]), np.array([1.0, -1.0])]
)
THETA = np.linspace(-5, 5, 41)


def test_probabilities_are_differences_of_logistic_functions_and_sum_to_one() -> None:
    found = np.exp(log_probabilities(CURVES, THETA))
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-14)
    above = 1 / (1 + np.exp(-(1.7 * THETA[np.newaxis] + np.array([[2.0], [0.3], [-1.9]]))))
    bounds = np.concatenate([np.ones((1, 41)), above, np.zeros((1, 41))])
    np.testing.assert_allclose(found[0], bounds[:-1] - bounds[1:], atol=1e-14)
    assert (found[1, 2:] == 0).all()


def test_scores_are_numeric_derivatives() -> None:
    scores, step = scores_of(CURVES, THETA), 1e-5
    for parameter in range(4):
        moved = []
        for way in (step, -step):
            slopes, intercepts = CURVES.slopes.copy(), CURVES.intercepts.copy()
            if parameter == 0:
                slopes += way
            else:
                intercepts[:, parameter - 1] += way
            moved.append(log_probabilities(type(CURVES)(slopes, intercepts, CURVES.sizes), THETA))
        numeric = (moved[0] - moved[1]) / (2 * step)
        for item, size in enumerate(CURVES.sizes):
            if parameter < size:
                np.testing.assert_allclose(scores[item, parameter, :size], numeric[item, :size], atol=1e-7)


def test_information_is_the_expected_squared_numeric_derivative() -> None:
    model, step = fitted("small"), 1e-5
    curves = curves_of(model)
    chances = np.exp(log_probabilities(curves, THETA))
    numeric = (
        np.exp(log_probabilities(curves, THETA + step)) - np.exp(log_probabilities(curves, THETA - step))
    ) / (2 * step)
    expected = (numeric**2 / chances).sum(axis=1)
    np.testing.assert_allclose(item_information(model, THETA), expected, rtol=1e-6)
    np.testing.assert_allclose(whole_information(model, THETA), expected.sum(axis=0), rtol=1e-6)
    np.testing.assert_allclose(standard_error(model, THETA), 1 / np.sqrt(expected.sum(axis=0) + 1), rtol=1e-6)


def test_marginal_reliability_is_the_mean_share_of_information() -> None:
    model = model_of([1.5] * 10, [[-1.0, 0.0, 1.0]] * 10)

    def share(theta: float) -> float:
        information = float(whole_information(model, np.array([theta]))[0])
        return information / (information + 1) * exp(-(theta**2) / 2) / sqrt(2 * pi)

    assert marginal_reliability(model) == pytest.approx(quad(share, -6, 6, epsabs=1e-12)[0], abs=1e-7)


# --- scores ----------------------------------------------------------------------------------------


def posterior_by_quad(model: GradedModel, answers: list[int]) -> tuple[float, float]:
    """Mean and SD of the posterior by adaptive integration, from the definition of the model."""

    def joint(theta: float) -> float:
        whole = -(theta**2) / 2
        for item, position in zip(model.items, answers, strict=True):
            if position == 0 or item.slope is None:
                continue
            category = item.categories[position - 1]
            above = [1 / (1 + exp(-item.slope * (theta - threshold))) for threshold in item.thresholds]
            bounds = [1.0, *above, 0.0]
            whole += log(bounds[category] - bounds[category + 1])
        return exp(whole)

    zero, one, two = (
        quad(
            lambda theta, power=power: theta**power * joint(theta), -6, 6, epsabs=0, epsrel=1e-11, limit=200
        )[0]
        for power in range(3)
    )
    return one / zero, sqrt(two / zero - (one / zero) ** 2)


def test_scores_are_the_mean_and_deviation_of_the_posterior() -> None:
    model, answers = fitted("small"), positions(SMALL)[:, :25]
    found = eap(model, np.ascontiguousarray(answers))
    for person in range(25):
        theta, error = posterior_by_quad(model, answers[:, person].tolist())
        assert found.theta[person] == pytest.approx(theta, abs=1e-6)
        assert found.standard_error[person] == pytest.approx(error, abs=1e-6)


@pytest.mark.parametrize("name", EXAMPLES)
def test_61_points_agree_with_2401(name: str) -> None:
    answers = np.ascontiguousarray(positions(EXAMPLES[name])[:, :1_000])
    answers[:, 0], answers[:, 1] = 1, 5
    few, many = eap(fitted(name), answers, points=61), eap(fitted(name), answers, points=2_401)
    np.testing.assert_allclose(few.theta, many.theta, atol=1e-6)
    np.testing.assert_allclose(few.standard_error, many.standard_error, atol=1e-6)


def test_scores_are_those_of_mirt() -> None:
    found = eap(fitted("small"), np.ascontiguousarray(positions(SMALL)[:, :40]))
    other = OTHERS["small"]["mirt"]
    np.testing.assert_allclose(found.theta, other["theta"], atol=2e-3)
    np.testing.assert_allclose(found.standard_error, other["theta_se"], atol=2e-3)


def test_the_lowest_and_the_highest_pattern_have_finite_scores_and_no_answer_has_none() -> None:
    model = fitted("large")
    answers = np.zeros((20, 3), np.uint8)
    answers[:, 0], answers[:, 1] = 1, 5
    found = eap(model, answers)
    assert -4 < found.theta[0] < -2 < 2 < found.theta[1] < 4
    assert np.isnan([found.theta[2], found.standard_error[2]]).all()
    assert eap(model, answers[:, :0]).theta.size == 0


def test_long_tests_are_summed_in_logarithms_on_a_finer_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    model = model_of([2.5] * 400, [[-2.0, -0.7, 0.7, 2.0]] * 400)
    rng = np.random.default_rng(2)
    answers = rng.integers(1, 6, (400, 20)).astype(np.uint8)
    assert points_for(0.05) == 241
    found, fine = eap(model, answers), eap(model, answers, points=4_801)
    np.testing.assert_allclose(found.theta, fine.theta, atol=1e-6)
    short = eap(fitted("small"), positions(SMALL))
    monkeypatch.setattr(irt_scoring, "_SAFE", 0.0)
    logs = eap(fitted("small"), positions(SMALL))
    np.testing.assert_allclose(logs.theta, short.theta, atol=1e-12)


def test_blocks_and_tables_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    model, answers = fitted("small"), positions(SMALL)
    whole = eap(model, answers)
    monkeypatch.setattr(irt_scoring, "BLOCK", 7)
    monkeypatch.setattr(irt_scoring, "COMBINATIONS", 6)
    parts = eap(model, answers)
    np.testing.assert_allclose(parts.theta, whole.theta, atol=1e-12)
    np.testing.assert_allclose(parts.standard_error, whole.standard_error, atol=1e-12)


def test_intervals_of_scores_contain_the_truth_as_often_as_they_say() -> None:
    """90 % intervals θ ± 1.645 SE with truth from the prior: 88–92 % (seed fixed, 5,000 people)."""
    stream = np.random.RandomState(LARGE.seed + 1)
    truth = stream.standard_normal(LARGE.respondents)
    found = eap(fitted("large"), positions(LARGE))
    inside = np.abs(found.theta - truth) <= 1.645 * found.standard_error
    assert 0.88 <= inside.mean() <= 0.92
    assert found.reliability() == pytest.approx(np.corrcoef(found.theta, truth)[0, 1] ** 2, abs=0.01)
    assert found.reliability() == pytest.approx(marginal_reliability(fitted("large")), abs=0.01)


def test_answers_that_are_no_options_are_refused() -> None:
    answers: npt.NDArray[np.uint8] = positions(SMALL)
    with pytest.raises(BadAnswers, match="uint8"):
        eap(fitted("small"), answers[:4])
    answers[3, 7] = 6
    with pytest.raises(BadAnswers, match="number 8 has an answer to i3"):
        eap(fitted("small"), answers)


def test_the_weights_of_the_grid_are_those_of_a_standard_normal_distribution() -> None:
    grid = make_grid()
    weights = np.exp(log_weights(grid))
    assert weights.sum() == pytest.approx(1, abs=1e-15)
    assert float(weights @ grid**2) == pytest.approx(1, abs=1e-6)
