"""Whom the letters of a talk reach: who has no e-mail address is told of it by whoever holds the talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assess.store import Store
from assess.talks.letters import letter_key
from assess.talks.types import Talk

Planning: TypeAlias = Literal["talk-invitation", "talk-changed", "talk-cancelled"]
Reach: TypeAlias = Literal["letter", "invitation", "nothing", "no-address", "gone"]
"""letter: one tells it. invitation: it has not gone yet, and tells it too. nothing: there is no letter, since
the invitation had not gone. gone: the person is here no more."""


@dataclass(frozen=True, slots=True)
class Told:
    """How the two hear of what was done to their talk."""

    own: Reach
    other: Reach


def is_reached(store: Store, talk: Talk) -> bool:
    """Whether the person whom the talk is about has an e-mail address. Whoever calls shows the talk already;
    somebody who was erased is past being told."""
    with store.read() as q:
        row = q.person(id=talk.person.id)
    return row is None or bool(row["email"]) or not talk.person.name


def told(store: Store, talk: Talk, kind: Planning) -> Told:
    """By which letters one of the two, who sees the talk, and the other hear that it was planned, moved or
    cancelled last: as it stands in the outbox."""
    ids = (talk.person.id, talk.holder.id)
    own_id, other_id = ids if talk.role == "person" else ids[::-1]
    return Told(_reach(store, talk, kind, own_id), _reach(store, talk, kind, other_id))


def _reach(store: Store, talk: Talk, kind: Planning, person_id: str) -> Reach:
    with store.read() as q:
        row = q.recipient(person_id=person_id)
        if row is None or row["left_at"] is not None or row["erased_at"] is not None:
            return "gone"
        if not row["email"]:
            return "no-address"
        if q.standing_letter(key=letter_key(talk, kind, person_id)) is not None:
            return "letter"
        invited = q.standing_letter(key=letter_key(talk, "talk-invitation", person_id)) is not None
        return "invitation" if invited and kind == "talk-changed" else "nothing"
