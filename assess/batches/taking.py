"""What makes batches: taking documents under a lease, keeping what was made, pausing, coming to the end.

Each step is a transaction of its own, and each may be the last that a worker did. A document is kept only
where the asker may still see what it was made of, in the same transaction that asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, cast

from assess.batches.asker import actor_of
from assess.batches.kinds import KINDS
from assess.batches.ordering import FORGOTTEN, KEPT
from assess.batches.types import OPEN, Asking, BatchKind, Found, Pause, Taken
from assess.outbox.letters import Letter, put
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

LEASE = timedelta(minutes=1)
"""How long a worker may be silent about a document before another one takes it. Whoever works renews it."""
MAX_TRIES = 3
"""How often a document may fail before it is given up."""
MOST_DEATHS = 20
"""How many workers may die over a document before it is given up. Documents are made in processes of their
own: a worker that dies over one has mostly been stopped from outside."""
_FIRST_DELAY = timedelta(seconds=5)
_AT_A_TIME = 20

Ending: TypeAlias = Literal["kept", "again", "left-out", "lost"]
"""What became of a document that was made: kept; to be made anew of what is there now; not to be seen any
more; or not ours any more."""


def to_work_on(store: Store, now: datetime) -> tuple[str, ...]:
    """Batches with something to take now, the oldest first."""
    with store.read() as q:
        return tuple(row["id"] for row in q.batches_to_work_on(now=time_text(now)))


def any_open(store: Store) -> bool:
    """Whether something is to be made, now or later."""
    with store.read() as q:
        return bool(q.count_all_open_batches())


def take(store: Store, batch_id: str, lease_id: str, now: datetime) -> Taken | None:
    """The next document of a batch; None where there is none to take. One over which too many workers have
    died is given up on the way."""
    while True:
        with store.write() as q:
            q.lock_batch(id=batch_id)
            row = q.take_batch_item(
                batch_id=batch_id,
                lease_id=lease_id,
                lease_until=time_text(now + LEASE),
                now=time_text(now),
            )
            batch = q.batch_row(id=batch_id)
            if row is None or batch is None or batch["state"] not in OPEN:
                return None
            q.batch_begun(id=batch_id, now=time_text(now))
            if row["attempts"] > MOST_DEATHS:
                _end(q, row["id"], lease_id, "failed", "its workers died every time", now)
                continue
            return Taken(
                id=row["id"],
                batch_id=batch_id,
                subject=row["subject"],
                attempts=row["attempts"],
                lease_id=lease_id,
                kind=batch["kind"],
                language=cast(LanguageId, batch["language"]),
                actor=actor_of(q, batch["person_id"], now),
            )


def find(
    store: Store, settings: Settings, item: Taken, now: datetime, kinds: Mapping[str, BatchKind] = KINDS
) -> Found | None:
    """What the document is made of, as the asker may see it now; None where the asker may not."""
    if item.actor is None or item.kind not in kinds:
        return None
    with store.read() as q:
        asking = Asking(store, q, settings, item.actor, item.language, now)
        return kinds[item.kind].find(asking, item.subject)


def renew(store: Store, lease_id: str, now: datetime) -> frozenset[str]:
    """Says that somebody still works on what was taken under the lease; gives the documents that are still
    wanted. Of a batch that was cancelled none is."""
    with store.write() as q:
        q.renew_batch_items(lease_id=lease_id, lease_until=time_text(now + LEASE))
        return frozenset(row["id"] for row in q.batch_items_held(lease_id=lease_id))


def keep(
    store: Store,
    settings: Settings,
    item: Taken,
    found: Found,
    content: bytes,
    now: datetime,
    kinds: Mapping[str, BatchKind] = KINDS,
) -> Ending:
    """Stores a document. Not when what it was made of has changed meanwhile, or may not be seen any more.

    Raises `StoreUnavailable`, and `StoreFull` where there is no room for it; then nothing was stored.
    """
    with store.write() as q:
        q.lock_batch(id=item.batch_id)
        for task_id in sorted(found.locks):
            q.lock_task(id=task_id)  # whoever decides about sharing waits, or has decided
        batch = q.batch_row(id=item.batch_id)
        if batch is None or batch["state"] not in OPEN:
            return "lost"
        actor = actor_of(q, batch["person_id"], now)
        again = None
        if actor is not None:
            asking = Asking(store, q, settings, actor, item.language, now)
            again = kinds[item.kind].find(asking, item.subject)
        if again is None:
            _end(q, item.id, item.lease_id, "left-out", "changed", now)
            return "left-out"
        if again.made_of != found.made_of:
            _again(q, item, item.attempts - 1, now, None)
            return "again"
        stored = q.batch_item_done(
            id=item.id,
            lease_id=item.lease_id,
            made_of=found.made_of,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            now=time_text(now),
        )
        return "kept" if stored else "lost"


def leave_out(store: Store, item: Taken, now: datetime) -> None:
    """The asker may not see it (any more): nothing is made."""
    with store.write() as q:
        _end(q, item.id, item.lease_id, "left-out", "changed", now)


def hand_back(store: Store, item: Taken, now: datetime) -> None:
    """Not the document's fault: it waits as it did before it was taken."""
    with store.write() as q:
        _again(q, item, item.attempts - 1, now, None)


