"""What a respondent may see of the outcome: own profiles, the other's beside them, the comparison."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import get_args

import msgspec

import assess
from assess.answering.loading import (
    OTHER_VIEW,
    Row,
    actor,
    is_finished,
    job_area,
    load_task,
    other_view,
    person,
    thing,
)
from assess.answering.types import (
    AreaResult,
    Document,
    DocumentKind,
    JobArea,
    Person,
    Results,
    Session,
    StoredProfile,
    Task,
)
from assess.audit.log import is_new_look, record
from assess.errors import NotFound
from assess.rights import Thing, may
from assess.scoring.comparison import compare
from assess.scoring.results import Comparison, Profile
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId, PerspectiveId

_NO_AREA = ""


def results(store: Store, session: Session, now: datetime) -> Results:
    """The outcome as the session's respondent may see it now; looking at another's view is logged."""
    with store.read() as q:
        task = load_task(q, session.task.id, now, session.language)
        found = results_of(q, task)
        other = other_view(q, task.key)
        seen = other["id"] if other is not None and any(area.other for area in found.areas) else None
        viewer = task.respondent.id
        if seen is None or not is_new_look(q, actor_id=viewer, action="see-profile", object_id=seen, now=now):
            return found
    with store.write() as q:
        record(
            store,
            q,
            actor_id=viewer,
            action="see-profile",
            object_id=seen,
            about_id=task.subject.id,
            now=now,
        )
    return found


def results_of(q: Queries, task: Task) -> Results:
    """The outcome of a task as its respondent may see it. Logs nothing."""
    viewer, own, other_profiles = actor(task.key), {}, {}
    other = other_view(q, task.key)
    if may(viewer, "see-profile", thing(task)):
        own = _profiles(q, task.key.id, task.respondent, task.perspective)
    if other is not None and may(viewer, "see-profile", others_thing(q, task, other)):
        other_profiles = _profiles(q, other["id"], person(other), OTHER_VIEW[task.perspective])
    return Results(
        task=task,
        other=None if other is None else person(other),
        areas=tuple(
            _area(task, own.get(area_id), other_profiles.get(area_id))
            for area_id in dict.fromkeys((*own, *other_profiles))
        ),
    )


def others_thing(q: Queries, task: Task, other: Row) -> Thing:
    """What the rights need to know about the other view beside a task (`other`: see `other_view`)."""
    perspective = OTHER_VIEW[task.perspective]
    decided = q.share_in_force(task_id=other["id"], with_id=task.respondent.id)
    return Thing(
        privacy=task.definition.questionnaire.privacy,
        perspective=perspective,
        respondent_id=other["respondent_id"],
        subject_id=task.subject.id,
        manager_id=task.respondent.id if task.perspective == "manager" else other["respondent_id"],
        both_finished=all(
            is_finished(q.assignments(task_id=task_id), task.wave) for task_id in (task.key.id, other["id"])
        ),
        shared_with=frozenset({task.respondent.id} if decided and decided["shared"] else ()),
        wave_closed=task.wave.is_over,
    )


def document(
    store: Store, session: Session, kind: DocumentKind, language: LanguageId, now: datetime
) -> Document | None:
    """A document that the worker has made; None while it is not made, or made of older results.

    Raises `NotFound` for an unknown kind or before anything is submitted.
    """
    found = results(store, session, now)
    if kind not in get_args(DocumentKind) or not found.areas:
        raise NotFound("There is no such document.")
    with store.read() as q:
        row = q.document(
            task_id=session.task.id, kind=kind, language=language, made_of=fingerprint(found, language)
        )
    if row is None:
        return None
    return Document(kind, language, bytes(row["content"]), row["sha256"], parse_time(row["made_at"]))


def keep_document(
    store: Store, made_of: Results, kind: DocumentKind, language: LanguageId, content: bytes, now: datetime
) -> Document:
    """Stores a document that was made of these results, in place of an older one.

    Not when the results have changed while it was made: a share that was taken back meanwhile has deleted
    the documents that held it, and must not find one again.
    """
    sha256, print_of_it = hashlib.sha256(content).hexdigest(), fingerprint(made_of, language)
    with store.write() as q:
        other = other_view(q, made_of.task.key)
        if other is not None:
            q.lock_task(id=other["id"])  # whoever decides about sharing waits, or has decided
        if fingerprint(results_of(q, load_task(q, made_of.task.key.id, now)), language) == print_of_it:
            q.put_document(
                task_id=made_of.task.key.id,
                kind=kind,
                language=language,
                made_of=print_of_it,
                content=content,
                sha256=sha256,
                made_at=time_text(now),
            )
    return Document(kind, language, content, sha256, now)


def fingerprint(found: Results, language: LanguageId) -> str:
    """SHA-256 (hex) of all that a document of these results depends on: when it differs, make it anew."""
    parts = (
        assess.__version__,
        language,
        found.task.key.content_hash,
        found.task.respondent.name,
        found.task.subject.name,
        found.task.organisation.name,
        found.task.organisation.customer,
        [
            (
                area.job_area and dict(area.job_area.names),
                area.own and (area.own.made_at, area.own.profile),
                area.other and (area.other.respondent.name, area.other.made_at, area.other.profile),
            )
            for area in found.areas
        ],
    )
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def _profiles(
    q: Queries, task_id: str, respondent: Person, perspective: PerspectiveId
) -> dict[str, tuple[JobArea | None, StoredProfile]]:
    """By job area, in the order of answering; the latest of each sheet."""
    return {
        row["job_area_id"] or _NO_AREA: (
            job_area(row),
            StoredProfile(
                sheet_id=row["sheet_id"],
                respondent=respondent,
                perspective=perspective,
                profile=msgspec.json.decode(row["profile"], type=Profile),
                made_at=parse_time(row["made_at"]),
            ),
        )
        for row in q.profiles_of_task(task_id=task_id)
    }


def _area(
    task: Task,
    own: tuple[JobArea | None, StoredProfile] | None,
    other: tuple[JobArea | None, StoredProfile] | None,
) -> AreaResult:
    area, _ = own or other or (None, None)
    mine, theirs = own and own[1], other and other[1]
    comparison: Comparison | None = None
    if mine is not None and theirs is not None:
        comparison = compare(task.definition, mine.profile, theirs.profile)
    return AreaResult(job_area=area, own=mine, other=theirs, comparison=comparison)
