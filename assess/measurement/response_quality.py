"""How carefully a questionnaire was answered: figures for each sheet, the signs among them, the flags.

Sources: METHODS §5; Curran (2016), Meade & Craig (2012), Huang et al. (2012), Dunn et al. (2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.measurement import response_quality_signs as table
from assess.measurement.moments import moments
from assess.measurement.response_quality_consistency import (
    LEAST_PAIRS,
    LEAST_SCALES,
    even_odd,
    person_total,
    synonym_pairs,
    synonyms,
)
from assess.measurement.response_quality_results import QualityReason
from assess.measurement.response_quality_runs import Options, choices_of, runs, variability
from assess.measurement.response_quality_sample import Keyed, distances, inverse_of
from assess.measurement.response_quality_signs import SIGNS, Bools, IndexId, Kind
from assess.scoring.form import Form
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers, BadAnswers

LEAST_SHEETS = 30
"""Sheets under which the sample tells nothing about one of them: no synonyms, distances, person–total."""
SHEETS_PER_ITEM = 2
"""D² needs more sheets than so many times the items: with fewer it describes the sample's chance."""
_LETTERS: Options = (1, 2, 3, 4)
INDICES: tuple[IndexId, ...] = (
    "longest_run",
    "average_run",
    "variability",
    "even_odd",
    "synonyms",
    "mahalanobis",
    "mahalanobis_probability",
    "person_total",
    "seconds_per_item",
)

Figures: TypeAlias = dict[IndexId, Floats]
Reasons: TypeAlias = dict[IndexId, QualityReason]


@dataclass(frozen=True)
class SheetFigures:
    """Figures of many sheets of one form. `figures`: float64, one for each sheet, NaN = not known; an index
    that no sheet can have is not among them and has its reason in `reasons` (see `IndexSummary`)."""

    form: Form
    n: int
    order: Literal["asked", "questionnaire"]
    items: int
    pairs: tuple[tuple[str, str], ...]
    figures: Mapping[IndexId, Floats]
    reasons: Mapping[IndexId, QualityReason]

    @cached_property
    def signs(self) -> dict[IndexId, Bools]:
        """For each known figure that is a sign of something, the sheets that show it."""
        return {
            sign.index: table.shown_by(sign, self.figures[sign.index], self.form)
            for sign in SIGNS
            if sign.index in self.figures
        }

    @cached_property
    def kinds(self) -> dict[Kind, Bools]:
        """For each kind with a known figure, the sheets that show at least one sign of it."""
        found: dict[Kind, Bools] = {}
        for sign in SIGNS:
            if sign.index in self.signs:
                found[sign.kind] = found.get(sign.kind, np.False_) | self.signs[sign.index]
        return found

    @cached_property
    def flagged(self) -> Bools:
        """The sheets with signs of at least two kinds."""
        return table.flagged(self.kinds) if self.kinds else np.zeros(self.n, np.bool_)


def sheet_figures(
    form: Form,
    answers: Answers,
    seconds: npt.ArrayLike | None = None,
    asked: npt.NDArray[np.integer[Any]] | None = None,
) -> SheetFigures:
    """All figures of response quality for each sheet.

    `answers`: uint8, item-major, rows as `form.scored_item_ids`, 0 = missing; `seconds`: one for each sheet,
    NaN where not known; `asked`: rows in the order in which each respondent was asked (items × respondents),
    for forms that shuffle their pages; None: that of the form. Runs are of options as chosen, consistency and
    distance of keyed values. Of situations, only runs of letters and time. Raises `BadAnswers` for another
    shape or type and for positions that are no option, `ValueError` for other shapes of the rest.
    """
    _check(form, answers)
    figures: Figures = {}
    reasons: Reasons = {}
    _add_runs(form, answers, asked, figures)
    rows = _comparable(form)
    keyed = Keyed(answers[rows], [form.items[row] for row in rows])
    _add_variability(form, keyed, figures, reasons)
    _add_even_odd(form, keyed, rows, figures, reasons)
    pairs = _add_sample(form, keyed, figures, reasons)
    _add_seconds(answers, seconds, figures, reasons)
    return SheetFigures(
        form=form,
        n=answers.shape[1],
        order="questionnaire" if form.shuffled and asked is None else "asked",
        items=len(rows),
        pairs=pairs,
        figures={index: figures[index] for index in INDICES if index in figures},
        reasons=reasons,
    )


def _check(form: Form, answers: Answers) -> None:
    rows = len(form.items) + len(form.situations)
    if answers.ndim != 2 or answers.shape[0] != rows or answers.dtype != np.uint8:
        raise BadAnswers(
            f"answers to {form.questionnaire_id} are a uint8 matrix of {rows} rows,"
            f" not {answers.dtype} {answers.shape}"
        )
    for row, (item_id, options) in enumerate(zip(form.scored_item_ids, options_of(form), strict=True)):
        if answers[row].max(initial=0) > len(options):
            place = int(np.argmax(answers[row] > len(options))) + 1
            raise BadAnswers(f"respondent number {place} has an answer to {item_id} that is no option")


