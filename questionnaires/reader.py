"""The reader: a questionnaire folder that has no problem becomes a `Definition`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from questionnaires.checker import check_draft
from questionnaires.definition import Definition, Questionnaire, Texts
from questionnaires.draft import STRUCTURE, Draft, open_draft
from questionnaires.nodes import Node
from questionnaires.problem import Problem
from questionnaires.shape import type_of, value_of

Kind = TypeVar("Kind", bound=msgspec.Struct)


class InvalidQuestionnaire(Exception):
    """A folder that cannot be used. `problems` holds all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def read_folder(folder: Path) -> Definition:
    """The questionnaire of a folder, structure and words.

    Raises `InvalidQuestionnaire` with every problem when there is any: a folder is read whole or not at all.
    """
    draft = open_draft(folder)
    problems = check_draft(draft)
    if problems:
        raise InvalidQuestionnaire(problems)
    return _definition(draft, folder)


def _definition(draft: Draft, folder: Path) -> Definition:
    try:
        questionnaire = _convert(draft.structure, Questionnaire)
        texts = {language: _convert(draft.texts[language], Texts) for language in questionnaire.languages}
    except msgspec.ValidationError as error:
        problem = Problem(
            str(folder / STRUCTURE), 0, str(error), "the checker should have found this: tell us"
        )
        raise InvalidQuestionnaire([problem]) from error
    return Definition(questionnaire=questionnaire, texts=texts)


def _convert(node: Node, kind: type[Kind]) -> Kind:
    return msgspec.convert(value_of(node, type_of(kind)), kind)
