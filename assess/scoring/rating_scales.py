"""Means of keyed items: scores, standard errors and intervals from sums and counts.

Everything about a scale depends on one respondent's (sum, count) only. There are few of those, so each
number is worked out once for each and then looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from assess.scoring.form import Form
from assess.scoring.precision import Floats, interval_quantile, standard_errors
from assess.scoring.tally import Answers, Tally, Unsigned, blocks, small_unsigned, tally
from questionnaires.definition import Precision

Rule: TypeAlias = Callable[[Floats, Floats], Floats]
"""(sums of keyed values, numbers answered) to one number each, elementwise."""


@dataclass(frozen=True)
class ScaleScores:
    """Scores of many respondents: arrays scales × respondents, rows as `form.scales`.

    `answered` counts the answered items. `score` is the mean of the keyed values, NaN where fewer than
    the minimum were answered; `sem` is NaN there and where no precision is known; `low` and `high` bound
    the interval at `form.interval` and are NOT clipped to the scale: clipping is for display
    (`ScaleResult` is clipped). The float arrays are made when they are first asked for.
    """

    form: Form
    tally: Tally
    precision: Mapping[str, Precision]

    @property
    def respondents(self) -> int:
        return int(self.tally.sums.shape[1])

    @property
    def answered(self) -> Unsigned:
        return self.tally.answered

    @cached_property
    def score(self) -> Floats:
        return self._all(self.score_rule)

    @cached_property
    def sem(self) -> Floats:
        return self._all(self.sem_rule)

    @cached_property
    def low(self) -> Floats:
        return self.score - interval_quantile(self.form.interval) * self.sem

    @cached_property
    def high(self) -> Floats:
        return self.score + interval_quantile(self.form.interval) * self.sem

    def _all(self, rule_of: Callable[[int], Rule]) -> Floats:
        numbers = np.empty(self.tally.sums.shape)
        for row in range(len(self.form.scales)):
            numbers_of = self.look_up(row, rule_of(row))
            for block in blocks(self.respondents):
                numbers[row, block] = numbers_of(block)
        return numbers

    def score_rule(self, row: int) -> Rule:
        """The mean of the answered items as a function of sum and count."""
        scale = self.form.scales[row]

        def mean(total: Floats, answered: Floats) -> Floats:
            scores = np.full(total.shape, np.nan)
            enough = answered >= max(scale.min_answered, 1)
            np.divide(total, answered, out=scores, where=enough)
            return scores

        return mean

    def sem_rule(self, row: int) -> Rule:
        """The standard error of the score as a function of sum and count."""
        scale = self.form.scales[row]
        precision = self.precision.get(scale.id)

        def error(_total: Floats, answered: Floats) -> Floats:
            errors = standard_errors(precision, scale.full_length, answered)
            return np.where(answered >= scale.min_answered, errors, np.nan)

        return error

    def look_up(self, row: int, rule: Rule) -> LookUp:
        """`rule` on one scale, for any block of respondents.

        It is worked out once for each (sum, count) that is possible, or, when those are more than the
        respondents, for each of them; an elementwise rule gives the same bits either way.
        """
        counts, width = len(self.form.scales[row].rows) + 1, self.tally.highest[row] + 1
        base = self.tally.bases[row]
        table = None
        if counts * width <= self.respondents:
            items, sums = np.divmod(np.arange(counts * width, dtype=np.float64), width)
            table = rule(sums + items * base, items)
        return LookUp(self.tally.sums[row], self.tally.answered[row], base, width, rule, table)


@dataclass(frozen=True, slots=True)
class LookUp:
    """A number for each respondent on one scale, from `table[answered * width + sum]` where there is one."""

    sums: Unsigned
    answered: Unsigned
    base: int
    width: int
    rule: Rule
    table: Floats | None

    def __call__(self, block: slice) -> Floats:
        """float64, one for each respondent of the block."""
        sums, answered = self.sums[block], self.answered[block]
        if self.table is None:
            items = answered.astype(np.float64)
            return self.rule(sums + items * self.base, items)
        places: Unsigned = answered.astype(small_unsigned(self.table.size - 1))
        np.multiply(places, self.width, out=places)
        np.add(places, sums, out=places)
        found: Floats = self.table.take(places, mode="clip")
        return found


def score(form: Form, answers: Answers, precision: Mapping[str, Precision]) -> ScaleScores:
    """Score a matrix of answers; `precision` by scale id (`precision.record_in_force(...).values`).

    `answers`: uint8, C-contiguous, rows as `form.items`, columns respondents (one person is one column).
    Raises `BadAnswers` for another shape or type and for positions that are no option.
    """
    return ScaleScores(form, tally(form, answers), precision)
