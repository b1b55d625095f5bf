"""Who administers an organisation: granting, ending, listing. The operator does it by command.

See `docs/decisions/0009-administrators-and-local-precision.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assess.audit.log import Recorded, record
from assess.errors import NotFound
from assess.people import register
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

OPERATOR = "operator"
"""Who acts in the log when it is nobody of the organisation but whoever runs the commands."""


@dataclass(frozen=True, slots=True)
class Administrator:
    """One grant in force."""

    person_id: str
    name: str
    email: str | None
    organisation_id: str
    organisation: str
    granted_at: datetime


def grant(store: Store, person_id: str, now: datetime, *, by: str = OPERATOR) -> bool:
    """Makes a person administrator of the own organisation; False when it was so already.

    `by`: id of the person who does it. Logged. Raises `NotFound`.
    """
    with store.write() as q:
        organisation_id = _lock(q, person_id)
        added = q.grant_administrator(
            id=store.new_id(now), organisation_id=organisation_id, person_id=person_id, now=time_text(now)
        )
        if added:
            _log(store, q, by, "grant-administrator", person_id, organisation_id, now)
    return bool(added)


def revoke(store: Store, person_id: str, now: datetime, *, by: str = OPERATOR) -> bool:
    """Ends it at once: with the next request nothing is allowed any more, sessions end, and links that are
    on their way sign nobody in. False when the person was none. Logged. Raises `NotFound`."""
    with store.write() as q:
        organisation_id = _lock(q, person_id)
        ended = q.end_administrator(organisation_id=organisation_id, person_id=person_id, now=time_text(now))
        q.end_person_sessions(person_id=person_id, now=time_text(now))
        q.end_sign_in_links(person_id=person_id, now=time_text(now))
        if ended:
            _log(store, q, by, "end-administrator", person_id, organisation_id, now)
    return bool(ended)


def administrators(store: Store) -> tuple[Administrator, ...]:
    """All in force, by organisation and name."""
    with store.read() as q:
        rows = q.administrators()
    return tuple(
        Administrator(
            person_id=row["person_id"],
            name=row["name"],
            email=row["email"],
            organisation_id=row["organisation_id"],
            organisation=row["organisation"],
            granted_at=parse_time(row["granted_at"]),
        )
        for row in rows
    )


def administered_by(q: Queries, person_id: str) -> frozenset[str]:
    """Ids of the organisations that a person administers at this moment."""
    return frozenset(row["organisation_id"] for row in q.administered_by(person_id=person_id))


def people_with_email(store: Store, organisation_id: str, email: str) -> Sequence[str]:
    """Ids of the people of an organisation with this address; capitals do not count."""
    with store.read() as q:
        rows = q.people_with_email(organisation_id=organisation_id, email=plain_email(email))
    return [row["id"] for row in rows]


def enter_administrator(
    store: Store, organisation_id: str, *, name: str, email: str, language: LanguageId, now: datetime
) -> str:
    """The person with this address, entered if there is none yet, as administrator; gives the person's id.

    Raises `ValueError` for a name or an address that is none, and for an address that several people have.
    """
    plain_email(email)
    known = people_with_email(store, organisation_id, email)
    if len(known) > 1:
        raise ValueError(f"{len(known)} people have this address")
    person_id = (
        known[0]
        if known
        else register.add_person(
            store,
            organisation_id,
            first_name=name.split(maxsplit=1)[0] if name.strip() else name,
            name=name,
            language=language,
            email=email.strip(),
            now=now,
        )
    )
    grant(store, person_id, now)
    return person_id


def plain_email(email: str) -> str:
    """An address for comparing: without spaces around it, in small letters.

    Raises `ValueError` for what cannot be one: not one "@" with something on each side, spaces or signs
    that cannot be seen.
    """
    plain = email.strip()
    before, _, after = plain.partition("@")
    if not before or not after or "@" in after or not plain.isprintable() or " " in plain:
        raise ValueError("an e-mail address looks like name@example.org")
    return plain.lower()


def _lock(q: Queries, person_id: str) -> str:
    """Makes other writers about the person wait; gives the person's organisation."""
    q.lock_person(id=person_id)
    row = q.person(id=person_id)
    if row is None:
        raise NotFound("There is no such person.")
    return str(row["organisation_id"])


def _log(
    store: Store, q: Queries, by: str, action: Recorded, person_id: str, organisation_id: str, now: datetime
) -> None:
    """About the organisation: what the person may do there is no look at anything of the person's."""
    record(store, q, actor_id=by, action=action, object_id=person_id, about_id=organisation_id, now=now)
