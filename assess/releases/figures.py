"""The figures of one published group, and how they are rounded and withheld.

A group of five has a mean and nothing else: with a spread beside it five values can often be solved. So the
interval is that of a model (the spread that the questionnaire's precision record states for people at
large), and it is worked out from the rounded mean. Where everybody says nearly the same, or the mean lies at
an end of the scale, a mean would be everybody's answer: a band is shown instead. See docs/decisions/0013.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec
import numpy as np

from assess.scoring.precision import Floats, interval_quantile
from questionnaires.definition import Precision

MeasureKind: TypeAlias = Literal["mean", "share"]
STEPS: Mapping[MeasureKind, float] = {"mean": 0.1, "share": 0.05}
"""What a measure is rounded to."""
END = 0.1
"""A mean in the first or last tenth of the scale is shown as that tenth."""
ALIKE = 0.125
"""When all lie within this part of the scale, the part that the mean lies in is shown instead of it."""
SAME_PERSON = 0.2
"""How far two choices of one person correlate beyond what the group's mean says (as in decision 0008)."""
LEVEL_STEP = 0.05
_TINY = 1e-9


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """A value that is stored as JSON and never altered."""


class Trend(Frozen, frozen=True):
    """This mean less the earlier one, with its interval; `beyond`: the interval leaves out nought.

    `same_people`: exactly those of the earlier mean, or else how many have come and how many have left since;
    each None in releases made before this was noted, the two numbers also where one of them is a few people.
    """

    difference: float
    low: float | None
    high: float | None
    beyond: bool
    same_people: bool | None = None
    came: int | None = None
    left: int | None = None


class MeasureFigure(Frozen, frozen=True):
    """One scale, or the share of one style: either `mean` with its interval, or `band`, never both.

    In score units; a share from 0 to 1. `low` and `high` are None where no spread is known, `sd` and
    `agreement` (r_wg(j) against the uniform null, in steps of 0.1) under the higher floor.
    """

    id: str
    kind: MeasureKind
    lo: float
    hi: float
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    band: tuple[float, float] | None = None
    sd: float | None = None
    trend: Trend | None = None
    agreement: float | None = None


class Comments(Frozen, frozen=True):
    """What was written to one question, shuffled, without names, dates or job areas."""

    item_id: str
    texts: tuple[str, ...]


class GroupFigures(Frozen, frozen=True):
    """What is published about one group.

    `unit_ids`: the units whose people it is made of; `cells` their cells. `whole`: everybody of the unit who
    has answered is in it; `own`: nobody else is. `levels`: shares of levels in steps of 0.05, never under
    0.05 or over 0.95; None where they are not shown, `comments` likewise. `compared_with`: the release that
    trends are counted from.
    """

    unit_id: str
    unit_ids: tuple[str, ...]
    cells: tuple[int, ...]
    people: int
    whole: bool
    own: bool
    measures: tuple[MeasureFigure, ...]
    levels: dict[str, float] | None = None
    comments: tuple[Comments, ...] | None = None
    has_distribution: bool = False
    compared_with: str | None = None


class Measure(Frozen, frozen=True):
    """What is averaged. `model_variance`: of one person, given the mean (score units squared); None where
    nothing is known. `stability`: how far one person's values in two waves correlate (0–1)."""

    id: str
    kind: MeasureKind
    lo: float
    hi: float
    sd: float | None = None
    choices: int = 0
    stability: float = 0.0

    def variance(self, mean: float) -> float | None:
        """Of a person's value around a group's mean, by the model."""
        if self.kind == "mean":
            return None if self.sd is None else self.sd**2
        if not self.choices:
            return None
        return mean * (1 - mean) * (1 + (self.choices - 1) * SAME_PERSON) / self.choices


def scale_measure(scale_id: str, lo: float, hi: float, precision: Precision | None) -> Measure:
    """A scale, with what its precision record says about people at large."""
    if precision is None:
        return Measure(id=scale_id, kind="mean", lo=lo, hi=hi)
    return Measure(
        id=scale_id, kind="mean", lo=lo, hi=hi, sd=precision.sd, stability=max(precision.reliability, 0.0)
    )


