"""What the pages about campaigns show: the list, one wave, what a plan comes to, and its terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from assess.campaigns.campaigns import nobody_asked, problems_of
from assess.campaigns.definitions import definition_of
from assess.campaigns.filling import wanted_now
from assess.campaigns.plans import Planned, PlanProblem, decode
from assess.campaigns.states import STATES, Phase, PlannedWave, Step, own_wave, require, wave_of_row
from assess.campaigns.testers import Trial, trials
from assess.people import organisation
from assess.rights import Actor, Terms
from assess.store import Store
from assess.store.queries import Queries
from questionnaires.definition import Definition, PerspectiveId

MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign with its waves, the newest first."""

    id: str
    name: str
    waves: tuple[PlannedWave, ...]


@dataclass(frozen=True, slots=True)
class PlannedQuestionnaire:
    """A questionnaire of a wave, and of which perspectives it asks."""

    planned: Planned
    definition: Definition


@dataclass(frozen=True, slots=True)
class WaveDetail:
    """Everything that the page of a wave shows, but what its plan comes to (`preview`) and its response."""

    wave: PlannedWave
    phase: Phase
    steps: frozenset[Step]
    """What may be done with it now."""
    problems: tuple[PlanProblem, ...]
    """What stops a draft from opening; empty in other states."""
    questionnaires: tuple[PlannedQuestionnaire, ...]
    units: tuple[tuple[str, ...], ...]
    """Names from the root to each unit of the plan that there still is; empty: the whole organisation."""
    trials: tuple[Trial, ...]
    tasks: int
    """How many tasks have been given; 0 before it has opened."""
    later_waves: tuple[str, ...]
    """Ids of the campaign's waves after this one, the next one first."""


@dataclass(frozen=True, slots=True)
class Named:
    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class People:
    """Some people: how many, and the first `MOST_NAMES` by name."""

    count: int
    first: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan comes to with the organisation as it is now."""

    people: int
    """Who takes part."""
    letters: int
    """People who are asked anything: each gets one invitation."""
    tasks: Mapping[tuple[str, PerspectiveId], int]
    """Tasks by content hash and perspective."""
    without_areas: People
    """Job areas are given, and these people have no job role to take them from."""
    without_leader: People
    without_email: People
    """Who is asked and has no address: a card on paper, or nothing."""


def campaign_list(store: Store, actor: Actor, organisation_id: str) -> tuple[CampaignLine, ...]:
    """All campaigns of an organisation, the newest first. Raises `NotFound`."""
    require(actor, "run-campaigns", organisation_id)
    with store.read() as q:
        waves = [wave_of_row(row) for row in q.planned_waves(organisation_id=organisation_id)]
    return tuple(
        CampaignLine(campaign_id, campaign_name, tuple(of_campaign))
        for (campaign_id, campaign_name), of_campaign in groupby(
            waves, key=lambda wave: (wave.campaign_id, wave.campaign_name)
        )
    )


def wave_detail(store: Store, actor: Actor, wave_id: str, now: datetime) -> WaveDetail:
    """Raises `NotFound`."""
    with store.read() as q:
        wave = own_wave(q, actor, wave_id)
        phase = wave.phase(now)
        steps = frozenset(STATES[phase])
        tree = organisation.unit_tree(q, wave.organisation_id)
        return WaveDetail(
            wave=wave,
            phase=phase,
            steps=steps,
            problems=(problems_of(q, wave, now) or nobody_asked(q, wave, now)) if "open" in steps else (),
            questionnaires=tuple(
                PlannedQuestionnaire(planned, definition_of(q, planned.content_hash))
                for planned in wave.plan.questionnaires
            ),
            units=tuple(tree.path(unit_id) for unit_id in wave.plan.unit_ids if unit_id in tree),
            trials=trials(q, wave),
            tasks=int(q.count_tasks_of_wave(wave_id=wave_id)),
            later_waves=tuple(
                row["id"] for row in q.later_waves(campaign_id=wave.campaign_id, number=wave.number)
            ),
        )


def preview(store: Store, actor: Actor, wave_id: str, now: datetime) -> Preview:
    """Who would be asked what if the wave opened now. Raises `NotFound`."""
    with store.read() as q:
        wave = own_wave(q, actor, wave_id)
        wanted = wanted_now(q, wave, now)
        members = {one.person_id: one for one in organisation.members(q, wave.organisation_id, now)}
    names = {person_id: member.name for person_id, member in members.items()}
    asked = {task.respondent_id for task in wanted.tasks}
    tasks: dict[tuple[str, PerspectiveId], int] = {}
    for task in wanted.tasks:
        kind = (task.content_hash, task.perspective)
        tasks[kind] = tasks.get(kind, 0) + 1
    return Preview(
        people=len(wanted.people),
        letters=len(asked),
        tasks=tasks,
        without_areas=_people(wanted.without_areas, names),
        without_leader=_people(wanted.without_leader, names),
        without_email=_people([one for one in asked if not members[one].email], names),
    )


def terms_of(q: Queries, wave_id: str) -> Terms:
    """What respondents are told of a wave's plan; of a wave without one what holds everywhere."""
    row = q.planned_wave(id=wave_id)
    if row is None:
        return Terms()
    plan = decode(row["plan"])
    return Terms(
        least=plan.least,
        purpose=plan.purpose,
        legal_basis=plan.legal_basis,
        legal_text=plan.legal_text,
        delete_on=plan.delete_on,
        discussed_on=plan.discussed_on,
    )


def _people(ids: Sequence[str], names: Mapping[str, str]) -> People:
    found = sorted((Named(one, names[one]) for one in ids), key=lambda one: (one.name, one.person_id))
    return People(len(found), tuple(found[:MOST_NAMES]))