def fail(store: Store, item: Taken, error: str, now: datetime) -> bool:
    """Could not be made. It is tried again a little later; after `MAX_TRIES` it is given up, alone. `error`
    quotes nothing of it. Gives whether it was given up."""
    with store.write() as q:
        if item.attempts >= MAX_TRIES:
            _end(q, item.id, item.lease_id, "failed", error, now)
            return True
        _again(q, item, item.attempts, now + _FIRST_DELAY * 4 ** (item.attempts - 1), error)
        return False


def finish(store: Store, now: datetime) -> tuple[str, ...]:
    """Batches of which everything has ended are done, with a letter to whoever asked; gives their ids. What
    was made of the same before goes, if there is anything in the new one.

    Whoever does it does it once, whichever worker made the last document and whether it lived to say so.
    """
    done = []
    with store.read() as q:
        rows = q.batches_at_their_end()
    for row in rows:
        with store.write() as q:
            if _finish(store, q, row["id"], now):
                done.append(row["id"])
    return tuple(done)


def pause(store: Store, batch_id: str, why: Pause) -> None:
    """Nothing more is taken of the batch until it is resumed."""
    with store.write() as q:
        q.pause_batch(id=batch_id, reason=why)


def resume(store: Store, why: Pause) -> int:
    """The batches that were paused for that reason go on; gives how many."""
    with store.write() as q:
        return int(q.resume_batches(reason=why))


def any_paused(store: Store) -> bool:
    with store.read() as q:
        return bool(q.paused_batches())


def expire(store: Store, now: datetime) -> int:
    """What may be fetched no longer, or was cancelled, is deleted, a few documents at a time; a month later
    nothing tells that there was a batch. Gives how many documents were deleted."""
    count = 0
    with store.write() as q:
        q.expire_batches(now=time_text(now))
        q.delete_old_batches(before=time_text(now - FORGOTTEN))
    while True:
        with store.write() as q:
            deleted = int(q.forget_batch_items(most=_AT_A_TIME))
        count += deleted
        if deleted < _AT_A_TIME:
            return count


def _finish(store: Store, q: Queries, batch_id: str, now: datetime) -> bool:
    q.lock_batch(id=batch_id)
    if not q.batch_done(id=batch_id, now=time_text(now), expires_at=time_text(now + KEPT)):
        return False
    row = q.batch_row(id=batch_id)
    same = {name: row[name] for name in ("id", "person_id", "kind", "subject", "language")}
    q.replace_batches(**same, now=time_text(now))
    letter = Letter(
        kind="batch-ready",
        key=f"batch-ready:{batch_id}:{time_text(now)}",
        person_id=row["person_id"],
        organisation_id=row["organisation_id"],
        parameters={"batch": batch_id},
    )
    put(store, q, letter, now)
    return True


def _end(
    q: Queries, item_id: str, lease_id: str, state: Literal["failed", "left-out"], error: str, now: datetime
) -> None:
    q.batch_item_ended(id=item_id, lease_id=lease_id, state=state, error=error, now=time_text(now))


def _again(q: Queries, item: Taken, attempts: int, not_before: datetime, error: str | None) -> None:
    q.batch_item_again(
        id=item.id,
        lease_id=item.lease_id,
        attempts=max(0, attempts),
        not_before=time_text(not_before),
        error=error,
    )
