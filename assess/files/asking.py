"""Answers against what their form asks: no column may be missing, and nothing answered unasked."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from assess.files.cells import BLANK, WRONG
from assess.files.header import Header
from assess.files.problem_list import SHOWN, ProblemList
from assess.files.sheets import FormKey, Sheets
from assess.scoring.form import make_form
from questionnaires.definition import Questionnaire


def check_groups(sheets: Sheets, header: Header, questionnaire: Questionnaire, problems: ProblemList) -> None:
    """Columns that the perspectives and forms of the file need, and answers that they do not ask for."""
    if not sheets.ids or not sheets.forms_are_known:
        return
    needed: dict[str, FormKey] = {}
    for key, rows in sheets.rows_by_form().items():
        form = make_form(questionnaire, *key)
        for item_id in form.scored_item_ids:
            if item_id not in sheets.row_of_item:
                needed.setdefault(item_id, key)
        _check_unasked(sheets, set(form.item_ids), key, rows, problems)
    for item_id, key in needed.items():
        problems.add(header.line, f"is missing: {_form_name(key)} asks it", "add the column", item_id)


def _check_unasked(
    sheets: Sheets, asked: set[str], key: FormKey, rows: npt.NDArray[np.int64], problems: ProblemList
) -> None:
    given: dict[str, npt.NDArray[np.bool_]] = {}
    for item_id, codes_row in sheets.row_of_item.items():
        if item_id not in asked:
            codes = sheets.codes[codes_row, rows]
            given[item_id] = (codes != BLANK) & (codes != WRONG)
    for item_id, texts in sheets.texts.items():
        if item_id not in asked:
            given[item_id] = np.array([texts[row] is not None for row in rows])
    for item_id, is_given in given.items():
        wrong = rows[np.flatnonzero(is_given)]
        if wrong.size:
            what = f"is answered, but {_form_name(key)} does not ask it"
            places: Iterable[tuple[int, str]] = ((sheets.lines[row], what) for row in wrong[:SHOWN])
            problems.add_many(places, "leave it blank", item_id, count=wrong.size)


def _form_name(key: FormKey) -> str:
    perspective, short_form = key
    return f"the perspective {perspective}" + (f" in the form {short_form}" if short_form else "")
