"""`assess quality`: how carefully a questionnaire was answered, from an answers file."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, TextIO

import numpy as np

from assess.commands.answers import open_answers
from assess.commands.figures import Cell, FigureFormat, write_document, write_table
from assess.disclosure.thresholds import DISTRIBUTION_GROUP, large_enough
from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, Group
from assess.measurement.response_quality import SheetFigures, sheet_figures
from assess.measurement.response_quality_results import (
    IndexSummary,
    QualityReason,
    ResponseQuality,
    SheetQuality,
)
from assess.measurement.response_quality_signs import Side
from assess.measurement.response_quality_summary import response_quality, sheet_rows
from assess.scoring.result import Result
from questionnaires.definition import Definition, PerspectiveId
from questionnaires.naming import counted

READING = (
    "A flag is a reason to ask, never a verdict: it takes signs of two different kinds, "
    "and honest people are flagged now and then."
)
NO_SHEETS_EACH = "Confidential sheets are counted together; none of them is told by itself."
HEADS = ("figure", "sheets", "mean", "SD", "5 %", "half", "95 %", "sign when", "signs", "share")
SIDES: dict[Side, str] = {"from": "≥", "to": "≤", "under": "<"}
REASONS: dict[QualityReason, str] = {
    "situations": "only letters are answered",
    "fewer-than-3-items": "fewer than 3 items share their options",
    "fewer-than-5-scales": "fewer than 5 scales of two items and more",
    "fewer-than-3-pairs": "fewer than 3 pairs of items go together",
    "fewer-than-30-sheets": "fewer than 30 sheets",
    "too-few-sheets-for-the-items": "two sheets for each item, or fewer",
    "covariance-singular": "an item follows from others, or does not vary",
    "no-seconds": "the file says nothing of time",
    "too-few-answers": "too few answers",
    "fewer-than-2-kinds": "only one kind of sign is known",
}


class SheetRow(Result, frozen=True):
    """What is known of the sheet with this id."""

    id: str
    quality: SheetQuality


class QualityGroup(Result, frozen=True):
    """The sheets of one perspective and form. `sheets` is None unless they were asked for, and always where
    the answers are confidential."""

    perspective: PerspectiveId
    short_form: str | None
    confidential: bool
    quality: ResponseQuality
    sheets: tuple[SheetRow, ...] | None


class QualityDocument(Result, frozen=True):
    """What `assess quality` tells. `n` counts the sheets of the groups; `reading` is how to take a flag."""

    questionnaire: str
    version: str
    n: int
    reading: str
    groups: tuple[QualityGroup, ...]


def quality_of_answers(
    definition: Definition,
    answers: BinaryIO,
    output: str,
    *,
    short_form: str | None,
    sheets: bool,
    form: FigureFormat,
    say: Callable[[str], None],
) -> None:
    """Writes the response quality of each perspective and form to `output`, or to standard output for `-`.

    `sheets`: with a row for each sheet that is not confidential. Raises `BadInput` for a wrong file,
    `AssessError` where only confidential sheets are there and they are fewer than a group.
    """
    file = open_answers(definition, answers, short_form)
    groups = tuple(group for group in file.groups() if _may_be_counted(definition, group, say))
    if not groups:
        raise AssessError("There are no sheets whose figures may be shown.")
    told = tuple(_group(file, group, sheets=sheets) for group in groups)
    if sheets and any(group.confidential for group in told):
        say(NO_SHEETS_EACH)
    if form == "table":
        say(READING)
    document = QualityDocument(
        questionnaire=definition.questionnaire.id,
        version=definition.questionnaire.version,
        n=sum(group.quality.n for group in told),
        reading=READING,
        groups=told,
    )
    write_document(document, output, form, _write)


def _may_be_counted(definition: Definition, group: Group, say: Callable[[str], None]) -> bool:
    """Confidential sheets from `DISTRIBUTION_GROUP` on; fewer are left out, and how many is not told."""
    confidential = definition.questionnaire.privacy_of(group.perspective) == "confidential"
    shown = not confidential or large_enough(len(group.rows), DISTRIBUTION_GROUP)
    if not shown:
        say(f"Left out: confidential sheets ({group.perspective}), fewer than {DISTRIBUTION_GROUP}.")
    return shown


def _group(file: AnswersFile, group: Group, *, sheets: bool) -> QualityGroup:
    found = sheet_figures(group.form, group.matrix, file.seconds[group.rows])
    confidential = file.definition.questionnaire.privacy_of(group.perspective) == "confidential"
    return QualityGroup(
        perspective=group.perspective,
        short_form=group.short_form,
        confidential=confidential,
        quality=response_quality(found, single_sheets=not confidential),
        sheets=_rows(file, group, found) if sheets and not confidential else None,
    )


def _rows(file: AnswersFile, group: Group, found: SheetFigures) -> tuple[SheetRow, ...]:
    ids = np.array(file.ids, object)[group.rows].tolist()
    return tuple(
        SheetRow(id=sheet_id, quality=row) for sheet_id, row in zip(ids, sheet_rows(found), strict=True)
    )


# --- for people ------------------------------------------------------------------------------------


def _write(document: QualityDocument, stream: TextIO) -> None:
    for group in document.groups:
        quality = group.quality
        form = f", short form {group.short_form}" if group.short_form else ""
        title = f"{document.questionnaire} {document.version}, {group.perspective}{form}: "
        title += f"{counted(quality.n, 'sheet')}, {_flags(quality)}"
        write_table(stream, title, HEADS, [_cells(index) for index in quality.indices])
        _write_reasons(quality, stream)
        if group.sheets is not None:
            write_table(
                stream,
                "Sheets worth asking about",
                ("id", "kinds of signs", "signs"),
                [
                    (row.id, ", ".join(row.quality.kinds), ", ".join(row.quality.signs))
                    for row in group.sheets
                    if row.quality.flagged
                ],
            )


def _flags(quality: ResponseQuality) -> str:
    if quality.flagged is None or quality.flag_rate is None:
        return "flags not known"
    return f"{quality.flagged} flagged ({quality.flag_rate:.1%})"


def _cells(index: IndexSummary) -> tuple[Cell, ...]:
    spread = index.spread
    sign = (
        None
        if index.cut is None or index.sign_when is None
        else f"{SIDES[index.sign_when]} {index.cut:g}".replace("-", "−")
    )
    return (
        index.id,
        index.n,
        index.mean,
        index.sd,
        *((spread.p05, spread.median, spread.p95) if spread else (None, None, None)),
        sign,
        index.signs,
        None if index.rate is None else f"{index.rate:.1%}",
    )


def _write_reasons(quality: ResponseQuality, stream: TextIO) -> None:
    """Which figures are not known, by reason."""
    by_reason: dict[QualityReason, list[str]] = {}
    for index in quality.indices:
        if index.reason is not None:
            by_reason.setdefault(index.reason, []).append(index.id)
    for reason, ids in by_reason.items():
        stream.write(f"Not known: {', '.join(ids)} ({REASONS[reason]}).\n")
    if by_reason:
        stream.write("\n")
