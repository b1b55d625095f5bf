"""Appending to the access log, and reading what it says about a person or an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from assess.audit.chain import hash_before_the_chain, line_hash
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries

Recorded: TypeAlias = Literal[
    "see-profile",
    "see-match",
    "share",
    "unshare",
    "export",
    "see-report",
    "grant-administrator",
    "end-administrator",
    "sign-in",
    "register-passkey",
    "remove-passkey",
    "reset-passkeys",
    "confirm-session",
    "see-measurement",
    "see-release",
    "publish-precision",
    "withdraw-precision",
    "build-norms",
    "appoint-coach",
    "end-coach",
    "appoint-representative",
    "end-representative",
    "add-person",
    "correct-person",
    "end-person",
    "move-person",
    "end-membership",
    "import-roster",
    "correct-contact",
    "ask-erasure",
    "take-back-erasure",
    "carry-out-erasure",
    "print-cards",
    "open-card",
    "print-forms",
    "enter-paper",
    "restore",
    "create-wave",
    "change-wave",
    "test-wave",
    "stop-testing",
    "open-wave",
    "call-back-wave",
    "move-closing",
    "remind-wave",
    "close-wave",
    "archive-wave",
    "plan-talk",
    "see-talk",
    "show-talk",
    "stop-showing-talk",
    "sign-agreement",
    "cancel-talk",
    "lapse-talk",
]

OF_PEOPLE: frozenset[Recorded] = frozenset(
    {
        "see-profile",
        "see-match",
        "see-report",
        "share",
        "unshare",
        "export",
        "open-card",
        "correct-contact",
        "ask-erasure",
        "take-back-erasure",
        "plan-talk",
        "see-talk",
        "show-talk",
        "stop-showing-talk",
        "sign-agreement",
        "cancel-talk",
        "lapse-talk",
    }
)
"""What people do with their own and with each other's: told to the person whom it is about, nobody else."""

OF_THE_ORGANISATION: frozenset[Recorded] = frozenset(get_args(Recorded)) - OF_PEOPLE
"""What administrators, the operator and time do for an organisation: told to its administrators. Of sign-ins
only the administrators' own."""

LOOKS: frozenset[Recorded] = frozenset({"see-measurement", "see-release"})
"""Looks at figures of many people: the organisation's log shows them when asked."""

SAME_LOOK = timedelta(hours=1)
"""Looking again within this time is one look."""

_AFTER_ALL = "g"
"""Sorts behind every id: they are hexadecimal."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `actor_name` is None for whoever is no person (the operator), or not any more."""

    at: datetime
    actor_id: str
    actor_name: str | None
    action: Recorded
    object_id: str


def record(
    store: Store,
    q: Queries,
    *,
    actor_id: str,
    action: Recorded,
    object_id: str,
    about_id: str,
    now: datetime,
) -> None:
    """Notes that `actor_id` did `action` to `object_id`, a task that is about the person `about_id`.

    What an administrator does has another object (a person, a wave, a publication) and is about the
    organisation `about_id`. Within a transaction record last: from here until its end every other line of
    the log waits, and whoever locks rows after that can be waited for by the ones that one waits for.
    """
    head = q.take_log_number()
    number = head["number"]
    line = {
        "id": store.new_id(now),
        "at": time_text(now),
        "actor_id": actor_id,
        "action": action,
        "object_id": object_id,
        "about_id": about_id,
    }
    previous = head["hash"] if number > 1 else hash_before_the_chain(q)[0]
    reached = line_hash(previous, number, line)
    q.log_access(**line, number=number, hash=reached)
    q.move_log_head(hash=reached)


def record_looks(
    store: Store,
    q: Queries,
    *,
    actor_id: str,
    action: Recorded,
    about: Mapping[str, str],
    now: datetime,
) -> None:
    """Notes many looks of one person in one go, as `record` would one by one. `about`: what was looked at
    → whom it is about, in the order of the lines; nothing: no line."""
    if not about:
        return
    head = q.take_log_numbers(count=len(about))
    first = head["number"] - len(about) + 1
    reached = head["hash"] if first > 1 else hash_before_the_chain(q)[0]
    lines = []
    for number, (object_id, about_id) in enumerate(about.items(), first):
        line = {
            "id": store.new_id(now),
            "at": time_text(now),
            "actor_id": actor_id,
            "action": action,
            "object_id": object_id,
            "about_id": about_id,
        }
        reached = line_hash(reached, number, line)
        lines.append({**line, "number": number, "hash": reached})
    q.log_accesses(lines)
    q.move_log_head(hash=reached)


def about(store: Store, about_id: str) -> tuple[Entry, ...]:
    """What has been noted about a person, or about an organisation, oldest first."""
    with store.read() as q:
        rows = q.access_about(about_id=about_id)
    return tuple(
        Entry(parse_time(row["at"]), row["actor_id"], row["actor_name"], row["action"], row["object_id"])
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an organisation's log. `id` is where the next page begins; `actor_name` as in `Entry`;
    `object_name`: the person or wave that it was done to, where that is one and still has a name."""

    id: str
    at: datetime
    actor_id: str
    actor_name: str | None
    action: Recorded
    object_name: str | None
    object_id: str


def of_organisation(
    q: Queries, organisation_id: str, before: str | None, most: int, *, looks: bool = False
) -> tuple[Line, ...]:
    """What was done for an organisation, newest first, never who looked at whose profile.

    `before`: the `id` of a line; only older ones. `looks`: with `LOOKS` among the lines.
    Whoever calls has asked the rights for "see-log".
    """
    rows = q.log_of_organisation(
        organisation_id=organisation_id,
        actions=f",{','.join(sorted(OF_THE_ORGANISATION - (frozenset() if looks else LOOKS)))},",
        before=before or _AFTER_ALL,
        most=most,
    )
    return tuple(
        Line(
            row["id"],
            parse_time(row["at"]),
            row["actor_id"],
            row["actor_name"],
            row["action"],
            row["person_name"] or row["wave_name"],
            row["object_id"],
        )
        for row in rows
    )


def looked_at_lately(q: Queries, *, actor_id: str, action: Recorded, now: datetime) -> frozenset[str]:
    """Everything that was noted of a person within `SAME_LOOK`: looking at it again is no new look."""
    rows = q.objects_logged_since(actor_id=actor_id, action=action, since=time_text(now - SAME_LOOK))
    return frozenset(row["object_id"] for row in rows)


def is_new_look(q: Queries, *, actor_id: str, action: Recorded, object_id: str, now: datetime) -> bool:
    """Whether the same has not been noted within `SAME_LOOK`."""
    since = time_text(now - SAME_LOOK)
    return not q.logged_since(actor_id=actor_id, action=action, object_id=object_id, since=since)
