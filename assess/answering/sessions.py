"""Sessions: one device of one respondent, limited to one task."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from assess.answering.cards import leave
from assess.answering.errors import InvalidChoice
from assess.answering.loading import key_of, language_for, load_session
from assess.answering.types import Session, TaskKey
from assess.campaigns.definitions import definition_of
from assess.errors import NotFound, StoreUnavailable
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.store.secret import digest, new_secret
from questionnaires.definition import LanguageId

IDLE = timedelta(minutes=45)
ABSOLUTE = timedelta(hours=12)
_REFRESH = timedelta(minutes=1)
"""`seen` is renewed at most this often, so that reading a page is not always a write."""


def find(store: Store, session_token: str, now: datetime) -> Session | None:
    """The session of that secret; None when it is unknown, ended, idle for 45 minutes or 12 hours old."""
    session_id = digest(session_token)
    with store.read() as q:
        row = q.session(
            id=session_id, seen_after=time_text(now - IDLE), created_after=time_text(now - ABSOLUTE)
        )
    if row is None:
        return None
    session = load_session(row)
    if now - session.seen_at >= _REFRESH:
        # A page can be read while the database takes no writes; the next visit renews it.
        with suppress(StoreUnavailable), store.write() as q:
            q.session_seen(id=session_id, now=time_text(now))
            session = replace(session, seen_at=now)
    return session


def begin_for(store: Store, person_id: str, task_id: str, now: datetime, wanted: LanguageId) -> str:
    """Begins a session on one of the person's own tasks, as a personal link does; gives its secret.

    In the language wanted, where the questionnaire has it. Raises `NotFound` for a task of somebody else,
    and for one that was taken back.
    """
    secret = new_secret()
    with store.write() as q:
        task = own_task(q, person_id, task_id)
        q.lock_task(id=task_id)
        leave(q, task_id, now)
        q.add_session(
            id=digest(secret),
            task_id=task_id,
            language=language_for(definition_of(q, task.content_hash), wanted),
            now=time_text(now),
        )
    return secret


def of_person(store: Store, person_id: str, task_id: str, now: datetime, wanted: LanguageId) -> Session:
    """What `find` gives for a session on one of the person's own tasks, without any device: whoever has
    signed in as the person may do with it what a personal link lets do. Raises as `begin_for`."""
    with store.read() as q:
        task = own_task(q, person_id, task_id)
        language = language_for(definition_of(q, task.content_hash), wanted)
    return Session(id="", task=task, language=language, created_at=now, seen_at=now)


def own_task(q: Queries, person_id: str, task_id: str) -> TaskKey:
    """A task that the person answers. Raises `NotFound` for any other."""
    row = q.task(id=task_id)
    if row is None or row["respondent_id"] != person_id or row["withdrawn_at"] is not None:
        raise NotFound("There is no such task.")
    return key_of(row)


def set_language(store: Store, session: Session, language: LanguageId) -> Session:
    """Changes the language of the session, of its open sheets, and of the next device.

    Raises `InvalidChoice` for a language that the questionnaire does not have.
    """
    with store.write() as q:
        if language not in definition_of(q, session.task.content_hash).texts:
            raise InvalidChoice("unknown")
        q.session_language(id=session.id, language=language)
        q.open_sheets_language(task_id=session.task.id, language=language)
    return replace(session, language=language)


def end(store: Store, session: Session, now: datetime) -> None:
    """Logs the device out. Ending an ended session changes nothing."""
    with store.write() as q:
        q.end_session(id=session.id, now=time_text(now))
