"""Ratings that tests of agreement, change and groups share, and what other software says of them.

The scripts that asked it, with versions, are tests/references/agreement.py and agreement.R.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

TESTS = Path(__file__).parent.parent
PYTHON: dict[str, Any] = json.loads((TESTS / "references" / "agreement_python.json").read_text())
R: dict[str, Any] = json.loads((TESTS / "references" / "agreement_r.json").read_text())

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], np.float64
)
"""Shrout & Fleiss (1979, Table 2): six targets, four judges."""

ATTITUDE = np.array(R["attitude"])
"""R's own data set `attitude` (Chatterjee & Price): 30 departments, 7 ratings."""


def bfi() -> npt.NDArray[np.float64]:
    """People × A1…A5 of the excerpt, A1 turned round, NaN = missing."""
    rows = list(csv.DictReader((TESTS / "data" / "bfi-excerpt.csv").read_text().splitlines()))
    table = np.array([[float(row[f"A{n}"] or "nan") for n in range(1, 6)] for row in rows])
    table[:, 0] = 7 - table[:, 0]
    return table


def simulated() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Items × raters with gaps, and the group of each rater."""
    rows = list(csv.DictReader((TESTS / "references" / "agreement.csv").read_text().splitlines()))
    items = [[float(row[item] or "nan") for row in rows] for item in ("i1", "i2", "i3", "i4")]
    return np.array(items), np.array([int(row["group"]) for row in rows])
