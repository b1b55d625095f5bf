"""The view as it is printed: without names in the picture, and without ids.

A document goes from hand to hand. On a page the reader's rights are asked at each look; what is printed must
hold nothing from which the psychological number of a named person could be read. Names stand beside exact
technical numbers: so a mark is found by its place across, and only how coarse the other way is protects it.
Nor does it hold the own ratings as a group: of two documents, before and after somebody was rated, one
less the other would be that person. What is published is the same on every day.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeAlias, TypeVar

from msgspec.structs import replace

from assess.disclosure.thresholds import DEFAULT_GROUP
from reports.team.heat_parts import ChangePart, FacetRow, FacetsPart, PersonChange, TechnicalRow
from reports.team.parts import (
    MatchRow,
    NeedsPart,
    PersonRow,
    TeamMark,
    TeamPair,
    TeamQuadrant,
    TeamView,
    ThingCard,
)

WIDEST = 0.4
"""How far from its whole point a mark may be drawn, so that marks of one point do not cover each other."""
_TURN = math.pi * (3 - math.sqrt(5))
"""From one mark of a point to its next one: the golden angle."""
CLEAR_OF_CUT = 0.05
ERROR_STEP = 0.05
COUNT_DECIMALS = 1
"""Of expected counts that leave the page: those with somebody less those without are that one's own."""

Cell: TypeAlias = tuple[float, float]
Column = TypeVar("Column")
Named = TypeVar("Named", ThingCard, PersonRow, MatchRow, TechnicalRow, PersonChange)


def on_paper(view: TeamView) -> TeamView:
    """The view without names in the picture and without ids anywhere. Twice is the same as once."""
    return replace(
        view,
        quadrant=None if view.quadrant is None else _unnamed(view.quadrant),
        needs=told_needs(view),
        things=_without_ids(one for one in view.things if not one.page_only),
        people=_without_ids(view.people),
        matches=replace(view.matches, rows=_without_ids(view.matches.rows)),
        technical=None
        if view.technical is None
        else replace(view.technical, rows=_without_ids(view.technical.rows)),
        facets=told_facets(view),
        untold=_of_files(view, view.untold),
        change=told_change(view),
    )


def told_facets(view: TeamView) -> FacetsPart | None:
    """The groups whose figures are published; None where there are only the leader's own ratings."""
    part = view.facets
    if part is None or all(head.page_only for head in part.heads):
        return None
    rows: tuple[FacetRow, ...] = tuple(replace(row, cells=_of_files(view, row.cells)) for row in part.rows)
    return replace(part, heads=_of_files(view, part.heads), rows=rows)


def _of_files(view: TeamView, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    heads = () if view.facets is None else view.facets.heads
    return tuple(one for one, head in zip(columns, heads, strict=True) if not head.page_only)


def told_change(view: TeamView) -> ChangePart | None:
    """What has changed of each person; None where there is only the group."""
    part = view.change
    if part is None or not part.people:
        return None
    people = _without_ids(part.people)
    return replace(part, finding=part.on_paper, who="", rows=(), axis=("", "", ""), people=people)


def _without_ids(rows: Iterable[Named]) -> tuple[Named, ...]:
    ids = ("person_id", "task_id", "talk_id", "people")
    return tuple(
        replace(row, **{name: type(getattr(row, name))() for name in ids if hasattr(row, name)})
        for row in rows
    )


def told_needs(view: TeamView) -> tuple[NeedsPart, ...]:
    """The expected counts as far as they may leave the page: of at least five people, in tenths. Counts of a
    few, or exact ones of all but one, would be the probabilities of somebody."""
    return tuple(_in_tenths(part) for part in view.needs if _people_of(view, part) >= DEFAULT_GROUP)


def _people_of(view: TeamView, part: NeedsPart) -> int:
    """How many people are counted in a part; of two with one name and no id one is."""
    return len(
        {
            row.person_id or row.name
            for row in view.people
            for side in row.sides
            if side.perspective == part.perspective and side.level is not None
        }
    )


def _in_tenths(part: NeedsPart) -> NeedsPart:
    rows = []
    for row in part.rows:
        count = round(row.count, COUNT_DECIMALS)
        rows.append(replace(row, count=count, bar=replace(row.bar, filled=count)))
    return replace(part, rows=tuple(rows))


def _unnamed(part: TeamQuadrant) -> TeamQuadrant:
    """Marks at whole points, in the order of their places: that order tells no names."""
    if part.caption == part.on_paper:
        return part  # done before
    points = [tuple(_point(mark, part) for mark in pair.marks) for pair in part.pairs]
    spread = _spread(sorted(points, key=lambda marks: [(one.x, one.y, one.shape) for one in marks]), part)
    ordered = sorted(spread, key=lambda marks: [(one.x, one.y, one.shape) for one in marks])
    pairs = tuple(TeamPair(number=0, label="", task_id="", marks=marks) for marks in ordered)
    return replace(part, pairs=pairs, numbered=False, caption=part.on_paper, typical=_typical(part))


def _typical(part: TeamQuadrant) -> tuple[float, float] | None:
    """The median standard errors, in twentieths of a point: those of nobody in particular."""
    marks = [mark for pair in part.pairs for mark in pair.marks]
    across, up = (
        sorted(error for mark in marks if (error := getattr(mark, name)) > 0) for name in ("x_sem", "y_sem")
    )
    if not across or not up:
        return None
    return tuple(round(errors[len(errors) // 2] / ERROR_STEP) * ERROR_STEP for errors in (across, up))


def _point(mark: TeamMark, part: TeamQuadrant) -> TeamMark:
    return TeamMark(
        number=0,
        shape=mark.shape,
        label="",
        x=_whole(mark.x, part.frame.cut_across),
        y=_whole(mark.y, part.frame.cut_up),
        x_sem=0.0,
        y_sem=0.0,
    )


def _whole(score: float, cut: float) -> float:
    """The nearest whole point in the same field: a mark never contradicts the need in the list."""
    nearest = float(round(score))
    if score < cut:
        return min(nearest, math.ceil(cut) - 1.0)
    return max(nearest, float(math.ceil(cut)))


def _spread(points: list[tuple[TeamMark, ...]], part: TeamQuadrant) -> list[tuple[TeamMark, ...]]:
    """Marks of one whole point as a round cluster about it, by their number there and by nothing else."""
    total: dict[Cell, int] = {}
    for mark in (mark for marks in points for mark in marks):
        total[mark.x, mark.y] = total.get((mark.x, mark.y), 0) + 1
    drawn: dict[Cell, int] = {}
    found = []
    for marks in points:
        moved = []
        for mark in marks:
            cell = mark.x, mark.y
            number = drawn[cell] = drawn.get(cell, -1) + 1
            far = WIDEST * math.sqrt(number / total[cell])
            moved.append(
                replace(
                    mark,
                    x=_within(part, mark.x, far * math.cos(_TURN * number), part.frame.cut_across),
                    y=_within(part, mark.y, far * math.sin(_TURN * number), part.frame.cut_up),
                )
            )
        found.append(tuple(moved))
    return found


def _within(part: TeamQuadrant, whole: float, moved: float, cut: float) -> float:
    """On the axis, and on that side of the cut on which the whole point is."""
    value = min(max(whole + moved, part.frame.lo), part.frame.hi)
    return round(max(value, cut) if whole >= cut else min(value, cut - CLEAR_OF_CUT), 2)
