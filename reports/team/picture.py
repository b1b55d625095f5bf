"""The quadrant of a team, and the distribution over the needs."""

from __future__ import annotations

from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.profiles_seen.types import SeenProfile, View
from assess.team_profiles.types import Expected, PersonArea, TeamPerson
from questionnaires.definition import Quadrants
from reports.group.parts import GroupBar
from reports.team.inputs import VIEWS, Team, find, seen
from reports.team.parts import (
    MOST_WITH_BOTH_RINGS,
    NeedRow,
    NeedsPart,
    TeamMark,
    TeamPair,
    TeamQuadrant,
    VoiceKey,
)
from reports.view.parts import Corner, MarkShape, Quadrant

MOST_NUMBERED = 24
"""Up to so many persons and job areas are numbered and carry their uncertainty."""
HALF = 0.5
"""From this share on a need is named as the one of most."""
CLEARLY_MORE, CLEARLY_TIMES = 1.0, 1.5
"""What is called most frequent leads the next one by so many, or by so many times."""
PATTERN = 3
"""Fewer profiles make no distribution worth a sentence."""
SHAPES: dict[str, MarkShape] = {"manager": "disc", "self": "diamond"}
"""As on the page of one person: the reader's own view is the disc."""


def voices(team: Team) -> tuple[VoiceKey, ...]:
    """The views that there are, the leader's first."""
    there = {one.perspective for _, area in team.rows() for one in seen(area)}
    return tuple(VoiceKey(shape=SHAPES[view], label=team.voice(view)) for view in VIEWS if view in there)


# --- the quadrant ----------------------------------------------------------------------------------


def quadrant(team: Team) -> TeamQuadrant | None:
    """The picture; None where no profile has both scores."""
    cuts = team.quadrants
    if cuts is None:
        return None
    drawn = [
        (person, area, marks)
        for person, area in team.rows()
        if (marks := [one for one in seen(area) if _place(cuts, one) is not None])
    ]
    if not drawn:
        return None
    numbered = len(drawn) <= MOST_NUMBERED
    pairs = tuple(
        _pair(team, cuts, number if numbered else 0, *row) for number, row in enumerate(drawn, start=1)
    )
    finding = " ".join(part for part in (_clear(team), _apart(team)) if part)
    return TeamQuadrant(
        frame=_frame(team, cuts, finding),
        pairs=pairs,
        numbered=numbered,
        finding=finding,
        caption=_caption(team, marks=sum(len(marks) for *_, marks in drawn), numbered=numbered),
        on_paper=team.words.say(
            "Each mark is one view of one person in one job area; a line joins two views. On paper they have "
            "no names, and each stands close to the nearest whole point. The ring shows how far any of them "
            "can easily be off: in 50 of 100 cases the true place is within it."
        ),
    )


def _place(cuts: Quadrants, one: SeenProfile) -> tuple[float, float, float, float] | None:
    across, up = find(one, cuts.across), find(one, cuts.up)
    if across is None or up is None or across.score is None or up.score is None:
        return None
    return across.score, up.score, across.sem or 0.0, up.sem or 0.0


def _pair(
    team: Team, cuts: Quadrants, number: int, person: TeamPerson, area: PersonArea, views: list[SeenProfile]
) -> TeamPair:
    label = " · ".join(part for part in (person.person.name, team.area_name(area)) if part)
    marks = []
    for one in views:
        place = _place(cuts, one)
        if place is not None:
            marks.append(
                TeamMark(
                    number=number,
                    shape=SHAPES[one.perspective],
                    label=f"{label} ({team.voice(one.perspective)})",
                    x=place[0],
                    y=place[1],
                    x_sem=place[2],
                    y_sem=place[3],
                )
            )
    return TeamPair(
        number=number, label=label, task_id=area.task_id or person.task_id or "", marks=tuple(marks)
    )


def _frame(team: Team, cuts: Quadrants, finding: str) -> Quadrant:
    words = team.words
    ends = [team.range_of[axis] for axis in (cuts.across, cuts.up)]
    order = sorted(cuts.levels.items(), key=lambda entry: (entry[1].up == "low", entry[1].across == "high"))
    return Quadrant(
        across=words.scale_name(cuts.across),
        up=words.scale_name(cuts.up),
        lo=min(lo for lo, _ in ends),
        hi=max(hi for _, hi in ends),
        cut_across=cuts.cuts[cuts.across],
        cut_up=cuts.cuts[cuts.up],
        corners=tuple(
            Corner(
                level=level,
                need=team.need(level),
                calls_for=where.calls_for,
                style=words.style_name(where.calls_for),
                high_across=where.across == "high",
                high_up=where.up == "high",
                likely=False,
            )
            for level, where in order
        ),
        points=(),
        finding=finding,
        caption="",
        legend=(),
    )


def _clear(team: Team) -> str:
    """How many lie clearly in one field, by the leader's own view where there is one."""
    results = [seen(area)[0].profile.classification for _, area in team.rows()]
    known = [one for one in results if one is not None and one.level is not None]
    if not known:
        return ""
    clear = sum(not one.borderline for one in known)
    if clear == len(known):
        return team.words.count(
            "It lies clearly in one field.", "All {number} lie clearly in one field.", clear
        )
    if not clear and len(known) == 2:
        return team.words.say("Both lie close to a border, which is common.")
    if not clear:
        return team.words.count(
            "It lies close to a border, which is common.",
            "All {number} lie close to a border, which is common.",
            len(known),
        )
    return team.words.count(
        "{clear} of {number} lies clearly in one field; the others lie close to a border, which is common.",
        "{clear} of {number} lie clearly in one field; the others lie close to a border, which is common.",
        len(known),
        clear=str(clear),
    )


