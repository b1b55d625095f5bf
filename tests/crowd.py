"""Many people at once: submitted sheets put straight into the tables, for figures that need a crowd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from small_organisation import NOON, Bakery, tiny

from assess.answering.types import Session
from assess.campaigns import waves
from assess.people import administrators
from assess.rights import Actor
from assess.scoring.form import Form, make_form
from assess.store.ids import time_text
from questionnaires.definition import (
    Definition,
    Level,
    OptionSet,
    Perspective,
    PerspectiveId,
    Precision,
    Quadrants,
    RatingItem,
    Scale,
)

SKILL = tuple(f"skill-{number}" for number in range(1, 7))
WILL = tuple(f"will-{number}" for number in range(1, 7))
SECONDS = 7.0
"""Between one answer and the next."""


def asked_of_many(**parts: Any) -> Definition:
    """Two scales of six ratings (will-6 reversed), four levels of them, all perspectives."""
    precision = {"skill": Precision(reliability=0.84, sd=0.75), "will": Precision(reliability=0.84, sd=0.75)}
    levels = {
        "M1": Level(across="low", up="low", calls_for="S1"),
        "M2": Level(across="low", up="high", calls_for="S2"),
        "M3": Level(across="high", up="low", calls_for="S3"),
        "M4": Level(across="high", up="high", calls_for="S4"),
    }
    return tiny(
        **{
            "id": "asked-of-many",
            "minutes": 2,
            "by_job_area": False,
            "perspectives": {"self": Perspective(), "manager": Perspective(), "direct-report": Perspective()},
            "options": {"fit": OptionSet(values=(1, 2, 3, 4, 5), cannot_say=True)},
            "items": tuple(
                RatingItem(id=item_id, options="fit", reason="…", reverse=item_id == "will-6")
                for item_id in (*SKILL, *WILL)
            ),
            "scales": {
                "skill": Scale(min_answered=3, items=SKILL),
                "will": Scale(min_answered=3, items=WILL),
            },
            "short_forms": {},
            "precision": {"self": precision, "manager": precision},
            "classification": Quadrants(
                name="ability-and-willingness",
                across="skill",
                up="will",
                cuts={"skill": 3.5, "will": 3.5},
                cut_reason="a convention",
                levels=levels,
            ),
        }
        | parts
    )


@dataclass
class Crowd(Bakery):
    """A bakery whose manager Bo administers it, and waves that many have answered."""

    definition: Definition = field(default_factory=asked_of_many)

    def __post_init__(self) -> None:
        super().__post_init__()
        administrators.grant(self.store, self.manager_id, self.now)
        self.people: list[str] = []

    @property
    def administrator(self) -> Actor:
        return Actor(self.manager_id, frozenset({self.organisation_id}))

    @property
    def form(self) -> Form:
        return make_form(self.definition.questionnaire, "self")

    def add_people(self, number: int) -> list[str]:
        """The first so many people of the crowd, entered as far as they are not there yet."""
        with self.store.write() as q:
            for place in range(len(self.people), number):
                person_id = self.store.new_id(self.now)
                q.add_person(
                    id=person_id,
                    organisation_id=self.organisation_id,
                    first_name="P",
                    name=f"Person {place}",
                    email=None,
                    employee_number=f"c{place}",
                    language="da",
                )
                self.people.append(person_id)
        return self.people[:number]

    def answered_wave(
        self,
        number: int,
        *,
        perspective: PerspectiveId = "self",
        subjects: int | None = None,
        respondents: int | None = None,
        skip: int = 0,
        seed: int = 1,
        answers: np.ndarray[Any, Any] | None = None,
        closed: bool = True,
    ) -> str:
        """A wave with `number` submitted sheets; gives its id. `respondents` and `subjects`: how many
        different people, where not all; `skip`: how many of the crowd come before them."""
        wave_id = self.wave(job_areas="chosen")
        self.answer(
            wave_id,
            number,
            perspective=perspective,
            subjects=subjects,
            respondents=respondents,
            skip=skip,
            seed=seed,
            answers=answers,
        )
        if closed:
            waves.close_wave(self.store, wave_id)
        return wave_id

    def answer(
        self,
        wave_id: str,
        number: int,
        *,
        perspective: PerspectiveId = "self",
        subjects: int | None = None,
        respondents: int | None = None,
        skip: int = 0,
        seed: int = 1,
        answers: np.ndarray[Any, Any] | None = None,
    ) -> np.ndarray[Any, Any]:
        """Sheets in an open wave; gives the answers (items × sheets)."""
        positions = given(number, seed) if answers is None else answers
        everybody = self.add_people(skip + 2 * number)[skip:]
        who, whom = everybody[: respondents or number], everybody[: subjects or number]
        if perspective != "self":
            whom = everybody[number:][: subjects or number]
        with self.store.write() as q:
            for place in range(number):
                self._sheet(
                    q,
                    wave_id,
                    perspective,
                    (who[place % len(who)], whom[place % len(whom)]),
                    positions[:, place].tolist(),
                )
        return positions

    def _sheet(
        self,
        q: Any,
        wave_id: str,
        perspective: PerspectiveId,
        people: tuple[str, str],
        positions: Sequence[int],
    ) -> None:
        task_id, assignment_id, sheet_id = (self.store.new_id(self.now) for _ in range(3))
        q.add_task(
            id=task_id,
            wave_id=wave_id,
            content_hash=self.content_hash,
            perspective=perspective,
            respondent_id=people[0],
            subject_id=people[1],
            unit_id=None,
            given_at=None,
        )
        q.add_assignment(id=assignment_id, task_id=task_id, position=1, job_area_id=None, short_form=None)
        q.add_sheet(id=sheet_id, assignment_id=assignment_id, order_seed=None)
        q.save_answers(
            [
                {
                    "sheet_id": sheet_id,
                    "item_id": item_id,
                    "position": position,
                    "text": None,
                    "revision": 1,
                    "saved_at": time_text(self.now + timedelta(seconds=SECONDS * row)),
                }
                for row, (item_id, position) in enumerate(zip((*SKILL, *WILL), positions, strict=True))
                if position
            ]
        )
        q.sheet_submitted(id=sheet_id, language="da", at=time_text(self.now + timedelta(minutes=5)))

    def finish_alone(self, wave_id: str, person_id: str, now: datetime = NOON) -> Session:
        """One person answers and submits through the use cases."""
        self.employee_id, before = person_id, self.employee_id
        task_id = waves.assign(
            self.store,
            wave_id,
            self.content_hash,
            "self",
            respondent_id=person_id,
            subject_id=person_id,
            now=now,
        )
        self.employee_id = before
        session = self.enter(task_id, now)
        self.finish(session)
        return session


def given(number: int, seed: int, *, noise: float = 0.8) -> np.ndarray[Any, Any]:
    """Positions of `number` people: two traits, an error of its own in each answer; will-6 reversed."""
    random = np.random.default_rng(seed)
    traits = random.normal(size=(2, number))
    latent = np.repeat(traits, 6, axis=0) + noise * random.normal(size=(12, number))
    positions = np.clip(np.rint(3.2 + latent), 1, 5).astype(np.uint8)
    positions[-1] = 6 - positions[-1]
    return positions
