"""Differential item functioning: whether an item is answered otherwise by one of two groups at equal scores.

Mantel's test for ordered answers (Mantel 1963, Journal of the American Statistical Association 58, 690–700),
with the standardised mean difference as its size (Dorans & Schmitt 1991, ETS research report 91-47).
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincc

from assess.scoring.precision import Floats
from assess.scoring.result import Result

LEAST_PER_GROUP = 200
"""With fewer the test finds little, and what it finds is unstable."""
SIGNIFICANT = 0.05
MODERATE, LARGE = 0.17, 0.25
"""Effects, in SDs of the item, above which an item is of class B or C (rule of NAEP for ordered answers)."""

DifClass: TypeAlias = Literal["A", "B", "C"]


class MantelDif(Result, frozen=True):
    """One item between a reference and a focal group, matched on the score.

    `n_reference`, `n_focal`: sheets in strata that hold both groups, `strata` of them. `chi_square` has one
    degree of freedom. `difference`: mean of the focal minus that of the reference group at equal scores,
    weighted as the focal group is spread (item units); `effect` the same in SDs of the item. Class A:
    negligible, B: moderate, C: large. `reason` when the rest is None: "n-under-200", "no-common-scores",
    "constant-item".
    """

    n_reference: int
    n_focal: int
    strata: int
    chi_square: float | None
    p: float | None
    difference: float | None
    effect: float | None
    dif_class: DifClass | None
    reason: str | None


def mantel(
    values: Floats, matching: Floats, focal: npt.NDArray[np.bool_], least: int = LEAST_PER_GROUP
) -> MantelDif:
    """Mantel's test of one item.

    `values`: keyed answers, float64, NaN = missing; `matching`: the score to match on, with the item in it
    (Zwick, Donoghue & Grima 1993), NaN = missing; `focal`: True for the focal group, one entry for each
    sheet. Sheets without either number are left out; refused where a group has fewer than `least` others.
    Raises `ValueError` for arrays of different shapes.
    """
    if not values.shape == matching.shape == focal.shape or values.ndim != 1:
        raise ValueError(f"one entry for each sheet, not {values.shape}, {matching.shape}, {focal.shape}")
    there = ~np.isnan(values) & ~np.isnan(matching)
    values, focal = values[there], focal[there]
    size = (int((~focal).sum()), int(focal.sum()))
    if min(size) < least:
        return _unknown(size, 0, "n-under-200")
    _, stratum = np.unique(np.round(matching[there], 9), return_inverse=True)
    sums = _Strata(values, focal, stratum)
    size = (int(sums.reference.sum()), int(sums.focal.sum()))
    if not sums.both.any():
        return _unknown(size, 0, "no-common-scores")
    variance = float(sums.variances().sum())
    if variance <= 0:
        return _unknown(size, int(sums.both.sum()), "constant-item")
    chi_square = float((sums.focal_sums - sums.expected()).sum() ** 2 / variance)
    p = float(gammaincc(0.5, chi_square / 2))
    difference = sums.difference()
    effect = difference / float(values.std(ddof=1))
    return MantelDif(
        n_reference=size[0],
        n_focal=size[1],
        strata=int(sums.both.sum()),
        chi_square=chi_square,
        p=p,
        difference=difference,
        effect=effect,
        dif_class=dif_class(p, effect),
        reason=None,
    )


def dif_class(p: float, effect: float) -> DifClass:
    """A unless significant and larger than `MODERATE` SDs; C above `LARGE`."""
    if p >= SIGNIFICANT or abs(effect) <= MODERATE:
        return "A"
    return "C" if abs(effect) > LARGE else "B"


class _Strata:
    """Sums in the strata that hold both groups; arrays with one entry for each."""

    def __init__(
        self, values: Floats, focal: npt.NDArray[np.bool_], stratum: npt.NDArray[np.integer[Any]]
    ) -> None:
        number = int(stratum.max()) + 1
        weights = focal.astype(np.float64)

        def total(of: Floats) -> Floats:
            return np.bincount(stratum, of, number).astype(np.float64)

        n, in_focal = total(np.ones_like(values)), total(weights)
        self.both = (in_focal > 0) & (in_focal < n)
        self.n, self.focal = n[self.both], in_focal[self.both]
        self.reference = self.n - self.focal
        self.focal_sums = total(values * weights)[self.both]
        self.sums, self.squares = total(values)[self.both], total(values**2)[self.both]

    def expected(self) -> Floats:
        """What the focal group's sum would be without any difference."""
        return self.focal / self.n * self.sums

    def variances(self) -> Floats:
        """Hypergeometric variances of the focal sums."""
        spread = self.n * self.squares - self.sums**2
        found: Floats = self.reference * self.focal * spread / (self.n**2 * (self.n - 1))
        return found

    def difference(self) -> float:
        means = self.focal_sums / self.focal - (self.sums - self.focal_sums) / self.reference
        return float(self.focal @ means / self.focal.sum())


def _unknown(size: tuple[int, int], strata: int, reason: str) -> MantelDif:
    return MantelDif(
        n_reference=size[0],
        n_focal=size[1],
        strata=strata,
        chi_square=None,
        p=None,
        difference=None,
        effect=None,
        dif_class=None,
        reason=reason,
    )
