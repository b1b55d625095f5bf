"""From the bytes of a CSV file to its records, with the line each begins on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from assess.files.problem_list import ProblemList

Source: TypeAlias = str | Path | BinaryIO
"""A path, or an open binary stream (an upload, standard input)."""

MAX_BYTES = 200_000_000
DELIMITERS = ";,\t"
LONGEST_CELL = csv.field_size_limit()
SAVE_AS_UTF8 = "save it as “CSV UTF-8”"
EMPTY_ADVICE = "its first line names the columns: id, then an id of an item each"

_SIGNATURES = {
    b"PK\x03\x04": ("is a spreadsheet, not a CSV file", f"open it and {SAVE_AS_UTF8}"),
    b"\xd0\xcf\x11\xe0": ("is an old spreadsheet, not a CSV file", f"open it and {SAVE_AS_UTF8}"),
    b"\xff\xfe": ("is UTF-16, not UTF-8", SAVE_AS_UTF8),
    b"\xfe\xff": ("is UTF-16, not UTF-8", SAVE_AS_UTF8),
}


def name_of(source: Source) -> str:
    """What to call the file in messages."""
    if isinstance(source, str | Path):
        return str(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "answers"


def read_bytes(source: Source, problems: ProblemList) -> bytes:
    """The whole file. Raises `BadInput` when it is too large or cannot be read."""
    try:
        if isinstance(source, str | Path):
            with Path(source).open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        else:
            data = source.read(MAX_BYTES + 1)
    except OSError as error:
        problems.add(0, f"cannot be read: {error.strerror or error}")
        problems.raise_any()
        raise
    if len(data) > MAX_BYTES:
        problems.add(0, f"is larger than {MAX_BYTES // 1_000_000} MB", "split it into several files")
    problems.raise_any()
    return data


def decode(data: bytes, problems: ProblemList) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises `BadInput`, with the line, for an empty file and any other encoding or kind of file.
    """
    for signature, (what, advice) in _SIGNATURES.items():
        if data.startswith(signature):
            problems.add(1, what, advice)
            problems.raise_any()
    text = ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        problems.add(line, f"has a byte that is not UTF-8 (0x{data[error.start]:02X})", SAVE_AS_UTF8)
    if "\0" in text:
        problems.add(_line_at(data, data.index(b"\0")), "has a null character", SAVE_AS_UTF8)
    if not problems.count and not text.strip():
        problems.add(0, "is empty", EMPTY_ADVICE)
    problems.raise_any()
    return text


def _line_at(data: bytes, place: int) -> int:
    before = data[:place].replace(b"\r\n", b"\n")
    return before.count(b"\n") + before.count(b"\r") + 1


def records(text: str, problems: ProblemList) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, cells) of each record; lines of nothing but blanks and separators are
    passed over.

    The delimiter is the one of `;`, `,` and tab that splits the header into most cells; a first line like
    `sep=;` names it. Raises `BadInput` where quotes are not closed or a cell is unreasonably long.
    """
    stream = io.StringIO(text, newline="")
    first = next((line for line in stream if line.strip()), "")
    named = first.strip().lower()
    if len(named) == 5 and named.startswith("sep=") and named[4] in DELIMITERS:
        before = text[: stream.tell()].splitlines()
        yield from _records(stream, named[4], len(before), problems)
    else:
        stream.seek(0)
        yield from _records(stream, delimiter_of(first), 0, problems)


def delimiter_of(first: str) -> str:
    """The one of `DELIMITERS` that splits the first line into most cells."""
    return max(DELIMITERS, key=first.count)


def records_from(
    text: str, delimiter: str, lines_before: int, problems: ProblemList
) -> Iterator[tuple[int, list[str]]]:
    """As `records`, of the rest of a file: what comes after `lines_before` lines."""
    return _records(io.StringIO(text, newline=""), delimiter, lines_before, problems)


def _records(
    stream: io.StringIO, delimiter: str, lines_before: int, problems: ProblemList
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line = lines_before + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.add(line, f"is not readable as CSV: {error}", "close every quoted cell")
            problems.raise_any()
            raise
        if cells is None:
            return
        if any(map(str.strip, cells)):
            yield line, cells
        line = lines_before + reader.line_num + 1
