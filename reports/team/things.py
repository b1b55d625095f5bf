"""The words of the three things to do: what, why, and where. One function a kind, in one visible table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assess.language.direction import unturned
from assess.store.ids import parse_time
from assess.team_profiles.types import TeamPerson, Thing, ThingKind
from questionnaires.definition import StyleId
from reports.team.inputs import STYLES, Team
from reports.team.matches import risk_of
from reports.team.parts import Target, ThingCard

TWO_VIEWS = 2


def things(team: Team) -> tuple[ThingCard, ...]:
    """The cards in the order in which the rules chose them."""
    return tuple(_card(team, thing) for thing in team.found.things)


def _card(team: Team, thing: Thing) -> ThingCard:
    title, why = WORDS[thing.kind](team, thing)
    target = TARGETS[thing.kind]
    alone = thing.people[0].id if len(thing.people) == 1 else ""
    person = next((one for one in team.found.people if alone and one.person.id == alone), None)
    task_id = _task_of(person, thing)
    talk_id = ""
    if target == "person" and person is not None and person.next_talk is not None:
        target, talk_id = "talk", person.next_talk.talk_id
        day = team.words.day(person.next_talk.starts_at.astimezone(team.zone).date())
        told = team.words.say("Your talk is on {day}: take it up there.", day=day)
        why = f"{why} {told}"
    if target == "person" and not task_id:
        target = "needs"
    return ThingCard(
        kind=thing.kind,
        title=title,
        why=why,
        way=_way(team, target),
        target=target,
        person_id=alone,
        task_id=task_id,
        talk_id=talk_id,
        people=tuple(one.id for one in thing.people) if len(thing.people) > 1 else (),
        page_only=thing.values.get("source") == "ratings",
    )


def _task_of(person: TeamPerson | None, thing: Thing) -> str:
    """The leader's task whose result holds the thing's job area; "" for nobody in particular."""
    if person is None:
        return ""
    wanted = thing.job_area.id if thing.job_area else ""
    found = next((area.task_id for area in person.areas if area.area_id == wanted), None)
    return found or person.task_id or ""


def _way(team: Team, target: Target) -> str:
    words = team.words
    return {
        "rate": words.say("Go to whom you rate"),
        "person": words.say("See the whole result"),
        "talk": words.say("Go to the talk"),
        "plan-talk": words.say("Plan the talk"),
        "talks": words.say("Go to your talks"),
        "style": words.say("Go to the questionnaires for you"),
        "own-style": words.say("See your leadership style"),
        "facets": words.say("See the team’s results"),
        "needs": words.say("See who needs what"),
    }[target]


# --- one function a kind ---------------------------------------------------------------------------


def _rate(team: Team, thing: Thing) -> tuple[str, str]:
    words, closes_at = team.words, str(thing.values.get("closes_at", ""))
    why = words.count(
        "Your view of this person is missing. Until you have submitted, neither of you sees how the other "
        "looks at the work.",
        "Your view of {number} people is missing. Until you have submitted, none of you sees how the other "
        "looks at the work.",
        len(thing.people),
    )
    if closes_at:
        day = words.day(parse_time(closes_at).astimezone(team.zone).date())
        until = words.say("Open until {day}.", day=day)
        why = f"{why} {until}"
    return words.say("Rate {people}", people=_people(team, thing)), why


def _overdue(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say("Follow up what you have agreed with {people}", people=_people(team, thing)),
        words.say("The day for it has passed, and nobody has written what became of it."),
    )


def _views_differ(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    title = words.say(
        "Ask {people} how the work looks from there{area}",
        people=_people(team, thing),
        area=_in_area(team, thing),
    )
    why = words.say(
        "Your two views do not point the same way. The difference is worth hearing before any advice."
    )
    return title, _and_more(team, thing, why)


def _over(team: Team, thing: Thing) -> tuple[str, str]:
    words, who, area = team.words, _people(team, thing), _in_area(team, thing)
    title = (
        words.say("Try to give {people} more room{area}", people=who, area=area)
        if _is_agreed(thing)
        else words.say("Ask {people} how much room would help{area}", people=who, area=area)
    )
    risk = (
        words.say("The risk of over-leading is high.")
        if _is_high(thing)
        else words.say("There is some risk of over-leading.")
    )
    return title, _and_more(team, thing, f"{risk} {_styles(team, thing)}")


def _under(team: Team, thing: Thing) -> tuple[str, str]:
    words, who, area = team.words, _people(team, thing), _in_area(team, thing)
    title = (
        words.say("Try to be closer to {people}{area}", people=who, area=area)
        if _is_agreed(thing)
        else words.say("Ask {people} how much help would be right{area}", people=who, area=area)
    )
    risk = (
        words.say("The risk of under-leading is high.")
        if _is_high(thing)
        else words.say("There is some risk of under-leading.")
    )
    return title, _and_more(team, thing, f"{risk} {_styles(team, thing)}")


def _fell(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    title = words.say(
        "Ask {people} what has changed{area}", people=_people(team, thing), area=_in_area(team, thing)
    )
    why = words.say(
        "Your rating has fallen since {wave}, by more than error in measuring explains. Look at time, goals "
        "and help first.",
        wave=str(thing.values.get("wave", "")),
    )
    return title, _and_more(team, thing, why)


def _plan(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    return (
        words.say("Plan a talk with {people}", people=_people(team, thing)),
        words.say("There has been no development talk for a year, and none is planned."),
    )


def _practise(team: Team, thing: Thing) -> tuple[str, str]:
    words, style = team.words, thing.values.get("style")
    return (
        words.say("Practise one style: {style}", style=words.style_mention(_style(style))),
        words.say(
            "It is called for in about {called_for} of what your people do, and you choose it in {share}.",
            called_for=words.near_percent(float(thing.values.get("called_for", 0.0))),
            share=words.near_percent(float(thing.values.get("share", 0.0))),
        ),
    )


def _answer_style(team: Team, thing: Thing) -> tuple[str, str]:  # noqa: ARG001
    words = team.words
    return (
        words.say("Answer the questionnaire about your own leadership style"),
        words.say("Then you see where you hold tighter or looser than your people need."),
    )


def _facet(team: Team, thing: Thing) -> tuple[str, str]:
    words = team.words
    mean = words.score(float(thing.values.get("mean", 0.0)))
    scale = words.scale_mention(str(thing.values.get("scale", "")))
    found = (
        words.say("In your own ratings it is low on average ({mean}), by more than chance.", mean=mean)
        if thing.values.get("source") == "ratings"
        else words.say(
            "In the team’s own answers it is low on average ({mean}), by more than chance.", mean=mean
        )
    )
    ask = words.say("Ask what would help before you decide anything.")
    return words.say("Take up “{scale}” with the whole team", scale=scale), f"{found} {ask}"


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


def _style(value: object) -> StyleId:
    return next((style for style in STYLES if style == value), STYLES[0])


def _is_high(thing: Thing) -> bool:
    return risk_of(float(thing.values.get("risk", 1.0))) == "high"


def _is_agreed(thing: Thing) -> bool:
    """Whether two views mean the same: else a question comes before another style."""
    return thing.values["views"] == TWO_VIEWS


def _styles(team: Team, thing: Thing) -> str:
    """What seems to be called for, and what the leader probably chooses."""
    values, words = thing.values, team.words
    told = words.say(
        "What seems to be called for is {called_for}; what you probably choose is {likely}.",
        called_for=words.style_mention(_style(values["called_for"])),
        likely=words.style_mention(_style(values["likely"])),
    )
    if _is_agreed(thing):
        return told
    alone = words.say("That is your rating alone: hear the other view before you lead differently.")
    return f"{told} {alone}"


def _and_more(team: Team, thing: Thing, why: str) -> str:
    more = int(thing.values.get("more", 0))
    if not more:
        return why
    told = team.words.count("There is {number} more like this.", "There are {number} more like this.", more)
    return f"{why} {told}"


def _people(team: Team, thing: Thing) -> str:
    return team.people([one.name for one in thing.people])


def _in_area(team: Team, thing: Thing) -> str:
    """The job area, with the wave where what is shown of the person in it is of an older one."""
    wanted = thing.job_area.id if thing.job_area else ""
    shown = (area for person, area in team.rows() if area.area_id == wanted and person.person in thing.people)
    older = next((team.older_wave(area) for area in shown), "")
    wave = f" ({older})" if older else ""
    if thing.job_area is None:
        return wave
    area = unturned(thing.job_area.name(team.words.language))
    return team.words.say(" in “{area}”", area=area) + wave
