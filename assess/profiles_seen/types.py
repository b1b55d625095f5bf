"""What may be seen of people over all waves: the values of this room. All frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.answering.types import JobArea, Person
from assess.measurement.profile_change import NotComparableReason, ProfileChange
from assess.scoring.results import Profile

View: TypeAlias = Literal["self", "manager"]
"""Whose view of the person a profile is."""
SeenAs: TypeAlias = Literal["oneself", "manager", "coach"]
"""What the viewer is to the person: the person, who rates the person in that wave, or a coach."""
NoChange: TypeAlias = NotComparableReason | Literal["another-manager"]
"""Why there is no change to tell: what the profiles are, or somebody else rates the person now."""

ChangeKey: TypeAlias = tuple[str, str, View]
"""Person id, job area id (empty where there is none), whose view."""


@dataclass(frozen=True, slots=True)
class SeenProfile:
    """One submitted profile that the viewer may see at this moment."""

    person: Person
    """Whom it is about."""
    job_area: JobArea | None
    perspective: View
    task_id: str
    respondent_id: str
    """Who has answered: the person, or who rates the person."""
    seen_as: SeenAs
    for_match: bool
    """Whether the viewer may also set it beside the own leadership style."""
    shared_since: datetime | None
    """Since when the person shares the own view of that wave with the viewer; None: not, or it is the
    viewer's."""
    wave_id: str
    wave_name: str
    opened_at: datetime
    wave_is_over: bool
    content_hash: str
    profile: Profile
    made_at: datetime

    @property
    def area_id(self) -> str:
        """Id of the job area; empty where there is none."""
        return self.job_area.id if self.job_area else ""

    @property
    def key(self) -> ChangeKey:
        return self.person.id, self.area_id, self.perspective


@dataclass(frozen=True, slots=True)
class AreaChange:
    """The newest profile of a person, area and view against that of the wave before which has one.

    `change` is None, with the `reason`, where the two cannot be compared.
    """

    earlier: SeenProfile
    later: SeenProfile
    change: ProfileChange | None
    reason: NoChange | None
