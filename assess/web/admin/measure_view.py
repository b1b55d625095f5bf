"""What the page of a measurement says: figures in words, places of bars, the verdict.

The verdict is that of the table `VERDICTS`, the first row that holds; good is the lower end of every interval
at the limit of .70 or above.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from assess.evidence.findings import ALPHA
from assess.evidence.results import Measurement
from assess.measurement.results import ScaleReliability
from assess.web.admin.advice import ItemAdvice, item_advice
from assess.web.admin.answering_view import AnsweringView, answering_view
from assess.web.admin.decision_view import DecisionLine, decision_lines
from assess.web.admin.naming import Names, why_no_figures, why_no_reliability
from assess.web.language import gettext, number
from questionnaires.definition import Definition

VerdictId: TypeAlias = Literal["none", "too-few", "no-scales", "good", "care"]

WIDE = 0.20
"""An interval this wide, with the limit inside, leaves open whether a scale measures well or not."""

BAR_LEFT, BAR_RIGHT = 8.0, 312.0


@dataclass(frozen=True, slots=True)
class Bar:
    """Places on the line from 0 to 1, in drawing units; `finding` says the same in words."""

    finding: str
    value: float
    low: float | None
    high: float | None
    provisional: float | None
    limit: float


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """One scale: its reliability in figures and words. `bar` is None without a reliability; then `missing`
    says why."""

    name: str
    is_domain: bool
    n: str
    n_items: str
    figure: str
    interval: str
    judgement: str
    provisional: str
    omega: str
    sem: str
    missing: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Verdict:
    id: VerdictId
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    title: str
    verdict: Verdict
    scales: tuple[ScaleLine, ...]
    items: tuple[ItemAdvice, ...]
    decisions: tuple[DecisionLine, ...]
    answering: AnsweringView | None
    """None without figures."""


def measure_view(definition: Definition, made: Measurement) -> MeasureView:
    names = Names(definition, made.perspective)
    document = made.reliability
    scales = document.scales if document else ()
    return MeasureView(
        title=names.title,
        verdict=verdict(made, names),
        scales=tuple(_scale(scale, definition, made, names) for scale in scales),
        items=item_advice(made, names),
        decisions=decision_lines(made.decision, names),
        answering=None if made.reason else answering_view(made, names),
    )


# --- the verdict ----------------------------------------------------------------------------------


def reliability_of(scale: ScaleReliability) -> float | None:
    """Alpha, or Spearman–Brown of two items."""
    return scale.alpha if scale.alpha is not None else scale.spearman_brown


def is_sound(scale: ScaleReliability) -> bool:
    """The limit is reached, and by the whole interval where there is one."""
    figure = reliability_of(scale)
    lowest = figure if scale.alpha_interval is None else scale.alpha_interval[0]
    return lowest is not None and lowest >= ALPHA


def is_undecided(scale: ScaleReliability) -> bool:
    """Too few answers to say: no figure for that reason, or an interval that leaves everything open."""
    if reliability_of(scale) is None:
        return scale.reasons.get("alpha") in {"n-under-10", "pairs-under-10", "no-answers"}
    if scale.alpha_interval is None:
        return False
    low, high = scale.alpha_interval
    return low < ALPHA <= high and high - low > WIDE


def _scales(made: Measurement) -> tuple[ScaleReliability, ...]:
    return made.reliability.scales if made.reliability else ()


VERDICTS: MappingProxyType[VerdictId, Callable[[Measurement], bool]] = MappingProxyType(
    {
        "none": lambda made: made.reason is not None,
        "no-scales": lambda made: not _scales(made),
        "good": lambda made: all(map(is_sound, _scales(made))),
        "too-few": lambda made: (
            any(map(is_undecided, _scales(made)))
            and all(is_sound(one) or is_undecided(one) for one in _scales(made))
        ),
        "care": lambda _: True,
    }
)


def verdict(made: Measurement, names: Names) -> Verdict:
    """The first row of `VERDICTS` that holds, in words."""
    found: VerdictId = next(kind for kind, holds in VERDICTS.items() if holds(made))
    weak = [names.scale(one.id) for one in _scales(made) if not is_sound(one)]
    words: dict[VerdictId, tuple[str, str]] = {
        "none": (gettext("Too few answers to say"), why_no_figures(made.reason or "wave-open")),
        "no-scales": (
            gettext("There is no single answer"),
            gettext(
                "This questionnaire has no rating scales, so there is no reliability to work out. Below"
                " stands how the questions were answered."
            ),
        ),
        "good": (
            gettext("It measures well here"),
            gettext(
                "On every scale the answers hang together well enough for what the result is used for. That"
                " holds even at the lower end of what the answers allow."
            ),
        ),
        "too-few": (
            gettext("Too few answers to say"),
            gettext(
                "On some scales the answers so far fit both a good and a poor measurement: %(scales)s. More"
                " answers will tell. Until then, read these parts with care.",
                scales=", ".join(weak),
            ),
        ),
        "care": (
            gettext("Usable with care"),
            gettext(
                "On some scales the answers hang together less than they should, or it is not sure that they"
                " do: %(scales)s. Read these parts as a first hint to talk about, not as a finding.",
                scales=", ".join(weak),
            ),
        ),
    }
    title, text = words[found]
    if made.reason == "wave-open":
        title = gettext("Not yet")
    elif made.reason == "answers-erased":
        title = gettext("No figures")
    return Verdict(found, title, text)


# --- reliability ----------------------------------------------------------------------------------


def judgement(scale: ScaleReliability, figure: float) -> str:
    """How good a reliability is as it is shown (EFPA review model: .70, .80, .90), and whether the interval
    leaves open on which side of the limit it lies."""
    shown = round(figure, 2)
    if shown >= 0.90:
        words = gettext("very good")
    elif shown >= 0.80:
        words = gettext("good")
    else:
        words = gettext("sufficient") if shown >= ALPHA else gettext("too low")
    low, high = scale.alpha_interval or (figure, figure)
    return gettext("%(judgement)s, not yet sure", judgement=words) if low < ALPHA <= high else words


def place(value: float) -> float:
    """Where a reliability lies on the line from 0 to 1; what lies outside stands at its end."""
    return BAR_LEFT + min(max(value, 0.0), 1.0) * (BAR_RIGHT - BAR_LEFT)


def _scale(scale: ScaleReliability, definition: Definition, made: Measurement, names: Names) -> ScaleLine:
    figure = reliability_of(scale)
    # The provisional figure is that of the whole questionnaire: of a short form it says nothing.
    file = {} if made.short_form else definition.questionnaire.precision.get(made.perspective, {})
    provisional = file[scale.id].reliability if scale.id in file else None
    return ScaleLine(
        name=names.scale(scale.id),
        is_domain=scale.is_domain,
        n=number(scale.n_used, 0),
        n_items=number(scale.n_items, 0),
        figure="" if figure is None else number(figure),
        interval=_interval(scale),
        judgement="" if figure is None else judgement(scale, figure),
        provisional="" if provisional is None else number(provisional),
        omega="" if scale.omega_total is None else number(scale.omega_total),
        sem="" if scale.sem is None else number(scale.sem),
        missing="" if figure is not None else why_no_reliability(scale.reasons.get("alpha")),
        bar=None if figure is None else _bar(scale, figure, provisional, names),
    )


def _interval(scale: ScaleReliability) -> str:
    if scale.alpha_interval is None:
        return ""
    low, high = scale.alpha_interval
    return gettext("%(low)s to %(high)s", low=number(low), high=number(high))


def _bar(scale: ScaleReliability, figure: float, provisional: float | None, names: Names) -> Bar:
    parts = [
        gettext(
            "%(scale)s: reliability %(figure)s, %(judgement)s",
            scale=names.scale(scale.id),
            figure=number(figure),
            judgement=judgement(scale, figure),
        )
    ]
    if scale.alpha_interval is not None:
        parts.append(gettext("likely between %(interval)s", interval=_interval(scale)))
    if provisional is not None:
        parts.append(gettext("assumed so far %(figure)s", figure=number(provisional)))
    low, high = scale.alpha_interval or (None, None)
    return Bar(
        finding="; ".join(parts),
        value=place(figure),
        low=None if low is None else place(low),
        high=None if high is None else place(high),
        provisional=None if provisional is None else place(provisional),
        limit=place(ALPHA),
    )
