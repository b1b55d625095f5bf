"""Every profile that somebody may see at this moment, in one query whatever the number of people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from assess.answering.loading import Row, is_finished, job_area, key_of, person, thing_of, wave_of
from assess.answering.types import Wave
from assess.audit.log import looked_at_lately, record_looks
from assess.campaigns.definitions import definition_of
from assess.language.alphabet import place_in_alphabet
from assess.profiles_seen.types import ChangeKey, SeenAs, SeenProfile
from assess.rights import Actor, Thing, may, outcome_of
from assess.rights.things import Outcome
from assess.scoring.results import Profile
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

__all__ = ["OF_LEVELS", "SeenProfile", "looked", "seen_profiles"]

OF_LEVELS: tuple[Outcome, ...] = ("levels",)


def seen_profiles(
    q: Queries,
    actor: Actor,
    now: datetime,
    *,
    subject_ids: Collection[str] | None = None,
    language: LanguageId = "en",
    newest: int | None = None,
    outcomes: Collection[Outcome] = OF_LEVELS,
) -> tuple[SeenProfile, ...]:
    """Every submitted profile with levels (or other `outcomes`) that the actor may see: about the own person,
    as who rates the person in that wave, and as a coach. Whoever has left, was erased or only tries a wave is
    not there.

    Newest wave first, then alphabetically in `language`, the manager's view first, then as it was answered.
    `subject_ids`: only about these people. `newest`: only so many waves of each person, job area and view.
    Logs nothing: whoever shows something of it to the actor calls `looked`.
    """
    wanted = None if subject_ids is None else frozenset(subject_ids)
    if wanted is not None and not wanted:
        return ()
    rows = q.views_near(
        actor_id=actor.id,
        subject_id=next(iter(wanted)) if wanted is not None and len(wanted) == 1 else None,
        now=time_text(now),
    )
    found = [
        one
        for pair in _pairs(row for row in rows if wanted is None or row["subject_id"] in wanted)
        for one in _seen_of(q, actor, pair, outcomes, now)
    ]
    kept = found if newest is None else _newest(found, newest)
    profiles = [_profile(one) for one in kept]
    alphabetical = sorted(profiles, key=lambda one: (*_place(one, language), one.person.id, one.perspective))
    return tuple(sorted(alphabetical, key=lambda one: (one.opened_at, one.wave_id), reverse=True))


def looked(store: Store, actor: Actor, seen: Iterable[SeenProfile], now: datetime) -> None:
    """Notes that the actor has looked at what others have said: each task once an hour."""
    shown = {one.task_id: one.person.id for one in seen if one.respondent_id != actor.id}
    if not shown:
        return
    with store.read() as q:
        known = looked_at_lately(q, actor_id=actor.id, action="see-profile", now=now)
    new = {task_id: person_id for task_id, person_id in shown.items() if task_id not in known}
    if new:
        with store.write() as q:
            record_looks(store, q, actor_id=actor.id, action="see-profile", about=new, now=now)


# --- what is near, and what of it may be seen ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Task:
    """One task with its rows of `views_near`, each sheet by the latest of its profiles."""

    row: Row
    sheets: Sequence[Row]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row that may be seen; its profile is read when it is known to be wanted."""

    row: Row
    wave: Wave
    seen_as: SeenAs
    for_match: bool
    shared_since: datetime | None

    @property
    def key(self) -> ChangeKey:
        return self.row["subject_id"], self.row["job_area_id"] or "", self.row["perspective"]


def _pairs(rows: Iterable[Row]) -> list[list[_Task]]:
    """The one or two views of a subject in a wave, by the same questionnaire."""
    sheets: dict[str, dict[str | None, Row]] = {}
    pairs: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in rows:
        sheets.setdefault(row["id"], {})[row["assignment_id"]] = row
        pairs.setdefault((row["wave_id"], row["content_hash"], row["subject_id"]), {})[row["id"]] = row
    return [
        [_Task(row, tuple(sheets[task_id].values())) for task_id, row in pair.items()]
        for pair in pairs.values()
    ]


def _seen_of(
    q: Queries, actor: Actor, pair: Sequence[_Task], outcomes: Collection[Outcome], now: datetime
) -> list[_Seen]:
    first = pair[0].row
    if outcome_of(definition_of(q, first["content_hash"]).questionnaire) not in outcomes:
        return []
    own = _of(pair, "self")
    shared_since = parse_time(own.row["decided_at"]) if own is not None and own.row["shared"] else None
    wave = wave_of(first, now)
    found = []
    for task in pair:
        thing = _thing(q, actor, task, pair, wave)
        if may(actor, "see-profile", thing):
            for_match = may(actor, "see-match", thing)
            found += [
                _Seen(row, wave, _seen_as(actor, thing), for_match, shared_since)
                for row in task.sheets
                if row["submitted_at"] is not None and row["profile"] is not None
            ]
    return found


def _thing(q: Queries, actor: Actor, task: _Task, pair: Sequence[_Task], wave: Wave) -> Thing:
    """What the rights need to know about one of the views."""
    own, managers = _of(pair, "self"), _of(pair, "manager")
    return replace(
        thing_of(key_of(task.row), definition_of(q, task.row["content_hash"]), wave),
        organisation_id=task.row["organisation_id"],
        manager_id=None if managers is None else managers.row["respondent_id"],
        both_finished=own is not None
        and managers is not None
        and all(is_finished(list(one.sheets), wave) for one in (own, managers)),
        shared_with=frozenset({actor.id} if own is not None and own.row["shared"] else ()),
    )


def _of(pair: Sequence[_Task], perspective: str) -> _Task | None:
    return next((one for one in pair if one.row["perspective"] == perspective), None)


def _seen_as(actor: Actor, thing: Thing) -> SeenAs:
    if actor.id == thing.subject_id:
        return "oneself"
    return "manager" if actor.id in (thing.respondent_id, thing.manager_id) else "coach"


def _newest(found: Iterable[_Seen], most: int) -> list[_Seen]:
    """Of each person, area and view so many waves; `found`: the newest first."""
    count: dict[ChangeKey, int] = {}
    kept = []
    for one in found:
        count[one.key] = count.get(one.key, 0) + 1
        if count[one.key] <= most:
            kept.append(one)
    return kept


def _profile(seen: _Seen) -> SeenProfile:
    row = seen.row
    return SeenProfile(
        person=person(row, "subject_"),
        job_area=job_area(row),
        perspective=row["perspective"],
        task_id=row["id"],
        respondent_id=row["respondent_id"],
        seen_as=seen.seen_as,
        for_match=seen.for_match,
        shared_since=seen.shared_since,
        wave_id=row["wave_id"],
        wave_name=row["wave_name"],
        opened_at=parse_time(row["opens_at"]),
        wave_is_over=seen.wave.is_over,
        content_hash=row["content_hash"],
        profile=msgspec.json.decode(row["profile"], type=Profile),
        made_at=parse_time(row["made_at"]),
    )


def _place(one: SeenProfile, language: LanguageId) -> tuple[str, str]:
    return place_in_alphabet(one.person.name, language)
