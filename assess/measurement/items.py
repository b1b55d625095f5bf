"""Items one by one: how often each option was chosen, mean, SD and skew, from counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assess.measurement.results import OptionShare, Reason
from assess.scoring.form import ItemKey
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Description:
    """Mean, SD (n − 1) and skew of some numbers; None with its reason in `reasons`."""

    n: int
    mean: float | None
    sd: float | None
    skew: float | None
    reasons: dict[str, Reason]


def option_counts(items: Sequence[ItemKey], answers: Answers) -> tuple[Counts, ...]:
    """For each item how many gave each position, 0 (missing) first: int64 of options + 1.

    `answers`: uint8, rows as `items`; positions beyond the options must have been refused before.
    """
    return tuple(
        np.bincount(row, minlength=len(item.values) + 1).astype(np.int64)
        for item, row in zip(items, answers, strict=True)
    )


def option_shares(item: ItemKey, counts: Counts) -> tuple[OptionShare, ...]:
    """The options in the order of the file, as chosen."""
    chosen = counts[1:].tolist()
    answered = sum(chosen)
    return tuple(
        OptionShare(value=value, n=n, share=n / answered if answered else None)
        for value, n in zip(item.values, chosen, strict=True)
    )


def describe_item(item: ItemKey, counts: Counts) -> Description:
    """Mean, SD and skew of the keyed values."""
    return describe(np.array(item.keyed, np.float64), counts[1:].astype(np.float64))


def describe(
    values: Floats, weights: Floats | None = None, constant: Reason = "constant-item"
) -> Description:
    """Mean, SD with n − 1, and skew m₃/s³ with m₃ = Σ(x − mean)³/n and that SD (type 3 of Joanes & Gill 1998,
    The Statistician 47; the default of R's `psych::describe`).

    `values`: float64 without NaN; `weights`: how often each occurs (whole numbers), once by default;
    `constant`: the reason why there is no skew where all are equal.
    """
    weights = np.ones(values.shape) if weights is None else weights
    n = int(weights.sum())
    if not n:
        return Description(0, None, None, None, dict.fromkeys(("mean", "sd", "skew"), "no-answers"))
    mean = float(weights @ values) / n
    if n < 2:
        return Description(n, mean, None, None, dict.fromkeys(("sd", "skew"), "n-under-2"))
    if np.ptp(values[weights > 0]) == 0:
        return Description(n, mean, 0.0, None, {"skew": constant})
    deviations = values - mean
    sd = float(np.sqrt(weights @ deviations**2 / (n - 1)))
    return Description(n, mean, sd, float(weights @ deviations**3) / n / sd**3, {})
