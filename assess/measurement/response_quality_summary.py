"""Response quality for whoever shows it: a summary of all sheets, and what is known of each."""

from __future__ import annotations

import math

import numpy as np

from assess.measurement.response_quality import INDICES, SheetFigures
from assess.measurement.response_quality_results import (
    IndexSummary,
    KindSummary,
    ResponseQuality,
    SheetQuality,
    Spread,
)
from assess.measurement.response_quality_signs import KINDS, KINDS_FOR_A_FLAG, SIGNS, IndexId, Kind
from assess.scoring.precision import Floats


def response_quality(found: SheetFigures, *, single_sheets: bool = True) -> ResponseQuality:
    """The summary of all sheets. `single_sheets`: False leaves out the spread: its ends are one
    person's figures."""
    enough = len(found.kinds) >= KINDS_FOR_A_FLAG
    flagged = int(found.flagged.sum()) if enough else None
    return ResponseQuality(
        n=found.n,
        order=found.order,
        items=found.items,
        synonym_pairs=found.pairs,
        indices=tuple(_index_summary(found, index, single_sheets) for index in INDICES),
        kinds=tuple(_kind_summary(found, kind) for kind in KINDS),
        flagged=flagged,
        flag_rate=None if flagged is None else _share(flagged, found.n),
        reason=None if enough else "fewer-than-2-kinds",
    )


def _share(number: int, n: int) -> float | None:
    return number / n if n else None


def _index_summary(found: SheetFigures, index: IndexId, single_sheets: bool) -> IndexSummary:
    figures = found.figures.get(index, np.empty(0))
    known = figures[~np.isnan(figures)]
    sign = next((sign for sign in SIGNS if sign.index == index), None)
    reason = found.reasons.get(index) or (None if known.size else "too-few-answers")
    signs = int(found.signs[index].sum()) if index in found.signs else None
    return IndexSummary(
        id=index,
        n=known.size,
        reason=reason,
        mean=float(known.mean()) if known.size else None,
        sd=float(known.std(ddof=1)) if known.size > 1 else None,
        spread=_spread(known) if known.size and single_sheets else None,
        kind=sign.kind if sign else None,
        cut=sign.cut(found.form) if sign and reason is None else None,
        sign_when=sign.side if sign else None,
        signs=signs,
        rate=None if signs is None else _share(signs, found.n),
    )


def _spread(known: Floats) -> Spread:
    lowest, p05, median, p95, highest = np.quantile(known, (0, 0.05, 0.5, 0.95, 1)).tolist()
    return Spread(lowest=lowest, p05=p05, median=median, p95=p95, highest=highest)


def _kind_summary(found: SheetFigures, kind: Kind) -> KindSummary:
    shown = found.kinds.get(kind)
    number = 0 if shown is None else int(shown.sum())
    return KindSummary(
        id=kind,
        available=shown is not None,
        signs=number,
        rate=None if shown is None else _share(number, found.n),
    )


def sheet_rows(found: SheetFigures) -> tuple[SheetQuality, ...]:
    """Each sheet in the order of the matrix. Never hand these on for direct reports."""
    columns = {index: figures.tolist() for index, figures in found.figures.items()}
    signs = {index: shown.tolist() for index, shown in found.signs.items()}
    kinds = {kind: shown.tolist() for kind, shown in found.kinds.items()}
    flags = found.flagged.tolist()
    return tuple(
        SheetQuality(
            figures={index: _known(columns[index][sheet]) if index in columns else None for index in INDICES},
            signs=tuple(index for index, shown in signs.items() if shown[sheet]),
            kinds=tuple(kind for kind, shown in kinds.items() if shown[sheet]),
            flagged=flags[sheet],
        )
        for sheet in range(found.n)
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number
