"""How far a wave is, unit by unit: numbers of groups that are large enough, never who.

Counts are told for unions of cells of at least k people only (`disclosure.partition`), so that two of them
never leave fewer when they are subtracted. Where anything confidential is asked a wave that is not closed
has bands instead of numbers, and later too in groups under ten and where all or nobody has answered: either
says it of each. A band is a fifth where there are people enough, and wider where a fifth would be one number,
or all, or nobody.

Neither the cells nor any number may depend on what is taken back from whoever leaves: it is taken back only
where it was not submitted. So everybody who was ever asked counts, and a cell is large enough by those who
are asked at this moment (at closing, of a closed wave), whatever they have answered: a cell whose people were
taken out to leave one behind goes together with others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assess.campaigns.filling import wanted_now
from assess.campaigns.reminding import has_confidential_sheets
from assess.campaigns.states import PlannedWave, own_wave
from assess.disclosure.partition import Group, partition
from assess.disclosure.thresholds import DISTRIBUTION_GROUP
from assess.people.organisation import unit_tree
from assess.people.tree import UnitTree
from assess.rights import Actor
from assess.store import Store
from assess.store.queries import Queries

BANDS = 5
_LEAST_IN_BAND = 3
"""Numbers that a band stands for, at least: of two, a leader who knows the own answer has one left."""


@dataclass(frozen=True, slots=True)
class GroupResponse:
    """Units that are counted together, by their paths."""

    units: tuple[tuple[str, ...], ...]
    invited: int
    submitted: int | None
    band: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class UnitResponse:
    """A unit with everything beneath it.

    Either `submitted` is told, or `band` (from and to which percentage), or neither: the unit is
    not counted alone. Then `group` is what it is counted in, as far as there are enough people at all.
    """

    unit_id: str
    path: tuple[str, ...]
    depth: int
    invited: int
    """People who have been asked anything."""
    submitted: int | None
    """Those of them who have submitted everything that they were asked."""
    band: tuple[int, int] | None
    group: GroupResponse | None


def response(store: Store, actor: Actor, wave_id: str, now: datetime) -> tuple[UnitResponse, ...]:
    """The units in which somebody was asked, from the root down. Raises `NotFound`, and `NotAllowed` for a
    wave that has not opened."""
    with store.read() as q:
        wave = own_wave(q, actor, wave_id, "see-response")
        wave.require("see-response", now)
        return response_of(q, wave, now)


def response_of(q: Queries, wave: PlannedWave, now: datetime) -> tuple[UnitResponse, ...]:
    """The same, for who has asked the rights."""
    is_confidential = has_confidential_sheets(q, wave)
    tree = unit_tree(q, wave.organisation_id)
    counts, now_asked = _counts(q, wave, is_confidential, now)
    found = partition({unit.id: tree.parent(unit.id) for unit in tree}, now_asked, wave.plan.least)
    cells = [
        tuple(sum(counts[unit_id][place] for unit_id in cell.units if unit_id in counts) for place in (0, 1))
        for cell in found.cells
    ]
    order = [unit_id for root in tree.roots for unit_id in tree.below(root)]
    invited = _invited(tree, order, counts)
    return tuple(
        _of_unit(tree, unit_id, invited[unit_id], found.groups.get(unit_id), cells, wave, is_confidential)
        for unit_id in order
        if invited[unit_id]
    )


def _counts(
    q: Queries, wave: PlannedWave, is_confidential: bool, now: datetime
) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    """By unit: how many were ever asked and have finished, and how many of them are asked now."""
    at = now if wave.closed_at is None else min(now, wave.closed_at)
    still = frozenset(task.respondent_id for task in wanted_now(q, wave, at).tasks)
    counts: dict[str, tuple[int, int]] = {}
    asked_now: dict[str, int] = {}
    done = "is_done_ever" if is_confidential else "is_done"
    for row in q.respondents_of_wave(wave_id=wave.id):
        unit_id = row["unit_id"]
        asked, finished = counts.get(unit_id, (0, 0))
        counts[unit_id] = asked + 1, finished + row[done]
        asked_now[unit_id] = asked_now.get(unit_id, 0) + (row["respondent_id"] in still)
    return counts, asked_now


def _of_unit(
    tree: UnitTree,
    unit_id: str,
    invited: int,
    group: Group | None,
    cells: Sequence[tuple[int, ...]],
    wave: PlannedWave,
    is_confidential: bool,
) -> UnitResponse:
    path = tree.path(unit_id)
    submitted, band, together = None, None, None
    if group is not None:
        asked, done = (sum(cells[number][place] for number in group.cells) for place in (0, 1))
        submitted, band = _told(wave, done, asked, is_confidential)
        if not (group.whole and group.own):
            units = tuple(tree.path(one) for one in group.units)
            together = GroupResponse(units, asked, submitted, band)
            submitted, band = None, None
    return UnitResponse(unit_id, path, len(path) - 1, invited, submitted, band, together)


def _told(
    wave: PlannedWave, submitted: int, invited: int, is_confidential: bool
) -> tuple[int | None, tuple[int, int] | None]:
    """A number, or the band that it lies in."""
    is_large = invited >= DISTRIBUTION_GROUP
    if not is_confidential or (wave.state != "open" and is_large and 0 < submitted < invited):
        return submitted, None
    return None, band_of(submitted, invited)


def band_of(submitted: int, invited: int) -> tuple[int, int]:
    """From and to which percentage: fifths, fewer and wider ones of few people."""
    bands = max(1, min(BANDS, (invited + 1) // _LEAST_IN_BAND))
    place = min(bands - 1, submitted * bands // invited)
    return place * 100 // bands, (place + 1) * 100 // bands


def _invited(tree: UnitTree, order: Sequence[str], counts: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """People in each unit with everything beneath it; `order`: a unit before those beneath."""
    sums = {unit_id: counts[unit_id][0] if unit_id in counts else 0 for unit_id in order}
    for unit_id in reversed(order):
        parent = tree.parent(unit_id)
        if parent is not None:
            sums[parent] += sums[unit_id]
    return sums
