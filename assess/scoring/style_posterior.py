"""How sure shares of styles are: Dirichlet posteriors of choices, and the two leading indices.

The prior is Jeffreys': one half of a choice for each style. The marginal of one style is then a Beta
distribution (Gelman et al., Bayesian Data Analysis, §3.4).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np

from assess.scoring.precision import Floats

PRIOR = 0.5
"""What every style has before the first choice, in shares as in each row of the table."""

Interval: TypeAlias = tuple[float, float]

_QUANTILES = 2000
_STEP = 0.04
_START = -20.0


@lru_cache(maxsize=65536)
def share_interval(count: int, answered: int, styles: int, interval: float) -> Interval:
    """The equal-tailed interval of the true share of a style chosen `count` of `answered` times.

    Of the Beta marginal: count + ½ against answered − count + ½·(styles − 1). A style that is never chosen
    has the lower end 0, one that is always chosen the upper end 1, so that the share itself is always
    inside (Brown, Cai & DasGupta 2001, Statistical Science 16, §4.1.1).
    """
    from scipy.special import betaincinv  # noqa: PLC0415  (a quarter of a second that only styles need)

    ends = np.array([(1 - interval) / 2, (1 + interval) / 2])
    low, high = betaincinv(count + PRIOR, answered - count + PRIOR * (styles - 1), ends).tolist()
    return (0.0 if count == 0 else low), (1.0 if count == answered else high)


def leading_interval(count: int, possible: int, interval: float) -> Interval:
    """The interval of the tendency to lead tighter (looser) than called for, each situation weighing alike.

    `count` of `possible` choices as draws from one tendency, with Jeffreys' prior of half a choice for each
    of the two outcomes. Where the tendency differs between levels, the count varies less than that, so the
    interval is the cautious one; rows of four styles each with their own prior would pull it far from what
    was seen (docs/leadership-style.md has the coverage of both).
    """
    return share_interval(count, possible, 2, interval)


@lru_cache(maxsize=8192)
def outweighs(count: int, possible: int, other: int, other_possible: int) -> float:
    """The probability that the tendency seen in `count` of `possible` is the larger of two, the other seen in
    `other` of `other_possible`: P(A > B) of the two Jeffreys posteriors, taken as independent.

    E[F_B(A)], by the midpoint rule over the quantiles of A.
    """
    from scipy.special import betainc, betaincinv  # noqa: PLC0415

    levels = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    larger = betaincinv(count + PRIOR, possible - count + PRIOR, levels)
    return float(np.mean(betainc(other + PRIOR, other_possible - other + PRIOR, larger)))


def most_used(counts: tuple[int, ...]) -> tuple[float, ...]:
    """For each style the probability that no other has a larger true share; they sum to 1.

    Shares of a Dirichlet distribution are independent gamma variables over their sum, so the largest share
    is the largest of them: ∫ fₖ(x) Πⱼ Fⱼ(x) dx. Styles used alike get the same probability.
    """
    order = sorted(range(len(counts)), key=lambda style: counts[style])
    found = _most_used(tuple(counts[style] for style in order))
    by_style = dict(zip(order, found, strict=True))
    return tuple(by_style[style] for style in range(len(counts)))


@lru_cache(maxsize=4096)
def _most_used(counts: tuple[int, ...]) -> tuple[float, ...]:
    """In t = log x the integrand dies off exponentially on both sides, where sums over a grid are as good
    as exact."""
    last = _last(max(counts))
    below = [_below(count, last) for count in counts]
    parts = []
    for style, count in enumerate(counts):
        others = np.prod([below[other] for other in range(len(counts)) if other != style], axis=0)
        parts.append(float(np.dot(_density(count, last), others)))
    whole = sum(parts)
    return tuple(part / whole for part in parts)


def _last(highest: int) -> int:
    """A whole number of the size of log x behind which a gamma variable with this count practically never
    lies; whole, so that few grids are needed."""
    return int(np.ceil(np.log(highest + PRIOR + 12 * np.sqrt(highest + PRIOR) + 60)))


def _grid(last: int) -> Floats:
    return np.arange(_START, last, _STEP)


@lru_cache(maxsize=512)
def _below(count: int, last: int) -> Floats:
    from scipy.special import gammainc  # noqa: PLC0415

    return np.asarray(gammainc(count + PRIOR, np.exp(_grid(last))), np.float64)


@lru_cache(maxsize=512)
def _density(count: int, last: int) -> Floats:
    from scipy.special import gammaln  # noqa: PLC0415

    t, shape = _grid(last), count + PRIOR
    return np.asarray(_STEP * np.exp(shape * t - np.exp(t) - gammaln(shape)), np.float64)
