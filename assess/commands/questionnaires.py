"""`assess check`: every problem of every questionnaire and bank of questions, with file and line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from assess.errors import AssessError, BadInput
from questionnaires import checker, library, reader
from questionnaires.definition import Definition
from questionnaires.draft import BANK_STRUCTURE, STRUCTURE
from questionnaires.problem import Problem
from questionnaires.question_bank_checker import check_bank
from questionnaires.stamping import stamp_translations


def read_definition(name_or_path: str, own_folders: Sequence[Path]) -> Definition:
    """The questionnaire of a library name or a folder.

    Raises `AssessError` when there is none of that name, `BadInput` when it has problems.
    """
    try:
        return reader.read_folder(library.find(name_or_path, own_folders))
    except library.UnknownQuestionnaire as error:
        raise AssessError(str(error)) from error
    except reader.InvalidQuestionnaire as error:
        raise BadInput(error.problems) from error


def check_folders(
    roots: Sequence[Path], say: Callable[[str], None], own_folders: Sequence[Path] = ()
) -> tuple[Problem, ...]:
    """All problems of the questionnaires and banks of questions in `roots`, an id that two of them have among
    them; `say` gets a line for each. A bank may belong to a questionnaire of `roots`, of `own_folders`, of
    the folder that it stands in, or of ours."""
    folders, banks = library.questionnaire_folders(roots), library.bank_folders(roots)
    taken = dict(library.taken_ids(folders)) | dict(library.taken_ids(banks, BANK_STRUCTURE))
    beside = [
        bank.resolve().parent for bank in banks if (bank.resolve().parent / STRUCTURE).exists() is False
    ]
    places = [library.LIBRARY, *own_folders, *roots, *beside] if banks else []
    known = library.as_written(library.questionnaire_folders(places))
    checks = {folder: partial(checker.check_folder, folder) for folder in folders}
    checks |= {folder: partial(check_bank, folder, known) for folder in banks}
    problems: list[Problem] = []
    for folder, check in checks.items():
        found = (*([taken[folder]] if folder in taken else ()), *check())
        say(f"{_name_of(folder)}: {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}")
        problems += found
    return tuple(problems)


def stamp_folders(folders: Sequence[Path], language: str, say: Callable[[str], None]) -> None:
    """Records in each folder that `language` translates the source texts as they stand now."""
    for folder in (*library.questionnaire_folders(folders), *library.bank_folders(folders)):
        try:
            changed = stamp_translations(folder, language)
        except reader.InvalidQuestionnaire as error:
            raise BadInput(error.problems) from error
        stamps = f"{len(changed) or 'no'} stamp{'' if len(changed) == 1 else 's'}"
        say(f"{_name_of(folder)}/{language}.yaml: {stamps} changed")


def _name_of(folder: Path) -> str:
    """The folder's own name, also where it was called `.` or `..`."""
    return folder.name if folder.name not in {"", ".."} else folder.resolve().name
