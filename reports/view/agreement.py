"""Whether two voices name the same need: a few cases, each with its own words, none stronger than it is."""

from __future__ import annotations

from typing import Literal, TypeAlias

from reports.view.inputs import Area
from reports.view.parts import Standing
from reports.view.words import Words

Case: TypeAlias = Literal["unknown", "same", "probably-same", "open", "probably-different", "different"]


def case_of(area: Area, own: Standing, other: Standing) -> Case:
    """How two standings lie to each other.

    Unknown: one has no level. Same: a need in common, and agreement enough for advice. Without that:
    both clear and the same need is probably the same; both clear and different is different; with one on
    a border, needs in common leave it open, and none in common is probably different.
    """
    if other.level is None or own.level is None:
        return "unknown"
    common = bool(set(own.needs) & set(other.needs))
    clear = own.state == other.state == "clear"
    if common and area.comparison is not None and area.comparison.advice_allowed:
        return "same"
    if clear:
        return "probably-same" if common else "different"
    return "open" if common else "probably-different"


def other_view(area: Area, own: Standing, other: Standing) -> str:
    """What the other voice says of the need, for a reader of the own one."""
    words = area.words
    name = other.voice.label
    if other.level is None:
        return words.say("{name}: too few answers to say.", name=name)
    where = _where(words, other.needs)
    cases: dict[Case, str] = {
        "unknown": words.say("{name}: {where}.", name=name, where=where),
        "same": words.say("{name}: much the same need.", name=name),
        "probably-same": words.say("{name}: probably the same need.", name=name),
        "open": words.say(
            "{name}: {where}. You may both mean the same need; the talk can settle it.",
            name=name,
            where=where,
        ),
        "probably-different": words.say(
            "{name}: {where}. The views probably differ, and the talk can begin there.",
            name=name,
            where=where,
        ),
        "different": words.say(
            "{name}: {where}. The views differ, and that is where the talk begins.", name=name, where=where
        ),
    }
    return cases[case_of(area, own, other)]


def _where(words: Words, needs: tuple[str, ...]) -> str:
    """A need, or the needs between which a voice stands, each in its own quotation marks."""
    if len(needs) == 1:
        return words.quoted(needs[0])
    if len(needs) == 2:
        return words.say("between “{first}” and “{second}”", first=needs[0], second=needs[1])
    return words.say("between several needs, nearest to “{first}”", first=needs[0])


def no_advice(area: Area, own: Standing, other: Standing) -> str:
    """Why two views together give no advice."""
    words = area.words
    case = case_of(area, own, other)
    if case == "unknown":
        return words.say(
            "One of you has given too few answers, so there is no advice. "
            "Take the questions to the talk instead."
        )
    if case == "different":
        return words.say(
            "The two views are too far apart for advice. Take the questions to the talk instead."
        )
    return words.say(
        "It is not certain enough that you see the same need, so there is no advice. "
        "Take the questions to the talk instead."
    )
