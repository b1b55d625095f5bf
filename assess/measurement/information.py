"""Where on the scale a calibrated model measures well: information, standard errors, marginal reliability."""

from __future__ import annotations

import numpy as np

from assess.measurement.grm import Curves, GradedModel, curves_of, log_probabilities, scores_of
from assess.measurement.irt_grid import log_weights, make_grid
from assess.scoring.precision import Floats

_POINTS = 601
"""For integrals over the population: information curves are smooth, this is far more than enough."""


def item_information(model: GradedModel, theta: Floats) -> Floats:
    """Fisher information of each item at each θ: items × points, rows as `model.items`; 0 for an unused item.

    I = Σ_c P′_c² / P_c (Samejima 1969). Raises `NoModel`.
    """
    found = np.zeros((len(model.items), np.size(theta)))
    used = [row for row, item in enumerate(model.items) if item.slope is not None]
    found[used] = information_of(curves_of(model), np.atleast_1d(np.asarray(theta, np.float64)))
    return found


def information_of(curves: Curves, theta: Floats) -> Floats:
    """As `item_information`, of curves: ∂ln P/∂θ is a times the sum of ∂ln P/∂d over the thresholds."""
    slope = curves.slopes[:, np.newaxis, np.newaxis]
    steepness = slope * scores_of(curves, theta)[:, 1:].sum(axis=1)
    return np.asarray((np.exp(log_probabilities(curves, theta)) * steepness**2).sum(axis=1))


def test_information(model: GradedModel, theta: Floats) -> Floats:
    """The sum over items (points,); without the population's own information of 1. Raises `NoModel`."""
    return np.asarray(item_information(model, theta).sum(axis=0))


def standard_error(model: GradedModel, theta: Floats) -> Floats:
    """1/√(I + 1): about what the standard error of an EAP score is at each θ (points,). Raises `NoModel`."""
    return np.asarray(1 / np.sqrt(test_information(model, theta) + 1))


def marginal_reliability(model: GradedModel) -> float:
    """∫ I/(I + 1) φ(θ) dθ: the share of the variance of θ that scores reflect, on average over the population
    that the model was calibrated on (Green, Bock, Humphreys, Linn & Reckase 1984). Raises `NoModel`."""
    grid = make_grid(_POINTS)
    information = test_information(model, grid)
    return float(np.exp(log_weights(grid)) @ (information / (information + 1)))
