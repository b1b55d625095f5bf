"""`assess run`: server and worker as two child processes that live and die together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from assess.errors import AssessError
from assess.settings import private_folder

_PATIENCE = 60.0
"""Seconds that the server may take to answer for the first time."""


class _Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, or a termination signal)."""


def run_together(
    commands: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
    health: str,
    ready: Callable[[], None],
    logs: Path,
) -> int:
    """Starts each of `commands` (name → arguments of `assess`), calls `ready` when `health` answers, waits.

    What a child says goes to the end of `<name>.log` in the folder `logs`, for its owner alone.
    Returns 0 when stopped by a signal. Raises `AssessError` when a child ends by itself: the others are
    stopped first, so that nothing is left behind.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        raise _Stopped(number)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, arguments in commands.items():
            log = _open_log(logs, name)
            try:
                # A process group of its own: Ctrl-C reaches us alone, and we stop the children in order.
                children[name] = subprocess.Popen(  # noqa: S603 (our own command, no shell)
                    [sys.executable, "-m", "assess", *arguments],
                    env={**os.environ, **environment},
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            finally:
                os.close(log)
        _wait_until_healthy(health, children, logs)
        ready()
        _wait_for_an_end(children, logs)
    except _Stopped:
        return 0
    finally:
        for number in previous:
            signal.signal(number, signal.SIG_IGN)
        _stop_all(children)
        for number, handler in previous.items():
            signal.signal(number, handler)
    return 0


def log_file(logs: Path, name: str) -> Path:
    """Where a child's messages are."""
    return logs / f"{name}.log"


def _open_log(logs: Path, name: str) -> int:
    """A descriptor at the end of a child's log."""
    path = log_file(private_folder(logs), name)
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _wait_until_healthy(health: str, children: Mapping[str, subprocess.Popen[bytes]], logs: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        _raise_if_ended(children, logs)
        try:
            with urllib.request.urlopen(health, timeout=2):  # noqa: S310 (an http address of our own)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssessError(
        f"The server did not answer within {_PATIENCE:.0f} seconds.",
        f"Its messages stand in {log_file(logs, 'server')}.",
    )


def _wait_for_an_end(children: Mapping[str, subprocess.Popen[bytes]], logs: Path) -> None:
    while True:
        _raise_if_ended(children, logs)
        time.sleep(0.5)


def _raise_if_ended(children: Mapping[str, subprocess.Popen[bytes]], logs: Path) -> None:
    for name, child in children.items():
        if (status := child.poll()) is not None:
            raise AssessError(
                f"The {name} ended with status {status}.", f"Its messages stand in {log_file(logs, name)}."
            )


def _stop_all(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
