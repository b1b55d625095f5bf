"""Why a letter is not written. Each ends the letter; none carries an address or a name."""

from __future__ import annotations

from datetime import datetime


class NotWritten(Exception):
    """Base. `reason` is a name of `refusals.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotWanted(NotWritten):
    """There is nothing to write any more: the person has left, the wave is over. The letter is cancelled."""


class NoWay(NotWritten):
    """It cannot reach anybody: no address, or one that is none. The letter has failed."""


class TooEarly(NotWritten):
    """The wave opens later: the letter waits until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too-early")
        self.until = until
