"""Intraclass correlations: how far ratings of the same targets agree, from complete tables of ratings.

Shrout & Fleiss (1979, Psychological Bulletin 86, 420–428); intervals as in McGraw & Wong (1996, Psychological
Methods 1, 30–46). Groups of different sizes are in `grouped.py`. Negative estimates are kept: they say that
ratings of one target differ more than those of different ones, and a floor at 0 would hide it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from scipy.special import fdtrc, fdtri

from assess.measurement.interval import LEVELS, Interval
from assess.scoring.precision import Floats
from assess.scoring.result import Result

IccKind: TypeAlias = Literal["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]

SINGLE: tuple[IccKind, ...] = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)")
AVERAGE: tuple[IccKind, ...] = ("ICC(1,k)", "ICC(2,k)", "ICC(3,k)")


class Icc(Result, frozen=True):
    """One coefficient. `f`, `df1`, `df2`, `p`: the test of no agreement at all (`p` is one-sided).

    `reason` when something is None: "fewer-than-2-targets", "fewer-than-2-raters", "no-variation" (all
    ratings alike), "no-variation-between" (the targets' means are alike: an average has no reliability),
    "no-error-variance" (F and intervals are not defined; the coefficient is), "not-defined" (denominator 0),
    "limit-not-defined" (an end is 0/0, or the interval of the single rating lies so low that stepping it up
    has no meaning).
    """

    kind: IccKind
    value: float | None
    f: float | None
    df1: float
    df2: float
    p: float | None
    intervals: tuple[Interval, ...]
    reason: str | None


class IntraclassCorrelations(Result, frozen=True):
    """The six coefficients of Shrout & Fleiss. `dropped` targets lacked a rating and were left out."""

    targets: int
    raters: int
    dropped: int
    coefficients: tuple[Icc, ...]

    def of(self, kind: IccKind) -> Icc:
        """The coefficient of that kind. Raises `KeyError` for another name."""
        for coefficient in self.coefficients:
            if coefficient.kind == kind:
                return coefficient
        raise KeyError(kind)


@dataclass(frozen=True)
class MeanSquares:
    """Mean squares of tables of n targets × k raters; any number of tables at once (arrays of one shape).

    `between` targets, `within` targets, between `raters`, `error` (targets × raters).
    """

    n: int
    k: int
    between: Floats
    within: Floats
    raters: Floats
    error: Floats


def intraclass(ratings: Floats, coverages: Sequence[float] = LEVELS) -> IntraclassCorrelations:
    """The six intraclass correlations of one table of ratings.

    `ratings`: float64, targets × raters, NaN = missing. Only targets that every rater rated count; the number
    left out stands in the result (for ratings with gaps, `grouped.grouped_icc` uses all of them, one-way).
    (1,1): each target has raters of its own; (2,1): the raters are a sample and their level counts, absolute
    agreement; (3,1): these raters, consistency only. k: of the mean of the k raters.
    Raises `ValueError` unless the table has two dimensions.
    """
    if ratings.ndim != 2:
        raise ValueError(f"ratings are targets × raters, not an array of {ratings.ndim} dimensions")
    complete = ratings[~np.isnan(ratings).any(axis=1)]
    n, k = complete.shape
    reason = _why_not(complete)
    if reason is not None:
        coefficients = tuple(_unknown(kind, max(n - 1, 0), reason) for kind in (*SINGLE, *AVERAGE))
    else:
        squares = mean_squares(complete)
        coefficients = tuple(_coefficient(kind, squares, coverages) for kind in (*SINGLE, *AVERAGE))
    return IntraclassCorrelations(targets=n, raters=k, dropped=len(ratings) - n, coefficients=coefficients)


def mean_squares(ratings: Floats) -> MeanSquares:
    """Mean squares of … × targets × raters without gaps; sums of squares of deviations, not differences of
    large sums, so that ratings around a million lose nothing."""
    n, k = ratings.shape[-2:]
    grand = ratings.mean(axis=(-2, -1), keepdims=True)
    target = ratings.mean(axis=-1, keepdims=True)
    rater = ratings.mean(axis=-2, keepdims=True)
    return MeanSquares(
        n=n,
        k=k,
        between=k * ((target - grand) ** 2).sum(axis=(-2, -1)) / (n - 1),
        within=((ratings - target) ** 2).sum(axis=(-2, -1)) / (n * (k - 1)),
        raters=n * ((rater - grand) ** 2).sum(axis=(-2, -1)) / (k - 1),
        error=((ratings - target - rater + grand) ** 2).sum(axis=(-2, -1)) / ((n - 1) * (k - 1)),
    )


def estimates(kind: IccKind, squares: MeanSquares) -> Floats:
    """The coefficient of each table; NaN or infinite where its denominator is 0."""
    n, k, between = squares.n, squares.k, squares.between
    noise = squares.within if kind in {"ICC(1,1)", "ICC(1,k)"} else squares.error
    level = squares.raters - squares.error if kind in {"ICC(2,1)", "ICC(2,k)"} else 0.0
    below = between + (k - 1) * noise + k * level / n if kind in SINGLE else between + level / n
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((between - noise) / below, np.float64)


def limits(kind: IccKind, squares: MeanSquares, coverage: float) -> tuple[Floats, Floats]:
    """Ends of the interval of each table. Raises `ValueError` unless 0 < coverage < 1.

    (1) and (3) are exact for normal ratings. (2) rests on Satterthwaite's degrees of freedom (Fleiss &
    Shrout 1978, Psychometrika 43) and is approximate. Needs error variance above 0. NaN where a limit of the
    mean of k has no meaning: the limit for a single rating is at or below −1/(k − 1).
    """
    if not 0 < coverage < 1:
        raise ValueError(f"an interval's coverage lies between 0 and 1, not at {coverage}")
    upper = (1 + coverage) / 2
    k = squares.k
    if kind in {"ICC(2,1)", "ICC(2,k)"}:
        low, high = _absolute_limits(squares, upper)
    else:
        f, df1, df2 = _f(kind, squares)
        from_low, from_high = f / fdtri(df1, df2, upper), f * fdtri(df2, df1, upper)
        low, high = (from_low - 1) / (from_low + k - 1), (from_high - 1) / (from_high + k - 1)
    if kind in SINGLE:
        return low, high
    return _stepped_up(low, k), _stepped_up(high, k)


def _f(kind: IccKind, squares: MeanSquares) -> tuple[Floats, int, int]:
    """The F ratio of targets against noise and its degrees of freedom."""
    n, k = squares.n, squares.k
    one_way = kind in {"ICC(1,1)", "ICC(1,k)"}
    noise, df2 = (squares.within, n * (k - 1)) if one_way else (squares.error, (n - 1) * (k - 1))
    return squares.between / noise, n - 1, df2


def _absolute_limits(squares: MeanSquares, upper: float) -> tuple[Floats, Floats]:
    n, k, between, error = squares.n, squares.k, squares.between, squares.error
    value = estimates("ICC(2,1)", squares)
    level = squares.raters / error
    rest = n * (1 + (k - 1) * value) - k * value
    above = (k - 1) * (n - 1) * (k * value * level + rest) ** 2
    raters = k * squares.raters + (k * n - k - n) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        df = above / ((n - 1) * (k * value * level) ** 2 + rest**2)
        f_low, f_high = fdtri(n - 1, df, upper), fdtri(df, n - 1, upper)
        low = n * (between - f_low * error) / (f_low * raters + n * between)
        high = n * (f_high * between - error) / (raters + n * f_high * between)
    return np.asarray(low, np.float64), np.asarray(high, np.float64)


def _stepped_up(single: Floats, k: int) -> Floats:
    """Spearman–Brown: the limit for the mean of k ratings from that for one."""
    below = 1 + (k - 1) * single
    stepped = np.full(np.shape(single), np.nan)
    np.divide(k * single, below, out=stepped, where=below > 0)
    return stepped


def _why_not(complete: Floats) -> str | None:
    n, k = complete.shape
    if k < 2:
        return "fewer-than-2-raters"
    if n < 2:
        return "fewer-than-2-targets"
    return "no-variation" if complete.max() == complete.min() else None


def _unknown(kind: IccKind, df1: float, reason: str) -> Icc:
    return Icc(kind=kind, value=None, f=None, df1=df1, df2=0, p=None, intervals=(), reason=reason)


def _coefficient(kind: IccKind, squares: MeanSquares, coverages: Sequence[float]) -> Icc:
    value = float(estimates(kind, squares))
    noise = squares.within if kind in {"ICC(1,1)", "ICC(1,k)"} else squares.error
    n, k = squares.n, squares.k
    df1, df2 = n - 1, (n * (k - 1) if noise is squares.within else (n - 1) * (k - 1))
    # Below this share of all variation a sum of squares is rounding, not data.
    nothing = 1e-12 * max(float(squares.between), float(squares.within))
    if kind in AVERAGE and float(squares.between) <= nothing:
        return _without_interval(kind, None, df1, df2, "no-variation-between")
    if float(noise) <= nothing:
        return _without_interval(kind, value, df1, df2, "no-error-variance")
    if not np.isfinite(value):
        return _without_interval(kind, None, df1, df2, "not-defined")
    f, _, _ = _f(kind, squares)
    ends = [(coverage, *map(float, limits(kind, squares, coverage))) for coverage in coverages]
    intervals = tuple(
        Interval(coverage=coverage, low=low, high=high)
        for coverage, low, high in ends
        if np.isfinite(low) and np.isfinite(high)
    )
    return Icc(
        kind=kind,
        value=value,
        f=float(f),
        df1=df1,
        df2=df2,
        p=float(fdtrc(df1, df2, f)),
        intervals=intervals,
        reason=None if len(intervals) == len(ends) else "limit-not-defined",
    )


def _without_interval(kind: IccKind, value: float | None, df1: int, df2: int, reason: str) -> Icc:
    return Icc(kind=kind, value=value, f=None, df1=df1, df2=df2, p=None, intervals=(), reason=reason)
