"""How sure the mean of a group of raters is, and the leader's own figure beside it.

From `DISTRIBUTION_GROUP` raters on, how much they differ is measured. Below it the errors read no single
rater: with the mean and the measured spread of five, their five values could often be solved for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.scoring.agreement import t_quantile
from assess.scoring.precision import Floats, interval_quantile
from assess.scoring.rater_figures import (
    Figures,
    Styles,
    answering_variance,
    figures_of_sheets,
    level_counts,
)
from assess.scoring.situations import LEVELS, STYLES
from assess.scoring.style_posterior import PRIOR

LIKENESS = 0.2
"""Intraclass correlation between the choices of one rater in the model of a small group: how far raters are
taken to differ in tendency. An assumption: where they differ by 0.3, the interval of the others holds the
group's tendency in 85–99 % instead of 90 % (up to 0.1: 94–100 %). Of the difference: `raters.rater_group`."""


@dataclass(frozen=True)
class Errors:
    """Of each figure: the half-interval of the raters' mean, and the error variance of the leader's own."""

    reach: Floats
    own: Floats


def modelled_errors(figures: Figures, mean: Floats, raters: Floats, own: Floats, interval: float) -> Errors:
    """Errors that depend on the published `mean` of each figure, the number of `raters` who have it, the
    situations and the leader's own figures (NaN: not known), and on nothing else.

    A rater's figure over m situations varies like a beta-binomial share, by v·(ρ + (1 − ρ) / m) with ρ =
    `LIKENESS`. v is the variance of one answer, the largest that its mean allows: (mean − lowest)·(highest −
    mean) (Bhatia & Davis 2000, American Mathematical Monthly 107), of a share p this is p(1 − p). Into the
    mean go the answers of Jeffreys' prior, two for each level, so that a group of one mind is not taken for
    sure. The leader's own figure varies by v / m at the mean midway between own and others.
    """
    asked = np.maximum(figures.counts.sum(axis=1), 1)
    even = (figures.values.mean(axis=2) * figures.counts).sum(axis=1) / asked
    prior = PRIOR * len(STYLES) * len(LEVELS)

    def one_answer(of: Floats, answers: Floats) -> Floats:
        centre = (of * answers + even * prior) / (answers + prior)
        return np.asarray(np.maximum((centre - figures.lowest) * (figures.highest - centre), 0))

    count = np.maximum(raters, 1)
    each = one_answer(mean, count * asked) * (LIKENESS + (1 - LIKENESS) / asked)
    reach = interval_quantile(interval) * np.sqrt(each / count)
    return Errors(reach, one_answer((own + mean) / 2, 2.0 * asked) / asked)


def measured_errors(figures: Figures, raters: Styles, mine: Styles | None, interval: float) -> Errors:
    """Errors by how much the raters differ, but at least by what answering a few situations makes alone.

    The reach is t·√(v / n) on n − 1 degrees of freedom; the leader's own variance that of answers drawn from
    shares at each level midway between the leader's and the raters', with the prior.
    """
    found = figures_of_sheets(figures, raters)
    known = ~np.isnan(found)
    n = known.sum(axis=1)
    between = np.where(known, (found - mean_of(found)[:, np.newaxis]) ** 2, 0).sum(axis=1)
    between /= np.maximum(n - 1, 1)
    within = answering_variance(figures, raters, level_counts(figures, raters) + PRIOR)
    least = np.where(known, within, 0).sum(axis=1) / np.maximum(n, 1)
    t = np.array([t_quantile(max(int(count) - 1, 1), interval) for count in n])
    reach = t * np.sqrt(np.maximum(between, least) / np.maximum(n, 1))
    own = np.full(len(figures.ids), np.nan) if mine is None else _own_variance(figures, mine, raters)
    return Errors(reach, own)


def mean_of(found: Floats) -> Floats:
    """The mean of each figure over the raters who have it (figures × raters, NaN without); NaN for none."""
    known = ~np.isnan(found)
    n = known.sum(axis=1)
    mean = np.full(len(n), np.nan)
    np.divide(np.where(known, found, 0).sum(axis=1), n, out=mean, where=n > 0)
    return mean


def _own_variance(figures: Figures, mine: Styles, raters: Styles) -> Floats:
    own, others = level_counts(figures, mine), level_counts(figures, raters)
    judged = others.sum(axis=1, keepdims=True)
    scale = np.divide(own.sum(axis=1, keepdims=True), judged, out=np.zeros_like(judged), where=judged > 0)
    return answering_variance(figures, mine, own + scale * others + PRIOR)[:, 0]
