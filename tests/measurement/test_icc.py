"""Intraclass correlations of complete tables: published figures, R's psych, pingouin, coverage."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from agreement_examples import ATTITUDE, PYTHON, SHROUT_FLEISS, R, bfi

from assess.measurement.icc import (
    AVERAGE,
    SINGLE,
    IccKind,
    IntraclassCorrelations,
    estimates,
    intraclass,
    limits,
    mean_squares,
)

KINDS = (*SINGLE, *AVERAGE)


def complete_bfi() -> np.ndarray:
    table = bfi()
    return table[~np.isnan(table).any(axis=1)]


def test_the_published_table() -> None:
    """Shrout & Fleiss (1979, Table 4): .17 .29 .71 and .44 .62 .91; mean squares 11.24 6.26 32.49 1.02."""
    found = intraclass(SHROUT_FLEISS)
    rounded = [round(c.value, 2) for c in found.coefficients if c.value is not None]
    assert rounded == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    squares = mean_squares(SHROUT_FLEISS)
    figures = (squares.between, squares.within, squares.raters, squares.error)
    assert [round(float(figure), 2) for figure in figures] == [11.24, 6.26, 32.49, 1.02]


@pytest.mark.parametrize(
    ("table", "reference", "coverage"),
    [
        (SHROUT_FLEISS, "shrout_fleiss_90", 0.90),
        (SHROUT_FLEISS, "shrout_fleiss_95", 0.95),
        (ATTITUDE, "attitude_90", 0.90),
        (complete_bfi(), "bfi_90", 0.90),
    ],
)
def test_values_tests_and_intervals_of_psych(table: np.ndarray, reference: str, coverage: float) -> None:
    """R psych 2.2.9, ICC(lmer = FALSE)."""
    expected = R["icc"][reference]
    found = intraclass(table, (coverage,)).coefficients
    for place, coefficient in enumerate(found):
        (interval,) = coefficient.intervals
        figures = {
            "value": coefficient.value,
            "f": coefficient.f,
            "df1": coefficient.df1,
            "df2": coefficient.df2,
            "p": coefficient.p,
            "low": interval.low,
            "high": interval.high,
        }
        for name, figure in figures.items():
            assert figure == pytest.approx(expected[name][place], rel=1e-6, abs=1e-12), name


@pytest.mark.parametrize(("table", "name"), [(SHROUT_FLEISS, "shrout-fleiss"), (complete_bfi(), "bfi")])
def test_values_of_pingouin(table: np.ndarray, name: str) -> None:
    """pingouin 0.7.0, which calls the second ICC(A,·) and the third ICC(C,·); its intervals are rounded."""
    found = intraclass(table, (0.95,)).coefficients
    for coefficient, expected in zip(found, PYTHON["icc"][name], strict=True):
        assert coefficient.value == pytest.approx(expected["value"], abs=1e-9)
        assert coefficient.p == pytest.approx(expected["p"], rel=1e-6)
        interval = coefficient.intervals[0]
        assert [interval.low, interval.high] == pytest.approx(expected["rounded_interval"], abs=0.0051)


def test_a_target_without_all_ratings_is_left_out_and_counted() -> None:
    table = bfi()
    found = intraclass(table)
    assert (found.targets, found.dropped) == (54, len(table) - 54)
    assert found.coefficients == intraclass(complete_bfi()).coefficients


def test_negative_estimates_are_kept() -> None:
    """Targets with the same mean, by hand: MSB 0, MSW 2, so −2/2 = −1 for one rating; a mean has none."""
    found = intraclass(np.array([[1.0, 3.0], [3.0, 1.0], [1.0, 3.0]]))
    single, average = found.of("ICC(1,1)"), found.of("ICC(1,k)")
    assert single.value == pytest.approx(-1)
    assert (average.value, average.reason) == (None, "no-variation-between")


def test_raters_who_agree_perfectly_have_no_error_to_test_against() -> None:
    found = intraclass(np.array([[1.0, 1.0], [2.0, 2.0], [5.0, 5.0]]))
    for coefficient in found.coefficients:
        assert coefficient.value == pytest.approx(1)
        assert (coefficient.f, coefficient.p, coefficient.intervals) == (None, None, ())
        assert coefficient.reason == "no-error-variance"


def test_a_rater_who_is_always_one_higher_is_consistent_but_does_not_agree() -> None:
    """By hand: targets 1 2 3, the second rater + 1; MSB 2, MSR 1.5, MSE 0: (2,1) = 2/(2 + 2·1.5/3) = 2/3."""
    found = intraclass(np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0]]))
    assert found.of("ICC(3,1)").value == pytest.approx(1)
    assert found.of("ICC(2,1)").value == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (np.ones((4, 3)), "no-variation"),
        (np.array([[1.0], [2.0]]), "fewer-than-2-raters"),
        (np.array([[1.0, 2.0]]), "fewer-than-2-targets"),
        (np.array([[1.0, np.nan], [np.nan, 2.0]]), "fewer-than-2-targets"),
    ],
)
def test_what_cannot_be_known_has_a_reason(table: np.ndarray, reason: str) -> None:
    found = intraclass(table)
    assert [(c.value, c.reason) for c in found.coefficients] == [(None, reason)] * 6


def test_large_numbers_lose_no_digits() -> None:
    shifted = intraclass(SHROUT_FLEISS + 1e6).coefficients
    for coefficient, plain in zip(shifted, intraclass(SHROUT_FLEISS).coefficients, strict=True):
        assert coefficient.value == pytest.approx(plain.value, rel=1e-8)


def test_results_go_through_json_unchanged() -> None:
    found = intraclass(bfi())
    assert msgspec.json.decode(msgspec.json.encode(found), type=IntraclassCorrelations) == found


def test_a_table_has_two_dimensions() -> None:
    with pytest.raises(ValueError, match="targets × raters"):
        intraclass(np.ones(3))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(10, 3), (30, 5)])
def test_a_90_percent_interval_holds_the_truth_in_90_percent(kind: IccKind, shape: tuple[int, int]) -> None:
    """8,000 tables under the model of each kind: targets' variance 1, raters' 0.5, error's 1. For (1) raters
    and error are one: 1/2.5; for (2) 1/2.5 too; for (3), whose raters are fixed, 1/2."""
    n, k = shape
    rng = np.random.default_rng(7)
    raters = rng.normal(0, 0.5**0.5, (8_000, 1, k))
    error = rng.normal(size=(8_000, n, k))
    if kind in {"ICC(1,1)", "ICC(1,k)"}:
        raters, error = np.zeros((8_000, 1, k)), error * 1.5**0.5
    squares = mean_squares(rng.normal(size=(8_000, n, 1)) + raters + error)
    truth = 1 / 2 if kind in {"ICC(3,1)", "ICC(3,k)"} else 1 / 2.5
    if kind in AVERAGE:
        truth = k * truth / (1 + (k - 1) * truth)
    low, high = limits(kind, squares, 0.90)
    assert 0.88 <= ((low <= truth) & (truth <= high)).mean() <= 0.92
    assert np.median(estimates(kind, squares)) == pytest.approx(truth, abs=0.05)
