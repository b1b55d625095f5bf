"""Calibrates a graded response model by marginal maximum likelihood, missing answers allowed.

The marginal likelihood (Bock & Aitkin 1981) is summed over a fixed grid of θ from −6 to 6. Its gradient is
that of the expected complete-data likelihood (Fisher's identity); each step is a quasi-Newton step whose
first guess at the curvature is the complete-data information: the first one is an EM step (Lange 1995).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assess.measurement.grm import (
    STEEP,
    Caution,
    Curves,
    GradedItem,
    GradedModel,
    make_curves,
)
from assess.measurement.irt_categories import categories_of, category_matrix
from assess.measurement.irt_errors import standard_errors
from assess.measurement.irt_grid import POINTS, make_grid
from assess.measurement.irt_likelihood import Patterns, Place, likelihood_at, patterns_of
from assess.scoring.form import ItemKey
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers

LEAST_SHEETS = 300
LEAST_ITEMS = 3
STEPS = 300
ENOUGH = 1e-8
"""Iteration ends where a step promises less log-likelihood than this for each sheet."""
MEMORY = 8
"""Steps whose curvature is remembered."""


def calibrate(items: Sequence[ItemKey], answers: Answers, *, points: int = POINTS) -> GradedModel:
    """Calibrate one scale.

    `answers`: uint8, item-major, rows as `items`, positions 1…m, 0 = missing (ignored: missing at random).
    Keys are turned; categories with fewer than ten answers join a neighbour, and the item says so. The result
    has a `reason` where there are under 300 sheets, under three items that vary, or no convergence.
    Raises `ValueError` for another shape or type.
    """
    if answers.ndim != 2 or len(answers) != len(items) or answers.dtype != np.uint8:
        raise ValueError(
            f"answers are a uint8 matrix of {len(items)} rows, not {answers.dtype} {answers.shape}"
        )
    given = answers != 0
    n = int(given.any(axis=0).sum())
    number = given.sum(axis=1).tolist()
    categories = [categories_of(item, row) for item, row in zip(items, answers, strict=True)]
    usable = [row for row, own in enumerate(categories) if own]
    reason = (
        "n-under-300" if n < LEAST_SHEETS else "fewer-than-3-items" if len(usable) < LEAST_ITEMS else None
    )
    if reason is not None:
        return _no_model(items, number, categories, n, reason)
    data = patterns_of(category_matrix([categories[row] for row in usable], answers[usable]))
    grid = make_grid(points)
    sizes = tuple(max(categories[row]) + 1 for row in usable)
    found = _maximise(data, sizes, grid)
    if not found.converged:
        return _no_model(items, number, categories, n, "not-converged")
    errors = iter(standard_errors(found.curves, data, grid))
    slopes = dict(zip(usable, range(len(usable)), strict=True))
    return GradedModel(
        n=n,
        items=tuple(
            _item(item, number[row], categories[row], found.curves, slopes[row], next(errors))
            if row in slopes
            else _unused(item, number[row], ())
            for row, item in enumerate(items)
        ),
        log_likelihood=found.here.log_likelihood,
        parameters=sum(sizes),
        iterations=found.iterations,
        reason=None,
    )


def _no_model(
    items: Sequence[ItemKey],
    number: Sequence[int],
    categories: Sequence[tuple[int, ...]],
    n: int,
    reason: str,
) -> GradedModel:
    unused = tuple(
        _unused(item, many, own) for item, many, own in zip(items, number, categories, strict=True)
    )
    return GradedModel(n=n, items=unused, log_likelihood=None, parameters=0, iterations=0, reason=reason)


def _unused(item: ItemKey, n: int, categories: tuple[int, ...]) -> GradedItem:
    return GradedItem(
        id=item.id,
        n=n,
        categories=categories,
        slope=None,
        slope_se=None,
        thresholds=(),
        threshold_ses=None,
        cautions=(),
        reason=None if categories else "constant-item",
    )


def _item(
    item: ItemKey, n: int, categories: tuple[int, ...], curves: Curves, row: int, errors: Floats | None
) -> GradedItem:
    slope = float(curves.slopes[row])
    thresholds = -curves.intercepts[row, : curves.sizes[row] - 1] / slope
    cautions: list[Caution] = []
    if curves.sizes[row] < len(set(item.values)):
        cautions.append("merged-categories")
    if slope < 0:
        cautions.append("negative-slope")
    if abs(slope) > STEEP:
        cautions.append("steep-slope")
    return GradedItem(
        id=item.id,
        n=n,
        categories=categories,
        slope=slope,
        slope_se=None if errors is None else float(errors[0]),
        thresholds=tuple(thresholds.tolist()),
        threshold_ses=None if errors is None else tuple(errors[1:].tolist()),
        cautions=tuple(cautions),
        reason=None,
    )


# --- the maximum -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    curves: Curves
    here: Place
    iterations: int
    converged: bool


def _maximise(data: Patterns, sizes: tuple[int, ...], grid: Floats) -> _Found:
    """Quasi-Newton ascent (limited-memory BFGS); a step that lowers the likelihood is halved."""
    curves = _start(data, sizes)
    here = likelihood_at(curves, data, grid)
    history: deque[tuple[Floats, Floats]] = deque(maxlen=MEMORY)
    enough = ENOUGH * float(data.weights.sum())
    for iteration in range(1, STEPS + 1):
        direction = _direction(here, history)
        promised = float((direction * here.gradient).sum())
        if promised < enough:
            return _Found(curves, here, iteration, converged=True)
        taken = _step(curves, here, direction, data, grid)
        if taken is None:
            if not history:
                return _Found(curves, here, iteration, converged=False)
            history.clear()  # a bad guess at the curvature: back to EM's
            continue
        step, curves, place = taken
        change = here.gradient - place.gradient
        if float((step * change).sum()) > 0:
            history.append((step, change))
        here = place
    return _Found(curves, here, STEPS, converged=False)


def _start(data: Patterns, sizes: tuple[int, ...]) -> Curves:
    """Slopes 1 and the intercepts that then give the shares of the categories, about."""
    intercepts = []
    for row, size in zip(data.patterns, sizes, strict=True):
        counts = np.bincount(row, weights=data.weights, minlength=size + 1)[1:] + 0.5
        above = counts[::-1].cumsum()[::-1][1:] / counts.sum()
        intercepts.append(1.16 * np.log(above / (1 - above)))  # √(1 + (1/1.7)²)
    return make_curves(np.ones(len(sizes)), intercepts)


def _direction(here: Place, history: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Two-loop recursion (Nocedal 1980) around the inverse of the complete-data information."""
    direction = here.gradient.copy()
    shares = []
    for step, change in reversed(history):
        share = float((step * direction).sum() / (step * change).sum())
        shares.append(share)
        direction -= share * change
    direction = np.asarray(
        np.linalg.solve(here.information, direction[:, :, np.newaxis])[:, :, 0], np.float64
    )
    for (step, change), share in zip(history, reversed(shares), strict=True):
        direction += (share - float((change * direction).sum() / (step * change).sum())) * step
    return direction


def _step(
    curves: Curves, here: Place, direction: Floats, data: Patterns, grid: Floats
) -> tuple[Floats, Curves, Place] | None:
    """The longest of the step and its halves that keeps the order of thresholds and raises the likelihood."""
    promised = float((direction * here.gradient).sum())
    length = 1.0
    for _ in range(12):
        step = length * direction
        moved = Curves(curves.slopes + step[:, 0], curves.intercepts + step[:, 1:], curves.sizes)
        if (np.diff(moved.intercepts, axis=1) < 0).all():
            place = likelihood_at(moved, data, grid)
            if place.log_likelihood >= here.log_likelihood + 1e-4 * length * promised:
                return step, moved, place
        length /= 2
    return None
