"""Links in letters that open the preparation of one talk for one of its two, and nothing else.

Several for a talk and a person, each usable until it expires or the talk is over, none stored in plain. What
they open is a session limited to that talk: `assess/web/person.py` lets it in nowhere else. See
`docs/decisions/0016-talk-links-letters-and-shares.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from assess.errors import NotFound
from assess.people import sessions
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from assess.store.secret import digest, new_secret
from assess.talks.errors import LinkIsOver
from questionnaires.definition import LanguageId


@dataclass(frozen=True, slots=True)
class TalkLink:
    """What a link opens, and for whom."""

    talk_id: str
    person_id: str
    language: LanguageId
    organisation: str
    """Name of the organisation: all that the page of the link tells."""


def mint(store: Store, talk_id: str, person_id: str, now: datetime) -> str:
    """A new token for one of the two, until the talk is over; the caller puts it into a link and forgets it.

    Raises `NotFound` for a talk that is not planned, or over, and for somebody else's.
    """
    token = new_secret()
    with store.write() as q:
        row = q.talk_of_letter(id=talk_id)
        if row is None or row["state"] != "planned" or person_id not in {row["person_id"], row["holder_id"]}:
            raise NotFound("There is no such talk.")
        ends_at = _end_of(row)
        if ends_at <= now:
            raise NotFound("The talk is over.")
        q.add_talk_link(
            token_hash=digest(token),
            talk_id=talk_id,
            person_id=person_id,
            created_at=time_text(now),
            expires_at=time_text(ends_at),
        )
    return token


def look(store: Store, token: str, now: datetime) -> TalkLink:
    """What the link is for. Changes nothing, so that a mail scanner may follow it.

    Raises `NotFound` for a token that is damaged or never was, `LinkIsOver` for one that worked once.
    """
    with store.read() as q:
        return _link(q, token, now)


def exchange(store: Store, token: str, now: datetime, *, before: str | None = None) -> str:
    """Begins a session limited to the talk of the link; gives the session's secret. `before`: the secret of
    the session that this browser had, which ends. Raises `NotFound`."""
    with store.write() as q:
        found = _link(q, token, now)
        if before is not None:
            q.end_person_session_of_secret(id=digest(before), now=time_text(now))
        return sessions.begin(q, found.person_id, found.language, now, talk_id=found.talk_id)


def withdraw(q: Queries, talk_id: str, now: datetime) -> int:
    """Takes back every link of a talk that still works, and ends what was opened with them, inside the
    caller's transaction; gives how many links. New ones can be made while the talk is planned."""
    withdrawn = q.withdraw_talk_links(talk_id=talk_id, now=time_text(now))
    q.end_sessions_of_talk(talk_id=talk_id, now=time_text(now))
    return int(withdrawn)


def _end_of(talk: Mapping[str, Any]) -> datetime:
    return parse_time(talk["starts_at"]) + timedelta(minutes=talk["minutes"])


def _link(q: Queries, token: str, now: datetime) -> TalkLink:
    row = q.talk_link(token_hash=digest(token), now=time_text(now))
    talk = {} if row is None else q.talk_of_letter(id=row["talk_id"])
    # A talk that was moved to an earlier day is over earlier than the link says.
    if row is None or _end_of(talk) <= now:
        error = LinkIsOver if q.was_talk_link(token_hash=digest(token)) else NotFound
        raise error("The link does not work.", "Sign in to see your talks.")
    organisation = q.organisation(id=talk["organisation_id"])["name"]
    return TalkLink(row["talk_id"], row["person_id"], cast(LanguageId, row["language"]), organisation)
