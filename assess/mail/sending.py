"""Sending what is due: a job that takes letters one by one, each under its own lease.

A letter is handed over at least once. Twice it can go only when a sender dies, or loses the connection,
between the server's "250" and our own mark; it has the same Message-ID then. See `docs/mail.md`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from assess.mail.connection import TIMEOUT, Connection, Refused
from assess.mail.errors import NotWanted, NoWay, TooEarly
from assess.mail.writing import write
from assess.outbox import letters
from assess.outbox.letters import SEND_JOB, Taken
from assess.settings import Settings
from assess.store import Store
from assess.store.ids import time_text

_logger = logging.getLogger(__name__)

BATCH = 100
"""Letters of one run: other jobs take their turn, and many servers end a connection after about as many."""
_LONGEST_RUN = timedelta(minutes=1)
_TROUBLES = 2
"""So many times in a row without a connection, and the run is over: the next minute tries again."""


class Place(Protocol):
    """What sending works with: `assess.jobs.Workplace`."""

    @property
    def store(self) -> Store: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...


@dataclass(slots=True)
class Run:
    """What a run has done. `stopped`: the server is out of reach, or does not let us in."""

    sent: int = 0
    others: int = 0
    troubles: int = 0
    stopped: bool = False


def send_mail(place: Place, _subject: str) -> None:
    """The job: a batch of letters; orders itself again while more are due."""
    run = send_due(place)
    now = place.clock()
    with place.store.write() as q:
        if not run.stopped and place.settings.smtp is not None and q.is_letter_due(now=time_text(now)):
            q.enqueue_job(id=place.store.new_id(now), kind=SEND_JOB, subject="", now=time_text(now))


def order_sending(store: Store, now: datetime) -> None:
    """Every minute: a job when a letter is due, or has lost its sender."""
    at = time_text(now)
    with store.read() as q:
        is_due = q.is_letter_due(now=at) or q.is_letter_abandoned(now=at)
    if is_due:
        with store.write() as q:
            q.enqueue_job(id=store.new_id(now), kind=SEND_JOB, subject="", now=at)


def send_due(place: Place, *, most: int = BATCH, timeout: float = TIMEOUT) -> Run:
    """Sends up to `most` letters over one connection; without a mail server none.

    A server that is silent for `timeout` seconds, or gone, ends the run; its letter waits.
    """
    run = Run()
    if place.settings.smtp is None:
        return run
    began = place.clock()
    letters.take_up_abandoned(place.store, began)
    connection = Connection(place.settings, timeout)
    try:
        while run.sent + run.others < most and place.clock() - began < _LONGEST_RUN and not run.stopped:
            letter = letters.take(place.store, place.clock())
            if letter is None:
                break
            _send(place, connection, letter, run)
    finally:
        connection.close()
    return run


def _send(place: Place, connection: Connection, letter: Taken, run: Run) -> None:
    """One letter, to whatever end it comes."""
    store = place.store
    try:
        connection.ready()
        connection.send(write(store, place.settings, letter, place.clock()))
    except Refused as error:
        _refused(place, letter, error, run)
        return
    except TooEarly as early:
        letters.hand_back(store, letter, early.until)
        what = "too early"
    except NotWanted as reason:
        letters.cancelled(store, letter, reason.reason, place.clock())
        what = reason.reason
    except NoWay as reason:
        is_address = reason.reason == "bad-address"
        letters.failed(store, letter, reason.reason, place.clock(), bounced=is_address)
        what = reason.reason
    except Exception as error:  # one letter that cannot be written must not hold up the others
        letters.put_back(store, letter, "unwritable", place.clock())
        _tell(letter, "letter not written", "unwritable", logging.ERROR, error)
        run.others += 1
        return
    else:
        letters.sent(store, letter, place.clock())
        run.sent += 1
        run.troubles = 0
        _tell(letter, "letter sent")
        return
    run.others += 1
    _tell(letter, "letter not sent", what)


def _refused(place: Place, letter: Taken, error: Refused, run: Run) -> None:
    refusal, now = error.refusal, place.clock()
    if refusal.outcome == "later":
        letters.put_back(place.store, letter, refusal.error, now)
    else:
        letters.failed(place.store, letter, refusal.error, now, bounced=refusal.outcome == "bounced")
    run.others += 1
    run.troubles = run.troubles + 1 if refusal.is_ours else 0
    is_silent = isinstance(error.__cause__, TimeoutError)
    run.stopped = is_silent or run.troubles >= _TROUBLES
    _tell(letter, "letter refused", refusal.error, logging.WARNING if refusal.is_ours else logging.INFO)


def _tell(
    letter: Taken, event: str, why: str = "", level: int = logging.INFO, error: Exception | None = None
) -> None:
    """A line of the log: ids and kinds, never an address, a name or a word of the letter."""
    fields = {"letter": letter.id, "kind": letter.kind, "attempt": letter.attempts}
    _logger.log(level, event, extra={"fields": fields | ({"why": why} if why else {})}, exc_info=error)
