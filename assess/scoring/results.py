"""What scoring hands over: frozen structs that go to JSON and back unchanged (`msgspec.json`).

Scores, standard errors and limits are in score units (the option values of the file); probabilities are
0–1. `None` always means "not known", never 0. Nothing here is rounded: rounding is for whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assess.scoring.result import Result
from assess.scoring.style_results import StylesResult
from questionnaires.definition import BandId, LevelId, PerspectiveId, Precision, StyleId

ENGINE_VERSION = "1"
"""Grows by one whenever the same answers could give another number; every profile carries it."""

Given: TypeAlias = int | str | None
"""One stored answer: a position 1…m, 0 for "can't say", the text of a text item, None for not answered."""

PrecisionSource: TypeAlias = Literal["provisional", "local"]


# --- one person ------------------------------------------------------------------------------------


class PrecisionRecord(Result, frozen=True):
    """The reliability and SD that a profile was made with, by scale id.

    `values` are the figures in force: where a local record claims a smaller error than the file's
    provisional figures, the provisional ones stand here (see `assess/scoring/precision.py`). A scale that
    is not in `values` has no standard error.
    """

    id: str
    source: PrecisionSource
    values: dict[str, Precision]


class ScaleResult(Result, frozen=True):
    """One scale of one person.

    `score` is None when fewer than `min_answered` items were answered; `sem`, `low` and `high` are None
    then, and when no precision is known. `low` and `high` bound the interval at `Profile.interval`,
    clipped to the scale's range `lo`…`hi` for display: for further sums use `score` and `sem`.
    """

    id: str
    score: float | None
    answered: int
    asked: int
    min_answered: int
    sem: float | None
    low: float | None
    high: float | None
    lo: float
    hi: float
    band: BandId | None


class ClassificationResult(Result, frozen=True):
    """Where a person stands among the levels, never without its probability.

    `probabilities` and `called_for` sum to 1 and are both empty, with `level`, `probability` and
    `borderline` None, when a score or a standard error of either axis is missing. `mixed` lists the domains
    with a facet that lies clearly under `Quadrants.mixed_below`; it is given even without a level.
    """

    name: str
    probabilities: dict[LevelId, float]
    level: LevelId | None
    probability: float | None
    borderline: bool | None
    mixed: tuple[str, ...]
    called_for: dict[StyleId, float]


class Profile(Result, frozen=True):
    """The scored answer sheet of one person from one perspective; always recomputable from `given`,
    the questionnaire with `content_hash`, `engine_version` and `record`."""

    questionnaire_id: str
    questionnaire_version: str
    content_hash: str
    engine_version: str
    record: PrecisionRecord
    perspective: PerspectiveId
    short_form: str | None
    interval: float
    scales: tuple[ScaleResult, ...]
    classification: ClassificationResult | None
    given: dict[str, Given]
    styles: StylesResult | None = None

    def scale(self, scale_id: str) -> ScaleResult:
        """The result of one scale. Raises `KeyError` when this form does not score it."""
        for result in self.scales:
            if result.id == scale_id:
                return result
        raise KeyError(scale_id)


@dataclass(frozen=True, slots=True)
class Scored:
    """What is worked out for one respondent: scales and a classification, or styles."""

    scales: tuple[ScaleResult, ...] = ()
    classification: ClassificationResult | None = None
    styles: StylesResult | None = None


# --- two perspectives ------------------------------------------------------------------------------


class ScaleDifference(Result, frozen=True):
    """own − other on one scale, with its interval (not clipped).

    `beyond_error` is True only where the interval is known and excludes zero. `common_items` is None where
    both forms ask the same items of the scale (or one asks none); else the difference rests on the items
    that both ask, and this is how many they are: it need not be that of the two scores.
    """

    id: str
    own: float | None
    other: float | None
    difference: float | None
    low: float | None
    high: float | None
    beyond_error: bool
    common_items: int | None = None


class Comparison(Result, frozen=True):
    """Two profiles of one subject and job area, beside each other; never averaged.

    `agreement` is Σ over levels of p_own·p_other, None when either has no level; `advice_allowed` says
    whether it reaches `Quadrants.agreement_from`.
    """

    scales: tuple[ScaleDifference, ...]
    agreement: float | None
    advice_allowed: bool


# --- how was this calculated -----------------------------------------------------------------------


class ItemTrace(Result, frozen=True):
    """One answer on its way into a scale.

    `position` is what is stored (0 or None = missing), `value` what the file says it stands for, `keyed`
    the value that is counted: `lo + hi - value` for a reversed item. Missing: `value` and `keyed` None.
    """

    id: str
    position: int | None
    answered: bool
    reversed: bool
    lo: int
    hi: int
    value: int | None
    keyed: int | None


class SemTrace(Result, frozen=True):
    """sem = sd·√(1 − reliability)·√(full_length / answered)."""

    reliability: float
    sd: float
    full_length: int
    answered: int
    full_sem: float
    sem: float


class AxisTrace(Result, frozen=True):
    """z = (score − cut) / sem and p_high = Φ(z), for one axis of the classification.

    With sem = 0 there is no z: p_high is then 1 from the cut upward and 0 below it.
    """

    scale: str
    score: float
    cut: float
    sem: float
    z: float | None
    p_high: float


class ClassificationTrace(Result, frozen=True):
    """The two axes and the product of their sides for each level."""

    across: AxisTrace
    up: AxisTrace
    probabilities: dict[LevelId, float]


class ScaleTrace(Result, frozen=True):
    """Everything a person needs to compute a scale again by hand.

    `total` is the sum of the keyed values of the answered items, `score` = total / answered. The interval
    is score ± z·sem (`low`, `high`: not clipped), z the normal quantile of `interval`. `classification` is
    given for a scale that is an axis, when both axes have a score and a standard error.
    """

    id: str
    items: tuple[ItemTrace, ...]
    total: int
    answered: int
    min_answered: int
    score: float | None
    sem: SemTrace | None
    interval: float
    z: float
    low: float | None
    high: float | None
    classification: ClassificationTrace | None
