"""Working notes: for their writer alone, also when the writer sees nothing else of the talk any more."""

from __future__ import annotations

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.errors import NotFound
from assess.rights import Actor
from assess.talks import notes, showing, talks
from assess.talks.types import Note, NoteConflict, TalkFault


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return talk.plan()


def read(talk: Talking, talk_id: str, actor: Actor) -> str:
    return notes.note(talk.store, actor, talk_id, NOON).text


def test_everybody_who_sees_the_talk_has_a_note_of_ones_own(talk: Talking, talk_id: str) -> None:
    showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    for actor, words in ((talk.amina, "hers"), (talk.bo, "his"), (talk.clara, "the coach's")):
        assert read(talk, talk_id, actor) == ""
        notes.save(talk.store, actor, talk_id, words, 0, NOON)
    assert [read(talk, talk_id, actor) for actor in (talk.amina, talk.bo, talk.clara)] == [
        "hers",
        "his",
        "the coach's",
    ]
    for actor in (talk.dana, talk.administrator):
        with pytest.raises(NotFound):
            read(talk, talk_id, actor)
        with pytest.raises(NotFound):
            notes.save(talk.store, actor, talk_id, "mine", 0, NOON)


def test_a_former_manager_reads_and_deletes_the_own_note_and_sees_nothing_else(
    talk: Talking, talk_id: str
) -> None:
    notes.save(talk.store, talk.bo, talk_id, "his", 0, NOON)
    talk.new_manager(talk.dana_id)
    (former,) = talks.talks_of(talk.store, talk.bo, NOON)
    assert (former.role, former.place, former.person_ready_at, former.is_open) == ("former", "", None, False)
    with pytest.raises(NotFound):
        talks.talk(talk.store, talk.bo, talk_id, NOON)
    note = notes.note(talk.store, talk.bo, talk_id, NOON)
    assert (note.text, note.may_write) == ("his", False)
    with pytest.raises(NotFound):
        notes.save(talk.store, talk.bo, talk_id, "more", note.revision, NOON)
    notes.delete(talk.store, talk.bo, talk_id, NOON)
    assert talks.talks_of(talk.store, talk.bo, NOON) == ()
    with pytest.raises(NotFound):
        notes.note(talk.store, talk.bo, talk_id, NOON)


def test_a_former_manager_without_a_note_has_nothing(talk: Talking, talk_id: str) -> None:
    talk.new_manager(talk.dana_id)
    assert talks.talks_of(talk.store, talk.bo, NOON) == ()
    with pytest.raises(NotFound):
        notes.note(talk.store, talk.bo, talk_id, NOON)


def test_two_pages_overwrite_nothing_unseen(talk: Talking, talk_id: str) -> None:
    notes.save(talk.store, talk.bo, talk_id, "from the phone", 0, NOON)
    conflict = notes.save(talk.store, talk.bo, talk_id, "from the desk", 0, NOON)
    assert isinstance(conflict, NoteConflict)
    assert (conflict.yours, conflict.stored.text) == ("from the desk", "from the phone")
    chosen = notes.save(talk.store, talk.bo, talk_id, "from the desk", conflict.stored.revision, NOON)
    assert isinstance(chosen, Note)
    assert read(talk, talk_id, talk.bo) == "from the desk"


def test_a_new_note_is_not_taken_for_one_that_was_deleted(talk: Talking, talk_id: str) -> None:
    """Given a page that still shows a note, another page that deletes it and writes a new one."""
    shown = notes.save(talk.store, talk.bo, talk_id, "old", 0, NOON)
    assert isinstance(shown, Note)
    notes.delete(talk.store, talk.bo, talk_id, NOON)
    empty = notes.note(talk.store, talk.bo, talk_id, NOON)
    assert (empty.text, empty.saved_at) == ("", None)
    notes.save(talk.store, talk.bo, talk_id, "new", empty.revision, NOON)
    conflict = notes.save(talk.store, talk.bo, talk_id, "old, longer", shown.revision, NOON)
    assert isinstance(conflict, NoteConflict)
    assert conflict.stored.text == "new"


def test_what_cannot_be_kept_is_told(talk: Talking, talk_id: str) -> None:
    for text, reason in (("x" * 10_001, "too-long"), ("\0", "signs")):
        with pytest.raises(TalkFault) as told:
            notes.save(talk.store, talk.bo, talk_id, text, 0, NOON)
        assert told.value.faults == {"text": reason}
