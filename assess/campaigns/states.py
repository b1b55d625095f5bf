"""The states of a wave and what each allows; a wave as it was planned. One visible table.

Nothing leads back from "closed": what was published or measured rests on answers that can no longer change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal, TypeAlias

from assess.campaigns.plans import WavePlan, decode
from assess.errors import NotAllowed, NotFound
from assess.rights import Action, Actor, Administration, may
from assess.store.ids import parse_time, parse_time_or_none
from assess.store.queries import Queries

State: TypeAlias = Literal["draft", "testing", "open", "closed", "archived"]
Phase: TypeAlias = Literal["draft", "testing", "waiting", "open", "ended", "closed", "archived"]
"""As people see it: an open wave waits for its opening time, takes answers, or has ended a moment ago."""
Step: TypeAlias = Literal[
    "change",
    "start-testing",
    "add-tester",
    "stop-testing",
    "open",
    "call-back",
    "move-closing",
    "remind",
    "see-response",
    "close",
    "archive",
    "next-wave",
]

STATES: Mapping[Phase, Mapping[Step, State]] = MappingProxyType(
    {
        "draft": MappingProxyType({"change": "draft", "start-testing": "testing", "open": "open"}),
        "testing": MappingProxyType(
            {"change": "testing", "add-tester": "testing", "stop-testing": "draft", "open": "open"}
        ),
        "waiting": MappingProxyType({"call-back": "draft", "move-closing": "open"}),
        "open": MappingProxyType(
            {
                "move-closing": "open",
                "remind": "open",
                "see-response": "open",
                "close": "closed",
                "next-wave": "open",
            }
        ),
        "ended": MappingProxyType({"see-response": "open", "close": "closed", "next-wave": "open"}),
        "closed": MappingProxyType({"see-response": "closed", "archive": "archived", "next-wave": "closed"}),
        "archived": MappingProxyType({"see-response": "archived", "next-wave": "archived"}),
    }
)
"""Phase → what may be done in it → the state afterwards."""


@dataclass(frozen=True, slots=True)
class PlannedWave:
    """One wave of a campaign. Times are aware, in UTC."""

    id: str
    organisation_id: str
    campaign_id: str
    campaign_name: str
    number: int
    name: str
    state: State
    plan: WavePlan
    opens_at: datetime
    closes_at: datetime | None
    filled_at: datetime | None
    """When everybody had last been given what is theirs; None before the first time."""
    closed_at: datetime | None
    purged_at: datetime | None

    def phase(self, now: datetime) -> Phase:
        if self.state != "open":
            return self.state
        if self.opens_at > now:
            return "waiting"
        return "ended" if self.closes_at is not None and self.closes_at <= now else "open"

    def allows(self, step: Step, now: datetime) -> bool:
        return step in STATES[self.phase(now)]

    def require(self, step: Step, now: datetime) -> None:
        """Raises `NotAllowed` for what the table does not allow now."""
        if not self.allows(step, now):
            raise NotAllowed("The wave is in another state by now.", "Look at it again.")


def planned_wave(q: Queries, wave_id: str) -> PlannedWave:
    """Raises `NotFound`, also for a wave from before campaigns."""
    row = q.planned_wave(id=wave_id)
    if row is None:
        raise NotFound("There is no such wave.")
    return wave_of_row(row)


def own_wave(q: Queries, actor: Actor, wave_id: str, action: Action = "run-campaigns") -> PlannedWave:
    """A wave of an organisation in which `actor` may do that; any other is `NotFound`."""
    wave = planned_wave(q, wave_id)
    require(actor, action, wave.organisation_id)
    return wave


def require(actor: Actor, action: Action, organisation_id: str) -> None:
    """Raises `NotFound` for whoever may not."""
    if not may(actor, action, Administration(organisation_id)):
        raise NotFound("There is no such organisation.")


def wave_of_row(row: Mapping[str, str]) -> PlannedWave:
    """From the columns of `planned_wave`."""
    return PlannedWave(
        id=row["id"],
        organisation_id=row["organisation_id"],
        campaign_id=row["campaign_id"],
        campaign_name=row["campaign_name"],
        number=int(row["number"]),
        name=row["name"],
        state=row["state"],  # type: ignore[arg-type]
        plan=decode(row["plan"]),
        opens_at=parse_time(row["opens_at"]),
        closes_at=parse_time_or_none(row["closes_at"]),
        filled_at=parse_time_or_none(row["filled_at"]),
        closed_at=parse_time_or_none(row["closed_at"]),
        purged_at=parse_time_or_none(row["purged_at"]),
    )
