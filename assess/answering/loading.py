"""From rows to the values of `types.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from assess.answering.types import (
    AreaChoice,
    JobArea,
    Organisation,
    Person,
    Progress,
    Session,
    Sharing,
    Task,
    TaskKey,
    Wave,
)
from assess.campaigns.definitions import definition_of, form_in_order, form_of
from assess.errors import NotFound
from assess.rights import Actor, Thing, outcome_of
from assess.scoring.form import Form
from assess.store.ids import parse_time, parse_time_or_none, time_text
from assess.store.queries import Queries
from questionnaires.definition import Definition, LanguageId, PerspectiveId

Row = dict[str, Any]

OTHER_VIEW: dict[PerspectiveId, PerspectiveId] = {"self": "manager", "manager": "self"}
"""Whose view stands beside whose."""


def load_task(q: Queries, task_id: str, now: datetime, language: LanguageId | None = None) -> Task:
    """A task as it is at `now`. Without `language`: the one used last, else the respondent's own.

    Raises `NotFound`.
    """
    row = q.task(id=task_id)
    if row is None:
        raise NotFound("There is no such task.")
    definition = definition_of(q, row["content_hash"])
    assignments = q.assignments(task_id=task_id)
    sheets = _progress(q, row, definition, assignments)
    return Task(
        key=key_of(row),
        definition=definition,
        respondent=person(row, "respondent_"),
        subject=person(row, "subject_"),
        organisation=Organisation(
            row["organisation_id"], row["organisation_name"], json.loads(row["settings"])["customer"]
        ),
        wave=wave_of(row, now),
        language=language or language_of(q, task_id, definition, assignments, row["respondent_language"]),
        sheets=sheets,
        choice=_choice(q, row, definition, sheets),
        sharing=_sharing(q, row, definition, now),
    )


def key_of(row: Row, task_id: str = "id") -> TaskKey:
    return TaskKey(
        id=row[task_id],
        wave_id=row["wave_id"],
        content_hash=row["content_hash"],
        perspective=row["perspective"],
        respondent_id=row["respondent_id"],
        subject_id=row["subject_id"],
    )


def load_session(row: Row) -> Session:
    return Session(
        id=row["id"],
        task=key_of(row, "task_id"),
        language=row["language"],
        created_at=parse_time(row["created_at"]),
        seen_at=parse_time(row["seen_at"]),
    )


def other_view(q: Queries, task: TaskKey) -> Row | None:
    """The task whose view stands beside this one's: the manager's for a subject, the subject's for a
    manager; columns `id`, `respondent_id`, `first_name`, `name`, `language`."""
    perspective = OTHER_VIEW.get(task.perspective)
    row: Row | None = perspective and q.other_view(
        wave_id=task.wave_id,
        content_hash=task.content_hash,
        subject_id=task.subject_id,
        perspective=perspective,
    )
    return row or None


def led_no_longer(q: Queries, leader_id: str, now: datetime, subject_id: str | None = None) -> frozenset[str]:
    """Ids of those whom somebody has led, and leads no longer. `subject_id`: only of that person."""
    rows = q.led_no_longer(leader_id=leader_id, subject_id=subject_id, now=time_text(now))
    return frozenset(row["person_id"] for row in rows)


def person(row: Row, prefix: str = "") -> Person:
    """From the columns `respondent_id`, `first_name`, `name` and `language`, the latter with `prefix`."""
    return Person(
        id=row[f"{prefix or 'respondent_'}id"],
        first_name=row[f"{prefix}first_name"],
        name=row[f"{prefix}name"],
        language=row[f"{prefix}language"],
    )


def sheet_row(q: Queries, session: Session, sheet_id: str) -> Row:
    """A sheet of the session's task. Raises `NotFound` for any other."""
    row: Row | None = q.sheet(id=sheet_id, task_id=session.task.id)
    if row is None:
        raise NotFound("There is no such sheet.")
    return row


def asked_form(task: Task, sheet: Row) -> Form:
    """The form of a sheet in its respondent's own order, the same on every device; the columns
    `short_form` and `order_seed`."""
    return form_in_order(
        task.key.content_hash, task.definition, task.perspective, sheet["short_form"], sheet["order_seed"]
    )


def job_area(row: Row) -> JobArea | None:
    """From the columns `job_area_id` and `job_area_names`."""
    if row["job_area_id"] is None:
        return None
    return JobArea(row["job_area_id"], _names(row["job_area_names"]))


@lru_cache(maxsize=1_024)
def _names(stored: str) -> Mapping[LanguageId, str]:
    """The same few areas stand in a row for each sheet."""
    names: dict[LanguageId, str] = json.loads(stored)
    return names


def language_of(
    q: Queries, task_id: str, definition: Definition, assignments: list[Row], respondents: LanguageId
) -> LanguageId:
    """The language used last for a task, else the respondent's, else the questionnaire's own."""
    used = next((sheet["language"] for sheet in assignments if sheet["language"] is not None), None)
    for language in (q.last_language(task_id=task_id), used, respondents):
        if language in definition.texts:
            return language
    return definition.questionnaire.source_language


