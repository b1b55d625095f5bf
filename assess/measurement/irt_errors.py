"""Standard errors of calibrated parameters."""

from __future__ import annotations

import numpy as np

from assess.measurement.grm import Curves, log_probabilities, scores_of
from assess.measurement.irt_likelihood import Patterns, posterior_of
from assess.scoring.precision import Floats


def standard_errors(curves: Curves, data: Patterns, grid: Floats) -> list[Floats | None]:
    """Of slope and thresholds of each item, from the cross-products of the patterns' scores (the empirical
    information); thresholds b = −d/a by the delta method. None where the information has no inverse."""
    items, size = curves.slopes.size, curves.categories
    own = [row * size + place for row, many in enumerate(curves.sizes) for place in range(many)]
    logs, scores = log_probabilities(curves, grid), scores_of(curves, grid)
    information = np.zeros((len(own), len(own)))
    for block, shown in data.blocks(size):
        posterior, _ = posterior_of(shown, logs, grid)
        gradient = np.empty((items, size, posterior.shape[0]))
        for row in range(items):  # over items
            each = (scores[row].reshape(-1, grid.size) @ posterior.T).reshape(size, size, -1)
            of_row = shown.reshape(items, size, -1)[row]
            gradient[row] = np.einsum("pcn,cn->pn", each, of_row)
        flat = gradient.reshape(items * size, -1)[own]
        information += (flat * data.weights[block]) @ flat.T
    if np.linalg.cond(information) > 1 / np.finfo(np.float64).eps:
        return [None] * items
    covariance = np.asarray(np.linalg.inv(information), np.float64)
    errors: list[Floats | None] = []
    first = 0
    for row, many in enumerate(curves.sizes):
        part = covariance[first : first + many, first : first + many]
        errors.append(_of_item(curves.slopes[row], curves.intercepts[row, : many - 1], part))
        first += many
    return errors


def _of_item(slope: float, intercepts: Floats, covariance: Floats) -> Floats:
    thresholds = -intercepts / slope
    variance = np.diag(covariance)
    of_thresholds = variance[1:] + thresholds**2 * variance[0] + 2 * thresholds * covariance[0, 1:]
    return np.asarray(np.sqrt(np.concatenate([variance[:1], of_thresholds / slope**2])))
