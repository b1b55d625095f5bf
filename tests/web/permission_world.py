"""Two organisations with somebody in every role and something of every kind, for the permission matrix.

The world is made once, signed in over HTTP once, and copied for every request that may change it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from at_once import AtOnce
from browsing import Visitor
from crowd import Crowd
from small_organisation import NOON, tiny

from assess import jobs
from assess.answering import sharing
from assess.batches import ordering
from assess.campaigns import campaigns, filling, testers, waves
from assess.campaigns.plans import Planned, WavePlan
from assess.evidence import norms, precision
from assess.jobs import Workplace
from assess.jobs.batch_lane import BatchLane
from assess.people import administrators, appointments, register, roster_import, sessions
from assess.personal_data import erasure_requests
from assess.releases import making
from assess.rights import Actor
from assess.settings import Settings, from_environment
from assess.store import Store, open_store
from assess.talks import agreements, showing, talks
from assess.talks.types import AgreementText, HolderRole
from assess.web import services
from assess.web.app import create_app

if TYPE_CHECKING:
    from flask import Flask

BAKERY, ELSEWHERE = "the bakery", "elsewhere"
NOBODY = "nobody"
EMPLOYEE, OTHER, MANAGER = "employee", "other employee", "manager"
COACH, ADMINISTRATOR, REPRESENTATIVE = "coach", "administrator", "representative"
FOREIGN = "administrator elsewhere"
ROLES = (NOBODY, EMPLOYEE, OTHER, MANAGER, COACH, ADMINISTRATOR, REPRESENTATIVE, FOREIGN)
MISSING = "0" * 32

Owned = dict[str, str]
"""Owner (a role, or one of the two organisations) → the value of a parameter that is the owner's."""


