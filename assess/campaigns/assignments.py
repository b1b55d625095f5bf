"""Who is asked what about whom: the tree, its people and the plan of a wave in, assignments out. Pure.

| perspective | respondent | subject |
|---|---|---|
| self | everybody who takes part | themselves |
| manager | the nearest leader of everybody who takes part | that person |
| direct-report | everybody whose nearest leader takes part | that leader |

Whoever belongs to a unit of the plan, or leads one, takes part. A person above whom nobody leads has no
manager's task. A questionnaire about leading (its outcome is styles) is answered by those who lead somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assess.campaigns.plans import WavePlan
from assess.people.tree import Member, UnitTree, nearest_leader
from assess.rights import outcome_of
from questionnaires.definition import Definition, PerspectiveId


@dataclass(frozen=True, slots=True)
class Wanted:
    """One task that somebody should have. `unit_id`: where the respondent belongs."""

    content_hash: str
    perspective: PerspectiveId
    respondent_id: str
    subject_id: str
    unit_id: str
    job_area_ids: tuple[str, ...] = ()
    """Given job areas in the order of answering; empty where there are none to give."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.content_hash, self.perspective, self.respondent_id, self.subject_id


@dataclass(frozen=True, slots=True)
class Assignments:
    """What a plan comes to. Ids of people in the order of `members`."""

    people: tuple[str, ...]
    """Who takes part."""
    tasks: tuple[Wanted, ...]
    without_areas: tuple[str, ...]
    """Who takes part and has no job role to take job areas from, where they are given: nobody is asked about
    these people with a questionnaire that needs one."""
    without_leader: tuple[str, ...]
    """Who takes part and has no leader, where one is asked for."""


@dataclass(frozen=True, slots=True)
class Organised:
    """The organisation at one moment."""

    tree: UnitTree
    members: Sequence[Member]
    leaders: Mapping[str, str]
    areas: Mapping[str, tuple[str, ...]]
    """Job areas of each job role, in their order."""


def is_for_leaders(definition: Definition) -> bool:
    """Whether only people who lead somebody answer it about themselves."""
    return outcome_of(definition.questionnaire) == "styles"


def assignments(plan: WavePlan, definitions: Mapping[str, Definition], now: Organised) -> Assignments:
    """Everything that the plan wants. `definitions` by content hash."""
    led_by = {
        # Of a unit that is closed by now there is nothing above.
        member.person_id: nearest_leader(now.tree, now.leaders, member.person_id, member.unit_id)
        if member.unit_id in now.tree
        else None
        for member in now.members
    }
    scope = _scope(plan, now.tree)
    leading = {now.leaders[unit_id] for unit_id in scope if unit_id in now.leaders}
    taking_part = {
        member.person_id: member
        for member in now.members
        if member.unit_id in scope or member.person_id in leading
    }
    areas = {
        member.person_id: now.areas.get(member.job_role_id or "", ())[: plan.max_job_areas]
        for member in taking_part.values()
    }
    asks_areas = plan.job_areas == "given" and any(
        definitions[one.content_hash].questionnaire.by_job_area for one in plan.questionnaires
    )
    asks_leaders = any("manager" in one.perspectives for one in plan.questionnaires)
    return Assignments(
        people=tuple(taking_part),
        tasks=tuple(_tasks(plan, definitions, now, taking_part, led_by, areas)),
        without_areas=tuple(one for one in taking_part if asks_areas and not areas[one]),
        without_leader=tuple(one for one in taking_part if asks_leaders and led_by[one] is None),
    )


def _scope(plan: WavePlan, tree: UnitTree) -> set[str]:
    """The plan's units with everything beneath them; a unit that is closed by now is none."""
    if not plan.unit_ids:
        return {unit.id for unit in tree}
    return {below for unit_id in plan.unit_ids if unit_id in tree for below in tree.below(unit_id)}


def _tasks(
    plan: WavePlan,
    definitions: Mapping[str, Definition],
    now: Organised,
    taking_part: Mapping[str, Member],
    led_by: Mapping[str, str | None],
    areas: Mapping[str, tuple[str, ...]],
) -> Iterator[Wanted]:
    units = {member.person_id: member.unit_id for member in now.members}
    leading = {leader for leader in led_by.values() if leader is not None}
    for planned in plan.questionnaires:
        definition = definitions[planned.content_hash]
        gives = plan.job_areas == "given" and definition.questionnaire.by_job_area
        subjects = [one for one in taking_part if not is_for_leaders(definition) or one in leading]
        for perspective in planned.perspectives:
            for respondent, subject in _pairs(perspective, subjects, led_by):
                if respondent not in units or (gives and not areas[subject]):
                    continue
                yield Wanted(
                    planned.content_hash,
                    perspective,
                    respondent,
                    subject,
                    units[respondent],
                    areas[subject] if gives else (),
                )


def _pairs(
    perspective: PerspectiveId, subjects: Sequence[str], led_by: Mapping[str, str | None]
) -> Iterator[tuple[str, str]]:
    """Respondent and subject of each task."""
    if perspective == "self":
        yield from ((one, one) for one in subjects)
    elif perspective == "manager":
        yield from ((leader, one) for one in subjects if (leader := led_by[one]) is not None)
    else:
        about = set(subjects)
        yield from ((one, leader) for one, leader in led_by.items() if leader in about and leader is not None)
