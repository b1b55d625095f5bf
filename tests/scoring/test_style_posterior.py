from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import betainc

from assess.scoring.style_posterior import PRIOR, leading_interval, most_used, outweighs, share_interval


@pytest.mark.parametrize(
    ("count", "possible", "low", "high"),
    # Brown, Cai & DasGupta 2001, table 5: Jeffreys limits at 95 %, to three decimals.
    [(1, 7, 0.016, 0.501), (2, 7, 0.065, 0.648), (3, 7, 0.139, 0.766)],
)
def test_a_leading_interval_is_jeffreys_interval(count: int, possible: int, low: float, high: float) -> None:
    found = leading_interval(count, possible, 0.95)
    assert found == (pytest.approx(low, abs=0.0006), pytest.approx(high, abs=0.0006))


def test_a_share_has_the_marginal_of_the_dirichlet_distribution() -> None:
    # 8 of 20, four styles with ½ each: Beta(8.5, 13.5).
    low, high = share_interval(8, 20, 4, 0.90)
    assert betainc(8.5, 13.5, low) == pytest.approx(0.05)
    assert betainc(8.5, 13.5, high) == pytest.approx(0.95)


def test_never_and_always_reach_the_ends() -> None:
    assert share_interval(0, 20, 4, 0.9)[0] == 0
    assert share_interval(20, 20, 4, 0.9)[1] == 1
    assert leading_interval(0, 15, 0.9)[0] == 0
    assert leading_interval(15, 15, 0.9)[1] == 1


@pytest.mark.parametrize("answered", [1, 3, 5, 9, 12, 15, 20, 100])
def test_the_share_itself_is_always_inside(answered: int) -> None:
    for styles in (2, 4):
        for count in range(answered + 1):
            low, high = share_interval(count, answered, styles, 0.9)
            assert 0 <= low <= count / answered <= high <= 1


def test_of_two_styles_the_more_used_one_follows_from_the_beta_distribution() -> None:
    for one, other in ((7, 3), (0, 5), (12, 8), (20, 0), (250, 231)):
        expected = 1 - betainc(one + PRIOR, other + PRIOR, 0.5)
        assert most_used((one, other))[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("counts", [(8, 7, 3, 2), (5, 5, 5, 5), (6, 6, 4, 4), (0, 0, 1, 19), (9, 8, 3, 0)])
def test_the_most_used_style_agrees_with_simulation(counts: tuple[int, ...]) -> None:
    rng = np.random.default_rng(8)
    shares = rng.dirichlet(np.array(counts) + PRIOR, 100_000)
    simulated = np.bincount(shares.argmax(axis=1), minlength=4) / len(shares)
    for found, expected in zip(most_used(counts), simulated, strict=True):
        assert abs(found - expected) < 4 * max(np.sqrt(found * (1 - found) / len(shares)), 1e-5)


def test_probabilities_of_the_most_used_style_sum_to_one_and_are_alike_for_ties() -> None:
    found = most_used((3, 8, 3, 6))
    assert sum(found) == pytest.approx(1, abs=1e-15)
    assert found[0] == found[2]
    assert most_used((5, 5, 5, 5)) == (0.25,) * 4
    assert most_used((0, 0, 0, 0)) == (0.25,) * 4
    assert found[1] == most_used((8, 6, 3, 3))[0]


def test_a_lead_of_one_answer_is_no_finding() -> None:
    assert max(most_used((6, 5, 5, 4))) < 0.5


def test_simulated_shares_are_covered_at_the_level_of_the_interval() -> None:
    rng = np.random.default_rng(12)
    true = rng.dirichlet([PRIOR] * 4, 20_000)
    counts = rng.multinomial(20, true)
    bounds = np.array([share_interval(count, 20, 4, 0.90) for count in range(21)])[counts]
    covered = (bounds[..., 0] <= true) & (true <= bounds[..., 1])
    assert 0.88 <= covered.mean() <= 0.92


def test_simulated_cells_of_a_row_are_covered_by_the_posterior_of_the_row() -> None:
    rng = np.random.default_rng(13)
    true = rng.dirichlet([PRIOR] * 4, 20_000)
    counts = rng.multinomial(5, true)
    low, high = stats.beta.ppf([[[0.05]], [[0.95]]], counts + PRIOR, 5 - counts + 3 * PRIOR)
    covered = (low <= true) & (true <= high)
    assert 0.88 <= covered.mean() <= 0.92


def test_which_tendency_is_larger_is_the_probability_of_two_independent_posteriors() -> None:
    # Ten of fifteen against five of fifteen, by seeded draws from Beta(10.5, 5.5) and Beta(5.5, 10.5).
    draws = np.random.default_rng(7)
    drawn = (draws.beta(10.5, 5.5, 400_000) > draws.beta(5.5, 10.5, 400_000)).mean()
    assert outweighs(10, 15, 5, 15) == pytest.approx(drawn, abs=0.002)
    assert outweighs(4, 15, 4, 15) == pytest.approx(0.5, abs=1e-6)
    assert outweighs(10, 15, 5, 15) + outweighs(5, 15, 10, 15) == pytest.approx(1, abs=1e-4)
