"""How far a wave is, unit by unit: numbers of groups that are large enough, never who.

Counts are told for unions of cells of at least k people only (`disclosure.partition`), so that two of them
never leave fewer when they are subtracted. Where anything confidential is asked a wave that is not closed
has bands instead of numbers, and later too where all or nobody has answered: either says it of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.campaigns.reminding import has_confidential_sheets
from assess.campaigns.states import PlannedWave, own_wave
from assess.disclosure.partition import partition
from assess.people.organisation import unit_tree
from assess.people.tree import UnitTree
from assess.rights import Actor
from assess.store import Store

BANDS = 5


@dataclass(frozen=True, slots=True)
class UnitResponse:
    """A unit with everything beneath it.

    Either `submitted` is told, or `band` (from and to which percentage, in fifths), or neither: the unit is
    too small to be counted alone.
    """

    unit_id: str
    path: tuple[str, ...]
    depth: int
    invited: int
    """People who have been asked anything."""
    submitted: int | None
    """Those of them who have submitted everything that they were asked."""
    band: tuple[int, int] | None


def response(store: Store, actor: Actor, wave_id: str, now: datetime) -> tuple[UnitResponse, ...]:
    """The units in which somebody was asked, from the root down. Raises `NotFound`, and `NotAllowed` for a
    wave that has not opened."""
    with store.read() as q:
        wave = own_wave(q, actor, wave_id, "see-response")
        wave.require("see-response", now)
        is_confidential = has_confidential_sheets(q, wave)
        tree = unit_tree(q, wave.organisation_id)
        rows = {row["unit_id"]: row for row in q.response_by_unit(wave_id=wave_id)}
    invited = {unit_id: int(row["invited"]) for unit_id, row in rows.items()}
    submitted = {unit_id: int(row["submitted"]) for unit_id, row in rows.items()}
    found = partition({unit.id: tree.parent(unit.id) for unit in tree}, invited, wave.plan.least)
    all_invited, all_submitted = _sums(tree, invited), _sums(tree, submitted)
    result = []
    for unit_id in _in_order(tree):
        if not all_invited.get(unit_id):
            continue
        group = found.groups.get(unit_id)
        is_told = group is not None and group.whole and group.own
        count, band = _told(wave, all_submitted[unit_id], all_invited[unit_id], is_confidential)
        above = tree.path(unit_id)
        result.append(
            UnitResponse(
                unit_id=unit_id,
                path=above,
                depth=len(above) - 1,
                invited=all_invited[unit_id],
                submitted=count if is_told else None,
                band=band if is_told else None,
            )
        )
    return tuple(result)


def _told(
    wave: PlannedWave, submitted: int, invited: int, is_confidential: bool
) -> tuple[int | None, tuple[int, int] | None]:
    is_open = wave.state == "open"
    if not is_confidential or (not is_open and 0 < submitted < invited):
        return submitted, None
    place = min(BANDS - 1, submitted * BANDS // invited)
    return None, (place * 100 // BANDS, (place + 1) * 100 // BANDS)


def _sums(tree: UnitTree, own: dict[str, int]) -> dict[str, int]:
    """Of each unit with everything beneath it."""
    sums = {unit.id: own.get(unit.id, 0) for unit in tree}
    for unit_id in reversed(_in_order(tree)):
        parent = tree.parent(unit_id)
        if parent is not None:
            sums[parent] += sums[unit_id]
    return sums


def _in_order(tree: UnitTree) -> list[str]:
    return [unit_id for root in tree.roots for unit_id in tree.below(root)]
