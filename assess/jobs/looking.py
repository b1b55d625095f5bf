"""When a worker last looked for work: how everybody else sees that there is one."""

from __future__ import annotations

from datetime import datetime, timedelta

from assess.store import Store
from assess.store.ids import parse_time, time_text

_LOOK_JOB = "look"
"""The kind of a row that is always done: no worker takes it."""
_SILENT = timedelta(minutes=3)


def note_look(store: Store, now: datetime) -> None:
    """A worker looks, at `now`."""
    with store.write() as q:
        q.note_look(id=store.new_id(now), kind=_LOOK_JOB, now=time_text(now))


def is_at_work(store: Store, now: datetime) -> bool:
    """Whether a worker has looked within the last minutes, or is at work on a job."""
    at = last_look(store, now)
    return at is not None and now - at <= _SILENT


def last_look(store: Store, now: datetime) -> datetime | None:
    """When any worker last looked; `now` while one is at work on a job; None when none ever has."""
    with store.read() as q:
        if q.count_running_jobs(now=time_text(now)):
            return now
        row = q.job_of(kind=_LOOK_JOB, subject="")
    return None if row is None else parse_time(row["finished_at"])
