"""A coach's people: next talks, who has prepared, what was agreed, what has changed between waves.

Exactly those who, at this moment, share a profile or a talk with the coach or have one that the coach holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assess.answering.types import Person
from assess.campaigns.definitions import definition_of
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.personal_data.coaching import CoachedProfile, coached_of
from assess.profiles_seen.changing import changes_of
from assess.profiles_seen.loading import looked, seen_profiles
from assess.profiles_seen.types import AreaChange
from assess.rights import Actor
from assess.store import Store
from assess.store.queries import Queries
from assess.talks.loading import all_talks, as_talk
from assess.talks.types import LIVE, Talk
from questionnaires.definition import Definition, LanguageId


@dataclass(frozen=True, slots=True)
class CaseChange:
    """The newest profile of an area and a view against the one of the wave before."""

    change: AreaChange
    definition: Definition
    """Of the later one."""
    customer: str
    """The word of the coach's organisation for those whom its work is for."""


@dataclass(frozen=True, slots=True)
class CasePerson:
    """One person as the coach may see her or him now."""

    person: Person
    profiles: tuple[CoachedProfile, ...]
    """What the person shares; newest wave first."""
    talks: tuple[Talk, ...]
    """Which the coach holds or is shown; newest start first."""
    next_talk: Talk | None
    """The planned one that is next, or goes on now."""
    to_note: tuple[Talk, ...]
    """The coach's own whose time is over, and of which nobody has said that they were held."""
    agreements: int
    """Live ones of these talks."""
    overdue: int
    changes: tuple[CaseChange, ...]
    """By job area, the person's own view first."""


def caseload(
    store: Store, actor: Actor, language: LanguageId, now: datetime, today: date
) -> tuple[CasePerson, ...]:
    """Everybody, alphabetically; `today` where the organisation is. That profiles were looked at is logged
    only where the list says of them whether something has changed, and not where that cannot be told. Raises
    `NotFound` for who is no coach."""
    with store.read() as q:
        found = _cases(q, actor, language, now, today)
    _log(store, actor, (one for case in found for one in case.changes if _has_verdict(one)), now)
    return found


def case(
    store: Store, actor: Actor, person_id: str, language: LanguageId, now: datetime, today: date
) -> CasePerson:
    """One of them, with the figures of every change, which is logged. Raises `NotFound` for who is no coach,
    and for everybody else's person."""
    with store.read() as q:
        found = tuple(
            one
            for one in _cases(q, actor, language, now, today, only=person_id)
            if one.person.id == person_id
        )
    if not found:
        raise NotFound("There is no such person.")
    _log(store, actor, (one for one in found[0].changes if one.change.change is not None), now)
    return found[0]


def _cases(
    q: Queries,
    actor: Actor,
    language: LanguageId,
    now: datetime,
    today: date,
    only: str | None = None,
) -> tuple[CasePerson, ...]:
    coached = {one.person.id: one for one in coached_of(q, actor, language, now)}
    talks = _talks(q, actor, now)
    people = {one.person.id: one.person for one in coached.values()}
    people |= {one.person.id: one.person for one in talks}
    if only is not None:
        people = {id_: one for id_, one in people.items() if id_ == only}
    changes = _changes(q, actor, people, now, language)
    due = _agreements(q, actor, talks)
    found = [
        _case(
            one,
            coached[one.id].profiles if one.id in coached else (),
            tuple(talk for talk in talks if talk.person.id == one.id),
            due,
            changes.get(one.id, ()),
            now,
            today,
        )
        for one in people.values()
    ]
    return tuple(
        sorted(found, key=lambda one: (*place_in_alphabet(one.person.name, language), one.person.id))
    )


def _case(
    person: Person,
    profiles: tuple[CoachedProfile, ...],
    talks: tuple[Talk, ...],
    due: Mapping[str, tuple[str | None, ...]],
    changes: tuple[CaseChange, ...],
    now: datetime,
    today: date,
) -> CasePerson:
    planned = sorted((one for one in talks if one.state == "planned"), key=lambda one: one.starts_at)
    coming = [one for one in planned if _ends_at(one) > now]
    dates = [day for talk in talks for day in due.get(talk.id, ())]
    return CasePerson(
        person=person,
        profiles=profiles,
        talks=talks,
        next_talk=coming[0] if coming else None,
        to_note=tuple(one for one in planned if _ends_at(one) <= now and one.role == "holder"),
        agreements=len(dates),
        overdue=sum(day is not None and day < today.isoformat() for day in dates),
        changes=changes,
    )


def _talks(q: Queries, actor: Actor, now: datetime) -> tuple[Talk, ...]:
    """Those that the actor has to do with as a coach."""
    found = (as_talk(actor, loaded, now) for loaded in all_talks(q, actor, now))
    return tuple(
        one for one in found if one.role == "coach" or (one.role == "holder" and one.holder_role == "coach")
    )


def _agreements(q: Queries, actor: Actor, talks: Iterable[Talk]) -> dict[str, tuple[str | None, ...]]:
    """Dates (or None) of the live agreements by talk, of the talks that the actor sees."""
    seen = {one.id for one in talks if one.state != "cancelled"}
    found: dict[str, tuple[str | None, ...]] = {}
    for row in q.agreements_of_talks(talk_id="", about_id="", of_id=actor.id):
        if row["talk_id"] in seen and row["status"] in LIVE and row["removed_at"] is None:
            found[row["talk_id"]] = (*found.get(row["talk_id"], ()), row["due_on"])
    return found


def _changes(
    q: Queries, actor: Actor, people: Mapping[str, Person], now: datetime, language: LanguageId
) -> dict[str, tuple[CaseChange, ...]]:
    """By person. What the actor sees for another reason than as a coach does not belong here."""
    seen = [
        one
        for one in seen_profiles(q, actor, now, subject_ids=people.keys(), language=language)
        if one.seen_as == "coach"
    ]
    found: dict[str, list[AreaChange]] = {}
    for change in changes_of(seen).values():
        found.setdefault(change.later.person.id, []).append(change)
    row = q.organisation(id=actor.organisation_id)
    customer = json.loads(row["settings"])["customer"] if row else "customer"
    return {
        person_id: tuple(
            CaseChange(one, definition_of(q, one.later.content_hash), customer)
            for one in sorted(changes, key=lambda one: _place(one, language))
        )
        for person_id, changes in found.items()
    }


def _place(change: AreaChange, language: LanguageId) -> tuple[str, str, bool]:
    area = change.later.job_area
    return *place_in_alphabet(
        area.name(language) if area else "", language
    ), change.later.perspective != "self"


def _ends_at(talk: Talk) -> datetime:
    return talk.starts_at + timedelta(minutes=talk.minutes)


def _has_verdict(found: CaseChange) -> bool:
    change = found.change.change
    return change is not None and any(scale.verdict for scale in change.scales)


def _log(store: Store, actor: Actor, shown: Iterable[CaseChange], now: datetime) -> None:
    looked(store, actor, [seen for one in shown for seen in (one.change.earlier, one.change.later)], now)
