"""An answers file: one row for each answer sheet, one column for each item.

`questionnaires/README.md` (“Answers files”) describes it to those who write one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from assess.errors import NotFound
from assess.files.asking import check_groups
from assess.files.cells import CANNOT_SAY, composed
from assess.files.decoding import Source, decode, name_of, read_bytes, records
from assess.files.header import read_header
from assess.files.plain_rows import chunks
from assess.files.problem_list import ProblemList
from assess.files.sheets import Sheets, read_sheets
from assess.scoring.form import Form, make_form
from assess.scoring.results import Given
from assess.scoring.tally import Answers
from questionnaires.definition import Definition, LanguageId, PerspectiveId


@dataclass(frozen=True)
class Group:
    """The sheets of one perspective and form. `rows` are their places in the file (int64, ascending),
    `matrix` their answers, item-major as scoring takes them; "can't say" and blank are both 0 there."""

    perspective: PerspectiveId
    short_form: str | None
    form: Form
    rows: npt.NDArray[np.int64]
    matrix: Answers


@dataclass(frozen=True)
class AnswersFile:
    """A file without problems. All sequences have one entry for each sheet, in the order of the file.

    `subjects`, `job_areas` and `languages` are "" where nothing is said, `seconds` (float64) NaN; `lines`
    (int64) is the line on which each sheet begins.
    """

    name: str
    definition: Definition
    sheets: Sheets

    def __len__(self) -> int:
        return len(self.sheets.ids)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.sheets.ids)

    @cached_property
    def perspectives(self) -> tuple[PerspectiveId, ...]:
        return tuple(perspective for perspective, _ in self.sheets.forms)

    @cached_property
    def short_forms(self) -> tuple[str | None, ...]:
        return tuple(short_form for _, short_form in self.sheets.forms)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        return tuple(self.sheets.subjects)

    @cached_property
    def job_areas(self) -> tuple[str, ...]:
        return tuple(self.sheets.job_areas)

    @cached_property
    def seconds(self) -> npt.NDArray[np.float64]:
        return np.array(self.sheets.seconds, np.float64)

    @cached_property
    def languages(self) -> tuple[LanguageId | Literal[""], ...]:
        return tuple(self.sheets.languages)

    @cached_property
    def lines(self) -> npt.NDArray[np.int64]:
        return np.array(self.sheets.lines, np.int64)

    def row_of(self, sheet_id: str) -> int:
        """The place of a sheet; of how a computer composes its letters nothing depends. Raises `NotFound`."""
        for same in (str, composed):
            wanted = same(sheet_id)
            for row, found in enumerate(self.sheets.ids):
                if same(found) == wanted:
                    return row
        raise NotFound(
            f"There is no answer sheet with the id {sheet_id!r} in {self.name}.",
            "Ids stand in the column “id”.",
        )

    def given(self, row: int) -> dict[str, Given]:
        """The answers of one sheet to every item that its form asks, as `make_profile` takes them:
        position, 0 for "can't say", text, None for blank."""
        form = make_form(self.definition.questionnaire, *self.sheets.forms[row])
        return {item_id: self._given(row, item_id) for item_id in form.item_ids}

    def _given(self, row: int, item_id: str) -> Given:
        if item_id in self.sheets.texts:
            return self.sheets.texts[item_id][row]
        if item_id not in self.sheets.row_of_item:
            return None
        code = int(self.sheets.codes[self.sheets.row_of_item[item_id], row])
        return 0 if code == CANNOT_SAY else code or None

    def groups(self) -> tuple[Group, ...]:
        """The sheets by perspective and form, in the order in which they first appear."""
        return tuple(
            self._group(perspective, short_form, rows)
            for (perspective, short_form), rows in self.sheets.rows_by_form().items()
        )

    def _group(
        self, perspective: PerspectiveId, short_form: str | None, rows: npt.NDArray[np.int64]
    ) -> Group:
        form = make_form(self.definition.questionnaire, perspective, short_form)
        places = [self.sheets.row_of_item[item_id] for item_id in form.scored_item_ids]
        matrix = np.zeros((len(places), len(rows)), np.uint8)
        for place, codes_row in enumerate(places):
            matrix[place] = self.sheets.codes[codes_row, rows]
        matrix[matrix == CANNOT_SAY] = 0
        return Group(perspective, short_form, form, rows, matrix)


def read_answers(source: Source, definition: Definition, short_form: str | None = None) -> AnswersFile:
    """Read and check an answers file.

    `source` is a path or an open binary stream; `short_form` is that of every sheet whose row names none
    in the column `form`. Raises `BadInput` with every problem by line and column: the first 50, and how many
    more; `scoring.form.UnknownForm` when the questionnaire has no such short form.
    """
    questionnaire = definition.questionnaire
    problems = ProblemList(name_of(source))
    data = read_bytes(source, problems)
    rows = records(decode(data, problems), problems)
    header = read_header(rows, questionnaire, problems)
    sheets = read_sheets(chunks(data, header, rows, problems), header, questionnaire, short_form, problems)
    check_groups(sheets, header, questionnaire, problems)
    problems.raise_any()
    return AnswersFile(problems.file, definition, sheets)
