"""Importing rosters: the difference, what applying it does, and what it refuses; on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.audit import log
from assess.errors import NotFound
from assess.files.roster_faults import BadRoster
from assess.people import changing, organisation, register, roster_import
from assess.people.roster_import import Applied, Choices, OrganisationChanged
from assess.rights import Actor

if TYPE_CHECKING:
    from datetime import datetime

    from small_organisation import Bakery

    from assess.people.roster_types import RosterPlan
    from assess.store import Store

HEADER = "unit;name;email;employee number;language;leader;job areas"
FIRST = (
    "Koncern;Ditte Dam;ditte@example.org;1;da;;",
    "Koncern/Nord;Bo Ørsted;bo@example.org;2;sv;1;",
    "Koncern/Nord;Amina Yıldız;amina@example.org;3;da;2;Bage brød",
    "Koncern/Nord;Carl Carlsen;carl@example.org;4;;bo@example.org;Bage brød",
    "Koncern/Syd;Eva Eng;eva@example.org;5;;1;",
    "Koncern/Syd;Finn Friis;finn@example.org;6;;5;",
)


class House:
    """An organisation with an administrator, into which rosters are imported, a day after each other."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store, self.now = store, now
        self.id = register.add_organisation(store, "Rugbrød & Co.", customer="customer", now=now)
        boss = register.add_person(store, self.id, first_name="Op", name="Op Erator", language="da", now=now)
        self.admin = Actor(boss, frozenset({self.id}))

    def stage(self, *rows: str, header: str = HEADER, **choices: object) -> roster_import.Staged:
        source = "\n".join((header, *rows)).encode()
        chosen = Choices(**choices)  # type: ignore[arg-type]
        return roster_import.stage(self.store, self.admin, self.id, "r.csv", source, self.now, chosen)

    def difference(self, *rows: str, **parts: object) -> RosterPlan:
        prepared = self.stage(*rows, **parts).prepared  # type: ignore[arg-type]
        assert prepared is not None
        return prepared.plan

    def apply(self, *rows: str, **parts: object) -> Applied:
        self.now += timedelta(days=1)
        found = self.stage(*rows, **parts)  # type: ignore[arg-type]
        return roster_import.apply(self.store, self.admin, found.id, self.now)

    def faults(self, *rows: str, **parts: object) -> list[tuple[int, str]]:
        with pytest.raises(BadRoster) as raised:
            self.stage(*rows, **parts)  # type: ignore[arg-type]
        return [(fault.row, fault.id) for fault in raised.value.faults]

    def members(self, at: datetime | None = None) -> dict[str, str]:
        """Path of the home unit by name."""
        with self.store.read() as q:
            tree = organisation.unit_tree(q, self.id)
            found = organisation.members(q, self.id, at or self.now)
        return {one.name: "/".join(tree.path(one.unit_id)) for one in found}

    def leaders(self, at: datetime | None = None) -> dict[str, str]:
        """Name of the leader by path of the unit."""
        with self.store.read() as q:
            tree = organisation.unit_tree(q, self.id)
            names = {one.person_id: one.name for one in organisation.members(q, self.id, at or self.now)}
            found = organisation.leaders(q, self.id, at or self.now)
        return {"/".join(tree.path(unit_id)): names[person_id] for unit_id, person_id in found.items()}

    def person(self, name: str) -> str:
        with self.store.read() as q:
            rows = q.roster_people(organisation_id=self.id)
        return next(row["id"] for row in rows if row["name"] == name)


@pytest.fixture
def house(store: Store, bakery: Bakery) -> House:
    """Beside the bakery, whose people nobody may touch."""
    return House(store, bakery.now)


# --- a first roster --------------------------------------------------------------------------------


