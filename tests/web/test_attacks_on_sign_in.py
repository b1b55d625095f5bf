"""Attacks on signing in, each tried: what an attacker sends, and what must not come of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Visitor
from crowd import Crowd

from assess import jobs
from assess.people import requests, signing_in
from assess.store import queries
from assess.web.app import create_app

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings
    from assess.store import Store

EVIL = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/%5cevil.example",
    "javascript:alert(1)",
)
NAMES = ("next", "back", "url", "return_to", "redirect_uri", "continue")


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store)


@pytest.fixture
def visitor(visitor: Visitor) -> Visitor:
    visitor.open("/")
    visitor.press("English")
    return visitor


def link_of(bakery: Crowd) -> str:
    return f"/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}"


def ask(visitor: Visitor, address: str, **request: Any) -> Any:
    """Asks for a link; the answer as it is, redirects not followed."""
    visitor.open("/sign-in")
    return visitor.client.post(
        "/sign-in",
        data={"address": address, "csrf_token": visitor.token},
        base_url=visitor.base_url,
        headers=visitor.headers | request.pop("headers", {}),
        **request,
    )


# --- who has an account? ---------------------------------------------------------------------------


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The named queries that are run, in order."""
    run: list[str] = []
    original = queries.Queries.__getattr__

    def remember(self: queries.Queries, name: str) -> Any:
        run.append(name)
        return original(self, name)

    monkeypatch.setattr(queries.Queries, "__getattr__", remember)
    return run


def test_known_and_unknown_addresses_get_the_same_answer_for_the_same_work(
    visitor: Visitor, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[object] = []
    monkeypatch.setattr(jobs, "wake", woken.append)
    seen = []
    for address in ("bo@example.org", "BO@example.org", "nobody@example.org", "x@y"):
        visitor.open("/sign-in")
        statements.clear()
        woken.clear()
        answer = ask(visitor, address)
        headers = {
            name: value for name, value in answer.headers if name not in {"X-Request-Id", "Set-Cookie"}
        }
        work = [name for name in statements if name != "tries_of"]
        seen.append((answer.status_code, answer.get_data(), headers, work, len(woken)))
        shown = visitor.open(answer.headers["Location"])
        assert shown.says("If somebody here has the address, a mail with a link is on its way to it.")
        assert address not in shown.html
    assert all(one == seen[0] for one in seen)
    assert seen[0][3][-2:] == ["add_sign_in_request", "enqueue_job"]
    assert seen[0][4] == 1


def test_the_limit_does_not_tell_who_is_known(
    settings: Settings, bakery: Crowd, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "wake", lambda _: None)
    app = create_app(replace(settings, network_tries=1000), clock=clock, store=bakery.store)
    for address in ("bo@example.org", "nobody@example.org"):
        visitor = Visitor(app)
        assert [ask(visitor, address).status_code for _ in range(11)] == [303] * 10 + [429]
        assert ask(visitor, f" {address.upper()} ").status_code == 429, "written otherwise it is the same"


def test_after_ten_addresses_a_network_waits(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(jobs, "wake", lambda _: None)
    for number in range(10):
        assert ask(visitor, f"guess-{number}@example.org").status_code == 303
    refused = ask(visitor, "guess-10@example.org")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert b"Too many tries" in refused.get_data()
    clock.advance(minutes=15)
    assert ask(visitor, "guess-10@example.org").status_code == 303


def test_nobody_escapes_the_limit_by_writing_forwarded_addresses(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "wake", lambda _: None)
    statuses = [
        ask(visitor, f"guess-{n}@example.org", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(11)
    ]
    assert statuses == [303] * 10 + [429]


def test_behind_a_proxy_of_ours_each_visitor_has_the_own_tries(
    settings: Settings, bakery: Crowd, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "wake", lambda _: None)
    visitor = Visitor(create_app(replace(settings, proxies=1), clock=clock, store=bakery.store))

    def status(number: int, forwarded: str) -> int:
        header = {"X-Forwarded-For": forwarded}
        return int(ask(visitor, f"guess-{number}@example.org", headers=header).status_code)

    assert [status(n, "192.0.2.1") for n in range(11)] == [303] * 10 + [429]
    assert status(11, "192.0.2.2") == 303
    # What a visitor writes stands left of what our proxy adds, and is not believed
    assert status(12, "198.51.100.7, 192.0.2.1") == 429


# --- where does it lead? ---------------------------------------------------------------------------


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("name", NAMES)
def test_signing_in_leads_to_one_place_only(visitor: Visitor, bakery: Crowd, name: str, evil: str) -> None:
    visitor.open("/sign-in")
    response = visitor.client.post(
        link_of(bakery),
        data={"csrf_token": visitor.token, name: evil},
        query_string={name: evil},
        base_url=visitor.base_url,
    )
    assert (response.status_code, response.headers["Location"]) == (303, "/me?note=in")


@pytest.mark.parametrize("evil", EVIL)
def test_choosing_a_language_on_the_way_leads_nowhere_else(visitor: Visitor, evil: str) -> None:
    visitor.open("/sign-in")
    pairs = {"csrf_token": visitor.token, "language": "da", "back": evil}
    response = visitor.client.post("/language", data=pairs, base_url=visitor.base_url)
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:8000@evil.example"},
        {"Host": "evil.example#127.0.0.1"},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example"},
        {"X-Original-URL": "https://evil.example/sign-in"},
    ],
)
@pytest.mark.parametrize("proxies", [0, 1])
def test_no_header_puts_another_host_into_a_letter_or_a_page(
    settings: Settings, bakery: Crowd, clock: Clock, headers: dict[str, str], proxies: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(jobs, "wake", lambda _: None)
    visitor = Visitor(create_app(replace(settings, proxies=proxies), clock=clock, store=bakery.store))
    answer = ask(visitor, "bo@example.org", headers=headers)
    if "Host" in headers:
        assert answer.status_code == 400, "a request for another host is refused"
        return
    assert answer.headers["Location"] == "/sign-in?note=sent"
    # What is left for the letter are ids: it is written by the worker, with the address of the settings
    jobs.run_due(
        jobs.Workplace(bakery.store, settings, clock),
        {requests.REQUEST_JOB: jobs.KINDS[requests.REQUEST_JOB]},
    )
    with bakery.store.engine.transaction(write=False) as connection:
        letters = str(connection.execute("SELECT * FROM outbox").fetchall())
    assert "sign-in" in letters
    assert "evil" not in letters


# --- whose form is it? -----------------------------------------------------------------------------


def test_no_form_of_signing_in_or_of_the_account_is_taken_without_its_token(
    visitor: Visitor, app: Flask, bakery: Crowd
) -> None:
    visitor.open("/sign-in")
    visitor.post(link_of(bakery), {"csrf_token": visitor.token})
    cookie = visitor.client.get_cookie("assess-person", domain="127.0.0.1")
    ours = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set()) and rule.endpoint.split(".")[0] in {"signin", "account"}
    ]
    assert len(ours) >= 9
    for rule in ours:
        path = re.sub(r"<\w+>", "x", rule)
        for token in ({}, {"csrf_token": "made-up"}, {"csrf_token": ""}):
            response = visitor.client.post(path, data=token, base_url=visitor.base_url)
            assert response.status_code == 400, path
        forged = visitor.client.post(path, json={"for": "register"}, base_url=visitor.base_url)
        assert forged.status_code == 400, path
    assert visitor.open("/me").status == 200, "and nobody was signed out by it"
    assert visitor.client.get_cookie("assess-person", domain="127.0.0.1") == cookie


