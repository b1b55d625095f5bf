"""`assess check`, `assess score`, `assess report`: work on files, without a server or a database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from assess.errors import AssessError, BadInput
from assess.settings import Settings
from questionnaires import checker, library, reader
from questionnaires.definition import Definition, LanguageId
from questionnaires.problem import Problem


def read_definition(name_or_path: str, own_folders: Sequence[Path]) -> Definition:
    """The questionnaire of a library name or a folder. Raises `AssessError` or `BadInput`."""
    try:
        return reader.read_folder(library.find(name_or_path, own_folders))
    except library.UnknownQuestionnaire as error:
        raise AssessError(str(error)) from error
    except reader.InvalidQuestionnaire as error:
        raise BadInput(error.problems) from error


def check_folders(
    folders: Sequence[Path], *, everything: bool, stamp: LanguageId | None, say: Callable[[str], None]
) -> tuple[Problem, ...]:
    """All problems of all questionnaires in `folders` (with `everything`, of our library too)."""
    problems: list[Problem] = []
    roots = ([library.LIBRARY] if everything else []) + list(folders)
    for folder in library.questionnaire_folders(roots):
        if stamp:
            reader_problems = _stamp(folder, stamp, say)
            problems += reader_problems
        found = checker.check_folder(folder)
        say(f"{folder.name}: {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}")
        problems += found
    return tuple(problems)
