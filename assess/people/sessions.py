"""Sessions of people who have signed in, one for each device: ended by the person, by time or by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assess.errors import NotFound, StoreUnavailable
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries
from assess.store.secret import digest, new_secret
from questionnaires.definition import LanguageId

IDLE = timedelta(minutes=45)
ABSOLUTE = timedelta(hours=12)
_REFRESH = timedelta(minutes=1)
"""`seen` is renewed at most this often, so that reading a page is not always a write."""


@dataclass(frozen=True, slots=True)
class PersonSession:
    """One device of one person who has signed in."""

    id: str
    """SHA-256 (hex) of the secret that the cookie carries."""
    person_id: str
    first_name: str
    name: str
    organisation_id: str
    organisation: str
    language: LanguageId
    created_at: datetime
    seen_at: datetime
    administers: frozenset[str]
    """Ids of the organisations that the person administers now."""
    coaches: frozenset[str] = frozenset()
    """Ids of the organisations whose coach the person is now."""
    represents: frozenset[str] = frozenset()
    """Ids of the organisations whose employees the person represents now."""
    passkeys: int = 0
    """How many passkeys the person has."""
    confirmed_at: datetime | None = None
    """When this session was confirmed with one of them."""
    talk_id: str | None = None
    """The one talk that a session opened by a mailed link is limited to; None: the person has signed in.
    `assess/web/person.py` lets a limited one in nowhere else."""

    @property
    def actor(self) -> Actor:
        """Whom the rights ask about."""
        return Actor(
            self.person_id,
            administers=self.administers,
            coaches=self.coaches,
            represents=self.represents,
            organisation_id=self.organisation_id,
        )


@dataclass(frozen=True, slots=True)
class Device:
    """A session as its owner sees it in the list. `id` ends it; it is no secret."""

    id: str
    created_at: datetime
    seen_at: datetime
    is_this: bool
    is_limited: bool = False
    """It was opened by a link to prepare one talk, and opens nothing else."""


def begin(
    q: Queries, person_id: str, language: LanguageId, now: datetime, *, talk_id: str | None = None
) -> str:
    """A new session inside the caller's transaction, limited to a talk or not; gives its secret."""
    secret = new_secret()
    session = {"id": digest(secret), "person_id": person_id, "language": language, "now": time_text(now)}
    if talk_id is None:
        q.add_person_session(**session)
    else:
        q.add_talk_session(**session, talk_id=talk_id)
    return secret


def find(store: Store, secret: str, now: datetime) -> PersonSession | None:
    """The session of that secret; None when it is unknown, ended, idle for 45 minutes or 12 hours old, or
    limited to a talk that is not planned any more. A limited one has no office of administration."""
    session_id = digest(secret)
    with store.read() as q:
        row = q.person_session(
            id=session_id, seen_after=time_text(now - IDLE), created_after=time_text(now - ABSOLUTE)
        )
        offices = q.offices_of(person_id=row["person_id"]) if row else []
    if row is None:
        return None
    session = PersonSession(
        id=row["id"],
        person_id=row["person_id"],
        first_name=row["first_name"],
        name=row["name"],
        organisation_id=row["organisation_id"],
        organisation=row["organisation_name"],
        language=row["language"],
        created_at=parse_time(row["created_at"]),
        seen_at=parse_time(row["seen_at"]),
        administers=_in_office([] if row["talk_id"] else offices, "administrator"),
        coaches=_in_office(offices, "coach"),
        represents=_in_office([] if row["talk_id"] else offices, "representative"),
        passkeys=row["passkeys"],
        confirmed_at=parse_time_or_none(row["confirmed_at"]),
        talk_id=row["talk_id"],
    )
    if now - session.seen_at >= _REFRESH:
        # A page can be read while the database takes no writes; the next visit renews it.
        with suppress(StoreUnavailable), store.write() as q:
            q.person_session_seen(id=session_id, now=time_text(now))
            session = replace(session, seen_at=now)
    return session


def _in_office(offices: Sequence[Mapping[str, str]], role: str) -> frozenset[str]:
    return frozenset(office["organisation_id"] for office in offices if office["role"] == role)


def set_language(store: Store, session: PersonSession, language: LanguageId) -> PersonSession:
    """The language of this device."""
    with store.write() as q:
        q.person_session_language(id=session.id, language=language)
    return replace(session, language=language)


def devices(store: Store, session: PersonSession, now: datetime) -> tuple[Device, ...]:
    """Where the person is signed in, oldest first."""
    with store.read() as q:
        rows = q.live_person_sessions(
            person_id=session.person_id,
            seen_after=time_text(now - IDLE),
            created_after=time_text(now - ABSOLUTE),
        )
    return tuple(
        Device(
            row["id"],
            parse_time(row["created_at"]),
            parse_time(row["seen_at"]),
            row["id"] == session.id,
            row["talk_id"] is not None,
        )
        for row in rows
    )


def end(store: Store, session: PersonSession, now: datetime, *, device_id: str | None = None) -> None:
    """Signs this device out, or another one of the same person.

    Ending a session that has ended changes nothing. Raises `NotFound` for a session of somebody else.
    """
    wanted = device_id or session.id
    with store.write() as q:
        ended = q.end_person_session(id=wanted, person_id=session.person_id, now=time_text(now))
    if not ended and device_id is not None:
        raise NotFound("There is no such device.")


def end_others(store: Store, session: PersonSession, now: datetime) -> int:
    """Signs the person out on every other device; gives on how many."""
    with store.write() as q:
        return int(
            q.end_other_person_sessions(id=session.id, person_id=session.person_id, now=time_text(now))
        )


def end_all(store: Store, person_id: str, now: datetime) -> None:
    """Signs a person out everywhere."""
    with store.write() as q:
        q.end_person_sessions(person_id=person_id, now=time_text(now))
