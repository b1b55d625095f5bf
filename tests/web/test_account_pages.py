"""The account: devices, and passkeys before anything that is for administrators alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from browsing import Page, Visitor
from crowd import Crowd
from soft_passkey import SoftPasskey

from assess.people import administrators, passkeys, signing_in
from assess.web.app import create_app
from assess.web.asks import asked
from assess.web.person import OF_ADMINISTRATORS

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings
    from assess.store import Store

BASE = "http://localhost:8000"
CONFIRM = "Confirm that it is you"


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Passkeys need a host with a name."""
    return replace(settings, base_url=BASE)


class Person(Visitor):
    """Somebody who has signed in by a mailed link, in English."""

    def __init__(self, app: Flask, bakery: Crowd, person_id: str) -> None:
        super().__init__(app, BASE)
        self.open("/")
        self.press("English")
        self.open(f"/sign-in/{signing_in.mint(bakery.store, person_id, bakery.now)}")
        self.press("Sign in")

    def challenge(self, purpose: str) -> str:
        self.open("/account")
        return self.send("/account/challenge", {"for": purpose}).get_data(as_text=True)

    def register(self, key: SoftPasskey) -> Page:
        said = json.dumps(key.make(self.challenge("register")))
        token = {"csrf_token": self.token}
        return self.post("/account/passkeys", {"credential": said, "name": "Phone", **token})

    def confirm(self, key: SoftPasskey, back: str = "") -> Page:
        said = json.dumps(key.sign(self.challenge("confirm")))
        token = {"csrf_token": self.token}
        return self.post("/account/confirm", {"credential": said, "back": back, **token})


@pytest.fixture
def boss(app: Flask, bakery: Crowd) -> Person:
    """Bo, who administers."""
    return Person(app, bakery, bakery.manager_id)


@pytest.fixture
def key() -> SoftPasskey:
    return SoftPasskey(origin=BASE)


# --- devices ---------------------------------------------------------------------------------------


def test_devices_are_listed_and_signed_out_one_by_one(app: Flask, bakery: Crowd, boss: Person) -> None:
    there = Person(app, bakery, bakery.manager_id)
    page = boss.open("/account")
    assert page.says("This device", "Another device", "Signed in:", "Last active:")
    assert boss.press("Sign out there ()".replace("()", f"({began(page)})")).says(
        "Signed out on that device."
    )
    assert there.open("/me").status == 401
    assert boss.open("/me").status == 200


def began(page: Page) -> str:
    """When the other device signed in, as its button tells those who cannot see."""
    return next(
        label.split("(")[1].rstrip(")") for form in page.forms for label in form.buttons if "there" in label
    )


def test_all_others_are_signed_out_at_once(app: Flask, bakery: Crowd, boss: Person) -> None:
    others = [Person(app, bakery, bakery.manager_id) for _ in range(3)]
    stranger = Person(app, bakery, bakery.employee_id)
    boss.open("/account")
    assert boss.press("Sign out on all other devices").says("Signed out on all other devices.")
    assert [one.open("/me").status for one in others] == [401] * 3
    assert boss.open("/me").status == stranger.open("/me").status == 200


def test_nobody_signs_out_somebody_else(app: Flask, bakery: Crowd, boss: Person, store: Store) -> None:
    other = Person(app, bakery, bakery.employee_id)
    with store.engine.transaction(write=False) as connection:
        [(device,)] = connection.execute(
            "SELECT id FROM person_sessions WHERE person_id = ?", [bakery.employee_id]
        ).fetchall()
    boss.open("/account")
    assert boss.post(f"/account/devices/{device}/end", {"csrf_token": boss.token}).status == 404
    assert other.open("/me").status == 200


def test_an_account_is_for_who_has_signed_in(visitor: Visitor) -> None:
    visitor.base_url = BASE
    page = visitor.open("/account")
    assert (page.status, page.says("Sign in first")) == (401, True)
    assert 'href="/sign-in"' in page.html


def test_an_employee_sees_nothing_of_passkeys(app: Flask, bakery: Crowd) -> None:
    employee = Person(app, bakery, bakery.employee_id)
    assert not employee.open("/account").says("Passkeys")
    for purpose in ("register", "confirm"):
        assert employee.send("/account/challenge", {"for": purpose}).status_code == 404
    token = {"csrf_token": employee.token}
    assert employee.post("/account/passkeys", {"credential": "{}", **token}).status == 404


# --- passkeys --------------------------------------------------------------------------------------


def test_who_has_a_passkey_confirms_before_any_page_for_administrators_alone(
    app: Flask, bakery: Crowd, boss: Person, key: SoftPasskey
) -> None:
    assert boss.register(key).says("The passkey is registered.", "Phone")
    assert boss.open("/admin").status == 200, "registering has confirmed this session"
    # When the person signs in again by mail
    again = Person(app, bakery, bakery.manager_id)
    assert again.open("/me").status == 200, "the own pages open without"
    page = again.open("/admin/published")
    assert page.says(CONFIRM)
    # Then each route of administrators leads to the passkey and nowhere else
    guarded = 0
    for rule in app.url_map.iter_rules():
        alone = asked(app.view_functions[rule.endpoint]) in OF_ADMINISTRATORS
        if not (alone or rule.endpoint.startswith("admin.")):
            continue
        guarded += 1
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", "self" if name == "perspective" else "x")
        for method in {"GET", "POST"} & (rule.methods or set()):
            again.open("/account")
            found = again.open(path) if method == "GET" else again.post(path, {"csrf_token": again.token})
            assert found.says(CONFIRM), (method, path)
    assert guarded >= 9
    # and the passkey opens the page that was asked for
    page = again.confirm(key, "/admin/published")
    assert (page.status, page.path) == (200, "/admin/published")