# --- whose session is it? --------------------------------------------------------------------------


def test_a_link_that_was_used_signs_nobody_in_again(visitor: Visitor, app: Flask, bakery: Crowd) -> None:
    address = link_of(bakery)
    visitor.open(address)
    visitor.press("Sign in")
    thief = Visitor(app)
    thief.open("/sign-in")
    for _ in range(3):
        assert thief.post(address, {"csrf_token": thief.token}).status == 404
    assert thief.open("/me").status == 401


def test_a_session_that_was_planted_never_becomes_the_persons(
    visitor: Visitor, app: Flask, bakery: Crowd
) -> None:
    # Given an attacker who has signed in and put the own cookie into somebody's browser
    attacker = Visitor(app)
    attacker.open("/sign-in")
    own = f"/sign-in/{signing_in.mint(bakery.store, bakery.employee_id, bakery.now)}"
    attacker.post(own, {"csrf_token": attacker.token})
    planted = attacker.client.get_cookie("assess-person", domain="127.0.0.1")
    assert planted is not None
    for value in (planted.value, "planted"):
        visitor.client.set_cookie("assess-person", value, domain="127.0.0.1")
        visitor.open("/")
        assert visitor.post(link_of(bakery), {"csrf_token": visitor.token}).says("Bo Ørsted")
        fresh = visitor.client.get_cookie("assess-person", domain="127.0.0.1")
        assert fresh is not None
        assert fresh.value != value
    assert attacker.open("/me").status == 401, "what was planted has ended"


def test_a_session_of_whoever_leaves_ends_with_the_next_request(visitor: Visitor, bakery: Crowd) -> None:
    late = link_of(bakery)
    visitor.open("/")
    visitor.post(link_of(bakery), {"csrf_token": visitor.token})
    assert visitor.open("/me").status == 200
    for gone in ("left_at", "erased_at"):
        with bakery.store.engine.transaction(write=True) as connection:
            connection.execute(f"UPDATE people SET {gone} = '2026-01-01' WHERE id = '{bakery.manager_id}'")
        assert visitor.open("/me").status == 401
        assert visitor.open("/sign-in").status == 200
        assert visitor.post(late, {"csrf_token": visitor.token}).status == 404, "nor does a link on its way"
        with bakery.store.engine.transaction(write=True) as connection:
            connection.execute(f"UPDATE people SET {gone} = NULL WHERE id = '{bakery.manager_id}'")


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "..%2F..", "ø" * 20, "A" * 4000])
def test_whatever_is_wrong_with_a_link_looks_the_same(
    visitor: Visitor, token: str, clock: Clock, bakery: Crowd
) -> None:
    expired = link_of(bakery)
    clock.advance(minutes=16)
    right = visitor.open(expired)
    wrong = visitor.open(f"/sign-in/{token}")
    assert wrong.status == right.status == 404
    if "%" not in token:  # those never reach the page
        assert wrong.text == right.text


def test_after_ten_wrong_links_a_network_waits_even_for_a_right_one(
    visitor: Visitor, bakery: Crowd, clock: Clock
) -> None:
    visitor.open("/sign-in")
    token = {"csrf_token": visitor.token}
    assert [visitor.post("/sign-in/wrong", token).status for _ in range(11)] == [404] * 10 + [429]
    right = link_of(bakery)
    assert visitor.post(right, token).status == 429
    clock.advance(minutes=14)
    assert visitor.post(right, token).status == 429
    clock.advance(minutes=1)
    assert visitor.post(right, token).status == 404, "it has run out meanwhile"
