"""What an organisation looks like at a moment: its units, who belongs where, who leads what.

History stays: the same questions about last year have last year's answers. Throw-away respondents and erased
people belong to no organisation.
"""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from assess.errors import NotFound
from assess.people.tree import Member, Unit, UnitTree
from assess.settings import Settings
from assess.store.ids import parse_time_or_none, time_text
from assess.store.queries import Queries


def unit_tree(q: Queries, organisation_id: str, at: datetime | None = None) -> UnitTree:
    """The units that there are at a moment; without one all that there ever were, the closed ones too."""
    rows = (
        q.units(organisation_id=organisation_id)
        if at is None
        else q.units_at(organisation_id=organisation_id, at=time_text(at))
    )
    return UnitTree.of(
        Unit(row["id"], row["name"], row["parent_id"], parse_time_or_none(row["ended_at"])) for row in rows
    )


def members(q: Queries, organisation_id: str, at: datetime) -> tuple[Member, ...]:
    """Everybody who belongs to a unit, once, by person id.

    The home unit is that of the first membership as a member; whoever only leads belongs to what is led.
    """
    homes: dict[str, dict[str, object]] = {}
    leads: set[tuple[str, str]] = set()
    for row in q.memberships_at(organisation_id=organisation_id, at=time_text(at)):
        homes.setdefault(row["person_id"], row)
        if row["role"] == "leader":
            leads.add((row["person_id"], row["unit_id"]))
    return tuple(
        Member(**row | {"role": "leader" if (person_id, row["unit_id"]) in leads else "member"})  # type: ignore[arg-type]
        for person_id, row in homes.items()
    )


def leaders(q: Queries, organisation_id: str, at: datetime) -> dict[str, str]:
    """Person id by unit id: one leader for each unit that has one, the newest where there are two."""
    rows = q.leaders_at(organisation_id=organisation_id, at=time_text(at))
    return {row["unit_id"]: row["person_id"] for row in rows}


def led_units(q: Queries, person_id: str, at: datetime) -> frozenset[str]:
    """Ids of the units that a person leads, and of everything beneath them."""
    return frozenset(row["id"] for row in q.units_led_by(person_id=person_id, at=time_text(at)))


def leaders_above(q: Queries, unit_id: str, at: datetime) -> frozenset[str]:
    """Ids of the people who lead a unit or one above it."""
    return frozenset(row["person_id"] for row in q.leaders_above(unit_id=unit_id, at=time_text(at)))


def zone_of(q: Queries, organisation_id: str, settings: Settings) -> ZoneInfo:
    """The organisation's time zone: its own setting, else that of the installation. Raises `NotFound`."""
    row = q.organisation(id=organisation_id)
    if row is None:
        raise NotFound("There is no such organisation.")
    own = json.loads(row["settings"]).get("time_zone")
    return ZoneInfo(own) if own else settings.time_zone
