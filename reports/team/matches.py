"""The match list: how the leader's usual choices meet each person, with both risks in words."""

from __future__ import annotations

from assess.language.direction import unturned
from assess.scoring.style_results import Match, MatchView
from assess.team_profiles.types import PersonArea, TeamPerson
from questionnaires.definition import StyleId
from reports.leader.meeting import HIGH, MODERATE
from reports.team.inputs import STYLES, Team
from reports.team.parts import MatchesPart, MatchRow, Risk

TWO_DECIMALS = 2


def matches(team: Team) -> MatchesPart:
    """All persons and job areas with a match, alphabetically."""
    found = [
        (person, area, area.match)
        for person, area in team.rows()
        if area.match is not None and area.match.views
    ]
    rows = tuple(_row(team, *row) for row in found)
    return MatchesPart(finding=_finding(team, rows), note=_note(team, rows), rows=rows)


def risk_of(share: float) -> Risk:
    """In the words of the leader's own report, by the percentage that stands there."""
    shown = round(share, TWO_DECIMALS)
    if shown < MODERATE:
        return "low"
    return "moderate" if shown < HIGH else "high"


def risk_words(team: Team, risk: Risk) -> str:
    words = team.words
    return {
        "low": words.say("low risk"),
        "moderate": words.say("moderate risk"),
        "high": words.say("high risk"),
    }[risk]


def _row(team: Team, person: TeamPerson, area: PersonArea, found: Match) -> MatchRow:
    view, words = found.views[0], team.words
    calls_for, likely = _top(view.called_for), _top(view.likely)
    over, under = risk_of(view.over), risk_of(view.under)
    return MatchRow(
        person_id=person.person.id,
        name=unturned(person.person.name),
        area=team.area_name(area),
        task_id=area.task_id or person.task_id or "",
        need=team.need(view.level) if not view.borderline else _between(team, view),
        calls_for_style=calls_for,
        calls_for=words.style_mention(calls_for),
        likely_style=likely,
        likely=words.style_mention(likely),
        over=over,
        under=under,
        over_words=risk_words(team, over),
        under_words=risk_words(team, under),
        hint=_hint(team, found),
    )


def _top(shares: dict[StyleId, float]) -> StyleId:
    return max(STYLES, key=lambda style: shares.get(style, 0.0))


def _between(team: Team, view: MatchView) -> str:
    first, second = sorted(view.levels, key=lambda one: (-one.probability, one.level))[:2]
    quadrants = team.quadrants
    if quadrants is not None and first.probability + second.probability < quadrants.borderline_below:
        return team.words.say("Between several needs, nearest to “{first}”", first=team.need(first.level))
    return team.words.say(
        "Between two needs: “{first}” and “{second}”",
        first=team.need(first.level),
        second=team.need(second.level),
    )


def _hint(team: Team, found: Match) -> str:
    """Advice, under the rule of agreement alone; elsewhere a question comes first, and `_note` says so."""
    if not found.advice_allowed or found.advice_level is None:
        return ""
    texts = team.words.texts.levels.get(found.advice_level)
    return team.words.fill(texts.advice[0]) if texts is not None and texts.advice else ""


def _note(team: Team, rows: tuple[MatchRow, ...]) -> str:
    words = team.words
    if not team.found.has_style:
        return words.say(
            "You have not answered the questionnaire about your own leadership style, or not enough of it. "
            "With it you see here how your usual choices meet what each person needs."
        )
    if not rows:
        return words.say(
            "There is nobody here yet. Once you have rated somebody, you see here how your usual choices "
            "meet what that person needs."
        )
    estimate = words.say(
        "An estimate to talk about, by your own view of the person where you have one. Over-leading is "
        "holding tighter than is called for, under-leading looser. A first step stands where both of you "
        "probably mean the same need. Elsewhere ask first what would help."
    )
    at = team.found.style_at
    if at is None:
        return estimate
    day = words.day(at.astimezone(team.zone).date())
    return " ".join((estimate, words.say("Your likely style is by your answers about it of {day}.", day=day)))


def _finding(team: Team, rows: tuple[MatchRow, ...]) -> str:
    if not rows:
        return ""
    words = team.words
    over, under = (sum(getattr(row, side) == "high" for row in rows) for side in ("over", "under"))
    if not over and not under:
        return words.say("Nowhere is a risk high.")
    parts = []
    if over:
        parts.append(
            words.count(
                "The risk of over-leading is high in {number} place.",
                "The risk of over-leading is high in {number} places.",
                over,
            )
        )
    if under:
        parts.append(
            words.count(
                "The risk of under-leading is high in {number} place.",
                "The risk of under-leading is high in {number} places.",
                under,
            )
        )
    return " ".join(parts)
