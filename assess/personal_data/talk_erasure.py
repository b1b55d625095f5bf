"""Erasing what talks keep: whole talks, and one person's part in the talks of others.

Talks are a room above; only their rows are known here. See `docs/decisions/0015-talks.md`.
"""

from __future__ import annotations

from datetime import datetime

from assess.store.ids import time_text
from assess.store.queries import Queries


def erase_talks_of(q: Queries, person_id: str, now: datetime) -> None:
    """Everything of the talks about a person. Of those that the person held or was shown: what the person
    wrote alone; agreements stay, for they are the other's, without the name."""
    nothing = {"before_held": "", "before_cancelled": "", "before_left": ""}
    for row in q.talks_to_erase(person_id=person_id, **nothing):
        erase_talk(q, row["id"])
    for erase_rows in (
        q.erase_talk_links_of,
        q.erase_talk_notes_of,
        q.erase_talk_preparations_of,
        q.erase_talk_shares_with,
        q.erase_who_wrote_agreements,
        q.erase_who_set_status,
    ):
        erase_rows(person_id=person_id)
    q.cancel_planned_talks_of_holder(person_id=person_id, now=time_text(now))


def erase_talk(q: Queries, talk_id: str) -> None:
    """One talk with everything that hangs on it; nobody knows any more that there was one, but the log."""
    q.lock_talk(id=talk_id)
    q.erase_batch_items(subject=talk_id)
    for erase_rows in (
        q.erase_talk_sessions,
        q.erase_talk_links,
        q.erase_talk_signatures,
        q.erase_talk_versions,
        q.erase_talk_agreements,
        q.erase_talk_shares,
        q.erase_talk_notes,
        q.erase_talk_preparations,
        q.erase_talk,
    ):
        erase_rows(talk_id=talk_id)
