"""How far several raters choose alike: agreeing pairs and Fleiss' kappa."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scoring.agreement import Counts, rater_agreement, t_quantile

FLEISS_1971 = """
    00060 03003 01401 00006 03030 20400 00402 20310 20040 00006
    10050 11040 03300 10050 02031 00501 30012 51000 02040 10203
    00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
"""Fleiss (1971, Psychological Bulletin 76, Table 1): 30 patients, 6 diagnoses each in 5 categories."""


def cases(*rows: str) -> Counts:
    return np.array([[int(digit) for digit in row] for row in rows])


def test_the_published_example_of_thirty_patients() -> None:
    """Published: mean agreement .556, shares .144 .144 .167 .306 .239, by chance .220, kappa .430."""
    counts = cases(*FLEISS_1971.split())
    assert counts.sum(axis=0).tolist() == [26, 26, 30, 55, 43]
    found = rater_agreement(counts, 0.9)
    assert found is not None
    assert found.pairs == pytest.approx(0.556, abs=5e-4)
    assert found.kappa == pytest.approx(0.430, abs=5e-4)


def test_agreement_worked_out_by_hand() -> None:
    """Three cases, four raters: all alike 6/6 pairs, three against one 3/6, two against two 2/6; P = 11/18.
    Shares 9/12 and 3/12: by chance 10/16. Kappa (11/18 − 5/8) / (3/8) = −1/27.

    Without the first case: P = 5/12, shares 5/8, 3/8, chance 34/64: −0.24444. Without the second: 2/3 and
    10/16: 1/9. Without the third: 3/4, 7/8 and 1/8: −1/7.
    """
    found = rater_agreement(cases("40", "31", "22"), 0.9)
    assert found is not None
    assert (found.pairs, found.kappa) == (pytest.approx(11 / 18), pytest.approx(-1 / 27))
    pseudo = [3 * (-1 / 27) - 2 * without for without in (-0.2444444, 1 / 9, -1 / 7)]
    error = np.std(pseudo, ddof=1) / 3**0.5
    # Student's t with 2 degrees of freedom: 95 % lie under 2.920.
    assert found.low == pytest.approx(-1 / 27 - 2.91999 * error, rel=1e-4)
    assert found.high == pytest.approx(-1 / 27 + 2.91999 * error, rel=1e-4)


def test_a_case_with_fewer_judgements_counts_by_its_own_number() -> None:
    """Pairs: 6/6, and 1/3 of the case with three judgements; shares 6/7 and 1/7."""
    found = rater_agreement(cases("40", "21"), 0.9)
    assert found is not None
    chance = (36 + 1) / 49
    assert found.kappa == pytest.approx((2 / 3 - chance) / (1 - chance))
    assert rater_agreement(cases("40", "21", "10", "00"), 0.9) == found


def test_where_everybody_always_says_the_same_kappa_is_undefined() -> None:
    found = rater_agreement(cases("400", "400", "400"), 0.9)
    assert found is not None
    assert (found.pairs, found.kappa, found.low, found.high) == (1.0, None, None, None)


def test_full_agreement_on_different_cases_is_one_with_no_word_on_its_error() -> None:
    found = rater_agreement(cases("400", "040", "004"), 0.9)
    assert found is not None
    assert (found.pairs, found.kappa, found.low, found.high) == (1.0, 1.0, None, None)


def test_without_the_only_other_case_nothing_is_known_of_the_error() -> None:
    found = rater_agreement(cases("40", "40", "40", "31"), 0.9)
    assert found is not None
    assert found.kappa is not None
    assert (found.low, found.high) == (None, None)


def test_too_few_judgements_agree_on_nothing() -> None:
    assert rater_agreement(cases("10", "01"), 0.9) is None
    assert rater_agreement(np.zeros((0, 4), np.int64), 0.9) is None


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 6.314), (4, 2.132), (11, 1.796), (100, 1.660)])
def test_quantiles_are_those_of_the_tables(degrees: int, quantile: float) -> None:
    assert t_quantile(degrees, 0.9) == pytest.approx(quantile, abs=5e-4)


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=3, max_size=8))
def test_the_order_of_cases_and_the_names_of_categories_do_not_matter(rows: list[list[int]]) -> None:
    counts = np.array(rows)
    one, other = rater_agreement(counts, 0.9), rater_agreement(counts[::-1, ::-1], 0.9)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert other.pairs == pytest.approx(one.pairs)
        assert other.kappa == (None if one.kappa is None else pytest.approx(one.kappa))
        assert 0 <= one.pairs <= 1
        assert one.kappa is None or one.kappa <= 1
        assert one.low is None or one.low >= -1
        assert one.high is None or one.high <= 1
