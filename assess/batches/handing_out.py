"""Handing a batch out: document by document, each asked for once more at the moment when it goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from assess.batches.asker import actor_of
from assess.batches.kinds import KINDS
from assess.batches.ordering import own_row
from assess.batches.types import Asking, BatchKind, Missing
from assess.errors import NotFound, StoreUnavailable
from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import parse_time
from questionnaires.definition import LanguageId


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the file."""

    file_name: str
    content: bytes


def require_file(store: Store, actor: Actor, batch_id: str, now: datetime) -> None:
    """Raises `NotFound` unless there is something of the actor's own to be fetched."""
    with store.read() as q:
        row = own_row(q, actor, batch_id)
        counts = {one["state"]: one["items"] for one in q.batch_counts(batch_id=batch_id)}
    if row["state"] != "done" or parse_time(row["expires_at"]) <= now or not counts.get("done"):
        raise NotFound("There is no such file.")


def hand_out(
    store: Store,
    settings: Settings,
    actor: Actor,
    batch_id: str,
    clock: Callable[[], datetime],
    kinds: Mapping[str, BatchKind] = KINDS,
) -> Iterator[Document | Missing]:
    """Every document of a batch in its order, or why it is not there. What the asker may see no longer, or
    not as it was made, is missing and deleted; of each document that goes the look is noted before.

    Reads one document at a time: a long file needs no more memory than a short one.
    """
    with store.read() as q:
        row = own_row(q, actor, batch_id)
        items = q.batch_items_to_hand_out(batch_id=batch_id)
    kind, language = kinds[row["kind"]], cast(LanguageId, row["language"])
    named: Collection[str] = ()
    if any(item["state"] == "failed" for item in items):
        named = _there(store, settings, kind, row, clock())
    for item in items:
        if item["state"] != "done":
            is_named = item["state"] == "failed" and item["subject"] in named
            yield Missing(item["file_name"], "failed" if is_named else "changed")
            continue
        content = None
        try:
            content = _content(store, settings, kind, item, row["person_id"], language, clock())
        except StoreUnavailable:  # not even the look could be noted: then nothing goes
            yield Missing(item["file_name"], "failed")
            continue
        yield (
            Missing(item["file_name"], "changed") if content is None else Document(item["file_name"], content)
        )


def _there(
    store: Store, settings: Settings, kind: BatchKind, row: Mapping[str, str], now: datetime
) -> Collection[str]:
    """What the asker may see at this moment: of that alone it is told by name that it could not be made."""
    with store.read() as q:
        actor = actor_of(q, row["person_id"], now)
        if actor is None:
            return ()
        language = cast(LanguageId, row["language"])
        return kind.there(Asking(store, q, settings, actor, language, now), row["subject"])


def _content(
    store: Store,
    settings: Settings,
    kind: BatchKind,
    item: Mapping[str, str],
    person_id: str,
    language: LanguageId,
    now: datetime,
) -> bytes | None:
    with store.read() as q:
        actor = actor_of(q, person_id, now)
        found = row = None
        if actor is not None:
            found = kind.find(Asking(store, q, settings, actor, language, now), item["subject"])
        if found is not None and found.made_of == item["made_of"]:
            row = q.batch_content(id=item["id"], made_of=found.made_of)
    if actor is None or found is None or row is None:
        with suppress(StoreUnavailable), store.write() as q:
            q.leave_batch_item_out(id=item["id"], error="changed")
        return None
    kind.look(store, actor, found, now)
    return bytes(row["content"])
