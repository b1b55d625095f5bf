"""A development talk on two phones: planned, prepared, agreed and signed; every page accessible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from looking import require_accessible
from small_organisation import Bakery
from talking import Talking

from assess.people import signing_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Enter = Callable[..., "Page"]


@pytest.fixture
def enter(bakery: Bakery, server: str, browser: Browser) -> Iterator[Enter]:
    """A phone on which somebody signs in; another page of the same phone with `beside`."""
    contexts = []

    def by_link(person_id: str) -> Page:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="da", reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{server}/sign-in/{signing_in.mint(bakery.store, person_id, bakery.now)}")
        page.locator("main form .button").click()
        page.wait_for_url(f"{server}/me**")
        return page

    yield by_link
    for context in contexts:
        context.close()


def saved(page: Page) -> None:
    """Waits until the page's script has said that everything is saved."""
    page.locator('.status[data-state="saved"]').wait_for()


def test_a_talk_on_two_phones(bakery: Bakery, server: str, enter: Enter) -> None:
    world = Talking(bakery)
    bo, amina = enter(world.bo.id), enter(world.amina.id)

    # Given a talk that the manager plans
    bo.goto(f"{server}/talks/new?person={world.amina.id}")
    require_accessible(bo)
    bo.locator("#day").fill((bakery.now + timedelta(days=7)).date().isoformat())
    bo.locator("#place").fill("https://video.example.org/room")
    bo.locator("main form .button").click()
    bo.wait_for_url(re.compile("/talks/[0-9a-f]+"))
    talk = bo.url.split("?")[0]
    require_accessible(bo)

    # When both prepare, each alone, and one leaves the page without pressing anything
    amina.goto(f"{server}/talks")
    require_accessible(amina)
    amina.locator(".talk-card .button").click()
    amina.locator("#strengths").fill("Jeg kender ovnene")
    saved(amina)
    amina.goto(f"{talk}/preparation")
    assert amina.locator("#strengths").input_value() == "Jeg kender ovnene"
    require_accessible(amina)
    amina.locator('button[value="ready"]').click()
    amina.wait_for_url(f"{talk}?note=ready")
    require_accessible(amina)
    bo.goto(f"{talk}/preparation")
    bo.locator("#wishes").fill("Mere af det samme")
    bo.locator('button[value="ready"]').click()
    bo.wait_for_url(f"{talk}?note=ready")

    # Then both read both
    for page in (bo, amina):
        page.goto(f"{talk}/preparation")
        assert page.get_by_text("Jeg kender ovnene").is_visible()
        assert page.get_by_text("Mere af det samme").is_visible()
    require_accessible(bo)

    # When they write down what they agree on, then each signs what stands there
    amina.goto(f"{talk}/agreements/new")
    require_accessible(amina)
    amina.locator("main form .button").first.click()
    assert amina.locator('[role="alert"] a').first.get_attribute("href") == "#kind"
    require_accessible(amina)
    amina.locator('label[for="kind"]').click()
    amina.locator("#what").fill("Bage alene om fredagen")
    amina.locator('label[for="owner"]').click()
    amina.locator('button[value="save"]').click()
    for page in (amina, bo):
        page.goto(f"{talk}/agreements")
        require_accessible(page)
        page.locator(".sign .button").click()
        page.wait_for_url(f"{talk}/agreements?note=signed")
    assert bo.get_by_text("Underskriven av båda").is_visible(), "Bo reads Swedish"
    require_accessible(bo)
    for way in ("notes", "change", "cancel", "held"):
        bo.goto(f"{talk}/{way}")
        require_accessible(bo)
    amina.goto(f"{talk}/showing")
    require_accessible(amina)


def test_two_tabs_lose_nothing(bakery: Bakery, server: str, enter: Enter) -> None:
    world = Talking(bakery)
    talk = f"{server}/talks/{world.plan()}"
    one = enter(world.bo.id)
    other = one.context.new_page()
    for page in (one, other):
        page.goto(f"{talk}/notes")
    one.locator("#text").fill("Fra den ene fane")
    saved(one)
    # When the other tab writes too, then its script overwrites nothing
    other.locator("#text").fill("Fra den anden fane")
    other.locator('.status[data-state="conflict"]').wait_for()
    other.locator(".talk-form .button").click()
    assert other.get_by_text("Fra den ene fane").is_visible()
    assert other.get_by_text("Fra den anden fane").is_visible()
    require_accessible(other)
    other.locator('label[for="keep-text-both"]').click()
    other.locator("main form .button").click()
    other.wait_for_url(f"{talk}/notes?note=saved")
    assert other.locator("#text").input_value() == "Fra den ene fane\n\nFra den anden fane"
    # When the network is gone, then it is told, and what is written is saved once it is back
    other.context.set_offline(True)
    other.locator("#text").fill("Uden net")
    other.locator('.status[data-state="waiting"]').wait_for()
    other.context.set_offline(False)
    saved(other)
