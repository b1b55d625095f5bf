"""What response quality hands over: frozen structs that go to JSON and back unchanged."""

from __future__ import annotations

from typing import Literal, TypeAlias

from assess.measurement.response_quality_signs import IndexId, Kind, Side
from assess.scoring.result import Result

QualityReason: TypeAlias = Literal[
    "situations",
    "fewer-than-3-items",
    "fewer-than-5-scales",
    "fewer-than-3-pairs",
    "fewer-than-30-sheets",
    "too-few-sheets-for-the-items",
    "covariance-singular",
    "no-seconds",
    "too-few-answers",
    "fewer-than-2-kinds",
]
"""Why something is not known."""


class Spread(Result, frozen=True):
    """Where the figures of single sheets lie: the least, 5 %, half, 95 %, the greatest."""

    lowest: float
    p05: float
    median: float
    p95: float
    highest: float


class IndexSummary(Result, frozen=True):
    """One figure over all sheets. `n`: the sheets that have it; `sd` has denominator n − 1.

    `reason` says why no sheet has it: "situations" (only letters), "fewer-than-3-items",
    "fewer-than-5-scales", "fewer-than-3-pairs", "fewer-than-30-sheets", "too-few-sheets-for-the-items" (D²
    needs more than two for each item), "covariance-singular", "no-seconds", "too-few-answers". `kind`, `cut`
    and `sign_when` are None for a figure that is no sign; `signs` and `rate` (of all sheets) then too.
    `spread` is None where single sheets must not be seen, or none has the figure.
    """

    id: IndexId
    n: int
    reason: QualityReason | None
    mean: float | None
    sd: float | None
    spread: Spread | None
    kind: Kind | None
    cut: float | None
    sign_when: Side | None
    signs: int | None
    rate: float | None


class KindSummary(Result, frozen=True):
    """How many sheets show at least one sign of a kind. `available`: whether any figure of it is known."""

    id: Kind
    available: bool
    signs: int
    rate: float | None


class ResponseQuality(Result, frozen=True):
    """The response quality of the sheets of one form.

    `order`: whether runs follow the order in which each person was asked ("asked") or that of the
    questionnaire, because a shuffled one does not tell ("questionnaire"). `items` are those that entered
    figures which compare answers (they share their options). `flagged` sheets show signs of two kinds or
    more; `flag_rate` is None without sheets, and both are None with `reason` "fewer-than-2-kinds" where only
    one kind of sign is known at all.
    """

    n: int
    order: Literal["asked", "questionnaire"]
    items: int
    synonym_pairs: tuple[tuple[str, str], ...]
    indices: tuple[IndexSummary, ...]
    kinds: tuple[KindSummary, ...]
    flagged: int | None
    flag_rate: float | None
    reason: QualityReason | None


class SheetQuality(Result, frozen=True):
    """One sheet: its figures (None = not known), the signs among them, and whether it is worth asking."""

    figures: dict[IndexId, float | None]
    signs: tuple[IndexId, ...]
    kinds: tuple[Kind, ...]
    flagged: bool
