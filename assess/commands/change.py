"""`assess change`: which changes between two answers files are more than noise, and how the group moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, Literal, TextIO, TypeAlias

import numpy as np

from assess.commands.answers import open_answers
from assess.commands.figures import FigureFormat, ends, write_document, write_table
from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, Group
from assess.measurement.change import matched
from assess.measurement.change_report import (
    LEAST_LOCAL,
    ChangeDocument,
    FormChange,
    form_change,
    precision_before,
)
from assess.scoring.precision import record_in_force
from questionnaires.definition import Definition
from questionnaires.naming import counted

MatchedBy: TypeAlias = Literal["id", "subject"]
Say: TypeAlias = Callable[[str], None]


def change_of_answers(
    definition: Definition,
    before: BinaryIO,
    after: BinaryIO,
    output: str,
    *,
    by: MatchedBy,
    short_form: str | None,
    form: FigureFormat,
    say: Say,
) -> None:
    """Writes the change of those who are in both files to the file `output`, or to standard output for `-`.

    A sheet and its later one have the same id (or, `by` "subject", subject and job area), perspective and
    form. Confidential sheets have no row each. Raises `BadInput` for a wrong file; `AssessError` for a
    questionnaire without scales, for names that stand twice, and where nobody is in both files.
    """
    questionnaire = definition.questionnaire
    if not questionnaire.scales:
        raise AssessError(f"{questionnaire.id} has no scales whose change could be told.")
    files = open_answers(definition, before, short_form), open_answers(definition, after, short_form)
    keys = [_keys(file, by) for file in files]
    try:
        rows = matched(*keys)
    except ValueError as error:
        raise AssessError(
            f"Some {by} stands twice in one of the files, for one perspective and job area.",
            "Keep one sheet of each.",
        ) from error
    if not len(rows[0]):
        raise AssessError(
            f"Nobody is in both files by {by}.",
            "Sheets of the same person need the same id and perspective; see also --by subject."
            if by == "id"
            else "Sheets of the same person need the same subject, job area and perspective.",
        )
    forms = _forms(files, rows, say)
    document = ChangeDocument(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        matched_by=by,
        only_before=len(files[0]) - len(rows[0]),
        only_after=len(files[1]) - len(rows[1]),
        forms=forms,
    )
    write_document(document, output, form, _write)


def _keys(file: AnswersFile, by: MatchedBy) -> list[str]:
    """One for each sheet; sheets without a subject match nothing."""
    if by == "id":
        return [f"{name}\n{side}" for name, side in zip(file.ids, file.perspectives, strict=True)]
    return [
        f"{name}\n{area}\n{side}" if name else f"\n{file.name}\n{row}"
        for row, (name, area, side) in enumerate(
            zip(file.subjects, file.job_areas, file.perspectives, strict=True)
        )
    ]


def _forms(
    files: Sequence[AnswersFile], rows: tuple[np.ndarray[tuple[int], np.dtype[np.intp]], ...], say: Say
) -> tuple[FormChange, ...]:
    """The change in each form that was asked on both occasions."""
    first_groups, second_groups = (
        {(group.perspective, group.short_form): group for group in file.groups()} for file in files
    )
    later = dict(zip(rows[0].tolist(), rows[1].tolist(), strict=True))
    found, paired = [], 0
    for key, group in first_groups.items():
        if key not in second_groups:
            continue
        other = second_groups[key]
        column_of = {row: column for column, row in enumerate(other.rows.tolist())}
        columns = [
            (column, column_of[later[row]])
            for column, row in enumerate(group.rows.tolist())
            if later.get(row) in column_of
        ]
        if columns:
            paired += len(columns)
            found.append(_one(files[0], group, other, columns))
    if len(later) > paired:
        say(f"Left out: {counted(len(later) - paired, 'sheet')} answered in another form later.")
    return tuple(found)


def _one(file: AnswersFile, group: Group, other: Group, columns: list[tuple[int, int]]) -> FormChange:
    questionnaire = file.definition.questionnaire
    confidential = questionnaire.privacy_of(group.perspective) == "confidential"
    first, second = ([pair[side] for pair in columns] for side in (0, 1))
    rows = group.rows[first].tolist()
    record = record_in_force(questionnaire, group.perspective, None)
    stated = all(scale.id in record.values for scale in group.form.scales)
    return form_change(
        group.form,
        np.ascontiguousarray(group.matrix[:, first]),
        np.ascontiguousarray(other.matrix[:, second]),
        tuple((file.ids[row], file.job_areas[row]) for row in rows),
        record,
        local=None if stated else precision_before(questionnaire, group.form, group.matrix),
        least=DISTRIBUTION_GROUP if confidential else 0,
    )


def _write(document: ChangeDocument, stream: TextIO) -> None:
    stream.write(
        f"{document.questionnaire} {document.version}, matched by {document.matched_by}; "
        f"only before: {document.only_before}, only after: {document.only_after}.\n\n"
    )
    for found in document.forms:
        name = found.perspective + (f", {found.short_form}" if found.short_form else "")
        if found.reason:
            stream.write(f"{name}: too few confidential sheets\n\n")
            continue
        write_table(
            stream,
            f"{name}: the group, with 90 % intervals",
            ("scale", "n", "before", "after", "change", "from", "to", "d_av", "from", "to"),
            [
                (
                    scale.id,
                    scale.group.n,
                    scale.group.mean_before,
                    scale.group.mean_after,
                    scale.group.difference,
                    *ends(scale.group.intervals),
                    *((effect.d, *ends(effect.intervals)) if effect else (None, None, None)),
                )
                for scale in found.scales
                for effect in (scale.group.effects[-1:] or (None,))
            ],
        )
        _write_precision(found, stream)
        for person in found.people:
            write_table(
                stream,
                " / ".join(part for part in (person.id, person.job_area) if part),
                (
                    "scale",
                    "before",
                    "after",
                    "change",
                    "real beyond",
                    "verdict",
                    "after regression to the mean",
                ),
                [
                    (
                        scale.id,
                        scale.before,
                        scale.after,
                        scale.difference,
                        scale.limit,
                        scale.verdict,
                        scale.retest_verdict,
                    )
                    for scale in person.scales
                ],
            )


def _write_precision(found: FormChange, stream: TextIO) -> None:
    """What the verdicts rest on where the questionnaire states no reliability and SD."""
    local = [scale.id for scale in found.scales if scale.precision == "answers-before"]
    unknown = [scale.id for scale in found.scales if scale.reason == "no-precision"]
    if local:
        stream.write(
            f"{', '.join(local)}: the questionnaire states no precision; verdicts rest on alpha and SD of "
            "the sheets before.\n\n"
        )
    if unknown:
        stream.write(
            f"{', '.join(unknown)}: no verdicts. The questionnaire states no precision, and from fewer than "
            f"{LEAST_LOCAL} full sheets before, or a negative alpha, none is worked out.\n\n"
        )
