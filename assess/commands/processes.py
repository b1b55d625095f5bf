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
from types import FrameType

from assess.errors import AssessError

_PATIENCE = 60.0
"""Seconds that the server may take to answer for the first time."""


class _Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, or a termination signal)."""


def run_together(
    commands: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
    health: str,
    ready: Callable[[], None],
) -> int:
    """Starts each of `commands` (name → arguments of `assess`), calls `ready` when `health` answers, waits.

    Returns 0 when stopped by a signal. Raises `AssessError` when a child ends by itself: the others are
    stopped first, so that nothing is left behind.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        raise _Stopped(number)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, arguments in commands.items():
            # A process group of its own: Ctrl-C reaches us alone, and we stop the children in order.
            children[name] = subprocess.Popen(  # noqa: S603 (our own command, no shell)
                [sys.executable, "-m", "assess", *arguments],
                env={**os.environ, **environment},
                start_new_session=True,
            )
        _wait_until_healthy(health, children)
        ready()
        _wait_for_an_end(children)
    except _Stopped:
        return 0
    finally:
        for number in previous:
            signal.signal(number, signal.SIG_IGN)
        _stop_all(children)
        for number, handler in previous.items():
            signal.signal(number, handler)
    return 0


def _wait_until_healthy(health: str, children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        _raise_if_ended(children)
        try:
            with urllib.request.urlopen(health, timeout=2):  # noqa: S310 (an http address of our own)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssessError(
        f"The server did not answer within {_PATIENCE:.0f} seconds.", "Its messages stand above."
    )


def _wait_for_an_end(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    while True:
        _raise_if_ended(children)
        time.sleep(0.5)


def _raise_if_ended(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if (status := child.poll()) is not None:
            raise AssessError(f"The {name} ended with status {status}.", "Its messages stand above.")


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
