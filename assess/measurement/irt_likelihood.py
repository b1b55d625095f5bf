"""The marginal likelihood of a graded response model: patterns of answers summed over a grid of θ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assess.measurement.grm import Curves, log_probabilities, scores_of
from assess.measurement.irt_grid import log_weights
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers, blocks

BLOCK = 8_192
"""Patterns at a time."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Different patterns of categories (items × patterns, category + 1, 0 = missing) and how often each
    was given. Patterns without any answer are left out."""

    patterns: Answers
    weights: Floats

    def blocks(self, categories: int) -> Iterator[tuple[slice, Floats]]:
        """Columns and the indicator (items·categories) × patterns of each category given."""
        every = np.arange(1, categories + 1, dtype=np.uint8)[:, np.newaxis]
        for block in blocks(self.patterns.shape[1], BLOCK):
            shown = self.patterns[:, np.newaxis, block] == every
            yield block, shown.reshape(-1, shown.shape[2]).astype(np.float64)


def patterns_of(matrix: Answers) -> Patterns:
    """The patterns of a matrix of categories (items × respondents, category + 1, 0 = missing)."""
    matrix = matrix[:, matrix.any(axis=0)]
    unique, counts = np.unique(np.ascontiguousarray(matrix.T), axis=0, return_counts=True)
    return Patterns(np.ascontiguousarray(unique.T), counts.astype(np.float64))


@dataclass(frozen=True, slots=True)
class Place:
    """The likelihood and its surroundings at some parameters (items × parameters: a, d_1, …; those that an
    item does not have are 0 in `gradient` and 1 on the diagonal of `information`)."""

    log_likelihood: float
    gradient: Floats
    information: Floats


def likelihood_at(curves: Curves, data: Patterns, grid: Floats) -> Place:
    """E step: expected counts of each category at each point; from them gradient and complete information."""
    logs = log_probabilities(curves, grid)
    items, categories, points = logs.shape
    expected = np.zeros((items * categories, points))
    whole = 0.0
    for block, shown in data.blocks(categories):
        posterior, likelihood = posterior_of(shown, logs, grid)
        weights = data.weights[block]
        whole += float(weights @ likelihood)
        expected += shown @ (posterior * weights[:, np.newaxis])
    counts = expected.reshape(items, categories, points)
    scores = scores_of(curves, grid)
    gradient = np.einsum("jpcq,jcq->jp", scores, counts)
    at_points = counts.sum(axis=1, keepdims=True) * np.exp(logs)
    weighed = scores * np.sqrt(at_points)[:, np.newaxis]
    flat = weighed.reshape(items, categories, -1)
    information = flat @ flat.transpose(0, 2, 1)
    for row, size in enumerate(curves.sizes):
        gradient[row, size:] = 0
        information[row, size:, :] = information[row, :, size:] = 0
        information[row, range(size, categories), range(size, categories)] = 1
    return Place(whole, gradient, information)


def posterior_of(shown: Floats, logs: Floats, grid: Floats) -> tuple[Floats, Floats]:
    """Posterior on the grid (patterns × points) and ln of the marginal likelihood of each pattern."""
    joint = shown.T @ logs.reshape(-1, grid.size) + log_weights(grid)
    highest = joint.max(axis=1, keepdims=True)
    np.exp(np.subtract(joint, highest, out=joint), out=joint)
    total = joint.sum(axis=1, keepdims=True)
    joint /= total
    return joint, (highest + np.log(total))[:, 0]
