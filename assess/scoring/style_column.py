"""From arrays of choices to one result for each leader. What repeats between leaders is worked out once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assess.scoring.form import Form
from assess.scoring.results import PrecisionRecord, Scored
from assess.scoring.situations import LEVELS, STYLES, Stratum, StyleScores, score_situations
from assess.scoring.style_chance import Mix, Rows, flexibility_chance, rows_of, weight_blind, weight_chance
from assess.scoring.style_posterior import (
    PRIOR,
    leading_interval,
    most_used,
    outweighs,
    share_interval,
)
from assess.scoring.style_results import (
    Effectiveness,
    Flexibility,
    LeadingId,
    LeadingIndex,
    LevelRow,
    StyleRank,
    StylesResult,
    StyleUse,
)
from assess.scoring.tally import Answers
from questionnaires.definition import PatternId, Questionnaire, Situations, StyleId


def style_results(
    questionnaire: Questionnaire, form: Form, matrix: Answers, _record: PrecisionRecord
) -> Iterable[Scored]:
    """The styles of each column of an answer matrix, in order. No precision record has a part in it.

    Raises `tally.BadAnswers`, before the first result, and `TypeError` for a questionnaire that does not
    score situations.
    """
    if not isinstance(questionnaire.scoring, Situations):
        raise TypeError(f"{questionnaire.id} does not score situations")
    choices = matrix[len(form.items) :]
    scores = score_situations(questionnaire.scoring, form, choices)
    column = styles_column(questionnaire.scoring, scores, questionnaire.interval)
    return (Scored(styles=styles) for styles in column)


def styles_column(scoring: Situations, scores: StyleScores, interval: float) -> Iterator[StylesResult]:
    """The result of each respondent, in order; `interval` is the coverage of every interval (0–1)."""
    rules = _Rules(scoring, scores.form, scores.strata, interval)
    people = zip(
        scores.answered.tolist(),
        scores.counts.T.tolist(),
        scores.cells.transpose(2, 0, 1).tolist(),
        scores.table.transpose(2, 0, 1).tolist(),
        scores.weight_sum.tolist(),
        (None if math.isnan(score) else score for score in scores.flexibility.tolist()),
        scores.tighter.tolist(),
        scores.tighter_possible.tolist(),
        scores.looser.tolist(),
        scores.looser_possible.tolist(),
        strict=True,
    )
    for answered, *numbers in people:
        if answered < rules.least:
            yield StylesResult(
                answered=answered, asked=len(rules.form.situations), min_answered=rules.form.min_situations
            )
        else:
            yield rules.result(_Person(answered, *numbers))


class _Person(NamedTuple):
    """One column of `StyleScores`."""

    answered: int
    counts: list[int]
    cells: list[list[int]]
    table: list[list[int]]
    weight_sum: int
    flexibility: float | None
    tighter: int
    tighter_possible: int
    looser: int
    looser_possible: int


@dataclass(frozen=True)
class _Rules:
    scoring: Situations
    form: Form
    strata: tuple[Stratum, ...]
    interval: float

    @property
    def least(self) -> int:
        return max(self.form.min_situations, 1)

    def result(self, person: _Person) -> StylesResult:
        mix = tuple(person.counts)
        uses = _uses(mix, self.interval, self.scoring.secondary_from)
        flexibility, effectiveness = self._flexibility(person, mix), self._effectiveness(person, mix)
        return StylesResult(
            answered=person.answered,
            asked=len(self.form.situations),
            min_answered=self.form.min_situations,
            uses=uses,
            primary=tuple(use.style for use in uses if use.rank == "primary"),
            table=_table(person.table),
            flexibility=flexibility,
            effectiveness=effectiveness,
            fit=person.weight_sum / person.answered,
            leading=(
                _leading("over-leading", person.tighter, person.tighter_possible, self.interval),
                _leading("under-leading", person.looser, person.looser_possible, self.interval),
            ),
            over_outweighs=_over_outweighs(person),
            pattern=_pattern(self.scoring, flexibility, effectiveness),
        )

    def _flexibility(self, person: _Person, mix: Mix) -> Flexibility | None:
        if person.flexibility is None:
            return None
        return Flexibility(
            score=person.flexibility,
            chance=flexibility_chance(person.answered).benchmark(mix),
            rescaled=person.answered < len(self.form.situations),
        )

    def _effectiveness(self, person: _Person, mix: Mix) -> Effectiveness | None:
        if not self.form.complete:
            return None
        rows = rows_of(
            (stratum.weights, sum(cells)) for stratum, cells in zip(self.strata, person.cells, strict=True)
        )
        return _effectiveness(rows, mix, person.weight_sum)


@lru_cache(maxsize=8192)
def _uses(mix: Mix, interval: float, secondary_from: int) -> tuple[StyleUse, ...]:
    answered = sum(mix)
    probabilities = most_used(mix)
    uses = []
    for style, count, probability in zip(STYLES, mix, probabilities, strict=True):
        low, high = share_interval(count, answered, len(STYLES), interval)
        uses.append(
            StyleUse(
                style=style,
                count=count,
                share=count / answered,
                low=low,
                high=high,
                most_used=probability,
                rank=_rank(count, max(mix), secondary_from),
            )
        )
    return tuple(uses)


def _rank(count: int, highest: int, secondary_from: int) -> StyleRank:
    if count == highest:
        return "primary"
    return "secondary" if count >= secondary_from else "developing"


def _table(table: Sequence[Sequence[int]]) -> tuple[LevelRow, ...]:
    return tuple(
        LevelRow(
            level=level,
            answered=sum(row),
            counts=dict(zip(STYLES, row, strict=True)),
            posterior=posterior(dict(zip(STYLES, row, strict=True))),
        )
        for level, row in zip(LEVELS, table, strict=True)
    )


def posterior(counts: dict[StyleId, int]) -> dict[StyleId, float]:
    """The Dirichlet parameters of the styles after these choices: count + prior."""
    return {style: count + PRIOR for style, count in counts.items()}


@lru_cache(maxsize=8192)
def _effectiveness(rows: Rows, mix: Mix, score: int) -> Effectiveness:
    return Effectiveness(
        score=score,
        lowest=sum(min(weights) * size for weights, size in rows),
        highest=sum(max(weights) * size for weights, size in rows),
        chance=weight_chance(rows).benchmark(score),
        blind=weight_blind(rows, mix).benchmark(score),
    )


@lru_cache(maxsize=8192)
def _leading(which: LeadingId, count: int, possible: int, interval: float) -> LeadingIndex:
    share = low = high = None
    if possible:
        share = count / possible
        low, high = leading_interval(count, possible, interval)
    return LeadingIndex(id=which, count=count, possible=possible, share=share, low=low, high=high)


def _over_outweighs(person: _Person) -> float | None:
    if not person.tighter_possible or not person.looser_possible:
        return None
    return outweighs(person.tighter, person.tighter_possible, person.looser, person.looser_possible)


def _pattern(
    scoring: Situations, flexibility: Flexibility | None, effectiveness: Effectiveness | None
) -> PatternId | None:
    if flexibility is None or effectiveness is None:
        return None
    fitting = effectiveness.blind.at_least < scoring.evidence_below
    if flexibility.score >= scoring.flexible_from:
        return "flexible-and-fitting" if fitting else "flexible-not-fitting"
    return "narrow-and-fitting" if fitting else "narrow-not-fitting"
