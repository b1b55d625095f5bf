"""How was this calculated: every choice with what it counts, and every sum as a line that one can follow."""

from __future__ import annotations

from assess.scoring.style_results import SituationTrace
from reports.leader.inputs import LEVELS, STYLES, Leader
from reports.leader.leaning import leaning_name
from reports.leader.parts import ChoiceRow, KeyRow, LeaderCalculation
from reports.view.parts import Fact

NOT_GIVEN = "\N{EN DASH}"


def make_calculation(leader: Leader) -> LeaderCalculation | None:
    """All situations in the order of the file; None below the minimum, where nothing was calculated."""
    if not leader.enough:
        return None
    return LeaderCalculation(
        rows=tuple(
            _row(leader, number, found) for number, found in enumerate(leader.trace.situations, start=1)
        ),
        sums=tuple(
            fact for fact in (*_choices(leader), *_benchmarks(leader), *_leading(leader)) if fact.value
        ),
    )


def _row(leader: Leader, number: int, found: SituationTrace) -> ChoiceRow:
    words = leader.words
    return ChoiceRow(
        item=found.id,
        number=number,
        text=leader.situation(found.id).situation,
        level=found.calls_for,
        need=leader.need(found.calls_for),
        letter=found.letter or NOT_GIVEN,
        style=found.style,
        style_words=words.style_mention(found.style) if found.style else NOT_GIVEN,
        weight=found.weight,
        weight_words=NOT_GIVEN if found.weight is None else str(found.weight),
        best_words=f"{words.style_mention(found.best_style)} {found.best_weight}",
    )


def _choices(leader: Leader) -> tuple[Fact, ...]:
    """Counts, flexibility and effectiveness, as in `StylesTrace`."""
    words, trace, answered = leader.words, leader.trace, leader.result.answered
    counts = " + ".join(f"{words.style_mention(style)} {trace.counts[style]}" for style in STYLES)
    facts = [Fact(name=words.say("Choices"), value=f"{counts} = {answered}")]
    if leader.result.flexibility is not None and trace.flexibility is not None:
        away = " + ".join(words.whole(trace.deviations[style]) for style in STYLES)
        facts.append(
            Fact(
                name=words.say("Flexibility"),
                value=words.say(
                    "30 − ({away}) × 20 ÷ {answered} = {score}; the brackets add up how far each count is "
                    "from {even}",
                    away=away,
                    answered=str(answered),
                    score=words.short(trace.flexibility),
                    even=words.whole(answered / 4),
                ),
            )
        )
    if leader.result.effectiveness is not None:
        weights = " + ".join(str(s.weight) for s in trace.situations if s.weight is not None)
        facts.append(Fact(name=words.say("Effectiveness"), value=f"{weights} = {trace.weight_sum}"))
    return tuple(facts)


def _benchmarks(leader: Leader) -> tuple[Fact, ...]:
    """What random answers and shuffled choices give."""
    words = leader.words
    flexibility, effectiveness = leader.result.flexibility, leader.result.effectiveness
    facts = []
    for name, found in (
        (words.say("Flexibility, random answers"), flexibility.chance if flexibility else None),
        (words.say("Effectiveness, random answers"), effectiveness.chance if effectiveness else None),
        (words.say("Effectiveness, your choices shuffled"), effectiveness.blind if effectiveness else None),
    ):
        if found is not None:
            facts.append(
                Fact(
                    name=name,
                    value=words.say(
                        "mean {mean}, standard deviation {sd}, as high or higher: {percent}",
                        mean=words.two(found.mean),
                        sd=words.two(found.sd),
                        percent=words.percent(found.at_least),
                    ),
                )
            )
    return tuple(facts)


def _leading(leader: Leader) -> tuple[Fact, ...]:
    """Both indices as a ratio."""
    words = leader.words
    return tuple(
        Fact(
            name=leaning_name(leader, index.id),
            value=words.say(
                "{count} ÷ {possible} = {share}: choices in that direction, out of the situations where one "
                "was possible",
                count=str(index.count),
                possible=str(index.possible),
                share=words.near_percent(index.share),
            ),
        )
        for index in leader.result.leading
        if index.share is not None
    )


def make_key(leader: Leader) -> tuple[KeyRow, ...]:
    """The questionnaire's matrix: what each style counts at each level."""
    weights = leader.scoring.weights
    return tuple(
        KeyRow(
            level=level,
            need=leader.need(level),
            weights=tuple(weights[level][style] for style in STYLES),
            best=leader.calls_for(level),
        )
        for level in LEVELS
        if level in weights
    )
