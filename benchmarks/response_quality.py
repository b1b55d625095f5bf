"""Response quality of many sheets: time as a ratio to copying them, and how often flags are right.

    python -m benchmarks.response_quality [--respondents 100000] [--rounds 7]
    python -m benchmarks.response_quality --rates      # the table in docs/measurement.md

Run it from the repository with `PYTHONPATH=.:tests:tests/measurement` for the simulated respondents.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from quality_examples import Kind, eight_facets, respondents

from assess.measurement.response_quality import sheet_figures
from assess.measurement.response_quality_signs import KINDS
from assess.scoring.form import Form

RATES: tuple[tuple[str, Kind, float], ...] = (
    ("careful, 7 seconds an item", "careful", 7.0),
    ("random, 7 seconds", "random", 7.0),
    ("random, 1.5 seconds", "random", 1.5),
    ("straight, 7 seconds", "straight", 7.0),
    ("straight, 1.5 seconds", "straight", 1.5),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--respondents", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--rates", action="store_true")
    chosen = arguments.parse_args()
    if chosen.rates:
        _print_rates()
    else:
        for missing in (0.0, 0.02):
            _print_times(chosen.respondents, chosen.rounds, missing)


def _print_times(number: int, rounds: int, missing: float) -> None:
    rng, form = np.random.default_rng(1), eight_facets()
    answers = respondents(form, number, "careful", rng, missing)
    seconds = 32 * 7 * np.exp(0.4 * rng.normal(size=number))

    def work() -> object:
        return sheet_figures(form, answers, seconds).flagged

    work()
    copying = _seconds(answers.copy, rounds)
    taken = _seconds(work, rounds)
    print(
        f"{number:,} × 32, {missing:.0%} missing: {taken * 1e3:.0f} ms; copy {copying * 1e3:.2f} ms;"
        f" ratio {taken / copying:.0f}"
    )


def _seconds(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def _print_rates(samples: int = 20) -> None:
    """Means over samples of 3,000, a tenth of which is of the kind, the rest careful."""
    for reverse in (True, False):
        print(f"\n{'with' if reverse else 'without'} a reversed item in each scale\n")
        print(f"| sheets | {' | '.join(KINDS)} | flagged |\n|---|{'---|' * (len(KINDS) + 1)}")
        for name, kind, each in RATES:
            form = eight_facets(reverse)
            found = np.array([_rates(form, kind, each, seed) for seed in range(samples)])
            worst = found[:, -1].max()
            means = " | ".join(f"{share:.1%}" for share in found.mean(axis=0))
            print(f"| {name} | {means} (at most {worst:.1%}) |")


def _rates(form: Form, kind: Kind, each: float, seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    answers = respondents(form, 3_000, "careful", rng)
    seconds = 32 * 7 * np.exp(0.4 * rng.normal(size=3_000))
    answers[:, :300] = respondents(form, 300, kind, rng)
    if kind == "careful":
        of_kind = slice(0, 3_000)
    else:
        of_kind = slice(0, 300)
        seconds[:300] = each * 32
    found = sheet_figures(form, answers, seconds)
    return [
        *(float(found.kinds[kind][of_kind].mean()) for kind in KINDS),
        float(found.flagged[of_kind].mean()),
    ]


if __name__ == "__main__":
    main()
