"""The style that a job area calls for, and what it means for how this very talk is led.

Advice under the agreement rule alone (INSTRUMENTS §1, §3): both views, and Σ p_self·p_manager high enough.
Elsewhere a question comes first, and beside it the styles in question with what would speak for each.
One view never calls for a style.
"""

from __future__ import annotations

from assess.scoring.results import ClassificationResult
from assess.talks.brief_types import TalkBrief
from questionnaires.definition import LevelId, StyleId
from reports.leader.meeting import leaning_at
from reports.talk.alike import means_other_needs
from reports.talk.areas import ShownArea, view_of, wishes_sentence
from reports.talk.parts import StyleForTalk, WayToLead
from reports.talk.speaking import Speaking
from reports.view.parts import Voice
from reports.view.standing import ranked


def styles_for_talk(area: ShownArea, found: TalkBrief, speaking: Speaking) -> StyleForTalk:
    """How to lead the talk about one job area: by the style on which both views agree, else by asking."""
    level = agreed_level(area)
    wishes = wishes_sentence(area)
    if level is None:
        return StyleForTalk(
            job_area=area.name,
            style=None,
            name=speaking.say("Ask before you choose a style"),
            need="",
            how=(_why_not(area, speaking), *_pointed_to(area, speaking)),
            question=_question(area, found, speaking),
            wishes=wishes,
            ways=_ways(area, speaking),
        )
    quadrants = area.found.definition.questionnaire.classification
    assert quadrants is not None
    style = quadrants.levels[level].calls_for
    texts = area.words.texts.levels.get(level)
    return StyleForTalk(
        job_area=area.name,
        style=style,
        name=area.words.style_title(style),
        need=area.words.fill(texts.need) if texts else "",
        how=(how_to_lead(style, speaking), *_leaning(area, level, speaking)),
        question="",
        wishes=wishes,
    )


def agreed_level(area: ShownArea) -> LevelId | None:
    """The level that both views most probably mean, where they agree enough for advice; else None."""
    comparison, own, manager = area.found.comparison, area.found.own, area.found.manager
    if comparison is None or not comparison.advice_allowed or own is None or manager is None:
        return None
    mine, theirs = own.profile.classification, manager.profile.classification
    if mine is None or theirs is None or not mine.probabilities or not theirs.probabilities:
        return None
    return max(mine.probabilities, key=lambda level: mine.probabilities[level] * theirs.probabilities[level])


def how_to_lead(style: StyleId, speaking: Speaking) -> str:
    """What a style looks like in a talk of two, in two or three sentences."""
    name = speaking.person
    return {
        "S1": speaking.say(
            "Be concrete. Begin with what goes well, then say clearly what comes first, how and by when. "
            "End each point with one small step, and let {name} say it in their own words.",
            name=name,
        ),
        "S2": speaking.say(
            "Explain the reasons and show what good looks like. Ask for {name}’s suggestion on each point "
            "and build on it. Agree what you will practise together.",
            name=name,
        ),
        "S3": speaking.say(
            "Ask more than you tell. Find out what is missing: interest, courage, strength or permission. "
            "Let {name} find the first step, and back it.",
            name=name,
        ),
        "S4": speaking.say(
            "Let {name} lead the talk. Ask for the goal and leave the way open. Agree when you will hear "
            "how it goes, and talk about the next challenge.",
            name=name,
        ),
    }[style]


def _why_not(area: ShownArea, speaking: Speaking) -> str:
    if area.found.comparison is None:
        return speaking.say("There is one view only. Ask first, and let the answer decide how you lead on.")
    if means_other_needs(area.found):
        return speaking.say(
            "The two views probably mean different needs. Ask first, and let the answer decide."
        )
    if area.found.comparison.agreement is None:
        return speaking.say(
            "There are too few answers. Ask first, and let the answer decide how you lead on."
        )
    return speaking.say(
        "It is not certain enough that both views mean the same need. Ask first, and let the answer decide."
    )


