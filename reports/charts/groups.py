"""A group's figure as a bar: a point with its interval, a range without a point, or a share filled from 0."""

from __future__ import annotations

from markupsafe import Markup

from reports.charts.canvas import Axis, template
from reports.group.parts import GroupBar

WIDTH = 200.0
MARGIN = 9.0
HEIGHT = 20.0


def group_bar(bar: GroupBar) -> Markup:
    """One row as SVG, `WIDTH` by `HEIGHT` units."""
    axis = Axis(bar.lo, bar.hi, MARGIN, WIDTH - MARGIN)
    places = {
        name: None if value is None else axis.at(value)
        for name, value in (
            ("point", bar.point),
            ("low", bar.low),
            ("high", bar.high),
            ("filled", bar.filled),
        )
    }
    return Markup(  # noqa: S704
        template("group_bar.svg").render(
            finding=bar.finding,
            ticks=tuple(axis.at(tick) for tick in bar.ticks),
            start=MARGIN,
            width=WIDTH,
            height=HEIGHT,
            **places,
        )
    )


def ends_axis(ends: tuple[str, str]) -> Markup:
    """The two ends above a column of bars. Decoration: the values stand beside it."""
    ticks = ((MARGIN, ends[0]), (WIDTH / 2, ""), (WIDTH - MARGIN, ends[1]))
    return Markup(template("difference_axis.svg").render(ticks=ticks, width=WIDTH))  # noqa: S704
