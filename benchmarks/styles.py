"""Scoring a crowd of leaders: time as a ratio to copying their choices in memory; seconds for the rest.

    python -m benchmarks.styles [--people 1000000] [--rounds 9]

Run it from the repository. The yardstick (a plain copy of the matrix) is measured in the same process, in
turn with the thing measured, so that a busy machine slows both. The crowd is scored to counts, flexibility,
effectiveness, the table of styles by levels and both indices, everything written out as arrays. The
benchmark against the same choices blindly is exact; it is measured with nothing remembered from before.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from assess.scoring import style_chance, style_column, style_posterior
from assess.scoring.form import Form, make_form
from assess.scoring.precision import record_in_force
from assess.scoring.profile import score_results
from assess.scoring.situations import STYLES, Stratum, StyleScores, score_situations, strata_of
from assess.scoring.tally import Answers
from questionnaires.definition import Questionnaire, Situations
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

MISSING = 0.02
LEADERS = 1_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--people", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=9)
    chosen = arguments.parse_args()
    questionnaire = read_folder(LIBRARY / "leadership-style").questionnaire
    form = make_form(questionnaire, "self")
    answers = crowd(form, chosen.people)
    print(f"{chosen.people:,} × {len(form.situations)} situations, {answers.nbytes / 1e6:.0f} MB of choices")
    _crowd(questionnaire, form, answers, chosen.rounds)
    _blind(form)
    _results(questionnaire, form)


def crowd(form: Form, people: int, missing: float = MISSING) -> Answers:
    """Random choices with some missing; scoring takes the same time for any choices."""
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 5, (len(form.situations), people), np.uint8)
    answers[rng.random(answers.shape, np.float32) < missing] = 0
    return answers


def _crowd(questionnaire: Questionnaire, form: Form, answers: Answers, rounds: int) -> None:
    scoring = questionnaire.scoring
    assert isinstance(scoring, Situations)

    def scored() -> StyleScores:
        scores = score_situations(scoring, form, answers)
        assert scores.table.shape == (4, 4, answers.shape[1])
        return scores

    copying, scoring_times = _times([answers.copy, scored], rounds)
    print(f"{'':32}{'best ms':>9}{'median ms':>11}{'ratio of medians':>18}{'of bests':>10}")
    for name, taken in (("copy of the choices", copying), ("styles", scoring_times)):
        ratio, best = median(taken) / median(copying), min(taken) / min(copying)
        print(f"{name:32}{min(taken) * 1e3:9.1f}{median(taken) * 1e3:11.1f}{ratio:18.1f}{best:10.1f}")


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


def _blind(form: Form) -> None:
    strata = strata_of(form.situations)
    for missing in (0.0, 0.1):
        answers = crowd(form, LEADERS, missing)
        leaders = [_rows_and_mix(form, strata, column) for column in answers.T.tolist()]
        _forget()
        start = time.perf_counter()
        for rows, mix in leaders:
            style_chance.weight_blind(rows, mix)
        seconds = time.perf_counter() - start
        print(f"blind benchmark of {LEADERS:,} leaders, {missing:.0%} missing: {seconds:.3f} s")


def _rows_and_mix(
    form: Form, strata: tuple[Stratum, ...], column: list[int]
) -> tuple[style_chance.Rows, style_chance.Mix]:
    rows = style_chance.rows_of(
        (stratum.weights, sum(column[row] > 0 for row in stratum.rows)) for stratum in strata
    )
    chosen = [
        key.actions[position - 1] for key, position in zip(form.situations, column, strict=True) if position
    ]
    return rows, tuple(chosen.count(style) for style in STYLES)


def _results(questionnaire: Questionnaire, form: Form) -> None:
    record = record_in_force(questionnaire, "self", None)
    for people in (LEADERS, 1):
        answers = crowd(form, people)
        _forget()
        start = time.perf_counter()
        list(score_results(questionnaire, form, answers, record))
        cold = time.perf_counter() - start
        start = time.perf_counter()
        list(score_results(questionnaire, form, answers, record))
        again = time.perf_counter() - start
        print(f"results of {people:,}: {cold * 1e3:.1f} ms from nothing, {again * 1e3:.2f} ms again")


def _forget() -> None:
    """Empty what is remembered between leaders."""
    for module in (style_chance, style_posterior, style_column):
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()


if __name__ == "__main__":
    main()
