"""What an administrator does with one person: add, correct, move, end. Each is logged.

Nothing is forgotten by it: memberships end and others begin, and a person who leaves stays with all results.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.audit.log import Recorded, record
from assess.errors import AssessError, NotFound
from assess.people.administrators import plain_email
from assess.people.managed import lock_person_of, require
from assess.people.old_address import tell_old_address
from assess.people.register import require_name
from assess.people.tree import MembershipRole
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

Field: TypeAlias = Literal["first-name", "name", "email", "employee-number", "unit", "role"]
Reason: TypeAlias = Literal["empty", "too-long", "signs", "no-email", "taken", "unknown"]

LONGEST = 200
"""Characters of a name, an address or a number."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What is kept about who somebody is. `name` is the whole name; no e-mail and no number are None."""

    first_name: str
    name: str
    email: str | None
    employee_number: str | None
    language: LanguageId


class InvalidPerson(AssessError):
    """What was entered about a person cannot be kept: the reason by field."""

    def __init__(self, faults: dict[Field, Reason]) -> None:
        super().__init__("The person cannot be kept like this.", "Correct what is marked.")
        self.faults = faults


def add(
    store: Store,
    actor: Actor,
    organisation_id: str,
    contact: Contact,
    unit_id: str,
    role: MembershipRole,
    now: datetime,
) -> str:
    """Enters one person, in a unit from now on; gives the id. A new leader takes over from the one before.

    Raises `NotFound` for somebody else's organisation, `InvalidPerson`.
    """
    require(actor, "manage-people", organisation_id)
    with store.write() as q:
        q.lock_organisation(id=organisation_id)
        faults = contact_faults(q, organisation_id, contact)
        if not _is_open_unit(q, organisation_id, unit_id):
            faults["unit"] = "unknown"
        _raise_any(faults)
        person_id = store.new_id(now)
        q.add_person(id=person_id, organisation_id=organisation_id, **contact_columns(contact))
        _join(store, q, person_id, unit_id, role, now)
        _log(store, q, actor, "add-person", person_id, now)
    return person_id


def correct(
    store: Store, actor: Actor, organisation_id: str, person_id: str, contact: Contact, now: datetime
) -> None:
    """Replaces what is kept about a person; the address that was valid until now is told. Raises `NotFound`,
    `InvalidPerson`."""
    require(actor, "manage-people", organisation_id)
    with store.write() as q:
        q.lock_organisation(id=organisation_id)
        old = lock_person_of(q, actor, "manage-people", organisation_id, person_id)["email"]
        _raise_any(contact_faults(q, organisation_id, contact, person_id))
        q.correct_person(id=person_id, **contact_columns(contact))
        tell_old_address(store, q, person_id, organisation_id, old, contact.email, now)
        _log(store, q, actor, "correct-person", person_id, now)


def move(
    store: Store,
    actor: Actor,
    organisation_id: str,
    person_id: str,
    unit_id: str,
    role: MembershipRole,
    now: datetime,
) -> None:
    """From now on the person belongs to this unit and no other, or leads it too, as the successor of the one
    before. Raises `NotFound`, `InvalidPerson` for a unit that is not open."""
    require(actor, "manage-people", organisation_id)
    with store.write() as q:
        q.lock_organisation(id=organisation_id)
        person = lock_person_of(q, actor, "manage-people", organisation_id, person_id)
        if person["left_at"] is not None:
            raise NotFound("The person has left.")
        if not _is_open_unit(q, organisation_id, unit_id):
            raise InvalidPerson({"unit": "unknown"})
        held = [row for row in q.person_history(person_id=person_id) if row["ends_at"] is None]
        if (unit_id, role) not in {(row["unit_id"], row["role"]) for row in held}:
            for row in held if role == "member" else ():
                if row["role"] == "member":
                    q.end_membership(id=row["id"], person_id=person_id, now=time_text(now))
            _join(store, q, person_id, unit_id, role, now)
            _log(store, q, actor, "move-person", person_id, now)


