"""Krippendorff's alpha: the published example, PyPI's krippendorff, gaps, coverage."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from agreement_examples import PYTHON, bfi, simulated

from assess.measurement.krippendorff import KrippendorffAlpha, krippendorff_alpha

NO = float("nan")
FOUR_CODERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
        [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
    ]
)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_of_four_coders(level: str, alpha: float) -> None:
    """Krippendorff (2011): twelve units, the last judged once and dropped; 40 pairable values."""
    found = krippendorff_alpha(FOUR_CODERS, level, seed=1)  # type: ignore[arg-type]
    assert found.alpha == pytest.approx(alpha, abs=5e-4)
    assert (found.units, found.left_out, found.pairable) == (11, 1, 40)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize(
    ("name", "data"), [("four-coders", FOUR_CODERS), ("bfi", bfi().T), ("simulated", simulated()[0])]
)
def test_figures_of_the_package_krippendorff(name: str, data: np.ndarray, level: str) -> None:
    """PyPI krippendorff 0.9.0; two of the three data sets have gaps and reverse keys."""
    found = krippendorff_alpha(data, level, seed=1, samples=10)  # type: ignore[arg-type]
    assert found.alpha == pytest.approx(PYTHON["krippendorff"][name][level], abs=1e-9)


def test_the_same_seed_gives_the_same_interval() -> None:
    one, again, other = (krippendorff_alpha(FOUR_CODERS, "ordinal", seed=seed) for seed in (4, 4, 5))
    assert one == again
    assert one.intervals != other.intervals
    assert msgspec.json.decode(msgspec.json.encode(one), type=KrippendorffAlpha) == one


def test_pairs_taken_as_independent_give_a_narrower_interval() -> None:
    units, pairs = (
        krippendorff_alpha(FOUR_CODERS, "interval", seed=1, bootstrap=how)  # type: ignore[arg-type]
        for how in ("units", "pairs")
    )
    assert units.alpha == pairs.alpha
    width = [found.intervals[0].high - found.intervals[0].low for found in (units, pairs)]
    assert width[0] > 1.5 * width[1]


@pytest.mark.parametrize(
    ("data", "alpha", "reason"),
    [
        ([[3, 3, NO], [3, 3, 3]], None, "no-variation"),
        ([[1, NO], [NO, 2]], None, "no-pairs"),
        ([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]], 1.0, "full-agreement"),
        ([[1, 2, 2], [1, 2, 1]], 4 / 9, "fewer-than-5-units"),
    ],
)
def test_what_cannot_be_known_has_a_reason(data: list[list[float]], alpha: float | None, reason: str) -> None:
    """The last by hand: observed 1/3; three 1s and three 2s: expected 2·9/30 = 3/5; 1 − (1/3)/(3/5) = 4/9."""
    found = krippendorff_alpha(np.array(data), "nominal", seed=1)
    assert found.alpha == (None if alpha is None else pytest.approx(alpha))
    assert (found.reason, found.intervals) == (reason, ())


def test_judgements_have_two_dimensions() -> None:
    with pytest.raises(ValueError, match="raters × units"):
        krippendorff_alpha(np.ones(3), "nominal", seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_a_90_percent_interval_holds_the_truth_in_90_percent(level: str) -> None:
    """800 samples of 120 units with three raters out of a finite population, whose alpha is the truth."""
    rng = np.random.default_rng(2)
    target = rng.normal(size=60_000)
    population = np.digitize(0.8 * target + 0.6 * rng.normal(size=(3, 60_000)), (-1, -0.3, 0.4, 1.2)) + 1.0
    truth = krippendorff_alpha(population, level, seed=1, samples=1).alpha  # type: ignore[arg-type]
    held = 0
    for seed in range(800):
        sample = population[:, rng.integers(0, 60_000, 120)]
        found = krippendorff_alpha(sample, level, seed=seed, coverages=(0.9,), samples=400)  # type: ignore[arg-type]
        held += found.intervals[0].low <= truth <= found.intervals[0].high
    assert 0.88 <= held / 800 <= 0.92
