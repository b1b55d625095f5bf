"""The roster of the bakery chain, as its administrator would upload it: now, and half a year ago. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from assess.demo.staff import AREAS, JOINED, LEFT, MAIL_DOMAIN, MOVED, SPEAKS_ENGLISH, UNITS, UnitInDemo
from questionnaires.definition import LanguageId

_COLUMNS = (
    "enhed",
    "navn",
    "e-mail",
    "medarbejdernummer",
    "sprog",
    "leder",
    "stilling",
    "opgaveområder",
)
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "a", "ö": "o", " ": "."})
_UNITS = {unit.key: unit for unit in UNITS}
_AREA_NAMES = {area.key: area.da for area in AREAS}


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the roster. `number`: the place among all who ever were there, from 0."""

    name: str
    number: int
    unit: UnitInDemo
    leader: str | None
    """The nearest leader's name; nobody leads the first."""

    @property
    def email(self) -> str:
        return email_of(self.name)

    @property
    def employee_number(self) -> str:
        return str(1001 + self.number)

    @property
    def language(self) -> LanguageId:
        return "en" if self.name in SPEAKS_ENGLISH else self.unit.language


def everybody() -> tuple[str, ...]:
    """All who ever were there, in the order in which they came."""
    now = [name for unit in UNITS for name in unit.people]
    return (*(name for name in now if name not in JOINED), *LEFT, *(name for name in now if name in JOINED))


def email_of(name: str) -> str:
    return f"{name.lower().translate(_PLAIN)}@{MAIL_DOMAIN}"


def entries(*, earlier: bool) -> tuple[Entry, ...]:
    """The people as they are now, or as they were half a year ago."""
    numbers = {name: number for number, name in enumerate(everybody())}
    found = []
    for unit in UNITS:
        people = _people_then(unit) if earlier else unit.people
        for name in people:
            above = _UNITS[unit.parent].people[0] if unit.parent else None
            leader = above if name == people[0] else people[0]
            found.append(Entry(name, numbers[name], unit, leader))
    return tuple(found)


def _people_then(unit: UnitInDemo) -> tuple[str, ...]:
    stayed = (name for name in unit.people if name not in JOINED and name not in MOVED)
    others = (name for name, key in (MOVED | LEFT).items() if key == unit.key)
    return (*stayed, *others)


def roster_csv(roster: tuple[Entry, ...]) -> bytes:
    """The file: UTF-8, semicolons, one row a person."""
    numbers = {entry.name: entry.employee_number for entry in roster}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entry in roster:
        is_leader = entry.name == entry.unit.people[0]
        writer.writerow(
            (
                " / ".join(reversed(list(_path(entry.unit)))),
                entry.name,
                entry.email,
                entry.employee_number,
                entry.language,
                numbers[entry.leader] if entry.leader else "",
                entry.unit.jobs[0 if is_leader else 1],
                "; ".join(_AREA_NAMES[key] for key in entry.unit.areas),
            )
        )
    return text.getvalue().encode()


def _path(unit: UnitInDemo) -> Iterator[str]:
    """Names from the unit up to the root."""
    yield unit.name
    if unit.parent:
        yield from _path(_UNITS[unit.parent])
