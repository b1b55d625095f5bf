"""A team as its leader may see it at one moment: the values of this room. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, TypeAlias

from assess.answering.types import JobArea, Organisation, Person
from assess.measurement.change import Verdict
from assess.personal_data.own import OwnTask
from assess.personal_data.team import SharedWithMe, WaveProgress
from assess.profiles_seen.types import AreaChange, SeenProfile, View
from assess.releases.figures import Trend
from assess.scoring.comparison import needs_differ
from assess.scoring.results import Comparison
from assess.scoring.style_results import Match
from questionnaires.definition import Definition, LevelId

ThingKind: TypeAlias = Literal[
    "rate",
    "overdue-agreement",
    "views-differ",
    "over-leading",
    "under-leading",
    "fell",
    "plan-talk",
    "practise-style",
    "answer-style",
    "team-facet",
]
ColumnSource: TypeAlias = Literal["release", "ratings"]


# --- what the room of talks knows ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NextTalk:
    """A planned talk of the leader with a person."""

    talk_id: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """What talks, a room above, tell about the people whom the actor leads. Alphabetical.

    `without_talk`: nobody has held a talk with them for a year, and none is planned. `overdue`: an agreement
    of a talk that the actor holds is overdue. `next_talks`: by person id. `held`: when the newest talk that
    was held with a person began, by id.
    """

    without_talk: tuple[Person, ...] = ()
    overdue: tuple[Person, ...] = ()
    next_talks: Mapping[str, NextTalk] = field(default_factory=lambda: MappingProxyType({}))
    held: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))


NO_TALKS = TalkFacts()


# --- people ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonArea:
    """One person in one job area, from the newest wave in which the leader may see anything of it.

    `manager` is the leader's own rating, `own` the person's view where it may be seen: both of one wave.
    `comparison` is there where both are; differences are own minus manager. `match`: beside the leader's own
    style. `change` of the leader's ratings, `own_change` of the person's own view.
    """

    job_area: JobArea | None
    manager: SeenProfile | None
    own: SeenProfile | None
    comparison: Comparison | None
    match: Match | None
    change: AreaChange | None
    own_change: AreaChange | None
    task_id: str | None = None
    """The leader's task about the person in the wave of what is shown: its result page holds this area."""

    @property
    def area_id(self) -> str:
        """Id of the job area; empty where there is none."""
        return self.job_area.id if self.job_area else ""

    @property
    def wave_id(self) -> str:
        """Id of the wave that what is shown is of."""
        return next((one.wave_id for one in (self.manager, self.own) if one is not None), "")

    @property
    def views_differ(self) -> bool:
        """Whether the two views probably mean different levels: the one rule for the picture, the list, files
        and things to do. False where one view is missing or has no level."""
        own, manager = (one.profile if one is not None else None for one in (self.own, self.manager))
        return needs_differ(self.comparison, own, manager)


@dataclass(frozen=True, slots=True)
class TeamPerson:
    """`unit`: name of the unit where the person is at home; empty for nobody's member. `task_id`: the
    leader's own task about the person, whose result page is the way to everything that may be seen."""

    person: Person
    unit: str
    areas: tuple[PersonArea, ...]
    task_id: str | None
    next_talk: NextTalk | None


@dataclass(frozen=True, slots=True)
class Expected:
    """How many person-areas are to be expected at each level: the sums of the probabilities, which together
    make `total`, the number of profiles with a level."""

    perspective: View
    counts: Mapping[LevelId, float]
    total: int


# --- the team as a group ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FacetCell:
    """One scale of a group, under the rules of releases: `mean` with its interval, or `band`, or neither.

    `spread` (SD) and `agreement` (r_wg(j), in steps of 0.1) are told from ten people on. `agrees` is None
    where nothing is known of it; False: the views differ, and there is no mean to call the group's.
    """

    scale_id: str
    mean: float | None
    band: tuple[float, float] | None
    low: float | None
    high: float | None
    spread: float | None
    agreement: float | None
    agrees: bool | None
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One group. "release": what its people say about themselves, as published, under `release_id` and
    `unit_id`; "ratings": the leader's own ratings.

    `units`: names of the units that the group is made of. `whole`: everybody of `unit` who has answered is in
    it; `own`: nobody else is. `same_people`: nobody has come or gone since the trend's other end; None: there
    is no trend. `came`, `left`: how many have, where that is told.
    """

    source: ColumnSource
    unit: str
    units: tuple[str, ...]
    wave: str
    people: int
    cells: tuple[FacetCell, ...]
    whole: bool
    own: bool
    same_people: bool | None
    came: int | None
    left: int | None
    compared_wave: str | None = None
    release_id: str | None = None
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class TeamScaleChange:
    """Mean change of the same people on one scale, in steps of 0.1, the interval rounded outwards.

    `difference` is None where a mean lies at an end of the scale; `verdict` "real": the interval leaves out
    nought.
    """

    scale_id: str
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class TeamChange:
    """Change of the leader's own ratings between two waves: of the `people` rated in both, in the same job
    areas. `came`: rated now only, `left`: rated then only; None where these are some, fewer than a group."""

    earlier_wave: str
    later_wave: str
    people: int
    came: int | None
    left: int | None
    scales: tuple[TeamScaleChange, ...]


# --- three things to do ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do, chosen by `three_things.RULES`. `values` by kind: see there. `people` alphabetical."""

    kind: ThingKind
    people: tuple[Person, ...] = ()
    job_area: JobArea | None = None
    values: Mapping[str, str | int | float] = field(default_factory=lambda: MappingProxyType({}))


# --- all of it -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamProfile:
    """The team page as values. `job_area_id` is the filter: it holds for people, not for groups.

    `units`: the highest units that the actor leads. `definition`: of the newest questionnaire with levels;
    None where nothing is rated or shared. `people` alphabetical; `others`: members of the own units of whom
    nothing may be seen, whatever the reason. `has_style`: the leader has answered about the own style.
    """

    organisation: Organisation
    units: tuple[str, ...]
    made_on: datetime
    job_areas: tuple[JobArea, ...]
    job_area_id: str | None
    definition: Definition | None
    people: tuple[TeamPerson, ...]
    others: int
    expected: tuple[Expected, ...]
    facets: tuple[FacetColumn, ...]
    team_change: TeamChange | None
    things: tuple[Thing, ...]
    has_style: bool
    progress: tuple[WaveProgress, ...]
    to_rate: tuple[OwnTask, ...]
    shared: tuple[SharedWithMe, ...]
    newest_wave: str = ""
    """Id of the newest wave of which anything is shown: a person and job area may be of an older one."""
    style_at: datetime | None = None
    """When the leader answered about the own style, the newest time: by that the matches are."""
