"""Simulated answers of a graded response model, from streams that never change (NumPy's RandomState)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Simulated:
    """`reversed_items` are places of items whose positions run the other way."""

    seed: int
    respondents: int
    items: int
    missing: float = 0.0
    reversed_items: tuple[int, ...] = ()


SMALL = Simulated(seed=4, respondents=1_000, items=8, missing=0.05, reversed_items=(2, 5))
LARGE = Simulated(seed=9, respondents=5_000, items=20)


def true_parameters(example: Simulated) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Slopes .8–2.5 and four ascending thresholds, at least .25 apart."""
    stream = np.random.RandomState(example.seed)
    slopes = 0.8 + 1.7 * stream.random_sample(example.items)
    thresholds = np.sort(stream.standard_normal((example.items, 4)), axis=1) + 0.25 * np.arange(4) - 0.3
    return slopes, thresholds


def keyed_categories(example: Simulated) -> npt.NDArray[np.int64]:
    """items × respondents: 0…4, −1 = missing; reverse keys already turned."""
    slopes, thresholds = true_parameters(example)
    stream = np.random.RandomState(example.seed + 1)
    theta = stream.standard_normal(example.respondents)
    found = np.empty((example.items, example.respondents), np.int64)
    for item in range(example.items):
        chances = 1 / (1 + np.exp(-slopes[item] * (theta - thresholds[item][:, np.newaxis])))
        found[item] = (stream.random_sample(example.respondents) < chances).sum(axis=0)
    found[stream.random_sample(found.shape) < example.missing] = -1
    return found


def positions(example: Simulated) -> npt.NDArray[np.uint8]:
    """The same as answers: positions 1…5, 0 = missing, of reversed items the other way round."""
    categories = keyed_categories(example)
    given = categories + 1
    for item in example.reversed_items:
        given[item] = np.where(categories[item] < 0, 0, 5 - categories[item])
    return given.astype(np.uint8)
