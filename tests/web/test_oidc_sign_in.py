"""Signing in with the organisation's own accounts, at a real, certified provider that the test starts."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from browsing import Page, Visitor
from crowd import Crowd

from assess.people import register, sessions
from assess.web.app import create_app

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings
    from assess.store import Store

HERE = Path(__file__).parents[1] / "oidc"
CACHE = Path(__file__).parents[2] / ".make"
OURS = "http://127.0.0.1:8000"
BACK = f"{OURS}/sign-in/with/back"
PEOPLE: dict[str, dict[str, Any]] = {
    "bo": {"email": "Bo@Example.org", "email_verified": True},
    "unverified": {"email": "bo@example.org", "email_verified": False},
    "unsaid": {"email": "bo@example.org"},
    "in words": {"email": "bo@example.org", "email_verified": "true"},
    "unknown": {"email": "stranger@example.org", "email_verified": True},
    "without": {},
}
REFUSED = "We could not sign you in"


@pytest.fixture(scope="session")
def installed() -> Path:
    """The provider with what it needs, installed once for each lock file by npm."""
    files = [HERE / name for name in ("package.json", "package-lock.json", "provider.mjs")]
    folder = CACHE / f"oidc-{hashlib.sha256(b''.join(file.read_bytes() for file in files)).hexdigest()[:16]}"
    if not folder.exists():
        CACHE.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=CACHE, prefix="oidc-new-"))
        for file in files:
            shutil.copy(file, fresh)
        subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=fresh,
            check=True,
            capture_output=True,
        )
        try:
            fresh.rename(folder)
        except OSError:  # another test process was faster
            shutil.rmtree(fresh)
    return folder


@pytest.fixture(scope="module")
def issuer(installed: Path) -> Iterator[str]:
    """The address of the running provider."""
    command = ["node", "provider.mjs", json.dumps(PEOPLE), BACK]
    environment = {**os.environ, "NODE_ENV": "production", "NODE_NO_WARNINGS": "1"}
    with subprocess.Popen(
        command, cwd=installed, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as provider:
        assert provider.stdout is not None
        address = next(
            (line.strip() for line in provider.stdout if line.startswith("http://127.0.0.1:")), None
        )
        assert address, "the provider did not start"
        yield address
        provider.terminate()


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store)


@pytest.fixture
def with_provider(settings: Settings, issuer: str) -> Settings:
    return replace(
        settings,
        oidc_issuer=issuer,
        oidc_client="assess",
        oidc_secret="a secret of the test and nobody else",
        oidc_name="Bageriets konto",
    )


@pytest.fixture
def app(with_provider: Settings, bakery: Crowd, clock: Clock) -> Flask:
    return create_app(with_provider, clock=clock, store=bakery.store)


class Accounts:
    """The part of a browser that speaks to the provider."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def leave(self, headers: dict[str, str] | None = None) -> str:
        """Presses the button; gives the address at the provider that it leads to."""
        response = self.visitor.client.get("/sign-in/with", base_url=OURS, headers=headers)
        assert response.status_code == 302
        return str(response.headers["Location"])

    def sign_in(self, address: str, name: str) -> str:
        """Signs in there as `name` ("" breaks it off); gives the address that the provider leads back to."""
        with requests.Session() as browser:
            for _ in range(6):
                answer = browser.get(address, allow_redirects=False, timeout=10)
                assert answer.status_code in {302, 303}, answer.text
                address = requests.compat.urljoin(address, answer.headers["Location"])
                if address.startswith(OURS):
                    return address
                if "/interaction/" in address:
                    address += f"?as={name}" if name else ""
        raise AssertionError(f"the provider leads nowhere: {address}")

    def come_back(self, address: str) -> Page:
        return self.visitor.open(address.removeprefix(OURS))

    def through(self, name: str) -> Page:
        return self.come_back(self.sign_in(self.leave(), name))


@pytest.fixture
def accounts(visitor: Visitor) -> Accounts:
    """Of somebody who has chosen English; Bo's own language is Swedish."""
    visitor.open("/")
    visitor.press("English")
    return Accounts(visitor)


def test_the_button_signs_in_whoever_has_the_verified_address(accounts: Accounts) -> None:
    page = accounts.visitor.open("/sign-in")
    assert page.says("Sign in with Bageriets konto", "Or with a link by mail")
    page = accounts.through("bo")
    assert (page.status, page.path.split("?")[0]) == (200, "/me")
    assert page.says("Bo Ørsted")


@pytest.mark.parametrize("name", ["unverified", "unsaid", "in words", "unknown", "without"])
def test_whoever_is_not_known_for_sure_gets_one_and_the_same_page(accounts: Accounts, name: str) -> None:
    page = accounts.through(name)
    assert page.status == 403
    assert page.says(REFUSED, "You can ask for a link by mail instead.", "Send me a link")
    assert not page.says("example.org@")
    assert accounts.visitor.open("/me").status == 401


def test_nobody_is_entered_by_signing_in(accounts: Accounts, bakery: Crowd) -> None:
    with bakery.store.engine.transaction(write=False) as connection:
        before = connection.execute("SELECT COUNT(*) FROM people").fetchone()
        accounts.through("unknown")
        assert connection.execute("SELECT COUNT(*) FROM people").fetchone() == before


