"""The quadrant of a view: corners named by their needs, a point for each voice that has one."""

from __future__ import annotations

from assess.scoring.results import Profile
from questionnaires.definition import Quadrants
from reports.view.inputs import Area, find_scale
from reports.view.parts import Corner, Point, Quadrant, Standing, Voice
from reports.view.standing import need, standing_words


def make_quadrant(area: Area, standings: tuple[Standing, ...]) -> Quadrant | None:
    """The picture, or None where the questionnaire has no levels or no voice has both scores."""
    classification = area.classification
    if classification is None:
        return None
    points = tuple(
        point
        for standing, profile in zip(standings, area.profiles, strict=True)
        if (point := _point(classification, standing.voice, profile)) is not None
    )
    if not points:
        return None
    words = area.words
    ranges = [r for p in area.profiles for a in _axes(classification) if (r := find_scale(p, a)) is not None]
    return Quadrant(
        across=words.scale_name(classification.across),
        up=words.scale_name(classification.up),
        lo=min(r.lo for r in ranges),
        hi=max(r.hi for r in ranges),
        cut_across=classification.cuts[classification.across],
        cut_up=classification.cuts[classification.up],
        corners=_corners(area, classification, standings),
        points=points,
        finding=". ".join(standing_words(standing) for standing in standings),
        caption=_caption(area, points),
        legend=tuple(point.label for point in points),
        ticks=area.ticks(*_axes(classification)),
    )


def _axes(classification: Quadrants) -> tuple[str, str]:
    return classification.across, classification.up


def _corners(area: Area, classification: Quadrants, standings: tuple[Standing, ...]) -> tuple[Corner, ...]:
    """Upper left, upper right, lower left, lower right; likely are the needs that the own headline names."""
    own = standings[0]
    likely = {chance.level for chance in own.chances[: len(own.needs)]}
    levels = sorted(
        classification.levels.items(), key=lambda entry: (entry[1].up == "low", entry[1].across == "high")
    )
    return tuple(
        Corner(
            level=level,
            need=need(area.words, level),
            calls_for=where.calls_for,
            style=area.words.style_name(where.calls_for),
            high_across=where.across == "high",
            high_up=where.up == "high",
            likely=level in likely,
        )
        for level, where in levels
    )


def _point(classification: Quadrants, voice: Voice, profile: Profile) -> Point | None:
    across, up = (find_scale(profile, scale) for scale in _axes(classification))
    if across is None or up is None or across.score is None or up.score is None:
        return None
    return Point(
        perspective=voice.perspective,
        shape=voice.shape,
        label=voice.label,
        x=across.score,
        y=up.score,
        x_sem=across.sem or 0.0,
        y_sem=up.sem or 0.0,
    )


def _caption(area: Area, points: tuple[Point, ...]) -> str:
    words = area.words
    if not any(point.x_sem and point.y_sem for point in points):
        return words.say("The point shows the two scores.")
    return words.say(
        "No measurement is exact. The true place is within the inner ring in 50 of 100 cases, "
        "and within the outer ring in 90 of 100."
    )
