"""To whom the person shows a talk with its agreements. Nobody but the person decides, at any time.

A coach, the new nearest manager (the agreements move on), and the coach who holds a talk, whom the person can
shut out. Every decision is kept; the latest about each counts from the next view on. What the two prepared is
not shown on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from assess.answering.types import Person
from assess.audit.log import Recorded, record
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from assess.talks.letters import put_for
from assess.talks.loading import Loaded, Row, own_talk
from assess.talks.types import Viewer
from questionnaires.definition import LanguageId

_Role: TypeAlias = Literal["manager", "coach", "holder", "former"]
_ORDER: dict[_Role, int] = {"holder": 0, "manager": 1, "coach": 2, "former": 3}
_DONE: dict[bool, Recorded] = {True: "show-talk", False: "stop-showing-talk"}


def viewers(
    store: Store, actor: Actor, talk_id: str, language: LanguageId, now: datetime
) -> tuple[Viewer, ...]:
    """Everybody to whom the actor's talk is or can be shown: the coach who holds it, the new manager, coaches
    alphabetically, then those who see nothing at this moment. Raises `NotFound` for who is not the person."""
    with store.read() as q:
        found = _viewers(q, own_talk(q, actor, "show-talk", talk_id, now), now)
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (
                _ORDER[one.role],
                *place_in_alphabet(one.person.name, language),
                one.person.id,
            ),
        )
    )


def show(store: Store, actor: Actor, talk_id: str, with_id: str, now: datetime) -> None:
    """From now on that person sees the talk. Again it changes nothing. A new manager gets a letter where
    something is agreed; nobody is told of the contrary. Logged. Raises `NotFound`, also for
    somebody to whom it cannot be shown."""
    _decide(store, actor, talk_id, with_id, True, now)


def stop(store: Store, actor: Actor, talk_id: str, with_id: str, now: datetime) -> None:
    """From the next view on that person sees nothing of it any more. Raises as `show`."""
    _decide(store, actor, talk_id, with_id, False, now)


def _decide(store: Store, actor: Actor, talk_id: str, with_id: str, shown: bool, now: datetime) -> None:
    with store.write() as q:
        q.lock_talk(id=talk_id)
        viewer = _viewers(q, own_talk(q, actor, "show-talk", talk_id, now), now).get(with_id)
        if viewer is None or (shown and viewer.role == "former"):
            raise NotFound("There is nobody like this to show it to.")
        in_force = {row["with_id"] for row in q.talk_shares_in_force(talk_id=talk_id)}
        # What was shown to somebody in another role ends too, so that it does not come back with the role.
        if (viewer.since is not None) == shown and (shown or with_id not in in_force):
            return
        q.add_talk_share(
            talk_id=talk_id,
            with_id=with_id,
            role="manager" if viewer.role == "manager" else "coach",
            shared=int(shown),
            now=time_text(now),
        )
        if shown and viewer.role == "manager":
            put_for(store, q, talk_id, "agreements-shown", now, to=[with_id])
        record(
            store,
            q,
            actor_id=actor.id,
            action=_DONE[shown],
            object_id=f"{talk_id} {with_id}",
            about_id=actor.id,
            now=now,
        )


def _viewers(q: Queries, loaded: Loaded, now: datetime) -> dict[str, Viewer]:
    """By id of the person."""
    shared = {row["with_id"]: row for row in q.talk_shares_in_force(talk_id=loaded.id)}
    found: dict[str, Viewer] = {}

    def enter(row: Row, role: _Role, since: datetime | None) -> None:
        one = Person(row["id"], row["first_name"], row["name"], row["language"])
        found.setdefault(one.id, Viewer(one, role, since))

    def since(person_id: str, role: str) -> datetime | None:
        row = shared.get(person_id)
        return parse_time(row["decided_at"]) if row is not None and row["role"] == role else None

    talk = loaded.row
    coaches = q.coaches_of(organisation_id=talk["organisation_id"], person_id=talk["person_id"])
    for row in coaches:
        is_holder = row["id"] == talk["holder_id"] and talk["holder_role"] == "coach"
        if is_holder and row["id"] != loaded.leader_id:  # whoever has come to lead is no coach
            begun = since(row["id"], "coach") or parse_time(talk["created_at"])
            enter(row, "holder", None if talk["holder_shut_out"] else begun)
    # A manager's talk moves on to the next manager; what was agreed with a coach stays with the person.
    if talk["holder_role"] == "manager" and loaded.leader_id not in {None, loaded.thing.holder_id}:
        row = q.person_to_talk_with(id=loaded.leader_id, now=time_text(now))
        if row is not None:
            enter(row, "manager", since(row["id"], "manager"))
    for row in coaches:
        if row["id"] not in {loaded.thing.holder_id, loaded.leader_id}:
            enter(row, "coach", since(row["id"], "coach"))
    for row in shared.values():
        enter(row | {"id": row["with_id"]}, "former", parse_time(row["decided_at"]))
    return found
