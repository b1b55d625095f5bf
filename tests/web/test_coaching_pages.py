"""What a coach sees, by HTTP: exactly the people who share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browsing import Visitor
from small_organisation import NOON, Bakery

from assess.answering import sharing
from assess.people import administrators, appointments
from assess.rights import Actor

SignedIn = Callable[[str], Visitor]


@pytest.fixture
def coach_id(bakery: Bakery) -> str:
    person_id = bakery.add_person("Clara", "Clara Åkesson", "en", "1003")
    administrators.grant(bakery.store, bakery.manager_id, NOON)
    admin = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
    appointments.appoint(bakery.store, admin, bakery.organisation_id, person_id, "coach", NOON)
    return person_id


def shared_task(bakery: Bakery, coach_id: str) -> str:
    task_id = bakery.assign(bakery.wave())
    bakery.finish(bakery.enter(task_id), 4)
    sharing.decide_with(bakery.store, Actor(bakery.employee_id), task_id, coach_id, True, NOON)
    return task_id


def test_nobody_but_a_coach_has_the_page(bakery: Bakery, coach_id: str, signed_in: SignedIn) -> None:
    task_id = shared_task(bakery, coach_id)
    for person_id in (bakery.employee_id, bakery.manager_id):
        someone = signed_in(person_id)
        assert someone.open("/coaching").status == 404
        assert someone.open(f"/coaching/profiles/{task_id}").status == 404


def test_exactly_who_has_shared(bakery: Bakery, coach_id: str, signed_in: SignedIn) -> None:
    clara = signed_in(coach_id)
    assert clara.open("/coaching").says("Nothing is shared with you")
    task_id = shared_task(bakery, coach_id)
    assert clara.open("/coaching").says("Amina Yıldız")
    assert clara.open(f"/coaching/people/{bakery.employee_id}").says("Tiny (en)", "Baking bread")
    assert f"/coaching/profiles/{task_id}" in clara.page.html
    assert not clara.open("/coaching").says("Bo Ørsted")


def test_the_profile_is_that_of_the_person(bakery: Bakery, coach_id: str, signed_in: SignedIn) -> None:
    task_id = shared_task(bakery, coach_id)
    page = signed_in(coach_id).open(f"/coaching/profiles/{task_id}")
    assert page.says("Amina shares this with you and sees that you have looked.", "Amina Yıldız")
    assert not page.says("Take it with you")
    assert not page.says("Who sees your profile")
    assert signed_in(bakery.employee_id).open("/me/looks").says("Clara Åkesson looked at a result of yours")


def test_the_next_look_after_a_withdrawal_finds_nothing(
    bakery: Bakery, coach_id: str, signed_in: SignedIn
) -> None:
    task_id = shared_task(bakery, coach_id)
    clara = signed_in(coach_id)
    assert clara.open(f"/coaching/profiles/{task_id}").status == 200
    sharing.decide_with(bakery.store, Actor(bakery.employee_id), task_id, coach_id, False, NOON)
    assert clara.open(f"/coaching/profiles/{task_id}").status == 404
    assert not clara.open("/coaching").says("Amina")


def test_a_coach_whose_appointment_ends_sees_nothing(
    bakery: Bakery, coach_id: str, signed_in: SignedIn
) -> None:
    task_id = shared_task(bakery, coach_id)
    clara = signed_in(coach_id)
    admin = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
    appointments.end(bakery.store, admin, bakery.organisation_id, coach_id, "coach", NOON)
    assert clara.open("/coaching").status == 404
    assert clara.open(f"/coaching/profiles/{task_id}").status == 404