def test_who_has_left_or_is_in_two_organisations_is_not_signed_in(accounts: Accounts, bakery: Crowd) -> None:
    other = register.add_organisation(bakery.store, "Kiosk", customer="guest", now=bakery.now)
    register.add_person(
        bakery.store,
        other,
        first_name="Bo",
        name="Bo Ø",
        language="da",
        email="bo@example.org",
        now=bakery.now,
    )
    assert accounts.through("bo").says(REFUSED)
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET left_at = '2026-01-01' WHERE email LIKE 'bo@%'")
    assert accounts.through("bo").says(REFUSED)


def test_breaking_off_at_the_provider_leads_to_the_same_page(accounts: Accounts) -> None:
    assert accounts.through("").says(REFUSED)


def test_the_way_there_has_state_nonce_and_pkce_and_comes_back_to_the_address_of_the_settings(
    accounts: Accounts,
) -> None:
    asked = parse_qs(urlsplit(accounts.leave({"X-Forwarded-Host": "evil.example"})).query)
    assert asked["redirect_uri"] == [BACK]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))
    again = parse_qs(urlsplit(accounts.leave()).query)
    assert all(asked[name] != again[name] for name in ("state", "nonce", "code_challenge"))


def test_nothing_in_the_address_says_where_one_goes_afterwards(accounts: Accounts) -> None:
    response = accounts.visitor.client.get(
        "/sign-in/with?next=https://evil.example&back=//evil.example", base_url=OURS
    )
    assert "evil" not in response.headers["Location"]
    back = accounts.sign_in(response.headers["Location"], "bo")
    page = accounts.come_back(f"{back}&next=https://evil.example&back=//evil.example")
    assert page.path.split("?")[0] == "/me"


def test_an_answer_works_once_and_only_in_the_browser_that_asked(accounts: Accounts, app: Flask) -> None:
    back = accounts.sign_in(accounts.leave(), "bo")
    stolen = Accounts(Visitor(app))
    assert stolen.come_back(back).says(REFUSED), "another browser has no state"
    assert accounts.come_back(back).says("Bo Ørsted")
    accounts.visitor.press("Sign out on this device")
    assert accounts.come_back(back).says(REFUSED), "the state is used up"


@pytest.mark.parametrize(
    "wrong", ["state=made-up&code=x", "code=x", "state=x", "", "error=access_denied&state=x"]
)
def test_an_answer_that_nobody_asked_for_is_refused(accounts: Accounts, wrong: str) -> None:
    page = accounts.come_back(f"/sign-in/with/back?{wrong}")
    assert (page.status, page.says(REFUSED)) == (403, True)


def test_beginning_again_and_again_does_not_fill_the_cookie(accounts: Accounts) -> None:
    sizes = []
    for _ in range(5):
        back = accounts.leave()
        kept = accounts.visitor.client.get_cookie("assess", domain="127.0.0.1")
        assert kept is not None
        sizes.append(len(kept.value))
    assert max(sizes) - min(sizes) < 40, "compression only"
    assert accounts.come_back(accounts.sign_in(back, "bo")).says("Bo Ørsted"), "the last one works"


def test_the_session_is_new_and_the_one_before_has_ended(accounts: Accounts, bakery: Crowd) -> None:
    planted = accounts.visitor.client
    planted.set_cookie("assess-person", "planted", domain="127.0.0.1")
    accounts.through("bo")
    cookie = planted.get_cookie("assess-person", domain="127.0.0.1")
    assert cookie is not None
    assert cookie.value != "planted"
    found = sessions.find(bakery.store, cookie.value, bakery.now)
    assert found is not None
    assert found.person_id == bakery.manager_id


def test_a_provider_that_is_away_or_is_another_one_leads_to_the_mailed_link(
    with_provider: Settings, bakery: Crowd, clock: Clock
) -> None:
    for issuer in ("http://127.0.0.1:9", with_provider.oidc_issuer.replace("127.0.0.1", "localhost")):
        app = create_app(replace(with_provider, oidc_issuer=issuer), clock=clock, store=bakery.store)
        page = Visitor(app).open("/sign-in/with")
        assert (page.status, page.says("Your organisation’s sign-in does not answer", "Send me a link")) == (
            503,
            True,
        )


def test_without_the_setting_there_is_no_button_and_no_way(
    settings: Settings, bakery: Crowd, clock: Clock
) -> None:
    visitor = Visitor(create_app(settings, clock=clock, store=bakery.store))
    assert not visitor.open("/sign-in").says("Or with a link by mail")
    assert "/sign-in/with" not in visitor.page.html
    assert visitor.open("/sign-in/with/back").status == 404


def test_the_lock_file_names_no_registry_of_ours() -> None:
    packages = json.loads((HERE / "package-lock.json").read_text())["packages"]
    places = {urlsplit(entry["resolved"]).hostname for entry in packages.values() if "resolved" in entry}
    assert places <= {"registry.npmjs.org"}
    assert all("integrity" in entry for name, entry in packages.items() if name)
