"""Who has looked at what about a person, and what was done with it: the log, as the person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.answering.loading import Row, language_for
from assess.audit.log import Recorded
from assess.campaigns.definitions import definition_of
from assess.personal_data.own import require_own
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time
from assess.store.queries import Queries
from questionnaires.definition import LanguageId, PerspectiveId


@dataclass(frozen=True, slots=True)
class Look:
    """One line about a person."""

    at: datetime
    is_own: bool
    """The person's own doing."""
    who: str | None
    """Name of whoever did it; None for the operator, and for who has been erased."""
    action: Recorded
    title: str
    """Of the questionnaire that it was about; "" for anything else."""
    perspective: PerspectiveId | None
    wave: str
    with_name: str
    """With whom it was shared, where that is noted."""


def looks(store: Store, actor: Actor, language: LanguageId) -> tuple[Look, ...]:
    """Everything noted about the actor, newest first; signing in is not."""
    require_own(actor)
    with store.read() as q:
        return looks_of(q, actor.id, language)


def looks_of(q: Queries, person_id: str, language: LanguageId) -> tuple[Look, ...]:
    """As `looks`, of anybody."""
    tasks: dict[str, Row | None] = {}
    people: dict[str, str] = {}
    return tuple(
        _look(q, row, person_id, language, tasks, people)
        for row in q.looks_at(person_id=person_id)
        if row["action"] != "sign-in"
    )


def _look(
    q: Queries,
    row: Row,
    person_id: str,
    language: LanguageId,
    tasks: dict[str, Row | None],
    people: dict[str, str],
) -> Look:
    task_id, _, with_id = row["object_id"].partition(" ")
    if task_id not in tasks:
        tasks[task_id] = q.task(id=task_id)
    task = tasks[task_id]
    if with_id and with_id not in people:
        known = q.person(id=with_id) if task is not None else None
        people[with_id] = known["name"] if known is not None else ""
    definition = definition_of(q, task["content_hash"]) if task is not None else None
    return Look(
        at=parse_time(row["at"]),
        is_own=row["actor_id"] == person_id,
        who=row["actor_name"],
        action=row["action"],
        title="" if definition is None else definition.texts[language_for(definition, language)].title,
        perspective=None if task is None else task["perspective"],
        wave="" if task is None else task["wave_name"],
        with_name=people.get(with_id, ""),
    )
