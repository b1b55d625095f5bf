"""Livingston and Lewis: how often one cut decides rightly, and alike twice, from scores and a reliability.

Livingston & Lewis 1995, Journal of Educational Measurement 32: a score is as reliable as a number of right
answers to ñ equal yes–no items; true shares follow a beta distribution, answers are binomial around them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, bdtrc, betainc, betaincinv

from assess.scoring.precision import Floats

_NODES = 2_000


@dataclass(frozen=True)
class Beta:
    """A beta distribution on `low`…`high` (shares of the scale's range) with shapes `first` and `second`."""

    first: float
    second: float
    low: float = 0.0
    high: float = 1.0

    def cdf(self, share: float) -> float:
        place = min(max((share - self.low) / (self.high - self.low), 0.0), 1.0)
        return float(betainc(self.first, self.second, place))

    def quantiles(self, probabilities: Floats) -> Floats:
        found: Floats = betaincinv(self.first, self.second, probabilities)
        return self.low + (self.high - self.low) * found


@dataclass(frozen=True)
class OneCut:
    """Accuracy: P(observed side = true side); consistency: P(same side twice); `high_share`: P(observed high)
    as the model has it, to be held against the observed share; `parameters`: 4, or 2 where 4 do not fit."""

    accuracy: float
    consistency: float
    high_share: float
    effective_length: int
    parameters: int


def effective_length(mean: float, variance: float, reliability: float, lo: float, hi: float) -> float:
    """ñ = ((μ − lo)(hi − μ) − r·σ²) / (σ²(1 − r)), not rounded. `variance` > 0 and `reliability` < 1."""
    return ((mean - lo) * (hi - mean) - reliability * variance) / (variance * (1 - reliability))


def one_cut(scores: Floats, reliability: float, lo: float, hi: float, cut: float) -> OneCut | None:
    """What the method says of a cut; None where no beta distribution has the moments of the true scores.

    `scores`: float64 without NaN, in `lo`…`hi`, the ends of the scale; 0 < `reliability` < 1. ñ is rounded to
    the nearest whole number. A cut of ñ·share between two whole numbers is taken between them: each number
    of right answers is spread evenly over half a point to either side, so that rounding the cut moves
    nothing. Proportions are the model's: they are not afterwards forced to the observed shares.
    """
    if not scores.size or not lo < cut < hi or not 0 < reliability < 1 or np.ptp(scores) == 0:
        return None
    shares = (scores - lo) / (hi - lo)
    length = round(effective_length(shares.mean(), shares.var(), reliability, 0, 1))
    if length < 4:
        return None
    true_cut = (cut - lo) / (hi - lo)
    moments = true_moments(shares * length, length)
    for parameters, fit in ((4, four_parameters), (2, two_parameters)):
        beta = fit(moments)
        if beta is not None:
            return _agreement(beta, length, true_cut, parameters)
    return None


def true_moments(answers: Floats, length: int) -> Floats:
    """The first four moments about zero of the true share: those of x(x − 1)…, over ñ(ñ − 1)… (Lord 1965,
    Psychometrika 30). `answers`: scores as numbers of right answers, 0…ñ, not necessarily whole."""
    falling, of_length = np.ones_like(answers), 1.0
    found = np.empty(4)
    for order in range(4):
        falling = falling * (answers - order)
        of_length *= length - order
        found[order] = falling.mean() / of_length
    return found


def four_parameters(moments: Floats) -> Beta | None:
    """The beta distribution with these four moments about zero; None unless it lies inside 0–1."""
    mean = moments[0]
    variance = moments[1] - mean**2
    if variance <= 0:
        return None
    third = moments[2] - 3 * mean * moments[1] + 2 * mean**3
    fourth = moments[3] - 4 * mean * moments[2] + 6 * mean**2 * moments[1] - 3 * mean**4
    skew_squared, kurtosis = third**2 / variance**3, fourth / variance**2
    below = 6 + 3 * skew_squared - 2 * kurtosis
    total = 6 * (kurtosis - skew_squared - 1) / below if below else math.inf
    if not 0 < total < 1e6:
        return None
    lean = (total + 2) * math.sqrt(skew_squared / ((total + 2) ** 2 * skew_squared + 16 * (total + 1)))
    first, second = total / 2 * (1 - lean), total / 2 * (1 + lean)
    if third < 0:
        first, second = second, first
    if first <= 0 or second <= 0:
        return None
    span = math.sqrt(variance * total**2 * (total + 1) / (first * second))
    low = mean - span * first / total
    return Beta(first, second, low, low + span) if low >= 0 and low + span <= 1 else None


def two_parameters(moments: Floats) -> Beta | None:
    """The beta distribution on 0–1 with the first two of these moments about zero; None where none has."""
    mean = float(moments[0])
    variance = float(moments[1]) - mean**2
    if not 0 < mean < 1 or variance <= 0:
        return None
    total = mean * (1 - mean) / variance - 1
    return Beta(mean * total, (1 - mean) * total) if total > 0 else None


def _agreement(beta: Beta, length: int, true_cut: float, parameters: int) -> OneCut:
    """Integrals over the true shares, below and above the cut apart, at quantiles of each part."""
    below = beta.cdf(true_cut)
    steps = (np.arange(_NODES) + 0.5) / _NODES
    low = _p_high(beta.quantiles(below * steps), length, true_cut)
    high = _p_high(beta.quantiles(below + (1 - below) * steps), length, true_cut)
    weights = (below, 1 - below)
    same = [
        weight * float((p**2 + (1 - p) ** 2).mean()) for weight, p in zip(weights, (low, high), strict=True)
    ]
    return OneCut(
        accuracy=below * float(1 - low.mean()) + (1 - below) * float(high.mean()),
        consistency=sum(same),
        high_share=below * float(low.mean()) + (1 - below) * float(high.mean()),
        effective_length=length,
        parameters=parameters,
    )


def _p_high(shares: Floats, length: int, true_cut: float) -> Floats:
    """P(observed on or above the cut) at each true share; see `one_cut` for cuts between whole numbers."""
    whole, part = divmod(length * true_cut + 0.5, 1)
    above: Floats = bdtrc(whole, length, shares) if whole < length else np.zeros_like(shares)
    upto: Floats = bdtr(min(whole, length), length, shares)
    under: Floats = bdtr(whole - 1, length, shares) if whole > 0 else np.zeros_like(shares)
    return above + (1 - part) * (upto - under)
