"""Scoring a crowd: time as a ratio to copying the same answers in memory, peak memory over their size.

    python -m benchmarks.scoring [--people 1000000] [--rounds 9]

Run it from the repository. The yardstick (a plain copy of the matrix) is measured in the same process, in
turn with the thing measured, so that a busy machine slows both. Peak memory is measured by tracemalloc in a
run of its own and includes the answers themselves.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable
from statistics import median

import numpy as np

from assess.scoring.classification import Levels, classify
from assess.scoring.form import Form, make_form
from assess.scoring.precision import record_in_force
from assess.scoring.profile import score_results
from assess.scoring.rating_scales import score
from assess.scoring.tally import Answers, Tally, tally
from questionnaires.definition import Definition
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

MISSING = 0.02


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--people", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=9)
    chosen = arguments.parse_args()
    definition = read_folder(LIBRARY / "job-maturity")
    form = make_form(definition.questionnaire, "self")
    answers = crowd(form, chosen.people)
    print(f"{chosen.people:,} people × {len(form.items)} items, {answers.nbytes / 1e6:.0f} MB of answers")
    _report(definition, form, answers, chosen.rounds)


def crowd(form: Form, people: int) -> Answers:
    """Random positions with some missing; scoring takes the same time for any answers."""
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 6, (len(form.items), people), np.uint8)
    answers[rng.random(answers.shape, np.float32) < MISSING] = 0
    return answers


def levels_of(definition: Definition, form: Form, answers: Answers) -> Levels | None:
    """What is measured: sums, counts, the probability of each level, the level, and whether borderline."""
    quadrants = definition.questionnaire.classification
    if quadrants is None:
        raise SystemExit("the questionnaire has no classification")
    return classify(quadrants, form, score(form, answers, definition.questionnaire.precision["self"]))


def _report(definition: Definition, form: Form, answers: Answers, rounds: int) -> None:
    def levels() -> Levels | None:
        return levels_of(definition, form, answers)

    def sums() -> Tally:
        return tally(form, answers)

    copying, tallying, classing = _times([answers.copy, sums, levels], rounds)
    print(f"{'':32}{'best ms':>9}{'median ms':>11}{'ratio of medians':>18}{'of bests':>10}")
    for name, taken in (
        ("copy of the answers", copying),
        ("sums and counts", tallying),
        ("… and levels", classing),
    ):
        ratio, best = median(taken) / median(copying), min(taken) / min(copying)
        print(f"{name:32}{min(taken) * 1e3:9.1f}{median(taken) * 1e3:11.1f}{ratio:18.1f}{best:10.1f}")
    print(f"peak memory, answers included: {_peak(definition, form, answers.shape[1]):.2f} × the answers")
    _one_person(definition, form)


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


def _peak(definition: Definition, form: Form, people: int) -> float:
    answers = crowd(form, people)
    tracemalloc.start()
    result = levels_of(definition, form, answers)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return (answers.nbytes + peak) / answers.nbytes


def _one_person(definition: Definition, form: Form) -> None:
    one = crowd(form, 1)
    record = record_in_force(definition.questionnaire, "self", None)
    (taken,) = _times([lambda: list(score_results(definition.questionnaire, form, one, record))], 200)
    print(f"one person, answers to results: {median(taken) * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
