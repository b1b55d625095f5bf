"""Makes a batch of numbers as a worker does, in processes, and stops at a point until it is killed.

    python -c "from worker_that_dies import main; main()" POINT COUNT NOW MANY

Prints "at POINT" and waits; or "through" when there was no such point. At "anywhere" it does not wait.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from cheap_pdf import pdf_of
from shop_of_batches import VIEWS, Numbers

from assess.batches import taking
from assess.jobs.batch_lane import BatchLane
from assess.jobs.workplace import Workplace
from assess.settings import from_environment
from assess.store import open_store
from reports.printing import Printing

POINTS = ("taken", "begun", "before keeping", "inside keeping", "kept", "finishing", "anywhere")


class Stops:
    """Counts how often a point is passed, and stops at the right time."""

    def __init__(self, point: str, count: int) -> None:
        self.point = point
        self.left = count
        self.keeping = False

    def at(self, point: str) -> None:
        if point != self.point:
            return
        self.left -= 1
        if self.left == 0:
            say(f"at {point}")
            if point != "anywhere":
                sys.stdin.read()

    def after(self, do: Callable[..., Any], point: str) -> Callable[..., Any]:
        def done(*given: Any) -> Any:
            result = do(*given)
            if result is not None and result != ():
                self.at(point)
            return result

        return done

    def keep(self, *given: Any) -> Any:
        self.at("before keeping")
        self.keeping = True
        ending = keep(*given)
        self.keeping = False
        self.at("kept")
        self.at("anywhere")
        return ending

    def find(self, *given: Any) -> Any:
        found = Numbers(0).find(*given)
        if self.keeping:  # the transaction has begun and is not committed
            self.at("inside keeping")
        return found


keep = taking.keep


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    point, count, now, many = sys.argv[1:]
    stops, numbers, began = Stops(point, int(count)), Numbers(int(many)), monotonic()
    taking.take = stops.after(taking.take, "taken")
    taking.finish = stops.after(taking.finish, "finishing")
    taking.keep = stops.keep
    kinds = {"numbers": replace(numbers.kinds["numbers"], find=stops.find)}
    settings = from_environment()
    printing = Printing(pdf_of, 2)
    printing.begin = stops.after(printing.begin, "begun")  # type: ignore[method-assign]
    with open_store(settings) as store:
        place = Workplace(
            store, settings, lambda: datetime.fromisoformat(now) + timedelta(seconds=monotonic() - began)
        )
        BatchLane(place, printing, kinds=kinds, views=VIEWS).run()
    printing.rest()
    say("through")
