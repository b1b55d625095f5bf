"""Background work. The database is the truth: a job is a row with a lease; huey only wakes the worker.

A worker that is killed leaves its lease behind; when that has run out, another one takes the job again.
Every kind of job is idempotent. A job that fails `MAX_ATTEMPTS` times stays, listed by `assess jobs`.
"""

from __future__ import annotations

import logging
import os
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import assess.one_thread  # noqa: F401 (before NumPy)
from assess.answering import results
from assess.answering.loading import load_task
from assess.answering.ordering import REPORT_JOB
from assess.answering.sessions import ABSOLUTE, IDLE
from assess.errors import StoreUnavailable
from assess.settings import Settings, private_folder
from assess.store import Store, open_store
from assess.store.ids import parse_time, time_text
from assess.web.logging import fields, to_standard_error

if TYPE_CHECKING:
    from huey import Huey

_logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a worker may be silent about a job before another one takes it."""
MAX_ATTEMPTS = 4
_FIRST_DELAY = timedelta(seconds=30)
_KEPT_EXPIRED = timedelta(days=30)
_QUEUE = "assess"
_TIDY_JOB = "tidy"
_POLL_SECONDS = 1.0
_NICENESS = 5
"""Pages come first where worker and server share a machine."""

Clock: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a job works with."""

    store: Store
    settings: Settings
    clock: Clock


@dataclass(frozen=True, slots=True)
class FailedJob:
    id: str
    kind: str
    subject: str
    attempts: int
    error: str
    finished_at: datetime


# --- kinds of jobs ---------------------------------------------------------------------------------


def make_report(place: Workplace, task_id: str) -> None:
    """The report of a task (the personal one, or a leader's) as its respondent may see it now, in the
    language used last. Of a confidential sheet there is none."""
    from reports.fonts import static_fonts  # noqa: PLC0415
    from reports.outcome import view_of_results  # noqa: PLC0415
    from reports.pdf import render  # noqa: PLC0415

    now = place.clock()
    with place.store.read() as q:
        task = load_task(q, task_id, now)
        found = results.results_of(q, task, now)
        made_of = results.fingerprint(found, task.language)
        known = q.document(task_id=task_id, kind="personal-report", language=task.language, made_of=made_of)
    view = view_of_results(found, task.language, place.settings.time_zone)
    if known is not None or view is None:
        return
    pdf = render(view, static_fonts(place.settings.data / "fonts"))
    results.keep_document(place.store, found, "personal-report", task.language, pdf, now)


def tidy(place: Workplace, day: str) -> None:  # noqa: ARG001 (the subject makes it once a day)
    """Deletes sessions that are over, links that expired a month ago, and yesterday's tidying."""
    now = place.clock()
    with place.store.write() as q:
        q.delete_expired_tokens(before=time_text(now - _KEPT_EXPIRED))
        q.delete_expired_sign_in_links(before=time_text(now - _KEPT_EXPIRED))
        old = {"seen_before": time_text(now - IDLE), "created_before": time_text(now - ABSOLUTE)}
        q.delete_dead_sessions(**old)
        q.delete_dead_person_sessions(**old)
        q.delete_finished_jobs(kind=_TIDY_JOB, before=time_text(now - _KEPT_EXPIRED))


KINDS: Mapping[str, Callable[[Workplace, str], None]] = MappingProxyType(
    {REPORT_JOB: make_report, _TIDY_JOB: tidy}
)
"""Kind of job → what does it, given the job's subject."""


# --- taking and running ----------------------------------------------------------------------------


def run_due(place: Workplace, kinds: Mapping[str, Callable[[Workplace, str], None]] = KINDS) -> int:
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
            )
            others = q.count_due_jobs(now=time_text(now), max_attempts=MAX_ATTEMPTS)
        if job is not None:
            _run(place, kinds, job)
            count += 1
        elif not others:  # with others left, another worker was faster with the one we reached for
            return count


def _run(
    place: Workplace,
    kinds: Mapping[str, Callable[[Workplace, str], None]],
    job: dict[str, str | int],
) -> None:
    kind, subject, attempts = str(job["kind"]), str(job["subject"]), int(job["attempts"])
    try:
        kinds[kind](place, subject)
    except Exception as error:
        # Only the type and the place: a message could quote an answer.
        what = f"{type(error).__name__} at {_place_of(error)}"
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


def _place_of(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno}"


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


def order_tidying(store: Store, now: datetime) -> None:
    """Once a day, whoever asks first."""
    with store.write() as q:
        q.enqueue_job_once(
            id=store.new_id(now), kind=_TIDY_JOB, subject=now.date().isoformat(), now=time_text(now)
        )


# --- waking ----------------------------------------------------------------------------------------


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Bell:
    """A queue and its one task: only the task's name travels from the web process to the worker."""

    queue: Huey
    ring: Callable[[], object]


_bells: dict[Settings, _Bell] = {}
_bells_lock = threading.Lock()


def _bell(settings: Settings) -> _Bell:
    """The process's one bell for these settings."""
    with _bells_lock:
        if settings not in _bells:
            queue = _open_queue(settings)
            _bells[settings] = _Bell(queue, queue.task(name="wake")(lambda: work_once(settings)))
        return _bells[settings]


def close_queues() -> None:
    """Closes what `wake` keeps open; the next wake opens it anew."""
    with _bells_lock:
        for bell in _bells.values():
            bell.queue.storage.close()
        _bells.clear()


def _open_queue(settings: Settings) -> Huey:
    """huey with a file of its own (never the database's), or with tables of its own in PostgreSQL."""
    from huey import PostgresHuey, SqliteHuey  # noqa: PLC0415

    if settings.is_postgres:
        return PostgresHuey(_QUEUE, dsn=settings.database, results=False, read_timeout=_POLL_SECONDS)
    file = private_folder(settings.data) / "queue.sqlite"
    file.touch(mode=0o600)
    return SqliteHuey(_QUEUE, filename=str(file), results=False)


def wake(settings: Settings) -> None:
    """Tells the worker that something is due. When that fails nothing is lost: it looks every minute."""
    try:
        bell = _bell(settings)
        if bell.queue.pending_count() == 0:
            bell.ring()
    except Exception:  # the answer is stored: a page must not fail over this
        _logger.warning("worker not woken; it looks by itself every minute", exc_info=True)


def work_once(settings: Settings) -> int:
    """Opens the store and runs what is due; gives the number of jobs run."""
    with open_store(settings) as store:
        order_tidying(store, _now())
        return run_due(Workplace(store, settings, _now))


def run_worker(settings: Settings) -> None:
    """`assess work`: runs until it is stopped by a signal."""
    from huey import crontab  # noqa: PLC0415

    to_standard_error(settings.log_level)
    os.nice(_NICENESS)
    with open_store(settings):
        pass  # says at once what is wrong with the database
    bell = _bell(settings)
    bell.queue.periodic_task(crontab(minute="*"), name="tick")(lambda: work_once(settings))
    bell.ring()
    consumer = bell.queue.create_consumer(
        workers=1, worker_type="thread", initial_delay=0.1, max_delay=_POLL_SECONDS, check_worker_health=True
    )
    consumer.run()
