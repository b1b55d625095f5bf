"""What talks keep of a person, for the copy of the own data (GDPR, Article 15).

Working notes are in their writer's copy alone. The other's preparation is in it when both were ready, or the
talk was held: nothing that the person still writes can be influenced by it then.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from assess.personal_data.export import More
from assess.rights import Actor, may
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.talks.agreement_rows import agreements_in, version_of
from assess.talks.loading import Loaded, all_talks, as_talk
from assess.talks.preparing import decoded
from assess.talks.types import Agreement, Talk

Json = dict[str, Any]

WITHHELD_PREPARATION = "withheld until both are ready or the talk was held"
NOTES = (
    "Working notes that others may have written about talks with you are no part of this copy, whether or "
    "not there are any. You may have a right of access to them: ask your organisation, which asks their "
    "writers."
)


def export_of(q: Queries, actor: Actor, now: datetime) -> More:
    """Every talk of the actor's that the actor may see, as JSON-able values; keys in English. Of one that the
    actor sees no longer there is only the own note."""
    return More({"talks": [_talk(q, actor, loaded, now) for loaded in all_talks(q, actor, now)]}, (NOTES,))


def _talk(q: Queries, actor: Actor, loaded: Loaded, now: datetime) -> Json:
    talk = as_talk(actor, loaded, now)
    note = q.talk_note(talk_id=talk.id, person_id=actor.id)
    found: Json = {
        "you_are": talk.role,
        "person": talk.person.name,
        "holder": talk.holder.name,
        "held_as": talk.holder_role,
        "starts_at": _time(talk.starts_at),
        "my_note": note["content"] if note and note["content"] else None,
    }
    if talk.role == "former":
        return found
    found |= {
        "state": talk.state,
        "minutes": talk.minutes,
        "place": talk.place,
        "planned_at": _time(talk.created_at),
        "held_at": _time(talk.held_at),
        "cancelled_at": _time(talk.cancelled_at),
        "agreements": _agreements(q, actor, loaded),
    }
    if may(actor, "prepare-talk", loaded.thing):
        found |= _preparations(q, actor, talk)
    if may(actor, "show-talk", loaded.thing):
        found["shown_to"] = [
            {
                "to": row["with_name"],
                "as": row["role"],
                "shown": bool(row["shared"]),
                "decided_at": row["decided_at"],
            }
            for row in q.all_shares_of_talk(talk_id=talk.id)
        ]
    return found


def _preparations(q: Queries, actor: Actor, talk: Talk) -> Json:
    other_id = talk.holder.id if talk.role == "person" else talk.person.id
    # What the holder wrote is about the person: it is owed once it can influence nothing. What the person
    # wrote was for the talk: the holder has it as the page shows it, and not after a cancellation.
    if talk.role == "person":
        is_owed = talk.both_ready or talk.state == "held"
    else:
        is_owed = talk.both_ready and talk.state != "cancelled"
    return {
        "my_preparation": _preparation(q, talk.id, actor.id),
        "preparation_of_the_other": (_preparation(q, talk.id, other_id) if is_owed else WITHHELD_PREPARATION),
    }


def _preparation(q: Queries, talk_id: str, person_id: str) -> Json | None:
    row = q.talk_preparation(talk_id=talk_id, person_id=person_id)
    if row is None:
        return None
    texts: Json = msgspec.to_builtins(decoded(row["content"]))
    return texts | {"saved_at": row["saved_at"], "ready_at": row["ready_at"]}


def _agreements(q: Queries, actor: Actor, loaded: Loaded) -> list[Json]:
    """For who writes them with what they said before, and with those that were taken away."""
    found = agreements_in(q, talk_id=loaded.id)
    if may(actor, "agree", loaded.thing):
        return [_agreement(actor, one) | {"versions": _versions(q, one)} for one in found]
    return [_agreement(actor, one) for one in found if one.removed_at is None]


def _agreement(actor: Actor, one: Agreement) -> Json:
    text: Json = msgspec.to_builtins(one.text)
    return text | {
        "status": one.status,
        "status_at": _time(one.status_at),
        "made_at": _time(one.created_at),
        "taken_away_at": _time(one.removed_at),
        "signed_by_me": actor.id in one.signed_by,
        "signed_by_both": one.is_signed,
    }


def _versions(q: Queries, one: Agreement) -> list[Json]:
    return [
        {
            "text": msgspec.to_builtins(version_of(row["version"])),
            "by": row["made_name"],
            "at": row["made_at"],
        }
        for row in q.agreement_versions(agreement_id=one.id)
    ]


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)
