"""ICC(1) and ICC(2) of groups of different sizes: R's multilevel, the balanced case, coverage."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from agreement_examples import SHROUT_FLEISS, R, simulated

from assess.measurement.grouped import grouped_icc
from assess.measurement.icc import intraclass

CHICKWTS = (np.array(R["chickwts"]["weight"], np.float64), np.array(R["chickwts"]["feed"]))
"""R's own data set `chickwts`: 71 weights in six groups of 10–14."""


def scores() -> tuple[np.ndarray, np.ndarray]:
    items, groups = simulated()
    return items.mean(axis=0), groups


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CHICKWTS, "chickwts"),
        (scores(), "simulated"),
        ((simulated()[0][0], simulated()[1]), "simulated_i1"),
    ],
)
def test_figures_of_multilevel_and_aov(data: tuple[np.ndarray, np.ndarray], name: str) -> None:
    """R multilevel 2.7 (ICC1 with the mean group size, ICC2), aov; n₀ and ICC(1) by its formula in R."""
    found = grouped_icc(*data)
    expected = R["grouped"][name]
    for figure in ("icc1", "icc2", "icc1_mean_size", "n0", "f", "p"):
        assert getattr(found, figure) == pytest.approx(expected[figure], rel=1e-6), figure


def test_groups_of_one_size_are_the_one_way_table() -> None:
    """Shrout & Fleiss' ICC(1,1) and ICC(1,k) with their intervals."""
    found = grouped_icc(SHROUT_FLEISS.ravel(), np.repeat(np.arange(6), 4))
    table = intraclass(SHROUT_FLEISS)
    single, average = table.of("ICC(1,1)"), table.of("ICC(1,k)")
    assert (found.icc1, found.icc2) == (pytest.approx(single.value), pytest.approx(average.value))
    for mine, theirs in zip(
        found.icc1_intervals + found.icc2_intervals, single.intervals + average.intervals, strict=True
    ):
        assert (mine.low, mine.high) == (pytest.approx(theirs.low), pytest.approx(theirs.high))


def test_people_without_a_value_are_left_out() -> None:
    found = grouped_icc(np.array([1, 2, np.nan, 4, 5.0]), np.array([1, 1, 1, 2, 2]))
    assert (found.people, found.groups, found.left_out) == (4, 2, 1)
    without = grouped_icc(np.array([1, 2, 4, 5.0]), np.array([1, 1, 2, 2]))
    assert msgspec.structs.replace(found, left_out=0) == without


def test_a_negative_estimate_has_an_interval_that_may_end_at_its_bound() -> None:
    """MSB is nearly 0: by hand (0 − 2)/(0 + 2) = −1 in pairs, the least that ICC(1) can be."""
    found = grouped_icc(np.array([1.0, 3, 3, 1, 1, 3.001]), np.array([1, 1, 2, 2, 3, 3]))
    assert found.icc1 == pytest.approx(-1, abs=1e-3)
    assert found.icc1_intervals[0].low == pytest.approx(-1, abs=1e-3)
    assert found.icc1_intervals[0].high > found.icc1


@pytest.mark.parametrize(
    ("values", "groups", "reason"),
    [
        ([1, 2, 3], [1, 1, 1], "fewer-than-2-groups"),
        ([1, 2, 3], [1, 2, 3], "no-group-of-2"),
        ([2, 2, 2, 2], [1, 1, 2, 2], "no-variation"),
        ([1, 1, 3, 3], [1, 1, 2, 2], "no-variation-within"),
        ([1, 3, 1, 3], [1, 1, 2, 2], "no-variation-between"),
    ],
)
def test_what_cannot_be_known_has_a_reason(values: list[float], groups: list[int], reason: str) -> None:
    found = grouped_icc(np.array(values, np.float64), np.array(groups))
    assert found.reason == reason
    assert found.icc1_intervals == () or reason == "no-variation-between"


def test_there_is_a_group_for_each_value() -> None:
    with pytest.raises(ValueError, match="one group for each value"):
        grouped_icc(np.ones(3), np.ones(2, np.int64))


@pytest.mark.parametrize("truth", [0.05, 0.3])
def test_a_90_percent_interval_holds_the_truth_in_90_percent(truth: float) -> None:
    """2,000 samples of 12 groups of 1–15 people; the interval is exact for normal values."""
    sizes = np.array([1, 2, 3, 3, 4, 4, 5, 6, 8, 10, 12, 15])
    groups = np.repeat(np.arange(12), sizes)
    rng = np.random.default_rng(11)
    n0 = (sizes.sum() - (sizes**2).sum() / sizes.sum()) / 11
    theta = truth / (1 - truth)
    held = np.zeros(2)
    for _ in range(2_000):
        values = rng.normal(0, truth**0.5, 12)[groups] + rng.normal(0, (1 - truth) ** 0.5, len(groups))
        found = grouped_icc(values, groups, (0.90,))
        for place, (interval, true) in enumerate(
            ((found.icc1_intervals[0], truth), (found.icc2_intervals[0], n0 * theta / (1 + n0 * theta)))
        ):
            held[place] += interval.low <= true <= interval.high
    assert (held / 2_000 >= 0.88).all()
    assert (held / 2_000 <= 0.92).all()
