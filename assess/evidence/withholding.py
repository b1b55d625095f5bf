"""What administrators are not told of a measurement: figures from which single answers could be worked out.

See `docs/decisions/0009-administrators-and-local-precision.md`. Pure.
"""

from __future__ import annotations

from msgspec.structs import replace

from assess.disclosure.thresholds import LEAST_SHEETS
from assess.measurement.decision import DecisionQuality
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.results import ItemAnalysis, Reason, Reliability, ScaleReliability

_TOO_FEW: Reason = "too-few-to-show"


def told_reliability(document: Reliability, *, distributed: bool) -> Reliability:
    """`distributed`: enough people on both sides for distributions; else an item's SD and skew go with its
    options, for mean and spread of ten answers together can be solved for the answers, and of an item that
    all answered alike the mean goes too, with those of its scales.

    Where the complete sheets of a scale and all of them differ by fewer than `LEAST_SHEETS`, its means go:
    with those of the items they could be solved for the incomplete ones.
    """
    return replace(document, scales=tuple(_scale(scale, distributed) for scale in document.scales))


def told_decision(quality: DecisionQuality, *, distributed: bool) -> DecisionQuality:
    """Without the share above a cut where few people make it up, or where all stand on one side of it."""
    return replace(
        quality,
        cuts=tuple(
            replace(cut, high_share=cut.high_share if distributed and cut.high_share not in {0, 1} else None)
            for cut in quality.cuts
        ),
    )


def told_quality(quality: ResponseQuality) -> ResponseQuality:
    """Without mean and SD of a figure that fewer than `LEAST_SHEETS` sheets have."""
    return replace(
        quality,
        indices=tuple(
            index if index.n >= LEAST_SHEETS else replace(index, mean=None, sd=None)
            for index in quality.indices
        ),
    )


def _scale(scale: ScaleReliability, distributed: bool) -> ScaleReliability:
    counts = (scale.n_used, scale.n_complete, scale.n_scored)
    alike = not distributed and any(item.sd == 0 for item in scale.items)
    scale = replace(scale, items=tuple(_item(item, distributed) for item in scale.items))
    if not alike and not 0 < max(counts) - min(counts) < LEAST_SHEETS:
        return scale
    withheld: dict[str, Reason] = dict.fromkeys(("mean", "score_mean"), _TOO_FEW)
    return replace(scale, mean=None, score_mean=None, reasons=scale.reasons | withheld)


def _item(item: ItemAnalysis, distributed: bool) -> ItemAnalysis:
    if distributed and item.sd != 0:
        return item
    if distributed:  # all answered alike: which answer that was would tell each one's
        return replace(item, mean=None, options=(), reasons=item.reasons | {"mean": _TOO_FEW})
    names = ("mean", "sd", "skew") if item.sd == 0 else ("sd", "skew")
    return replace(
        item,
        mean=None if item.sd == 0 else item.mean,
        sd=None,
        skew=None,
        options=(),
        reasons=item.reasons | dict.fromkeys(names, _TOO_FEW),
    )
