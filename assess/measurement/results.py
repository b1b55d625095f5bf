"""What the analysis of items and scales hands over; JSON to and fro.

Scores, SDs and standard errors are in score units (the option values of the file). None is "not known": the
reason stands in `reasons` under the name of the figure, a stable id out of `Reason`. Nothing is rounded.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from assess.scoring.result import Result
from questionnaires.definition import PerspectiveId

Missing: TypeAlias = Literal["pairwise", "listwise"]
"""Covariances over the respondents who answered both items, or over those who answered the whole scale."""

Reason: TypeAlias = Literal[
    "no-answers",
    "no-scores",
    "n-under-2",
    "n-under-10",
    "pairs-under-10",
    "single-item",
    "fewer-than-3-items",
    "not-2-items",
    "constant-item",
    "variance-not-positive",
    "matrix-not-possible",
    "negative-alpha",
    "heywood-case",
    "not-converged",
    "resamples-undefined",
    "not-asked",
    "too-few-to-show",
    "told-by-groups",
]
"""Why a figure is None.

`no-answers`: nobody answered. `no-scores`: nobody answered enough for a score. `n-under-2`, `n-under-10`:
too few sheets for an SD, for a reliability. `pairs-under-10`: two items of the scale were answered together
by fewer than ten. `not-2-items`: only a scale of two has it. `constant-item`: an item of the scale (or this
item) has no variance: what the scale is like without it stands under its `alpha_if_dropped`.
`variance-not-positive`: the sum, or the rest, has none. `matrix-not-possible`: pairwise covariances
contradict each other, so that the figure leaves its range. `negative-alpha`: no standard error from it.
`heywood-case`, `not-converged`: the factor. `resamples-undefined`: more than one resample in twenty has no
alpha. `not-asked`: the bootstrap was switched off. `too-few-to-show`:
confidential sheets, fewer than a group. `told-by-groups`: where answers lie is told by group results alone.
"""


class OptionShare(Result, frozen=True):
    """One option: its value in the file (never turned round), how many chose it, their share of those who
    answered the item (None where nobody did)."""

    value: int
    n: int
    share: float | None


class ItemAnalysis(Result, frozen=True):
    """One item within one scale.

    `n`, `missing`, `mean`, `sd`, `skew` and `options` describe the item over all sheets that answer it;
    `mean` and `skew` are of keyed values (turned round where `reversed`). `sd` has n − 1; `skew` is m₃/s³
    with that SD (type 3 of Joanes & Gill 1998). `item_rest_r` is the correlation with the sum of the scale's
    other items, `item_rest_n` the sheets behind it; `loading` is that of the scale's one factor.
    """

    id: str
    reversed: bool
    n: int
    missing: int
    mean: float | None
    sd: float | None
    skew: float | None
    options: tuple[OptionShare, ...]
    item_rest_r: float | None
    item_rest_n: int
    alpha_if_dropped: float | None
    loading: float | None
    reasons: dict[str, Reason]


class ScaleReliability(Result, frozen=True):
    """One scale, or one domain on all items of its facets.

    `n_used`: sheets behind every figure but the scores': those with an answer in the scale (pairwise) or the
    complete ones (listwise), which are `n_complete`; `fewest_pairs`: the fewest behind one covariance.
    `mean`, `sd`, `skew` are of the mean of what each sheet answers, as R's `psych::alpha` has them;
    `score_mean` and `score_sd` of the scores as reports show them, over the `n_scored` sheets that answer the
    scale's minimum. `alpha_interval` (Feldt) and `alpha_bootstrap_interval` are (low, high) at
    `Reliability.interval`. `omega_total` is of the standardised items with the model's own denominator,
    `omega_observed` with the observed variance of their sum; `rmsr` tells the misfit of the one factor,
    `heywood` the items that it fits impossibly well. `spearman_brown` is the figure of a scale of two items.
    `sem` = sd·√(1 − alpha), with `spearman_brown` in the place of alpha for two items.
    """

    id: str
    is_domain: bool
    n_items: int
    n_used: int
    n_complete: int
    n_scored: int
    fewest_pairs: int
    mean: float | None
    sd: float | None
    skew: float | None
    score_mean: float | None
    score_sd: float | None
    alpha: float | None
    alpha_standardised: float | None
    alpha_interval: tuple[float, float] | None
    alpha_bootstrap_interval: tuple[float, float] | None
    omega_total: float | None
    omega_observed: float | None
    rmsr: float | None
    heywood: tuple[str, ...]
    average_r: float | None
    spearman_brown: float | None
    sem: float | None
    items: tuple[ItemAnalysis, ...]
    reasons: dict[str, Reason]


class Bootstrap(Result, frozen=True):
    """How the bootstrap interval was made: `resamples` (0: not asked), `seed`."""

    resamples: int
    seed: int


class Reliability(Result, frozen=True):
    """The document of `assess reliability`: one perspective (and short form) of one questionnaire.

    `n` sheets; `missing` says how covariances are worked out; `interval` is the coverage of the intervals.
    """

    questionnaire: str
    version: str
    perspective: PerspectiveId
    short_form: str | None
    n: int
    missing: Missing
    interval: float
    bootstrap: Bootstrap
    scales: tuple[ScaleReliability, ...]
