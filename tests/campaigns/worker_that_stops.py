"""A worker that fills a wave and, at a given point, says so and stands still until it is killed.

    python worker_that_stops.py POINT STEP NOW BATCH

The store is that of the environment. POINT: "between" (before the transaction of a step), "tasks" (inside it,
before the letters), "letters" (inside it, before it is committed), "never". STEP: 1, 2, … BATCH: people in
a step.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from assess.campaigns import filling
from assess.campaigns.jobs import FILL_JOB
from assess.jobs import Workplace, run_due
from assess.settings import from_environment
from assess.store import open_store


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(point: str, step: int, now: datetime, batch: int) -> None:
    give, steps, put_many = filling._give, filling._steps, filling.letters.put_many
    count = {"between": 0, "tasks": 0, "letters": 0}

    def reach(here: str) -> None:
        count[here] += 1
        if here == point and count[here] == step:
            say(f"at {here} {step}")
            sys.stdin.read()

    def steps_and_stop(missing: Any, batch: int) -> Iterator[Sequence[Any]]:
        for one in steps(missing, batch):
            reach("between")
            yield one

    def give_and_stop(*arguments: Any) -> None:
        give(*arguments)
        reach("letters")

    def put_and_stop(*arguments: Any) -> int:
        reach("tasks")
        return put_many(*arguments)

    filling._give, filling._steps = give_and_stop, steps_and_stop  # type: ignore[assignment]
    filling.letters.put_many = put_and_stop
    settings = from_environment()
    with open_store(settings) as store:
        kinds = {
            FILL_JOB: lambda place, wave_id: filling.fill(place.store, wave_id, place.clock(), batch=batch)
        }
        run_due(Workplace(store, settings, lambda: now), kinds)
    say("through")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), int(sys.argv[4]))
