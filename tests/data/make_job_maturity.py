"""Writes `job-maturity.csv`: 30 simulated people with their managers' ratings (seeded; no real person).

python tests/data/make_job_maturity.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from assess.demo.simulation import simulate
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

AREAS = ("Bread", "Counter", "Deliveries")
PEOPLE = 30


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
    path = Path(__file__).with_name("job-maturity.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
