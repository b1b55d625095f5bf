"""From positions to categories of an item response model: reverse keys turned, rare categories merged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assess.scoring.form import ItemKey
from assess.scoring.tally import Answers

LEAST_ANSWERS = 10
"""A category with fewer answers has no threshold of its own: it would be little more than a guess."""


def ranks_of(item: ItemKey) -> tuple[int, ...]:
    """The rank (0…) of each position by keyed value; equal values share it."""
    order = sorted(set(item.keyed))
    return tuple(order.index(value) for value in item.keyed)


def merged(counts: Sequence[int], least: int = LEAST_ANSWERS) -> tuple[int, ...]:
    """The category of each rank, so that each has at least `least` answers.

    The rarest category (the lowest of equally rare ones) joins its rarer neighbour, again and again.
    """
    groups = [[rank] for rank in range(len(counts))]
    sizes = list(counts)
    while len(groups) > 1 and min(sizes) < least:
        rare = sizes.index(min(sizes))
        neighbours = [place for place in (rare - 1, rare + 1) if 0 <= place < len(groups)]
        other = min(neighbours, key=lambda place: sizes[place])
        low, high = sorted((rare, other))
        groups[low] += groups.pop(high)
        sizes[low] += sizes.pop(high)
    return tuple(place for place, group in enumerate(groups) for _ in group)


def categories_of(item: ItemKey, answers: Answers) -> tuple[int, ...]:
    """The category of each position of an item; `answers`: its row of positions, 0 = missing.

    () where fewer than two categories are left: the item does not vary.
    """
    ranks = ranks_of(item)
    positions = np.bincount(answers, minlength=len(ranks) + 1)[1 : len(ranks) + 1]
    counts = np.bincount(ranks, weights=positions, minlength=max(ranks) + 1).astype(np.int64)
    category = merged(counts.tolist())
    return tuple(category[rank] for rank in ranks) if category[-1] else ()


def category_matrix(categories: Sequence[tuple[int, ...]], answers: Answers) -> Answers:
    """uint8, as `answers`: category + 1 of each answer, 0 = missing. `categories` of each row."""
    found = np.empty_like(answers, order="C")
    for row, own in enumerate(categories):
        table = np.zeros(256, np.uint8)
        table[1 : len(own) + 1] = np.array(own, np.uint8) + 1
        np.take(table, answers[row], out=found[row], mode="clip")
    return found
