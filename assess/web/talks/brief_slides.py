"""How a brief is parted into sections for both at one screen: what a screen of 1280 × 900 holds at once.

Pure estimates in lines of text, so that the page needs no script; what is taller all the same runs on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from reports.talk.parts import BriefView, PreparedRow, TalkArea, TalkDifference

PREPARED_LINES = 11
"""Lines of what was prepared that two rows on one section may take together, and characters in a line of one
of the two columns."""
PREPARED_LINE = 44
MOST_ROWS = 8
"""Rows of the table of differences on one section."""
BESIDE_LINES = 9
"""Lines of sentences that stand beside the picture, and characters in one of them."""
BESIDE_LINE = 48


Piece: TypeAlias = Literal["differ", "agree", "frames"]
"""What is told of a job area: where views differ, all else that is said of them, and what frames them."""


@dataclass(frozen=True, slots=True)
class AreaSlides:
    """A job area: what is told beside its picture, what on a section of its own (none where empty), and the
    rows of each table; no tables where there is one view only."""

    beside: tuple[Piece, ...]
    apart: tuple[Piece, ...]
    tables: tuple[tuple[TalkDifference, ...], ...]


@dataclass(frozen=True, slots=True)
class Slides:
    """The sections: rows of preparations that stand together, and the job areas as in the view."""

    prepared: tuple[tuple[PreparedRow, ...], ...]
    areas: tuple[AreaSlides, ...]
    ids: tuple[str, ...]


def slides_of(view: BriefView) -> Slides:
    """The sections of a presentation in their order, with their anchors."""
    prepared = prepared_together(view.preparations.rows) if view.preparations else ()
    areas = tuple(AreaSlides(*told_of(area), tables_of(area.differences)) for area in view.areas)
    ids = ["begin", *(["last"] if view.last_time else [])]
    ids += [f"prepared-{number}" for number, _ in enumerate(prepared, 1)]
    for number, (area, parted) in enumerate(zip(view.areas, areas, strict=True), 1):
        ids += [f"views-{number}", *([f"told-{number}"] if parted.apart else [])]
        ids += [f"parts-{number}", *(f"parts-{number}-{more}" for more in range(2, len(parted.tables) + 1))]
        ids += [f"change-{number}"] if area.change else []
    return Slides(prepared, areas, (*ids, *(["questions"] if view.questions else []), "agree"))


def prepared_together(rows: Sequence[PreparedRow]) -> tuple[tuple[PreparedRow, ...], ...]:
    """Two rows on a section where both fit, in the order in which they were asked."""
    together: list[tuple[PreparedRow, ...]] = []
    for row in rows:
        last = together[-1] if together else ()
        if len(last) == 1 and _lines(last[0]) + _lines(row) <= PREPARED_LINES:
            together[-1] = (*last, row)
        else:
            together.append((row,))
    return tuple(together)


def _lines(row: PreparedRow) -> int:
    return max((lines_of(text, PREPARED_LINE) for text in row.texts), default=0)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes where one holds `width` characters."""
    return sum(max(math.ceil(len(line) / width), 1) for line in text.splitlines())


def told_of(area: TalkArea) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What is told beside the picture, as far as it finds room there, and what apart."""
    heights: dict[Piece, int] = {
        "differ": _height([f"{told.name}. {told.text}" for told in area.differ], bool(area.differ)),
        "agree": _height(
            [*area.agree, *area.untold, area.agreement, area.missing, area.wishes],
            bool(area.agree) + bool(area.untold),
        ),
    }
    beside: list[Piece] = []
    for piece, height in heights.items():
        if height and sum(heights[one] for one in beside) + height <= BESIDE_LINES:
            beside.append(piece)
    apart: list[Piece] = [piece for piece, height in heights.items() if height and piece not in beside]
    return tuple(beside), (*apart, *(("frames",) if area.frames is not None else ()))


def _height(texts: Sequence[str], headings: int) -> int:
    return headings + sum(lines_of(text, BESIDE_LINE) for text in texts)


def tables_of(differences: Sequence[TalkDifference]) -> tuple[tuple[TalkDifference, ...], ...]:
    """The rows of each table: all in one where they fit, else what lies beyond chance before the rest, each
    in equal pieces of at most `MOST_ROWS`."""
    if len(differences) <= MOST_ROWS:
        return (tuple(differences),) if differences else ()
    beyond = [one for one in differences if one.row.kind == "beyond"]
    rest = [one for one in differences if one.row.kind != "beyond"]
    return (*_in_pieces(beyond), *_in_pieces(rest))


def _in_pieces(rows: Sequence[TalkDifference]) -> list[tuple[TalkDifference, ...]]:
    pieces = math.ceil(len(rows) / MOST_ROWS)
    size = math.ceil(len(rows) / max(pieces, 1)) or 1
    return [tuple(rows[start : start + size]) for start in range(0, len(rows), size)]
