"""Sums of products of keyed answers over pairs of items: all that covariances with missing answers need.

Keyed values are small whole numbers; measured from a whole number near the middle of their range they are
smaller still, so a block's products are exact in single precision and every sum here is an exact integer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np

from assess.scoring.form import ItemKey
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers

Kind: TypeAlias = type[np.float32] | type[np.float64]

BLOCK = 65_536
"""Respondents at a time: 40 items of a block and their masks fill 20 MB."""
_EXACT = 2**24
"""Whole numbers up to here are exact in single precision."""


@dataclass(frozen=True)
class Moments:
    """Sums over the respondents who answered both items of a pair, items × items (float64, whole numbers).

    `pairs[i, j]`: how many they are; `sums[i, j]`: Σ x_i; `squares[i, j]`: Σ x_i²; `products[i, j]`: Σ
    x_i·x_j, where x is keyed value − `bases` of its item. On the diagonal: all who answered the item.
    """

    bases: Floats
    pairs: Floats
    sums: Floats
    squares: Floats
    products: Floats

    def of(self, rows: Sequence[int]) -> Moments:
        """Those of some items, in this order."""
        places = np.ix_(rows, rows)
        return Moments(
            self.bases[list(rows)],
            self.pairs[places],
            self.sums[places],
            self.squares[places],
            self.products[places],
        )

    def means(self) -> Floats:
        """Mean keyed value of each item over all who answered it (items,), NaN where nobody did."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.bases + np.diag(self.sums) / np.diag(self.pairs)

    def covariances(self) -> Floats:
        """Covariances (n − 1) over the respondents who answered both; NaN where fewer than two did.

        On the diagonal the variance over all who answered the item: R's `cov(use = "pairwise")`. With missing
        answers the matrix need not be positive semidefinite.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            found = (self.products - self.sums * self.sums.T / self.pairs) / (self.pairs - 1)
        return np.where(self.pairs > 1, found, np.nan)

    def correlations(self) -> Floats:
        """Correlations over the respondents who answered both, each with the SDs of just these: R's
        `cor(use = "pairwise")`. NaN where an item has no variance among them."""
        with np.errstate(invalid="ignore", divide="ignore"):
            own = self.squares - self.sums**2 / self.pairs
            found = (self.products - self.sums * self.sums.T / self.pairs) / np.sqrt(own * own.T)
        return np.where((own > 0) & (own.T > 0), found, np.nan)


def moments(items: Sequence[ItemKey], answers: Answers) -> Moments:
    """The sums of all pairs of `items`.

    `answers`: uint8, rows as `items`, columns respondents; positions 1…m, 0 = missing. One pass over blocks.
    """
    size = len(items)
    tables = keyed_tables(items)
    kind, block = working_type(items)
    pairs, sums, squares, products = (np.zeros((size, size)) for _ in range(4))
    for start in range(0, answers.shape[1], block):
        part = answers[:, start : start + block]
        values, given = keyed_values(tables, part, kind)
        pairs += given @ given.T
        sums += values @ given.T
        products += values @ values.T
        squares += np.square(values, out=values) @ given.T
    return Moments(bases(items), pairs, sums, squares, products)


def bases(items: Sequence[ItemKey]) -> Floats:
    """The whole number in the middle of each item's range, or just below (items,)."""
    return np.array([(item.lo + item.hi) // 2 for item in items], np.float64)


def working_type(items: Sequence[ItemKey], respondents: int = BLOCK // 16) -> tuple[Kind, int]:
    """The type that holds sums over `respondents` exactly, and how many of them to take at once."""
    reach = max((max(item.hi - base, base - item.lo) for item, base in _with_base(items)), default=1)
    exact = _EXACT // max(reach * reach, 1)
    if exact >= 2 * respondents:
        return np.float32, min(BLOCK, exact)
    return np.float64, BLOCK


def _with_base(items: Sequence[ItemKey]) -> list[tuple[ItemKey, int]]:
    return [(item, (item.lo + item.hi) // 2) for item in items]


def keyed_tables(items: Sequence[ItemKey]) -> list[Floats]:
    """For each item a table of 256 from position to keyed value − base; 0 for position 0."""
    tables = []
    for item, base in _with_base(items):
        table = np.zeros(256)
        table[1 : len(item.values) + 1] = np.array(item.keyed) - base
        tables.append(table)
    return tables


def keyed_values(tables: Sequence[Floats], answers: Answers, kind: Kind) -> tuple[Floats, Floats]:
    """Keyed value − base (0 where missing) and 1 where answered, 0 where not: two arrays like `answers`."""
    values = np.empty(answers.shape, kind)
    for row, table in enumerate(tables):
        np.take(table.astype(kind), answers[row], out=values[row], mode="clip")
    return cast("Floats", values), cast("Floats", (answers != 0).astype(kind))
