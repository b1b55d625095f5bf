"""Planned talks that the two can no longer hold: the clock calls them off, so that no calendar keeps them.

Not at once: a wrong row of a roster must not write to everybody. A talk is called off when it could not be
held a day ago, at every look since, and still cannot; whoever is put back within that day notices nothing.
Since when is known from the job that waits for that day: nothing else keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias, cast

from assess.audit.log import record
from assess.campaigns.campaigns import CLOCK
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.talks import links
from assess.talks.agreement_rows import agreements_in
from assess.talks.letters import put_for
from assess.talks.loading import Loaded, talk_to_come, talks_to_come
from assess.talks.types import Talk

Reason: TypeAlias = Literal["person-left", "holder-left", "not-led", "no-coach", "leads", "not-shown"]
"""Why the two cannot hold it. not-led: the manager leads that person no longer. no-coach: whoever was to hold
it is coach no longer. leads: the coach has come to lead the person. not-shown: the person shows it to the
coach no longer; that is told to nobody but the person."""

AFTER = timedelta(hours=24)
"""How long it must have been so."""
LOOK_JOB, END_JOB = "look-for-lapsed-talks", "end-lapsed-talk"
"""Kinds of jobs: the hour's look, and a talk that is called off unless it can be held again by then."""


class Place(Protocol):
    """What the jobs work with: `assess.jobs.Workplace`."""

    @property
    def store(self) -> Store: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...


def due(store: Store, now: datetime) -> None:
    """Every minute: orders the look of the hour; cheap and idempotent."""
    hour = f"{now:%Y-%m-%dT%H}"
    with store.read() as q:
        is_ordered = q.job_of(kind=LOOK_JOB, subject=hour) is not None
    if not is_ordered:
        with store.write() as q:
            q.enqueue_job_once(id=store.new_id(now), kind=LOOK_JOB, subject=hour, now=time_text(now))


def look(place: Place, _hour: str) -> None:
    """The job: talks that cannot be held are noted for a day later, and those that can be again no longer. Of
    those that were cancelled because their holder was erased the person is told now."""
    store, now = place.store, place.clock()
    with store.read() as q:
        of_erased = q.talks_of_erased_holders(now=time_text(now))
        lapsed = {one.id for one in talks_to_come(q, now) if reason_of(one) is not None}
        noted = {row["subject"] for row in q.waiting_jobs(kind=END_JOB)}
    for row in of_erased:
        with store.write() as q:
            _tell(store, q, row["id"], row["person_id"], "holder-left", now, to=[row["person_id"]])
    if lapsed == noted:
        return
    with store.write() as q:
        for talk_id in sorted(noted - lapsed):
            q.forget_waiting_job(kind=END_JOB, subject=talk_id)
        for talk_id in sorted(lapsed - noted):
            q.enqueue_job_for(
                id=store.new_id(now),
                kind=END_JOB,
                subject=talk_id,
                due_at=time_text(now + AFTER),
                now=time_text(now),
            )


def end(place: Place, talk_id: str) -> None:
    """The job: calls the talk off if it still cannot be held and has not begun. Letters with the reason to
    each of the two who is here, links end; logged. Again it changes nothing.

    A talk in which something is agreed is left to the two: it has begun before its time, and what is agreed
    goes on.
    """
    store, now = place.store, place.clock()
    with store.write() as q:
        q.lock_talk(id=talk_id)
        loaded = talk_to_come(q, talk_id, now)
        reason = None if loaded is None else reason_of(loaded)
        if loaded is None or reason is None or _is_agreed(q, talk_id):
            return
        q.talk_cancelled(id=talk_id, now=time_text(now))
        links.withdraw(q, talk_id, now)
        _tell(store, q, talk_id, loaded.thing.person_id, reason, now)


def reason_of(loaded: Loaded) -> Reason | None:
    """Why the two can no longer hold it; None: they can."""
    row = loaded.row
    if loaded.thing.holder_id is not None:
        return None
    if row["holder_role"] == "coach" and row["holder_shut_out"]:
        return "not-shown"  # whatever has happened since: a coach who was shut out learns it no more
    if not row["is_here"]:
        return "person-left"
    if not row["holder_is_here"]:
        return "holder-left"
    if row["holder_role"] == "manager":
        return "not-led"
    return "leads" if loaded.leader_id == row["holder_id"] else "no-coach"


def why_lapsed(store: Store, talk: Talk) -> Reason | None:
    """Why the clock called a talk off, for the person whom it is about; None for anybody else, and for a talk
    that one of the two cancelled or that goes on."""
    if talk.role != "person" or talk.state != "cancelled":
        return None
    with store.read() as q:
        found = q.why_talk_lapsed(talk_id=talk.id, person_id=talk.person.id)
    return None if found is None else cast("Reason", str(found).partition(" ")[2])


def _tell(
    store: Store,
    q: Queries,
    talk_id: str,
    person_id: str,
    reason: Reason,
    now: datetime,
    *,
    to: Collection[str] | None = None,
) -> None:
    """Letters, to both or to some, and the line in the log of the person whom the talk is about."""
    put_for(store, q, talk_id, "talk-cancelled", now, to=to, why=reason)
    record(
        store,
        q,
        actor_id=CLOCK,
        action="lapse-talk",
        object_id=f"{talk_id} {reason}",
        about_id=person_id,
        now=now,
    )


def _is_agreed(q: Queries, talk_id: str) -> bool:
    return any(one.removed_at is None for one in agreements_in(q, talk_id=talk_id))
