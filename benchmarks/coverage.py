"""How often intervals of leadership styles contain the true value: the tables in docs/leadership-style.md.

    python -m benchmarks.coverage

Run it from the repository. Nothing is simulated: every possible count is weighed with its probability.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TypeAlias

import numpy as np
from scipy.special import betainc
from scipy.stats import beta, betabinom, binom

from assess.scoring.precision import Floats
from assess.scoring.style_posterior import PRIOR, leading_interval, share_interval

INTERVAL = 0.90
SHARES = (0.0, 0.02, 0.05, 0.10, 0.20, 0.25, 0.30, 0.50, 0.70, 0.90, 1.0)
TENDENCIES = (
    (0.0, 0.0, 0.0),
    (0.02, 0.02, 0.02),
    (0.05, 0.05, 0.05),
    (0.1, 0.1, 0.1),
    (0.2, 0.2, 0.2),
    (0.3, 0.3, 0.3),
    (0.5, 0.5, 0.5),
    (0.0, 0.1, 0.3),
    (0.1, 0.3, 0.6),
    (0.0, 0.2, 0.5),
    (0.0, 0.0, 0.5),
    (0.2, 0.5, 0.8),
)
_CELLS = 1_000


def main() -> None:
    print("Shares of one style among n choices, and of one style at one level:\n")
    print("| true share | n = 20 | n = 12 | n = 5 | n = 3 |\n|---|---|---|---|---|")
    for true in SHARES:
        found = " | ".join(f"{share_coverage(number, true):.2f}" for number in (20, 12, 5, 3))
        print(f"| {true:.2f} | {found} |")
    found = " | ".join(f"{average_share_coverage(number):.2f}" for number in (20, 12, 5, 3))
    print(f"| drawn from the prior | {found} |\n")
    print("Leading indices, tendencies at the three levels where one is possible:\n")
    print("| true tendencies | 15 situations | 9 | 15, mean of row posteriors |\n|---|---|---|---|")
    for tendencies in TENDENCIES:
        pooled = [index_coverage(number, tendencies, pooled) for number in (5, 3)]
        rows = index_coverage(5, tendencies, mean_of_rows)
        name = " · ".join(f"{one:.2f}" for one in tendencies)
        print(f"| {name} | {pooled[0]:.2f} | {pooled[1]:.2f} | {rows:.2f} |")
    average = [average_index_coverage(5, pooled), average_index_coverage(3, pooled)]
    print(
        f"| drawn from the prior | {average[0]:.2f} | {average[1]:.2f}"
        f" | {average_index_coverage(5, mean_of_rows):.2f} |"
    )


def share_coverage(answered: int, true: float) -> float:
    """The chance that the interval of a style's share contains it."""
    counts = np.arange(answered + 1)
    low, high = np.array([share_interval(count, answered, 4, INTERVAL) for count in counts.tolist()]).T
    return float(binom.pmf(counts, answered, true)[(low <= true) & (true <= high)].sum())


def average_share_coverage(answered: int) -> float:
    """The same with true shares drawn from the prior: what lies in each interval after each count."""
    whole = 0.0
    for count in range(answered + 1):
        low, high = share_interval(count, answered, 4, INTERVAL)
        a, b = count + PRIOR, answered - count + 3 * PRIOR
        inside = betainc(a, b, high) - betainc(a, b, low)
        whole += betabinom.pmf(count, answered, PRIOR, 3 * PRIOR) * inside
    return float(whole)


# --- indices ---------------------------------------------------------------------------------------


IntervalOf: TypeAlias = Callable[[int, tuple[int, ...]], tuple[float, float]]
"""(situations at each level, counts at the levels) to an interval."""


def index_coverage(each: int, tendencies: tuple[float, ...], interval_of: IntervalOf) -> float:
    """The chance that the interval contains the mean tendency; `each`: situations at each level."""
    mean, whole = float(np.mean(tendencies)), 0.0
    for counts in product(range(each + 1), repeat=len(tendencies)):
        low, high = interval_of(each, counts)
        if low - 1e-12 <= mean <= high + 1e-12:
            whole += float(np.prod(binom.pmf(counts, each, tendencies)))
    return whole


def average_index_coverage(each: int, interval_of: IntervalOf) -> float:
    """The same with the rows of the table drawn from their priors."""
    whole = 0.0
    for counts in product(range(each + 1), repeat=3):
        low, high = interval_of(each, counts)
        chance = np.prod([betabinom.pmf(c, each, a, b) for c, (a, b) in zip(counts, _PRIORS, strict=True)])
        edges, upto = _mean_of_betas(each, counts)
        whole += float(chance * (np.interp(high, edges, upto) - np.interp(low, edges, upto)))
    return whole


_PRIORS = tuple((PRIOR * styles, PRIOR * (4 - styles)) for styles in (1, 2, 3))
"""Where one, two and three of the four styles are tighter (looser) than called for."""


def pooled(each: int, counts: tuple[int, ...]) -> tuple[float, float]:
    """What the product gives."""
    return leading_interval(sum(counts), each * len(counts), INTERVAL)


_REMEMBERED: dict[tuple[int, tuple[int, ...]], tuple[Floats, Floats]] = {}


def mean_of_rows(each: int, counts: tuple[int, ...]) -> tuple[float, float]:
    """What it does not give: quantiles of the mean over levels under the Dirichlet posteriors of the rows."""
    edges, upto = _mean_of_betas(each, counts)
    low, high = np.interp([(1 - INTERVAL) / 2, (1 + INTERVAL) / 2], upto, edges)
    return float(low), float(high)


def _mean_of_betas(each: int, counts: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Places on 0–1 and the probability up to each, for the mean of the rows' posterior tendencies."""
    if (each, counts) not in _REMEMBERED:
        grid = np.linspace(0, 1, _CELLS + 1)
        mass = np.ones(1)
        for count, (a, b) in zip(counts, _PRIORS, strict=True):
            mass = np.convolve(mass, np.diff(beta.cdf(grid, count + a, each - count + b)))
        edges = (np.arange(len(mass) + 1) + (len(counts) - 1) / 2) / _CELLS / len(counts)
        _REMEMBERED[each, counts] = edges, np.concatenate([[0], np.cumsum(mass)])
    return _REMEMBERED[each, counts]


if __name__ == "__main__":
    main()
