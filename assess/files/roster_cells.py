"""From the bytes of a roster to rows of text: CSV in the usual encodings, pasted tables, workbooks."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from assess.errors import BadInput
from assess.files import decoding
from assess.files.problem_list import ProblemList
from assess.files.roster_faults import Fault

MAX_BYTES = 10_000_000
"""Bytes of a roster: 50,000 people are about half of it."""
MAX_UNPACKED = 200_000_000
"""Bytes that a workbook may become when it is unpacked."""

MOST_CELLS = 10_000_000
"""Cells of the smallest rectangle from A1 that holds everything in a sheet: the reader makes room for each,
so that a value in the last row and column of a tiny file would fill any memory."""

_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,20})([0-9]{1,20})["']""")
"""Where a row (`r="7"`) or a cell (`r="B7"`) of a sheet stands."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_CHUNK, _OVERLAP = 1 << 20, 1 << 12
_HEAD = 200
"""Bytes by which UTF-16 without a mark is known: every other one is null."""

Place = tuple[int, int]
"""Row as the file counts them (from 1), column from 0."""


@dataclass(frozen=True)
class Table:
    """Rows as text, each with its row in the file. `merged`: cells of a merged range but its first, with
    the range's value where it lies in one column, else None. `encoding`: of a text file."""

    rows: list[tuple[int, list[str]]]
    merged: dict[Place, str | None] = field(default_factory=dict)
    encoding: str = ""


class Unreadable(Exception):
    """Carries the one fault for which a file cannot be read at all."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_table(source: bytes) -> Table:
    """The first sheet of a workbook, or the rows of a text file; rows of nothing but blanks are left out.

    Raises `Unreadable`.
    """
    if len(source) > MAX_BYTES:
        raise Unreadable(Fault(0, "", "too-large", {"megabytes": MAX_BYTES // 1_000_000}))
    table = _workbook(source) if source.startswith((_ZIP, _OLD_WORKBOOK)) else _text(source)
    if not table.rows:
        raise Unreadable(Fault(0, "", "empty"))
    return table


def _text(source: bytes) -> Table:
    text, encoding = _decoded(source)
    if "\0" in text:
        raise Unreadable(Fault(0, "", "kind"))
    problems = ProblemList("")
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend(decoding.records(text, problems))
    except BadInput as error:
        raise Unreadable(Fault(error.problems[0].line, "", "quotes")) from error
    return Table(rows, encoding=encoding)


def _decoded(source: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-16 by its mark or its nulls, UTF-8 where it is that, else
    Windows-1252, as Excel writes "CSV" in Denmark and Sweden."""
    head = source[:_HEAD]
    if source.startswith(_UTF16):
        return _decode(source, "utf-16", "UTF-16")
    if len(head) > 3 and not any(head[1::2]):
        return _decode(source, "utf-16-le", "UTF-16")
    if len(head) > 3 and not any(head[::2]):
        return _decode(source, "utf-16-be", "UTF-16")
    try:
        return source.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return _decode(source, "cp1252", "Windows-1252")


def _decode(source: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        return source.decode(codec), name
    except UnicodeDecodeError as error:
        row = source[: error.start].replace(b"\r\n", b"\n").count(b"\n") + 1
        raise Unreadable(Fault(row if codec == "cp1252" else 0, "", "encoding")) from error


def _workbook(source: bytes) -> Table:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415

    _require_reasonable(source)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(source)).get_sheet_by_index(0)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise _too_many_cells()
        cells = sheet.to_python(skip_empty_area=False)
        ranges = sheet.merged_cell_ranges or []
    except (CalamineError, PasswordError, IndexError, ValueError) as error:
        raise Unreadable(Fault(0, "", "workbook")) from error
    rows = [[_text_of(value) for value in row] for row in cells]
    return Table(
        [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)],
        dict(_covered(ranges, rows)),
    )


def _require_reasonable(source: bytes) -> None:
    """A small file can be packed, or have a cell so far out, that it fills the memory when it is opened."""
    if not source.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Unreadable(Fault(0, "", "too-large", {"megabytes": MAX_BYTES // 1_000_000}))
            names = {entry.filename.lower() for entry in entries}
            if "xl/workbook.xml" not in names or names & {"xl/workbook.bin", "content.xml"}:
                raise Unreadable(Fault(0, "", "workbook"))  # other kinds, whose cells are not looked at here
            for entry in entries:
                _require_few_cells(packed, entry)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Unreadable(Fault(0, "", "workbook")) from error


def _require_few_cells(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Looks at one part of a workbook as it is, without making anything of it."""
    width = height = 1
    kept = b""
    with packed.open(entry) as part:
        while chunk := part.read(_CHUNK):
            if not kept and chunk.startswith(_WIDE):
                raise Unreadable(Fault(0, "", "workbook"))  # UTF-16, in which no place would be found
            kept += chunk
            for column, row in _CELL.findall(kept):
                width, height = max(width, _number_of(column)), max(height, int(row))
            if width * height > MOST_CELLS:
                raise _too_many_cells()
            kept = kept[-_OVERLAP:]


def _number_of(column: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number


def _too_many_cells() -> Unreadable:
    return Unreadable(Fault(0, "", "too-many-cells"))


def _covered(ranges: list[tuple[Place, Place]], rows: list[list[str]]) -> Iterator[tuple[Place, str | None]]:
    """Every cell that a merged range covers but its first. Ranges count rows from 0."""
    for (top, left), (bottom, right) in ranges:
        is_column = left == right
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, len(rows[row]) - 1) + 1):
                if (row, column) != (top, left):
                    yield (row + 1, column), rows[top][left] if is_column else None


def _text_of(value: object) -> str:
    """A cell as one would read it: 1001.0 is the number 1001."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
