"""Filling an empty database: organisation, wave, and answers through the same use cases as in the browser.

The same seed gives the same people, the same answers and the same progress; ids and links are always new.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import numpy as np

from assess.answering import links, sessions, sheets, tasks
from assess.answering.types import Given, Progress, Session
from assess.campaigns import waves
from assess.demo.simulation import Simulation, simulate
from assess.demo.staff import AREAS, MAIL_DOMAIN, ORGANISATION, REMARKS, SPEAKS_ENGLISH, UNITS
from assess.errors import NotAllowed
from assess.people import register
from assess.settings import Settings
from assess.store import Store
from questionnaires.definition import Definition, LanguageId, PerspectiveId, TextItem
from questionnaires.library import find
from questionnaires.reader import read_folder

SEED = 2026
_AREAS_EACH = 2
_QUESTIONNAIRE = "job-maturity"
_AUTUMN = 7

Say: TypeAlias = Callable[[str], None]
Until: TypeAlias = Literal["none", "half", "done"]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How far one pair of employee and manager has come."""

    employee: Until
    manager: Until
    share: bool = False


_PLANS = (
    *[_Plan("done", "done", share=True)] * 14,
    *[_Plan("done", "done")] * 6,
    *[_Plan("done", "none", share=True)] * 4,
    *[_Plan("done", "none")] * 3,
    *[_Plan("half", "done")] * 3,
    *[_Plan("half", "none")] * 3,
    *[_Plan("none", "done")] * 3,
    *[_Plan("none", "none")] * 3,
)
"""One for each person who has a leader."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A person who has been entered. `number` is the column in the simulation."""

    id: str
    number: int
    leader_id: str | None
    language: LanguageId
    area_keys: tuple[str, ...]


def is_empty(store: Store) -> bool:
    """Whether no organisation has been entered yet."""
    with store.read() as q:
        return bool(q.count_organisations() == 0)


def fill(store: Store, settings: Settings, now: datetime, *, seed: int = SEED, say: Say) -> None:
    """Fills an empty database with the bakery chain, as if its wave had begun two weeks before `now`.

    Raises `NotAllowed` when anything is there already.
    """
    if not is_empty(store):
        raise NotAllowed("The database is not empty.", "Name a new one with ASSESS_DATABASE.")
    say(f"→ making the demo organisation {ORGANISATION}: 40 people, one wave")
    definition = read_folder(find(_QUESTIONNAIRE))
    start = now - timedelta(days=14)
    organisation_id = register.add_organisation(store, ORGANISATION, customer=settings.customer, now=start)
    area_ids = {
        area.key: register.add_job_area(store, organisation_id, area.names, position=position, now=start)
        for position, area in enumerate(AREAS)
    }
    members = _enter_staff(store, organisation_id, start)
    wave_id = waves.open_wave(
        store,
        organisation_id,
        _season(now),
        [waves.add_questionnaire(store, definition, now=start)],
        job_areas="chosen",
        max_job_areas=_AREAS_EACH,
        now=start,
        closes_at=now + timedelta(days=14),
    )
    answers = simulate(
        definition.questionnaire, np.random.default_rng(seed), people=len(members), job_areas=_AREAS_EACH
    )
    _Filling(store, definition, wave_id, area_ids, answers, start, random.Random(seed)).answer(members, say)  # noqa: S311


def _season(now: datetime) -> str:
    """The name of the demo's wave, in the organisation's own language."""
    return f"{'Forår' if now.month < _AUTUMN else 'Efterår'} {now.year}"


