"""Every profile that somebody may see at this moment, in one query whatever the number of people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from assess.answering.loading import Row, job_area, person
from assess.answering.types import Wave
from assess.answering.views import Pair, near_pairs
from assess.audit.log import looked_at_lately, record_looks
from assess.language.alphabet import place_in_alphabet
from assess.profiles_seen.types import ChangeKey, SeenAs, SeenProfile
from assess.rights import Actor, Thing, may, outcome_of
from assess.rights.things import Outcome
from assess.scoring.results import Profile
from assess.store import Store
from assess.store.ids import parse_time
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
    only = next(iter(wanted)) if wanted is not None and len(wanted) == 1 else None
    found = [
        one
        for pair in near_pairs(q, actor.id, now, only)
        if outcome_of(pair.definition.questionnaire) in outcomes
        for one in _seen_of(actor, pair)
        if wanted is None or one.row["subject_id"] in wanted
    ]
    kept = found if newest is None else _newest(found, newest)
    profiles = [_profile(one) for one in kept]
    places = {name: place_in_alphabet(name, language) for name in {one.person.name for one in profiles}}
    alphabetical = sorted(
        profiles, key=lambda one: (*places[one.person.name], one.person.id, one.perspective)
    )
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


# --- what of it may be seen ------------------------------------------------------------------------


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


def _seen_of(actor: Actor, pair: Pair) -> list[_Seen]:
    found = []
    for view in pair.views:
        thing = pair.thing(view, actor.id)
        if may(actor, "see-profile", thing):
            for_match = may(actor, "see-match", thing)
            found += [
                _Seen(row, pair.wave, _seen_as(actor, thing), for_match, pair.shared_since)
                for row in view.profiles
            ]
    return found


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
