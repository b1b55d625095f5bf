"""A bakery chain for tests of campaigns: head office, two regions, shops with leaders, and tiny
questionnaires, personal and confidential."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from small_organisation import tiny

from assess.answering import links, sessions, sheets, tasks
from assess.answering.types import Given, Session
from assess.campaigns import campaigns, filling, waves
from assess.campaigns.plans import Planned, WavePlan
from assess.people import register
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from questionnaires.definition import (
    ChoiceItem,
    Perspective,
    Precision,
    RatingItem,
    Scale,
)

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
WEEK = timedelta(days=7)

PLAIN = {
    "by_job_area": False,
    "short_forms": {},
}


def confidential() -> Any:
    """Asked of everybody about themselves, for group numbers only."""
    return tiny(
        id="trust",
        privacy="confidential",
        perspectives={"self": Perspective()},
        precision={"self": {name: Precision(reliability=0.8, sd=0.8) for name in ("skill", "will")}},
        scales={
            "skill": Scale(min_answered=1, items=("skill-1", "skill-2")),
            "will": Scale(min_answered=1, items=("will-1", "will-2")),
        },
        **PLAIN,
    )


@dataclass
class Chain:
    """Head office ▸ North (Baker Street, Canal Street), South. Ids by name; every unit has a leader."""

    store: Store
    now: datetime = MORNING
    organisation_id: str = ""
    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.organisation_id = register.add_organisation(
            self.store, "Rugbrød & Co.", customer="customer", now=self.now
        )
        tree = (
            ("Head", None),
            ("North", "Head"),
            ("South", "Head"),
            ("Baker Street", "North"),
            ("Canal Street", "North"),
        )
        for number, (name, above) in enumerate(tree):
            self.units[name] = register.add_unit(
                self.store,
                self.organisation_id,
                name,
                parent_id=None if above is None else self.units[above],
                now=self.now + timedelta(milliseconds=number),  # ids, and so the units, in this order
            )
        self.hashes = {
            "personal": waves.add_questionnaire(self.store, tiny(**PLAIN), now=self.now),
            "by area": waves.add_questionnaire(self.store, tiny(version="2.0"), now=self.now),
            "confidential": waves.add_questionnaire(self.store, confidential(), now=self.now),
        }
        self.join("Chief", "Head", "leader")
        self.join("Nora", "North", "leader")
        self.join("Sven", "South", "leader")
        self.join("Bo", "Baker Street", "leader")
        self.join("Cia", "Canal Street", "leader")
        for name in ("Amina", "Anders"):
            self.join(name, "Baker Street")
        self.join("Carl", "Canal Street")
        self.join("Sara", "South")

    @property
    def admin(self) -> Actor:
        return Actor(self.people["Chief"], administers=frozenset({self.organisation_id}))

    def join(
        self, name: str, unit: str, role: Any = "member", now: datetime | None = None, email: bool = True
    ) -> str:
        """A person, entered when new, in a unit."""
        at = now or self.now
        if name not in self.people:
            self.people[name] = register.add_person(
                self.store,
                self.organisation_id,
                first_name=name,
                name=name,
                language="da",
                email=f"{name.lower().replace(' ', '.')}@example.org" if email else None,
                now=at,
            )
        register.join_unit(self.store, self.people[name], self.units[unit], role=role, now=at)
        return self.people[name]

    def leave(self, name: str, now: datetime) -> None:
        """Ends every membership of a person."""
        self.run(
            "UPDATE memberships SET ends_at = {at} WHERE person_id = {person} AND ends_at IS NULL",
            at=time_text(now),
            person=self.people[name],
        )

    def give_role(self, name: str, areas: list[str], now: datetime | None = None) -> None:
        """A job role with these job areas for a person's memberships."""
        at = now or self.now
        role_id = self.store.new_id(at)
        with self.store.write() as q:
            q.add_job_role(id=role_id, organisation_id=self.organisation_id, names='{"da": "Bager"}')
            for area in areas:
                q.add_job_role_area(job_role_id=role_id, job_area_id=area)
        self.run(
            "UPDATE memberships SET job_role_id = {role} WHERE person_id = {person}",
            role=role_id,
            person=self.people[name],
        )

    def plan(self, **parts: Any) -> WavePlan:
        """A plan with which a wave can open: the personal questionnaire, self and manager."""
        defaults: dict[str, Any] = {
            "questionnaires": (Planned(self.hashes["personal"], ("self", "manager")),),
            "purpose": "To talk about the work.",
            "legal_basis": "legitimate-interest",
            "delete_on": date(2027, 3, 1),
            "discussed_on": date(2026, 2, 20),
        }
        return WavePlan(**(defaults | parts))

    def draft(self, opens_at: datetime | None = None, closes_at: datetime | None = None, **parts: Any) -> str:
        opens = opens_at or self.now
        return campaigns.create(
            self.store,
            self.admin,
            self.organisation_id,
            "Spring",
            self.plan(**parts),
            opens,
            closes_at or opens + 2 * WEEK,
            self.now,
        )

    def opened(self, **parts: Any) -> str:
        """A wave that is open and filled."""
        wave_id = self.draft(**parts)
        campaigns.open_wave_of_plan(self.store, self.admin, wave_id, self.now)
        filling.fill(self.store, wave_id, self.now)
        return wave_id

    def tasks(self, wave_id: str) -> set[tuple[str, str, str]]:
        """(perspective, respondent, subject) of all tasks that are not withdrawn, by name."""
        names = {person_id: name for name, person_id in self.people.items()}
        with self.store.read() as q:
            return {
                (row["perspective"], names[row["respondent_id"]], names[row["subject_id"]])
                for row in q.tasks_of_wave(wave_id=wave_id)
                if row["withdrawn_at"] is None
            }

    def task_id(self, wave_id: str, perspective: str, respondent: str, subject: str) -> str:
        """Of a task, withdrawn or not."""
        wanted = (perspective, self.people[respondent], self.people[subject])
        with self.store.read() as q:
            return next(
                row["id"]
                for row in q.tasks_of_wave(wave_id=wave_id)
                if (row["perspective"], row["respondent_id"], row["subject_id"]) == wanted
            )

    def letters(self, wave_id: str) -> list[tuple[str, str, str]]:
        """(kind, name, state), sorted."""
        names = {person_id: name for name, person_id in self.people.items()}
        rows = self.run("SELECT kind, person_id, state FROM outbox WHERE wave_id = {wave}", wave=wave_id)
        return sorted((kind, names[person_id], state) for kind, person_id, state in rows)

    def enter(self, task_id: str, now: datetime) -> Session:
        """A session on a task, by a fresh link."""
        session = sessions.find(
            self.store, links.exchange(self.store, links.mint(self.store, task_id, now), now), now
        )
        assert session is not None
        return session

    def submit(self, task_id: str, now: datetime) -> None:
        """Answers and submits a task in the respondent's name."""
        session = self.enter(task_id, now)
        for progress in tasks.task(self.store, session, now).sheets:
            sheet = sheets.sheet(self.store, session, progress.sheet_id, now)
            asked = frozenset(sheet.form.item_ids)
            given = {
                item.id: Given(position=4 if isinstance(item, RatingItem) else 1)
                for item in tiny().questionnaire.items
                if item.id in asked and isinstance(item, RatingItem | ChoiceItem)
            }
            sheets.save(self.store, session, progress.sheet_id, given, now)
            sheets.submit(self.store, session, progress.sheet_id, now, share=False)

    def run(self, sql: str, **values: str) -> list[tuple[Any, ...]]:
        """A statement of the test's own, on either engine."""
        write = not sql.startswith("SELECT")
        is_postgres = type(self.store.engine).__name__ == "PostgresEngine"
        marks = {name: f"%({name})s" if is_postgres else f":{name}" for name in values}
        with self.store.engine.transaction(write=write) as connection:
            cursor = connection.execute(sql.format(**marks), values)
            return [] if write else [tuple(row) for row in cursor.fetchall()]
