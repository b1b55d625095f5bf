"""Personal links: several tokens for a task, each usable until it expires, none stored in plain.

Those on printed cards are in `cards.py`: nothing here opens them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from assess.answering.cards import leave
from assess.answering.loading import load_task
from assess.answering.types import Task
from assess.errors import NotFound
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.store.secret import digest, new_secret

DAYS = 90
"""How long a link lives: past the wave, so that people find back to their profile."""


def mint(store: Store, task_id: str, now: datetime, days: int = DAYS) -> str:
    """A new token for a task; the caller puts it into a link and forgets it. Raises `NotFound`."""
    token = new_secret()
    with store.write() as q:
        if q.task(id=task_id) is None:
            raise NotFound("There is no such task.")
        q.add_token(
            token_hash=digest(token),
            task_id=task_id,
            created_at=time_text(now),
            expires_at=time_text(now + timedelta(days=days)),
        )
    return token


def look(store: Store, token: str, now: datetime) -> Task:
    """What the link is for. Changes nothing, so that a mail scanner may follow it.

    Raises `NotFound` for a token that is damaged, expired, taken back or never was.
    """
    with store.read() as q:
        return load_task(q, _task_id(q, token, now), now)


def exchange(store: Store, token: str, now: datetime) -> str:
    """Begins a session for the task of the link; gives the session's secret. Raises `NotFound`."""
    secret = new_secret()
    with store.write() as q:
        task_id = _task_id(q, token, now)
        q.lock_task(id=task_id)
        leave(q, task_id, now)
        q.token_used(token_hash=digest(token), now=time_text(now))
        q.add_session(
            id=digest(secret),
            task_id=task_id,
            language=load_task(q, task_id, now).language,
            now=time_text(now),
        )
    return secret


def withdraw(store: Store, task_id: str, now: datetime) -> int:
    """Takes back every link of a task that still works, and ends what was opened with them; gives how many
    links. New ones can be made. Raises `NotFound`."""
    with store.write() as q:
        if q.task(id=task_id) is None:
            raise NotFound("There is no such task.")
        withdrawn = q.withdraw_links(task_id=task_id, now=time_text(now))
        q.end_sessions_of_task(task_id=task_id, now=time_text(now))
    return int(withdrawn)


def _task_id(q: Queries, token: str, now: datetime) -> str:
    task_id: str | None = q.task_of_token(token_hash=digest(token), now=time_text(now))
    if task_id is None:
        raise NotFound("The link does not work.", "Ask for a new one.")
    return task_id
