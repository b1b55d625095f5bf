"""What was agreed before, and what has become of it: for the next talk, a caseload, reminders.

Only of talks that the actor may see at this moment: after a change of manager those that the person has moved
on, and no others.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from assess.rights import Actor, may
from assess.store import Store
from assess.store.queries import Queries
from assess.talks.agreement_rows import agreements_in
from assess.talks.loading import all_talks, own_talk, talks_about
from assess.talks.types import Agreement


def earlier_agreements(
    store: Store, actor: Actor, talk_id: str, now: datetime, *, beside: Actor | None = None
) -> tuple[Agreement, ...]:
    """All agreements of the latest talk before this one that has any, with what became of them, and of older
    ones those that are still live; the newest talk first, within one the oldest first. `beside`: who looks at
    the same screen; what one of the two may not see alone is left out. Raises `NotFound`."""
    with store.read() as q:
        loaded = own_talk(q, actor, "see-talk", talk_id, now)
        about = talks_about(q, actor, loaded.thing.person_id, now)
        if beside is not None:
            theirs = {one.id for one in talks_about(q, beside, loaded.thing.person_id, now)}
            about = tuple(one for one in about if one.id in theirs)
        made = agreements_in(q, about_id=loaded.thing.person_id)
    this = (loaded.row["starts_at"], loaded.id)
    found: list[Agreement] = []
    for one in about:
        if (one.row["starts_at"], one.id) >= this or one.row["state"] == "cancelled":
            continue
        of_talk = [each for each in made if each.talk_id == one.id and each.removed_at is None]
        found += [each for each in of_talk if not found or each.is_live]
    return tuple(found)


def live_agreements(
    q: Queries, actor: Actor, person_ids: Collection[str] | None, now: datetime
) -> dict[str, tuple[Agreement, ...]]:
    """What is still to be done, by id of the person whose talk it was, of all talks that the actor may see;
    None: of everybody. With a fixed number of queries, however many people there are."""
    person_of = {
        one.id: one.thing.person_id
        for one in all_talks(q, actor, now)
        if may(actor, "see-talk", one.thing)
        and one.row["state"] != "cancelled"
        and (person_ids is None or one.thing.person_id in person_ids)
    }
    found: dict[str, list[Agreement]] = {}
    for one in agreements_in(q, of_id=actor.id):
        if one.is_live and one.talk_id in person_of:
            found.setdefault(person_of[one.talk_id], []).append(one)
    return {person_id: tuple(those) for person_id, those in found.items()}
