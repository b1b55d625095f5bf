"""Passkeys: the second factor of administrators (WebAuthn).

A passkey signs a challenge that stands in the row of the session, is used once and lives five minutes. Who
has one confirms each session with it before any page of administrators; and adds or removes passkeys only in
a session that is confirmed, so that whoever reads somebody's mail gets no further by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from assess.audit.log import Recorded, record
from assess.errors import AssessError, NotFound
from assess.people.sessions import PersonSession
from assess.rights import Administration, may
from assess.store import Store
from assess.store.ids import parse_time, time_text
from assess.store.queries import Queries
from assess.store.secret import new_secret

CHALLENGE_LIVES = timedelta(minutes=5)
LONGEST_NAME = 60
MOST = 20
"""Passkeys of one person."""


class PasskeyRefused(AssessError):
    """What a passkey said is not good: wrong, too late, said before, or somebody else's."""


class LastPasskey(AssessError):
    """The last passkey stays where administrators must have one."""


class NotConfirmed(AssessError):
    """The person has a passkey, and this session is not confirmed with it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What passkeys are tied to: the host's name, and the address as the browser sees it."""

    host: str
    origin: str
    name: str = "Assess"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it in the list. `id` removes it; it is no secret."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime


def passkeys(store: Store, session: PersonSession) -> tuple[Passkey, ...]:
    """The person's own, oldest first. Raises `NotFound` for whoever administers nothing."""
    _require_administrator(session)
    with store.read() as q:
        rows = q.passkeys_of(person_id=session.person_id)
    return tuple(
        Passkey(
            row["id"],
            row["name"],
            parse_time(row["created_at"]),
            parse_time(row["last_used_at"] or row["created_at"]),
        )
        for row in rows
    )


def must_confirm(session: PersonSession) -> bool:
    """Whether the person has a passkey that this session is not yet confirmed with."""
    return bool(session.administers and session.passkeys and session.confirmed_at is None)


def must_register(session: PersonSession, *, required: bool) -> bool:
    """Whether the person must have a passkey (`required`) and has none."""
    return bool(session.administers and required and not session.passkeys)


def offer_registration(store: Store, session: PersonSession, site: Site, now: datetime) -> str:
    """What the browser needs for making a passkey, as JSON. Raises `NotFound`, `NotConfirmed`."""
    _require_administrator(session)
    _require_confirmed(session)
    with store.write() as q:
        known = q.passkeys_of(person_id=session.person_id)
        challenge = _challenge(q, session, now)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=session.person_id.encode(),
        user_name=session.name,
        challenge=challenge.encode(),
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return options_to_json(options)


def register(
    store: Store,
    session: PersonSession,
    site: Site,
    credential: Mapping[str, Any],
    name: str,
    now: datetime,
) -> str:
    """Keeps the passkey that the browser made, and confirms this session; gives its id. Logged.

    `name` is the person's own, cut to `LONGEST_NAME`. Raises `PasskeyRefused`, `NotConfirmed`, `NotFound`.
    """
    _require_administrator(session)
    challenge = _use_challenge(store, session, now)
    try:
        made = verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge.encode(),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise _refused() from error
    passkey_id = store.new_id(now)
    with store.write() as q:
        q.lock_person(id=session.person_id)
        known = q.passkeys_of(person_id=session.person_id)
        if known and session.confirmed_at is None:  # another session was faster with the first one
            raise _not_confirmed()
        added = len(known) < MOST and q.add_passkey(
            id=passkey_id,
            person_id=session.person_id,
            credential_id=bytes_to_base64url(made.credential_id),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=name.strip()[:LONGEST_NAME] or "Passkey",
            now=time_text(now),
        )
        if not added:
            raise _refused()
        q.confirm_person_session(id=session.id, now=time_text(now))
        _log(store, q, session.person_id, "register-passkey", session.person_id, session.organisation_id, now)
    return passkey_id


