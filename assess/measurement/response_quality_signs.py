"""Which figures are signs of hasty or careless answering, and from where: the table, fixed in advance.

No sign says anything alone: honest people answer alike, fast or unlike others too. A sheet is flagged only by
signs of two different kinds, which rest on different features of it. Rates on clean and on careless simulated
sheets stand in docs/measurement.md. A flag is a reason to ask, never a verdict.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.scoring.form import Form
from assess.scoring.precision import Floats

IndexId: TypeAlias = Literal[
    "longest_run",
    "average_run",
    "variability",
    "even_odd",
    "synonyms",
    "mahalanobis",
    "mahalanobis_probability",
    "person_total",
    "seconds_per_item",
]
Kind: TypeAlias = Literal["alike", "inconsistent", "unusual", "fast"]
Side: TypeAlias = Literal["from", "to", "under"]
"""A figure is a sign from its cut upward, up to its cut, or under it."""

Bools: TypeAlias = npt.NDArray[np.bool_]

LEAST_RUN = 10
"""Shorter runs are never a sign, however short the questionnaire."""
SECONDS_PER_ITEM = 2.0
"""Under it nobody has read a statement (Huang, Curran, Keeney, Poposki & DeShon 2012)."""
SECONDS_PER_SITUATION = 5.0
"""A situation with its four actions has some 80 words: 20 seconds of reading at 240 words a minute."""
UNLIKELY = 0.001
"""Answers in steps reach the tail of χ² more often than normal ones would: hence not .01."""


CONTRARY = -0.30
"""Where items are about equally easy, honest answers scatter around a person–total correlation of nothing, so
that only a clear contradiction to everybody's order of items counts."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A figure, the kind of behaviour that it is a sign of, and its cut for a form."""

    index: IndexId
    kind: Kind
    side: Side
    cut: Callable[[Form], float]


def run_cut(items: int) -> float:
    """Half of the items in one run, but never fewer than `LEAST_RUN`."""
    return float(max(LEAST_RUN, math.ceil(items / 2)))


def variability_cut(lowest: int, highest: int) -> float:
    """A sixteenth of the response scale: with five options, two answers of 32 one step off the others."""
    return (highest - lowest) / 16


def seconds_cut(form: Form) -> float:
    return SECONDS_PER_ITEM if form.items else SECONDS_PER_SITUATION


def _variability_cut(form: Form) -> float:
    values = common_options(form)
    return variability_cut(min(values), max(values)) if values else 0.0


def common_options(form: Form) -> tuple[int, ...]:
    """The option values that most rating items of a form share (the first such where several are even):
    figures that compare answers with each other are worked out on those items. () without rating items."""
    options = [item.values for item in form.items]
    return max(options, key=options.count, default=())


SIGNS: tuple[Sign, ...] = (
    Sign("longest_run", "alike", "from", lambda form: run_cut(len(form.items) or len(form.situations))),
    Sign("variability", "alike", "to", _variability_cut),
    Sign("even_odd", "inconsistent", "to", lambda _: 0.0),
    Sign("synonyms", "inconsistent", "to", lambda _: 0.0),
    Sign("mahalanobis_probability", "unusual", "under", lambda _: UNLIKELY),
    Sign("person_total", "unusual", "to", lambda _: CONTRARY),
    Sign("seconds_per_item", "fast", "under", seconds_cut),
)
"""The visible table: a new sign is one line here."""

KINDS: tuple[Kind, ...] = ("alike", "inconsistent", "unusual", "fast")
KINDS_FOR_A_FLAG = 2

_SIDES: Mapping[Side, Callable[[Floats, float], Bools]] = {
    "from": np.greater_equal,
    "to": np.less_equal,
    "under": np.less,
}


def shown_by(sign: Sign, figures: Floats, form: Form) -> Bools:
    """Which figures are this sign; an unknown one (NaN) is none."""
    return _SIDES[sign.side](figures, sign.cut(form))


def flagged(kinds: Mapping[Kind, Bools]) -> Bools:
    """The sheets with signs of at least two kinds. `kinds`: for each kind the sheets with such a sign."""
    number = sum(shown.astype(np.int8) for shown in kinds.values())
    return np.asarray(number >= KINDS_FOR_A_FLAG)
