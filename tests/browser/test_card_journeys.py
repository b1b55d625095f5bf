"""A printed card on a phone: accessible in every state, without script, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from looking import require_accessible
from playwright.sync_api import expect
from small_organisation import Bakery

from assess.answering import paper_printing
from assess.rights import Actor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORD = "surdej 7"


def card(bakery: Bakery, wave_id: str) -> str:
    actor = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
    cards = paper_printing.cards_to_print(bakery.store, actor, wave_id, bakery.unit_id, bakery.now)
    return cards[0].links[0].token


def write(page: Page, word: str) -> None:
    page.locator("#code-word").fill(word)
    page.locator("main form .button").click()


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_card_opens_on_a_phone_without_script(
    language: str, bakery: Bakery, server: str, browser: Browser
) -> None:
    wave_id = bakery.wave()
    task_id = bakery.assign(wave_id)
    address = f"{server}/a/{card(bakery, wave_id)}"
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale=language, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(server)
    page.locator(f'button[value="{language}"]').click()
    # When a word is chosen that will not do, then the page says so at the field
    page.goto(address)
    write(page, "1234")
    assert page.locator("#code-word").get_attribute("aria-describedby") == "code-word-error code-word-hint"
    write(page, WORD)
    assert page.url == f"{server}/answer"
    # When it is opened again, then with that word alone
    page.goto(address)
    write(page, "kringle")
    assert page.locator('[role="alert"] a').get_attribute("href") == "#code-word"
    write(page, WORD)
    assert page.url == f"{server}/answer"
    # When it was answered, then another card opens nothing
    bakery.answer_all(bakery.enter(task_id))
    page.goto(f"{server}/a/{card(bakery, wave_id)}")
    write(page, WORD)
    assert page.locator("main .bullets li").count() == 4
    context.close()


def test_every_state_of_a_card_is_accessible(bakery: Bakery, server: str, browser: Browser) -> None:
    wave_id = bakery.wave()
    task_id = bakery.assign(wave_id)
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="da", reduced_motion="reduce"
    )
    page = context.new_page()

    def look(name: str) -> None:
        require_accessible(page)
        assert page.locator("h1").count() == 1, name

    first = f"{server}/a/{card(bakery, wave_id)}"
    page.goto(first)
    look("new")
    write(page, "abc")
    expect(page.locator("#problem")).to_be_focused()  # the summary is read out first
    look("refused")
    write(page, WORD)
    page.goto(first)
    look("in-use")
    write(page, "kringle")
    look("wrong")
    bakery.answer_all(bakery.enter(task_id))
    page.goto(first)
    look("ended")
    page.goto(f"{server}/a/{card(bakery, wave_id)}")
    write(page, WORD)
    look("begun")
    context.close()
