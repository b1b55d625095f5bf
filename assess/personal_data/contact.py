"""Correcting what is kept of who one is (GDPR, Article 16): the name, the e-mail address, the language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from assess.audit.log import record
from assess.errors import NotFound
from assess.people.changing import Contact, InvalidPerson, contact_columns, contact_faults
from assess.people.old_address import tell_old_address
from assess.rights import Actor, Affairs, may
from assess.store import Store
from assess.store.ids import time_text


def contact_of(store: Store, actor: Actor) -> Contact:
    """What is kept of the actor now. Raises `NotFound`."""
    _require(actor)
    with store.read() as q:
        row = q.person(id=actor.id)
    return Contact(row["first_name"], row["name"], row["email"], row["employee_number"], row["language"])


def correct_contact(store: Store, actor: Actor, contact: Contact, now: datetime) -> bool:
    """Replaces name, address and language; the employee number is the organisation's and stays. False when
    that changes nothing.

    The address that was valid until now gets a letter, and links that were sent to it sign nobody in any
    more. Noted on the person, so that a roster does not undo it unseen. Raises `InvalidPerson`, `NotFound`.
    """
    _require(actor)
    with store.write() as q:
        row = q.person(id=actor.id)
        q.lock_organisation(id=row["organisation_id"])
        q.lock_person(id=actor.id)
        row = q.person(id=actor.id)
        wanted = replace(contact, employee_number=row["employee_number"])
        faults = contact_faults(q, row["organisation_id"], wanted, actor.id)
        if wanted.email is None and row["email"] is not None:
            faults["email"] = "empty"
        elif wanted.email and "." not in wanted.email.rpartition("@")[2]:
            faults["email"] = "no-email"  # whoever mistypes the own address is locked out
        if faults:
            raise InvalidPerson(faults)
        columns = contact_columns(wanted)
        if all(row[name] == value for name, value in columns.items()):
            return False
        q.correct_person(id=actor.id, **columns)
        q.contact_corrected(id=actor.id, now=time_text(now))
        tell_old_address(store, q, actor.id, row["organisation_id"], row["email"], wanted.email, now)
        record(
            store,
            q,
            actor_id=actor.id,
            action="correct-contact",
            object_id=actor.id,
            about_id=actor.id,
            now=now,
        )
    return True


def _require(actor: Actor) -> None:
    if not may(actor, "correct-contact", Affairs(actor.id)):
        raise NotFound("There is no such page.")
