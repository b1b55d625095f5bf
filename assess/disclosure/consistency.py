"""How many of some linear equations must at least be broken, whatever the unknowns are.

An equation stands for people: its weight is how many have it. The question is asked with a small number in
mind ("at least five?"), and answered by trying: an equation holds, or it is broken and its people count.

Reckoned in whole numbers modulo a prime. Equations of zeros and ones that have a solution in fractions have
one whose denominators divide a determinant of zeros and ones; with at most `MOST_UNKNOWNS` unknowns that is
smaller than the prime (Hadamard: (n + 1)^((n + 1) / 2) / 2^n), so they have one modulo the prime too. The
number that is found is therefore never larger than the true one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PRIME = 2**61 - 1
MOST_UNKNOWNS = 36
"""More unknowns than this could need larger numbers than `PRIME`."""

Key = tuple[tuple[int, int], ...]
"""The unknowns of an equation with their factors, the first of them 1."""


class TooMuchWork(Exception):
    """No answer within the number of steps: to be read as "perhaps none must be broken"."""


@dataclass(slots=True)
class _Steps:
    left: int


def broken_at_least(equations: Mapping[tuple[frozenset[int], int], int], wanted: int, steps: int) -> int:
    """How many people's equations are broken by every choice of the unknowns, counted up to `wanted`.

    `equations`: (unknowns that are added up, the number that must come out) → how many people. An answer
    below `wanted` is exact, or as far as `steps` steps went: never more than the truth. Raises `ValueError`
    for more than `MOST_UNKNOWNS` unknowns.
    """
    unknowns = frozenset(unknown for added, _ in equations for unknown in added)
    if len(unknowns) > MOST_UNKNOWNS:
        raise ValueError(f"{len(unknowns)} unknowns; at most {MOST_UNKNOWNS}")
    start: dict[Key, dict[int, int]] = {}
    for (added, value), people in equations.items():
        _add(start, dict.fromkeys(added, 1), value % PRIME, people)
    budget = _Steps(steps)
    sure = 0
    while sure < wanted:
        try:
            if not _must_break(start, sure + 1, budget):
                break
        except TooMuchWork:
            break
        sure += 1
    return sure


def _add(system: dict[Key, dict[int, int]], factors: Mapping[int, int], value: int, people: int) -> None:
    """Puts an equation in, scaled so that the same ones meet."""
    names = sorted(factors)
    if names:
        first = factors[names[0]]
        scale = 1 if first == 1 else pow(first, -1, PRIME)
        key = tuple((name, factors[name] * scale % PRIME) for name in names)
        value = value * scale % PRIME
    else:
        key = ()
    values = system.setdefault(key, {})
    values[value] = values.get(value, 0) + people


def _must_break(system: Mapping[Key, Mapping[int, int]], wanted: int, budget: _Steps) -> bool:
    """Whether at least `wanted` people's equations are broken by every choice."""
    budget.left -= 1
    if budget.left < 0:
        raise TooMuchWork
    nothing = system.get((), {})
    wanted -= sum(people for value, people in nothing.items() if value)
    # Of equations with the same left side those of one right side can hold.
    disagreeing = sum(sum(values.values()) - max(values.values()) for key, values in system.items() if key)
    if wanted <= disagreeing:
        return True
    open_ones = [
        (people, -len(key), key, value)
        for key, values in system.items()
        if key
        for value, people in values.items()
    ]
    if len({key for _, _, key, _ in open_ones}) <= 1:
        return False
    people, _, key, value = max(open_ones)
    if not _must_break(_with(system, key, value), wanted, budget):
        return False
    return people >= wanted or _must_break(_without(system, key, value), wanted - people, budget)


def _with(system: Mapping[Key, Mapping[int, int]], key: Key, value: int) -> dict[Key, dict[int, int]]:
    """What is left when an equation holds: its first unknown is put in everywhere."""
    name, rest = key[0][0], key[1:]
    result: dict[Key, dict[int, int]] = {}
    for other, values in system.items():
        if not other:
            continue  # counted already
        factors = dict(other)
        factor = factors.pop(name, 0)
        if factor:
            for unknown, times in rest:
                changed = (factors.get(unknown, 0) - factor * times) % PRIME
                if changed:
                    factors[unknown] = changed
                else:
                    factors.pop(unknown, None)
        for right, people in values.items():
            _add(result, factors, (right - factor * value) % PRIME, people)
    return result


def _without(system: Mapping[Key, Mapping[int, int]], key: Key, value: int) -> dict[Key, dict[int, int]]:
    """What is left when an equation is broken and its people are counted."""
    result = {other: dict(values) for other, values in system.items() if other}
    del result[key][value]
    if not result[key]:
        del result[key]
    return result
