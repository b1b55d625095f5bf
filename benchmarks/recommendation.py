"""How often intervals of the recommendation score contain the true score: the table in docs/measurement.md.

    python -m benchmarks.recommendation

Run it from the repository. Nothing is simulated: every possible count is weighed with its probability. True
shares are all pairs of detractors and promoters on a grid of twentieths, none of them 0, and leaving at
least a twentieth of passives.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from assess.measurement.recommendation import LIMITS, METHODS, Method
from assess.scoring.precision import Floats

SIZES = (5, 7, 10, 15, 20, 30, 50, 100, 200, 500)
COVERAGES = (0.90, 0.95)
GRID = 20


def main() -> None:
    for coverage in COVERAGES:
        print(f"\n{coverage:.0%}\n")
        print("| n | " + " | ".join(f"{method}: mean | least | most | length" for method in METHODS) + " |")
        print("|---" * (1 + 4 * len(METHODS)) + "|")
        for n in SIZES:
            cells = [_row(*coverage_of(method, n, coverage)) for method in METHODS]
            print(f"| {n} | " + " | ".join(cells) + " |", flush=True)


def _row(held: Floats, length: Floats) -> str:
    return f"{held.mean():.3f} | {held.min():.2f} | {held.max():.2f} | {length.mean():.1f}"


def true_shares() -> Floats:
    """Detractors and promoters: grid points × 2."""
    steps = np.arange(1, GRID)
    less, more = (array.ravel() for array in np.meshgrid(steps, steps))
    return np.stack([less, more], axis=1)[less + more < GRID] / GRID


def coverage_of(method: Method, n: int, coverage: float) -> tuple[Floats, Floats]:
    """For each of the true shares: the probability that the interval holds the true score; mean length."""
    less, more = (array.ravel() for array in np.meshgrid(np.arange(n + 1), np.arange(n + 1)))
    possible = less + more <= n
    less, more = less[possible], more[possible]
    low, high = LIMITS[method](less, more, n, coverage)
    ways = gammaln(n + 1) - gammaln(less + 1) - gammaln(more + 1) - gammaln(n - less - more + 1)
    held, length = [], []
    for detractors, promoters in true_shares():
        logs = less * np.log(detractors) + more * np.log(promoters)
        logs += (n - less - more) * np.log(1 - detractors - promoters)
        probability = np.exp(ways + logs)
        true = 100 * (promoters - detractors)
        held.append(float(probability[(low <= true + 1e-9) & (true - 1e-9 <= high)].sum()))
        length.append(float(probability @ (high - low)))
    return np.array(held), np.array(length)


if __name__ == "__main__":
    main()