def offer_confirmation(store: Store, session: PersonSession, site: Site, now: datetime) -> str:
    """What the browser needs for confirming this session, as JSON. Raises `NotFound` without a passkey."""
    _require_administrator(session)
    with store.write() as q:
        known = q.passkeys_of(person_id=session.person_id)
        if not known:
            raise NotFound("There is no passkey.")
        challenge = _challenge(q, session, now)
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge.encode(),
        allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def confirm(
    store: Store, session: PersonSession, site: Site, credential: Mapping[str, Any], now: datetime
) -> None:
    """Confirms this session with one of the person's own passkeys. Logged.

    Raises `PasskeyRefused` for anything wrong, a count of signatures that went back (a copied passkey)
    among it; the challenge is used up then too. Raises `NotFound` for whoever administers nothing.
    """
    _require_administrator(session)
    challenge = _use_challenge(store, session, now)
    with store.write() as q:
        own = {row["credential_id"]: row for row in q.passkeys_of(person_id=session.person_id)}
        row = own.get(str(credential.get("id")))
        if row is None:
            raise _refused()
        try:
            signed = verify_authentication_response(
                credential=dict(credential),
                expected_challenge=challenge.encode(),
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=bytes(row["public_key"]),
                credential_current_sign_count=row["sign_count"],
            )
        except (WebAuthnException, ValueError, TypeError, KeyError) as error:
            raise _refused() from error
        if not q.passkey_used(
            id=row["id"], before=row["sign_count"], sign_count=signed.new_sign_count, now=time_text(now)
        ):
            raise _refused()
        q.confirm_person_session(id=session.id, now=time_text(now))
        _log(store, q, session.person_id, "confirm-session", row["id"], session.organisation_id, now)


def remove(store: Store, session: PersonSession, passkey_id: str, now: datetime, *, required: bool) -> None:
    """Removes one of the person's own passkeys. Logged.

    Raises `NotFound`, `NotConfirmed`, and `LastPasskey` for the last one where passkeys are `required`.
    """
    _require_administrator(session)
    _require_confirmed(session)
    with store.write() as q:
        q.lock_person(id=session.person_id)
        known = [row["id"] for row in q.passkeys_of(person_id=session.person_id)]
        if passkey_id not in known:
            raise NotFound("There is no such passkey.")
        if required and len(known) == 1:
            raise LastPasskey("This is the last passkey.", "Register another one first.")
        q.end_passkey(id=passkey_id, person_id=session.person_id, now=time_text(now))
        _log(store, q, session.person_id, "remove-passkey", passkey_id, session.organisation_id, now)


def reset(store: Store, person_id: str, now: datetime, *, by: str) -> int:
    """Takes all passkeys from somebody who lost them, and ends the sessions; gives how many. Logged.

    For whoever runs the installation. Raises `NotFound`.
    """
    with store.write() as q:
        q.lock_person(id=person_id)
        person = q.person(id=person_id)
        if person is None:
            raise NotFound("There is no such person.")
        ended = q.end_passkeys(person_id=person_id, now=time_text(now))
        q.end_person_sessions(person_id=person_id, now=time_text(now))
        _log(store, q, by, "reset-passkeys", person_id, person["organisation_id"], now)
    return int(ended)


def _challenge(q: Queries, session: PersonSession, now: datetime) -> str:
    """A new challenge for this session; the one before is worth nothing any more."""
    challenge = new_secret()
    q.set_challenge(id=session.id, challenge=challenge, now=time_text(now))
    return challenge


def _use_challenge(store: Store, session: PersonSession, now: datetime) -> str:
    """Uses the challenge of this session up, whatever comes of it: a transaction of its own."""
    with store.write() as q:
        challenge: str | None = q.challenge_of(id=session.id, since=time_text(now - CHALLENGE_LIVES))
        if challenge is None or not q.use_challenge(id=session.id, challenge=challenge):
            raise _refused()
    return challenge


def _descriptors(rows: Sequence[Mapping[str, Any]]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row["credential_id"])) for row in rows]


def _require_administrator(session: PersonSession) -> None:
    """Raises `NotFound` for whoever does not administer the own organisation: nobody else has a use for
    passkeys."""
    if not may(session.actor, "administer", Administration(session.organisation_id)):
        raise NotFound("There are no passkeys here.")


def _require_confirmed(session: PersonSession) -> None:
    if must_confirm(session):
        raise _not_confirmed()


def _not_confirmed() -> NotConfirmed:
    return NotConfirmed("This session is not confirmed.", "Use a passkey first.")


def _refused() -> PasskeyRefused:
    return PasskeyRefused("The passkey was not accepted.", "Try again.")


def _log(
    store: Store, q: Queries, by: str, action: Recorded, object_id: str, organisation_id: str, now: datetime
) -> None:
    record(store, q, actor_id=by, action=action, object_id=object_id, about_id=organisation_id, now=now)
