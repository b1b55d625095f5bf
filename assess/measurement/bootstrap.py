"""Alpha of resampled respondents, without ever making a resampled matrix.

A resample only says how often each respondent counts, so its sums of products are weights × the respondents'
own products: one matrix product for all resamples.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from assess.measurement.moments import BLOCK, Kind, keyed_tables, keyed_values, working_type
from assess.scoring.form import ItemKey
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers

UNITS = 1_000
"""Respondents up to here are drawn one by one; more are dealt into so many groups, and groups are drawn."""
_UNDEFINED = 0.05
"""With a larger share of resamples without alpha there is no interval."""


@dataclass(frozen=True)
class Resampling:
    """`resamples` draws with replacement (0: none) from a seed."""

    resamples: int
    seed: int


def alpha_interval(
    items: Sequence[ItemKey], answers: Answers, interval: float, resampling: Resampling
) -> tuple[float, float] | None:
    """Bootstrap interval of alpha, with pairwise covariances (complete answers are a special case).

    `answers`: uint8, rows as `items`, columns the n respondents used; `resampling.resamples` at least 2. None
    where more than one resample in twenty has no alpha. The interval is symmetric on the scale ln(1 − α),
    where alpha is nearly normal (van Zyl, Neudecker & Nel 2000, Psychometrika 65): ± t·s·√(n/(n − 1)) on n −
    1 degrees of freedom, s the SD of the resamples. Percentiles hold less often in small samples
    (docs/measurement.md).

    More than `UNITS` respondents are dealt at random into as many groups, which are drawn in their place: the
    variance of a sum over independent respondents is that of the sum over their groups. s is then known to
    1/√(2·UNITS) = 2 %, as it is from 1,000 resamples.
    """
    respondents = answers.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(1 - resampled_alphas(items, answers, resampling))
    own, drawn = logs[0], logs[1:][np.isfinite(logs[1:])]
    if not np.isfinite(own) or drawn.size < (1 - _UNDEFINED) * resampling.resamples:
        return None
    reach = stdtrit(respondents - 1, (1 + interval) / 2) * drawn.std()
    reach *= math.sqrt(respondents / (respondents - 1))
    return float(-np.expm1(own + reach)), float(-np.expm1(own - reach))


def resampled_alphas(items: Sequence[ItemKey], answers: Answers, resampling: Resampling) -> Floats:
    """Alpha of the answers themselves, then of each resample (1 + resamples,); NaN where there is none."""
    rng = np.random.default_rng(resampling.seed)
    kind, _ = working_type(items, answers.shape[1])
    products = _unit_products(items, answers, kind, rng)
    units = len(products)
    weights = np.ones((1 + resampling.resamples, units), kind)
    drawn = rng.integers(0, units, (resampling.resamples, units))
    drawn += np.arange(resampling.resamples)[:, np.newaxis] * units
    weights[1:] = np.bincount(drawn.ravel(), minlength=drawn.size).reshape(drawn.shape)
    size = len(items)
    first, second = np.triu_indices(size)  # products and pairs are symmetric, sums are not
    return _alphas(
        weights @ products[:, first, second],
        (weights @ products[:, :size, size:].reshape(units, -1)).reshape(-1, size, size),
        weights @ products[:, size + first, size + second],
    )


def _unit_products(
    items: Sequence[ItemKey], answers: Answers, kind: Kind, rng: np.random.Generator
) -> Floats:
    """Sums of products of values and masks within each unit: units × 2k × 2k."""
    size, respondents = answers.shape
    tables = keyed_tables(items)
    units = min(respondents, UNITS)
    largest = -(-respondents // units)
    order = np.full(units * largest, -1)
    order[:respondents] = np.arange(respondents) if units == respondents else rng.permutation(respondents)
    dealt = order.reshape(largest, units).T
    products = np.empty((units, 2 * size, 2 * size), kind)
    step = max(BLOCK // largest, 1)
    for start in range(0, units, step):
        places = dealt[start : start + step]
        part = np.where(places.ravel() < 0, 0, answers[:, places.ravel()]).astype(np.uint8)
        values, given = keyed_values(tables, part, kind)
        both = np.concatenate([values, given]).reshape(2 * size, *places.shape).transpose(1, 0, 2)
        np.matmul(both, both.transpose(0, 2, 1), out=products[start : start + step])
    return products


def _alphas(products: Floats, sums: Floats, pairs: Floats) -> Floats:
    """Alpha of each resample from its sums over pairs of items (see `Moments`): resamples × pairs i ≤ j, for
    `sums` resamples × items × items."""
    size = sums.shape[1]
    first, second = np.triu_indices(size)
    products, pairs = products.astype(np.float64), pairs.astype(np.float64)
    cross = sums[:, first, second].astype(np.float64) * sums[:, second, first]
    with np.errstate(divide="ignore", invalid="ignore"):
        covariances = (products - cross / pairs) / (pairs - 1)
        own = covariances[:, first == second].sum(axis=1)
        total = 2 * covariances.sum(axis=1) - own
        found: Floats = size / (size - 1) * (1 - own / total)
    return np.where((total > 0) & (pairs > 1).all(axis=1), found, np.nan)
