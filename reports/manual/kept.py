"""Figures that stand in the place of answers, where the manual's reader may not have these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assess.measurement.decision import DecisionQuality
from assess.measurement.response_quality_results import ResponseQuality
from assess.measurement.results import Reliability


@dataclass(frozen=True, eq=False)
class Kept:
    """Figures that have been made before, for a reader who may not have the answers nor learn where they lie.

    `sheets` of at least `people` people on both sides. `step`: what coefficients were rounded to. `missing`:
    share of sheets that lack each scored item. `minutes`: quartiles of the time used.
    """

    sheets: int
    people: int
    step: float
    reliability: Reliability | None
    quality: ResponseQuality | None
    decision: DecisionQuality | None
    missing: Mapping[str, float]
    minutes: tuple[float, float, float] | None
