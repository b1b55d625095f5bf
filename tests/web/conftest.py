"""A bakery with web pages: an application on an SQLite file, its clock in the test's hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import serving
from browsing import Visitor
from small_organisation import NOON, Bakery, tiny

from questionnaires.definition import Page as QuestionPage

if TYPE_CHECKING:
    from flask import Flask

    from assess.settings import Settings
    from assess.store import Store


font_folder, settings, store = serving.font_folder, serving.settings, serving.store


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += timedelta(**parts)


PAGES = (
    QuestionPage(id="skill", items=("skill-1", "skill-2")),
    QuestionPage(id="will", items=("will-1", "will-2")),
    QuestionPage(id="rest", items=("tenure", "fresh", "remark")),
)


@pytest.fixture
def bakery(store: Store) -> Bakery:
    """The bakery asks on three pages: two ratings, two ratings, and what is not scored."""
    return Bakery(store, definition=tiny(pages=PAGES))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    from assess.web.app import create_app

    return create_app(settings, clock=clock, store=store)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A browser that nobody has signed in with; it prefers English."""
    return Visitor(app)


@pytest.fixture
def link(bakery: Bakery) -> Callable[[str], str]:
    """The personal link of a task."""
    from assess.answering import links

    return lambda task_id: f"/a/{links.mint(bakery.store, task_id, bakery.now)}"


@pytest.fixture
def enter(link: Callable[[str], str], app: Flask) -> Callable[..., Visitor]:
    """A visitor who has opened the link of a task and stands on the welcome page, in English."""

    def by_link(task_id: str) -> Visitor:
        someone = Visitor(app)
        someone.open("/")
        someone.press("English")
        someone.open(link(task_id))
        someone.post(someone.page.path, {"csrf_token": someone.token})
        return someone

    return by_link


@pytest.fixture
def amina(bakery: Bakery, enter: Callable[..., Visitor]) -> Visitor:
    """The employee on her welcome page; one job area is given."""
    return enter(bakery.assign(bakery.wave()))


@pytest.fixture
def signed_in(app: Flask, bakery: Bakery, clock: Clock) -> Callable[[str], Visitor]:
    """A browser in which a person has signed in, in English, on the own page."""
    from assess.people import signing_in

    def by_link(person_id: str) -> Visitor:
        someone = Visitor(app)
        someone.open("/")
        someone.press("English")
        someone.open(f"/sign-in/{signing_in.mint(bakery.store, person_id, clock.now)}")
        someone.press("Sign in")
        someone.open("/me")
        return someone

    return by_link
