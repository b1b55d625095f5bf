"""Differential item functioning: Mantel's test against R, against the correlation, and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assess.measurement.dif import dif_class, mantel


def sheets(cells):
    """Rows (score, focal, answer, how many) as the arrays that `mantel` takes."""
    score, focal, answer, number = (np.array(column) for column in zip(*cells, strict=True))
    return (
        np.repeat(answer.astype(np.float64), number),
        np.repeat(score.astype(np.float64), number),
        np.repeat(focal.astype(bool), number),
    )


def test_of_two_options_it_equals_r():
    """R 4.2.2, stats::mantelhaen.test(x, correct = FALSE) of the same 2 × 2 × 3 table."""
    counts = [(20, 30, 12, 38), (15, 25, 10, 30), (5, 35, 9, 31)]
    cells = [
        (score, focal, answer, (a, b, c, d)[2 * focal + answer])
        for score, (a, b, c, d) in enumerate(counts)
        for focal in (0, 1)
        for answer in (0, 1)
    ]
    found = mantel(*sheets(cells), least=100)
    assert (found.n_reference, found.n_focal, found.strata) == (130, 130, 3)
    assert found.chi_square == pytest.approx(1.585714822092339, abs=1e-12)
    assert found.p == pytest.approx(0.207939436133655, abs=1e-12)


def test_in_one_stratum_it_is_the_squared_correlation_of_group_and_answer_times_n_minus_1():
    """A property of the test (Mantel 1963) that NumPy can work out by another way."""
    rng = np.random.default_rng(1)
    focal = rng.random(900) < 0.4
    answers = rng.integers(1, 6, 900) + focal.astype(float) * rng.integers(0, 2, 900)
    found = mantel(answers, np.ones(900), focal)
    assert found.chi_square == pytest.approx(899 * np.corrcoef(answers, focal)[0, 1] ** 2, rel=1e-12)


def test_the_difference_is_weighted_as_the_focal_group_is_spread():
    """By hand: at score 1 the means are 1 and 2 (+1), at 2 they are 4 and 3 (−1); 3 of 4 focal at 1."""
    cells = [(1, 0, 1, 2), (1, 1, 2, 3), (2, 0, 4, 2), (2, 1, 3, 1), (3, 0, 5, 7)]
    found = mantel(*sheets(cells), least=1)
    assert found.difference == pytest.approx(0.75 * 1 + 0.25 * -1)
    assert (found.n_reference, found.n_focal, found.strata) == (4, 4, 2)  # nobody focal has a score of 3


def test_an_item_that_one_group_finds_harder_is_found_and_the_others_are_not():
    rng = np.random.default_rng(3)
    focal = np.arange(1200) >= 600
    trait = rng.normal(size=1200)
    items = np.clip(np.round(3 + trait + rng.normal(size=(6, 1200))), 1, 5)
    items[2, focal] = np.clip(items[2, focal] - 1, 1, 5)
    classes = [mantel(item, items.sum(axis=0), focal).dif_class for item in items]
    assert classes[2] == "C"
    assert mantel(items[2], items.sum(axis=0), focal).difference < 0
    assert classes.count("C") == 1


@pytest.mark.parametrize(
    ("p", "effect", "expected"),
    [(0.2, 0.9, "A"), (0.01, 0.17, "A"), (0.01, -0.18, "B"), (0.01, 0.25, "B"), (0.01, 0.26, "C")],
)
def test_classes(p, effect, expected):
    assert dif_class(p, effect) == expected


def test_small_groups_get_a_reason_and_no_figure():
    found = mantel(np.ones(399), np.ones(399), np.arange(399) < 200)
    assert (found.reason, found.chi_square, found.dif_class) == ("n-under-200", None, None)


@pytest.mark.parametrize(
    ("values", "matching", "reason"),
    [
        (np.ones(400), np.ones(400), "constant-item"),
        (np.arange(400.0), np.repeat([1.0, 2.0], 200), "no-common-scores"),
    ],
)
def test_what_cannot_be_compared_says_why(values, matching, reason):
    found = mantel(values, matching, np.arange(400) >= 200)
    assert (found.reason, found.p) == (reason, None)


def test_sheets_without_answer_or_score_are_left_out():
    values, matching = np.tile([1.0, 2.0], 250), np.ones(500)
    values[0], matching[-1] = np.nan, np.nan
    found = mantel(values, matching, np.arange(500) >= 250)
    assert (found.n_reference, found.n_focal) == (249, 249)


def test_arrays_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="one entry for each sheet"):
        mantel(np.ones(3), np.ones(4), np.ones(3, bool))
