"""Flexibility beside effectiveness: one picture, the figures beside it, and what they say together."""

from __future__ import annotations

from assess.scoring.style_results import Effectiveness, Flexibility
from questionnaires.definition import PatternId
from reports.leader.inputs import Leader
from reports.leader.parts import FigureRow, Pattern, Plane, Region

HIGHEST_FLEXIBILITY = 30.0
NOTHING = ""


def make_plane(leader: Leader) -> Plane | None:
    """The picture; None where one of the two is not known, for neither is shown alone in it."""
    flexibility, effectiveness = leader.result.flexibility, leader.result.effectiveness
    if flexibility is None or effectiveness is None:
        return None
    words = leader.words
    random = words.say("Random answers")
    return Plane(
        x=flexibility.score,
        y=float(effectiveness.score),
        x_lo=0.0,
        x_hi=HIGHEST_FLEXIBILITY,
        y_lo=float(effectiveness.lowest),
        y_hi=float(effectiveness.highest),
        chance_x=Region(mean=flexibility.chance.mean, sd=flexibility.chance.sd, label=random),
        chance_y=Region(mean=effectiveness.chance.mean, sd=effectiveness.chance.sd, label=random),
        blind=Region(
            mean=effectiveness.blind.mean,
            sd=effectiveness.blind.sd,
            label=words.say("Your choices, shuffled"),
        ),
        across=words.say("Flexibility"),
        up=words.say("Effectiveness"),
        own=words.say("You"),
        finding=evidence(leader),
        caption=words.say(
            "The point is you. About 90 in 100 sets of random answers fall inside the ellipse. The upright "
            "bar covers 90 in 100 cases in which your own choices are shuffled across the situations: a "
            "point well above it means that your choices follow the situation."
        ),
    )


def evidence(leader: Leader) -> str:
    """Both figures in a sentence, how often shuffled choices would do as well; "" without effectiveness."""
    words, effectiveness, flexibility = leader.words, leader.result.effectiveness, leader.result.flexibility
    if effectiveness is None:
        return ""
    shuffled = words.say(
        "If the same choices were shuffled, they would do as well or better in {percent} of cases.",
        percent=words.percent(effectiveness.blind.at_least),
    )
    score, highest = str(effectiveness.score), str(effectiveness.highest)
    if flexibility is None:
        return words.say("Effectiveness {score} of {highest}.", score=score, highest=highest) + f" {shuffled}"
    both = words.say(
        "Flexibility {flexibility} of {most}, effectiveness {score} of {highest}.",
        flexibility=words.short(flexibility.score),
        most=words.short(HIGHEST_FLEXIBILITY),
        score=score,
        highest=highest,
    )
    return f"{both} {shuffled}"


def make_figures(leader: Leader) -> tuple[FigureRow, ...]:
    """Effectiveness, then flexibility: never flexibility alone. Without both, the mean points."""
    effectiveness, flexibility = leader.result.effectiveness, leader.result.flexibility
    if effectiveness is None:
        return _mean_points(leader)
    rows = (_effectiveness(leader, effectiveness),)
    return rows if flexibility is None else (*rows, _flexibility(leader, flexibility))


def _effectiveness(leader: Leader, found: Effectiveness) -> FigureRow:
    words = leader.words
    return FigureRow(
        name=words.say("Effectiveness"),
        value=str(found.score),
        scale=f"{found.lowest}\N{EN DASH}{found.highest}",
        chance=words.score(found.chance.mean),
        chance_at_least=words.percent(found.chance.at_least),
        blind=words.score(found.blind.mean),
        blind_at_least=words.percent(found.blind.at_least),
    )


def _flexibility(leader: Leader, found: Flexibility) -> FigureRow:
    words = leader.words
    return FigureRow(
        name=words.say("Flexibility"),
        value=words.short(found.score),
        scale=f"0\N{EN DASH}{words.short(HIGHEST_FLEXIBILITY)}",
        chance=words.score(found.chance.mean),
        chance_at_least=words.percent(found.chance.at_least),
        blind=NOTHING,
        blind_at_least=NOTHING,
    )


def _mean_points(leader: Leader) -> tuple[FigureRow, ...]:
    if leader.result.fit is None:
        return ()
    weights = [weight for row in leader.scoring.weights.values() for weight in row.values()]
    return (
        FigureRow(
            name=leader.words.say("Average points per situation"),
            value=leader.words.two(leader.result.fit),
            scale=f"{min(weights)}\N{EN DASH}{max(weights)}",
            chance=NOTHING,
            chance_at_least=NOTHING,
            blind=NOTHING,
            blind_at_least=NOTHING,
        ),
    )


def make_pattern(leader: Leader) -> Pattern | None:
    """The combination of both, with the questionnaire's words where it has them."""
    pattern, words = leader.result.pattern, leader.words
    if pattern is None:
        return None
    texts = words.texts.patterns.get(pattern)
    return Pattern(
        id=pattern,
        headline=words.fill(texts.headline) if texts else _headline(leader, pattern),
        meaning=words.fill(texts.meaning) if texts else "",
        evidence=words.say(
            "Where we draw the lines: flexible from {flexible}; following the situation when shuffled "
            "choices would do as well in under {evidence} of cases. Both lines are conventions.",
            flexible=words.short(leader.scoring.flexible_from),
            evidence=words.percent(leader.scoring.evidence_below),
        ),
        next=words.fill_all(texts.next) if texts else (),
    )


def _headline(leader: Leader, pattern: PatternId) -> str:
    words = leader.words
    return {
        "flexible-and-fitting": words.say("Several styles, and the choices follow the situation"),
        "flexible-not-fitting": words.say("Several styles, but they do not clearly follow the situation"),
        "narrow-and-fitting": words.say("A few styles, and the choices follow the situation"),
        "narrow-not-fitting": words.say("Mostly one style, or just a few"),
    }[pattern]
