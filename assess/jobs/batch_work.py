"""The thread of the second lane: looks for batches every two seconds, and never dies of what it finds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from assess.batches import taking
from assess.errors import StoreFull, StoreUnavailable
from assess.jobs.batch_lane import BatchLane
from assess.jobs.workplace import Workplace
from assess.settings import Settings
from assess.store import open_store
from reports.printing import Printing, reports_on

_logger = logging.getLogger(__name__)

_LOOK_SECONDS, _BUSY_SECONDS, _FULL_SECONDS = 2.0, 5.0, 30.0
_ENDING_SECONDS = 10.0
_TIDY_EVERY = timedelta(minutes=1)


@contextmanager
def batches_beside(settings: Settings, ready: Callable[[], None]) -> Iterator[None]:
    """Batches are made in a thread while what is within runs. `ready` is called when a letter waits."""
    until = threading.Event()
    thread = threading.Thread(target=work_batches, args=(settings, until, ready), name="batches", daemon=True)
    thread.start()
    try:
        yield
    finally:
        until.set()
        thread.join(_ENDING_SECONDS)


def work_batches(settings: Settings, until: threading.Event, ready: Callable[[], None]) -> None:
    """Runs until `until` is set; then what is being made is handed back, and its processes end."""
    printing = Printing(reports_on(settings.data / "fonts"), settings.batch_processes)
    with open_store(settings) as store:
        place = Workplace(store, settings, lambda: datetime.now(UTC))
        lane = BatchLane(place, printing, until=until)
        tidied_at: datetime | None = None
        try:
            while not until.is_set():
                pause = _look(lane, ready)
                if tidied_at is None or place.clock() >= tidied_at + _TIDY_EVERY:
                    tidied_at = place.clock()
                    _tidy(place)
                until.wait(pause)
        finally:
            printing.rest()


def _look(lane: BatchLane, ready: Callable[[], None]) -> float:
    """Works on what there is; gives the seconds until the next look."""
    try:
        if lane.run():
            ready()
        if not taking.any_open(lane.place.store):
            lane.printing.rest()
    except StoreFull:
        _logger.warning("batches wait: no room on the disk of the database")
        return _FULL_SECONDS
    except StoreUnavailable:
        return _BUSY_SECONDS
    except Exception:
        _logger.exception("batches wait after an error")
        return _FULL_SECONDS
    return _LOOK_SECONDS


def _tidy(place: Workplace) -> None:
    """Deletes what has expired. Here, because much of it takes time, and letters do not wait for it."""
    with suppress(StoreUnavailable):
        taking.expire(place.store, place.clock())
