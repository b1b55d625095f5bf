"""EAP scores of a calibrated graded response model, for any number of respondents.

Bock & Mislevy (1982): mean and SD of the posterior of θ on a grid, with a standard normal prior. Items are
put together into few tables of likelihoods, one row for each combination of their categories, so that a
respondent costs a few look-ups and products.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.measurement.grm import GradedModel, curves_of, log_probabilities
from assess.measurement.information import information_of
from assess.measurement.irt_grid import POINTS, log_weights, make_grid, points_for
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers, BadAnswers, blocks

Codes: TypeAlias = npt.NDArray[Any]

BLOCK = 1_024
"""Respondents at a time: their likelihoods on the grid fill half a megabyte."""
COMBINATIONS = 1_300
"""Rows of a table on 61 points (on more, fewer): four items of five categories, or missing, make 1,296."""
_SAFE = -600.0
"""ln of a likelihood that a product of probabilities may reach; at −708 a float is nearly 0."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """EAP scores and their standard errors (posterior SDs) in SD of θ: float64, NaN for sheets without an
    answer to any usable item. They are drawn towards 0: their own SD is less than 1."""

    theta: Floats
    standard_error: Floats

    def reliability(self) -> float:
        """The empirical reliability: variance of the scores / (that + mean squared standard error); NaN under
        two scores."""
        known = ~np.isnan(self.theta)
        if known.sum() < 2:
            return float("nan")
        variance = float(self.theta[known].var())
        return variance / (variance + float(np.mean(self.standard_error[known] ** 2)))


def eap(model: GradedModel, answers: Answers, *, points: int | None = None) -> Abilities:
    """Score each respondent on θ.

    `answers`: uint8, item-major, rows as `model.items`, positions 1…m, 0 = missing (left out of the
    likelihood). `points`: of the grid from −6 to 6; None: 61, or more where the test is so long that its
    posteriors are narrower than 61 points can follow. Also the lowest and highest patterns have a score.
    Raises `NoModel` and, for another shape or type and for positions that are no option, `BadAnswers`.
    """
    curves = curves_of(model)
    _check(model, answers)
    if points is None:
        points = points_for(1 / np.sqrt(1 + float(information_of(curves, make_grid()).sum(axis=0).max())))
    grid = make_grid(points)
    logs = log_probabilities(curves, grid)
    used = [row for row, item in enumerate(model.items) if item.slope is not None]
    groups = _groups(curves.sizes, COMBINATIONS * POINTS // points)
    tables = [_table([logs[place, : curves.sizes[place]] for place in group]) for group in groups]
    codes = [
        _codes([model.items[used[place]].categories for place in group], answers[[used[p] for p in group]])
        for group in groups
    ]
    tables[0] = tables[0] + log_weights(grid)
    middle = points // 2
    safe = sum(float(table[:, middle].min()) for table in tables) > _SAFE
    theta, error = (_products if safe else _sums)(tables, codes, grid)
    blank = ~answers[used].any(axis=0)
    theta[blank] = error[blank] = np.nan
    return Abilities(theta, error)


def _check(model: GradedModel, answers: Answers) -> None:
    if answers.ndim != 2 or len(answers) != len(model.items) or answers.dtype != np.uint8:
        raise BadAnswers(
            f"answers are a uint8 matrix of {len(model.items)} rows, not {answers.dtype} {answers.shape}"
        )
    for item, row in zip(model.items, answers, strict=True):
        if item.categories and row.max(initial=0) > len(item.categories):
            place = int(np.argmax(row > len(item.categories))) + 1
            raise BadAnswers(f"respondent number {place} has an answer to {item.id} that is no option")


def _groups(sizes: Sequence[int], combinations: int) -> list[list[int]]:
    """Items in order, as many together as a table may have combinations; one at least."""
    groups: list[list[int]] = [[]]
    for place, size in enumerate(sizes):
        together = prod(sizes[other] + 1 for other in groups[-1])
        if groups[-1] and together * (size + 1) > combinations:
            groups.append([])
        groups[-1].append(place)
    return groups


def _table(logs: Sequence[Floats]) -> Floats:
    """ln likelihood of each combination of categories (0 = missing first; the last item turns fastest) at
    each point."""
    table = np.zeros((1, logs[0].shape[1]))
    for own in logs:
        each = np.concatenate([np.zeros((1, own.shape[1])), own])
        table = (table[:, np.newaxis] + each).reshape(-1, own.shape[1])
    return table


def _codes(categories: Sequence[tuple[int, ...]], answers: Answers) -> Codes:
    """The row of a group's table for each respondent."""
    sizes = [max(own) + 2 for own in categories]
    found: Codes = np.zeros(answers.shape[1], np.intp)
    for place, (own, row) in enumerate(zip(categories, answers, strict=True)):
        step = prod(sizes[place + 1 :])
        table = np.zeros(256, np.intp)
        table[1 : len(own) + 1] = (np.array(own) + 1) * step
        found += table.take(row)
    return found


def _moments(likelihoods: Floats, grid: Floats, theta: Floats, error: Floats) -> None:
    sums = likelihoods @ np.stack([np.ones_like(grid), grid, grid**2], axis=1)
    np.divide(sums[:, 1], sums[:, 0], out=theta)
    np.sqrt(sums[:, 2] / sums[:, 0] - theta**2, out=error)


def _products(tables: Sequence[Floats], codes: Sequence[Codes], grid: Floats) -> tuple[Floats, Floats]:
    """Likelihoods as products: where even the least likely pattern is far from a float's smallest number."""
    factors = [np.exp(table) for table in tables]
    theta, error = np.empty(codes[0].size), np.empty(codes[0].size)
    size = min(BLOCK, codes[0].size)
    whole, factor = np.empty((size, grid.size)), np.empty((size, grid.size))
    for block in blocks(codes[0].size, BLOCK):
        here, other = whole[: block.stop - block.start], factor[: block.stop - block.start]
        np.take(factors[0], codes[0][block], axis=0, out=here, mode="clip")
        for table, code in zip(factors[1:], codes[1:], strict=True):
            np.take(table, code[block], axis=0, out=other, mode="clip")
            np.multiply(here, other, out=here)
        _moments(here, grid, theta[block], error[block])
    return theta, error


def _sums(tables: Sequence[Floats], codes: Sequence[Codes], grid: Floats) -> tuple[Floats, Floats]:
    """The same in logarithms, for long tests."""
    theta, error = np.empty(codes[0].size), np.empty(codes[0].size)
    for block in blocks(codes[0].size, BLOCK):
        here = sum(table[code[block]] for table, code in zip(tables, codes, strict=True))
        here -= np.max(here, axis=1, keepdims=True)
        _moments(np.exp(here), grid, theta[block], error[block])
    return theta, error
