"""Giving everybody in an open wave what is theirs, and keeping it so when people join, leave or move.

What should be is compared with what is, in steps of a few hundred people: each step is one transaction, with
the tasks of its people, their sheets and their invitations. Whoever is killed in between leaves whole steps
behind; filling again does what is left, and filling what is full does nothing.

See `docs/decisions/0010-campaigns-and-waves.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from assess.campaigns.assignments import Assignments, Organised, Wanted, assignments
from assess.campaigns.definitions import definition_of, short_form_at
from assess.campaigns.jobs import FILL_JOB
from assess.campaigns.reminding import reminder
from assess.campaigns.states import PlannedWave, planned_wave
from assess.outbox import letters
from assess.outbox.letters import Letter
from assess.people import organisation
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import Definition

INVITATION = "invitation"
MOST_TASKS = 1_500
"""Of one step: together with `batch` it keeps others from waiting long for the database."""

Row = Mapping[str, Any]
Key = tuple[str, str, str, str]


def fill(store: Store, wave_id: str, now: datetime, batch: int = 500) -> None:
    """Makes the tasks of an open wave those that its plan wants at `now`, `batch` people at a time.

    Adds what is missing, gives back what had been taken, and takes back what is not wanted any more and not
    submitted; what is submitted stays. Each respondent gets one invitation, in the transaction of the first
    tasks; whoever gets more later, a reminder. Does nothing in a wave that takes no answers now, and stops
    when it closes meanwhile. Raises `NotFound`.
    """
    with store.read() as q:
        wave = planned_wave(q, wave_id)
        if wave.phase(now) != "open":
            return
        wanted = wanted_now(q, wave, now).tasks
        existing = q.tasks_of_wave(wave_id=wave_id)
        definitions = definitions_of(q, wave)
    keys = {task.key for task in wanted}
    stale = [row["id"] for row in existing if _is_open(row) and _key(row) not in keys]
    if stale:
        if not _take_back(store, wave, stale, now, batch):
            return
        with store.read() as q:
            existing = q.tasks_of_wave(wave_id=wave_id)
    missing = _missing(wanted, existing)
    for number, step in enumerate(_steps(missing, batch)):
        with store.write() as q:
            if not q.lock_open_wave(id=wave_id):
                return
            # Each step its own millisecond: ids go to the end of their indexes, not all over them.
            _give(store, q, wave, definitions, step, now + timedelta(milliseconds=number))
    with store.write() as q:
        q.wave_filled(id=wave_id, now=time_text(now))


def order_upkeep(store: Store, organisation_id: str, now: datetime) -> int:
    """Orders a job for each wave of the organisation that takes answers: its people may have changed. Gives
    how many; whoever orders wakes the worker."""
    with store.write() as q:
        found = q.open_waves_of_organisation(organisation_id=organisation_id, now=time_text(now))
        for row in found:
            q.enqueue_job(id=store.new_id(now), kind=FILL_JOB, subject=row["id"], now=time_text(now))
    return len(found)


def wanted_now(q: Queries, wave: PlannedWave, now: datetime) -> Assignments:
    """What the plan of a wave comes to with the organisation as it is at `now`."""
    areas: dict[str, list[str]] = {}
    for row in q.areas_of_job_roles(organisation_id=wave.organisation_id):
        areas.setdefault(row["job_role_id"], []).append(row["job_area_id"])
    organised = Organised(
        tree=organisation.unit_tree(q, wave.organisation_id, now),
        members=organisation.members(q, wave.organisation_id, now),
        leaders=organisation.leaders(q, wave.organisation_id, now),
        areas={role: tuple(found) for role, found in areas.items()},
    )
    return assignments(wave.plan, definitions_of(q, wave), organised)


def definitions_of(q: Queries, wave: PlannedWave) -> dict[str, Definition]:
    """The questionnaires of a wave by content hash."""
    return {one.content_hash: definition_of(q, one.content_hash) for one in wave.plan.questionnaires}


def _missing(wanted: Sequence[Wanted], existing: Sequence[Row]) -> list[Wanted]:
    """What is still to be given, by respondent.

    Nothing is asked twice: where somebody has submitted and is not the one any more (another leader by now,
    or the respondent has another one), that sheet stays and nobody else is asked.
    """
    there = {_key(row) for row in existing if row["withdrawn_at"] is None}
    submitted = {_slot(*_key(row)) for row in existing if row["is_submitted"]}
    missing = [task for task in wanted if task.key not in there and _slot(*task.key) not in submitted]
    return sorted(missing, key=lambda task: task.respondent_id)


def _slot(content_hash: str, perspective: str, respondent_id: str, subject_id: str) -> tuple[str, str, str]:
    """What is asked once in a wave: one's view of the own leader, and a view of a person."""
    return content_hash, perspective, respondent_id if perspective == "direct-report" else subject_id


