"""The recommendation score: METHODS' worked examples, published intervals, exact coverage."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.measurement.recommendation import (
    LIMITS,
    METHODS,
    Method,
    Recommendation,
    recommendation,
    recommendation_difference,
)
from benchmarks.recommendation import coverage_of


def answers(detractors: int, passives: int, promoters: int) -> np.ndarray:
    """Positions of that many zeros, sevens and tens."""
    return np.repeat([1, 8, 11], [detractors, passives, promoters])


def test_which_answers_are_promoters_passives_and_detractors() -> None:
    """0–6, 7–8, 9–10; mean of 0…10 is 5."""
    found = recommendation(np.append(np.arange(1, 12), 0))
    assert (found.detractors, found.passives, found.promoters, found.missing) == (7, 2, 2, 1)
    assert (found.score, found.mean) == (pytest.approx(100 * (2 - 7) / 11), 5)
    assert found.distribution == (1,) * 11


@pytest.mark.parametrize(
    ("counts", "score", "adjusted", "by_score"),
    [
        ((10, 30, 60), 50, (35.5, 61.6), (35.6, 61.9)),
        ((11, 5, 14), 10, (-21.3, 39.5), (-22.0, 39.9)),
    ],
)
def test_worked_examples(
    counts: tuple[int, int, int],
    score: float,
    adjusted: tuple[float, float],
    by_score: tuple[float, float],
) -> None:
    """95 %; measuringu.com (Sauro & Lewis) for the adjusted Wald (Rocks 2016): 35.5–61.6 and −21 to +40;
    Tango's (1998) 35.6–61.9. SE of the first by hand: √((.7 − .25)/100) = 6.71 points."""
    for method, expected in zip(METHODS, (adjusted, by_score), strict=True):
        found = recommendation(answers(*counts), method=method, coverages=(0.95,))
        assert found.score == pytest.approx(score)
        assert (found.intervals[0].low, found.intervals[0].high) == pytest.approx(expected, abs=0.06)
    if counts == (10, 30, 60):
        assert found.se == pytest.approx(6.7082, abs=1e-4)


def test_the_adjusted_interval_by_hand() -> None:
    """Twelve promoters: 12.75 and 0.75 of 15: centre .8, variance (.9 − .64)/15, 1.6449·.13166 = .21656."""
    found = recommendation(answers(0, 0, 12), method="adjusted-wald", coverages=(0.90,))
    assert (found.intervals[0].low, found.intervals[0].high) == pytest.approx((58.344, 100), abs=1e-3)


@pytest.mark.parametrize(("counts", "low", "high"), [((0, 0, 12), 63.204, 100), ((12, 0, 0), -100, -63.204)])
def test_all_of_one_mind_still_has_an_interval(counts: tuple[int, int, int], low: float, high: float) -> None:
    """Wilson's by hand, for nobody is in between: (n − z²)/(n + z²) = (12 − 2.7055)/(12 + 2.7055)."""
    found = recommendation(answers(*counts), coverages=(0.90,))
    assert found.variance == 0
    assert (found.intervals[0].low, found.intervals[0].high) == pytest.approx((low, high), abs=1e-3)


def test_two_groups() -> None:
    """60/30/10 of 100 against 14/5/11 of 30: 40 points, 95 % 5.0–75.0, p .025."""
    found = recommendation_difference(
        recommendation(answers(11, 5, 14)), recommendation(answers(10, 30, 60)), (0.95,)
    )
    assert found.difference == pytest.approx(40)
    assert (found.intervals[0].low, found.intervals[0].high) == pytest.approx((4.97, 75.03), abs=0.01)
    assert found.p == pytest.approx(0.0252, abs=1e-4)


def test_a_difference_without_anything_to_go_by() -> None:
    none, all_alike = recommendation(np.zeros(3, np.int64)), recommendation(answers(0, 0, 9))
    assert recommendation_difference(none, all_alike).reason == "no-answers"
    assert recommendation_difference(all_alike, all_alike).reason == "no-variation"


def test_of_a_known_population_only_the_rest_is_uncertain() -> None:
    """By hand: 100 of 200 answered: SE · √(100/199); all of 100: none left."""
    some = recommendation(answers(10, 30, 60), population=200)
    assert some.se == pytest.approx(6.7082 * (100 / 199) ** 0.5, abs=1e-4)
    everybody = recommendation(answers(10, 30, 60), population=100)
    assert everybody.se == 0
    assert (everybody.intervals[0].low, everybody.intervals[0].high) == pytest.approx((50, 50))


def test_few_answers_are_said_to_be_few() -> None:
    assert recommendation(answers(3, 3, 3)).reason == "under-10"
    assert recommendation(answers(3, 3, 4)).reason is None
    nothing = recommendation(np.zeros(2, np.int64))
    assert (nothing.score, nothing.intervals, nothing.reason, nothing.missing) == (None, (), "no-answers", 2)


@pytest.mark.parametrize("positions", [[12], [-1]])
def test_other_answers_are_refused(positions: list[int]) -> None:
    with pytest.raises(ValueError, match="position from 1 to 11"):
        recommendation(np.array(positions))


def test_more_answers_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot come from 2"):
        recommendation(answers(1, 1, 1), population=2)


@given(st.tuples(*[st.integers(0, 40)] * 3).filter(lambda counts: sum(counts) > 0))
def test_the_interval_holds_the_score_and_is_a_mirror_image(counts: tuple[int, int, int]) -> None:
    found = recommendation(answers(*counts))
    mirrored = recommendation(answers(*counts[::-1]))
    assert found.score is not None
    for interval, other in zip(found.intervals, mirrored.intervals, strict=True):
        assert -100 <= interval.low <= found.score + 1e-9
        assert found.score - 1e-9 <= interval.high <= 100
        assert interval.low == pytest.approx(-other.high, abs=1e-6)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Recommendation) == found


@pytest.mark.parametrize("method", METHODS)
def test_an_interval_ends_where_a_score_test_or_wald_says(method: Method) -> None:
    """Arrays and single counts are the same calculation."""
    low, high = LIMITS[method](np.array([1, 5]), np.array([4, 5]), 12, 0.90)
    for place, counts in enumerate(((1, 7, 4), (5, 2, 5))):
        interval = recommendation(answers(*counts), method=method).intervals[0]
        assert (interval.low, interval.high) == pytest.approx((low[place], high[place]))


@pytest.mark.parametrize(
    ("method", "n", "least", "most"),
    [
        ("score", 5, 0.84, 1.00),
        ("score", 10, 0.87, 1.00),
        ("score", 30, 0.88, 0.95),
        ("score", 50, 0.88, 0.92),
        ("score", 200, 0.88, 0.92),
        ("adjusted-wald", 5, 0.81, 1.00),
        ("adjusted-wald", 30, 0.88, 0.98),
        ("adjusted-wald", 100, 0.88, 0.925),
    ],
)
def test_coverage_of_90_percent_intervals(method: Method, n: int, least: float, most: float) -> None:
    """Exact, over 171 pairs of true shares: the table in docs/measurement.md."""
    held, _ = coverage_of(method, n, 0.90)
    assert least - 0.005 <= held.min()
    assert held.max() <= most + 0.005
