"""Why figures are not there, or something is not published: a stable id; the words are made elsewhere."""

from __future__ import annotations

from typing import Literal, TypeAlias

from assess.errors import AssessError

Reason: TypeAlias = Literal[
    "wave-open",
    "n-under-10",
    "respondents-under-5",
    "subjects-under-5",
    "answers-erased",
]
"""Why a wave has no figures. `answers-erased`: they were made by an earlier version, answers have been erased
since, and made anew they would show the difference."""

Obstacle: TypeAlias = Literal[
    "no-waves", "sheets-under-100", "people-under-200", "no-scales", "no-figures", "no-norms"
]
"""What else publishing may fail at. `no-figures`: no scale has a local reliability and SD; `no-norms`: no
scale has norms."""


class NotEnough(AssessError):
    """It is not published. `wave_id` names the wave that it is about, if it is one; `found` and `needed` are
    numbers of sheets or people, where they may be told."""

    def __init__(
        self,
        reason: Reason | Obstacle,
        *,
        wave_id: str | None = None,
        found: int | None = None,
        needed: int | None = None,
    ) -> None:
        super().__init__(f"There is not enough to publish: {reason}.", "See what the page says is missing.")
        self.reason = reason
        self.wave_id = wave_id
        self.found = found
        self.needed = needed
