"""Everything that is kept about a person, as JSON: what an access request is owed (GDPR, Article 15).

What others answered about the person is part of it as far as their confidentiality allows; what is withheld
is named. The sheets of direct reports are confidential: they are never part of it, nor is whether there are
any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from assess.answering.export import WITHHELD, Json, person_data, rating_data, task_data
from assess.answering.loading import language_for, load_task, thing
from assess.answering.types import Task
from assess.audit.log import record
from assess.campaigns.definitions import definition_of
from assess.campaigns.overview import terms_of
from assess.personal_data.looks import looks_of
from assess.personal_data.own import require_own
from assess.rights import Actor, in_words, may, notice
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

DIRECT_REPORTS = (
    "What the people whom you lead answer about you is confidential and no part of this copy, whether or not "
    "anybody has answered. At present no result about you is made from it."
)
CONSENTS = "None. Sharing is access control, not a consent; the legal basis is the organisation's."
FORMAT = "assess-personal-data/1"


@dataclass(frozen=True, slots=True)
class More:
    """What a room above knows of a person: JSON-able values by key, and what it withholds."""

    found: Json
    withheld: tuple[str, ...] = ()


Part: TypeAlias = Callable[[Queries, Actor, datetime], More]


def export_all(
    store: Store, actor: Actor, language: LanguageId, now: datetime, *, parts: Sequence[Part] = ()
) -> Json:
    """JSON-able values; keys in English, texts in `language` where a questionnaire has it. Logged. `parts`:
    what rooms above have to add.

    Raises `NotFound` for who has no own affairs.
    """
    require_own(actor)
    with store.write() as q:
        record(
            store,
            q,
            actor_id=actor.id,
            action="export",
            object_id=actor.id,
            about_id=actor.id,
            now=now,
        )
    with store.read() as q:
        own = [row["id"] for row in q.tasks_of_person(respondent_id=actor.id)]
        more = [part(q, actor, now) for part in parts]
        found: Json = {
            "format": FORMAT,
            "made_at": time_text(now),
            "person": person_data(q, actor.id),
            "offices": q.offices_held(person_id=actor.id),
            "tasks": [_task(q, task_id, language, now) for task_id in own],
            "answered_about_me": _ratings_alone(q, actor, language, now),
            "withheld": [DIRECT_REPORTS, *(text for part in more for text in part.withheld)],
            "consents": CONSENTS,
            "log": [
                {
                    "at": time_text(look.at),
                    "who": "you" if look.is_own else look.who,
                    "what": look.action,
                    "questionnaire": look.title or None,
                    "perspective": look.perspective,
                    "wave": look.wave or None,
                    "with": look.with_name or None,
                }
                for look in looks_of(q, actor.id, language)
            ],
            "letters": q.letters_of_person(person_id=actor.id),
            "devices": q.devices_of_person(person_id=actor.id),
            "passkeys": q.passkeys_kept_of_person(person_id=actor.id),
            "erasure_requests": q.erasure_requests_of(person_id=actor.id),
        }
        for part in more:
            found |= part.found
        return found


def _task(q: Queries, task_id: str, language: LanguageId, now: datetime) -> Json:
    row = q.task(id=task_id)
    spoken = language_for(definition_of(q, row["content_hash"]), language)
    task = load_task(q, task_id, now, spoken)
    return task_data(q, task, now) | {"processing": _processing(q, task)}


def _processing(q: Queries, task: Task) -> Json:
    """Why the organisation asks, on which legal basis, until when the answers are kept, and who sees what."""
    terms = terms_of(q, task.wave.id)
    return {
        "purpose": terms.purpose or None,
        "legal_basis": terms.legal_basis or None,
        "legal_text": terms.legal_text or None,
        "kept_until": terms.delete_on and terms.delete_on.isoformat(),
        "discussed_with_representatives_on": terms.discussed_on and terms.discussed_on.isoformat(),
        "who_sees_what": [
            in_words(statement, task.language)
            for statement in notice(task.definition, task.perspective, terms)
        ],
    }


def _ratings_alone(q: Queries, actor: Actor, language: LanguageId, now: datetime) -> list[Json]:
    """Managers' ratings beside which the person has no task, so that they are in none of those: nothing of
    the person's own can be influenced by them once the wave is over."""
    found = []
    for row in q.ratings_without_own(subject_id=actor.id):
        spoken = language_for(definition_of(q, row["content_hash"]), language)
        task = load_task(q, row["id"], now, spoken)
        if not any(sheet.submitted_at for sheet in task.sheets):
            continue
        if may(actor, "export", thing(task)):
            found.append(rating_data(q, task))
        else:
            found.append({"perspective": "manager", "by": task.respondent.name, "sheets": WITHHELD})
    return found
