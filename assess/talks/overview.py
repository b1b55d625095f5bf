"""How many have a talk, and agreements that are alive: what an administrator sees, and all of it.

Units are put together until there are people enough (`disclosure.partition`), and of each group a band is
told, never a number. It is made once a week: between, nothing that somebody does shows. Who has a talk, with
whom, and what was agreed is told to nobody here. See `docs/decisions/0016-talk-links-letters-and-shares.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from assess.campaigns import plans
from assess.disclosure.partition import Group, Partition, partition
from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.errors import NotFound
from assess.people.organisation import members, unit_tree
from assess.people.tree import UnitTree
from assess.rights import Actor, Administration, may
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from assess.talks.facts import CURRENT
from assess.talks.steady_bands import Band, Made, steady

Figure: TypeAlias = Literal["talk", "agreements"]
_Made: TypeAlias = dict[str, dict[Figure, Made]]
"""Bands by unit and figure."""
_Earlier: TypeAlias = tuple[tuple[Figure, Made], ...]
"""Bands that were shown before, the newest first."""
FIGURES: tuple[Figure, ...] = ("talk", "agreements")
KEPT_FOR_A_UNIT = 12
"""So many earlier bands are remembered, on average: a quarter of a year, in which others do something too."""
MADE_EVERY = timedelta(days=7)


class Shares(msgspec.Struct, frozen=True):
    """Of one group: people, and the bands (from and to which percentage) of those who have a current talk,
    held within a year or planned, and of those with an agreement that is alive."""

    people: int
    talk: Band
    agreements: Band


class UnitShares(msgspec.Struct, frozen=True):
    """A unit with everything beneath it: `shares` where it is told alone; else `together`, the shares of the
    group that it is counted in, with the paths of the units in it; neither where there are too few."""

    unit_id: str
    path: tuple[str, ...]
    people: int
    shares: Shares | None = None
    together: Shares | None = None
    units: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TalkShares:
    """What was made at `made_at`, from the root down; made anew from `next_at` on. `least`: people whom a
    group must have."""

    units: tuple[UnitShares, ...]
    made_at: datetime
    next_at: datetime
    least: int


class _Content(msgspec.Struct, frozen=True):
    units: tuple[UnitShares, ...]
    least: int


class _Base(msgspec.Struct, frozen=True):
    """Of whom each band was made: places in the list of people, by unit and figure; then those that were
    shown earlier."""

    people: tuple[str, ...] = ()
    made: dict[str, dict[Figure, tuple[Band, tuple[int, ...]]]] = {}
    earlier: tuple[tuple[Figure, Band, tuple[int, ...]], ...] = ()


def talk_shares(store: Store, actor: Actor, organisation_id: str, now: datetime) -> TalkShares:
    """The shares of this week. Raises `NotFound` for who is no administrator there."""
    if not may(actor, "see-talk-shares", Administration(organisation_id)):
        raise NotFound("There is no such page.")
    with store.read() as q:
        row = q.talk_overview(organisation_id=organisation_id)
    if row is None or not _is_fresh(row["made_at"], now):
        with store.write() as q:
            q.lock_organisation(id=organisation_id)
            row = q.talk_overview(organisation_id=organisation_id)  # somebody else may have been faster
            if row is None or not _is_fresh(row["made_at"], now):
                row = _make(q, organisation_id, row, now)
    content = msgspec.json.decode(row["content"], type=_Content)
    made_at = parse_time(row["made_at"])
    return TalkShares(content.units, made_at, made_at + MADE_EVERY, content.least)


def _is_fresh(made_at: str, now: datetime) -> bool:
    return now < parse_time(made_at) + MADE_EVERY


def _make(
    q: Queries, organisation_id: str, before: Mapping[str, str] | None, now: datetime
) -> Mapping[str, str]:
    """Counts, keeps and gives the row of this week."""
    least = _least(q, organisation_id)
    tree = unit_tree(q, organisation_id, now)
    home: dict[str, set[str]] = {}
    for one in members(q, organisation_id, now):
        if one.unit_id in tree:
            home.setdefault(one.unit_id, set()).add(one.person_id)
    found = partition(
        {unit.id: tree.parent(unit.id) for unit in tree},
        {unit_id: len(people) for unit_id, people in home.items()},
        least,
    )
    was, earlier = _read(before["base"] if before else None)
    made = was | _bands(was, earlier, _people(found, home), _having(q, organisation_id, now), least)
    earlier = _and_replaced(earlier, was, made)
    order = [one for root in tree.roots for one in tree.below(root)]
    beneath = {one: sum(len(home.get(each, ())) for each in tree.below(one)) for one in order}
    units = tuple(
        _unit(tree, one, beneath[one], found.groups.get(one), made.get(one)) for one in order if beneath[one]
    )
    row = {
        "content": msgspec.json.encode(_Content(units, least)).decode(),
        "base": _written(made, earlier),
    }
    q.keep_talk_overview(organisation_id=organisation_id, now=time_text(now), **row)
    return row | {"made_at": time_text(now)}


def _people(found: Partition, home: Mapping[str, AbstractSet[str]]) -> dict[str, frozenset[str]]:
    """By unit: everybody in the group that is shown for it."""
    cells = [frozenset[str]().union(*(home.get(one, ()) for one in cell.units)) for cell in found.cells]
    return {
        unit_id: frozenset[str]().union(*(cells[number] for number in group.cells))
        for unit_id, group in found.groups.items()
    }


def _bands(
    before: _Made,
    earlier: _Earlier,
    people: Mapping[str, frozenset[str]],
    having: Mapping[Figure, AbstractSet[str]],
    least: int,
) -> _Made:
    """By unit. Units that are shown the same group are shown the same bands. A group is set against the bands
    of its own units, then against all others that were shown, and those before them (`earlier`): else a new
    unit that gets all of another but one, or a few who are moved out and back, would tell of that one."""
    shown_for: dict[frozenset[str], list[str]] = {}
    for unit_id, group in people.items():
        shown_for.setdefault(group, []).append(unit_id)
    made: _Made = {}
    for group, unit_ids in shown_for.items():
        bands = {
            figure: steady(
                [
                    *(
                        before[one][figure]
                        for one in dict.fromkeys((*unit_ids, *sorted(before)))
                        if figure in before.get(one, {})
                    ),
                    *(one for known, one in earlier if known == figure),
                ],
                group,
                having[figure],
                least,
            )
            for figure in FIGURES
        }
        made |= dict.fromkeys(unit_ids, bands)
    return made


def _unit(
    tree: UnitTree, unit_id: str, people: int, group: Group | None, made: Mapping[Figure, Made] | None
) -> UnitShares:
    path = tree.path(unit_id)
    if group is None or made is None:
        return UnitShares(unit_id, path, people)
    shares = Shares(group.people, made["talk"].band, made["agreements"].band)
    if group.whole and group.own:
        return UnitShares(unit_id, path, people, shares)
    return UnitShares(
        unit_id, path, people, together=shares, units=tuple(tree.path(one) for one in group.units)
    )


def _having(q: Queries, organisation_id: str, now: datetime) -> dict[Figure, frozenset[str]]:
    talks = q.people_with_current_talk(organisation_id=organisation_id, since=time_text(now - CURRENT))
    agreed = q.people_with_live_agreements(organisation_id=organisation_id)
    return {
        "talk": frozenset(row["person_id"] for row in talks),
        "agreements": frozenset(row["person_id"] for row in agreed),
    }


def _least(q: Queries, organisation_id: str) -> int:
    """As large as the largest that the organisation has promised in any of its waves."""
    rows = q.plans_of_organisation(organisation_id=organisation_id)
    return max([DEFAULT_GROUP, *(plans.decode(row["plan"]).least for row in rows)])


def _and_replaced(earlier: _Earlier, was: _Made, now: _Made) -> _Earlier:
    """With what is not shown any more."""
    replaced = [
        (figure, one)
        for unit_id, figures in was.items()
        for figure, one in figures.items()
        if now[unit_id][figure] != one
    ]
    return tuple(dict.fromkeys((*replaced, *earlier)))[: KEPT_FOR_A_UNIT * len(now)]


def _read(text: str | None) -> tuple[_Made, _Earlier]:
    base = msgspec.json.decode(text, type=_Base) if text else _Base()

    def made(band: Band, places: tuple[int, ...]) -> Made:
        return Made(band, frozenset(base.people[place] for place in places))

    return (
        {
            unit_id: {figure: made(*one) for figure, one in figures.items()}
            for unit_id, figures in base.made.items()
        },
        tuple((figure, made(band, places)) for figure, band, places in base.earlier),
    )


def _written(made: _Made, earlier: _Earlier) -> str:
    shown = [one for figures in made.values() for one in figures.values()]
    people = sorted({one for each in (*shown, *(one for _, one in earlier)) for one in each.people})
    place = {one: number for number, one in enumerate(people)}

    def places(one: Made) -> tuple[int, ...]:
        return tuple(sorted(place[each] for each in one.people))

    base = _Base(
        tuple(people),
        {
            unit_id: {figure: (one.band, places(one)) for figure, one in figures.items()}
            for unit_id, figures in made.items()
        },
        tuple((figure, one.band, places(one)) for figure, one in earlier),
    )
    return msgspec.json.encode(base).decode()
