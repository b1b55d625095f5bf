"""Passkeys in a real browser, with the virtual authenticator that it offers to tests (WebAuthn over CDP)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from crowd import Crowd
from playwright.sync_api import expect
from werkzeug.serving import make_server

from assess.people import signing_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from assess.settings import Settings
    from assess.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "en", "reduced_motion": "reduce"}


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store, now=datetime.now(UTC))


@pytest.fixture
def server(settings: Settings, store: Store) -> Iterator[str]:
    """The application under a name: passkeys are tied to one, and its address must be known beforehand."""
    from assess.web.app import create_app

    serving = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    address = f"http://localhost:{serving.server_port}"
    serving.app = create_app(replace(settings, base_url=address), store=store)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield address
    serving.shutdown()
    thread.join()
    serving.server_close()


class Administrator:
    """Bo with a phone, or with a phone that has never seen his passkey."""

    def __init__(self, browser: Browser, server: str, bakery: Crowd, **context: Any) -> None:
        self.context: BrowserContext = browser.new_context(**(PHONE | context))
        self.page: Page = self.context.new_page()
        self.trouble: list[str] = []
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                message.type == "error"
                and "Failed to load resource" not in message.text
                and self.trouble.append(message.text)
            ),
        )
        self.server, self.bakery = server, bakery
        self.devtools = self.context.new_cdp_session(self.page)

    def with_authenticator(self) -> None:
        self.devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.authenticator = added["authenticatorId"]

    def sign_in(self) -> None:
        token = signing_in.mint(self.bakery.store, self.bakery.manager_id, datetime.now(UTC))
        self.page.goto(f"{self.server}/sign-in/{token}")
        self.page.locator("main form .button").click()
        expect(self.page.locator("h1")).to_be_visible()

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out on this device").click()

    def register(self) -> None:
        self.page.goto(f"{self.server}/account")
        self.page.get_by_label("What you call it").fill("Phone")
        self.page.get_by_role("button", name="Register a passkey").click()
        expect(self.page.get_by_role("status")).to_contain_text("The passkey is registered.")


@pytest.fixture
def bo(browser: Browser, server: str, bakery: Crowd) -> Iterator[Administrator]:
    someone = Administrator(browser, server, bakery)
    someone.page.goto(server)
    someone.page.get_by_role("button", name="English").click()
    yield someone
    someone.context.close()
    assert someone.trouble == []


def test_an_administrator_registers_a_passkey_and_confirms_the_next_session(bo: Administrator) -> None:
    # Given a browser that has passkeys
    bo.with_authenticator()
    bo.sign_in()
    bo.register()
    expect(bo.page.get_by_text("Phone", exact=True)).to_be_visible()
    bo.page.goto(f"{bo.server}/admin")
    expect(bo.page).to_have_url(f"{bo.server}/admin")
    # When he signs in again by mail
    bo.sign_out()
    bo.sign_in()
    bo.page.goto(f"{bo.server}/admin/published")
    expect(bo.page.locator("h1")).to_have_text("Confirm that it is you")
    # Then the passkey opens the page that was asked for, and the next ones too
    bo.page.get_by_role("button", name="Use my passkey").click()
    bo.page.wait_for_url(f"{bo.server}/admin/published")
    bo.page.goto(f"{bo.server}/admin")
    expect(bo.page).to_have_url(f"{bo.server}/admin")


def test_without_the_passkey_the_administration_stays_shut(bo: Administrator) -> None:
    bo.with_authenticator()
    bo.sign_in()
    bo.register()
    bo.sign_out()
    # Given a device that does not have it
    bo.devtools.send("WebAuthn.clearCredentials", {"authenticatorId": bo.authenticator})
    bo.sign_in()
    bo.page.goto(f"{bo.server}/admin")
    button = bo.page.get_by_role("button", name="Use my passkey")
    button.click()
    # Then the page says so, and another try is possible
    expect(bo.page.locator("[data-failed]")).to_be_visible()
    expect(button).to_be_enabled()
    bo.page.goto(f"{bo.server}/admin")
    expect(bo.page.locator("h1")).to_have_text("Confirm that it is you")


def test_the_same_device_is_not_registered_twice(bo: Administrator) -> None:
    bo.with_authenticator()
    bo.sign_in()
    bo.register()
    bo.page.get_by_role("button", name="Register a passkey").click()
    expect(bo.page.locator("[data-failed]")).to_be_visible()


def test_without_script_the_page_says_what_is_needed(browser: Browser, server: str, bakery: Crowd) -> None:
    someone = Administrator(browser, server, bakery, java_script_enabled=False)
    someone.page.goto(server)
    someone.page.get_by_role("button", name="English").click()
    someone.sign_in()
    someone.page.goto(f"{server}/account")
    expect(someone.page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(someone.page.get_by_role("button", name="Register a passkey")).to_be_hidden()
    someone.context.close()
