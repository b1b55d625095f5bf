"""Asking for a sign-in link with an address.

Whoever asks gets the same answer at the same cost, whether anybody has the address or not: a row is
written and the worker woken. The worker finds out the rest, and letters go to the address alone.
"""

from __future__ import annotations

from datetime import datetime

from assess.outbox.letters import Letter, put
from assess.people.administrators import plain_email
from assess.store import Store
from assess.store.ids import time_text
from questionnaires.definition import LanguageId

REQUEST_JOB = "sign-in-requests"
"""The kind of job that answers one request; its subject is the request's id, which tells nothing."""
LONGEST = 254
"""Characters of the longest e-mail address (RFC 5321)."""


def plain_address(given: str) -> str:
    """An address as it is counted and compared. Raises `ValueError` for what is none."""
    if len(given) > LONGEST:
        raise ValueError("an e-mail address has 254 characters at most")
    return plain_email(given)


def ask(store: Store, address: str, language: LanguageId, now: datetime) -> None:
    """Notes that somebody wants a link for this address, and orders the job that answers.

    Raises `ValueError` for what is no address. The caller has counted the try and wakes the worker.
    """
    plain = plain_address(address)
    request_id = store.new_id(now)
    with store.write() as q:
        q.add_sign_in_request(id=request_id, address=plain, language=language, now=time_text(now))
        q.enqueue_job(id=store.new_id(now), kind=REQUEST_JOB, subject=request_id, now=time_text(now))


def answer(store: Store, request_id: str, now: datetime) -> int:
    """Puts a letter for everybody who has the address and may sign in, and forgets the request; gives how
    many letters. Who has the address in several organisations gets one for each of them.

    Answering again changes nothing: the request is gone, and a letter's key is its request and person.
    """
    with store.write() as q:
        request = q.sign_in_request(id=request_id)
        if request is None:
            return 0
        people = q.people_who_may_sign_in(email=request["address"])
        for person in people:
            letter = Letter(
                kind="sign-in",
                key=f"sign-in:{request_id}:{person['id']}",
                person_id=person["id"],
                organisation_id=person["organisation_id"],
            )
            put(store, q, letter, now)
        q.delete_sign_in_request(id=request_id)
    return len(people)
