"""The matches of a leader as a table for people: the words of the report, set in columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TextIO

from questionnaires.problem import visible
from reports.leader import LeaderView
from reports.leader.people_parts import MatchCard, MatchSide

WIDTH = 110
"""Characters of a line of running text."""
INDENT = "  "
GAP = "  "
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
HEADINGS = ("view", "calls_for", "likely", "fit", "loose", "tight")
"""Keys of `LeaderView.words`, one for each column."""


def write_table(view: LeaderView, stream: TextIO) -> None:
    """Each person and job area under its name: a line for each view, then wishes, agreement, what to do."""
    if view.match is None:
        return
    heads = tuple(view.words[key] for key in HEADINGS)
    cells = [[_cells(side) for side in card.sides] for card in view.match.cards]
    rows = [heads, *(row for sides in cells for row in sides)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    _write(stream, view.match.lead)
    _write(stream, view.match.reading)
    for card, sides in zip(view.match.cards, cells, strict=True):
        stream.write("\n" + _plain(" / ".join(name for name in (card.name, card.job_area) if name)) + "\n")
        for row in (heads, *sides):
            stream.write(_line(row, widths))
        for text in _texts(card):
            _write(stream, text, INDENT)


def _cells(side: MatchSide) -> tuple[str, ...]:
    return (
        _plain(side.label),
        _plain(side.calls_for),
        _plain(side.likely),
        _plain(f"{side.fit_words} ({side.fit_interval})"),
        _plain(side.loose),
        _plain(side.tight),
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return f"{INDENT}{GAP.join(cells)}".rstrip() + "\n"


def _texts(card: MatchCard) -> tuple[str, ...]:
    title = f"{card.advice_title}: " if card.advice_title else ""
    said = (card.agreement, card.wishes, card.reason, f"{title}{card.advice}" if card.advice else "")
    return tuple(text for text in said if text)


def _write(stream: TextIO, text: str, indent: str = "") -> None:
    """A paragraph, folded; no-break spaces hold their words together."""
    for line in textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent):
        stream.write(f"{_plain(line)}\n")


def _plain(text: str) -> str:
    """With common spaces; a control character, as in a name, is written out, for a terminal would obey it."""
    return visible(text.replace(NO_BREAK_SPACE, " "))
