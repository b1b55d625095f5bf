"""The first line of an answers file: which column holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assess.files.decoding import EMPTY_ADVICE
from assess.files.problem_list import ProblemList
from questionnaires.definition import Questionnaire
from questionnaires.naming import counted, suggestion

OWN_COLUMNS = ("id", "perspective", "subject", "job_area", "seconds", "form", "language")
"""What a row says of its sheet; only `id` must be there."""
CAPITALS_SHOWN = 6
NO_ITEM = "is no item of this questionnaire"


@dataclass(frozen=True, slots=True)
class Header:
    """Columns by their place in a row. `unnamed` are columns without a name, which must stay blank."""

    line: int
    width: int
    own: Mapping[str, int]
    items: Mapping[str, int]
    unnamed: tuple[int, ...]


def read_header(
    rows: Iterator[tuple[int, list[str]]], questionnaire: Questionnaire, problems: ProblemList
) -> Header:
    """Take the header off the records. Raises `BadInput` with all that is wrong with it."""
    line, cells = next(rows, (0, [""]))
    if not line:
        problems.add(0, "is empty", EMPTY_ADVICE)
        problems.raise_any()
    names = [cell.strip() for cell in cells]
    items = {item.id for item in questionnaire.items}
    if len([name for name in names if name]) < 2:
        problems.add(
            line, "has only one column", "separate the columns with semicolons, commas or tabs", names[0]
        )
        problems.raise_any()
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in places:
            problems.add(line, "stands there twice", "keep one column of that name", name)
        elif name:
            places[name] = place
    known = (*OWN_COLUMNS, *(item.id for item in questionnaire.items))
    unknown = [name for name in places if name not in known]
    capitals = _say_which_capitals_count(unknown, known, line, problems)
    unknown = [name for name in unknown if name not in capitals]
    if "id" not in places and "id" not in capitals.values():
        unknown = _say_how_to_get_an_id(names[0], unknown, line, problems)
    for name in unknown:
        advice = suggestion(name, known, "remove the column or name it after an item")
        problems.add(line, NO_ITEM, advice, name)
    problems.raise_any()
    problems.columns = places
    return Header(
        line=line,
        width=len(names),
        own={name: place for name, place in places.items() if name in OWN_COLUMNS},
        items={name: place for name, place in places.items() if name in items},
        unnamed=tuple(place for place, name in enumerate(names) if not name),
    )


def _say_which_capitals_count(
    unknown: Sequence[str], known: Sequence[str], line: int, problems: ProblemList
) -> dict[str, str]:
    """One hint for all columns that differ from a known one in capitals only: written → meant."""
    by_folded = {name.casefold(): name for name in known}
    meant = {name: by_folded[name.casefold()] for name in unknown if name.casefold() in by_folded}
    if meant:
        shown = [f"`{right}` for `{wrong}`" for wrong, right in meant.items()]
        more = f" and {len(shown) - CAPITALS_SHOWN} more" if len(shown) > CAPITALS_SHOWN else ""
        what = f"{counted(len(shown), 'column')} with other capitals than the questionnaire"
        problems.add(line, what, f"write {', '.join(shown[:CAPITALS_SHOWN])}{more}")
    return meant


def _say_how_to_get_an_id(first: str, unknown: list[str], line: int, problems: ProblemList) -> list[str]:
    """What a file without the column `id` should do; returns the unknown columns still to be named."""
    if first in unknown:
        advice = f"name the first column “id” instead of “{first}” if it tells the answer sheets apart"
    else:
        advice = "add a column “id” with a different name or number for each answer sheet"
    problems.add(line, "there is no column “id”", advice, first)
    return [name for name in unknown if name != first]
