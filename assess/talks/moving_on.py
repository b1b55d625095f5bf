"""Agreements that a new manager does not see: the person is told of them once, and decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.answering.types import Person
from assess.rights import Actor, Affairs, may
from assess.store import Store
from assess.store.ids import time_text
from assess.talks.agreement_rows import agreements_in
from assess.talks.loading import all_talks, as_talk
from assess.talks.types import Talk


@dataclass(frozen=True, slots=True)
class ToMoveOn:
    """Talks of the person's with live agreements, newest start first, and the manager of today, to whom they
    could be shown and about whom nothing has been decided in any of them."""

    manager: Person
    talks: tuple[Talk, ...]


def to_move_on(store: Store, actor: Actor, now: datetime) -> ToMoveOn | None:
    """None where there is nothing to decide."""
    if not may(actor, "see-talks", Affairs(actor.id)):
        return None
    with store.read() as q:
        left = {
            one.id: one
            for one in all_talks(q, actor, now)
            if one.thing.person_id == actor.id
            and one.row["holder_role"] == "manager"
            and one.row["state"] != "cancelled"
            and one.leader_id not in {None, one.row["holder_id"]}
        }
        if not left:
            return None
        agreed = {one.talk_id for one in agreements_in(q, of_id=actor.id) if one.is_live}
        decided = {(row["talk_id"], row["with_id"]) for row in q.decided_talk_shares(person_id=actor.id)}
        found = [one for one in left.values() if one.id in agreed and (one.id, one.leader_id) not in decided]
        row = q.person_to_talk_with(id=found[0].leader_id, now=time_text(now)) if found else None
        if row is None:
            return None
        return ToMoveOn(
            Person(row["id"], row["first_name"], row["name"], row["language"]),
            tuple(as_talk(actor, one, now) for one in found),
        )
