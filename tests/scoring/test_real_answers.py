"""Real answers (see tests/data/README.md), scored by NumPy and again by plain Python."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
from example_definitions import definition

from assess.scoring.form import make_form
from assess.scoring.profile import make_profiles
from questionnaires.definition import Definition, OptionSet, RatingItem, Scale

DATA = Path(__file__).parents[1] / "data" / "bfi-excerpt.csv"
REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
SCALES = {letter: tuple(f"{letter}{number}" for number in range(1, 6)) for letter in "ACENO"}


@pytest.fixture
def rows() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def ipip() -> Definition:
    return definition(
        options={"accuracy": OptionSet(values=(1, 2, 3, 4, 5, 6))},
        items=tuple(
            RatingItem(id=item, options="accuracy", reason="…", reverse=item in REVERSED)
            for items in SCALES.values()
            for item in items
        ),
        scales={name: Scale(min_answered=4, items=items) for name, items in SCALES.items()},
    )


def by_hand(row: dict[str, str], items: tuple[str, ...]) -> Fraction | None:
    values = [7 - int(row[item]) if item in REVERSED else int(row[item]) for item in items if row[item]]
    return Fraction(sum(values), len(values)) if len(values) >= 4 else None


def test_scale_scores_of_real_people_are_those_of_plain_arithmetic(
    rows: list[dict[str, str]], ipip: Definition
) -> None:
    answers = [{item: int(row[item]) if row[item] else None for item in row if item != "id"} for row in rows]
    profiles = make_profiles(ipip, "self", answers)
    missing = 0
    for name, items in SCALES.items():
        scores = [profile.scale(name).score for profile in profiles]
        expected = [by_hand(row, items) for row in rows]
        assert scores == [None if value is None else float(value) for value in expected]
        missing += scores.count(None)
        known = [value for value in expected if value is not None]
        found = np.array([score for score in scores if score is not None])
        assert found.mean() == pytest.approx(float(mean(known)))
    assert missing > 0


def test_the_first_person_by_hand(rows: list[dict[str, str]], ipip: Definition) -> None:
    # Row 1: A 2 4 3 4 4 → (7−2)+4+3+4+4 = 20; C 2 3 3 4 4 → 2+3+3+(7−4)+(7−4) = 14;
    # E 3 3 3 4 4 → (7−3)+(7−3)+3+4+4 = 19; N 3 4 2 2 3 → 14; O 3 6 3 4 3 → 3+(7−6)+3+4+(7−3) = 15
    assert rows[0]["id"] == "1"
    answers = {item: int(given) for item, given in rows[0].items() if item != "id"}
    profile = make_profiles(ipip, "self", [answers])[0]
    assert [scale.score for scale in profile.scales] == [4.0, 2.8, 3.8, 2.8, 3.0]
    assert make_form(ipip.questionnaire, "self").scored_item_ids[0] == "A1"
