"""Cohen's kappa of two raters, plain and weighted, with the raw agreement and the marginals that explain it.

Cohen (1960, Educational and Psychological Measurement 20; 1968, Psychological Bulletin 70); standard errors
by Fleiss, Cohen & Everitt (1969, Psychological Bulletin 72, 323–327).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import erfc

from assess.measurement.interval import LEVELS, Interval
from assess.scoring.precision import Floats, interval_quantile
from assess.scoring.result import Result

Weights: TypeAlias = Literal["plain", "linear", "quadratic"]
WEIGHTS: tuple[Weights, ...] = ("plain", "linear", "quadratic")


class Kappa(Result, frozen=True):
    """One kappa. `observed` and `expected` are the agreement with these weights, found and by chance from the
    marginals (1 = full agreement). `se` belongs to the interval; `p` (two-sided) tests kappa = 0 with the
    standard error that holds there. Intervals are cut off at −1 and 1.

    `reason`: "fewer-than-2-pairs"; "no-variation": both raters always chose one same category, so kappa is
    not defined; "full-agreement": kappa is 1 and its standard error 0, which says nothing about its error;
    "one-category": one of the raters always chose the same, so that kappa is 0 whatever the other did.
    """

    weights: Weights
    kappa: float | None
    observed: float | None
    expected: float | None
    se: float | None
    p: float | None
    intervals: tuple[Interval, ...]
    reason: str | None


class TwoRaters(Result, frozen=True):
    """How two raters agree on one item. `pairs` that both judged; `left_out`: judged by one of them or none.

    `agreement` is the share of equal choices: kappa can be low while it is high, when nearly all choices are
    one category. `first` and `second` are the shares of each category, in the order of the categories.
    `table`: counts, the first rater's category × the second's.
    """

    pairs: int
    left_out: int
    categories: int
    agreement: float | None
    first: tuple[float, ...]
    second: tuple[float, ...]
    table: tuple[tuple[int, ...], ...]
    kappas: tuple[Kappa, ...]

    def of(self, weights: Weights) -> Kappa:
        """The kappa with those weights."""
        return self.kappas[WEIGHTS.index(weights)]


def two_raters(
    first: npt.NDArray[np.integer],
    second: npt.NDArray[np.integer],
    categories: int,
    coverages: Sequence[float] = LEVELS,
) -> TwoRaters:
    """Agreement of two raters on the same cases.

    `first`, `second`: positions 1…categories, 0 = missing, one entry for each case. `categories` are all that
    could be chosen, also those that nobody chose: weights count steps between them.
    Raises `ValueError` for arrays of different lengths, a position that is none, fewer than 2 categories.
    """
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError("two raters judge the same cases")
    both = np.stack([first, second]).astype(np.int64)
    if categories < 2 or both.min(initial=0) < 0 or both.max(initial=0) > categories:
        raise ValueError(f"a judgement is a position from 1 to {categories}, and there are at least 2")
    both = both[:, (both > 0).all(axis=0)] - 1
    flat = np.bincount(both[0] * categories + both[1], minlength=categories**2)
    return agreement_of_table(flat.reshape(categories, categories), len(first) - both.shape[1], coverages)


def agreement_of_table(
    table: npt.NDArray[np.integer], left_out: int = 0, coverages: Sequence[float] = LEVELS
) -> TwoRaters:
    """As `two_raters`, from the counts: categories × categories, the first rater's in rows."""
    pairs = int(table.sum())
    shares = table / pairs if pairs else table.astype(np.float64)
    return TwoRaters(
        pairs=pairs,
        left_out=left_out,
        categories=len(table),
        agreement=float(np.trace(shares)) if pairs else None,
        first=tuple(shares.sum(axis=1).tolist()),
        second=tuple(shares.sum(axis=0).tolist()),
        table=tuple(tuple(row) for row in table.tolist()),
        kappas=tuple(_kappa(table, weights, coverages) for weights in WEIGHTS),
    )


