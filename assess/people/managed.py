"""The people whom an administrator manages: asking the rights, and taking hold of one of them."""

from __future__ import annotations

from typing import Any

from assess.errors import NotFound
from assess.rights import Action, Actor, Administration, may
from assess.store.queries import Queries


def require(actor: Actor, action: Action, organisation_id: str) -> None:
    """Raises `NotFound` unless the actor may do it in that organisation."""
    if not may(actor, action, Administration(organisation_id)):
        raise NotFound("There is no such organisation.")


def managed_person(
    q: Queries, actor: Actor, action: Action, organisation_id: str, person_id: str
) -> dict[str, Any]:
    """The person's row. Throw-away respondents, erased people and those of others are not there: raises
    `NotFound`."""
    require(actor, action, organisation_id)
    row: dict[str, Any] | None = q.managed_person(id=person_id, organisation_id=organisation_id)
    if row is None:
        raise NotFound("There is no such person.")
    return row


def lock_person_of(
    q: Queries, actor: Actor, action: Action, organisation_id: str, person_id: str
) -> dict[str, Any]:
    """The same; other writers about the person wait until this transaction is done."""
    q.lock_person(id=person_id)
    return managed_person(q, actor, action, organisation_id, person_id)
