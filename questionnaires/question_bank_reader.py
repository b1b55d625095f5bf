"""The reader of question banks: a folder that has no problem becomes a `QuestionBank`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from questionnaires.draft import BANK_STRUCTURE, open_draft
from questionnaires.problem import Problem
from questionnaires.question_bank import BankStructure, BankTexts, QuestionBank
from questionnaires.question_bank_checker import Known, check_bank_draft
from questionnaires.reader import InvalidQuestionnaire
from questionnaires.shape import type_of, value_of


def read_bank(folder: Path, known: Known) -> QuestionBank:
    """The bank of a folder. `known`: the questionnaires that there are.

    Raises `InvalidQuestionnaire` with every problem when there is any: a folder is read whole or not at all.
    """
    draft = open_draft(folder, BANK_STRUCTURE)
    problems = check_bank_draft(draft, known)
    if problems:
        raise InvalidQuestionnaire(problems)
    structure = value_of(draft.structure, type_of(BankStructure))
    words = {
        language: value_of(draft.texts[language], type_of(BankTexts)) for language in structure["languages"]
    }
    try:
        return msgspec.convert({**structure, "texts": words}, QuestionBank)
    except msgspec.ValidationError as error:
        problem = Problem(
            str(folder / BANK_STRUCTURE), 0, str(error), "the checker should have found this: tell us"
        )
        raise InvalidQuestionnaire([problem]) from error
