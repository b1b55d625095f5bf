"""Choices in situations: how often each style was used where, what the choices weigh, how even they are.

Situations with the same called-for level and the same row of weights form a stratum. Everything about a
sheet follows from how often it chooses each style in each stratum: the cells. They are counted by
comparing whole rows of positions with the place of a style's action, in bytes that fit the cache.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from assess.scoring.form import Form, SituationKey
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers, BadAnswers, Unsigned, blocks, small_unsigned
from questionnaires.definition import LevelId, Situations, StyleId

STYLES: tuple[StyleId, ...] = ("S1", "S2", "S3", "S4")
LEVELS: tuple[LevelId, ...] = ("M1", "M2", "M3", "M4")
FULL_FLEXIBILITY = 30
"""All four styles used alike; one style throughout is 0."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Situations that count alike. `weights` as `STYLES`; `best` is the place of the called-for style."""

    level: LevelId
    weights: tuple[int, ...]
    best: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class StyleScores:
    """The choices of many respondents (the last axis of every array).

    `cells`: strata × styles, the number of choices. `counts`: styles; their sum is `answered`. `weight_sum`:
    the sum of the weights of the chosen styles, the effectiveness where the form is complete. `tighter` and
    `looser`: choices tighter or looser than called for, of the `tighter_possible` and `looser_possible`
    answered situations in which there is such a style. `flexibility`: float64, 0–30, NaN where it is not
    given. Where fewer than `form.min_situations` are answered (`enough` is False) nothing is a score.
    """

    form: Form
    strata: tuple[Stratum, ...]
    cells: Unsigned
    counts: Unsigned
    answered: Unsigned
    weight_sum: npt.NDArray[Any]
    tighter: Unsigned
    looser: Unsigned
    tighter_possible: Unsigned
    looser_possible: Unsigned
    flexibility: Floats

    @property
    def respondents(self) -> int:
        return int(self.answered.shape[0])

    @cached_property
    def enough(self) -> npt.NDArray[np.bool_]:
        enough: npt.NDArray[np.bool_] = self.answered >= max(self.form.min_situations, 1)
        return enough

    @cached_property
    def table(self) -> Unsigned:
        """levels × styles × respondents: the cells of each level; no copy where each has one stratum."""
        if tuple(stratum.level for stratum in self.strata) == LEVELS:
            return self.cells
        table = np.zeros((len(LEVELS), *self.cells.shape[1:]), self.counts.dtype)
        for row, stratum in enumerate(self.strata):
            table[LEVELS.index(stratum.level)] += self.cells[row]
        return table


def score_situations(scoring: Situations, form: Form, answers: Answers) -> StyleScores:
    """Score a matrix of choices.

    `answers`: uint8, C-contiguous, rows as `form.situations`, columns respondents; positions 1–4 in the
    order of the file's actions, 0 = missing. Raises `BadAnswers` for another shape or type and for a
    position that is no action.
    """
    if answers.ndim != 2 or answers.shape[0] != len(form.situations) or answers.dtype != np.uint8:
        raise BadAnswers(
            f"choices in {form.questionnaire_id} are a uint8 matrix of {len(form.situations)} rows,"
            f" not {answers.dtype} {answers.shape}"
        )
    strata = strata_of(form.situations)
    scores = _empty(form, strata, answers.shape[1])
    plan = _Plan(scores, _flexibility_table(scoring, form))
    for block in blocks(answers.shape[1]):
        _check_positions(form, answers, block)
        plan.score(answers, block)
    return scores


def strata_of(situations: Iterable[SituationKey]) -> tuple[Stratum, ...]:
    """The strata in the order of levels and, within one, of the file."""
    rows: dict[tuple[LevelId, tuple[int, ...], int], list[int]] = {}
    for row, key in enumerate(situations):
        weights = tuple(key.weights[style] for style in STYLES)
        rows.setdefault((key.calls_for, weights, STYLES.index(key.best_style)), []).append(row)
    found = [Stratum(*alike, tuple(places)) for alike, places in rows.items()]
    return tuple(sorted(found, key=lambda stratum: stratum.level))


def flexibility_of(counts: Iterable[int]) -> float:
    """How evenly the styles are used, 0–30: 30 − Σ|nₖ − n/4| · 20/n, n the number of choices.

    One style throughout deviates by n − n/4 + 3·n/4 = 3n/2 in all, whatever n is, so the scale is the same
    for every number of situations; for 20 the formula is 30 − Σ|nₖ − 5|, even numbers only. Where four does
    not divide n, the most even use is a little under 30. Raises `ZeroDivisionError` without a choice.
    """
    used = tuple(counts)
    answered = sum(used)
    return (FULL_FLEXIBILITY * answered - 5 * sum(abs(4 * count - answered) for count in used)) / answered


def _check_positions(form: Form, answers: Answers, block: slice) -> None:
    if answers[:, block].max(initial=0) <= len(STYLES):
        return
    for row, key in enumerate(form.situations):
        beyond = answers[row, block] > len(STYLES)
        if beyond.any():
            place = block.start + int(np.argmax(beyond))
            raise BadAnswers(f"respondent number {place + 1} has an answer to {key.id} that is no action")


def _empty(form: Form, strata: tuple[Stratum, ...], respondents: int) -> StyleScores:
    asked = len(form.situations)
    weights = [weight for stratum in strata for weight in stratum.weights]
    highest = sum(max(stratum.weights) * len(stratum.rows) for stratum in strata)
    # Four times a count is compared with the number answered, and their differences are added up. One
    # piece of memory for all of them: the system hands out large pieces faster than many small ones.
    cells = len(strata) * len(STYLES)
    numbers = np.empty((cells + len(STYLES) + 5, respondents), small_unsigned(4 * asked))
    answered, tighter, looser, tighter_possible, looser_possible = numbers[cells + len(STYLES) :]
    return StyleScores(
        form=form,
        strata=strata,
        cells=numbers[:cells].reshape(len(strata), len(STYLES), respondents),
        counts=numbers[cells : cells + len(STYLES)],
        answered=answered,
        weight_sum=np.empty(
            respondents, small_unsigned(highest) if min(weights, default=0) >= 0 else np.int64
        ),
        tighter=tighter,
        looser=looser,
        tighter_possible=tighter_possible,
        looser_possible=looser_possible,
        flexibility=np.empty(respondents),
    )


