"""Who asked, as the rights see it when nobody is signed in: with the offices held at this moment."""

from __future__ import annotations

from datetime import datetime

from assess.rights import Actor
from assess.store.ids import parse_time_or_none
from assess.store.queries import Queries


def actor_of(q: Queries, person_id: str, now: datetime) -> Actor | None:
    """The person as an actor; None for who has left or was erased."""
    row = q.asker(id=person_id)
    left_at = row and parse_time_or_none(row["left_at"])
    if row is None or row["erased_at"] is not None or (left_at is not None and left_at <= now):
        return None
    offices = q.offices_of(person_id=person_id)
    held = {
        role: frozenset(one["organisation_id"] for one in offices if one["role"] == role)
        for role in ("administrator", "coach", "representative")
    }
    return Actor(
        person_id,
        administers=held["administrator"],
        coaches=held["coach"],
        represents=held["representative"],
        organisation_id=row["organisation_id"],
    )
