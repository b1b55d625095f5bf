"""The difference between a roster and the organisation as we know it. Pure.

People are known again by employee number, else by e-mail address. Nothing is deleted: whoever is missing
ends, whoever moves has one membership that ends and one that begins. Planning again after applying gives
nothing; the order of rows does not matter. What a row leaves empty stays as it is.
"""

from __future__ import annotations

from typing import TypeAlias

from assess.files.roster import Path, Roster, RosterRow
from assess.files.roster_faults import Fault
from assess.people.roster_leaders import Says, circles, leaders_of_units, nearest
from assess.people.roster_matching import Matched, match_people
from assess.people.roster_roles import Roles
from assess.people.roster_types import (
    Current,
    Ended,
    Field,
    FieldChange,
    Held,
    Known,
    LeaderChange,
    PersonChange,
    RosterPlan,
    UnitChange,
)
from questionnaires.definition import LanguageId

_OVER = 1_000_000
"""A row of the file counts more than everybody whom it does not name."""
_SHOWN_IN_CIRCLE = 12

Leaders: TypeAlias = dict[Path, tuple[str, tuple[str, ...]]]
"""By path in small letters: the leader's person id, and ids of the memberships that say so."""


def folded(path: Path) -> Path:
    """A path for comparing: capitals do not count."""
    return tuple(part.casefold() for part in path)


def plan(current: Current, roster: Roster, *, ends: bool = True, language: LanguageId = "da") -> RosterPlan:
    """What applying `roster` would do, with everything that stands against it in `faults`.

    `ends`: whoever is in no row leaves, and units without rows close; else the roster only adds and changes.
    `language`: of new people for whom the roster names none.
    """
    return _Planner(current, roster, ends, language).plan()


