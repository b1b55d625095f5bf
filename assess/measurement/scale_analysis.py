"""One scale with its items: every figure, or the reason why it is not there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from assess.measurement import bootstrap, scales
from assess.measurement.bootstrap import Resampling
from assess.measurement.factor import OneFactor, one_factor
from assess.measurement.items import Counts, describe, describe_item, option_shares
from assess.measurement.moments import Moments
from assess.measurement.results import ItemAnalysis, Missing, Reason, ScaleReliability
from assess.scoring.form import ItemKey, ScaleKey
from assess.scoring.precision import Floats
from assess.scoring.rating_scales import ScaleScores
from assess.scoring.tally import Answers

LEAST_SHEETS = 10
"""Under so many sheets, or sheets that answer both of two items, there is no reliability."""

FACTOR_FIGURES = ("omega_total", "omega_observed", "rmsr")
THREE_ITEM_FIGURES = (
    "alpha",
    "alpha_standardised",
    "alpha_interval",
    "alpha_bootstrap_interval",
    *FACTOR_FIGURES,
)
FIGURES = (*THREE_ITEM_FIGURES, "average_r", "spearman_brown", "sem")
ITEM_FIGURES = ("item_rest_r", "alpha_if_dropped", "loading")


@dataclass(frozen=True)
class Sheets:
    """The sheets that a scale's covariances rest on: `answers` (items of the scale × used), how many items
    each answers, the mean of them; `scores`: the means of sheets that answer the scale's minimum."""

    answers: Answers
    answered: Floats
    means: Floats
    scores: Floats
    complete: int


def sheets_of(scored: ScaleScores, row: int, answers: Answers, missing: Missing) -> Sheets:
    """Those with an answer in the scale (pairwise), or with all answers (listwise)."""
    rows = list(scored.form.scales[row].rows)
    answered = scored.answered[row]
    complete = answered == len(rows)
    used = complete if missing == "listwise" else answered > 0
    tally, enough = scored.tally, answered[used] >= scored.form.scales[row].min_answered
    means = tally.sums[row][used] / np.maximum(answered[used], 1) + tally.bases[row]
    return Sheets(
        answers=answers[rows] if used.all() else answers[rows][:, used],
        answered=answered[used],
        means=means,
        scores=means[enough],
        complete=int(complete.sum()),
    )


@dataclass
class _Findings:
    """Figures as they are found; a None never goes in without its reason."""

    figures: dict[str, float] = field(default_factory=dict)
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    reasons: dict[str, Reason] = field(default_factory=dict)

    def put(self, name: str, number: float, else_reason: Reason, highest: float = math.inf) -> None:
        """`number`, unless it is NaN or beyond `highest`, which only contradictory covariances can make."""
        if math.isnan(number):
            self.reasons[name] = else_reason
        elif number > highest + 1e-9:
            self.reasons[name] = "matrix-not-possible"
        else:
            self.figures[name] = number

    def refuse(self, names: Iterable[str], reason: Reason) -> None:
        self.reasons |= dict.fromkeys(names, reason)


def analyse(
    scale: ScaleKey,
    items: Sequence[ItemKey],
    counts: Sequence[Counts],
    sheets: Sheets,
    sums: Moments,
    interval: float,
    resampling: Resampling,
) -> ScaleReliability:
    """The analysis of one scale.

    `items`, `counts` (`items.option_counts` over all sheets) and `sums` (over the sheets used) are those of
    the scale, in its order.
    """
    used, size = sheets.answers.shape[1], len(items)
    fewest = int(sums.pairs.min())
    covariances = sums.covariances()
    obstacle = _obstacle(size, used, fewest, covariances)
    description = describe(sheets.means, constant="variance-not-positive")
    scores = describe(sheets.scores)
    found = _Findings(reasons=dict(description.reasons))
    for name in ("mean", "sd"):
        if name in scores.reasons:
            found.reasons[f"score_{name}"] = scores.reasons[name] if scores.n or not used else "no-scores"
    factor = None
    if obstacle is not None:
        found.refuse(FIGURES, obstacle)
    else:
        _put_correlations(found, covariances)
        if size == 2:
            found.refuse(THREE_ITEM_FIGURES, "fewer-than-3-items")
        else:
            _put_alpha(found, covariances, items, sheets, interval, resampling)
            factor = _put_factor(found, sums.correlations())
        _put_sem(found, description.sd, "spearman_brown" if size == 2 else "alpha")
    heywood = () if factor is None else tuple(np.flatnonzero(factor.heywood).tolist())
    return ScaleReliability(
        id=scale.id,
        is_domain=scale.is_domain,
        n_items=size,
        n_used=used,
        n_complete=sheets.complete,
        n_scored=sheets.scores.size,
        fewest_pairs=fewest,
        mean=description.mean,
        sd=description.sd,
        skew=description.skew,
        score_mean=scores.mean,
        score_sd=scores.sd,
        alpha=found.figures.get("alpha"),
        alpha_standardised=found.figures.get("alpha_standardised"),
        alpha_interval=found.intervals.get("alpha_interval"),
        alpha_bootstrap_interval=found.intervals.get("alpha_bootstrap_interval"),
        omega_total=found.figures.get("omega_total"),
        omega_observed=found.figures.get("omega_observed"),
        rmsr=found.figures.get("rmsr"),
        heywood=tuple(items[place].id for place in heywood),
        average_r=found.figures.get("average_r"),
        spearman_brown=found.figures.get("spearman_brown"),
        sem=found.figures.get("sem"),
        items=_items(items, counts, sheets, covariances, obstacle, factor),
        reasons=found.reasons,
    )


