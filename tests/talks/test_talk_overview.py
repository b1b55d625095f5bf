"""How many have a talk: bands of groups that are large enough, once a week, and never who."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON

from assess.errors import NotFound
from assess.people import register
from assess.personal_data import erasure
from assess.rights import Actor
from assess.store.ids import time_text
from assess.talks import agreements, talks
from assess.talks.overview import MADE_EVERY, UnitShares, talk_shares
from assess.talks.types import AgreementText

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

UNITS = {"North": 8, "South": 6, "Depot": 7, "Kiosk": 2}
WEEK = MADE_EVERY


@dataclass
class Works:
    """A works whose chief leads everybody: four units, one of which is too small."""

    store: Store
    unit_ids: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.organisation_id = register.add_organisation(self.store, "Works", customer="customer", now=NOON)
        root = register.add_unit(self.store, self.organisation_id, "Works", parent_id=None, now=NOON)
        self.unit_ids["Works"] = root
        for place, (name, size) in enumerate(UNITS.items()):
            entered = NOON - timedelta(days=9 - place)  # units are put together in the order of their ids
            unit_id = register.add_unit(self.store, self.organisation_id, name, parent_id=root, now=entered)
            self.unit_ids[name] = unit_id
            for number in range(size):
                self.add(f"{name} {number}", name)
        for number in range(4):
            self.add(f"Office {number}", "Works")
        chief_id = self.add("Chief", "Works")
        register.join_unit(self.store, chief_id, root, role="leader", now=NOON)
        self.chief = Actor(chief_id, organisation_id=self.organisation_id)
        self.administrator = Actor("ada", administers=frozenset({self.organisation_id}))

    def add(self, name: str, unit: str) -> str:
        self.people[name] = register.add_person(
            self.store,
            self.organisation_id,
            first_name=name,
            name=name,
            language="en",
            email=None,
            employee_number=name,
            now=NOON,
        )
        register.join_unit(self.store, self.people[name], self.unit_ids[unit], role="member", now=NOON)
        return self.people[name]

    def plan(self, *names: str) -> list[str]:
        return [
            talks.plan(
                self.store,
                self.chief,
                self.people[name],
                NOON + timedelta(days=7, hours=number),
                45,
                "",
                NOON,
                as_role="manager",
            )
            for number, name in enumerate(names)
        ]

    def leave(self, name: str, weeks: int = 0) -> None:
        at = time_text(NOON + weeks * WEEK)
        with self.store.write() as q:
            q.person_left(id=self.people[name], left_at=at)
            q.end_memberships_of(person_id=self.people[name], now=at)

    def shown(self, weeks: float = 0) -> dict[str, UnitShares]:
        found = talk_shares(self.store, self.administrator, self.organisation_id, NOON + weeks * WEEK)
        return {one.path[-1]: one for one in found.units}

    def talk_bands(self, weeks: float = 0) -> dict[str, tuple[int, int] | None]:
        return {name: one.shares.talk if one.shares else None for name, one in self.shown(weeks).items()}


@pytest.fixture
def works(store: Store) -> Works:
    return Works(store)


def north(*numbers: int) -> list[str]:
    return [f"North {number}" for number in numbers]


def test_bands_of_units_that_are_large_enough(works: Works) -> None:
    works.plan(*north(0, 1), *(f"Depot {number}" for number in range(7)))
    found = works.shown()
    assert {name: one.people for name, one in found.items()} == {"Works": 28, **UNITS}
    assert found["North"].shares is not None
    assert found["North"].shares.talk == (0, 33)  # two of eight: three bands of three numbers each
    assert found["Depot"].shares is not None
    assert found["Depot"].shares.talk == (50, 100)  # seven of seven is told as no more than half
    assert found["Works"].shares is not None
    assert found["Works"].shares.talk == (20, 40)  # nine of 28
    assert found["Works"].shares.agreements == (0, 20)


def test_a_unit_that_is_too_small_is_counted_with_a_neighbour(works: Works) -> None:
    kiosk = works.shown()["Kiosk"]
    assert kiosk.shares is None
    assert kiosk.together is not None
    assert kiosk.together.people == 7  # with the office and the chief
    assert sorted(kiosk.units) == [("Works",), ("Works", "Kiosk")]


def test_where_there_are_too_few_at_all_nothing_is_told(store: Store) -> None:
    works = Works(store)
    for name in list(works.people):
        if name not in {"North 0", "North 1", "Office 0", "Chief"}:
            works.leave(name)
    assert all(one.shares is one.together is None for one in works.shown().values())


def test_no_number_of_people_with_a_talk_and_nobodys_id_is_in_what_is_shown(works: Works) -> None:
    works.plan(*north(0, 1, 2))
    text = repr(works.shown())
    assert not any(person_id in text for person_id in works.people.values())
    assert set(re.findall(r"(\w+)=", text)) == {
        "unit_id", "path", "people", "shares", "together", "units", "talk", "agreements"
    }  # fmt: skip


def test_only_administrators_of_the_organisation(works: Works) -> None:
    coach = Actor("c", coaches=frozenset({works.organisation_id}))
    representative = Actor("r", represents=frozenset({works.organisation_id}))
    foreign = Actor("f", administers=frozenset({"elsewhere"}))
    for somebody in (works.chief, coach, representative, foreign):
        with pytest.raises(NotFound):
            talk_shares(works.store, somebody, works.organisation_id, NOON)


# --- what counts -----------------------------------------------------------------------------------


def test_planned_and_held_within_a_year_counts_and_cancelled_does_not(works: Works) -> None:
    held, cancelled, *_ = works.plan(*north(0, 1, 2, 3))
    talks.hold(works.store, works.chief, held, NOON + timedelta(days=7))
    assert works.talk_bands()["North"] == (33, 66)
    for talk_id in [*works.plan(*north(4, 5)), cancelled]:
        talks.cancel(works.store, works.chief, talk_id, NOON)
    assert works.talk_bands(1)["North"] == (33, 66)  # three of eight
    assert works.talk_bands(60)["North"] == (0, 33), "more than a year later"


def test_agreements_count_while_they_are_alive(works: Works) -> None:
    for talk_id in works.plan(*north(0, 1, 2, 3, 4, 5, 6, 7)):
        text = AgreementText(kind="professional", what="Weld alone")
        agreement = agreements.add(works.store, works.chief, talk_id, text, NOON)

    def alive(weeks: int) -> tuple[int, int]:
        shares = works.shown(weeks)["North"].shares
        assert shares is not None
        return shares.agreements

    assert alive(0) == (66, 100)
    with works.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE agreements SET status = 'done'")
    assert alive(1) == (0, 33)
    agreements.set_status(works.store, works.chief, agreement.id, "under-way", NOON + WEEK)
    assert alive(2) == (0, 33)


# --- nobody can be told ----------------------------------------------------------------------------


def test_between_two_weeks_nothing_that_anybody_does_shows(works: Works) -> None:
    first = works.shown()
    works.plan(*north(0, 1, 2, 3, 4, 5, 6, 7))
    works.leave("South 0")
    works.leave("South 1")
    assert works.shown(0.99) == first
    assert works.shown(1) != first


@pytest.mark.parametrize("others", range(8))
def test_somebodys_leaving_looks_the_same_whether_that_one_had_a_talk_or_not(
    settings: Settings, store: Store, others: int
) -> None:
    """Of everything that administrators see before and after, whatever the others of the unit have."""
    works = Works(store)
    works.plan(*north(*range(1, others + 1)))
    seen = []
    for has in (False, True):
        with store.engine.transaction(write=True) as connection:
            connection.execute("DELETE FROM talk_overviews")
            connection.execute("UPDATE people SET left_at = NULL")
            connection.execute("UPDATE memberships SET ends_at = NULL")
        if has:
            works.plan("North 0")
        before = works.talk_bands()
        works.leave("North 0")
        after = works.talk_bands(1)
        assert after == before, "who has left moves no band"
        assert works.shown(1)["North"].people == 7
        seen.append(before)
    # What can differ is only what differed before anybody left: the band of all of them together.
    assert seen[0].keys() == seen[1].keys()


def test_moving_one_from_unit_to_unit_moves_no_band(works: Works) -> None:
    works.plan(*north(0, 1, 2), *(f"South {number}" for number in range(2)))
    before = works.talk_bands()
    mover = works.people["North 0"]
    with works.store.write() as q:
        q.end_memberships_of(person_id=mover, now=time_text(NOON + WEEK / 2))
    register.join_unit(works.store, mover, works.unit_ids["South"], role="member", now=NOON + WEEK / 2)
    assert works.talk_bands(1) == before
    assert (works.shown(1)["North"].people, works.shown(1)["South"].people) == (7, 7)


@pytest.mark.parametrize("has", [False, True])
def test_a_new_unit_for_all_but_one_tells_nothing_of_that_one(works: Works, *, has: bool) -> None:
    """Whoever looks can make a unit, under whose name nothing was shown before, and move all but one into it:
    4 of 20 would have been in another band than 3 of 19."""
    names = [*north(*range(8)), *(f"More {number}" for number in range(12))]
    for name in names[8:]:
        works.add(name, "North")
    works.plan(*names[1:4], *(names[:1] if has else ()))
    before = works.talk_bands()["North"]
    works.unit_ids["New"] = register.add_unit(
        works.store, works.organisation_id, "New", parent_id=works.unit_ids["Works"], now=NOON + WEEK / 2
    )
    for name in names[1:]:
        with works.store.write() as q:
            q.end_memberships_of(person_id=works.people[name], now=time_text(NOON + WEEK / 2))
        register.join_unit(
            works.store, works.people[name], works.unit_ids["New"], role="member", now=NOON + WEEK / 2
        )
    assert works.shown(1)["New"].people == 19
    assert works.talk_bands(1)["New"] == before


@pytest.mark.parametrize("has", [False, True])
def test_some_who_are_moved_out_and_back_again_tell_nothing_of_another(works: Works, *, has: bool) -> None:
    """In the third week the group differs from that of the second by six, from that of the first by one."""
    names = [*north(*range(8)), *(f"More {number}" for number in range(12))]
    for name in names[8:]:
        works.add(name, "North")
    works.plan(*names[1:4], *(names[:1] if has else ()))

    def move(weeks: float, unit: str, *moved: str) -> None:
        at = NOON + weeks * WEEK
        for name in moved:
            with works.store.write() as q:
                q.end_memberships_of(person_id=works.people[name], now=time_text(at))
            register.join_unit(works.store, works.people[name], works.unit_ids[unit], role="member", now=at)

    before = works.talk_bands()["North"]
    move(0.5, "Depot", *names[10:15])
    works.talk_bands(1)
    move(1.5, "North", *names[10:15])
    move(1.6, "Depot", names[0])
    assert works.talk_bands(2)["North"] == before
    assert works.shown(2)["North"].people == 19


def test_an_erasure_moves_no_band_and_leaves_no_trace(works: Works, settings: Settings) -> None:
    works.plan(*north(0, 1, 2))
    before, erased = works.talk_bands(), works.people["North 0"]
    assert erasure.erase(works.store, settings, erased, NOON)
    assert works.talk_bands(1) == before
    with works.store.engine.transaction(write=False) as connection:
        [row] = connection.execute("SELECT content, base FROM talk_overviews").fetchall()
    kept = "".join(row.values() if isinstance(row, dict) else row)
    assert erased not in kept
    assert works.people["North 1"] in kept


def test_what_many_do_shows_the_week_after(works: Works) -> None:
    assert works.talk_bands()["North"] == (0, 33)
    works.plan(*north(0, 1, 2, 3, 4, 5, 6, 7))
    assert works.talk_bands(1)["North"] == (66, 100)


def test_a_wave_that_promised_larger_groups_is_kept_to(works: Works) -> None:
    from assess.campaigns import plans
    from assess.campaigns.plans import WavePlan

    with works.store.engine.transaction(write=True) as connection:
        connection.execute(
            "INSERT INTO waves (id, organisation_id, name, state, job_areas, max_job_areas, opens_at, plan) "
            f"VALUES ('w', '{works.organisation_id}', 'Autumn', 'draft', 'given', 1, "
            f"'{time_text(NOON)}', '{plans.encode(WavePlan(least=8))}')"
        )
    found = talk_shares(works.store, works.administrator, works.organisation_id, NOON)
    assert found.least == 8
    told = [one.shares or one.together for one in found.units]
    assert all(one is None or one.people >= 8 for one in told)
    assert works.talk_bands()["South"] is None
