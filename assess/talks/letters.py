"""Which letters a talk sends, to whom, and by which key each is one. What they say is in `assess/mail/`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from assess.errors import NotFound
from assess.outbox.letters import Letter, put_many
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.talks.types import Talk

TalkLetter: TypeAlias = Literal[
    "talk-invitation",
    "talk-changed",
    "talk-cancelled",
    "talk-reminder",
    "talk-ready",
    "agreement-reminder",
    "agreements-to-sign",
    "agreement-changed",
    "agreements-shown",
]
TALK, SEQUENCE, AGREEMENT, DUE_ON, WHY = "talk", "sequence", "agreement", "due_on", "why"
"""Parameters of a letter: the talk's id, the sequence that it tells of, the agreement's id and its date;
why a talk was cancelled that could no longer be held (`lapsing.Reason`)."""


def put_for(
    store: Store,
    q: Queries,
    talk_id: str,
    kind: TalkLetter,
    now: datetime,
    *,
    to: Collection[str] | None = None,
    why: str = "",
) -> int:
    """Puts the letters of what has just happened to a talk, inside the caller's transaction and after the
    talk's row has been written; gives how many. `to`: ids of the people who get it; None is both. `why`: the
    reason that a cancellation by the clock goes with.

    - "talk-invitation": once for each of the two;
    - "talk-changed": once for each sequence of the talk; none to whoever's invitation has not gone yet, for
      that one will tell the new time and place;
    - "talk-cancelled": once; none to whoever was never invited;
    - "agreements-to-sign": at most once a day for each person; none to whoever was told on that day that
      something signed has changed;
    - "agreement-changed": at most once a day for each person; none to whoever is about to be asked to sign;
    - "agreements-shown": at most once a day for each person;
    - "talk-reminder": once for each sequence;
    - "talk-ready": once.

    Agreements' reminders are put by `timetable`. The caller wakes the worker afterwards. Raises `NotFound`
    for an unknown talk.
    """
    row = q.talk_of_letter(id=talk_id)
    if row is None:
        raise NotFound("There is no such talk.")
    people = (row["person_id"], row["holder_id"]) if to is None else sorted(to)
    return put_many(
        store,
        q,
        [
            _letter(row, kind, person_id, now, why)
            for person_id in people
            if not _is_told_otherwise(q, talk_id, kind, person_id, now)
        ],
        now,
    )


def letter_key(talk: Talk, kind: TalkLetter, person_id: str) -> str:
    """The key of the letter that tells somebody how the talk stands now. Kinds without a day in their key."""
    return _key(talk.id, kind, str(talk.sequence), person_id, talk.created_at)


def agreement_letter(
    organisation_id: str, talk_id: str, agreement_id: str, due_on: str, stage: str, person_id: str
) -> Letter:
    """The reminder of an agreement: once for each date it is due on, stage of reminding and person."""
    return Letter(
        kind="agreement-reminder",
        key=f"agreement-reminder:{agreement_id}:{due_on}:{stage}:{person_id}",
        person_id=person_id,
        organisation_id=organisation_id,
        parameters={TALK: talk_id, AGREEMENT: agreement_id, DUE_ON: due_on},
    )


def _letter(row: Mapping[str, Any], kind: TalkLetter, person_id: str, now: datetime, why: str) -> Letter:
    talk_id, sequence = str(row["id"]), str(row["sequence"])
    return Letter(
        kind=kind,
        key=_key(talk_id, kind, sequence, person_id, now),
        person_id=person_id,
        organisation_id=row["organisation_id"],
        parameters={TALK: talk_id, SEQUENCE: sequence} | ({WHY: why} if why else {}),
    )


def _key(talk_id: str, kind: TalkLetter, sequence: str, person_id: str, now: datetime) -> str:
    match kind:
        case "talk-invitation" | "talk-cancelled" | "talk-ready":
            return f"{kind}:{talk_id}:{person_id}"
        case "talk-changed" | "talk-reminder":
            return f"{kind}:{talk_id}:{sequence}:{person_id}"
        case "agreements-to-sign" | "agreement-changed" | "agreements-shown":
            return f"{kind}:{talk_id}:{person_id}:{now.date().isoformat()}"
        case "agreement-reminder":
            raise ValueError("an agreement's reminder has a key of its own: agreement_letter")


def _is_told_otherwise(q: Queries, talk_id: str, kind: TalkLetter, person_id: str, now: datetime) -> bool:
    """A waiting invitation tells what a change would, and with a cancellation is not sent at all. Of what is
    to be signed one letter a day is enough."""
    invitation = f"talk-invitation:{talk_id}:{person_id}"
    match kind:
        case "talk-changed":
            return q.waiting_letter(key=invitation) is not None
        case "talk-cancelled":
            return bool(q.cancel_waiting_letter(key=invitation, now=time_text(now)))
        case "agreements-to-sign":
            changed = _key(talk_id, "agreement-changed", "", person_id, now)
            return q.standing_letter(key=changed) is not None
        case "agreement-changed":
            to_sign = _key(talk_id, "agreements-to-sign", "", person_id, now)
            return q.waiting_letter(key=to_sign) is not None
        case _:
            return False
