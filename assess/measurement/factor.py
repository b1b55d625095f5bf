"""One factor by minimum residual, and McDonald's omega of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assess.scoring.precision import Floats

LEAST_UNIQUENESS = 0.005
"""A smaller one is a Heywood case; R's `psych::fa` lets none go below it."""
_STEPS = 500
_CONVERGED = 1e-10


@dataclass(frozen=True)
class OneFactor:
    """A factor of standardised items.

    `loadings` (items,): correlations of the items with the factor, signed so that their sum is not negative;
    not held inside ±1, so that a Heywood case shows. `heywood` (bool, items): 1 − loading² under
    `LEAST_UNIQUENESS`. `rmsr`: root mean square of the residual correlations off the diagonal.
    """

    loadings: Floats
    correlations: Floats
    converged: bool

    @property
    def uniquenesses(self) -> Floats:
        return 1 - self.loadings**2

    @property
    def heywood(self) -> npt.NDArray[np.bool_]:
        return self.uniquenesses < LEAST_UNIQUENESS

    @property
    def omega_total(self) -> float:
        """McDonald's omega of the sum of the standardised items: (Σλ)² / ((Σλ)² + Σ(1 − λ²)), the
        denominator as the model implies it (McDonald 1999, Test theory, ch. 6)."""
        common = float(self.loadings.sum()) ** 2
        return common / (common + float(self.uniquenesses.sum()))

    @property
    def omega_observed(self) -> float:
        """The same with the variance of the sum as observed: 1 − Σ(1 − λ²) / ΣR, as `psych::omega` has it."""
        return 1 - float(self.uniquenesses.sum()) / float(self.correlations.sum())

    @property
    def rmsr(self) -> float:
        residuals = _residuals(self.correlations, self.loadings)
        size = len(self.loadings)
        return float(np.sqrt((residuals**2).sum() / (size * (size - 1))))


def one_factor(correlations: Floats) -> OneFactor:
    """The loadings that minimise Σ (r_ij − λ_i·λ_j)² over i ≠ j (Harman & Jones 1966, Psychometrika 31).

    `correlations`: items × items, at least 3, finite; need not be positive definite. What
    `psych::fa(nfactors = 1, fm = "minres")` minimises too, there over uniquenesses. Levenberg–Marquardt from
    the principal factor with squared multiple correlations. Raises `ValueError` for fewer than 3 items.
    """
    if len(correlations) < 3:
        raise ValueError("a factor needs at least three items")
    loadings, converged = _minimise(correlations, _start(correlations))
    if loadings.sum() < 0:
        loadings = -loadings
    return OneFactor(loadings, correlations, converged)


def _start(correlations: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        multiple = 1 - 1 / np.diag(np.linalg.pinv(correlations, hermitian=True))
    reduced = correlations.copy()
    np.fill_diagonal(reduced, np.clip(np.nan_to_num(multiple, neginf=0.0), 0.05, 0.95))
    values, vectors = np.linalg.eigh(reduced)
    start: Floats = vectors[:, -1] * np.sqrt(max(values[-1], 0.01))
    return start


def _residuals(correlations: Floats, loadings: Floats) -> Floats:
    residuals = correlations - np.outer(loadings, loadings)
    np.fill_diagonal(residuals, 0)
    return residuals


def _minimise(correlations: Floats, loadings: Floats) -> tuple[Floats, bool]:
    """Levenberg–Marquardt; the normal equations of r_ij − λ_i·λ_j (i < j) in closed form."""
    residuals = _residuals(correlations, loadings)
    loss, damping = float((residuals**2).sum()), 1e-3
    for _ in range(_STEPS):
        slope = residuals @ loadings
        if np.abs(slope).max() < _CONVERGED:
            return loadings, True
        normal = np.outer(loadings, loadings)
        np.fill_diagonal(normal, float(loadings @ loadings) - loadings**2)
        normal += damping * np.diag(np.diag(normal) + 1e-12)
        tried = loadings + np.linalg.lstsq(normal, slope, rcond=None)[0]
        tried_residuals = _residuals(correlations, tried)
        tried_loss = float((tried_residuals**2).sum())
        if tried_loss <= loss:
            loadings, residuals, loss, damping = tried, tried_residuals, tried_loss, damping / 10
        elif damping > 1e12:
            break
        else:
            damping *= 10
    return loadings, bool(np.abs(residuals @ loadings).max() < 1e-6)
