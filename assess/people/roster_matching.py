"""Which row is which person: by employee number, else by e-mail address. Pure.

Two employee numbers that differ are two people, even with one address: addresses are given to successors,
and nobody may inherit somebody else's results. Whoever has left is known again by address only under the same
name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assess.files.roster import Roster, RosterRow
from assess.files.roster_faults import Fault
from assess.people.roster_types import Known


@dataclass(frozen=True)
class Matched:
    """`known`: by row of the file; `rows`: by person id. `missing`: who is in no row and belongs to a unit;
    `kept`: those of them who administer. `strangers`: whose address somebody new has."""

    known: Mapping[int, Known]
    rows: Mapping[str, RosterRow]
    missing: tuple[Known, ...]
    kept: tuple[Known, ...]
    strangers: tuple[Known, ...]
    faults: tuple[Fault, ...]


def match_people(people: Iterable[Known], roster: Roster, ends: bool) -> Matched:
    """`ends`: who is in no row leaves, so that their addresses are free."""
    everybody = tuple(people)
    by_number = {known.employee_number: known for known in everybody if known.employee_number}
    found: dict[int, Known] = {}
    for row in roster.rows:
        known = by_number.get(row.employee_number or "")
        if known is not None:
            found.setdefault(row.row, known)
    taken = {known.person_id for known in found.values()}
    by_email: dict[str, list[Known]] = {}
    for known in everybody:
        if known.email and known.person_id not in taken:
            by_email.setdefault(known.email.strip().lower(), []).append(known)
    faults: list[Fault] = []
    strangers: dict[str, Known] = {}
    title = roster.titles.get("email", "email")
    for row in roster.rows:
        if row.row in found or not row.email:
            continue
        same = by_email.get(row.email.lower(), [])
        fitting = [known for known in same if _may_be(known, row)]
        here = [known for known in fitting if not known.has_left] or fitting
        if len(here) > 1:
            faults.append(Fault(row.row, title, "email-shared"))
        elif here and here[0].person_id not in taken:
            found[row.row] = here[0]
            taken.add(here[0].person_id)
        else:
            strangers |= {known.person_id: known for known in same if not known.has_left}
    rows = {known.person_id: row for row in roster.rows if (known := found.get(row.row))}
    away = [known for known in everybody if known.person_id not in rows and not known.has_left]
    if not ends:
        faults += _clashes(away, roster, found, title)
    return Matched(
        known=found,
        rows=rows,
        missing=tuple(known for known in away if known.home and not known.administers),
        kept=tuple(known for known in away if known.home and known.administers) if ends else (),
        strangers=tuple(strangers.values()),
        faults=tuple(faults),
    )


def _may_be(known: Known, row: RosterRow) -> bool:
    """Whether somebody with the row's address may be the row's person."""
    if known.employee_number and row.employee_number and known.employee_number != row.employee_number:
        return False
    return not known.has_left or known.name.casefold() == row.name.casefold()


def _clashes(away: Iterable[Known], roster: Roster, found: Mapping[int, Known], title: str) -> list[Fault]:
    """Rows that would give somebody the address of another who stays."""
    addresses = {known.email.strip().lower() for known in away if known.email}
    return [
        Fault(row.row, title, "key-clash")
        for row in roster.rows
        if row.email
        and row.email.lower() in addresses
        and (row.row not in found or (found[row.row].email or "").lower() != row.email.lower())
    ]
