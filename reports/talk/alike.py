"""What the two views of a job area have in common, and how far that is shown.

A difference that lies within its error is no proof of agreement. Views are said to agree only where both mean
the same need likely enough for advice (`agreement_from`), and on a part only where the whole interval of the
difference lies within `BAND`: two one-sided tests, with 90% intervals at 5% each (Schuirmann 1987).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assess.scoring.comparison import needs_differ
from assess.talks.brief_types import BriefArea
from reports.view.frames import is_strength
from reports.view.inputs import AreaProfiles
from reports.view.parts import Difference
from reports.view.words import Words

BAND = 1.0
"""Scale points: what two views may lie apart and still be called alike; the distance of two answers."""


@dataclass(frozen=True, slots=True)
class InCommon:
    """Sentences on the parts that do not differ beyond error: where the views are shown to agree, and where
    no difference can be told from chance."""

    agree: tuple[str, ...]
    untold: tuple[str, ...]


def in_common(found: BriefArea, profiles: AreaProfiles, rows: Sequence[Difference], words: Words) -> InCommon:
    """Of all parts within error, those that are shown to be alike before the rest."""
    within = [row.scale for row in rows if row.kind == "within" and not row.is_domain]
    alike = [scale for scale in within if is_alike(found, scale)]
    rest = [scale for scale in within if scale not in alike]
    common = words.say("At most one point apart: {scales}.", scales="{scales}")
    return InCommon(
        agree=_sentences(found, profiles, alike, words, common),
        untold=_sentences(found, profiles, rest, words, words.say("In: {scales}.", scales="{scales}")),
    )


def is_alike(found: BriefArea, scale: str) -> bool:
    """Whether the two views are shown to agree on a scale: on the need, and the interval within `BAND`."""
    comparison = found.comparison
    if comparison is None or not comparison.advice_allowed:
        return False
    return any(
        one.id == scale
        and one.low is not None
        and one.high is not None
        and one.low >= -BAND
        and one.high <= BAND
        and not one.beyond_error
        for one in comparison.scales
    )


def means_other_needs(found: BriefArea) -> bool:
    """Whether the two views of an area probably mean different needs."""
    own, manager = (None if one is None else one.profile for one in (found.own, found.manager))
    return needs_differ(found.comparison, own, manager)


def means_same_need(found: BriefArea) -> bool:
    """Whether the two views mean the same need likely enough for advice."""
    return found.comparison is not None and found.comparison.advice_allowed


def _sentences(
    found: BriefArea, profiles: AreaProfiles, scales: Sequence[str], words: Words, common: str
) -> tuple[str, ...]:
    """Where both see a strength, where both see something to work on, and the rest (`common`)."""
    results = {
        scale: [
            result
            for profile in (profiles.own, profiles.other)
            if profile is not None
            for result in profile.scales
            if result.id == scale
        ]
        for scale in scales
    }
    high = [scale for scale in scales if all(is_strength(found.definition, one) for one in results[scale])]
    low = [scale for scale in scales if {one.band for one in results[scale]} == {"low"}]
    rest = [scale for scale in scales if scale not in (*high, *low)]
    said = []
    if high:
        said.append(words.say("Both see as strengths: {scales}.", scales=_mentions(words, high)))
    if low:
        said.append(words.say("Both see as worth working on: {scales}.", scales=_mentions(words, low)))
    if rest:
        said.append(common.format(scales=_mentions(words, rest)))
    return tuple(said)


def _mentions(words: Words, scales: Sequence[str]) -> str:
    return words.listing([words.scale_mention(scale) for scale in scales])
