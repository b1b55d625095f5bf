"""From an answers file to scores: the use case of `assess score`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, Group, read_answers
from assess.files.decoding import Source
from assess.files.results import ResultRow, ScoredFile
from assess.scoring.kinds import Scored
from assess.scoring.precision import record_in_force
from assess.scoring.profile import score_results
from questionnaires.definition import Definition, Questionnaire, Situations

BLOCK = 8_192
"""Sheets that are held as results at a time."""


def score_file(definition: Definition, source: Source, short_form: str | None = None) -> ScoredFile:
    """Read an answers file and score each sheet with the file's provisional precision.

    Iterate over the result for `ResultRow`s in the order of the file, or hand it to `results.write_scores`.
    Raises `BadInput` for a file with problems, `AssessError` for a questionnaire of a kind that is not
    scored yet, `scoring.form.UnknownForm` for a short form that the questionnaire does not have.
    """
    questionnaire = definition.questionnaire
    refuse_what_is_not_scored(questionnaire)
    answers = read_answers(source, definition, short_form)
    classification = questionnaire.classification
    scored = {scale.id for group in answers.groups() for scale in group.form.scales}
    return ScoredFile(
        rows=_Rows(answers),
        count=len(answers),
        scales=[scale for scale in questionnaire.scales if scale in scored],
        levels=() if classification is None else tuple(classification.levels),
    )


def refuse_what_is_not_scored(questionnaire: Questionnaire) -> None:
    """Raises `AssessError` for a questionnaire of a kind that is not scored yet."""
    if isinstance(questionnaire.scoring, Situations):
        raise AssessError(
            f"{questionnaire.id} has scoring of kind situations; its files are not scored yet.",
            "Its answers can be collected, and scored by a later version.",
        )


class _Rows:
    """Result rows in the order of the file; every walk over them scores anew."""

    def __init__(self, answers: AnswersFile) -> None:
        self._answers = answers
        self._groups = answers.groups()

    def __iter__(self) -> Iterator[ResultRow]:
        for start in range(0, len(self._answers), BLOCK):
            stop = min(start + BLOCK, len(self._answers))
            results: dict[int, tuple[Group, Scored]] = {}
            for group in self._groups:
                results.update(self._score(group, start, stop))
            for row in range(start, stop):
                yield self._row(row, *results[row])

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
        )
