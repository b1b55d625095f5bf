"""The reports of a wave about others: a manager's own ratings with what is shared, a coach's shared profiles.

A leader who does not lead a person any more gets no report about that person, unless the wave in which the
leader was asked is still open; and nobody gets one about a person who has left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from assess.answering import results
from assess.answering.loading import Row, job_area, language_for, load_task, other_view, wave_of
from assess.answering.types import Results
from assess.batches.types import Asking, Found, Item
from assess.campaigns.definitions import definition_of
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.personal_data import coaching
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import parse_time_or_none, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId


def items(asking: Asking, wave_id: str) -> Sequence[Item]:
    """Whom the actor has rated in the wave and still leads, and who shares it with the actor as a coach,
    alphabetically. Raises `NotFound` where that is nobody."""
    q, actor, language, now = asking.q, asking.actor, asking.language, asking.now
    rows = _rated_and_led(asking, wave_id)
    found = [(row["subject_name"], row["id"], _areas(q, row["id"], language)) for row in rows]
    rated = {row["subject_id"] for row in rows}
    if actor.coaches:
        found += [
            (one.person.name, profile.task_id, profile.areas)
            for one in coaching.coached_of(q, actor, language, now)
            for profile in one.profiles
            if profile.wave_id == wave_id and one.person.id not in rated
        ]
    if not found:
        raise NotFound("There is no such wave.")
    found.sort(key=lambda one: (*place_in_alphabet(one[0], language), one[1]))
    return [Item(task_id, " - ".join((name, *areas))) for name, task_id, areas in found]


def there(asking: Asking, wave_id: str) -> Collection[str]:
    """The tasks whose reports there are."""
    rows = _rated_and_led(asking, wave_id)
    rated = {row["subject_id"] for row in rows}
    shared = (
        coaching.coached_of(asking.q, asking.actor, asking.language, asking.now)
        if asking.actor.coaches
        else ()
    )
    return {row["id"] for row in rows} | {
        profile.task_id
        for one in shared
        for profile in one.profiles
        if profile.wave_id == wave_id and one.person.id not in rated
    }


def find(asking: Asking, task_id: str) -> Found | None:
    """The results of a rating of the actor's, or of a task that is shared with the actor as a coach."""
    q, actor, now = asking.q, asking.actor, asking.now
    row = q.task(id=task_id)
    if row is None or row["withdrawn_at"] is not None or not _is_here(q, row["subject_id"], now):
        return None
    spoken = language_for(definition_of(q, row["content_hash"]), asking.language)
    if row["respondent_id"] == actor.id and row["perspective"] == "manager":
        return _rated(q, row, spoken, now) if _leads(q, row, now) else None
    return _shared(q, actor, task_id, spoken, now)


def look(store: Store, actor: Actor, found: Found, now: datetime) -> None:
    """Notes whose profiles were handed out; the people see it."""
    if not isinstance(found.content, Results):
        raise TypeError("not found by this kind")
    if found.as_coach:
        coaching.note_looks(store, actor, found.content, found.seen, now)
    else:
        results.note_looks(store, found.content, now)


def about(q: Queries, wave_id: str, language: LanguageId) -> str:  # noqa: ARG001 (as every kind)
    """The name of the wave; nothing when it is gone."""
    row = q.wave(id=wave_id)
    return "" if row is None else str(row["name"])


def _rated(q: Queries, row: Row, language: LanguageId, now: datetime) -> Found | None:
    task = load_task(q, row["id"], now, language)
    found = results.results_of(q, task, now)
    if all(area.own is None for area in found.areas):
        return None
    beside = other_view(q, task.key)
    made_of = results.fingerprint(found, language)
    kept = q.document(task_id=row["id"], kind="personal-report", language=language, made_of=made_of)
    return Found(
        made_of=made_of,
        content=found,
        locks=(row["id"], *(() if beside is None else (beside["id"],))),
        kept=None if kept is None else bytes(kept["content"]),
    )


def _shared(q: Queries, actor: Actor, task_id: str, language: LanguageId, now: datetime) -> Found | None:
    try:
        found, seen = coaching.coached_results_of(q, actor, task_id, language, now)
    except NotFound:
        return None
    if all(area.own is None for area in found.areas):
        return None
    made_of = hashlib.sha256(f"coach {results.fingerprint(found, language)}".encode()).hexdigest()
    return Found(made_of=made_of, content=found, as_coach=True, locks=(task_id,), seen=seen)


def _rated_and_led(asking: Asking, wave_id: str) -> list[Row]:
    """Whom the actor has rated, as far as the actor still leads them or the wave is open."""
    q, actor, now = asking.q, asking.actor, asking.now
    rows = q.rated_in_wave(respondent_id=actor.id, wave_id=wave_id)
    led = {row["person_id"] for row in q.people_led_by(leader_id=actor.id, at=time_text(now))} if rows else ()
    return [row for row in rows if wave_of(row, now).is_open or row["subject_id"] in led]


def _leads(q: Queries, row: Row, now: datetime) -> bool:
    return wave_of(row, now).is_open or bool(
        q.is_led_by(person_id=row["subject_id"], leader_id=row["respondent_id"], at=time_text(now))
    )


def _is_here(q: Queries, person_id: str, now: datetime) -> bool:
    row = q.asker(id=person_id)
    left_at = row and parse_time_or_none(row["left_at"])
    return row is not None and row["erased_at"] is None and (left_at is None or left_at > now)


def _areas(q: Queries, task_id: str, language: LanguageId) -> tuple[str, ...]:
    found = map(job_area, (row for row in q.assignments(task_id=task_id) if row["submitted_at"] is not None))
    return tuple(area.name(language) for area in found if area is not None)
