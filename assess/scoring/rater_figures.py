"""The seven figures that a leader's and the raters' answers are compared by, over any set of situations.

Each is a mean over situations of a number that the chosen style has there: 1 for a style's own share, 1 for
a style tighter (looser) than called for where there is one, the weight. So shares, both kinds of leading and
fit are worked out, and their uncertainty too, by one rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assess.scoring.form import SituationKey
from assess.scoring.precision import Floats
from assess.scoring.situations import LEVELS, STYLES
from assess.scoring.tally import Answers, BadAnswers

Styles = npt.NDArray[np.int8]
"""Chosen styles, situations × sheets: rows of `STYLES`, −1 = not answered."""


@dataclass(frozen=True)
class Figures:
    """What each choice adds to each figure: `values`, figures × situations × styles, 0 where the situation
    does not count for the figure (`counts`, figures × situations). `lowest`, `highest`: bounds of each
    figure. `levels`: row of `LEVELS` of each situation."""

    ids: tuple[str, ...]
    values: Floats
    counts: npt.NDArray[np.bool_]
    lowest: Floats
    highest: Floats
    levels: npt.NDArray[np.intp]


def figures_of(situations: Sequence[SituationKey]) -> Figures:
    """The four styles, over-leading, under-leading and fit. Leading counts situations where a tighter
    (looser) style than the one called for exists; a weight is the situation's own."""
    styles = np.arange(len(STYLES))
    called = np.array([STYLES.index(key.best_style) for key in situations])[:, np.newaxis]
    weights = np.array([[key.weights[style] for style in STYLES] for key in situations], np.float64)
    every = np.ones(len(situations), np.bool_)
    shares = [np.broadcast_to(styles == style, weights.shape).astype(np.float64) for style in styles]
    tighter, looser = (styles < called).astype(np.float64), (styles > called).astype(np.float64)
    values = np.stack([*shares, tighter, looser, weights])
    return Figures(
        ids=(*STYLES, "over-leading", "under-leading", "fit"),
        values=values,
        counts=np.stack([every] * 4 + [tighter.any(axis=1), looser.any(axis=1), every]),
        lowest=np.array([0.0] * 6 + [weights.min()]),
        highest=np.array([1.0] * 6 + [weights.max()]),
        levels=np.array([LEVELS.index(key.calls_for) for key in situations]),
    )


def chosen_styles(situations: Sequence[SituationKey], positions: Answers) -> Styles:
    """The style behind each position (1–4, 0 = not answered). Raises `BadAnswers` for another position."""
    styles = np.full(positions.shape, -1, np.int8)
    for row, key in enumerate(situations):
        if positions[row].max(initial=0) > len(key.actions):
            raise BadAnswers(f"an answer to {key.id} is no option")
        style_of = np.array([-1, *(STYLES.index(style) for style in key.actions)], np.int8)
        styles[row] = style_of[positions[row]]
    return styles


def figures_of_sheets(figures: Figures, styles: Styles) -> Floats:
    """Each figure of each sheet: the mean over the answered situations that count; NaN without one."""
    counted = _counted(figures, styles)
    chosen = np.take_along_axis(figures.values, np.maximum(styles, 0)[np.newaxis].astype(np.intp), axis=2)
    total = (chosen * counted).sum(axis=1)
    result = np.full(total.shape, np.nan)
    np.divide(total, counted.sum(axis=1), out=result, where=counted.any(axis=1))
    return result


def level_counts(figures: Figures, styles: Styles) -> Floats:
    """How often each style was chosen at each level, all sheets together: levels × styles."""
    table = np.zeros((len(LEVELS), len(STYLES)))
    for style in range(len(STYLES)):
        np.add.at(table[:, style], figures.levels, (styles == style).sum(axis=1))
    return table


def answering_variance(figures: Figures, styles: Styles, posterior: Floats) -> Floats:
    """Variance of each figure of each sheet (figures × sheets), were every answer drawn on its own; NaN where
    the figure is.

    `posterior`: Dirichlet parameters of the shares of styles at each level (levels × styles). The variance of
    one answer is expected over them: that at their mean times a₊ / (a₊ + 1), a₊ their sum.
    """
    total = posterior.sum(axis=1, keepdims=True)
    by_situation = (posterior / total)[figures.levels]
    mean = (figures.values * by_situation).sum(axis=2)
    spread = np.maximum((figures.values**2 * by_situation).sum(axis=2) - mean**2, 0)
    spread *= (total / (total + 1))[figures.levels, 0]
    counted = _counted(figures, styles)
    summed = (spread[:, :, np.newaxis] * counted).sum(axis=1)
    result = np.full(summed.shape, np.nan)
    np.divide(summed, counted.sum(axis=1) ** 2, out=result, where=counted.any(axis=1))
    return result


def _counted(figures: Figures, styles: Styles) -> npt.NDArray[np.bool_]:
    return np.asarray(figures.counts[:, :, np.newaxis] & (styles >= 0)[np.newaxis])
