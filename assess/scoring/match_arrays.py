"""The match for many pairs of leader and job area at once: arrays in, arrays out.

A *person-area* is one employee in one of the employee's job areas. Levels are rows in the order of `LEVELS`,
styles in that of `STYLES` (from the tightest to the loosest); person-areas are columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assess.scoring.precision import Floats, interval_quantile
from assess.scoring.situations import LEVELS, STYLES
from assess.scoring.style_results import Leaning
from questionnaires.definition import Quadrants, Situations

LEANINGS: tuple[Leaning, ...] = ("over-leading", "under-leading", "fitting", "open")
RISK_FROM, FITTING_FROM = 0.40, 0.50
"""From these probabilities a leader is said to lead too tightly or too loosely, or to fit; the risk is asked
first, so that nobody is told that what they do fits beside a risk of one half."""


@dataclass(frozen=True)
class LeaderTables:
    """What leaders do at each level, leaders × levels (`likely`: × styles), from their Dirichlet rows.

    `likely`: posterior mean of each style. `fit`: expected weight Σ likely·weight, with `fit_variance` and
    `fit_third`, the posterior variance and third central moment of that sum. `under`, `over`: probability of
    a looser, a tighter style than the level calls for. `lowest`, `highest` (levels): bounds of the weight.
    `calls_for` (levels): row of the style.
    """

    likely: Floats
    fit: Floats
    fit_variance: Floats
    fit_third: Floats
    under: Floats
    over: Floats
    lowest: Floats
    highest: Floats
    calls_for: npt.NDArray[np.int8]


@dataclass(frozen=True)
class ViewArrays:
    """One perspective on many person-areas. `called_for`, `likely`: styles × person-areas, columns sum to 1.

    `fit` is a weight, `under` and `over` are probabilities; `leaning`: row of `LEANINGS`. Where the view has
    no level, every number is NaN and `leaning` −1.
    """

    called_for: Floats
    likely: Floats
    fit: Floats
    fit_low: Floats
    fit_high: Floats
    under: Floats
    over: Floats
    leaning: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Matches:
    """Both views of many person-areas. `agreement` is NaN where a view has no level; `advice_level` is a row
    of `LEVELS`, −1 where no advice may be given."""

    own: ViewArrays
    manager: ViewArrays
    agreement: Floats
    advice_level: npt.NDArray[np.int8]


def leader_tables(posterior: Floats, situations: Situations, quadrants: Quadrants) -> LeaderTables:
    """The tables of leaders from their rows.

    `posterior`: float64, leaders × 4 levels × 4 styles, Dirichlet parameters (all > 0). A weight w_s for each
    style s and shares θ ~ Dirichlet(a) with a₊ = Σ a and m = a / a₊ give Σ w·θ the mean μ = Σ w·m, the
    variance Σ (w − μ)²·m / (a₊ + 1) and the third central moment 2·Σ (w − μ)³·m / ((a₊ + 1)·(a₊ + 2)), from
    the moments of products of Dirichlet shares. The weights are those of the questionnaire's matrix: a
    situation that overrides its row does so for what it describes, not for the level. Raises `ValueError` for
    another shape.
    """
    if posterior.ndim != 3 or posterior.shape[1:] != (len(LEVELS), len(STYLES)):
        raise ValueError(f"the rows of leaders are leaders × 4 × 4, not {posterior.shape}")
    weights = np.array([[situations.weights[level][style] for style in STYLES] for level in LEVELS], float)
    calls_for = np.array([STYLES.index(quadrants.levels[level].calls_for) for level in LEVELS], np.int8)
    total = posterior.sum(axis=2)
    likely = posterior / total[:, :, np.newaxis]
    fit = (likely * weights).sum(axis=2)
    distance = weights - fit[:, :, np.newaxis]
    style_rows = np.arange(len(STYLES))
    return LeaderTables(
        likely=likely,
        fit=fit,
        fit_variance=(likely * distance**2).sum(axis=2) / (total + 1),
        fit_third=2 * (likely * distance**3).sum(axis=2) / ((total + 1) * (total + 2)),
        under=(likely * (style_rows > calls_for[:, np.newaxis])).sum(axis=2),
        over=(likely * (style_rows < calls_for[:, np.newaxis])).sum(axis=2),
        lowest=weights.min(axis=1),
        highest=weights.max(axis=1),
        calls_for=calls_for,
    )


def match_many(
    tables: LeaderTables,
    leader: npt.NDArray[np.intp],
    own: Floats,
    manager: Floats,
    *,
    agreement_from: float,
    interval: float,
) -> Matches:
    """The match of each person-area with its leader.

    `leader`: row of `tables` for each person-area. `own`, `manager`: float64, 4 levels × person-areas,
    probabilities of the levels as that perspective sees them; a column of NaN where it has no level. The two
    are never averaged. Raises `ValueError` for shapes that do not go together.
    """
    if own.shape != (len(LEVELS), len(leader)) or manager.shape != own.shape:
        raise ValueError(f"levels of {own.shape} and {manager.shape} do not go with {len(leader)} leaders")
    product = own * manager
    agreement = product.sum(axis=0)
    return Matches(
        own=_view(tables, leader, own, interval),
        manager=_view(tables, leader, manager, interval),
        agreement=agreement,
        advice_level=np.where(agreement >= agreement_from, product.argmax(axis=0), -1).astype(np.int8),
    )


def _view(tables: LeaderTables, leader: npt.NDArray[np.intp], levels: Floats, interval: float) -> ViewArrays:
    fit = _expected(tables.fit, leader, levels)
    fit_low, fit_high = skewed_interval(
        fit,
        _expected(tables.fit_variance, leader, levels**2),
        _expected(tables.fit_third, leader, levels**3),
        tables.lowest @ levels,
        tables.highest @ levels,
        interval,
    )
    under = _expected(tables.under, leader, levels)
    over = _expected(tables.over, leader, levels)
    likely = np.einsum("ln,nls->sn", levels, tables.likely[leader])
    called_for = (np.arange(len(STYLES))[:, np.newaxis] == tables.calls_for).astype(float) @ levels
    return ViewArrays(called_for, likely, fit, fit_low, fit_high, under, over, leaning_of(over, under))


def _expected(table: Floats, leader: npt.NDArray[np.intp], levels: Floats) -> Floats:
    """Σ over levels of p(level) · the leader's number at that level."""
    expected: Floats = np.einsum("ln,nl->n", levels, table[leader])
    return expected


