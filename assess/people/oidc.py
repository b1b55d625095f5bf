"""Signing in by what the organisation's own sign-in (OpenID Connect) says about a person.

It is believed about one thing: that the person has an e-mail address. Nobody is entered by it; whoever is
not known, or not known for sure, is not signed in, and all of that has the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assess.errors import NotFound
from assess.people.administrators import plain_email
from assess.people.signing_in import enter
from assess.store import Store


def sign_in(store: Store, claims: Mapping[str, object], now: datetime, *, before: str | None = None) -> str:
    """A new session for the one person with the verified address of `claims`; gives its secret. Logged.

    `before` as in `signing_in.sign_in`. Raises `NotFound` without an address, with one that is not verified
    (`email_verified` must be true itself, no text), that nobody has who may sign in, or that several have:
    which of them it is only a mailed link can tell.
    """
    address = claims.get("email")
    if not isinstance(address, str) or claims.get("email_verified") is not True:
        raise _not_found()
    try:
        plain = plain_email(address)
    except ValueError as error:
        raise _not_found() from error
    with store.write() as q:
        people = q.people_who_may_sign_in(email=plain)
        if len(people) != 1:
            raise _not_found()
        return enter(store, q, people[0], now, before)


def _not_found() -> NotFound:
    return NotFound("There is nobody to sign in.", "Ask for a link by mail.")
