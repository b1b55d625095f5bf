"""What time makes due in waves: filling, planned reminders, closing, deleting. Asked every minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from assess.campaigns.campaigns import CLOCK, close_now
from assess.campaigns.jobs import FILL_JOB, PURGE_JOB, REMIND_JOB
from assess.campaigns.plans import reminder_times
from assess.campaigns.states import PlannedWave, planned_wave, wave_of_row
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

_UPKEEP = timedelta(days=1)
"""How often an open wave is compared with its organisation though nobody has said that anything changed:
memberships begin and end by date."""


def due(store: Store, now: datetime) -> None:
    """Closes waves whose time is over, and orders jobs for what is due in the others; cheap and idempotent.

    A reminder that nobody was there to send goes as soon as somebody is, unless a later one is due too.
    """
    with store.read() as q:
        running = [wave_of_row(row) for row in q.open_planned_waves()]
        over = [wave_of_row(row) for row in q.over_planned_waves()]
        idle = q.idle_open_waves(kind=FILL_JOB, now=time_text(now), before=time_text(now - _UPKEEP))
        jobs = [(FILL_JOB, row["id"]) for row in idle]
        jobs += [
            (REMIND_JOB, subject) for wave in running if (subject := _reminder_due(q, wave, now)) is not None
        ]
        jobs += [(PURGE_JOB, wave.id) for wave in over if _is_past_deletion(q, wave, now)]
    for wave in running:
        if wave.phase(now) == "ended":
            _close(store, wave.id, now)
    if jobs:
        with store.write() as q:
            for kind, subject in jobs:
                # A wave is filled again and again; what else is due is done once.
                order = q.enqueue_job if kind == FILL_JOB else q.enqueue_job_once
                order(id=store.new_id(now), kind=kind, subject=subject, now=time_text(now))


def _close(store: Store, wave_id: str, now: datetime) -> None:
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = planned_wave(q, wave_id)
        if wave.phase(now) == "ended":  # nobody has closed it, or moved its closing time, meanwhile
            close_now(store, q, wave, CLOCK, now)


def _reminder_due(q: Queries, wave: PlannedWave, now: datetime) -> str | None:
    if wave.closes_at is None or wave.phase(now) != "open":
        return None
    passed = [at for at in reminder_times(wave.plan, wave.opens_at, wave.closes_at) if at <= now]
    if not passed:
        return None
    subject = f"{wave.id}:{passed[-1].astimezone(wave.plan.zone).date().isoformat()}"
    return None if q.job_of(kind=REMIND_JOB, subject=subject) else subject


def _is_past_deletion(q: Queries, wave: PlannedWave, now: datetime) -> bool:
    delete_on = wave.plan.delete_on
    return (
        delete_on is not None
        and delete_on <= now.astimezone(wave.plan.zone).date()
        and not q.job_of(kind=PURGE_JOB, subject=wave.id)
    )
