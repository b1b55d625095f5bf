"""What is wrong with a file, collected until all of it is known, kept to what a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assess.errors import BadInput
from questionnaires.naming import counted
from questionnaires.problem import Problem

SHOWN = 50


class ProblemList:
    """The problems of one file. All are counted; the first `SHOWN` are kept and shown: by line, and within
    a line by the place of the column in `columns`, which is known once the header has been read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.columns: Mapping[str, int] = {}
        self._kept: list[Problem] = []

    def add(self, line: int, what: str, advice: str = "", column: str = "") -> None:
        """One problem; line 0 is the whole file."""
        self.add_many([(line, what)], advice, column)

    def add_many(self, places: Iterable[tuple[int, str]], advice: str, column: str, count: int = -1) -> None:
        """Problems (line, what) of one column with the same advice.

        `count` tells how many there are when `places`, in the order of lines, holds only the first of them.
        """
        new = [Problem(self.file, line, what, advice, column) for line, what in places]
        self.count += len(new) if count < 0 else count
        self._kept += new
        if len(self._kept) > 20 * SHOWN:
            self._trim()

    def raise_any(self) -> None:
        """Raises `BadInput` with the problems, if there are any, and how many more there are."""
        if not self.count:
            return
        self._trim()
        more = self.count - len(self._kept)
        if more:
            self._kept.append(
                Problem(self.file, 0, f"{counted(more, 'more problem')} not shown", "mend these first")
            )
        raise BadInput(self._kept, self.count)

    def _trim(self) -> None:
        self._kept.sort(key=lambda problem: (problem.line, self.columns.get(problem.column, -1)))
        del self._kept[SHOWN:]
