"""Reading releases: which there are for whom, and one group's figures. Nothing is worked out here.

Who may see a group is asked of the rights with its leaders at this moment: whoever leads the unit or one
above it, administrators, and the employees' representatives. What somebody may not see is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from assess.audit.log import is_new_look, record
from assess.campaigns.definitions import definition_of
from assess.errors import NotFound
from assess.people.organisation import unit_tree
from assess.people.tree import UnitTree
from assess.releases.figures import GroupFigures
from assess.releases.making import About
from assess.rights import Actor, PublishedGroup, may
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from questionnaires.definition import Definition, PerspectiveId


@dataclass(frozen=True)
class ReleasedUnit:
    """A unit whose group the reader may see. `depth`: how many units lie above it."""

    unit_id: str
    name: str
    path: tuple[str, ...]
    depth: int


@dataclass(frozen=True)
class ReleaseEntry:
    """A release and its units, in the order of the tree. `about.nothing` says why a release has none."""

    id: str
    wave_id: str
    definition: Definition
    perspective: PerspectiveId
    version: int
    made_at: datetime
    about: About
    units: tuple[ReleasedUnit, ...]


@dataclass(frozen=True)
class ReleaseView:
    """One group as published, with what is around it. `names`: of every unit that the figures name;
    `compared_wave`: the name of the wave that trends are counted from."""

    release: ReleaseEntry
    unit: ReleasedUnit
    figures: GroupFigures
    names: Mapping[str, str]
    compared_wave: str | None


def releases_for(store: Store, actor: Actor, organisation_id: str, now: datetime) -> tuple[ReleaseEntry, ...]:
    """The releases of an organisation of which the actor may see something, the newest first. One without
    any figures is there for those who may see all of them."""
    with store.read() as q:
        rights = _Rights(q, actor, organisation_id, now)
        published: dict[str, set[str]] = {}
        for row in q.units_released(organisation_id=organisation_id):
            published.setdefault(row["release_id"], set()).add(row["unit_id"])
        entries = [
            rights.entry(row, published.get(row["id"], ()))
            for row in q.releases_of_organisation(organisation_id=organisation_id)
        ]
    return tuple(entry for entry in entries if entry.units or rights.sees_all)


def release(
    store: Store, actor: Actor, release_id: str, now: datetime, unit_id: str | None = None
) -> ReleaseView:
    """One group of a release; without a unit the first that the actor may see. The look is logged.

    Raises `NotFound` for a release or unit that is not there or not for the actor.
    """
    with store.read() as q:
        row = q.release(id=release_id)
        if row is None:
            raise NotFound("There is no such result.")
        entry = _one(q, actor, row, now)
        unit = next((one for one in entry.units if unit_id in (None, one.unit_id)), None)
        if unit is None:
            raise NotFound("There is no such result.")
        stored = q.release_group(release_id=release_id, unit_id=unit.unit_id)
        figures = msgspec.json.decode(stored, type=GroupFigures)
        tree = unit_tree(q, row["organisation_id"])
        before = None if figures.compared_with is None else q.release(id=figures.compared_with)
    _log_look(store, actor, f"{release_id} {unit.unit_id}", row["organisation_id"], now)
    return ReleaseView(
        release=entry,
        unit=unit,
        figures=figures,
        names={one: tree[one].name for one in figures.unit_ids if one in tree},
        compared_wave=None if before is None else _about(before).wave_name,
    )


def all_groups(
    store: Store, actor: Actor, release_id: str, now: datetime
) -> tuple[ReleaseEntry, tuple[tuple[ReleasedUnit, GroupFigures], ...]]:
    """Every group of a release that the actor may see, in the order of the tree. The look is logged.

    Raises `NotFound` as `release`.
    """
    with store.read() as q:
        row = q.release(id=release_id)
        entry = None if row is None else _one(q, actor, row, now)
    if row is None or entry is None or not entry.units:
        raise NotFound("There is no such result.")
    return entry, groups_of(store, actor, entry, row["organisation_id"], now)


def groups_of(
    store: Store, actor: Actor, entry: ReleaseEntry, organisation_id: str, now: datetime
) -> tuple[tuple[ReleasedUnit, GroupFigures], ...]:
    """As `all_groups`, of an entry that `releases_for` has just given the actor. The look is logged."""
    with store.read() as q:
        stored = {one["unit_id"]: one["figures"] for one in q.release_groups(release_id=entry.id)}
    _log_look(store, actor, entry.id, organisation_id, now)
    return tuple((unit, msgspec.json.decode(stored[unit.unit_id], type=GroupFigures)) for unit in entry.units)


def _one(q: Queries, actor: Actor, row: Mapping[str, str], now: datetime) -> ReleaseEntry:
    published = {one["unit_id"] for one in q.released_units(release_id=row["id"])}
    return _Rights(q, actor, row["organisation_id"], now).entry(row, published)


def _log_look(store: Store, actor: Actor, looked_at: str, organisation_id: str, now: datetime) -> None:
    with store.read() as q:
        is_new = is_new_look(q, actor_id=actor.id, action="see-release", object_id=looked_at, now=now)
    if is_new:
        with store.write() as q:
            record(
                store,
                q,
                actor_id=actor.id,
                action="see-release",
                object_id=looked_at,
                about_id=organisation_id,
                now=now,
            )


class _Rights:
    """Who may see which groups of one organisation at a moment."""

    def __init__(self, q: Queries, actor: Actor, organisation_id: str, now: datetime) -> None:
        self.q = q
        self.actor = actor
        self.organisation_id = organisation_id
        self.tree: UnitTree = unit_tree(q, organisation_id)
        leaders: dict[str, set[str]] = {}
        for row in q.people_leading(organisation_id=organisation_id, at=time_text(now)):
            leaders.setdefault(row["unit_id"], set()).add(row["person_id"])
        self.units: list[ReleasedUnit] = []
        self.sees_all = may(actor, "see-release", PublishedGroup(organisation_id, frozenset()))
        for root in self.tree.roots:
            for unit_id in self.tree.below(root):
                above = self.tree.above(unit_id)
                led_by = frozenset[str]().union(*(leaders.get(one, ()) for one in above))
                if may(actor, "see-release", PublishedGroup(organisation_id, led_by)):
                    unit = self.tree[unit_id]
                    self.units.append(
                        ReleasedUnit(unit_id, unit.name, self.tree.path(unit_id), len(above) - 1)
                    )

    def entry(self, row: Mapping[str, str], published: Collection[str]) -> ReleaseEntry:
        """`published`: ids of the units that the release of this row has groups for."""
        return ReleaseEntry(
            id=row["id"],
            wave_id=row["wave_id"],
            definition=definition_of(self.q, row["content_hash"]),
            perspective=row["perspective"],  # type: ignore[arg-type]
            version=int(row["version"]),
            made_at=parse_time(row["made_at"]),
            about=_about(row),
            units=tuple(unit for unit in self.units if unit.unit_id in published),
        )


def _about(row: Mapping[str, str]) -> About:
    return msgspec.json.decode(row["about"], type=About)
