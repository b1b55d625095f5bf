"""From arrays of scores to scales and a classification for each respondent."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from assess.scoring.classification import Levels, called_for, classify
from assess.scoring.form import Form, ScaleKey
from assess.scoring.rating_scales import ScaleScores
from assess.scoring.rating_scales import score as score_scales
from assess.scoring.results import ClassificationResult, PrecisionRecord, ScaleResult, Scored
from assess.scoring.tally import Answers
from questionnaires.definition import BandId, Quadrants, Questionnaire


def scale_results(
    questionnaire: Questionnaire, form: Form, matrix: Answers, record: PrecisionRecord
) -> Iterable[Scored]:
    """The scales and the classification of each column of an answer matrix, in order.

    Raises `tally.BadAnswers`, before the first result.
    """
    scores = score_scales(form, matrix, record.values)
    quadrants = questionnaire.classification
    levels = None if quadrants is None else classify(quadrants, form, scores)
    columns = [_scale_column(scale, row, scores) for row, scale in enumerate(form.scales)]
    classifications: Iterable[ClassificationResult | None] = [None] * scores.respondents
    if quadrants is not None and levels is not None:
        classifications = _classification_column(quadrants, levels)
    by_person = zip(*columns, strict=True) if columns else iter([()] * scores.respondents)
    return map(Scored, by_person, classifications)


def _scale_column(scale: ScaleKey, row: int, scores: ScaleScores) -> Iterable[ScaleResult]:
    low = np.clip(scores.low[row], scale.lo, scale.hi)
    high = np.clip(scores.high[row], scale.lo, scale.hi)
    numbers = zip(
        scores.score[row].tolist(),
        scores.answered[row].tolist(),
        scores.sem[row].tolist(),
        low.tolist(),
        high.tolist(),
        strict=True,
    )
    for score, answered, sem, lowest, highest in numbers:
        yield ScaleResult(
            id=scale.id,
            score=_known(score),
            answered=answered,
            asked=len(scale.rows),
            min_answered=scale.min_answered,
            sem=_known(sem),
            low=_known(lowest),
            high=_known(highest),
            lo=float(scale.lo),
            hi=float(scale.hi),
            band=band_of(scale.bands, score),
        )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def band_of(bands: tuple[float, float] | None, score: float) -> BandId | None:
    """The band of a score: a score on a cut belongs to the band above. None without bands or score (NaN)."""
    if bands is None or math.isnan(score):
        return None
    if score < bands[0]:
        return "low"
    return "middle" if score < bands[1] else "high"


def _classification_column(quadrants: Quadrants, levels: Levels) -> Iterable[ClassificationResult]:
    people = zip(
        levels.level.tolist(),
        levels.borderline.tolist(),
        levels.probability.T.tolist(),
        levels.mixed.T.tolist(),
        strict=True,
    )
    for level, borderline, probability, mixed in people:
        found = level >= 0
        probabilities = dict(zip(levels.level_ids, probability, strict=True)) if found else {}
        yield ClassificationResult(
            name=quadrants.name,
            probabilities=probabilities,
            level=levels.level_ids[level] if found else None,
            probability=probability[level] if found else None,
            borderline=borderline if found else None,
            mixed=tuple(
                domain for domain, is_mixed in zip(levels.domain_ids, mixed, strict=True) if is_mixed
            ),
            called_for=called_for(quadrants, probabilities),
        )
