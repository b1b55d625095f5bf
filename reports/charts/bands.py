"""Heat maps in absolute bands: a colour says where on the scale a value lies, never how it compares."""

from __future__ import annotations

import math

BANDS = 5
"""Depths of one hue. On a scale from 1 to 5 each is the nearest option: 2.5 up to 3.5 is band 3."""
_TINY = 1e-9


def heat_band(value: float, lo: float, hi: float) -> int:
    """The band, 1 (nearest to `lo`) to `BANDS` (nearest to `hi`), of a value in score units.

    Each band is what is nearest to one of `BANDS` places spread evenly from `lo` to `hi`: the same wherever
    a value stands. A value on a border belongs to the band above, one outside the scale to its end.
    Raises `ValueError` unless `lo` < `hi` and `value` is a number.
    """
    if not lo < hi or math.isnan(value):
        raise ValueError(f"no band for {value} between {lo} and {hi}")
    place = (value - lo) / (hi - lo) * (BANDS - 1)
    return min(max(math.floor(place + 0.5 + _TINY) + 1, 1), BANDS)


def band_edges(lo: float, hi: float) -> tuple[float, ...]:
    """The borders between the bands, ascending, in score units: 1.5, 2.5, 3.5 and 4.5 from 1 to 5."""
    width = (hi - lo) / (BANDS - 1)
    return tuple(lo + width * (place + 0.5) for place in range(BANDS - 1))
