"""Which needs and styles a match names, and what is said beside its risks: in the report and on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assess.scoring.style_results import MatchView
from questionnaires.definition import LevelId, StyleId
from reports.leader.inputs import STYLES
from reports.view.words import Words

MODERATE, HIGH = 0.25, 0.50
"""Under the first a risk is called low, from the second high, by the percentage that stands beside it."""
ENOUGH = 0.50
"""What a style must reach to be named alone."""
TWO_NEEDS = 0.70
"""What the two likeliest needs must reach together for a result to lie between them: as in the library's
questionnaires (`borderline_below`)."""


def named_styles(view: MatchView) -> tuple[tuple[StyleId, ...], tuple[StyleId, ...]]:
    """The styles that are called for and those that the leader probably uses, as they are told: the most
    probable one; two where none reaches one half, where the need lies close to a border, and where a high
    risk does not follow from one alone. The likeliest first."""
    called = _ranked(view.called_for)[: 2 if view.borderline else _enough(view.called_for)]
    likely = _ranked(view.likely)[: _enough(view.likely)]
    if _is_explained(view, called, likely):
        return called, likely
    likely = _ranked(view.likely)[:2]
    if _is_explained(view, called, likely):
        return called, likely
    return _ranked(view.called_for)[:2], likely


def _ranked(shares: dict[StyleId, float]) -> tuple[StyleId, ...]:
    return tuple(sorted(STYLES, key=lambda style: (-shares.get(style, 0.0), style)))


def _enough(shares: dict[StyleId, float]) -> int:
    return 1 if max(shares.values(), default=0.0) >= ENOUGH else 2


def _is_explained(view: MatchView, called: Sequence[StyleId], likely: Sequence[StyleId]) -> bool:
    """Whether each high risk is one between the styles that are named."""
    steps = {STYLES.index(used) - STYLES.index(best) for used in likely for best in called}
    loose, tight = (round(risk, 2) >= HIGH for risk in (view.under, view.over))
    return not (loose and max(steps) <= 0) and not (tight and min(steps) >= 0)


def need_of(words: Words, need: Callable[[LevelId], str], view: MatchView, enough: float) -> str:
    """The need, or the two that a borderline result lies between, where these make `enough` together."""
    if not view.borderline:
        return need(view.level)
    first, second = sorted(view.levels, key=lambda one: (-one.probability, one.level))[:2]
    if first.probability + second.probability < enough:
        return words.say("Between several needs, nearest to “{first}”", first=need(first.level))
    return words.say(
        "Between two needs: “{first}” and “{second}”", first=need(first.level), second=need(second.level)
    )


def why_high(words: Words) -> str:
    """Why a risk can be high beside two styles that go together."""
    return words.say(
        "The two risks count every need that it may be and every style that you may choose, not only the "
        "ones that are named. So there can be a risk also where the same style is named twice."
    )


def common_question(words: Words) -> str:
    """What can be asked whatever the need is."""
    return words.say(
        "What would help you most: clear instruction, explanation, a listening ear, or a free hand?"
    )
