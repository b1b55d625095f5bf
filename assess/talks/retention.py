"""How long talks are kept. Nobody has to remember it: the worker deletes once a day.

Results are no part of a talk; they go on their wave's deletion date. What may be kept longer is for the
organisation's own records: agreements can be downloaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, TypeAlias

from assess.personal_data.talk_erasure import erase_talk
from assess.store import Store
from assess.store.ids import time_text

Kept: TypeAlias = Literal["words", "agreements", "cancelled", "left"]

KEPT: Mapping[Kept, timedelta] = MappingProxyType(
    {
        "words": timedelta(days=730),
        "agreements": timedelta(days=5 * 365),
        "cancelled": timedelta(days=180),
        "left": timedelta(days=180),
    }
)
"""The visible table. words: preparations and working notes, from the time of the talk: until the talk after
the next one. agreements: the talk with all that was agreed, from the same time. cancelled: a talk that was
called off, from that moment. left: everything, from when the person left."""


def delete_old(store: Store, now: datetime) -> int:
    """Deletes what has been kept long enough; gives how many talks. Each in a transaction of its own, so that
    others write in between."""

    def before(what: Kept) -> str:
        return time_text(now - KEPT[what])

    with store.write() as q:
        q.erase_old_talk_preparations(before=before("words"))
        q.erase_old_talk_notes(before=before("words"))
    with store.read() as q:
        rows = q.talks_to_erase(
            person_id="",
            before_held=before("agreements"),
            before_cancelled=before("cancelled"),
            before_left=before("left"),
        )
    for row in rows:
        with store.write() as q:
            erase_talk(q, row["id"])
    return len(rows)
