"""Change between two occasions of answering the same form: of each person, and of the group, by scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import numpy as np

from assess.measurement.change import PairedChange, Verdict, paired_change, reliable_change, retest_change
from assess.measurement.decision import local_precision
from assess.measurement.reliability import reliability
from assess.scoring.form import Form
from assess.scoring.precision import Floats
from assess.scoring.rating_scales import ScaleScores, score
from assess.scoring.result import Result
from assess.scoring.results import PrecisionRecord
from assess.scoring.tally import Answers
from questionnaires.definition import PerspectiveId, Precision, Questionnaire

LEAST_REFERENCE = 10
"""People from whose mean the regression to the mean is reckoned; with fewer it is not given."""

LEAST_LOCAL = 30
"""Sheets before from which reliability and SD are worked out where the questionnaire states none."""

PrecisionFrom: TypeAlias = Literal["record", "answers-before"]


class PersonScaleChange(Result, frozen=True):
    """One person on one scale, in score units. `limit`: the difference from which a change is real, `verdict`
    by measurement error alone (`error` = √(SEM₁² + SEM₂²), `index` = difference/error). `expected` …
    `retest_verdict`: the alternative against what regression to the mean alone would bring. None: a score is
    missing, or no precision is known.
    """

    id: str
    before: float | None
    after: float | None
    difference: float | None
    error: float | None
    limit: float | None
    index: float | None
    verdict: Verdict | None
    expected: float | None
    retest_index: float | None
    retest_verdict: Verdict | None


class PersonChange(Result, frozen=True):
    """One id that is in both files; whose it is stands there."""

    id: str
    job_area: str
    scales: tuple[PersonScaleChange, ...]


class ScaleChange(Result, frozen=True):
    """A scale over all who answered twice. `reliability` and `sd` make the error of the verdicts; they stand
    in the precision record, or are those of all sheets before (`precision`). The mean of the reference
    group, the `reference_n` who answered before, is None where they are too few or the precision
    unknown, and then nothing is said of regression to the mean. `reason`: "no-precision", and so no
    verdicts.
    """

    id: str
    reliability: float | None
    sd: float | None
    precision: PrecisionFrom | None
    reference_mean: float | None
    reference_n: int
    group: PairedChange
    reason: str | None


class FormChange(Result, frozen=True):
    """The change in one perspective and form. `coverage` of the limits; `denominator` of the verdicts.
    `people` is empty for confidential sheets. `reason`: "group-too-small" (confidential)."""

    perspective: PerspectiveId
    short_form: str | None
    pairs: int | None
    coverage: float
    record: str
    denominator: str
    scales: tuple[ScaleChange, ...]
    people: tuple[PersonChange, ...]
    reason: str | None


class ChangeDocument(Result, frozen=True):
    """What `assess change` tells of two answers files. `matched_by`: "id" or "subject" (and job area)."""

    questionnaire: str
    version: str
    matched_by: str
    only_before: int
    only_after: int
    forms: tuple[FormChange, ...]


def form_change(
    form: Form,
    before: Answers,
    after: Answers,
    people: tuple[tuple[str, str], ...],
    record: PrecisionRecord,
    *,
    local: Mapping[str, Precision] | None = None,
    least: int = 0,
) -> FormChange:
    """Change of the people in the same columns of `before` and `after` (item-major answers to `form`).

    `people`: id and job area of each column. `local`: figures for scales that `record` has none of. `least`:
    0 where people may be named; else how many pairs confidential sheets need, of which only the group is
    told, and a scale only where that many have both scores. Raises `BadAnswers` for a matrix that does not
    fit the form.
    """
    named = least == 0
    values = {**(local or {}), **record.values}
    scores = score(form, before, values), score(form, after, values)
    pairs = before.shape[1]
    if pairs < least:
        return _form(form, None, record, (), (), "group-too-small")
    scales = tuple(_scale(form, row, scores, record, values) for row in range(len(form.scales)))
    shown = tuple(scale for scale in scales if scale.group.n >= least)
    told = people if named else ()
    columns = [_people_scale(form, row, scores, scales[row]) for row in range(len(scales))] if told else []
    return _form(
        form,
        pairs,
        record,
        shown,
        tuple(
            PersonChange(id=name, job_area=area, scales=tuple(column[place] for column in columns))
            for place, (name, area) in enumerate(told)
        ),
        None,
    )


def _form(
    form: Form,
    pairs: int | None,
    record: PrecisionRecord,
    scales: tuple[ScaleChange, ...],
    people: tuple[PersonChange, ...],
    reason: str | None,
) -> FormChange:
    return FormChange(
        perspective=form.perspective,
        short_form=form.short_form,
        pairs=pairs,
        coverage=form.interval,
        record=record.id,
        denominator="measurement-error",
        scales=scales,
        people=people,
        reason=reason,
    )


def precision_before(questionnaire: Questionnaire, form: Form, answers: Answers) -> dict[str, Precision]:
    """Alpha and SD of the scales that `form` asks in full, from all sheets before (rows as `form.items`).

    Jacobson & Truax's own denominator; for a questionnaire without figures of its own. None from fewer than
    `LEAST_LOCAL` sheets, nor where alpha is unknown or negative. Raises `BadAnswers`.
    """
    if answers.shape[1] < LEAST_LOCAL:
        return {}
    document = reliability(questionnaire, form, answers, resamples=0)
    full = {scale.id for scale in form.scales if len(scale.rows) == scale.full_length}
    enough = {scale.id for scale in document.scales if scale.n_scored >= LEAST_LOCAL}
    return {name: found for name, found in local_precision(document).items() if name in full & enough}


def _scale(
    form: Form,
    row: int,
    scores: tuple[ScaleScores, ScaleScores],
    record: PrecisionRecord,
    values: Mapping[str, Precision],
) -> ScaleChange:
    key = form.scales[row]
    precision = values.get(key.id)
    first, second = scores[0].score[row], scores[1].score[row]
    there = first[~np.isnan(first)]
    known = precision is not None and len(there) >= LEAST_REFERENCE
    return ScaleChange(
        id=key.id,
        reliability=None if precision is None else precision.reliability,
        sd=None if precision is None else precision.sd,
        precision=None if precision is None else "record" if key.id in record.values else "answers-before",
        reference_mean=float(there.mean()) if known else None,
        reference_n=len(there),
        group=paired_change(first, second),
        reason="no-precision" if precision is None else None,
    )


def _people_scale(
    form: Form, row: int, scores: tuple[ScaleScores, ScaleScores], scale: ScaleChange
) -> list[PersonScaleChange]:
    first, second = scores[0].score[row], scores[1].score[row]
    found = reliable_change(first, second, scores[0].sem[row], scores[1].sem[row], form.interval)
    if scale.reference_mean is None or scale.sd is None or scale.reliability is None:
        retest = None
    else:
        retest = retest_change(
            first, second, scale.reference_mean, scale.sd, scale.reliability, form.interval
        )
    nothing = np.full(first.shape, np.nan)
    columns = (
        _plain(figures)
        for figures in (
            first,
            second,
            found.difference,
            found.error,
            found.limit,
            found.index,
            nothing if retest is None else retest.expected,
            nothing if retest is None else retest.index,
        )
    )
    return [
        PersonScaleChange(
            id=scale.id,
            before=before,
            after=after,
            difference=difference,
            error=error,
            limit=limit,
            index=index,
            verdict=found.verdict(place),
            expected=expected,
            retest_index=retest_index,
            retest_verdict=None if retest is None else retest.verdict(place),
        )
        for place, (before, after, difference, error, limit, index, expected, retest_index) in enumerate(
            zip(*columns, strict=True)
        )
    ]


def _plain(figures: Floats) -> list[float | None]:
    return [None if np.isnan(figure) else figure for figure in figures.tolist()]
