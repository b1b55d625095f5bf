"""Agreement within a group about one thing: r_wg, r_wg(j) and the average deviation.

James, Demaree & Wolf (1984, Journal of Applied Psychology 69, 85–98; 1993, 78, 306–309): how much smaller the
variance of the ratings is than if everybody had answered at random. What "at random" means is a choice, and
the uniform one flatters most; so a slightly skewed one stands beside it (LeBreton & Senter 2008,
Organizational Research Methods 11, 815–852). None of it is a reliability; r_wg(j) grows with the number of
items whatever the agreement; and .70 is no magic line.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.scoring.precision import Floats
from assess.scoring.result import Result

Null: TypeAlias = Literal["uniform", "slightly-skewed"]

SLIGHTLY_SKEWED = {5: 1.34, 6: 1.85, 7: 2.90, 8: 3.47, 9: 5.66, 10: 6.30, 11: 7.31}
"""Variance of slightly skewed random answers by the number of options (LeBreton & Senter 2008, Table 2)."""

_FIVE_OPTIONS = np.array([0.05, 0.15, 0.20, 0.35, 0.25])
"""The slightly skewed answers to five options behind the 1.34."""

LIMIT_OF_DEVIATION = 6
"""An average deviation up to options/6 is usually called agreement (Burke & Dunlap 2002)."""


class WithinGroup(Result, frozen=True):
    """How far one group agrees on one scale. `raters`: those who answered at least one of its items;
    `least_raters`: the fewest that any of the used items has; `items`: those with at least two answers.

    `variance` is the mean variance of an item (n − 1); `uniform` and `slightly_skewed` are r_wg for one item
    and r_wg(j) for several. Where the raters differ more than random ones the convention sets 0, and
    `below_zero_uniform` or `below_zero_skewed` says so. `deviation` (AD_M): the mean distance from the item's
    mean, averaged over items, in steps between options, as `variance` is. `reason`: "fewer-than-2-raters";
    "skewed-null-unknown": more than 11 options, for which no slightly skewed answers are published.
    """

    group: int
    raters: int
    least_raters: int
    items: int
    options: int
    variance: float | None
    uniform: float | None
    slightly_skewed: float | None
    below_zero_uniform: bool
    below_zero_skewed: bool
    deviation: float | None
    deviation_limit: float
    reason: str | None


def null_variance(options: int, null: Null) -> float:
    """Variance of random answers on 1…options; both ends included, steps of one.

    Uniform: (A² − 1)/12. Slightly skewed: as published for 5–11 options; for 2–4, where nothing is
    published, the five-option answers spread as a histogram over as many equal classes as there are options.
    Raises `ValueError` for fewer than 2 options, or more than 11 with the skewed one.
    """
    if options < 2:
        raise ValueError(f"agreement needs at least 2 options, not {options}")
    if null == "uniform":
        return (options**2 - 1) / 12
    if options in SLIGHTLY_SKEWED:
        return SLIGHTLY_SKEWED[options]
    if options > max(SLIGHTLY_SKEWED):
        raise ValueError(f"a slightly skewed null is known for at most 11 options, not {options}")
    upto = np.interp(np.linspace(0, 5, options + 1), np.arange(6), np.append(0, _FIVE_OPTIONS.cumsum()))
    shares, values = np.diff(upto), np.arange(1, options + 1)
    return float(shares @ values**2 - (shares @ values) ** 2)


def within_groups(ratings: Floats, groups: npt.NDArray[np.integer], options: int) -> tuple[WithinGroup, ...]:
    """Agreement of each group on a scale, in ascending order of the groups' numbers.

    `ratings`: float64, items × raters, values in steps of one, reverse keys turned, NaN = missing; `groups`:
    the group's number of each rater; `options`: how many values an item can take, at least 2. An item
    counts in a group where at least two raters answered it, each item with the raters that it has.
    Raises `ValueError` for shapes that do not fit and for fewer than 2 options.
    """
    if ratings.ndim != 2 or groups.shape != ratings.shape[1:]:
        raise ValueError("ratings are items × raters, with one group for each rater")
    numbers, place = np.unique(groups, return_inverse=True)
    there = ~np.isnan(ratings)
    count, variance, deviation = _by_item(np.where(there, ratings, 0.0), there, place, len(numbers))
    used = count >= 2
    items = used.sum(axis=0)
    mean_variance = _mean(variance, used)
    mean_deviation = _mean(deviation, used)
    raters = np.bincount(place[there.any(axis=0)], minlength=len(numbers))
    least = np.where(used, count, np.inf).min(axis=0, initial=np.inf)
    uniform = mean_variance / null_variance(options, "uniform")
    known = options <= max(SLIGHTLY_SKEWED)
    skewed = mean_variance / null_variance(options, "slightly-skewed") if known else None
    return tuple(
        _result(
            group=int(numbers[at]),
            raters=int(raters[at]),
            least=0 if np.isinf(least[at]) else int(least[at]),
            items=int(items[at]),
            options=options,
            variance=float(mean_variance[at]),
            uniform=float(uniform[at]),
            skewed=None if skewed is None else float(skewed[at]),
            deviation=float(mean_deviation[at]),
        )
        for at in range(len(numbers))
    )


def _by_item(
    values: Floats, there: npt.NDArray[np.bool_], place: npt.NDArray[np.intp], groups: int
) -> tuple[Floats, Floats, Floats]:
    """Answers, variance (n − 1) and mean distance from the mean: each items × groups, 0 where unknown."""
    count, variance, deviation = (np.zeros((len(values), groups)) for _ in range(3))
    for item, (row, answered) in enumerate(zip(values, there, strict=True)):
        count[item] = np.bincount(place[answered], minlength=groups)
        means = np.bincount(place, row, minlength=groups) / np.maximum(count[item], 1)
        apart = np.where(answered, np.abs(row - means[place]), 0.0)
        variance[item] = np.bincount(place, apart**2, minlength=groups) / np.maximum(count[item] - 1, 1)
        deviation[item] = np.bincount(place, apart, minlength=groups) / np.maximum(count[item], 1)
    return count, variance, deviation


def _mean(figures: Floats, used: npt.NDArray[np.bool_]) -> Floats:
    mean = np.full(used.shape[1], np.nan)
    np.divide((figures * used).sum(axis=0), used.sum(axis=0), out=mean, where=used.any(axis=0))
    return mean


def _result(
    *,
    group: int,
    raters: int,
    least: int,
    items: int,
    options: int,
    variance: float,
    uniform: float,
    skewed: float | None,
    deviation: float,
) -> WithinGroup:
    known = items > 0
    return WithinGroup(
        group=group,
        raters=raters,
        least_raters=least,
        items=items,
        options=options,
        variance=variance if known else None,
        uniform=_agreement(uniform, items) if known else None,
        slightly_skewed=_agreement(skewed, items) if known and skewed is not None else None,
        below_zero_uniform=known and uniform > 1,
        below_zero_skewed=known and skewed is not None and skewed > 1,
        deviation=deviation if known else None,
        deviation_limit=options / LIMIT_OF_DEVIATION,
        reason="fewer-than-2-raters" if not known else "skewed-null-unknown" if skewed is None else None,
    )


def _agreement(ratio: float, items: int) -> float:
    """r_wg(j) from the ratio of the variance to that of random answers; for one item r_wg = 1 − ratio."""
    agreeing = items * (1 - ratio)
    return agreeing / (agreeing + ratio) if ratio < 1 else 0.0
