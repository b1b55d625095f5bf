"""Scores of many answer sheets, written as CSV, as Excel reads it in Denmark and Sweden, or as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, TextIO, TypeAlias

import msgspec

from assess.files import style_columns
from assess.files.spreadsheet import harmless, with_comma
from assess.files.style_columns import Cell
from assess.scoring.results import ClassificationResult, ScaleResult
from assess.scoring.style_results import RaterGroup, StylesResult
from questionnaires.definition import LevelId, PerspectiveId

Format: TypeAlias = Literal["csv", "excel", "json"]

SHEET_COLUMNS = ("id", "perspective", "subject", "job_area", "form")


class ResultRow(msgspec.Struct, frozen=True, kw_only=True):
    """The scores of one answer sheet. `subject` and `job_area` are "" where the file says nothing.

    A row with `raters` is that of all direct reports of a subject together: it has no `id` and nothing of a
    single sheet.
    """

    id: str
    perspective: PerspectiveId
    subject: str
    job_area: str
    form: str | None
    scales: tuple[ScaleResult, ...]
    classification: ClassificationResult | None
    styles: StylesResult | None = None
    raters: RaterGroup | None = None


class ScoredFile:
    """The rows of an answers file, scored while they are read one after the other: any number fits.

    `scales`, `levels` and `styles` (columns of leadership styles) are all that a row may have, in the order
    of the table. `told` are sentences on what has no row.
    """

    def __init__(
        self,
        rows: Iterable[ResultRow],
        count: int,
        scales: Sequence[str],
        levels: Sequence[LevelId],
        styles: Sequence[str] = (),
        told: Sequence[str] = (),
    ) -> None:
        self._rows = rows
        self._count = count
        self.scales = tuple(scales)
        self.levels = tuple(levels)
        self.styles = tuple(styles)
        self.told = tuple(told)

    def __iter__(self) -> Iterator[ResultRow]:
        return iter(self._rows)

    def __len__(self) -> int:
        return self._count


def write_scores(scored: ScoredFile, stream: TextIO, file_format: Format = "csv") -> None:
    """Write one record for each answer sheet, in the order of the file.

    CSV: `id … form`, then for each scale S the columns `S` (score), `S.answered`, `S.sem`, `S.low`,
    `S.high`, then, when the questionnaire classifies, the probability of each level, `level`, `borderline`
    and `mixed` (domains, separated by blanks); for situations the columns of `style_columns`. Unknown is
    blank; a text that a spreadsheet would take for a formula gets an apostrophe. JSON: an array of
    `ResultRow`s, one to a line. Numbers in both are written so that reading them gives the same float.
    Excel: the same table as Excel opens it with a double click where the comma is decimal (Denmark,
    Sweden): a byte-order mark, semicolons, decimal commas, at most four decimals, Windows line ends.
    `stream` must not translate line ends.
    """
    _WRITERS[file_format](scored, stream)


def _write_json(scored: ScoredFile, stream: TextIO) -> None:
    encoder = msgspec.json.Encoder()
    between = "[\n"
    for row in scored:
        stream.write(between)
        stream.write(encoder.encode(row).decode())
        between = ",\n"
    stream.write("\n]\n" if between == ",\n" else "[]\n")


def _write_csv(scored: ScoredFile, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_csv_header(scored))
    writer.writerows(_csv_row(row, scored) for row in scored)


def _write_excel(scored: ScoredFile, stream: TextIO) -> None:
    stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_csv_header(scored))
    writer.writerows(map(with_comma, _csv_row(row, scored)) for row in scored)


def _csv_header(scored: ScoredFile) -> list[str]:
    header = [*SHEET_COLUMNS]
    for scale in scored.scales:
        header += [scale, *(f"{scale}.{part}" for part in ("answered", "sem", "low", "high"))]
    if scored.levels:
        header += [*scored.levels, "level", "borderline", "mixed"]
    return [*header, *scored.styles]


def _csv_row(row: ResultRow, scored: ScoredFile) -> list[Cell]:
    texts = (row.id, row.perspective, row.subject, row.job_area, row.form or "")
    results = {result.id: result for result in row.scales}
    scales = (_scale_cells(results.get(scale)) for scale in scored.scales)
    cells: list[Cell] = [*map(harmless, texts), *chain.from_iterable(scales)]
    if scored.levels:
        cells += _level_cells(row.classification, scored.levels)
    return [*cells, *_style_cells(row, scored.styles)]


def _scale_cells(result: ScaleResult | None) -> tuple[Cell, ...]:
    if result is None:
        return (None,) * 5
    return (result.score, result.answered, result.sem, result.low, result.high)


def _level_cells(found: ClassificationResult | None, levels: Sequence[LevelId]) -> list[Cell]:
    if found is None:
        return [None] * (len(levels) + 3)
    probabilities: list[Cell] = [found.probabilities.get(level) for level in levels]
    borderline = "" if found.level is None else "yes" if found.borderline else "no"
    return [*probabilities, found.level, borderline, " ".join(found.mixed)]


def _style_cells(row: ResultRow, columns: tuple[str, ...]) -> Iterable[Cell]:
    figures: style_columns.Figures = {}
    if row.styles is not None:
        figures = style_columns.of_sheet(row.styles)
    if row.raters is not None:
        figures = style_columns.of_group(row.raters)
    return style_columns.cells(figures, columns)


_WRITERS = {"csv": _write_csv, "excel": _write_excel, "json": _write_json}
