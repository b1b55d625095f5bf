"""`assess reliability` on a large file, beside R's psych::alpha and PyPI's pingouin where they are installed.

    python -m benchmarks.reliability [--people 100000] [--items 40] [--rounds 3] [--coverage]

Run it from the repository. End to end: a process of its own from a CSV file on disk to the printed document;
R reads the same file with read.csv and calls psych::alpha once. In memory: from the matrix to the document,
beside pingouin.cronbach_alpha on a data frame, which works out alpha and one interval only. One thread each:
set OPENBLAS_NUM_THREADS=1. `--coverage` prints how often the intervals hold the true alpha (minutes).
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np

from assess.measurement.reliability import reliability
from assess.scoring.form import Form, make_form
from assess.scoring.tally import Answers
from questionnaires.definition import Questionnaire
from questionnaires.reader import read_folder

MISSING = 0.02
R_SCRIPT = """
suppressMessages(library(psych))
data <- read.csv({file!r})[, -1]
found <- alpha(data, check.keys = FALSE, warnings = FALSE)
cat(found$total$raw_alpha)
"""
STRUCTURE = """format: 1
id: large
version: 1.0.0
source_language: en
languages: [en]
privacy: personal
minutes: 5
by_job_area: false
perspectives: {{self: {{}}}}
options: {{fit: {{values: [{values}]}}}}
items:
{items}
scales:
  whole: {{items: [{ids}], min_answered: {least}}}
scoring: {{kind: rating-scales}}
provenance: {{authors: us, year: 2026, source: own, licence: MIT, tested: not-yet-tested-with-users}}
"""
TEXTS = """language: en
title: Large
summary: One scale for a benchmark.
intended_use: [Measuring time.]
not_for: [Measuring people.]
method: [The mean of the answered items.]
perspectives: {{self: {{title: Large, welcome: Welcome., closing: Thank you.}}}}
options: {{fit: {{labels: [{labels}]}}}}
items:
{items}
scales: {{whole: {{name: Whole, about: All items.}}}}
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--items", type=int, default=40)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--coverage", action="store_true")
    chosen = arguments.parse_args()
    if chosen.coverage:
        print_coverage()
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), chosen.people, chosen.items, chosen.rounds)


def measure(folder: Path, people: int, items: int, rounds: int) -> None:
    answers = crowd(people, items)
    questionnaire, form = write_questionnaire(folder, items)
    file = folder / "answers.csv"
    write_answers(file, answers)
    print(f"{people:,} sheets × {items} items, {MISSING:.0%} missing, {file.stat().st_size / 1e6:.1f} MB")
    in_memory(questionnaire, form, answers, rounds)
    end_to_end(folder, file, rounds)


def crowd(people: int, items: int) -> Answers:
    rng = np.random.default_rng(1)
    latent = 0.6 * rng.normal(size=people) + 0.8 * rng.normal(size=(items, people))
    answers = (1 + np.digitize(latent, (-1.5, -0.5, 0.5, 1.5))).astype(np.uint8)
    answers[rng.random(answers.shape) < MISSING] = 0
    return answers


def write_questionnaire(folder: Path, items: int, options: int = 5) -> tuple[Questionnaire, Form]:
    """A questionnaire folder with one scale; its texts say no more than they must."""
    ids = [f"i{number}" for number in range(1, items + 1)]
    values = range(1, options + 1)
    structure = STRUCTURE.format(
        values=", ".join(map(str, values)),
        items="\n".join(
            f"  - {{id: {item}, kind: rating, options: fit, reason: one of many}}" for item in ids
        ),
        ids=", ".join(ids),
        least=items // 2,
    )
    texts = TEXTS.format(
        labels=", ".join(f"option {value}" for value in values),
        items="\n".join(f"  {item}: {{self: Statement {item}.}}" for item in ids),
    )
    (folder / "questionnaire.yaml").write_text(structure, encoding="utf-8")
    (folder / "en.yaml").write_text(texts, encoding="utf-8")
    questionnaire = read_folder(folder).questionnaire
    return questionnaire, make_form(questionnaire, "self")


def write_answers(file: Path, answers: Answers) -> None:
    written = np.array(["NA", "1", "2", "3", "4", "5"])[answers.T]
    header = ",".join(["id", *(f"i{number}" for number in range(1, len(answers) + 1))])
    with file.open("w", encoding="utf-8") as stream:
        stream.write(header + "\n")
        stream.writelines(f"p{place},{','.join(row)}\n" for place, row in enumerate(written.tolist()))


