"""Where an administrator begins, by HTTP: what waits, what is open, what is being prepared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from small_organisation import NOON, Bakery

from assess.outbox import letters
from assess.outbox.letters import Letter
from assess.people import administrators, register, signing_in
from assess.personal_data import erasure_requests
from assess.rights import Actor
from assess.web.app import create_app

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings

Open = Callable[..., Visitor]


@pytest.fixture
def overview(bakery: Bakery, app: Flask) -> Open:
    """The page, as Bo sees it who administers the bakery."""
    administrators.grant(bakery.store, bakery.manager_id, NOON)

    def opened(application: Flask = app, person_id: str = bakery.manager_id) -> Visitor:
        someone = Visitor(application)
        someone.open("/")
        someone.press("English")
        someone.open(f"/sign-in/{signing_in.mint(bakery.store, person_id, NOON)}")
        someone.press("Sign in")
        someone.open("/admin")
        return someone

    return opened


def wait_for_mail(bakery: Bakery) -> None:
    with bakery.store.write() as q:
        letter = Letter("invitation", "one", bakery.employee_id, bakery.organisation_id)
        letters.put(bakery.store, q, letter, NOON)


def test_a_quiet_day(overview: Open) -> None:
    page = overview().page
    assert page.says("Nothing is being asked just now.", "Nothing else waits for you", "New campaign")
    assert not page.says("For you to do", "Being prepared")


def test_without_people_it_leads_to_their_import(bakery: Bakery, overview: Open) -> None:
    empty = register.add_organisation(bakery.store, "Empty", customer="customer", now=NOON)
    ada = administrators.enter_administrator(
        bakery.store, empty, name="Ada Ek", email="ada@example.org", language="en", now=NOON
    )
    someone = overview(person_id=ada)
    assert someone.page.says("Begin with the people")
    assert '/admin/people/import"' in someone.page.html
    assert not someone.page.says("Open now")


def test_erasures_and_letters_that_wait_are_named(bakery: Bakery, overview: Open) -> None:
    erasure_requests.ask(bakery.store, Actor(bakery.employee_id), NOON)
    wait_for_mail(bakery)
    page = overview().page
    assert page.says("1 person has asked to be erased", "1 letter waits: no mail server is set")
    assert not page.says("Nothing else waits")
    assert not page.says("Amina"), "nobody is named"


def test_in_the_demo_letters_wait_for_nobody(
    bakery: Bakery, settings: Settings, clock: Clock, overview: Open
) -> None:
    wait_for_mail(bakery)
    demo = create_app(replace(settings, demo=True), clock=clock, store=bakery.store)
    someone = overview(demo)
    assert not someone.page.says("no mail server")
    page = someone.open("/admin/mail")
    assert page.says("They are not sent", "Read the letters")
    assert 'href="/demo/outbox"' in page.html
    assert not page.says("No mail server is set")
