"""Who did something about a person, in words."""

from __future__ import annotations

from collections.abc import Callable

from browsing import Visitor
from small_organisation import NOON, Bakery

from assess.people import administrators


def test_the_operator_is_nobody_who_has_left(bakery: Bakery, signed_in: Callable[[str], Visitor]) -> None:
    administrators.grant(bakery.store, bakery.employee_id, NOON)
    page = signed_in(bakery.employee_id).open("/me/looks")
    assert page.says("The operator made you an administrator")
