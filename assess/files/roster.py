"""A roster: one row for each person, with unit, leader and job areas, from a CSV file, a pasted table or a
workbook. What a row says is checked here; what rows say together, and what we know already, above.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from assess.files.roster_cells import MAX_BYTES, Table, Unreadable, read_table
from assess.files.roster_columns import NAMES, Column, Columns, read_columns
from assess.files.roster_faults import BadRoster, Fault
from assess.language.direction import turns
from questionnaires.definition import LanguageId

__all__ = ["MAX_BYTES", "MAX_ROWS", "Path", "Roster", "RosterRow", "parse_roster", "read_roster"]

Path: TypeAlias = tuple[str, ...]
"""Names of units from the root on."""

MAX_ROWS = 100_000
MAX_SIGNS = 200
MAX_PARTS = 20
_QUOTED = 60
"""Signs of a wrong value that a message repeats."""

LANGUAGE_WORDS: Mapping[str, LanguageId] = MappingProxyType(
    {
        **dict.fromkeys(("da", "dk", "dan", "dansk", "danska", "danish"), "da"),
        **dict.fromkeys(("sv", "se", "swe", "svensk", "svenska", "swedish"), "sv"),
        **dict.fromkeys(("en", "gb", "eng", "engelsk", "engelska", "english"), "en"),
    }
)
_FILLED_DOWN: frozenset[Column] = frozenset({"unit", "leader", "language", "job_areas", "job_role"})
"""Columns where cells that are merged downwards say the same of all their rows."""
_FORMULA = ("=", "+", "-", "@")
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_EMAIL = re.compile(r"[^\s@,;<>()\"]+@[^\s@,;<>()\".]+(\.[^\s@,;<>()\".]+)*")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person. What the roster does not tell is None or empty; `leader` is a key as `keys` are."""

    row: int
    unit: Path
    first_name: str
    """"" when the roster has only the whole name."""
    name: str
    """The whole name."""
    email: str | None = None
    employee_number: str | None = None
    language: LanguageId | None = None
    leader: str = ""
    job_areas: tuple[str, ...] = ()
    job_role: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """By what other rows name this person: e-mail in small letters, employee number."""
        found = (self.employee_number, self.email.lower() if self.email else None)
        return tuple(key for key in found if key)