def _apart(team: Team) -> str:
    """In how many pairs the two views mean different needs, by the rule of the list; "" without any."""
    pairs = [area for _, area in team.rows() if area.comparison is not None]
    if not pairs:
        return ""
    apart = sum(area.views_differ for area in pairs)
    if not apart:
        return team.words.count(
            "In the one place with both views they do not differ about the need.",
            "In none of the {number} places with both views do they differ about the need.",
            len(pairs),
        )
    return team.words.count(
        "In the one place with both views they differ about the need.",
        "In {apart} of {number} places with both views they differ about the need.",
        len(pairs),
        apart=str(apart),
    )


def _caption(team: Team, *, marks: int, numbered: bool) -> str:
    words = team.words
    if not numbered:
        return words.say("Each mark is one view of one person in one job area. A line joins two views.")
    ring = (
        words.say(
            "No measurement is exact: the true place is within the inner ring in 50 of 100 cases, and within "
            "the outer one in 90."
        )
        if marks <= MOST_WITH_BOTH_RINGS
        else words.say("No measurement is exact: the true place is within the ring in 50 of 100 cases.")
    )
    what = words.say("Each number is one person in one job area; a line joins two views.")
    moved = words.say("Marks that would cover each other are moved a little.")
    return f"{what} {ring} {moved}"


# --- the needs -------------------------------------------------------------------------------------


def needs(team: Team) -> tuple[NeedsPart, ...]:
    """The expected counts, one part for each view that there is, the leader's first."""
    order = {view: place for place, view in enumerate(VIEWS)}
    found = sorted((one for one in team.found.expected if one.total), key=lambda one: order[one.perspective])
    return tuple(_needs(team, one) for one in found)


def _needs(team: Team, expected: Expected) -> NeedsPart:
    words, total = team.words, expected.total
    total_words = (
        words.count("your {number} rating", "your {number} ratings", total)
        if expected.perspective == "manager"
        else words.count("the only own view", "the {number} own views", total)
    )
    older = _older(team, expected)
    if older:
        total_words = f"{total_words} ({older})"
    return NeedsPart(
        perspective=expected.perspective,
        label=team.voice(expected.perspective),
        total=total,
        total_words=total_words,
        finding=_finding(team, expected, total_words),
        rows=tuple(
            NeedRow(
                level=level,
                name=team.need(level),
                count=count,
                words=words.score(count),
                bar=_bar(team, level, count, total),
            )
            for level, count in sorted(expected.counts.items())
        ),
    )


def needs_on_page(team: Team) -> str:
    """Which views are counted on the page alone, and why: of a few the counts would tell of somebody."""
    words = team.words
    few = [
        team.voice(one.perspective)
        for one in team.found.expected
        if one.total and len(people_counted(team, one.perspective)) < DEFAULT_GROUP
    ]
    if not few:
        return ""
    return words.say(
        "Not in the document and the tables ({views}): under {least} people single answers could be worked "
        "out from the numbers. They stand on the page alone.",
        views=words.listing(few),
        least=str(DEFAULT_GROUP),
    )


def people_counted(team: Team, perspective: View) -> frozenset[str]:
    """Ids of those whose profiles have a level in this view."""
    return frozenset(
        person.person.id
        for person, area in team.rows()
        for one in seen(area)
        if one.perspective == perspective
        and one.profile.classification is not None
        and one.profile.classification.level is not None
    )


def _older(team: Team, expected: Expected) -> str:
    """How many of those counted are of an older wave than the newest, and of which; "" where none is."""
    waves = [
        wave
        for _, area in team.rows()
        for one in seen(area)
        if one.perspective == expected.perspective
        and (result := one.profile.classification) is not None
        and result.level is not None
        and (wave := team.older_wave(area))
    ]
    if not waves:
        return ""
    return team.words.count(
        "{number} of them from {waves}",
        "{number} of them from {waves}",
        len(waves),
        waves=team.words.listing(list(dict.fromkeys(waves))),
    )


def _finding(team: Team, expected: Expected, total_words: str) -> str:
    if expected.total < PATTERN:
        return team.words.say("Too few for a pattern: look at each person alone.")
    ranked = sorted(expected.counts.items(), key=lambda entry: (-entry[1], entry[0]))
    (level, count), (_, following) = ranked[:2]
    if count - following < CLEARLY_MORE and count < CLEARLY_TIMES * following:
        return team.words.say("The needs differ, and none is clearly the most frequent.")
    values = {"need": team.need(level), "count": team.words.whole(round(count)), "total": total_words}
    if count >= HALF * expected.total:
        return team.words.say("Most often it is “{need}”: about {count} of {total}.", **values)
    return team.words.say("The needs differ; most often it is “{need}”, about {count} of {total}.", **values)


def _bar(team: Team, level: str, count: float, total: int) -> GroupBar:
    return GroupBar(
        finding=f"{team.need(level)}: {team.words.score(count)}",  # type: ignore[arg-type]
        lo=0.0,
        hi=float(total),
        ticks=tuple(total * part / 4 for part in range(5)),
        point=None,
        low=None,
        high=None,
        filled=count,
    )