def _enter_staff(store: Store, organisation_id: str, now: datetime) -> list[_Member]:
    """Units and people; in each unit the first leads the others, and the first unit's the leaders."""
    unit_ids: dict[str, str] = {}
    leader_of_all: str | None = None
    members: list[_Member] = []
    for unit in UNITS:
        parent_id = unit_ids[unit.parent] if unit.parent else None
        unit_ids[unit.key] = register.add_unit(
            store, organisation_id, unit.name, parent_id=parent_id, now=now
        )
        leader_id: str | None = None
        for name in unit.people:
            first_name = name.split(maxsplit=1)[0]
            language: LanguageId = "en" if name in SPEAKS_ENGLISH else unit.language
            person_id = register.add_person(
                store,
                organisation_id,
                first_name=first_name,
                name=name,
                language=language,
                email=f"person{len(members) + 1}@{MAIL_DOMAIN}",
                employee_number=f"{1001 + len(members)}",
                now=now,
            )
            role: register.MembershipRole = "member" if leader_id else "leader"
            register.join_unit(store, person_id, unit_ids[unit.key], role=role, now=now)
            members.append(_Member(person_id, len(members), leader_id or leader_of_all, language, unit.areas))
            leader_id = leader_id or person_id
            leader_of_all = leader_of_all or person_id
    return members


@dataclass(frozen=True, slots=True)
class _Filling:
    """One run: where to, with whose answers, from when on."""

    store: Store
    definition: Definition
    wave_id: str
    area_ids: dict[str, str]
    answers: Simulation
    start: datetime
    chance: random.Random

    def answer(self, members: list[_Member], say: Say) -> None:
        led = [member for member in members if member.leader_id]
        plans = list(_PLANS)
        self.chance.shuffle(plans)
        for done, (member, plan) in enumerate(zip(led, plans, strict=True), start=1):
            self._answer_about(member, plan)
            if done % 13 == 0:
                say(f"→ answers about {done} of {len(led)} people")

    def _answer_about(self, member: _Member, plan: _Plan) -> None:
        """Both tasks about one person are there before anybody begins; the two choose alike, mostly."""
        own = self._assign("self", member, member.id)
        manager = self._assign("manager", member, str(member.leader_id))
        keys = self.chance.sample(member.area_keys, k=min(len(member.area_keys), self._how_many()))
        areas = [self.area_ids[key] for key in keys]
        both = len(areas) > 1 and self.chance.random() < 0.5
        self._respond(own, "self", member, areas, plan.employee, plan.share)
        self._respond(manager, "manager", member, areas if both else areas[:1], plan.manager, None)

    def _how_many(self) -> int:
        return 2 if self.chance.random() < 0.3 else 1

    def _assign(self, perspective: PerspectiveId, member: _Member, respondent_id: str) -> str:
        with self.store.read() as q:
            [digest] = (row["content_hash"] for row in q.questionnaires_of_wave(wave_id=self.wave_id))
        return waves.assign(
            self.store,
            self.wave_id,
            digest,
            perspective,
            respondent_id=respondent_id,
            subject_id=member.id,
            now=self.start,
        )

    def _respond(
        self,
        task_id: str,
        perspective: PerspectiveId,
        member: _Member,
        areas: list[str],
        until: Until,
        share: bool | None,
    ) -> None:
        """One person's way through link, job areas, pages and submitting, or half of it."""
        if until == "none":
            return
        at = self.start + timedelta(minutes=self.chance.randrange(60, 13 * 24 * 60))
        session = self._enter(task_id, at)
        task = tasks.choose_job_areas(self.store, session, areas, at)
        for number, sheet in enumerate(task.sheets):
            given = self.answers.answers(perspective, number, member.number)
            at = self._save_pages(session, sheet, given, until, at)
            if until == "half":
                return
            decision = share if task.sharing is not None and number == 0 else None
            sheets.submit(self.store, session, sheet.sheet_id, at, share=decision)

    def _enter(self, task_id: str, at: datetime) -> Session:
        secret = links.exchange(self.store, links.mint(self.store, task_id, at), at)
        session = sessions.find(self.store, secret, at)
        if session is None:
            raise NotAllowed("The session has ended before it began.")
        return session

    def _save_pages(
        self, session: Session, sheet: Progress, given: dict[str, int], until: Until, at: datetime
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

    def _given(self, item_id: str, given: dict[str, int], language: LanguageId) -> Given | None:
        """The simulated answer as the browser would send it; None where nothing is answered."""
        items = {item.id: item for item in self.definition.questionnaire.items}
        item = items[item_id]
        if isinstance(item, TextItem):
            return Given(text=self.chance.choice(REMARKS[language])) if self.chance.random() < 0.4 else None
        position = given[item_id]
        return None if position == 0 and item.optional else Given(position=position)
