"""Signing a person in: by a link (32 random bytes, a quarter of an hour, once), or by an address that the
organisation's own sign-in vouches for.

Looking never consumes, so that a mail scanner may follow the link; using it is one statement of the
database. Whatever is wrong with a link (unknown, damaged, used, expired, taken back) has the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from assess.audit.log import record
from assess.errors import NotFound
from assess.people.sessions import begin
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.store.secret import digest, new_secret

LIFETIME = timedelta(minutes=15)


def mint(store: Store, person_id: str, now: datetime) -> str:
    """A new token for a person; the caller puts it into a link and forgets it. Raises
    `NotFound`, also for whoever has left, was erased, or only tries a wave."""
    token = new_secret()
    with store.write() as q:
        q.lock_person(id=person_id)
        if q.person_who_may_sign_in(id=person_id) is None:
            raise NotFound("There is no such person.")
        q.add_sign_in_link(
            token_hash=digest(token),
            person_id=person_id,
            created_at=time_text(now),
            expires_at=time_text(now + LIFETIME),
        )
    return token


def look(store: Store, token: str, now: datetime) -> None:
    """For the page with the button: nothing happens, and nothing is told about whom the link signs in.

    Raises `NotFound`.
    """
    with store.read() as q:
        if q.person_of_sign_in_link(token_hash=digest(token), now=time_text(now)) is None:
            raise _not_found()


def sign_in(store: Store, token: str, now: datetime, *, before: str | None = None) -> str:
    """Uses the link up; gives the secret of a new session. Logged.

    `before`: the secret of the session that this browser had; it ends, whoever's it was, so that nobody
    goes on in a session that somebody else began. Raises `NotFound`; of two at once one gets it.
    """
    with store.write() as q:
        person_id: str | None = q.use_sign_in_link(token_hash=digest(token), now=time_text(now))
        person = q.person_who_may_sign_in(id=person_id) if person_id is not None else None
        if person is None:
            raise _not_found()
        return enter(store, q, person, now, before)


def enter(store: Store, q: Queries, person: Mapping[str, Any], now: datetime, before: str | None) -> str:
    """A new session for a row of `person_who_may_sign_in`, inside the caller's transaction; the session
    `before` ends. Gives the new one's secret. Logged."""
    if before is not None:
        q.end_person_session_of_secret(id=digest(before), now=time_text(now))
    secret = begin(q, person["id"], person["language"], now)
    record(
        store,
        q,
        actor_id=person["id"],
        action="sign-in",
        object_id=person["id"],
        about_id=person["organisation_id"],
        now=now,
    )
    return secret


def _not_found() -> NotFound:
    return NotFound(
        "The link does not work.", "Ask for a new one: a link works once, for a quarter of an hour."
    )