@dataclass
class World(Crowd):
    """Everybody's ids by role, and what there is by owner."""

    people_of: dict[str, str] = field(default_factory=dict)
    devices: Owned = field(default_factory=dict)
    tasks: Owned = field(default_factory=dict)
    sheets: Owned = field(default_factory=dict)
    planned_waves: Owned = field(default_factory=dict)
    tested_waves: Owned = field(default_factory=dict)
    trial_tasks: Owned = field(default_factory=dict)
    answered_waves: Owned = field(default_factory=dict)
    hashes: Owned = field(default_factory=dict)
    publications: Owned = field(default_factory=dict)
    norms: Owned = field(default_factory=dict)
    requests: Owned = field(default_factory=dict)
    letters: Owned = field(default_factory=dict)
    imports: Owned = field(default_factory=dict)
    memberships: Owned = field(default_factory=dict)
    releases: Owned = field(default_factory=dict)
    organisations: Owned = field(default_factory=dict)
    units: Owned = field(default_factory=dict)
    people_of_organisation: Owned = field(default_factory=dict)
    talks: Owned = field(default_factory=dict)
    agreements: Owned = field(default_factory=dict)
    batches: Owned = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        administrators.revoke(self.store, self.manager_id, self.now)
        self.people_of = {EMPLOYEE: self.employee_id, MANAGER: self.manager_id}
        register.join_unit(self.store, self.manager_id, self.unit_id, role="leader", now=self.now)
        named = {OTHER: "Otto", COACH: "Cia", ADMINISTRATOR: "Ada", REPRESENTATIVE: "Runa"}
        for number, (role, name) in enumerate(named.items()):
            self.people_of[role] = self.add_person(name, f"{name} Nielsen", "en", f"20{number}")
        self._elsewhere()
        for role in (ADMINISTRATOR, FOREIGN):
            administrators.grant(self.store, self.people_of[role], self.now)
        for role in ("coach", "representative"):
            appointments.appoint(
                self.store,
                self.actor(ADMINISTRATOR),
                self.organisation_id,
                self.people_of[role],
                role,  # type: ignore[arg-type]
                self.now,
            )
        self.organisations = {BAKERY: self.organisation_id, ELSEWHERE: self.elsewhere_id}
        self.people_of_organisation = {BAKERY: self.employee_id, ELSEWHERE: self.people_of[FOREIGN]}
        self.hashes = {BAKERY: self.content_hash, ELSEWHERE: self.elsewhere_hash}
        for owner in (BAKERY, ELSEWHERE):
            self.planned_waves[owner] = self._opened(owner)
            self.tested_waves[owner], self.trial_tasks[owner] = self._tested(owner)
        self._own_tasks()
        self._measured()
        self._erasure_requests()
        self._failed_letters()
        self._imports_and_memberships()
        self._releases()
        self._talks()
        self._batches()

    def actor(self, role: str) -> Actor:
        organisation = self.elsewhere_id if role == FOREIGN else self.organisation_id
        return Actor(self.people_of[role], frozenset({organisation}))

    def _elsewhere(self) -> None:
        self.elsewhere_id = register.add_organisation(
            self.store, "Elsewhere", customer="customer", now=self.now
        )
        unit_id = register.add_unit(self.store, self.elsewhere_id, "Far away", parent_id=None, now=self.now)
        self.units = {BAKERY: self.unit_id, ELSEWHERE: unit_id}
        self.people_of[FOREIGN] = register.add_person(
            self.store,
            self.elsewhere_id,
            first_name="Eva",
            name="Eva Eng",
            language="en",
            email="eva@example.org",
            employee_number="1",
            now=self.now,
        )
        register.join_unit(self.store, self.people_of[FOREIGN], unit_id, role="member", now=self.now)
        self.elsewhere_hash = waves.add_questionnaire(
            self.store, tiny(id="asked-elsewhere", by_job_area=False), now=self.now
        )

    def _draft(self, owner: str) -> str:
        plan = WavePlan(
            questionnaires=(Planned(self.hashes[owner], ("self", "manager")),),
            legal_basis="public-task",
            purpose="Better talks",
            delete_on=date(2027, 6, 1),
            discussed_on=date(2026, 11, 2),
        )
        return campaigns.create(
            self.store,
            self._administrator(owner),
            self.organisations[owner],
            f"Wave of {owner}",
            plan,
            self.now,
            self.now + timedelta(days=21),
            self.now,
        )

    def _administrator(self, owner: str) -> Actor:
        return self.actor(ADMINISTRATOR if owner == BAKERY else FOREIGN)

    def _opened(self, owner: str) -> str:
        wave_id = self._draft(owner)
        campaigns.open_wave_of_plan(self.store, self._administrator(owner), wave_id, self.now)
        filling.fill(self.store, wave_id, self.now)
        return wave_id

    def _tested(self, owner: str) -> tuple[str, str]:
        wave_id = self._draft(owner)
        actor = self._administrator(owner)
        testers.start_testing(self.store, actor, wave_id, self.now)
        [trial, *_] = testers.add_tester(
            self.store, actor, wave_id, self.now, names=("Test", "Chef"), language="en"
        )
        return wave_id, trial.task_id

    def _own_tasks(self) -> None:
        """Each employee's own task, and the manager's on the employee, in the bakery's open wave. Employee
        and manager have finished, and the employee shares with both manager and coach."""
        rows = self._rows(
            "SELECT respondent_id, subject_id, id FROM tasks WHERE wave_id = ?", self.planned_waves[BAKERY]
        )
        by_pair = {(who, whom): task_id for who, whom, task_id in rows}
        pairs = {EMPLOYEE: (EMPLOYEE, EMPLOYEE), OTHER: (OTHER, OTHER), MANAGER: (MANAGER, EMPLOYEE)}
        for role, (who, whom) in pairs.items():
            self.tasks[role] = by_pair[self.people_of[who], self.people_of[whom]]
            session = self.enter(self.tasks[role])
            self.sheets[role] = self.task(session).sheets[0].sheet_id
            if role != OTHER:
                self.finish(session, share=True if role == EMPLOYEE else None)
        sharing.decide_with(
            self.store,
            Actor(self.employee_id),
            self.tasks[EMPLOYEE],
            self.people_of[COACH],
            True,
            self.now,
        )

    def _erasure_requests(self) -> None:
        for owner, role in ((BAKERY, OTHER), (ELSEWHERE, FOREIGN)):
            erasure_requests.ask(self.store, Actor(self.people_of[role]), self.now)
            [asked] = erasure_requests.requests(
                self.store, self._administrator(owner), self.organisations[owner]
            )
            self.requests[owner] = asked.id

    def _imports_and_memberships(self) -> None:
        for owner, unit in ((BAKERY, "Butik Nord"), (ELSEWHERE, "Far away")):
            staged = roster_import.stage(
                self.store,
                self._administrator(owner),
                self.organisations[owner],
                "people.csv",
                f"unit,name,employee_number\n{unit},New Person,9001\n".encode(),
                self.now,
            )
            self.imports[owner] = staged.id
            [[self.memberships[owner]]] = self._rows(
                "SELECT MIN(id) FROM memberships WHERE person_id = ?", self.people_of_organisation[owner]
            )

    def _releases(self) -> None:
        """Of the wave that a crowd answered; and the same as if it were the other organisation's."""
        answered = self.answered_waves[BAKERY]
        self._rows("UPDATE tasks SET unit_id = ? WHERE wave_id = ?", self.unit_id, answered)
        [self.releases[BAKERY], *_] = making.make(self.store, answered, self.now)
        self.releases[ELSEWHERE] = copied = "f" * 32
        self._rows(
            """INSERT INTO releases (id, organisation_id, wave_id, content_hash, perspective, version,
                method, about, made_at)
            SELECT ?, ?, wave_id, content_hash, perspective, 99, method, about, made_at
            FROM releases WHERE id = ?""",
            copied,
            self.elsewhere_id,
            self.releases[BAKERY],
        )
        self._rows(
            """INSERT INTO release_groups (release_id, unit_id, figures)
            SELECT ?, ?, figures FROM release_groups WHERE release_id = ? AND unit_id = ?""",
            copied,
            self.units[ELSEWHERE],
            self.releases[BAKERY],
            self.unit_id,
        )

    def _talks(self) -> None:
        """One of each role's own that no other role sees: held with people who have no role here. The coach's
        is shown to the coach by the person whom it is about."""
        carl = self._somebody("Carl", BAKERY)
        nora = self._somebody("Nora", BAKERY)
        appointments.appoint(
            self.store, self.actor(ADMINISTRATOR), self.organisation_id, carl, "coach", self.now
        )
        coach = Actor(carl, coaches=frozenset({self.organisation_id}))
        sharing.decide_with(self.store, Actor(self.employee_id), self.tasks[EMPLOYEE], carl, True, self.now)
        self._talk(EMPLOYEE, coach, self.employee_id, "coach")
        self._talk(MANAGER, self._as(MANAGER), nora, "manager")
        fred = self._somebody("Fred", ELSEWHERE)
        register.join_unit(self.store, fred, self.units[ELSEWHERE], role="leader", now=self.now)
        self._talk(FOREIGN, Actor(fred), self.people_of[FOREIGN], "manager")
        self._talk_for_a_coach()

    def _batches(self) -> None:
        """What the manager has rated, and what is shared with the coach, ready to be fetched."""
        coach = Actor(self.people_of[COACH], coaches=frozenset({self.organisation_id}))
        wave_id = self.planned_waves[BAKERY]
        for role, actor in ((MANAGER, self._as(MANAGER)), (COACH, coach)):
            self.batches[role] = ordering.order(
                self.store, self.settings, actor, "wave-reports", wave_id, "en", self.now
            )
        place = Workplace(self.store, self.settings, lambda: self.now)
        BatchLane(place, AtOnce(lambda view: b"%PDF-")).run()

    @property
    def settings(self) -> Settings:
        return from_environment({})

    def _talk_for_a_coach(self) -> None:
        """Of two in a unit of their own."""
        unit_id = register.add_unit(self.store, self.organisation_id, "Kontor", parent_id=None, now=self.now)
        ole, sara = (self._somebody(name, BAKERY, unit_id) for name in ("Ole", "Sara"))
        register.join_unit(self.store, ole, unit_id, role="leader", now=self.now)
        self._talk(COACH, Actor(ole), sara, "manager")
        showing.show(self.store, Actor(sara), self.talks[COACH], self.people_of[COACH], self.now)

    def _talk(self, owner: str, holder: Actor, person_id: str, as_role: HolderRole) -> None:
        self.talks[owner] = talks.plan(
            self.store,
            holder,
            person_id,
            self.now + timedelta(days=7),
            60,
            "Room 2",
            self.now,
            as_role=as_role,
        )
        text = AgreementText(kind="professional", what=f"Of the {owner}")
        made = agreements.add(self.store, holder, self.talks[owner], text, self.now)
        self.agreements[owner] = made.id

    def _as(self, role: str) -> Actor:
        """Without an office."""
        return Actor(self.people_of[role])

    def _somebody(self, name: str, owner: str, unit_id: str = "") -> str:
        """A member of a unit who has no role in the matrix."""
        person_id = register.add_person(
            self.store,
            self.organisations[owner],
            first_name=name,
            name=f"{name} Nielsen",
            language="en",
            email=f"{name.lower()}@example.org",
            employee_number=name,
            now=self.now,
        )
        register.join_unit(self.store, person_id, unit_id or self.units[owner], role="member", now=self.now)
        return person_id

    def _rows(self, statement: str, *parameters: str) -> list[tuple[str, ...]]:
        with self.store.engine.transaction(write=True) as connection:
            return list(connection.execute(statement, parameters).fetchall())

    def _failed_letters(self) -> None:
        for owner, organisation_id in self.organisations.items():
            [[self.letters[owner]]] = self._rows(
                "SELECT MIN(id) FROM outbox WHERE organisation_id = ?", organisation_id
            )
            self._rows(
                """UPDATE outbox SET state = 'failed', error = 'refused:550', finished_at = created_at
                WHERE id = ?""",
                self.letters[owner],
            )

    def _measured(self) -> None:
        self.answered_waves[BAKERY] = self.answered_wave(210)
        published = precision.publish(
            self.store,
            self.actor(ADMINISTRATOR),
            [self.answered_waves[BAKERY]],
            self.content_hash,
            "self",
            self.now,
        )
        self.publications[BAKERY] = published.id
        built = norms.build(
            self.store,
            self.actor(ADMINISTRATOR),
            [self.answered_waves[BAKERY]],
            self.content_hash,
            "self",
            self.now,
        )
        self.norms[BAKERY] = built.id
        self.answered_waves[ELSEWHERE] = self.planned_waves[ELSEWHERE]


