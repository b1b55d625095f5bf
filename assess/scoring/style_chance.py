"""What chance would give: exact distributions of flexibility and of the sum of weights.

Two yardsticks. `chance`: each action with probability 1/4. `blind`: the leader's own choices of style,
shuffled over the situations in every possible way, each way alike. The second is the first under the
condition that the styles are used as often as this leader uses them, which is how it is worked out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from assess.scoring.precision import Floats
from assess.scoring.style_results import Benchmark

WeightRow: TypeAlias = tuple[int, ...]
"""The weights of S1, S2, S3, S4 in a situation."""

Rows: TypeAlias = tuple[tuple[WeightRow, int], ...]
"""How many situations were answered with each row of weights, sorted (`rows_of`)."""

Mix: TypeAlias = tuple[int, ...]
"""How often S1, S2, S3, S4 were chosen."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """A distribution of whole numbers. `upper[i]` is the probability of `lowest + i` or more."""

    lowest: int
    upper: Floats
    mean: float
    sd: float

    def benchmark(self, observed: int) -> Benchmark:
        """The distribution beside an observed number."""
        place = max(observed - self.lowest, 0)
        at_least = float(self.upper[place]) if place < len(self.upper) else 0.0
        return Benchmark(mean=self.mean, sd=self.sd, at_least=at_least)


def rows_of(answered: Iterable[tuple[WeightRow, int]]) -> Rows:
    """Rows of weights with the number answered, equal rows together, none without an answer."""
    sizes: dict[WeightRow, int] = {}
    for weights, size in answered:
        if size:
            sizes[weights] = sizes.get(weights, 0) + size
    return tuple(sorted(sizes.items()))


# --- flexibility -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class FlexibilityChance:
    """Flexibility of `answered` uniform choices: mean, SD, and P(as high or higher) by deviation
    Σ|4·count − answered|, which is the smaller the more even the use is."""

    mean: float
    sd: float
    at_least: Mapping[int, float]

    def benchmark(self, counts: Mix) -> Benchmark:
        """The distribution beside the flexibility of these counts."""
        return Benchmark(mean=self.mean, sd=self.sd, at_least=self.at_least[_deviation(counts)])


@lru_cache(maxsize=256)
def flexibility_chance(answered: int) -> FlexibilityChance:
    """The exact distribution under uniform choice, by counting the ways to every use of four styles.

    For 20 choices: mean 23.93, SD 2.71, and 86 % above 20 (METHODS §5). Raises `ZeroDivisionError` for 0.
    """
    ways: dict[int, int] = {}
    for counts in _partitions(answered, 4, answered):
        deviation = _deviation(counts)
        ways[deviation] = ways.get(deviation, 0) + _orders(counts) * _arrangements(counts)
    every = 4**answered
    at_least, as_even = {}, 0
    for deviation in sorted(ways):
        as_even += ways[deviation]
        at_least[deviation] = as_even / every
    scores = {deviation: 30 - 5 * deviation / answered for deviation in ways}
    mean = math.fsum(scores[deviation] * number / every for deviation, number in ways.items())
    squares = ((scores[deviation] - mean) ** 2 * number / every for deviation, number in ways.items())
    return FlexibilityChance(mean=mean, sd=math.sqrt(math.fsum(squares)), at_least=at_least)


def _deviation(counts: Mix) -> int:
    answered = sum(counts)
    return sum(abs(4 * count - answered) for count in counts)


def _partitions(total: int, parts: int, largest: int) -> Iterator[Mix]:
    """The ways to write a total as so many falling numbers from 0 to `largest`."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(min(total, largest), -1, -1):
        if first * parts < total:
            return
        for rest in _partitions(total - first, parts - 1, first):
            yield (first, *rest)


def _orders(counts: Mix) -> int:
    """How many different orders the counts can stand in."""
    return math.factorial(len(counts)) // math.prod(
        math.factorial(counts.count(count)) for count in set(counts)
    )


def _arrangements(counts: Mix) -> int:
    """In how many ways so many choices of each style can be laid over the situations."""
    return math.factorial(sum(counts)) // math.prod(math.factorial(count) for count in counts)