def _steps(missing: Sequence[Wanted], batch: int) -> Iterator[list[Wanted]]:
    """All tasks of one respondent stay together."""
    step: list[Wanted] = []
    people = 0
    for task in missing:
        if not step or task.respondent_id != step[-1].respondent_id:
            if people == batch or len(step) >= MOST_TASKS:
                yield step
                step, people = [], 0
            people += 1
        step.append(task)
    if step:
        yield step


def _take_back(store: Store, wave: PlannedWave, task_ids: Sequence[str], now: datetime, batch: int) -> bool:
    """Withdraws tasks of which nothing is submitted; their links and sessions end with them. False when the
    wave was closed meanwhile."""
    for start in range(0, len(task_ids), batch):
        ids = task_ids[start : start + batch]
        with store.write() as q:
            if not q.lock_open_wave(id=wave.id):
                return False
            # Two statements: on PostgreSQL the second sees what was submitted before the first got its lock.
            q.lock_tasks([{"id": task_id} for task_id in ids])
            q.withdraw_tasks([{"id": task_id, "now": time_text(now)} for task_id in ids])
            q.cancel_idle_letters(wave_id=wave.id, now=time_text(now))
    return True


def _give(
    store: Store,
    q: Queries,
    wave: PlannedWave,
    definitions: Mapping[str, Definition],
    step: Sequence[Wanted],
    now: datetime,
) -> None:
    """One step: the tasks of some respondents, next to each other by id, with their letters."""
    rows = q.tasks_between(wave_id=wave.id, first=step[0].respondent_id, last=step[-1].respondent_id)
    known = {_key(row): row for row in rows}
    units = {row["respondent_id"]: row["unit_id"] for row in rows if row["unit_id"] is not None}
    asked = {row["respondent_id"] for row in rows if row["withdrawn_at"] is None}
    new = [task for task in step if task.key not in known]
    back = [known[task.key] for task in step if task.key in known and known[task.key]["withdrawn_at"]]
    if back:
        q.give_back_tasks([{"id": row["id"], "now": time_text(now)} for row in back])
    _add(store, q, wave, definitions, new, units, now)
    touched = {task.respondent_id for task in new} | {row["respondent_id"] for row in back}
    letters.put_many(
        store,
        q,
        [
            reminder(wave, person_id, now) if person_id in asked else invitation(wave, person_id)
            for person_id in sorted(touched)
        ],
        now,
    )


def invitation(wave: PlannedWave, person_id: str) -> Letter:
    """The one invitation of a person to a wave."""
    return Letter(
        kind=INVITATION,
        key=f"{INVITATION}:{wave.id}:{person_id}",
        person_id=person_id,
        organisation_id=wave.organisation_id,
        wave_id=wave.id,
    )


def _add(
    store: Store,
    q: Queries,
    wave: PlannedWave,
    definitions: Mapping[str, Definition],
    new: Collection[Wanted],
    units: Mapping[str, str],
    now: datetime,
) -> None:
    """Tasks with their assignments and empty sheets. `units`: where a respondent belonged when the first
    task of this wave was given; that stays, so that one wave counts nobody in two units."""
    at = time_text(now)
    tasks, given, sheets = [], [], []
    for wanted in new:
        task_id = store.new_id(now)
        tasks.append(
            {
                "id": task_id,
                "wave_id": wave.id,
                "content_hash": wanted.content_hash,
                "perspective": wanted.perspective,
                "respondent_id": wanted.respondent_id,
                "subject_id": wanted.subject_id,
                "unit_id": units.get(wanted.respondent_id, wanted.unit_id),
                "given_at": at,
            }
        )
        definition = definitions[wanted.content_hash]
        areas: tuple[str | None, ...] = wanted.job_area_ids
        if not definition.questionnaire.by_job_area:
            areas = (None,)
        for position, area_id in enumerate(areas, start=1):
            assignment_id = store.new_id(now)
            given.append(
                {
                    "id": assignment_id,
                    "task_id": task_id,
                    "position": position,
                    "job_area_id": area_id,
                    "short_form": short_form_at(definition, position),
                }
            )
            sheets.append(
                {
                    "id": store.new_id(now),
                    "assignment_id": assignment_id,
                    "order_seed": store.new_seed(),
                }
            )
    if tasks:
        q.add_tasks(tasks)
    if given:
        q.add_assignments(given)
        q.add_sheets(sheets)


def _is_open(row: Row) -> bool:
    return row["withdrawn_at"] is None and not row["is_submitted"]


def _key(row: Row) -> Key:
    return row["content_hash"], row["perspective"], row["respondent_id"], row["subject_id"]
