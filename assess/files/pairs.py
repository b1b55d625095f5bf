"""Which two sheets of a file are about the same person and job area: one's own and the manager's."""

from __future__ import annotations

from dataclasses import dataclass

from assess.errors import BadInput
from assess.files.answers_file import AnswersFile
from questionnaires.naming import joined
from questionnaires.problem import Problem

COUNTERPART = {"self": "manager", "manager": "self"}
OWNER = {"self": "own", "manager": "manager's"}


@dataclass(frozen=True, slots=True)
class Pair:
    """The places of a sheet and of its counterpart in the file, if there is one. `told` says which sheets
    they are, and what nearly was the counterpart."""

    row: int
    other: int | None
    told: str


@dataclass(frozen=True, slots=True)
class PersonArea:
    """A person in a job area, and the places of the own and the manager's sheet, of which one may lack."""

    subject: str
    job_area: str
    own: int | None
    manager: int | None


def person_areas(file: AnswersFile) -> tuple[PersonArea, ...]:
    """Every subject and job area with an own or a manager's sheet, alphabetically (capitals do not count).

    Sheets that name no subject are left out. Raises `BadInput` when there are two sheets of one perspective
    for the same person and area.
    """
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row, (perspective, subject) in enumerate(zip(file.perspectives, file.subjects, strict=True)):
        if perspective not in COUNTERPART or not subject:
            continue
        sheets = found.setdefault((subject, file.job_areas[row]), {})
        if perspective in sheets:
            _only(file, row, perspective)
        sheets[perspective] = row
    ordered = sorted(found, key=lambda about: (about[0].casefold(), about[1].casefold(), about))
    return tuple(
        PersonArea(subject, area, sheets.get("self"), sheets.get("manager"))
        for subject, area in ordered
        for sheets in (found[subject, area],)
    )


def pair_of(file: AnswersFile, row: int) -> Pair:
    """The sheet at `row` and the other perspective on the same subject and job area.

    Raises `BadInput` when there are two sheets of one perspective for them: which one to take is not ours to
    guess. A sheet that names no subject has no counterpart.
    """
    perspective, subject = file.perspectives[row], file.subjects[row]
    counterpart = COUNTERPART.get(perspective)
    if counterpart is None:
        return Pair(row, None, f"sheet {file.ids[row]}")
    told = f"{OWNER[perspective]} sheet {file.ids[row]}"
    if counterpart not in file.definition.questionnaire.perspectives:
        return Pair(row, None, told)
    if not subject:
        return Pair(row, None, f"{told}; it names no subject, so no {OWNER[counterpart]} sheet goes with it")
    _only(file, row, perspective)
    others = _only(file, row, counterpart)
    if others is not None:
        return Pair(row, others, f"{told}, {OWNER[counterpart]} sheet {file.ids[others]}")
    near = _nearly(file, row, counterpart)
    return Pair(row, None, f"{told}; no {OWNER[counterpart]} sheet for {_name(file, row)}{near}")


def _only(file: AnswersFile, row: int, perspective: str) -> int | None:
    """The one sheet of a perspective on the subject and job area of `row`. Raises `BadInput` for more."""
    wanted = (perspective, file.subjects[row], file.job_areas[row])
    sheets = zip(file.perspectives, file.subjects, file.job_areas, strict=True)
    found = [place for place, sheet in enumerate(sheets) if sheet == wanted]
    if len(found) > 1:
        lines = [str(file.lines[place]) for place in found]
        count = "two" if len(found) == 2 else str(len(found))
        owner = "own" if perspective == "self" else perspective
        what = f"{count} {owner} sheets for {_name(file, row)}, lines {joined(lines)}"
        raise BadInput([Problem(file.name, int(file.lines[found[1]]), what, "keep one")])
    return found[0] if found else None


def _nearly(file: AnswersFile, row: int, perspective: str) -> str:
    """A sheet that would be the counterpart, were it not for capitals or the job area."""
    for place, found in enumerate(file.perspectives):
        if found != perspective or file.subjects[place].casefold() != file.subjects[row].casefold():
            continue
        line, name = file.lines[place], _name(file, place)
        if file.job_areas[place].casefold() == file.job_areas[row].casefold():
            return f" (line {line} has {name}: only capitals differ)"
        return f" (line {line} has {name}: another job area)"
    return ""


def _name(file: AnswersFile, row: int) -> str:
    """“Dan / butik”, or “Dan” without a job area."""
    return " / ".join(name for name in (file.subjects[row], file.job_areas[row]) if name)
