"""What one answer sheet tells about itself: runs of the same option, and how much its answers vary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.scoring.precision import Floats
from assess.scoring.tally import Answers, blocks, small_unsigned

Options: TypeAlias = tuple[int, ...]
"""The values of an item's options, in the order in which they stand side by side."""

Counts: TypeAlias = npt.NDArray[Any]
Choices: TypeAlias = npt.NDArray[Any]

BLOCK = 16_384
"""Respondents at a time: what a row of a block needs stays in the nearest cache."""


@dataclass(frozen=True, slots=True)
class Runs:
    """`longest`: unsigned integers, 0 where nothing is answered; `average`: float64, NaN there."""

    longest: Counts
    average: Floats


def runs(choices: Choices) -> Runs:
    """The longest run of the same option one after the other, and the mean length of runs.

    `choices`: unsigned, item-major, rows in the order of asking, 0 = missing; equal numbers are the same
    option (see `choices_of`). A missing answer ends a run and is none itself. Longstring and average string
    of Johnson (2005) and Curran (2016).
    """
    items, respondents = choices.shape
    longest: Counts = np.zeros(respondents, small_unsigned(items))
    average = np.full(respondents, np.nan)
    for block in blocks(respondents, BLOCK):
        _block_of_runs(choices[:, block], longest[block], average[block])
    return Runs(longest, average)


def choices_of(answers: Answers, options: Sequence[Options]) -> Choices:
    """Answers as numbers that differ wherever the options differ: the third of five is not the third of
    eleven. `options`: those of each row. The answers themselves where all rows share their options."""
    offsets: dict[Options, int] = {}
    for values in options:
        offsets.setdefault(values, sum(map(len, offsets)))
    if len(offsets) < 2:
        return answers
    kind = small_unsigned(sum(map(len, offsets)))
    offset = np.array([offsets[values] for values in options], kind)
    return np.where(answers != 0, answers + offset[:, np.newaxis], 0).astype(kind)


def _block_of_runs(choices: Choices, longest: Counts, average: Floats) -> None:
    """Row after row: a run grows by one where the choice is that of the row before, and starts anew where
    another one is given."""
    run = np.zeros_like(longest)
    number = np.zeros_like(longest)
    answered = np.zeros_like(longest)
    before: Choices = np.zeros(longest.shape, choices.dtype)
    same = np.empty(longest.shape, np.bool_)
    given = np.empty(longest.shape, np.bool_)
    for row in choices:
        np.not_equal(row, 0, out=given)
        np.equal(row, before, out=same)
        np.logical_and(same, given, out=same)
        np.multiply(run, same.view(np.uint8), out=run)
        np.add(run, given.view(np.uint8), out=run)
        np.maximum(longest, run, out=longest)
        np.add(answered, given.view(np.uint8), out=answered)
        np.greater(given, same, out=same)
        np.add(number, same.view(np.uint8), out=number)
        before = row
    np.divide(answered, number, out=average, where=number > 0)


def variability(answers: Answers, values: Options) -> Floats:
    """Intra-individual response variability: the SD of each respondent's answers, before any is turned round.

    `answers`: uint8, item-major, of items that share their `values` (position p stands for `values[p - 1]`).
    float64 in units of the values, NaN under two answers. The denominator is the number of answers, as in
    PyPI's careless-py: the answers are all there are, not a sample (R's careless has n − 1). Dunn, Heggestad,
    Shanock & Theilgard (2018).
    """
    items, respondents = answers.shape
    lowest, highest = min(values), max(values)
    table = np.zeros(256, np.int64)
    table[1 : len(values) + 1] = np.array(values) - lowest
    sums_kind = small_unsigned(items * (highest - lowest))
    squares_kind = small_unsigned(items * (highest - lowest) ** 2)
    value_of, square_of = table.astype(sums_kind), (table**2).astype(squares_kind)
    found = np.full(respondents, np.nan)
    for block in blocks(respondents, BLOCK):
        rows = answers[:, block]
        sums = np.zeros(rows.shape[1], sums_kind)
        squares = np.zeros(rows.shape[1], squares_kind)
        answered = np.zeros(rows.shape[1], small_unsigned(items))
        for row in rows:
            sums += value_of.take(row)
            squares += square_of.take(row)
            answered += (row != 0).view(np.uint8)
        found[block] = _deviation(sums.astype(np.int64), squares.astype(np.int64), answered.astype(np.int64))
    return found


def _deviation(sums: Counts, squares: Counts, answered: Counts) -> Floats:
    """From whole numbers: no rounding before the root, so that equal answers give exactly 0."""
    found = np.full(sums.shape, np.nan)
    np.divide(np.sqrt(answered * squares - sums**2), answered, out=found, where=answered > 1)
    return found
