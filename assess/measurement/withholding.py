"""What a document about confidential sheets leaves out: what fewer people than a group tell."""

from __future__ import annotations

from msgspec.structs import replace

from assess.disclosure.thresholds import large_enough
from assess.measurement.results import ItemAnalysis, Reason, Reliability, ScaleReliability

_DESCRIBED = ("mean", "sd", "skew")
_SCORES = ("score_mean", "score_sd")


class TooFewSheets(ValueError):
    """Fewer sheets than it takes to show a group. It never tells how many there are."""


def withhold(document: Reliability, least: int) -> Reliability:
    """The document without what fewer than `least` sheets tell about items and scales, with the reason.

    Raises `TooFewSheets` where the document as a whole rests on fewer, and `disclosure.GroupTooSmall` for a
    `least` that is never allowed.
    """
    if not large_enough(document.n, least):
        raise TooFewSheets
    return replace(document, scales=tuple(_scale(scale, least) for scale in document.scales))


def _scale(scale: ScaleReliability, least: int) -> ScaleReliability:
    items = tuple(_item(item, least) for item in scale.items)
    scale = replace(scale, items=items)
    if not large_enough(scale.n_scored, least):
        reasons = scale.reasons | _reasons(_SCORES)
        scale = replace(scale, score_mean=None, score_sd=None, reasons=reasons)
    if not large_enough(scale.n_used, least):
        reasons = scale.reasons | _reasons(_DESCRIBED)
        scale = replace(scale, mean=None, sd=None, skew=None, reasons=reasons)
    return scale


def _item(item: ItemAnalysis, least: int) -> ItemAnalysis:
    if large_enough(item.n, least):
        return item
    return replace(
        item, options=(), mean=None, sd=None, skew=None, reasons=item.reasons | _reasons(_DESCRIBED)
    )


def _reasons(names: tuple[str, ...]) -> dict[str, Reason]:
    return dict.fromkeys(names, "too-few-to-show")
