"""Who has looked at what about a person, and what was done with it: the log, as the person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.answering.loading import Row, language_for
from assess.audit.log import Recorded
from assess.campaigns.definitions import definition_of
from assess.people.administrators import OPERATOR
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
    was_shared: bool
    """For "unshare": it had been shared before. Where not, sharing was declined."""
    by_operator: bool
    """Whoever runs the system did it, who is nobody of the organisation."""


def looks(store: Store, actor: Actor, language: LanguageId) -> tuple[Look, ...]:
    """Everything noted about the actor, newest first; signing in is not."""
    require_own(actor)
    with store.read() as q:
        return looks_of(q, actor.id, language)


def looks_of(q: Queries, person_id: str, language: LanguageId) -> tuple[Look, ...]:
    """As `looks`, of anybody."""
    rows = [row for row in q.looks_at(person_id=person_id) if row["action"] != "sign-in"]
    known = _Known(q, frozenset(), {}, {})
    found = []
    for row in reversed(rows):  # the oldest first: what was shared before is known when it ends
        found.append(_look(known, row, person_id, language))
        if row["action"] == "share":
            known.shared |= {row["object_id"]}
    return tuple(reversed(found))


@dataclass
class _Known:
    """What several lines ask for, found once. `shared`: objects of lines so far that say "share"."""

    q: Queries
    shared: frozenset[str]
    tasks: dict[str, Row | None]
    decided: dict[str, list[Row]]

    def task(self, task_id: str) -> Row | None:
        if task_id not in self.tasks:
            self.tasks[task_id] = self.q.task(id=task_id)
        return self.tasks[task_id]

    def name(self, person_id: str) -> str:
        """Empty for who was erased."""
        row = self.q.person(id=person_id)
        return "" if row is None else str(row["name"])

    def receivers(self, task_id: str, with_id: str, shared: bool, at: str) -> str:
        """Names of those whom a decision of this moment was about; one about the manager has no `with_id`."""
        if task_id not in self.decided:
            self.decided[task_id] = list(self.q.shares_of_task(task_id=task_id))
        names = {
            row["with_name"]
            for row in self.decided[task_id]
            if (row["decided_at"], bool(row["shared"])) == (at, shared) and with_id in ("", row["with_id"])
        }
        return ", ".join(sorted(filter(None, names)))


def _look(known: _Known, row: Row, person_id: str, language: LanguageId) -> Look:
    task_id, _, with_id = row["object_id"].partition(" ")
    task = known.task(task_id)
    definition = definition_of(known.q, task["content_hash"]) if task is not None else None
    decides = task is not None and row["action"] in ("share", "unshare")
    with_name = ""
    if decides:
        with_name = known.receivers(task_id, with_id, row["action"] == "share", row["at"])
    elif row["action"] in ("show-talk", "stop-showing-talk"):
        with_name = known.name(with_id)
    return Look(
        at=parse_time(row["at"]),
        is_own=row["actor_id"] == person_id,
        who=row["actor_name"],
        action=row["action"],
        title="" if definition is None else definition.texts[language_for(definition, language)].title,
        perspective=None if task is None else task["perspective"],
        wave="" if task is None else task["wave_name"],
        with_name=with_name,
        was_shared=row["object_id"] in known.shared,
        by_operator=row["actor_id"] == OPERATOR,
    )
