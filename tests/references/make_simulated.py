"""Writes data/simulated.csv: answers of 250 simulated people to two scales of six, some reversed or missing.

    python tests/references/make_simulated.py

Made with NumPy 2.4.6 (`default_rng(4)`, PCG64). A reversed item holds the answer as given, 6 − x. Items w1–w6
and o1–o6; the loadings differ, o5 hardly measures its scale. Missing: 6 % of the answers, and everything of
the second scale for 5 people.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

REVERSED = ("w3", "w6", "o2", "o4")
LOADINGS = {"w": (0.75, 0.6, 0.65, 0.5, 0.7, 0.55), "o": (0.7, 0.5, 0.6, 0.65, 0.1, 0.45)}


def main() -> None:
    rng = np.random.default_rng(4)
    people = 250
    first, other = rng.normal(size=(2, people))
    factors = {"w": first, "o": 0.4 * first + np.sqrt(1 - 0.16) * other}
    columns: dict[str, list[str]] = {"id": [f"p{number:03d}" for number in range(1, people + 1)]}
    for letter, loadings in LOADINGS.items():
        for number, loading in enumerate(loadings, start=1):
            item = f"{letter}{number}"
            latent = loading * factors[letter] + np.sqrt(1 - loading**2) * rng.normal(size=people)
            given = 1 + np.digitize(latent, (-1.6, -0.6, 0.3, 1.2))
            given = 6 - given if item in REVERSED else given
            missing = rng.random(people) < 0.06
            if letter == "o":
                missing[:5] = True
            columns[item] = ["" if gone else str(answer) for answer, gone in zip(given, missing, strict=True)]
    path = Path(__file__).parent / "data" / "simulated.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


if __name__ == "__main__":
    main()
