"""Letters that wait: putting, cancelling, taking under a lease, and what became of them.

A letter is put in the transaction of what it tells, so that there is never one without the other. Its key
makes it one: putting the same key again does nothing, unless the letter was cancelled before it went; then
it waits again. Whoever has put letters calls `assess.jobs.wake` when the transaction is over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries

State: TypeAlias = Literal["waiting", "sending", "sent", "failed", "bounced", "cancelled"]

ADDRESS = "address"
"""The one parameter that is no id: where the letter goes when the person does not have that address any
more. Forgotten as soon as the letter is finished, however it ends."""
URGENT = frozenset({"sign-in"})
"""Kinds of letters that somebody waits for now: they are not held up by thousands of invitations, and order
their own sending."""
SEND_JOB = "send-mail"
"""The kind of job that sends what is due (`assess.mail.sending`)."""
LEASE = timedelta(minutes=10)
"""How long a sender may be silent about a letter before another one sends it again."""
MAX_ATTEMPTS = 20
_FIRST_DELAY, _LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=4)
_DIED = "SenderDied"
FORGOTTEN = "forgotten"
"""The parameter of a finished letter whose address is gone: it cannot be sent again."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be written and sent.

    `key` is the same for what must be sent once only ("invitation:<wave>:<person>"). `parameters` hold ids
    and counts, never a token or an answer, and `ADDRESS` only for who no longer has it. `due_at`: not
    before; None is at once. Letters of the kinds `URGENT` overtake the others.
    """

    kind: str
    key: str
    person_id: str
    organisation_id: str
    wave_id: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that is being sent by whoever holds its lease. `attempts` counts this one: 1, 2, …"""

    id: str
    key: str
    kind: str
    person_id: str
    organisation_id: str
    wave_id: str | None
    parameters: Mapping[str, str]
    attempts: int
    lease_id: str
    created_at: datetime


def put(store: Store, q: Queries, letter: Letter, now: datetime) -> bool:
    """Puts a letter inside the caller's transaction; False when its key is known and nothing changed."""
    return bool(put_many(store, q, (letter,), now))


def put_many(store: Store, q: Queries, letters: Iterable[Letter], now: datetime) -> int:
    """Puts letters with one statement; gives how many are new (or wait again)."""
    at = time_text(now)
    rows = [
        {
            "id": store.new_id(now),
            "key": letter.key,
            "kind": letter.kind,
            "organisation_id": letter.organisation_id,
            "person_id": letter.person_id,
            "wave_id": letter.wave_id,
            "parameters": _text(letter.parameters),
            "urgent": int(letter.kind in URGENT),
            "due_at": at if letter.due_at is None else time_text(letter.due_at),
            "now": at,
        }
        for letter in letters
    ]
    count = max(0, int(q.put_letters(rows))) if rows else 0
    if count and any(row["urgent"] for row in rows):
        q.enqueue_job(id=store.new_id(now), kind=SEND_JOB, subject="", now=at)
    return count


def cancel(q: Queries, now: datetime, *, person_id: str | None = None, wave_id: str | None = None) -> int:
    """Cancels what waits for a person, in a wave, or for a person in a wave; gives how many.

    What is being sent at this moment may still arrive. Raises `ValueError` without a person or a wave.
    """
    at = time_text(now)
    if person_id is not None and wave_id is not None:
        return int(q.cancel_letters_of_person_in_wave(person_id=person_id, wave_id=wave_id, now=at))
    if person_id is not None:
        return int(q.cancel_letters_of_person(person_id=person_id, now=at))
    if wave_id is not None:
        return int(q.cancel_letters_of_wave(wave_id=wave_id, now=at))
    raise ValueError("cancelling letters needs a person or a wave")


def hold(q: Queries, error: str, now: datetime) -> int:
    """After restoring a back-up: what waits has failed because of `error`, and may be tried again, but for
    letters to an address that nobody has any more, which is forgotten; gives how many."""
    return int(
        q.hold_letters(
            error=error,
            now=time_text(now),
            with_address=f'%"{ADDRESS}":%',
            forgotten=_text({FORGOTTEN: "yes"}),
        )
    )


def forget(q: Queries, *, person_id: str | None = None, wave_id: str | None = None) -> int:
    """Deletes every letter to a person, or of a wave, whatever its state; gives how many.

    For erasure and for the end of a wave. Raises `ValueError` without a person or a wave, or with both.
    """
    if (person_id is None) == (wave_id is None):
        raise ValueError("forgetting letters needs a person or a wave")
    if person_id is not None:
        return int(q.delete_letters_of_person(person_id=person_id))
    return int(q.delete_letters_of_wave(wave_id=wave_id))


