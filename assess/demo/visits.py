"""One simulated person's way through link, job areas, pages and submitting: the use cases of the browser."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from assess.answering import links, results, sessions, sheets, tasks
from assess.answering.sharing import decide_with
from assess.answering.types import Given, Progress, Session
from assess.demo.staff import REMARKS
from assess.errors import NotAllowed
from assess.people.appointments import appointments_of
from assess.personal_data.coaching import coached_results
from assess.rights import Actor
from assess.store import Store
from questionnaires.definition import Definition, LanguageId, PerspectiveId, TextItem

Until: TypeAlias = Literal["none", "half", "done"]
"""How far somebody comes."""

Positions: TypeAlias = Mapping[str, int]
"""Simulated answers of one sheet: item id → position, 0 = none."""

TaskIds: TypeAlias = Mapping[tuple[str, PerspectiveId, str, str], str]
"""Content hash, perspective, respondent, subject → task."""

_ANSWERED = timedelta(days=13)
"""Whoever answers has done so by then, counted from the opening."""


@dataclass(frozen=True, slots=True)
class Visits:
    """Where to, with which questionnaire, from when on. `chance` decides about times and remarks."""

    store: Store
    definition: Definition
    content_hash: str
    task_ids: TaskIds
    start: datetime
    chance: random.Random

    def task(self, perspective: PerspectiveId, respondent_id: str, subject_id: str) -> str:
        """The task that filling the wave has given."""
        return self.task_ids[self.content_hash, perspective, respondent_id, subject_id]

    def respond(
        self,
        task_id: str,
        answers: Callable[[int], Positions],
        until: Until,
        *,
        areas: Sequence[str] = (),
        share: bool | None = None,
    ) -> None:
        """The whole way, or half of it. `answers(n)` are those of the sheet at place n from 0; `areas` are
        chosen where there is a choice, `share` is what is said where it is asked."""
        if until == "none":
            return
        at = self.start + timedelta(minutes=self.chance.randrange(60, int(_ANSWERED / timedelta(minutes=1))))
        session = self._enter(task_id, at)
        task = tasks.task(self.store, session, at)
        if task.choice is not None:
            task = tasks.choose_job_areas(self.store, session, areas, at)
        for number, sheet in enumerate(task.sheets):
            at = self._save_pages(session, sheet, answers(number), until, at)
            if until == "half":
                return
            decision = share if task.sharing is not None and number == 0 else None
            sheets.submit(self.store, session, sheet.sheet_id, at, share=decision)

    def look(self, task_id: str) -> None:
        """Looks at the result, a little after the others have answered."""
        at = self._later()
        results.results(self.store, self._enter(task_id, at), at)

    def share_with_coach(self, person_id: str, coach_id: str) -> None:
        """Shows the own profile to the coach, who looks at it."""
        task_id, at = self.task("self", person_id, person_id), self._later()
        decide_with(self.store, Actor(person_id), task_id, coach_id, True, at)
        with self.store.read() as q:
            offices = appointments_of(q, coach_id)
        coached_results(self.store, Actor(coach_id, coaches=offices["coach"]), task_id, "da", at)

    def _later(self) -> datetime:
        return self.start + _ANSWERED + timedelta(minutes=self.chance.randrange(180, 600))

    def _enter(self, task_id: str, at: datetime) -> Session:
        secret = links.exchange(self.store, links.mint(self.store, task_id, at), at)
        session = sessions.find(self.store, secret, at)
        if session is None:
            raise NotAllowed("The session has ended before it began.")
        return session

    def _save_pages(
        self, session: Session, sheet: Progress, given: Positions, until: Until, at: datetime
    ) -> datetime:
        """Saves page by page; gives the time after the last one."""
        pages = sheets.sheet(self.store, session, sheet.sheet_id, at).form.pages
        for page in pages if until == "done" else pages[: len(pages) // 2]:
            at += timedelta(seconds=self.chance.randrange(10, 60))
            saved = {item_id: self._given(item_id, given, session.language) for item_id in page.items}
            sheets.save(
                self.store,
                session,
                sheet.sheet_id,
                {item_id: answer for item_id, answer in saved.items() if answer is not None},
                at,
            )
        return at

    def _given(self, item_id: str, given: Positions, language: LanguageId) -> Given | None:
        """The simulated answer as the browser would send it; None where nothing is answered."""
        items = {item.id: item for item in self.definition.questionnaire.items}
        item = items[item_id]
        if isinstance(item, TextItem):
            return Given(text=self.chance.choice(REMARKS[language])) if self.chance.random() < 0.4 else None
        position = given[item_id]
        return None if position == 0 and item.optional else Given(position=position)
