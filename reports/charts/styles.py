"""Leadership styles as shapes and patterns, told apart without colour: the profile, and marks in text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from markupsafe import Markup

from questionnaires.definition import StyleId
from reports.charts.canvas import Axis, template
from reports.leader.parts import StyleProfile, StyleRow

WIDTH = 320.0
LEFT, RIGHT = 30.0, 306.0
LANE = 36.0
BAR = 18.0
RAISED = 4.0
"""The bar stands above the middle of its lane, the interval below it."""
TOP = 6.0
STEP = 0.25
"""The axis of shares ends at a quarter, a half, three quarters or the whole."""
_DIAGONAL, _DOTS, _LINES = 6.0, 5.0, 5.0


@dataclass(frozen=True, slots=True)
class StyleBar:
    """One style's bar, its pattern and its interval, in drawing units."""

    row: StyleRow
    y: float
    end: float
    low: float
    high: float
    pattern: str


@dataclass(frozen=True, slots=True)
class StyleDrawing:
    """Everything the template needs."""

    profile: StyleProfile
    height: float
    bottom: float
    bars: tuple[StyleBar, ...]
    ticks: tuple[tuple[float, str], ...]


def geometry(profile: StyleProfile) -> StyleDrawing:
    """Coordinates of the four bars, `WIDTH` units wide."""
    most = max((row.high for row in profile.rows), default=1.0)
    end = next(end for end in (0.25, 0.5, 0.75, 1.0) if most <= end or end == 1.0)
    axis = Axis(0.0, end, LEFT, RIGHT)
    bars = []
    for number, row in enumerate(profile.rows):
        y = TOP + LANE * number + LANE / 2
        bars.append(
            StyleBar(
                row=row,
                y=y,
                end=axis.at(row.share),
                low=axis.at(row.low),
                high=axis.at(row.high),
                pattern=pattern(
                    row.style, LEFT, y - RAISED - BAR / 2, axis.at(row.share), y - RAISED + BAR / 2
                ),
            )
        )
    bottom = TOP + LANE * len(profile.rows)
    steps = 5 if end <= 2 * STEP else round(end / STEP)
    ticks = tuple((axis.at(end * n / steps), str(round(100 * end * n / steps))) for n in range(steps + 1))
    return StyleDrawing(profile=profile, height=bottom + 21, bottom=bottom, bars=tuple(bars), ticks=ticks)


def percent_sign(profile: StyleProfile) -> str:
    """As the language of the profile writes it behind a number: with a space or without."""
    words = next((row.share_words for row in profile.rows if row.share_words.endswith("%")), "0 %")
    return words.lstrip("0123456789")


def pattern(style: StyleId, left: float, top: float, right: float, bottom: float) -> str:
    """The strokes that fill a rectangle in a style's pattern: diagonals, dots or lines; S1 is solid.

    Paths and not `<pattern>`: that would need an id, and two charts on a page would share it.
    """
    if right <= left or style == "S1":
        return ""
    if style == "S2":
        return _diagonals(left, top, right, bottom)
    if style == "S3":
        return _dots(left, top, right, bottom)
    rows = _between(top, bottom, _LINES)
    return "".join(f"M{left:.1f} {y:.1f}H{right:.1f}" for y in rows)


def _between(start: float, end: float, step: float) -> list[float]:
    count = int((end - start) / step)
    first = (start + end - step * (count - 1)) / 2
    return [first + step * n for n in range(count)]


def _diagonals(left: float, top: float, right: float, bottom: float) -> str:
    """Lines x + y = c, each from where it enters the rectangle to where it leaves it."""
    strokes = []
    c = left + top + _DIAGONAL
    while c < right + bottom:
        x0, x1 = max(left, c - bottom), min(right, c - top)
        if x1 - x0 > 0.5:
            strokes.append(f"M{x0:.1f} {c - x0:.1f}L{x1:.1f} {c - x1:.1f}")
        c += _DIAGONAL
    return "".join(strokes)


def _dots(left: float, top: float, right: float, bottom: float) -> str:
    """Dots in a grid: strokes of no length with round ends."""
    return "".join(
        f"M{x:.1f} {y:.1f}h.01" for y in _between(top, bottom, _DOTS) for x in _between(left, right, _DOTS)
    )


def style_bars(profile: StyleProfile, small: bool = False) -> Markup:
    """The style profile as SVG. `small`: without the axis, for beside a summary."""
    return Markup(  # noqa: S704
        template("style_bars.svg").render(
            d=geometry(profile), width=WIDTH, small=small, percent=percent_sign(profile)
        )
    )


@lru_cache(maxsize=1)
def style_shapes() -> Markup:
    """The shapes of all styles, drawn nowhere: once on a page, for `style_shape`."""
    return Markup(template("style_shapes.svg").render(styles=get_args(StyleId)))  # noqa: S704


def style_shape(style: StyleId) -> Markup:
    """As `style_mark`, without words and short: for lists. Needs `style_shapes` on the page."""
    return Markup('<svg class="chart chart-key" viewBox="0 0 16 16"><use href="#style-{}"/></svg>').format(
        style
    )


@lru_cache(maxsize=256)
def style_mark(style: StyleId, label: str) -> Markup:
    """The shape of a style, small enough to stand in a line of text; its title is the style's name."""
    return Markup(template("style_mark.svg").render(style=style, label=label))  # noqa: S704
