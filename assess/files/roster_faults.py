"""What can be wrong with a roster: one message for each kind, told with row and column.

The messages are English here, for commands and logs; pages translate them (`language/` beside this file).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from assess.errors import BadInput
from questionnaires.problem import Problem

SHOWN = 50
LANGUAGE_FOLDER = Path(__file__).parent / "language"

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "too-large": "The file is larger than %(megabytes)s MB. Import it in several parts, with “adds and "
        "changes only”.",
        "too-many-rows": "The roster has more than %(rows)s rows. Import it in several parts, with “adds and "
        "changes only”.",
        "too-many-cells": "A cell stands so far to the right or so far down that the sheet cannot be read. "
        "Delete everything outside the table, or save the table alone as “CSV UTF-8”.",
        "empty": "There is nothing in it. The first row names the columns, each row after it is a person.",
        "encoding": "A letter here is in an encoding that we do not know. Save the file as “CSV UTF-8”.",
        "quotes": "A quotation mark is opened here and not closed, or a cell is unreasonably long.",
        "workbook": "This workbook cannot be opened. It may be damaged or protected by a password.",
        "kind": "This is no CSV file and no Excel workbook.",
        "no-column": "The column “%(column)s” is missing.",
        "no-name-column": "There is no column with names: “name”, or “first name” and “last name”.",
        "no-key-column": "There is no column by which people are known again: “employee number” or “e-mail”.",
        "column-twice": "Two columns are called “%(column)s”.",
        "too-wide": "The row has more cells than the first row has columns.",
        "merged": "Cells are merged here. Separate them, and fill in the value in each row.",
        "formula": "The cell begins like a formula (=, +, - or @). Such cells are not read.",
        "signs": "The cell has characters that cannot be seen, or a line break.",
        "too-long": "The cell has more than %(signs)s characters.",
        "no-unit": "The unit is missing.",
        "path": "A part of the unit’s path is empty. Write it like: Group / North / Shop 1.",
        "too-deep": "The unit’s path has more than %(parts)s parts.",
        "no-name": "The name is missing.",
        "no-key": "The row has neither an employee number nor an e-mail address, so that the person would "
        "not be known again.",
        "email": "“%(value)s” is no e-mail address.",
        "email-twice": "Row %(row)s has the same e-mail address.",
        "number-twice": "Row %(row)s has the same employee number.",
        "language": "“%(value)s” is none of the languages da, sv and en.",
        "leader-unknown": "No row has the employee number or e-mail address “%(value)s” of this leader.",
        "leader-self": "The row names its own person as leader. Leave the leader empty at the top.",
        "leader-cycle": "These rows lead each other in a circle: %(rows)s.",
        "two-leaders": "The row names another leader than the rest of the organisation says: the nearest "
        "leader here is %(leader)s. A unit has one leader, whom all its rows name; the leader’s own row "
        "names the leader of the unit above. If this is another team, give it a unit of its own.",
        "key-clash": "Somebody else whom we know, and who is not in this roster, has this e-mail address.",
        "email-shared": "Several people whom we know have this e-mail address. Give the row an employee "
        "number.",
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `row` 0 is the whole file; `column` as the file calls it, "" for all."""

    row: int
    column: str
    id: str
    """Key of `MESSAGES`."""
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return MESSAGES[self.id] % self.values


class BadRoster(BadInput):
    """A roster that cannot be used. `faults`: the first `SHOWN` by row; `count`: how many there are."""

    def __init__(self, faults: Iterable[Fault], file_name: str) -> None:
        found = sorted(faults, key=lambda fault: fault.row)
        self.faults = tuple(found[:SHOWN])
        problems = [Problem(file_name, one.row, str(one), column=one.column) for one in self.faults]
        super().__init__(problems, len(found))
