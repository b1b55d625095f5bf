"""Local norms of a scale: what share of a norm group lies below each score, and scales made of that.

For groups and for the technical manual. Nothing here says where one person stands: there is no function that
takes a person's score, `group_standing` refuses fewer people than a group may have, and a table is refused
under 200 people (the EFPA review model calls smaller norm groups inadequate).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from assess.disclosure.thresholds import DEFAULT_GROUP, large_enough
from assess.measurement.change import mean_intervals
from assess.measurement.interval import LEVELS, Interval
from assess.measurement.smoothing import NotSmoothed, smoothed_shares
from assess.scoring.precision import Floats
from assess.scoring.result import Result

LEAST_PEOPLE = 200
SAMPLES = 1_000
_TIE = 1e-9
"""Scores closer than this are the same score: means of the same answers summed in another order."""


class NormRow(Result, frozen=True):
    """One possible score. `percentile` is the mid-rank one: the share below and half of those at it, 0–100.
    `t_linear` = 50 + 10(x − mean)/SD; `t_normalised` = 50 + 10·Φ⁻¹(percentile), and `stanine` and `sten` from
    the same: None where the percentile is 0 or 100, outside all scores seen. `…_se`: standard errors by
    bootstrap; None for `t_normalised` where a sample in forty has no value. `people`: how many have the
    score; None where that is not told.
    """

    score: float
    people: int | None
    percentile: float
    percentile_se: float
    t_linear: float
    t_linear_se: float
    t_normalised: float | None
    t_normalised_se: float | None
    stanine: int | None
    stanine_se: float | None
    sten: int | None
    sten_se: float | None


class NormTable(Result, frozen=True):
    """Norms of one scale from `n` people with a score (`missing` without). `sd` with n − 1. `smoothed`: the
    frequencies were smoothed first (log-linear, four moments kept); then `percentile` and what follows from
    it are those of the smooth curve. `samples`, `seed`: of the bootstrap. `rows` is empty where `reason` is
    given: "n-under-200", "no-variation", "not-smoothed".
    """

    n: int
    missing: int
    mean: float | None
    sd: float | None
    mean_se: float | None
    smoothed: bool
    samples: int
    seed: int
    rows: tuple[NormRow, ...]
    reason: str | None


class NormRecord(Result, frozen=True):
    """A table with all that must be said beside it. `id` is the SHA-256 of the rest: another content is
    another version, and the same content always the same one. `handed_in`: ISO date; `wave_ids`: the finished
    waves that it was made of.
    """

    id: str
    questionnaire_id: str
    questionnaire_hash: str
    perspective: str
    short_form: str | None
    scale: str
    n: int
    handed_in: str
    wave_ids: tuple[str, ...]
    smoothed: bool
    table: NormTable


class GroupStanding(Result, frozen=True):
    """Where a group lies against the norm: its mean in linear T, with Student's interval for the group's own
    sampling (the norm's error is in `norm_se`, T points). `n`, `t` … are None when refused: `reason`
    "group-too-small" (that many it does not tell) or that of the norm table.
    """

    n: int | None
    t: float | None
    se: float | None
    norm_se: float | None
    intervals: tuple[Interval, ...]
    reason: str | None


@dataclass(frozen=True)
class _Drawn:
    """Figures of bootstrap samples: samples × possible scores, means and SDs one each."""

    percentile: Floats
    mean: Floats
    sd: Floats


def make_norms(
    scores: Floats, possible: Floats, *, seed: int, samples: int = SAMPLES, smooth: bool = False
) -> NormTable:
    """The norm table of a scale.

    `scores`: float64, one for each person, NaN = missing; `possible`: the scores to have a row each,
    ascending (those of a sheet answered in full). Scores of sheets with gaps may lie between them and count
    by where they lie; smoothing moves them to the nearest. Standard errors are SDs over `samples` samples of
    the people. Raises `ValueError` unless `possible` ascends.
    """
    if possible.ndim != 1 or len(possible) < 2 or not (np.diff(possible) > _TIE).all():
        raise ValueError("possible scores ascend, and there are at least two")
    there = scores[~np.isnan(scores)]
    table = NormTable(
        n=len(there),
        missing=len(scores) - len(there),
        mean=None,
        sd=None,
        mean_se=None,
        smoothed=smooth,
        samples=samples,
        seed=seed,
        rows=(),
        reason=_why_not(there),
    )
    if table.reason is not None:
        return table
    mean, sd = float(there.mean()), float(there.std(ddof=1))
    values, counts = _snapped(there, possible) if smooth else _distinct(there)
    drawn_counts = np.random.default_rng(seed).multinomial(len(there), counts / len(there), samples)
    try:
        shares, *drawn_shares = (
            smoothed_shares(values, table_of) if smooth else table_of / len(there)
            for table_of in (counts[np.newaxis], drawn_counts)
        )
    except NotSmoothed:
        return msgspec.structs.replace(table, reason="not-smoothed")
    drawn_mean, drawn_sd = _moments(values, drawn_counts)
    drawn = _Drawn(_percentiles(values, drawn_shares[0], possible), drawn_mean, drawn_sd)
    people = (np.abs(there[:, np.newaxis] - possible) <= _TIE).sum(axis=0)
    percentile = _percentiles(values, shares, possible)[0]
    return msgspec.structs.replace(
        table,
        mean=mean,
        sd=sd,
        mean_se=float(drawn_mean.std(ddof=1)),
        rows=_rows(possible, people, percentile, mean, sd, drawn),
    )


def stanines(z: Floats) -> Floats:
    """1–9 from normal scores: cuts at −1.75, −1.25 … 1.75; a value on a cut goes up. NaN stays NaN."""
    return np.clip(np.floor(2 * z + 5.5 + _TIE), 1, 9)


def stens(z: Floats) -> Floats:
    """1–10 from normal scores: cuts at −2, −1.5 … 2; a value on a cut goes up. NaN stays NaN."""
    return np.clip(np.floor(2 * z + 6 + _TIE), 1, 10)


def norm_record(
    table: NormTable,
    *,
    questionnaire_id: str,
    questionnaire_hash: str,
    perspective: str,
    short_form: str | None,
    scale: str,
    handed_in: str,
    wave_ids: Sequence[str],
) -> NormRecord:
    """The record of a table; its id follows from everything else in it."""
    record = NormRecord(
        id="",
        questionnaire_id=questionnaire_id,
        questionnaire_hash=questionnaire_hash,
        perspective=perspective,
        short_form=short_form,
        scale=scale,
        n=table.n,
        handed_in=handed_in,
        wave_ids=tuple(wave_ids),
        smoothed=table.smoothed,
        table=table,
    )
    content = hashlib.sha256(msgspec.json.encode(record, order="sorted")).hexdigest()
    return msgspec.structs.replace(record, id=content)


def group_standing(
    table: NormTable, scores: Floats, least: int = DEFAULT_GROUP, coverages: Sequence[float] = LEVELS
) -> GroupStanding:
    """The mean of a group in T of the norm. `scores`: float64, one for each member, NaN = missing.

    Refused for fewer than `least` members with a score. Raises as `disclosure.thresholds.group_size`.
    """
    there = scores[~np.isnan(scores)]
    if not large_enough(len(there), least):
        return _nowhere("group-too-small")
    if table.reason is not None or table.mean is None or table.sd is None or table.mean_se is None:
        return _nowhere(table.reason or "no-norms")
    t = 50 + 10 * (there - table.mean) / table.sd
    error = float(t.std(ddof=1)) / len(t) ** 0.5
    return GroupStanding(
        n=len(t),
        t=float(t.mean()),
        se=error,
        norm_se=10 * table.mean_se / table.sd,
        intervals=mean_intervals(float(t.mean()), error, len(t) - 1, coverages) if error > 0 else (),
        reason=None,
    )


def _nowhere(reason: str) -> GroupStanding:
    return GroupStanding(n=None, t=None, se=None, norm_se=None, intervals=(), reason=reason)


def _why_not(there: Floats) -> str | None:
    if len(there) < LEAST_PEOPLE:
        return "n-under-200"
    return "no-variation" if np.ptp(there) <= _TIE else None


def _distinct(scores: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Different scores, ascending, and how many people have each; near-equal ones are one."""
    ordered = np.sort(scores)
    first = np.flatnonzero(np.diff(ordered, prepend=-np.inf) > _TIE)
    return ordered[first], np.diff(np.append(first, len(ordered)))


def _snapped(scores: Floats, possible: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """The possible scores and how many people lie nearest to each; half-way goes up."""
    nearest = np.searchsorted((possible[1:] + possible[:-1]) / 2 - _TIE, scores, "right")
    return possible, np.bincount(nearest, minlength=len(possible))


def _moments(values: Floats, counts: npt.NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Mean and SD (n − 1) of each sample of counts."""
    n = counts.sum(axis=1)
    centred = values - values.mean()
    mean = counts @ centred / n
    square = np.maximum(counts @ centred**2 / n - mean**2, 0)
    return mean + values.mean(), np.sqrt(square * n / (n - 1))


def _percentiles(values: Floats, shares: Floats, possible: Floats) -> Floats:
    """Mid-rank percentile of each possible score: samples × possible scores."""
    below = np.concatenate([np.zeros((len(shares), 1)), shares.cumsum(axis=1)], axis=1)
    under = np.searchsorted(values, possible - _TIE, "left")
    upto = np.searchsorted(values, possible + _TIE, "right")
    return np.asarray(np.clip(50 * (below[:, under] + below[:, upto]), 0, 100), np.float64)


def _normal_scores(percentile: Floats) -> Floats:
    z = ndtri(percentile / 100)
    return np.where(np.isfinite(z), z, np.nan)


def _rows(
    possible: Floats,
    people: npt.NDArray[np.integer],
    percentile: Floats,
    mean: float,
    sd: float,
    drawn: _Drawn,
) -> tuple[NormRow, ...]:
    z, drawn_z = _normal_scores(percentile), _normal_scores(drawn.percentile)
    drawn_linear = 10 * (possible - drawn.mean[:, np.newaxis]) / drawn.sd[:, np.newaxis]
    columns = {
        "score": possible.tolist(),
        "people": people.tolist(),
        "percentile": percentile.tolist(),
        "percentile_se": drawn.percentile.std(axis=0, ddof=1).tolist(),
        "t_linear": (50 + 10 * (possible - mean) / sd).tolist(),
        "t_linear_se": drawn_linear.std(axis=0, ddof=1).tolist(),
        "t_normalised": _known(50 + 10 * z),
        "t_normalised_se": _known(np.where(np.isnan(z), z, 10 * _errors(drawn_z))),
        "stanine": _known(stanines(z)),
        "stanine_se": _known(np.where(np.isnan(z), z, _errors(stanines(drawn_z)))),
        "sten": _known(stens(z)),
        "sten_se": _known(np.where(np.isnan(z), z, _errors(stens(drawn_z)))),
    }
    cells = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return tuple(msgspec.convert(row, NormRow, strict=False) for row in cells)


def _errors(figures: Floats) -> Floats:
    """SD over the samples; NaN where more than one in forty has no value."""
    known = ~np.isnan(figures)
    count = known.sum(axis=0)
    filled = np.where(known, figures, 0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    square = (np.where(known, figures - mean, 0) ** 2).sum(axis=0) / np.maximum(count - 1, 1)
    return np.where(count >= 0.975 * len(figures), np.sqrt(square), np.nan)


def _known(figures: Floats) -> list[float | None]:
    return [None if np.isnan(figure) else figure for figure in figures.tolist()]
