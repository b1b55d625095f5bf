"""Documents of batches without processes: made in the calling thread, at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from reports.printing import Printing


class AtOnce(Printing):
    """`before` is called with each view, and may refuse it; `made` are the others."""

    def __init__(
        self, make: Callable[[Any], bytes], before: Callable[[Any], None] = lambda view: None
    ) -> None:
        super().__init__(make, processes=1)
        self.before = before
        self.made: list[Any] = []

    def begin(self, view: Any) -> Future[bytes]:
        future: Future[bytes] = Future()
        try:
            self.before(view)
            self.made.append(view)
            future.set_result(self.make(view))
        except Exception as error:
            future.set_exception(error)
        return future
