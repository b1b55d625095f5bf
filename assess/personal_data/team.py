"""What a leader sees: whom to rate, how far the own units are, and what people share.

How far a unit is comes in bands, of groups that are large enough, and never says who has answered, or who
has not shared: what is not shared, not answered and declined are all simply not in the list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assess.answering.loading import language_for
from assess.answering.types import Person
from assess.campaigns.definitions import definition_of
from assess.campaigns.response import UnitResponse, band_of, response_of
from assess.campaigns.states import PlannedWave, planned_wave
from assess.language.alphabet import place_in_alphabet
from assess.people.organisation import leaders
from assess.people.tree import UnitTree
from assess.personal_data.own import OwnTask
from assess.profiles_seen.types import SeenProfile
from assess.rights import Actor, UnitOf, may
from assess.rights.things import Outcome
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

MOST_WAVES = 4
OUTCOMES: tuple[Outcome, ...] = ("levels", "scales")
"""Of what there are two views of one person."""


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


def to_rate_of(own: Iterable[OwnTask]) -> tuple[OwnTask, ...]:
    """What a leader was asked about others and can still answer."""
    return tuple(task for task in own if task.perspective == "manager" and task.state in {"new", "begun"})


def shared_of(
    q: Queries, seen: Sequence[SeenProfile], actor: Actor, language: LanguageId
) -> tuple[SharedWithMe, ...]:
    """What others share with the actor as the one who rates them, of what may be seen (`seen`: newest wave
    first, of all `OUTCOMES`). Every reason why something is not seen is the same here: it is not there."""
    ratings = {_pair(one): one.task_id for one in seen if one.respondent_id == actor.id}
    views: dict[str, list[SeenProfile]] = {}
    for one in seen:
        if one.seen_as == "manager" and one.perspective == "self":
            views.setdefault(one.task_id, []).append(one)
    shared = [_shared(q, found, ratings[_pair(found[0])], language) for found in views.values()]
    return tuple(sorted(shared, key=lambda one: place_in_alphabet(one.person.name, language)))


def _pair(one: SeenProfile) -> tuple[str, str, str]:
    """What the two views of a person in a wave have in common."""
    return one.wave_id, one.content_hash, one.person.id


def _shared(q: Queries, views: Sequence[SeenProfile], rating: str, language: LanguageId) -> SharedWithMe:
    first = views[0]
    definition = definition_of(q, first.content_hash)
    return SharedWithMe(
        person=first.person,
        task_id=rating,
        title=definition.texts[language_for(definition, language)].title,
        areas=tuple(one.job_area.name(language) for one in views if one.job_area is not None),
        wave=first.wave_name,
        since=first.shared_since or first.made_at,
    )


def progress_of(
    q: Queries, actor: Actor, organisation_id: str, tree: UnitTree, led: Collection[str], now: datetime
) -> tuple[WaveProgress, ...]:
    """How far the units are that the actor leads (`led`, of the organisation's `tree`): bands, of groups that
    are large enough."""
    if not led:
        return ()
    leading = leaders(q, organisation_id, now)
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
