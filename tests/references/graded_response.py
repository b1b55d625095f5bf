"""Writes graded_response.json: what PyPI's mirt and girth find on two simulated data sets.

    pip install mirt==1.2.0 girth==0.8.0 numpy==2.4.6 scipy==1.17.1
    PYTHONPATH=tests/measurement python tests/references/graded_response.py

The data are drawn anew from a seed by tests/measurement/graded_examples.py (NumPy's RandomState, whose
streams never change). Parameters a and b, the log-likelihood that each program claims, standard errors by
cross-products, and EAP scores of the first 40 respondents.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mirt
import numpy as np
from girth import grm_mml
from graded_examples import LARGE, SMALL, Simulated, keyed_categories


def main() -> None:
    found: dict[str, Any] = {
        "made_by": ", ".join(f"{name} {version(name)}" for name in ("mirt", "girth", "numpy", "scipy"))
    }
    for name, example in (("small", SMALL), ("large", LARGE)):
        categories = keyed_categories(example)
        found[name] = {"mirt": by_mirt(categories), "girth": by_girth(categories, example)}
    path = Path(__file__).parent / "graded_response.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def by_mirt(categories: np.ndarray) -> dict[str, object]:
    """`categories`: items × respondents, 0…4, −1 = missing."""
    fit = mirt.fit_mirt(
        categories.T,
        model="GRM",
        n_categories=5,
        n_quadpts=61,
        tol=1e-7,
        max_iter=5_000,
        se_method="crossprod",
    )
    scores = mirt.fscores(fit.model, categories.T[:40], method="EAP", n_quadpts=121)
    return {
        "log_likelihood": float(fit.log_likelihood),
        "a": fit.model.discrimination.tolist(),
        "b": fit.model.thresholds.tolist(),
        "a_se": np.asarray(fit.standard_errors["discrimination"]).tolist(),
        "b_se": np.asarray(fit.standard_errors["thresholds"]).tolist(),
        "theta": np.ravel(scores.theta).tolist(),
        "theta_se": np.ravel(scores.standard_error).tolist(),
    }


def by_girth(categories: np.ndarray, example: Simulated) -> dict[str, object] | None:
    if example.missing:
        return None  # girth 0.8 marks missing answers in a way of its own
    fit = grm_mml(categories + 1, {"quadrature_n": 61, "quadrature_bounds": (-6, 6), "max_iteration": 200})
    return {"a": fit["Discrimination"].tolist(), "b": fit["Difficulty"].tolist()}


if __name__ == "__main__":
    main()
