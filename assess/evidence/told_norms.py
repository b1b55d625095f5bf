"""Norm tables as administrators see them: a reference for groups, too coarse to show what one person adds.

A norm table is a distribution. Two of them, of two waves with nearly the same people, must not tell the score
of whoever came in between. Of the two hundred people that norms need at least, one moves a percentile by at
most half a point, which the steps swallow but where it happens to cross one. That is not proved to hide
everybody; see `docs/decisions/0009-administrators-and-local-precision.md`. Pure.
"""

from __future__ import annotations

import math
from typing import overload

import numpy as np
from msgspec.structs import replace
from scipy.special import ndtri

from assess.evidence.withholding import SPREAD_STEP, counted, in_steps
from assess.measurement.norms import NormRow, NormTable, stanines, stens

PERCENTILE_STEP = 5.0
MEAN_STEP = 0.1
"""As in group results."""
ERROR_OF_MEAN = 0.01
T_STEP = 1.0
ERROR_STEP = 0.5
"""Standard errors of rows, rounded upwards."""
_OF_THE_CURVE = ("t_normalised", "t_normalised_se", "stanine", "stanine_se", "sten", "sten_se")


def told_table(table: NormTable) -> NormTable:
    """The table in steps; told again it is the same. Whatever can be worked out of mean, SD and percentile is
    worked out of these as they are shown. How many people have a score is not told."""
    if table.mean is None or not table.sd:
        return table
    everybody = table.n + table.missing
    n = max(1, everybody - counted(table.missing))
    mean, sd = in_steps(table.mean, MEAN_STEP), max(in_steps(table.sd, SPREAD_STEP), SPREAD_STEP)
    return replace(
        table,
        n=n,
        missing=everybody - n,
        mean=mean,
        sd=sd,
        mean_se=in_steps(sd / math.sqrt(n), ERROR_OF_MEAN),
        rows=tuple(_row(row, mean, sd) for row in table.rows),
    )


def _row(row: NormRow, mean: float, sd: float) -> NormRow:
    percentile = in_steps(row.percentile, PERCENTILE_STEP)
    row = replace(
        row,
        people=None,
        percentile=percentile,
        percentile_se=_error(row.percentile_se),
        t_linear=in_steps(50 + 10 * (row.score - mean) / sd, T_STEP),
        t_linear_se=_error(row.t_linear_se),
    )
    if not 0 < percentile < 100:
        return replace(row, **dict.fromkeys(_OF_THE_CURVE))
    z = np.array(ndtri(percentile / 100))
    return replace(
        row,
        t_normalised=in_steps(50 + 10 * float(z), T_STEP),
        t_normalised_se=_error(row.t_normalised_se),
        stanine=int(stanines(z)),
        stanine_se=_error(row.stanine_se),
        sten=int(stens(z)),
        sten_se=_error(row.sten_se),
    )


@overload
def _error(value: float) -> float: ...
@overload
def _error(value: None) -> None: ...
@overload
def _error(value: float | None) -> float | None: ...
def _error(value: float | None) -> float | None:
    return None if value is None else in_steps(value, ERROR_STEP, math.ceil)
