"""Krippendorff's alpha: agreement of any number of raters, at any level of measurement, with gaps.

Krippendorff (2011, Computing Krippendorff's alpha-reliability; 2019, Content analysis, chapter 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.measurement.interval import LEVELS, Interval
from assess.scoring.precision import Floats
from assess.scoring.result import Result

Level: TypeAlias = Literal["nominal", "ordinal", "interval"]
Bootstrap: TypeAlias = Literal["units", "pairs"]
SAMPLES = 2_000
_CELLS = 4_000_000
"""Numbers held at a time while samples are drawn."""


class KrippendorffAlpha(Result, frozen=True):
    """alpha = 1 − observed/expected disagreement. `units` that at least two raters judged, `pairable` the
    judgements in them, `left_out` the units with fewer.

    `bootstrap` says how the intervals were made, `samples` from how many samples (those in which alpha is not
    defined are not counted). `reason`: "no-pairs": no unit has two judgements; "no-variation": all are alike,
    and alpha is not defined; "full-agreement" and "fewer-than-5-units": no interval.
    """

    level: Level
    alpha: float | None
    observed: float | None
    expected: float | None
    units: int
    pairable: int
    left_out: int
    intervals: tuple[Interval, ...]
    bootstrap: Bootstrap
    samples: int
    reason: str | None


def krippendorff_alpha(
    judgements: Floats,
    level: Level,
    *,
    seed: int,
    coverages: Sequence[float] = LEVELS,
    bootstrap: Bootstrap = "units",
    samples: int = SAMPLES,
) -> KrippendorffAlpha:
    """Alpha of judgements with a bootstrap interval; the same seed gives the same one.

    `judgements`: float64, raters × units, NaN = missing; nominal categories are numbers too.

    `bootstrap`: "units" draws whole units anew and takes percentiles, so it asks how other units of the kind
    would fare (Zapf et al. 2016, BMC Medical Research Methodology 16: 93). "pairs" is the algorithm of Hayes
    and Krippendorff (2007, Communication Methods and Measures 1): it draws as many pairs as the units have
    from the coincidences found and holds the expected disagreement fixed, as if pairs were independent. With
    more than two raters they are not, and its intervals are far too narrow: see docs/measurement.md.
    Raises `ValueError` unless the array has two dimensions.
    """
    if judgements.ndim != 2:
        raise ValueError("judgements are raters × units")
    values, counts = unit_counts(judgements)
    per_unit = counts.sum(axis=1)
    paired = counts[per_unit >= 2]
    left_out = int((per_unit < 2).sum())
    observed, expected = _disagreement(_coincidences(paired), values, level)
    base = {
        "level": level,
        "units": len(paired),
        "pairable": int(paired.sum()),
        "left_out": left_out,
        "bootstrap": bootstrap,
    }
    reason = _reason(len(paired), float(observed), float(expected))
    known = len(paired) > 0 and expected > 0
    alpha = float(1 - observed / expected) if known else None
    drawn = np.zeros(0)
    if known and reason is None:
        drawn = _DRAW[bootstrap](paired, values, level, samples, np.random.default_rng(seed))
        drawn = drawn[~np.isnan(drawn)]
    return KrippendorffAlpha(
        alpha=alpha,
        observed=float(observed) if len(paired) else None,
        expected=float(expected) if len(paired) else None,
        intervals=_intervals(drawn, coverages),
        samples=len(drawn),
        reason=reason,
        **base,  # type: ignore[arg-type]
    )


def unit_counts(judgements: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """The different values, ascending, and how often each unit was given each: units × values."""
    there = ~np.isnan(judgements)
    values, place = np.unique(judgements[there], return_inverse=True)
    units = np.broadcast_to(np.arange(judgements.shape[1]), judgements.shape)[there]
    flat = np.bincount(units * len(values) + place, minlength=judgements.shape[1] * len(values))
    return values, flat.reshape(judgements.shape[1], len(values))


def _coincidences(counts: npt.NDArray[np.int64]) -> Floats:
    """How often each two values meet in a unit: values × values; each judgement pairs with all others of its
    unit, divided by their number, so that a unit adds as much as it has judgements."""
    weight = counts / (counts.sum(axis=1) - 1)[:, np.newaxis]
    return np.asarray(weight.T @ counts - np.diag(weight.sum(axis=0)))


def distances(values: Floats, totals: Floats, level: Level) -> Floats:
    """Squared distances δ² between values: … × values × values.

    Nominal 0 or 1; interval (c − k)²; ordinal the judgements from one value up to the other, of each of the
    two only half, squared: they follow the marginal counts `totals` (… × values).
    """
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(len(values)), (*totals.shape, len(values)))
    if level == "interval":
        apart = (values[:, np.newaxis] - values) ** 2
        return np.broadcast_to(apart, (*totals.shape, len(values)))
    middle = totals.cumsum(axis=-1) - totals / 2
    return np.asarray((middle[..., :, np.newaxis] - middle[..., np.newaxis, :]) ** 2)


def _disagreement(coincidences: Floats, values: Floats, level: Level) -> tuple[Floats, Floats]:
    """Observed and expected disagreement of … × values × values coincidences."""
    totals = coincidences.sum(axis=-1)
    n = totals.sum(axis=-1)
    apart = distances(values, totals, level)
    products = totals[..., :, np.newaxis] * totals[..., np.newaxis, :]
    observed, expected = np.zeros(np.shape(n)), np.zeros(np.shape(n))
    np.divide((coincidences * apart).sum(axis=(-2, -1)), n, out=observed, where=n > 0)
    np.divide((products * apart).sum(axis=(-2, -1)), n * (n - 1), out=expected, where=n > 1)
    return observed, expected


def _reason(units: int, observed: float, expected: float) -> str | None:
    if not units:
        return "no-pairs"
    if expected <= 0:
        return "no-variation"
    if observed <= 0:
        return "full-agreement"
    return "fewer-than-5-units" if units < 5 else None


def _draw_units(
    paired: npt.NDArray[np.int64], values: Floats, level: Level, samples: int, rng: np.random.Generator
) -> Floats:
    """Units that were judged alike count as one kind, so that memory and time follow the kinds."""
    kinds, times = np.unique(paired, axis=0, return_counts=True)
    sums = _interval_sums(kinds, values) if level == "interval" else _coincidences_of_each(kinds)
    alphas = []
    at_once = max(1, _CELLS // (len(kinds) + sums.shape[1]))
    for start in range(0, samples, at_once):
        size = min(at_once, samples - start)
        drawn = rng.multinomial(len(paired), times / len(paired), size) @ sums
        if level == "interval":
            observed, expected = _interval_disagreement(drawn)
        else:
            observed, expected = _disagreement(drawn.reshape(size, len(values), len(values)), values, level)
        alpha = np.full(size, np.nan)
        np.divide(observed, expected, out=alpha, where=expected > 0)
        alphas.append(1 - alpha)
    return np.concatenate(alphas)


def _coincidences_of_each(counts: npt.NDArray[np.int64]) -> Floats:
    """The coincidences of each unit: units × values²."""
    times = counts.astype(np.float64)
    pairs = times[:, :, np.newaxis] * times[:, np.newaxis, :]
    own = np.arange(times.shape[1])
    pairs[:, own, own] -= times
    pairs /= (times.sum(axis=1) - 1)[:, np.newaxis, np.newaxis]
    return pairs.reshape(len(times), -1)


def _interval_sums(counts: npt.NDArray[np.int64], values: Floats) -> Floats:
    """All that interval disagreement needs of a unit: judgements, their sum, their sum of squares, and twice
    their variance times their number (Σ over pairs of (c − k)²/(m − 1)): units × 4."""
    centred = values - values.mean()
    m = counts.sum(axis=1).astype(np.float64)
    sums, squares = counts @ centred, counts @ centred**2
    return np.stack([m, sums, squares, 2 * (m * squares - sums**2) / (m - 1)], axis=1)


def _interval_disagreement(drawn: Floats) -> tuple[Floats, Floats]:
    n, sums, squares, apart = drawn.T
    return apart / n, np.maximum(2 * (n * squares - sums**2) / (n * (n - 1)), 0)


def _draw_pairs(
    paired: npt.NDArray[np.int64], values: Floats, level: Level, samples: int, rng: np.random.Generator
) -> Floats:
    coincidences = _coincidences(paired)
    totals = coincidences.sum(axis=-1)
    _, expected = _disagreement(coincidences, values, level)
    per_unit = paired.sum(axis=1)
    pairs = int((per_unit * (per_unit - 1)).sum()) // 2
    shares = coincidences.ravel() / coincidences.sum()
    drawn = rng.multinomial(pairs, shares, samples)
    return np.asarray(1 - drawn @ distances(values, totals, level).ravel() / (pairs * expected))


_DRAW = {"units": _draw_units, "pairs": _draw_pairs}


def _intervals(drawn: Floats, coverages: Sequence[float]) -> tuple[Interval, ...]:
    if not len(drawn):
        return ()
    return tuple(
        Interval(
            coverage=coverage,
            low=float(np.quantile(drawn, (1 - coverage) / 2)),
            high=float(np.quantile(drawn, (1 + coverage) / 2)),
        )
        for coverage in coverages
    )
