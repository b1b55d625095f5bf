"""How often 90 % intervals of kappa and Krippendorff's alpha hold the truth: tables in docs/measurement.md.

    python -m benchmarks.agreement_coverage

Run it from the repository; a minute or two. Simulated with fixed seeds: raters see a normal trait with error
(loading .8) and choose among five options; the truth is the figure of 60,000 units of the kind.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assess.measurement.kappa import WEIGHTS, Weights, kappas_of
from assess.measurement.krippendorff import Bootstrap, Level, krippendorff_alpha
from assess.scoring.precision import Floats, interval_quantile

INTERVAL = 0.90
LOADING = 0.8
CUTS = (-1.0, -0.3, 0.4, 1.2)
POPULATION = 60_000
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")
BOOTSTRAPS: tuple[Bootstrap, ...] = ("units", "pairs")


def main() -> None:
    print("| pairs | " + " | ".join(WEIGHTS) + " |\n|---|---|---|---|")
    population = judgements(2)
    for pairs in (10, 20, 30, 50, 100, 200):
        print(f"| {pairs} | " + " | ".join(f"{kappa_held(population, w, pairs):.2f}" for w in WEIGHTS) + " |")
    print("\n| raters × units | " + " | ".join(f"{b}: {lv}" for b in BOOTSTRAPS for lv in LEVELS) + " |")
    print("|---" * 7 + "|")
    for raters, units in ((2, 10), (2, 20), (2, 50), (2, 100), (3, 20), (3, 50), (3, 100), (8, 20), (8, 50)):
        cells = [alpha_held(raters, units, level, how) for how in BOOTSTRAPS for level in LEVELS]
        print(f"| {raters} × {units} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |", flush=True)


def judgements(raters: int) -> Floats:
    """Raters × units, 1–5."""
    rng = np.random.default_rng(2)
    trait = rng.normal(size=POPULATION)
    seen = LOADING * trait + (1 - LOADING**2) ** 0.5 * rng.normal(size=(raters, POPULATION))
    return np.asarray(np.digitize(seen, CUTS) + 1.0)


def kappa_held(population: Floats, weights: Weights, pairs: int, samples: int = 20_000) -> float:
    """The share of samples whose interval holds the population's kappa; one without an interval does not."""
    cells = table_of(population)
    (truth, _, _, _) = kappas_of(cells, weights)
    drawn = np.random.default_rng(5).multinomial(pairs, cells.ravel() / cells.sum(), samples)
    kappa, error, _, _ = kappas_of(drawn.reshape(-1, *cells.shape), weights)
    return float((np.abs(kappa - truth) <= interval_quantile(INTERVAL) * error).mean())


def table_of(population: Floats) -> npt.NDArray[np.int64]:
    options = len(CUTS) + 1
    flat = (population[0] - 1) * options + population[1] - 1
    return np.bincount(flat.astype(np.int64), minlength=options**2).reshape(options, options)


def alpha_held(raters: int, units: int, level: Level, how: Bootstrap, samples: int = 500) -> float:
    population = judgements(raters)
    truth = krippendorff_alpha(population, level, seed=1, samples=1).alpha
    assert truth is not None
    rng = np.random.default_rng(units)
    held = 0
    for seed in range(samples):
        found = krippendorff_alpha(
            population[:, rng.integers(0, POPULATION, units)],
            level,
            seed=seed,
            coverages=(INTERVAL,),
            bootstrap=how,
            samples=400,
        )
        held += any(interval.low <= truth <= interval.high for interval in found.intervals)
    return held / samples


if __name__ == "__main__":
    main()