def test_a_first_roster_makes_the_organisation(house: House) -> None:
    plan = house.difference(*FIRST)
    assert (len(plan.added), len(plan.ended), plan.rows) == (6, 0, 6)
    assert plan.units_added == (("Koncern",), ("Koncern", "Nord"), ("Koncern", "Syd"))
    assert plan.areas_added == ("Bage brød",)
    assert {("/".join(one.path), one.after_name) for one in plan.leaders} == {
        ("Koncern", "Ditte Dam"),
        ("Koncern/Nord", "Bo Ørsted"),
        ("Koncern/Syd", "Eva Eng"),
    }
    assert house.members() == {}, "nothing changes before it is applied"

    assert house.apply(*FIRST) == Applied(6, 0, 0, 0, 0, 3, 0, 3)
    assert house.members() == {
        "Ditte Dam": "Koncern",
        "Bo Ørsted": "Koncern/Nord",
        "Amina Yıldız": "Koncern/Nord",
        "Carl Carlsen": "Koncern/Nord",
        "Eva Eng": "Koncern/Syd",
        "Finn Friis": "Koncern/Syd",
    }
    assert house.leaders() == {
        "Koncern": "Ditte Dam",
        "Koncern/Nord": "Bo Ørsted",
        "Koncern/Syd": "Eva Eng",
    }
    with house.store.read() as q:
        people = {row["name"]: row for row in q.roster_people(organisation_id=house.id)}
    assert people["Bo Ørsted"]["language"] == "sv"
    assert people["Carl Carlsen"]["first_name"] == "Carl"


def test_a_second_import_is_empty(house: House) -> None:
    house.apply(*FIRST)
    assert house.difference(*FIRST).is_empty
    assert house.difference(*reversed(FIRST)).is_empty, "the order of rows does not count"


def test_job_areas_become_roles(house: House) -> None:
    house.apply(*FIRST)
    with house.store.read() as q:
        (area,) = q.roster_areas(organisation_id=house.id)
        (role,) = q.roster_roles(organisation_id=house.id)
        held = {
            row["person_id"]: row["job_role_id"] for row in q.roster_memberships(organisation_id=house.id)
        }
    assert role["job_area_id"] == area["id"]
    assert held[house.person("Amina Yıldız")] == held[house.person("Carl Carlsen")] == role["id"]
    # Another area for one of them: another role from then on, the old membership ends
    later = house.apply(
        *(row.replace("4;;bo@example.org;Bage brød", '4;;2;"Bage brød;Sælge"') for row in FIRST)
    )
    assert later == Applied(0, 0, 0, 1, 0, 0, 0, 0)
    with house.store.read() as q:
        history = q.person_history(person_id=house.person("Carl Carlsen"))
    assert [(row["job_role"], row["ends_at"] is None) for row in history] == [
        ('{"da": "Bage brød, Sælge"}', True),
        ('{"da": "Bage brød"}', False),
    ]


def test_a_named_role_keeps_its_areas(house: House) -> None:
    header = "unit;name;employee number;job role;job areas"
    rows = ("Nord;Bo;1;Bager;Bage|Rydde op", "Nord;Eva;2;Bager;", "Nord;Ida;3;Sælger;")
    house.apply(*rows, header=header)
    assert house.difference(*rows, header=header).is_empty
    with house.store.read() as q:
        held = {
            row["person_id"]: row["job_role_id"] for row in q.roster_memberships(organisation_id=house.id)
        }
        roles = {row["id"] for row in q.roster_roles(organisation_id=house.id)}
    assert held[house.person("Bo")] == held[house.person("Eva")] != held[house.person("Ida")]
    assert len(roles) == 2


# --- a later roster --------------------------------------------------------------------------------


def test_a_later_roster_is_a_difference(house: House) -> None:
    house.apply(*FIRST)
    last_year = house.now
    eva = house.person("Eva Eng")
    rows = (
        *FIRST[:2],
        "Koncern/Nord;Amina Berg;amina@example.org;3;da;2;Bage brød",  # married
        "Koncern/Øst;Carl Carlsen;carl@example.org;4;;1;Bage brød",  # leads a new unit
        "Koncern/Øst;Gry Grøn;gry@example.org;7;;4;",  # new; Syd closes with Eva and Finn
    )
    plan = house.difference(*rows)
    assert [one.name for one in plan.added] == ["Gry Grøn"]
    assert [(one.name, one.old_unit, one.unit) for one in plan.moved] == [
        ("Carl Carlsen", ("Koncern", "Nord"), ("Koncern", "Øst"))
    ]
    assert [(change.field, change.before, change.after) for change in plan.changed[0].fields] == [
        ("name", "Amina Yıldız", "Amina Berg")
    ]
    assert {(one.name, one.unit) for one in plan.ended} == {
        ("Eva Eng", ("Koncern", "Syd")),
        ("Finn Friis", ("Koncern", "Syd")),
    }
    assert [one.path for one in plan.units_ended] == [("Koncern", "Syd")]
    house.apply(*rows)
    assert house.members()["Carl Carlsen"] == "Koncern/Øst"
    assert house.leaders() == {
        "Koncern": "Ditte Dam",
        "Koncern/Nord": "Bo Ørsted",
        "Koncern/Øst": "Carl Carlsen",
    }
    # Last year's team is last year's team
    assert house.members(last_year)["Carl Carlsen"] == "Koncern/Nord"
    with house.store.read() as q:
        assert organisation.leaders(q, house.id, last_year)
        assert eva in {row["id"] for row in q.roster_people(organisation_id=house.id) if row["left_at"]}
    assert house.difference(*rows).is_empty


