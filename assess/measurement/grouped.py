"""ICC(1) and ICC(2) of groups of any sizes: how much of the variation lies between groups, and how well
their means tell them apart. Bliese (2000, in Klein & Kozlowski, Multilevel theory) describes their use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import fdtrc, fdtri

from assess.measurement.interval import LEVELS, Interval
from assess.scoring.precision import Floats
from assess.scoring.result import Result


class GroupedIcc(Result, frozen=True):
    """One-way random effects. `people` and `groups` that counted; `left_out`: people without a value. Someone
    alone in a group counts between the groups.

    `icc1` = (MSB − MSW) / (MSB + (n₀ − 1)·MSW), the one-way ANOVA estimator, with `n0` = (N − Σn²/N)/(G − 1).
    `icc2` = (MSB − MSW)/MSB, the reliability of a group's mean. `icc1_mean_size` puts the mean group size in
    the place of n₀, as R's package multilevel does. `f` … `p`: the test of no difference between groups.
    Negative values are kept. `reason`: "fewer-than-2-groups", "no-group-of-2", "no-variation",
    "no-variation-between" (no ICC(2)), "no-variation-within" (no F, no interval).
    """

    people: int
    groups: int
    left_out: int
    n0: float | None
    icc1: float | None
    icc2: float | None
    icc1_mean_size: float | None
    f: float | None
    df1: int
    df2: int
    p: float | None
    icc1_intervals: tuple[Interval, ...]
    icc2_intervals: tuple[Interval, ...]
    reason: str | None


@dataclass(frozen=True)
class _Variation:
    sizes: Floats
    means: Floats
    between: float
    within: float

    @property
    def df1(self) -> int:
        return len(self.sizes) - 1

    @property
    def df2(self) -> int:
        return int(self.sizes.sum()) - len(self.sizes)

    @property
    def n0(self) -> float:
        people = float(self.sizes.sum())
        return (people - float((self.sizes**2).sum()) / people) / self.df1


def grouped_icc(
    values: Floats, groups: npt.NDArray[np.integer], coverages: Sequence[float] = LEVELS
) -> GroupedIcc:
    """ICC(1) and ICC(2) of one figure, such as a scale's score.

    `values`: float64, one for each person, NaN = missing; `groups`: the number of each person's group.

    Intervals invert Wald's (1940, Annals of Mathematical Statistics 11) statistic: with θ the ratio of the
    variances between and within, Σ w(ȳ − ȳ_w)² / ((G − 1)·MSW), w = n/(1 + nθ), has an F distribution
    whatever the sizes of the groups; so they are exact for normal values, and those of Shrout & Fleiss for
    groups of one size. ICC(1) = θ/(1 + θ), ICC(2) = n₀θ/(1 + n₀θ). A lower end cannot lie under that of
    θ = −1/n of the largest group. Raises `ValueError` when the two arrays differ in length or a coverage is
    not between 0 and 1.
    """
    if values.shape != groups.shape or values.ndim != 1:
        raise ValueError("there must be one group for each value")
    if not all(0 < coverage < 1 for coverage in coverages):
        raise ValueError("an interval's coverage lies between 0 and 1")
    there = ~np.isnan(values)
    people, number = int(there.sum()), len(np.unique(groups[there]))
    left_out = len(values) - people
    if number < 2 or people == number:
        reason = "fewer-than-2-groups" if number < 2 else "no-group-of-2"
        return _unknown(people, number, left_out, reason)
    found = _variation(values[there], groups[there])
    total = found.between * found.df1 + found.within * found.df2
    nothing = 1e-12 * total
    if total <= 0 or bool(np.nanmax(values) == np.nanmin(values)):
        return _unknown(people, number, left_out, "no-variation")
    has_between, has_within = found.between * found.df1 > nothing, found.within * found.df2 > nothing
    return GroupedIcc(
        people=people,
        groups=number,
        left_out=left_out,
        n0=found.n0,
        icc1=_icc1(found, found.n0),
        icc2=(found.between - found.within) / found.between if has_between else None,
        icc1_mean_size=_icc1(found, float(found.sizes.mean())),
        f=found.between / found.within if has_within else None,
        df1=found.df1,
        df2=found.df2,
        p=float(fdtrc(found.df1, found.df2, found.between / found.within)) if has_within else None,
        icc1_intervals=_intervals(found, 1.0, coverages) if has_within else (),
        icc2_intervals=_intervals(found, found.n0, coverages) if has_within and has_between else (),
        reason=_reason(has_between, has_within),
    )


def _reason(has_between: bool, has_within: bool) -> str | None:
    if not has_within:
        return "no-variation-within"
    return None if has_between else "no-variation-between"


def _variation(values: Floats, groups: npt.NDArray[np.integer]) -> _Variation:
    _, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    sizes = counts.astype(np.float64)
    centred = values - values.mean()  # sums of squares of values around a million keep their digits
    means = np.bincount(place, centred) / sizes
    between = float((sizes * means**2).sum()) / (len(sizes) - 1)
    within = float(((centred - means[place]) ** 2).sum()) / (len(values) - len(sizes))
    return _Variation(sizes, means, between, within)


def _icc1(found: _Variation, size: float) -> float | None:
    below = found.between + (size - 1) * found.within
    return (found.between - found.within) / below if below > 0 else None


def _intervals(found: _Variation, size: float, coverages: Sequence[float]) -> tuple[Interval, ...]:
    """Intervals of sθ/(1 + sθ): of ICC(1) for s = 1, of ICC(2) for s = n₀."""
    made = []
    for coverage in coverages:
        low = _ratio(found, float(fdtri(found.df1, found.df2, (1 + coverage) / 2)))
        high = _ratio(found, float(fdtri(found.df1, found.df2, (1 - coverage) / 2)))
        ends = [size * theta / (1 + size * theta) for theta in (low, high)]
        made.append(Interval(coverage=coverage, low=ends[0], high=ends[1]))
    return tuple(made)


def _ratio(found: _Variation, quantile: float) -> float:
    """The θ at which Wald's statistic, which falls as θ grows, is that quantile of F."""
    least = -1 / float(found.sizes.max())

    def beyond(theta: float) -> float:
        weights = found.sizes / (1 + found.sizes * theta)
        centre = float((weights * found.means).sum() / weights.sum())
        statistic = float((weights * (found.means - centre) ** 2).sum())
        return statistic / (found.df1 * found.within) - quantile

    start = least * (1 - 1e-9)
    if beyond(start) <= 0:
        return start
    end = 1.0
    while beyond(end) > 0:
        end *= 4
    return float(brentq(beyond, start, end, xtol=1e-14, rtol=1e-13))


def _unknown(people: int, groups: int, left_out: int, reason: str) -> GroupedIcc:
    return GroupedIcc(
        people=people,
        groups=groups,
        left_out=left_out,
        n0=None,
        icc1=None,
        icc2=None,
        icc1_mean_size=None,
        f=None,
        df1=0,
        df2=0,
        p=None,
        icc1_intervals=(),
        icc2_intervals=(),
        reason=reason,
    )
