"""Taking jobs and running them, each under a lease."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assess.answering.ordering import REPORT_JOB
from assess.errors import StoreUnavailable
from assess.jobs.kinds import KINDS, Kind
from assess.jobs.workplace import Workplace
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.web.logging import fields
from reports.printing import place_of

_logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a worker may be silent about a job before another one takes it."""
MAX_ATTEMPTS = 4
LAST = REPORT_JOB
"""A report takes a second: letters and whatever somebody waits for never wait for a hundred of them."""
_FIRST_DELAY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class FailedJob:
    id: str
    kind: str
    subject: str
    attempts: int
    error: str
    finished_at: datetime


def run_due(place: Workplace, kinds: Mapping[str, Kind] = KINDS) -> int:
    """Runs every job that is due, one after the other; gives how many it ran, well or not."""
    count = 0
    while True:
        with place.store.write() as q:
            now = place.clock()
            q.fail_abandoned_jobs(
                now=time_text(now), max_attempts=MAX_ATTEMPTS, error="its workers died every time"
            )
            job = q.take_job(
                lease_id=place.store.new_id(now),
                lease_until=time_text(now + LEASE),
                now=time_text(now),
                max_attempts=MAX_ATTEMPTS,
                last=LAST,
            )
            others = q.count_due_jobs(now=time_text(now), max_attempts=MAX_ATTEMPTS)
        if job is not None:
            _run(place, kinds, job)
            count += 1
        elif not others:  # with others left, another worker was faster with the one we reached for
            return count


def _run(
    place: Workplace,
    kinds: Mapping[str, Kind],
    job: dict[str, str | int],
) -> None:
    kind, subject, attempts = str(job["kind"]), str(job["subject"]), int(job["attempts"])
    try:
        kinds[kind](place, subject)
    except Exception as error:
        # Only the type and the place: a message could quote an answer.
        what = f"{type(error).__name__} at {place_of(error)}"
        _logger.warning(
            "job failed", extra=fields(job=job["id"], kind=kind, attempt=attempts), exc_info=error
        )
        _put_back(place, job, attempts, what, temporary=isinstance(error, StoreUnavailable))
        return
    now = time_text(place.clock())
    with place.store.write() as q:
        q.job_done(id=job["id"], lease_id=job["lease_id"], now=now)
    _logger.info("job done", extra=fields(job=job["id"], kind=kind, attempt=attempts))


def _put_back(
    place: Workplace, job: dict[str, str | int], attempts: int, what: str, *, temporary: bool
) -> None:
    now = place.clock()
    with place.store.write() as q:
        if attempts >= MAX_ATTEMPTS and not temporary:
            q.job_failed(id=job["id"], lease_id=job["lease_id"], now=time_text(now), error=what)
            return
        q.job_again(
            id=job["id"],
            lease_id=job["lease_id"],
            attempts=attempts - temporary,  # what is not the job's fault does not count against it
            due_at=time_text(now + (_FIRST_DELAY if temporary else _FIRST_DELAY * 4 ** (attempts - 1))),
            error=what,
        )


def failed(store: Store) -> tuple[FailedJob, ...]:
    """The jobs that were given up, oldest first."""
    with store.read() as q:
        rows = q.failed_jobs()
    return tuple(
        FailedJob(
            id=row["id"],
            kind=row["kind"],
            subject=row["subject"],
            attempts=row["attempts"],
            error=row["error"],
            finished_at=parse_time(row["finished_at"]),
        )
        for row in rows
    )


def try_again(store: Store, now: datetime) -> int:
    """Every job that was given up is tried from the first attempt on; gives how many."""
    with store.write() as q:
        return int(q.failed_jobs_again(now=time_text(now)))
