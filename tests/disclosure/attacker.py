"""Somebody with a spreadsheet: all sums that were ever published, and linear algebra.

Written apart from the guard: it knows no cells, patterns or blocks, only rows of zeros and ones over people.
Floating point nominates sets of people whose answers some combination of rows might tell; fractions decide.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

Row = frozenset[Hashable]


def told(rows: Sequence[Row], fewer_than: int) -> frozenset[Hashable] | None:
    """A set of fewer people than that, and more than nobody, who alone carry a combination of the rows."""
    classes: dict[tuple[bool, ...], list[Hashable]] = {}
    distinct = list(dict.fromkeys(rows))
    for person in sorted({name for row in distinct for name in row}, key=repr):
        classes.setdefault(tuple(person in row for row in distinct), []).append(person)
    columns = list(classes)
    if not columns:
        return None
    matrix = np.array(columns, dtype=float).T
    sizes = [len(classes[column]) for column in columns]
    # A combination is orthogonal to the null space: carried by few classes, it makes their rows dependent.
    _, singular, right = np.linalg.svd(matrix)
    null = right[int((singular > 1e-9).sum()) :].T
    small = [place for place, size in enumerate(sizes) if size < fewer_than]
    gram = null @ null.T
    for count in range(1, fewer_than):
        sets = [chosen for chosen in combinations(small, count) if sum(sizes[c] for c in chosen) < fewer_than]
        if not sets:
            break
        index = np.array(sets)
        blocks = gram[index[:, :, None], index[:, None, :]]
        for place in np.flatnonzero(np.linalg.eigvalsh(blocks)[:, 0] < 1e-6):
            if _carries(columns, sets[place]):
                return frozenset(name for c in sets[place] for name in classes[columns[c]])
    return None


def _carries(columns: Sequence[tuple[bool, ...]], chosen: Iterable[int]) -> bool:
    """Whether the rows have a combination that is not zero and vanishes outside: taking the chosen columns
    away lowers the rank."""
    left = set(chosen)
    rest = [column for place, column in enumerate(columns) if place not in left]
    return rank(rest) < rank(columns)


def rank(vectors: Sequence[Sequence[bool]]) -> int:
    """Exact, by elimination in fractions."""
    basis: list[list[Fraction]] = []
    pivots: list[int] = []
    for vector in vectors:
        left = [Fraction(int(value)) for value in vector]
        for row, pivot in zip(basis, pivots, strict=True):
            if left[pivot]:
                factor = left[pivot]
                left = [a - factor * b for a, b in zip(left, row, strict=True)]
        pivot = next((place for place, value in enumerate(left) if value), -1)
        if pivot >= 0:
            basis.append([value / left[pivot] for value in left])
            pivots.append(pivot)
    return len(basis)
