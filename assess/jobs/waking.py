"""Waking the worker, and the worker itself. huey only wakes; the database is the truth."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assess.jobs.batch_work import batches_beside
from assess.jobs.kinds import EVERY_MINUTE
from assess.jobs.running import run_due
from assess.jobs.workplace import Workplace
from assess.made_by import made_by
from assess.settings import Settings, private_folder
from assess.store import open_store
from assess.web.logging import to_standard_error

if TYPE_CHECKING:
    from huey import Huey

_logger = logging.getLogger(__name__)

_QUEUE = "assess"
_POLL_SECONDS = 1.0
_NICENESS = 5
"""Pages come first where worker and server share a machine."""


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
        for look in EVERY_MINUTE:
            look(store, _now())
        return run_due(Workplace(store, settings, _now))


def run_worker(settings: Settings) -> None:
    """`assess work`: runs until it is stopped by a signal. Batches have a lane of their own."""
    from huey import crontab  # noqa: PLC0415

    to_standard_error(settings.log_level)
    os.nice(_NICENESS)
    with open_store(settings):
        pass  # says at once what is wrong with the database
    made_by()
    bell = _bell(settings)
    bell.queue.periodic_task(crontab(minute="*"), name="tick")(lambda: work_once(settings))
    bell.ring()
    consumer = bell.queue.create_consumer(
        workers=1, worker_type="thread", initial_delay=0.1, max_delay=_POLL_SECONDS, check_worker_health=True
    )
    with batches_beside(settings, lambda: wake(settings)):
        consumer.run()
