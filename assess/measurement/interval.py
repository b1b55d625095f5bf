"""An interval with its coverage: what every figure of this room that can have one is given with."""

from __future__ import annotations

from assess.scoring.result import Result

LEVELS = (0.90, 0.95)
"""Coverages that are given where nothing else is asked for: that of the reports, and the usual one."""


class Interval(Result, frozen=True):
    """From `low` to `high` in the unit of the figure; `coverage` between 0 and 1, such as 0.90."""

    coverage: float
    low: float
    high: float
