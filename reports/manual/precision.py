"""Standard errors: in score units by classical theory, and along the scale by the graded response model."""

from __future__ import annotations

from collections.abc import Mapping

from assess.measurement.results import ScaleReliability
from assess.scoring.precision import full_standard_error, interval_quantile
from questionnaires.definition import PerspectiveId, Precision
from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.evidence import GroupEvidence
from reports.manual.information import along_the_scale
from reports.manual.sayings import DASH, Manual, rating


def precision(manual: Manual) -> Draft:
    """Both kinds of standard errors."""
    words = manual.words
    groups = manual.evidence.measured
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "The standard error of measurement says how far a score may lie from the true score. "
                "Reports show it as an interval of {percent}.",
                percent=words.percent(manual.definition.questionnaire.interval),
            ),
            kind="lead",
        ),
        Heading(text=words.say("In points of the scale")),
        *_classical(manual, groups),
        *_in_force(manual),
        Heading(text=words.say("Along the scale")),
        *along_the_scale(manual, groups),
    ]
    measured = any(group.reliability is not None for group in groups)
    return Draft(
        title=words.say("Standard errors along the scale"),
        state="measured"
        if measured
        else "partly"
        if manual.definition.questionnaire.precision
        else "waiting",
        blocks=tuple(blocks),
    )


def _in_force(manual: Manual) -> tuple[Block, ...]:
    """The local records that an administrator has published."""
    words = manual.words
    lines = []
    for one in manual.evidence.records.precision:
        said = [
            words.say(
                "{rating}: record {record} is in force since {day}, from {sheets} sheets by {people} people.",
                rating=rating(words, one.perspective),
                record=one.record,
                day=words.day(one.day),
                sheets=manual.whole(one.sheets),
                people=manual.whole(one.people),
            )
        ]
        if one.local:
            names = words.listing([words.scale_name(scale_id) for scale_id in one.local])
            said.append(words.say("Its error stands for: {scales}.", scales=names))
        if one.provisional:
            said.append(
                words.say("For the other scales the authors’ estimate stands, which is wider.")
                if one.local
                else words.say("It widens no interval: the authors’ estimate stands for every scale.")
            )
        lines.append(" ".join(said))
    return (Bullets(lines=tuple(lines)),) if lines else ()


def _classical(manual: Manual, groups: tuple[GroupEvidence, ...]) -> list[Block]:
    words, questionnaire = manual.words, manual.definition.questionnaire
    if not questionnaire.precision and not any(group.reliability for group in groups):
        return [
            Waiting(
                text=words.say(
                    "The file gives no provisional precision, and none has been measured. Reports show no "
                    "intervals."
                ),
                needs=words.say("Waits for: a reliability and an SD of each scale."),
            )
        ]
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "By classical theory it is the same for every score. A local figure may make intervals "
                "wider than the provisional one, never narrower: the larger error is in force. With answers "
                "missing it grows as Spearman–Brown says."
            )
        )
    ]
    for perspective in questionnaire.perspectives:
        local = next(
            (g for g in groups if g.form.perspective == perspective and g.form.short_form is None), None
        )
        record = questionnaire.precision.get(perspective, {})
        if record or (local is not None and local.reliability):
            blocks.append(_table(manual, perspective, record, local))
    return blocks


def _table(
    manual: Manual, perspective: PerspectiveId, record: Mapping[str, Precision], local: GroupEvidence | None
) -> Table:
    words = manual.words
    columns = [
        Column(label=words.say("Scale")),
        Column(label=words.say("Reliability, file"), kind="number", width=24),
        Column(label=words.say("SEM, file"), kind="number", width=20),
        Column(label=words.say("Reliability, here"), kind="number", width=24),
        Column(label=words.say("SEM, here"), kind="number", width=20),
        Column(label=words.say("Score ±"), kind="number", width=20),
    ]
    document = None if local is None else local.reliability
    measured = {scale.id: scale for scale in document.scales} if document else {}
    quantile = interval_quantile(manual.definition.questionnaire.interval)
    rows = tuple(
        _row(manual, scale_id, record.get(scale_id), measured.get(scale_id), quantile)
        for scale_id in manual.definition.questionnaire.scales
        if scale_id in record or scale_id in measured
    )
    return Table(
        title=words.say("Standard errors: {sheets}", sheets=rating(words, perspective)),
        columns=tuple(columns),
        rows=rows,
        note=words.say(
            "Score ±: half the width of the interval of {percent} with the larger of the two errors. A "
            "local record is in force only after an administrator has published it, from 100 sheets on.",
            percent=words.percent(manual.definition.questionnaire.interval),
        ),
        small=True,
    )


def _row(
    manual: Manual,
    scale_id: str,
    file: Precision | None,
    measured: ScaleReliability | None,
    quantile: float,
) -> Row:
    words = manual.words
    file_sem = None if file is None else full_standard_error(file)
    here_sem = None if measured is None else measured.sem
    here = None if measured is None else measured.alpha
    if measured is not None and here is None:
        here = measured.spearman_brown
    errors = [error for error in (file_sem, here_sem) if error is not None]
    return Row(
        head=words.scale_name(scale_id),
        cells=(
            DASH if file is None else words.two(file.reliability),
            manual.number(file_sem),
            manual.number(here),
            manual.number(here_sem),
            f"± {words.two(quantile * max(errors))}" if errors else DASH,
        ),
    )
