"""Preparing a talk: each of the two writes alone, and reads the other's when both are ready.

Whoever is ready can go back to writing until the other is ready too: from then on both stay as they are, so
that nobody writes in answer to what the other wrote. Coaches and new managers see neither.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries
from assess.talks.errors import OutOfTurn
from assess.talks.letters import put_for
from assess.talks.loading import Loaded, Row, own_talk
from assess.talks.texts import fault_of, plain
from assess.talks.types import (
    LATEST_TOLD,
    LONGEST_PREPARATION,
    Preparation,
    PreparationConflict,
    PreparationTexts,
    TalkFault,
    TalkField,
    TalkReason,
)

_NOTHING = PreparationTexts()
_FIELDS: tuple[TalkField, ...] = ("strengths", "wishes", "obstacles", "questions")


def preparation(store: Store, actor: Actor, talk_id: str, now: datetime) -> Preparation:
    """The actor's own. Raises `NotFound` for who is not one of the two now."""
    with store.read() as q:
        loaded = own_talk(q, actor, "prepare-talk", talk_id, now)
        return _preparation(q.talk_preparation(talk_id=talk_id, person_id=actor.id), loaded)


def others_preparation(store: Store, actor: Actor, talk_id: str, now: datetime) -> Preparation | None:
    """What the other of the two has written; None until both are ready, and in a talk that was cancelled, as
    its letter says. Raises as `preparation`."""
    with store.read() as q:
        loaded = own_talk(q, actor, "prepare-talk", talk_id, now)
        if not loaded.both_ready or loaded.row["state"] == "cancelled":
            return None
        row = loaded.row
        other_id = row["holder_id"] if actor.id == row["person_id"] else row["person_id"]
        return _preparation(q.talk_preparation(talk_id=talk_id, person_id=other_id), loaded)


def save(
    store: Store,
    actor: Actor,
    talk_id: str,
    texts: PreparationTexts,
    seen: int,
    now: datetime,
    *,
    ready: bool | None = None,
) -> Preparation | PreparationConflict:
    """Keeps what the actor has written, and says whether the actor is ready (None: as before).

    `seen`: the revision that the page showed. Where another page has saved something else since, nothing is
    stored and both are given back. Nobody is ready without a word: the other's would be read for nothing; the
    brief opens without any when the talk begins. Whoever was ready first is told by letter when the other is
    too; the caller wakes the worker afterwards. Raises `NotFound`, `TalkFault`, and `OutOfTurn` when it is
    locked.
    """
    texts = PreparationTexts(*(plain(text) for text in texts_of(texts)))
    _require(texts)
    with store.write() as q:
        q.lock_talk(id=talk_id)
        loaded = own_talk(q, actor, "prepare-talk", talk_id, now)
        row = q.talk_preparation(talk_id=talk_id, person_id=actor.id)
        stored = _preparation(row, loaded)
        is_ready = ready if ready is not None else stored.ready_at is not None
        if ready and not any(texts_of(texts)):
            raise TalkFault({"strengths": "empty"})
        if stored.texts == texts and is_ready == (stored.ready_at is not None):
            return stored  # sent twice: nothing to do, also when it is locked by now
        if stored.is_locked:
            raise OutOfTurn("The preparation cannot be changed any more.", "Bring it up in the talk.")
        if seen != stored.revision and stored.texts != texts:
            return PreparationConflict(texts, stored)
        ready_at = (stored.ready_at or now) if is_ready else None
        q.save_talk_preparation(
            talk_id=talk_id,
            person_id=actor.id,
            content=msgspec.json.encode(texts).decode(),
            revision=stored.revision + 1,
            now=time_text(now),
            ready_at=None if ready_at is None else time_text(ready_at),
        )
        kept = q.talk_preparation(talk_id=talk_id, person_id=actor.id)
        saved = own_talk(q, actor, "prepare-talk", talk_id, now)
        if saved.both_ready:
            _tell_the_first(store, q, actor, saved.row, now)
        return _preparation(kept, saved)


def _tell_the_first(store: Store, q: Queries, actor: Actor, row: Row, now: datetime) -> None:
    """That the brief is open. Nobody who has no address, and nobody who is on the way to the talk already."""
    if now >= parse_time(row["starts_at"]) - LATEST_TOLD:
        return
    first_id = row["holder_id"] if actor.id == row["person_id"] else row["person_id"]
    first = q.person(id=first_id)
    if first is not None and first["email"]:
        put_for(store, q, row["id"], "talk-ready", now, to=(first_id,))


def texts_of(texts: PreparationTexts) -> tuple[str, str, str, str]:
    """The four texts in the order of their fields."""
    return texts.strengths, texts.wishes, texts.obstacles, texts.questions


def decoded(content: str) -> PreparationTexts:
    """From the column `content`."""
    return msgspec.json.decode(content, type=PreparationTexts)


def _preparation(row: Row | None, loaded: Loaded) -> Preparation:
    is_locked = loaded.both_ready or loaded.row["state"] != "planned"
    if row is None:
        return Preparation(_NOTHING, 0, None, None, is_locked)
    return Preparation(
        decoded(row["content"]),
        row["revision"],
        parse_time_or_none(row["saved_at"]),
        parse_time_or_none(row["ready_at"]),
        is_locked,
    )


def _require(texts: PreparationTexts) -> None:
    faults: dict[TalkField, TalkReason] = {}
    for name, text in zip(_FIELDS, texts_of(texts), strict=True):
        if reason := fault_of(text, LONGEST_PREPARATION):
            faults[name] = reason
    if faults:
        raise TalkFault(faults)
