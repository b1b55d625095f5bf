"""Who sees which group results."""

from __future__ import annotations

import pytest
from shops import Shops

from assess.audit import log
from assess.errors import NotFound
from assess.releases.making import make
from assess.releases.reading import release, releases_for
from assess.rights import Actor
from assess.store import Store


@pytest.fixture
def shops(store: Store) -> Shops:
    made = Shops(store)
    for shop, number in (("Alby", 6), ("Birk", 7), ("Crona", 5), ("Dal", 12)):
        made.enter(shop, number)
    return made


@pytest.fixture
def release_id(shops: Shops) -> str:
    [made] = make(shops.store, shops.wave(shops.everybody()), shops.now)
    return made


def seen_by(shops: Shops, actor: Actor) -> list[str]:
    found = releases_for(shops.store, actor, shops.organisation_id, shops.now)
    return [unit.name for entry in found for unit in entry.units]


ALL = ["Rugbrød", "Øst", "Alby", "Birk", "Vest", "Crona", "Dal"]


@pytest.mark.usefixtures("release_id")
def test_administrators_and_representatives_see_every_group(shops: Shops) -> None:
    assert seen_by(shops, shops.administrator) == ALL
    assert seen_by(shops, Actor("r", represents=frozenset({shops.organisation_id}))) == ALL


@pytest.mark.usefixtures("release_id")
def test_a_leader_sees_the_own_units_and_those_beneath(shops: Shops) -> None:
    assert seen_by(shops, shops.leader("Øst")) == ["Øst", "Alby", "Birk"]
    assert seen_by(shops, shops.leader("Dal")) == ["Dal"]


def test_others_see_nothing(shops: Shops, release_id: str) -> None:
    strangers = (
        Actor(shops.people["Alby"][0]),
        Actor("x", administers=frozenset({"another"})),
        Actor("c", coaches=frozenset({shops.organisation_id})),
    )
    for actor in strangers:
        assert releases_for(shops.store, actor, shops.organisation_id, shops.now) == ()
        with pytest.raises(NotFound):
            release(shops.store, actor, release_id, shops.now)


def test_somebody_elses_unit_is_not_there(shops: Shops, release_id: str) -> None:
    leader = shops.leader("Øst")
    assert release(shops.store, leader, release_id, shops.now).unit.name == "Øst"
    for unit_id in (shops.units["Vest"], shops.units["Rugbrød"], "nothing"):
        with pytest.raises(NotFound):
            release(shops.store, leader, release_id, shops.now, unit_id)
    with pytest.raises(NotFound):
        release(shops.store, leader, "nothing", shops.now)


def test_a_look_at_a_group_is_logged_once_an_hour(shops: Shops, release_id: str) -> None:
    leader = shops.leader("Dal")
    for _ in range(2):
        release(shops.store, leader, release_id, shops.now)
    entries = log.about(shops.store, shops.organisation_id)
    assert [(entry.actor_id, entry.action) for entry in entries] == [(leader.id, "see-release")]


def test_the_group_tells_whose_answers_it_is_made_of(shops: Shops, release_id: str) -> None:
    view = release(shops.store, shops.administrator, release_id, shops.now, shops.units["Øst"])
    assert sorted(view.names.values()) == ["Alby", "Birk"]
    assert view.figures.people == 13
    assert view.unit.path == ("Rugbrød", "Øst")
    assert view.compared_wave is None


def test_a_second_wave_names_the_wave_that_it_is_compared_with(shops: Shops, release_id: str) -> None:
    [second] = make(shops.store, shops.wave(shops.everybody(), name="Forår"), shops.now)
    view = release(shops.store, shops.administrator, second, shops.now)
    assert view.figures.compared_with == release_id
    assert view.compared_wave == "Efterår"
