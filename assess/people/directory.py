"""The organisation as an administrator looks it up: a unit with what is beneath, a search, one person.

Contact data and memberships only: nothing here knows whether anybody has answered, or what.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.people.appointments import Role, appointments_of
from assess.people.changing import Contact
from assess.people.managed import managed_person, require
from assess.people.organisation import leaders, unit_tree
from assess.people.tree import MembershipRole, UnitTree
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in a list. `unit`: the path of the home unit, root first."""

    id: str
    name: str
    email: str | None = None
    employee_number: str | None = None
    leads: bool = False
    has_left: bool = False
    unit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a list; `people`: how many belong to it and to everything beneath."""

    id: str
    name: str
    people: int
    units: int
    leader: Somebody | None


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit, or the top of the organisation. `above`: (id, name) from the root to the unit itself."""

    above: tuple[tuple[str, str], ...]
    units: tuple[UnitLine, ...]
    people: tuple[Somebody, ...]
    leader: Somebody | None
    total: int

    @property
    def name(self) -> str:
        return self.above[-1][1] if self.above else ""


@dataclass(frozen=True, slots=True)
class Found:
    """The first people of a search, and how many there are."""

    people: tuple[Somebody, ...]
    count: int


@dataclass(frozen=True, slots=True)
class MembershipLine:
    id: str
    unit: tuple[str, ...]
    role: MembershipRole
    job_role: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: who it is, where since when, and what it may do. `history`: newest first."""

    id: str
    contact: Contact
    left_at: datetime | None
    history: tuple[MembershipLine, ...]
    roles: frozenset[Role]
    administers: bool


def unit_page(
    store: Store, actor: Actor, organisation_id: str, unit_id: str | None, language: LanguageId, now: datetime
) -> UnitPage:
    """One level of the tree, in the order of the alphabet. Raises `NotFound`."""
    require(actor, "manage-people", organisation_id)
    at = time_text(now)
    with store.read() as q:
        tree = unit_tree(q, organisation_id, now)
        if unit_id is not None and unit_id not in tree:
            raise NotFound("There is no such unit.")
        counts = {
            row["unit_id"]: row["people"] for row in q.people_by_unit(organisation_id=organisation_id, at=at)
        }
        led_by = leaders(q, organisation_id, now)
        shown = tree.children(unit_id) if unit_id else tree.roots
        names = {
            one: q.person(id=led_by[one])["name"]
            for one in (*shown, *filter(None, [unit_id]))
            if one in led_by
        }
        rows = q.people_in_unit(unit_id=unit_id, at=at) if unit_id else []

    def line(one: str) -> UnitLine:
        beneath = tree.below(one)
        people = sum(counts.get(place, 0) for place in beneath)
        return UnitLine(one, tree[one].name, people, len(beneath) - 1, leader(one))

    def leader(one: str) -> Somebody | None:
        return Somebody(led_by[one], names[one], leads=True) if one in names else None

    units = sorted(map(line, shown), key=lambda one: place_in_alphabet(one.name, language))
    people = [
        Somebody(row["id"], row["name"], row["email"], row["employee_number"], bool(row["leads"]))
        for row in rows
    ]
    people.sort(key=lambda one: (not one.leads, place_in_alphabet(one.name, language)))
    inside = tree.below(unit_id) if unit_id else tuple(counts)
    return UnitPage(
        above=tuple((one, tree[one].name) for one in reversed(tree.above(unit_id))) if unit_id else (),
        units=tuple(units),
        people=tuple(people),
        leader=leader(unit_id) if unit_id else None,
        total=sum(counts.get(one, 0) for one in inside),
    )


def search(
    store: Store, actor: Actor, organisation_id: str, text: str, language: LanguageId, now: datetime
) -> Found:
    """People whose name, address or number has every word of `text`; also those who have left. Raises
    `NotFound`."""
    require(actor, "manage-people", organisation_id)
    words = text.casefold().split()
    with store.read() as q:
        rows = [
            row
            for row in q.roster_people(organisation_id=organisation_id)
            if words and all(word in _searched(row) for word in words)
        ]
        rows.sort(key=lambda row: (row["left_at"] is not None, place_in_alphabet(row["name"], language)))
        tree = unit_tree(q, organisation_id)
        people = tuple(
            Somebody(
                row["id"],
                row["name"],
                row["email"],
                row["employee_number"],
                has_left=row["left_at"] is not None,
                unit=_home(q, tree, row["id"], now),
            )
            for row in rows[:MOST_FOUND]
        )
    return Found(people, len(rows))


def person_page(
    store: Store, actor: Actor, organisation_id: str, person_id: str, language: LanguageId
) -> PersonPage:
    """One person of the organisation. Raises `NotFound`."""
    with store.read() as q:
        row = managed_person(q, actor, "manage-people", organisation_id, person_id)
        tree = unit_tree(q, organisation_id)
        history = q.person_history(person_id=person_id)
        held = appointments_of(q, person_id)
        administers = any(
            one["organisation_id"] == organisation_id for one in q.administered_by(person_id=person_id)
        )
    return PersonPage(
        id=person_id,
        contact=Contact(
            row["first_name"], row["name"], row["email"], row["employee_number"], row["language"]
        ),
        left_at=parse_time_or_none(row["left_at"]),
        history=tuple(
            MembershipLine(
                id=one["id"],
                unit=tree.path(one["unit_id"]) if one["unit_id"] in tree else (),
                role=one["role"],
                job_role=_job_role(one["job_role"], language),
                starts_at=parse_time(one["starts_at"]),
                ends_at=parse_time_or_none(one["ends_at"]),
            )
            for one in history
        ),
        roles=frozenset(role for role, places in held.items() if organisation_id in places),
        administers=administers,
    )


def open_units(
    store: Store, actor: Actor, organisation_id: str, language: LanguageId, now: datetime
) -> tuple[tuple[str, str], ...]:
    """(id, whole path) of every open unit, to choose from. Raises `NotFound`."""
    require(actor, "manage-people", organisation_id)
    with store.read() as q:
        tree = unit_tree(q, organisation_id, now)
    found = [(unit.id, " / ".join(tree.path(unit.id))) for unit in tree]
    return tuple(sorted(found, key=lambda one: place_in_alphabet(one[1], language)))


def _searched(row: dict[str, str | None]) -> str:
    return " ".join(row[key] or "" for key in ("name", "email", "employee_number")).casefold()


def _home(q: Queries, tree: UnitTree, person_id: str, now: datetime) -> tuple[str, ...]:
    homes = q.homes_of(person_id=person_id, at=time_text(now))
    return tree.path(homes[0]["unit_id"]) if homes and homes[0]["unit_id"] in tree else ()


def _job_role(names: str | None, language: LanguageId) -> str:
    if names is None:
        return ""
    found: dict[str, str] = json.loads(names)
    return found.get(language) or next(iter(found.values()))