def test_who_comes_back_is_the_same_person_in_the_same_unit(house: House) -> None:
    house.apply(*FIRST)
    finn = house.person("Finn Friis")
    house.apply(*FIRST[:4])
    plan = house.difference(*FIRST)
    assert [one.name for one in plan.rejoined] == ["Eva Eng", "Finn Friis"]
    assert plan.added == ()
    assert [one.path for one in plan.units_back] == [("Koncern", "Syd")]
    house.apply(*FIRST)
    assert house.person("Finn Friis") == finn
    assert house.leaders()["Koncern/Syd"] == "Eva Eng"
    assert house.difference(*FIRST).is_empty


def test_people_without_numbers_are_known_by_their_address(house: House) -> None:
    header = "unit;name;email"
    house.apply("Nord;Bo Ørsted;Bo@example.org", header=header)
    plan = house.difference("Nord;Bo Ørsted Berg;bo@Example.org", header=header)
    assert (plan.added, len(plan.changed)) == ((), 1)
    with_number = house.difference(
        "Nord;Bo Ørsted;bo@example.org;7", header="unit;name;email;employee number"
    )
    assert [change.field for change in with_number.changed[0].fields] == ["employee_number"]


def test_nobody_inherits_the_results_of_whoever_had_the_address_before(house: House) -> None:
    house.apply(*FIRST)
    successor = FIRST[5].replace(";6;", ";60;")
    plan = house.difference(*FIRST[:5], successor)
    assert [one.name for one in plan.added] == ["Finn Friis"]
    assert [one.name for one in plan.ended] == ["Finn Friis"]
    assert [one.name for one in plan.strangers] == ["Finn Friis"], "and the preview says so"
    # Nor after that person has left, unless it is the same name
    by_email = "unit;name;email"
    house.apply("Nord;Bo Ørsted;info@example.org", "Nord;Eva;eva@example.org", header=by_email)
    house.apply("Nord;Eva;eva@example.org", header=by_email)
    assert house.difference(
        "Nord;Ida Iversen;info@example.org", "Nord;Eva;eva@example.org", header=by_email
    ).added
    back = house.difference("Nord;Bo Ørsted;info@example.org", "Nord;Eva;eva@example.org", header=by_email)
    assert len(back.rejoined) == 1


def test_what_the_roster_does_not_tell_stays(house: House) -> None:
    house.apply(*FIRST)
    rows = [";".join(row.split(";")[:2] + row.split(";")[3:4]) for row in FIRST]
    assert house.difference(*rows, header="unit;name;employee number").is_empty


def test_administrators_are_never_ended_by_a_roster(house: House) -> None:
    house.apply(*FIRST)
    from assess.people import administrators

    administrators.grant(house.store, house.person("Finn Friis"), house.now)
    plan = house.difference(*FIRST[:5])
    assert (plan.ended, [one.name for one in plan.kept]) == ((), ["Finn Friis"])
    house.apply(*FIRST[:5])
    assert house.members()["Finn Friis"] == "Koncern/Syd"


