"""With whom each own profile is shared, and with whom it could be. Deciding is `answering.sharing`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.answering.loading import Row, key_of, led_no_longer, other_view
from assess.language.alphabet import place_in_alphabet
from assess.personal_data.own import OwnTask, require_own, tasks_of
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

ReceiverRole: TypeAlias = Literal["manager", "coach", "former"]
"""former: with whom it is shared, and who sees nothing at this moment: a coach who is none any more, or a
manager who leads the person no longer."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who sees a profile, or would if it were shared."""

    id: str
    name: str
    role: ReceiverRole
    since: datetime | None
    """Since when it is shared; None: it is not."""


@dataclass(frozen=True, slots=True)
class SharedProfile:
    """One own profile and its possible receivers: the manager first, then coaches alphabetically."""

    task: OwnTask
    receivers: tuple[Receiver, ...]


def sharing_now(store: Store, actor: Actor, language: LanguageId, now: datetime) -> tuple[SharedProfile, ...]:
    """Every own profile, newest wave first."""
    require_own(actor)
    with store.read() as q:
        return tuple(
            SharedProfile(task, _receivers(q, task, language, now))
            for task in tasks_of(q, actor.id, language, now)
            if task.perspective == "self" and task.has_result
        )


def _receivers(q: Queries, task: OwnTask, language: LanguageId, now: datetime) -> tuple[Receiver, ...]:
    row = q.task(id=task.id)
    manager = other_view(q, key_of(row))
    shared = {one["with_id"]: one for one in q.shares_in_force_of(task_id=task.id)}
    people: dict[str, tuple[ReceiverRole, Row]] = {}
    rater = None if manager is None else manager["respondent_id"]
    if manager is not None and not led_no_longer(q, manager["respondent_id"], now, task.subject.id):
        people[manager["respondent_id"]] = ("manager", manager)
    coaches = q.coaches_of(organisation_id=row["organisation_id"], person_id=task.subject.id)
    for coach in sorted(coaches, key=lambda one: place_in_alphabet(one["name"], language)):
        share = shared.get(coach["id"])
        # What was shared with a manager is not a coach's.
        if coach["id"] != rater and not (share is not None and share["was_manager"]):
            people[coach["id"]] = ("coach", coach)
    for one in shared.values():
        people.setdefault(one["with_id"], ("former", one))
    return tuple(
        Receiver(
            id=person_id,
            name=person["name"],
            role=role,
            since=parse_time(shared[person_id]["decided_at"]) if person_id in shared else None,
        )
        for person_id, (role, person) in people.items()
    )
