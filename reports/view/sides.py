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
    rows = [
        _difference(area, voices, d) for d in comparison.scales if d.own is not None or d.other is not None
    ]
    beyond = sorted((row for row in rows if row.beyond), key=lambda row: -abs(row.difference or 0.0))
    words = area.words
    if beyond:
        finding = words.count(
            "One difference is larger than chance explains.",
            "{number} differences are larger than chance explains.",
            len(beyond),
        )
    else:
        finding = words.say("No difference is larger than chance explains.")
    return SideBySide(
        own=voices[0].label,
        other=voices[1].label,
        finding=finding,
        lead=words.say(
            "Two people seldom see the same work alike. Nobody is right here: a difference shows "
            "where one of you has seen something that the other has not. Start the talk there."
        ),
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


def _difference(area: Area, voices: tuple[Voice, ...], found: ScaleDifference) -> Difference:
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
        question=_question(area, voices, found),
    )


def _limits(area: Area, found: ScaleDifference) -> str:
    low, high = area.words.signed(found.low or 0.0), area.words.signed(found.high or 0.0)
    return area.words.say("{low} to {high}", low=low, high=high)


def _question(area: Area, voices: tuple[Voice, ...], found: ScaleDifference) -> str:
    """An open question for a difference beyond error; the other differences ask nothing."""
    if not found.beyond_error or found.difference is None:
        return ""
    words = area.words
    higher = voices[0] if found.difference > 0 else voices[1]
    you = "self" if area.audience == "subject" else "manager"
    if higher.perspective == you:
        name = next(voice.label for voice in voices if voice is not higher)
        return words.say(
            "You rate this higher. What have you done or seen that {name} may not know of?", name=name
        )
    return words.say(
        "{name} rates this higher. What has {name} seen that you have not counted?", name=higher.label
    )
