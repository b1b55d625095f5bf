"""Respondents as cells: every unit that is too small goes together with others until no cell is.

Whatever is published is published for unions of whole cells. So two published groups can be subtracted as
often as one likes: what is left is again a union of cells, never fewer people than one cell has.

The rule, from the leaves to the root, siblings in the declared order:

1. A unit without units beneath is a cell when it has enough people, otherwise a rest.
2. In a unit the rests of its children come together in their order, then its own people (its leader …);
   each time there are enough, they are a cell.
3. What is left over of children joins the next sibling that is one cell as a whole, else the one before. Own
   people alone do not: a shop's figures stay the shop's, and leaders come together further up.
4. Whatever has found no company goes one unit up; at the very top into a cell under the nearest unit that
   has one, a cell that spans much before one that does not. So nobody is lost as soon as there are enough
   people at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assess.disclosure.thresholds import group_size


@dataclass(frozen=True, slots=True)
class Cell:
    """Units that are never told apart, in the declared order, and how many people they have together."""

    units: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Group:
    """What is shown for a unit: whole cells, the units that have people in them, and how many people.

    `whole`: every person of the unit and of the units beneath is in it. `own`: it has nobody else.
    """

    unit: str
    cells: tuple[int, ...]
    units: tuple[str, ...]
    people: int
    whole: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Partition:
    """Cells of at least `least` people, and the group of each unit that may be shown one.

    `left_out`: units whose people are in no cell: all of them, when all together are too few; with earlier
    waves also those about whom nothing may be published.
    """

    least: int
    cells: tuple[Cell, ...]
    groups: Mapping[str, Group]
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Rest:
    """People who are too few to be a cell; `home`: the unit that they all belong to or lie beneath."""

    home: str
    units: list[str]
    people: int
    own: bool


@dataclass(slots=True)
class _Draft:
    """A cell that may still grow."""

    units: list[str]
    people: int


@dataclass(slots=True)
class _Found:
    """What a unit hands up: its cells and its rests. `alone`: one cell and nobody else."""

    cells: list[_Draft] = field(default_factory=list)
    rests: list[_Rest] = field(default_factory=list)

    @property
    def alone(self) -> bool:
        return len(self.cells) == 1 and not self.rests


def partition(parents: Mapping[str, str | None], people: Mapping[str, int], least: int) -> Partition:
    """Cells along a tree of units.

    `parents`: unit → the unit above (None at the top), in the declared order. `people`: how many belong to
    the unit itself, not beneath; a unit that is missing has nobody. Time grows with units, not with people.
    Raises `GroupTooSmall`, and `ValueError` for an unknown unit, a negative number or a cycle.
    """
    group_size(least)
    order = _inner_first(parents)
    for unit, count in people.items():
        if unit not in parents or count < 0:
            raise ValueError(f"no number of people of a unit: {unit!r}: {count!r}")
    beneath = children_of(parents)
    found: dict[str | None, _Found] = {}
    for unit in reversed(order):
        found[unit] = _gather(unit, people.get(unit, 0), beneath[unit], found, least)
    top = _gather(None, 0, beneath[None], found, least)
    drafts = top.cells
    left_out = _settle(parents, drafts, top.rests)
    place = {unit: number for number, unit in enumerate(order)}
    cells = [
        Cell(tuple(sorted(draft.units, key=place.__getitem__)), draft.people)
        for draft in sorted(drafts, key=lambda draft: min(place[unit] for unit in draft.units))
    ]
    return of_cells(parents, cells, least, left_out)


def of_cells(
    parents: Mapping[str, str | None],
    cells: Sequence[Cell],
    least: int,
    left_out: Iterable[str] = (),
) -> Partition:
    """The partition with these cells: which group is shown for which unit."""
    under, part_of = _cells_under(parents, cells), _cells_with_people(parents, cells)
    left_out = tuple(left_out)
    lacking = {name for unit in left_out for name in _path(parents, unit)}
    groups = {}
    for unit in parents:
        chosen = under.get(unit) or part_of.get(unit)
        if not chosen:
            continue
        inside = sum(cells[number].people for number in under.get(unit, ()))
        total = sum(cells[number].people for number in chosen)
        groups[unit] = Group(
            unit=unit,
            cells=tuple(chosen),
            units=tuple(name for number in chosen for name in cells[number].units),
            people=total,
            whole=part_of[unit] == chosen and unit not in lacking,
            own=inside == total,
        )
    return Partition(least, tuple(cells), MappingProxyType(groups), left_out)


def children_of(parents: Mapping[str, str | None]) -> dict[str | None, list[str]]:
    """Unit (None: above all) → the units right beneath, in the declared order. Raises `ValueError` where a
    unit lies beneath one that is not there."""
    beneath: dict[str | None, list[str]] = {None: []}
    for unit in parents:
        beneath[unit] = []
    for unit, parent in parents.items():
        if parent not in beneath:
            raise ValueError(f"the unit {unit!r} lies beneath an unknown one: {parent!r}")
        beneath[parent].append(unit)
    return beneath


def _inner_first(parents: Mapping[str, str | None]) -> list[str]:
    """All units, depth first, a unit before those beneath."""
    beneath = children_of(parents)
    order: list[str] = []
    waiting = list(reversed(beneath[None]))
    while waiting:
        unit = waiting.pop()
        order.append(unit)
        waiting.extend(reversed(beneath[unit]))
    if len(order) != len(parents):
        raise ValueError("units lie beneath one another in a ring")
    return order


def _gather(
    unit: str | None,
    own: int,
    children: Sequence[str],
    found: Mapping[str | None, _Found],
    least: int,
) -> _Found:
    """Rules 1 to 4 for one unit (None: above all units), given what its children hand up."""
    result = _Found()
    for child in children:
        result.cells.extend(found[child].cells)
    rests = [rest for child in children for rest in found[child].rests]
    rests.sort(key=lambda rest: rest.own)  # stable: teams in their order, then leaders in theirs
    if own and unit is not None:
        rests.append(_Rest(unit, [unit], own, own=bool(children)))
    waiting: list[_Rest] = []
    count = 0
    for rest in rests:
        waiting.append(rest)
        count += rest.people
        if count >= least:
            result.cells.append(_Draft([name for one in waiting for name in one.units], count))
            waiting, count = [], 0
    teams = [rest for rest in waiting if not rest.own]
    neighbour = _neighbour(children, found, teams) if teams else None
    if neighbour is not None:
        for rest in teams:
            _join(neighbour, rest)
        waiting = [rest for rest in waiting if rest.own]
    result.rests = _handed_up(unit, waiting)
    return result


def _neighbour(
    children: Sequence[str], found: Mapping[str | None, _Found], teams: Sequence[_Rest]
) -> _Draft | None:
    """The cell of the next sibling that is one cell as a whole, else of the one before."""
    places = {id(rest): place for place, child in enumerate(children) for rest in found[child].rests}
    last = max((places.get(id(rest), -1) for rest in teams), default=-1)
    alone = [place for place, child in enumerate(children) if found[child].alone]
    after = [place for place in alone if place > last]
    if not alone:
        return None
    return found[children[after[0] if after else alone[-1]]].cells[0]


def _handed_up(unit: str | None, waiting: list[_Rest]) -> list[_Rest]:
    """What goes one unit up: all of a unit that has nobody else in one, own people and teams together; at
    the very top as it is."""
    if unit is None or len(waiting) < 2:
        return waiting
    return [
        _Rest(
            home=unit,
            units=[name for rest in waiting for name in rest.units],
            people=sum(rest.people for rest in waiting),
            own=all(rest.own for rest in waiting),
        )
    ]


def _settle(parents: Mapping[str, str | None], drafts: list[_Draft], rests: Sequence[_Rest]) -> list[str]:
    """Puts what is left at the very top into a cell under the nearest unit that has one (the first of those
    that have the fewest units above them, where it does the least harm); gives the units that found none."""
    under = _cells_under(parents, drafts) if rests else {}
    above = [len(lowest_above(parents, draft.units)) for draft in drafts] if rests else []
    left_out: list[str] = []
    for rest in rests:
        home: str | None = rest.home
        while home is not None and not under.get(home):
            home = parents[home]
        if not drafts:
            left_out.extend(rest.units)
            continue
        _join(drafts[min(under[home] if home else range(len(drafts)), key=above.__getitem__)], rest)
    return left_out


def _join(draft: _Draft, rest: _Rest) -> None:
    draft.units.extend(rest.units)
    draft.people += rest.people


def _cells_under(parents: Mapping[str, str | None], cells: Sequence[Cell | _Draft]) -> dict[str, list[int]]:
    """Unit → the cells that lie wholly under it."""
    under: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        for unit in lowest_above(parents, cell.units):
            under.setdefault(unit, []).append(number)
    return under


def lowest_above(parents: Mapping[str, str | None], units: Sequence[str]) -> list[str]:
    """The units that have all of `units` beneath them or are them, the lowest first; none where only the
    organisation as a whole does."""
    path = _path(parents, units[0])
    for unit in units[1:]:
        here = set(_path(parents, unit))
        path = [name for name in path if name in here]
    return path


def _path(parents: Mapping[str, str | None], unit: str) -> list[str]:
    path = [unit]
    above = parents[unit]
    while above is not None:
        path.append(above)
        above = parents[above]
    return path


def _cells_with_people(parents: Mapping[str, str | None], cells: Sequence[Cell]) -> dict[str, list[int]]:
    """Unit → the cells that have a unit under it."""
    having: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        seen: set[str] = set()
        for unit in cell.units:
            for name in _path(parents, unit):
                if name in seen:
                    break
                seen.add(name)
                having.setdefault(name, []).append(number)
    return having
