"""What administrators are told of a measurement: how well it measures, never where the answers lie. Pure.

Where answers lie (means, spreads, how many chose what) is told by group results alone, which guard each wave
against all earlier ones (`assess/disclosure/`). What stays says how answers hang together. It is coarse: a
step is never smaller than one sheet's share in the whole, and people are counted in steps of a group.
See `docs/decisions/0009-administrators-and-local-precision.md`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec.structs import replace

from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.evidence.results import Finding, ItemMissing, Measurement, TimeUsed
from assess.measurement.decision import DecisionQuality
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.results import ItemAnalysis, Reason, Reliability, ScaleReliability

STEPS: tuple[tuple[int, float], ...] = ((100, 0.01), (20, 0.05), (0, 0.10))
"""From how many sheets on coefficients and shares (−1 to 1) are told in which steps."""
SPREAD_FROM = 100
"""Sheets from which on an SD, and the standard error that follows from it, are told."""
SPREAD_STEP = 0.05
"""Of an SD, in points of the scale."""
MINUTES_STEP = 0.5
_APART: Reason = "told-by-groups"
_TINY = 1e-9


def step_of(sheets: int) -> float:
    """The step in which coefficients of so many sheets are told."""
    return next(step for least, step in STEPS if sheets >= least)


def in_steps(value: float, step: float, to: Callable[[float], float] = round) -> float:
    """`value` on the grid of `step`; with `math.floor` and `math.ceil` the place beneath or above."""
    places = value / step
    near = round(places)
    return round((near if abs(places - near) < 1e-6 else to(places)) * step, 6)


def counted(people: int, least: int = DEFAULT_GROUP) -> int:
    """A number of people or sheets in steps of `least`, to the nearest."""
    return int((people + least / 2 + _TINY) // least) * least


def told(made: Measurement, least: int = DEFAULT_GROUP) -> Measurement:
    """The measurement as it may be seen. Told again it is the same. `least`: people in a group."""
    sheets = made.sheets or 0
    step = step_of(sheets)
    return replace(
        made,
        reliability=None if made.reliability is None else told_reliability(made.reliability, least),
        decision=None if made.decision is None else _decision(made.decision, sheets, least),
        response_quality=None
        if made.response_quality is None
        else _quality(made.response_quality, sheets, least),
        missing=tuple(_missing(item, least) for item in made.missing),
        time=None if made.time is None else _time(made.time, sheets, least),
        findings=tuple(_finding(one, step) for one in made.findings if one.kind != "one-sided"),
    )


def told_reliability(document: Reliability, least: int = DEFAULT_GROUP) -> Reliability:
    """Coefficients in steps, intervals rounded outwards; no mean, skew, option or spread of an item. The SD
    of a scale and its standard error from `SPREAD_FROM` sheets on; the error is worked out of what is
    shown."""
    return replace(document, scales=tuple(_scale(scale, document.n, least) for scale in document.scales))


def _scale(scale: ScaleReliability, sheets: int, least: int) -> ScaleReliability:
    step = step_of(sheets)
    sd = scale.sd if sheets >= SPREAD_FROM else None
    sd = None if sd is None else in_steps(sd, SPREAD_STEP)
    alpha, halves = _near(scale.alpha, step), _near(scale.spearman_brown, step)
    reliability = alpha if alpha is not None else halves
    has_error = None not in (sd, scale.sem, reliability)
    hidden = ("mean", "skew", "score_mean", "score_sd") + (() if sd is not None else ("sd", "sem"))
    return replace(
        scale,
        n_used=_rest(scale.n_used, sheets, least),
        n_complete=_rest(scale.n_complete, sheets, least),
        n_scored=_rest(scale.n_scored, sheets, least),
        fewest_pairs=_rest(scale.fewest_pairs, sheets, least),
        mean=None,
        sd=sd,
        skew=None,
        score_mean=None,
        score_sd=None,
        alpha=alpha,
        alpha_standardised=_near(scale.alpha_standardised, step),
        alpha_interval=_outwards(scale.alpha_interval, step),
        alpha_bootstrap_interval=_outwards(scale.alpha_bootstrap_interval, step),
        omega_total=_near(scale.omega_total, step),
        omega_observed=_near(scale.omega_observed, step),
        rmsr=_near(scale.rmsr, step),
        average_r=_near(scale.average_r, step),
        spearman_brown=halves,
        sem=round((sd or 0.0) * math.sqrt(max(0.0, 1 - (reliability or 0.0))), 3) if has_error else None,
        items=tuple(_item(item, sheets, least) for item in scale.items),
        reasons=scale.reasons | dict.fromkeys(hidden, _APART),
    )


def _item(item: ItemAnalysis, sheets: int, least: int) -> ItemAnalysis:
    step = step_of(sheets)
    n = _rest(item.n, sheets, least)
    return replace(
        item,
        n=n,
        missing=sheets - n,
        mean=None,
        sd=None,
        skew=None,
        options=(),
        item_rest_r=_near(item.item_rest_r, step),
        item_rest_n=_rest(item.item_rest_n, sheets, least),
        alpha_if_dropped=_near(item.alpha_if_dropped, step),
        loading=_near(item.loading, step),
        reasons=item.reasons | dict.fromkeys(("mean", "sd", "skew"), _APART),
    )


def _decision(quality: DecisionQuality, sheets: int, least: int) -> DecisionQuality:
    """Without the share above a cut, and without the form of the distribution (length and parameters of the
    model that was fitted to it)."""
    step = step_of(sheets)
    return replace(
        quality,
        cuts=tuple(
            replace(
                cut,
                n=_rest(cut.n, sheets, least),
                high_share=None,
                accuracy=_near(cut.accuracy, step),
                consistency=_near(cut.consistency, step),
                model_high_share=None,
                effective_length=None,
                beta_parameters=None,
            )
            for cut in quality.cuts
        ),
        levels=tuple(
            replace(
                level,
                n=_rest(level.n, sheets, least),
                accuracy=_near(level.accuracy, step),
                consistency=_near(level.consistency, step),
            )
            for level in quality.levels
        ),
    )


def _quality(quality: ResponseQuality, sheets: int, least: int) -> ResponseQuality:
    """How many sheets show a sign, in steps of a group; no mean, spread or SD of a sign's figure, nor which
    items went together most in just these sheets."""

    def share(signs: int | None) -> float | None:
        return None if signs is None or not quality.n else counted(signs, least) / quality.n

    return replace(
        quality,
        synonym_pairs=(),
        indices=tuple(
            replace(
                index,
                n=_rest(index.n, sheets, least),
                mean=None,
                sd=None,
                spread=None,
                signs=None if index.signs is None else counted(index.signs, least),
                rate=share(index.signs),
            )
            for index in quality.indices
        ),
        kinds=tuple(
            replace(kind, signs=counted(kind.signs, least), rate=share(kind.signs)) for kind in quality.kinds
        ),
        flagged=None if quality.flagged is None else counted(quality.flagged, least),
        flag_rate=share(quality.flagged),
    )


def _missing(item: ItemMissing, least: int) -> ItemMissing:
    asked = item.answered + item.missing
    missing = min(counted(item.missing, least), asked)
    return replace(item, answered=asked - missing, missing=missing)


def _time(time: TimeUsed, sheets: int, least: int) -> TimeUsed:
    low, middle, high = time.minutes or (0.0, 0.0, 0.0)
    first, half, last = time.seconds_per_item or (0.0, 0.0, 0.0)
    minutes = (in_steps(low, MINUTES_STEP), in_steps(middle, MINUTES_STEP), in_steps(high, MINUTES_STEP))
    return replace(
        time,
        n=_rest(time.n, sheets, least),
        minutes=None if time.minutes is None else minutes,
        seconds_per_item=None
        if time.seconds_per_item is None
        else (in_steps(first, 1.0), in_steps(half, 1.0), in_steps(last, 1.0)),
    )


def _finding(finding: Finding, step: float) -> Finding:
    """Times are told in the steps of times already."""
    return finding if finding.kind == "slow" else replace(finding, figure=in_steps(finding.figure, step))


def _near(value: float | None, step: float) -> float | None:
    return None if value is None else in_steps(value, step)


def _outwards(ends: tuple[float, float] | None, step: float) -> tuple[float, float] | None:
    if ends is None:
        return None
    return in_steps(ends[0], step, math.floor), min(in_steps(ends[1], step, math.ceil), 1.0)


def _rest(n: int, sheets: int, least: int) -> int:
    """`n` of all sheets, where those that lack are counted in steps."""
    return max(0, sheets - counted(sheets - n, least))
