"""What time makes due in talks: reminders to prepare, reminders of what was agreed.

Each is a letter with a key of its own, so that nothing goes twice whoever looks how often. Whether it still
is the reader's business is asked again when the letter is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol, TypeAlias

from assess.outbox.letters import Letter, put_many
from assess.people.organisation import zone_of
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.talks.letters import agreement_letter, put_for
from assess.talks.types import AgreementOwner

Stage: TypeAlias = Literal["week", "day"]

BEFORE_A_TALK = timedelta(days=2)
_TOLD_LATELY = timedelta(days=1)
"""Whoever was told of a talk, or of its new time, so lately needs no reminder yet."""
BEFORE_A_DATE = timedelta(days=7)
_AFTER_A_DATE = timedelta(days=2)
"""Until when the reminder of the day still goes, when nobody was there to send it."""

AGREEMENTS_JOB = "remind-of-agreements"
"""The kind of job that looks through what is due; its subject is the day."""
_EARLIEST = 5
"""The hour (UTC) from which a day's reminders go: morning in the Nordic countries."""


class Place(Protocol):
    """What the job works with: `assess.jobs.Workplace`."""

    @property
    def store(self) -> Store: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...


def due(store: Store, now: datetime) -> None:
    """Every minute: puts reminders of talks that are two days away, and orders the day's look through the
    agreements; cheap and idempotent."""
    with store.read() as q:
        unready = q.unready_for_talks(
            now=time_text(now),
            until=time_text(now + BEFORE_A_TALK),
            told_before=time_text(now - _TOLD_LATELY),
        )
        today = now.date().isoformat()
        is_time = now.hour >= _EARLIEST and not q.job_of(kind=AGREEMENTS_JOB, subject=today)
    if unready or is_time:
        with store.write() as q:
            for row in unready:
                put_for(store, q, row["talk_id"], "talk-reminder", now, to=(row["person_id"],))
            if is_time:
                q.enqueue_job_once(
                    id=store.new_id(now), kind=AGREEMENTS_JOB, subject=today, now=time_text(now)
                )


def remind_of_agreements(place: Place, _day: str) -> None:
    """The job: letters about agreements that are due in a week, and today."""
    store, now = place.store, place.clock()
    with store.read() as q:
        span = {
            "first": (now.date() - _AFTER_A_DATE - timedelta(days=1)).isoformat(),
            "last": (now.date() + BEFORE_A_DATE + timedelta(days=1)).isoformat(),
        }
        rows = q.agreements_coming_due(**span)
        successors: dict[str, list[str]] = {}
        for row in q.successors_in_talks_with_agreements_due(**span):
            successors.setdefault(row["talk_id"], []).append(row["with_id"])
        zones = {one: zone_of(q, one, place.settings) for one in {row["organisation_id"] for row in rows}}
    found = list(_letters(rows, successors, lambda row: now.astimezone(zones[row["organisation_id"]]).date()))
    if found:
        with store.write() as q:
            put_many(store, q, found, now)


def _letters(
    rows: Iterable[Mapping[str, Any]],
    successors: Mapping[str, list[str]],
    today: Callable[[Mapping[str, Any]], date],
) -> Iterator[Letter]:
    for row in rows:
        due_on = date.fromisoformat(row["due_on"])
        stage = stage_of(due_on, parse_time(row["told_at"]).date(), today(row))
        if stage is None:
            continue
        others = (row["holder_id"], *successors.get(row["talk_id"], ()))
        for person_id in _owners(row["owner"], row["person_id"], others):
            yield agreement_letter(
                row["organisation_id"], row["talk_id"], row["id"], row["due_on"], stage, person_id
            )


def stage_of(due_on: date, told_on: date, today: date) -> Stage | None:
    """Which reminder of an agreement is due: the one a week before, unless its date is not known for as long;
    the one on the day, unless it was agreed on that day."""
    left = due_on - today
    if timedelta() < left <= BEFORE_A_DATE:
        return "week" if told_on < due_on - BEFORE_A_DATE else None
    if -_AFTER_A_DATE <= left <= timedelta():
        return "day" if told_on < due_on else None
    return None


def _owners(owner: AgreementOwner, person_id: str, others: Iterable[str]) -> tuple[str, ...]:
    """Whoever may be reminded; which of the others is the one now is for the letter's writer to ask."""
    return (
        *((person_id,) if owner in {"person", "both"} else ()),
        *(others if owner in {"holder", "both"} else ()),
    )
