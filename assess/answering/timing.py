"""How long answering took, from the times at which answers were saved. Pure.

A sheet's time is the sum of the gaps between one save and the next, each counted for at most two minutes: who
puts the telephone away for an hour has not been reading. What lies before the first save is not known, so
time is told for each answer saved after it. A changed answer counts where it was changed last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from assess.scoring.precision import Floats

LONGEST_GAP = 120.0
"""Seconds."""
LEAST_TIMED = 10
"""Answers with a known time under which a sheet tells nothing."""

Whole: TypeAlias = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Timing:
    """For each sheet: `seconds` from the first save to the last, gaps capped; `timed`, how many answers were
    saved after the first save. Both 0 for a sheet without answers."""

    seconds: Floats
    timed: Whole

    @property
    def per_answer(self) -> Floats:
        """Seconds for each answer; NaN under `LEAST_TIMED` of them."""
        known = np.full(self.seconds.shape, np.nan)
        np.divide(self.seconds, self.timed, out=known, where=self.timed >= LEAST_TIMED)
        return known


def timing(sheets: Whole, saved_at: Sequence[str], n: int) -> Timing:
    """The time of `n` sheets. For each answer the number of its sheet (0 to n − 1) and when it was saved, as
    `store.ids.time_text` writes it; in any order."""
    # datetime64 knows no zone: all times of the store are UTC.
    moments = np.array([text.rstrip("Z") for text in saved_at], "datetime64[us]").astype(np.int64) / 1e6
    order = np.lexsort((moments, sheets))
    sheet, moment = sheets[order], moments[order]
    same = np.diff(sheet, prepend=-1) == 0
    gaps = np.where(same, np.diff(moment, prepend=moment[:1]), 0.0)
    first = np.full(n, np.inf)
    np.minimum.at(first, sheet, moment)
    after = moment > first[sheet]
    return Timing(
        seconds=np.asarray(np.bincount(sheet, np.minimum(gaps, LONGEST_GAP), n), np.float64),
        timed=np.bincount(sheet[after], minlength=n),
    )
