"""The quadrant: two scales cut once each, a point for each voice, and the uncertainty around it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.canvas import Axis, break_lines, template
from reports.view.parts import Corner, Point, Quadrant

WIDTH = 320.0
LEFT, RIGHT = 40.0, 316.0
PLOT_HEIGHT = 236.0
COMPACT = (4.0, 272.0, 140.0)
"""Left, right and height of the plot where a quadrant is printed small, with labels as large."""
LABEL = 14.0
LINE = 17.0
RADIUS_50 = math.sqrt(-2 * math.log(1 - 0.50))
RADIUS_90 = math.sqrt(-2 * math.log(1 - 0.90))
"""Radii, in standard errors, of the circles that hold 50 % and 90 % of a two-dimensional normal."""
_STEPS = 64


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at its baseline."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One quadrant's rectangle and its label, whose lines stand outside the plot."""

    corner: Corner
    x: float
    y: float
    width: float
    height: float
    anchor: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A point and its two regions as SVG paths."""

    point: Point
    x: float
    y: float
    half: str
    most: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template needs, in drawing units."""

    part: Quadrant
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    cut_x: float
    cut_y: float
    fields: tuple[Field, ...]
    places: tuple[Place, ...]
    x_ticks: tuple[Line, ...]
    y_ticks: tuple[Line, ...]
    x_title: tuple[Line, ...]
    y_title: tuple[Line, ...]


def geometry(part: Quadrant, labelled: bool = True, compact: bool = False) -> Drawing:
    """Coordinates of a quadrant `WIDTH` units wide, a compact one less; its height follows the longest
    labels."""
    left, right, plot_height = COMPACT if compact else (LEFT, RIGHT, PLOT_HEIGHT)
    split = (left + right) / 2
    wrapped = {c.level: break_lines(c.need, split - left - 6, LABEL) for c in part.corners}
    top = 6.0
    if labelled:
        top += LINE * max((len(wrapped[c.level]) for c in part.corners if c.high_up), default=0)
    bottom = top + plot_height
    x_axis = Axis(part.lo, part.hi, left, right)
    y_axis = Axis(part.lo, part.hi, bottom, top)
    cut_x, cut_y = x_axis.at(part.cut_across), y_axis.at(part.cut_up)
    below = bottom + (2 if compact else 18)
    lows = max((len(wrapped[c.level]) for c in part.corners if not c.high_up), default=0) if labelled else 0
    title_at = below + LINE * lows + 20
    x_title = break_lines(f"{part.across} →", right - left, LABEL, 2)
    fields = tuple(
        _field(c, wrapped[c.level] if labelled else (), (left, right, cut_x, cut_y, top, bottom, below))
        for c in part.corners
    )
    return Drawing(
        part=part,
        width=right + 4,
        height=below + LINE * lows + 6 if compact else title_at + LINE * (len(x_title) - 1) + 6,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        cut_x=cut_x,
        cut_y=cut_y,
        fields=fields,
        places=tuple(_place(point, x_axis, y_axis) for point in part.points),
        x_ticks=tuple(Line(x_axis.at(t), bottom + 15, str(t)) for t in x_axis.ticks(part.ticks)),
        y_ticks=tuple(Line(left - 6, y_axis.at(t) + 4.5, str(t)) for t in y_axis.ticks(part.ticks)),
        x_title=tuple(Line(split, title_at + LINE * i, text) for i, text in enumerate(x_title)),
        y_title=_upward(part.up, (top + bottom) / 2),
    )


def _upward(title: str, middle: float) -> tuple[Line, ...]:
    lines = break_lines(f"{title} →", PLOT_HEIGHT, LABEL, 1)
    return tuple(Line(14 + LINE * i, middle, text) for i, text in enumerate(lines))


def _field(corner: Corner, words: tuple[str, ...], box: tuple[float, ...]) -> Field:
    """Upper labels end just above the plot, lower ones begin under the ticks; outer edges align."""
    left, right, cut_x, cut_y, top, bottom, below = box
    x, width = (cut_x, right - cut_x) if corner.high_across else (left, cut_x - left)
    y, height = (top, cut_y - top) if corner.high_up else (cut_y, bottom - cut_y)
    at = right if corner.high_across else left
    first = top - 7 - LINE * (len(words) - 1) if corner.high_up else below + LINE
    lines = tuple(Line(at, first + LINE * i, text) for i, text in enumerate(words))
    return Field(corner, x, y, width, height, "end" if corner.high_across else "start", lines)


def _place(point: Point, x_axis: Axis, y_axis: Axis) -> Place:
    centre, errors, axes = (point.x, point.y), (point.x_sem, point.y_sem), (x_axis, y_axis)
    return Place(
        point=point,
        x=x_axis.at(point.x),
        y=y_axis.at(point.y),
        half=region(centre, errors, RADIUS_50, axes),
        most=region(centre, errors, RADIUS_90, axes),
    )


def region(
    centre: tuple[float, float], errors: tuple[float, float], radius: float, axes: tuple[Axis, Axis]
) -> str:
    """The ellipse of `radius` standard errors as a path, cut off at the ends of the scales; "" where an
    error is not known.

    The centre lies inside the scales, so moving each outlying point to the nearest end traces the
    border of the ellipse within the plot; no clip path (which would need an id) is necessary.
    """
    if not (errors[0] > 0 and errors[1] > 0):
        return ""
    corners = []
    for step in range(_STEPS):
        angle = 2 * math.pi * step / _STEPS
        x = axes[0].at(centre[0] + radius * errors[0] * math.cos(angle))
        y = axes[1].at(centre[1] + radius * errors[1] * math.sin(angle))
        corners.append(f"{x:.1f} {y:.1f}")
    return "M" + "L".join(corners) + "Z"


def quadrant(part: Quadrant, labelled: bool = True, compact: bool = False) -> Markup:
    """The quadrant as SVG. Without labels it is the small picture beside a summary; a compact one has its
    needs, and neither numbers nor the names of the axes, which then stand beneath it."""
    drawing = geometry(part, labelled, compact)
    return Markup(  # noqa: S704
        template("quadrant.svg").render(d=drawing, labelled=labelled, compact=compact)
    )
