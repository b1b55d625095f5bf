"""The errors of this room."""

from __future__ import annotations

from typing import Literal

from assess.errors import AssessError


class TooManyBatches(AssessError):
    """More at once than can be ordered: `what` is too many, `most` of them are not."""

    def __init__(self, what: Literal["documents", "open"], most: int) -> None:
        super().__init__("That is too much at once.", "Wait until what is being made is done.")
        self.what = what
        self.most = most
