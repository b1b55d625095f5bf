"""Two perspectives side by side: differences beyond error first, as open questions, without a verdict."""

from __future__ import annotations

from assess.scoring.results import Comparison, ScaleDifference
from reports.view.inputs import Area
from reports.view.parts import Difference, SideBySide, Voice


def make_side_by_side(area: Area, voices: tuple[Voice, ...]) -> SideBySide | None:
    """The comparison in words, or None with one voice. Scales that neither voice has are left out."""
    comparison = area.comparison
    if comparison is None or len(voices) < 2:
        return None
    rows = [_difference(area, d) for d in comparison.scales if d.own is not None or d.other is not None]
    beyond = sorted((row for row in rows if row.beyond), key=lambda row: -abs(row.difference or 0.0))
    words = area.words
    if beyond:
        finding = words.count(
            "One difference is larger than chance would explain.",
            "{number} differences are larger than chance would explain.",
            len(beyond),
        )
    else:
        finding = words.say("No difference is larger than chance would explain.")
    return SideBySide(
        own=voices[0].label,
        other=voices[1].label,
        finding=finding,
        lead=words.say(
            "Two people seldom see the same work in the same way. Nobody is right here: a "
            "difference shows where one of you has seen something that the other has not. "
            "Start the talk there."
        ),
        questions=_questions(area, voices, beyond),
        differences=(*beyond, *(row for row in rows if not row.beyond)),
        agreement=comparison.agreement,
        agreement_words=_agreement(area, comparison),
    )


def _agreement(area: Area, comparison: Comparison) -> str:
    classification = area.classification
    if comparison.agreement is None or classification is None:
        return ""
    return area.words.say(
        "Agreement on the need: {agreement}. Advice is given from {least}.",
        agreement=area.words.percent(comparison.agreement),
        least=area.words.percent(classification.agreement_from),
    )


def _difference(area: Area, found: ScaleDifference) -> Difference:
    words = area.words
    edges = area.edges(found.id)
    known = found.low is not None and found.high is not None
    return Difference(
        scale=found.id,
        name=words.scale_name(found.id),
        is_domain=area.is_domain(found.id),
        own_words="\N{EN DASH}" if found.own is None else words.score(found.own, edges),
        other_words="\N{EN DASH}" if found.other is None else words.score(found.other, edges),
        difference=found.difference,
        difference_words="" if found.difference is None else words.signed(found.difference),
        interval_words=_limits(area, found) if known else "",
        beyond=found.beyond_error,
    )


def _limits(area: Area, found: ScaleDifference) -> str:
    low, high = area.words.limit(found.low or 0.0), area.words.limit(found.high or 0.0)
    return area.words.say("{low} to {high}", low=low, high=high)


def _questions(area: Area, voices: tuple[Voice, ...], beyond: list[Difference]) -> tuple[str, ...]:
    """One open question for each direction in which differences go beyond error."""
    found = []
    for voice, other, sign in ((voices[0], voices[1], 1), (voices[1], voices[0], -1)):
        names = [row.name for row in beyond if (row.difference or 0.0) * sign > 0]
        if names:
            found.append(_question(area, voice, other, area.words.listing(names)))
    return tuple(found)


def _question(area: Area, higher: Voice, lower: Voice, scales: str) -> str:
    words = area.words
    if higher.perspective == ("self" if area.audience == "subject" else "manager"):
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
