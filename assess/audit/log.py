"""Appending to the access log, and reading what it says about a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

Recorded: TypeAlias = Literal["see-profile", "share", "unshare", "export", "see-report"]

SAME_LOOK = timedelta(hours=1)
"""Looking again within this time is one look."""


def record(
    store: Store,
    q: Queries,
    *,
    actor_id: str,
    action: Recorded,
    object_id: str,
    about_id: str,
    now: datetime,
) -> None:
    """Notes that `actor_id` did `action` to the task `object_id`, which is about the person `about_id`."""
    q.log_access(
        id=store.new_id(now),
        at=time_text(now),
        actor_id=actor_id,
        action=action,
        object_id=object_id,
        about_id=about_id,
    )


def is_new_look(q: Queries, *, actor_id: str, action: Recorded, object_id: str, now: datetime) -> bool:
    """Whether the same has not been noted within `SAME_LOOK`."""
    since = time_text(now - SAME_LOOK)
    return not q.logged_since(actor_id=actor_id, action=action, object_id=object_id, since=since)