def skewed_interval(
    mean: Floats, variance: Floats, third: Floats, lowest: Floats, highest: Floats, interval: float
) -> tuple[Floats, Floats]:
    """The equal-tailed interval of a quantity on lowest…highest, from its mean, variance and third central
    moment.

    A weighted sum of independent Dirichlet rows has no closed distribution, and with five answers a row it
    leans. The gamma distribution with the same three moments leans as it does; its quantiles are those of
    Wilson and Hilferty (1931): mean + sd·(2/g)·((1 + g·z/6 − g²/36)³ − 1) with skewness g and normal quantile
    z, cut off at the range. Against simulated rows of five answers and the prior ½, each tail of the 90 %
    interval holds 2.5–6 % (normal approximation: 0–7.6 %), and the interval holds the true value of 90 % of
    leaders drawn from the prior (both in `tests/scoring/test_match.py`). It is an interval for the tendency
    on situations such as those asked, given the probabilities of the levels.
    Without variance both ends are the mean; NaN stays NaN. Raises `ValueError` unless 0 < interval < 1.
    """
    sd = np.sqrt(variance)
    skewness = np.divide(third, sd**3, out=np.zeros_like(sd), where=sd > 0)
    z = interval_quantile(interval)
    low = np.maximum(mean + sd * _wilson_hilferty(skewness, -z), lowest)
    high = np.minimum(mean + sd * _wilson_hilferty(skewness, z), highest)
    return low, high


def _wilson_hilferty(skewness: Floats, z: float) -> Floats:
    """The standardised quantile of a gamma distribution of this skewness where a normal one has z."""
    root = np.maximum(1 + skewness * z / 6 - skewness**2 / 36, 0)
    level = np.full_like(skewness, z)
    leans = np.abs(skewness) > 1e-5
    np.divide(2 * (root**3 - 1), skewness, out=level, where=leans)
    return level


def leaning_of(over: Floats, under: Floats) -> npt.NDArray[np.int8]:
    """Rows of `LEANINGS` by the probabilities of a tighter and of a looser style than called for; −1 for NaN.

    A risk that reaches `RISK_FROM` and is larger than the other is named; else fitting, where that reaches
    `FITTING_FROM`; else open. Shares are compared to nine decimals, so that 3.5 of 7 is one half.
    """
    over, under = np.round(over, 9), np.round(under, 9)
    fits = np.round(1 - over - under, 9)
    rules = [
        np.isnan(over),
        (over >= RISK_FROM) & (over > under),
        (under >= RISK_FROM) & (under > over),
        fits >= FITTING_FROM,
    ]
    named = [-1, *(LEANINGS.index(name) for name in ("over-leading", "under-leading", "fitting"))]
    return np.select(rules, named, default=LEANINGS.index("open")).astype(np.int8)
