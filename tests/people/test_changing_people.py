"""What an administrator does with one person, on both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from assess.audit import log
from assess.errors import NotFound
from assess.people import (
    administrators,
    appointments,
    changing,
    organisation,
    register,
    roster_import,
    sessions,
    signing_in,
)
from assess.people.changing import Contact, InvalidPerson
from assess.rights import Actor

if TYPE_CHECKING:
    from small_organisation import Bakery

EVA = Contact("Eva", "Eva Eng", "eva@example.org", "2001", "sv")


@pytest.fixture
def admin(bakery: Bakery) -> Actor:
    return Actor(bakery.manager_id, frozenset({bakery.organisation_id}))


def test_a_person_is_added_corrected_moved_and_ended(bakery: Bakery, admin: Actor) -> None:
    store, home, now = bakery.store, bakery.organisation_id, bakery.now
    syd = register.add_unit(store, home, "Syd", parent_id=None, now=now)
    eva = changing.add(store, admin, home, EVA, bakery.unit_id, "member", now)
    changing.correct(store, admin, home, eva, replace(EVA, name="Eva Berg", email=None), now)
    day = now + timedelta(days=1)
    changing.move(store, admin, home, eva, syd, "member", day)
    changing.move(store, admin, home, eva, syd, "leader", day)
    changing.move(store, admin, home, eva, syd, "leader", day)
    with store.read() as q:
        before = {m.person_id: m for m in organisation.members(q, home, now)}
        after = {m.person_id: m for m in organisation.members(q, home, day)}
        assert before[eva].unit_id == bakery.unit_id
        assert (after[eva].unit_id, after[eva].role) == (syd, "leader")
        assert (after[eva].name, after[eva].email, after[eva].language) == ("Eva Berg", None, "sv")
    changing.end_person(store, admin, home, eva, day + timedelta(days=1))
    with store.read() as q:
        later = day + timedelta(days=2)
        assert eva not in {m.person_id for m in organisation.members(q, home, later)}
        assert organisation.leaders(q, home, later) == {}
        assert organisation.leaders(q, home, day) == {syd: eva}, "last year's leader stays last year's"
    assert sorted(entry.action for entry in log.about(store, eva)) == [
        "add-person",
        "correct-person",
        "end-person",
        "move-person",
        "move-person",
    ]


def told(bakery: Bakery, person_id: str) -> list[str]:
    """The old addresses that are told of a change."""
    with bakery.store.engine.transaction(write=False) as connection:
        rows = connection.execute(
            "SELECT person_id, parameters FROM outbox WHERE kind = 'contact-changed' ORDER BY id"
        ).fetchall()
    return [json.loads(row[1])["address"] for row in rows if row[0] == person_id]


def test_who_had_the_address_is_told_when_an_administrator_changes_it(bakery: Bakery, admin: Actor) -> None:
    """Else an administrator could give somebody an own address, ask for a link, and be that person unseen."""
    store, home, now = bakery.store, bakery.organisation_id, bakery.now
    eva = changing.add(store, admin, home, EVA, bakery.unit_id, "member", now)
    token = signing_in.mint(store, eva, now)
    changing.correct(store, admin, home, eva, replace(EVA, name="Eva Ek", email="EVA@example.org"), now)
    assert told(bakery, eva) == []
    signing_in.look(store, token, now)
    changing.correct(store, admin, home, eva, replace(EVA, email="curious@example.org"), now)
    assert told(bakery, eva) == ["EVA@example.org"]
    with pytest.raises(NotFound):
        signing_in.look(store, token, now)
    roster = b"unit;name;e-mail;employee number\nBageri;Eva Eng;another@example.org;2001\n"
    prepared = roster_import.prepare(store, home, "r.csv", roster, roster_import.Choices(ends=False))
    roster_import.carry_out(store, home, prepared, admin.id, now + timedelta(minutes=1))
    assert told(bakery, eva) == ["EVA@example.org", "curious@example.org"]


def test_a_new_leader_takes_over(bakery: Bakery, admin: Actor) -> None:
    store, home, now = bakery.store, bakery.organisation_id, bakery.now
    changing.move(store, admin, home, bakery.manager_id, bakery.unit_id, "leader", now)
    eva = changing.add(store, admin, home, EVA, bakery.unit_id, "leader", now + timedelta(days=1))
    with store.read() as q:
        assert organisation.leaders(q, home, now) == {bakery.unit_id: bakery.manager_id}
        assert organisation.leaders(q, home, now + timedelta(days=1)) == {bakery.unit_id: eva}


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"name": " "}, "name", "empty"),
        ({"first_name": "E\nva"}, "first-name", "signs"),
        ({"name": "E" * 201}, "name", "too-long"),
        ({"email": "eva"}, "email", "no-email"),
        ({"email": "AMINA@example.org"}, "email", "taken"),
        ({"employee_number": "1001"}, "employee-number", "taken"),
    ],
)
def test_what_cannot_be_kept_is_told_by_field(
    changed: dict[str, str], field: str, reason: str, bakery: Bakery, admin: Actor
) -> None:
    wrong = replace(EVA, **changed)  # type: ignore[arg-type]
    with pytest.raises(InvalidPerson) as raised:
        changing.add(bakery.store, admin, bakery.organisation_id, wrong, bakery.unit_id, "member", bakery.now)
    assert raised.value.faults == {field: reason}


def test_own_number_and_address_are_not_taken(bakery: Bakery, admin: Actor) -> None:
    own = Contact("Amina", "Amina Y", "Amina@Example.org", "1001", "da")
    changing.correct(bakery.store, admin, bakery.organisation_id, bakery.employee_id, own, bakery.now)


def test_nobody_else_may(bakery: Bakery, admin: Actor) -> None:
    store, home, now = bakery.store, bakery.organisation_id, bakery.now
    foreign = register.add_organisation(store, "Fremmed", customer="customer", now=now)
    for actor, organisation_id in (
        (Actor(bakery.manager_id), home),
        (Actor(bakery.manager_id, frozenset({foreign})), home),
        (Actor(bakery.manager_id, frozenset({foreign})), foreign),
    ):
        with pytest.raises(NotFound):
            changing.end_person(store, actor, organisation_id, bakery.employee_id, now)
        with pytest.raises(NotFound):
            changing.correct(store, actor, organisation_id, bakery.employee_id, EVA, now)
        with pytest.raises(NotFound):
            changing.move(store, actor, organisation_id, bakery.employee_id, bakery.unit_id, "leader", now)
        with pytest.raises(NotFound):
            appointments.appoint(store, actor, organisation_id, bakery.employee_id, "coach", now)
        with pytest.raises((NotFound, InvalidPerson)):
            changing.add(store, actor, organisation_id, EVA, bakery.unit_id, "member", now)


def test_a_membership_ends_once_and_only_ones_own(bakery: Bakery, admin: Actor) -> None:
    store, home, now = bakery.store, bakery.organisation_id, bakery.now + timedelta(days=1)
    with store.read() as q:
        (row,) = q.person_history(person_id=bakery.employee_id)
    with pytest.raises(NotFound):
        changing.end_membership(store, admin, home, bakery.manager_id, row["id"], now)
    for day in (1, 2):
        changing.end_membership(store, admin, home, bakery.employee_id, row["id"], now + timedelta(days=day))
    with store.read() as q:
        members = {m.person_id for m in organisation.members(q, home, now + timedelta(days=3))}
    assert members == {bakery.manager_id}
    assert [entry.action for entry in log.about(store, bakery.employee_id)] == ["end-membership"]


def test_coaches_and_representatives_are_appointed_and_ended(bakery: Bakery, admin: Actor) -> None:
    store, home, now = bakery.store, bakery.organisation_id, bakery.now
    amina = bakery.employee_id
    assert appointments.appoint(store, admin, home, amina, "coach", now)
    assert not appointments.appoint(store, admin, home, amina, "coach", now), "twice is once"
    assert appointments.appoint(store, admin, home, amina, "representative", now)
    listed = appointments.appointments(store, admin, home)
    assert [(one.name, one.role) for one in listed] == [
        ("Amina Yıldız", "coach"),
        ("Amina Yıldız", "representative"),
    ]
    assert appointments.end(store, admin, home, amina, "coach", now)
    assert not appointments.end(store, admin, home, amina, "coach", now)
    with store.read() as q:
        assert appointments.appointments_of(q, amina) == {
            "coach": frozenset(),
            "representative": frozenset({home}),
        }
        assert appointments.coaches_of(q, home) == ()
    assert sorted(entry.action for entry in log.about(store, home)) == [
        "appoint-coach",
        "appoint-representative",
        "end-coach",
    ]


def test_who_leaves_loses_every_office_and_session(bakery: Bakery, admin: Actor) -> None:
    store, home, now = bakery.store, bakery.organisation_id, bakery.now
    amina = bakery.employee_id
    appointments.appoint(store, admin, home, amina, "coach", now)
    administrators.grant(store, amina, now)
    secret = signing_in.sign_in(store, signing_in.mint(store, amina, now), now)
    changing.end_person(store, admin, home, amina, now)
    with store.read() as q:
        assert appointments.appointments_of(q, amina)["coach"] == frozenset()
        assert not q.administered_by(person_id=amina)
    assert sessions.find(store, secret, now) is None
    with pytest.raises(NotFound):
        appointments.appoint(store, admin, home, amina, "coach", now)


def test_administrators_do_not_end_themselves(bakery: Bakery, admin: Actor) -> None:
    with pytest.raises(InvalidPerson):
        changing.end_person(bakery.store, admin, bakery.organisation_id, bakery.manager_id, bakery.now)