def test_who_belonged_only_by_leading_still_belongs(house: House) -> None:
    unit = register.add_unit(house.store, house.id, "Nord", parent_id=None, now=house.now)
    bo = register.add_person(
        house.store, house.id, first_name="Bo", name="Bo", language="da", employee_number="1", now=house.now
    )
    register.join_unit(house.store, bo, unit, role="leader", now=house.now)
    header = "unit;name;employee number;leader"
    rows = ("Nord;Bo;1;2", "Nord;Eva;2;")
    house.apply(*rows, header=header)
    assert (house.members(), house.leaders()) == ({"Bo": "Nord", "Eva": "Nord"}, {"Nord": "Eva"})
    assert house.difference(*rows, header=header).is_empty


# --- adds and changes only -------------------------------------------------------------------------


def test_a_part_of_the_roster_adds_and_changes_only(house: House) -> None:
    house.apply(*FIRST)
    new = "Koncern/Syd;Gry Grøn;gry@example.org;7;;5;"
    applied = house.apply(new, ends=False)
    assert applied == Applied(1, 0, 0, 0, 0, 0, 0, 0)
    assert len(house.members()) == 7
    assert house.leaders()["Koncern/Syd"] == "Eva Eng"
    assert house.difference(new, ends=False).is_empty
    assert house.difference(FIRST[1], ends=False).is_empty, "the leader's own row alone"
    # A part can make a new unit with a leader who is known
    house.apply("Koncern/Vest;Hans;hans@example.org;8;;2;", ends=False)
    assert house.leaders()["Koncern/Vest"] == "Bo Ørsted"


def test_a_part_cannot_give_the_address_of_somebody_else(house: House) -> None:
    house.apply(*FIRST)
    assert house.faults("Koncern/Syd;Gry;finn@example.org;7;;5;", ends=False) == [(2, "key-clash")]


# --- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((*FIRST[:5], "Koncern/Syd;Finn;finn@example.org;6;;99;"), (7, "leader-unknown")),
        ((*FIRST[:5], "Koncern/Syd;Finn;finn@example.org;6;;6;"), (7, "leader-self")),
        ((*FIRST, "Koncern/Syd;Gry;gry@example.org;7;;2;"), (8, "two-leaders")),
        (("A;Bo;b@c.dk;1;;2;", "A;Eva;e@c.dk;2;;3;", "B;Ida;i@c.dk;3;;1;"), (2, "leader-cycle")),
        (("A;Bo;b@c.dk;1;;2;", "A;Eva;e@c.dk;2;;1;"), (2, "leader-cycle")),
    ],
)
def test_leaders_that_do_not_fit_are_told_with_their_row(
    rows: tuple[str, ...], fault: tuple[int, str], house: House
) -> None:
    assert house.faults(*rows) == [fault]


def test_problems_of_rows_and_of_leaders_come_together_and_nothing_is_kept(house: House) -> None:
    rows = (*FIRST[:4], "Koncern/Syd;=Eva;eva@example.org;5;;1;", "Koncern/Syd;Finn;no address;6;;77;")
    assert house.faults(*rows) == [(6, "formula"), (7, "email"), (7, "leader-unknown")]
    with house.store.read() as q:
        assert q.units(organisation_id=house.id) == []


def test_a_leader_from_elsewhere_and_units_without_people(house: House) -> None:
    rows = (
        "Koncern/Stab;Ditte;d@c.dk;1;;;",
        "Koncern/Drift/Nord;Bo;b@c.dk;2;;1;",
        "Koncern/Drift/Nord;Eva;e@c.dk;3;;2;",
        "Koncern/Drift/Syd;Ida;i@c.dk;4;;2;",
    )
    house.apply(*rows)
    assert house.leaders() == {
        "Koncern/Drift": "Ditte",
        "Koncern/Drift/Nord": "Bo",
        "Koncern/Drift/Syd": "Bo",
    }
    assert house.difference(*rows).is_empty


def test_nothing_is_applied_when_the_organisation_has_changed_since(house: House) -> None:
    house.apply(*FIRST)
    found = house.stage(*FIRST[:5])
    with house.store.read() as q:
        unit_id = q.units(organisation_id=house.id)[0]["id"]
    changing.add(
        house.store,
        house.admin,
        house.id,
        changing.Contact("Gry", "Gry", "gry@example.org", "7", "da"),
        unit_id,
        "member",
        house.now,
    )
    with pytest.raises(OrganisationChanged):
        roster_import.apply(house.store, house.admin, found.id, house.now)
    assert len(house.members()) == 7
    # The new difference is shown, and then applied
    again = roster_import.staged(house.store, house.admin, found.id, house.now)
    assert again.prepared is not None
    assert {one.name for one in again.prepared.plan.ended} == {"Finn Friis", "Gry"}
    assert roster_import.apply(house.store, house.admin, found.id, house.now).ended == 2


