"""The matches of a leader with the people led, written as CSV, as Excel reads it, or as JSON."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TextIO

import msgspec

from assess.files.results import Format
from assess.files.spreadsheet import harmless, with_comma
from assess.files.style_columns import STYLES, Cell, Figures
from assess.scoring.style_results import Match, MatchView
from questionnaires.definition import LanguageId, PerspectiveId, StyleId

VIEWS: tuple[PerspectiveId, ...] = ("manager", "self")
PARTS = (
    "called_for",
    "called_for.probability",
    "level",
    "borderline",
    "likely",
    "likely.probability",
    "fit",
    "fit.low",
    "fit.high",
    "too_loose",
    "too_tight",
)
"""What each view says: the styles called for and likely, the expected fit, the two risks (0–1)."""

COLUMNS: tuple[str, ...] = (
    "subject",
    "job_area",
    *(f"{view}.{part}" for view in VIEWS for part in PARTS),
    *(f"wish.{style}" for style in STYLES),
    "agreement",
    "advice",
    "question",
)


class MatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """The match with one person in one job area, in words too: `advice` under the agreement rule, else a
    `question` for the talk and the `reason` why there is no advice; what does not apply is ""."""

    subject: str
    job_area: str
    language: LanguageId
    match: Match
    advice: str
    question: str
    reason: str


def write_matches(rows: Sequence[MatchRow], stream: TextIO, file_format: Format = "csv") -> None:
    """Write one record for each person and job area, in the order given.

    CSV and Excel: `COLUMNS`; unknown is blank, a text that a spreadsheet would run as a formula gets an
    apostrophe. JSON: an array of `MatchRow`s, the whole match with its trace. `stream` must not translate
    line ends.
    """
    _WRITERS[file_format](rows, stream)


def _write_json(rows: Iterable[MatchRow], stream: TextIO) -> None:
    encoder = msgspec.json.Encoder()
    stream.write("[" + ",".join(f"\n{encoder.encode(row).decode()}" for row in rows) + "\n]\n")


def _write_csv(rows: Iterable[MatchRow], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in rows)


def _write_excel(rows: Iterable[MatchRow], stream: TextIO) -> None:
    stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(with_comma, _cells(row)) for row in rows)


def _cells(row: MatchRow) -> list[Cell]:
    found: Figures = {
        "subject": harmless(row.subject),
        "job_area": harmless(row.job_area),
        "agreement": row.match.agreement,
        "advice": harmless(row.advice),
        "question": harmless(row.question),
    }
    for view in row.match.views:
        found |= {f"{view.perspective}.{part}": cell for part, cell in _view(view).items()}
    found |= {f"wish.{style}": wish for style, wish in row.match.wishes.items()}
    return [found.get(column) for column in COLUMNS]


def _view(view: MatchView) -> Figures:
    called_for, likely = top_style(view.called_for), top_style(view.likely)
    return {
        "called_for": called_for,
        "called_for.probability": view.called_for[called_for],
        "level": view.level,
        "borderline": "yes" if view.borderline else "no",
        "likely": likely,
        "likely.probability": view.likely[likely],
        "fit": view.fit,
        "fit.low": view.fit_low,
        "fit.high": view.fit_high,
        "too_loose": view.under,
        "too_tight": view.over,
    }


def top_style(shares: Mapping[StyleId, float]) -> StyleId:
    """The style with the largest share; of two alike the tighter."""
    return max(STYLES, key=lambda style: shares.get(style, 0.0))


_WRITERS: Mapping[Format, Callable[[Sequence[MatchRow], TextIO], None]] = {
    "csv": _write_csv,
    "excel": _write_excel,
    "json": _write_json,
}
