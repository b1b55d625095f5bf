"""Smooth frequencies of scores: a log-linear curve that keeps the first moments of the data.

Holland & Thayer (2000, Journal of Educational and Behavioral Statistics 25, 133–183).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assess.scoring.precision import Floats

MOMENTS = 4
_STEPS = 100
_CLOSE = 1e-8


class NotSmoothed(ValueError):
    """No curve of this kind has the moments of the data."""


def smoothed_shares(values: Floats, counts: npt.NDArray[np.integer], moments: int = MOMENTS) -> Floats:
    """Smooth shares of each score, samples × scores; each row sums to 1.

    `values`: float64, the possible scores; `counts`: samples × scores. log share = β₀ + Σ βₖxᵏ, the curve of
    maximum likelihood, so that mean, variance and the next moments up to `moments` are those of the counts.
    Newton's method with halved steps, all samples at once. Raises `NotSmoothed` where it does not arrive
    (too few different scores).
    """
    if (counts.sum(axis=0) > 0).sum() <= moments:
        raise NotSmoothed(f"{moments} moments need more different scores than that")
    design = _orthogonal(values, moments)
    observed = counts / counts.sum(axis=1, keepdims=True)
    wanted = observed @ design
    slopes = np.zeros_like(wanted)
    shares = _shares(design, slopes)
    for _ in range(_STEPS):
        away = wanted - shares @ design
        if np.abs(away).max() < _CLOSE:
            return shares
        slopes, shares = _step(design, observed, slopes, shares, away)
    raise NotSmoothed("the curve does not settle")


def _orthogonal(values: Floats, moments: int) -> Floats:
    """Powers of the score, made orthogonal: scores × moments, each of length √scores."""
    powers = np.vander((values - values.mean()) / np.ptp(values), moments + 1, increasing=True)
    basis, _ = np.linalg.qr(powers)
    return np.asarray(basis[:, 1:] * np.sqrt(len(values)))


def _shares(design: Floats, slopes: Floats) -> Floats:
    logs = slopes @ design.T
    logs -= logs.max(axis=1, keepdims=True)
    shares = np.exp(logs)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _step(
    design: Floats, observed: Floats, slopes: Floats, shares: Floats, away: Floats
) -> tuple[Floats, Floats]:
    means = shares @ design
    spread = np.einsum("sv,vi,vj->sij", shares, design, design, optimize=True)
    spread -= means[:, :, np.newaxis] * means[:, np.newaxis, :]
    spread += 1e-12 * np.eye(design.shape[1])
    direction = np.linalg.solve(spread, away[:, :, np.newaxis])[:, :, 0]
    length = np.ones(len(slopes))
    before = _likelihood(observed, shares)
    for _ in range(30):
        moved = slopes + length[:, np.newaxis] * direction
        found = _shares(design, moved)
        worse = _likelihood(observed, found) < before - 1e-12
        if not worse.any():
            break
        length = np.where(worse, length / 2, length)
    return moved, found


def _likelihood(observed: Floats, shares: Floats) -> Floats:
    return np.asarray((observed * np.log(np.maximum(shares, 1e-300))).sum(axis=1))
