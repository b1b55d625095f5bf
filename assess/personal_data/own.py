"""What a person has to do and has done, over all waves; and opening one of the own tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.answering.loading import Row, job_area, language_for, person, wave_of
from assess.answering.types import Person, Wave
from assess.campaigns.definitions import definition_of, form_of
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.rights import Actor, Affairs, may, outcome_of
from assess.rights.things import Outcome
from assess.store import Store
from assess.store.ids import parse_time_or_none, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId, PerspectiveId

State: TypeAlias = Literal["new", "begun", "done", "over", "not-yet"]
"""over: the time for answering ended before everything was submitted."""


@dataclass(frozen=True, slots=True)
class OwnTask:
    """One thing that a person was asked to answer."""

    id: str
    title: str
    """Of the questionnaire, in the language asked for."""
    outcome: Outcome
    """What the questionnaire tells."""
    perspective: PerspectiveId
    subject: Person
    wave: Wave
    areas: tuple[str, ...]
    """Names of the job areas, in the language asked for."""
    state: State
    answered: int
    asked: int
    """Questions with an answer, of all that are asked; both 0 while job areas are not chosen."""
    has_result: bool
    """A profile of these answers is there for the person to see."""
    is_confidential: bool
    submitted_at: datetime | None
    """When the last sheet was submitted."""


def require_own(actor: Actor) -> None:
    """Raises `NotFound` unless the actor may see the own affairs."""
    if not may(actor, "see-own", Affairs(actor.id)):
        raise NotFound("There is no such page.")


def own_tasks(store: Store, actor: Actor, language: LanguageId, now: datetime) -> tuple[OwnTask, ...]:
    """Everything that the actor was asked to answer, newest wave first; within a wave about oneself before
    about others, those in alphabetical order."""
    require_own(actor)
    with store.read() as q:
        return tasks_of(q, actor.id, language, now)


def tasks_of(q: Queries, person_id: str, language: LanguageId, now: datetime) -> tuple[OwnTask, ...]:
    """As `own_tasks`, of anybody."""
    sheets: dict[str, list[Row]] = {}
    for row in q.sheets_of_person(respondent_id=person_id):
        sheets.setdefault(row["task_id"], []).append(row)
    found = [
        _own_task(q, row, sheets.get(row["id"], []), language, now)
        for row in q.tasks_of_person(respondent_id=person_id)
    ]
    waves = list(dict.fromkeys(task.wave.id for task in found))
    return tuple(sorted(found, key=lambda task: (waves.index(task.wave.id), *_within_a_wave(task, language))))


def has_a_team(store: Store, actor: Actor, now: datetime) -> bool:
    """Whether the page of leaders has anything for the actor."""
    with store.read() as q:
        return bool(q.has_a_team(person_id=actor.id, now=time_text(now)))


def _own_task(q: Queries, row: Row, sheets: list[Row], language: LanguageId, now: datetime) -> OwnTask:
    definition = definition_of(q, row["content_hash"])
    forms = [
        form_of(row["content_hash"], definition, row["perspective"], sheet["short_form"]) for sheet in sheets
    ]
    wave = wave_of(row, now)
    submitted = [sheet["submitted_at"] for sheet in sheets if sheet["submitted_at"]]
    answered = sum(sheet["answered"] for sheet in sheets)
    is_confidential = definition.questionnaire.privacy_of(row["perspective"]) == "confidential"
    return OwnTask(
        id=row["id"],
        title=definition.texts[language_for(definition, language)].title,
        outcome=outcome_of(definition.questionnaire),
        perspective=row["perspective"],
        subject=person(row, "subject_"),
        wave=wave,
        areas=tuple(area.name(language) for area in map(job_area, sheets) if area is not None),
        state=_state(wave, answered, bool(sheets) and len(submitted) == len(sheets)),
        answered=answered,
        asked=sum(len(form.item_ids) for form in forms),
        has_result=bool(submitted) and not is_confidential,
        is_confidential=is_confidential,
        submitted_at=parse_time_or_none(max(submitted, default=None)),
    )


def _state(wave: Wave, answered: int, is_done: bool) -> State:
    if is_done:
        return "done"
    if wave.is_over:
        return "over"
    if not wave.is_open:
        return "not-yet"
    return "begun" if answered else "new"


def _within_a_wave(task: OwnTask, language: LanguageId) -> tuple[object, ...]:
    order = {"self": 0, "manager": 1, "direct-report": 2}
    return order[task.perspective], task.title, place_in_alphabet(task.subject.name, language), task.id
