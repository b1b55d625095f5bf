"""The words of the three things to do: what, why, and where. One function a kind, in one visible table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assess.language.direction import unturned
from assess.team_profiles.types import Thing, ThingKind
from questionnaires.definition import StyleId
from reports.team.inputs import Team
from reports.team.parts import Target, ThingCard


def things(team: Team) -> tuple[ThingCard, ...]:
    """The cards in the order in which the rules chose them."""
    return tuple(_card(team, thing) for thing in team.found.things)


def _card(team: Team, thing: Thing) -> ThingCard:
    title, why = WORDS[thing.kind](team, thing)
    target = TARGETS[thing.kind]
    alone = thing.people[0].id if len(thing.people) == 1 else ""
    task_id = next((one.task_id for one in team.found.people if alone and one.person.id == alone), None)
    if target == "person" and not task_id:
        target = "needs"
    if target == "plan-talk" and not alone:
        target = "talks"
    return ThingCard(
        kind=thing.kind,
        title=title,
        why=why,
        way=_way(team, target),
        target=target,
        person_id=alone,
        task_id=task_id or "",
    )


def _way(team: Team, target: Target) -> str:
    words = team.words
    return {
        "rate": words.say("Go to whom you rate"),
        "person": words.say("See the whole result"),
        "plan-talk": words.say("Plan the talk"),
        "talks": words.say("Go to your talks"),
        "style": words.say("Go to the questionnaires for you"),
        "own-style": words.say("See your leadership style"),
        "facets": words.say("See the team’s results"),
        "needs": words.say("See who needs what"),
    }[target]


# --- one function a kind ---------------------------------------------------------------------------


def _rate(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say("Rate {people}", people=_people(team, thing)),
        words.count(
            "This person is waiting for your view. As long as you have not submitted, neither of you sees "
            "how the other looks at the work.",
            "{number} people are waiting for your view. As long as you have not submitted, none of "
            "you sees how the other looks at the work.",
            max(len(thing.people), 1),
        ),
    )


def _overdue(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say("Follow up what you have agreed with {people}", people=_people(team, thing)),
        words.say("The day for it has passed, and nobody has written that it is done."),
    )


def _views_differ(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say(
            "Ask {people} how the work looks from there{area}",
            people=_people(team, thing),
            area=_in_area(team, thing),
        ),
        words.say("You see it differently, and by more than error in measuring explains."),
    )


def _over(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say("Give {people} more room{area}", people=_people(team, thing), area=_in_area(team, thing)),
        words.say(
            "The risk of over-leading is high: what you usually choose is tighter than what seems to be "
            "called for."
        ),
    )


def _under(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say("Be closer to {people}{area}", people=_people(team, thing), area=_in_area(team, thing)),
        words.say(
            "The risk of under-leading is high: what you usually choose is looser than what seems to be "
            "called for."
        ),
    )


def _fell(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say(
            "Ask {people} what has changed{area}", people=_people(team, thing), area=_in_area(team, thing)
        ),
        words.say(
            "Your rating has fallen since last time, by more than error in measuring explains. Look at time, "
            "goals and help first."
        ),
    )


def _plan(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say("Plan a talk with {people}", people=_people(team, thing)),
        words.say("For a year there has been no development talk, and none is planned."),
    )


def _practise(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    style = thing.values.get("style")
    name = words.style_mention(_style(style)) if style else ""
    return (
        words.say("Practise the style that you use least and your people need: {style}", style=name),
        words.say("It seems to be called for, and your own answers show that you seldom choose it."),
    )


def _answer_style(team: Team, thing: Thing) -> tuple[str, str]:  # noqa: ARG001
    words = team.words
    return (
        words.say("Answer the questionnaire about your own leadership style"),
        words.say("Then you see where you hold tighter or looser than your people need."),
    )


def _facet(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    scale = str(thing.values.get("scale", ""))
    return (
        words.say("Take up “{scale}” with the whole team", scale=words.scale_mention(scale)),
        words.say("It stands low in the team’s own result. Ask what would help before you decide anything."),
    )


WORDS: Mapping[ThingKind, Callable[[Team, Thing], tuple[str, str]]] = MappingProxyType(
    {
        "rate": _rate,
        "overdue-agreement": _overdue,
        "views-differ": _views_differ,
        "over-leading": _over,
        "under-leading": _under,
        "fell": _fell,
        "plan-talk": _plan,
        "practise-style": _practise,
        "answer-style": _answer_style,
        "team-facet": _facet,
    }
)
"""Kind of thing → what to do, and why."""

TARGETS: Mapping[ThingKind, Target] = MappingProxyType(
    {
        "rate": "rate",
        "overdue-agreement": "talks",
        "views-differ": "person",
        "over-leading": "person",
        "under-leading": "person",
        "fell": "person",
        "plan-talk": "plan-talk",
        "practise-style": "own-style",
        "answer-style": "style",
        "team-facet": "facets",
    }
)
"""Kind of thing → where it leads."""


def _style(value: str | int | float) -> StyleId:
    return value if value in ("S1", "S2", "S3", "S4") else "S1"  # type: ignore[return-value]


def _people(team: Team, thing: Thing) -> str:
    return team.people([one.name for one in thing.people])


def _in_area(team: Team, thing: Thing) -> str:
    if thing.job_area is None:
        return ""
    area = unturned(thing.job_area.name(team.words.language))
    return team.words.say(" in “{area}”", area=area)
