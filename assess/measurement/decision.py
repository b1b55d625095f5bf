"""How sure decisions at cuts are: expected accuracy and consistency of each cut and of the levels.

Accuracy: the share of people put where their true scores belong. Consistency: the share who would be put
there again by a parallel form. Two priors are told apart (docs/measurement.md): *flat* takes the
true score around the observed one, *population* around Kelley's estimate, which knows the others. Figures of
quality rest on the population; personal profiles never do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from assess.measurement.livingston_lewis import one_cut
from assess.measurement.results import Reliability
from assess.scoring.form import Form
from assess.scoring.precision import Floats, normal_cdf
from assess.scoring.rating_scales import ScaleScores, score
from assess.scoring.result import Result
from assess.scoring.tally import Answers
from questionnaires.definition import Precision, Quadrants

Method: TypeAlias = Literal["rudner-population", "rudner-flat", "livingston-lewis"]
Refusal: TypeAlias = Literal[
    "n-under-10", "no-precision", "no-error", "no-true-variance", "model-does-not-fit"
]
"""`no-error`, `no-true-variance`: a reliability of 1, or of 0. `model-does-not-fit`: no beta distribution has
the moments of the true scores."""

LEAST_SHEETS = 10
METHODS: tuple[Method, ...] = ("rudner-population", "rudner-flat", "livingston-lewis")


class CutQuality(Result, frozen=True):
    """One cut of one scale by one method, over the `n` sheets with a score.

    `high_share`: the observed share on or above the cut; `model_high_share`: what the model of Livingston and
    Lewis makes of it (a check of its fit). `accuracy`, `consistency` 0–1; None with a `reason`.
    """

    scale: str
    cut: float
    method: Method
    n: int
    high_share: float | None
    accuracy: float | None
    consistency: float | None
    model_high_share: float | None = None
    effective_length: int | None = None
    beta_parameters: int | None = None
    reason: Refusal | None = None


class LevelQuality(Result, frozen=True):
    """The decision among the four levels by one method, over the `n` sheets with both scores.

    Errors of the two axes are independent. Rudner's figures are means over the people, each with the product
    of both axes; Livingston and Lewis have only the product of the two axes' figures, which supposes that the
    true scores are independent too.
    """

    method: Method
    n: int
    accuracy: float | None
    consistency: float | None
    reason: Refusal | None = None


class DecisionQuality(Result, frozen=True):
    """Every cut by every method, and the levels by every method. `name` is that of the classification."""

    name: str
    cuts: tuple[CutQuality, ...]
    levels: tuple[LevelQuality, ...]


@dataclass(frozen=True)
class Sides:
    """For each person the probability that the true score, and that a parallel form, is on the observed side
    (float64, people)."""

    accuracy: Floats
    consistency: Floats


@dataclass(frozen=True)
class _Axis:
    """One axis: scores and standard errors of all sheets (NaN where there is none), and what is known."""

    scale: str
    cut: float
    lo: float
    hi: float
    score: Floats
    sem: Floats
    precision: Precision | None

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        return ~np.isnan(self.score)


def decision_quality(
    classification: Quadrants, form: Form, answers: Answers, precision: Mapping[str, Precision]
) -> DecisionQuality | None:
    """The quality of a classification in these answers; None where the form does not score both axes.

    `answers`: uint8, rows as `form.items`, columns sheets, 0 = missing. `precision`: reliability and SD by
    scale id, of the record in force or `local_precision`. Raises `tally.BadAnswers`.
    """
    scores = score(form, answers, precision)
    axes = []
    for scale in (classification.across, classification.up):
        row = form.scale_row(scale)
        if row is None:
            return None
        axes.append(_axis(scores, row, classification.cuts[scale], precision.get(scale)))
    cuts = {method: [_cut(axis, method) for axis in axes] for method in METHODS}
    return DecisionQuality(
        name=classification.name,
        cuts=tuple(cut for of_method in cuts.values() for cut in of_method),
        levels=tuple(_levels(axes, cuts[method], method) for method in METHODS),
    )


def local_precision(document: Reliability) -> dict[str, Precision]:
    """Of each scale with both: alpha (Spearman–Brown of two items) from 0 up, and the SD of its scores."""
    found = {}
    for scale in document.scales:
        reliability = scale.alpha if scale.alpha is not None else scale.spearman_brown
        if reliability is not None and reliability >= 0 and scale.score_sd is not None:
            found[scale.id] = Precision(reliability=min(reliability, 1.0), sd=scale.score_sd)
    return found


def rudner(score: Floats, sem: Floats, cut: float, prior: tuple[float, float] | None = None) -> Sides:
    """Rudner's expected accuracy and consistency, person by person (2001, 2005: Practical Assessment,
    Research & Evaluation 7(14), 10(13)).

    `score`, `sem` > 0: float64. Accuracy is the area of the true score's normal distribution on the observed
    side. Flat (`prior` None): N(score, sem); consistency is then p² + (1 − p)², both forms drawn around the
    observed score. `prior` (mean, SD > 0 of the true scores): N(Kelley's estimate, its SD), and a parallel
    form around the same with its own error added. A score on the cut is high.
    """
    high = score >= cut
    if prior is None:
        p = normal_cdf((score - cut) / sem)
        return Sides(np.where(high, p, 1 - p), p**2 + (1 - p) ** 2)
    mean, sd = prior
    share = sd**2 / (sd**2 + sem**2)
    estimate = mean + share * (score - mean)
    left = share * sem**2
    sign = np.where(high, 1, -1)
    return Sides(
        normal_cdf(sign * (estimate - cut) / np.sqrt(left)),
        normal_cdf(sign * (estimate - cut) / np.sqrt(left + sem**2)),
    )


def _axis(scores: ScaleScores, row: int, cut: float, precision: Precision | None) -> _Axis:
    scale = scores.form.scales[row]
    everyone = slice(None)
    return _Axis(
        scale=scale.id,
        cut=cut,
        lo=scale.lo,
        hi=scale.hi,
        score=scores.look_up(row, scores.score_rule(row))(everyone),
        sem=scores.look_up(row, scores.sem_rule(row))(everyone),
        precision=precision,
    )


def _refusal(axis: _Axis, n: int, method: Method) -> Refusal | None:
    if n < LEAST_SHEETS:
        return "n-under-10"
    if axis.precision is None:
        return "no-precision"
    if axis.precision.reliability >= 1 or axis.precision.sd <= 0:
        return "no-error"
    if axis.precision.reliability <= 0 and method != "rudner-flat":
        return "no-true-variance"
    return None


def _sides(axis: _Axis, chosen: npt.NDArray[np.bool_], method: Method) -> Sides:
    assert axis.precision is not None
    prior = None
    if method == "rudner-population":
        true_sd = axis.precision.sd * float(np.sqrt(axis.precision.reliability))
        prior = (float(axis.score[axis.known].mean()), true_sd)
    return rudner(axis.score[chosen], axis.sem[chosen], axis.cut, prior)


def _cut(axis: _Axis, method: Method) -> CutQuality:
    scores = axis.score[axis.known]
    quality = CutQuality(
        scale=axis.scale,
        cut=axis.cut,
        method=method,
        n=scores.size,
        high_share=float((scores >= axis.cut).mean()) if scores.size else None,
        accuracy=None,
        consistency=None,
    )
    reason = _refusal(axis, scores.size, method)
    if reason is not None or axis.precision is None:
        return replace(quality, reason=reason)
    if method != "livingston-lewis":
        sides = _sides(axis, axis.known, method)
        return replace(
            quality, accuracy=float(sides.accuracy.mean()), consistency=float(sides.consistency.mean())
        )
    found = one_cut(scores, axis.precision.reliability, axis.lo, axis.hi, axis.cut)
    if found is None:
        return replace(quality, reason="model-does-not-fit")
    return replace(
        quality,
        accuracy=found.accuracy,
        consistency=found.consistency,
        model_high_share=found.high_share,
        effective_length=found.effective_length,
        beta_parameters=found.parameters,
    )


def _levels(axes: list[_Axis], cuts: list[CutQuality], method: Method) -> LevelQuality:
    """`cuts`: the two axes by this method."""
    both = axes[0].known & axes[1].known
    n = int(both.sum())
    quality = LevelQuality(method=method, n=n, accuracy=None, consistency=None)
    reason = next((cut.reason for cut in cuts if cut.reason is not None), None)
    if reason is None and n < LEAST_SHEETS:
        reason = "n-under-10"
    if reason is not None:
        return replace(quality, reason=reason)
    if method == "livingston-lewis":
        accuracy = math.prod(cut.accuracy or 0.0 for cut in cuts)
        consistency = math.prod(cut.consistency or 0.0 for cut in cuts)
    else:
        first, second = (_sides(axis, both, method) for axis in axes)
        accuracy = float((first.accuracy * second.accuracy).mean())
        consistency = float((first.consistency * second.consistency).mean())
    return replace(quality, accuracy=accuracy, consistency=consistency)
