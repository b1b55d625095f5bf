"""`assess norms`: local norms of every scale, from an answers file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import BinaryIO, TextIO

import numpy as np

from assess.commands.answers import open_answers
from assess.commands.figures import FigureFormat, write_document, write_table
from assess.commands.measurement import chosen_group
from assess.errors import AssessError
from assess.measurement.norms import LEAST_PEOPLE, NormRecord, make_norms, norm_record
from assess.scoring.form import Form, ScaleKey
from assess.scoring.precision import Floats
from assess.scoring.rating_scales import score
from assess.scoring.result import Result
from questionnaires.definition import Definition, PerspectiveId, content_hash


class NormDocument(Result, frozen=True):
    """What `assess norms` tells of an answers file: a record for each scale."""

    questionnaire: str
    version: str
    perspective: PerspectiveId
    short_form: str | None
    scales: tuple[NormRecord, ...]


def norms_of_answers(
    definition: Definition,
    answers: BinaryIO,
    output: str,
    *,
    perspective: PerspectiveId | None,
    short_form: str | None,
    waves: Sequence[str],
    today: date,
    smooth: bool,
    seed: int,
    form: FigureFormat,
    say: Callable[[str], None],
) -> None:
    """Writes the norms of every scale to the file `output`, or to standard output for `-`.

    Scales with fewer than `LEAST_PEOPLE` scores are refused, each with its reason in the document. Raises
    `BadInput` for a wrong file, `AssessError` for a questionnaire without scales and a perspective or form
    that is not in the file.
    """
    questionnaire = definition.questionnaire
    if not questionnaire.scales:
        raise AssessError(
            f"{questionnaire.id} has no scales that norms can be made of.",
            "Styles are relative within a person: there are no norms of them.",
        )
    file = open_answers(definition, answers, short_form)
    group = chosen_group(file, perspective, short_form, say)
    scores = score(group.form, group.matrix, {}).score
    digest = content_hash(definition)
    records = tuple(
        norm_record(
            make_norms(scores[row], possible_scores(group.form, key), seed=seed, smooth=smooth),
            questionnaire_id=questionnaire.id,
            questionnaire_hash=digest,
            perspective=group.perspective,
            short_form=group.short_form,
            scale=key.id,
            handed_in=today.isoformat(),
            wave_ids=waves,
        )
        for row, key in enumerate(group.form.scales)
    )
    if any(record.table.reason == "n-under-200" for record in records):
        say(f"Scales with fewer than {LEAST_PEOPLE} scores have no norms.")
    document = NormDocument(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        perspective=group.perspective,
        short_form=group.short_form,
        scales=records,
    )
    write_document(document, output, form, _write)


def possible_scores(form: Form, scale: ScaleKey) -> Floats:
    """All scores of a sheet that answers every item of the scale, ascending."""
    sums = {0}
    for row in scale.rows:
        sums = {total + value for total in sums for value in form.items[row].values}
    return np.array(sorted(sums)) / len(scale.rows)


def _write(document: NormDocument, stream: TextIO) -> None:
    stream.write(f"{document.questionnaire} {document.version}, {document.perspective}. For groups only.\n\n")
    for record in document.scales:
        table = record.table
        if table.reason:
            stream.write(f"{record.scale}: no norms ({table.reason})\n\n")
            continue
        how = ", smoothed" if table.smoothed else ""
        write_table(
            stream,
            f"{record.scale}: {table.n} people, handed in {record.handed_in}{how}; SE in the columns ±",
            ("score", "people", "percentile", "±", "T linear", "±", "T normal", "±", "stanine", "sten"),
            [
                (
                    f"{row.score:.2f}",
                    row.people,
                    row.percentile,
                    row.percentile_se,
                    row.t_linear,
                    row.t_linear_se,
                    row.t_normalised,
                    row.t_normalised_se,
                    row.stanine,
                    row.sten,
                )
                for row in table.rows
            ],
        )
