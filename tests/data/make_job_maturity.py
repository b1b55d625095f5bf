"""Writes `job-maturity.csv`: 30 simulated people with their managers' ratings (seeded; no real person), and
`job-maturity-later.csv`: the own sheets of 27 of them half a year on, a little higher here and there.

python tests/data/make_job_maturity.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from assess.demo.simulation import simulate
from questionnaires.definition import RatingItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

AREAS = ("Bread", "Counter", "Deliveries")
PEOPLE = 30
STILL_HERE = 27


def main() -> None:
    questionnaire = read_folder(LIBRARY / "job-maturity").questionnaire
    found = simulate(questionnaire, np.random.default_rng(17), PEOPLE)
    items = found.item_ids["self"]
    rows: list[dict[str, object]] = []
    for person in range(PEOPLE):
        for perspective in ("self", "manager"):
            answers = found.answers(perspective, 0, person)
            rows.append(
                {
                    "id": person + 1 if perspective == "self" else f"m{person + 1}",
                    "perspective": perspective,
                    "subject": f"p{person + 1}",
                    "job_area": AREAS[person % len(AREAS)],
                    **{item: answers.get(item) or "" for item in items},
                }
            )
    write("job-maturity.csv", rows)
    highest = {
        item.id: questionnaire.options[item.options].size
        for item in questionnaire.items
        if isinstance(item, RatingItem)
    }
    own = [row for row in rows if row["perspective"] == "self"]
    write("job-maturity-later.csv", [later(row, highest) for row in own[:STILL_HERE]])


def later(row: dict[str, object], highest: dict[str, int]) -> dict[str, object]:
    """The same sheet with each answer one higher in a quarter of the cases, one lower in a tenth."""
    generator = np.random.default_rng(int(str(row["id"])))
    moves = generator.choice([1, -1, 0], size=len(highest), p=[0.25, 0.10, 0.65]).tolist()
    moved = dict(row)
    for (item, top), move in zip(highest.items(), moves, strict=True):
        if row[item]:
            moved[item] = min(max(int(str(row[item])) + move, 1), top)
    return moved


def write(name: str, rows: list[dict[str, object]]) -> None:
    with Path(__file__).with_name(name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
