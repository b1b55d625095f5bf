"""The own data as JSON: what a person has answered, what came of it, what the manager has submitted about
the person, who has looked, with whom it is shared.

A session is limited to one task, so is the export. A manager's rating is left out, but named, as long as
knowing it could influence the own answers (`docs/decisions/0006-who-sees-a-rating.md`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from assess.answering.loading import Row, actor, job_area, load_task, other_view, person, thing
from assess.answering.profiles import others_thing
from assess.answering.types import JobArea, Session, Task
from assess.audit.log import record
from assess.errors import NotAllowed
from assess.language.wording import Wording
from assess.rights import may
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import (
    ChoiceItem,
    Item,
    PerspectiveId,
    RatingItem,
    SituationItem,
    SituationTexts,
    ZeroToTenItem,
)

Json = dict[str, Any]

WITHHELD = "withheld until both have submitted or the wave has closed; an administrator can tell more"

SHOWN = {
    "see-profile": "your profile and the answers behind it",
    "see-match": "your profile and your wishes, beside the leadership style of whoever looked; what came of "
    "that style is not part of your data",
}
"""Action of the access log → what the one who looked was shown of the person."""


def export(store: Store, session: Session, now: datetime) -> Json:
    """Everything of the session's task that is the respondent's, as JSON-able values; keys in English,
    texts in the session's language. Exporting is logged."""
    with store.write() as q:
        task = load_task(q, session.task.id, now, session.language)
        if not may(actor(task.key), "export", thing(task)):
            raise NotAllowed("There is nothing to export here.")
        record(
            store,
            q,
            actor_id=task.respondent.id,
            action="export",
            object_id=task.key.id,
            about_id=task.respondent.id,
            now=now,
        )
        return {
            "made_at": time_text(now),
            "person": person_data(q, task.respondent.id),
            **task_data(q, task, now),
            "who_has_looked": _looks(q, task),
        }


def task_data(q: Queries, task: Task, now: datetime) -> Json:
    """What a task holds of its respondent's, and what was answered about the respondent beside it."""
    return {
        "organisation": task.organisation.name,
        "questionnaire": {
            "id": task.definition.questionnaire.id,
            "version": task.definition.questionnaire.version,
            "content_hash": task.key.content_hash,
            "title": task.definition.texts[task.language].title,
        },
        "wave": task.wave.name,
        "perspective": task.perspective,
        "about": task.subject.name,
        "sheets": _sheets(q, task, task.key.id, task.perspective),
        "shared": [
            {"with": row["with_name"], "shared": bool(row["shared"]), "decided_at": row["decided_at"]}
            for row in q.shares_of_task(task_id=task.key.id)
        ],
        "answered_about_me": _about_me(q, task, now),
    }


def person_data(q: Queries, person_id: str) -> Json:
    """What is kept of a person beside answers: name, addresses, memberships."""
    row = q.person(id=person_id)
    return {
        "name": row["name"],
        "first_name": row["first_name"],
        "email": row["email"],
        "employee_number": row["employee_number"],
        "language": row["language"],
        "memberships": q.memberships_of(person_id=person_id),
    }


def _about_me(q: Queries, task: Task, now: datetime) -> list[Json]:
    other = other_view(q, task.key)
    if task.perspective != "self" or other is None:
        return []
    if not any(row["submitted_at"] for row in q.assignments(task_id=other["id"])):
        return []
    rating: Json = {"perspective": "manager", "by": person(other).name}
    if may(actor(task.key), "export", others_thing(q, task.key, task.wave, other, now)):
        sheets = _sheets(q, task, other["id"], "manager")
        return [rating | {"sheets": [sheet for sheet in sheets if sheet["submitted_at"]]}]
    return [rating | {"sheets": WITHHELD}]


def rating_data(q: Queries, task: Task) -> Json:
    """A manager's rating as its subject has a copy of it: the sheets that were submitted, by whom."""
    sheets = _sheets(q, task, task.key.id, "manager")
    return {
        "questionnaire": task.definition.texts[task.language].title,
        "wave": task.wave.name,
        "perspective": "manager",
        "by": task.respondent.name,
        "sheets": [sheet for sheet in sheets if sheet["submitted_at"]],
    }


def _sheets(q: Queries, task: Task, task_id: str, perspective: PerspectiveId) -> list[Json]:
    profiles = {row["sheet_id"]: row for row in q.profiles_of_task(task_id=task_id)}
    sheets = []
    for row in q.assignments(task_id=task_id):
        if row["sheet_id"] is None:
            continue
        area = job_area(row)
        made = profiles.get(row["sheet_id"])
        sheets.append(
            {
                "job_area": area and area.name(task.language),
                "short_form": row["short_form"],
                "order_seed": row["order_seed"],
                "language": row["language"],
                "started_at": row["started_at"],
                "submitted_at": row["submitted_at"],
                "answers": _answers(q, task, row, perspective, area),
                "profile": made and msgspec.json.decode(made["profile"]),
                "profile_made_at": made and made["made_at"],
            }
        )
    return sheets


def _answers(
    q: Queries, task: Task, sheet: Row, perspective: PerspectiveId, area: JobArea | None
) -> list[Json]:
    items = {item.id: item for item in task.definition.questionnaire.items}
    wording = Wording(
        language=task.language,
        customer=task.organisation.customer,
        first_name=task.subject.first_name,
        job_area=area.name(task.language) if area else "",
    )
    return [
        {
            "item": row["item_id"],
            "statement": _statement(task, items[row["item_id"]], perspective, wording),
            "position": row["position"],
            "answer": _chosen(task, items[row["item_id"]], perspective, row, wording),
            "saved_at": row["saved_at"],
        }
        for row in q.answers(sheet_id=sheet["sheet_id"])
    ]


def _statement(task: Task, item: Item, perspective: PerspectiveId, wording: Wording) -> str:
    words = task.definition.texts[task.language].items[item.id][perspective]
    return wording.fill(words.situation if isinstance(words, SituationTexts) else words)


def _chosen(
    task: Task, item: Item, perspective: PerspectiveId, row: Row, wording: Wording
) -> str | int | None:
    """The answer in words; a number for a 0–10 item; None when it was cleared or cannot be said."""
    texts, position = task.definition.texts[task.language], row["position"]
    if row["text"] is not None:
        return str(row["text"])
    if not position:
        return None
    words = texts.items[item.id][perspective]
    if isinstance(item, RatingItem | ChoiceItem):
        return wording.fill(texts.options[item.options].labels[position - 1])
    if isinstance(item, SituationItem) and isinstance(words, SituationTexts):
        return wording.fill(words.actions[position - 1])
    return position - 1 if isinstance(item, ZeroToTenItem) else None


def _looks(q: Queries, task: Task) -> list[Json]:
    """What others did with data about the respondent; only where the respondent is the subject."""
    return [
        {
            "at": row["at"],
            "who": row["actor_name"],
            "what": row["action"],
            "shown": SHOWN.get(row["action"]),
        }
        for row in q.access_about(about_id=task.respondent.id)
        if row["actor_id"] != task.respondent.id and task.perspective == "self"
    ]
