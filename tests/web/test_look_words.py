"""Who did something about a person, in words."""

from __future__ import annotations

from collections.abc import Callable

from browsing import Visitor
from small_organisation import NOON, Bakery

from assess.people import administrators, appointments
from assess.rights import Actor


def test_the_operator_is_nobody_who_has_left(bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
    administrators.grant(bakery.store, bakery.employee_id, NOON)
    page = signed_in(bakery.employee_id).open("/me/looks")
    assert page.says("The operator made you an administrator")


def test_a_representative_reads_that_it_is_one(bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
    boss = Actor(bakery.manager_id, administers=frozenset({bakery.organisation_id}))
    administrators.grant(bakery.store, bakery.manager_id, NOON)
    appointments.appoint(
        bakery.store, boss, bakery.organisation_id, bakery.employee_id, "representative", NOON
    )
    page = signed_in(bakery.employee_id).open("/me/looks")
    assert page.says("Bo Ørsted appointed you as employees’ representative")
