"""Asking for erasure, and carrying it out: the organisation decides within a month (GDPR, Article 12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.audit.log import record
from assess.errors import NotAllowed, NotFound
from assess.outbox.letters import ADDRESS, Letter, put
from assess.personal_data.erasure import erase_within
from assess.personal_data.erasure_list import append
from assess.rights import Actor, Administration, Affairs, may
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries

State: TypeAlias = Literal["asked", "done", "taken-back"]


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """A request as administrators see it. `name` is "" once the person is erased."""

    id: str
    name: str
    employee_number: str | None
    asked_at: datetime
    state: State
    finished_at: datetime | None


def asked_at(store: Store, actor: Actor) -> datetime | None:
    """When the actor asked to be erased, while that waits; None: nothing was asked. Raises `NotFound`."""
    _require_own(actor)
    with store.read() as q:
        row = q.open_erasure_request(person_id=actor.id)
    return None if row is None else parse_time(row["asked_at"])


def ask(store: Store, actor: Actor, now: datetime) -> bool:
    """Asks to be erased; False when that was asked already. Logged. Raises `NotFound`."""
    _require_own(actor)
    with store.write() as q:
        q.lock_person(id=actor.id)
        if q.open_erasure_request(person_id=actor.id) is not None:
            return False
        q.add_erasure_request(
            id=store.new_id(now),
            organisation_id=q.person(id=actor.id)["organisation_id"],
            person_id=actor.id,
            now=time_text(now),
        )
        _log(store, q, actor, "ask-erasure", actor.id, now)
    return True


def take_back(store: Store, actor: Actor, now: datetime) -> bool:
    """Takes back what was asked; False when nothing waits. Logged. Raises `NotFound`."""
    _require_own(actor)
    with store.write() as q:
        q.lock_person(id=actor.id)
        if not q.take_back_erasure_requests(person_id=actor.id, now=time_text(now)):
            return False
        _log(store, q, actor, "take-back-erasure", actor.id, now)
    return True


def requests(store: Store, actor: Actor, organisation_id: str) -> tuple[ErasureRequest, ...]:
    """Those that wait first. Raises `NotFound` for who does not administer the organisation."""
    _require_administrator(actor, organisation_id)
    with store.read() as q:
        rows = q.erasure_requests_of_organisation(organisation_id=organisation_id)
    return tuple(
        ErasureRequest(
            id=row["id"],
            name=row["name"],
            employee_number=row["employee_number"],
            asked_at=parse_time(row["asked_at"]),
            state=row["state"],
            finished_at=parse_time_or_none(row["finished_at"]),
        )
        for row in rows
    )


def carry_out(store: Store, settings: Settings, actor: Actor, request_id: str, now: datetime) -> None:
    """Erases whoever has asked, and sends a last letter. What is done already changes nothing.

    Raises `NotFound`; `NotAllowed` for the only administrator of an organisation, and for a request that was
    taken back; `SettingsError` where the list of erasures cannot be written.
    """
    with store.read() as q:
        found = q.erasure_request(id=request_id)
    if found is None:
        raise NotFound("There is no such request.")
    _require_administrator(actor, found["organisation_id"])
    _require_possible(store, found["person_id"], found["state"])
    if found["state"] == "done":
        return
    with store.write() as q:
        q.lock_person(id=found["person_id"])
        state = q.erasure_request(id=request_id)["state"]
        if state != "asked":
            return
        # Only now, and before anything is committed: whoever takes it back meanwhile is on no list.
        append(settings, found["person_id"], now)
        person = q.person_to_erase(id=found["person_id"])
        if erase_within(store, q, found["person_id"], now):
            _log(store, q, actor, "carry-out-erasure", found["person_id"], now)
            if person["email"] is not None:
                letter = Letter(
                    kind="erasure-done",
                    key=f"erasure-done:{found['person_id']}",
                    person_id=found["person_id"],
                    organisation_id=found["organisation_id"],
                    parameters={ADDRESS: person["email"]},
                )
                put(store, q, letter, now)


def _require_possible(store: Store, person_id: str, state: State) -> None:
    if state == "taken-back":
        raise NotAllowed("The request was taken back.")
    with store.read() as q:
        if q.other_administrators(person_id=person_id):
            raise NotAllowed("The person is the only administrator.", "Make somebody else one first.")


def _require_own(actor: Actor) -> None:
    if not may(actor, "ask-erasure", Affairs(actor.id)):
        raise NotFound("There is no such page.")


def _require_administrator(actor: Actor, organisation_id: str) -> None:
    if not may(actor, "carry-out-erasure", Administration(organisation_id)):
        raise NotFound("There is no such organisation.")


def _log(
    store: Store,
    q: Queries,
    actor: Actor,
    action: Literal["ask-erasure", "take-back-erasure", "carry-out-erasure"],
    person_id: str,
    now: datetime,
) -> None:
    record(store, q, actor_id=actor.id, action=action, object_id=person_id, about_id=person_id, now=now)
