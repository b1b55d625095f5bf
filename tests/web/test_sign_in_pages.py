"""Signing in by a link: once, in time, apart from answering; and out again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from crowd import Crowd

from assess import jobs
from assess.mail import showing
from assess.outbox import letters
from assess.people import administrators, requests, signing_in
from assess.web.app import create_app
from assess.web.language import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings
    from assess.store import Store

NO_LONGER = "This link no longer works"


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store)


@pytest.fixture
def visitor(visitor: Visitor) -> Visitor:
    """Somebody who has chosen English; Bo's own language is Swedish."""
    visitor.open("/")
    visitor.press("English")
    return visitor


@pytest.fixture
def address(bakery: Crowd) -> str:
    return f"/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}"


def test_from_an_address_by_mail_to_the_own_pages(
    bakery: Crowd, visitor: Visitor, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[object] = []
    monkeypatch.setattr(jobs, "wake", woken.append)
    # When somebody asks for a link, and the worker has done its part
    visitor.open("/sign-in")
    page = visitor.press("Send me a link", address="Bo@example.org")
    assert page.says("Look in your mail", "The link works once, for 15 minutes.")
    assert woken == [settings]
    answers = {requests.REQUEST_JOB: jobs.KINDS[requests.REQUEST_JOB], letters.SEND_JOB: lambda *_: None}
    jobs.run_due(jobs.Workplace(bakery.store, settings, clock), answers)
    # Then the letter, in the language of the person, has a link that signs in
    demo = replace(settings, demo=True)
    [listed] = showing.shown_letters(bakery.store, demo, "Rugbrød & Co.")
    letter = showing.show(bakery.store, demo, "Rugbrød & Co.", listed.id, clock.now)
    assert letter.to == "Bo Ørsted"
    [path] = re.findall(r"http://127\.0\.0\.1:8000(/sign-in/[\w-]{43})", letter.text)
    visitor.open(path)
    assert visitor.press("Sign in").says("You are signed in.", "Bo Ørsted")


@pytest.mark.parametrize("address", ["", "bo", "bo@", "a b@example.org", "<script>@example.org>@x"])
def test_what_is_no_address_is_told_and_kept_for_another_try(visitor: Visitor, address: str) -> None:
    visitor.open("/sign-in")
    page = visitor.press("Send me a link", address=address)
    assert (page.status, page.says("Write an e-mail address like name@example.org.")) == (422, True)
    assert page.form("Send me a link").data["address"] == address


def test_a_link_shows_a_button_and_the_button_signs_in(address: str, visitor: Visitor) -> None:
    page = visitor.open(address)
    assert page.says("This link signs in the one person it was made for.")
    assert not page.says("Bo Ørsted"), "who finds a link learns nothing from it"
    assert visitor.open("/admin").status == 401, "looking signs nobody in"
    visitor.open(address)
    page = visitor.press("Sign in")
    assert page.path == "/me?note=in"
    assert page.says("You are signed in.", "Bo Ørsted")
    assert visitor.open("/admin").says("Overview", "Open now")


def test_a_link_works_once(address: str, visitor: Visitor, app: Flask) -> None:
    shown = visitor.open(address)
    visitor.press("Sign in")
    late = Visitor(app)
    assert late.open(address).status == 404
    assert late.page.says(NO_LONGER, "Ask for a new one here.", "Send me a link")
    late.open("/")
    assert late.post(address, {"csrf_token": late.token}).says(NO_LONGER)
    assert late.open("/admin").status == 401
    # And who presses twice is in all the same
    visitor.page = shown
    assert visitor.press("Sign in").path == "/me"


@pytest.mark.parametrize("token", ["", "-", "a" * 43, "é", "%00"])
def test_an_unknown_link_gets_the_same_page(token: str, visitor: Visitor) -> None:
    page = visitor.open(f"/sign-in/{token}")
    assert page.status == 404
    assert page.says(NO_LONGER) or page.says("This page does not exist")


def test_a_link_expires(address: str, visitor: Visitor, clock: Clock) -> None:
    clock.advance(minutes=15, seconds=1)
    page = visitor.open(address)
    assert (page.status, page.says(NO_LONGER)) == (404, True)


def test_the_cookie_is_new_each_time_and_tells_no_script(
    bakery: Crowd, address: str, visitor: Visitor
) -> None:
    visitor.open(address)
    first = visitor.client.post(
        address, data={"csrf_token": visitor.token}, base_url=visitor.base_url
    ).headers.getlist("Set-Cookie")
    [cookie] = [one for one in first if one.startswith("assess-person=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Expires" not in cookie, "gone when the browser closes"
    secret = cookie.split(";")[0]
    # When the same browser signs in again, then the session before has ended
    second = f"/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}"
    visitor.open(second)
    visitor.press("Sign in")
    value = visitor.client.get_cookie("assess-person", domain="127.0.0.1")
    assert value is not None
    assert value.value not in secret
    visitor.client.set_cookie("assess-person", secret.split("=", 1)[1], domain="127.0.0.1")
    assert visitor.open("/admin").status == 401


def test_over_https_the_cookie_is_bound_to_the_host(bakery: Crowd, settings: Settings, clock: Clock) -> None:
    secure = create_app(replace(settings, base_url="https://assess.example"), clock=clock, store=bakery.store)
    someone = Visitor(secure, "https://assess.example")
    address = f"/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}"
    someone.open(address)
    response = someone.client.post(
        address,
        data={"csrf_token": someone.token},
        base_url="https://assess.example",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    [cookie] = [one for one in response.headers.getlist("Set-Cookie") if "person" in one]
    assert cookie.startswith("__Host-assess-person=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_signing_out_ends_the_session_and_leaves_answering_alone(
    bakery: Crowd, enter: Callable[[str], Visitor], address: str
) -> None:
    # Given one browser in which somebody answers and somebody administers
    someone = enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0))
    someone.open(address)
    someone.press("Sign in")
    kept = someone.client.get_cookie("assess-person", domain="127.0.0.1")
    assert kept is not None
    page = someone.press("Sign out on this device")
    assert page.says("You are signed out")
    assert someone.client.get_cookie("assess-person", domain="127.0.0.1") is None
    assert someone.open("/answer").status == 200
    someone.client.set_cookie("assess-person", kept.value, domain="127.0.0.1")
    assert someone.open("/admin").status == 401, "the session itself has ended"


def test_a_session_ends_when_nobody_is_there(address: str, visitor: Visitor, clock: Clock) -> None:
    visitor.open(address)
    visitor.press("Sign in")
    clock.advance(minutes=46)
    page = visitor.open("/admin")
    assert (page.status, page.says("Sign in first")) == (401, True)


def test_who_is_no_administrator_any_more_is_out(bakery: Crowd, address: str, visitor: Visitor) -> None:
    visitor.open(address)
    visitor.press("Sign in")
    administrators.revoke(bakery.store, bakery.manager_id, bakery.now)
    assert visitor.open("/admin").status == 401


def test_the_language_chosen_stays(address: str, visitor: Visitor) -> None:
    visitor.open(address)
    visitor.press("Dansk")
    visitor.press(words("da").gettext("Sign in"))
    page = visitor.open("/admin")
    assert page.says(words("da").gettext("Open now"))
    assert visitor.press("Svenska").says(words("sv").gettext("Open now"))
    assert visitor.open("/admin/published").says(words("sv").gettext("Precision measured here"))


def test_without_a_choice_the_page_speaks_the_person(address: str, app: Flask) -> None:
    someone = Visitor(app, accept_language="de")
    someone.open(address)
    assert someone.press(words("da").gettext("Sign in")).language == "sv", "Bo's own"


def test_an_answering_session_opens_no_page_of_administrators(
    bakery: Crowd, enter: Callable[[str], Visitor], app: Flask
) -> None:
    # Given the administrator himself, who has opened his link for answering and no other
    someone = enter(bakery.assign(bakery.wave(job_areas="chosen"), "manager", areas=0))
    routes = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    assert len(routes) >= 9
    for rule in routes:
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", "self" if name == "perspective" else "x")
        for method in {"GET", "POST"} & (rule.methods or set()):
            someone.open("/answer")
            token = {"csrf_token": someone.token}
            page = someone.open(path) if method == "GET" else someone.post(path, token)
            assert page.status == 401, path
            assert page.says("Sign in first"), path
