"""Small bars for tables: over- and under-leading, the fit of a match, and a difference with its interval."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.canvas import Axis, template
from reports.leader.parts import LeadingRow
from reports.leader.people_parts import MatchPart, MatchSide, RaterRow, RatersPart

WIDTH = 200.0
MARGIN = 9.0
HEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class Strip:
    """A point with its interval on an axis, in drawing units. `zero` is where a line marks nought."""

    finding: str
    ticks: tuple[float, ...]
    x: float | None
    low: float
    high: float
    zero: float | None
    beyond: bool


def _strip(
    finding: str,
    axis: Axis,
    ticks: tuple[float, ...],
    point: float | None,
    ends: tuple[float | None, float | None],
) -> Strip:
    low, high = (point if end is None else end for end in ends)
    return Strip(
        finding=finding,
        ticks=tuple(axis.at(tick) for tick in ticks),
        x=None if point is None else axis.at(point),
        low=axis.at(low or 0.0),
        high=axis.at(high or 0.0),
        zero=None,
        beyond=False,
    )


def _draw(strip: Strip) -> Markup:
    return Markup(template("strip.svg").render(s=strip, width=WIDTH, height=HEIGHT))  # noqa: S704


def leading_bar(row: LeadingRow) -> Markup:
    """Over- or under-leading as SVG: the share of the possible situations, from none to all."""
    axis = Axis(0.0, 1.0, MARGIN, WIDTH - MARGIN)
    return _draw(_strip(row.finding, axis, (0.0, 0.25, 0.5, 0.75, 1.0), row.share, (row.low, row.high)))


def share_axis() -> Markup:
    """The numbers above a column of shares, in percent. Decoration, as `difference_axis`."""
    axis = Axis(0.0, 1.0, MARGIN, WIDTH - MARGIN)
    ticks = ((axis.at(0.0), "0"), (axis.at(0.5), "50"), (WIDTH, "100 %"))
    return Markup(template("difference_axis.svg").render(ticks=ticks, width=WIDTH))  # noqa: S704


def fit_bar(side: MatchSide, part: MatchPart) -> Markup:
    """The expected fit as SVG, from the lowest to the highest weight."""
    axis = Axis(part.lowest, part.highest, MARGIN, WIDTH - MARGIN)
    ticks = tuple(float(tick) for tick in axis.ticks())
    return _draw(_strip(side.finding, axis, ticks, side.fit, (side.fit_low, side.fit_high)))


def difference_bar(row: RaterRow) -> Markup:
    """Own minus others as SVG, with a line at nought; a difference beyond error is drawn filled."""
    axis = Axis(-row.limit, row.limit, MARGIN, WIDTH - MARGIN)
    strip = _strip(row.finding, axis, (-row.limit, row.limit), row.difference, (row.low, row.high))
    drawn = Strip(
        finding=strip.finding,
        ticks=strip.ticks,
        x=strip.x,
        low=strip.low,
        high=strip.high,
        zero=axis.at(0.0),
        beyond=row.kind != "none",
    )
    return _draw(drawn)


def difference_axis(part: RatersPart) -> Markup:
    """The numbers above a column of differences. Decoration: hidden from readers who hear the table."""
    places = (MARGIN, WIDTH / 2, WIDTH - MARGIN)
    return Markup(  # noqa: S704
        template("difference_axis.svg").render(ticks=tuple(zip(places, part.axis, strict=True)), width=WIDTH)
    )
