"""A real browser at a real server, with the real job-maturity questionnaire."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import house as houses
import pytest
import serving
from small_organisation import Bakery
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from assess.settings import Settings
    from assess.store import Store

font_folder, settings, store = serving.font_folder, serving.settings, serving.store
clock, house = houses.clock, houses.house

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session", autouse=True)
def whole_pages() -> Iterator[None]:
    """A click that leads to another page ends when that page is whole. By itself it ends when a page begins
    to come, and what is counted at once is counted on half a page."""
    from playwright.sync_api import Locator

    click = Locator.click

    def and_wait(self: Locator, **options: Any) -> None:
        click(self, **options)
        if not self.page.is_closed() and not options.get("no_wait_after"):
            self.page.wait_for_load_state()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", and_wait)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium where it is, else the one that playwright brought."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = CHROMIUM if Path(CHROMIUM).exists() else None
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def bakery(store: Store) -> Bakery:
    from questionnaires.library import LIBRARY
    from questionnaires.reader import read_folder

    return Bakery(store, definition=read_folder(LIBRARY / "job-maturity"), now=datetime.now(UTC))


@pytest.fixture
def server(settings: Settings, store: Store) -> Iterator[str]:
    """The address of the application, served on a free port."""
    from assess.web.app import create_app

    serving = make_server("127.0.0.1", 0, create_app(settings, store=store), threaded=True)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    thread.join()
    serving.server_close()


@dataclass
class Person:
    """Somebody with a browser of their own, who has a personal link."""

    context: BrowserContext
    link: str
    server: str
    trouble: list[str]

    def page(self) -> Page:
        """A new tab. What leaves the machine or breaks in it is remembered as trouble."""
        page = self.context.new_page()
        host = urlsplit(self.server).netloc
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on(
            "console",
            lambda message: (
                message.type == "error"
                and "Failed to load resource" not in message.text
                and self.trouble.append(message.text)
            ),
        )
        page.on(
            "request",
            lambda request: (
                urlsplit(request.url).netloc != host
                and self.trouble.append(f"leaves the machine: {request.url}")
            ),
        )
        return page

    def enter(self) -> Page:
        """A tab on the welcome page."""
        page = self.page()
        page.goto(self.link)
        page.locator("main form .button").click()
        return page


@pytest.fixture
def person(browser: Browser, server: str, bakery: Bakery) -> Iterator[Callable[..., Person]]:
    """`person(task, **context)`: a phone of 390 px unless `context` says otherwise. Ends without trouble."""
    from assess.answering import links

    everybody: list[Person] = []

    def make(task: str, **context: Any) -> Person:
        defaults: dict[str, Any] = {
            "viewport": {"width": 390, "height": 844},
            "locale": "en",
            "reduced_motion": "reduce",
        }
        token = links.mint(bakery.store, task, bakery.now)
        someone = Person(browser.new_context(**(defaults | context)), f"{server}/a/{token}", server, [])
        everybody.append(someone)
        return someone

    yield make
    trouble = [line for someone in everybody for line in someone.trouble]
    for someone in everybody:
        someone.context.close()
    assert trouble == []
