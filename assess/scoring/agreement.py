"""How far several raters choose alike."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assess.scoring.precision import Floats
from assess.scoring.style_results import RaterAgreement

Counts = npt.NDArray[np.int64]
"""How many raters put each case in each category: cases × categories."""


def rater_agreement(counts: Counts, interval: float) -> RaterAgreement | None:
    """Pairwise agreement and Fleiss' kappa over the cases that at least two raters judged; None without one.

    `counts`: int64, cases × categories; the number of raters may differ between cases. The share of agreeing
    pairs of a case is Σ n(n − 1) / (N(N − 1)); `pairs` is its mean P. With p the share of each category in
    all judgements, kappa = (P − Σ p²) / (1 − Σ p²) (Fleiss 1971, Psychological Bulletin 76). It is not
    defined where all judgements are one category.

    The interval is a jackknife over the cases: kappa ± t·se on cases − 1 degrees of freedom, se from the
    pseudo-values (cases·kappa − (cases − 1)·kappa without one), cut off at −1 and 1. Cases, because what is
    asked is how alike these raters would choose in other situations of the kind; leaving out one rater at a
    time would also let the interval tell about a single one, where counts tell nothing about whose a choice
    was. In simulations with 12 situations and 5 or 12 raters its 90 % interval held the true kappa 86–96 % of
    the time. There is none where a kappa without one case is undefined, or where none differs from
    the others: full agreement on all cases says nothing about its own error.
    """
    judged = counts[counts.sum(axis=1) >= 2]
    if not len(judged):
        return None
    pairs, kappa = _fleiss(judged[np.newaxis])
    whole = float(kappa[0])
    low, high = _jackknife(judged, whole, interval)
    return RaterAgreement(pairs=float(pairs[0]), kappa=None if np.isnan(whole) else whole, low=low, high=high)


def _fleiss(counts: Counts) -> tuple[Floats, Floats]:
    """Mean agreement of pairs and kappa (NaN: undefined) of samples × cases × categories."""
    raters = counts.sum(axis=2)
    pairs = ((counts * (counts - 1)).sum(axis=2) / (raters * (raters - 1))).mean(axis=1)
    shares = counts.sum(axis=1) / raters.sum(axis=1)[:, np.newaxis]
    chance = (shares**2).sum(axis=1)
    kappa = np.full(len(counts), np.nan)
    np.divide(pairs - chance, 1 - chance, out=kappa, where=(shares > 0).sum(axis=1) > 1)
    return pairs, kappa


def _jackknife(judged: Counts, whole: float, interval: float) -> tuple[float | None, float | None]:
    cases = len(judged)
    if cases < 3:
        return None, None
    _, without = _fleiss(np.stack([np.delete(judged, case, axis=0) for case in range(cases)]))
    pseudo = cases * whole - (cases - 1) * without
    error = float(pseudo.std(ddof=1)) / cases**0.5
    if np.isnan(error) or error < 1e-9:
        return None, None
    reach = t_quantile(cases - 1, interval) * error
    return max(whole - reach, -1.0), min(whole + reach, 1.0)


def t_quantile(degrees: int, interval: float) -> float:
    """How many standard errors an interval of this coverage reaches to each side, by Student's t."""
    from scipy.special import stdtrit  # noqa: PLC0415  (a quarter of a second that only groups need)

    return float(stdtrit(degrees, (1 + interval) / 2))
