"""The table of styles against what was called for, as a heat map with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.canvas import break_lines, template
from reports.leader.parts import StyleTable, TableCell

WIDTH = 450.0
LEFT = 126.0
CELL = 81.0
ROW = 62.0
LABEL = 14.0
LINE = 15.2
HEAD = 34.0
INSET = 2.5
DEEPEST = 0.62
"""Opacity of a field that holds every choice of its row: dark ink stays readable on it."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One field in drawing units; `opacity` grows with the share of the row."""

    cell: TableCell
    x: float
    y: float
    opacity: float


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row: its words and its fields."""

    lines: tuple[tuple[float, str], ...]
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Everything the template needs."""

    table: StyleTable
    height: float
    heads: tuple[tuple[float, str], ...]
    rows: tuple[HeatRow, ...]


def geometry(table: StyleTable) -> Heat:
    """Coordinates of the table, `WIDTH` units wide."""
    rows = []
    for number, row in enumerate(table.rows):
        top = HEAD + ROW * number
        words = break_lines(row.need, LEFT - 4, LABEL, 4)
        first = top + ROW / 2 + 5 - LINE * (len(words) - 1) / 2
        rows.append(
            HeatRow(
                lines=tuple((first + LINE * n, text) for n, text in enumerate(words)),
                cells=tuple(
                    HeatCell(cell, LEFT + CELL * n, top, DEEPEST * cell.share)
                    for n, cell in enumerate(row.cells)
                ),
            )
        )
    heads = tuple((LEFT + CELL * (n + 0.5), _head(name)) for n, name in enumerate(table.columns))
    return Heat(table=table, height=HEAD + ROW * len(rows) + 2, heads=heads, rows=tuple(rows))


def _head(name: str) -> str:
    """A column's head in one line, cut where it would reach the next."""
    return break_lines(name, CELL + 6, LABEL, 1)[0]


def style_table(table: StyleTable) -> Markup:
    """The table as SVG: numbers, depth by share, and a frame around the field that fits best."""
    drawn = template("heat.svg").render(d=geometry(table), width=WIDTH, cell=CELL, row=ROW, inset=INSET)
    return Markup(drawn)  # noqa: S704
