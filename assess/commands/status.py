"""`assess status`: whether the service does what it should, for whoever watches it, by hand or by machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from assess import jobs
from assess.errors import AssessError
from assess.settings import Settings
from assess.store import Store, open_store
from assess.store.ids import parse_time, time_text

Say = Callable[[str], None]

SILENT = timedelta(minutes=5)
"""How long no worker may have looked; each looks every minute."""
WAITING = timedelta(hours=1)
"""How long a letter may wait."""
_SOON = timedelta(minutes=5)
"""Letters that a sender has handed back for a moment are due within so long."""


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    is_well: bool
    why: str


def print_status(settings: Settings, now: datetime, out: Say) -> bool:
    """A line for the database, the worker, letters and jobs; gives whether all is well. Nobody is named."""
    found = tuple(findings(settings, now))
    for finding in found:
        out(f"{'ok' if finding.is_well else 'WRONG':5}  {finding.what:8}  {finding.why}")
    return all(finding.is_well for finding in found)


def findings(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What is to be said; without a database that this program can use there is only that."""
    engine = "PostgreSQL" if settings.is_postgres else "SQLite"
    try:
        with open_store(settings) as store:
            yield Finding("database", True, f"{engine}, of this version.")
            yield _worker(store, now)
            yield _mail(store, settings, now)
            yield _jobs(store)
    except AssessError as error:
        yield Finding("database", False, f"{engine}: {error}")


def _worker(store: Store, now: datetime) -> Finding:
    at = jobs.last_look(store, now)
    if at is None:
        return Finding("worker", False, "None has ever looked for work: is assess work running?")
    is_well = now - at <= SILENT
    why = f"Looked for work {_ago(now - at)}."
    return Finding("worker", is_well, why if is_well else f"{why} Is assess work running?")


def _mail(store: Store, settings: Settings, now: datetime) -> Finding:
    with store.read() as q:
        waiting = q.letters_that_wait(soon=time_text(now + _SOON))
        counts = {row["state"]: row["letters"] for row in q.count_letters_by_state()}
    lost = counts.get("failed", 0) + counts.get("bounced", 0)
    parts = [f"{waiting['letters']} letters to send"]
    is_well = True
    if waiting["oldest"] is not None:
        age = now - parse_time(waiting["oldest"])
        parts[0] += f", the oldest from {_ago(age)}"
        is_well = age <= WAITING
    parts.append(f"{lost} failed or bounced" + (": assess mail" if lost else ""))
    if settings.smtp is None:
        parts.append("no mail server is set (ASSESS_SMTP)")
    return Finding("mail", is_well, f"{'; '.join(parts)}.")


def _jobs(store: Store) -> Finding:
    failed = len(jobs.failed(store))
    return Finding("jobs", not failed, f"{failed} failed: assess jobs." if failed else "None has failed.")


def _ago(time: timedelta) -> str:
    seconds = max(0, int(time.total_seconds()))
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit} ago"
    return f"{seconds} seconds ago"
