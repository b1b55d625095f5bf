"""Interval bars: one row of a table as a picture, and the axis that stands above the rows."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.canvas import Axis, template
from reports.view.parts import Mark, ScaleRow

WIDTH = 200.0
MARGIN = 9.0
LANE = 16.0
"""Height of one voice's lane in drawing units."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One voice's point and interval; `low` and `high` are equal where no precision is known."""

    mark: Mark
    y: float
    x: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """Everything the template needs, in drawing units."""

    row: ScaleRow
    height: float
    ticks: tuple[float, ...]
    cut: float | None
    lanes: tuple[Lane, ...]


def axis(row: ScaleRow) -> Axis:
    """The horizontal axis that all bars of this scale share."""
    return Axis(row.lo, row.hi, MARGIN, WIDTH - MARGIN)


def geometry(row: ScaleRow) -> Bar:
    """Coordinates of a bar `WIDTH` units wide, one lane for each voice that has a score."""
    x_axis = axis(row)
    lanes = []
    for number, mark in enumerate(row.marks):
        if mark.score is None:
            continue
        low = mark.score if mark.low is None else mark.low
        high = mark.score if mark.high is None else mark.high
        y = LANE * (number + 0.5) + 2
        lanes.append(Lane(mark, y, x_axis.at(mark.score), x_axis.at(low), x_axis.at(high)))
    return Bar(
        row=row,
        height=LANE * max(len(row.marks), 1) + 4,
        ticks=tuple(x_axis.at(t) for t in x_axis.ticks(row.ticks)),
        cut=None if row.cut is None else x_axis.at(row.cut),
        lanes=tuple(lanes),
    )


def interval_bar(row: ScaleRow) -> Markup:
    """One scale as SVG: the interval as a bar, the score as the voice's shape, the cut as a line."""
    return Markup(template("bar.svg").render(b=geometry(row), width=WIDTH))  # noqa: S704


def scale_axis(row: ScaleRow) -> Markup:
    """The numbers above a column of bars. Decoration: hidden from readers who hear the table instead."""
    x_axis = axis(row)
    ticks = tuple((x_axis.at(t), str(t)) for t in x_axis.ticks(row.ticks))
    return Markup(template("axis.svg").render(ticks=ticks, width=WIDTH, row=row))  # noqa: S704
