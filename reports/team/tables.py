"""The tables of a team's view as rows for spreadsheets: one for each picture, in the reader's language.

Named people stand with technical numbers and with words; see `reports.team.parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from assess.files.spreadsheet import Cell
from reports.team.heat_parts import ChangePart
from reports.team.paper import told_change, told_facets, told_needs
from reports.team.parts import TeamView

Head: TypeAlias = tuple[str, ...]
Row: TypeAlias = tuple[Cell, ...]
Table: TypeAlias = Callable[[TeamView], tuple[Head, Iterator[Row]]]

DECIMALS = 2


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def needs(view: TeamView) -> tuple[Head, Iterator[Row]]:
    """Expected numbers of at least five people, in tenths: `reports.team.paper.told_needs`. For a view that
    the page alone counts a row that says why."""
    w = view.words
    return (w["view"], w["level"], w["need"], w["count"], w["total"]), _needs(view)


def _needs(view: TeamView) -> Iterator[Row]:
    told = {part.perspective: part for part in told_needs(view)}
    for part in view.needs:
        if part.perspective not in told:
            yield (part.label, None, view.needs_on_page, None, None)
            continue
        for row in told[part.perspective].rows:
            yield (part.label, row.level, row.name, row.count, part.total)


def quadrant(view: TeamView) -> tuple[Head, Iterator[Row]]:
    """Who needs what, in words alone: no number of a named person's psychological side."""
    w = view.words
    rows = (
        (row.name, row.unit, row.area, side.label, side.need, side.certainty, side.day, row.agreement)
        for row in view.people
        for side in row.sides
    )
    head = (w["name"], w["unit"], w["area"], w["view"], w["need"], w["certainty"], w["answered"], w["both"])
    return head, rows


def matches(view: TeamView) -> tuple[Head, Iterator[Row]]:
    w = view.words
    rows = (
        (
            *(row.name, row.area, row.need, row.calls_for, row.likely),
            *(row.over_words, row.under_words, row.hint, row.question),
        )
        for row in view.matches.rows
    )
    head = ("name", "area", "need", "calls_for", "likely", "over", "under", "hint", "ask")
    return tuple(w[one] for one in head), rows


def technical(view: TeamView) -> tuple[Head, Iterator[Row]]:
    """The technical domain and its facets, person by person."""
    w, part = view.words, view.technical
    head = (w["name"], w["area"], w["view"])
    if part is None:
        return head, iter(())
    rows = (
        (row.name, row.area, row.label, *(_number(cell.value) for cell in row.cells)) for row in part.rows
    )
    return (*head, *part.columns), rows


def facets(view: TeamView) -> tuple[Head, Iterator[Row]]:
    """Figures of groups as published, one figure a row: `reports.team.paper.told_facets`."""
    w, part = view.words, told_facets(view)
    head = ("group", "scale", "value", "mean", "low", "high", "sd", "agreement", "trend")
    if part is None:
        return tuple(w[one] for one in head), iter(())
    rows = (
        (
            " · ".join((part.heads[place].title, part.heads[place].subtitle)),
            row.name,
            cell.words,
            *map(_number, (cell.value, cell.low, cell.high, cell.sd, cell.agreement)),
            cell.trend,
        )
        for row in part.rows
        for place, cell in enumerate(row.cells)
    )
    return tuple(w[one] for one in head), rows


def change(view: TeamView) -> tuple[Head, Iterator[Row]]:
    """Each person's technical changes: `reports.team.paper.told_change`."""
    w, part = view.words, told_change(view)
    head = ("name", "area", "since", "scale", "difference", "verdict")
    return tuple(w[one] for one in head), iter(()) if part is None else _changes(part)


def _changes(part: ChangePart) -> Iterator[Row]:
    for one in part.people:
        if not any(cell.difference is not None for cell in one.cells):
            yield (one.name, one.area, one.since, None, None, one.verdict)
            continue
        for name, cell in zip(part.columns, one.cells, strict=True):
            yield (
                *(one.name, one.area, one.since, name),
                _number(cell.difference),
                cell.verdict,
            )


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "needs": needs,
        "quadrant": quadrant,
        "matches": matches,
        "technical": technical,
        "facets": facets,
        "change": change,
    }
)
"""The visible table: name of a file → its head and rows."""
