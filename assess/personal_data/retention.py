"""What a wave's deletion date promises: on that day the answers go. Group results stay as published."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assess.errors import NotAllowed, NotFound
from assess.outbox.letters import forget
from assess.people.organisation import zone_of
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import time_text


def is_due(delete_on: date, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the day has begun where the organisation is. 29 February is a day like any other."""
    return now.astimezone(zone).date() >= delete_on


def purge(store: Store, settings: Settings, wave_id: str, now: datetime) -> None:
    """Deletes a wave's tasks, answers, sheets, profiles, shares, documents (also of batches), links, sessions
    and letters; what is done stays done. What measurements and releases were made of is no more, they
    themselves stay.

    Raises `NotFound`, and `NotAllowed` for a wave that is not over or whose deletion date has not come.
    """
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = q.wave_to_purge(id=wave_id)
        if wave is None:
            raise NotFound("There is no such wave.")
        if wave["purged_at"] is not None:
            return
        day = json.loads(wave["plan"] or "{}").get("delete_on")
        zone = zone_of(q, wave["organisation_id"], settings)
        if wave["state"] not in {"closed", "archived"} or not day or not is_due(_day(day), zone, now):
            raise NotAllowed("The wave is not to be deleted yet.")
        for purge_rows in (
            q.purge_documents,
            q.purge_batch_items,
            q.purge_links,
            q.purge_codes,
            q.purge_sessions,
            q.purge_shares,
            q.purge_profiles,
            q.purge_answers,
            q.purge_sheets,
            q.purge_assignments,
            q.purge_tasks,
        ):
            purge_rows(wave_id=wave_id)
        forget(q, wave_id=wave_id)
        q.wave_purged(id=wave_id, now=time_text(now))


def _day(text: str) -> date:
    return date.fromisoformat(text)
