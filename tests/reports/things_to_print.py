"""What the processes of `test_printing.py` are given to do; a module of its own, which they can import."""

from __future__ import annotations

import os
import resource
import signal
import sys


def who_am_i(_: object) -> bytes:
    core = resource.getrlimit(resource.RLIMIT_CORE)[0]
    return f"{os.getpid()} {os.nice(0)} {core}".encode()


def refuse(view: object) -> bytes:
    raise ValueError(view)


def hang_or_not(view: object) -> bytes:
    if view == "hang":
        signal.pause()
    return str(view).encode()


def take_memory(size: int) -> bytes:
    taken = bytearray(size)
    return b"enough" if len(taken) == size else b""


def die_or_not(view: object) -> bytes:
    if view == "die":
        sys.stderr.flush()
        os._exit(3)
    return str(view).encode()
