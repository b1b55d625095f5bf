"""Opening and closing waves, and assigning questionnaires to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from assess.campaigns.definitions import definition_of, short_form_at
from assess.errors import NotAllowed, NotFound
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from questionnaires.definition import Definition, PerspectiveId, content_hash, encode

AreaMode: TypeAlias = Literal["given", "chosen"]


def add_questionnaire(store: Store, definition: Definition, *, now: datetime) -> str:
    """Keeps a questionnaire as it is now; gives its content hash. The same one again changes nothing."""
    digest = content_hash(definition)
    with store.write() as q:
        q.add_questionnaire_version(
            content_hash=digest,
            questionnaire_id=definition.questionnaire.id,
            version=definition.questionnaire.version,
            definition=encode(definition).decode(),
            added_at=time_text(now),
        )
    return digest


def open_wave(
    store: Store,
    organisation_id: str,
    name: str,
    content_hashes: Sequence[str],
    *,
    job_areas: AreaMode,
    max_job_areas: int,
    now: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> str:
    """A wave that takes answers from `opens_at` (default: now) until `closes_at`; gives its id.

    `job_areas`: "given" with each assignment, or "chosen" by each respondent, 1 to `max_job_areas` of
    them. Raises `ValueError` for times in the wrong order or a maximum under 1.
    """
    opens = opens_at or now
    if closes_at is not None and closes_at <= opens:
        raise ValueError("a wave closes after it has opened")
    if max_job_areas < 1:
        raise ValueError("a wave asks about at least one job area")
    wave_id = store.new_id(now)
    with store.write() as q:
        q.add_wave(
            id=wave_id,
            organisation_id=organisation_id,
            name=name,
            state="open",
            opens_at=time_text(opens),
            closes_at=None if closes_at is None else time_text(closes_at),
            job_areas=job_areas,
            max_job_areas=max_job_areas,
        )
        for digest in content_hashes:
            q.add_wave_questionnaire(wave_id=wave_id, content_hash=digest)
    return wave_id


def close_wave(store: Store, wave_id: str) -> None:
    """No more answers from now on. Raises `NotFound`."""
    with store.write() as q:
        if q.end_wave(id=wave_id) != 1:
            raise NotFound("There is no such wave.")


def assign(
    store: Store,
    wave_id: str,
    digest: str,
    perspective: PerspectiveId,
    *,
    respondent_id: str,
    subject_id: str,
    now: datetime,
    job_area_ids: Sequence[str] = (),
) -> str:
    """Gives a questionnaire to a respondent, about a subject; gives the id of the task.

    `job_area_ids` in the order of answering where the wave gives them; empty where the respondent chooses
    or the questionnaire knows no job areas. Raises `NotFound`, and `NotAllowed` for a perspective or job
    areas that do not fit.
    """
    task_id = store.new_id(now)
    with store.write() as q:
        wave = q.wave(id=wave_id)
        if wave is None:
            raise NotFound("There is no such wave.")
        definition = definition_of(q, digest)
        given = definition.questionnaire.by_job_area and wave["job_areas"] == "given"
        _require_fit(definition, perspective, respondent_id == subject_id)
        if bool(job_area_ids) != given or len(job_area_ids) > wave["max_job_areas"]:
            raise NotAllowed("These job areas do not fit the wave.", "See how the wave names job areas.")
        q.add_task(
            id=task_id,
            wave_id=wave_id,
            content_hash=digest,
            perspective=perspective,
            respondent_id=respondent_id,
            subject_id=subject_id,
            unit_id=q.home_unit(person_id=respondent_id, at=time_text(now)),
            given_at=time_text(now),
        )
        if given:
            for position, job_area_id in enumerate(job_area_ids, start=1):
                add_sheet(store, q, task_id, definition, position, job_area_id, now)
        elif not definition.questionnaire.by_job_area:
            add_sheet(store, q, task_id, definition, 1, None, now)
    return task_id


def add_sheet(
    store: Store,
    q: Queries,
    task_id: str,
    definition: Definition,
    position: int,
    job_area_id: str | None,
    now: datetime,
) -> None:
    """One assignment of a task with its empty sheet and the seed of its order of pages; from the second job
    area on in the short form."""
    assignment_id = store.new_id(now)
    q.add_assignment(
        id=assignment_id,
        task_id=task_id,
        position=position,
        job_area_id=job_area_id,
        short_form=short_form_at(definition, position),
    )
    q.add_sheet(id=store.new_id(now), assignment_id=assignment_id, order_seed=store.new_seed())


def _require_fit(definition: Definition, perspective: PerspectiveId, about_oneself: bool) -> None:
    if perspective not in definition.questionnaire.perspectives:
        raise NotAllowed(f"The questionnaire has no perspective {perspective}.", "Choose one that it has.")
    if (perspective == "self") != about_oneself:
        raise NotAllowed("Only the perspective 'self' is about oneself.", "Name two different people.")
