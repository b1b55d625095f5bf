"""Tables that people open in a spreadsheet: no text in them is ever run as a formula.

Every CSV that the product writes goes through `safe_row` (or `harmless`, cell by cell): a name or a comment
that begins like a formula would otherwise be one as soon as somebody double-clicks the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO, TypeAlias

Cell: TypeAlias = str | float | int | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet would take a text that begins so for a formula."""

EXCEL_DECIMALS = 4


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def safe_row(row: Iterable[Cell]) -> list[Cell]:
    """A row with every text harmless and nothing for None; numbers stay numbers, the negative ones too."""
    return ["" if cell is None else harmless(cell) if isinstance(cell, str) else cell for cell in row]


def write_table(stream: TextIO, head: Sequence[str], rows: Iterable[Iterable[Cell]]) -> None:
    """CSV with commas, decimal points and Windows line ends. `stream` must not translate line ends."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(safe_row(head))
    writer.writerows(safe_row(row) for row in rows)


def with_comma(cell: Cell) -> Cell:
    """A number with a decimal comma and at most `EXCEL_DECIMALS`; anything else as it is."""
    return str(round(cell, EXCEL_DECIMALS)).replace(".", ",") if isinstance(cell, float) else cell
