"""The values of a talk brief: what one viewer may read of a talk at one moment. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from assess.answering.types import JobArea, Organisation
from assess.profiles_seen.types import AreaChange, SeenProfile, View
from assess.scoring.results import Comparison
from assess.scoring.style_results import Match
from assess.talks.types import Agreement, Preparation, Talk
from questionnaires.definition import Definition
from questionnaires.question_bank import QuestionPattern

Reader: TypeAlias = Literal["holder", "person", "shown", "both"]
"""Who reads: whoever holds the talk, the person, somebody to whom the person shows it (a coach, the new
manager), or the two at one screen."""


@dataclass(frozen=True, slots=True)
class BriefArea:
    """One job area in one wave, the newest of which anything may be seen. At least one of the views is there.

    `comparison` (self − manager) is there where both are. `changes`: since the wave before, by view.
    `match`: the manager's own leadership style beside it, for the manager alone.
    """

    job_area: JobArea | None
    definition: Definition
    wave_name: str
    own: SeenProfile | None
    manager: SeenProfile | None
    comparison: Comparison | None
    changes: Mapping[View, AreaChange]
    match: Match | None = None

    @property
    def area_id(self) -> str:
        """Id of the job area; empty where there is none."""
        return self.job_area.id if self.job_area else ""


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """A question of the bank in the reader's language, and why it is here. `scale` is None and `area_id`
    empty where it is about the talk as a whole."""

    id: str
    pattern: QuestionPattern
    text: str
    why: str
    scale: str | None
    area_id: str


@dataclass(frozen=True, slots=True)
class PastAgreements:
    """What was agreed in an earlier talk: of the last one everything, of those before what is still live."""

    held_on: datetime
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class TalkBrief:
    """A talk brief. Only what its reader may see at this moment is in it.

    `person_texts`, `holder_texts`: what the two have prepared; the other's only when both are ready. `note`:
    the reader's own working note, only for whoever holds the talk. `agreed`: agreements of this talk.
    `zone`: of the organisation; `today`: the day there by which agreements are overdue.
    """

    talk: Talk
    organisation: Organisation
    reader: Reader
    zone: ZoneInfo
    today: date
    areas: tuple[BriefArea, ...]
    questions: tuple[BriefQuestion, ...]
    person_texts: Preparation | None
    holder_texts: Preparation | None
    past: tuple[PastAgreements, ...]
    agreed: tuple[Agreement, ...]
    note: str
