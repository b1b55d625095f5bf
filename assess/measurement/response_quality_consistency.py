"""Correlations within one sheet: halves of scales, pairs of items that go together, and the items' means.

Everything is sums of products with few fixed matrices, so that no respondent is looked at alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assess.measurement.response_quality_sample import Keyed
from assess.scoring.precision import Floats

SYNONYM_FROM = 0.60
"""Two items are synonyms where |r| in the sample reaches this: fixed in advance, as usual (Curran 2016)."""
LEAST_PAIRS = 3
"""Answered pairs under which no correlation over them is given (it would say nothing)."""
LEAST_SCALES = 5
"""Scales under which there is no even–odd consistency: it would be a correlation of four points or fewer."""
_ROUNDING = 1e-12


# --- even and odd items of scales ------------------------------------------------------------------


def even_odd(keyed: Keyed, scales: Sequence[Sequence[int]]) -> Floats:
    """Even–odd consistency of each respondent: float64, −1…1, NaN where it cannot be known.

    `scales`: the rows of each scale, in its order. The mean of the first, third, … item and that of the
    second, fourth, … are correlated over the scales and the correlation stepped up by Spearman–Brown,
    2r / (1 + r), at least −1: as R's `careless::evenodd` from 1.2.0 (Johnson 2005). A scale counts where both
    halves have an answer; under `LEAST_SCALES` of them, or without differences in a half, it is NaN.
    """
    odd, even = _halves(scales, len(keyed.items))
    found = np.full(keyed.respondents, np.nan)
    for block in keyed:
        counts = odd @ block.given, even @ block.given
        valid = (counts[0] > 0) & (counts[1] > 0)
        first = np.divide(odd @ block.values, counts[0], out=np.zeros(valid.shape), where=valid)
        second = np.divide(even @ block.values, counts[1], out=np.zeros(valid.shape), where=valid)
        r = correlation(
            valid.sum(axis=0).astype(np.float64),
            (first.sum(axis=0), second.sum(axis=0)),
            (np.square(first).sum(axis=0), np.square(second).sum(axis=0)),
            (first * second).sum(axis=0),
            LEAST_SCALES,
        )
        found[block.columns] = spearman_brown(r)
    return found


def _halves(scales: Sequence[Sequence[int]], items: int) -> tuple[Floats, Floats]:
    odd, even = np.zeros((len(scales), items)), np.zeros((len(scales), items))
    for place, rows in enumerate(scales):
        odd[place, list(rows[::2])] = 1
        even[place, list(rows[1::2])] = 1
    return odd, even


def spearman_brown(r: Floats) -> Floats:
    """The correlation of two halves stepped up to the whole: 2r / (1 + r), never under −1."""
    doubled = np.full(r.shape, -1.0)
    np.divide(2 * r, 1 + r, out=doubled, where=~(r <= -1 + _ROUNDING))
    return np.asarray(np.maximum(doubled, -1.0))


# --- synonyms --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows with |r| ≥ `SYNONYM_FROM`: `first` > `second`, and `sign` −1 where r is negative."""

    first: npt.NDArray[np.intp]
    second: npt.NDArray[np.intp]
    sign: Floats

    def __len__(self) -> int:
        return len(self.first)


def synonym_pairs(correlations: Floats, cut: float = SYNONYM_FROM) -> Pairs:
    """The pairs of items that go together in this sample; one with an unknown r (NaN) is none."""
    r = np.tril(np.nan_to_num(correlations), -1)
    first, second = np.nonzero(np.abs(r) >= cut)
    return Pairs(first, second, np.sign(r[first, second]))


def synonyms(keyed: Keyed, pairs: Pairs) -> Floats:
    """The correlation of each respondent's answers over the pairs, later item with earlier one (as
    careless-py has it): float64, NaN under `LEAST_PAIRS` pairs with both answers or without differences.

    Keyed values; where a pair's r is negative its second item is turned round (Meade & Craig 2012).
    """
    items = len(keyed.items)
    chosen, signed = np.zeros((items, items)), np.zeros((items, items))
    chosen[pairs.first, pairs.second] = 1
    signed[pairs.first, pairs.second] = pairs.sign
    found = np.full(keyed.respondents, np.nan)
    for block in keyed:
        values, squares = block.values, np.square(block.values)
        partner = chosen @ block.given  # answered partners of an item that stands first
        found[block.columns] = correlation(
            (block.given * partner).sum(axis=0),
            ((values * partner).sum(axis=0), (values * (signed.T @ block.given)).sum(axis=0)),
            ((squares * partner).sum(axis=0), (squares * (chosen.T @ block.given)).sum(axis=0)),
            (values * (signed @ values)).sum(axis=0),
            LEAST_PAIRS,
        )
    return found


# --- person and total ------------------------------------------------------------------------------


def person_total(keyed: Keyed, means: Floats) -> Floats:
    """The correlation of each respondent's keyed answers with the `means` of the same items in the sample
    (which holds the respondent; as `Keyed.centred` has them): float64, NaN under three answers or without
    differences.

    Donlon & Fischer (1968). Keyed, so that who is low on everything is not taken for careless; where items
    have nearly the same mean it says little.
    """
    found = np.full(keyed.respondents, np.nan)
    for block in keyed:
        found[block.columns] = correlation(
            block.given.sum(axis=0),
            (block.values.sum(axis=0), means @ block.given),
            (np.square(block.values).sum(axis=0), means**2 @ block.given),
            means @ block.values,
            LEAST_PAIRS,
        )
    return found


def correlation(
    n: Floats, sums: tuple[Floats, Floats], squares: tuple[Floats, Floats], products: Floats, least: int
) -> Floats:
    """Pearson's r from sums; NaN where n < `least` or one of the two does not vary."""
    first, second = (n * square - total**2 for square, total in zip(squares, sums, strict=True))
    known = (n >= least) & (first > _ROUNDING * n * squares[0]) & (second > _ROUNDING * n * squares[1])
    r = np.full(n.shape, np.nan)
    root = np.sqrt(first * second, out=np.ones(n.shape), where=known)
    np.divide(n * products - sums[0] * sums[1], root, out=r, where=known)
    return np.asarray(np.clip(r, -1.0, 1.0))
