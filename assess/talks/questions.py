"""Which questions of a bank a talk gets: rules from scores to questions. Pure; the table is `RULES`.

The rules look at each job area by itself: its two views (either may be missing), their comparison, and what
has changed. A scale without a score gets no question. A change that may be noise gets none either, for a
question about a change says that there was one. The words are the bank's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from assess.scoring.results import Comparison, Profile, ScaleResult
from questionnaires.question_bank import OF_A_SCALE, BankQuestion, QuestionBank, QuestionPattern
from questionnaires.terms import BandId

Asker: TypeAlias = Literal["holder", "person"]
Reason: TypeAlias = Literal[
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

LEAST = 2
"""An opening and a closing question are always there."""
FRAMES_AT_MOST = 2
USUAL = 6
"""Where scores say little, general questions fill up to this many; to `most` where there are no scores."""
ROOM_FOR_A_STRENGTH = 4
"""From this many places for scales on, one is kept for a strength where there is one."""
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
class ChosenQuestion:
    """A question of the bank by its id. `scale` and `area_id` are None and "" where it is about the talk;
    `pattern` has its words in the bank (`QuestionBank.reason`), `reason` is the rule."""

    id: str
    pattern: QuestionPattern
    reason: Reason
    scale: str | None = None
    area_id: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule has found: a scale of an area that shows a pattern, and how strongly."""

    pattern: QuestionPattern
    scale: str | None
    strength: float
    area_id: str = ""


# --- the rules -------------------------------------------------------------------------------------


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
    for scale, results in _views(facts, scales):
        if all(side_of(result) == "low" for result in results):
            yield Case("both-low" if len(results) > 1 else "low", scale, -_mean(results))


