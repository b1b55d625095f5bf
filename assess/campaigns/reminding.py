"""Reminders: to those who have something left to submit, one a day at most; nobody is told who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from math import ceil

from assess.audit.log import record
from assess.campaigns.definitions import definition_of
from assess.campaigns.states import PlannedWave, own_wave, planned_wave
from assess.outbox import letters
from assess.outbox.letters import Letter
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

REMINDER = "reminder"
ROUNDED_TO = 10
"""Of a wave with confidential sheets it is told only how many letters there are at most: from one day to the
next an exact number would tell that somebody has answered, and none that everybody has."""
_STEP = 500


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many letters were put. `exact` is False where it is only told that there are no more: a multiple of
    ten, at least one ten, also where there are none."""

    letters: int
    exact: bool


def remind(store: Store, actor: Actor, wave_id: str, now: datetime) -> Reminded:
    """Puts a reminder to everybody who has something left to submit and has neither been invited nor reminded
    today (in the wave's time zone). Logged. Raises `NotFound`, and `NotAllowed` when it is not open."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("remind", now)
        is_rounded = has_confidential_sheets(q, wave)
        record(
            store,
            q,
            actor_id=actor.id,
            action="remind-wave",
            object_id=wave_id,
            about_id=wave.organisation_id,
            now=now,
        )
    count = _put(store, wave, now)
    if not is_rounded:
        return Reminded(count, exact=True)
    return Reminded(max(1, ceil(count / ROUNDED_TO)) * ROUNDED_TO, exact=False)


def remind_as_planned(store: Store, subject: str, now: datetime) -> None:
    """What a reminder job does; `subject`: the wave's id, a colon, the day."""
    with store.read() as q:
        wave = planned_wave(q, subject.partition(":")[0])
    if wave.allows("remind", now):
        _put(store, wave, now)


def reminder(wave: PlannedWave, person_id: str, now: datetime) -> Letter:
    """The one reminder of a person about a wave on the day of `now`."""
    day = now.astimezone(wave.plan.zone).date().isoformat()
    return Letter(
        kind=REMINDER,
        key=f"{REMINDER}:{wave.id}:{person_id}:{day}",
        person_id=person_id,
        organisation_id=wave.organisation_id,
        wave_id=wave.id,
    )


def has_confidential_sheets(q: Queries, wave: PlannedWave) -> bool:
    """Whether anything that the wave asks is confidential."""
    return any(
        definition_of(q, planned.content_hash).questionnaire.privacy_of(perspective) == "confidential"
        for planned in wave.plan.questionnaires
        for perspective in planned.perspectives
    )


def _put(store: Store, wave: PlannedWave, now: datetime) -> int:
    midnight = datetime.combine(now.astimezone(wave.plan.zone).date(), time(), tzinfo=wave.plan.zone)
    with store.read() as q:
        rows: Sequence[dict[str, str]] = q.unfinished_respondents(
            wave_id=wave.id, given_before=time_text(midnight.astimezone(UTC))
        )
    people = [row["respondent_id"] for row in rows]
    count = 0
    for start in range(0, len(people), _STEP):
        with store.write() as q:
            if not q.lock_open_wave(id=wave.id):
                break
            step = [reminder(wave, person_id, now) for person_id in people[start : start + _STEP]]
            count += letters.put_many(store, q, step, now)
    return count
