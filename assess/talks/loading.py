"""Who has to do with a talk at this moment, and from rows to the values of `types.py`.

Everything is asked anew for each view: a person who leaves, a share that ends, a manager who changes counts
from the next one on. The number of queries does not grow with the number of talks or people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assess.answering.loading import person
from assess.audit.log import is_new_look, record
from assess.errors import NotFound
from assess.people.organisation import leaders, unit_tree
from assess.people.tree import UnitTree, nearest_leader
from assess.rights import Action, Actor, TalkOf, may
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries
from assess.talks.errors import NotYoursAnyMore
from assess.talks.types import Talk, ViewerRole

Row = dict[str, Any]
_NOBODY = Actor("")
_NEVER = "9999"
"""After every time that is stored."""


@dataclass
class Leading:
    """Who is whose nearest leader at one moment; each organisation is read once."""

    q: Queries
    now: datetime
    _known: dict[str, tuple[UnitTree, dict[str, str]]] = field(default_factory=dict)

    def leader_of(self, organisation_id: str, person_id: str, home_unit: str | None) -> str | None:
        """None for who belongs to no unit, or to one that is closed, and where nobody leads."""
        if home_unit is None:
            return None
        if organisation_id not in self._known:
            self._known[organisation_id] = (
                unit_tree(self.q, organisation_id, self.now),
                leaders(self.q, organisation_id, self.now),
            )
        tree, leading = self._known[organisation_id]
        return nearest_leader(tree, leading, person_id, home_unit) if home_unit in tree else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A talk's row, and the talk as the rights see it, as far as it concerns the actor."""

    row: Row
    thing: TalkOf
    leader_id: str | None
    """The person's nearest leader now."""

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def both_ready(self) -> bool:
        return self.row["person_ready_at"] is not None and self.row["holder_ready_at"] is not None


def own_talk(q: Queries, actor: Actor, action: Action, talk_id: str, now: datetime) -> Loaded:
    """The talk, with which the actor may do `action` now. Raises `NotFound`; somebody else's is not there.
    Only whoever held it learns that it was one (`NotYoursAnyMore`), and never why."""
    rows = _rows(q, actor, now, talk_id=talk_id)
    for loaded in _loaded(q, actor, rows, now):
        if may(actor, action, loaded.thing):
            return loaded
        if loaded.row["holder_id"] == actor.id and not may(actor, "see-talk", loaded.thing):
            raise NotYoursAnyMore("This talk is not yours to see any more.", "Your other talks are.")
    raise NotFound("There is no such talk.")


def all_talks(q: Queries, actor: Actor, now: datetime, leading: Leading | None = None) -> tuple[Loaded, ...]:
    """Every talk of which the actor may see something, if only the own note; the newest start first.
    `leading`: what is known already of who leads whom."""
    return _allowed(actor, _loaded(q, actor, _rows(q, actor, now, of_id=actor.id), now, leading))


def talks_about(q: Queries, actor: Actor, person_id: str, now: datetime) -> tuple[Loaded, ...]:
    """Of the talks about one person those that the actor may see; the newest start first."""
    found = _loaded(q, actor, _rows(q, actor, now, about_id=person_id), now)
    return tuple(one for one in found if may(actor, "see-talk", one.thing))


def talks_to_come(q: Queries, now: datetime) -> tuple[Loaded, ...]:
    """Every planned talk that has not begun, for the clock: nobody looks at them."""
    return _loaded(q, _NOBODY, _rows(q, _NOBODY, now, planned_after=time_text(now)), now)


def talk_to_come(q: Queries, talk_id: str, now: datetime) -> Loaded | None:
    """The same for one of them; None where it is none."""
    for row in _rows(q, _NOBODY, now, talk_id=talk_id):
        if row["state"] == "planned" and parse_time(row["starts_at"]) > now:
            return _thing(_NOBODY, row, Leading(q, now))
    return None


def _rows(
    q: Queries,
    actor: Actor,
    now: datetime,
    *,
    talk_id: str = "",
    of_id: str = "",
    about_id: str = "",
    planned_after: str = _NEVER,
) -> list[Row]:
    rows: list[Row] = q.talk_rows(
        actor_id=actor.id,
        of_id=of_id,
        about_id=about_id,
        talk_id=talk_id,
        planned_after=planned_after,
        now=time_text(now),
    )
    return rows


def _loaded(
    q: Queries, actor: Actor, rows: list[Row], now: datetime, leading: Leading | None = None
) -> tuple[Loaded, ...]:
    known = leading or Leading(q, now)
    return tuple(_thing(actor, row, known) for row in rows)


