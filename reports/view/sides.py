"""Two perspectives side by side: differences beyond error first, as open questions, without a verdict."""

from __future__ import annotations

from assess.scoring.results import Comparison, ScaleDifference
from reports.view.inputs import Area
from reports.view.parts import Difference, DifferenceKind, SideBySide, Voice
from reports.view.voices import make_mark, mark_words
from reports.view.words import READERS, Words

KINDS: tuple[DifferenceKind, ...] = ("beyond", "within", "unknown", "incomparable")
"""In this order they are shown."""


def make_side_by_side(area: Area, voices: tuple[Voice, ...]) -> SideBySide | None:
    """The comparison in words, or None with one voice. Scales that neither voice has are left out."""
    comparison = area.comparison
    if comparison is None or len(voices) < 2:
        return None
    rows = [
        _difference(area, voices, d) for d in comparison.scales if d.own is not None or d.other is not None
    ]
    beyond = sorted((row for row in rows if row.beyond), key=lambda row: -abs(row.difference or 0.0))
    words = area.words
    return SideBySide(
        own=voices[0].label,
        other=voices[1].label,
        finding=_finding(words, rows),
        lead=words.say(
            "Two people seldom see the same work in the same way. Nobody is right here: a "
            "difference shows where one of you has seen something that the other has not. "
            "Start the talk there."
        ),
        questions=_questions(area, voices, beyond),
        differences=(*beyond, *sorted(_others(rows), key=lambda row: KINDS.index(row.kind))),
        agreement=comparison.agreement,
        agreement_words=_agreement(area, comparison),
    )


def _others(rows: list[Difference]) -> list[Difference]:
    return [row for row in rows if not row.beyond]


def _finding(words: Words, rows: list[Difference]) -> str:
    """What can be said of all differences together; nothing is called chance whose error is not known."""
    kinds = [row.kind for row in rows]
    if "beyond" in kinds:
        return words.count(
            "One difference is larger than chance would explain.",
            "{number} differences are larger than chance would explain.",
            kinds.count("beyond"),
        )
    if "within" in kinds:
        return words.say("No difference is larger than chance would explain.")
    if "unknown" in kinds:
        return words.say(
            "We do not know how precise the scores are, so it cannot be said whether a difference is chance."
        )
    return words.say("The two views cannot be compared: there is no score that both have.")


def _agreement(area: Area, comparison: Comparison) -> str:
    classification = area.classification
    if comparison.agreement is None or classification is None:
        return ""
    return area.words.say(
        "Agreement on the need: {agreement}. Advice is given from {least}.",
        agreement=area.words.percent(comparison.agreement, classification.agreement_from),
        least=area.words.percent(classification.agreement_from),
    )


def _difference(area: Area, voices: tuple[Voice, ...], found: ScaleDifference) -> Difference:
    words = area.words
    known = found.low is not None and found.high is not None
    return Difference(
        scale=found.id,
        name=words.scale_name(found.id),
        is_domain=area.is_domain(found.id),
        own_words="\N{EN DASH}" if found.own is None else words.two(found.own),
        other_words="\N{EN DASH}" if found.other is None else words.two(found.other),
        difference=found.difference,
        difference_words=_difference_words(words, found),
        interval_words=_limits(area, found) if known else "",
        kind=_kind(found),
        note=_note(area, voices, found),
    )


def _difference_words(words: Words, found: ScaleDifference) -> str:
    """The difference of the scores as they stand beside it; on fewer items it has no such scores."""
    if found.difference is None:
        return ""
    if found.common_items is not None or found.own is None or found.other is None:
        return words.signed(found.difference)
    return words.difference(found.own, found.other)


def _kind(found: ScaleDifference) -> DifferenceKind:
    if found.difference is None:
        return "incomparable"
    if found.low is None:
        return "unknown"
    return "beyond" if found.beyond_error else "within"


def _note(area: Area, voices: tuple[Voice, ...], found: ScaleDifference) -> str:
    """Why there is no difference, or that it rests on the items that both were asked."""
    words = area.words
    if found.own is None or found.other is None:
        marks = (make_mark(area, v, p, found.id) for v, p in zip(voices, area.profiles, strict=True))
        return "; ".join(mark_words(mark) for mark in marks if mark.missing)
    if found.difference is None:
        return words.say("Too few answers to the same items")
    if found.common_items is None:
        return ""
    return words.count(
        "The difference is for the one item that both were asked.",
        "The difference is for the {number} items that both were asked.",
        found.common_items,
    )


def _limits(area: Area, found: ScaleDifference) -> str:
    low, high = area.words.signed(found.low or 0.0), area.words.signed(found.high or 0.0)
    return area.words.say("{low} to {high}", low=low, high=high)


def _questions(area: Area, voices: tuple[Voice, ...], beyond: list[Difference]) -> tuple[str, ...]:
    """One open question for each direction in which differences go beyond error."""
    found = []
    for voice, other, sign in ((voices[0], voices[1], 1), (voices[1], voices[0], -1)):
        higher = [row.scale for row in beyond if (row.difference or 0.0) * sign > 0]
        if higher:
            found.append(_question(area, voice, other, area.words.scale_listing(higher)))
    return tuple(found)


def _question(area: Area, higher: Voice, lower: Voice, scales: str) -> str:
    words = area.words
    if higher.perspective == READERS[area.audience]:
        return words.say(
            "You rate these higher: {scales}. What have you seen that {name} may not know of?",
            scales=scales,
            name=lower.mention,
        )
    return words.say(
        "{label} rates these higher: {scales}. What has {name} seen that you have not counted?",
        label=higher.label,
        scales=scales,
        name=higher.mention,
    )
