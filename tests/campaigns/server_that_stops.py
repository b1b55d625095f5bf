"""A server that stands still when a wave is opened, at a given point, until it is killed.

    python server_that_stops.py POINT PORT

Store and data are those of the environment. POINT: "inside" (the transaction that opens the wave, before it
is committed), "committed" (after it, before the answer).
"""

from __future__ import annotations

import sys
from threading import Event
from typing import Any

from assess.campaigns import campaigns
from assess.settings import from_environment
from assess.web import server
from assess.web.admin import wave


def stand_still(*_: Any) -> None:
    sys.stdout.write("here\n")
    sys.stdout.flush()
    Event().wait()  # until it is killed


def main(point: str, port: int) -> None:
    if point == "inside":
        campaigns._log = stand_still
    else:
        wave.jobs.wake = stand_still  # type: ignore[attr-defined]
    server.prepare_fonts = lambda data: data  # no page of this test is looked at
    server.run(from_environment(), host="127.0.0.1", port=port, workers=1, threads=2)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
