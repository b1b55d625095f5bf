"""The tree of units, and who leads whom in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal, TypeAlias

from questionnaires.definition import LanguageId

MembershipRole: TypeAlias = Literal["leader", "member"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the tree; `ended_at` (UTC) of one that is closed. It stays, so that the past can be told."""

    id: str
    name: str
    parent_id: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One real person at one moment. `unit_id` is the home unit, `role` the role there."""

    person_id: str
    unit_id: str
    role: MembershipRole
    job_role_id: str | None
    first_name: str
    name: str
    email: str | None
    employee_number: str | None
    language: LanguageId


@dataclass(frozen=True)
class UnitTree:
    """Units by id, in the order in which they came. A unit whose parent is not among them is a root.

    An unknown id raises `KeyError`. Whatever the data say, no walk goes round in a circle.
    """

    units: Mapping[str, Unit]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> UnitTree:
        return cls({unit.id: unit for unit in units})

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units.values())

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self.units

    def __getitem__(self, unit_id: str) -> Unit:
        return self.units[unit_id]

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Ids of the units that have nothing above them."""
        return tuple(unit.id for unit in self if self.parent(unit.id) is None)

    def parent(self, unit_id: str) -> str | None:
        """The unit right above; None for a root."""
        parent_id = self.units[unit_id].parent_id
        return parent_id if parent_id in self.units else None

    def children(self, unit_id: str) -> tuple[str, ...]:
        """Ids of the units right beneath."""
        self.units[unit_id]
        return self._children.get(unit_id, ())

    def above(self, unit_id: str) -> tuple[str, ...]:
        """The unit itself, the one above it, and so on to the root."""
        self.units[unit_id]
        found: dict[str, None] = {}
        place: str | None = unit_id
        while place is not None and place not in found:
            found[place] = None
            place = self.parent(place)
        return tuple(found)

    def below(self, unit_id: str) -> tuple[str, ...]:
        """The unit itself and everything beneath it, depth first."""
        self.units[unit_id]
        found: dict[str, None] = {}
        waiting = [unit_id]
        while waiting:
            place = waiting.pop()
            if place not in found:
                found[place] = None
                waiting += reversed(self.children(place))
        return tuple(found)

    def path(self, unit_id: str) -> tuple[str, ...]:
        """Names from the root to the unit."""
        return tuple(self.units[place].name for place in reversed(self.above(unit_id)))

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for unit in self:
            parent_id = self.parent(unit.id)
            if parent_id is not None:
                found.setdefault(parent_id, []).append(unit.id)
        return {unit_id: tuple(children) for unit_id, children in found.items()}


def nearest_leader(tree: UnitTree, leaders: Mapping[str, str], person_id: str, unit_id: str) -> str | None:
    """Who leads a person that belongs to a unit: the leader of the unit; for that leader the one of the unit
    above, and so on up the tree; None where nobody does.

    `leaders`: person id by unit id. Raises `KeyError` for a unit that is not in the tree.
    """
    for place in tree.above(unit_id):
        leader = leaders.get(place)
        if leader is not None and leader != person_id:
            return leader
    return None
