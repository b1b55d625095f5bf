"""The stored profiles of a task and of the other view beside it, as far as the task's respondent may see
them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from assess.answering.loading import (
    OTHER_VIEW,
    Row,
    actor,
    is_finished,
    job_area,
    led_no_longer,
    person,
    thing_of,
)
from assess.answering.types import JobArea, Person, StoredProfile, TaskKey, Wave
from assess.campaigns.definitions import definition_of
from assess.rights import Thing, may, outcome_of
from assess.scoring.results import Profile
from assess.store.ids import parse_time
from assess.store.queries import Queries
from questionnaires.definition import PerspectiveId

AreaKey: TypeAlias = str
"""Id of a job area; empty where the questionnaire knows none."""
Look: TypeAlias = Literal["see-profile", "see-match"]
"""What the profiles are wanted for: to be shown themselves, or beside the leader's own style."""

Profiles: TypeAlias = dict[AreaKey, tuple[JobArea | None, StoredProfile]]


def own_profiles(q: Queries, key: TaskKey, wave: Wave, respondent: Person) -> Profiles:
    """The respondent's own, in the order of answering; empty when the respondent may not see them."""
    definition = definition_of(q, key.content_hash)
    if not may(actor(key), "see-profile", thing_of(key, definition, wave)):
        return {}
    return stored_profiles(q, key.id, respondent, key.perspective)


def other_profiles(q: Queries, key: TaskKey, wave: Wave, other: Row | None, now: datetime) -> Profiles:
    """The other view's (`other`: see `loading.other_view`); empty where it may not be seen or is not there,
    whatever the reason."""
    if other is None or not may(actor(key), "see-profile", others_thing(q, key, wave, other, now)):
        return {}
    return stored_profiles(q, other["id"], person(other), OTHER_VIEW[key.perspective])


def others_thing(q: Queries, key: TaskKey, wave: Wave, other: Row, now: datetime) -> Thing:
    """What the rights need to know about the other view beside a task."""
    perspective = OTHER_VIEW[key.perspective]
    decided = q.share_in_force(task_id=other["id"], with_id=key.respondent_id)
    questionnaire = definition_of(q, key.content_hash).questionnaire
    stopped = key.perspective != "manager" or led_no_longer(q, key.respondent_id, now, key.subject_id)
    return Thing(
        privacy=questionnaire.privacy_of(perspective),
        perspective=perspective,
        outcome=outcome_of(questionnaire),
        respondent_id=other["respondent_id"],
        subject_id=key.subject_id,
        manager_id=key.respondent_id if key.perspective == "manager" else other["respondent_id"],
        both_finished=all(
            is_finished(q.assignments(task_id=task_id), wave) for task_id in (key.id, other["id"])
        ),
        shared_with=frozenset({key.respondent_id} if decided and decided["shared"] else ()),
        wave_closed=wave.is_over,
        leading=frozenset() if stopped else frozenset({key.respondent_id}),
    )


def stored_profiles(q: Queries, task_id: str, respondent: Person, perspective: PerspectiveId) -> Profiles:
    """By job area; the latest of each sheet."""
    return {
        row["job_area_id"] or "": (
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
