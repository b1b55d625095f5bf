"""Ordering a batch, seeing how far it is, cancelling it, trying again what is missing."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from assess.batches.errors import TooManyBatches
from assess.batches.file_names import unique
from assess.batches.kinds import KINDS
from assess.batches.room import has_room
from assess.batches.types import OPEN, Absence, Asking, Batch, BatchKind, Missing
from assess.errors import NotAllowed, NotFound
from assess.rights import Actor, Affairs, may
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

MOST_ITEMS = 2_000
"""Documents in one batch."""
MOST_OPEN = 5
"""Batches of one person that are not done."""
UNFINISHED = timedelta(days=7)
"""How long a batch may take before it is given up."""
KEPT = timedelta(days=3)
"""How long a file can be fetched; then what was made is deleted."""
FORGOTTEN = timedelta(days=30)
"""How long it is known afterwards that there was one."""
USUAL, SHORT = timedelta(seconds=5), timedelta(minutes=1)
"""What a document takes, with the beginning of its process; what is told of a few before there is a pace."""
_UNTIL_A_PACE = timedelta(seconds=30)
"""So long the usual is told: where nothing has come by then it is not as usual."""
_SHOWN = 50
_PACE_OF = 20
"""The time left is reckoned from the newest so many documents, so that a pause does not count."""


def order(
    store: Store,
    settings: Settings,
    actor: Actor,
    kind: str,
    subject: str,
    language: LanguageId,
    now: datetime,
    kinds: Mapping[str, BatchKind] = KINDS,
) -> str:
    """Orders everything of a kind that there is for the actor; gives the batch's id. The same that is being
    made already is not ordered twice; what was made of it before stays until the new file is there
    (`taking.finish`), and goes then, so that ordering again and again fills no disk. Whoever has ordered
    calls `assess.jobs.wake` afterwards.

    Raises `NotFound` for an unknown kind, and where there is nothing for the actor, whatever the reason;
    `TooManyBatches` for too many documents or too many open batches at once.
    """
    if kind not in kinds:
        raise NotFound("There is no such kind of batch.")
    with store.write() as q:
        q.lock_person(id=actor.id)  # who presses twice gets one
        same = {"person_id": actor.id, "kind": kind, "subject": subject, "language": language}
        known = q.open_batch_of(**same)
        if known is not None:
            return str(known["id"])
        wanted = kinds[kind].items(Asking(store, q, settings, actor, language, now), subject)
        if len(wanted) > MOST_ITEMS:
            raise TooManyBatches("documents", MOST_ITEMS)
        if q.count_open_batches(person_id=actor.id) >= MOST_OPEN:
            raise TooManyBatches("open", MOST_OPEN)
        batch_id = store.new_id(now)
        q.add_batch(
            id=batch_id,
            organisation_id=q.asker(id=actor.id)["organisation_id"],
            person_id=actor.id,
            kind=kind,
            subject=subject,
            language=language,
            now=time_text(now),
            expires_at=time_text(now + UNFINISHED),
        )
        names = unique((item.name for item in wanted), "pdf")
        q.add_batch_items(
            [
                {
                    "id": store.new_id(now),
                    "batch_id": batch_id,
                    "position": position,
                    "subject": item.subject,
                    "file_name": name,
                }
                for position, (item, name) in enumerate(zip(wanted, names, strict=True))
            ]
        )
    return batch_id


def batch(
    store: Store, actor: Actor, batch_id: str, now: datetime, kinds: Mapping[str, BatchKind] = KINDS
) -> Batch:
    """One of the actor's own. Raises `NotFound` for any other."""
    with store.read() as q:
        return _batch(q, own_row(q, actor, batch_id), now, kinds, is_full=not has_room(store))


def batches(
    store: Store, actor: Actor, now: datetime, kinds: Mapping[str, BatchKind] = KINDS
) -> tuple[Batch, ...]:
    """The actor's own, newest first."""
    if not may(actor, "see-own", Affairs(actor.id)):
        raise NotFound("There is no such page.")
    with store.read() as q:
        rows = q.batches_of_person(person_id=actor.id, most=_SHOWN)
        is_full = not has_room(store)
        return tuple(_batch(q, row, now, kinds, is_full=is_full) for row in rows if row["kind"] in kinds)


def cancel(store: Store, actor: Actor, batch_id: str, now: datetime) -> None:
    """Stops it, or throws away what is done: the worker deletes what was made. What is over stays so."""
    with store.write() as q:
        q.lock_batch(id=batch_id)
        own_row(q, actor, batch_id)
        q.cancel_batch(id=batch_id, now=time_text(now))


