"""A leadership questionnaire of twenty situations in three languages, and a bakery whose leaders answer it.

Everything goes in through the same use cases as in the application.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from small_organisation import LANGUAGES, Bakery

from assess.answering import sheets
from assess.answering.types import Given, Session
from assess.campaigns import waves
from questionnaires.definition import (
    Definition,
    LanguageId,
    LeaningId,
    LeaningTexts,
    LevelId,
    LevelTexts,
    MatchTexts,
    PatternId,
    PatternTexts,
    Perspective,
    PerspectiveId,
    PerspectiveTexts,
    Provenance,
    Questionnaire,
    SituationItem,
    Situations,
    SituationTexts,
    StyleId,
    StyleTexts,
    Texts,
)

LEVELS: tuple[LevelId, ...] = ("M1", "M2", "M3", "M4")
STYLES: tuple[StyleId, ...] = ("S1", "S2", "S3", "S4")
KEYS: tuple[tuple[StyleId, StyleId, StyleId, StyleId], ...] = (
    ("S1", "S2", "S3", "S4"),
    ("S2", "S1", "S4", "S3"),
    ("S3", "S4", "S1", "S2"),
    ("S4", "S3", "S2", "S1"),
)
WEIGHTS: dict[LevelId, dict[StyleId, int]] = {
    "M1": {"S1": 4, "S2": 3, "S3": 2, "S4": 1},
    "M2": {"S1": 3, "S2": 4, "S3": 2, "S4": 1},
    "M3": {"S1": 1, "S2": 3, "S3": 4, "S4": 2},
    "M4": {"S1": 1, "S2": 2, "S3": 3, "S4": 4},
}
SITUATIONS = 20
ASKED_OF_REPORTS = tuple(f"situation-{number}" for number in range(1, 13))


def leading(**parts: Any) -> Definition:
    """Twenty situations, five for each level in turn, asked in each person's own order; direct reports are
    asked the first twelve."""
    defaults: dict[str, Any] = {
        "format": 1,
        "id": "leading",
        "version": "1.0.0",
        "source_language": "en",
        "languages": LANGUAGES,
        "privacy": "personal",
        "minutes": 18,
        "by_job_area": False,
        "shuffled": True,
        "perspectives": {
            "self": Perspective(),
            "direct-report": Perspective(items=ASKED_OF_REPORTS, min_answered=10),
        },
        "options": {},
        "items": tuple(
            SituationItem(
                id=f"situation-{number}",
                calls_for=LEVELS[(number - 1) % 4],
                actions=KEYS[(number - 1) // 4 % 4],
                reason="…",
            )
            for number in range(1, SITUATIONS + 1)
        ),
        "scoring": Situations(
            weights=WEIGHTS,
            min_answered=16,
            secondary_from=4,
            flexibility_when_missing="proportional",
            cut_reason="…",
        ),
        "provenance": Provenance(authors="us", year=2026, source="own", licence="MIT", tested="interviews"),
    }
    questionnaire = Questionnaire(**(defaults | parts))
    return Definition(
        questionnaire=questionnaire,
        texts={language: _texts(language, questionnaire) for language in questionnaire.languages},
    )


def _texts(language: LanguageId, questionnaire: Questionnaire) -> Texts:
    def says(*words: str) -> str:
        return f"{' '.join(words)} ({language})"

    def case(number: int, perspective: PerspectiveId) -> SituationTexts:
        who = "You" if perspective == "self" else "{first_name}"
        first, second, third, fourth = (says(f"{who} take way {number}{letter}") for letter in "ABCD")
        return SituationTexts(
            situation=says(
                f"In situation {number} Eva has been at the oven since Monday and asks often, though she "
                "has baked at home for years, and this morning the dough for the day does not rise"
            ),
            actions=(first, second, third, fourth),
        )

    return Texts(
        language=language,
        title=says("Leading"),
        summary="…",
        intended_use=("…",),
        not_for=("…",),
        method=("…",),
        perspectives={
            perspective: PerspectiveTexts(
                title=says("How you lead" if perspective == "self" else "How {first_name} leads"),
                welcome=says("Read each situation and choose"),
                closing=says("Thank you for thinking along"),
            )
            for perspective in questionnaire.perspectives
        },
        options={},
        items={
            f"situation-{number}": {
                perspective: case(number, perspective) for perspective in questionnaire.perspectives
            }
            for number in range(1, SITUATIONS + 1)
        },
        levels={
            level: LevelTexts(
                need=says("Need", level), meaning="…", next=("…",), questions=("…",), advice=("…",)
            )
            for level in LEVELS
        },
        styles={
            style: StyleTexts(
                name=says("Style", style),
                about=says("About", style),
                strengths=says("Strength of", style),
                overuse=says("Too much of", style),
                needed=says("When", style, "is needed"),
                practise=(says("Practise", style),),
            )
            for style in STYLES
        },
        patterns={
            pattern: PatternTexts(headline=says(pattern), meaning=says("Meaning of", pattern), next=("…",))
            for pattern in get_args(PatternId)
        },
        leanings={
            leaning: LeaningTexts(
                name=says(leaning),
                about=says("About", leaning),
                meaning=says("Meaning of", leaning),
                next=("…",),
            )
            for leaning in get_args(LeaningId)
        },
        match={
            level: MatchTexts(
                fitting=says("Keep on with {first_name} at", level),
                question=says("Ask {first_name} about", level),
                too_tight="" if level == "M1" else says("Let go with {first_name} at", level),
                too_loose="" if level == "M4" else says("Come closer to {first_name} at", level),
            )
            for level in LEVELS
        },
    )


@dataclass
class LedBakery(Bakery):
    """A bakery whose leader Bo answers situations, and whose staff answer them about Bo."""

    definition: Definition = field(default_factory=leading)

    def assign_leader(self, wave_id: str, leader_id: str = "") -> str:
        """Bo's own task, or another leader's."""
        leader = leader_id or self.manager_id
        return waves.assign(
            self.store,
            wave_id,
            self.content_hash,
            "self",
            respondent_id=leader,
            subject_id=leader,
            job_area_ids=(),
            now=self.now,
        )

    def assign_report(self, wave_id: str, respondent_id: str = "") -> str:
        """Amina's task about Bo, or somebody else's."""
        return waves.assign(
            self.store,
            wave_id,
            self.content_hash,
            "direct-report",
            respondent_id=respondent_id or self.employee_id,
            subject_id=self.manager_id,
            job_area_ids=(),
            now=self.now,
        )

    def choose(self, session: Session, position: Callable[[str], int] | int = 1) -> str:
        """Chooses an action in every situation: one position throughout, or one by item; gives the sheet."""
        sheet_id = self.task(session).sheets[0].sheet_id
        asked = sheets.sheet(self.store, session, sheet_id, self.now).form.item_ids
        at = position if callable(position) else lambda _: position
        sheets.save(
            self.store, session, sheet_id, {item: Given(position=at(item)) for item in asked}, self.now
        )
        return sheet_id

    def choose_and_submit(self, task_id: str, position: Callable[[str], int] | int = 1) -> str:
        """Answers a task in full and submits it; gives the sheet."""
        session = self.enter(task_id)
        sheet_id = self.choose(session, position)
        sheets.submit(self.store, session, sheet_id, self.now)
        return sheet_id

    def style(self, item_id: str, style: StyleId) -> int:
        """The position of the action of a style."""
        items = {item.id: item for item in self.definition.questionnaire.items}
        found = items[item_id]
        assert isinstance(found, SituationItem)
        return found.actions.index(style) + 1
