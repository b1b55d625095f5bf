"""Signing agreements: each signature is for one version of one agreement.

What was changed after the page was made is not signed with it. Whoever changes an agreement afterwards makes
a version that both have to sign again; what was signed before stays in the versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assess.audit.log import record
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.talks.agreement_rows import agreements_in
from assess.talks.errors import OutOfTurn
from assess.talks.letters import put_for
from assess.talks.loading import Loaded, counterpart, own_talk
from assess.talks.types import Agreement, Signed


def sign(store: Store, actor: Actor, talk_id: str, revisions: Mapping[str, int], now: datetime) -> Signed:
    """Signs what a page showed: `revisions` by id of the agreement. Signing again changes nothing.

    The other one gets a letter where there is something left to sign. Logged. Raises `NotFound` for somebody
    else's talk, `OutOfTurn` in a talk that was cancelled. An id that is none of the talk's is left out.
    """
    with store.write() as q:
        q.lock_talk(id=talk_id)
        loaded = own_talk(q, actor, "agree", talk_id, now)
        if loaded.row["state"] == "cancelled":
            raise OutOfTurn("The talk was cancelled.", "Agree in the next one.")
        shown = [one for one in agreements_in(q, talk_id=talk_id) if one.id in revisions]
        changed = tuple(one for one in shown if not _is_as_shown(one, revisions))
        as_shown = [one for one in shown if _is_as_shown(one, revisions)]
        new = [one for one in as_shown if actor.id not in one.signed_by]
        for one in new:
            q.sign_agreement(
                agreement_id=one.id, person_id=actor.id, revision=one.revision, now=time_text(now)
            )
        if new:
            _tell(store, q, actor, loaded, new, now)
        return Signed(tuple(one.id for one in as_shown), changed)


def _is_as_shown(one: Agreement, revisions: Mapping[str, int]) -> bool:
    return one.revision == revisions[one.id] and one.removed_at is None


def _tell(
    store: Store, q: Queries, actor: Actor, loaded: Loaded, signed: list[Agreement], now: datetime
) -> None:
    person_id = loaded.thing.person_id
    other_id = counterpart(q, loaded) if actor.id == person_id else person_id
    if other_id is not None and any(other_id not in one.signed_by for one in signed):
        put_for(store, q, loaded.id, "agreements-to-sign", now, to=[other_id])
    record(
        store,
        q,
        actor_id=actor.id,
        action="sign-agreement",
        object_id=loaded.id,
        about_id=person_id,
        now=now,
    )
