"""Two perspectives on the same person and job area, side by side: differences, agreement, no average."""

from __future__ import annotations

import math

from assess.scoring.precision import interval_quantile
from assess.scoring.results import ClassificationResult, Comparison, Profile, ScaleDifference, ScaleResult
from questionnaires.definition import Definition


class NotComparable(ValueError):
    """The two profiles do not come from the same version of the same questionnaire."""


def compare(definition: Definition, own: Profile, other: Profile) -> Comparison:
    """own − other for every scale that either profile has, in the order of the questionnaire.

    The errors of two raters are independent: SEM_diff = √(SEM_own² + SEM_other²), and the interval at the
    questionnaire's level is difference ± z·SEM_diff. A profile from a short form has its own, larger
    errors. Advice is allowed where Σ over levels of p_own·p_other reaches `agreement_from`: the chance
    that both raters, each as unsure as they are, mean the same level.
    Raises `NotComparable` for profiles of different questionnaires or contents.
    """
    if own.content_hash != other.content_hash:
        raise NotComparable("the two profiles come from different questionnaires or versions")
    z = interval_quantile(definition.questionnaire.interval)
    mine = {result.id: result for result in own.scales}
    theirs = {result.id: result for result in other.scales}
    agreement = _agreement(own.classification, other.classification)
    quadrants = definition.questionnaire.classification
    return Comparison(
        scales=tuple(
            _difference(scale_id, mine.get(scale_id), theirs.get(scale_id), z)
            for scale_id in definition.questionnaire.scales
            if scale_id in mine or scale_id in theirs
        ),
        agreement=agreement,
        advice_allowed=(
            quadrants is not None and agreement is not None and agreement >= quadrants.agreement_from
        ),
    )


def _difference(
    scale_id: str, own: ScaleResult | None, other: ScaleResult | None, z: float
) -> ScaleDifference:
    own_score = None if own is None else own.score
    other_score = None if other is None else other.score
    difference = None if own_score is None or other_score is None else own_score - other_score
    sem = _error_of_difference(own, other)
    low = None if difference is None or sem is None else difference - z * sem
    high = None if difference is None or sem is None else difference + z * sem
    return ScaleDifference(
        id=scale_id,
        own=own_score,
        other=other_score,
        difference=difference,
        low=low,
        high=high,
        beyond_error=low is not None and high is not None and (low > 0 or high < 0),
    )


def _error_of_difference(own: ScaleResult | None, other: ScaleResult | None) -> float | None:
    if own is None or other is None or own.sem is None or other.sem is None:
        return None
    return math.hypot(own.sem, other.sem)


def _agreement(own: ClassificationResult | None, other: ClassificationResult | None) -> float | None:
    if own is None or other is None or own.level is None or other.level is None:
        return None
    return math.fsum(own.probabilities[level] * other.probabilities[level] for level in own.probabilities)