def weights_of(categories: int, weights: Weights) -> Floats:
    """Agreement weights, categories × categories: 1 on the diagonal; plain 0 elsewhere, linear
    1 − |i − j|/(m − 1), quadratic 1 − ((i − j)/(m − 1))²."""
    place = np.arange(categories, dtype=np.float64)
    apart = np.abs(place[:, np.newaxis] - place) / (categories - 1)
    if weights == "plain":
        return np.eye(categories)
    return 1 - apart if weights == "linear" else 1 - apart**2


def kappas_of(tables: npt.NDArray[np.integer], weights: Weights) -> tuple[Floats, Floats, Floats, Floats]:
    """Kappa, its standard error, and observed and expected agreement of … × categories × categories counts.

    With w̄ᵢ. = Σ qⱼwᵢⱼ and w̄.ⱼ = Σ pᵢwᵢⱼ the variance is (Σ pᵢⱼ[wᵢⱼ(1 − Pe) − (w̄ᵢ. + w̄.ⱼ)(1 − Po)]² −
    (PoPe − 2Pe + Po)²) / (n(1 − Pe)⁴). NaN where expected agreement is 1.
    """
    n = tables.sum(axis=(-2, -1))
    shares = tables / n[..., np.newaxis, np.newaxis]
    weight = weights_of(tables.shape[-1], weights)
    rows, columns = shares.sum(axis=-1), shares.sum(axis=-2)
    observed = (shares * weight).sum(axis=(-2, -1))
    expected = (rows @ weight * columns).sum(axis=-1)
    mean = (columns @ weight)[..., :, np.newaxis] + (rows @ weight)[..., np.newaxis, :]
    by_chance = expected[..., np.newaxis, np.newaxis]
    found = observed[..., np.newaxis, np.newaxis]
    spread = (shares * (weight * (1 - by_chance) - mean * (1 - found)) ** 2).sum(axis=(-2, -1))
    spread -= (observed * expected - 2 * expected + observed) ** 2
    chance_left = 1 - expected
    kappa, error = (np.full(np.shape(observed), np.nan) for _ in range(2))
    defined = chance_left > 1e-12
    np.divide(observed - expected, chance_left, out=kappa, where=defined)
    np.divide(np.sqrt(np.maximum(spread, 0) / n), chance_left**2, out=error, where=defined)
    return kappa, error, observed, expected


def _kappa(table: npt.NDArray[np.integer], weights: Weights, coverages: Sequence[float]) -> Kappa:
    if table.sum() < 2:
        return Kappa(
            weights=weights,
            kappa=None,
            observed=None,
            expected=None,
            se=None,
            p=None,
            intervals=(),
            reason="fewer-than-2-pairs",
        )
    value, error, observed, expected = (float(figure) for figure in kappas_of(table, weights))
    full = observed > 1 - 1e-12
    defined = not np.isnan(value)
    same = 1 in {np.count_nonzero(table.sum(axis=side)) for side in (0, 1)}
    reason = "no-variation" if not defined else "full-agreement" if full else "one-category" if same else None
    return Kappa(
        weights=weights,
        kappa=value if defined else None,
        observed=observed,
        expected=expected,
        se=error if defined else None,
        p=_p_of_chance(table, weights, value, expected) if defined else None,
        intervals=() if reason else _intervals(value, error, coverages),
        reason=reason,
    )


def _intervals(value: float, error: float, coverages: Sequence[float]) -> tuple[Interval, ...]:
    reach = [interval_quantile(coverage) * error for coverage in coverages]
    return tuple(
        Interval(coverage=coverage, low=max(value - far, -1.0), high=min(value + far, 1.0))
        for coverage, far in zip(coverages, reach, strict=True)
    )


def _p_of_chance(
    table: npt.NDArray[np.integer], weights: Weights, value: float, expected: float
) -> float | None:
    n = int(table.sum())
    weight = weights_of(len(table), weights)
    rows, columns = table.sum(axis=1) / n, table.sum(axis=0) / n
    mean = (weight @ columns)[:, np.newaxis] + (rows @ weight)[np.newaxis, :]
    spread = float((np.outer(rows, columns) * (weight - mean) ** 2).sum()) - expected**2
    if spread <= 1e-15:
        return None
    return float(erfc(abs(value) * (1 - expected) / np.sqrt(spread / n) / np.sqrt(2)))
