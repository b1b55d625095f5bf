"""Columns of which each cell is one of a few names: perspective, form, language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assess.files.cells import UNSHOWN
from assess.files.problem_list import ProblemList
from questionnaires.naming import counted, suggestion

Known = TypeVar("Known")


@dataclass
class _Unknown:
    """A name that there is not: where it first stands, and in how many rows."""

    line: int
    what: str
    advice: str
    rows: int = 0


class KnownNames:
    """Looks names up; remembers the unknown ones of all columns until they are told."""

    def __init__(self) -> None:
        self._unknown: dict[tuple[str, str], _Unknown] = {}

    def take(
        self,
        column: str,
        known: Mapping[str, Known],
        what: str,
        cells: Sequence[str] | None,
        lines: Sequence[int],
        hidden: frozenset[int] = frozenset(),
    ) -> list[Known | None]:
        """What the cells of a column stand for, None for an unknown name; without cells all are blank.

        `what`: what is wrong with one ("is no perspective here"). `hidden`: places of the cells that no
        message may repeat.
        """
        if cells is None:
            return [known[""]] * len(lines)
        if not known.keys() >= set(cells):
            for place, cell in enumerate(cells):
                if cell not in known:
                    self._remember(column, known, what, UNSHOWN if place in hidden else cell, lines[place])
        return [known.get(cell) for cell in cells]

    def _remember(self, column: str, known: Mapping[str, object], what: str, cell: str, line: int) -> None:
        if (column, cell) not in self._unknown:
            said = what.removeprefix("is ") if cell == UNSHOWN else what
            written = cell if cell == UNSHOWN else _quoted(cell)
            self._unknown[column, cell] = _Unknown(line, f"{written} {said}", _meant(cell, known))
        self._unknown[column, cell].rows += 1

    def tell(self, problems: ProblemList) -> frozenset[str]:
        """Adds a problem for each unknown name; gives the columns that have some."""
        for (column, _), unknown in self._unknown.items():
            more = counted(unknown.rows - 1, "row")
            what = unknown.what + (f", nor in {more} below" if unknown.rows > 1 else "")
            problems.add(unknown.line, what, unknown.advice, column)
        return frozenset(column for column, _ in self._unknown)


def _quoted(cell: str) -> str:
    return f"“{cell if len(cell) <= 20 else cell[:20] + '…'}”"


def _meant(cell: str, known: Mapping[str, object]) -> str:
    """What to write in place of an unknown name."""
    if cell.casefold() in known:
        return f"write `{cell.casefold()}`, without capitals"
    return suggestion("", [key for key in known if key], "leave it blank")
