"""Entering organisations, units, people and job areas. Every function gives the id of what it made."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from assess.language.direction import turns
from assess.language.wording import CUSTOMER_WORDS
from assess.store import Store
from assess.store.ids import time_text
from questionnaires.definition import LanguageId

MembershipRole: TypeAlias = Literal["leader", "member"]

_NOT_IN_NAMES = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, lone surrogates, line and paragraph separators."""


def add_organisation(store: Store, name: str, *, customer: str, now: datetime) -> str:
    """`customer` is a key of `CUSTOMER_WORDS`; raises `KeyError` for another one, `ValueError` for a name
    that is none."""
    if customer not in CUSTOMER_WORDS:
        raise KeyError(customer)
    require_name(name)
    organisation_id = store.new_id(now)
    with store.write() as q:
        q.add_organisation(id=organisation_id, name=name, settings=json.dumps({"customer": customer}))
    return organisation_id


def add_unit(store: Store, organisation_id: str, name: str, *, parent_id: str | None, now: datetime) -> str:
    """A node of the organisation tree; without a parent a root. Raises `ValueError` for a name that is
    none."""
    require_name(name)
    unit_id = store.new_id(now)
    with store.write() as q:
        q.add_unit(id=unit_id, organisation_id=organisation_id, parent_id=parent_id, name=name)
    return unit_id


def add_person(
    store: Store,
    organisation_id: str,
    *,
    first_name: str,
    name: str,
    language: LanguageId,
    now: datetime,
    email: str | None = None,
    employee_number: str | None = None,
) -> str:
    """`name` is the whole name, first name included. An employee number is unique in its organisation.

    Raises `ValueError` for a name that is none.
    """
    require_name(first_name)
    require_name(name)
    person_id = store.new_id(now)
    with store.write() as q:
        q.add_person(
            id=person_id,
            organisation_id=organisation_id,
            first_name=first_name,
            name=name,
            email=email,
            employee_number=employee_number,
            language=language,
        )
    return person_id


def join_unit(store: Store, person_id: str, unit_id: str, *, role: MembershipRole, now: datetime) -> str:
    """From `now` on, until somebody ends it."""
    membership_id = store.new_id(now)
    with store.write() as q:
        q.add_membership(
            id=membership_id,
            person_id=person_id,
            unit_id=unit_id,
            role=role,
            job_role_id=None,
            starts_at=time_text(now),
            ends_at=None,
        )
    return membership_id


def add_job_area(
    store: Store, organisation_id: str, names: Mapping[LanguageId, str], *, position: int, now: datetime
) -> str:
    """A part of the job, named in at least one language; `position` orders the list that people choose
    from. Raises `ValueError` without a name, and for one that is none."""
    if not names:
        raise ValueError("a job area needs a name in at least one language")
    for name in names.values():
        require_name(name)
    job_area_id = store.new_id(now)
    with store.write() as q:
        q.add_job_area(
            id=job_area_id,
            organisation_id=organisation_id,
            names=json.dumps(dict(names), ensure_ascii=False, sort_keys=True),
            position=position,
        )
    return job_area_id


def require_name(name: str) -> None:
    """A name is one line with something to see in it: it goes into mails, file names and headers.

    Raises `ValueError` for an empty one and one with line breaks, other control characters, or signs that
    turn the direction of the text around it.
    """
    if not name.strip():
        raise ValueError("a name is empty")
    for sign in name:
        if unicodedata.category(sign) in _NOT_IN_NAMES or turns(sign):
            raise ValueError(f"a name has the control character U+{ord(sign):04X}")
