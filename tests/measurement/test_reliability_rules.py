"""What reliability says where it cannot say a number, and what it always says."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from example_definitions import maturity, plain_scale
from hypothesis import given, strategies
from hypothesis.extra.numpy import arrays
from reference_data import analysed, answers_of, questionnaire_of

from assess.disclosure.thresholds import GroupTooSmall
from assess.measurement import scales
from assess.measurement.factor import one_factor
from assess.measurement.items import describe
from assess.measurement.reliability import reliability
from assess.measurement.results import ItemAnalysis, Reliability, ScaleReliability
from assess.measurement.withholding import TooFewSheets, withhold
from assess.scoring.form import make_form
from assess.scoring.tally import BadAnswers


def analyse(answers: Any, values: tuple[int, ...] = (1, 2, 3, 4, 5), **how: Any) -> ScaleReliability:
    """One scale whose last item is reversed; `answers` are positions, items × sheets."""
    matrix = np.array(answers, np.uint8)
    questionnaire = plain_scale(values, len(matrix)).questionnaire
    form = make_form(questionnaire, "self")
    return reliability(questionnaire, form, matrix, **{"resamples": 0} | how).scales[0]


def some_answers(items: int, sheets: int, seed: int = 1, error: float = 0.8) -> np.ndarray:
    """Positions 1–5 of one tendency; the last item is answered the other way round."""
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=sheets) + error * rng.normal(size=(items, sheets))
    answers = (1 + np.digitize(latent, (-1.5, -0.5, 0.5, 1.5))).astype(np.uint8)
    answers[-1] = 6 - answers[-1]
    return answers


def every_gap_has_its_reason(document: ScaleReliability | ItemAnalysis) -> bool:
    figures = {
        name: value
        for name, value in msgspec.structs.asdict(document).items()
        if name not in ("reasons", "items", "options", "id")
    }
    gaps = {name for name, value in figures.items() if value is None}
    numbers = [value for value in figures.values() if isinstance(value, float)]
    return gaps == set(document.reasons) and all(math.isfinite(number) for number in numbers)


# --- by hand ---------------------------------------------------------------------------------------


def test_alpha_by_hand() -> None:
    # three items, covariances: variances 2, 3, 4, covariances 1, 1, 2: 3/2·(1 − 9/17) = 12/17
    covariances = np.array([[2.0, 1, 1], [1, 3, 2], [1, 2, 4]])
    assert scales.alpha(covariances) == pytest.approx(12 / 17)
    # without the first: 2·(1 − 7/11) = 8/11; second: 2·(1 − 6/8) = 1/2; third: 2·(1 − 5/7) = 4/7
    assert scales.alpha_if_dropped(covariances) == pytest.approx([8 / 11, 1 / 2, 4 / 7])
    # first against the rest: 2/√(2·11); second: 3/√(3·8); third: 3/√(4·7)
    assert scales.item_rest(covariances) == pytest.approx([2 / 22**0.5, 3 / 24**0.5, 3 / 28**0.5])


def test_one_factor_of_three_items_is_exact() -> None:
    # λ₁² = r₁₂r₁₃/r₂₃ and so on: .72, .63, .56 are .9·.8, .9·.7, .8·.7
    correlations = np.array([[1, 0.72, 0.63], [0.72, 1, 0.56], [0.63, 0.56, 1]])
    factor = one_factor(correlations)
    assert factor.converged
    assert factor.loadings == pytest.approx([0.9, 0.8, 0.7], abs=1e-8)
    # (2.4)² / (2.4² + 1 − .81 + 1 − .64 + 1 − .49)
    assert factor.omega_total == pytest.approx(5.76 / (5.76 + 1.06))
    assert factor.omega_observed == pytest.approx(factor.omega_total)
    assert factor.rmsr == pytest.approx(0, abs=1e-8)


def test_skew_by_hand() -> None:
    # 1, 1, 1, 5: mean 2, deviations −1, −1, −1, 3: s² = 12/3, m₃ = 24/4, skew 6/8
    description = describe(np.array([1.0, 1, 1, 5]))
    assert (description.mean, description.sd, description.skew) == pytest.approx((2, 2, 0.75))


def test_spearman_brown_of_two_items() -> None:
    two = analyse(some_answers(2, 40))
    assert two.average_r is not None
    assert two.spearman_brown == pytest.approx(2 * two.average_r / (1 + two.average_r))
    assert two.sd is not None
    assert two.sem == pytest.approx(two.sd * math.sqrt(1 - two.spearman_brown))
    assert two.items[0].item_rest_r == pytest.approx(two.average_r)
    assert (two.alpha, two.omega_total, two.items[0].loading) == (None, None, None)
    assert two.reasons["alpha"] == two.items[0].reasons["loading"] == "fewer-than-3-items"


# --- where there is no number ----------------------------------------------------------------------


def test_fewer_than_ten_sheets_have_means_but_no_reliability() -> None:
    found = analyse(some_answers(4, 9))
    assert found.mean is not None
    assert (found.alpha, found.sem, found.average_r) == (None, None, None)
    assert found.reasons["alpha"] == found.items[0].reasons["item_rest_r"] == "n-under-10"


def test_a_single_item_has_no_reliability() -> None:
    found = analyse(some_answers(1, 50))
    assert found.alpha is None
    assert set(found.reasons.values()) == {"single-item"}


def test_a_constant_item_is_named_and_the_scale_without_it_is_known() -> None:
    answers = some_answers(5, 60)
    answers[1] = 4
    found = analyse(answers)
    assert found.reasons["alpha"] == "constant-item"
    constant, other = found.items[1], found.items[0]
    assert constant.reasons["item_rest_r"] == constant.reasons["skew"] == "constant-item"
    assert constant.sd == 0
    assert constant.alpha_if_dropped == pytest.approx(analyse(np.delete(answers, 1, axis=0)).alpha)
    assert other.item_rest_r is not None
    assert other.reasons["alpha_if_dropped"] == "constant-item"


def test_all_missing_and_nobody_at_all() -> None:
    for answers in (np.zeros((4, 20), np.uint8), np.zeros((4, 0), np.uint8)):
        for missing in ("pairwise", "listwise"):
            found = analyse(answers, missing=missing)
            assert (found.n_used, found.mean, found.alpha) == (0, None, None)
            assert found.reasons["alpha"] == found.items[0].reasons["mean"] == "no-answers"


def test_items_that_are_hardly_answered_together() -> None:
    answers = some_answers(4, 60)
    answers[0, :30] = 0
    answers[1, 25:] = 0
    found = analyse(answers)
    assert found.fewest_pairs == 0
    assert found.reasons["alpha"] == "pairs-under-10"


def test_a_negative_alpha_stays_negative_and_has_no_standard_error() -> None:
    answers = some_answers(2, 80, error=0.3)
    answers = np.concatenate([answers[:1], answers])  # the third turned the wrong way, and one apart from all
    answers[1] = np.random.default_rng(2).integers(1, 6, 80)
    answers[2] = 6 - answers[2]
    found = analyse(answers)
    assert found.alpha is not None
    assert found.alpha < 0
    assert found.alpha_interval is not None
    assert found.alpha_interval[0] < found.alpha < found.alpha_interval[1]
    assert (found.sem, found.reasons["sem"]) == (None, "negative-alpha")


def test_a_heywood_case_has_loadings_but_no_omega() -> None:
    # .9·.9/.5 > 1: the first loading would be 1.27
    rng = np.random.default_rng(3)
    wanted = np.array([[1, 0.69, 0.69], [0.69, 1, 0.3], [0.69, 0.3, 1]])
    latent = np.linalg.cholesky(wanted) @ rng.normal(size=(3, 2_000))
    answers = (1 + np.digitize(latent, (-1.5, -0.5, 0.5, 1.5))).astype(np.uint8)
    answers[2] = 6 - answers[2]
    found = analyse(answers)
    assert found.heywood == ("i1",)
    assert found.omega_total is None
    assert found.reasons["omega_total"] == "heywood-case"
    assert found.items[0].loading is not None
    assert found.items[0].loading > 1
    assert found.alpha is not None


def test_three_items_that_no_factor_can_join_do_not_end_in_a_crash() -> None:
    # a negative product of the three correlations: no real loadings
    factor = one_factor(np.array([[1, 0.5, 0.5], [0.5, 1, -0.4], [0.5, -0.4, 1]]))
    assert np.isfinite(factor.loadings).all()
    assert factor.rmsr > 0.1 or not factor.converged
    nothing = one_factor(np.eye(4))
    assert np.isfinite(nothing.loadings).all()


def test_the_bootstrap_can_be_left_out_and_says_so() -> None:
    assert analyse(some_answers(4, 50)).reasons["alpha_bootstrap_interval"] == "not-asked"


def test_impossible_positions_and_settings_are_refused() -> None:
    with pytest.raises(BadAnswers):
        analyse(np.full((3, 20), 6, np.uint8))
    for wrong in ({"interval": 1.0}, {"interval": 0.0}, {"resamples": -1}, {"resamples": 1}):
        with pytest.raises(ValueError, match=r"interval|resamples"):
            analyse(some_answers(3, 20), **wrong)


@given(
    arrays(
        np.uint8,
        strategies.tuples(strategies.integers(1, 5), strategies.integers(0, 14)),
        elements=strategies.integers(0, 3),
    ),
    strategies.sampled_from(("pairwise", "listwise")),
)
def test_whatever_is_answered_every_gap_has_a_reason(answers: np.ndarray, missing: str) -> None:
    found = analyse(answers, (1, 2, 3), missing=missing, resamples=20)
    assert every_gap_has_its_reason(found)
    assert all(every_gap_has_its_reason(item) for item in found.items)
    for name in ("alpha", "alpha_standardised", "average_r"):
        assert getattr(found, name) is None or getattr(found, name) <= 1 + 1e-9
    assert all(item.item_rest_r is None or abs(item.item_rest_r) <= 1 + 1e-9 for item in found.items)


# --- what never changes it -------------------------------------------------------------------------


def test_alpha_does_not_care_for_units_order_or_people_in_another_order() -> None:
    answers = some_answers(5, 120)
    plain = analyse(answers)
    shuffled = analyse(answers[:, np.random.default_rng(1).permutation(120)])
    far_apart = analyse(answers, (-40, -10, 20, 50, 80))  # 30 times the unit, shifted
    for other in (shuffled, far_apart):
        assert other.alpha == pytest.approx(plain.alpha, abs=1e-12)
        assert other.omega_total == pytest.approx(plain.omega_total, abs=1e-9)
    assert plain.sem is not None
    assert far_apart.sem == pytest.approx(30 * plain.sem)


def test_blocks_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = some_answers(6, 500)
    answers[answers == 2] = 0
    whole = analyse(answers, resamples=50)
    monkeypatch.setattr("assess.measurement.moments.BLOCK", 64)
    assert analyse(answers, resamples=50) == whole


def test_the_covariances_are_those_of_plain_numpy() -> None:
    answers = some_answers(4, 90)
    keyed = answers.astype(float)
    keyed[-1] = 6 - keyed[-1]
    expected = np.cov(keyed)
    found = analyse(answers)
    assert found.alpha == pytest.approx(4 / 3 * (1 - np.trace(expected) / expected.sum()), abs=1e-12)
    assert found.sem == pytest.approx(keyed.mean(axis=0).std(ddof=1) * math.sqrt(1 - (found.alpha or 0)))


def test_scores_of_sheets_below_the_minimum_do_not_count() -> None:
    questionnaire = maturity().questionnaire
    form = make_form(questionnaire, "self")
    answers = np.full((32, 30), 3, np.uint8)
    answers[:2, :4] = 0  # two of four answers to the first facet: under its three
    found = reliability(questionnaire, form, answers, resamples=0).scales[0]
    assert (found.n_used, found.n_scored, found.n_complete) == (30, 26, 26)
    assert (found.mean, found.score_mean, found.score_sd) == (3, 3, 0)


def test_where_nobody_answers_the_minimum_there_are_means_but_no_scores() -> None:
    questionnaire = maturity().questionnaire
    form = make_form(questionnaire, "self")
    answers = np.full((32, 30), 3, np.uint8)
    answers[:2] = 0
    found = reliability(questionnaire, form, answers, resamples=0).scales[0]
    assert (found.mean, found.score_mean) == (3, None)
    assert found.reasons["score_mean"] == found.reasons["score_sd"] == "no-scores"


def test_the_document_goes_to_json_and_back() -> None:
    document = analysed("simulated", resamples=50)
    assert msgspec.json.decode(msgspec.json.encode(document), type=Reliability) == document
    assert document.n == 250
    assert (document.missing, document.questionnaire) == ("pairwise", "simulated")


# --- the bootstrap ---------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_interval() -> None:
    first, same, other = (analysed("attitude", resamples=200, seed=seed).scales[0] for seed in (1, 1, 2))
    assert first.alpha_bootstrap_interval == same.alpha_bootstrap_interval
    assert first.alpha_bootstrap_interval != other.alpha_bootstrap_interval


def test_resampled_alphas_are_those_of_resampled_matrices() -> None:
    from assess.measurement.bootstrap import Resampling, resampled_alphas

    questionnaire = questionnaire_of("simulated").questionnaire
    items = make_form(questionnaire, "self").items[:6]
    answers = answers_of("simulated")[:6]
    found = resampled_alphas(items, answers, Resampling(3, seed=9))
    people = answers.shape[1]
    drawn = np.random.default_rng(9).integers(0, people, (3, people))
    for number, columns in enumerate([np.arange(people), *drawn]):
        sample = reliability(
            plain_scale((1, 2, 3, 4, 5), 6).questionnaire,
            make_form(plain_scale((1, 2, 3, 4, 5), 6).questionnaire, "self"),
            np.ascontiguousarray(_keyed(answers[:, columns], items)),
            resamples=0,
        )
        assert found[number] == pytest.approx(sample.scales[0].alpha, abs=1e-10)


def _keyed(answers: np.ndarray, items: Any) -> np.ndarray:
    """Turned round so that `plain_scale`, whose last item is reversed, means the same."""
    turned = [
        row if not item.reversed else np.where(row, 6 - row, 0)
        for row, item in zip(answers, items, strict=True)
    ]
    turned[-1] = np.where(turned[-1], 6 - turned[-1], 0)
    return np.array(turned, np.uint8)


def test_groups_of_people_give_the_interval_of_people_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = some_answers(5, 3_000)
    answers[np.random.default_rng(1).random(answers.shape) < 0.05] = 0
    grouped = analyse(answers, resamples=1_000).alpha_bootstrap_interval
    monkeypatch.setattr("assess.measurement.bootstrap.UNITS", 3_000)
    single = analyse(answers, resamples=1_000).alpha_bootstrap_interval
    assert grouped is not None
    assert single is not None
    assert grouped[1] - grouped[0] == pytest.approx(single[1] - single[0], rel=0.12)


def coverage(sheets: int, interval: float, seed: int) -> tuple[float, float]:
    """How often each interval holds the true alpha: five parallel items with normal errors, correlation .4,
    on 101 options (alpha 5·.4/(1 + 4·.4) = .7692)."""
    rng = np.random.default_rng(seed)
    questionnaire = plain_scale(tuple(range(101)), 5).questionnaire
    form = make_form(questionnaire, "self")
    held = np.zeros(2)
    repeats = 1_200
    for _ in range(repeats):
        latent = math.sqrt(0.4) * rng.normal(size=sheets) + math.sqrt(0.6) * rng.normal(size=(5, sheets))
        answers = np.clip(np.round(51 + 12 * latent), 1, 101).astype(np.uint8)
        answers[-1] = 102 - answers[-1]
        (scale,) = reliability(questionnaire, form, answers, interval=interval, resamples=300).scales
        for place, ends in enumerate((scale.alpha_interval, scale.alpha_bootstrap_interval)):
            assert ends is not None
            held[place] += ends[0] <= 2 / 2.6 <= ends[1]
    return tuple(held / repeats)  # type: ignore[return-value]


@pytest.mark.slow
def test_both_intervals_hold_alpha_as_often_as_they_say() -> None:
    feldt, bootstrap = coverage(60, 0.90, seed=20)
    assert 0.88 <= feldt <= 0.92
    assert 0.88 <= bootstrap <= 0.92


# --- confidential sheets ---------------------------------------------------------------------------


def test_confidential_sheets_under_a_group_are_refused_without_their_number() -> None:
    document = analysed("attitude")
    with pytest.raises(TooFewSheets) as caught:
        withhold(document, least=31)
    assert "30" not in str(caught.value)
    assert withhold(document, least=30) == document
    with pytest.raises(GroupTooSmall):
        withhold(document, least=3)


def test_an_item_that_few_answered_is_withheld_from_confidential_documents() -> None:
    answers = some_answers(4, 30)
    answers[0, 3:] = 0
    questionnaire = plain_scale((1, 2, 3, 4, 5), 4).questionnaire
    form = make_form(questionnaire, "self")
    shown = withhold(reliability(questionnaire, form, answers, resamples=0), least=5).scales[0]
    assert (shown.items[0].mean, shown.items[0].options) == (None, ())
    assert shown.items[0].reasons["mean"] == "too-few-to-show"
    assert shown.items[1].mean is not None
