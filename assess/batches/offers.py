"""What a page can offer to order: as few questions to the database as there are kinds, whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text

Capacity: TypeAlias = Literal["leader", "coach", "talks", "any"]
NEWEST = 3
"""Waves that are offered; older ones are looked at one by one."""
MANY = 2
"""Briefs from which on they are offered together."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A batch that can be ordered: its kind and subject, and what it is called beside its kind."""

    kind: str
    subject: str
    about: str


def offers(store: Store, actor: Actor, capacity: Capacity, now: datetime) -> tuple[Offer, ...]:
    """What there is for the actor as a leader, as a coach or for talks, the newest wave first. Whether
    anything of it may be seen is asked when it is ordered, and whenever a document is made or handed out."""
    found: dict[str, Offer] = {}
    with store.read() as q:
        if capacity in {"leader", "any"}:
            found |= _waves(q.waves_to_report(person_id=actor.id, at=time_text(now)))
        if capacity in {"coach", "any"} and actor.coaches:
            found |= _waves(q.waves_shared_with(with_id=actor.id))
        briefs = 0 if capacity == "coach" else q.count_open_briefs(holder_id=actor.id, at=time_text(now))
    many = (Offer("unit-briefs", "", ""),) if briefs >= MANY else ()
    return (*found.values(), *many)


def _waves(rows: Sequence[Mapping[str, str]]) -> dict[str, Offer]:
    return {row["id"]: Offer("wave-reports", row["id"], row["name"]) for row in rows[:NEWEST]}
