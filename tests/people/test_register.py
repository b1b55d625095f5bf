"""Entering people, units and job areas, on both engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON

from assess.people import register

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.store import Store


def test_an_unknown_customer_word_is_refused(store: Store) -> None:
    with pytest.raises(KeyError):
        register.add_organisation(store, "Firm", customer="victim", now=NOON)


def test_a_job_area_needs_a_name(bakery: Bakery) -> None:
    with pytest.raises(ValueError, match="name"):
        register.add_job_area(bakery.store, bakery.organisation_id, {}, position=9, now=NOON)


@pytest.mark.parametrize("name", ["Anna\nBo", "Anna\u202egnp.exe", "\u2066Anna", "Anna\u2029", " "])
def test_a_name_can_neither_break_nor_turn_the_line_that_it_stands_in(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        register.add_organisation(store, name, customer="guest", now=NOON)


@pytest.mark.parametrize(
    "name", ["\u0623\u0645\u064a\u0646\u0629", "\u05d0\u05de\u200f", "Zo\u0308e O\u2019Neill"]
)
def test_names_of_every_script_are_names(store: Store, name: str) -> None:
    assert register.add_organisation(store, name, customer="guest", now=NOON)


def test_job_areas_come_in_the_order_of_the_list(bakery: Bakery) -> None:
    register.add_job_area(bakery.store, bakery.organisation_id, {"da": "Først"}, position=-1, now=NOON)
    with bakery.store.read() as q:
        rows = q.job_areas_to_choose(organisation_id=bakery.organisation_id)
    assert [json.loads(row["names"])["da"] for row in rows] == [
        "Først",
        "Bage brød",
        "Betjene kunder",
        "Lukke butikken",
    ]


def test_an_employee_number_is_given_once_in_an_organisation(bakery: Bakery) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"):
        bakery.add_person("Amina", "Amina Nummer To", "da", "1001")
    elsewhere = register.add_organisation(bakery.store, "Elsewhere", customer="guest", now=NOON)
    register.add_person(
        bakery.store,
        elsewhere,
        first_name="Amina",
        name="Amina A",
        language="en",
        employee_number="1001",
        now=NOON,
    )


def test_a_unit_hangs_under_its_parent(bakery: Bakery) -> None:
    child = register.add_unit(
        bakery.store, bakery.organisation_id, "Bageriet", parent_id=bakery.unit_id, now=NOON
    )
    register.join_unit(bakery.store, bakery.manager_id, child, role="leader", now=NOON)
    with bakery.store.read() as q:
        units = {(row["role"], row["unit"]) for row in q.memberships_of(person_id=bakery.manager_id)}
    assert units == {("member", "Butik Nord"), ("leader", "Bageriet")}


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "empty"),
        (" \u00a0", "empty"),
        ("Amina\nYusuf", r"U\+000A"),
        ("Amina\x00", r"U\+0000"),
        ("Amina\x1b[31m", r"U\+001B"),
        ("Amina\u2028Yusuf", r"U\+2028"),
        ("Amina\ud800", r"U\+D800"),
    ],
)
def test_a_name_is_one_line_of_visible_signs(bakery: Bakery, name: str, told: str) -> None:
    store, organisation_id = bakery.store, bakery.organisation_id
    with pytest.raises(ValueError, match=told):
        register.add_organisation(store, name, customer="customer", now=NOON)
    with pytest.raises(ValueError, match=told):
        register.add_unit(store, organisation_id, name, parent_id=None, now=NOON)
    with pytest.raises(ValueError, match=told):
        register.add_job_area(store, organisation_id, {"da": "Bage", "sv": name}, position=1, now=NOON)
    for first_name, whole in ((name, "Amina Yusuf"), ("Amina", name)):
        with pytest.raises(ValueError, match=told):
            register.add_person(
                store, organisation_id, first_name=first_name, name=whole, language="da", now=NOON
            )


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    "name", ["Nilüfer Öz", "محمد علي", "O’Brien-Åberg", "Zoë 👩‍🚀"]
)  # a joiner is no control
def test_names_of_all_scripts_are_taken(bakery: Bakery, name: str) -> None:
    person_id = register.add_person(
        bakery.store, bakery.organisation_id, first_name=name, name=name, language="da", now=NOON
    )
    with bakery.store.read() as q:
        assert q.person(id=person_id)["name"] == name
