"""The recommendation score (eNPS): promoters (9–10) minus detractors (0–6), in points from −100 to 100.

How the intervals were compared and why the score interval was chosen: docs/measurement.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.measurement.interval import LEVELS, Interval
from assess.scoring.precision import Floats, interval_quantile, normal_cdf
from assess.scoring.result import Result

Method: TypeAlias = Literal["adjusted-wald", "score"]
METHODS: tuple[Method, ...] = ("adjusted-wald", "score")
CHOSEN: Method = "score"
"""The interval that results are given with."""

DETRACTORS_UP_TO, PROMOTERS_FROM = 6, 9
FEW = 10
"""Under so many answers no interval keeps its promise for all true values."""

ADDED = (0.75, 1.5, 0.75)
"""Answers that the adjusted Wald interval adds: detractors, passives, promoters."""

_HALVINGS = 60


class Recommendation(Result, frozen=True):
    """The score of one group. `score`, `se` and intervals in points, intervals within ±100; `variance` that
    of the score in points squared; `mean` of the answers (0–10) and `distribution`, the counts of 0…10,
    because three classes say less than eleven. `missing`: sheets without an answer. `population`: how many
    could have answered, where the intervals reckon with it. `reason`: "no-answers"; "under-10": the intervals
    are there and cannot be trusted.
    """

    n: int
    missing: int
    population: int | None
    promoters: int
    passives: int
    detractors: int
    score: float | None
    variance: float | None
    se: float | None
    method: Method
    intervals: tuple[Interval, ...]
    mean: float | None
    distribution: tuple[int, ...]
    reason: str | None


class RecommendationDifference(Result, frozen=True):
    """The score of a second group minus that of a first, in points. `p` is two-sided. `reason`: "no-answers",
    "no-variation" (both groups of one mind: no standard error)."""

    difference: float | None
    se: float | None
    p: float | None
    intervals: tuple[Interval, ...]
    reason: str | None


def recommendation(
    positions: npt.NDArray[np.integer],
    *,
    population: int | None = None,
    method: Method = CHOSEN,
    coverages: Sequence[float] = LEVELS,
) -> Recommendation:
    """The score of a group from its answers.

    `positions`: 1…11 for 0…10 as in an answer matrix, 0 = missing. The variance of one answer is
    p₊ + p₋ − (p₊ − p₋)², that of the score this over n. With `population` = N the sampling error shrinks by
    √((N − n)/(N − 1)): those who answered are then taken for a random draw from the N, which non-response
    seldom is. Raises `ValueError` for a position above 11, and a population smaller than the answers.
    """
    if positions.min(initial=0) < 0 or positions.max(initial=0) > 11:
        raise ValueError("an answer from 0 to 10 has a position from 1 to 11")
    given = np.bincount(positions[positions > 0].astype(np.int64) - 1, minlength=11)
    n = int(given.sum())
    if population is not None and population < max(n, 1):
        raise ValueError(f"{n} answers cannot come from {population} people")
    low, high = int(given[: DETRACTORS_UP_TO + 1].sum()), int(given[PROMOTERS_FROM:].sum())
    shrink = 1.0 if population is None or population == 1 else ((population - n) / (population - 1)) ** 0.5
    apart, both = (high - low) / max(n, 1), (high + low) / max(n, 1)
    variance = max(both - apart**2, 0.0) / max(n, 1) * (100 * shrink) ** 2
    return Recommendation(
        n=n,
        missing=len(positions) - n,
        population=population,
        promoters=high,
        passives=n - high - low,
        detractors=low,
        score=100 * apart if n else None,
        variance=variance if n else None,
        se=variance**0.5 if n else None,
        method=method,
        intervals=_intervals(low, high, n, shrink, method, coverages) if n else (),
        mean=float(given @ np.arange(11)) / n if n else None,
        distribution=tuple(given.tolist()),
        reason=None if n >= FEW else "under-10" if n else "no-answers",
    )


def recommendation_difference(
    first: Recommendation, second: Recommendation, coverages: Sequence[float] = LEVELS
) -> RecommendationDifference:
    """How much higher the second group's score is: independent groups, SE = √(SE₁² + SE₂²)."""
    if first.score is None or second.score is None or first.se is None or second.se is None:
        return RecommendationDifference(difference=None, se=None, p=None, intervals=(), reason="no-answers")
    difference = second.score - first.score
    error = (first.se**2 + second.se**2) ** 0.5
    if error == 0:
        return RecommendationDifference(
            difference=difference, se=0.0, p=None, intervals=(), reason="no-variation"
        )
    reach = [interval_quantile(coverage) * error for coverage in coverages]
    return RecommendationDifference(
        difference=difference,
        se=error,
        p=float(2 * normal_cdf(np.array(-abs(difference) / error))),
        intervals=tuple(
            Interval(coverage=coverage, low=max(difference - far, -200.0), high=min(difference + far, 200.0))
            for coverage, far in zip(coverages, reach, strict=True)
        ),
        reason=None,
    )


