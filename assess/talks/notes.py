"""Working notes: each seen by its writer alone, and part of nobody else's page, paper or download.

That promises no exemption: a person may have a right of access to notes about them, and the page says so.
Whoever sees a talk no longer can still read and delete what was written.
"""

from __future__ import annotations

from datetime import datetime

from assess.errors import NotFound
from assess.rights import Actor, may
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from assess.talks.loading import own_talk
from assess.talks.texts import fault_of, plain
from assess.talks.types import LONGEST_NOTE, Note, NoteConflict, TalkFault


def note(store: Store, actor: Actor, talk_id: str, now: datetime) -> Note:
    """The actor's own; empty where there is none. Raises `NotFound` for who neither sees the talk nor has a
    note of it."""
    with store.read() as q:
        return _note(q, actor, talk_id, _may_write(q, actor, talk_id, now))


def save(
    store: Store, actor: Actor, talk_id: str, text: str, seen: int, now: datetime
) -> Note | NoteConflict:
    """Keeps the actor's note; an empty one is none. `seen`: the revision that the page showed.

    Where another page has saved something else since, nothing is stored and both are given back. Raises
    `NotFound`, also for who sees the talk no longer, and `TalkFault`.
    """
    text = plain(text)
    if reason := fault_of(text, LONGEST_NOTE):
        raise TalkFault({"text": reason})
    with store.write() as q:
        q.lock_talk(id=talk_id)
        own_talk(q, actor, "note-talk", talk_id, now)
        stored = _note(q, actor, talk_id, True)
        if stored.text == text:
            return stored
        if seen != stored.revision:
            return NoteConflict(text, stored)
        _keep(q, actor, talk_id, text, stored.revision, now)
        return _note(q, actor, talk_id, True)


def delete(store: Store, actor: Actor, talk_id: str, now: datetime) -> None:
    """Deletes the actor's note for good; without one nothing changes. Raises as `note`."""
    with store.write() as q:
        q.lock_talk(id=talk_id)
        stored = _note(q, actor, talk_id, _may_write(q, actor, talk_id, now))
        if stored.text:
            _keep(q, actor, talk_id, "", stored.revision, now)


def _keep(q: Queries, actor: Actor, talk_id: str, text: str, revision: int, now: datetime) -> None:
    """An empty row stays where a note was, so that no page takes a new note for the one that it showed."""
    q.save_talk_note(
        talk_id=talk_id, person_id=actor.id, content=text, revision=revision + 1, now=time_text(now)
    )


def _may_write(q: Queries, actor: Actor, talk_id: str, now: datetime) -> bool:
    """False for who may only read and delete. Raises `NotFound`."""
    try:
        thing = own_talk(q, actor, "note-talk", talk_id, now).thing
    except NotFound:
        thing = own_talk(q, actor, "read-own-note", talk_id, now).thing
    return may(actor, "note-talk", thing)


def _note(q: Queries, actor: Actor, talk_id: str, may_write: bool) -> Note:
    row = q.talk_note(talk_id=talk_id, person_id=actor.id)
    if row is None:
        return Note("", 0, None, may_write)
    saved_at = parse_time(row["saved_at"]) if row["content"] else None
    return Note(row["content"], row["revision"], saved_at, may_write)
