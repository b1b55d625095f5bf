"""Preparing alone: neither reads the other's before both are ready, and nothing is overwritten unseen."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.errors import NotAllowed, NotFound
from assess.rights import Actor
from assess.settings import Settings
from assess.store import open_store
from assess.talks import preparing, showing, talks
from assess.talks.types import Preparation, PreparationConflict, PreparationTexts, TalkFault

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return talk.plan()


def write(
    talk: Talking, talk_id: str, actor: Actor, words: str, *, seen: int = 0, ready: bool | None = None
) -> Preparation | PreparationConflict:
    texts = PreparationTexts(strengths=words)
    return preparing.save(talk.store, actor, talk_id, texts, seen, NOON, ready=ready)


def words(talk: Talking, talk_id: str, actor: Actor) -> str:
    return preparing.preparation(talk.store, actor, talk_id, NOON).texts.strengths


def of_the_other(talk: Talking, talk_id: str, actor: Actor) -> str | None:
    found = preparing.others_preparation(talk.store, actor, talk_id, NOON)
    return None if found is None else found.texts.strengths


def test_each_writes_alone_and_reads_the_other_when_both_are_ready(talk: Talking, talk_id: str) -> None:
    write(talk, talk_id, talk.amina, "Amina's words")
    write(talk, talk_id, talk.bo, "Bo's words", ready=True)
    assert of_the_other(talk, talk_id, talk.amina) is None
    assert of_the_other(talk, talk_id, talk.bo) is None
    seen = talks.talk(talk.store, talk.amina, talk_id, NOON)
    assert (seen.own_ready_at, seen.other_ready_at, seen.is_open) == (None, NOON, False)
    write(talk, talk_id, talk.amina, "Amina's words", seen=1, ready=True)
    assert of_the_other(talk, talk_id, talk.amina) == "Bo's words"
    assert of_the_other(talk, talk_id, talk.bo) == "Amina's words"
    assert words(talk, talk_id, talk.amina) == "Amina's words"
    seen = talks.talk(talk.store, talk.bo, talk_id, NOON)
    assert seen.both_ready
    assert seen.is_open


def test_whoever_is_ready_can_go_back_until_the_other_is_ready_too(talk: Talking, talk_id: str) -> None:
    write(talk, talk_id, talk.amina, "first", ready=True)
    again = write(talk, talk_id, talk.amina, "second", seen=1, ready=False)
    assert isinstance(again, Preparation)
    assert again.ready_at is None
    write(talk, talk_id, talk.bo, "his", ready=True)
    write(talk, talk_id, talk.amina, "second", seen=2, ready=True)
    for actor in (talk.amina, talk.bo):
        with pytest.raises(NotAllowed):
            write(talk, talk_id, actor, "an answer to what I have read", seen=9)
        with pytest.raises(NotAllowed):
            preparing.save(talk.store, actor, talk_id, PreparationTexts(), 9, NOON, ready=False)
    assert words(talk, talk_id, talk.amina) == "second"


def test_the_last_saving_sent_twice_is_no_fault(talk: Talking, talk_id: str) -> None:
    write(talk, talk_id, talk.bo, "his", ready=True)
    for _ in range(2):
        saved = write(talk, talk_id, talk.amina, "hers", ready=True)
        assert isinstance(saved, Preparation)
        assert saved.revision == 1


def test_being_ready_is_told_with_the_moment_when_one_became_so(talk: Talking, talk_id: str) -> None:
    write(talk, talk_id, talk.amina, "first", ready=True)
    texts = PreparationTexts(strengths="better")
    kept = preparing.save(talk.store, talk.amina, talk_id, texts, 1, LATER)
    assert isinstance(kept, Preparation)
    assert (kept.ready_at, kept.saved_at) == (NOON, LATER)


def test_what_was_read_is_what_was_written_also_when_both_press_at_the_same_moment(
    talk: Talking, talk_id: str, settings: Settings
) -> None:
    """Amina, ready before, changes her words while Bo becomes ready: whoever is second finds it locked."""
    write(talk, talk_id, talk.amina, "first", ready=True)
    barrier, refused = threading.Barrier(2), []

    def save(actor: Actor, words: str, seen: int) -> None:
        with open_store(settings) as own:
            barrier.wait()
            try:
                preparing.save(own, actor, talk_id, PreparationTexts(words), seen, NOON, ready=True)
            except NotAllowed:
                refused.append(words)

    threads = [
        threading.Thread(target=save, args=(talk.amina, "second", 1)),
        threading.Thread(target=save, args=(talk.bo, "his", 0)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = "first" if refused else "second"
    assert refused in ([], ["second"])
    assert of_the_other(talk, talk_id, talk.bo) == words(talk, talk_id, talk.amina) == kept


def test_two_pages_of_one_person_overwrite_nothing_unseen(talk: Talking, talk_id: str) -> None:
    write(talk, talk_id, talk.amina, "from the phone")
    conflict = write(talk, talk_id, talk.amina, "from the desk", ready=True)
    assert isinstance(conflict, PreparationConflict)
    assert conflict.yours.strengths == "from the desk"
    assert conflict.stored.texts.strengths == "from the phone"
    assert conflict.stored.ready_at is None, "nothing of the request is kept"
    chosen = write(talk, talk_id, talk.amina, "from the desk", seen=conflict.stored.revision)
    assert isinstance(chosen, Preparation)
    assert words(talk, talk_id, talk.amina) == "from the desk"


def test_after_the_talk_nothing_is_prepared_any_more(talk: Talking, talk_id: str) -> None:
    write(talk, talk_id, talk.amina, "hers")
    talk.hold(talk_id)
    assert preparing.preparation(talk.store, talk.amina, talk_id, NOON).is_locked
    with pytest.raises(NotAllowed):
        write(talk, talk_id, talk.amina, "more", seen=1)
    assert of_the_other(talk, talk_id, talk.bo) is None, "only one was ready"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("x" * 2_001, "too-long"), ("nought\0", "signs"), ("half \ud800", "signs"), ("bell\a", "signs")],
)
def test_what_cannot_be_kept_is_told_by_field(talk: Talking, talk_id: str, text: str, reason: str) -> None:
    with pytest.raises(TalkFault) as told:
        preparing.save(talk.store, talk.amina, talk_id, PreparationTexts(wishes=text), 0, NOON)
    assert told.value.faults == {"wishes": reason}


def test_words_come_back_as_they_were_written_but_for_how_lines_end(talk: Talking, talk_id: str) -> None:
    texts = PreparationTexts(" a\r\nb\rc ", "\u202ewish", "e\u0301", "<b>ø</b> 🥐\t%s ? :x")
    kept = preparing.save(talk.store, talk.amina, talk_id, texts, 0, NOON)
    assert isinstance(kept, Preparation)
    assert kept.texts == PreparationTexts("a\nb\nc", "wish", "\u00e9", "<b>ø</b> 🥐\t%s ? :x")


def test_what_the_two_prepared_is_shown_to_nobody_else(talk: Talking, talk_id: str) -> None:
    for actor in (talk.amina, talk.bo):
        write(talk, talk_id, actor, "between us", ready=True)
    showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    talk.new_manager(talk.dana_id)
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    for actor in (talk.clara, talk.dana, talk.bo, talk.administrator):
        with pytest.raises(NotFound):
            preparing.preparation(talk.store, actor, talk_id, NOON)
        with pytest.raises(NotFound):
            preparing.others_preparation(talk.store, actor, talk_id, NOON)
        with pytest.raises(NotFound):
            write(talk, talk_id, actor, "me too")
    assert of_the_other(talk, talk_id, talk.amina) == "between us", "it was written for her"


def test_a_cancelled_talk_shows_neither_what_the_other_prepared(talk: Talking, talk_id: str) -> None:
    """As the letter says."""
    for actor in (talk.amina, talk.bo):
        write(talk, talk_id, actor, "own words", ready=True)
    talks.cancel(talk.store, talk.amina, talk_id, NOON)
    for actor in (talk.amina, talk.bo):
        assert of_the_other(talk, talk_id, actor) is None
        assert words(talk, talk_id, actor) == "own words"