def end_membership(
    store: Store, actor: Actor, organisation_id: str, person_id: str, membership_id: str, now: datetime
) -> None:
    """Ends one membership now. Of one that has ended nothing changes. Raises `NotFound`."""
    with store.write() as q:
        lock_person_of(q, actor, "manage-people", organisation_id, person_id)
        if membership_id not in {row["id"] for row in q.person_history(person_id=person_id)}:
            raise NotFound("There is no such membership.")
        if q.end_membership(id=membership_id, person_id=person_id, now=time_text(now)):
            _log(store, q, actor, "end-membership", person_id, now)


def end_person(store: Store, actor: Actor, organisation_id: str, person_id: str, now: datetime) -> None:
    """The person has left: memberships, appointments and sessions end; results stay. Raises `NotFound`, and
    `InvalidPerson` for oneself, so that an organisation does not lose its administrator by a slip."""
    with store.write() as q:
        lock_person_of(q, actor, "manage-people", organisation_id, person_id)
        if person_id == actor.id:
            raise InvalidPerson({"role": "taken"})
        if q.person_left(id=person_id, left_at=time_text(now)):
            end_all_of(q, organisation_id, person_id, now)
            _log(store, q, actor, "end-person", person_id, now)


def end_all_of(q: Queries, organisation_id: str, person_id: str, now: datetime) -> None:
    """Whatever a person who leaves was and could do, inside the caller's transaction."""
    moment = time_text(now)
    q.end_memberships_of(person_id=person_id, now=moment)
    q.end_appointments(person_id=person_id, now=moment)
    q.end_administrator(organisation_id=organisation_id, person_id=person_id, now=moment)
    q.end_person_sessions(person_id=person_id, now=moment)
    q.end_sign_in_links(person_id=person_id, now=moment)


def _join(
    store: Store, q: Queries, person_id: str, unit_id: str, role: MembershipRole, now: datetime
) -> None:
    if role == "leader":
        q.end_leaders_of_unit(unit_id=unit_id, now=time_text(now))
    q.add_membership(
        id=store.new_id(now),
        person_id=person_id,
        unit_id=unit_id,
        role=role,
        job_role_id=None,
        starts_at=time_text(now),
        ends_at=None,
    )


def _is_open_unit(q: Queries, organisation_id: str, unit_id: str) -> bool:
    row = q.unit_of(id=unit_id, organisation_id=organisation_id)
    return row is not None and row["ended_at"] is None


def contact_faults(
    q: Queries, organisation_id: str, contact: Contact, own_id: str | None = None
) -> dict[Field, Reason]:
    """What is wrong, by field; `own_id`: who may have the number and the address already."""
    faults: dict[Field, Reason] = {}
    texts: dict[Field, str | None] = {
        "first-name": contact.first_name,
        "name": contact.name,
        "employee-number": contact.employee_number,
    }
    for field, text in texts.items():
        if reason := _wrong_text(text):
            faults[field] = reason
    if contact.email is not None:
        try:
            email = plain_email(contact.email)
        except ValueError:
            faults["email"] = "no-email"
        else:
            rows = q.current_people_with_email(organisation_id=organisation_id, email=email)
            if {row["id"] for row in rows} - {own_id}:
                faults["email"] = "taken"
            elif len(email) > LONGEST:
                faults["email"] = "too-long"
    if contact.employee_number is not None and "employee-number" not in faults:
        found = q.person_with_number(organisation_id=organisation_id, employee_number=contact.employee_number)
        if found not in {None, own_id}:
            faults["employee-number"] = "taken"
    return faults


def _wrong_text(text: str | None) -> Reason | None:
    if text is None:
        return None
    if not text.strip():
        return "empty"
    try:
        require_name(text)
    except ValueError:
        return "signs"
    return "too-long" if len(text) > LONGEST else None


def _raise_any(faults: dict[Field, Reason]) -> None:
    if faults:
        raise InvalidPerson(faults)


def contact_columns(contact: Contact) -> dict[str, str | None]:
    """Parameters of the queries that keep it."""
    return {
        "first_name": contact.first_name,
        "name": contact.name,
        "email": contact.email,
        "employee_number": contact.employee_number,
        "language": contact.language,
    }


def _log(store: Store, q: Queries, actor: Actor, action: Recorded, person_id: str, now: datetime) -> None:
    """About the person, who can see it."""
    record(store, q, actor_id=actor.id, action=action, object_id=person_id, about_id=person_id, now=now)