def as_it_stands(
    store: Store,
    settings: Settings,
    actor: Actor,
    found: Batch,
    now: datetime,
    kinds: Mapping[str, BatchKind] = KINDS,
) -> Batch:
    """A batch that is done, without the documents that there are no more for the actor at this moment, and
    with how many of the missing ones there are; any other as it is. What there is no more is named nowhere,
    also where it could not be made before. That a document has changed is found out when it is handed out."""
    if found.state != "done":
        return found
    with store.read() as q:
        there = _there(store, settings, q, actor, own_row(q, actor, found.id), now, kinds)
        items = q.batch_items_to_hand_out(batch_id=found.id)
    gone = [one for one in items if one["subject"] not in there]
    again = [one for one in items if one["state"] != "done" and one["subject"] in there]
    names = {one["file_name"] for one in gone}
    return replace(
        found,
        done=found.done - sum(one["state"] == "done" for one in gone),
        missing=(
            *(one for one in found.missing if one.file_name not in names),
            *(Missing(one["file_name"], "changed") for one in gone),
        ),
        again=len(again),
    )


def try_again(
    store: Store,
    settings: Settings,
    actor: Actor,
    batch_id: str,
    now: datetime,
    kinds: Mapping[str, BatchKind] = KINDS,
) -> None:
    """What is missing in a batch that is done, and is there for the actor, is made once more. Raises
    `NotAllowed` where that is nothing, or nothing can be made any more."""
    with store.write() as q:
        q.lock_batch(id=batch_id)
        row = own_row(q, actor, batch_id)
        if row["state"] != "done" or parse_time(row["expires_at"]) <= now:
            raise NotAllowed("There is nothing to be tried again.")
        there = _there(store, settings, q, actor, row, now, kinds)
        missing = q.batch_items_that_are_not_there(batch_id=batch_id)
        again = [{"id": one["id"]} for one in missing if one["subject"] in there]
        if not again:
            raise NotAllowed("There is nothing to be tried again.")
        q.try_batch_item_again(again)
        q.try_batch_again(id=batch_id, now=time_text(now))


def _there(
    store: Store,
    settings: Settings,
    q: Queries,
    actor: Actor,
    row: Mapping[str, str],
    now: datetime,
    kinds: Mapping[str, BatchKind],
) -> Collection[str]:
    asking = Asking(store, q, settings, actor, cast(LanguageId, row["language"]), now)
    return kinds[row["kind"]].there(asking, row["subject"])


def own_row(q: Queries, actor: Actor, batch_id: str) -> Mapping[str, str]:
    """The row of one of the actor's own batches. Raises `NotFound` for any other."""
    row: Mapping[str, str] | None = q.batch_row(id=batch_id)
    if row is None or not may(actor, "see-own", Affairs(row["person_id"])):
        raise NotFound("There is no such batch.")
    return row


def _batch(
    q: Queries, row: Mapping[str, str], now: datetime, kinds: Mapping[str, BatchKind], *, is_full: bool
) -> Batch:
    counts = {one["state"]: int(one["items"]) for one in q.batch_counts(batch_id=row["id"])}
    language = cast(LanguageId, row["language"])
    expires_at = parse_time(row["expires_at"])
    is_over = row["state"] in {"cancelled", "expired"} or expires_at <= now
    state = "expired" if is_over and row["state"] != "cancelled" else row["state"]
    if state == "cancelled" and row["reason"] in {"deleted", "replaced"}:
        state = row["reason"]
    # Where the disk is so full that not even the pause could be written down it is told all the same.
    pause = "disk-full" if is_full and state in OPEN else row["reason"] if state == "paused" else None
    return Batch(
        id=row["id"],
        kind=row["kind"],
        about=kinds[row["kind"]].about(q, row["subject"], language) if row["kind"] in kinds else "",
        language=language,
        state=state,  # type: ignore[arg-type]
        pause=pause,  # type: ignore[arg-type]
        of=sum(counts.values()),
        done=counts.get("done", 0),
        missing=tuple(missing_of(q, row["id"])) if not is_over else (),
        left=_left(q, row, counts, now),
        created_at=parse_time(row["created_at"]),
        finished_at=parse_time_or_none(row["finished_at"]),
        expires_at=expires_at,
    )


def missing_of(q: Queries, batch_id: str) -> Sequence[Missing]:
    """What is known not to be in the file, in its order."""
    why: Mapping[str, Absence] = {"failed": "failed", "left-out": "changed"}
    return [
        Missing(row["file_name"], why[row["state"]])
        for row in q.batch_items_that_are_not_there(batch_id=batch_id)
    ]


def _left(q: Queries, row: Mapping[str, str], counts: Mapping[str, int], now: datetime) -> int | None:
    """Seconds until the rest is done at the pace of the newest documents. Until there is a pace: what is
    usual for a few that have just been begun, else None."""
    rest = counts.get("waiting", 0) + counts.get("running", 0)
    if row["state"] != "running" or not rest:
        return None
    begun_at = parse_time(row["started_at"])
    newest = q.newest_of_batch(batch_id=row["id"], since=row["started_at"], most=_PACE_OF)
    times = [parse_time(one["finished_at"]) for one in newest]
    if len(times) < 3 or now < times[0]:
        usual = rest * USUAL
        return int(usual.total_seconds()) if usual < SHORT and now < begun_at + _UNTIL_A_PACE else None
    # The time since the newest one counts too: where nothing comes any more the rest takes longer.
    since = max(now - times[0], timedelta()) + (times[0] - times[-1])
    return math.ceil(since.total_seconds() / (len(times) - 1) * rest)
