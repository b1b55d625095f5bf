"""From the scores of a job area to the patterns that a talk may be about. Pure; the table is `RULES`.

The rules look at each job area by itself: its two views (either may be missing), their comparison, and what
has changed. A scale without a score is in no pattern. A change that may be noise is none either, for a
question about a change says that there was one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from assess.scoring.comparison import needs_differ
from assess.scoring.results import Comparison, Profile, ScaleResult
from questionnaires.question_bank import QuestionPattern
from questionnaires.terms import BandId

Reason: TypeAlias = Literal[
    "needs-differ",
    "views-differ",
    "real-change",
    "low",
    "mixed",
    "borderline",
    "high",
    "middle",
    "frames",
    "general",
    "opening",
    "closing",
]
"""The rule by which a question was chosen."""

LOW_TO, HIGH_FROM = 0.375, 0.625
"""Shares of a scale's range, for scales without bands: 2.5 and 3.5 from 1 to 5."""


class ScaleMove(Protocol):
    """The change of one scale, as `measurement.profile_change.ScaleChange` has it."""

    @property
    def id(self) -> str: ...
    @property
    def difference(self) -> float | None: ...
    @property
    def verdict(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What whoever reads the questions may see of one job area: any part may be missing.

    `own_changes`, `manager_changes`: of the own view and of the manager's, since the wave before.
    """

    own: Profile | None = None
    manager: Profile | None = None
    comparison: Comparison | None = None
    own_changes: Sequence[ScaleMove] = ()
    manager_changes: Sequence[ScaleMove] = ()
    area_id: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule has found: a scale of an area that shows a pattern, and how strongly."""

    pattern: QuestionPattern
    scale: str | None
    strength: float
    area_id: str = ""


def _needs_differ(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """The two views probably mean different needs: the surest first."""
    del scales
    found = facts.comparison
    if found is not None and found.agreement is not None and needs_differ(found, facts.own, facts.manager):
        yield Case("between-needs", None, 1 - found.agreement)


def _views_differ(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """The two views differ beyond error: the largest difference first."""
    if facts.comparison is None:
        return
    for found in facts.comparison.scales:
        if found.id in scales and found.beyond_error and found.difference is not None:
            higher: QuestionPattern = "own-higher" if found.difference > 0 else "manager-higher"
            yield Case(higher, found.id, abs(found.difference))


def _really_changed(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """A change beyond noise, in the own view or in the manager's; the largest first. Views that have moved
    in opposite directions are no change of the person's, and get no question."""
    moves: dict[str, list[float]] = {}
    for change in (*facts.own_changes, *facts.manager_changes):
        if change.id in scales and change.verdict == "real" and change.difference is not None:
            moves.setdefault(change.id, []).append(change.difference)
    for scale, differences in moves.items():
        if all(difference < 0 for difference in differences):
            yield Case("fell", scale, -min(differences))
        elif all(difference > 0 for difference in differences):
            yield Case("rose", scale, max(differences))


def _low(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """Low in every view that there is; the lowest first."""
    for scale, results in scored(facts, scales):
        if all(side_of(result) == "low" for result in results):
            yield Case("both-low" if len(results) > 1 else "low", scale, -_mean(results))


def _mixed(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """A facet is clearly lower than the rest of its domain."""
    del scales
    found = [p.classification.mixed for p in (facts.own, facts.manager) if p and p.classification]
    for domain in dict.fromkeys(domain for mixed in found for domain in mixed):
        yield Case("mixed", domain, sum(domain in mixed for mixed in found))


def _borderline(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """The needs cannot be told apart: the manager's view decides, without one the own. Where both agree
    enough for advice there is nothing to ask."""
    del scales
    if facts.comparison is not None and facts.comparison.advice_allowed:
        return
    for profile in (facts.manager, facts.own):
        if profile is not None and profile.classification is not None and profile.classification.level:
            if profile.classification.borderline:
                yield Case("between-needs", None, 1 - (profile.classification.probability or 0))
            return


def _high(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """High in every view that there is; the highest first."""
    for scale, results in scored(facts, scales):
        if all(side_of(result) == "high" for result in results):
            yield Case("both-high" if len(results) > 1 else "high", scale, _mean(results))


def _middle(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """High in no view, and not low in all: there is room for more; the lowest first."""
    for scale, results in scored(facts, scales):
        sides = {side_of(result) for result in results}
        if "high" not in sides and sides != {"low"}:
            yield Case("both-low" if len(results) > 1 else "low", scale, -_mean(results))


Rule: TypeAlias = Callable[[QuestionFacts, Sequence[str]], Iterator[Case]]

RULES: tuple[tuple[Reason, Rule], ...] = (
    ("needs-differ", _needs_differ),
    ("views-differ", _views_differ),
    ("real-change", _really_changed),
    ("low", _low),
    ("mixed", _mixed),
    ("borderline", _borderline),
    ("high", _high),
    ("middle", _middle),
)
"""The order in which questions are given out. A scale of an area gets one question, by the first rule that
finds it; among the cases of one rule, scales that have none yet in another area come first."""


def side_of(result: ScaleResult) -> BandId:
    """Low, middle or high: the scale's own band, else by share of its range. The score must be known."""
    if result.score is None:
        raise ValueError(f"{result.id} has no score")
    if result.band is not None:
        return result.band
    share = (result.score - result.lo) / (result.hi - result.lo)
    return "low" if share < LOW_TO else "high" if share >= HIGH_FROM else "middle"


def scored(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[tuple[str, tuple[ScaleResult, ...]]]:
    """Each scale that has a score in every view that asks it, with its results."""
    profiles = [profile for profile in (facts.own, facts.manager) if profile is not None]
    for scale in scales:
        results = tuple(result for profile in profiles for result in profile.scales if result.id == scale)
        if results and all(result.score is not None for result in results):
            yield scale, results


def _mean(results: Sequence[ScaleResult]) -> float:
    """For the order alone; never shown."""
    scores = [result.score for result in results if result.score is not None]
    return sum(scores) / len(scores)