def test_after_confirming_one_goes_to_a_page_of_ours_only(
    app: Flask, bakery: Crowd, boss: Person, key: SoftPasskey
) -> None:
    boss.register(key)
    for back in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:x",
    ):
        again = Person(app, bakery, bakery.manager_id)
        assert again.confirm(key, back).path == "/admin"
        response = again.client.get("/account/confirm", query_string={"back": back}, base_url=BASE)
        assert (response.status_code, response.headers["Location"]) == (303, "/admin")


def test_what_is_no_passkey_is_refused_with_a_page_that_tries_again(
    app: Flask, bakery: Crowd, boss: Person, key: SoftPasskey
) -> None:
    boss.register(key)
    again = Person(app, bakery, bakery.manager_id)
    for said in (
        "",
        "[]",
        "{}",
        "{",
        '{"id": 1}',
        json.dumps(SoftPasskey(origin=BASE).sign(again.challenge("confirm"))),
    ):
        again.open("/account")
        page = again.post("/account/confirm", {"credential": said, "csrf_token": again.token})
        assert (page.status, page.says("The passkey was not accepted.")) == (422, True), said
    assert again.open("/admin").says(CONFIRM)


def test_after_ten_tries_a_passkey_waits(app: Flask, bakery: Crowd, boss: Person, key: SoftPasskey) -> None:
    boss.register(key)
    again = Person(app, bakery, bakery.manager_id)
    again.open("/account")
    token = {"csrf_token": again.token}
    statuses = [again.post("/account/confirm", {"credential": "{}", **token}).status for _ in range(10)]
    assert statuses == [422] * 9 + [429], "registering was the first of the ten"
    assert again.page.response.headers["Retry-After"] == "900"


def test_a_challenge_needs_a_purpose_that_there_is(boss: Person) -> None:
    boss.open("/account")
    for body in ({}, {"for": "everything"}, {"for": ["register"]}, [], "register", None):
        assert boss.send("/account/challenge", body).status_code == 400, body


def test_where_a_passkey_is_required_one_is_registered_first(
    settings: Settings, bakery: Crowd, clock: Clock, key: SoftPasskey
) -> None:
    app = create_app(replace(settings, admin_passkey="required"), clock=clock, store=bakery.store)
    boss = Person(app, bakery, bakery.manager_id)
    page = boss.open("/admin")
    assert page.path.startswith("/account")
    assert page.says("Administrators need a passkey here. Register one to open the administration.")
    boss.register(key)
    assert boss.open("/admin").path == "/admin"
    page = boss.open("/account")
    assert not any("Remove" in label for form in page.forms for label in form.buttons), "the last one stays"
    # and by hand neither
    [one] = rows(bakery.store, "SELECT id FROM passkeys")
    page = boss.post(f"/account/passkeys/{one}/remove", {"csrf_token": boss.token})
    assert (page.status, page.says("so the last one stays")) == (409, True)
    # and who is no administrator any more needs none
    administrators.revoke(bakery.store, bakery.manager_id, bakery.now)
    assert Person(app, bakery, bakery.manager_id).open("/admin").status == 404


def test_a_passkey_is_removed_only_in_a_session_that_is_confirmed(
    app: Flask, bakery: Crowd, boss: Person, key: SoftPasskey
) -> None:
    boss.register(key)
    [one] = rows(bakery.store, "SELECT id FROM passkeys")
    thief = Person(app, bakery, bakery.manager_id)
    page = thief.open("/account")
    assert page.says("Confirm with a passkey to change this")
    assert thief.post(f"/account/passkeys/{one}/remove", {"csrf_token": thief.token}).says(CONFIRM)
    assert thief.send("/account/challenge", {"for": "register"}, thief.token).status_code == 303
    boss.open("/account")
    assert boss.press("Remove (Phone)").says("The passkey is removed.")
    assert rows(bakery.store, "SELECT id FROM passkeys WHERE ended_at IS NULL") == []


def test_a_reset_by_the_operator_lets_in_by_mail_again(
    app: Flask, bakery: Crowd, boss: Person, key: SoftPasskey
) -> None:
    boss.register(key)
    passkeys.reset(bakery.store, bakery.manager_id, bakery.now, by=administrators.OPERATOR)
    assert boss.open("/me").status == 401
    assert Person(app, bakery, bakery.manager_id).open("/admin").status == 200


def rows(store: Store, sql: str) -> list[str]:
    with store.engine.transaction(write=False) as connection:
        return [row[0] for row in connection.execute(sql).fetchall()]
