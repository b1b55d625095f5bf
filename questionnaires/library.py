"""The library: where questionnaires and banks of questions are found, ours and the organisation's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from questionnaires.definition import Definition
from questionnaires.draft import BANK_STRUCTURE, STRUCTURE, Draft, open_draft, structure_file_of
from questionnaires.naming import suggestion
from questionnaires.problem import Problem
from questionnaires.question_bank import QuestionBank
from questionnaires.question_bank_reader import read_bank
from questionnaires.reader import InvalidQuestionnaire, read_folder

LIBRARY = Path(__file__).parent
"""The folder that holds ours, one folder for each."""


ANOTHER_ID = "choose another id"


class UnknownQuestionnaire(Exception):
    """No questionnaire has that name, and no folder that path. The message says what there is."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be loaded, by id, and what could not, by folder."""

    definitions: dict[str, Definition]
    broken: dict[Path, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class LoadedBanks:
    """The banks of questions that could be loaded, by id and ours first, and what could not, by folder."""

    banks: dict[str, QuestionBank]
    broken: dict[Path, tuple[Problem, ...]]

    def for_questionnaire(self, questionnaire_id: str | None) -> QuestionBank:
        """The bank of a questionnaire: an organisation's own before ours. Ours also serves talks without any
        questionnaire (None), and questionnaires that nobody has written a bank for: its questions about the
        talk fit everywhere, and those about scales are found by no rule there."""
        found = [bank for bank in self.banks.values() if bank.questionnaire == questionnaire_id]
        return found[-1] if found else next(iter(self.banks.values()))


def questionnaire_folders(roots: Iterable[Path]) -> tuple[Path, ...]:
    """The questionnaire folders of `roots`: a root that holds `questionnaire.yaml` is one itself, else its
    direct subfolders that do are, by name. A root with neither is given back itself, so that checking it
    says what is wrong, unless it is a bank of questions or holds some."""
    found: list[Path] = []
    for root in roots:
        within = [] if (root / STRUCTURE).exists() else _subfolders(root, STRUCTURE)
        found += within or ([] if bank_folders([root]) else [root])
    return tuple(dict.fromkeys(found))


def bank_folders(roots: Iterable[Path]) -> tuple[Path, ...]:
    """The banks of questions of `roots`: a root itself, or its direct subfolders, by name."""
    found: list[Path] = []
    for root in roots:
        is_one = structure_file_of(root) == BANK_STRUCTURE
        found += [root] if is_one else _subfolders(root, BANK_STRUCTURE)
    return tuple(dict.fromkeys(found))


def _subfolders(root: Path, structure_file: str) -> list[Path]:
    try:
        folders = sorted(folder for folder in root.iterdir() if (folder / structure_file).is_file())
    except OSError:
        return []
    return [folder for folder in folders if structure_file_of(folder) == structure_file]


def as_written(folders: Iterable[Path]) -> dict[str, Draft]:
    """Questionnaires by id as they stand in their files, right or wrong: what a bank may name scales of."""
    drafts = (open_draft(folder) for folder in folders)
    found: dict[str, Draft] = {}
    for draft in drafts:
        if name := draft.structure["id"].text:
            found.setdefault(name, draft)
    return found


def find(name_or_path: str, own_folders: Sequence[Path] = ()) -> Path:
    """The folder of a questionnaire: by its name in the library, by its name in the own folders, or by path.

    The path may name the folder or its `questionnaire.yaml`. Raises `UnknownQuestionnaire`.
    """
    folders = questionnaire_folders([LIBRARY, *own_folders])
    for folder in folders:
        if folder.name == name_or_path and (folder / STRUCTURE).exists():
            return folder
    path = Path(name_or_path)
    if path.name == STRUCTURE and path.is_file():
        return path.parent
    if name_or_path and path.is_dir():
        return path
    names = [folder.name for folder in folders if (folder / STRUCTURE).exists()]
    advice = suggestion(name_or_path, names, "give the path of a folder")
    raise UnknownQuestionnaire(f"There is no questionnaire or folder “{name_or_path}”; {advice}")


def taken_ids(folders: Iterable[Path], structure_file: str = STRUCTURE) -> Iterator[tuple[Path, Problem]]:
    """Each of the folders whose id an earlier one of them has, with the problem; broken ones count too."""
    owners: dict[str, Path] = {}
    seen: set[Path] = set()
    for folder in folders:
        name = open_draft(folder, structure_file).structure["id"]
        if name.text is None or folder.resolve() in seen:
            continue
        seen.add(folder.resolve())
        if owners.setdefault(name.text, folder) != folder:
            yield folder, name.problem(_taken(name.text, owners[name.text]), ANOTHER_ID)


def _taken(name: str, owner: Path) -> str:
    return f"the id `{name}` is already taken by {owner}"


def load_all(own_folders: Sequence[Path] = ()) -> Loaded:
    """Every questionnaire of the library and of the own folders. Raises nothing: a folder that cannot be used
    stands in `broken`, whole, with all its problems; so does one whose id is already taken."""
    definitions: dict[str, Definition] = {}
    broken: dict[Path, tuple[Problem, ...]] = {}
    owners: dict[str, Path] = {}
    for folder in questionnaire_folders([LIBRARY, *own_folders]):
        try:
            definition = read_folder(folder)
        except InvalidQuestionnaire as error:
            broken[folder] = error.problems
            continue
        name = definition.questionnaire.id
        if name in owners:
            what = _taken(name, owners[name])
            broken[folder] = (Problem(str(folder / STRUCTURE), 0, what, ANOTHER_ID),)
            continue
        owners[name] = folder
        definitions[name] = definition
    return Loaded(definitions, broken)


def question_banks(own_folders: Sequence[Path] = ()) -> LoadedBanks:
    """Every bank of the library and of the own folders, as `load_all` loads questionnaires."""
    banks: dict[str, QuestionBank] = {}
    broken: dict[Path, tuple[Problem, ...]] = {}
    folders = bank_folders([LIBRARY, *own_folders])
    taken = dict(taken_ids(folders, BANK_STRUCTURE))
    known = as_written(questionnaire_folders([LIBRARY, *own_folders]))
    for folder in folders:
        try:
            bank = read_bank(folder, known)
        except InvalidQuestionnaire as error:
            broken[folder] = error.problems
            continue
        if folder in taken:
            broken[folder] = (taken[folder],)
            continue
        banks[bank.id] = bank
    return LoadedBanks(banks, broken)
