"""r_wg, r_wg(j) and the average deviation: published variances, R's multilevel, hand calculation."""

from __future__ import annotations

import numpy as np
import pytest
from agreement_examples import R, simulated

from assess.measurement.within_group import WithinGroup, null_variance, within_groups


def one_group(ratings: list[list[float]], options: int = 5) -> WithinGroup:
    table = np.array(ratings, np.float64)
    (found,) = within_groups(table, np.zeros(table.shape[1], np.int64), options)
    return found


def test_the_uniform_null() -> None:
    """James, Demaree & Wolf (1984): (A² − 1)/12; 2.0 for five options, 4.0 for seven."""
    assert [null_variance(options, "uniform") for options in (2, 5, 7, 11)] == [0.25, 2, 4, 10]


def test_the_slightly_skewed_null() -> None:
    """LeBreton & Senter (2008, Table 2) for 5–11 options. The answers behind 1.34 are .05 .15 .20 .35 .25:
    mean 3.6, mean square 14.3."""
    published = {5: 1.34, 6: 1.85, 7: 2.90, 8: 3.47, 9: 5.66, 10: 6.30, 11: 7.31}
    for options, variance in published.items():
        assert null_variance(options, "slightly-skewed") == variance
        assert variance < null_variance(options, "uniform")
    mean_square = 0.05 + 0.15 * 4 + 0.20 * 9 + 0.35 * 16 + 0.25 * 25
    assert mean_square - 3.6**2 == pytest.approx(1.34)


def test_the_skewed_null_of_few_options_is_the_same_shape_over_fewer_classes() -> None:
    """By hand for four: .0875 .2125 .3625 .3375, mean 2.95, mean square 9.6. Less than the uniform 1.25."""
    assert null_variance(4, "slightly-skewed") == pytest.approx(9.6 - 2.95**2)
    for options in (2, 3, 4):
        assert 0 < null_variance(options, "slightly-skewed") < null_variance(options, "uniform")


@pytest.mark.parametrize(("options", "null"), [(1, "uniform"), (12, "slightly-skewed")])
def test_other_numbers_of_options_are_refused(options: int, null: str) -> None:
    with pytest.raises(ValueError, match="options"):
        null_variance(options, null)  # type: ignore[arg-type]


def test_several_items_are_those_of_multilevel() -> None:
    """R multilevel 2.7, rwg.j and ad.m, which leave out whoever has a gap."""
    items, groups = simulated()
    complete = ~np.isnan(items).any(axis=0)
    found = {group.group: group for group in within_groups(items[:, complete], groups[complete], 5)}
    expected = R["within"]
    assert sorted(found) == expected["group"]
    for place, group in enumerate(expected["group"]):
        mine = found[group]
        for figure, name in (
            ("uniform", "uniform"),
            ("slightly_skewed", "skewed"),
            ("deviation", "deviation"),
        ):
            theirs = expected[name][place]
            assert getattr(mine, figure) == (None if theirs is None else pytest.approx(theirs, abs=1e-9))
        assert mine.reason == (None if mine.raters > 1 else "fewer-than-2-raters")


def test_a_single_item_is_that_of_multilevel() -> None:
    """R multilevel 2.7, rwg and ad.m."""
    items, groups = simulated()
    found = within_groups(items[:1], groups, 5)
    assert [g.uniform for g in found] == pytest.approx(R["within"]["i1_uniform"], abs=1e-9)
    assert [g.deviation for g in found] == pytest.approx(R["within"]["i1_deviation"], abs=1e-9)


def test_two_items_by_hand() -> None:
    """Item 1: 4 4 5 5, variance 1/3; item 2: 3 3 3 3, 0. Mean 1/6, ratio 1/12: 2·(11/12)/(2·11/12 + 1/12) =
    22/23. AD: (½ + 0)/2."""
    found = one_group([[4, 4, 5, 5], [3, 3, 3, 3]])
    assert (found.variance, found.uniform) == (pytest.approx(1 / 6), pytest.approx(22 / 23))
    assert (found.deviation, found.deviation_limit) == (pytest.approx(0.25), pytest.approx(5 / 6))


def test_more_items_raise_it_though_the_agreement_is_the_same() -> None:
    ratings = [2.0, 3, 4, 5]
    assert [round(one_group([ratings] * j).uniform, 3) for j in (1, 4, 16)] == [0.167, 0.444, 0.762]


def test_disagreement_beyond_random_is_set_to_0_and_said() -> None:
    """1 1 5 5: variance 16/3, more than 2."""
    found = one_group([[1, 1, 5, 5]])
    assert (found.uniform, found.below_zero_uniform) == (0, True)
    between = one_group([[1, 3, 4, 4, 5]] * 2)  # variance 2.3·…: above the skewed null alone
    assert between.variance is not None
    assert (between.below_zero_uniform, between.below_zero_skewed) == (between.variance > 2, True)


def test_each_item_counts_with_the_raters_that_it_has() -> None:
    nan = float("nan")
    found = one_group([[4, 5, nan], [nan, nan, 3], [2, 2, 4]])
    assert (found.raters, found.items, found.least_raters) == (3, 2, 2)
    assert found.variance == pytest.approx((0.5 + 4 / 3) / 2)


def test_more_than_eleven_options_have_the_uniform_null_alone() -> None:
    found = one_group([[3, 4, 5]], options=12)
    assert found.uniform == pytest.approx(1 - 1 / ((12**2 - 1) / 12))
    assert (found.slightly_skewed, found.reason) == (None, "skewed-null-unknown")


def test_one_rater_agrees_with_nobody() -> None:
    found = one_group([[4], [5]])
    assert (found.uniform, found.slightly_skewed, found.deviation) == (None, None, None)
    assert found.reason == "fewer-than-2-raters"


def test_there_is_a_group_for_each_rater() -> None:
    with pytest.raises(ValueError, match="one group for each rater"):
        within_groups(np.ones((2, 3)), np.ones(2, np.int64), 5)
