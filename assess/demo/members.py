"""The people of the demo, as they come into the database: by the import of a roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.demo.roster import entries, roster_csv
from assess.people import organisation
from assess.people.roster_import import apply, stage
from assess.rights import Actor
from assess.store import Store


@dataclass(frozen=True, slots=True)
class Member:
    """A person who has been imported. `number` is the column in the simulation."""

    id: str
    name: str
    number: int
    leader_id: str | None
    area_keys: tuple[str, ...]


def import_staff(
    store: Store, actor: Actor, organisation_id: str, now: datetime, *, earlier: bool
) -> list[Member]:
    """The roster of then or of now, through the preview; the people in the order of the roster."""
    roster = entries(earlier=earlier)
    file_name = f"medarbejdere-{now:%Y-%m}.csv"
    staged = stage(store, actor, organisation_id, file_name, roster_csv(roster), now)
    apply(store, actor, staged.id, now)
    with store.read() as q:
        found = {one.employee_number: one for one in organisation.members(q, organisation_id, now)}
    ids = {entry.name: found[entry.employee_number].person_id for entry in roster}
    return [
        Member(
            ids[entry.name],
            entry.name,
            entry.number,
            ids[entry.leader] if entry.leader else None,
            entry.unit.areas,
        )
        for entry in roster
    ]


def led_by(members: list[Member]) -> dict[str, list[Member]]:
    """Leader's id → the people led, both in the order of the roster."""
    found: dict[str, list[Member]] = {}
    for member in members:
        if member.leader_id is not None:
            found.setdefault(member.leader_id, []).append(member)
    return found
