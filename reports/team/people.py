"""Each person in each job area, in words: what is needed, how sure that is, whether two views go together."""

from __future__ import annotations

from assess.language.direction import unturned
from assess.profiles_seen.types import SeenProfile
from assess.scoring.results import ClassificationResult
from assess.team_profiles.types import PersonArea, TeamPerson
from questionnaires.definition import LevelId
from reports.team.inputs import Team, seen
from reports.team.parts import NeedSide, PersonRow
from reports.view.standing import ranked


def people(team: Team) -> tuple[PersonRow, ...]:
    """One row for each person and job area of which anything may be seen, alphabetically."""
    return tuple(_row(team, person, area) for person, area in team.rows())


def others(team: Team) -> str:
    """Members of the own units of whom nothing may be seen: how many, and never why."""
    number = team.found.others
    if not number:
        return ""
    return team.words.count(
        "{number} more person in your units is not shown. Either you have not rated this person, or nothing "
        "is shared with you; which of these it is, this page never tells.",
        "{number} more people in your units are not shown. Either you have not rated them, or nothing is "
        "shared with you; which of these it is, this page never tells.",
        number,
    )


def _row(team: Team, person: TeamPerson, area: PersonArea) -> PersonRow:
    talk = person.next_talk
    return PersonRow(
        person_id=person.person.id,
        name=unturned(person.person.name),
        first_name=unturned(person.person.first_name),
        unit=person.unit,
        area=team.area_name(area),
        task_id=area.task_id or person.task_id or "",
        sides=tuple(_side(team, one) for one in seen(area)),
        agreement=_agreement(team, area),
        talk_id="" if talk is None else talk.talk_id,
        next_talk="" if talk is None else team.words.day(talk.starts_at.astimezone(team.zone).date()),
    )


def _side(team: Team, one: SeenProfile) -> NeedSide:
    words, result = team.words, one.profile.classification
    day = words.day(one.made_at.astimezone(team.zone).date())
    label = team.voice(one.perspective)
    if result is None or result.level is None:
        return NeedSide(
            perspective=one.perspective,
            label=label,
            level=None,
            need=words.say("Too few answers for a result"),
            certainty="",
            is_clear=False,
            day=day,
        )
    return NeedSide(
        perspective=one.perspective,
        label=label,
        level=result.level,
        need=need_words(team, result),
        certainty=certainty(team, result),
        is_clear=not result.borderline,
        day=day,
    )


def need_words(team: Team, result: ClassificationResult) -> str:
    """The need, or the two that a borderline result lies between. Needs a level."""
    first, second = (team.need(level) for level in ranked(result)[:2])
    if not result.borderline:
        return first
    quadrants = team.quadrants
    two = sum(sorted(result.probabilities.values())[-2:])
    if quadrants is not None and two < quadrants.borderline_below:
        return team.words.say("Between several needs, nearest to “{first}”", first=first)
    return team.words.say("Between two needs: “{first}” and “{second}”", first=first, second=second)


def certainty(team: Team, result: ClassificationResult) -> str:
    """How sure the need is, in words: with a number beside the technical score, the psychological number of a
    named person could be worked out."""
    if result.borderline:
        return team.words.say("close to a border")
    return team.words.say("fairly clear")


def levels_of(area: PersonArea) -> tuple[LevelId, ...]:
    """The nearest level of each view that has one."""
    results = (one.profile.classification for one in seen(area))
    return tuple(found.level for found in results if found is not None and found.level is not None)


def _agreement(team: Team, area: PersonArea) -> str:
    """Whether both views mean the same need, by the rule under which advice is given."""
    levels = levels_of(area)
    if area.comparison is None or len(levels) < 2:
        return ""
    if area.comparison.advice_allowed:
        return team.words.say("Both views point the same way.")
    if area.views_differ:
        return team.words.say("The views differ: begin the talk there.")
    return team.words.say("Probably the same need, and not certain enough to say so.")
