"""What a respondent may see of the outcome: own profiles, the other's beside them, the comparison."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import get_args

import msgspec

from assess.answering.loading import load_task, other_view, person
from assess.answering.matching import answered_again, matches_of
from assess.answering.profiles import Look, other_profiles, own_profiles
from assess.answering.types import (
    AreaResult,
    Document,
    DocumentKind,
    JobArea,
    Results,
    Session,
    StoredProfile,
    Task,
)
from assess.audit.log import looked_at_lately, record_looks
from assess.errors import NotFound
from assess.made_by import made_by
from assess.scoring.comparison import compare
from assess.scoring.results import Comparison
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId


def results(store: Store, session: Session, now: datetime) -> Results:
    """The outcome as the session's respondent may see it now; looking at another's view is logged."""
    with store.read() as q:
        found = results_of(q, load_task(q, session.task.id, now, session.language), now)
    note_looks(store, found, now)
    return found


def note_looks(store: Store, found: Results, now: datetime) -> None:
    """Notes in the log whose profiles the respondent has been shown, unless it was a moment ago."""
    viewer = found.task.respondent.id
    shown: dict[Look, dict[str, str]] = {}
    with store.read() as q:
        for (look, task_id), about_id in _seen(q, found).items():
            shown.setdefault(look, {})[task_id] = about_id
        for look, about in shown.items():
            for task_id in looked_at_lately(q, actor_id=viewer, action=look, now=now):
                about.pop(task_id, None)
    if any(shown.values()):
        with store.write() as q:
            for look, about in shown.items():
                record_looks(store, q, actor_id=viewer, action=look, about=about, now=now)


def results_of(q: Queries, task: Task, now: datetime) -> Results:
    """The outcome of a task as its respondent may see it at `now`. Logs nothing."""
    beside = other_view(q, task.key)
    own = own_profiles(q, task.key, task.wave, task.respondent)
    others = other_profiles(q, task.key, task.wave, beside, now)
    again = [answered_again(q, task, stored.made_at, now) for _, stored in own.values()]
    return Results(
        task=task,
        other=None if beside is None else person(beside),
        areas=tuple(
            area_result(task, own.get(area_id), others.get(area_id))
            for area_id in dict.fromkeys((*own, *others))
        ),
        matches=tuple(
            match for _, stored in own.values() for match in matches_of(q, task, stored.profile, now)
        ),
        answered_again=max((moment for moment in again if moment is not None), default=None),
    )


def _seen(q: Queries, found: Results) -> dict[tuple[Look, str], str]:
    """How others' profiles are shown in the results, and of which tasks → whom they are about."""
    seen: dict[tuple[Look, str], str] = {
        ("see-match", match.own_task): match.person.id
        for match in found.matches
        if match.own_task is not None
    }
    beside = other_view(q, found.task.key)
    if beside is not None and any(area.other for area in found.areas):
        seen["see-profile", beside["id"]] = found.task.subject.id
    return seen


def document(
    store: Store, session: Session, kind: DocumentKind, language: LanguageId, now: datetime
) -> Document | None:
    """A document that the worker has made; None while it is not made, or made of older results or by an
    older program.

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
        for task_id in sorted({task_id for _, task_id in _seen(q, made_of)}):
            q.lock_task(id=task_id)  # whoever decides about sharing waits, or has decided
        task = load_task(q, made_of.task.key.id, now)
        if fingerprint(results_of(q, task, now), language) == print_of_it:
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
    """SHA-256 (hex) of all that a document of these results depends on, the program that makes it among it:
    when it differs, make it anew."""
    parts = (
        made_by(),
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
        [
            (
                match.person.name,
                match.job_area and dict(match.job_area.names),
                match.match,
                match.wave,
                match.rated_at,
            )
            for match in found.matches
        ],
        found.answered_again,
    )
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def area_result(
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
