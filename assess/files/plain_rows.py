"""Rows of a file without quotes, found by their separators all at once: what nearly every program writes.

Whatever is not that plain goes through the csv module instead (`decoding.records`), with the same outcome.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assess.files.cells import BLANK, MISSING, WRONG, Codes
from assess.files.decoding import LONGEST_CELL, delimiter_of, records_from
from assess.files.header import Header
from assess.files.problem_list import ProblemList

Record: TypeAlias = tuple[int, list[str]]
"""The line on which it begins, and its cells."""

CHUNK = 16_384
"""Records that the csv module reads at a time: enough for the columns to be long, few enough for memory."""
BLOCK = 400_000
"""Bytes that are looked at together: with the places of their cells they stay in the cache."""
_NEWLINE, _BLANK, _ASCII = 10, 32, 127
_TABLE = 3 << 16
"""Keys of cells of up to two bytes: length, second byte, first byte."""


@dataclass(frozen=True)
class PlainRows:
    """Consecutive records of one line each, all of the header's width.

    `starts`, `ends`: int64, records × cells, the places of the cells in `data`; `lines`: the line of each;
    `size`: how many bytes of the file they are.
    """

    data: bytes
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    lines: list[int]
    size: int
    _tables: dict[frozenset[tuple[str, int]], npt.NDArray[np.uint8]] = field(default_factory=dict)

    def __getitem__(self, place: int) -> tuple[str, ...]:
        """The cells of a column as they are written."""
        data = self.data
        spans = zip(self.starts[:, place].tolist(), self.ends[:, place].tolist(), strict=True)
        return tuple([data[start:end].decode() for start, end in spans])

    def has_blank(self, place: int) -> bool:
        """Whether some cell of a column is empty, or nothing but blanks."""
        starts = self.starts[:, place]
        first = np.frombuffer(self.data, np.uint8)[starts]
        doubtful = np.flatnonzero((first <= _BLANK) | (first > _ASCII) | (starts == self.ends[:, place]))
        spans = zip(starts[doubtful].tolist(), self.ends[doubtful, place].tolist(), strict=True)
        return any(not self.data[start:end].decode().strip() for start, end in spans)

    def codes(self, place: int, written: Codes) -> npt.NDArray[np.uint8] | None:
        """The codes of a column; None where a cell of it is written in another way than usual."""
        starts = self.starts[:, place]
        sizes = self.ends[:, place] - starts
        if sizes.max() > 2:
            return None
        content = np.frombuffer(self.data, np.uint8)
        first, second = content[starts], content[np.minimum(starts + 1, len(content) - 1)]
        first[sizes < 1] = 0
        second[sizes < 2] = 0
        found = self._table(written)[(sizes << 16) | (second.astype(np.int64) << 8) | first]
        return None if (found == WRONG).any() else found

    def _table(self, written: Codes) -> npt.NDArray[np.uint8]:
        known = frozenset(written.written.items())
        if known not in self._tables:
            table = np.full(_TABLE, WRONG, np.uint8)
            for cell, code in {**dict.fromkeys(MISSING, BLANK), **written.written}.items():
                if len(cell) <= 2:
                    first, second = (*cell.encode("ascii"), 0, 0)[:2]
                    table[len(cell) << 16 | second << 8 | first] = code
            self._tables[known] = table
        return self._tables[known]


def chunks(
    data: bytes, header: Header, rows: Iterator[Record], problems: ProblemList
) -> Iterator[PlainRows | list[Record]]:
    """All records below the header, many at a time: as `PlainRows` as long as they are plain.

    `data`: the whole file, which is UTF-8; `rows`: what the csv module has left of it after the header.
    """
    first, newline, body = data.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    delimiter = delimiter_of(first.decode())
    if newline and header.line == 1 and not header.unnamed and _is_one_line(first, delimiter, header.width):
        start, line = 0, 2
        for block in _blocks(body, line, delimiter, header):
            yield block
            start, line = start + block.size, line + len(block.lines)
        rows = records_from(body[start:].decode(), delimiter, line - 1, problems)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _is_one_line(first: bytes, delimiter: str, width: int) -> bool:
    """Whether the header ends with the first line of the file."""
    try:
        cells = next(csv.reader([first.decode().rstrip("\r")], delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return len(cells) == width


def _blocks(body: bytes, line: int, delimiter: str, header: Header) -> Iterator[PlainRows]:
    """Blocks of whole records from the first one on, until one is not plain."""
    start = 0
    while start < len(body):
        end = len(body) if start + BLOCK >= len(body) else body.rfind(b"\n", start, start + BLOCK) + 1
        rows = _rows(body[start:end], line, delimiter, header.width) if end > start else None
        if rows is None or rows.has_blank(header.own["id"]):
            return
        yield rows
        start, line = end, line + len(rows.lines)


def _rows(part: bytes, line: int, delimiter: str, width: int) -> PlainRows | None:
    """The records of some whole lines; None where they are anything but plain."""
    size = len(part)
    part = part.replace(b"\r\n", b"\n")
    if b'"' in part or b"\r" in part:
        return None
    if not part.endswith(b"\n"):
        part += b"\n"
    content = np.frombuffer(part, np.uint8)
    is_end = content == _NEWLINE
    records = int(np.count_nonzero(is_end))
    places = np.flatnonzero(is_end | (content == ord(delimiter)))
    if len(places) != records * width:
        return None
    ends = places.reshape(records, width)
    starts = np.concatenate([[0], places[:-1] + 1]).reshape(records, width)
    if not is_end[ends[:, -1]].all() or (ends - starts).max() > LONGEST_CELL:
        return None
    return PlainRows(part, starts, ends, list(range(line, line + records)), size)
