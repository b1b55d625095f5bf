"""What is said to the respondents of each wave, for the employees' representatives: never who they are.

A plan is discussed with them before it can open: they read it from the first draft on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assess.campaigns.definitions import definition_of
from assess.campaigns.plans import Planned, WavePlan
from assess.campaigns.states import PlannedWave, require, wave_of_row
from assess.errors import NotFound
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none
from assess.store.queries import Queries
from questionnaires.definition import Definition


@dataclass(frozen=True, slots=True)
class ToldWave:
    """A wave as it is announced, or planned. That of one from before campaigns says only what is asked."""

    id: str
    campaign: str
    """Its campaign's name; empty for a wave from before campaigns."""
    name: str
    is_over: bool
    is_planned: bool
    """Not opened yet: what it says may still change."""
    opens_at: datetime
    closes_at: datetime | None
    plan: WavePlan
    definitions: Mapping[str, Definition]
    """By content hash: what the plan names."""


def told_waves(store: Store, actor: Actor, organisation_id: str, now: datetime) -> tuple[ToldWave, ...]:
    """All waves, planned ones first, then the newest. Raises `NotFound` for whoever does not represent
    the organisation's employees."""
    require(actor, "see-notices", organisation_id)
    with store.read() as q:
        planned = {row["id"]: wave_of_row(row) for row in q.planned_waves(organisation_id=organisation_id)}
        opened = q.waves_of_organisation(organisation_id=organisation_id)
        known = {row["id"] for row in opened}
        return (
            *(_planned(q, wave, now) for wave in planned.values() if wave.id not in known),
            *(
                _planned(q, planned[row["id"]], now) if row["id"] in planned else _from_before(q, row, now)
                for row in opened
            ),
        )


def told_wave(store: Store, actor: Actor, organisation_id: str, wave_id: str, now: datetime) -> ToldWave:
    """One of `told_waves`. Raises `NotFound` for every other."""
    found = [wave for wave in told_waves(store, actor, organisation_id, now) if wave.id == wave_id]
    if not found:
        raise NotFound("There is no such wave.")
    return found[0]


def _planned(q: Queries, wave: PlannedWave, now: datetime) -> ToldWave:
    return ToldWave(
        id=wave.id,
        campaign=wave.campaign_name,
        name=wave.name,
        is_over=wave.phase(now) in {"ended", "closed", "archived"},
        is_planned=wave.phase(now) in {"draft", "testing", "waiting"},
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        plan=wave.plan,
        definitions={
            planned.content_hash: definition_of(q, planned.content_hash)
            for planned in wave.plan.questionnaires
        },
    )


def _from_before(q: Queries, row: Mapping[str, str], now: datetime) -> ToldWave:
    hashes = [one["content_hash"] for one in q.questionnaires_of_wave(wave_id=row["id"])]
    definitions = {content_hash: definition_of(q, content_hash) for content_hash in hashes}
    closes_at = parse_time_or_none(row["closes_at"])
    return ToldWave(
        id=row["id"],
        campaign="",
        name=row["name"],
        is_planned=False,
        is_over=row["state"] != "open" or (closes_at is not None and closes_at <= now),
        opens_at=parse_time(row["opens_at"]),
        closes_at=closes_at,
        plan=WavePlan(
            questionnaires=tuple(
                Planned(content_hash, tuple(definition.questionnaire.perspectives))
                for content_hash, definition in definitions.items()
            )
        ),
        definitions=definitions,
    )
