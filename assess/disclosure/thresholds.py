"""How many people a group must have before its numbers are shown."""

from __future__ import annotations

LEAST_GROUP = 4
"""No setting goes below this: of a group of three, two who tell each other their answers know the third's."""

DEFAULT_GROUP = 5
"""What holds where nobody has chosen otherwise (k in the notice to respondents)."""

DISTRIBUTION_GROUP = 10
"""People whom a distribution (how many chose what, how far they differ) must at least have: of fewer, a mean
and a spread together can often be solved for every single value."""

LEAST_SHEETS = 10
"""Sheets that figures about the measurement must at least be made of."""


class GroupTooSmall(ValueError):
    """Somebody asked for groups that are smaller than the product ever shows."""

    def __init__(self, size: int) -> None:
        super().__init__(f"groups of {size} are never shown; the smallest is {LEAST_GROUP}")
        self.size = size


def group_size(least: int = DEFAULT_GROUP) -> int:
    """The number of people that a group must at least have, as chosen. Raises `GroupTooSmall` under
    `LEAST_GROUP`, and `TypeError` for what is no whole number."""
    if type(least) is not int:
        raise TypeError(f"the size of a group is a whole number, not {least!r}")
    if least < LEAST_GROUP:
        raise GroupTooSmall(least)
    return least


def large_enough(people: int, least: int = DEFAULT_GROUP) -> bool:
    """Whether numbers about so many people may be shown. Raises as `group_size`."""
    return people >= group_size(least)
