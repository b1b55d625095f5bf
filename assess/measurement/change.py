"""Change between two occasions: which of one person's is more than noise, and how large a group's is.

Nothing here knows why a score moved: practice, another mood, another rater. The reliable change index is that
of Jacobson & Truax (1991, Journal of Consulting and Clinical Psychology 59, 12–19).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, nctdtrinc, stdtr, stdtrit

from assess.measurement.interval import LEVELS, Interval
from assess.scoring.precision import Floats, interval_quantile
from assess.scoring.result import Result

Denominator: TypeAlias = Literal["measurement-error", "unequal-variances", "retest-prediction"]
Verdict: TypeAlias = Literal["real", "may-be-noise"]


@dataclass(frozen=True)
class ReliableChange:
    """Change of many people on one scale; arrays with one entry for each, NaN where a score is missing.

    `index` = `difference` / `error`, `limit` the difference from which a change is real, `real` whether it is
    beyond it. `denominator` says what the error is: "measurement-error", both occasions' standard errors
    (Jacobson & Truax: √2·SEM); "unequal-variances" (Maassen 2004); "retest-prediction": the difference is
    that from the score to be expected after regression to the mean, in `expected`.
    """

    denominator: Denominator
    difference: Floats
    expected: Floats
    error: Floats
    limit: Floats
    index: Floats
    real: npt.NDArray[np.bool_]

    def verdict(self, row: int) -> Verdict | None:
        """Of one person; None where a score is missing."""
        if np.isnan(self.index[row]):
            return None
        return "real" if self.real[row] else "may-be-noise"


def reliable_change(
    before: Floats, after: Floats, sem_before: Floats, sem_after: Floats, coverage: float = 0.90
) -> ReliableChange:
    """Reliable change by measurement error alone; float64 arrays of one shape, NaN = missing.

    `sem_…`: standard error of measurement of each score, in score units; larger where answers are missing.
    With both alike the error of the difference is √2·SEM = SD·√(2(1 − reliability)), and at 90 % a change is
    real beyond 1.645·√2·SEM. Whose SD and which reliability made the standard error must be said beside it.
    Raises `ValueError` unless 0 < coverage < 1.
    """
    error = np.sqrt(sem_before**2 + sem_after**2)
    return _changes("measurement-error", before, after, before, error, coverage)


def unequal_variances_change(
    before: Floats, after: Floats, reliability: float, coverage: float = 0.90
) -> ReliableChange:
    """As `reliable_change` with the error √((s₁² + s₂²)(1 − reliability)), the SDs being those of these
    people on the two occasions (Maassen 2004, Journal of the International Neuropsychological Society 10).
    NaN for fewer than two people. Raises `ValueError` unless 0 ≤ reliability ≤ 1."""
    _check(reliability)
    both = ~np.isnan(before) & ~np.isnan(after)
    spread = before[both].var(ddof=1) + after[both].var(ddof=1) if both.sum() > 1 else np.nan
    error = np.full(before.shape, np.sqrt(spread * (1 - reliability)))
    return _changes("unequal-variances", before, after, before, error, coverage)


def retest_change(
    before: Floats, after: Floats, mean: float, sd: float, reliability: float, coverage: float = 0.90
) -> ReliableChange:
    """The alternative that reckons with regression to the mean: the change from the score to be expected
    without any change, m + r(x − m), against the standard error of prediction s·√(1 − r²) (Lord & Novick
    1968, Statistical theories of mental test scores, §3.8).

    `mean`, `sd`, `reliability`: of the reference group to which the person belongs; another group gives
    another verdict. Raises `ValueError` unless 0 ≤ reliability ≤ 1 and sd ≥ 0.
    """
    _check(reliability)
    if not sd >= 0:
        raise ValueError(f"a standard deviation is not negative: {sd}")
    expected = mean + reliability * (before - mean)
    error = np.full(before.shape, sd * np.sqrt(1 - reliability**2))
    return _changes("retest-prediction", before, after, expected, error, coverage)


def _changes(
    denominator: Denominator,
    before: Floats,
    after: Floats,
    expected: Floats,
    error: Floats,
    coverage: float,
) -> ReliableChange:
    difference = after - expected
    missing = np.isnan(before) | np.isnan(after) | np.isnan(error)
    index = np.full(difference.shape, np.nan)
    np.divide(difference, error, out=index, where=~missing & (error > 0))
    quantile = interval_quantile(coverage)
    return ReliableChange(
        denominator=denominator,
        difference=difference,
        expected=np.where(np.isnan(before), np.nan, expected),
        error=error,
        limit=quantile * error,
        index=index,
        real=np.abs(index) > quantile,
    )


def _check(reliability: float) -> None:
    if not 0 <= reliability <= 1:
        raise ValueError(f"a reliability lies between 0 and 1, not at {reliability}")


# --- groups ----------------------------------------------------------------------------------------


class StandardisedEffect(Result, frozen=True):
    """A mean change in standard deviations. `name` says of what: "d_z" of the changes, "d_av" the root of the
    mean of both occasions' variances. `g` is Hedges' correction of `d` for small groups; intervals are of the
    effect in the population."""

    name: Literal["d_z", "d_av"]
    d: float
    g: float
    intervals: tuple[Interval, ...]


class PairedChange(Result, frozen=True):
    """Change of a group of the same `n` people. `only_before`, `only_after`: scored on one occasion alone,
    left out. `t`, `df`, `p` (two-sided) and `intervals` are of the mean difference. `r`: correlation of the
    occasions, None also where one of them has no variation. `reason`: "fewer-than-2-pairs", "no-variation"
    (all changed alike: no test, no effect).
    """

    n: int
    only_before: int
    only_after: int
    mean_before: float | None
    mean_after: float | None
    sd_before: float | None
    sd_after: float | None
    difference: float | None
    sd_difference: float | None
    r: float | None
    t: float | None
    df: int
    p: float | None
    intervals: tuple[Interval, ...]
    effects: tuple[StandardisedEffect, ...]
    reason: str | None


def paired_change(before: Floats, after: Floats, coverages: Sequence[float] = LEVELS) -> PairedChange:
    """Mean change of the people scored twice: float64 arrays, one entry for each person, NaN = missing.

    The interval is Student's. d_z has the noncentral t interval (exact for normal changes); that of d_av
    scales it by s_difference/s_average (Algina & Keselman 2003, Educational and Psychological Measurement
    63), an approximation. g = d·J with J = Γ(ν/2)/(√(ν/2)·Γ((ν − 1)/2)), ν = n − 1 (Hedges 1981).
    Raises `ValueError` for arrays of different shapes.
    """
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError("change is of the same people, in the same order")
    both = ~np.isnan(before) & ~np.isnan(after)
    first, second = before[both], after[both]
    n = len(first)
    only = int((~np.isnan(before)).sum()) - n, int((~np.isnan(after)).sum()) - n
    if n < 2:
        return _too_few(n, only)
    change = second - first
    mean, sd = float(change.mean()), float(change.std(ddof=1))
    sds = float(first.std(ddof=1)), float(second.std(ddof=1))
    nothing = 1e-12 * max(1.0, float(np.abs(first).max()), float(np.abs(second).max()))
    varies = sd > nothing
    t = mean / (sd / n**0.5) if varies else None
    return PairedChange(
        n=n,
        only_before=only[0],
        only_after=only[1],
        mean_before=float(first.mean()),
        mean_after=float(second.mean()),
        sd_before=sds[0],
        sd_after=sds[1],
        difference=mean,
        sd_difference=sd,
        r=float(np.corrcoef(first, second)[0, 1]) if min(sds) > nothing else None,
        t=t,
        df=n - 1,
        p=None if t is None else float(2 * stdtr(n - 1, -abs(t))),
        intervals=mean_intervals(mean, sd / n**0.5, n - 1, coverages) if varies else (),
        effects=() if t is None else _effects(t, n, sd, sds, coverages),
        reason=None if varies else "no-variation",
    )


def mean_intervals(
    mean: float, error: float, df: float, coverages: Sequence[float] = LEVELS
) -> tuple[Interval, ...]:
    """Student's intervals of a mean with that standard error."""
    reach = [float(stdtrit(df, (1 + coverage) / 2)) * error for coverage in coverages]
    return tuple(
        Interval(coverage=coverage, low=float(mean - far), high=float(mean + far))
        for coverage, far in zip(coverages, reach, strict=True)
    )


