"""`assess run`: server and worker as two child processes that are stopped together.

A worker that dies is started anew, a bounded number of times: nothing is lost with it, and whoever looks at
the pages notices nothing. Without its server there is nothing to look at: then everything ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Protocol

from assess.errors import AssessError
from assess.settings import private_folder

_PATIENCE = 60.0
"""Seconds that the server may take to answer for the first time."""


REVIVED = frozenset({"worker"})
"""What is started anew when it ends by itself."""
MOST_LIVES, WITHIN = 5, 600.0
"""So often within so many seconds; what dies more often than that has a fault that starting does not mend."""


class _Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, or a termination signal)."""


class Child(Protocol):
    """What is asked of a process here; `subprocess.Popen` is one."""

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass
class Children:
    """The processes. `start` begins the one of that name; `clock` gives seconds that only grow."""

    start: Callable[[str], Child]
    logs: Path
    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    running: dict[str, Child] = field(default_factory=dict)
    _deaths: dict[str, list[float]] = field(default_factory=dict)

    def begin(self, name: str) -> None:
        self.running[name] = self.start(name)

    def look(self) -> None:
        """Starts anew what is to live on. Raises `AssessError` for any other that has ended, and for one
        that ends too often."""
        for name, child in tuple(self.running.items()):
            status = child.poll()
            if status is None:
                continue
            what = f"The {name} ended with status {status}."
            where = f"Its messages stand in {log_file(self.logs, name)}."
            deaths = [at for at in self._deaths.get(name, ()) if at > self.clock() - WITHIN]
            if name not in REVIVED or len(deaths) >= MOST_LIVES:
                raise AssessError(what, where)
            self._deaths[name] = [*deaths, self.clock()]
            self.begin(name)
            self.say(f"! {what} It is started anew ({len(deaths) + 1} of {MOST_LIVES}). {where}")

    def stop(self) -> None:
        """Ends them, one that does not listen by force."""
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        for child in self.running.values():
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def run_together(
    commands: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
    health: str,
    ready: Callable[[], None],
    logs: Path,
    say: Callable[[str], None],
) -> int:
    """Starts each of `commands` (name → arguments of `assess`), calls `ready` when `health` answers, waits.

    What a child says goes to the end of `<name>.log` in the folder `logs`, for its owner alone.
    `say` tells when one of `REVIVED` had to be started anew. Returns 0 when stopped by a signal. Raises
    `AssessError` when another one ends by itself, or one too often: the others are stopped first, so that
    nothing is left behind.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        raise _Stopped(number)

    def start(name: str) -> Child:
        log = _open_log(logs, name)
        try:
            # A process group of its own: Ctrl-C reaches us alone, and we stop the children in order.
            return subprocess.Popen(  # noqa: S603 (our own command, no shell)
                [sys.executable, "-m", "assess", *commands[name]],
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        finally:
            os.close(log)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    children = Children(start, logs, say)
    try:
        for name in commands:
            children.begin(name)
        _wait_until_healthy(health, children)
        ready()
        while True:
            children.look()
            time.sleep(0.5)
    except _Stopped:
        return 0
    finally:
        for number in previous:
            signal.signal(number, signal.SIG_IGN)
        children.stop()
        for number, handler in previous.items():
            signal.signal(number, handler)


def log_file(logs: Path, name: str) -> Path:
    """Where a child's messages are."""
    return logs / f"{name}.log"


def _open_log(logs: Path, name: str) -> int:
    """A descriptor at the end of a child's log."""
    path = log_file(private_folder(logs), name)
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _wait_until_healthy(health: str, children: Children) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        children.look()
        try:
            with urllib.request.urlopen(health, timeout=2):  # noqa: S310 (an http address of our own)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssessError(
        f"The server did not answer within {_PATIENCE:.0f} seconds.",
        f"Its messages stand in {log_file(children.logs, 'server')}.",
    )
