"""Kept documents of whoever no longer leads: with what was shared in them they are never handed out again.
What nobody may be handed need not be kept."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from assess.answering import results
from assess.answering.loading import Row, led_no_longer, load_task
from assess.store import Store
from assess.store.queries import Queries
from questionnaires.definition import LanguageId


def forget_documents(store: Store, now: datetime) -> int:
    """Deletes those reports about people led no longer, and on the own style, that are made of something else
    than their leader may see now; gives how many. Two queries for each leader, more only where people have
    moved on."""
    with store.read() as q:
        outdated = [
            row
            for leader in q.leaders_with_documents()
            for row in _about_former(q, leader["respondent_id"], now)
            if not _is_current(q, row, now)
        ]
    if outdated:
        with store.write() as q:
            for row in outdated:
                q.delete_document_made_of(
                    task_id=row["task_id"], language=row["language"], made_of=row["made_of"]
                )
    return len(outdated)


def _about_former(q: Queries, leader_id: str, now: datetime) -> list[Row]:
    gone = led_no_longer(q, leader_id, now)
    if not gone:
        return []
    rows = q.documents_of_leader(respondent_id=leader_id)
    return [row for row in rows if row["perspective"] == "self" or row["subject_id"] in gone]


def _is_current(q: Queries, row: Row, now: datetime) -> bool:
    language = cast(LanguageId, row["language"])
    found = results.results_of(q, load_task(q, row["task_id"], now, language), now)
    return results.fingerprint(found, language) == str(row["made_of"])
