"""The first line of an answers file: which column holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assess.files.problem_list import ProblemList
from questionnaires.definition import Questionnaire
from questionnaires.naming import suggestion

OWN_COLUMNS = ("id", "perspective", "subject", "job_area", "seconds", "form")
"""What a row says of its sheet; only `id` must be there."""


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
    line, cells = next(rows)
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
    unknown = [name for name in places if name not in OWN_COLUMNS and name not in items]
    if "id" not in places:
        unknown = _say_how_to_get_an_id(names[0], unknown, line, problems)
    for name in unknown:
        advice = suggestion(name, [*OWN_COLUMNS, *items], "remove the column or name it after an item")
        problems.add(line, "is no item of this questionnaire", advice, name)
    problems.raise_any()
    return Header(
        line=line,
        width=len(names),
        own={name: place for name, place in places.items() if name in OWN_COLUMNS},
        items={name: place for name, place in places.items() if name in items},
        unnamed=tuple(place for place, name in enumerate(names) if not name),
    )


def _say_how_to_get_an_id(first: str, unknown: list[str], line: int, problems: ProblemList) -> list[str]:
    """What a file without the column `id` should do; returns the unknown columns still to be named."""
    if first in unknown:
        advice = f"name the first column “id” instead of “{first}” if it tells the answer sheets apart"
    else:
        advice = "add a column “id” with a different name or number for each answer sheet"
    problems.add(line, "there is no column “id”", advice, first)
    return [name for name in unknown if name != first]
