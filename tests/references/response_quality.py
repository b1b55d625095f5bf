"""Writes response_quality.csv (a simulated data set) and response_quality_careless.json.

    pip install careless-py==1.1.0 numpy==2.4.6 scipy==1.17.1
    python tests/references/response_quality.py

Figures of PyPI's careless-py 1.1.0 for `tests/data/bfi-excerpt.csv` and the simulated set, each as answered
and as far as careless-py can take it: it has no distances with missing answers, and its even–odd figure is
another one (it averages correlations within scales); those come from response_quality.R. Missing answers are
marked by a letter each in its longstring, so that they break runs; the mean run is over runs of answers.
"""

from __future__ import annotations

import csv
import json
from importlib.metadata import version
from pathlib import Path

import careless
import numpy as np
from careless.longstring import run_length_encode

HERE = Path(__file__).parent
BFI = HERE.parent / "data" / "bfi-excerpt.csv"
SIMULATED = HERE / "response_quality.csv"
BFI_REVERSED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")
SIMULATED_REVERSED = tuple(f"s{scale}i{item}" for scale in range(1, 7) for item in (2, 4))


def main() -> None:
    simulate()
    found = {
        "made_by": f"careless-py {version('careless-py')}, numpy {np.__version__}",
        "bfi": figures(BFI, BFI_REVERSED, 7, 0.60),
        "simulated": figures(SIMULATED, SIMULATED_REVERSED, 6, 0.60),
    }
    (HERE / "response_quality_careless.json").write_text(json.dumps(found, indent=1) + "\n")


def simulate() -> None:
    """120 respondents, six scales of four items with five options, two of each reversed, 3 % missing; the
    last twelve answer at random."""
    rng = np.random.default_rng(20261121)
    trait = np.sqrt(0.3) * rng.normal(size=(120, 1)) + np.sqrt(0.7) * rng.normal(size=(120, 6))
    latent = np.sqrt(0.75) * np.repeat(trait, 4, axis=1) + np.sqrt(0.25) * rng.normal(size=(120, 24))
    latent += rng.normal(0, 0.3, 24) + 0.4
    latent[:, [column for column in range(24) if column % 4 in (1, 3)]] *= -1
    answers = 1 + (latent[:, :, None] > np.array([-1.5, -0.5, 0.5, 1.5])).sum(axis=2)
    answers[-12:] = rng.integers(1, 6, (12, 24))
    missing = rng.random(answers.shape) < 0.03
    with SIMULATED.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["id", *(f"s{scale}i{item}" for scale in range(1, 7) for item in range(1, 5))])
        for number, (row, gone) in enumerate(zip(answers, missing, strict=True), start=1):
            writer.writerow([number, *("" if no else int(x) for x, no in zip(row, gone, strict=True))])


def figures(path: Path, reversed_items: tuple[str, ...], turned: int, cut: float) -> dict[str, object]:
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    names = [name for name in rows[0] if name != "id"]
    raw = np.array([[float(row[name]) if row[name] else np.nan for name in names] for row in rows])
    keyed = raw.copy()
    for name in reversed_items:
        keyed[:, names.index(name)] = turned - keyed[:, names.index(name)]
    complete = ~np.isnan(raw).any(axis=1)
    synonyms, pairs = careless.psychsyn(keyed[complete], critval=cut, diag=True)
    several = synonyms if pairs[0] >= 3 else np.full(len(synonyms), np.nan)
    return {
        "longest_run": [longest(row) for row in raw],
        "average_run": [average(row) for row in raw],
        "variability": listed(careless.irv(raw)),
        "person_total": listed(careless.person_total(keyed)),
        "complete": np.flatnonzero(complete).tolist(),
        "mahalanobis_squared_of_complete": listed(careless.mahad(keyed[complete]) ** 2),
        "synonym_pairs_of_complete": int(pairs[0]),
        "synonyms_of_complete": listed(several),
    }


def encoded(row: np.ndarray) -> str:
    """One character for an answer, another one for each missing answer."""
    return "".join(chr(ord("a") + place) if np.isnan(x) else str(int(x)) for place, x in enumerate(row))


def longest(row: np.ndarray) -> int:
    return max(number for sign, number in run_length_encode(encoded(row)) if sign.isdigit())


def average(row: np.ndarray) -> float:
    lengths = [number for sign, number in run_length_encode(encoded(row)) if sign.isdigit()]
    return sum(lengths) / len(lengths)


def listed(figures: np.ndarray) -> list[float | None]:
    return [None if np.isnan(x) else float(x) for x in figures]


if __name__ == "__main__":
    main()