def take(store: Store, now: datetime) -> Taken | None:
    """The next letter that is due, under a lease of `LEASE`; None when there is none.

    Of several senders at once each gets another letter. Urgent letters first, then the oldest.
    """
    while True:
        with store.write() as q:
            row = q.take_letter(
                lease_id=store.new_id(now), lease_until=time_text(now + LEASE), now=time_text(now)
            )
            # With others left, another sender was faster with the one we reached for.
            if row is None and not q.is_letter_due(now=time_text(now)):
                return None
        if row is not None:
            return _taken(row)


def sent(store: Store, letter: Taken, now: datetime) -> bool:
    """A server has accepted the letter. False when the lease had gone to another sender meanwhile."""
    return _finish(store, letter, "sent", None, now)


def failed(store: Store, letter: Taken, error: str, now: datetime, *, bounced: bool = False) -> bool:
    """Given up: refused for good, or tried too often. `bounced`: it is the address that was refused."""
    return _finish(store, letter, "bounced" if bounced else "failed", error, now)


def cancelled(store: Store, letter: Taken, reason: str, now: datetime) -> bool:
    """There is no reason to send it any more."""
    return _finish(store, letter, "cancelled", reason, now)


def put_back(store: Store, letter: Taken, error: str, now: datetime) -> bool:
    """Not this time: the letter waits again, longer after each attempt (a minute, two, … four hours). After
    `MAX_ATTEMPTS`, about two days, it has failed; False then."""
    if letter.attempts >= MAX_ATTEMPTS:
        failed(store, letter, error, now)
        return False
    with store.write() as q:
        q.letter_again(
            id=letter.id,
            lease_id=letter.lease_id,
            attempts=letter.attempts,
            due_at=time_text(now + delay(letter.attempts)),
            error=error,
        )
    return True


def hand_back(store: Store, letter: Taken, until: datetime) -> None:
    """Not tried at all: the letter waits as it did before it was taken, now or until later."""
    with store.write() as q:
        q.letter_again(
            id=letter.id,
            lease_id=letter.lease_id,
            attempts=letter.attempts - 1,
            due_at=time_text(until),
            error=None,
        )


def delay(attempts: int) -> timedelta:
    """How long to wait after so many attempts (1, 2, …)."""
    doubled: timedelta = _FIRST_DELAY * 2 ** min(attempts - 1, 16)
    return min(doubled, _LONGEST_DELAY)


def take_up_abandoned(store: Store, now: datetime) -> int:
    """Letters whose sender died wait again, at once; gives how many. Whether the dead sender had handed
    the letter over cannot be known: it goes again, with the same Message-ID. After `MAX_ATTEMPTS` it has
    failed: a letter that kills each of its senders must not do so for ever."""
    at = time_text(now)
    count = 0
    with store.read() as q:
        rows = q.abandoned_letters(now=at)
    for row in rows:
        is_over = row["attempts"] >= MAX_ATTEMPTS
        with store.write() as q:
            count += q.retake_letter(
                id=row["id"],
                state="failed" if is_over else "waiting",
                parameters=_text(_lasting(json.loads(row["parameters"]))) if is_over else row["parameters"],
                error=_DIED,
                due_at=at,
                finished_at=at if is_over else None,
                now=at,
            )
    return count


def found(q: Queries, letter_id: str) -> Taken | None:
    """A letter without taking it: its lease is nobody's."""
    row = q.letter(id=letter_id)
    return None if row is None else _taken({**row, "lease_id": ""})


def _taken(row: Mapping[str, Any]) -> Taken:
    return Taken(
        id=row["id"],
        key=row["key"],
        kind=row["kind"],
        person_id=row["person_id"],
        organisation_id=row["organisation_id"],
        wave_id=row["wave_id"],
        parameters=json.loads(row["parameters"]),
        attempts=row["attempts"],
        lease_id=row["lease_id"],
        created_at=parse_time(row["created_at"]),
    )


def _finish(store: Store, letter: Taken, state: State, error: str | None, now: datetime) -> bool:
    with store.write() as q:
        return bool(
            q.finish_letter(
                id=letter.id,
                lease_id=letter.lease_id,
                state=state,
                parameters=_text(_lasting(letter.parameters)),
                error=error,
                now=time_text(now),
            )
        )


def _lasting(parameters: Mapping[str, str]) -> Mapping[str, str]:
    """What stays of the parameters when a letter is finished: of one to a given address nothing."""
    return {FORGOTTEN: "yes"} if ADDRESS in parameters else parameters


def _text(parameters: Mapping[str, str]) -> str:
    return json.dumps(dict(parameters), ensure_ascii=False, sort_keys=True)
