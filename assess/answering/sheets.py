"""Answer sheets: shown, saved item by item, never overwritten silently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assess.answering.loading import Row, actor, asked_form, load_task, sheet_row, thing
from assess.answering.submitting import submit
from assess.answering.types import Answer, Conflict, Given, JobArea, Saved, Session, Sheet, Task
from assess.answering.validation import checked
from assess.errors import NotAllowed
from assess.rights import Action, may
from assess.store import Store
from assess.store.ids import parse_time_or_none, time_text
from assess.store.queries import Queries

__all__ = ["save", "sheet", "submit"]


def sheet(store: Store, session: Session, sheet_id: str, now: datetime) -> Sheet:
    """One sheet with its answers, its pages in the respondent's own order. Raises `NotFound` for a sheet of
    another task."""
    with store.read() as q:
        row = sheet_row(q, session, sheet_id)
        task = load_task(q, session.task.id, now, session.language)
        _require(session, "read", task, row)
        return Sheet(
            id=sheet_id,
            task=task,
            job_area=_job_area(task, sheet_id),
            short_form=row["short_form"],
            form=asked_form(task, row),
            answers=_answers(q, sheet_id),
            submitted_at=parse_time_or_none(row["submitted_at"]),
        )


def save(
    store: Store,
    session: Session,
    sheet_id: str,
    given: Mapping[str, Given],
    now: datetime,
    overwrite: bool = False,
) -> Saved:
    """Stores answers of one request, all or none, in one short transaction.

    An answer equal to the stored one keeps its revision. Where the stored answer is newer than the page
    that the person saw and says something else, nothing is stored and the conflicts come back, unless
    `overwrite`: the person has seen both and chosen. Raises `InvalidAnswers`, `NotFound`, and
    `NotAllowed` when the sheet is submitted or the wave closed.
    """
    with store.write() as q:
        q.lock_sheet(id=sheet_id)
        row = sheet_row(q, session, sheet_id)
        task = load_task(q, session.task.id, now, session.language)
        _require(session, "answer", task, row)
        clean = checked(task.definition.questionnaire, asked_form(task, row), given)
        stored = _answers(q, sheet_id)
        conflicts = tuple(
            Conflict(item_id, stored[item_id], given[item_id])
            for item_id, answer in clean.items()
            if item_id in stored
            and stored[item_id].revision > answer.seen
            and not _is_same(stored[item_id], answer)
        )
        if conflicts and not overwrite:
            return Saved({item_id: answer.revision for item_id, answer in stored.items()}, conflicts)
        return _store(q, session, sheet_id, clean, stored, now)


def _store(
    q: Queries,
    session: Session,
    sheet_id: str,
    clean: Mapping[str, Given],
    stored: Mapping[str, Answer],
    now: datetime,
) -> Saved:
    revisions: dict[str, int] = {}
    changed = []
    for item_id, answer in clean.items():
        old = stored.get(item_id)
        revisions[item_id] = old.revision if old else 0
        if (old is None and answer.position is None and answer.text is None) or (
            old is not None and _is_same(old, answer)
        ):
            continue
        revisions[item_id] += 1
        changed.append(
            {
                "sheet_id": sheet_id,
                "item_id": item_id,
                "position": answer.position,
                "text": answer.text,
                "revision": revisions[item_id],
                "saved_at": time_text(now),
            }
        )
    if changed:
        q.save_answers(changed)
        q.sheet_changed(id=sheet_id, language=session.language, at=time_text(now))
    return Saved(revisions, saved_at=now)


def _require(session: Session, action: Action, task: Task, row: Row) -> None:
    if not may(actor(session.task), action, thing(task, submitted=row["submitted_at"] is not None)):
        raise NotAllowed("This sheet takes no more answers.", "What was answered stays as it is.")


def _answers(q: Queries, sheet_id: str) -> dict[str, Answer]:
    return {
        row["item_id"]: Answer(row["position"], row["text"], row["revision"])
        for row in q.answers(sheet_id=sheet_id)
    }


def _is_same(stored: Answer, given: Given) -> bool:
    return (stored.position, stored.text) == (given.position, given.text)


def _job_area(task: Task, sheet_id: str) -> JobArea | None:
    return next((sheet.job_area for sheet in task.sheets if sheet.sheet_id == sheet_id), None)