def _thing(actor: Actor, row: Row, leading: Leading) -> Loaded:
    leader_id = (
        leading.leader_of(row["organisation_id"], row["person_id"], row["home_unit"])
        if row["is_here"]
        else None
    )
    shown_as = row["shown_as"] if row["is_here"] else None
    me = frozenset({actor.id})
    return Loaded(
        row,
        TalkOf(
            organisation_id=row["organisation_id"],
            person_id=row["person_id"],
            holder_id=row["holder_id"] if _holds(row, leader_id) else None,
            # Whoever has come to lead the person is that person's coach no longer.
            shown_to=me if shown_as == "coach" and leader_id != actor.id else frozenset(),
            successor_ids=me if shown_as == "manager" and leader_id == actor.id else frozenset(),
            writers=me if row["has_note"] else frozenset(),
        ),
        leader_id,
    )


def _holds(row: Row, leader_id: str | None) -> bool:
    """Whether whoever held the talk still is what the talk was held as."""
    if row["holder_role"] == "manager":
        return bool(leader_id == row["holder_id"])
    # Whoever leads a person is no coach of that person: what a coach was told is not the manager's to read.
    is_chosen = not row["holder_shut_out"] and leader_id != row["holder_id"]
    return bool(row["is_here"] and row["holder_coaches"] and is_chosen)


def _allowed(actor: Actor, found: tuple[Loaded, ...]) -> tuple[Loaded, ...]:
    return tuple(
        one for one in found if may(actor, "see-talk", one.thing) or may(actor, "read-own-note", one.thing)
    )


def role_of(actor: Actor, thing: TalkOf) -> ViewerRole:
    """As what the actor sees a talk that the actor may see."""
    if actor.id == thing.person_id:
        return "person"
    if actor.id == thing.holder_id:
        return "holder"
    if actor.id in thing.successor_ids:
        return "successor"
    return "coach" if may(actor, "see-talk", thing) else "former"


def counterpart(q: Queries, loaded: Loaded) -> str | None:
    """Id of who is the other of the two now: the holder, or the new manager to whom the person has moved the
    talk on; None where there is nobody."""
    if loaded.thing.holder_id is not None:
        return loaded.thing.holder_id
    moved_on = {
        row["with_id"] for row in q.talk_shares_in_force(talk_id=loaded.id) if row["role"] == "manager"
    }
    return loaded.leader_id if loaded.leader_id in moved_on else None


def as_talk(actor: Actor, loaded: Loaded, now: datetime) -> Talk:
    """The talk as the actor sees it; of a former one's only what tells which note it is."""
    row, role = loaded.row, role_of(actor, loaded.thing)
    sees = role != "former"
    return Talk(
        id=loaded.id,
        organisation_id=row["organisation_id"],
        person=person(row, "person_"),
        holder=person(row, "holder_"),
        holder_role=row["holder_role"],
        holder_is_current=loaded.thing.holder_id is not None,
        state=row["state"],
        starts_at=parse_time(row["starts_at"]),
        minutes=row["minutes"],
        place=row["place"] if sees else "",
        sequence=row["sequence"],
        created_at=parse_time(row["created_at"]),
        held_at=parse_time_or_none(row["held_at"]),
        cancelled_at=parse_time_or_none(row["cancelled_at"]),
        role=role,
        person_ready_at=parse_time_or_none(row["person_ready_at"]) if sees else None,
        holder_ready_at=parse_time_or_none(row["holder_ready_at"]) if sees else None,
        is_open=sees and is_open(loaded, now),
    )


def is_open(loaded: Loaded, now: datetime) -> bool:
    """Whether the brief may be read."""
    row = loaded.row
    if row["state"] == "planned":
        return loaded.both_ready or parse_time(row["starts_at"]) <= now
    return bool(row["state"] == "held")


def log_look(store: Store, actor: Actor, loaded: Loaded, now: datetime) -> None:
    """Notes that a coach or a new manager has looked at a talk, once an hour; the person sees the line. What
    the two see of their own talk is no look."""
    if role_of(actor, loaded.thing) not in {"successor", "coach"}:
        return
    with store.read() as q:
        is_new = is_new_look(q, actor_id=actor.id, action="see-talk", object_id=loaded.id, now=now)
    if is_new:
        with store.write() as q:
            record(
                store,
                q,
                actor_id=actor.id,
                action="see-talk",
                object_id=loaded.id,
                about_id=loaded.thing.person_id,
                now=now,
            )