def _flexibility_table(scoring: Situations, form: Form) -> Floats:
    """Flexibility by number answered (rows) and surplus, Σ over styles of max(4·count − answered, 0).

    The surpluses make up half of the deviations: Σ|4nₖ − n| is twice their sum.
    """
    asked = len(form.situations)
    answered, surplus = np.indices((asked + 1, 3 * asked + 1))
    table = np.full(answered.shape, np.nan)
    least = max(form.min_situations, 1) if scoring.flexibility_when_missing else max(asked, 1)
    given = (answered >= max(least, form.min_situations)) & form.complete
    np.divide(FULL_FLEXIBILITY * answered - 10 * surplus, answered, out=table, where=given)
    return table


class _Plan:
    """Which sums make up what, worked out once; `score` fills one block of respondents."""

    def __init__(self, scores: StyleScores, flexibility: Floats) -> None:
        self.scores = scores
        self.flexibility = flexibility
        self.places = [
            [[(row, _place(scores.form, row, style)) for row in stratum.rows] for style in STYLES]
            for stratum in scores.strata
        ]
        every = [(row, style) for row in range(len(scores.strata)) for style in range(len(STYLES))]
        best = [stratum.best for stratum in scores.strata]
        self.tighter = [(row, style) for row, style in every if style < best[row]]
        self.looser = [(row, style) for row, style in every if style > best[row]]
        self.no_tighter = [cell for cell in every if best[cell[0]] == 0]
        self.no_looser = [cell for cell in every if best[cell[0]] == len(STYLES) - 1]
        self.by_weight: dict[int, list[tuple[int, int]]] = {}
        for row, style in every:
            self.by_weight.setdefault(scores.strata[row].weights[style], []).append((row, style))

    def score(self, answers: Answers, block: slice) -> None:
        scores = self.scores
        self._count(answers, block)
        for style, count in enumerate(scores.counts):
            _sum([cells[style, block] for cells in scores.cells], count[block])
        _sum([count[block] for count in scores.counts], scores.answered[block])
        self._weigh(block)
        self._sum_cells(self.tighter, block, scores.tighter)
        self._sum_cells(self.looser, block, scores.looser)
        self._possible(self.no_tighter, block, scores.tighter_possible)
        self._possible(self.no_looser, block, scores.looser_possible)
        self._flexibility(block)

    def _count(self, answers: Answers, block: slice) -> None:
        chosen = np.empty(block.stop - block.start, np.bool_)
        rows = list(answers[:, block])
        for cells, styles in zip(self.scores.cells, self.places, strict=True):
            for cell, ((first, place), *others) in zip(cells[:, block], styles, strict=True):
                np.equal(rows[first], place, out=chosen)
                cell[:] = chosen.view(np.uint8)
                for row, other in others:
                    np.equal(rows[row], other, out=chosen)
                    np.add(cell, chosen.view(np.uint8), out=cell)

    def _cells(self, cells: list[tuple[int, int]], block: slice) -> list[Unsigned]:
        return [self.scores.cells[row, style, block] for row, style in cells]

    def _sum_cells(self, cells: list[tuple[int, int]], block: slice, out: Unsigned) -> None:
        _sum(self._cells(cells, block), out[block])

    def _possible(self, impossible: list[tuple[int, int]], block: slice, out: Unsigned) -> None:
        self._sum_cells(impossible, block, out)
        np.subtract(self.scores.answered[block], out[block], out=out[block])

    def _weigh(self, block: slice) -> None:
        """Cells of equal weight are added up before they are weighed."""
        out = self.scores.weight_sum[block]
        if not self.by_weight:
            out[:] = 0
        part = np.empty_like(out)
        for number, (weight, cells) in enumerate(self.by_weight.items()):
            into = part if number else out
            _sum(self._cells(cells, block), into)
            if weight != 1:
                np.multiply(into, weight, out=into)
            if number:
                np.add(out, part, out=out)

    def _flexibility(self, block: slice) -> None:
        answered = self.scores.answered[block]
        surplus, part = np.empty_like(answered), np.empty_like(answered)
        for number, count in enumerate(self.scores.counts):
            into = part if number else surplus
            np.multiply(count[block], 4, out=into)
            np.maximum(into, answered, out=into)
            np.subtract(into, answered, out=into)
            if number:
                np.add(surplus, part, out=surplus)
        places = answered.astype(small_unsigned(self.flexibility.size))
        np.multiply(places, self.flexibility.shape[1], out=places)
        np.add(places, surplus, out=places)
        self.flexibility.take(places, mode="clip", out=self.scores.flexibility[block])


def _place(form: Form, row: int, style: StyleId) -> npt.NDArray[np.uint8]:
    """The position of a style's action. A byte: any other integer would widen the rows compared with it."""
    return np.array(form.situations[row].actions.index(style) + 1, np.uint8)


def _sum(parts: list[Unsigned], out: npt.NDArray[Any]) -> None:
    """The sum of the parts, written to `out`; nothing where there are none."""
    if len(parts) < 2:
        out[:] = parts[0] if parts else 0
        return
    np.add(parts[0], parts[1], out=out)
    for part in parts[2:]:
        np.add(out, part, out=out)
