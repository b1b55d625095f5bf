"""Work that holds a thread for seconds: setting a PDF, sending a file of many. Knows no request.

A server process has a few threads for everybody's pages. At most half of them are ever at such work, those
that wait for their turn included, and one person never holds all of these.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from assess.errors import AssessError

THREADS = 8
"""Of a server process, where nobody has said how many."""
PRESSES = 2
"""PDFs that are set at the same time. More would be no faster: Python sets one line at a time."""
PATIENCE_SECONDS = 10.0
"""How long one waits for a press before being told to come again."""


class NoSeat(AssessError):
    """As much of such work goes on in this process as it bears; a little later there is room."""

    def __init__(self) -> None:
        super().__init__("Too much is being made at this moment.", "Wait a moment and try again.")


class AlreadyFetching(AssessError):
    """The same person is being sent a file already."""

    def __init__(self) -> None:
        super().__init__("One file is being fetched already.", "Let it finish and try again.")


class Seats:
    """The seats of one process with `threads` threads. `who` is whoever asked, by id."""

    def __init__(self, threads: int = THREADS, patience: float = PATIENCE_SECONDS) -> None:
        self.most = max(1, threads // 2)
        self.most_of_one = max(1, self.most // 2)
        self.presses = min(PRESSES, self.most)
        self._patience = patience
        self._changed = threading.Condition()
        self._taken: Counter[str] = Counter()
        self._printing: set[str] = set()
        self._fetching: set[str] = set()

    @property
    def taken(self) -> int:
        """How many are held now, by those at work and by those who wait."""
        with self._changed:
            return self._taken.total()

    @contextmanager
    def press(self, who: str) -> Iterator[None]:
        """Within it one PDF is set. Raises `NoSeat` at once where there is no seat, and after a while where
        no press gets free; one person has one press, so that whoever presses twice gets what was made first.
        """
        with self._seat(who):
            with self._changed:
                if not self._changed.wait_for(lambda: self._has_press(who), self._patience):
                    raise NoSeat
                self._printing.add(who)
            try:
                yield
            finally:
                with self._changed:
                    self._printing.discard(who)
                    self._changed.notify_all()

    @contextmanager
    def fetching(self, who: str) -> Iterator[None]:
        """Within it one file of many documents is sent. Raises `AlreadyFetching` for a second one of the
        same person, and `NoSeat`; nobody waits."""
        with self._changed:
            if who in self._fetching:
                raise AlreadyFetching
            self._take(who)
            self._fetching.add(who)
        try:
            yield
        finally:
            with self._changed:
                self._fetching.discard(who)
                self._give_back(who)

    def _has_press(self, who: str) -> bool:
        return len(self._printing) < self.presses and who not in self._printing

    @contextmanager
    def _seat(self, who: str) -> Iterator[None]:
        with self._changed:
            self._take(who)
        try:
            yield
        finally:
            with self._changed:
                self._give_back(who)

    def _take(self, who: str) -> None:
        if self._taken.total() >= self.most or self._taken[who] >= self.most_of_one:
            raise NoSeat
        self._taken[who] += 1

    def _give_back(self, who: str) -> None:
        self._taken[who] -= 1
        if not self._taken[who]:
            del self._taken[who]
