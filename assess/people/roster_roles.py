"""Which role in the job each row asks for: a name, its job areas, or both. Pure."""

from __future__ import annotations

from assess.files.roster import RosterRow
from assess.people.roster_types import Current, Held, JobRole, Role


class Roles:
    """Roles and areas of an organisation; `areas_added` and `roles_added` grow with what rows ask for."""

    def __init__(self, current: Current) -> None:
        self._areas = current.areas
        self._roles = current.roles
        self._area_names: dict[str, str] = {}
        for name, area_id in current.areas.items():
            self._area_names.setdefault(area_id, name)
        self._known = {
            (name.casefold(), role.area_ids) for role in current.roles.values() for name in role.names
        }
        self._new_areas: dict[str, str] = {}
        self._new_roles: dict[tuple[str, frozenset[str]], Role] = {}

    @property
    def areas_added(self) -> tuple[str, ...]:
        return tuple(sorted(self._new_areas.values()))

    @property
    def roles_added(self) -> tuple[Role, ...]:
        return tuple(sorted(self._new_roles.values(), key=lambda role: (role.name, role.areas)))

    def wanted(self, row: RosterRow, job_role_id: str | None) -> Role | None:
        """The role that the row asks for; None where it asks for none, or for the one that the person has."""
        if not row.job_areas and not row.job_role:
            return None
        areas = frozenset(map(self._area, row.job_areas))
        now = self._roles.get(job_role_id or "")
        if now is not None and self._is(now, row, areas):
            return None
        role = Role(row.job_role or ", ".join(sorted(row.job_areas)), tuple(sorted(row.job_areas)))
        same_name = next(
            (known for known in self._known if known[0] == role.name.casefold() and not row.job_areas), None
        )
        if same_name is None and (role.name.casefold(), areas) not in self._known:
            self._new_roles.setdefault((role.name.casefold(), areas), role)
        return role

    def name(self, held: Held | None) -> str | None:
        """What the role of a membership is called."""
        role = self._roles.get(held.job_role_id or "") if held else None
        return role.names[0] if role and role.names else None

    def _is(self, role: JobRole, row: RosterRow, areas: frozenset[str]) -> bool:
        same_name = not row.job_role or row.job_role.casefold() in {name.casefold() for name in role.names}
        return same_name and (not row.job_areas or role.area_ids == areas)

    def _area(self, name: str) -> str:
        """The id of an area, or its name in small letters where it is new."""
        found = self._areas.get(name.casefold())
        if found is not None:
            return found
        self._new_areas.setdefault(name.casefold(), name)
        return name.casefold()
