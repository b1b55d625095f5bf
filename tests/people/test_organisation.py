"""Units, members and leaders of an organisation at a moment, on both engines."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from assess.errors import NotFound
from assess.people import organisation, register
from assess.store.ids import time_text

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.settings import Settings


def test_everybody_belongs_to_one_unit(bakery: Bakery) -> None:
    store, now = bakery.store, bakery.now
    # Given a unit beneath that Bo leads, a person who only leads, and one with a second membership later
    syd = register.add_unit(store, bakery.organisation_id, "Syd", parent_id=bakery.unit_id, now=now)
    register.join_unit(store, bakery.manager_id, bakery.unit_id, role="leader", now=now)
    cleo = register.add_person(
        store, bakery.organisation_id, first_name="Cleo", name="Cleo", language="en", now=now
    )
    register.join_unit(store, cleo, syd, role="leader", now=now)
    register.join_unit(store, bakery.employee_id, syd, role="member", now=now + timedelta(seconds=1))
    with store.read() as q:
        later = now + timedelta(days=1)
        found = {
            member.person_id: (member.unit_id, member.role)
            for member in organisation.members(q, bakery.organisation_id, later)
        }
        assert found == {
            bakery.employee_id: (bakery.unit_id, "member"),
            bakery.manager_id: (bakery.unit_id, "leader"),
            cleo: (syd, "leader"),
        }
        assert organisation.leaders(q, bakery.organisation_id, later) == {
            bakery.unit_id: bakery.manager_id,
            syd: cleo,
        }
        assert organisation.led_units(q, bakery.manager_id, later) == {bakery.unit_id, syd}
        assert organisation.led_units(q, cleo, later) == {syd}
        assert organisation.led_units(q, bakery.employee_id, later) == frozenset()
        assert organisation.leaders_above(q, syd, later) == {bakery.manager_id, cleo}
        assert organisation.leaders_above(q, bakery.unit_id, later) == {bakery.manager_id}
        assert organisation.leaders_above(q, "unknown", later) == frozenset()
        # Before they joined there was nobody
        assert organisation.members(q, bakery.organisation_id, now - timedelta(days=1)) == ()


def test_what_has_ended_is_past_but_not_forgotten(bakery: Bakery) -> None:
    store, now = bakery.store, bakery.now
    syd = register.add_unit(store, bakery.organisation_id, "Syd", parent_id=bakery.unit_id, now=now)
    end = now + timedelta(days=10)
    with store.write() as q:
        q.end_unit(id=syd, now=time_text(end))
        q.person_left(id=bakery.employee_id, left_at=time_text(end))
    with store.read() as q:
        before, after = end - timedelta(days=1), end + timedelta(days=1)
        assert syd in organisation.unit_tree(q, bakery.organisation_id, before)
        assert syd not in organisation.unit_tree(q, bakery.organisation_id, after)
        assert organisation.unit_tree(q, bakery.organisation_id)[syd].ended_at == end
        assert len(organisation.members(q, bakery.organisation_id, before)) == 2
        assert [m.person_id for m in organisation.members(q, bakery.organisation_id, after)] == [
            bakery.manager_id
        ]


def test_the_zone_is_the_organisations_own_or_that_of_the_installation(
    bakery: Bakery, settings: Settings
) -> None:
    with bakery.store.read() as q:
        assert organisation.zone_of(q, bakery.organisation_id, settings) == settings.time_zone
    with bakery.store.write() as q:
        q.add_organisation(id="fi", name="Fi", settings=json.dumps({"time_zone": "Europe/Helsinki"}))
    with bakery.store.read() as q:
        assert organisation.zone_of(q, "fi", settings) == ZoneInfo("Europe/Helsinki")
        with pytest.raises(NotFound):
            organisation.zone_of(q, "nobody", settings)
