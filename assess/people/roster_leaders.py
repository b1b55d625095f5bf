"""Who leads which unit, by what the rows of a roster say. Pure.

Rows name a person's nearest leader; we keep one leader for each unit. A unit is led by the one of its own
whom the others name; else by the one of its own whom the leaders beneath name; else by whoever from elsewhere
its rows name, unless that one already leads the unit above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assess.files.roster import Path


@dataclass(frozen=True, slots=True)
class Says:
    """What is said about one person: the unit, and the nearest leader ("" = nothing). `weight`: how much it
    counts where two disagree; `row` is for messages."""

    row: int
    who: str
    unit: Path
    leader: str = ""
    weight: int = 1


def leaders_of_units(said: Sequence[Says]) -> dict[Path, str]:
    """The leader of each unit that needs one. Whether all rows agree with that is asked by `nearest`."""
    homes = {one.who: one.unit for one in said}
    named = {one.who: one for one in said}
    rows: dict[Path, list[Says]] = {}
    for one in said:
        rows.setdefault(one.unit, []).append(one)
    units = sorted({unit[:size] for unit in rows for size in range(1, len(unit) + 1)}, key=len)
    children: dict[Path, list[Path]] = {}
    for unit in units:
        children.setdefault(unit[:-1], []).append(unit)

    found: dict[Path, str] = {}
    for unit in reversed(units):
        own = [one for one in rows.get(unit, ()) if homes.get(one.leader) == unit]
        leader = _most(own) or _most(
            one for one in _leaders_beneath(unit, children, found, named) if homes.get(one.leader) == unit
        )
        if leader:
            found[unit] = leader
    for unit in units:
        if unit in found:
            continue
        outer = _most(rows.get(unit, ())) or _most(_leaders_beneath(unit, children, found, named))
        if outer and nearest(found, unit[:-1]) != outer:
            found[unit] = outer
    return found


def nearest(leaders: Mapping[Path, str], unit: Path, who: str = "") -> str:
    """Who leads `who` in a unit: its leader, or else the next one above; "" for nobody."""
    for size in range(len(unit), 0, -1):
        leader = leaders.get(unit[:size], "")
        if leader and leader != who:
            return leader
    return ""


def circles(said: Iterable[Says]) -> list[tuple[Says, ...]]:
    """Rows that lead each other in a circle, each circle once, by row."""
    named = {one.who: one for one in said}
    done: set[str] = set()
    found: list[tuple[Says, ...]] = []
    for start in named:
        way: dict[str, None] = {}
        who = start
        while who in named and who not in done and who not in way:
            way[who] = None
            who = named[who].leader
        if who in way:
            names = list(way)
            circle = [named[one] for one in names[names.index(who) :]]
            found.append(tuple(sorted(circle, key=lambda one: one.row)))
        done.update(way)
    return sorted(found, key=lambda circle: circle[0].row)


def _leaders_beneath(
    unit: Path,
    children: Mapping[Path, Sequence[Path]],
    leaders: Mapping[Path, str],
    named: Mapping[str, Says],
) -> list[Says]:
    """What the leaders of the units right beneath say who belong to those."""
    found = []
    for child in children.get(unit, ()):
        says = named.get(leaders.get(child, ""))
        if says is not None and says.unit == child:
            found.append(says)
    return found


def _most(said: Iterable[Says]) -> str:
    """Who is named with most weight, the first of them at a tie; "" for nobody."""
    votes: dict[str, int] = {}
    for one in said:
        if one.leader and one.leader != one.who:
            votes[one.leader] = votes.get(one.leader, 0) + one.weight
    return max(votes, key=votes.__getitem__) if votes else ""
