"""From an answers file to scores: the use case of `assess score`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, Group, read_answers
from assess.files.decoding import Source
from assess.files.pairs import OWNER
from assess.files.raters import RATERS, group_rows
from assess.files.results import ResultRow, ScoredFile
from assess.files.style_columns import COLUMNS, GROUP_COLUMNS
from assess.scoring.kinds import UnknownScoringKind, scoring_of
from assess.scoring.precision import record_in_force
from assess.scoring.profile import score_results
from assess.scoring.results import Scored
from questionnaires.definition import Definition, PerspectiveId, Questionnaire, Situations
from questionnaires.naming import counted

BLOCK = 8_192
"""Sheets that are held as results at a time."""


def score_file(definition: Definition, source: Source, short_form: str | None = None) -> ScoredFile:
    """Read an answers file and score each sheet with the file's provisional precision.

    Direct reports' sheets have no row each (see `raters.group_rows`). Iterate over the result for
    `ResultRow`s in the order of the file, or hand it to `results.write_scores`. Raises `BadInput` for a file
    with problems, `AssessError` for a questionnaire of a kind that is not scored yet,
    `scoring.form.UnknownForm` for a short form that the questionnaire does not have.
    """
    questionnaire = definition.questionnaire
    refuse_what_is_not_scored(questionnaire)
    answers = read_answers(source, definition, short_form)
    classification = questionnaire.classification
    rows = _Rows(answers)
    scored = {scale.id for group in rows.groups for scale in group.form.scales}
    return ScoredFile(
        rows=rows,
        count=len(rows),
        scales=[scale for scale in questionnaire.scales if scale in scored],
        levels=() if classification is None else tuple(classification.levels),
        styles=_style_columns(questionnaire),
        told=rows.told,
    )


def _style_columns(questionnaire: Questionnaire) -> tuple[str, ...]:
    if not isinstance(questionnaire.scoring, Situations):
        return ()
    return GROUP_COLUMNS if RATERS in questionnaire.perspectives else COLUMNS


def refuse_what_is_not_scored(questionnaire: Questionnaire) -> None:
    """Raises `AssessError` for a questionnaire of a kind that is not scored yet."""
    try:
        scoring_of(questionnaire)
    except UnknownScoringKind as error:
        raise AssessError(f"{error}.", "Its answers can be collected, and scored by a later one.") from error


def _too_few(groups: Sequence[Group]) -> Iterator[str]:
    """A sentence for each perspective of which sheets have blank scores, for too little is answered."""
    sheets: dict[PerspectiveId, int] = {}
    for group in groups:
        answered = group.matrix > 0
        first = len(group.form.items)
        blank = answered[first:].sum(axis=0) < group.form.min_situations
        for scale in group.form.scales:
            blank |= answered[list(scale.rows)].sum(axis=0) < max(scale.min_answered, 1)
        sheets[group.perspective] = sheets.get(group.perspective, 0) + int(blank.sum())
    for perspective, count in sheets.items():
        if count:
            whose = counted(count, f"{OWNER.get(perspective, perspective)} sheet")
            verb = "has" if count == 1 else "have"
            yield f"{whose} {verb} too few answers: the scores that need more are blank."


class _Rows:
    """Result rows in the order of the file, groups of raters last; every walk over them scores anew.

    `groups` are those whose sheets have a row each, `told` says what has none.
    """

    def __init__(self, answers: AnswersFile) -> None:
        self._answers = answers
        self.groups = tuple(group for group in answers.groups() if group.perspective != RATERS)
        self._together, told = group_rows(answers)
        self.told = (*told, *_too_few(self.groups))

    def __len__(self) -> int:
        return sum(len(group.rows) for group in self.groups) + len(self._together)

    def __iter__(self) -> Iterator[ResultRow]:
        for start in range(0, len(self._answers), BLOCK):
            stop = min(start + BLOCK, len(self._answers))
            results: dict[int, tuple[Group, Scored]] = {}
            for group in self.groups:
                results.update(self._score(group, start, stop))
            for row in sorted(results):
                yield self._row(row, *results[row])
        yield from self._together

    def _score(self, group: Group, start: int, stop: int) -> Iterator[tuple[int, tuple[Group, Scored]]]:
        first, last = np.searchsorted(group.rows, (start, stop))
        questionnaire = self._answers.definition.questionnaire
        record = record_in_force(questionnaire, group.perspective, None)
        matrix = np.ascontiguousarray(group.matrix[:, first:last])
        rows = group.rows[first:last].tolist()
        for row, result in zip(rows, score_results(questionnaire, group.form, matrix, record), strict=True):
            yield row, (group, result)

    def _row(self, row: int, group: Group, result: Scored) -> ResultRow:
        return ResultRow(
            id=self._answers.sheets.ids[row],
            perspective=group.perspective,
            subject=self._answers.sheets.subjects[row],
            job_area=self._answers.sheets.job_areas[row],
            form=group.short_form,
            scales=result.scales,
            classification=result.classification,
            styles=result.styles,
        )
