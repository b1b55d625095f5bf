"""Printed cards: the code word of the person, and what whoever printed them can never read. Both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from campaigning import confidential
from small_organisation import later

from assess.answering import cards, links, paper_entry, paper_printing, sessions
from assess.answering.cards import InvalidCode, NotOpened, WrongCode, fault_of
from assess.answering.paper_entry import Entered
from assess.answering.types import Given, Session
from assess.audit import log
from assess.campaigns import waves
from assess.errors import NotFound
from assess.rights import Actor

if TYPE_CHECKING:
    from small_organisation import Bakery

WORD, OTHER = "surdej 7", "kringle 9"


def administrator(bakery: Bakery) -> Actor:
    return Actor(bakery.manager_id, frozenset({bakery.organisation_id}))


def print_cards(bakery: Bakery, wave_id: str) -> tuple[paper_printing.CardToPrint, ...]:
    return paper_printing.cards_to_print(
        bakery.store, administrator(bakery), wave_id, bakery.unit_id, bakery.now
    )


@pytest.fixture
def task_id(bakery: Bakery) -> str:
    return bakery.assign(bakery.wave())


def card(bakery: Bakery, task_id: str) -> str:
    """Another printed card for the task."""
    with bakery.store.read() as q:
        wave_id = q.task(id=task_id)["wave_id"]
    ((link,),) = [one.links for one in print_cards(bakery, wave_id)]
    return link.token


def session_of(bakery: Bakery, secret: str) -> Session | None:
    return sessions.find(bakery.store, secret, bakery.now)


def opened(bakery: Bakery, token: str, word: str = WORD) -> Session:
    found = session_of(bakery, cards.choose(bakery.store, token, word, bakery.now))
    assert found is not None
    return found


def why_not(bakery: Bakery, token: str, word: str = OTHER) -> str:
    with pytest.raises(NotOpened) as told:
        cards.choose(bakery.store, token, word, bakery.now)
    return told.value.reason


def state(bakery: Bakery, token: str) -> str:
    found = cards.find(bakery.store, token, bakery.now)
    assert found is not None
    return found.state


def test_a_card_is_opened_with_a_word_of_ones_own_and_again_with_that_word(bakery, task_id):
    token = card(bakery, task_id)
    assert state(bakery, token) == "new"
    bakery.finish(opened(bakery, token), share=False)
    assert state(bakery, token) == "in-use"
    for typed in (WORD, "  SURDEJ 7", "Surdej  7"):  # as a phone makes it of what was typed
        again = session_of(bakery, cards.reopen(bakery.store, token, typed, bakery.now))
        assert again is not None
        assert again.task.id == task_id


def test_without_the_word_a_card_in_use_opens_nothing(bakery, task_id):
    """Proved by the reader of issue 5: the administrator keeps a copy and reads the profile afterwards."""
    token = card(bakery, task_id)
    bakery.finish(opened(bakery, token), share=False)
    with pytest.raises(WrongCode):
        cards.reopen(bakery.store, token, OTHER, bakery.now)
    assert why_not(bakery, token) == "in-use", "nobody chooses the word anew"
    for open_as_mailed in (links.look, links.exchange):
        with pytest.raises(NotFound):
            open_as_mailed(bakery.store, token, bakery.now)
    cards.reopen(bakery.store, token, WORD, bakery.now)


def test_after_twenty_wrong_words_the_card_has_ended_for_the_right_one_too(bakery, task_id):
    token = card(bakery, task_id)
    opened(bakery, token)
    left = []
    for number in range(cards.WRONG_CODES):
        with pytest.raises(WrongCode) as told:
            cards.reopen(bakery.store, token, f"guess {number}", bakery.now)
        left.append(told.value.left)
        if number == 10:
            cards.reopen(bakery.store, token, WORD, bakery.now)  # a right one gives no new tries
    assert left == list(range(cards.WRONG_CODES - 1, -1, -1))
    assert state(bakery, token) == "ended"
    with pytest.raises(NotOpened, match="ended"):
        cards.reopen(bakery.store, token, WORD, bakery.now)


def by_mail(bakery: Bakery, task_id: str) -> None:
    bakery.answer_all(bakery.enter(task_id))


def signed_in(bakery: Bakery, task_id: str) -> None:
    secret = sessions.begin_for(bakery.store, bakery.employee_id, task_id, bakery.now, "da")
    found = session_of(bakery, secret)
    assert found is not None
    bakery.answer_all(found)


def by_another_card(bakery: Bakery, task_id: str) -> None:
    bakery.answer_all(opened(bakery, card(bakery, task_id)))


def on_paper(bakery: Bakery, task_id: str) -> None:
    with bakery.store.read() as q:
        wave_id = q.task(id=task_id)["wave_id"]
    actor = administrator(bakery)
    (form,) = paper_printing.forms_to_print(bakery.store, actor, wave_id, bakery.unit_id, bakery.now)
    typed = [Entered({"skill-1": Given(position=2)})]
    paper_entry.enter(bakery.store, actor, form.code, typed, bakery.now)


WAYS: Any = pytest.mark.parametrize("answer", [by_mail, signed_in, by_another_card, on_paper])


@WAYS
def test_a_fresh_card_never_opens_what_was_answered_in_another_way(bakery, task_id, answer):
    answer(bakery, task_id)
    token = card(bakery, task_id)
    assert state(bakery, token) == "new", "looking tells nothing"
    assert why_not(bakery, token) == "begun"
    assert state(bakery, token) == "new"


@WAYS
def test_a_card_opened_beforehand_reads_nothing_of_what_is_answered_in_another_way(bakery, task_id, answer):
    """Whoever printed it opens it with a word of their own, and only then the person begins."""
    token = card(bakery, task_id)
    secret = cards.choose(bakery.store, token, OTHER, bakery.now)
    answer(bakery, task_id)
    assert session_of(bakery, secret) is None
    with pytest.raises(NotOpened, match="ended"):
        cards.reopen(bakery.store, token, OTHER, bakery.now)
    assert state(bakery, token) == "ended"


def test_opening_a_card_ends_what_was_open_and_left_no_answer(bakery, task_id):
    """Else whoever opens a card beside somebody who is about to begin would read along."""
    reading = links.exchange(bakery.store, links.mint(bakery.store, task_id, bakery.now), bakery.now)
    opened(bakery, card(bakery, task_id))
    assert session_of(bakery, reading) is None


def test_a_new_print_ends_cards_that_nobody_has_opened_and_no_others(bakery, task_id):
    first = card(bakery, task_id)
    second = card(bakery, task_id)
    assert [state(bakery, token) for token in (first, second)] == ["ended", "new"]
    bakery.answer_all(opened(bakery, second))
    third = card(bakery, task_id)
    assert [state(bakery, token) for token in (second, third)] == ["in-use", "new"]
    cards.reopen(bakery.store, second, WORD, bakery.now)


def test_a_mailed_link_still_opens_what_was_begun_with_a_card(bakery, task_id):
    bakery.answer_all(opened(bakery, card(bakery, task_id)))
    assert bakery.task(bakery.enter(task_id)).sheets[0].answered


def test_the_first_opening_is_noted_about_the_person_and_told_to_nobody_else(bakery, task_id):
    token = card(bakery, task_id)
    opened(bakery, token)
    cards.reopen(bakery.store, token, WORD, bakery.now)
    noted = [
        (one.actor_id, one.object_id)
        for one in log.about(bakery.store, bakery.employee_id)
        if one.action == "open-card"
    ]
    assert noted == [(bakery.employee_id, task_id)]
    assert "open-card" not in log.OF_THE_ORGANISATION, "it tells who has begun"


def test_confidential_questionnaires_have_no_cards(bakery):
    store, now = bakery.store, bakery.now
    trust = waves.add_questionnaire(store, confidential(), now=now)
    home, employee = bakery.organisation_id, bakery.employee_id
    both = [trust, bakery.content_hash]
    wave_id = waves.open_wave(store, home, "Both", both, job_areas="given", max_job_areas=1, now=now)
    waves.assign(
        store, wave_id, trust, "self", respondent_id=employee, subject_id=employee, job_area_ids=(), now=now
    )
    assert print_cards(bakery, wave_id) == (), "who is asked nothing else gets none"
    noted = [one.action for one in log.about(store, employee)]
    task_id = bakery.assign(wave_id)
    assert "print-cards" not in noted
    ((link,),) = [one.links for one in print_cards(bakery, wave_id)]
    assert link.task.key.id == task_id


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("", "short"),
        ("  abc ", "short"),
        ("x" * 101, "long"),
        ("1234", "easy"),
        ("9876", "easy"),
        ("aaaa", "easy"),
        ("Abab", "easy"),
        ("amina", "easy"),
        ("YıLDıZ", "easy"),
        ("amina yıldız", "easy"),
        ("surdej", None),
        ("4071", None),
        ("blåbær 🫐", None),
    ],
)
def test_what_can_be_guessed_at_once_is_no_code_word(word, fault):
    assert fault_of(word, "Amina Yıldız") == fault


def test_a_word_that_is_refused_opens_nothing(bakery, task_id):
    token = card(bakery, task_id)
    with pytest.raises(InvalidCode):
        cards.choose(bakery.store, token, "1234", bakery.now)
    assert state(bakery, token) == "new"


def test_only_a_slow_hash_of_the_word_is_stored_another_for_each_card(bakery, task_id):
    other = bakery.assign(bakery.wave())
    for one in (task_id, other):
        opened(bakery, card(bakery, one))
    with bakery.store.engine.transaction(write=False) as connection:
        cursor = connection.execute("SELECT code_hash FROM link_tokens WHERE printed_by IS NOT NULL")
        stored = [row[0] for row in cursor.fetchall()]
    assert len(set(stored)) == 2
    assert all(len(one) == 64 and "surdej" not in one for one in stored)


def test_a_card_lives_as_long_as_a_link_and_no_longer_than_its_task(bakery, task_id):
    token = card(bakery, task_id)
    assert cards.find(bakery.store, token, later(days=89)) is not None
    assert cards.find(bakery.store, token, later(days=91)) is None
    with pytest.raises(NotFound):
        cards.choose(bakery.store, token, WORD, later(days=91))
    assert cards.find(bakery.store, "A" * 43, bakery.now) is None