def in_steps(value: float, step: float, to: Callable[[float], float] = round) -> float:
    """`value` on the grid of `step`: the nearest place, or with `math.floor` and `math.ceil` the one beneath
    or above."""
    places = value / step
    nearest = round(places)
    count = nearest if abs(places - nearest) < 1e-6 else to(places)
    return round(count * step, 6)


def measure_figure(measure: Measure, values: Floats, interval: float, *, with_spread: bool) -> MeasureFigure:
    """What is shown of the values of a group (one for each person, none missing)."""
    step = STEPS[measure.kind]
    figure = MeasureFigure(id=measure.id, kind=measure.kind, lo=measure.lo, hi=measure.hi)
    mean = float(values.mean())
    band = _band(measure, mean, float(values.max() - values.min()))
    if band is not None:
        return msgspec.structs.replace(figure, band=band)
    shown = in_steps(mean, step)
    variance = measure.variance(shown)
    low = high = None
    if variance is not None:
        half = interval_quantile(interval) * math.sqrt(variance / len(values))
        low = max(in_steps(shown - half, step, math.floor), measure.lo)
        high = min(in_steps(shown + half, step, math.ceil), measure.hi)
    sd = in_steps(float(values.std(ddof=1)), step) if with_spread else None
    return msgspec.structs.replace(figure, mean=shown, low=low, high=high, sd=sd)


def _band(measure: Measure, mean: float, spread: float) -> tuple[float, float] | None:
    """The part of the scale that is shown instead of a mean that would be nearly everybody's answer."""
    step, width = STEPS[measure.kind], measure.hi - measure.lo
    if mean >= measure.hi - END * width - _TINY:
        return (in_steps(measure.hi - END * width, step, math.floor), measure.hi)
    if mean <= measure.lo + END * width + _TINY:
        return (measure.lo, in_steps(measure.lo + END * width, step, math.ceil))
    if spread <= ALIKE * width + _TINY:
        part = ALIKE * width
        place = min(math.floor((mean - measure.lo) / part + _TINY), round(1 / ALIKE) - 1)
        return (
            in_steps(measure.lo + place * part, step, math.floor),
            in_steps(measure.lo + (place + 1) * part, step, math.ceil),
        )
    return None


def level_shares(level_ids: Sequence[str], probability: Floats) -> dict[str, float]:
    """Mean probabilities of levels (levels × people) in steps; "none" and "all" are never said."""
    means = probability.mean(axis=1)
    return {
        level: min(max(in_steps(float(mean), LEVEL_STEP), LEVEL_STEP), 1 - LEVEL_STEP)
        for level, mean in zip(level_ids, np.asarray(means), strict=True)
    }


def trend(
    measure: Measure,
    now: MeasureFigure,
    before: MeasureFigure,
    people: tuple[int, int],
    in_both: int,
    interval: float,
) -> Trend | None:
    """The change of a group's mean, from the two means as they are shown; None where one of them is a band.

    `people`: how many there are now and were then. The variance of the difference by the model is
    s²/n₁ + s²/n₂ − 2·c·r·s²/(n₁·n₂), with c people in both waves, whose values correlate by r.
    """
    if now.mean is None or before.mean is None:
        return None
    step = STEPS[measure.kind]
    difference = in_steps(now.mean - before.mean, step)
    variance = measure.variance(min(max((now.mean + before.mean) / 2, measure.lo), measure.hi))
    if variance is None:
        return Trend(difference=difference, low=None, high=None, beyond=False)
    first, second = people
    spread = variance * (1 / first + 1 / second - 2 * in_both * measure.stability / (first * second))
    half = interval_quantile(interval) * math.sqrt(max(spread, 0.0))
    low = in_steps(difference - half, step, math.floor)
    high = in_steps(difference + half, step, math.ceil)
    return Trend(difference=difference, low=low, high=high, beyond=low > 0 or high < 0)
