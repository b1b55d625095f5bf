"""The graded response model against PyPI's mirt and girth: calibration of 5,000 × 20, scores of 100,000 × 20.

    python -m benchmarks.graded_response [--rounds 5]

Run it from the repository with `PYTHONPATH=tests/measurement` (for the simulated answers). Each program's
parameters are judged by one log-likelihood, ours. mirt and girth are compared only where they are installed:

    pip install mirt==1.2.0 girth==0.8.0
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import numpy as np
from graded_examples import LARGE, Simulated, keyed_categories, positions

from assess.measurement.grm import make_curves
from assess.measurement.irt_calibration import calibrate
from assess.measurement.irt_grid import make_grid
from assess.measurement.irt_likelihood import likelihood_at, patterns_of
from assess.measurement.irt_scoring import eap
from assess.scoring.form import ItemKey

MANY = Simulated(seed=LARGE.seed, respondents=100_000, items=LARGE.items)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    items = [ItemKey(f"i{item}", (1, 2, 3, 4, 5), False) for item in range(LARGE.items)]
    answers, categories = positions(LARGE), keyed_categories(LARGE)
    model = calibrate(items, answers)
    ours = _seconds(lambda: calibrate(items, answers), rounds)
    print(f"ours, with standard errors: {ours * 1e3:.0f} ms, ln L {model.log_likelihood:.3f}")
    many, many_categories = positions(MANY), keyed_categories(MANY)
    scoring = _seconds(lambda: eap(model, many), rounds)
    print(f"ours: EAP of 100,000 × 20: {scoring * 1e3:.0f} ms")
    mirt, girth = _installed("mirt"), _installed("girth")
    if mirt:
        for points in (21, 61):
            options = {
                "model": "GRM",
                "n_categories": 5,
                "n_quadpts": points,
                "compute_standard_errors": False,
            }
            fit = mirt.fit_mirt(categories.T, **options)
            taken = _seconds(lambda options=options: mirt.fit_mirt(categories.T, **options), rounds)
            likely = _log_likelihood(fit.model.discrimination, fit.model.thresholds, answers)
            print(
                f"mirt, {points} points: {taken * 1e3:.0f} ms ({taken / ours:.1f} of ours), ln L {likely:.3f}"
            )
        taken = _seconds(
            lambda: mirt.fscores(fit.model, many_categories.T, method="EAP", n_quadpts=61), rounds
        )
        print(f"mirt: EAP: {taken * 1e3:.0f} ms ({taken / scoring:.1f} of ours)")
    if girth:
        found = girth.grm_mml(categories + 1)
        taken = _seconds(lambda: girth.grm_mml(categories + 1), rounds)
        likely = _log_likelihood(found["Discrimination"], found["Difficulty"], answers)
        print(f"girth: {taken * 1e3:.0f} ms ({taken / ours:.1f} of ours), ln L {likely:.3f}")


def _installed(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed")
        return None


def _log_likelihood(slopes: Any, thresholds: Sequence[Any], answers: Any) -> float:
    intercepts = [-slope * np.asarray(own) for slope, own in zip(slopes, thresholds, strict=True)]
    curves = make_curves(np.asarray(slopes), intercepts)
    return likelihood_at(curves, patterns_of(answers), make_grid()).log_likelihood


def _seconds(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


if __name__ == "__main__":
    main()
