"""What a leader sees, by HTTP: whom to rate, what is shared, how far the units are."""

from __future__ import annotations

from collections.abc import Callable

from browsing import Visitor
from small_organisation import NOON, Bakery

from assess.people import register

SignedIn = Callable[[str], Visitor]


def test_whoever_leads_nobody_has_no_team(bakery: Bakery, signed_in: SignedIn) -> None:
    assert signed_in(bakery.employee_id).open("/team").status == 404


def test_a_leader_of_a_unit_has_one(bakery: Bakery, signed_in: SignedIn) -> None:
    register.join_unit(bakery.store, bakery.manager_id, bakery.unit_id, role="leader", now=NOON)
    page = signed_in(bakery.manager_id).open("/team")
    assert page.status == 200
    assert page.says("nobody for you to rate", "Nothing is shared with you")


def test_whom_to_rate(bakery: Bakery, signed_in: SignedIn) -> None:
    bakery.assign(bakery.wave(), "manager")
    bo = signed_in(bakery.manager_id)
    assert bo.open("/team").says("For you to rate", "Amina Yıldız")
    assert bo.press("Start: Amina Yıldız").path == "/answer"


def test_unanswered_declined_and_undecided_look_the_same(bakery: Bakery, signed_in: SignedIn) -> None:
    """Before anybody answers, after the employee has said no, and while only the manager has submitted."""
    wave = bakery.wave()
    mine, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    bo = signed_in(bakery.manager_id)
    bakery.finish(bakery.enter(rating), 2)
    unanswered = bo.open("/team").text
    bakery.finish(bakery.enter(mine), 4, share=False)
    assert bo.open("/team").text == unanswered
    assert not bo.page.says("Amina")


def test_what_is_shared_is_listed_until_it_is_withdrawn(bakery: Bakery, signed_in: SignedIn) -> None:
    wave = bakery.wave()
    mine, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    bakery.finish(bakery.enter(mine), 4, share=True)
    bo, amina = signed_in(bakery.manager_id), signed_in(bakery.employee_id)
    assert not bo.open("/team").says("shared since"), "the manager has not submitted yet"
    bakery.finish(bakery.enter(rating), 2)
    assert bo.open("/team").says("Shared with you", "Amina Yıldız", "shared since 23 November 2026")
    assert f"/me/profiles/{rating}" in bo.page.html
    amina.open(f"/me/profiles/{mine}")
    amina.press("Stop sharing")
    assert not bo.open("/team").says("Amina Yıldız")


def test_no_number_of_a_small_team(bakery: Bakery, signed_in: SignedIn) -> None:
    register.join_unit(bakery.store, bakery.manager_id, bakery.unit_id, role="leader", now=NOON)
    bakery.finish(bakery.enter(bakery.assign(bakery.wave())), share=False)
    assert "%" not in signed_in(bakery.manager_id).open("/team").text
