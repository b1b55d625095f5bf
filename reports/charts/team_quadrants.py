"""The quadrant of a team: a mark for each view of each person and job area, and a line between two views.

Few are numbered and carry their uncertainty; of many only the places can be read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts import quadrants
from reports.charts.canvas import Axis, template
from reports.charts.quadrants import LEFT, RIGHT, Drawing
from reports.team.parts import MOST_WITH_BOTH_RINGS, TeamMark, TeamQuadrant

NUMBERED, PLAIN = 8.5, 4.0
"""Radii of marks with and without a number, in drawing units."""
CLEAR = 0.92
"""Numbered marks keep this part of their width from each other, so that each number can be read …"""
FARTHEST = 11.0
"""… but none is moved farther than this from where it belongs."""
_ROUNDS = 60
GAP = 12.0
"""Room about the ring under the picture."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark where it is drawn, and its rings around where it belongs (the inner one first)."""

    mark: TeamMark
    x: float
    y: float
    rings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamDrawing:
    """Everything the template needs, in drawing units. `half`: half the width of a diamond."""

    frame: Drawing
    height: float
    numbered: bool
    radius: float
    half: float
    spots: tuple[Spot, ...]
    joins: tuple[str, ...]
    ring: str
    """Under the picture, in its measure: the uncertainty of any mark; "" where each has its own."""


def geometry(part: TeamQuadrant) -> TeamDrawing:
    """Coordinates of a team's quadrant, `quadrants.WIDTH` units wide."""
    frame = quadrants.geometry(part.frame)
    axes = (
        Axis(part.frame.lo, part.frame.hi, LEFT, RIGHT),
        Axis(part.frame.lo, part.frame.hi, frame.bottom, frame.top),
    )
    marks = [mark for pair in part.pairs for mark in pair.marks]
    true = [(axes[0].at(mark.x), axes[1].at(mark.y)) for mark in marks]
    radius = NUMBERED if part.numbered else PLAIN
    drawn = apart(true, 2 * radius * CLEAR, FARTHEST) if part.numbered else true
    spots = tuple(
        Spot(mark, *place, _rings(part, mark, axes, len(marks)))
        for mark, place in zip(marks, drawn, strict=True)
    )
    ring, tall = _one_ring(part, axes, frame.height)
    return TeamDrawing(
        frame=frame,
        height=frame.height + (0.0 if not ring else 2 * tall + GAP),
        numbered=part.numbered,
        radius=radius,
        half=radius * 1.35,
        spots=spots,
        joins=_joins(part, spots),
        ring=ring,
    )


def _one_ring(part: TeamQuadrant, axes: tuple[Axis, Axis], below: float) -> tuple[str, float]:
    """The ring that stands for all, under the picture, and half its height."""
    if part.typical is None:
        return "", 0.0
    across, up = (
        abs(axis.at(part.frame.lo + sem * quadrants.RADIUS_50) - axis.at(part.frame.lo))
        for axis, sem in zip(axes, part.typical, strict=True)
    )
    if not (across and up):
        return "", 0.0
    x, y = (LEFT + RIGHT) / 2, below + up + GAP / 2
    arc = f"a{across:.1f} {up:.1f} 0 1 0"
    return f"M{x - across:.1f} {y:.1f}{arc} {2 * across:.1f} 0{arc} {-2 * across:.1f} 0z", up


def _rings(part: TeamQuadrant, mark: TeamMark, axes: tuple[Axis, Axis], marks: int) -> tuple[str, ...]:
    if not part.numbered:
        return ()
    radii = (
        (quadrants.RADIUS_50, quadrants.RADIUS_90)
        if marks <= MOST_WITH_BOTH_RINGS
        else (quadrants.RADIUS_50,)
    )
    paths = (quadrants.region((mark.x, mark.y), (mark.x_sem, mark.y_sem), radius, axes) for radius in radii)
    return tuple(path for path in paths if path)


def _joins(part: TeamQuadrant, spots: tuple[Spot, ...]) -> tuple[str, ...]:
    lines, rest = [], iter(spots)
    for pair in part.pairs:
        ends = [next(rest) for _ in pair.marks]
        if len(ends) == 2:
            lines.append(f"M{ends[0].x:.1f} {ends[0].y:.1f}L{ends[1].x:.1f} {ends[1].y:.1f}")
    return tuple(lines)


def apart(places: Sequence[tuple[float, float]], least: float, farthest: float) -> list[tuple[float, float]]:
    """The places, pushed from each other until they are `least` apart or `farthest` from where they were.

    Deterministic: places that coincide part in directions by their order. All in drawing units.
    """
    now = [list(place) for place in places]
    for _ in range(_ROUNDS):
        moved = False
        for one in range(len(now)):
            for other in range(one + 1, len(now)):
                moved |= _push(now[one], now[other], least, other)
        for place, home in zip(now, places, strict=True):
            _leash(place, home, farthest)
        if not moved:
            break
    return [(place[0], place[1]) for place in now]


def _push(one: list[float], other: list[float], least: float, order: int) -> bool:
    """Moves both half of what they lack; whether they moved."""
    x, y = other[0] - one[0], other[1] - one[1]
    distance = math.hypot(x, y)
    if distance >= least - 0.01:
        return False
    if distance < 0.01:
        x, y, distance = math.cos(2.4 * order), math.sin(2.4 * order), 1.0
        lacking = least / 2
    else:
        lacking = (least - distance) / 2
    for place, way in ((one, -1), (other, 1)):
        place[0] += way * lacking * x / distance
        place[1] += way * lacking * y / distance
    return True


def _leash(place: list[float], home: tuple[float, float], farthest: float) -> None:
    x, y = place[0] - home[0], place[1] - home[1]
    distance = math.hypot(x, y)
    if distance > farthest:
        place[0] = home[0] + x * farthest / distance
        place[1] = home[1] + y * farthest / distance


def team_quadrant(part: TeamQuadrant) -> Markup:
    """The picture as SVG; its title is the finding, that of a mark whose view it is."""
    return Markup(template("team_quadrant.svg").render(d=geometry(part), finding=part.finding))  # noqa: S704
