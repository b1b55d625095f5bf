"""`assess agreement`: how far several raters of the same people agree, from an answers file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import product
from typing import BinaryIO, TextIO, TypeAlias

import numpy as np

from assess.commands.answers import open_answers
from assess.commands.figures import FigureFormat, ends, write_document, write_table
from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.errors import AssessError
from assess.files.answers_file import AnswersFile, Group
from assess.measurement.agreement import (
    Agreement,
    PairAgreement,
    RaterGroups,
    Sheets,
    pair_agreement,
    rater_groups,
)
from questionnaires.definition import Definition
from questionnaires.naming import counted

Say: TypeAlias = Callable[[str], None]
About: TypeAlias = tuple[str, str, str]
"""Perspective, subject and job area of a sheet."""

UNLIKE = {
    "options-differ": "for its items have different options",
    "options-uneven": "for the steps between its options are unequal",
}
"""Why a scale has no agreement within any group."""

LEAST_RATERS = 2
"""Raters of one subject that agreement takes, where nothing is confidential."""


def agreement_of_answers(
    definition: Definition,
    answers: BinaryIO,
    output: str,
    *,
    short_form: str | None,
    form: FigureFormat,
    say: Say,
) -> None:
    """Writes the agreement of own and managers' sheets on the same people, and of all sheets of a perspective
    on one subject, to the file `output`, or to standard output for `-`.

    Confidential sheets count in groups of at least `DISTRIBUTION_GROUP`. Raises `BadInput` for a wrong file,
    `AssessError` where nobody is rated twice.
    """
    file = open_answers(definition, answers, short_form)
    groups = file.groups()
    pairs = _pairs(file, groups, say)
    together = tuple(_together(file, group) for group in groups)
    told = tuple(found for found in together if found.groups)
    hidden = any(found.least > LEAST_RATERS for found in together)
    if hidden:
        say(
            f"Confidential sheets count where there are at least {DISTRIBUTION_GROUP} of them on one subject."
        )
    if not pairs and not told:
        raise AssessError(
            f"{file.name} has nobody whom two sheets are about and whose agreement may be shown.",
            "Sheets on the same person have the same name in the column “subject”.",
        )
    questionnaire = definition.questionnaire
    document = Agreement(
        questionnaire=questionnaire.id, version=questionnaire.version, pairs=pairs, groups=told
    )
    write_document(document, output, form, _write)


def _pairs(file: AnswersFile, groups: tuple[Group, ...], say: Say) -> tuple[PairAgreement, ...]:
    """Own sheets beside managers', where there is exactly one of each on a person and job area."""
    sides = [
        [group for group in groups if group.perspective == perspective] for perspective in ("self", "manager")
    ]
    counts: Counter[About] = Counter(
        (file.perspectives[row], file.subjects[row], file.job_areas[row]) for row in range(len(file))
    )
    several = sum(
        1 for (side, name, _), times in counts.items() if side != "direct-report" and name and times > 1
    )
    if several and all(sides):
        say(f"Left out of the pairs: {counted(several, 'name')} with several sheets of one perspective.")
    found = []
    for own, manager in product(*sides):
        first, second = _matching(file, own, manager, counts)
        if not len(first):
            continue
        least = max(_least(file, own, 1), _least(file, manager, 1))
        found.append(pair_agreement(_sheets(file, own, first), _sheets(file, manager, second), least))
    return tuple(found)


def _matching(
    file: AnswersFile, own: Group, manager: Group, counts: Counter[About]
) -> tuple[list[int], list[int]]:
    """Columns of both groups that are about the same person and area."""
    place = {
        (file.subjects[row], file.job_areas[row]): column for column, row in enumerate(manager.rows.tolist())
    }
    pairs = [
        (column, place[about])
        for column, row in enumerate(own.rows.tolist())
        for about in ((file.subjects[row], file.job_areas[row]),)
        if about[0] and about in place and counts["self", *about] == counts["manager", *about] == 1
    ]
    return [first for first, _ in pairs], [second for _, second in pairs]


