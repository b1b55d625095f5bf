"""The view as it is printed: without names in the picture, and without ids.

A document goes from hand to hand. On a page the reader's rights are asked at each look; what is printed must
hold nothing from which the psychological number of a named person could be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from reports.team.heat_parts import PersonChange, TechnicalRow
from reports.team.parts import (
    MatchRow,
    PersonRow,
    TeamMark,
    TeamPair,
    TeamQuadrant,
    TeamView,
    ThingCard,
)

PLACE = 0.25
"""Places in the picture are rounded to this part of a point: nobody is found by the own technical number."""

Named = TypeVar("Named", ThingCard, PersonRow, MatchRow, TechnicalRow, PersonChange)


def on_paper(view: TeamView) -> TeamView:
    """The view without names in the picture and without ids anywhere. Twice is the same as once."""
    return replace(
        view,
        quadrant=None if view.quadrant is None else _unnamed(view.quadrant),
        things=_without_ids(view.things),
        people=_without_ids(view.people),
        matches=replace(view.matches, rows=_without_ids(view.matches.rows)),
        technical=None
        if view.technical is None
        else replace(view.technical, rows=_without_ids(view.technical.rows)),
        change=None if view.change is None else replace(view.change, people=_without_ids(view.change.people)),
    )


def _without_ids(rows: Iterable[Named]) -> tuple[Named, ...]:
    ids = ("person_id", "task_id", "talk_id")
    return tuple(replace(row, **{name: "" for name in ids if hasattr(row, name)}) for row in rows)


def _unnamed(part: TeamQuadrant) -> TeamQuadrant:
    """Points in the order of their places: their order tells no names."""
    pairs = (
        TeamPair(number=0, label="", task_id="", marks=tuple(_point(mark) for mark in pair.marks))
        for pair in part.pairs
    )
    ordered = sorted(pairs, key=lambda pair: [(mark.x, mark.y, mark.shape) for mark in pair.marks])
    return replace(part, pairs=tuple(ordered), numbered=False, caption=part.on_paper)


def _point(mark: TeamMark) -> TeamMark:
    return TeamMark(
        number=0,
        shape=mark.shape,
        label="",
        x=_rounded(mark.x),
        y=_rounded(mark.y),
        x_sem=0.0,
        y_sem=0.0,
    )


def _rounded(value: float) -> float:
    return round(value / PLACE) * PLACE