@dataclass(frozen=True, slots=True)
class Roster:
    """All rows in the order of the file; `columns`: what the file tells about people at all."""

    rows: tuple[RosterRow, ...]
    columns: frozenset[Column]
    titles: Mapping[Column, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    encoding: str = ""


def read_roster(source: bytes, file_name: str) -> Roster:
    """The rows of a roster. Raises `BadRoster` with all that is wrong, the first fifty by row."""
    roster, faults = parse_roster(source)
    if faults:
        raise BadRoster(faults, file_name)
    return roster


def parse_roster(source: bytes) -> tuple[Roster, list[Fault]]:
    """What could be read, and everything that is wrong with it. Rows with faults are among the rows, so that
    others may name them as leaders."""
    try:
        table = read_table(source)
    except Unreadable as error:
        return Roster((), frozenset()), [error.fault]
    (first, header), *rows = table.rows
    columns, faults = read_columns(header, first)
    if not faults and not rows:
        faults = [Fault(0, "", "empty")]
    if len(rows) > MAX_ROWS:
        faults.append(Fault(0, "", "too-many-rows", {"rows": MAX_ROWS}))
    if faults:
        return Roster((), frozenset(columns.places)), faults
    reader = _RowReader(columns, table, faults)
    found = tuple(reader.read(row, cells) for row, cells in rows)
    _tell_twice(found, columns, faults)
    return (
        Roster(found, frozenset(columns.places), columns.titles, columns.ignored, table.encoding),
        faults,
    )


@dataclass
class _RowReader:
    """Turns rows of cells into `RosterRow`s, noting what is wrong."""

    columns: Columns
    table: Table
    faults: list[Fault]
    _wrong: set[Column] = field(default_factory=set)
    """Columns of the row at hand that have been told already."""

    def read(self, row: int, cells: list[str]) -> RosterRow:
        self._wrong.clear()
        if any(map(str.strip, cells[self.columns.width :])):
            self._tell(row, None, "too-wide")
        text = {column: self._cell(row, cells, column) for column in self.columns.places}
        first_name = text.get("first_name", "")
        name = text.get("name") or " ".join(part for part in (first_name, text.get("last_name", "")) if part)
        email = text.get("email") or None
        number = text.get("employee_number") or None
        if not name and not self._wrong & {"name", "first_name", "last_name"}:
            self._tell(row, "name" if "name" in self.columns.places else "first_name", "no-name")
        if email and not is_email(email):
            self._tell(row, "email", "email", value=_quoted(email))
        if not email and not number and not self._wrong & {"email", "employee_number"}:
            self._tell(row, None, "no-key")
        leader = text.get("leader", "")
        return RosterRow(
            row=row,
            unit=self._path(row, text.get("unit", "")),
            first_name=first_name,
            name=name,
            email=email,
            employee_number=number,
            language=self._language(row, text.get("language", "")),
            leader=leader.lower() if "@" in leader else leader,
            job_areas=_parts(text.get("job_areas", "")),
            job_role=text.get("job_role", ""),
        )

    def _cell(self, row: int, cells: list[str], column: Column) -> str:
        """One line without spaces around it; "" where something is wrong with it."""
        place = self.columns.places[column]
        written = cells[place] if place < len(cells) else ""
        if self.table.merged and (row, place) in self.table.merged:
            whole = self.table.merged[row, place]
            if whole is None or column not in _FILLED_DOWN:
                self._tell(row, column, "merged")
                return ""
            written = whole
        if written.isascii() and written.isprintable():
            text = written.strip()
        else:
            text = unicodedata.normalize("NFC", written).strip()
            if any(unicodedata.category(sign) in _UNSEEN or turns(sign) for sign in text):
                self._tell(row, column, "signs")
                return ""
        if text.startswith(_FORMULA):
            self._tell(row, column, "formula")
            return ""
        if len(text) > MAX_SIGNS and column not in {"unit", "job_areas"}:
            self._tell(row, column, "too-long", signs=MAX_SIGNS)
            return ""
        return " ".join(text.split())

    def _path(self, row: int, written: str) -> Path:
        if not written:
            if "unit" not in self._wrong:
                self._tell(row, "unit", "no-unit")
            return ()
        parts = tuple(part.strip() for part in written.split(">" if ">" in written else "/"))
        if not all(parts):
            self._tell(row, "unit", "path")
        elif len(parts) > MAX_PARTS:
            self._tell(row, "unit", "too-deep", parts=MAX_PARTS)
        elif max(map(len, parts)) > MAX_SIGNS:
            self._tell(row, "unit", "too-long", signs=MAX_SIGNS)
        else:
            return parts
        return ()

    def _language(self, row: int, written: str) -> LanguageId | None:
        if not written:
            return None
        found = LANGUAGE_WORDS.get(re.split(r"[-_]", written.casefold())[0])
        if found is None:
            self._tell(row, "language", "language", value=_quoted(written))
        return found

    def _tell(self, row: int, column: Column | None, what: str, **values: object) -> None:
        title = self.columns.titles.get(column, "") if column else ""
        self.faults.append(Fault(row, title, what, values))
        if column:
            self._wrong.add(column)


def is_email(text: str) -> bool:
    """Whether an address looks like name@example.org."""
    return text.isprintable() and _EMAIL.fullmatch(text) is not None


def _tell_twice(rows: tuple[RosterRow, ...], columns: Columns, faults: list[Fault]) -> None:
    """An address or a number that an earlier row has."""
    known: tuple[tuple[Column, str, Callable[[RosterRow], str | None]], ...] = (
        ("email", "email-twice", lambda row: row.email.lower() if row.email else None),
        ("employee_number", "number-twice", lambda row: row.employee_number),
    )
    for column, what, key_of in known:
        first: dict[str, int] = {}
        for row in rows:
            key = key_of(row)
            if key is not None and first.setdefault(key, row.row) != row.row:
                title = columns.titles.get(column, NAMES[column][0])
                faults.append(Fault(row.row, title, what, {"row": first[key]}))


def _parts(text: str) -> tuple[str, ...]:
    """Between semicolons or upright lines."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[;|]", text) if part.strip()))


def _quoted(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
