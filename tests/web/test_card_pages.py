"""Opening a printed card in a browser without script: choosing the code word, typing it, being refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import Visitor

from assess.answering import paper_printing
from assess.rights import Actor

if TYPE_CHECKING:
    from flask import Flask
    from small_organisation import Bakery

WORD = "surdej 7"


def card(bakery: Bakery, wave_id: str) -> str:
    """The address on the only card."""
    actor = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
    ((link,),) = [
        one.links
        for one in paper_printing.cards_to_print(bakery.store, actor, wave_id, bakery.unit_id, bakery.now)
    ]
    return f"/a/{link.token}"


@pytest.fixture
def somebody(app: Flask) -> Visitor:
    visitor = Visitor(app)
    visitor.open("/")
    visitor.press("English")
    return visitor


def test_a_card_asks_for_a_word_at_first_and_for_that_word_afterwards(bakery, app, somebody):
    wave_id = bakery.wave()
    bakery.assign(wave_id)
    address = card(bakery, wave_id)
    page = somebody.open(address)
    assert page.says("Hello Amina", "Choose a code word", "not even whoever printed the card")
    page = somebody.press("Continue as Amina", code_word=WORD)
    assert page.path == "/answer"
    other = Visitor(app)
    page = other.open(address)
    assert page.says("This card has been opened before", "You have never opened this card?")
    page = other.press("Continue as Amina", code_word="kringle")
    assert page.status == 422
    assert page.says("This is not the code word of this card. Tries left: 19.")
    assert page.title.startswith("There is a problem")
    assert 'href="#code-word"' in page.html
    assert 'aria-invalid="true"' in page.html
    assert "kringle" not in page.html
    assert other.press("Continue as Amina", code_word=WORD.upper()).path == "/answer"


@pytest.mark.parametrize(
    ("word", "told"), [("abc", "Write at least 4 signs."), ("Amina", "This is too easy to guess.")]
)
def test_a_word_that_does_not_do_is_told_and_can_be_chosen_again(bakery, somebody, word, told):
    wave_id = bakery.wave()
    bakery.assign(wave_id)
    somebody.open(card(bakery, wave_id))
    page = somebody.press("Continue as Amina", code_word=word)
    assert page.status == 422
    assert page.says("There is a problem", told)
    assert somebody.press("Continue as Amina", code_word=WORD).path == "/answer"


def test_the_administrators_fresh_card_tells_only_that_it_is_being_answered(bakery, app, somebody):
    wave_id = bakery.wave()
    task_id = bakery.assign(wave_id)
    before = somebody.open(card(bakery, wave_id)).text
    bakery.finish(bakery.enter(task_id), share=False)
    address = card(bakery, wave_id)
    assert somebody.open(address).text == before, "looking tells nothing"
    page = somebody.press("Continue as Amina", code_word=WORD)
    assert page.status == 409
    assert page.says("These questions are being answered already", "sign in by mail", "Was that not you?")
    assert somebody.open("/answer").status == 401, "nothing has been opened"
    assert somebody.open(address).text == before


def test_a_card_that_has_ended_says_how_to_go_on(bakery, somebody):
    wave_id = bakery.wave()
    bakery.assign(wave_id)
    first = card(bakery, wave_id)
    card(bakery, wave_id)
    page = somebody.open(first)
    assert page.status == 410
    assert page.says("This card no longer works", "How you go on")
    assert not any("chooses" in form.data for form in page.forms)


def test_guessing_from_one_place_is_slowed_down_and_the_word_is_not_kept_in_the_page(bakery, app, somebody):
    wave_id = bakery.wave()
    bakery.assign(wave_id)
    address = card(bakery, wave_id)
    somebody.open(address)
    somebody.press("Continue as Amina", code_word=WORD)
    guesser = Visitor(app)
    for number in range(10):
        guesser.open(address)
        assert guesser.press("Continue as Amina", code_word=f"guess {number}").status == 422
    guesser.open(address)
    page = guesser.press("Continue as Amina", code_word="guess ten")
    assert page.status == 429
    assert "guess ten" not in page.html


@pytest.mark.parametrize(
    ("language", "chosen", "opened"),
    [
        ("Dansk", "Vælg et kodeord", "Kortet har været åbnet før"),
        ("Svenska", "Välj ett kodord", "Kortet har öppnats tidigare"),
    ],
)
def test_the_card_speaks_the_language_that_was_chosen(bakery, app, language, chosen, opened):
    wave_id = bakery.wave()
    bakery.assign(wave_id)
    address = card(bakery, wave_id)
    visitor = Visitor(app)
    visitor.open("/")
    visitor.press(language)
    page = visitor.open(address)
    assert page.says(chosen)
    (button,) = [name for form in page.forms if "chooses" in form.data for name in form.buttons]
    visitor.press(button, code_word=WORD)
    assert visitor.open(address).says(opened)


def test_the_person_sees_when_the_card_was_first_opened(bakery, app, somebody):
    from assess.people import signing_in

    wave_id = bakery.wave()
    bakery.assign(wave_id)
    somebody.open(card(bakery, wave_id))
    somebody.press("Continue as Amina", code_word=WORD)
    amina = Visitor(app)
    amina.open("/")
    amina.press("English")
    amina.open(f"/sign-in/{signing_in.mint(bakery.store, bakery.employee_id, bakery.now)}")
    amina.press("Sign in")
    assert amina.open("/me/looks").says("Your card was opened for the first time")
