"""From two scores with errors to four levels with probabilities (METHODS §8, flat prior).

An observed score lies around the true one with a normal error; without a prior the true score lies around
the observed one with the same error, so P(true ≥ cut) = Φ((score − cut) / SEM) on each axis. Errors of the
two axes are independent, so a level's probability is the product of its two sides. A group never pulls a
person to its mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assess.scoring.form import Form
from assess.scoring.precision import Floats, normal_cdf
from assess.scoring.rating_scales import Rule, ScaleScores
from assess.scoring.tally import blocks
from questionnaires.definition import LevelId, Quadrants, Side, StyleId

BELOW_HALF = float(np.nextafter(0.5, 0))


@dataclass(frozen=True)
class Levels:
    """Levels of many respondents.

    `probability`: float64, levels × respondents, rows as `level_ids`; NaN in a column whose score or
    standard error is missing on either axis. `level`: int8, the row of the most probable level, −1 for
    none. `borderline`: bool, the most probable level has less than `borderline_below`. `mixed`: bool,
    domains × respondents, rows as `domain_ids`: some facet's whole interval lies under `mixed_below`.
    """

    level_ids: tuple[LevelId, ...]
    probability: Floats
    level: npt.NDArray[np.int8]
    borderline: npt.NDArray[np.bool_]
    domain_ids: tuple[str, ...]
    scores: ScaleScores
    mixed_below: float

    @cached_property
    def mixed(self) -> npt.NDArray[np.bool_]:
        form = self.scores.form
        mixed = np.zeros((len(self.domain_ids), self.scores.respondents), np.bool_)
        for row, domain in enumerate(self.domain_ids):
            scale = form.scales[form.scale_row(domain) or 0]
            for facet in scale.facets:
                facet_row = form.scale_row(facet)
                if facet_row is not None:
                    mixed[row] |= self.scores.high[facet_row] < self.mixed_below
        return mixed


def classify(classification: Quadrants, form: Form, scores: ScaleScores) -> Levels | None:
    """Levels for every respondent; None when this form does not score both axes.

    A score exactly on a cut belongs to the high side, also where its probability is exactly one half.
    """
    across, up = form.scale_row(classification.across), form.scale_row(classification.up)
    if across is None or up is None:
        return None
    high_across = scores.look_up(across, p_high_rule(scores, across, classification.cuts))
    high_up = scores.look_up(up, p_high_rule(scores, up, classification.cuts))
    probability = np.empty((4, scores.respondents))
    level = np.empty(scores.respondents, np.int8)
    borderline = np.empty(scores.respondents, np.bool_)
    for block in blocks(scores.respondents):
        x, y = high_across(block), high_up(block)
        best = _multiply(x, y, probability[:, block])
        np.less(best, classification.borderline_below, out=borderline[block])
        _choose(x, y, best, level[block])
    return Levels(
        level_ids=_level_ids(classification),
        probability=probability,
        level=level,
        borderline=borderline,
        domain_ids=tuple(scale.id for scale in form.scales if scale.facets),
        scores=scores,
        mixed_below=classification.mixed_below,
    )


def p_high_rule(scores: ScaleScores, row: int, cuts: Mapping[str, float]) -> Rule:
    """P(true score ≥ cut) as a function of sum and count; with no error at all it is 1 or 0."""
    cut = cuts[scores.form.scales[row].id]
    mean, error = scores.score_rule(row), scores.sem_rule(row)

    def p_high(total: Floats, answered: Floats) -> Floats:
        score, sem = mean(total, answered), error(total, answered)
        known = ~np.isnan(score) & ~np.isnan(sem)
        distance = np.where(known, score - cut, np.nan)
        z = np.where(distance >= 0, np.inf, np.where(distance < 0, -np.inf, np.nan))
        np.divide(distance, sem, out=z, where=known & (sem > 0))
        probability = normal_cdf(z)
        # So that "at least one half" and "on or above the cut" are the same to the last bit.
        return np.where(distance >= 0, np.maximum(probability, 0.5), np.minimum(probability, BELOW_HALF))

    return p_high


def called_for(classification: Quadrants, probabilities: Mapping[LevelId, float]) -> dict[StyleId, float]:
    """The probability of each called-for style; two levels may call for the same one. Empty for empty."""
    styles: dict[StyleId, float] = {}
    for level_id, probability in probabilities.items():
        style = classification.levels[level_id].calls_for
        styles[style] = styles.get(style, 0.0) + probability
    return dict(sorted(styles.items()))


def _level_ids(classification: Quadrants) -> tuple[LevelId, ...]:
    """The levels in the order of the rows: low-low, low-high, high-low, high-high (across, up)."""
    sides: tuple[Side, Side] = ("low", "high")
    at = {(level.across, level.up): level_id for level_id, level in classification.levels.items()}
    if len(at) != 4 or len(classification.levels) != 4:
        raise ValueError(f"{classification.name} does not have one level for each pair of sides")
    return tuple(at[across, up] for across in sides for up in sides)


def _multiply(x: Floats, y: Floats, out: Floats) -> Floats:
    """Write the four products of sides; return the largest. `x`, `y`: P(high) across and up."""
    low_x, low_y = 1 - x, 1 - y
    np.multiply(low_x, low_y, out=out[0])
    np.multiply(low_x, y, out=out[1])
    np.multiply(x, low_y, out=out[2])
    np.multiply(x, y, out=out[3])
    best = np.maximum(x, low_x, out=low_x)
    best *= np.maximum(y, low_y, out=low_y)
    return best


def _choose(x: Floats, y: Floats, best: Floats, out: npt.NDArray[np.int8]) -> None:
    """Write the row of the level on whose sides both scores lie; −1 where a side, hence `best`, is NaN."""
    np.greater_equal(x, 0.5, out=out.view(np.bool_))
    out *= 2
    out += (y >= 0.5).view(np.int8)
    np.copyto(out, -1, where=np.isnan(best))
