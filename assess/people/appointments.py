"""Coaches and employees' representatives: appointing, ending, listing. An administrator does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.audit.log import Recorded, record
from assess.errors import NotFound
from assess.people import administrators
from assess.people.managed import lock_person_of, managed_person, require
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries

Role: TypeAlias = Literal["coach", "representative"]

_BEGUN: Mapping[Role, Recorded] = {"coach": "appoint-coach", "representative": "appoint-representative"}
_ENDED: Mapping[Role, Recorded] = {"coach": "end-coach", "representative": "end-representative"}


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment in force."""

    person_id: str
    name: str
    role: Role
    granted_at: datetime


def appoint(
    store: Store, actor: Actor, organisation_id: str, person_id: str, role: Role, now: datetime
) -> bool:
    """Makes somebody of the organisation its coach or the employees' representative; False when the person
    was so already. Logged. Raises `NotFound`, also for who has left."""
    with store.write() as q:
        person = lock_person_of(q, actor, "appoint", organisation_id, person_id)
        if person["left_at"] is not None:
            raise NotFound("The person has left.")
        added = q.appoint(
            id=store.new_id(now),
            organisation_id=organisation_id,
            person_id=person_id,
            role=role,
            now=time_text(now),
        )
        if added:
            _log(store, q, actor, _BEGUN[role], organisation_id, person_id, now)
    return bool(added)


def end(store: Store, actor: Actor, organisation_id: str, person_id: str, role: Role, now: datetime) -> bool:
    """Ends it with the next request; False when there was none. Logged. Raises `NotFound`."""
    with store.write() as q:
        lock_person_of(q, actor, "appoint", organisation_id, person_id)
        ended = q.end_appointment(
            organisation_id=organisation_id, person_id=person_id, role=role, now=time_text(now)
        )
        if ended:
            _log(store, q, actor, _ENDED[role], organisation_id, person_id, now)
    return bool(ended)


def appointments(store: Store, actor: Actor, organisation_id: str) -> tuple[Appointment, ...]:
    """All in force in an organisation, by name. Raises `NotFound`."""
    require(actor, "appoint", organisation_id)
    with store.read() as q:
        rows = q.appointments_in(organisation_id=organisation_id)
    return tuple(
        Appointment(row["person_id"], row["name"], row["role"], parse_time(row["granted_at"])) for row in rows
    )


def appointments_of(q: Queries, person_id: str) -> Mapping[Role, frozenset[str]]:
    """Ids of the organisations whose coach, and whose employees' representative, a person is now."""
    rows = q.appointments_of(person_id=person_id)
    roles: tuple[Role, ...] = ("coach", "representative")
    return {role: frozenset(row["organisation_id"] for row in rows if row["role"] == role) for role in roles}


def coaches_of(q: Queries, organisation_id: str) -> tuple[tuple[str, str], ...]:
    """(person id, name) of an organisation's coaches, by name: with whom a profile can be shared."""
    return tuple(
        (row["person_id"], row["name"])
        for row in q.appointments_in(organisation_id=organisation_id)
        if row["role"] == "coach"
    )


def _log(
    store: Store,
    q: Queries,
    actor: Actor,
    action: Recorded,
    organisation_id: str,
    person_id: str,
    now: datetime,
) -> None:
    record(store, q, actor_id=actor.id, action=action, object_id=person_id, about_id=organisation_id, now=now)


def set_administrator(
    store: Store, actor: Actor, organisation_id: str, person_id: str, wanted: bool, now: datetime
) -> None:
    """Makes somebody of the organisation its administrator, or ends it; nobody ends the own. Logged. Raises
    `NotFound`, also for who has left."""
    with store.read() as q:
        person = managed_person(q, actor, "appoint", organisation_id, person_id)
    if person["left_at"] is not None or (not wanted and person_id == actor.id):
        raise NotFound("That cannot be changed.")
    if wanted:
        administrators.grant(store, person_id, now, by=actor.id)
    else:
        administrators.revoke(store, person_id, now, by=actor.id)
