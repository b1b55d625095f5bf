"""The rows of an answers file, checked column by column: each way of writing a cell is judged once.

What is wrong is told by line and column; it never repeats free text, nor anything of a confidential sheet,
for problems may end up in a log or before the leader whom the sheet is about.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.files.cells import (
    MISSING,
    UNSHOWN,
    WRONG,
    Codes,
    Texts,
    codes_of,
    composed,
    is_meant_as_missing,
    shown,
    text_of,
)
from assess.files.header import Header
from assess.files.known_names import KnownNames
from assess.files.plain_rows import PlainRows, Record
from assess.files.problem_list import SHOWN, ProblemList
from assess.scoring.form import make_form
from questionnaires.definition import LanguageId, PerspectiveId, Questionnaire, TextItem
from questionnaires.naming import counted

FormKey: TypeAlias = tuple[PerspectiveId, str | None]
"""Perspective and short form of a sheet."""

Columns: TypeAlias = PlainRows | list[tuple[str, ...]]

LANGUAGES: Mapping[str, LanguageId | Literal[""]] = {"": "", "da": "da", "sv": "sv", "en": "en"}
"""What may stand in the column `language`; blank is not known."""

MISSING_ADVICE = "write `NA` (in capitals, nothing around it) for a missing answer, or leave it blank"


@dataclass
class Sheets:
    """The sheets of a file, one entry each. `codes` is uint8, item columns × sheets (see `cells`)."""

    row_of_item: Mapping[str, int]
    ids: list[str] = field(default_factory=list)
    forms: list[FormKey] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    job_areas: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    languages: list[LanguageId | Literal[""]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    texts: Texts = field(default_factory=dict)
    codes: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    forms_are_known: bool = True
    """False when some row names a perspective or form that there is not."""

    def rows_by_form(self) -> dict[FormKey, npt.NDArray[np.int64]]:
        """The places of the sheets of each form, in the order in which forms first appear."""
        number = {key: place for place, key in enumerate(dict.fromkeys(self.forms))}
        of_row = np.fromiter(map(number.__getitem__, self.forms), np.int64, len(self.forms))
        return {key: np.flatnonzero(of_row == place) for key, place in number.items()}


def read_sheets(
    chunks: Iterable[PlainRows | list[Record]],
    header: Header,
    questionnaire: Questionnaire,
    short_form: str | None,
    problems: ProblemList,
) -> Sheets:
    """Read all records below the header, as `plain_rows.chunks` has them.

    Problems are collected; a row of another width is left out.
    """
    reading = _Reading(header, questionnaire, short_form, problems)
    for chunk in chunks:
        reading.take(chunk)
    if not reading.seen:
        problems.add(header.line, "there are no answer sheets below the header", "add a row for each")
    return reading.finished()


class _Reading:
    """The state of reading one file."""

    def __init__(
        self, header: Header, questionnaire: Questionnaire, short_form: str | None, problems: ProblemList
    ) -> None:
        items = {item.id: item for item in questionnaire.items if item.id in header.items}
        self.header = header
        self.problems = problems
        self.questionnaire = questionnaire
        self.texts = {item.id: item for item in items.values() if isinstance(item, TextItem)}
        self.codes = {
            item.id: codes_of(questionnaire, item) for item in items.values() if item.id not in self.texts
        }
        self.perspectives = _perspectives(questionnaire)
        self.short_forms = {"": short_form}
        self.short_forms |= {name: name for name in questionnaire.short_forms}
        make_form(questionnaire, self.perspectives[""], short_form)  # no such short form: say so at once
        self.sheets = Sheets({item_id: row for row, item_id in enumerate(self.codes)})
        self.sheets.texts = {item_id: [] for item_id in self.texts}
        self.chunks: list[npt.NDArray[np.uint8]] = []
        self.line_of_id: dict[str, int] = {}
        self.names = KnownNames()
        self.seen = 0

    def take(self, chunk: PlainRows | list[Record]) -> None:
        lines, columns = (chunk.lines, chunk) if isinstance(chunk, PlainRows) else self._columns(chunk)
        self.seen += len(chunk.lines if isinstance(chunk, PlainRows) else chunk)
        if not lines:
            return
        self.sheets.lines += lines
        hidden = self._confidential(self._take_own(columns, lines))
        self._take_languages(columns, lines, hidden)
        for item_id, text in self.texts.items():
            self.sheets.texts[item_id] += self._texts(columns[self.header.items[item_id]], text, lines)
        codes = np.empty((len(self.codes), len(lines)), np.uint8)
        for row, (item_id, table) in enumerate(self.codes.items()):
            place = self.header.items[item_id]
            usual = columns.codes(place, table) if isinstance(columns, PlainRows) else None
            codes[row] = (
                self._codes(columns[place], table, item_id, lines, hidden) if usual is None else usual
            )
        self.chunks.append(codes)

    def finished(self) -> Sheets:
        self.sheets.forms_are_known = self.names.tell(self.problems).isdisjoint({"perspective", "form"})
        if self.chunks:
            self.sheets.codes = np.concatenate(self.chunks, axis=1)
        return self.sheets

    def _columns(self, chunk: list[Record]) -> tuple[list[int], list[tuple[str, ...]]]:
        """Lines and columns of the rows that have the header's width."""
        width = self.header.width
        kept = [row for row in chunk if len(row[1]) == width]
        if len(kept) < len(chunk):
            kept = [row for row in chunk if self._has_width(*row)]
        columns = list(zip(*(cells[:width] for _, cells in kept), strict=True))
        for place in self.header.unnamed if kept else ():
            self._must_be_blank(columns[place], place, [line for line, _ in kept])
        return [line for line, _ in kept], columns

    def _has_width(self, line: int, cells: list[str]) -> bool:
        """Whether a row can be read; more cells than the header has are no matter while they are blank."""
        width = self.header.width
        if len(cells) == width or (len(cells) > width and not any(cell.strip() for cell in cells[width:])):
            return True
        self.problems.add(
            line,
            f"has {counted(len(cells), 'cell')}, the header has {width}",
            "give each column a cell, also a blank one; put a cell that holds the separator in quotes",
        )
        return False

    def _must_be_blank(self, column: Sequence[str], place: int, lines: Sequence[int]) -> None:
        wrong = [line for line, cell in zip(lines, column, strict=True) if cell.strip()]
        self._add(
            [(line, f"cell {place + 1} stands in a column without a name") for line in wrong], "name it", ""
        )

    def _take_own(self, columns: Columns, lines: list[int]) -> list[PerspectiveId | None]:
        """What the rows say of their sheets; returns the perspectives, None for unknown ones."""
        own = {name: columns[place] for name, place in self.header.own.items()}
        self._take_ids(own["id"], lines)
        said = {name: _said(own.get(name)) for name in ("perspective", "form")}
        perspectives = self.names.take(
            "perspective", self.perspectives, "is no perspective here", said["perspective"], lines
        )
        forms = self.names.take("form", self.short_forms, "is no short form here", said["form"], lines)
        default = self.perspectives[""]
        self.sheets.forms += [
            (perspective or default, form) for perspective, form in zip(perspectives, forms, strict=True)
        ]
        blank = [""] * len(lines)
        self.sheets.subjects += map(_stripped, own["subject"]) if "subject" in own else blank
        self.sheets.job_areas += map(_stripped, own["job_area"]) if "job_area" in own else blank
        seconds = self._seconds(own["seconds"], lines) if "seconds" in own else [math.nan] * len(lines)
        self.sheets.seconds += seconds
        return perspectives

    def _take_ids(self, column: Sequence[str], lines: Sequence[int]) -> None:
        ids = [cell.strip() for cell in column]
        new = dict(zip(ids, lines, strict=True))
        if len(new) == len(ids) and "" not in new and self.line_of_id.keys().isdisjoint(new):
            self.line_of_id |= new
            self.sheets.ids += ids
            return
        for sheet_id, line in zip(ids, lines, strict=True):
            if not sheet_id:
                self.problems.add(line, "has no id", "give each answer sheet an id", "id")
            elif (first := self.line_of_id.setdefault(sheet_id, line)) != line:
                self.problems.add(line, f"has the id of line {first} again", "use each id once", "id")
        self.sheets.ids += ids

    def _take_languages(self, columns: Columns, lines: Sequence[int], hidden: frozenset[int]) -> None:
        place = self.header.own.get("language")
        said = None if place is None else _said(columns[place])
        found = self.names.take("language", LANGUAGES, "is no language here", said, lines, hidden)
        self.sheets.languages += [language or "" for language in found]

    def _seconds(self, column: Sequence[str], lines: Sequence[int]) -> list[float]:
        seconds = [_number(cell) for cell in column]
        wrong = [
            (line, "is no number of seconds")
            for line, number in zip(lines, seconds, strict=True)
            if number is None
        ]
        self._add(wrong, "write a number like 312 or 312.5, or leave it blank", "seconds")
        return [math.nan if number is None else number for number in seconds]

    def _texts(self, column: Sequence[str], item: TextItem, lines: Sequence[int]) -> list[str | None]:
        texts = [text_of(cell) for cell in column]
        wrong = [
            (line, f"has {len(text)} characters")
            for line, text in zip(lines, texts, strict=True)
            if text is not None and len(text) > item.max_length
        ]
        self._add(wrong, f"write at most {item.max_length}", item.id)
        return texts

    def _confidential(self, perspectives: Sequence[PerspectiveId | None]) -> frozenset[int]:
        """Places of the sheets whose answers nobody may read one by one; a misspelt perspective may be one
        of those."""
        confidential: set[PerspectiveId | None] = {
            perspective
            for perspective in self.questionnaire.perspectives
            if self.questionnaire.privacy_of(perspective) == "confidential"
        }
        if not confidential:
            return frozenset()
        confidential.add(None)
        return frozenset(place for place, found in enumerate(perspectives) if found in confidential)

    def _codes(
        self,
        column: Sequence[str],
        table: Codes,
        item_id: str,
        lines: Sequence[int],
        hidden: frozenset[int],
    ) -> npt.NDArray[np.uint8]:
        codes = np.fromiter(map(table.__getitem__, column), np.uint8, len(column))
        wrong: dict[bool, list[int]] = {True: [], False: []}
        for row in np.flatnonzero(codes == WRONG).tolist():
            wrong[is_meant_as_missing(column[row])].append(row)
        for meant_as_missing, rows in wrong.items():
            if rows:
                advice = MISSING_ADVICE if meant_as_missing else table.advice
                places = (
                    (lines[row], f"{UNSHOWN if row in hidden else shown(column[row])} no answer here")
                    for row in rows[:SHOWN]
                )
                self.problems.add_many(places, advice, item_id, count=len(rows))
        return codes

    def _add(self, wrong: Sequence[tuple[int, str]], advice: str, column: str) -> None:
        if wrong:
            self.problems.add_many(wrong[:SHOWN], advice, column, count=len(wrong))


def _perspectives(questionnaire: Questionnaire) -> dict[str, PerspectiveId]:
    """What may stand in the column `perspective`; blank is self, or the first there is."""
    known: dict[str, PerspectiveId] = {str(name): name for name in questionnaire.perspectives}
    known[""] = "self" if "self" in questionnaire.perspectives else next(iter(questionnaire.perspectives))
    return known


def _stripped(cell: str) -> str:
    """What a row says of its sheet, composed; "" for nothing."""
    stripped = composed(cell)
    return "" if stripped in MISSING else stripped


def _said(column: Sequence[str] | None) -> list[str] | None:
    return None if column is None else [_stripped(cell) for cell in column]


def _number(cell: str) -> float | None:
    """Seconds as written (with a point or a comma), NaN for blank, None for what is no number from 0 up."""
    if cell.strip() in MISSING:
        return math.nan
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if 0 <= number < math.inf else None
