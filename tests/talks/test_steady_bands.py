"""A band does not tell of the few who come and go: every case of small groups is tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product

import pytest

from assess.talks.steady_bands import Made, steady

LEAST = 5


def subsets(people: tuple[str, ...]) -> Iterator[frozenset[str]]:
    return (
        frozenset(one)
        for one in chain.from_iterable(combinations(people, size) for size in range(len(people) + 1))
    )


def shown(people: frozenset[str], having: frozenset[str], *before: Made) -> Made:
    return steady(before, people, having, LEAST)


@pytest.mark.parametrize("size", [5, 6, 7, 8, 11])
@pytest.mark.parametrize("movers", [1, 2, 3])
@pytest.mark.parametrize("direction", ["leave", "come", "both"])
def test_whatever_those_have_who_come_or_go_the_same_is_shown_while_nobody_else_changes(
    size: int, movers: int, direction: str
) -> None:
    """For each number among those who stay: every combination of what the movers have looks alike afterwards,
    given that it looked alike before."""
    staying = tuple(f"stays {number}" for number in range(size))
    moving = tuple(f"moves {number}" for number in range(movers))
    leaving = moving if direction == "leave" else moving[:1] if direction == "both" else ()
    coming = tuple(one for one in moving if one not in leaving)
    before, after = frozenset(staying + leaving), frozenset(staying + coming)
    for number in range(size + 1):
        stay_having = frozenset(staying[:number])
        seen: dict[tuple[int, int], set[tuple[int, int]]] = {}
        for moving_having in subsets(moving):
            having = stay_having | moving_having
            first = shown(before, having)
            seen.setdefault(first.band, set()).add(shown(after, having, first).band)
        assert all(len(bands) == 1 for bands in seen.values()), (number, seen)
        assert all(bands == {band} for band, bands in seen.items()), "the band stays as it was"


def test_an_administrator_cannot_take_one_out_again_and_again() -> None:
    """Out, in, out …: what is shown never leaves the band that was made of all of them."""
    people = frozenset("abcdefgh")
    for having in subsets(tuple(sorted(people))):
        base = made = shown(people, having)
        for out in ("a", "", "b", "a", ""):
            made = shown(people - {out}, having, made)
            assert made == base


def pairs(size: int, *, mover_has: bool, steadily: bool) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    """What can be seen before and after one has left a group of `size`, over all that the others have."""
    staying = tuple(f"stays {number}" for number in range(size - 1))
    everybody = frozenset((*staying, "mover"))
    found = set()
    for number in range(size):
        having = frozenset(staying[:number]) | ({"mover"} if mover_has else set())
        first = shown(everybody, having)
        before = (first,) if steadily else ()
        found.add((first.band, shown(frozenset(staying), having, *before).band))
    return found


@pytest.mark.parametrize("size", range(6, 40))
def test_nothing_that_can_be_seen_is_seen_of_one_who_has_a_talk_only_or_of_one_who_has_none_only(
    size: int,
) -> None:
    with_talk, without = (pairs(size, mover_has=has, steadily=True) for has in (True, False))
    assert with_talk == without


def test_without_the_rule_it_would_be() -> None:
    telling = [
        size
        for size in range(6, 40)
        if pairs(size, mover_has=True, steadily=False) != pairs(size, mover_has=False, steadily=False)
    ]
    assert len(telling) > 20


def test_what_many_do_shows() -> None:
    people = frozenset(f"p{number}" for number in range(20))
    made = shown(people, frozenset())
    assert made.band == (0, 20)
    assert shown(people, people, made).band == (80, 100), "the same people, who all have one now"
    fewer = people - {"p0"}
    assert shown(fewer, people, made).band == (80, 100), "one has left, and far more has changed than that"


def test_when_as_many_have_come_and_gone_as_a_group_must_have_it_is_made_anew() -> None:
    people = frozenset(f"p{number}" for number in range(10))
    having = frozenset(sorted(people)[:4])
    made = shown(people, having)
    four = people | {f"new {number}" for number in range(4)}
    five = people | {f"new {number}" for number in range(5)}
    everybody = having | four | five
    assert shown(four, having, made) == made
    assert shown(five, everybody - people, made).people == five


def test_those_who_moved_before_count_with_those_who_move_now() -> None:
    """The band is compared with the people that it was made of, not with those of last week: one more each
    week would else change it in small steps that tell."""
    people = tuple(f"p{number}" for number in range(11))
    for number, gone in product(range(12), range(1, 5)):
        having = frozenset(people[:number])
        base = made = shown(frozenset(people), having)
        for week in range(1, gone + 1):
            made = shown(frozenset(people[week:]), having, made)
        assert made == base


@pytest.mark.parametrize("size", range(5, 60))
def test_every_band_stands_for_three_numbers_at_least(size: int) -> None:
    people = [f"p{number}" for number in range(size)]
    bands: dict[tuple[int, int], int] = {}
    for number in range(size + 1):
        band = shown(frozenset(people), frozenset(people[:number])).band
        bands[band] = bands.get(band, 0) + 1
    assert min(bands.values()) >= 3


def test_of_nobody_there_is_no_share() -> None:
    with pytest.raises(ValueError, match="people"):
        steady((), frozenset(), frozenset(), LEAST)
