"""A bakery whose leader Bo both rates the maturity of his people and answers how he leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leading import leading
from small_organisation import Bakery, tiny

from assess.answering import sheets
from assess.answering.types import Given, Session
from assess.campaigns import waves
from questionnaires.definition import (
    ChoiceItem,
    Definition,
    Level,
    OptionSet,
    Perspective,
    PerspectiveId,
    Quadrants,
    RatingItem,
    SituationItem,
    StyleId,
)

RATINGS = ("skill-1", "skill-2", "will-1", "will-2")
WISHES: dict[StyleId, str] = {"S1": "wish-s1", "S4": "wish-s4"}


def tiny_maturity(**parts: Any) -> Definition:
    """`tiny` with four levels of `skill` and `will`, and wishes for more or less of S1 and S4."""
    levels = {
        "M1": Level(across="low", up="low", calls_for="S1"),
        "M2": Level(across="low", up="high", calls_for="S2"),
        "M3": Level(across="high", up="low", calls_for="S3"),
        "M4": Level(across="high", up="high", calls_for="S4"),
    }
    return tiny(
        **{
            "id": "tiny-maturity",
            "perspectives": {"self": Perspective(), "manager": Perspective(items=RATINGS)},
            "options": {
                "fit": OptionSet(values=(1, 2, 3, 4, 5), cannot_say=True),
                "wish": OptionSet(choices=("less", "as-now", "more")),
            },
            "items": (
                RatingItem(id="skill-1", options="fit", reason="…"),
                RatingItem(id="skill-2", options="fit", reason="…"),
                RatingItem(id="will-1", options="fit", reason="…"),
                RatingItem(id="will-2", options="fit", reason="…", reverse=True),
                *(ChoiceItem(id=item, options="wish", reason="…") for item in WISHES.values()),
            ),
            "short_forms": {},
            "classification": Quadrants(
                name="ability-and-willingness",
                across="skill",
                up="will",
                cuts={"skill": 3.5, "will": 3.5},
                cut_reason="a convention",
                levels=levels,
                wishes=WISHES,
            ),
        }
        | parts
    )


def maturity(skill: int, will: int, wishes: tuple[int, int] = (2, 2)) -> dict[str, int]:
    """Answers that give these two scores (1–5), and the wishes for S1 and S4."""
    scores = {"skill-1": skill, "skill-2": skill, "will-1": will, "will-2": 6 - will}
    return scores | dict(zip(WISHES.values(), wishes, strict=True))


@dataclass
class Team(Bakery):
    """Bo leads Amina and whoever is added. `definition` asks about maturity, `style` about leading."""

    definition: Definition = field(default_factory=tiny_maturity)
    style: Definition = field(default_factory=leading)
    style_hash: str = ""
    wave_id: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.style_hash = waves.add_questionnaire(self.store, self.style, now=self.now)
        self.wave_id = self.open_wave()

    def open_wave(self, now: datetime | None = None, name: str = "Autumn") -> str:
        """A wave with both questionnaires."""
        return waves.open_wave(
            self.store,
            self.organisation_id,
            name,
            [self.content_hash, self.style_hash],
            job_areas="given",
            max_job_areas=3,
            now=now or self.now,
        )

    def enter_own_style(self) -> Session:
        """Bo's session on his own leadership style."""
        return self.enter(self._assign_style("self", self.manager_id))

    def enter_report(self, person_id: str) -> Session:
        """Somebody's session on how Bo leads."""
        return self.enter(self._assign_style("direct-report", person_id))

    def _assign_style(self, perspective: PerspectiveId, respondent_id: str) -> str:
        return waves.assign(
            self.store,
            self.wave_id,
            self.style_hash,
            perspective,
            respondent_id=respondent_id,
            subject_id=self.manager_id,
            now=self.now,
        )

    def enter_pair(
        self,
        person_id: str,
        areas: Sequence[int] = (0,),
        wave_id: str = "",
        manager_areas: Sequence[int] = (),
    ) -> tuple[Session, Session]:
        """The sessions of a person and of Bo about that person's maturity in these job areas."""

        def assign(perspective: PerspectiveId, respondent_id: str, places: Sequence[int]) -> Session:
            task_id = waves.assign(
                self.store,
                wave_id or self.wave_id,
                self.content_hash,
                perspective,
                respondent_id=respondent_id,
                subject_id=person_id,
                job_area_ids=[self.area_ids[place] for place in places],
                now=self.now,
            )
            return self.enter(task_id)

        return assign("self", person_id, areas), assign("manager", self.manager_id, manager_areas or areas)

    def give(
        self,
        session: Session,
        answers: dict[str, int] | Callable[[SituationItem], int],
        *,
        at: datetime | None = None,
        share: bool | None = None,
        sheet: int = 0,
        submit: bool = True,
    ) -> str:
        """Answers one sheet with what its form asks of `answers`, and submits it; gives the sheet's id."""
        now = at or self.now
        sheet_id = self.task(session).sheets[sheet].sheet_id
        asked = sheets.sheet(self.store, session, sheet_id, now)
        items = {item.id: item for item in asked.task.definition.questionnaire.items}
        given = {}
        for item_id in asked.form.item_ids:
            item = items[item_id]
            if isinstance(item, SituationItem) and callable(answers):
                given[item_id] = Given(position=answers(item))
            elif not callable(answers) and item_id in answers:
                given[item_id] = Given(position=answers[item_id])
        sheets.save(self.store, session, sheet_id, given, now)
        if submit:
            sheets.submit(self.store, session, sheet_id, now, share=share)
        return sheet_id


def fitting(item: SituationItem) -> int:
    """The action that is called for: M1 → S1 … M4 → S4."""
    return item.actions.index(item.calls_for.replace("M", "S")) + 1  # type: ignore[arg-type]


def always(style: StyleId) -> Callable[[SituationItem], int]:
    """The action of one style in every situation."""
    return lambda item: item.actions.index(style) + 1
