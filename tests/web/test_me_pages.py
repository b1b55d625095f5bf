"""A person's own pages, by HTTP: what to do, results, sharing, who has looked, the own data."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browsing import Visitor
from flask import Flask
from small_organisation import Bakery

from assess.people import signing_in


@pytest.fixture
def signed_in(app: Flask, bakery: Bakery) -> Callable[[str], Visitor]:
    """A browser in which a person has signed in, in English."""

    def by_link(person_id: str) -> Visitor:
        someone = Visitor(app)
        someone.open("/")
        someone.press("English")
        someone.open(f"/sign-in/{signing_in.mint(bakery.store, person_id, bakery.now)}")
        someone.press("Sign in")
        someone.open("/me")
        return someone

    return by_link


class TestWhatToDo:
    def test_nothing_to_do(self, bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
        page = signed_in(bakery.employee_id).page
        assert page.status == 200
        assert page.says("Hello, Amina", "nothing for you to answer")

    def test_an_own_task_begins_here(self, bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
        bakery.assign(bakery.wave())
        amina = signed_in(bakery.employee_id)
        assert amina.page.says("For you to answer", "Tiny (en)", "Baking bread", "Autumn")
        assert amina.press("Start").path == "/answer"
        assert amina.page.says("Amina Yıldız")

    def test_a_leader_sees_whom_to_rate(self, bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
        bakery.assign(bakery.wave(), "manager")
        bo = signed_in(bakery.manager_id)
        assert bo.page.says("About somebody else", "Amina Yıldız")
        assert bo.press("Start: Amina Yıldız").path == "/answer"

    def test_somebody_elses_task_is_not_there(
        self, bakery: Bakery, signed_in: Callable[[str], Visitor]
    ) -> None:
        task_id = bakery.assign(bakery.wave(), "manager")
        amina = signed_in(bakery.employee_id)
        page = amina.post(f"/me/tasks/{task_id}", {"csrf_token": amina.token})
        assert page.status == 404
        assert amina.open("/answer").status == 401
