"""What a leader sees: whom to rate, how far the own units are, and what people share.

How far a unit is comes in bands, of groups that are large enough, and never says who has answered, or who
has not shared: what is not shared, not answered and declined are all simply not in the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.answering.loading import Row, job_area, language_for, other_view, person, wave_of
from assess.answering.profiles import others_thing
from assess.answering.types import Person, TaskKey
from assess.campaigns.definitions import definition_of
from assess.campaigns.response import UnitResponse, band_of, response_of
from assess.campaigns.states import PlannedWave, planned_wave
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.people.organisation import leaders, led_units, unit_tree
from assess.personal_data.own import OwnTask, has_a_team, tasks_of
from assess.rights import Actor, UnitOf, may
from assess.store import Store
from assess.store.ids import parse_time
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

MOST_WAVES = 4


@dataclass(frozen=True, slots=True)
class SharedWithMe:
    """A profile that its owner shares with the leader, and that both have finished."""

    person: Person
    task_id: str
    """The leader's own task about the person: its result shows both."""
    title: str
    areas: tuple[str, ...]
    wave: str
    since: datetime


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A unit with everything beneath it. `band`: from and to which percentage has submitted; None: the unit
    is too small to be told alone."""

    name: str
    depth: int
    """Steps below the highest unit that the leader leads."""
    band: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class WaveProgress:
    name: str
    closes_at: datetime | None
    is_open: bool
    units: tuple[UnitProgress, ...]


@dataclass(frozen=True, slots=True)
class Team:
    to_rate: tuple[OwnTask, ...]
    """What the leader was asked about others and can still answer."""
    shared: tuple[SharedWithMe, ...]
    """By person, alphabetically; a person's newest wave first."""
    progress: tuple[WaveProgress, ...]
    """Newest wave first, where somebody in the own units was asked."""


def team(store: Store, actor: Actor, language: LanguageId, now: datetime) -> Team:
    """Raises `NotFound` for who leads nobody and was never asked to rate anybody."""
    if not has_a_team(store, actor, now):
        raise NotFound("There is no such page.")
    with store.read() as q:
        own = tasks_of(q, actor.id, language, now)
        shared = [
            one
            for row in q.shared_with(with_id=actor.id)
            if (one := _shared(q, actor, row, language, now)) is not None
        ]
        return Team(
            to_rate=tuple(
                task for task in own if task.perspective == "manager" and task.state in {"new", "begun"}
            ),
            shared=tuple(sorted(shared, key=lambda one: place_in_alphabet(one.person.name, language))),
            progress=_progress(q, actor, now),
        )


def _shared(q: Queries, actor: Actor, row: Row, language: LanguageId, now: datetime) -> SharedWithMe | None:
    """None where the leader may not see it (yet), whatever the reason."""
    rating = q.rating_beside(
        wave_id=row["wave_id"],
        content_hash=row["content_hash"],
        subject_id=row["subject_id"],
        respondent_id=actor.id,
    )
    if rating is None:
        return None
    key = TaskKey(rating, row["wave_id"], row["content_hash"], "manager", actor.id, row["subject_id"])
    other = other_view(q, key)
    if other is None or not may(actor, "see-profile", others_thing(q, key, wave_of(row, now), other)):
        return None
    definition = definition_of(q, row["content_hash"])
    sheets = [sheet for sheet in q.assignments(task_id=row["id"]) if sheet["submitted_at"] is not None]
    return SharedWithMe(
        person=person(row, "subject_"),
        task_id=rating,
        title=definition.texts[language_for(definition, language)].title,
        areas=tuple(area.name(language) for area in map(job_area, sheets) if area is not None),
        wave=row["wave_name"],
        since=parse_time(row["decided_at"]),
    )


def _progress(q: Queries, actor: Actor, now: datetime) -> tuple[WaveProgress, ...]:
    led = led_units(q, actor.id, now)
    if not led:
        return ()
    organisation_id = q.person(id=actor.id)["organisation_id"]
    tree, leading = unit_tree(q, organisation_id), leaders(q, organisation_id, now)
    seen = {
        unit_id
        for unit_id in led
        if may(
            actor,
            "see-unit",
            UnitOf(
                organisation_id,
                unit_id,
                frozenset(leading[above] for above in tree.above(unit_id) if above in leading),
            ),
        )
    }
    rows = q.newest_planned_waves(organisation_id=organisation_id, most=MOST_WAVES)
    waves = [planned_wave(q, row["id"]) for row in rows]
    found = (_of_wave(q, wave, seen, now) for wave in waves if wave.allows("see-response", now))
    return tuple(one for one in found if one.units)


def _of_wave(q: Queries, wave: PlannedWave, seen: set[str], now: datetime) -> WaveProgress:
    units = [one for one in response_of(q, wave, now) if one.unit_id in seen]
    top = min((one.depth for one in units), default=0)
    return WaveProgress(
        name=wave.name,
        closes_at=wave.closes_at,
        is_open=wave.phase(now) == "open",
        units=tuple(UnitProgress(one.path[-1], one.depth - top, _band(one)) for one in units),
    )


def _band(unit: UnitResponse) -> tuple[int, int] | None:
    """Always a band: a leader knows the own answer, and a number less one is another number."""
    if unit.band is not None or unit.submitted is None:
        return unit.band
    return band_of(unit.submitted, unit.invited)
