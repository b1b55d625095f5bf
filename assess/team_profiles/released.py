"""What is published about the leader's own units: the newest release of each, as it was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from assess.releases.figures import GroupFigures, Trend
from assess.releases.reading import ReleasedUnit, ReleaseEntry, groups_of, releases_for
from assess.rights import Actor
from assess.store import Store
from assess.team_profiles.ratings import cell_of
from assess.team_profiles.types import FacetColumn

MOST_RELEASES = 3
"""Releases that are looked through for a unit that the newest one does not show."""
MOST_COLUMNS = 12
"""Groups beside each other: the higher units first. All of them stand on the page of group results."""


def release_columns(
    store: Store,
    actor: Actor,
    organisation_id: str,
    questionnaire_id: str,
    units: Mapping[str, str],
    now: datetime,
    *,
    names: Mapping[str, str],
) -> tuple[FacetColumn, ...]:
    """A column for each group that one of the own `units` (id → name) is in, in their order; units that are
    shown together have one. `names`: of all units, by id. The looks are logged."""
    known = releases_for(store, actor, organisation_id, now)
    releases = [
        one
        for one in known
        if one.definition.questionnaire.id == questionnaire_id and one.about.nothing is None
    ]
    found = _newest_of_each(store, actor, organisation_id, releases[:MOST_RELEASES], units, now)
    place = {unit_id: number for number, unit_id in enumerate(units)}
    chosen = sorted(found, key=lambda one: (one[1].depth, place[one[1].unit_id]))[:MOST_COLUMNS]
    waves = {one.id: one.about.wave_name for one in known}
    return tuple(_column(*one, names, waves) for one in sorted(chosen, key=lambda one: place[one[1].unit_id]))


def _newest_of_each(
    store: Store,
    actor: Actor,
    organisation_id: str,
    releases: Sequence[ReleaseEntry],
    units: Mapping[str, str],
    now: datetime,
) -> list[tuple[ReleaseEntry, ReleasedUnit, GroupFigures]]:
    """Each group once, under the first of the units that are shown it."""
    missing = set(units)
    found: dict[tuple[str, tuple[int, ...]], tuple[ReleaseEntry, ReleasedUnit, GroupFigures]] = {}
    for entry in releases:
        if not missing & {unit.unit_id for unit in entry.units}:
            continue
        for unit, figures in groups_of(store, actor, entry, organisation_id, now):
            if unit.unit_id in missing:
                missing.discard(unit.unit_id)
                found.setdefault((entry.id, figures.cells), (entry, unit, figures))
    return list(found.values())


def _column(
    entry: ReleaseEntry,
    unit: ReleasedUnit,
    figures: GroupFigures,
    names: Mapping[str, str],
    waves: Mapping[str, str],
) -> FacetColumn:
    trend: Trend | None = next((one.trend for one in figures.measures if one.trend is not None), None)
    return FacetColumn(
        source="release",
        unit=unit.name,
        units=tuple(names[one] for one in figures.unit_ids if one in names),
        wave=entry.about.wave_name,
        people=figures.people,
        cells=tuple(cell_of(one, one.agreement) for one in figures.measures if one.kind == "mean"),
        whole=figures.whole,
        own=figures.own,
        same_people=None if trend is None else trend.same_people,
        came=None if trend is None else trend.came,
        left=None if trend is None else trend.left,
        compared_wave=waves.get(figures.compared_with) if figures.compared_with else None,
        release_id=entry.id,
        unit_id=unit.unit_id,
    )
