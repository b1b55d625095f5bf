"""What in a measurement calls for doing something: the table of limits, and what lies beyond them. Pure.

The limits are conventions, fixed in advance: reliability .70 (EFPA review model: below it inadequate),
item–rest correlation .30 (Nunnally & Bernstein 1994), one in ten for missing answers and flags, half as long
again as the questionnaire says. With few sheets much lies beyond a limit by
chance: `Finding.sure` tells where it does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from assess.evidence.results import Finding, FindingKind, ItemMissing, TimeUsed
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.results import ItemAnalysis, Reliability, ScaleReliability
from assess.scoring.precision import interval_quantile

ALPHA = 0.70
ITEM_REST = 0.30
BETTER_WITHOUT = 0.02
MISSING = 0.10
FLAGGED = 0.10
SLOWER = 1.5


def scale_findings(document: Reliability, step: float = 0.0) -> Iterator[Finding]:
    """Scales in the order of the file, each followed by its items; a domain's items stand at its facets.

    `step`: what the figures were rounded to; a gain of no more than that may be nothing but rounding."""
    for scale in document.scales:
        yield from _scale(scale)
        if not scale.is_domain:
            for item in scale.items:
                yield from _item(scale, item, max(BETTER_WITHOUT, step + 1e-6))


def _scale(scale: ScaleReliability) -> Iterator[Finding]:
    figure = scale.alpha if scale.alpha is not None else scale.spearman_brown
    low, high = scale.alpha_interval or (1.0, 1.0)
    if figure is not None and figure < ALPHA:
        yield Finding(
            kind="alpha-low", scale=scale.id, item=None, figure=figure, limit=ALPHA, sure=high < ALPHA
        )
    elif low < ALPHA:
        yield Finding(kind="alpha-unsure", scale=scale.id, item=None, figure=low, limit=ALPHA)


def _item(scale: ScaleReliability, item: ItemAnalysis, least_gain: float) -> Iterator[Finding]:
    def finding(kind: FindingKind, figure: float, limit: float, *, sure: bool) -> Finding:
        return Finding(kind=kind, scale=scale.id, item=item.id, figure=figure, limit=limit, sure=sure)

    if item.item_rest_r is not None:
        high = correlation_high(item.item_rest_r, item.item_rest_n)
        if item.item_rest_r < 0:
            yield finding("item-negative", item.item_rest_r, 0.0, sure=high < 0)
        elif item.item_rest_r < ITEM_REST:
            yield finding("item-weak", item.item_rest_r, ITEM_REST, sure=high < ITEM_REST)
    if scale.alpha is not None and item.alpha_if_dropped is not None:
        gain = item.alpha_if_dropped - scale.alpha
        if gain > least_gain:
            yield finding("better-without", gain, BETTER_WITHOUT, sure=False)


def correlation_high(r: float, n: int) -> float:
    """The upper end of Fisher's 95 % interval of a correlation in `n` pairs; 1 where there is none."""
    if n <= 3 or abs(r) >= 1:
        return 1.0
    return math.tanh(math.atanh(r) + interval_quantile(0.95) / math.sqrt(n - 3))


def missing_findings(items: tuple[ItemMissing, ...]) -> Iterator[Finding]:
    for item in items:
        asked = item.answered + item.missing
        if asked and item.missing / asked > MISSING:
            yield Finding(
                kind="often-missing",
                scale=None,
                item=item.id,
                figure=item.missing / asked,
                limit=MISSING,
                sure=True,
            )


def answering_findings(quality: ResponseQuality, time: TimeUsed, minutes_said: float) -> Iterator[Finding]:
    """`minutes_said`: how long the questionnaire says that this form takes."""
    if quality.flag_rate is not None and quality.flag_rate > FLAGGED:
        yield Finding(kind="hasty", scale=None, item=None, figure=quality.flag_rate, limit=FLAGGED, sure=True)
    if time.minutes is not None and time.minutes[1] > SLOWER * minutes_said:
        yield Finding(kind="slow", scale=None, item=None, figure=time.minutes[1], limit=SLOWER * minutes_said)
