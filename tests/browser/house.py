"""An application that is served with its worker and its letters, and browsers at it that read Danish."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from campaigning import MORNING
from looking import require_accessible
from werkzeug.serving import make_server

from assess import jobs
from assess.answering.ordering import REPORT_JOB
from assess.language.catalogue import LANGUAGE_NAMES
from assess.mail.writing import write
from assess.outbox import letters
from assess.people import signing_in
from assess.web.app import create_app
from assess.web.language import words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from assess.settings import Settings
    from assess.store import Store

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
QUICK = {kind: work for kind, work in jobs.KINDS.items() if kind != REPORT_JOB}
"""Reports of everybody take long; whoever wants one before it is made gets it made."""
say = words("da").gettext


class Clock:
    """The application's and the worker's, in the test's hand."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@dataclass
class House:
    """An application that is served, its worker, its letters, and browsers at it."""

    store: Store
    settings: Settings
    clock: Clock
    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def work(self) -> None:
        """What the worker does until nothing is due."""
        while jobs.run_due(jobs.Workplace(self.store, self.settings, self.clock), QUICK):
            pass

    def tab(self, **context: Any) -> Page:
        """A browser of its own for somebody who reads Danish. What breaks in it is trouble."""
        opened = self.browser.new_context(locale="da-DK", reduced_motion="reduce", **context)
        self.contexts.append(opened)
        page = opened.new_page()
        opened.on("page", self._listen)
        self._listen(page)
        return page

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on(
            "console",
            lambda line: (
                line.type == "error"
                and "Failed to load resource" not in line.text
                and self.trouble.append(line.text)
            ),
        )
        page.on(
            "request",
            lambda request: (
                urlsplit(request.url).netloc != urlsplit(self.address).netloc
                and self.trouble.append(f"leaves the machine: {request.url}")
            ),
        )

    def message(self, kind: str, person_id: str) -> EmailMessage:
        """Somebody's newest letter of a kind, as it would be sent now."""
        with self.store.engine.transaction(write=False) as connection:
            [letter_id] = connection.execute(
                "SELECT id FROM outbox WHERE kind = ? AND person_id = ? ORDER BY created_at DESC, id DESC",
                (kind, person_id),
            ).fetchone()
        with self.store.read() as q:
            letter = letters.found(q, letter_id)
        assert letter is not None
        return write(self.store, self.settings, letter, self.clock.now)

    def letter(self, kind: str, person_id: str) -> str:
        """The text of that letter."""
        return text_of(self.message(kind, person_id))

    def link(self, kind: str, person_id: str) -> str:
        """The link of that letter, at the address where the test serves."""
        return self.here(self.letter(kind, person_id))

    def here(self, text: str) -> str:
        """The link in the text of a letter, at the address where the test serves."""
        found = re.search(rf"{self.settings.base_url}(/(?:a|sign-in|talks/open)/[\w-]+)", text)
        assert found is not None
        return self.address + found[1]

    def sign_in(self, page: Page, person_id: str) -> Page:
        """By a link, without asking for it; who reads another language reads Danish here."""
        page.goto(f"{self.address}/sign-in/{signing_in.mint(self.store, person_id, self.clock.now)}")
        read_danish(page)
        press(page, say("Sign in"))
        read_danish(page)
        return page

    def go(self, page: Page, path: str) -> Page:
        """Opens a page, which has to be accessible."""
        answer = page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, path
        require_accessible(page)
        return page

    def status(self, page: Page, path: str) -> int:
        answer = page.goto(self.address + path)
        assert answer is not None
        return answer.status


def read_danish(page: Page) -> None:
    """Chooses the language of these tests, where the page is not in it already."""
    if page.locator("html").get_attribute("lang") != "da":
        press(page, LANGUAGE_NAMES["da"])


def text_of(message: EmailMessage) -> str:
    """What a letter says, without its HTML."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def press(page: Page, label: str) -> None:
    """Presses the button, or follows the link, with these words."""
    button = page.get_by_role("button", name=label, exact=True)
    (button if button.count() else page.get_by_role("link", name=label, exact=True)).first.click()
    page.wait_for_load_state()


def follow(page: Page, link: Locator) -> None:
    """Taps a link or button and waits for the page that it leads to."""
    with page.expect_navigation():
        link.tap()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(settings: Settings, store: Store, clock: Clock, browser: Browser) -> Iterator[House]:
    serving = make_server("127.0.0.1", 0, create_app(settings, clock=clock, store=store), threaded=True)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    opened = House(store, settings, clock, browser, f"http://127.0.0.1:{serving.server_port}")
    yield opened
    for context in opened.contexts:
        context.close()
    serving.shutdown()
    thread.join()
    serving.server_close()
    jobs.close_queues()
    assert opened.trouble == []
