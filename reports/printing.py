"""Processes that make documents: bounded in number, time and memory, and replaced before they grow.

A process gets a view and gives back bytes. It sees no database, and decides nothing about who may see what.
Processes are started afresh, never forked from a worker whose threads hold locks.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import assess.one_thread  # noqa: F401 (before NumPy)

if TYPE_CHECKING:
    from pebble import ProcessPool

    from reports.fonts import Fonts

Make: TypeAlias = Callable[[Any], bytes]
"""Makes a document of a view, in a process; it is sent there by its name."""


class NotMade(Exception):
    """A document could not be made; says the kind of error and its place, and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may take. `seconds`: of one document; `memory`: bytes of address space; `documents`:
    after so many another process takes its place; `niceness`: added to the worker's own."""

    seconds: float = 120.0
    memory: int = 2 * 1024**3
    documents: int = 100
    niceness: int = 10


class Printing:
    """The processes. They start with the first document and end with `rest()`; then the next one starts
    them again. For one thread at a time."""

    def __init__(self, make: Make, processes: int, limits: Limits | None = None) -> None:
        self.make = make
        self.processes = processes
        self.limits = limits or Limits()
        self._pool: ProcessPool | None = None

    @property
    def most(self) -> int:
        """How many documents to hand in at once: one more than are made, so that no process waits."""
        return self.processes + 1

    def begin(self, view: object) -> Future[bytes]:
        """Begins a document. The future raises `NotMade`, `TimeoutError`, or pebble's `ProcessExpired` for
        one that kills its process; cancelling it stops the process."""
        if self._pool is None or not self._pool.active:
            self.rest()
            self._pool = self._open()
        document: Future[bytes] = self._pool.schedule(
            print_within, args=(self.make, self.limits.seconds, view), timeout=self.limits.seconds
        )
        return document

    def pids(self) -> tuple[int, ...]:
        """The processes that there are at this moment, for who measures them."""
        if self._pool is None:
            return ()
        return tuple(self._pool._pool_manager.worker_manager.workers)

    def rest(self) -> None:
        """Ends the processes, whatever they are at."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def _open(self) -> ProcessPool:
        from pebble import ProcessPool  # noqa: PLC0415

        return ProcessPool(
            max_workers=self.processes,
            max_tasks=self.limits.documents,
            initializer=limit_this_process,
            initargs=(self.limits.memory, self.limits.niceness),
            context=multiprocessing.get_context("spawn"),
        )


def limit_this_process(memory: int, niceness: int) -> None:
    """Memory and priority of a process that makes documents; no file of its memory is ever written."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(niceness)
    # pebble turns this into leaving the process, which a document that hangs in foreign code would not do.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def print_within(make: Make, seconds: float, view: object) -> bytes:
    """Makes one document in this process. Where whoever waits for it has died, nobody stops it: the alarm
    does, a little later than they would have."""
    signal.alarm(int(seconds) + 5)
    try:
        return make(view)
    except Exception as error:
        raise NotMade(f"{type(error).__name__} at {place_of(error)}") from None
    finally:
        signal.alarm(0)


def place_of(error: BaseException) -> str:
    """File and line where an error came from."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno}"


def reports_on(fonts: Path) -> Make:
    """Makes the PDF of a view with the fonts in a folder."""
    return partial(print_report, fonts)


def print_report(fonts: Path, view: Any) -> bytes:
    """The PDF of a view; the first one of a process loads WeasyPrint and the fonts."""
    from reports.pdf import render  # noqa: PLC0415

    return render(view, _fonts(fonts))


_FONTS: dict[Path, Fonts] = {}


def _fonts(folder: Path) -> Fonts:
    from reports.fonts import static_fonts  # noqa: PLC0415

    if folder not in _FONTS:
        _FONTS[folder] = static_fonts(folder)
    return _FONTS[folder]