def _known(area: ShownArea) -> list[tuple[Voice, ClassificationResult]]:
    """The views that point to a style, in reading order."""
    return [
        (voice, found)
        for voice, profile in zip(area.view.voices, area.area.profiles, strict=True)
        if (found := profile.classification) is not None and found.level is not None
    ]


def _likely(area: ShownArea, found: ClassificationResult) -> tuple[StyleId, ...]:
    """The styles that one view points to, likeliest first: two where it lies on a border, else one."""
    quadrants = area.found.definition.questionnaire.classification
    assert quadrants is not None
    levels = ranked(found)[: 2 if found.borderline else 1]
    return tuple(dict.fromkeys(quadrants.levels[level].calls_for for level in levels))


def _pointed_to(area: ShownArea, speaking: Speaking) -> tuple[str, ...]:
    """What each view points to, with its likelihood in words."""
    said = []
    for voice, found in _known(area):
        view, styles = view_of(area, voice), _likely(area, found)
        view = f"{view[:1].upper()}{view[1:]}"
        names = [area.words.style_mention(style) for style in styles]
        if len(names) > 1:
            said.append(
                speaking.say(
                    "{view}: perhaps {first}, perhaps {second}.", view=view, first=names[0], second=names[1]
                )
            )
        else:
            said.append(speaking.say("{view}: probably {style}.", view=view, style=names[0]))
    return (" ".join(said),) if said else ()


def styles_in_question(area: ShownArea) -> tuple[StyleId, ...]:
    """The styles to have in mind where none is advised, in their order: those that some view points to, and
    where all point to one, the next likeliest of the first view beside it. None without any result."""
    known = _known(area)
    named = {style for _, found in known for style in _likely(area, found)}
    if len(named) == 1:
        quadrants = area.found.definition.questionnaire.classification
        assert quadrants is not None
        named |= {quadrants.levels[level].calls_for for level in ranked(known[0][1])[:2]}
    return tuple(sorted(named))


def _ways(area: ShownArea, speaking: Speaking) -> tuple[WayToLead, ...]:
    """How to lead on by what is said: one way for each style in question."""
    return tuple(
        WayToLead(style=style, name=area.words.style_title(style), text=lead_on(style, speaking))
        for style in styles_in_question(area)
    )


def lead_on(style: StyleId, speaking: Speaking) -> str:
    """What is heard that speaks for a style, and how the talk then goes on."""
    name = speaking.person
    return {
        "S1": speaking.say("If {name} asks what comes first: say clearly what, how and by when.", name=name),
        "S2": speaking.say(
            "If {name} asks for the reasons or for practice: explain, and build on {name}’s suggestions.",
            name=name,
        ),
        "S3": speaking.say(
            "If {name} knows how but hesitates: ask what is missing, and back the first step.", name=name
        ),
        "S4": speaking.say(
            "If {name} has the goal and asks for room: leave the way open, and agree when you hear more.",
            name=name,
        ),
    }[style]


def _question(area: ShownArea, found: TalkBrief, speaking: Speaking) -> str:
    """The bank's question between needs where one was chosen for this area, else a common one."""
    chosen = (one.text for one in found.questions if one.pattern == "between-needs")
    here = (
        one.text
        for one in found.questions
        if one.pattern == "between-needs" and one.area_id == area.found.area_id
    )
    return next(
        here,
        next(
            chosen,
            speaking.say(
                "What would help you most: clear instruction, explanation, a listening ear, or a free hand?"
            ),
        ),
    )


def _leaning(area: ShownArea, level: LevelId, speaking: Speaking) -> tuple[str, ...]:
    """What the manager's usual choices come to at this level, where it is known and does not fit."""
    views = area.found.match.views if area.found.match else ()
    leaning = leaning_at(views[0], level) if views else "open"
    if leaning == "over-leading":
        return (speaking.say("You tend to hold tighter than that: leave more room than you are used to."),)
    if leaning == "under-leading":
        return (speaking.say("You tend to hold looser than that: be clearer than you are used to."),)
    return ()
