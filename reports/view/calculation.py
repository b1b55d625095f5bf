"""How was this calculated: every score down to the single answers, so that anybody can check it by hand."""

from __future__ import annotations

from assess.scoring.results import AxisTrace, ItemTrace, Profile, ScaleTrace
from assess.scoring.trace import explain
from reports.view.inputs import Area, find_scale
from reports.view.parts import AnswerRow, Calculation, Voice
from reports.view.replies import answer_words, item_text


def make_calculations(area: Area, voices: tuple[Voice, ...]) -> tuple[Calculation, ...]:
    """One calculation for each scale, in the order of the file; a domain's rests on its facets' rows.

    A manager reads the single answers of the own rating only: those of the employee stay with the employee.
    """
    open_voices = [
        (voice, profile)
        for voice, profile in zip(voices, area.profiles, strict=True)
        if area.audience == "subject" or profile.perspective != "self"
    ]
    if not open_voices:
        return ()
    scales = area.definition.questionnaire.scales
    found = []
    for scale_id in scales:
        traces = [
            (voice, profile, explain(area.definition, profile, scale_id))
            for voice, profile in open_voices
            if find_scale(profile, scale_id) is not None
        ]
        if traces:
            found.append(_calculation(area, scale_id, traces))
    return tuple(found)


def _calculation(area: Area, scale_id: str, traces: list[tuple[Voice, Profile, ScaleTrace]]) -> Calculation:
    return Calculation(
        scale=scale_id,
        name=area.words.scale_name(scale_id),
        voices=tuple(voice.label for voice, _, _ in traces),
        rows=() if area.is_domain(scale_id) else _rows(area, traces),
        totals=tuple(_total(area, trace) for _, _, trace in traces),
        sums=tuple(_sum(area, voice, trace) for voice, _, trace in traces),
    )


def _rows(area: Area, traces: list[tuple[Voice, Profile, ScaleTrace]]) -> tuple[AnswerRow, ...]:
    items = {item.id: item for item in area.definition.questionnaire.items}
    steps: dict[str, list[ItemTrace | None]] = {}
    for number, (_, _, trace) in enumerate(traces):
        for step in trace.items:
            steps.setdefault(step.id, [None] * len(traces))[number] = step
    return tuple(
        AnswerRow(
            item=item_id,
            text=item_text(area.words, item_id, traces[0][1].perspective),
            reverse=any(step.reversed for step in found if step is not None),
            answers=tuple(answer_words(area, items[item_id], profile) for _, profile, _ in traces),
            values=tuple(None if step is None else step.keyed for step in found),
            value_words=tuple(_value(area, step) for step in found),
        )
        for item_id, found in steps.items()
    )


def _value(area: Area, step: ItemTrace | None) -> str:
    return "\N{EN DASH}" if step is None or step.keyed is None else area.words.whole(step.keyed)


def _total(area: Area, trace: ScaleTrace) -> str:
    if trace.score is None:
        return "\N{EN DASH}"
    return f"{trace.total} ÷ {trace.answered} = {area.words.two(trace.score)}"


def _sum(area: Area, voice: Voice, trace: ScaleTrace) -> str:
    """Sum ÷ answers = score, the error, and for an axis the chance of lying over the cut."""
    words = area.words
    if trace.score is None:
        missing = words.say(
            "too few answers: {answered} of {asked}, at least {least} needed",
            answered=str(trace.answered),
            asked=str(len(trace.items)),
            least=str(trace.min_answered),
        )
        return f"{voice.label}: {missing}"
    score = words.two(trace.score)
    line = f"{voice.label}: {trace.total} ÷ {trace.answered} = {score}"
    if trace.sem is not None:
        limits = f"{words.two(trace.low or 0.0)}\N{EN DASH}{words.two(trace.high or 0.0)}"
        line += f"; {score} ± {words.two(trace.z)} × {words.two(trace.sem.sem)} = {limits}"
    axis = _axis(trace)
    if axis is not None:
        line += words.say(
            "; chance of being above {cut}: {chance}",
            cut=words.score(axis.cut),
            chance=words.percent(axis.p_high),
        )
    return line


def _axis(trace: ScaleTrace) -> AxisTrace | None:
    if trace.classification is None:
        return None
    axes = (trace.classification.across, trace.classification.up)
    return next((axis for axis in axes if axis.scale == trace.id), None)
