"""Charts of the technical manual: histograms, curves of standard errors, points with intervals in tables."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.canvas import Axis, short_number, template
from reports.manual.blocks import Column, Curve, Histogram, Strip

WIDTH, HEIGHT = 250.0, 118.0
LEFT, RIGHT, TOP, BOTTOM = 36.0, 244.0, 8.0, 94.0
STRIP_WIDTH, STRIP_MARGIN = 118.0, 14.0
GAP = 1.5
"""Between two bars."""
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class HistogramBar:
    """One bar in drawing units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class HistogramDrawing:
    """Everything the template needs. `levels`: heights of the grid and what stands beside them."""

    finding: str
    bars: tuple[HistogramBar, ...]
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    mean: float
    cut: float | None


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    """Everything the template needs; `path` is the curve."""

    finding: str
    path: str
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]


def histogram_geometry(chart: Histogram) -> HistogramDrawing:
    """Coordinates of a histogram, its axis of shares ending at the step above the highest bar."""
    across = Axis(chart.lo, chart.hi, LEFT, RIGHT)
    highest = max((part.share for part in chart.bins), default=0.0)
    step = next((step for step in _STEPS if highest <= 4 * step), 0.5)
    top = step * max(-(-highest // step), 1)
    up = Axis(0.0, top, BOTTOM, TOP)
    bars = []
    for part in chart.bins:
        x, end = across.at(part.low) + GAP / 2, across.at(part.high) - GAP / 2
        y = up.at(part.share)
        if part.share > 0:
            bars.append(HistogramBar(x=x, y=y, width=end - x, height=BOTTOM - y))
    number = round(top / step)
    levels = tuple(
        (up.at(step * n), f"{100 * step * n:g}" + (" %" if n == number else "")) for n in range(number + 1)
    )
    return HistogramDrawing(
        finding=chart.finding,
        bars=tuple(bars),
        ticks=tuple((across.at(place), text) for place, text in chart.ticks),
        levels=levels,
        mean=across.at(chart.mean),
        cut=None if chart.cut is None else across.at(chart.cut),
    )


def curve_geometry(chart: Curve) -> CurveDrawing:
    """Coordinates of a curve; what lies above the axis is cut off at its end."""
    across = Axis(chart.points[0][0], chart.points[-1][0], LEFT, RIGHT)
    up = Axis(0.0, chart.highest, BOTTOM, TOP)
    places = (f"{short_number(across.at(x))} {short_number(up.at(y))}" for x, y in chart.points)
    return CurveDrawing(
        finding=chart.finding,
        path="M" + "L".join(places),
        ticks=tuple((across.at(place), text) for place, text in chart.ticks),
        levels=tuple((up.at(level), text) for level, text in chart.levels),
    )


def histogram(chart: Histogram) -> Markup:
    """A histogram as SVG: bars of shares, the mean as a triangle on the axis, a cut as a dashed line."""
    return _draw("histogram.svg", histogram_geometry(chart))


def curve(chart: Curve) -> Markup:
    """A curve as SVG."""
    return _draw("curve.svg", curve_geometry(chart))


def _draw(name: str, drawing: HistogramDrawing | CurveDrawing) -> Markup:
    return Markup(  # noqa: S704
        template(name).render(d=drawing, width=WIDTH, height=HEIGHT, left=LEFT, right=RIGHT, bottom=BOTTOM)
    )


def table_strip(strip: Strip) -> Markup:
    """A point with its interval as SVG, for a cell of a table."""
    axis = Axis(strip.lo, strip.hi, STRIP_MARGIN, STRIP_WIDTH - STRIP_MARGIN)
    known = strip.low is not None and strip.high is not None
    return Markup(  # noqa: S704
        template("table_strip.svg").render(
            s=strip,
            width=STRIP_WIDTH,
            value=None if strip.value is None else axis.at(strip.value),
            ends=(axis.at(strip.low or 0.0), axis.at(strip.high or 0.0)) if known else None,
            lines=tuple(axis.at(line) for line in strip.lines),
        )
    )


def table_axis(column: Column) -> Markup:
    """The numbers above a column of strips. Decoration: hidden from readers who hear the table."""
    axis = Axis(column.ticks[0][0], column.ticks[-1][0], STRIP_MARGIN, STRIP_WIDTH - STRIP_MARGIN)
    ticks = tuple((axis.at(place), text) for place, text in column.ticks)
    return Markup(template("table_axis.svg").render(ticks=ticks, width=STRIP_WIDTH))  # noqa: S704