def _obstacle(size: int, used: int, fewest: int, covariances: Floats) -> Reason | None:
    """Why a scale has no reliability at all; the first that holds."""
    if not used:
        return "no-answers"
    if size == 1:
        return "single-item"
    if used < LEAST_SHEETS:
        return "n-under-10"
    if fewest < LEAST_SHEETS:
        return "pairs-under-10"
    return None if (np.diag(covariances) > 0).all() else "constant-item"


def _put_correlations(found: _Findings, covariances: Floats) -> None:
    average = scales.average_correlation(scales.standardised(covariances))
    found.put("average_r", average, "variance-not-positive", highest=1)
    if len(covariances) == 2:
        found.put("spearman_brown", scales.spearman_brown(average), "variance-not-positive", highest=1)
    else:
        found.refuse(("spearman_brown",), "not-2-items")


def _put_alpha(
    found: _Findings,
    covariances: Floats,
    items: Sequence[ItemKey],
    sheets: Sheets,
    interval: float,
    resampling: Resampling,
) -> None:
    found.put("alpha", scales.alpha(covariances), "variance-not-positive", highest=1)
    standardised = scales.alpha(scales.standardised(covariances))
    found.put("alpha_standardised", standardised, "variance-not-positive", highest=1)
    intervals = ("alpha_interval", "alpha_bootstrap_interval")
    if "alpha" not in found.figures:
        found.refuse(intervals, found.reasons["alpha"])
        return
    used = sheets.answers.shape[1]
    alpha = found.figures["alpha"]
    found.intervals["alpha_interval"] = scales.feldt_interval(alpha, used, len(items), interval)
    if not resampling.resamples:
        found.refuse(intervals[1:], "not-asked")
        return
    drawn = bootstrap.alpha_interval(items, sheets.answers, interval, resampling)
    if drawn is None:
        found.refuse(intervals[1:], "resamples-undefined")
    else:
        found.intervals["alpha_bootstrap_interval"] = drawn


def _put_factor(found: _Findings, correlations: Floats) -> OneFactor | None:
    """The factor, where its loadings can be shown. With an impossible one there is no omega."""
    if not np.isfinite(correlations).all():
        found.refuse(FACTOR_FIGURES, "constant-item")
        return None
    factor = one_factor(correlations)
    if not factor.converged:
        found.refuse(FACTOR_FIGURES, "not-converged")
        return None
    found.put("rmsr", factor.rmsr, "not-converged")
    if factor.heywood.any():
        found.refuse(("omega_total", "omega_observed"), "heywood-case")
    else:
        found.put("omega_total", factor.omega_total, "variance-not-positive")
        found.put("omega_observed", factor.omega_observed, "variance-not-positive", highest=1)
    return factor


def _put_sem(found: _Findings, sd: float | None, figure: str) -> None:
    if figure not in found.figures:
        found.refuse(("sem",), found.reasons[figure])
    elif found.figures[figure] < 0:
        found.refuse(("sem",), "negative-alpha")
    elif sd is None:
        found.refuse(("sem",), found.reasons["sd"])
    else:
        found.figures["sem"] = sd * math.sqrt(1 - min(found.figures[figure], 1.0))


# --- the items -------------------------------------------------------------------------------------


def _items(
    items: Sequence[ItemKey],
    counts: Sequence[Counts],
    sheets: Sheets,
    covariances: Floats,
    obstacle: Reason | None,
    factor: OneFactor | None,
) -> tuple[ItemAnalysis, ...]:
    found = [_Findings() for _ in items]
    if obstacle not in (None, "constant-item"):
        for one in found:
            one.refuse(ITEM_FIGURES, obstacle)
    else:
        _put_item_figures(found, covariances, factor)
    only = sheets.answered == 1
    alone = (sheets.answers[:, only] > 0).sum(axis=1)
    return tuple(
        _item(item, counts[place], int((sheets.answers[place] > 0).sum() - alone[place]), found[place])
        for place, item in enumerate(items)
    )


def _item(item: ItemKey, counts: Counts, with_rest: int, found: _Findings) -> ItemAnalysis:
    description = describe_item(item, counts)
    return ItemAnalysis(
        id=item.id,
        reversed=item.reversed,
        n=description.n,
        missing=int(counts[0]),
        mean=description.mean,
        sd=description.sd,
        skew=description.skew,
        options=option_shares(item, counts),
        item_rest_r=found.figures.get("item_rest_r"),
        item_rest_n=with_rest,
        alpha_if_dropped=found.figures.get("alpha_if_dropped"),
        loading=found.figures.get("loading"),
        reasons=description.reasons | found.reasons,
    )


def _put_item_figures(found: Sequence[_Findings], covariances: Floats, factor: OneFactor | None) -> None:
    """With a constant item the scale has no alpha, but without that item it may have one."""
    constant = np.diag(covariances) <= 0
    rest, dropped = scales.item_rest(covariances), scales.alpha_if_dropped(covariances)
    for place, one in enumerate(found):
        is_constant = bool(constant[place])
        reason: Reason = "constant-item" if is_constant else "variance-not-positive"
        one.put("item_rest_r", float(rest[place]), reason, highest=1)
        if len(covariances) == 2:
            one.refuse(("alpha_if_dropped", "loading"), "fewer-than-3-items")
            continue
        if constant.sum() > is_constant:
            one.refuse(("alpha_if_dropped",), "constant-item")
        else:
            one.put("alpha_if_dropped", float(dropped[place]), "variance-not-positive", highest=1)
        if factor is None:
            one.refuse(("loading",), "constant-item" if constant.any() else "not-converged")
        else:
            one.put("loading", float(factor.loadings[place]), "not-converged")
