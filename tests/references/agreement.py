"""Writes agreement.csv (simulated ratings) and agreement_python.json.

    pip install pingouin==0.7.0 scikit-learn==1.9.1 krippendorff==0.9.0 statsmodels==0.15.0
    python tests/references/agreement.py
    Rscript tests/references/agreement.R

Data: Shrout & Fleiss (1979, Table 2); the A items of tests/data/bfi-excerpt.csv, A1 reversed, with gaps;
agreement.csv: 48 raters in 11 groups of 2–8, four items with five options, gaps. R's own `attitude` and
`chickwts` are in agreement.R.
"""

from __future__ import annotations

import csv
import json
import math
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

HERE = Path(__file__).parent
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""Krippendorff (2011, Computing Krippendorff's alpha-reliability)."""


def main() -> None:
    write_simulated()
    table = bfi()
    simulated = read_simulated()
    found: dict[str, Any] = {
        "versions": {
            name: version(name) for name in ("pingouin", "scikit-learn", "krippendorff", "statsmodels")
        },
        "icc": {"shrout-fleiss": icc(SHROUT_FLEISS), "bfi": icc([row for row in table if None not in row])},
        "kappa": {"bfi A3 A4": kappas(table, 2, 3), "bfi A3 A5": kappas(table, 2, 4)},
        "krippendorff": {
            "four-coders": alphas(FOUR_CODERS),
            "bfi": alphas(list(map(list, zip(*table, strict=True)))),
            "simulated": alphas(simulated),
        },
        "change": change(table),
    }
    (HERE / "agreement_python.json").write_text(json.dumps(found, indent=1) + "\n")


def write_simulated() -> None:
    rng = np.random.default_rng(20_261_121)
    rows = []
    for group, size in enumerate((2, 3, 4, 5, 8, 6, 4, 3, 7, 2, 4), start=1):
        level = rng.normal(0, 0.7)
        for _ in range(size):
            tendency = level + rng.normal(0, 0.5)
            scores = np.digitize(tendency + rng.normal(0, 0.8, 4), (-1.6, -0.6, 0.3, 1.2)) + 1
            gaps = rng.random(4) < 0.06
            rows.append(
                [group, *("" if gap else int(score) for score, gap in zip(scores, gaps, strict=True))]
            )
    with (HERE / "agreement.csv").open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["group", "i1", "i2", "i3", "i4"])
        writer.writerows(rows)


def read_simulated() -> list[list[int | None]]:
    """Items × raters."""
    rows = list(csv.DictReader((HERE / "agreement.csv").read_text().splitlines()))
    return [[int(row[item]) if row[item] else None for row in rows] for item in ("i1", "i2", "i3", "i4")]


def bfi() -> list[list[int | None]]:
    """People × A1…A5, A1 turned round."""
    rows = csv.DictReader((HERE.parent / "data" / "bfi-excerpt.csv").read_text().splitlines())
    table = [[int(row[f"A{n}"]) if row[f"A{n}"] else None for n in range(1, 6)] for row in rows]
    return [[None if row[0] is None else 7 - row[0], *row[1:]] for row in table]


def icc(table: list[list[Any]]) -> list[dict[str, float]]:
    long = pd.DataFrame(
        [(target, rater, score) for target, row in enumerate(table) for rater, score in enumerate(row)],
        columns=["target", "rater", "score"],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = pingouin.intraclass_corr(long, "target", "rater", "score")
    ci = next(name for name in found.columns if name.startswith("CI"))
    return [
        {
            "kind": row["Type"],
            "value": row["ICC"],
            "f": row["F"],
            "df1": row["df1"],
            "df2": row["df2"],
            "p": row.get("pval", row.get("p_val", row.get("p-val"))),
            "rounded_interval": [float(end) for end in row[ci]],
        }
        for _, row in found.iterrows()
    ]


def kappas(table: list[list[int | None]], first: int, second: int) -> dict[str, Any]:
    pairs = [(row[first], row[second]) for row in table if row[first] and row[second]]
    a, b = zip(*pairs, strict=True)
    labels = list(range(1, 7))
    counts = np.zeros((6, 6))
    np.add.at(counts, (np.array(a) - 1, np.array(b) - 1), 1)
    linear, quadratic = (cohens_kappa(counts, wt=weights) for weights in ("linear", "quadratic"))
    return {
        "columns": [first, second],
        "n": len(pairs),
        "plain": cohen_kappa_score(a, b, labels=labels),
        "linear": cohen_kappa_score(a, b, labels=labels, weights="linear"),
        "quadratic": cohen_kappa_score(a, b, labels=labels, weights="quadratic"),
        "plain_se": float(cohens_kappa(counts).std_kappa),
        "linear_se": float(linear.std_kappa),
        "quadratic_se": float(quadratic.std_kappa),
        "plain_se_chance": float(cohens_kappa(counts).std_kappa0),
        "linear_se_chance": float(linear.std_kappa0),
        "quadratic_se_chance": float(quadratic.std_kappa0),
    }


def alphas(judgements: list[Any]) -> dict[str, float]:
    data = [[math.nan if value is None else value for value in row] for row in judgements]
    return {
        level: float(krippendorff.alpha(data, level_of_measurement=level))
        for level in ("nominal", "ordinal", "interval")
    }


def change(table: list[list[int | None]]) -> dict[str, float]:
    """A3 as the first occasion, A4 as the second."""
    pairs = [(row[2], row[3]) for row in table if row[2] and row[3]]
    before, after = (np.array(side, float) for side in zip(*pairs, strict=True))
    test = pingouin.ttest(after, before, paired=True, confidence=0.90).iloc[0]
    difference = after - before
    return {
        "n": len(pairs),
        "t": float(test["T"]),
        "p": float(test.get("p_val", test.get("p-val"))),
        "d_av": float(pingouin.compute_effsize(after, before, paired=True, eftype="cohen")),
        "d_z": float(difference.mean() / difference.std(ddof=1)),
    }


if __name__ == "__main__":
    main()
