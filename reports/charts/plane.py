"""Flexibility beside effectiveness on one picture, with what random and shuffled choices would give."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.canvas import Axis, break_lines, template
from reports.leader.parts import Plane

WIDTH = 320.0
LEFT, RIGHT = 46.0, 312.0
TOP, PLOT_HEIGHT = 8.0, 236.0
LABEL = 14.0
LINE = 17.0
RADIUS_90 = math.sqrt(-2 * math.log(1 - 0.90))
"""Radius, in standard deviations, of the circle that holds 90 % of a two-dimensional normal."""
QUANTILE_95 = 1.6448536
"""Standard deviations on each side of the mean that hold 90 % of a normal."""
NARROWEST = 3.0
HALF_BAR, POINT, CLEAR = 5.0, 9.0, 28.0
"""Half the width of the blind bar; how far the point reaches; the room that a label above the bar needs."""
_STEPS = 64


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text at its baseline."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class PlaneDrawing:
    """Everything the template needs, in drawing units."""

    plane: Plane
    height: float
    bottom: float
    x: float
    y: float
    chance: str
    blind_top: float
    blind_bottom: float
    labels: tuple[Label, ...]
    x_ticks: tuple[Label, ...]
    y_ticks: tuple[Label, ...]
    x_title: Label
    y_title: Label


def geometry(plane: Plane) -> PlaneDrawing:
    """Coordinates of the picture, `WIDTH` units wide."""
    bottom = TOP + PLOT_HEIGHT
    across = Axis(plane.x_lo, plane.x_hi, LEFT, RIGHT)
    up = Axis(plane.y_lo, plane.y_hi, bottom, TOP)
    reach = QUANTILE_95 * plane.blind.sd
    high, low = up.at(plane.blind.mean + reach), up.at(plane.blind.mean - reach)
    if low - high < NARROWEST:
        high, low = (high + low - NARROWEST) / 2, (high + low + NARROWEST) / 2
    step = 5 if plane.y_hi - plane.y_lo <= 30 else 10
    y_values = range(-(-round(plane.y_lo) // step) * step, round(plane.y_hi) + 1, step)
    return PlaneDrawing(
        plane=plane,
        height=bottom + 42,
        bottom=bottom,
        x=across.at(plane.x),
        y=up.at(plane.y),
        chance=_ellipse(plane, across, up),
        blind_top=high,
        blind_bottom=low,
        labels=_labels(plane, across, up, high),
        x_ticks=tuple(Label(across.at(v), bottom + 16, str(v)) for v in (0, 5, 10, 15, 20, 25, 30)),
        y_ticks=tuple(Label(LEFT - 7, up.at(v) + 4.5, str(v), "end") for v in y_values),
        x_title=Label((LEFT + RIGHT) / 2, bottom + 36, f"{plane.across} →"),
        y_title=Label(14, (TOP + bottom) / 2, f"{plane.up} →"),
    )


def _ellipse(plane: Plane, across: Axis, up: Axis) -> str:
    """90 of 100 sheets answered at random, cut off at the ends of both axes."""
    corners = []
    for step in range(_STEPS):
        angle = 2 * math.pi * step / _STEPS
        x = across.at(plane.chance_x.mean + RADIUS_90 * plane.chance_x.sd * math.cos(angle))
        y = up.at(plane.chance_y.mean + RADIUS_90 * plane.chance_y.sd * math.sin(angle))
        corners.append(f"{x:.1f} {y:.1f}")
    return "M" + "L".join(corners) + "Z"


def _labels(plane: Plane, across: Axis, up: Axis, blind_top: float) -> tuple[Label, ...]:
    """Names of the two regions: chance under its ellipse; the shuffled choices above their bar, or beside it
    where the point is in the way."""
    x, y = across.at(plane.x), up.at(plane.y)
    chance = _chance_label(plane, across, up)
    on_the_right = x > (LEFT + RIGHT) / 2
    anchor = "end" if on_the_right else "start"
    top = blind_top
    if x > across.at(plane.chance_x.mean - RADIUS_90 * plane.chance_x.sd):
        top = min(top, up.at(plane.chance_y.mean + RADIUS_90 * plane.chance_y.sd))
    if not top - CLEAR < y < top + POINT and top - LABEL > TOP:
        edge = x + HALF_BAR if on_the_right else x - HALF_BAR
        return chance, Label(edge, top - 5, plane.blind.label, anchor)
    side, end = (x - 13, LEFT) if on_the_right else (x + 13, RIGHT)
    lines = break_lines(plane.blind.label, abs(side - end) - 4, LABEL, 3)
    first = max(blind_top + LABEL, TOP + LABEL)
    return (chance, *(Label(side, first + LINE * n, line, anchor) for n, line in enumerate(lines)))


def _chance_label(plane: Plane, across: Axis, up: Axis) -> Label:
    """Under the ellipse, and under the own bar and point where these are in its way."""
    middle, x = across.at(plane.chance_x.mean), across.at(plane.x)
    below = up.at(plane.chance_y.mean - RADIUS_90 * plane.chance_y.sd) + LABEL + 3
    if abs(x - middle) > len(plane.chance_x.label) * LABEL / 4 + POINT:
        return Label(middle, below, plane.chance_x.label)
    reach = QUANTILE_95 * plane.blind.sd
    bar = (up.at(plane.blind.mean + reach), up.at(plane.blind.mean - reach))
    point = (up.at(plane.y) - POINT, up.at(plane.y) + POINT)
    for top, bottom in sorted((bar, point), key=lambda span: span[1]):
        if top < below and bottom > below - LABEL:
            below = bottom + LABEL
    return Label(middle, min(below, TOP + PLOT_HEIGHT - 3), plane.chance_x.label)


def flexibility_effectiveness(plane: Plane, small: bool = False) -> Markup:
    """The picture as SVG. `small`: without words and numbers, for beside a summary."""
    return Markup(template("plane.svg").render(d=geometry(plane), width=WIDTH, small=small))  # noqa: S704
