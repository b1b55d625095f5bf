"""Planning a talk, moving it, calling it off, noting that it was held; and the list of one's talks.

A talk needs no questionnaire. Who may plan one: the person's nearest manager, or a coach with whom the person
shares something. Letters are put in the same transaction; the caller wakes the worker afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from assess.answering.types import Person
from assess.audit.log import record
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.rights import Actor, Affairs, TalkWith, may
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from assess.talks import links
from assess.talks.agreement_rows import agreements_in
from assess.talks.errors import OutOfTurn
from assess.talks.letters import put_for
from assess.talks.loading import Leading, Row, all_talks, as_talk, log_look, own_talk
from assess.talks.texts import fault_of, plain
from assess.talks.types import (
    EARLIEST_HELD,
    LONGEST_PLACE,
    LONGEST_TALK,
    MOST_LETTERS,
    MOST_PLANNED,
    SHORTEST_TALK,
    Candidate,
    HolderRole,
    Talk,
    TalkFault,
    TalkField,
    TalkReason,
)
from questionnaires.definition import LanguageId

FARTHEST = timedelta(days=2 * 366)
"""How far ahead a talk is planned at most: beyond it is a slip in the year."""


def plan(
    store: Store,
    actor: Actor,
    person_id: str,
    starts_at: datetime,
    minutes: int,
    place: str,
    now: datetime,
    *,
    as_role: HolderRole,
) -> str:
    """A talk that the actor will hold with a person; gives its id. Both get a letter. Logged.

    Raises `NotFound` for somebody with whom the actor may not plan one as `as_role`, `TalkFault`: "overlap"
    where the two have planned another one at that time, so that a form sent twice makes one talk.
    """
    place = plain(place)
    with store.write() as q:
        q.lock_person(id=person_id)
        row = q.person_to_talk_with(id=person_id, now=time_text(now))
        if row is None or not may(actor, "plan-talk", _with(q, actor, row, as_role, now)):
            raise NotFound("There is no such person.")
        _require_time(q, person_id, actor.id, starts_at, minutes, place, now)
        talk_id = store.new_id(now)
        q.add_talk(
            id=talk_id,
            organisation_id=row["organisation_id"],
            person_id=person_id,
            holder_id=actor.id,
            holder_role=as_role,
            starts_at=time_text(starts_at),
            minutes=minutes,
            place=place,
            created_by=actor.id,
            now=time_text(now),
        )
        put_for(store, q, talk_id, "talk-invitation", now)
        record(
            store,
            q,
            actor_id=actor.id,
            action="plan-talk",
            object_id=talk_id,
            about_id=person_id,
            now=now,
        )
    return talk_id


def change(
    store: Store, actor: Actor, talk_id: str, starts_at: datetime, minutes: int, place: str, now: datetime
) -> None:
    """Another time or place of a planned talk; both are told. The same again changes nothing.

    Raises `NotFound`, `OutOfTurn` for a talk that was held or cancelled, `TalkFault`.
    """
    place = plain(place)
    with store.write() as q:
        # First the person, then the talk, as whoever erases does: the two never wait for each other.
        q.lock_person(id=own_talk(q, actor, "change-talk", talk_id, now).thing.person_id)
        q.lock_talk(id=talk_id)
        row = own_talk(q, actor, "change-talk", talk_id, now).row
        if row["state"] != "planned":
            raise OutOfTurn("The talk is over.", "Plan a new one.")
        if (row["starts_at"], row["minutes"], row["place"]) == (time_text(starts_at), minutes, place):
            return
        _require_time(q, row["person_id"], row["holder_id"], starts_at, minutes, place, now, talk_id)
        q.change_talk(id=talk_id, starts_at=time_text(starts_at), minutes=minutes, place=place)
        put_for(store, q, talk_id, "talk-changed", now)


def cancel(store: Store, actor: Actor, talk_id: str, now: datetime) -> None:
    """Calls a planned talk off; both are told, links in letters end. Again it changes nothing. Logged.

    Raises `NotFound`, `OutOfTurn` for a talk that was held, or in which both have signed something: it has
    taken place, and what was agreed goes on. Once it has begun whoever holds it says whether it took place.
    """
    with store.write() as q:
        q.lock_talk(id=talk_id)
        row = own_talk(q, actor, "cancel-talk", talk_id, now).row
        if row["state"] == "held":
            raise OutOfTurn("The talk was held.", "What was agreed stays.")
        if any(one.is_signed and one.removed_at is None for one in agreements_in(q, talk_id=talk_id)):
            raise OutOfTurn("Both have signed an agreement of this talk.", "Note that it was held.")
        has_begun = parse_time(row["starts_at"]) <= now
        if row["state"] == "planned" and has_begun and actor.id != row["holder_id"]:
            raise OutOfTurn("The talk has begun.", "Whoever holds it notes whether it took place.")
        if row["state"] == "planned":
            q.talk_cancelled(id=talk_id, now=time_text(now))
            links.withdraw(q, talk_id, now)
            put_for(store, q, talk_id, "talk-cancelled", now)
            record(
                store,
                q,
                actor_id=actor.id,
                action="cancel-talk",
                object_id=talk_id,
                about_id=row["person_id"],
                now=now,
            )


def hold(store: Store, actor: Actor, talk_id: str, now: datetime) -> None:
    """Notes that the talk was held; from now on nothing is prepared any more. Again it changes nothing.

    Raises `NotFound`, `OutOfTurn` for a talk that was cancelled, or is planned for another day to come.
    """
    with store.write() as q:
        q.lock_talk(id=talk_id)
        row = own_talk(q, actor, "change-talk", talk_id, now).row
        if row["state"] == "cancelled":
            raise OutOfTurn("The talk was cancelled.", "Plan a new one.")
        if row["state"] == "planned":
            if now < parse_time(row["starts_at"]) - EARLIEST_HELD:
                raise OutOfTurn("The talk is planned for a later day.", "Move it to today first.")
            q.talk_held(id=talk_id, now=time_text(now))
            links.withdraw(q, talk_id, now)


def take_back_held(store: Store, actor: Actor, talk_id: str, now: datetime) -> None:
    """The talk was noted as held by mistake: it is planned again. Again it changes nothing.

    Only before its time: afterwards it may well have been held. Raises `NotFound`, `OutOfTurn`.
    """
    with store.write() as q:
        q.lock_talk(id=talk_id)
        row = own_talk(q, actor, "change-talk", talk_id, now).row
        if row["state"] == "cancelled" or parse_time(row["starts_at"]) <= now:
            raise OutOfTurn("The talk is over.", "Plan a new one.")
        if row["state"] == "held":
            q.talk_not_held(id=talk_id)


def talk(store: Store, actor: Actor, talk_id: str, now: datetime) -> Talk:
    """One talk as the actor may see it now. A look of a coach or a new manager is logged. Raises `NotFound`,
    also for who has nothing but an own note of it."""
    with store.read() as q:
        loaded = own_talk(q, actor, "see-talk", talk_id, now)
    log_look(store, actor, loaded, now)
    return as_talk(actor, loaded, now)


def talks_of(store: Store, actor: Actor, now: datetime) -> tuple[Talk, ...]:
    """Everything about the actor, held by the actor or shown to the actor, and former talks of which there is
    an own note: the newest start first. Raises `NotFound` for who has no own affairs."""
    if not may(actor, "see-talks", Affairs(actor.id)):
        raise NotFound("There is no such page.")
    with store.read() as q:
        return tuple(as_talk(actor, loaded, now) for loaded in all_talks(q, actor, now))


def candidates(store: Store, actor: Actor, language: LanguageId, now: datetime) -> tuple[Candidate, ...]:
    """With whom the actor may plan a talk, alphabetically; as coach only whom the actor does not lead."""
    with store.read() as q:
        found = {
            row["id"]: Candidate(_person(row), "manager", bool(row["email"]))
            for row in _led(q, actor, now, Leading(q, now))
        }
        for row in q.people_coached_by(coach_id=actor.id, now=time_text(now)):
            if may(
                actor, "plan-talk", TalkWith(row["organisation_id"], row["id"], None, frozenset({actor.id}))
            ):
                found.setdefault(row["id"], Candidate(_person(row), "coach", bool(row["email"])))
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (*place_in_alphabet(one.person.name, language), one.person.id),
        )
    )


def led_people(q: Queries, actor: Actor, now: datetime, leading: Leading | None = None) -> tuple[Person, ...]:
    """Whose nearest leader the actor is now, by id. `leading`: what is known already of who leads whom."""
    return tuple(_person(row) for row in _led(q, actor, now, leading or Leading(q, now)))


def _led(q: Queries, actor: Actor, now: datetime, known: Leading) -> tuple[Row, ...]:
    return tuple(
        row
        for row in q.people_beneath(leader_id=actor.id, now=time_text(now))
        if may(
            actor,
            "plan-talk",
            TalkWith(
                row["organisation_id"],
                row["id"],
                known.leader_of(row["organisation_id"], row["id"], row["home_unit"]),
                frozenset(),
            ),
        )
    )


def _with(q: Queries, actor: Actor, row: Row, as_role: HolderRole, now: datetime) -> TalkWith:
    """The person as the rights see it for that role. Whoever leads a person is no coach of that person."""
    leader_id = Leading(q, now).leader_of(row["organisation_id"], row["id"], row["home_unit"])
    if as_role == "manager":
        return TalkWith(row["organisation_id"], row["id"], leader_id, frozenset())
    coached = {one["id"] for one in q.people_coached_by(coach_id=actor.id, now=time_text(now))}
    is_chosen = row["id"] in coached and leader_id != actor.id
    return TalkWith(row["organisation_id"], row["id"], None, frozenset({actor.id} if is_chosen else ()))


def _require_time(
    q: Queries,
    person_id: str,
    holder_id: str,
    starts_at: datetime,
    minutes: int,
    place: str,
    now: datetime,
    talk_id: str = "",
) -> None:
    faults: dict[TalkField, TalkReason] = {}
    if starts_at <= now:
        faults["starts-at"] = "past"
    elif starts_at > now + FARTHEST:
        faults["starts-at"] = "far"
    if not SHORTEST_TALK <= minutes <= LONGEST_TALK:
        faults["minutes"] = "range"
    if reason := fault_of(place, LONGEST_PLACE, lines=False):
        faults["place"] = reason
    if faults:
        raise TalkFault(faults)
    planned = q.planned_talks_of_two(person_id=person_id, holder_id=holder_id)
    if other_id := _overlapping((one for one in planned if one["id"] != talk_id), starts_at, minutes):
        raise TalkFault({"starts-at": "overlap"}, other_id)
    if not talk_id and len(planned) >= MOST_PLANNED:
        raise TalkFault({"starts-at": "many"}, planned[-1]["id"])
    since = time_text(now - timedelta(days=1))
    if q.letters_about_talks_of_two(person_id=person_id, holder_id=holder_id, since=since) >= MOST_LETTERS:
        raise TalkFault({"starts-at": "often"})


def _overlapping(planned: Iterable[Row], starts_at: datetime, minutes: int) -> str | None:
    """Id of the first planned talk with which the time overlaps; one may begin when another ends."""
    ends_at = starts_at + timedelta(minutes=minutes)
    for one in planned:
        begins = parse_time(one["starts_at"])
        if begins < ends_at and starts_at < begins + timedelta(minutes=one["minutes"]):
            return str(one["id"])
    return None


def _person(row: Row) -> Person:
    return Person(row["id"], row["first_name"], row["name"], row["language"])
