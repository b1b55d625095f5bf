"""Bands that do not tell of the few who come and go. Pure.

An administrator decides who belongs to a unit. A share before and after somebody is moved out of it would
tell whether that one has a talk. So a band is kept while its change could come from those alone who have come
and gone since it was made, as long as they are fewer than a group must have. Whatever these have, and if
nobody else has done anything, the band is then the same: `tests/talks/test_steady_bands.py` tries all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from assess.campaigns.response import band_of

Band: TypeAlias = tuple[int, int]
"""From and to which percentage."""


@dataclass(frozen=True, slots=True)
class Made:
    """A band and the people of whom it was made."""

    band: Band
    people: frozenset[str]


def steady(before: Iterable[Made], people: frozenset[str], having: AbstractSet[str], least: int) -> Made:
    """The band of a group now. `before`: what was shown last, in each place where it was shown; `having`: ids
    of everybody who has what is counted; `least`: people whom a group must have. Raises `ValueError` for
    nobody."""
    if not people:
        raise ValueError("a share needs people")
    count = len(people & having)
    for one in before:
        moved = len(one.people ^ people)
        if 0 < moved < least and _explains(one, count, moved):
            return one
    return Made(band_of(count, len(people)), people)


def _explains(before: Made, count: int, moved: int) -> bool:
    """Whether the band can have been that of so many, but for those who have come and gone."""
    size = len(before.people)
    possible = range(max(0, count - moved), min(size, count + moved) + 1)
    return any(band_of(number, size) == before.band for number in possible)
