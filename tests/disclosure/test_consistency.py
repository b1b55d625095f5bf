"""How many people's equations are broken by every choice of the unknowns: against trying everything."""

from __future__ import annotations

from itertools import combinations

import pytest
from attacker import rank
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.disclosure.consistency import MOST_UNKNOWNS, broken_at_least

Equations = dict[tuple[frozenset[int], int], int]


def consistent(rows: list[tuple[frozenset[int], int]]) -> bool:
    """Rouché–Capelli: the right side adds no rank. `rank` reads zeros and ones."""
    unknowns = sorted({name for added, _ in rows for name in added})
    left = [[name in added for name in unknowns] for added, _ in rows]
    whole = [[*row, bool(value)] for row, (_, value) in zip(left, rows, strict=True)]
    return rank(left) == rank(whole)


def fewest_broken(equations: Equations) -> int:
    rows = list(equations)
    best = sum(equations.values())
    for count in range(len(rows) + 1):
        for kept in combinations(rows, count):
            if consistent(list(kept)):
                best = min(best, sum(equations.values()) - sum(equations[row] for row in kept))
    return best


@st.composite
def systems(draw: st.DrawFn) -> Equations:
    added = st.frozensets(st.integers(0, 3), max_size=4)
    rows = draw(st.lists(st.tuples(added, st.integers(0, 1)), min_size=1, max_size=8, unique=True))
    return {row: draw(st.integers(1, 3)) for row in rows}


@settings(max_examples=150, deadline=None)
@given(systems(), st.integers(1, 8))
def test_what_is_found_is_what_trying_everything_finds(equations: Equations, wanted: int) -> None:
    assert broken_at_least(equations, wanted, steps=100_000) == min(wanted, fewest_broken(equations))


@settings(max_examples=100, deadline=None)
@given(systems(), st.integers(0, 20))
def test_with_few_steps_it_is_never_more_than_the_truth(equations: Equations, steps: int) -> None:
    assert broken_at_least(equations, 8, steps) <= fewest_broken(equations)


def test_nothing_must_break_where_there_is_nothing() -> None:
    assert broken_at_least({}, 5, steps=10) == 0


def test_too_many_unknowns_for_the_prime_are_refused() -> None:
    row = (frozenset(range(MOST_UNKNOWNS + 1)), 1)
    with pytest.raises(ValueError, match="37 unknowns"):
        broken_at_least({row: 1}, 5, steps=10)
