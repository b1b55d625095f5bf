"""Working conditions beside low results: which parts may be called low, in whose view, and what to ask.

Low psychological results always stand beside frames and workload. A part is *called* low only where that is
certain: in the low band by more than a standard error of measurement, and no strength in the other view.
"""

from __future__ import annotations

from collections.abc import Iterator

from assess.scoring.results import Profile, ScaleResult
from questionnaires.definition import Definition
from reports.view.inputs import Area, find_scale
from reports.view.parts import Box
from reports.view.words import READERS, voice_mention

CLEARLY_ABOVE = 0.5
"""Score units above the cut of the high band from which a view is said to see a strength: half the way to the
next answer."""


def frames(area: Area) -> Box | None:
    """Frames and workload, beside every low result upward (psychological), whoever sees it so."""
    concerned = _concerned(area)
    if not concerned:
        return None
    words = area.words
    beside = words.say(
        "That has as much to do with working conditions as with the person: the amount of work, clear "
        "goals, time to do things properly, tools that work, and people getting along."
    )
    low = tuple(_who_sees_what_low(area))
    named = low or (words.say("Worth a closer look: {scales}.", scales=words.scale_listing(concerned)),)
    ask = (
        words.say(
            "Ask each other: What drains energy right now? What could we change about working"
            " conditions within a month?"
        )
        if area.has_talk
        else words.say(
            "Ask yourself: What drains energy right now? What could you change about working"
            " conditions within a month, and who could help?"
        )
    )
    return Box(title=words.say("Look at working conditions first"), lines=(" ".join((*named, beside)), ask))


def is_strength(definition: Definition, result: ScaleResult) -> bool:
    """In the high band and clearly above its cut: what lies on the cut may stand in a domain that is low."""
    bands = definition.questionnaire.scales[result.id].bands
    if result.band != "high" or bands is None or result.score is None:
        return False
    return result.score >= bands[1] + CLEARLY_ABOVE


def is_clearly_low(definition: Definition, result: ScaleResult) -> bool:
    """In the low band by more than one standard error of measurement; never where that is not known."""
    bands = definition.questionnaire.scales[result.id].bands
    if result.band != "low" or bands is None or result.score is None or result.sem is None:
        return False
    return result.score + result.sem < bands[0]


def _concerned(area: Area) -> tuple[str, ...]:
    """The facets of the upward scale in the low band for any voice; without any, the scale itself where a
    voice has it under its cut by more than a standard error of measurement."""
    classification = area.classification
    if classification is None:
        return ()
    up, cut = classification.up, classification.cuts[classification.up]
    low = tuple(
        facet
        for facet in area.definition.questionnaire.scales[up].facets
        if any(result.band == "low" for result in _results(area, facet))
    )
    whole = _results(area, up)
    if not low and any(r.score is not None and r.score + (r.sem or 0.0) < cut for r in whole):
        return (up,)
    return low


def _who_sees_what_low(area: Area) -> Iterator[str]:
    """What is called low, and by whom: what both say first."""
    words, by_voice = area.words, [_called_low(area, profile) for profile in area.profiles]
    both = tuple(scale for scale in by_voice[0] if len(by_voice) > 1 and scale in by_voice[1])
    if both:
        yield words.say("Low in both views: {scales}.", scales=words.scale_listing(both))
    for profile, found in zip(area.profiles, by_voice, strict=True):
        alone = tuple(scale for scale in found if scale not in both)
        if not alone:
            continue
        scales = words.scale_listing(alone)
        if profile.perspective == READERS[area.audience]:
            yield words.say("Low in your own view: {scales}.", scales=scales)
        else:
            name = voice_mention(words, profile.perspective, area.audience)
            yield words.say("Low as {name} sees it: {scales}.", name=name, scales=scales)


def _called_low(area: Area, profile: Profile) -> tuple[str, ...]:
    """The facets of the upward scale that one voice has clearly low, and no other voice as a strength."""
    classification = area.classification
    assert classification is not None
    return tuple(
        facet
        for facet in area.definition.questionnaire.scales[classification.up].facets
        if (own := find_scale(profile, facet)) is not None
        and is_clearly_low(area.definition, own)
        and not any(is_strength(area.definition, result) for result in _results(area, facet))
    )


def _results(area: Area, scale: str) -> list[ScaleResult]:
    return [found for one in area.profiles if (found := find_scale(one, scale)) is not None]
