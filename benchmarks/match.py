"""The match of many leaders with many employees: time in all, and as a ratio to copying the levels.

    python -m benchmarks.match [--areas 10000] [--leaders 1000] [--rounds 9]

Run it from the repository. A person-area is one employee in one job area; each has two views, the manager's
and the employee's own. The yardstick is a copy of the probabilities that go in.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from assess.scoring.match_arrays import leader_tables, match_many
from questionnaires.definition import Situations
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--areas", type=int, default=10_000)
    arguments.add_argument("--leaders", type=int, default=1_000)
    arguments.add_argument("--rounds", type=int, default=9)
    chosen = arguments.parse_args()
    _report(chosen.areas, chosen.leaders, chosen.rounds)


def _report(areas: int, leaders: int, rounds: int) -> None:
    quadrants = read_folder(LIBRARY / "job-maturity").questionnaire.classification
    if quadrants is None:
        raise SystemExit("the questionnaire has no classification")
    situations = read_folder(LIBRARY / "leadership-style").questionnaire.scoring
    if not isinstance(situations, Situations):
        raise SystemExit("the questionnaire on leadership style does not score situations")
    rng = np.random.default_rng(1)
    posterior = rng.multinomial(5, np.full(4, 0.25), (leaders, 4)) + 0.5
    own, manager = np.ascontiguousarray(rng.dirichlet(np.full(4, 0.7), (2, areas)).transpose(0, 2, 1))
    leader = rng.integers(0, leaders, areas)

    def match() -> object:
        tables = leader_tables(posterior, situations, quadrants)
        return match_many(tables, leader, own, manager, agreement_from=0.5, interval=0.9)

    def copy() -> object:
        return own.copy(), manager.copy()

    copying, matching = _times([copy, match], rounds)
    print(f"{areas:,} person-areas of {leaders:,} leaders, both views, with intervals, leaning and advice")
    print(f"copy of the levels: median {median(copying) * 1e3:8.3f} ms")
    print(f"match:              median {median(matching) * 1e3:8.3f} ms, best {min(matching) * 1e3:.3f} ms")
    print(f"ratio of medians:   {median(matching) / median(copying):.0f}")


def _times(calls: list[Callable[[], object]], rounds: int) -> list[list[float]]:
    """Seconds of each call in each round; the calls take turns, after one round that is not counted."""
    taken: list[list[float]] = [[] for _ in calls]
    for counted in range(rounds + 1):
        for call, times in zip(calls, taken, strict=True):
            start = time.perf_counter()
            result = call()
            if counted:
                times.append(time.perf_counter() - start)
            del result
    return taken


if __name__ == "__main__":
    main()