@dataclass(frozen=True)
class Browser:
    """What the browser of a role holds: cookies by name, and the token of its forms."""

    cookies: Mapping[str, str]
    token: str


@dataclass(frozen=True)
class Kept:
    """The world as it was made, ready to be copied."""

    database: Path
    settings: Settings
    browsers: Mapping[str, Browser]
    values: Mapping[str, Owned]
    unused: list[Flask] = field(default_factory=list)
    """Applications of copies that are gone: a new copy gets one of them, which is quicker than another."""

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Flask]:
        """An application on a copy of the world."""
        folder.mkdir(exist_ok=True)
        database = folder / "assess.sqlite"
        database.unlink(missing_ok=True)
        shutil.copy(self.database, database)
        settings = replace(self.settings, database=str(database))
        with open_store(settings) as store:
            app = self.unused.pop() if self.unused else create_app(settings, store=store)
            app.extensions[services.KEY] = services.Services(settings, store, lambda: NOON)
            yield app
            self.unused.append(app)
            jobs.close_queues()


def make(
    settings: Settings,
    parameters: Callable[[World], Mapping[str, Owned]],
    build: Callable[[Store], World] = World,
) -> Kept:
    """The world on `settings`, everybody signed in, and the values of parameters by owner."""
    with open_store(settings) as store:
        world = build(store)
        app = create_app(settings, clock=lambda: NOON, store=store)
        browsers = {role: _browser(world, app, role) for role in ROLES}
        values = parameters(world)
    return Kept(Path(settings.database), settings, browsers, values)


def _browser(world: World, app: Flask, role: str) -> Browser:
    visitor = Visitor(app)
    visitor.open("/")
    if role != NOBODY:
        with world.store.write() as q:
            secret, elsewhere = (sessions.begin(q, world.people_of[role], "en", world.now) for _ in range(2))
        device = sessions.find(world.store, elsewhere, world.now)
        assert device is not None
        world.devices[role] = device.id
        visitor.client.set_cookie("assess-person", secret, domain="127.0.0.1")
    if role in world.tasks:
        from assess.answering import links

        visitor.open(f"/a/{links.mint(world.store, world.tasks[role], world.now)}")
        visitor.post(visitor.page.path, {"csrf_token": visitor.token})
    visitor.open("/sign-in")
    names = ("assess", "assess-person")
    found_cookies = {name: visitor.client.get_cookie(name, domain="127.0.0.1") for name in names}
    cookies = {name: cookie.value for name, cookie in found_cookies.items() if cookie is not None}
    return Browser(cookies, visitor.token)
