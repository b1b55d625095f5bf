"""Writes `leadership-style.csv`: three simulated leaders and their direct reports (seeded; no real person).

python tests/data/make_leadership_style.py
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeAlias

import numpy as np

from questionnaires.definition import ACTION_LETTERS, PerspectiveId, Questionnaire, SituationItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

LEVELS = ("M1", "M2", "M3", "M4")
STYLES = ("S1", "S2", "S3", "S4")
Four: TypeAlias = tuple[float, float, float, float]
LEADERS: dict[str, tuple[Four, Four, int, int]] = {
    "p1": ((0.30, 0.90, 0.80, 0.15), (0.05, 0.65, 0.25, 0.05), 7, 0),
    "p2": ((0.15, 0.15, 0.15, 0.15), (0.05, 0.20, 0.60, 0.15), 3, 0),
    "p3": ((0.35, 0.35, 0.35, 0.35), (0.45, 0.35, 0.10, 0.10), 0, 3),
}
"""Subject → how often the choice follows the situation where it calls for M1…M4, the habit otherwise (S1…S4),
direct reports, answers left out. The subjects are people of `job-maturity.csv`, who have rated and lead
others too. p1 meets the middle and holds on: the one whom the tour of the README matches with those led."""
RATERS_SEE = 0.7
"""How often a direct report expects what the leader would choose; else the habit."""


class Choices:
    """Draws actions for one questionnaire."""

    def __init__(self, questionnaire: Questionnaire, seed: int) -> None:
        self.questionnaire = questionnaire
        self.situations = [item for item in questionnaire.items if isinstance(item, SituationItem)]
        self.random = np.random.default_rng(seed)

    def sheet(
        self,
        perspective: PerspectiveId,
        follows: Four,
        habit: Four,
        missing: int = 0,
    ) -> dict[str, str]:
        asked = self.questionnaire.perspectives[perspective].items
        items = [item for item in self.situations if not asked or item.id in asked]
        left_out = set(self.random.choice(len(items), missing, replace=False).tolist())
        return {
            item.id: "" if place in left_out else self._letter(item, follows, habit)
            for place, item in enumerate(items)
        }

    def _letter(self, item: SituationItem, follows: Four, habit: Four) -> str:
        level = LEVELS.index(item.calls_for)
        style = (
            STYLES[level]
            if self.random.random() < follows[level]
            else str(self.random.choice(STYLES, p=habit))
        )
        return ACTION_LETTERS[[str(action) for action in item.actions].index(style)]


def main() -> None:
    questionnaire = read_folder(LIBRARY / "leadership-style").questionnaire
    choices = Choices(questionnaire, 2026)
    blank = {item.id: "" for item in choices.situations}
    rows: list[dict[str, str]] = []
    for number, (subject, (follows, habit, reports, missing)) in enumerate(LEADERS.items(), start=1):
        about = {"perspective": "self", "subject": subject}
        own = choices.sheet("self", follows, habit, missing)
        rows.append({"id": f"l{number}", **about, **blank, **own})
        for report in range(1, reports + 1):
            first, second, third, fourth = (often * RATERS_SEE for often in follows)
            seen = choices.sheet("direct-report", (first, second, third, fourth), habit)
            about = {"perspective": "direct-report", "subject": subject}
            rows.append({"id": f"d{number}{report}", **about, **blank, **seen})
    path = Path(__file__).with_name("leadership-style.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