def _mixed(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """A facet is clearly lower than the rest of its domain."""
    del scales
    found = [p.classification.mixed for p in (facts.own, facts.manager) if p and p.classification]
    for domain in dict.fromkeys(domain for mixed in found for domain in mixed):
        yield Case("mixed", domain, sum(domain in mixed for mixed in found))


def _borderline(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """The needs cannot be told apart: the manager's view decides, without one the own."""
    del scales
    for profile in (facts.manager, facts.own):
        if profile is not None and profile.classification is not None and profile.classification.level:
            if profile.classification.borderline:
                yield Case("between-needs", None, 1 - (profile.classification.probability or 0))
            return


def _high(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """High in every view that there is; the highest first."""
    for scale, results in _views(facts, scales):
        if all(side_of(result) == "high" for result in results):
            yield Case("both-high" if len(results) > 1 else "high", scale, _mean(results))


def _middle(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[Case]:
    """High in no view, and not low in all: there is room for more; the lowest first."""
    for scale, results in _views(facts, scales):
        sides = {side_of(result) for result in results}
        if "high" not in sides and sides != {"low"}:
            yield Case("both-low" if len(results) > 1 else "low", scale, -_mean(results))


Rule: TypeAlias = Callable[[QuestionFacts, Sequence[str]], Iterator[Case]]

RULES: tuple[tuple[Reason, Rule], ...] = (
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

STRENGTHS: frozenset[QuestionPattern] = frozenset({"both-high", "high", "rose"})
INSTEAD: dict[QuestionPattern, QuestionPattern] = {"both-low": "low", "both-high": "high"}
"""Where a bank has no question (left) for two views that agree, one for a single view serves as well."""
LOW_PATTERNS: frozenset[QuestionPattern] = frozenset({"both-low", "low", "fell", "mixed"})


# --- choosing --------------------------------------------------------------------------------------


def choose(
    bank: QuestionBank,
    areas: Sequence[QuestionFacts],
    *,
    asker: Asker = "holder",
    most: int = 8,
    turn: int = 0,
) -> tuple[ChosenQuestion, ...]:
    """The questions of a talk, at most `most`: an opening one, those about frames, those by `RULES` in their
    order, general ones where scores say little, and a closing one.

    `areas`: one for each job area, empty without any questionnaire. `asker`: whose questions they are. `turn`
    is how many talks the two have had: where the bank has several questions for one pattern, the next talk
    gets the next of them. Deterministic. Raises `ValueError` for `most` under 2.
    """
    if most < LEAST:
        raise ValueError(f"a talk has at least {LEAST} questions, not {most}")
    shelf = _Shelf(bank, asker, turn)
    opening, closing = shelf.take("opening", "opening", 1), shelf.take("closing", "closing", 1)
    places = most - len(opening) - len(closing)
    found = _found(areas, shelf)
    frames = shelf.take("frames", "frames", min(places, _frames_wanted(bank, areas, _cut(found, places))))
    chosen = _cut(found, places - len(frames))
    wanted = most if not _has_scores(areas) else min(most, USUAL)
    missing = wanted - len(opening) - len(closing) - len(frames) - len(chosen)
    general = shelf.take("no-questionnaire", "general", max(missing, 0))
    return (*opening, *frames, *chosen, *general, *closing)


def side_of(result: ScaleResult) -> BandId:
    """Low, middle or high: the scale's own band, else by share of its range. The score must be known."""
    if result.score is None:
        raise ValueError(f"{result.id} has no score")
    if result.band is not None:
        return result.band
    share = (result.score - result.lo) / (result.hi - result.lo)
    return "low" if share < LOW_TO else "high" if share >= HIGH_FROM else "middle"


class _Shelf:
    """The bank's questions for one asker, each given out once."""

    def __init__(self, bank: QuestionBank, asker: Asker, turn: int) -> None:
        self.questions = [question for question in bank.questions if question.ask in ("both", asker)]
        self.scales = tuple(
            dict.fromkeys(
                question.scale
                for question in bank.questions
                if question.scale and question.pattern in OF_A_SCALE and question.pattern != "mixed"
            )
        )
        self.turn = turn
        self.used: set[str] = set()

    def find(self, pattern: QuestionPattern, scale: str | None = None) -> BankQuestion | None:
        """The next question for a pattern, of the scale itself before one that fits every scale."""
        patterns = (pattern, INSTEAD.get(pattern, pattern))
        for wanted_scale in dict.fromkeys((scale, None)):
            for wanted in dict.fromkeys(patterns):
                found = self._next(
                    [q for q in self.questions if (q.pattern, q.scale) == (wanted, wanted_scale)]
                )
                if found is not None:
                    return found
        return None

    def _next(self, fitting: Sequence[BankQuestion]) -> BankQuestion | None:
        """The first one, from this turn's on, that has not been given out."""
        first = self.turn % len(fitting) if fitting else 0
        for question in (*fitting[first:], *fitting[:first]):
            if question.id not in self.used:
                self.used.add(question.id)
                return question
        return None

    def take(self, pattern: QuestionPattern, reason: Reason, count: int) -> tuple[ChosenQuestion, ...]:
        """Up to `count` questions about the talk itself."""
        found = (self.find(pattern) for _ in range(count))
        return tuple(ChosenQuestion(q.id, pattern, reason) for q in found if q is not None)


def _found(areas: Sequence[QuestionFacts], shelf: _Shelf) -> list[ChosenQuestion]:
    """A question for every case that the bank has one for, in the order of `RULES`."""
    chosen: list[ChosenQuestion] = []
    for reason, cases in _ranked(areas, shelf.scales):
        for case in _spread(cases, chosen):
            question = shelf.find(case.pattern, case.scale)
            if question is not None:
                chosen.append(ChosenQuestion(question.id, case.pattern, reason, case.scale, case.area_id))
    return chosen


def _ranked(areas: Sequence[QuestionFacts], scales: Sequence[str]) -> Iterator[tuple[Reason, list[Case]]]:
    """The cases of each rule, strongest first; a scale of an area is told by its first rule alone."""
    told: set[tuple[str, str | None]] = set()
    for reason, rule in RULES:
        cases = [
            Case(case.pattern, case.scale, case.strength, facts.area_id)
            for facts in areas
            for case in rule(facts, scales)
            if (facts.area_id, case.scale) not in told
        ]
        told |= {(case.area_id, case.scale) for case in cases}
        yield reason, sorted(cases, key=lambda case: (-case.strength, _place(scales, case.scale)))


def _spread(cases: Sequence[Case], chosen: Sequence[ChosenQuestion]) -> Iterator[Case]:
    """Cases of scales that have no question yet before those that have one in another area."""
    taken: set[str | None] = {question.scale for question in chosen}
    later: list[Case] = []
    for case in cases:
        if case.scale in taken:
            later.append(case)
            continue
        taken |= {case.scale}
        yield case
    yield from later


def _cut(chosen: list[ChosenQuestion], places: int) -> list[ChosenQuestion]:
    """The first ones; where the last would be one more difficulty, a strength takes its place."""
    kept, rest = chosen[:places], chosen[places:]
    if places >= ROOM_FOR_A_STRENGTH and not any(question.pattern in STRENGTHS for question in kept):
        strength = next((question for question in rest if question.pattern in STRENGTHS), None)
        if strength is not None:
            kept[-1] = strength
    return kept


def _frames_wanted(
    bank: QuestionBank, areas: Sequence[QuestionFacts], chosen: Sequence[ChosenQuestion]
) -> int:
    """How many of the scales that are put beside frames are low in some view, or asked about as low."""
    low = {q.scale for q in chosen if q.scale in bank.frames_beside and q.pattern in LOW_PATTERNS}
    for facts in areas:
        for scale, results in _views(facts, tuple(bank.frames_beside)):
            if any(
                result.score < bank.frames_beside[scale] for result in results if result.score is not None
            ):
                low.add(scale)
    return min(len(low), FRAMES_AT_MOST)


def _views(facts: QuestionFacts, scales: Sequence[str]) -> Iterator[tuple[str, tuple[ScaleResult, ...]]]:
    """Each scale that has a score in every view that asks it, with its results."""
    profiles = [profile for profile in (facts.own, facts.manager) if profile is not None]
    for scale in scales:
        results = tuple(result for profile in profiles for result in profile.scales if result.id == scale)
        if results and all(result.score is not None for result in results):
            yield scale, results


def _results(areas: Sequence[QuestionFacts]) -> Iterator[ScaleResult]:
    for facts in areas:
        for profile in (facts.own, facts.manager):
            yield from () if profile is None else profile.scales


def _has_scores(areas: Sequence[QuestionFacts]) -> bool:
    return any(result.score is not None for result in _results(areas))


def _mean(results: Sequence[ScaleResult]) -> float:
    """For the order alone; never shown."""
    scores = [result.score for result in results if result.score is not None]
    return sum(scores) / len(scores)


def _place(scales: Sequence[str], scale: str | None) -> int:
    return scales.index(scale) if scale in scales else len(scales)
