"""Errors of answering: a wrong form, a wrong choice, a sheet that cannot be submitted yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from assess.errors import AssessError

Fault: TypeAlias = Literal["unknown", "range", "kind", "too-long"]
ChoiceFault: TypeAlias = Literal["none", "too-many", "twice", "unknown"]


class InvalidAnswers(AssessError):
    """Answers that the form cannot have given; nothing of the request was stored.

    `faults`: item id → "unknown" (not an item of this sheet), "range" (no such position), "kind" (a text
    for a position or the reverse), "too-long". Carries no answer.
    """

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__("Some answers do not fit the questionnaire.", "Go back and answer again.")
        self.faults = dict(faults)


class InvalidChoice(AssessError):
    """Job areas that cannot be chosen: none, too many, one twice, or one that is not on the list."""

    def __init__(self, fault: ChoiceFault) -> None:
        super().__init__("These job areas cannot be chosen.", "Choose from the list.")
        self.fault = fault


class Incomplete(AssessError):
    """The sheet cannot be submitted yet.

    `missing`: ids of required items without an answer, in the order of asking. `needs_share`: the person
    has not said yet whether the manager may see the profile.
    """

    def __init__(self, missing: tuple[str, ...], needs_share: bool) -> None:
        super().__init__("Something is still open.", "Answer what is missing, then submit.")
        self.missing = missing
        self.needs_share = needs_share
