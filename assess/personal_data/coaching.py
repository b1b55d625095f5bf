"""What a coach sees: exactly the people who share with this coach, and their profiles.

Every view is made anew from what is shared at that moment; nothing is kept for a coach.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from assess.answering.loading import (
    Row,
    job_area,
    key_of,
    language_for,
    load_task,
    other_view,
    person,
    thing_of,
    wave_of,
)
from assess.answering.profiles import others_thing, stored_profiles
from assess.answering.results import area_result
from assess.answering.types import Person, Results, TaskKey
from assess.audit.log import is_new_look, record
from assess.campaigns.definitions import definition_of
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.rights import Actor, Administration, Thing, may
from assess.store import Store
from assess.store.ids import parse_time
from assess.store.queries import Queries
from questionnaires.definition import LanguageId


@dataclass(frozen=True, slots=True)
class CoachedProfile:
    """One profile that is shared with the coach."""

    task_id: str
    title: str
    areas: tuple[str, ...]
    wave_id: str
    wave: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CoachedPerson:
    person: Person
    profiles: tuple[CoachedProfile, ...]
    """Newest wave first."""


def coached(store: Store, actor: Actor, language: LanguageId, now: datetime) -> tuple[CoachedPerson, ...]:
    """Who shares what with the actor, alphabetically. Raises `NotFound` for who is no coach."""
    with store.read() as q:
        return coached_of(q, actor, language, now)


def coached_of(q: Queries, actor: Actor, language: LanguageId, now: datetime) -> tuple[CoachedPerson, ...]:
    """The same inside the caller's transaction, in three queries whatever is shared."""
    _require_coach(actor)
    raters = {row["task_id"]: row["respondent_id"] for row in q.raters_beside_shared(with_id=actor.id)}
    sheets: dict[str, list[Row]] = {}
    for row in q.sheets_of_shared(with_id=actor.id):
        sheets.setdefault(row["task_id"], []).append(row)
    found: dict[str, tuple[Person, list[CoachedProfile]]] = {}
    for row in q.shared_with(with_id=actor.id):
        if not may(actor, "see-profile", _own_thing(q, actor, row, raters.get(row["id"]), now)):
            continue
        profile = _profile(q, row, sheets.get(row["id"], []), language)
        if profile is not None:
            found.setdefault(row["subject_id"], (person(row, "subject_"), []))[1].append(profile)
    people = [CoachedPerson(one, tuple(profiles)) for one, profiles in found.values()]
    return tuple(
        sorted(people, key=lambda one: (*place_in_alphabet(one.person.name, language), one.person.id))
    )


def coached_results(store: Store, actor: Actor, task_id: str, language: LanguageId, now: datetime) -> Results:
    """The subject's profile as the coach may see it now, with the manager's rating beside it where both have
    finished. The look is logged, and the subject sees it. Raises `NotFound` for whatever is not shared."""
    with store.read() as q:
        found, seen = coached_results_of(q, actor, task_id, language, now)
    note_looks(store, actor, found, seen, now)
    return found


def coached_results_of(
    q: Queries, actor: Actor, task_id: str, language: LanguageId, now: datetime
) -> tuple[Results, tuple[str, ...]]:
    """The same without a look, and the tasks whose profiles it shows."""
    _require_coach(actor)
    row = next((one for one in q.shared_with(with_id=actor.id) if one["id"] == task_id), None)
    manager = None if row is None else other_view(q, key_of(row))
    rater = None if manager is None else manager["respondent_id"]
    if row is None or not may(actor, "see-profile", _own_thing(q, actor, row, rater, now)):
        raise NotFound("There is no such profile.")
    found, seen = _results(q, actor, key_of(row), language, now)
    if not found.areas:
        raise NotFound("There is no such profile.")
    return found, seen


def note_looks(store: Store, actor: Actor, found: Results, seen: tuple[str, ...], now: datetime) -> None:
    """Notes in the log that the coach was shown the profiles of the tasks `seen`."""
    with store.write() as q:
        for seen_id in seen:
            if is_new_look(q, actor_id=actor.id, action="see-profile", object_id=seen_id, now=now):
                record(
                    store,
                    q,
                    actor_id=actor.id,
                    action="see-profile",
                    object_id=seen_id,
                    about_id=found.task.subject.id,
                    now=now,
                )


def _results(
    q: Queries, actor: Actor, key: TaskKey, language: LanguageId, now: datetime
) -> tuple[Results, tuple[str, ...]]:
    """The results, and the tasks whose profiles they show."""
    task = load_task(q, key.id, now, language_for(definition_of(q, key.content_hash), language))
    own = stored_profiles(q, key.id, task.subject, "self")
    beside = other_view(q, key)
    rated = {}
    if beside is not None:
        thing = others_thing(q, key, task.wave, beside, now)
        shown = replace(thing, organisation_id=task.organisation.id, shared_with=frozenset({actor.id}))
        if may(actor, "see-profile", shown):
            rated = stored_profiles(q, beside["id"], person(beside), "manager")
    areas = tuple(area_result(task, own[area_id], rated.get(area_id)) for area_id in own)
    shows_other = beside is not None and any(area.other for area in areas)
    results = Results(task=task, other=person(beside) if beside is not None else None, areas=areas)
    return results, (key.id, beside["id"]) if beside is not None and shows_other else (key.id,)


def _own_thing(q: Queries, actor: Actor, row: Row, rater_id: str | None, now: datetime) -> Thing:
    """A row of `shared_with` as the rights see it; `rater_id`: who rates the same person in that wave."""
    return replace(
        thing_of(key_of(row), definition_of(q, row["content_hash"]), wave_of(row, now)),
        organisation_id=row["organisation_id"],
        manager_id=rater_id,
        shared_with=frozenset({actor.id}),
    )


def _profile(q: Queries, row: Row, sheets: list[Row], language: LanguageId) -> CoachedProfile | None:
    """None while nothing is submitted (no `sheets`): not to be told from what is not shared."""
    if not sheets:
        return None
    definition = definition_of(q, row["content_hash"])
    return CoachedProfile(
        task_id=row["id"],
        title=definition.texts[language_for(definition, language)].title,
        areas=tuple(area.name(language) for area in map(job_area, sheets) if area is not None),
        wave_id=row["wave_id"],
        wave=row["wave_name"],
        since=parse_time(row["decided_at"]),
    )


def _require_coach(actor: Actor) -> None:
    if not any(may(actor, "see-shared", Administration(one)) for one in actor.coaches):
        raise NotFound("There is no such page.")
