"""Submitting a sheet: once, with its profile and the report's job in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec

from assess.answering.errors import Incomplete
from assess.answering.loading import Row, actor, asked_form, load_task, sheet_row, thing
from assess.answering.ordering import order_reports
from assess.answering.precision import published_record
from assess.answering.sharing import decide
from assess.answering.types import Session, Submitted, Task
from assess.campaigns.definitions import definition_of
from assess.errors import NotAllowed
from assess.rights import may
from assess.scoring.profile import make_profile
from assess.scoring.results import PrecisionRecord, Profile
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries


@dataclass(frozen=True, slots=True)
class _Scored:
    """A profile, and what it was made of: the revision of the sheet, and the local precision record if there
    was one. Of a confidential sheet none is made."""

    profile: Profile | None
    revision: int
    record: PrecisionRecord | None = None


def submit(
    store: Store,
    session: Session,
    sheet_id: str,
    now: datetime,
    share: bool | None = None,
    *,
    from_paper: bool = False,
) -> Submitted:
    """Ends a sheet: from now on it is read only, and its profile can be seen, unless it is confidential.

    Idempotent: a repeated or doubled submit changes nothing and says so. `share` is the subject's decision
    whether the manager sees the profile; it is needed when `Task.sharing` has none yet. `from_paper`: what is
    blank stays missing, because nobody is there to be asked.
    Raises `Incomplete`, `NotFound`, and `NotAllowed` when the wave is closed.
    """
    # Scoring takes milliseconds in which others would wait for the database: it is done before.
    with store.read() as q:
        scored = _score(q, session, sheet_id, _record(q, session))
    with store.write() as q:
        q.lock_task(id=session.task.id)
        q.lock_sheet(id=sheet_id)
        row = sheet_row(q, session, sheet_id)
        if row["submitted_at"] is not None:
            return Submitted(first_time=False, submitted_at=parse_time(row["submitted_at"]))
        task = load_task(q, session.task.id, now, session.language)
        if not may(actor(session.task), "submit", thing(task)):
            raise NotAllowed("The questionnaire is closed.", "What was answered stays as it is.")
        _require_complete(q, task, row, share, may_miss=from_paper)
        if share is not None and task.sharing is not None and task.sharing.leads:
            decide(store, q, task, share, now)
        record = _record(q, session)
        if (scored.revision, scored.record) != (row["revision"], record):
            scored = _score(q, session, sheet_id, record)
        q.sheet_submitted(id=sheet_id, language=session.language, at=time_text(now))
        if scored.profile is not None:
            _keep_profile(store, q, sheet_id, scored.profile, now)
            is_shared = task.sharing is None or (
                task.sharing.leads and (task.sharing.decision if share is None else share)
            )
            order_reports(store, q, task.key, now, for_others=bool(is_shared))
    return Submitted(first_time=True, submitted_at=now)


def _record(q: Queries, session: Session) -> PrecisionRecord | None:
    key = session.task
    organisation_id = q.wave(id=key.wave_id)["organisation_id"]
    return published_record(q, organisation_id, key.content_hash, key.perspective)


def _score(q: Queries, session: Session, sheet_id: str, record: PrecisionRecord | None) -> _Scored:
    key, row = session.task, sheet_row(q, session, sheet_id)
    definition = definition_of(q, key.content_hash)
    if definition.questionnaire.privacy_of(key.perspective) == "confidential":
        return _Scored(None, row["revision"], record)
    given = {
        answer["item_id"]: answer["position"] if answer["text"] is None else answer["text"]
        for answer in q.answers(sheet_id=sheet_id)
    }
    # The hash of the wave, not one made anew: it stays when the types of definitions grow.
    profile = make_profile(
        definition,
        key.perspective,
        given,
        short_form=row["short_form"],
        record=record,
        digest=key.content_hash,
    )
    return _Scored(profile, row["revision"], record)


def _require_complete(q: Queries, task: Task, row: Row, share: bool | None, *, may_miss: bool) -> None:
    optional = {item.id for item in task.definition.questionnaire.items if item.optional}
    answered = {
        answer["item_id"]
        for answer in q.answers(sheet_id=row["id"])
        if answer["position"] is not None or answer["text"] is not None
    }
    missing = tuple(
        item for item in asked_form(task, row).item_ids if item not in answered and item not in optional
    )
    needs_share = task.sharing is not None and task.sharing.is_asked and share is None
    if (missing and not may_miss) or needs_share:
        raise Incomplete(missing, needs_share)


def _keep_profile(store: Store, q: Queries, sheet_id: str, profile: Profile, now: datetime) -> None:
    q.add_precision_record(
        content_hash=profile.content_hash,
        perspective=profile.perspective,
        id=profile.record.id,
        source=profile.record.source,
        figures=msgspec.json.encode(profile.record.values).decode(),
        made_at=time_text(now),
    )
    q.add_profile(
        id=store.new_id(now),
        sheet_id=sheet_id,
        content_hash=profile.content_hash,
        engine_version=profile.engine_version,
        perspective=profile.perspective,
        record_id=profile.record.id,
        profile=msgspec.json.encode(profile).decode(),
        made_at=time_text(now),
    )
