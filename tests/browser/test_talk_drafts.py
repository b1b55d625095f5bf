"""What is typed on the pages of a talk is saved while one writes: in two tabs, and without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