def small_sample_factor(df: float) -> float:
    """Hedges' J, exact: about 1 − 3/(4ν − 1). 0 for one degree of freedom, where it is not defined."""
    if df <= 1:
        return 0.0
    return float(np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2))


def noncentral_t_limits(t: float, df: int, coverage: float) -> tuple[float, float]:
    """The noncentralities under which so large or so small a t has the probability (1 − coverage)/2."""
    upper = (1 + coverage) / 2
    return float(nctdtrinc(df, upper, t)), float(nctdtrinc(df, 1 - upper, t))


def _effects(
    t: float, n: int, sd: float, sds: tuple[float, float], coverages: Sequence[float]
) -> tuple[StandardisedEffect, ...]:
    average = float(np.sqrt((sds[0] ** 2 + sds[1] ** 2) / 2))
    scales: tuple[tuple[Literal["d_z", "d_av"], float], ...] = (
        ("d_z", 1 / n**0.5),
        ("d_av", sd / (average * n**0.5)),
    )
    correction = small_sample_factor(n - 1)
    ends = [(coverage, *noncentral_t_limits(t, n - 1, coverage)) for coverage in coverages]
    return tuple(
        StandardisedEffect(
            name=name,
            d=float(t * scale),
            g=float(t * scale * correction),
            intervals=tuple(
                Interval(coverage=coverage, low=float(low * scale), high=float(high * scale))
                for coverage, low, high in ends
            ),
        )
        for name, scale in scales
    )


def _too_few(n: int, only: tuple[int, int]) -> PairedChange:
    return PairedChange(
        n=n,
        only_before=only[0],
        only_after=only[1],
        mean_before=None,
        mean_after=None,
        sd_before=None,
        sd_after=None,
        difference=None,
        sd_difference=None,
        r=None,
        t=None,
        df=0,
        p=None,
        intervals=(),
        effects=(),
        reason="fewer-than-2-pairs",
    )


def matched(before: Sequence[str], after: Sequence[str]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The places in `before` and in `after` of the ids that stand in both, in the order of `before`.

    Raises `ValueError` for an id that stands twice on one occasion: whose change would it be?
    """
    place = {name: row for row, name in enumerate(after)}
    if len(place) != len(after) or len(set(before)) != len(before):
        raise ValueError("an id stands twice on one occasion")
    rows = [(row, place[name]) for row, name in enumerate(before) if name in place]
    pairs = np.array(rows, np.intp).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
