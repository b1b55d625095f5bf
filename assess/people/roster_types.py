"""What a roster is compared with, and the difference that comes out. Pure, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from assess.files.roster import Path
from assess.files.roster_faults import Fault
from assess.people.tree import UnitTree
from questionnaires.definition import LanguageId

Field: TypeAlias = Literal["name", "first_name", "email", "employee_number", "language", "job_role"]


@dataclass(frozen=True, slots=True)
class Held:
    """A membership in force."""

    id: str
    unit_id: str
    job_role_id: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the organisation as we know it. `member_of`: the home unit first."""

    person_id: str
    first_name: str
    name: str
    email: str | None
    employee_number: str | None
    language: LanguageId
    has_left: bool = False
    administers: bool = False
    member_of: tuple[Held, ...] = ()
    leads: tuple[Held, ...] = ()

    @property
    def home(self) -> str | None:
        """The unit that the person belongs to."""
        held = self.member_of or self.leads
        return held[0].unit_id if held else None


@dataclass(frozen=True, slots=True)
class JobRole:
    """A role in the job: what it is called in each language, and ids of its job areas."""

    names: tuple[str, ...]
    area_ids: frozenset[str]


@dataclass(frozen=True)
class Current:
    """An organisation now. `tree` has the closed units too; `areas`: id of a job area by each of its names in
    small letters."""

    tree: UnitTree
    people: tuple[Known, ...]
    areas: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, JobRole] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """A role that the roster asks for: its name, and the names of its areas."""

    name: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: Field
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What happens to one person of the roster; the values are those afterwards."""

    row: int
    person_id: str | None
    """None: new."""
    first_name: str
    name: str
    email: str | None
    employee_number: str | None
    language: LanguageId
    unit: Path
    old_unit: Path = ()
    fields: tuple[FieldChange, ...] = ()
    rejoins: bool = False
    ends: tuple[str, ...] = ()
    """Ids of memberships that end."""
    starts: bool = False
    """A membership in `unit` begins."""
    role: Role | None = None
    """The role of that membership; None: `job_role_id`."""
    job_role_id: str | None = None

    @property
    def moves(self) -> bool:
        return (
            self.person_id is not None
            and not self.rejoins
            and bool(self.starts and self.old_unit != self.unit)
        )

    @property
    def is_nothing(self) -> bool:
        return self.person_id is not None and not (self.fields or self.rejoins or self.ends or self.starts)


@dataclass(frozen=True, slots=True)
class Ended:
    """Somebody who is in no row and leaves, or stays although in no row."""

    person_id: str
    name: str
    unit: Path


@dataclass(frozen=True, slots=True)
class UnitChange:
    unit_id: str
    path: Path


@dataclass(frozen=True, slots=True)
class LeaderChange:
    """Another leader of a unit. `after`: a person's id, or the row of a new one as "+row"; "" = nobody."""

    path: Path
    before_name: str
    after_name: str
    after: str
    ends: tuple[str, ...]
    """Ids of memberships that end."""


@dataclass(frozen=True)
class RosterPlan:
    """The difference between a roster and what we know."""

    people: tuple[PersonChange, ...] = ()
    """By row; only those to whom something happens."""
    ended: tuple[Ended, ...] = ()
    kept: tuple[Ended, ...] = ()
    """Administrators who are in no row: they are never ended by a roster."""
    units_added: tuple[Path, ...] = ()
    """From the top down."""
    units_back: tuple[UnitChange, ...] = ()
    units_ended: tuple[UnitChange, ...] = ()
    unit_ids: Mapping[Path, str] = field(default_factory=dict)
    """Ids of the units that there are, by path in small letters."""
    leaders: tuple[LeaderChange, ...] = ()
    areas_added: tuple[str, ...] = ()
    roles_added: tuple[Role, ...] = ()
    strangers: tuple[Ended, ...] = ()
    """People whose e-mail address a new person has, with another employee number."""
    rows: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def added(self) -> tuple[PersonChange, ...]:
        return tuple(one for one in self.people if one.person_id is None)

    @property
    def rejoined(self) -> tuple[PersonChange, ...]:
        return tuple(one for one in self.people if one.rejoins)

    @property
    def moved(self) -> tuple[PersonChange, ...]:
        return tuple(one for one in self.people if one.moves)

    @property
    def changed(self) -> tuple[PersonChange, ...]:
        """Those whose name, contact, language or job is different now."""
        return tuple(one for one in self.people if one.person_id is not None and one.fields)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would happen."""
        return not (
            self.people
            or self.ended
            or self.units_added
            or self.units_back
            or self.units_ended
            or self.leaders
            or self.areas_added
        )
