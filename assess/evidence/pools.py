"""The waves of an organisation and how many sheets each has: what there may be figures about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assess.answering.loading import Row, wave_of
from assess.answering.types import Wave
from assess.campaigns.definitions import definition_of
from assess.campaigns.overview import terms_of
from assess.disclosure.thresholds import DEFAULT_GROUP, LEAST_SHEETS
from assess.errors import NotFound
from assess.evidence.errors import Reason
from assess.rights import Action, Actor, Administration, Pool, may
from assess.store import Store
from assess.store.queries import Queries
from questionnaires.definition import Definition, PerspectiveId


@dataclass(frozen=True, slots=True)
class WavePool:
    """One perspective on one questionnaire in one wave, in one form.

    `sheets`: how many have been submitted; None under ten, and of confidential sheets while the wave is open:
    a number that grows tells that somebody has answered. `reason`: why there are no figures; None: there are.
    """

    wave: Wave
    content_hash: str
    definition: Definition
    perspective: PerspectiveId
    short_form: str | None
    sheets: int | None
    reason: Reason | None


def wave_measurements(
    store: Store, actor: Actor, organisation_id: str, now: datetime
) -> tuple[WavePool, ...]:
    """All waves of the organisation with what was asked in them, the newest first.

    Raises `NotFound` for an organisation that the actor does not administer.
    """
    require_administrator(actor, organisation_id)
    with store.read() as q:
        waves = {
            row["id"]: as_wave(row, now) for row in q.waves_of_organisation(organisation_id=organisation_id)
        }
        place = {wave_id: number for number, wave_id in enumerate(waves)}
        rows = sorted(q.pools(organisation_id=organisation_id), key=lambda row: place[row["wave_id"]])
        return tuple(_wave_pool(q, actor, organisation_id, waves[row["wave_id"]], row) for row in rows)


def _wave_pool(q: Queries, actor: Actor, organisation_id: str, wave: Wave, row: Row) -> WavePool:
    definition = definition_of(q, row["content_hash"])
    found = Pool(
        privacy=definition.questionnaire.privacy_of(row["perspective"]),
        perspective=row["perspective"],
        organisation_id=organisation_id,
        sheets=row["sheets"],
        respondents=row["respondents"],
        subjects=row["subjects"],
        wave_closed=wave.is_over,
        least=least_of(q, wave.id),
    )
    is_told = found.sheets >= LEAST_SHEETS and (wave.is_over or found.privacy == "personal")
    return WavePool(
        wave=wave,
        content_hash=row["content_hash"],
        definition=definition,
        perspective=found.perspective,
        short_form=row["short_form"],
        sheets=found.sheets if is_told else None,
        reason=why_not(actor, "see-measurement", found),
    )


def least_of(q: Queries, wave_id: str) -> int:
    """How many people figures of a wave must rest on: what its respondents were told, and never fewer than
    holds everywhere."""
    return max(DEFAULT_GROUP, terms_of(q, wave_id).least)


def why_not(actor: Actor, action: Action, pool: Pool) -> Reason | None:
    """None where the actor may; else what is missing. Raises `NotFound` for somebody else's organisation."""
    if may(actor, action, pool):
        return None
    require_administrator(actor, pool.organisation_id)
    if not pool.wave_closed:
        return "wave-open"
    if pool.sheets < LEAST_SHEETS:
        return "n-under-10"
    return "respondents-under-5" if pool.respondents < pool.least else "subjects-under-5"


def require_administrator(actor: Actor, organisation_id: str) -> None:
    """Raises `NotFound`: whoever does not administer an organisation does not learn that it is there."""
    if not may(actor, "administer", Administration(organisation_id)):
        raise NotFound("There is no such organisation.")


def wave_for(q: Queries, actor: Actor, wave_id: str, content_hash: str, now: datetime) -> tuple[str, Wave]:
    """The organisation's id and a wave that the actor administers and that asks this questionnaire.

    Raises `NotFound` for every other.
    """
    row = q.wave(id=wave_id)
    if row is not None and may(actor, "administer", Administration(row["organisation_id"])):
        asked = {one["content_hash"] for one in q.questionnaires_of_wave(wave_id=wave_id)}
        if content_hash in asked:
            return row["organisation_id"], as_wave(row, now)
    raise NotFound("There is no such wave.")


def as_wave(row: Row, now: datetime) -> Wave:
    return wave_of({**row, "wave_id": row["id"], "wave_name": row["name"]}, now)


def different(ids: Iterable[str]) -> int:
    return len(set(ids))
