"""Keyed answers block by block, and how far each sheet lies from what all sheets have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.special import gammaincc

from assess.scoring.form import ItemKey
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers, blocks

BLOCK = 8_192
"""Respondents at a time: 32 items of a block fill 2 MB as floats."""

Mask: TypeAlias = Floats
"""1.0 where there is an answer, 0.0 where there is none: for products of matrices."""


@dataclass(frozen=True, slots=True)
class KeyedBlock:
    """Keyed values of a block of respondents, each less the middle of its response scale; 0 where missing.

    `values` and `given` are items × respondents. Values are whole or half numbers: sums of products of them
    are exact, so a variance of nothing is exactly nothing; and the value of a turned item is its negative.
    """

    columns: slice
    values: Floats
    given: Mask
    complete: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keyed answers, made block by block. `answers`: uint8, rows as `items`."""

    answers: Answers
    items: Sequence[ItemKey]

    @property
    def respondents(self) -> int:
        return int(self.answers.shape[1])

    def centred(self, means: Floats) -> Floats:
        """Mean keyed values (items,) in the units of the blocks; 0 for an item that nobody answered."""
        middle = np.array([(item.lo + item.hi) / 2 for item in self.items])
        return np.asarray(np.nan_to_num(means - middle))

    def __iter__(self) -> Iterator[KeyedBlock]:
        tables = [_table(item) for item in self.items]
        for block in blocks(self.respondents, BLOCK):
            positions = self.answers[:, block]
            values = np.empty(positions.shape)
            for row, table in enumerate(tables):
                np.take(table, positions[row], out=values[row], mode="clip")
            given = positions != 0
            yield KeyedBlock(block, values, given.astype(np.float64), bool(given.all()))


def _table(item: ItemKey) -> Floats:
    table = np.zeros(256)
    table[1 : len(item.keyed) + 1] = np.array(item.keyed) - (item.lo + item.hi) / 2
    return table


# --- distance --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Distances:
    """`squared` (D²) and its χ² `probability` to lie at least so far out; NaN where nothing is answered."""

    squared: Floats
    probability: Floats


def inverse_of(covariance: Floats) -> Floats | None:
    """The inverse of a covariance matrix; None where it has none: an item that does not vary, an item that
    follows from others, or pairwise figures that do not fit together (an indefinite matrix)."""
    if not np.isfinite(covariance).all():
        return None
    deviation = np.sqrt(np.diag(covariance))
    if not (deviation > 0).all():
        return None
    standard = covariance / np.outer(deviation, deviation)
    if np.linalg.eigvalsh(standard)[0] < _LEAST_EIGENVALUE:
        return None
    try:
        inverse = cho_solve(cho_factor(standard), np.eye(len(standard)))
    except LinAlgError:  # pragma: no cover - the eigenvalues have ruled it out
        return None
    return np.asarray(inverse / np.outer(deviation, deviation))


_LEAST_EIGENVALUE = 1e-8
"""Of a correlation matrix: under it one item is a sum of others up to rounding."""


def distances(keyed: Keyed, means: Floats, inverse: Floats) -> Distances:
    """Mahalanobis D² of each respondent from the sample's means, on the items that the respondent answered.

    `means`: of the items over all who answered them, as `Keyed.centred` has them; `inverse`: S⁻¹, of the
    pairwise-complete covariances of the sample, the respondent included (`inverse_of`).
    With all answered it is (x − m)ᵀ S⁻¹ (x − m). With some missing it is the same on the answered items o
    alone, with S_oo and their number as degrees of freedom: nothing is imputed. (R's careless puts the mean
    in place of a missing answer, which makes such sheets look ordinary.) χ² is what normal answers would
    follow; answers in steps have heavier tails.
    """
    squared = np.full(keyed.respondents, np.nan)
    degrees = np.zeros(keyed.respondents)
    for block in keyed:
        away = (block.values - means[:, np.newaxis]) * block.given
        turned = inverse @ away
        found = np.einsum("ij,ij->j", away, turned)
        if not block.complete:
            found -= _not_given(block.given, turned, inverse)
        degrees[block.columns] = block.given.sum(axis=0)
        squared[block.columns] = found
    squared[degrees == 0] = np.nan
    probability = np.full(keyed.respondents, np.nan)
    answered = degrees > 0
    probability[answered] = gammaincc(degrees[answered] / 2, np.maximum(squared[answered], 0) / 2)
    return Distances(squared=squared, probability=probability)


def _not_given(given: Mask, turned: Floats, inverse: Floats) -> Floats:
    """What missing answers, put at their means, add to D²: with P = S⁻¹ and m the missing items, S_oo⁻¹ is
    P_oo − P_om P_mm⁻¹ P_mo. Respondents with equally many missing are solved together."""
    surplus = np.zeros(given.shape[1])
    missing = given == 0
    number = missing.sum(axis=0)
    for many in np.unique(number[number > 0]).tolist():
        columns = np.flatnonzero(number == many)
        rows: npt.NDArray[np.intp] = np.nonzero(missing[:, columns].T)[1].reshape(-1, many)
        right = turned[rows, columns[:, np.newaxis]]
        left = inverse[rows[:, :, np.newaxis], rows[:, np.newaxis, :]]
        solved = np.linalg.solve(left, right[:, :, np.newaxis])[:, :, 0]
        surplus[columns] = np.einsum("ij,ij->i", right, solved)
    return surplus