def options_of(form: Form) -> list[Options]:
    """The option values of each row of the answer matrix; those of a situation are its letters."""
    return [item.values for item in form.items] + [_LETTERS] * len(form.situations)


def _comparable(form: Form) -> list[int]:
    """Rows of the rating items that share the form's common options."""
    common = table.common_options(form)
    return [row for row, item in enumerate(form.items) if item.values == common]


# --- the figures -----------------------------------------------------------------------------------


def _add_runs(
    form: Form, answers: Answers, asked: npt.NDArray[np.integer[Any]] | None, figures: Figures
) -> None:
    """Of the ratings, or of the letters where there are no ratings; of each form's own order."""
    choices = choices_of(answers, options_of(form))
    if asked is None:
        place = {item_id: number for number, item_id in enumerate(form.item_ids)}
        rows = range(len(form.items) or len(form.situations))
        choices = choices[sorted(rows, key=lambda row: place[form.scored_item_ids[row]])]
    elif asked.shape == answers.shape:
        choices = np.take_along_axis(choices, asked, axis=0)
    else:
        raise ValueError(f"the order of asking is {asked.shape}, the answers are {answers.shape}")
    found = runs(choices)
    longest = found.longest.astype(np.float64)
    longest[longest == 0] = np.nan
    figures["longest_run"] = longest
    figures["average_run"] = found.average


def _add_variability(form: Form, keyed: Keyed, figures: Figures, reasons: Reasons) -> None:
    if _too_few_items(form, keyed, ("variability",), reasons):
        return
    figures["variability"] = variability(keyed.answers, table.common_options(form))


def _too_few_items(form: Form, keyed: Keyed, indices: tuple[IndexId, ...], reasons: Reasons) -> bool:
    """Whether there are no ratings, or too few to compare; if so, the indices have that reason."""
    if len(keyed.items) >= LEAST_PAIRS:
        return False
    only_letters = bool(form.situations) and not form.items
    reason: QualityReason = "situations" if only_letters else "fewer-than-3-items"
    reasons |= dict.fromkeys(indices, reason)
    return True


def _add_even_odd(form: Form, keyed: Keyed, rows: list[int], figures: Figures, reasons: Reasons) -> None:
    if _too_few_items(form, keyed, ("even_odd",), reasons):
        return
    place = {row: number for number, row in enumerate(rows)}
    scales = [
        [place[row] for row in scale.rows if row in place] for scale in form.scales if not scale.is_domain
    ]
    split = [scale for scale in scales if len(scale) > 1]
    if len(split) < LEAST_SCALES:
        reasons["even_odd"] = "fewer-than-5-scales"
        return
    figures["even_odd"] = even_odd(keyed, split)


def _add_sample(form: Form, keyed: Keyed, figures: Figures, reasons: Reasons) -> tuple[tuple[str, str], ...]:
    """What needs the other sheets. Returns the pairs of items that are synonyms in this sample."""
    distance: tuple[IndexId, ...] = ("mahalanobis", "mahalanobis_probability")
    all_of_them: tuple[IndexId, ...] = ("synonyms", *distance, "person_total")
    if _too_few_items(form, keyed, all_of_them, reasons):
        return ()
    if keyed.respondents < LEAST_SHEETS:
        reasons |= dict.fromkeys(all_of_them, "fewer-than-30-sheets")
        return ()
    sample = moments(keyed.items, keyed.answers)
    means = keyed.centred(sample.means())
    figures["person_total"] = person_total(keyed, means)
    inverse = inverse_of(sample.covariances())
    if keyed.respondents <= SHEETS_PER_ITEM * len(keyed.items):
        reasons |= dict.fromkeys(distance, "too-few-sheets-for-the-items")
    elif inverse is None:
        reasons |= dict.fromkeys(distance, "covariance-singular")
    else:
        found = distances(keyed, means, inverse)
        figures["mahalanobis"], figures["mahalanobis_probability"] = found.squared, found.probability
    pairs = synonym_pairs(sample.correlations())
    if len(pairs) < LEAST_PAIRS:
        reasons["synonyms"] = "fewer-than-3-pairs"
    else:
        figures["synonyms"] = synonyms(keyed, pairs)
    ids = [item.id for item in keyed.items]
    return tuple((ids[b], ids[a]) for a, b in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))


def _add_seconds(answers: Answers, seconds: npt.ArrayLike | None, figures: Figures, reasons: Reasons) -> None:
    """Seconds of the whole sheet for each answered item that counts: what else was asked on it only makes
    the figure larger, never a hasty sheet of a careful one."""
    if seconds is None:
        reasons["seconds_per_item"] = "no-seconds"
        return
    taken = np.asarray(seconds, np.float64)
    if taken.shape != (answers.shape[1],):
        raise ValueError(f"{answers.shape[1]} sheets, but times of shape {taken.shape}")
    if not np.isfinite(taken).any():
        reasons["seconds_per_item"] = "no-seconds"
        return
    answered = np.count_nonzero(answers, axis=0)
    found = np.full(taken.shape, np.nan)
    np.divide(taken, answered, out=found, where=answered > 0)
    figures["seconds_per_item"] = found
