"""Ordering the reports that a change makes stale; the worker makes them (`assess/jobs/`)."""

from __future__ import annotations

from datetime import datetime

from assess.answering.loading import other_view
from assess.answering.types import TaskKey
from assess.campaigns.definitions import definition_of
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import Situations

REPORT_JOB = "report"
"""Kind of the job that makes a task's report; its subject is the task's id."""


def order_reports(store: Store, q: Queries, task: TaskKey, now: datetime, *, for_others: bool = True) -> None:
    """The report of a task, that of the other view beside it, and the manager's own on leading, which a
    maturity is part of; one with nothing submitted is not made.

    Without `for_others` only the task's own: what a person does not share changes nothing for the manager,
    and a report that is ready sooner than the manager's own doings explain would tell of it.

    Two who submit at the same moment cannot see each other's: both order both, so that whichever comes
    last has both made anew; always in one order, so that neither waits for the other.
    """
    ids = {task.id}
    if for_others:
        other = other_view(q, task)
        ids |= {*style_tasks_beside(q, task), *(() if other is None else (other["id"],))}
    for task_id in sorted(ids):
        q.enqueue_job(id=store.new_id(now), kind=REPORT_JOB, subject=task_id, now=time_text(now))


def style_tasks_beside(q: Queries, task: TaskKey) -> tuple[str, ...]:
    """Ids of the tasks on leading of the manager in a task on maturity: their match holds what is submitted
    and shared here. Empty for other tasks."""
    if definition_of(q, task.content_hash).questionnaire.classification is None:
        return ()
    manager_id = task.respondent_id
    if task.perspective == "self":
        manager = other_view(q, task)
        if manager is None:
            return ()
        manager_id = manager["respondent_id"]
    return tuple(
        row["id"]
        for row in q.own_tasks_beside(respondent_id=manager_id, wave_id=task.wave_id)
        if isinstance(definition_of(q, row["content_hash"]).questionnaire.scoring, Situations)
    )
