"""Exact distributions, against counting every case, closed forms, published figures and simulation."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from example_definitions import LEADERSHIP_WEIGHTS

from assess.scoring.situations import flexibility_of
from assess.scoring.style_chance import (
    Distribution,
    Rows,
    flexibility_chance,
    rows_of,
    weight_blind,
    weight_chance,
)

MATRIX: Rows = rows_of((weights, 5) for weights in LEADERSHIP_WEIGHTS.values())
SMALL: Rows = rows_of([((4, 3, 2, 1), 2), ((3, 4, 2, 1), 1), ((1, 2, 3, 9), 2), ((0, -2, 5, 5), 1)])


def every_row(rows: Rows) -> list[tuple[int, ...]]:
    return [weights for weights, size in rows for _ in range(size)]


def moments(sums: Counter[int]) -> tuple[float, float]:
    number = sum(sums.values())
    mean = Fraction(sum(score * times for score, times in sums.items()), number)
    variance = sum((score - mean) ** 2 * times for score, times in sums.items()) / number
    return float(mean), math.sqrt(variance)


def agree(found: Distribution, sums: Counter[int]) -> None:
    mean, sd = moments(sums)
    assert (found.mean, found.sd) == (pytest.approx(mean, abs=1e-12), pytest.approx(sd, abs=1e-12))
    for score in range(min(sums) - 2, max(sums) + 3):
        as_high = sum(times for other, times in sums.items() if other >= score)
        at_least = found.benchmark(score).at_least
        assert at_least == pytest.approx(as_high / sum(sums.values()), abs=1e-14)


# --- flexibility -----------------------------------------------------------------------------------


def test_flexibility_of_twenty_random_choices_has_the_published_figures() -> None:
    chance = flexibility_chance(20).benchmark((6, 6, 4, 4))
    assert chance.mean == pytest.approx(23.93, abs=0.005)
    assert chance.sd == pytest.approx(2.71, abs=0.005)
    # "86 % of them exceed 20": only even numbers occur, so that is 22 or more.
    assert flexibility_chance(20).benchmark((8, 6, 3, 3)).at_least == pytest.approx(0.86, abs=0.005)


def test_the_most_even_use_has_as_many_ways_as_the_multinomial_coefficient() -> None:
    ways = math.factorial(20) // math.factorial(5) ** 4
    assert flexibility_chance(20).benchmark((5, 5, 5, 5)).at_least == ways / 4**20


@pytest.mark.parametrize("answered", [1, 2, 3, 5, 6])
def test_flexibility_agrees_with_counting_every_sheet(answered: int) -> None:
    every = [tuple(sheet.count(style) for style in range(4)) for sheet in product(range(4), repeat=answered)]
    scores = [flexibility_of(counts) for counts in every]
    chance = flexibility_chance(answered)
    assert chance.mean == pytest.approx(np.mean(scores), abs=1e-12)
    assert chance.sd == pytest.approx(np.std(scores), abs=1e-12)
    for counts in set(every):
        as_high = sum(score >= flexibility_of(counts) - 1e-9 for score in scores)
        assert chance.benchmark(counts).at_least == pytest.approx(as_high / len(scores), abs=1e-15)


def test_one_style_throughout_is_the_least_that_chance_can_give() -> None:
    for answered in (1, 4, 18, 20, 60):
        assert flexibility_chance(answered).benchmark((0, answered, 0, 0)).at_least == 1


# --- uniform chance --------------------------------------------------------------------------------


def test_effectiveness_of_random_choices_has_mean_fifty_and_sd_five() -> None:
    chance = weight_chance(MATRIX)
    assert (chance.lowest, chance.lowest + len(chance.upper) - 1) == (20, 80)
    assert (chance.mean, chance.sd) == (50.0, 5.0)
    assert chance.benchmark(20).at_least == 1
    assert chance.benchmark(80).at_least == pytest.approx(0.25**20, rel=1e-12)
    assert chance.benchmark(81).at_least == 0


def test_the_older_instrument_has_the_published_figures_too() -> None:
    # Twelve situations weighing +2 +1 −1 −2: mean 0, SD 5.48, 16 % reach +6 (METHODS §5).
    chance = weight_chance(rows_of([((2, 1, -1, -2), 12)]))
    assert (chance.mean, chance.sd) == (0.0, pytest.approx(math.sqrt(30)))
    assert chance.benchmark(6).at_least == pytest.approx(0.16, abs=0.005)


def test_uniform_chance_agrees_with_counting_every_sheet() -> None:
    agree(weight_chance(SMALL), Counter(sum(choice) for choice in product(*every_row(SMALL))))


# --- the same choices blindly ----------------------------------------------------------------------


@pytest.mark.parametrize("mix", [(2, 2, 1, 1), (6, 0, 0, 0), (0, 3, 0, 3), (1, 0, 4, 1), (0, 0, 0, 6)])
def test_the_blind_benchmark_agrees_with_every_order_of_the_choices(mix: tuple[int, ...]) -> None:
    styles = [style for style, number in enumerate(mix) for _ in range(number)]
    rows = every_row(SMALL)
    sums = Counter(
        sum(row[style] for row, style in zip(rows, order, strict=True)) for order in permutations(styles)
    )
    agree(weight_blind(SMALL, mix), sums)


@pytest.mark.parametrize(
    "rows", [rows_of([((4, 3, 2, 1), 3)]), rows_of([((4, 3, 2, 1), 1), ((1, 1, 1, 5), 6)])]
)
def test_also_with_one_kind_of_situation_or_one_that_outweighs_the_rest(rows: Rows) -> None:
    size = sum(size for _, size in rows)
    mix = (size - 2, 1, 0, 1)
    styles = [style for style, number in enumerate(mix) for _ in range(number)]
    sums = Counter(
        sum(row[style] for row, style in zip(every_row(rows), order, strict=True))
        for order in permutations(styles)
    )
    agree(weight_blind(rows, mix), sums)


@pytest.mark.parametrize("mix", [(5, 5, 5, 5), (4, 6, 6, 4), (1, 12, 6, 1), (0, 10, 10, 0), (3, 2, 1, 14)])
def test_mean_and_spread_of_the_blind_benchmark_have_their_closed_forms(mix: tuple[int, ...]) -> None:
    # Hoeffding 1951: Σ aᵢ_π(i) has mean n·ā and variance Σ dᵢⱼ² / (n − 1), d centred by rows and columns.
    a = np.array([[row[style] for style in range(4) for _ in range(mix[style])] for row in every_row(MATRIX)])
    d = a - a.mean(axis=0) - a.mean(axis=1, keepdims=True) + a.mean()
    found = weight_blind(MATRIX, mix)
    assert found.mean == pytest.approx(20 * a.mean(), abs=1e-12)
    assert found.sd == pytest.approx(math.sqrt((d**2).sum() / 19), abs=1e-12)


def test_the_hand_worked_leader_blindly() -> None:
    # Column means of the matrix 2.25, 3, 2.75, 2: 4·2.25 + 6·3 + 6·2.75 + 4·2.
    assert weight_blind(MATRIX, (4, 6, 6, 4)).mean == pytest.approx(51.5, abs=1e-12)


def test_the_blind_benchmark_agrees_with_shuffling() -> None:
    rng = np.random.default_rng(11)
    rows = np.array(every_row(MATRIX))
    styles = np.repeat(range(4), (4, 7, 6, 3))
    shuffled = rng.permuted(np.tile(styles, (200_000, 1)), axis=1)
    sums = np.take_along_axis(rows[None], shuffled[:, :, None], axis=2).sum(axis=(1, 2))
    found = weight_blind(MATRIX, (4, 7, 6, 3))
    for score in (45, 50, 53, 56, 60, 64):
        expected = found.benchmark(score).at_least
        error = math.sqrt(expected * (1 - expected) / len(sums))
        assert abs((sums >= score).mean() - expected) < 4 * error


def test_over_all_mixes_the_blind_benchmarks_make_up_uniform_chance() -> None:
    # Multinomial(6, ¼) mixes of the conditional distributions give the unconditional one.
    mixes = [mix for mix in product(range(7), repeat=4) if sum(mix) == 6]
    for score in (5, 14, 20, 30):
        whole = sum(
            math.factorial(6)
            / math.prod(math.factorial(used) for used in mix)
            / 4**6
            * weight_blind(SMALL, mix).benchmark(score).at_least
            for mix in mixes
        )
        assert whole == pytest.approx(weight_chance(SMALL).benchmark(score).at_least, abs=1e-12)


def test_one_style_throughout_gives_no_evidence() -> None:
    for style, score in enumerate((45, 60, 55, 40)):
        mix = tuple(20 if other == style else 0 for other in range(4))
        found = weight_blind(MATRIX, mix)
        assert (found.mean, found.sd, found.benchmark(score).at_least) == (score, 0, 1)


def test_every_choice_as_called_for_happens_blindly_in_one_order_of_all() -> None:
    orders = math.factorial(20) // math.factorial(5) ** 4
    found = weight_blind(MATRIX, (5, 5, 5, 5)).benchmark(80)
    assert found.at_least == pytest.approx(1 / orders, rel=1e-12)


def test_a_mix_that_does_not_fill_the_situations_is_refused() -> None:
    with pytest.raises(ValueError, match="19 choices do not fill 20 situations"):
        weight_blind(MATRIX, (19, 0, 0, 0))


def test_rows_without_an_answer_are_left_out_and_equal_rows_are_one() -> None:
    assert rows_of([((1, 2, 3, 4), 2), ((4, 3, 2, 1), 0), ((1, 2, 3, 4), 3)]) == (((1, 2, 3, 4), 5),)
