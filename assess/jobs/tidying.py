"""What is done once a day: deleting what has served."""

from __future__ import annotations

from datetime import datetime, timedelta

from assess.answering.former_leaders import forget_documents
from assess.answering.sessions import ABSOLUTE, IDLE
from assess.jobs.workplace import Workplace
from assess.people.requests import REQUEST_JOB
from assess.people.tries import WITHIN
from assess.store import Store
from assess.store.ids import time_text
from assess.talks.lapsing import END_JOB, LOOK_JOB
from assess.talks.retention import delete_old
from assess.talks.timetable import AGREEMENTS_JOB

TIDY_JOB = "tidy"
_KEPT_EXPIRED = timedelta(days=30)
_KEPT_UNANSWERED = timedelta(days=1)
"""Requests for a sign-in link are addresses that somebody typed: none stays because its job failed. So with
rosters that were never applied."""
_KEPT_LETTERS = timedelta(days=365)
"""How long it is known that a letter was sent, and when."""


def tidy(place: Workplace, day: str) -> None:  # noqa: ARG001 (the subject makes it once a day)
    """Deletes sessions that are over, links that expired a month ago, tries, requests, rosters and letters
    that have served, talks that were kept long enough, reports with what was shared with somebody who no
    longer leads, and yesterday's tidying."""
    now = place.clock()
    delete_old(place.store, now)
    forget_documents(place.store, now)
    with place.store.write() as q:
        q.delete_expired_tokens(before=time_text(now - _KEPT_EXPIRED))
        q.delete_expired_sign_in_links(before=time_text(now - _KEPT_EXPIRED))
        q.delete_expired_talk_links(before=time_text(now - _KEPT_EXPIRED))
        old = {"seen_before": time_text(now - IDLE), "created_before": time_text(now - ABSOLUTE)}
        q.delete_dead_sessions(**old)
        q.delete_dead_person_sessions(**old)
        q.delete_old_tries(before=time_text(now - WITHIN))
        q.delete_old_sign_in_requests(before=time_text(now - _KEPT_UNANSWERED))
        q.delete_old_rosters(before=time_text(now - _KEPT_UNANSWERED))
        q.delete_old_letters(before=time_text(now - _KEPT_LETTERS))
        q.delete_finished_jobs(kind=REQUEST_JOB, before=time_text(now - _KEPT_UNANSWERED))
        for again in (TIDY_JOB, AGREEMENTS_JOB, LOOK_JOB, END_JOB):
            q.delete_finished_jobs(kind=again, before=time_text(now - _KEPT_EXPIRED))


def order_tidying(store: Store, now: datetime) -> None:
    """Once a day, whoever asks first."""
    with store.write() as q:
        q.enqueue_job_once(
            id=store.new_id(now), kind=TIDY_JOB, subject=now.date().isoformat(), now=time_text(now)
        )