def _intervals(
    detractors: int, promoters: int, n: int, shrink: float, method: Method, coverages: Sequence[float]
) -> tuple[Interval, ...]:
    made = []
    score = 100 * (promoters - detractors) / n
    for coverage in coverages:
        low, high = LIMITS[method](np.array([detractors]), np.array([promoters]), n, coverage)
        # Of a known population only the part that did not answer is uncertain.
        ends = [score + shrink * (float(end[0]) - score) for end in (low, high)]
        made.append(Interval(coverage=coverage, low=ends[0], high=ends[1]))
    return tuple(made)


def adjusted_wald_limits(
    detractors: npt.NDArray[np.integer], promoters: npt.NDArray[np.integer], n: int, coverage: float
) -> tuple[Floats, Floats]:
    """Ends in points, within ±100, for arrays of counts out of n: Wald's interval after adding 3/4 detractor,
    3/2 passive and 3/4 promoter (Rocks 2016, The American Statistician 70)."""
    more = n + sum(ADDED)
    low, high = (detractors + ADDED[0]) / more, (promoters + ADDED[2]) / more
    centre = high - low
    reach = interval_quantile(coverage) * np.sqrt((high + low - centre**2) / more)
    return 100 * np.clip(centre - reach, -1, 1), 100 * np.clip(centre + reach, -1, 1)


def score_limits(
    detractors: npt.NDArray[np.integer], promoters: npt.NDArray[np.integer], n: int, coverage: float
) -> tuple[Floats, Floats]:
    """Ends in points for arrays of counts out of n: the differences Δ that a score test does not reject.

    Tango (1998, Statistics in Medicine 17): |x₊ − x₋ − nΔ| ≤ z·√(n(2q + Δ(1 − Δ))), q being the most likely
    share of detractors where promoters are Δ more; Wilson's interval where there are no passives. Found by
    halving between the observed difference and ±1.
    """
    less, more = detractors.astype(np.float64), promoters.astype(np.float64)
    seen = (more - less) / n
    z = interval_quantile(coverage)
    ends = []
    for bound in (-1.0, 1.0):
        inside, outside = seen.copy(), np.full(seen.shape, bound)
        for _ in range(_HALVINGS):
            middle = (inside + outside) / 2
            rejected = _too_far(less, more, n, middle, z)
            outside, inside = np.where(rejected, middle, outside), np.where(rejected, inside, middle)
        ends.append(100 * np.where(_too_far(less, more, n, np.full(seen.shape, bound), z), inside, bound))
    return ends[0], ends[1]


def _too_far(less: Floats, more: Floats, n: int, apart: Floats, z: float) -> npt.NDArray[np.bool_]:
    linear = -more - less + (2 * n - more + less) * apart
    root = np.sqrt(np.maximum(linear**2 + 8 * n * less * apart * (1 - apart), 0))
    share = (root - linear) / (4 * n)
    variance = n * (2 * share + apart * (1 - apart))
    distance: Floats = np.abs(more - less - n * apart)
    return np.asarray(distance > z * np.sqrt(np.maximum(variance, 0)) + 1e-12)


LIMITS = {"adjusted-wald": adjusted_wald_limits, "score": score_limits}
