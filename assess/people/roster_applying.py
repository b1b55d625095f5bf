"""Writing a plan: from the difference to rows, inside the caller's transaction."""

from __future__ import annotations

import json
from datetime import datetime

from assess.files.roster import Path
from assess.people.old_address import tell_old_address
from assess.people.roster_plan import folded
from assess.people.roster_types import Current, PersonChange, Role, RosterPlan
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId


def write_plan(
    store: Store,
    q: Queries,
    organisation_id: str,
    current: Current,
    plan: RosterPlan,
    language: LanguageId,
    now: datetime,
) -> None:
    """Carries `plan` out, which was made of `current`; `language`: of the names of new job areas."""
    writing = _Writing(store, q, organisation_id, plan, now)
    roles = _write_roles(store, q, organisation_id, current, plan, language, now)
    unit_ids = writing.units()
    people = writing.people()
    writing.memberships(unit_ids, people, roles)
    writing.endings()


class _Writing:
    """One plan on its way into the database."""

    def __init__(
        self, store: Store, q: Queries, organisation_id: str, plan: RosterPlan, now: datetime
    ) -> None:
        self.store, self.q, self.organisation_id, self.plan = store, q, organisation_id, plan
        self.now, self.moment = now, time_text(now)

    def new_id(self) -> str:
        return self.store.new_id(self.now)

    def units(self) -> dict[Path, str]:
        """New units and those that open again; ids by path in small letters."""
        unit_ids = dict(self.plan.unit_ids)
        rows = []
        for path in self.plan.units_added:
            unit_ids[folded(path)] = self.new_id()
            parent_id = unit_ids[folded(path[:-1])] if len(path) > 1 else None
            rows.append(
                {
                    "id": unit_ids[folded(path)],
                    "organisation_id": self.organisation_id,
                    "parent_id": parent_id,
                    "name": path[-1],
                }
            )
        if self.plan.units_back:
            self.q.open_units_again([{"id": one.unit_id} for one in self.plan.units_back])
        if rows:
            self.q.add_units(rows)
        return unit_ids

    def people(self) -> dict[str, str]:
        """New people and changed ones; ids of the new ones by "+row"."""
        new = {f"+{one.row}": self.new_id() for one in self.plan.added}
        added = [
            {"id": new[f"+{one.row}"], "organisation_id": self.organisation_id, **_columns(one)}
            for one in self.plan.added
        ]
        changed = [
            {"id": one.person_id, **_columns(one)}
            for one in self.plan.people
            if one.person_id is not None and (one.fields or one.rejoins)
        ]
        if added:
            self.q.add_people(added)
        if changed:
            self.q.change_people(changed)
        for one in self.plan.people:
            for field in one.fields if one.person_id is not None else ():
                if field.field == "email":
                    tell_old_address(
                        self.store,
                        self.q,
                        str(one.person_id),
                        self.organisation_id,
                        field.before,
                        field.after,
                        self.now,
                    )
        return new

    def memberships(self, unit_ids: dict[Path, str], new: dict[str, str], roles: dict[Role, str]) -> None:
        """Those that end, then those that begin."""
        ends = [held_id for one in self.plan.people for held_id in one.ends]
        ends += [held_id for one in self.plan.leaders for held_id in one.ends]
        if ends:
            self.q.end_memberships([{"id": held_id, "now": self.moment} for held_id in ends])
        rows = [
            self._membership(
                one.person_id or new[f"+{one.row}"],
                unit_ids[folded(one.unit)],
                "member",
                roles[one.role] if one.role else one.job_role_id,
            )
            for one in self.plan.people
            if one.starts
        ]
        rows += [
            self._membership(new.get(one.after, one.after), unit_ids[folded(one.path)], "leader", None)
            for one in self.plan.leaders
            if one.after
        ]
        if rows:
            self.q.add_memberships(rows)

    def endings(self) -> None:
        """Whoever leaves, and units that close."""
        if self.plan.ended:
            people = [{"id": one.person_id, "now": self.moment} for one in self.plan.ended]
            self.q.people_left(people)
            self.q.end_memberships_of_people(people)
            self.q.end_appointments_of_people(people)
            self.q.end_person_sessions_of_people(people)
            self.q.end_sign_in_links_of_people(people)
        if self.plan.units_ended:
            units = [{"id": one.unit_id, "now": self.moment} for one in self.plan.units_ended]
            self.q.end_memberships_in_units(units)
            self.q.end_units(units)

    def _membership(
        self, person_id: str, unit_id: str, role: str, job_role_id: str | None
    ) -> dict[str, str | None]:
        return {
            "id": self.new_id(),
            "person_id": person_id,
            "unit_id": unit_id,
            "role": role,
            "job_role_id": job_role_id,
            "starts_at": self.moment,
        }


def _columns(one: PersonChange) -> dict[str, str | None]:
    return {
        "first_name": one.first_name,
        "name": one.name,
        "email": one.email,
        "employee_number": one.employee_number,
        "language": one.language,
    }


def _write_roles(
    store: Store,
    q: Queries,
    organisation_id: str,
    current: Current,
    plan: RosterPlan,
    language: LanguageId,
    now: datetime,
) -> dict[Role, str]:
    """New job areas and roles; the id of every role that the plan asks for."""
    area_ids = dict(current.areas)
    known: dict[tuple[str, frozenset[str]], str] = {}
    by_name: dict[str, str] = {}
    for role_id, there in sorted(current.roles.items()):
        for name in there.names:
            known.setdefault((name.casefold(), there.area_ids), role_id)
            by_name.setdefault(name.casefold(), role_id)
    areas, roles, links = [], [], []
    for position, name in enumerate(plan.areas_added, len(q.roster_areas(organisation_id=organisation_id))):
        area_ids[name.casefold()] = area_id = store.new_id(now)
        areas.append({"id": area_id, **_named(organisation_id, name, language), "position": position})
    wanted: dict[Role, str] = {}
    for role in dict.fromkeys(one.role for one in plan.people if one.role):
        ids = frozenset(area_ids[name.casefold()] for name in role.areas)
        key = (role.name.casefold(), ids)
        found = known.get(key) if ids else by_name.get(role.name.casefold())
        if found is None:
            found = known[key] = store.new_id(now)
            by_name.setdefault(role.name.casefold(), found)
            roles.append({"id": found, **_named(organisation_id, role.name, language)})
            links += [{"job_role_id": found, "job_area_id": area_id} for area_id in sorted(ids)]
        wanted[role] = found
    for query, rows in ((q.add_job_areas, areas), (q.add_job_roles, roles), (q.add_job_role_areas, links)):
        if rows:
            query(rows)
    return wanted


def _named(organisation_id: str, name: str, language: LanguageId) -> dict[str, str]:
    return {"organisation_id": organisation_id, "names": json.dumps({language: name}, ensure_ascii=False)}
