"""Two views on one person: the difference of each scale with its interval, around nought."""

from __future__ import annotations

from markupsafe import Markup

from reports.charts.canvas import Axis, template
from reports.charts.intervals import HEIGHT, MARGIN, WIDTH, Strip
from reports.talk.parts import TalkArea, TalkDifference


def views_bar(found: TalkDifference) -> Markup:
    """A difference as SVG: the interval as a bar, the point filled where it lies beyond chance."""
    axis = Axis(-found.limit, found.limit, MARGIN, WIDTH - MARGIN)
    point = found.row.difference
    strip = Strip(
        finding=found.finding,
        ticks=(axis.at(-found.limit), axis.at(found.limit)),
        x=None if point is None else axis.at(point),
        low=axis.at(_end(found.low, point)),
        high=axis.at(_end(found.high, point)),
        zero=axis.at(0.0),
        beyond=found.row.beyond,
    )
    return Markup(template("strip.svg").render(s=strip, width=WIDTH, height=HEIGHT))  # noqa: S704


def _end(end: float | None, point: float | None) -> float:
    """An end of the interval; where its error is not known, the point itself."""
    return end if end is not None else point or 0.0


def views_axis(area: TalkArea) -> Markup:
    """The numbers above a column of differences. Decoration: hidden from readers who hear the table."""
    places = (MARGIN, WIDTH / 2, WIDTH - MARGIN)
    ticks = tuple(zip(places, area.axis, strict=True))
    return Markup(template("difference_axis.svg").render(ticks=ticks, width=WIDTH))  # noqa: S704
