"""The bakery with what talks need: Bo leads, Clara is a coach, Dana may become the new manager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from small_organisation import Bakery

from assess.answering.sharing import decide_with
from assess.people import register
from assess.people.appointments import appoint, end
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.talks import agreements, talks
from assess.talks.types import Agreement, AgreementConflict, AgreementText, HolderRole


@dataclass
class Talking:
    """Ids and steps; everything through the use cases."""

    bakery: Bakery
    clara_id: str = ""
    dana_id: str = ""

    def __post_init__(self) -> None:
        bakery = self.bakery
        register.join_unit(self.store, bakery.manager_id, bakery.unit_id, role="leader", now=self.now)
        self.clara_id = bakery.add_person("Clara", "Clara Berg", "en", "1003")
        self.dana_id = bakery.add_person("Dana", "Dana Dahl", "da", "1004")
        self.appoint_coach(self.clara_id)

    @property
    def store(self) -> Store:
        return self.bakery.store

    @property
    def now(self) -> datetime:
        return self.bakery.now

    @property
    def amina(self) -> Actor:
        return self.actor(self.bakery.employee_id)

    @property
    def bo(self) -> Actor:
        return self.actor(self.bakery.manager_id)

    @property
    def clara(self) -> Actor:
        return self.actor(self.clara_id, is_coach=True)

    @property
    def dana(self) -> Actor:
        return self.actor(self.dana_id)

    @property
    def administrator(self) -> Actor:
        return Actor("administrator", administers=frozenset({self.bakery.organisation_id}))

    def actor(self, person_id: str, *, is_coach: bool = False) -> Actor:
        organisation_id = self.bakery.organisation_id
        coaches = frozenset({organisation_id}) if is_coach else frozenset()
        return Actor(person_id, coaches=coaches, organisation_id=organisation_id)

    def appoint_coach(self, person_id: str) -> None:
        appoint(self.store, self.administrator, self.bakery.organisation_id, person_id, "coach", self.now)

    def end_coach(self, person_id: str) -> None:
        end(self.store, self.administrator, self.bakery.organisation_id, person_id, "coach", self.now)

    def plan(
        self,
        holder: Actor | None = None,
        *,
        days: float = 7,
        at: datetime | None = None,
        as_role: HolderRole = "manager",
        person_id: str = "",
    ) -> str:
        """A talk of an hour, so many days after `at`."""
        now = at or self.now
        return talks.plan(
            self.store,
            holder or self.bo,
            person_id or self.bakery.employee_id,
            now + timedelta(days=days),
            60,
            "Room 2",
            now,
            as_role=as_role,
        )

    def agree(
        self, talk_id: str, what: str = "Bake alone", actor: Actor | None = None, **parts: object
    ) -> Agreement:
        text = AgreementText(kind="professional", what=what, **parts)  # type: ignore[arg-type]
        return agreements.add(self.store, actor or self.bo, talk_id, text, self.now)

    def hold(self, talk_id: str, actor: Actor | None = None) -> None:
        """When it begins."""
        who = actor or self.bo
        starts_at = talks.talk(self.store, who, talk_id, self.now).starts_at
        talks.hold(self.store, who, talk_id, starts_at)

    def change(
        self, agreement: Agreement, what: str, actor: Actor, seen: int | None = None
    ) -> Agreement | AgreementConflict:
        text = AgreementText(kind="professional", what=what)
        revision = agreement.revision if seen is None else seen
        return agreements.change(self.store, actor, agreement.id, text, revision, self.now)

    def new_manager(self, person_id: str, at: datetime | None = None) -> None:
        """From `at` on somebody else leads the unit; Bo does no longer."""
        moment = at or self.now
        with self.store.write() as q:
            q.end_leaders_of_unit(unit_id=self.bakery.unit_id, now=time_text(moment))
        register.join_unit(self.store, person_id, self.bakery.unit_id, role="leader", now=moment)

    def leave(self, person_id: str, at: datetime | None = None) -> None:
        moment = time_text(at or self.now)
        with self.store.write() as q:
            q.person_left(id=person_id, left_at=moment)
            q.end_memberships_of(person_id=person_id, now=moment)
            q.end_appointments(person_id=person_id, now=moment)

    def share_profile(self, with_id: str) -> str:
        """Amina shares the result of a wave with somebody as coach; gives the task."""
        bakery = self.bakery
        wave = bakery.wave()
        task_id = bakery.assign(wave)
        bakery.finish(bakery.enter(task_id), share=False)
        decide_with(self.store, self.amina, task_id, with_id, True, self.now)
        return task_id