# --- the sum of weights ----------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def weight_chance(rows: Rows) -> Distribution:
    """The sum of weights under uniform choice: the convolution of the situations, one after the other.

    For five situations with each row of the matrix in INSTRUMENTS §2: 20–80, mean 50, SD 5.
    """
    probability = np.ones(1)
    for weights, size in rows:
        lowest = min(weights)
        one = np.bincount([weight - lowest for weight in weights]) / len(weights)
        for _ in range(size):
            probability = np.convolve(probability, one)
    return _distribution(sum(min(weights) * size for weights, size in rows), probability)


@lru_cache(maxsize=8192)
def weight_blind(rows: Rows, mix: Mix) -> Distribution:
    """The sum of weights when the leader's own choices of style fall blindly on the situations (exact).

    Given how often each style is used, every order is alike: the distribution is that of uniform choice
    under the condition of this mix. The situations are taken in two halves; a half's table holds, for each
    way to have used the styles within it, the probability of each sum, and the mix says which ways in the
    one half go with which in the other.
    Raises `ValueError` unless as many styles are chosen as situations are answered.
    """
    size = sum(size for _, size in rows)
    if sum(mix) != size:
        raise ValueError(f"{sum(mix)} choices do not fill {size} situations")
    first, second = _halves(rows)
    one, other = _joint(first), _joint(second)
    room, rest = sum(size for _, size in first), sum(size for _, size in second)
    # Of the first three styles; what is left of a half is the fourth.
    ranges = [(max(0, used - rest), min(used, room)) for used in mix[:3]]
    here = one[tuple(slice(low, high + 1) for low, high in ranges)]
    there = other[
        tuple(slice(used - high, used - low + 1) for used, (low, high) in zip(mix, ranges, strict=False))
    ][::-1, ::-1, ::-1]
    pairs = here.reshape(-1, one.shape[3]).T @ there.reshape(-1, other.shape[3])
    sums = np.add.outer(np.arange(pairs.shape[0]), np.arange(pairs.shape[1]))
    probability = np.asarray(np.bincount(sums.ravel(), pairs.ravel()), np.float64)
    return _distribution(sum(min(weights) * size for weights, size in rows), probability)


def _halves(rows: Rows) -> tuple[Rows, Rows]:
    """Two parts of about the same number of situations, each with whole rows, so that they come again."""
    half = sum(size for _, size in rows) / 2
    cut, before = 0, 0
    while cut < len(rows) and before + rows[cut][1] / 2 <= half:
        before += rows[cut][1]
        cut += 1
    return rows[:cut], rows[cut:]


@lru_cache(maxsize=64)
def _joint(rows: Rows) -> Floats:
    """Joint probability of (uses of S1, of S2, of S3, sum of weights − lowest) under uniform choice.

    The probabilities are whole numbers of ways over a power of 4, so up to 26 situations they are exact.
    """
    size = sum(size for _, size in rows)
    width = sum((max(weights) - min(weights)) * size for weights, size in rows) + 1
    joint = np.zeros((size + 1, size + 1, size + 1, width))
    joint[0, 0, 0, 0] = 1
    for weights in (weights for weights, size in rows for _ in range(size)):
        after = np.zeros_like(joint)
        for style, weight in enumerate(weights):
            above = weight - min(weights)
            used: list[slice] = [slice(None)] * 3
            free: list[slice] = [slice(None)] * 3
            if style < 3:
                used[style], free[style] = slice(1, None), slice(None, -1)
            after[(*used, slice(above, None))] += joint[(*free, slice(None, width - above))] / 4
        joint = after
    joint.flags.writeable = False
    return joint


def _distribution(lowest: int, probability: Floats) -> Distribution:
    """The distribution with these relative probabilities of `lowest`, `lowest` + 1, …"""
    upper = np.cumsum(probability[::-1])[::-1]
    every = upper[0]
    sums = np.arange(lowest, lowest + len(probability))
    mean = math.fsum((sums * probability).tolist()) / every
    variance = math.fsum(((sums - mean) ** 2 * probability).tolist()) / every
    upper = upper / every
    upper.flags.writeable = False
    return Distribution(lowest=lowest, upper=upper, mean=float(mean), sd=math.sqrt(variance))
