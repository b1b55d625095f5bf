"""Writes reliability-python.json: alpha by pingouin 0.7.0, loadings by factor_analyzer 0.5.1.

    python tests/references/reliability_python.py

On the files that reliability.R uses; run that first. Needs the two packages (and pandas), the tests do not.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pingouin
from factor_analyzer import FactorAnalyzer

HERE = Path(__file__).parent
FILES = {
    "attitude": HERE / "data" / "attitude.csv",
    "bfi": HERE.parent / "data" / "bfi-excerpt.csv",
    "simulated": HERE / "data" / "simulated.csv",
}
SCALES: dict[str, dict[str, tuple[list[str], int, int]]] = {
    "attitude": {
        "attitude": (
            ["rating", "complaints", "privileges", "learning", "raises", "critical", "advance"],
            0,
            100,
        )
    },
    "bfi": {
        name: ([f"{name[0].upper()}{number}" for number in range(1, 6)], 1, 6)
        for name in ("agreeableness", "conscientiousness", "extraversion", "neuroticism", "openness")
    },
    "simulated": {letter: ([f"{letter}{number}" for number in range(1, 7)], 1, 5) for letter in "wo"},
}
REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5", "w3", "w6", "o2", "o4"}


def main() -> None:
    found: dict[str, Any] = {
        "versions": {name: version(name) for name in ("pingouin", "factor_analyzer", "pandas", "numpy")}
    }
    for file, scales in SCALES.items():
        data = pd.read_csv(FILES[file])
        found[file] = {name: analysis(data, *scale) for name, scale in scales.items()}
    text = json.dumps(found, indent=1)
    (HERE / "reliability-python.json").write_text(text + "\n", encoding="utf-8")


def analysis(data: pd.DataFrame, items: list[str], lo: int, hi: int) -> dict[str, Any]:
    keyed = data[items].copy()
    for item in REVERSED.intersection(items):
        keyed[item] = lo + hi - keyed[item]
    keyed = keyed.dropna(how="all")
    found: dict[str, Any] = {}
    for policy in ("pairwise", "listwise"):
        # its own listwise policy drops rows for alpha, but counts them in the interval
        used = keyed if policy == "pairwise" else keyed.dropna()
        alpha, interval = pingouin.cronbach_alpha(used, nan_policy=policy, ci=0.90)
        factor = FactorAnalyzer(n_factors=1, rotation=None, method="minres", is_corr_matrix=True)
        factor.fit(used.corr().to_numpy())
        loadings = factor.loadings_[:, 0]
        loadings = loadings * (1 if loadings.sum() > 0 else -1)
        found[policy] = {
            "n_rows": len(used),
            "alpha": float(alpha),
            "interval_90": [float(end) for end in interval],
            "loadings": dict(zip(items, loadings.tolist(), strict=True)),
        }
    return found


if __name__ == "__main__":
    main()
