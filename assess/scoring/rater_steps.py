"""What is published of a group's means: coarse enough that no figure has a single origin.

Seven rounded means together can still pin one answer down where nearly all raters choose alike: shares that
sum to 1.05 were all rounded up, a high fit leaves little over- and under-leading. So what is rounded first is
one table, style by kind of situation, row by row, and every figure follows from it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from assess.scoring.precision import Floats
from assess.scoring.rater_figures import Figures, Styles
from assess.scoring.situations import STYLES

SHARE_STEP, FIT_STEP = 0.05, 0.1
ANSWERS_OF_A_PART = 3
"""How many answers a part of a row of the table at least stands for. With more than two, a row and the same
row with one answer moved from a style in it to any other round alike (`rounded_row`)."""

TOLERANCE = 1e-9


def step_of(figure: str) -> float:
    """The step in which a figure of a group and the ends of its intervals are published."""
    return FIT_STEP if figure == "fit" else SHARE_STEP


def published_means(figures: Figures, raters: Styles) -> Floats:
    """The mean of each figure over raters, as it leaves scoring; NaN where no answered situation counts.

    Situations of one kind (one level, as a rule: what each style adds to each figure is the same) make a row
    of the table, the raters' choices in them together. Rows are rounded by `rounded_row`, each situation
    weighs alike, and the figures go to the next step; the four styles together, so that they sum to 1. From
    the exact mean over raters this differs by up to a few answers, and by raters who skip situations.

    In every row that rounds to given parts there is one with another number of answers in any set of styles.
    So for each figure at least two sums, whatever else is published, are behind it.
    """
    kinds: dict[bytes, list[int]] = {}
    for row in range(raters.shape[0]):
        kinds.setdefault(figures.values[:, row].tobytes() + figures.counts[:, row].tobytes(), []).append(row)
    total, weight = np.zeros(len(figures.ids)), np.zeros(len(figures.ids))
    for rows in kinds.values():
        counts = [int((raters[rows] == style).sum()) for style in range(len(STYLES))]
        if any(counts):
            counted = figures.counts[:, rows[0]] * float(len(rows))
            total += counted * (figures.values[:, rows[0]] @ np.array(rounded_row(counts)))
            weight += counted
    means = np.full(len(figures.ids), np.nan)
    np.divide(total, weight, out=means, where=weight > 0)
    if np.isnan(means[0]):
        return means
    styles, others = means[: len(STYLES)].tolist(), means[len(STYLES) :].tolist()
    whole = largest_remainders(styles, round(1 / SHARE_STEP))
    rest = zip(figures.ids[len(STYLES) :], others, strict=True)
    return np.array(
        [
            *(round(count * SHARE_STEP, 2) for count in whole),
            *(mean if math.isnan(mean) else in_steps(mean, step_of(figure)) for figure, mean in rest),
        ]
    )


def rounded_row(counts: Sequence[int]) -> list[float]:
    """The shares of these counts in parts of at least `ANSWERS_OF_A_PART` answers; they sum to 1."""
    answers = sum(counts)
    parts = max(answers // ANSWERS_OF_A_PART, 1)
    return [count / parts for count in largest_remainders([count / answers for count in counts], parts)]


def largest_remainders(shares: Sequence[float], parts: int) -> list[int]:
    """Whole parts of shares that sum to 1: largest remainders, at a tie to the larger share."""
    quotas = [share * parts for share in shares]
    whole = [math.floor(quota + TOLERANCE) for quota in quotas]
    rest = [round(quota - down, 9) for quota, down in zip(quotas, whole, strict=True)]
    order = sorted(range(len(shares)), key=lambda at: (-rest[at], -round(quotas[at], 9), at))
    for at in order[: parts - sum(whole)]:
        whole[at] += 1
    return whole


def in_steps(number: float, step: float, towards: Literal["nearest", "below", "above"] = "nearest") -> float:
    """The number in whole steps; halves go up. What differs from a step by float error alone lies on it."""
    steps = number / step
    if towards == "nearest":
        whole = math.floor(steps + 0.5 + TOLERANCE)
    elif towards == "below":
        whole = math.floor(steps + TOLERANCE)
    else:
        whole = math.ceil(steps - TOLERANCE)
    return round(whole * step, 2)
