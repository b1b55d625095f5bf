"""Background work. The database is the truth: a job is a row with a lease; huey only wakes the worker.

A worker that is killed leaves its lease behind; when that has run out, another one takes the job again.
Every kind of job is idempotent. A job that fails `MAX_ATTEMPTS` times stays, listed by `assess jobs`.
"""

import assess.one_thread  # noqa: F401 (before NumPy)
from assess.jobs.kinds import EVERY_MINUTE, KINDS
from assess.jobs.looking import is_at_work, last_look
from assess.jobs.running import LEASE, MAX_ATTEMPTS, FailedJob, failed, run_due, try_again
from assess.jobs.tidying import order_tidying, tidy
from assess.jobs.waking import close_queues, run_worker, wake, work_once
from assess.jobs.workplace import Clock, Workplace

__all__ = [
    "EVERY_MINUTE",
    "KINDS",
    "LEASE",
    "MAX_ATTEMPTS",
    "Clock",
    "FailedJob",
    "Workplace",
    "close_queues",
    "failed",
    "is_at_work",
    "last_look",
    "order_tidying",
    "run_due",
    "run_worker",
    "tidy",
    "try_again",
    "wake",
    "work_once",
]
