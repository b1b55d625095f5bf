"""Ordering the reports that a change makes stale; the worker makes them (`assess/jobs.py`)."""

from __future__ import annotations

from datetime import datetime

from assess.answering.loading import other_view
from assess.answering.types import TaskKey
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

REPORT_JOB = "report"
"""Kind of the job that makes a task's personal report; its subject is the task's id."""


def order_reports(store: Store, q: Queries, task: TaskKey, now: datetime) -> None:
    """The report of a task and that of the other view beside it; one with nothing submitted is not made.

    Two who submit at the same moment cannot see each other's: both order both, so that whichever comes
    last has both made anew; always in one order, so that neither waits for the other.
    """
    other = other_view(q, task)
    for task_id in sorted({task.id} if other is None else {task.id, other["id"]}):
        q.enqueue_job(id=store.new_id(now), kind=REPORT_JOB, subject=task_id, now=time_text(now))
