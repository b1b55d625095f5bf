"""Cohen's kappa: published examples and paradoxes, scikit-learn, statsmodels, coverage."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from agreement_examples import PYTHON, bfi
from hypothesis import given
from hypothesis import strategies as st

from assess.measurement.icc import intraclass
from assess.measurement.kappa import WEIGHTS, TwoRaters, agreement_of_table, kappas_of, two_raters, weights_of


def table(*rows: list[int]) -> TwoRaters:
    return agreement_of_table(np.array(rows))


def test_two_psychiatrists() -> None:
    """The example of Fleiss, Cohen & Everitt (1969): 200 patients in three diagnoses. By hand: agreement
    140/200, by chance .60·.65 + .30·.25 + .10·.10 = .475, kappa .225/.525 = .429."""
    found = table([106, 10, 4], [22, 28, 10], [2, 12, 6])
    plain = found.of("plain")
    assert (found.agreement, plain.expected) == (pytest.approx(0.70), pytest.approx(0.475))
    assert plain.kappa == pytest.approx(0.429, abs=5e-4)


@pytest.mark.parametrize("name", ["bfi A3 A4", "bfi A3 A5"])
def test_figures_of_scikit_learn_and_statsmodels(name: str) -> None:
    """scikit-learn 1.9.1 (kappa over all six options) and statsmodels (standard errors of Fleiss, Cohen &
    Everitt, also that under chance), on third-party answers with gaps."""
    expected = PYTHON["kappa"][name]
    first, second = (np.nan_to_num(bfi()[:, column]).astype(int) for column in expected["columns"])
    found = two_raters(first, second, 6, (0.90,))
    assert found.pairs == expected["n"]
    for weights in WEIGHTS:
        kappa = found.of(weights)
        assert kappa.kappa == pytest.approx(expected[weights], abs=1e-9)
        assert kappa.se == pytest.approx(expected[f"{weights}_se"], abs=1e-9)
        z = expected[weights] / expected[f"{weights}_se_chance"]
        assert kappa.p == pytest.approx(2 * (1 - normal(abs(z))), abs=1e-9)
        (interval,) = kappa.intervals
        # The standard normal distribution has 90 % within 1.6448536.
        assert interval.high - interval.low == pytest.approx(
            2 * 1.6448536 * expected[f"{weights}_se"], rel=1e-6
        )


def normal(z: float) -> float:
    from statistics import NormalDist

    return NormalDist().cdf(z)


@pytest.mark.parametrize(
    ("rows", "agreement", "kappa"),
    [
        (([40, 9], [6, 45]), 0.85, 0.70),
        (([80, 10], [5, 5]), 0.85, 0.32),
        (([45, 15], [25, 15]), 0.60, 0.13),
        (([25, 35], [5, 35]), 0.60, 0.26),
    ],
)
def test_the_paradoxes(rows: tuple[list[int], list[int]], agreement: float, kappa: float) -> None:
    """Feinstein & Cicchetti (1990, Journal of Clinical Epidemiology 43, 543–549): the same raw agreement and
    another kappa, because the marginals differ. Both stand in the result."""
    found = table(*rows)
    assert found.agreement == pytest.approx(agreement)
    assert found.of("plain").kappa == pytest.approx(kappa, abs=5e-3)
    assert found.first == pytest.approx((sum(rows[0]) / 100, sum(rows[1]) / 100))


def test_94_percent_agreement_and_a_kappa_below_zero() -> None:
    """By hand: 94 of 100 alike, all on one side; chance .97² + .03² = .9418: (.94 − .9418)/.0582."""
    found = table([94, 3], [3, 0])
    assert found.of("plain").kappa == pytest.approx(-0.0018 / 0.0582)


def test_weights_know_options_that_nobody_chose() -> None:
    """One step apart in five options is a smaller difference than in three; plain kappa does not care."""
    first, second = np.array([1, 2, 2, 3, 3, 1]), np.array([1, 2, 3, 3, 3, 2])
    three, five = two_raters(first, second, 3), two_raters(first, second, 5)
    assert three.of("plain").kappa == pytest.approx(five.of("plain").kappa)
    assert weights_of(5, "linear")[0].tolist() == [1, 0.75, 0.5, 0.25, 0]
    assert weights_of(3, "quadratic")[0].tolist() == [1, 0.75, 0]
    assert five.first == pytest.approx((2 / 6, 2 / 6, 2 / 6, 0, 0))


def test_quadratic_kappa_approaches_the_absolute_agreement_of_icc() -> None:
    """Fleiss & Cohen (1973, Educational and Psychological Measurement 33): equal but for terms in 1/n."""
    rng = np.random.default_rng(3)
    true = rng.normal(size=5_000)
    one, other = (np.digitize(true + rng.normal(size=5_000), (-1, 0, 1)) + 1 for _ in range(2))
    kappa = two_raters(one, other, 4).of("quadratic").kappa
    icc = intraclass(np.stack([one, other], axis=1).astype(float)).of("ICC(2,1)").value
    assert kappa == pytest.approx(icc, abs=1e-3)


def test_missing_judgements_are_left_out() -> None:
    found = two_raters(np.array([1, 0, 2, 2]), np.array([1, 2, 0, 2]), 2)
    assert (found.pairs, found.left_out, found.agreement) == (2, 2, 1)


def test_full_agreement_says_nothing_of_its_error() -> None:
    found = table([5, 0], [0, 5]).of("plain")
    assert (found.kappa, found.intervals, found.reason) == (pytest.approx(1), (), "full-agreement")


@pytest.mark.parametrize(
    ("rows", "reason"), [(([7, 0], [0, 0]), "no-variation"), (([1, 0], [0, 0]), "fewer-than-2-pairs")]
)
def test_what_cannot_be_known_has_a_reason(rows: tuple[list[int], list[int]], reason: str) -> None:
    found = table(*rows)
    assert [(kappa.kappa, kappa.reason) for kappa in found.kappas] == [(None, reason)] * 3


def test_a_rater_who_always_chooses_the_same_makes_kappa_0_without_an_error() -> None:
    found = table([0, 0, 0], [4, 3, 2], [0, 0, 0])
    for kappa in found.kappas:
        assert (kappa.kappa, kappa.intervals, kappa.reason) == (pytest.approx(0), (), "one-category")


def test_no_pair_at_all() -> None:
    found = two_raters(np.array([0, 1]), np.array([1, 0]), 3)
    assert (found.pairs, found.agreement, found.left_out) == (0, None, 2)


@pytest.mark.parametrize(("first", "categories"), [([1, 4], 3), ([1, 1], 1)])
def test_positions_that_are_none_are_refused(first: list[int], categories: int) -> None:
    with pytest.raises(ValueError, match="position from 1"):
        two_raters(np.array(first), np.array([1, 1]), categories)


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9).filter(lambda counts: sum(counts) > 1))
def test_swapping_the_raters_changes_nothing(counts: list[int]) -> None:
    rows = np.array(counts).reshape(3, 3)
    for one, other in zip(agreement_of_table(rows).kappas, agreement_of_table(rows.T).kappas, strict=True):
        assert (one.kappa is None) == (other.kappa is None)
        if one.kappa is not None:
            assert one.kappa == pytest.approx(other.kappa, abs=1e-9)
            assert -1 - 1e-9 <= one.kappa <= 1 + 1e-9


def test_results_go_through_json_unchanged() -> None:
    found = table([3, 1], [2, 4])
    assert msgspec.json.decode(msgspec.json.encode(found), type=TwoRaters) == found


@pytest.mark.parametrize("weights", WEIGHTS)
def test_a_90_percent_interval_holds_the_truth_in_90_percent(weights: str) -> None:
    """20,000 tables of 150 pairs in four categories; the true kappa is that of the probabilities."""
    true = np.array([[20, 6, 3, 1], [5, 18, 6, 2], [2, 6, 12, 4], [1, 2, 4, 8]])
    (truth, _, _, _) = kappas_of(true, weights)  # type: ignore[arg-type]
    drawn = np.random.default_rng(5).multinomial(150, true.ravel() / true.sum(), 20_000).reshape(-1, 4, 4)
    kappa, error, _, _ = kappas_of(drawn, weights)  # type: ignore[arg-type]
    assert 0.88 <= (np.abs(kappa - truth) <= 1.6448536 * error).mean() <= 0.92
