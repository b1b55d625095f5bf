"""Which questions of a bank a talk gets: what `question_rules.RULES` finds in the scores, given out in the
order of the rules to as many places as there are. Pure; the words are the bank's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assess.scoring.results import ScaleResult
from assess.talks.question_rules import RULES, Case, QuestionFacts, Reason, scored
from questionnaires.question_bank import OF_A_SCALE, BankQuestion, QuestionBank, QuestionPattern

Asker: TypeAlias = Literal["holder", "person"]
LEAST = 2
"""An opening and a closing question are always there."""
FRAMES_AT_MOST = 2
USUAL = 6
"""Where scores say little, general questions fill up to this many; to `most` where there are no scores."""
ROOM_FOR_A_STRENGTH = 4
"""From this many places for scales on, one is kept for a strength where there is one."""


@dataclass(frozen=True, slots=True)
class ChosenQuestion:
    """A question of the bank by its id. `scale` and `area_id` are None and "" where it is about the talk;
    `pattern` has its words in the bank (`QuestionBank.reason`), `reason` is the rule."""

    id: str
    pattern: QuestionPattern
    reason: Reason
    scale: str | None = None
    area_id: str = ""


STRENGTHS: frozenset[QuestionPattern] = frozenset({"both-high", "high", "rose"})
INSTEAD: dict[QuestionPattern, QuestionPattern] = {"both-low": "low", "both-high": "high"}
"""Where a bank has no question (left) for two views that agree, one for a single view serves as well."""
LOW_PATTERNS: frozenset[QuestionPattern] = frozenset({"both-low", "low", "fell", "mixed"})


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
        for scale, results in scored(facts, tuple(bank.frames_beside)):
            if any(
                result.score < bank.frames_beside[scale] for result in results if result.score is not None
            ):
                low.add(scale)
    return min(len(low), FRAMES_AT_MOST)


def _results(areas: Sequence[QuestionFacts]) -> Iterator[ScaleResult]:
    for facts in areas:
        for profile in (facts.own, facts.manager):
            yield from () if profile is None else profile.scales


def _has_scores(areas: Sequence[QuestionFacts]) -> bool:
    return any(result.score is not None for result in _results(areas))


def _place(scales: Sequence[str], scale: str | None) -> int:
    return scales.index(scale) if scale in scales else len(scales)
