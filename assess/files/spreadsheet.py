"""Tables that people open in a spreadsheet: no text in them is ever run as a formula.

Every CSV that the product writes goes through `safe_row` (or `harmless`, cell by cell): a name or a comment
that begins like a formula would otherwise be one as soon as somebody double-clicks the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TextIO, TypeAlias

from questionnaires.definition import LanguageId

Cell: TypeAlias = str | float | int | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet would take a text that begins so for a formula."""
_SEPARATORS = frozenset(";,\t\r\n")
_WITHIN = re.compile(r"[;,\t\r\n](?=[=+@-])")
"""So would one that parts columns at another sign than the file does, in the midst of a text."""

EXCEL_DECIMALS = 4
SEMICOLONS: frozenset[LanguageId] = frozenset({"da", "sv"})
"""Languages whose numbers have a decimal comma, so that their Excel parts columns at semicolons."""


def harmless(text: str) -> str:
    """The text, with an apostrophe wherever a spreadsheet would run what follows as a formula."""
    if not _SEPARATORS.isdisjoint(text):
        text = _WITHIN.sub(r"\g<0>'", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def safe_row(row: Iterable[Cell]) -> list[Cell]:
    """A row with every text harmless and nothing for None; numbers stay numbers, the negative ones too."""
    return ["" if cell is None else harmless(cell) if isinstance(cell, str) else cell for cell in row]


def write_table(
    stream: TextIO, head: Sequence[str], rows: Iterable[Iterable[Cell]], *, excel: bool = False
) -> None:
    """CSV with commas, decimal points and Windows line ends; with `excel` as a Danish or Swedish Excel opens
    it: semicolons and decimal commas. `stream` must not translate line ends."""
    writer = csv.writer(stream, lineterminator="\r\n", delimiter=";" if excel else ",")
    writer.writerow(safe_row(head))
    for row in map(safe_row, rows):
        writer.writerow([with_comma(cell) for cell in row] if excel else row)


def table_for(language: LanguageId, head: Sequence[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """CSV as the Excel of who reads this language opens it by a double click: in UTF-8 with a mark; for
    Danish and Swedish semicolons and decimal commas, for English commas and points."""
    text = io.StringIO(newline="")
    write_table(text, head, rows, excel=language in SEMICOLONS)
    return text.getvalue().encode("utf-8-sig")


def with_comma(cell: Cell) -> Cell:
    """A number with a decimal comma and at most `EXCEL_DECIMALS`; anything else as it is."""
    return str(round(cell, EXCEL_DECIMALS)).replace(".", ",") if isinstance(cell, float) else cell
