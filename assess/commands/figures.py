"""How the commands on measurement write their documents: as JSON, or as tables for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TextIO, TypeAlias, TypeVar

import msgspec

from assess.commands.output import open_output
from assess.measurement.interval import Interval
from questionnaires.problem import visible

FigureFormat: TypeAlias = Literal["json", "table"]
Cell: TypeAlias = str | float | int | None
Document = TypeVar("Document", bound=msgspec.Struct)

UNKNOWN = "–"
GAP = "  "


def write_document(
    document: Document, output: str, form: FigureFormat, table: Callable[[Document, TextIO], None]
) -> None:
    """Writes to the file `output`, or to standard output for `-`; numbers in JSON are not rounded."""
    with open_output(output) as stream:
        if form == "table":
            table(document, stream)
        else:
            stream.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def write_table(stream: TextIO, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A title, a line of heads and the rows, figures to the right; nothing at all without rows."""
    lines = [[_cell(cell) for cell in row] for row in rows]
    if not lines:
        return
    texts = [list(heads), *lines]
    widths = [max(len(line[column]) for line in texts) for column in range(len(heads))]
    stream.write(f"{visible(title)}\n")
    for line in texts:
        cells = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        stream.write(f"  {GAP.join(cells)}".rstrip() + "\n")
    stream.write("\n")


def ends(intervals: Sequence[Interval], coverage: float = 0.90) -> tuple[Cell, Cell]:
    """The interval of that coverage as two cells."""
    for interval in intervals:
        if abs(interval.coverage - coverage) < 1e-9:
            return interval.low, interval.high
    return None, None


def _cell(cell: Cell) -> str:
    if cell is None:
        return UNKNOWN
    if isinstance(cell, float):
        return f"{cell:z.3f}".replace("-", "−")
    return visible(str(cell))
