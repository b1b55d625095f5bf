"""Whom the letters of a talk reach: who has no e-mail address is told of it by whoever holds the talk."""

from __future__ import annotations

from assess.store import Store
from assess.talks.types import Talk


def is_reached(store: Store, talk: Talk) -> bool:
    """Whether the person whom the talk is about has an e-mail address. Whoever calls shows the talk already;
    somebody who was erased is past being told."""
    with store.read() as q:
        row = q.person(id=talk.person.id)
    return row is None or bool(row["email"]) or not talk.person.name
