"""How many people are to be expected on a border: a figure for readers, from the precision in force."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from assess.scoring.form import make_form
from assess.scoring.precision import Floats, normal_cdf, standard_error
from assess.scoring.results import Profile
from questionnaires.definition import Questionnaire

_STEPS = 2000
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Spread:
    """One axis in a population, in score units: the SD of the true scores and the error of the form."""

    sd: float
    sem: float


def expected_borderline(questionnaire: Questionnaire, profile: Profile) -> float | None:
    """The share (0–1) of people to be expected on a border who answer the form of this profile in full.

    With the precision that the profile was made with. None where the questionnaire does not classify, the
    form does not score both axes, or the precision of either is not known.
    """
    quadrants = questionnaire.classification
    if quadrants is None:
        return None
    form = make_form(questionnaire, profile.perspective, profile.short_form)
    spreads = []
    for axis in (quadrants.across, quadrants.up):
        row, precision = form.scale_row(axis), profile.record.values.get(axis)
        if row is None or precision is None:
            return None
        scale = form.scales[row]
        sem = standard_error(precision, scale.full_length, len(scale.rows))
        spreads.append(Spread(sd=precision.sd * math.sqrt(precision.reliability), sem=sem))
    return borderline_share(spreads[0], spreads[1], quadrants.borderline_below)


def borderline_share(across: Spread, up: Spread, borderline_below: float) -> float:
    """The share (0–1) of a population whose most probable level has less than `borderline_below`.

    The population is a model (METHODS §8: quality figures use the population): true scores bivariate normal,
    the axes independent, each centred at its cut, so the scores have the variance SD² + SEM² about it.
    Each person is classified as everywhere here (flat prior): P(high) = Φ(deviation / SEM), and a level is
    the product of its two sides. A person's better side on an axis has the probability Φ(|deviation| / SEM);
    the share is the mass where the product of the two lies under the line, found on a grid of quantiles
    (exact to three decimals). Without any error nobody is borderline.
    """
    first, second = _better_side(across), _better_side(up)
    # Both ascend, so for each value of the first the second is under the line up to one place.
    counts = np.searchsorted(second, borderline_below / first, side="left")
    return float(counts.mean() / second.size)


@lru_cache(maxsize=64)
def _better_side(spread: Spread) -> Floats:
    """P(better side) at the quantiles of the population, ascending from a half."""
    if spread.sem == 0:
        return np.ones(_STEPS)
    shares = (np.arange(_STEPS) + 0.5) / _STEPS
    # |z| has the quantile function Φ⁻¹((1 + share) / 2).
    deviations = np.array([_NORMAL.inv_cdf((1 + share) / 2) for share in shares])
    return normal_cdf(deviations * math.hypot(spread.sd, spread.sem) / spread.sem)
