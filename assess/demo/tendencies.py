"""Choices of leaders who do not exist: a seeded simulation of a situational questionnaire. Pure.

A leader has at each called-for level a share of each style: a Dirichlet draw around a mix of the style that
fits there and the leader's habit, which is the same at every level. An action is chosen by the share of its
style. People who are led see the leader's shares blurred.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assess.scoring.form import make_form
from questionnaires.definition import LevelId, PerspectiveId, Questionnaire, Situations, StyleId

STYLES: tuple[StyleId, ...] = ("S1", "S2", "S3", "S4")

Floats: TypeAlias = npt.NDArray[np.float64]
Table: TypeAlias = Mapping[LevelId, Floats]
"""Level → the shares of S1 … S4, which sum to 1."""

_LEAST = 0.05
"""No style is ever quite out of reach: added to each parameter of a draw."""


@dataclass(frozen=True, slots=True)
class Tendency:
    """How a leader leans.

    `fitting` (0–1): how much the style follows the level; the rest is `habit`, the shares of S1 … S4 that
    are the same everywhere (sum 1). `steady` (> 0): the larger, the closer the shares of each level lie to
    that mix.
    """

    fitting: float
    habit: tuple[float, float, float, float]
    steady: float = 20.0


def draw_table(
    questionnaire: Questionnaire, tendency: Tendency, generator: np.random.Generator
) -> dict[LevelId, Floats]:
    """One leader's shares at each level. Raises `ValueError` for a questionnaire without situations."""
    table: dict[LevelId, Floats] = {}
    for level, weights in _scoring(questionnaire).weights.items():
        fits = np.array([float(weights[style] == max(weights.values())) for style in STYLES])
        mean = tendency.fitting * fits / fits.sum() + (1 - tendency.fitting) * np.array(tendency.habit)
        table[level] = generator.dirichlet(tendency.steady * mean + _LEAST)
    return table


def blurred(table: Table, blur: float) -> dict[LevelId, Floats]:
    """The same leader as somebody sees who would guess in `blur` (0–1) of the situations."""
    return {level: (1 - blur) * shares + blur / len(STYLES) for level, shares in table.items()}


def choose(
    questionnaire: Questionnaire,
    perspective: PerspectiveId,
    table: Table,
    generator: np.random.Generator,
) -> dict[str, int]:
    """One sheet: an action (position 1–4) for every situation that the perspective is asked."""
    _scoring(questionnaire)
    return {
        key.id: key.actions.index(STYLES[generator.choice(len(STYLES), p=table[key.calls_for])]) + 1
        for key in make_form(questionnaire, perspective).situations
    }


def _scoring(questionnaire: Questionnaire) -> Situations:
    if not isinstance(questionnaire.scoring, Situations):
        raise ValueError(f"{questionnaire.id} has no situations")
    return questionnaire.scoring