def _sheets(file: AnswersFile, group: Group, columns: list[int]) -> Sheets:
    rows = group.rows[columns].tolist()
    return Sheets(
        form=group.form,
        matrix=np.ascontiguousarray(group.matrix[:, columns]),
        subjects=[file.subjects[row] for row in rows],
        job_areas=[file.job_areas[row] for row in rows],
    )


def _together(file: AnswersFile, group: Group) -> RaterGroups:
    least = _least(file, group, LEAST_RATERS)
    sheets = _sheets(file, group, list(range(len(group.rows))))
    return rater_groups(sheets, least, confidential=least > LEAST_RATERS)


def _least(file: AnswersFile, group: Group, otherwise: int) -> int:
    confidential = file.definition.questionnaire.privacy_of(group.perspective) == "confidential"
    return DISTRIBUTION_GROUP if confidential else otherwise


def _write(document: Agreement, stream: TextIO) -> None:
    stream.write(f"{document.questionnaire} {document.version}. Intervals: 90 %.\n\n")
    for pair in document.pairs:
        _write_pair(pair, stream)
    for found in document.groups:
        _write_groups(found, stream)


def _write_pair(pair: PairAgreement, stream: TextIO) -> None:
    title = f"{_side(pair.first, pair.first_form)} and {_side(pair.second, pair.second_form)}"
    if pair.reason:
        stream.write(f"{title}: too few confidential sheets\n\n")
        return
    write_table(
        stream,
        f"{title}, scores of scales",
        ("scale", "people", "ICC(2,1)", "from", "to", "ICC(3,1)", "from", "to"),
        [
            (
                scale.id,
                scale.icc.targets,
                scale.icc.of("ICC(2,1)").value,
                *ends(scale.icc.of("ICC(2,1)").intervals),
                scale.icc.of("ICC(3,1)").value,
                *ends(scale.icc.of("ICC(3,1)").intervals),
            )
            for scale in pair.scales
        ],
    )
    write_table(
        stream,
        f"{title}, items",
        ("item", "people", "same", "kappa", "linear", "quadratic", "from", "to", "alpha"),
        [
            (
                item.id,
                item.raters.pairs,
                item.raters.agreement,
                *(item.raters.of(weights).kappa for weights in ("plain", "linear", "quadratic")),
                *ends(item.raters.of("quadratic").intervals),
                item.alpha.alpha,
            )
            for item in pair.items
        ],
    )


def _side(perspective: str, form: str | None) -> str:
    return f"{perspective} ({form})" if form else perspective


def _write_groups(found: RaterGroups, stream: TextIO) -> None:
    write_table(
        stream,
        f"{_side(found.perspective, found.short_form)}: subjects with at least {found.least} sheets",
        ("scale", "raters", "subjects", "ICC(1)", "from", "to", "ICC(2)", "alpha"),
        [
            (
                scale.id,
                scale.icc.people,
                scale.icc.groups,
                scale.icc.icc1,
                *ends(scale.icc.icc1_intervals),
                scale.icc.icc2,
                scale.alpha.alpha,
            )
            for scale in found.scales
        ],
    )
    for group in found.groups:
        name = " / ".join(part for part in (group.subject, group.job_area) if part)
        if group.styles is not None:
            alpha = ("situations", group.raters, group.styles.alpha, *ends(group.styles.intervals))
            write_table(stream, name, ("styles chosen", "raters", "alpha", "from", "to"), [alpha])
        write_table(
            stream,
            name,
            ("scale", "raters", "rwg uniform", "rwg skewed", "AD", "AD at most"),
            [
                (
                    scale.id,
                    within.raters,
                    within.uniform,
                    within.slightly_skewed,
                    within.deviation,
                    within.deviation_limit,
                )
                for scale in group.scales
                for within in ([scale.within] if scale.within else [])
            ],
        )
    reasons = {scale.id: scale.reason for group in found.groups for scale in group.scales}
    for name, reason in reasons.items():
        if reason in UNLIKE:
            stream.write(f"{name}: no rwg, {UNLIKE[reason]}.\n\n")