def in_memory(questionnaire: Questionnaire, form: Form, answers: Answers, rounds: int) -> None:
    def all_figures(resamples: int) -> Callable[[], object]:
        return lambda: reliability(questionnaire, form, answers, resamples=resamples)

    rows: list[tuple[str, Callable[[], object]]] = [
        ("matrix to document, no bootstrap", all_figures(0)),
        ("… with 1,000 resamples", all_figures(1_000)),
    ]
    if find_spec("pingouin"):
        import pandas as pd  # noqa: PLC0415
        import pingouin  # noqa: PLC0415

        frame = pd.DataFrame(np.where(answers == 0, np.nan, answers).T)
        rows.append(("pingouin.cronbach_alpha", lambda: pingouin.cronbach_alpha(frame)))
    taken = times([call for _, call in rows], rounds)
    for (name, _), seconds in zip(rows, taken, strict=True):
        print(f"{name:44}{median(seconds):8.3f} s{median(seconds) / median(taken[0]):9.1f} ×")


def end_to_end(folder: Path, file: Path, rounds: int) -> None:
    commands = {"assess reliability": [sys.executable, "-m", "assess", "reliability", str(folder), str(file)]}
    if shutil.which("Rscript"):
        commands["read.csv and psych::alpha in R"] = ["Rscript", "-e", R_SCRIPT.format(file=str(file))]
    calls = [lambda command=command: run(command) for command in commands.values()]
    taken = times(calls, rounds)
    for name, seconds in zip(commands, taken, strict=True):
        print(f"{name:44}{median(seconds):8.2f} s{median(seconds) / median(taken[0]):9.1f} ×")


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def times(calls: list[Callable[[], object]], rounds: int) -> list[list[float]]:
    """Seconds of each call in each round; the calls take turns, after one round that is not counted."""
    taken: list[list[float]] = [[] for _ in calls]
    for counted in range(rounds + 1):
        for call, seconds in zip(calls, taken, strict=True):
            start = time.perf_counter()
            call()
            if counted:
                seconds.append(time.perf_counter() - start)
    return taken


# --- how often the intervals hold ------------------------------------------------------------------


def print_coverage(repeats: int = 2_000) -> None:
    """A table for docs/measurement.md: 90 % intervals of five items by answers, sheets and missing ones."""
    print("| answers | sheets | missing | Feldt | bootstrap |\n|---|---|---|---|---|")
    for kind in ("normal", "unequal", "five options"):
        for sheets in (20, 30, 50, 100, 300):
            for missing in (0.0, 0.15):
                held = coverage(kind, sheets, missing, repeats)
                cells = " | ".join(f"{100 * share:.1f}" for share in held)
                print(f"| {kind} | {sheets} | {missing:.0%} | {cells} |", flush=True)


def coverage(kind: str, sheets: int, missing: float, repeats: int) -> tuple[float, float]:
    """Shares (0–1) of `repeats` samples whose Feldt and bootstrap intervals hold the alpha of a million."""
    rng = np.random.default_rng(sheets)
    options = 5 if kind == "five options" else 12
    with tempfile.TemporaryDirectory() as folder:
        questionnaire, form = write_questionnaire(Path(folder), 5, options)
    true = (
        reliability(questionnaire, form, sample(rng, kind, 1_000_000, options), resamples=0).scales[0].alpha
    )
    held = np.zeros(2)
    for _ in range(repeats):
        answers = sample(rng, kind, sheets, options)
        answers[rng.random(answers.shape) < missing] = 0
        (scale,) = reliability(questionnaire, form, answers, interval=0.90, resamples=400).scales
        for place, ends in enumerate((scale.alpha_interval, scale.alpha_bootstrap_interval)):
            held[place] += ends is not None and true is not None and ends[0] <= true <= ends[1]
    return float(held[0]) / repeats, float(held[1]) / repeats


def sample(rng: np.random.Generator, kind: str, sheets: int, options: int) -> Answers:
    """Five items of one tendency: normal (as near as twelve options come) with equal or unequal loadings, or
    five options with most answers high."""
    loadings = np.array([0.9, 0.7, 0.6, 0.4, 0.3] if kind == "unequal" else [math.sqrt(0.4)] * 5)[
        :, np.newaxis
    ]
    latent = loadings * rng.normal(size=sheets) + np.sqrt(1 - loadings**2) * rng.normal(size=(5, sheets))
    place = 3.8 + latent if kind == "five options" else 6.5 + 1.7 * latent
    return np.clip(np.round(place), 1, options).astype(np.uint8)


if __name__ == "__main__":
    main()
