"""The three data sets that other programs analysed (tests/references/): our questionnaires and matrices."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
from example_definitions import definition

from assess.measurement.reliability import reliability
from assess.measurement.results import Missing, Reliability
from assess.scoring.form import make_form
from questionnaires.definition import Definition, OptionSet, RatingItem, Scale

REFERENCES = Path(__file__).parents[1] / "references"
FILES = {
    "attitude": REFERENCES / "data" / "attitude.csv",
    "bfi": REFERENCES.parent / "data" / "bfi-excerpt.csv",
    "simulated": REFERENCES / "data" / "simulated.csv",
}
SCALES = {
    "attitude": {
        "attitude": ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")
    },
    "bfi": {
        name: tuple(f"{name[0].upper()}{number}" for number in range(1, 6))
        for name in ("agreeableness", "conscientiousness", "extraversion", "neuroticism", "openness")
    },
    "simulated": {letter: tuple(f"{letter}{number}" for number in range(1, 7)) for letter in "wo"},
}
REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5", "w3", "w6", "o2", "o4"}
VALUES = {"attitude": range(101), "bfi": range(1, 7), "simulated": range(1, 6)}


def read_reference(name: str) -> Any:
    return json.loads((REFERENCES / name).read_text(encoding="utf-8"))


def questionnaire_of(name: str) -> Definition:
    """Scales of items; that of the simulated file has a domain `both` over its two scales."""
    scales = {scale: Scale(min_answered=4, items=items) for scale, items in SCALES[name].items()}
    if name == "simulated":
        scales["both"] = Scale(min_answered=8, facets=("w", "o"))
    return definition(
        id=name,
        options={"o": OptionSet(values=tuple(VALUES[name]))},
        items=tuple(
            RatingItem(id=item, options="o", reason="…", reverse=item in REVERSED)
            for items in SCALES[name].values()
            for item in items
        ),
        scales=scales,
    )


def answers_of(name: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Positions, items × people, 0 = missing; R's way of writing a missing answer may be NA."""
    with FILES[name].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = [item for items in SCALES[name].values() for item in items]
    lowest = VALUES[name][0]
    return np.array(
        [
            [int(row[item]) - lowest + 1 if row[item] not in ("", "NA") else 0 for row in rows]
            for item in items
        ],
        np.uint8,
    )


def analysed(name: str, missing: Missing = "pairwise", **how: Any) -> Reliability:
    questionnaire = questionnaire_of(name).questionnaire
    form = make_form(questionnaire, "self")
    return reliability(questionnaire, form, answers_of(name), missing=missing, **{"resamples": 0} | how)
