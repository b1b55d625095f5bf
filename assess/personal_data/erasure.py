"""Erasing a person (GDPR, Article 17): everything that tells who somebody is or what somebody answered.

What stays: group results as published, the log by opaque ids, and the person's id as a row without anything.
See `docs/decisions/0014-a-persons-own-data.md` for what is erased, what stays, and why.
"""

from __future__ import annotations

from datetime import datetime

from assess.answering.loading import Row, key_of, other_view
from assess.answering.ordering import order_reports, style_tasks_beside
from assess.outbox.letters import forget
from assess.personal_data.erasure_list import append, erased
from assess.personal_data.talk_erasure import erase_talks_of
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries


def erase(store: Store, settings: Settings, person_id: str, now: datetime) -> bool:
    """Erases one person; False when there is no such person or it was done before.

    The list outside the database is written first. Raises `SettingsError` where it cannot be.
    """
    with store.read() as q:
        person = q.person_to_erase(id=person_id)
    if person is None or person["erased_at"] is not None:
        return False
    append(settings, person_id, now)
    with store.write() as q:
        return erase_within(store, q, person_id, now)


def erase_within(store: Store, q: Queries, person_id: str, now: datetime) -> bool:
    """The same inside the caller's transaction, for who has written the list."""
    q.lock_person(id=person_id)
    person = q.person_to_erase(id=person_id)
    if person is None or person["erased_at"] is not None:
        return False
    for task in q.tasks_to_erase(person_id=person_id):
        _erase_task(store, q, task, person_id, now)
    q.erase_shares_with(person_id=person_id)
    erase_talks_of(q, person_id, now)
    forget(q, person_id=person_id)
    for erase_rows in (
        q.erase_batch_items_of,
        q.erase_batches_of,
        q.erase_batch_items_of_talks,
        q.erase_person_sessions,
        q.erase_sign_in_links,
        q.erase_passkeys,
        q.erase_memberships,
        q.erase_appointments,
        q.erase_grants,
    ):
        erase_rows(person_id=person_id)
    if person["email"] is not None:
        q.erase_sign_in_requests(address=person["email"].strip().lower())
    q.erase_rosters(organisation_id=person["organisation_id"])
    # One new id in all that is published: it still knows that it was the same somebody, nobody knows who.
    nobody = store.new_id(now)
    q.replace_release_member(person_id=person_id, nobody=nobody)
    q.replace_in_talk_overview(organisation_id=person["organisation_id"], person_id=person_id, nobody=nobody)
    q.erasure_requests_done(person_id=person_id, now=time_text(now))
    q.erase_person(id=person_id, now=time_text(now))
    return True


def replay(settings: Settings, store: Store, now: datetime) -> int:
    """Erases again whoever the list names and the database, restored from a back-up, still knows; gives how
    many people that were."""
    count = 0
    for person_id in dict.fromkeys(one.person_id for one in erased(settings)):
        with store.write() as q:
            count += erase_within(store, q, person_id, now)
    return count


def _erase_task(store: Store, q: Queries, task: Row, person_id: str, now: datetime) -> None:
    """A rating that the person gave as a manager is the other's data too: it stays, without the name.
    Everything else goes; the empty sheet still counts, so that no count tells whether it was answered."""
    task_id = task["id"]
    q.lock_task(id=task_id)
    key = key_of(task)
    other = other_view(q, key)
    beside = (*style_tasks_beside(q, key), *(() if other is None else (other["id"],)))
    if task["perspective"] != "manager" or task["subject_id"] == person_id:
        q.erase_answers(task_id=task_id)
        q.erase_profiles(task_id=task_id)
        q.empty_sheets(task_id=task_id, now=time_text(now))
    q.withdraw_erased_task(id=task_id, now=time_text(now))
    forget_ways_to(q, task_id)
    q.erase_shares(task_id=task_id) if task["respondent_id"] == person_id else None
    for other_id in beside:
        q.delete_documents(task_id=other_id)  # they name the person, or hold what was shared
        q.erase_batch_items(subject=other_id)
    order_reports(store, q, key, now)


def forget_ways_to(q: Queries, task_id: str) -> None:
    """Documents (also those made for somebody in a batch), links, codes and sessions of a task."""
    q.delete_documents(task_id=task_id)
    q.erase_batch_items(subject=task_id)
    q.erase_links(task_id=task_id)
    q.erase_paper_codes(task_id=task_id)
    q.erase_sessions(task_id=task_id)
