"""The match list: how the leader's usual choices meet each person, with both risks in words."""

from __future__ import annotations

from assess.language.direction import unturned
from assess.scoring.style_results import Match
from assess.team_profiles.types import PersonArea, TeamPerson
from questionnaires.definition import StyleId
from reports.leader.named import HIGH, MODERATE, TWO_NEEDS, common_question, named_styles, need_of, why_high
from reports.team.inputs import Team
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
    return MatchesPart(
        finding=_finding(team, rows),
        note=_note(team, rows),
        why=why_high(team.words) if rows else "",
        absent=_absent(team),
        rows=rows,
    )


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
    called, likely = named_styles(view)
    over, under = risk_of(view.over), risk_of(view.under)
    quadrants = team.quadrants
    hint = _hint(team, found)
    return MatchRow(
        person_id=person.person.id,
        name=unturned(person.person.name),
        area=team.area_name(area),
        task_id=area.task_id or person.task_id or "",
        need=need_of(words, team.need, view, quadrants.borderline_below if quadrants else TWO_NEEDS),
        calls_for_styles=called,
        calls_for=_either(team, called),
        likely_styles=likely,
        likely=_either(team, likely),
        over=over,
        under=under,
        over_words=risk_words(team, over),
        under_words=risk_words(team, under),
        hint=hint,
        question="" if hint else _question(team, found),
    )


def _either(team: Team, styles: tuple[StyleId, ...]) -> str:
    """One style, or two without a number: beside technical scores one would tell the psychological one."""
    names = [team.words.style_mention(style) for style in styles]
    if len(names) == 1:
        return names[0]
    return team.words.say("{first} or {second}", first=names[0], second=names[1])


def _hint(team: Team, found: Match) -> str:
    """Advice, under the rule of agreement alone; elsewhere a question comes first, and `_note` says so."""
    if not found.advice_allowed or found.advice_level is None:
        return ""
    texts = team.words.texts.levels.get(found.advice_level)
    return team.words.fill(texts.advice[0]) if texts is not None and texts.advice else ""


def _question(team: Team, found: Match) -> str:
    """What to ask before any change of style: about the need where one stands out, else openly."""
    view, words = found.views[0], team.words
    if view.borderline or len({one.level for one in found.views}) > 1:
        return common_question(words)
    return {
        "M1": words.say("What is clear right now, and what is hard to get started on?"),
        "M2": words.say("What would you like to learn now, and how would you learn it best?"),
        "M3": words.say("What is going well these days, and is anything holding you back?"),
        "M4": words.say("Where would you like a freer hand, and what help would you still like?"),
    }[view.level]


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


def _absent(team: Team) -> str:
    """Who stands in the picture and not here, and why: a match goes by the leader's own rating."""
    if not team.found.has_style:
        return ""
    there = [(one, area) for one, area in team.rows() if area.match is None or not area.match.views]
    words = team.words
    unrated = [_place(team, *entry) for entry in there if entry[1].manager is None]
    short = [_place(team, *entry) for entry in there if entry[1].manager is not None]
    told = []
    if unrated:
        told.append(
            words.say(
                "Not in this list, because you have not rated it: {places}.", places=team.people(unrated)
            )
        )
    if short:
        told.append(
            words.say(
                "Not in this list, because too few answers were given: {places}.", places=team.people(short)
            )
        )
    return " ".join(told)


def _place(team: Team, person: TeamPerson, area: PersonArea) -> str:
    name, where = unturned(person.person.name), team.area_name(area)
    return f"{name} ({where})" if where else name


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
