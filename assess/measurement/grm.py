"""The graded response model (Samejima 1969): its parameters, its probabilities and their derivatives.

P(answer in category c or above) = logistic(a·θ + d_c) = logistic(a·(θ − b_c)), b_c = −d_c / a: the logistic
metric, without D = 1.7. θ has mean 0 and SD 1 among those whom the model was calibrated on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from scipy.special import expit, log_expit

from assess.scoring.precision import Floats
from assess.scoring.result import Result

Caution: TypeAlias = Literal["merged-categories", "negative-slope", "steep-slope"]

STEEP = 5.0
"""Slopes beyond it are hardly ever real: two items that ask the same, or too few answers."""

_NO_CATEGORY = -1_000.0
"""The intercept of a category that an item does not have: nobody is ever in it."""


class GradedItem(Result, frozen=True):
    """One item as calibrated. `categories[p - 1]` is the category (0…) of position p: reverse keys are turned
    and rare categories merged; empty for an item that could not be used, with `reason` "constant-item".

    `slope` a per SD of θ; `thresholds` b_1 < b_2 < … in SD of θ (descending where a < 0), one fewer than
    there are categories; `slope_se`, `threshold_ses` their standard errors (None where the information has
    no inverse). `n`: answers to the item. `cautions`: see `Caution`.
    """

    id: str
    n: int
    categories: tuple[int, ...]
    slope: float | None
    slope_se: float | None
    thresholds: tuple[float, ...]
    threshold_ses: tuple[float, ...] | None
    cautions: tuple[Caution, ...]
    reason: str | None


class GradedModel(Result, frozen=True):
    """A calibrated scale; `items` in the order of its rows. `n`: sheets with at least one answer.

    `reason` says why there is none: "n-under-300", "fewer-than-3-items" (usable ones), "not-converged".
    `log_likelihood` is the marginal one (natural), `parameters` how many were estimated.
    """

    n: int
    items: tuple[GradedItem, ...]
    log_likelihood: float | None
    parameters: int
    iterations: int
    reason: str | None


class NoModel(ValueError):
    """There is no model to score with: its `reason` says why."""


@dataclass(frozen=True, slots=True)
class Curves:
    """Parameters as arrays: `slopes` (items,), `intercepts` (items, most thresholds), descending in each row
    and filled up with categories that nobody is in; `sizes` is the number of categories of each item."""

    slopes: Floats
    intercepts: Floats
    sizes: tuple[int, ...]

    @property
    def categories(self) -> int:
        return int(self.intercepts.shape[1]) + 1


def curves_of(model: GradedModel) -> Curves:
    """The usable items of a model as arrays. Raises `NoModel`."""
    usable = [item for item in model.items if item.slope is not None]
    if model.reason is not None or not usable:
        raise NoModel(model.reason or "fewer-than-3-items")
    slopes = np.array([item.slope for item in usable], np.float64)
    return make_curves(
        slopes, [-slope * np.array(item.thresholds) for slope, item in zip(slopes, usable, strict=True)]
    )


def make_curves(slopes: Floats, intercepts: Sequence[Floats]) -> Curves:
    """Curves of items with different numbers of intercepts (each row descending)."""
    most = max(map(len, intercepts))
    filled = np.empty((len(intercepts), most))
    for row, own in zip(filled, intercepts, strict=True):
        row[: len(own)] = own
        row[len(own) :] = filler(most - len(own))
    return Curves(np.asarray(slopes, np.float64), filled, tuple(len(own) + 1 for own in intercepts))


def filler(number: int) -> Floats:
    """Intercepts of categories that an item does not have."""
    return np.asarray(_NO_CATEGORY * np.arange(1, number + 1, dtype=np.float64))


def log_probabilities(curves: Curves, theta: Floats) -> Floats:
    """ln P of each category: items × categories × points.

    P_c = F(z_c) − F(z_{c+1}) = F(z_c) · F(−z_{c+1}) · (1 − e^(z_{c+1} − z_c)), F logistic: no difference of
    two numbers near 1, so the tails are exact.
    """
    z = _logits(curves, theta)
    points = (curves.slopes.size, 1, theta.size)
    found = np.concatenate([np.zeros(points), log_expit(z)], axis=1)
    found[:, :-1] += log_expit(-z)
    found[:, 1:-1] += np.log1p(-_ratio(curves))[:, :, np.newaxis]
    return np.asarray(found)


def _logits(curves: Curves, theta: Floats) -> Floats:
    return np.asarray(
        curves.slopes[:, np.newaxis, np.newaxis] * theta + curves.intercepts[:, :, np.newaxis], np.float64
    )


def _ratio(curves: Curves) -> Floats:
    """e^(z_{c+1} − z_c), which does not depend on θ: items × (thresholds − 1)."""
    return np.asarray(np.exp(np.diff(curves.intercepts, axis=1)))


def scores_of(curves: Curves, theta: Floats) -> Floats:
    """∂ ln P_c / ∂(a, d_1, d_2, …): items × parameters × categories × points."""
    z = _logits(curves, theta)
    items, thresholds, points = z.shape
    ratio = _ratio(curves)
    steep = (ratio / (1 - ratio))[:, :, np.newaxis]
    found = np.zeros((items, thresholds + 1, thresholds + 1, points))
    below, above = expit(-z), -expit(z)
    for place in range(thresholds):  # over thresholds: at most eleven
        lower, upper = found[:, place + 1, place], found[:, place + 1, place + 1]
        lower += above[:, place]  # the category under the threshold
        upper += below[:, place]  # the one above it
        if place > 0:
            lower -= steep[:, place - 1]
        if place < thresholds - 1:
            upper += steep[:, place]
    found[:, 0] = found[:, 1:].sum(axis=1) * theta
    return found