class _Planner:
    """The parts of one plan, worked out one after the other."""

    def __init__(self, current: Current, roster: Roster, ends: bool, language: LanguageId) -> None:
        self.current, self.roster, self.ends, self.language = current, roster, ends, language
        self.faults: list[Fault] = []
        self.matched: Matched = match_people(current.people, roster, ends)
        self.roles = Roles(current)
        self.paths: dict[str, Path] = {unit.id: current.tree.path(unit.id) for unit in current.tree}
        self.folded = {unit_id: folded(path) for unit_id, path in self.paths.items()}
        self.names = {known.person_id: known.name for known in current.people}
        self.names |= {self.who(row): row.name for row in roster.rows}
        self.shown: dict[Path, Path] = {}
        """Paths of the roster as they are written first, by path in small letters."""

    def who(self, row: RosterRow) -> str:
        """The id of a row's person, or "+row" of a new one."""
        known = self.matched.known.get(row.row)
        return known.person_id if known else f"+{row.row}"

    def plan(self) -> RosterPlan:
        self.faults += self.matched.faults
        ended = self.matched.missing if self.ends else ()
        gone = {known.person_id for known in ended}
        unit_ids, back, added = self._units()
        closed = self._closed(unit_ids, gone) if self.ends else ()
        now = self._leaders_now()
        wanted = {key: leader for key, (leader, _) in now.items()}
        if "leader" in self.roster.columns:
            wanted = self._named_leaders(wanted)
        leaders = self._leaders(now, wanted, gone, {one.unit_id for one in closed}, unit_ids)
        people = tuple(self._person(row, wanted) for row in self.roster.rows if row.unit and row.name)
        return RosterPlan(
            people=tuple(one for one in people if not one.is_nothing),
            ended=tuple(sorted(map(self._shown, ended), key=lambda one: (one.unit, one.name))),
            kept=tuple(map(self._shown, self.matched.kept)),
            units_added=added,
            units_back=back,
            units_ended=closed,
            unit_ids=unit_ids,
            leaders=leaders,
            areas_added=tuple(self.roles.areas_added),
            roles_added=tuple(self.roles.roles_added),
            strangers=tuple(map(self._shown, self.matched.strangers)),
            rows=len(self.roster.rows),
            faults=tuple(self.faults),
        )

    def _shown(self, known: Known) -> Ended:
        return Ended(known.person_id, known.name, self.paths.get(known.home or "", ()))

    # --- units ---------------------------------------------------------------------------------------

    def _units(self) -> tuple[dict[Path, str], tuple[UnitChange, ...], tuple[Path, ...]]:
        """Ids by path, the closed ones that open again, and the new ones from the top down."""
        tree, known = self.current.tree, dict[Path, str]()
        for unit in sorted(
            tree, key=lambda unit: (len(self.paths[unit.id]), unit.ended_at is not None, unit.id)
        ):
            key, parent_id = self.folded[unit.id], tree.parent(unit.id)
            if parent_id is None or known.get(key[:-1]) == parent_id:
                known.setdefault(key, unit.id)
        for row in self.roster.rows:
            for size in range(1, len(row.unit) + 1):
                self.shown.setdefault(folded(row.unit[:size]), row.unit[:size])
        back = tuple(
            UnitChange(known[key], self.paths[known[key]])
            for key in sorted(self.shown)
            if key in known and tree[known[key]].ended_at is not None
        )
        added = sorted(
            (path for key, path in self.shown.items() if key not in known), key=lambda p: (len(p), p)
        )
        return known, back, tuple(added)

    def _closed(self, unit_ids: dict[Path, str], gone: set[str]) -> tuple[UnitChange, ...]:
        """Open units in which nobody is any more, nor beneath them."""
        tree = self.current.tree
        used = {unit_ids[key] for row in self.roster.rows if (key := folded(row.unit)) in unit_ids}
        for known in self.current.people:
            if known.person_id not in gone and not known.has_left:
                row = self.matched.rows.get(known.person_id)
                stays = row is None or folded(row.unit) == self.folded.get(known.home or "")
                used |= {known.home} if stays and known.home else set()
        alive = {above for unit_id in used for above in tree.above(unit_id)}
        found = (unit for unit in tree if unit.ended_at is None and unit.id not in alive)
        return tuple(sorted((UnitChange(u.id, self.paths[u.id]) for u in found), key=lambda one: one.path))

    # --- people --------------------------------------------------------------------------------------

    def _person(self, row: RosterRow, leaders: dict[Path, str]) -> PersonChange:
        known = self.matched.known.get(row.row)
        if known is None:
            return PersonChange(
                row=row.row,
                person_id=None,
                first_name=row.first_name or row.name.split()[0],
                name=row.name,
                email=row.email,
                employee_number=row.employee_number,
                language=row.language or self.language,
                unit=row.unit,
                starts=True,
                role=self.roles.wanted(row, None),
            )
        fields = self._fields(row, known)
        after: dict[Field, str | None] = {change.field: change.after for change in fields}
        held = known.member_of[0] if known.member_of else None
        role = self.roles.wanted(row, held.job_role_id if held else None)
        if role is not None:
            fields.append(FieldChange("job_role", self.roles.name(held), role.name))
        here = known.home is not None and self.folded[known.home] == folded(row.unit)
        # Whoever belongs to a unit only by leading it would belong nowhere when another leads it.
        only_leads = held is None and leaders.get(folded(row.unit)) != known.person_id
        moves = not here or role is not None or known.has_left or only_leads
        return PersonChange(
            row=row.row,
            person_id=known.person_id,
            first_name=after.get("first_name") or known.first_name,
            name=after.get("name") or known.name,
            email=after.get("email", known.email),
            employee_number=after.get("employee_number", known.employee_number),
            language=row.language or known.language,
            unit=self.paths[known.home] if here and known.home else row.unit,
            old_unit=self.paths[known.home] if known.home else (),
            fields=tuple(fields),
            rejoins=known.has_left,
            ends=(held.id,) if moves and held and not known.has_left else (),
            starts=moves,
            role=role,
            job_role_id=held.job_role_id if held else None,
        )

    def _fields(self, row: RosterRow, known: Known) -> list[FieldChange]:
        """What the row says differently; the first name only where the whole name changes, or is told."""
        first_name = row.first_name or (row.name.split()[0] if row.name != known.name else "")
        pairs: tuple[tuple[Field, str | None, str | None], ...] = (
            ("name", known.name, row.name),
            ("first_name", known.first_name, first_name),
            ("email", known.email, row.email),
            ("employee_number", known.employee_number, row.employee_number),
            ("language", known.language, row.language),
        )
        return [
            FieldChange(field, before, after)
            for field, before, after in pairs
            if after and not _is_same(field, before, after)
        ]

    # --- leaders -------------------------------------------------------------------------------------

    def _leaders(
        self,
        now: Leaders,
        wanted: dict[Path, str],
        gone: set[str],
        closed: set[str],
        unit_ids: dict[Path, str],
    ) -> tuple[LeaderChange, ...]:
        """Another leader for each unit where the rows say so. Those who leave and the leaders of units that
        close end with them."""
        changes = []
        for key in sorted(wanted.keys() | now.keys()):
            before, ids = now.get(key, ("", ()))
            after = wanted.get(key, "")
            ends_anyway = unit_ids.get(key) in closed or (before in gone and not after)
            if after != before and not ends_anyway:
                path = self.paths[unit_ids[key]] if key in unit_ids else self.shown.get(key, key)
                names = self.names.get(before, ""), self.names.get(after, "")
                changes.append(LeaderChange(path, *names, after, ids))
        return tuple(changes)

    def _leaders_now(self) -> Leaders:
        """The leaders in force: the newest of a unit, with all memberships that say so."""
        held: list[tuple[Held, str]] = [
            (one, known.person_id)
            for known in self.current.people
            if not known.has_left
            for one in known.leads
        ]
        found: Leaders = {}
        for one, person_id in sorted(held, key=lambda pair: pair[0].id):
            key = self.folded[one.unit_id]
            found[key] = person_id, (*found.get(key, ("", ()))[1], one.id)
        return found

    def _named_leaders(self, now: dict[Path, str]) -> dict[Path, str]:
        """The leaders that the rows name, each fault with its row."""
        said = self._said()
        wanted = leaders_of_units([*said, *(() if self.ends else self._others(now))])
        leading = {one.who: one for one in said}
        in_circle = set()
        for circle in circles(said):
            rows = [str(one.row) for one in circle]
            shown = ", ".join(rows[:_SHOWN_IN_CIRCLE]) + (" …" if len(rows) > _SHOWN_IN_CIRCLE else "")
            self._tell(circle[0].row, "leader-cycle", rows=shown)
            in_circle |= {one.who for one in circle}
        for one in said:
            if not one.leader or one.who in in_circle:
                continue
            there = nearest(wanted, one.unit, one.who)
            if there != one.leader and there not in in_circle:
                row = leading.get(there)
                name = self.names.get(there, "–")
                self._tell(one.row, "two-leaders", leader=f"{name} ({row.row})" if row else name)
        if self.ends:
            return wanted
        touched = {one.unit[:size] for one in said for size in (len(one.unit), len(one.unit) - 1) if size}
        return now | {key: who for key, who in wanted.items() if key in touched}

    def _said(self) -> list[Says]:
        """What the rows say, as far as their leaders are known."""
        by_key = self._keys()
        said = []
        for row in self.roster.rows:
            who, leader = self.who(row), by_key.get(row.leader, "") if row.leader else ""
            if row.leader and not leader:
                self._tell(row.row, "leader-unknown", value=row.leader[:60])
            elif leader == who:
                self._tell(row.row, "leader-self")
                leader = ""
            if row.unit:
                said.append(Says(row.row, who, folded(row.unit), leader, _OVER))
        return said

    def _keys(self) -> dict[str, str]:
        """Who is meant by a number or an address: people of the roster, and where nobody ends all others."""
        found: dict[str, str] = {}
        if not self.ends:
            for known in self.current.people:
                if not known.has_left:
                    keys = (known.employee_number, (known.email or "").lower())
                    found |= {key: known.person_id for key in keys if key}
        return found | {key: self.who(row) for row in self.roster.rows for key in row.keys}

    def _others(self, now: dict[Path, str]) -> list[Says]:
        """Where only some people are in the roster: what holds of the others."""
        return [
            Says(0, known.person_id, unit, nearest(now, unit, known.person_id))
            for known in self.current.people
            if not known.has_left and known.home and known.person_id not in self.matched.rows
            for unit in (self.folded[known.home],)
        ]

    def _tell(self, row: int, what: str, **values: object) -> None:
        title = self.roster.titles.get("leader", "leader")
        self.faults.append(Fault(row, title, what, values))


def _is_same(field: Field, before: str | None, after: str) -> bool:
    """Capitals in an address are no change."""
    return before == after or (field == "email" and (before or "").lower() == after.lower())