def language_for(definition: Definition, wanted: LanguageId) -> LanguageId:
    """The language to tell of a questionnaire in: the one wanted, else its own."""
    return wanted if wanted in definition.texts else definition.questionnaire.source_language


def wave_of(row: Row, now: datetime) -> Wave:
    opens_at, closes_at = parse_time(row["opens_at"]), parse_time_or_none(row["closes_at"])
    is_tried = row["state"] == "testing"  # by throw-away respondents only, whatever the clock says
    is_over = row["state"] in {"closed", "archived"} or (
        closes_at is not None and closes_at <= now and not is_tried
    )
    return Wave(
        id=row["wave_id"],
        name=row["wave_name"],
        closes_at=closes_at,
        is_open=is_tried or (row["state"] == "open" and opens_at <= now and not is_over),
        is_over=is_over,
    )


def is_finished(assignments: list[Row], wave: Wave) -> bool:
    """Whether all has been submitted that will be: something, and nothing is still open."""
    submitted = [row["submitted_at"] is not None for row in assignments]
    return any(submitted) and (all(submitted) or wave.is_over)


def actor(task: TaskKey) -> Actor:
    """Whoever has a session on a task acts as its respondent."""
    return Actor(task.respondent_id)


def thing(task: Task, submitted: bool = False) -> Thing:
    """What the rights need to know about the respondent's own sheets of a task."""
    return thing_of(task.key, task.definition, task.wave, submitted)


def thing_of(key: TaskKey, definition: Definition, wave: Wave, submitted: bool = False) -> Thing:
    """As `thing`, of a task that is not loaded whole."""
    return Thing(
        privacy=definition.questionnaire.privacy_of(key.perspective),
        perspective=key.perspective,
        outcome=outcome_of(definition.questionnaire),
        respondent_id=key.respondent_id,
        subject_id=key.subject_id,
        takes_answers=wave.is_open and not submitted,
        wave_closed=wave.is_over,
    )


def _progress(q: Queries, row: Row, definition: Definition, assignments: list[Row]) -> tuple[Progress, ...]:
    answered: dict[str, set[str]] = {}
    for answer in q.answered_items(task_id=row["id"]):
        answered.setdefault(answer["sheet_id"], set()).add(answer["item_id"])
    optional = {item.id for item in definition.questionnaire.items if item.optional}
    sheets = []
    for sheet in assignments:
        if sheet["sheet_id"] is None:
            continue
        form = form_of(row["content_hash"], definition, row["perspective"], sheet["short_form"])
        done = answered.get(sheet["sheet_id"], set())
        sheets.append(
            Progress(
                sheet_id=sheet["sheet_id"],
                job_area=job_area(sheet),
                short_form=sheet["short_form"],
                answered=sum(item_id in done for item_id in form.item_ids),
                asked=len(form.item_ids),
                required_left=sum(
                    item_id not in done and item_id not in optional for item_id in form.item_ids
                ),
                started_at=parse_time_or_none(sheet["started_at"]),
                submitted_at=parse_time_or_none(sheet["submitted_at"]),
            )
        )
    return tuple(sheets)


def _choice(q: Queries, row: Row, definition: Definition, sheets: tuple[Progress, ...]) -> AreaChoice | None:
    if row["job_areas"] == "given" or not definition.questionnaire.by_job_area:
        return None
    return AreaChoice(
        areas=tuple(
            JobArea(area["id"], json.loads(area["names"]))
            for area in q.job_areas_to_choose(organisation_id=row["organisation_id"])
        ),
        at_most=row["max_job_areas"],
        chosen=tuple(sheet.job_area.id for sheet in sheets if sheet.job_area),
        fixed=frozenset(
            sheet.job_area.id for sheet in sheets if sheet.job_area and (sheet.answered or sheet.submitted_at)
        ),
        is_open=not any(sheet.submitted_at for sheet in sheets),
    )


def _sharing(q: Queries, row: Row, definition: Definition, now: datetime) -> Sharing | None:
    if row["perspective"] != "self" or definition.questionnaire.privacy_of("self") != "personal":
        return None
    manager = other_view(q, key_of(row))
    if manager is None:
        return None
    decided = q.share_in_force(task_id=row["id"], with_id=manager["respondent_id"])
    return Sharing(
        managers=(person(manager),),
        decision=None if decided is None else bool(decided["shared"]),
        decided_at=None if decided is None else parse_time(decided["decided_at"]),
        was_shared=any(
            share["shared"] and share["with_id"] == manager["respondent_id"]
            for share in q.shares_of_task(task_id=row["id"])
        ),
        coaches=tuple(
            share["name"]
            for share in q.shares_in_force_of(task_id=row["id"])
            if share["with_id"] != manager["respondent_id"] and not share["was_manager"]
        ),
        leads=not led_no_longer(q, manager["respondent_id"], now, row["subject_id"]),
    )
