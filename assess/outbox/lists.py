"""Lists of letters, and trying one again: kinds, names, times and errors, never what a letter says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assess.outbox.letters import FORGOTTEN, State
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter in a list: never what it says. `error` is a name from the list `assess.mail.refusals`."""

    id: str
    kind: str
    state: State
    attempts: int
    error: str | None
    created_at: datetime
    due_at: datetime
    finished_at: datetime | None
    person_id: str
    name: str
    can_be_sent_again: bool
    """False where the address was forgotten with the letter."""


def again(q: Queries, letter_id: str, organisation_id: str, now: datetime) -> bool:
    """Tries a letter that failed or bounced once more, from the first attempt on; False for any other."""
    row = q.letter(id=letter_id)
    if row is None or not _can_be_sent_again(row):
        return False
    return bool(q.send_letter_again(id=letter_id, organisation_id=organisation_id, now=time_text(now)))


def counts(q: Queries, organisation_id: str, since: datetime) -> Mapping[tuple[str, State], int]:
    """(Kind, state) → how many letters of an organisation; of finished ones those since a moment."""
    rows = q.letter_counts(organisation_id=organisation_id, since=time_text(since))
    return {(row["kind"], row["state"]): row["letters"] for row in rows}


def not_delivered(q: Queries, organisation_id: str, most: int) -> tuple[tuple[Listed, ...], int]:
    """What failed and bounced, latest first, up to `most`; and how many there are."""
    rows = q.letters_not_delivered(organisation_id=organisation_id, most=most)
    return _listed(rows), int(q.count_letters_not_delivered(organisation_id=organisation_id))


def waiting(q: Queries, organisation_id: str, most: int) -> tuple[Listed, ...]:
    """What waits, up to `most`: first what has been tried most often."""
    return _listed(q.letters_waiting(organisation_id=organisation_id, most=most))


def latest(q: Queries, organisation_id: str, most: int) -> tuple[Listed, ...]:
    """The letters of an organisation, whatever became of them, the latest first."""
    return _listed(q.letters_of_organisation(organisation_id=organisation_id, most=most))


def _listed(rows: Iterable[Mapping[str, object]]) -> tuple[Listed, ...]:
    return tuple(
        Listed(
            id=str(row["id"]),
            kind=str(row["kind"]),
            state=row["state"],  # type: ignore[arg-type]
            attempts=int(str(row["attempts"])),
            error=None if row["error"] is None else str(row["error"]),
            created_at=parse_time(str(row["created_at"])),
            due_at=parse_time(str(row["due_at"])),
            finished_at=parse_time_or_none(row["finished_at"]),  # type: ignore[arg-type]
            person_id=str(row["person_id"]),
            name=str(row["name"]),
            can_be_sent_again=_can_be_sent_again(row),
        )
        for row in rows
    )


def _can_be_sent_again(row: Mapping[str, object]) -> bool:
    return row["state"] in {"failed", "bounced"} and FORGOTTEN not in json.loads(str(row["parameters"]))
