"""The organisation as the planner needs it, out of the database, with a mark that changes when it does."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from assess.people.organisation import unit_tree
from assess.people.roster_types import Current, Held, JobRole, Known
from assess.store.queries import Queries


def made_of(q: Queries, organisation_id: str) -> str:
    """SHA-256 of everything that a plan rests on."""
    return _digest(_rows(q, organisation_id))


def current_organisation(q: Queries, organisation_id: str) -> tuple[Current, str]:
    """The organisation now, and `made_of` it."""
    rows = _rows(q, organisation_id)
    held: dict[tuple[str, str], list[Held]] = {}
    for row in rows["memberships"]:
        one = Held(row["id"], row["unit_id"], row["job_role_id"])
        held.setdefault((row["person_id"], row["role"]), []).append(one)
    people = tuple(
        Known(
            person_id=row["id"],
            first_name=row["first_name"],
            name=row["name"],
            email=row["email"],
            employee_number=row["employee_number"],
            language=row["language"],
            has_left=row["left_at"] is not None,
            administers=bool(row["administers"]),
            member_of=tuple(held.get((row["id"], "member"), ())),
            leads=tuple(held.get((row["id"], "leader"), ())),
        )
        for row in rows["people"]
    )
    current = Current(unit_tree(q, organisation_id), people, _areas(rows["areas"]), _roles(rows["roles"]))
    return current, _digest(rows)


def _rows(q: Queries, organisation_id: str) -> dict[str, list[dict[str, Any]]]:
    return {
        "units": q.units(organisation_id=organisation_id),
        "people": q.roster_people(organisation_id=organisation_id),
        "memberships": q.roster_memberships(organisation_id=organisation_id),
        "areas": q.roster_areas(organisation_id=organisation_id),
        "roles": q.roster_roles(organisation_id=organisation_id),
    }


def _digest(rows: dict[str, list[dict[str, Any]]]) -> str:
    text = json.dumps({name: [list(row.values()) for row in found] for name, found in rows.items()})
    return hashlib.sha256(text.encode()).hexdigest()


def _areas(rows: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if row["retired_at"] is None:
            for name in json.loads(row["names"]).values():
                found.setdefault(name.casefold(), row["id"])
    return found


def _roles(rows: list[dict[str, Any]]) -> dict[str, JobRole]:
    areas: dict[str, set[str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for row in rows:
        names[row["id"]] = tuple(json.loads(row["names"]).values())
        areas.setdefault(row["id"], set()).update([row["job_area_id"]] if row["job_area_id"] else [])
    return {role_id: JobRole(found, frozenset(areas[role_id])) for role_id, found in names.items()}
