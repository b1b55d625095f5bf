"""Throw-away respondents: with them an administrator tries a wave before it opens. They are counted nowhere,
and deleted with everything of theirs in the transaction that opens the wave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assess.audit.log import Recorded, record
from assess.campaigns.assignments import is_for_leaders
from assess.campaigns.definitions import definition_of
from assess.campaigns.states import PlannedWave, own_wave
from assess.campaigns.waves import add_sheet
from assess.errors import NotAllowed
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId, PerspectiveId

MOST_TESTERS = 40
"""Throw-away people of one wave."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One task of a throw-away respondent. The page mints a link to it (`answering.links.mint`)."""

    task_id: str
    content_hash: str
    perspective: PerspectiveId
    respondent: str
    """The throw-away person's name, and the subject's."""
    subject: str
    language: LanguageId


def start_testing(store: Store, actor: Actor, wave_id: str, now: datetime) -> None:
    """From draft to testing. Raises `NotAllowed` in another state, and without any questionnaire."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("start-testing", now)
        if not wave.plan.questionnaires or not q.start_testing_wave(id=wave_id):
            raise NotAllowed("There is nothing to try yet.", "Choose a questionnaire first.")
        _log(store, q, actor, "test-wave", wave, now)


def add_tester(
    store: Store,
    actor: Actor,
    wave_id: str,
    now: datetime,
    *,
    names: tuple[str, str],
    language: LanguageId,
) -> tuple[Trial, ...]:
    """A throw-away employee and leader (`names`, in that order) with a task for each questionnaire and
    perspective of the plan; gives the new tasks.

    Where job areas are given the trial is about the first ones of the organisation's list. Raises
    `NotAllowed` where there are none, or too many throw-away people already.
    """
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("add-tester", now)
        if int(q.count_testers(wave_id=wave_id)) + len(names) > MOST_TESTERS:
            raise NotAllowed("There are enough test respondents.", "Use those that there are.")
        employee, leader = (_add_person(store, q, wave, name, language, now) for name in names)
        made = {
            _add_task(store, q, wave, planned.content_hash, perspective, employee, leader, now)
            for planned in wave.plan.questionnaires
            for perspective in planned.perspectives
        }
        return tuple(trial for trial in trials(q, wave) if trial.task_id in made)


def stop_testing(store: Store, actor: Actor, wave_id: str, now: datetime) -> None:
    """Back to draft; the throw-away respondents and everything of theirs are deleted."""
    with store.write() as q:
        q.lock_wave(id=wave_id)
        wave = own_wave(q, actor, wave_id)
        wave.require("stop-testing", now)
        purge_testers(q, wave_id)
        q.stop_testing_wave(id=wave_id)
        _log(store, q, actor, "stop-testing", wave, now)


def trials(q: Queries, wave: PlannedWave) -> tuple[Trial, ...]:
    """All tasks of a wave's throw-away respondents: the oldest first, then in the order of the plan."""
    asked = [
        (one.content_hash, perspective)
        for one in wave.plan.questionnaires
        for perspective in one.perspectives
    ]
    rows = sorted(
        q.tester_tasks(wave_id=wave.id),
        key=lambda row: (row["given_at"], asked.index((row["content_hash"], row["perspective"]))),
    )
    return tuple(
        Trial(
            task_id=row["id"],
            content_hash=row["content_hash"],
            perspective=row["perspective"],
            respondent=row["respondent"],
            subject=row["subject"],
            language=row["language"],
        )
        for row in rows
    )


DELETED: tuple[Callable[[Queries], Callable[..., int]], ...] = (
    lambda q: q.lock_tester_tasks,
    lambda q: q.lock_tester_sheets,
    lambda q: q.delete_tester_answers,
    lambda q: q.delete_tester_profiles,
    lambda q: q.delete_tester_sheets,
    lambda q: q.delete_tester_assignments,
    lambda q: q.delete_tester_shares,
    lambda q: q.delete_tester_documents,
    lambda q: q.delete_tester_tokens,
    lambda q: q.delete_tester_sessions,
    lambda q: q.delete_tester_codes,
    lambda q: q.delete_tester_jobs,
    lambda q: q.delete_tester_tasks,
    lambda q: q.delete_tester_letters,
    lambda q: q.delete_testers,
)
"""Everything of theirs, in an order in which nothing points to what is gone."""


def purge_testers(q: Queries, wave_id: str) -> None:
    """Deletes a wave's throw-away respondents with everything of theirs, inside the caller's transaction."""
    for query in DELETED:
        query(q)(wave_id=wave_id)


def _add_person(
    store: Store, q: Queries, wave: PlannedWave, name: str, language: LanguageId, now: datetime
) -> str:
    person_id = store.new_id(now)
    q.add_tester(
        id=person_id,
        organisation_id=wave.organisation_id,
        first_name=name,
        name=name,
        language=language,
        wave_id=wave.id,
    )
    return person_id


def _add_task(
    store: Store,
    q: Queries,
    wave: PlannedWave,
    digest: str,
    perspective: PerspectiveId,
    employee: str,
    leader: str,
    now: datetime,
) -> str:
    definition = definition_of(q, digest)
    subject = leader if perspective == "direct-report" or is_for_leaders(definition) else employee
    task_id = store.new_id(now)
    q.add_task(
        id=task_id,
        wave_id=wave.id,
        content_hash=digest,
        perspective=perspective,
        respondent_id={"self": subject, "manager": leader, "direct-report": employee}[perspective],
        subject_id=subject,
        unit_id=None,
        given_at=time_text(now),
    )
    if not definition.questionnaire.by_job_area:
        add_sheet(store, q, task_id, definition, 1, None, now)
    elif wave.plan.job_areas == "given":
        areas = q.job_areas_to_choose(organisation_id=wave.organisation_id)
        if not areas:
            raise NotAllowed("The organisation has no job areas yet.", "Enter some, or let people choose.")
        for position, area in enumerate(areas[: wave.plan.max_job_areas], start=1):
            add_sheet(store, q, task_id, definition, position, area["id"], now)
    return task_id


def _log(store: Store, q: Queries, actor: Actor, action: Recorded, wave: PlannedWave, now: datetime) -> None:
    record(
        store,
        q,
        actor_id=actor.id,
        action=action,
        object_id=wave.id,
        about_id=wave.organisation_id,
        now=now,
    )
