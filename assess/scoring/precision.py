"""How sure a score is: standard errors, intervals, and which precision figures are in force."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assess.scoring.results import PrecisionRecord
from questionnaires.definition import PerspectiveId, Precision, Questionnaire

Floats: TypeAlias = npt.NDArray[np.float64]

PROVISIONAL = "provisional"
"""Id of the record that holds the figures of the questionnaire file itself."""

_erfc = np.vectorize(math.erfc, otypes=[np.float64])


def full_standard_error(precision: Precision) -> float:
    """Standard error of measurement of a scale answered in full, in score units: SD·√(1 − reliability)."""
    return precision.sd * math.sqrt(1 - precision.reliability)


def standard_error(precision: Precision, full_length: int, answered: int) -> float:
    """Standard error of the mean of `answered` items of a scale that has `full_length`, in score units.

    With parallel items each carries the same true score and independent errors of variance e, so the mean
    of k has error variance e/k and the mean of m has e/m: k/m times as large, while the variance of the
    true scores, in mean units, stays T. That is Spearman–Brown: reliability T/(T + e/m) with
    T/(T + e/k) = r gives (m/k)r / (1 + (m/k − 1)r). What is answered in half is √2 times as unsure.
    Raises `ZeroDivisionError` when `answered` is 0.
    """
    return full_standard_error(precision) * math.sqrt(full_length / answered)


def standard_errors(precision: Precision | None, full_length: int, answered: Floats) -> Floats:
    """`standard_error` for an array of counts; NaN where nothing is answered or no precision is known."""
    errors = np.full(answered.shape, np.nan)
    if precision is None:
        return errors
    np.divide(full_length, answered, out=errors, where=answered > 0)
    np.sqrt(errors, out=errors)
    errors *= full_standard_error(precision)
    return errors


def interval_quantile(interval: float) -> float:
    """How many standard errors an interval of this coverage (0–1, such as 0.90) reaches to each side.

    Raises `ValueError` unless 0 < interval < 1.
    """
    if not 0 < interval < 1:
        raise ValueError(f"an interval's coverage lies between 0 and 1, not at {interval}")
    return NormalDist().inv_cdf((1 + interval) / 2)


def normal_cdf(z: Floats) -> Floats:
    """Φ(z), the standard normal distribution function, elementwise; NaN stays NaN.

    By `math.erfc`, which is exact to the last digits in both tails. It is meant for tables of the few
    scores that a scale can have, not for a million people one by one.
    """
    return np.asarray(0.5 * _erfc(-z / math.sqrt(2)), np.float64)


def provisional_record(questionnaire: Questionnaire, perspective: PerspectiveId) -> PrecisionRecord:
    """The figures that the questionnaire file gives for a perspective; none for a perspective without."""
    values = questionnaire.precision.get(perspective, {})
    return PrecisionRecord(id=PROVISIONAL, source="provisional", values=dict(values))


def record_in_force(
    questionnaire: Questionnaire, perspective: PerspectiveId, record: PrecisionRecord | None
) -> PrecisionRecord:
    """The record to score with: the file's, or a local one that may widen but never narrow the file's.

    One rater's halo raises a local alpha without making anything more precise, so for each scale the
    figures with the larger standard error stand. Applying the result again changes nothing.
    Raises `ValueError` for a local figure outside its range (reliability 0–1, SD finite and not negative).
    """
    provisional = provisional_record(questionnaire, perspective)
    if record is None or record.source == "provisional":
        return provisional
    values: dict[str, Precision] = dict(provisional.values)
    for scale_id, local in record.values.items():
        if not (0 <= local.reliability <= 1 and math.isfinite(local.sd) and local.sd >= 0):
            raise ValueError(f"precision record {record.id!r} is impossible for scale {scale_id!r}")
        values[scale_id] = _wider(local, provisional.values.get(scale_id))
    return PrecisionRecord(id=record.id, source=record.source, values=values)


def _wider(local: Precision, provisional: Precision | None) -> Precision:
    if provisional is None or full_standard_error(local) >= full_standard_error(provisional):
        return local
    return provisional