def test_applying_twice_is_applying_once_and_the_file_is_not_kept(house: House) -> None:
    found = house.stage(*FIRST)
    first = roster_import.apply(house.store, house.admin, found.id, house.now)
    assert roster_import.apply(house.store, house.admin, found.id, house.now) == first
    assert len(house.members()) == 6
    with house.store.read() as q:
        assert bytes(q.roster_import(id=found.id)["content"]) == b""
    assert roster_import.staged(house.store, house.admin, found.id, house.now).applied == first
    assert [entry.action for entry in log.about(house.store, house.id)] == ["import-roster"]


def test_an_import_is_its_organisations_and_waits_a_day(house: House, bakery: Bakery) -> None:
    found = house.stage(*FIRST)
    stranger = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
    for call in (roster_import.staged, roster_import.apply):
        with pytest.raises(NotFound):
            call(house.store, stranger, found.id, house.now)
        with pytest.raises(NotFound):
            call(house.store, Actor(house.admin.id), found.id, house.now)
        with pytest.raises(NotFound):
            call(house.store, house.admin, found.id, house.now + timedelta(days=2))
    with pytest.raises(NotFound):
        roster_import.stage(house.store, stranger, house.id, "r.csv", b"unit;name;email\nA;B;c@d", house.now)


def test_other_organisations_stay_as_they_are(house: House, bakery: Bakery) -> None:
    house.apply(*FIRST)
    with house.store.read() as q:
        members = organisation.members(q, bakery.organisation_id, house.now)
    assert {one.person_id for one in members} == {bakery.employee_id, bakery.manager_id}


# --- whatever the organisation looks like ----------------------------------------------------------


@st.composite
def organisations(draw: st.DrawFn) -> list[str]:
    """Rows of a tree with a leader in each unit: everybody names the leader, the leader the one above."""
    paths = [("Top",)]
    for number in range(draw(st.integers(0, 5))):
        paths.append((*draw(st.sampled_from(paths)), f"U{number}"))
    rows, first_of = [], {}
    number = draw(st.integers(1, 3))
    for path in paths:
        size = draw(st.integers(1, 3))
        first_of[path] = number
        for place in range(size):
            leader = first_of.get(path[:-1], "") if place == 0 else first_of[path]
            rows.append(f"{'/'.join(path)};P{number};p{number}@example.org;{number};;{leader};")
            number += 1
    return draw(st.permutations(rows))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rosters=st.lists(organisations(), min_size=1, max_size=3), data=st.data())
def test_planning_after_applying_gives_nothing(
    rosters: list[list[str]], data: st.DataObject, store: Store, bakery: Bakery
) -> None:
    house = House(store, bakery.now)
    for rows in rosters:
        house.apply(*rows)
        assert house.difference(*rows).is_empty
        assert house.difference(*data.draw(st.permutations(rows))).is_empty
        assert house.difference(*rows, ends=False).is_empty
        some = data.draw(st.lists(st.sampled_from(rows), min_size=1, unique=True))
        assert house.difference(*some, ends=False).is_empty, "any part of it changes nothing"
        assert len(house.members()) == len(rows)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=organisations(), rows=organisations(), data=st.data())
def test_the_order_of_rows_does_not_matter(
    before: list[str], rows: list[str], data: st.DataObject, store: Store, bakery: Bakery
) -> None:
    house = House(store, bakery.now)
    house.apply(*before)
    one = house.difference(*rows)
    other = house.difference(*data.draw(st.permutations(rows)))
    assert {(p.person_id, p.name, p.unit, p.old_unit, p.rejoins) for p in one.people} == {
        (p.person_id, p.name, p.unit, p.old_unit, p.rejoins) for p in other.people
    }
    assert set(one.ended) == set(other.ended)
    assert {(c.path, c.after_name) for c in one.leaders} == {(c.path, c.after_name) for c in other.leaders}
    assert (one.units_added, one.units_ended) == (other.units_added, other.units_ended)
