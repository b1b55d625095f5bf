"""What administrators see of their organisation's letters: how many, and whom none could be delivered to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from assess.disclosure.thresholds import large_enough
from assess.errors import NotAllowed, NotFound
from assess.mail.kinds import KINDS
from assess.outbox import lists
from assess.outbox.lists import Listed
from assess.people.organisation import zone_of
from assess.rights import Actor, Administration, may
from assess.settings import Settings
from assess.store import Store

MOST = 200
"""Lines of a list."""


@dataclass(frozen=True, slots=True)
class MailView:
    """`undelivered` has the kinds of letters that may be told by name; `hidden` is how many others there
    are, None when too few to say so, or none: whether there
    is one can tell of somebody with a wrong address that a reminder went, so that something is unanswered."""

    has_server: bool
    waiting: int
    sent_today: int
    """Both without reminders."""
    trouble: str | None
    """Why the one that was tried most often waits."""
    undelivered: tuple[Listed, ...]
    more: int
    """How many undelivered letters are not in the list."""
    hidden: int | None
    zone: ZoneInfo


def mail(store: Store, actor: Actor, organisation_id: str, settings: Settings, now: datetime) -> MailView:
    """The organisation's mail. Raises `NotFound` for whoever may not see it."""
    _require(actor, organisation_id)
    with store.read() as q:
        zone = zone_of(q, organisation_id, settings)
        today = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
        counts = lists.counts(q, organisation_id, today)
        waiting = lists.waiting(q, organisation_id, most=1)
        listed, _ = lists.not_delivered(q, organisation_id, most=10 * MOST)
    named = tuple(letter for letter in listed if _is_named(letter))
    others = len(listed) - len(named)
    counted: Counter[str] = Counter()
    for (kind, state), number in counts.items():
        if kind not in KINDS or KINDS[kind].is_counted:
            counted[state] += number
    return MailView(
        has_server=settings.smtp is not None,
        waiting=sum(counted.get(state, 0) for state in ("waiting", "sending")),
        sent_today=counted.get("sent", 0),
        trouble=next((letter.error for letter in waiting if letter.attempts and letter.error), None),
        undelivered=named[:MOST],
        more=max(0, len(named) - MOST),
        hidden=others if large_enough(others) else None,
        zone=zone,
    )


def try_again(store: Store, actor: Actor, organisation_id: str, letter_id: str, now: datetime) -> None:
    """Sends a letter that could not be delivered once more; the caller wakes the worker.

    Raises `NotFound` for a letter of another organisation, or one that is not told by name; `NotAllowed`
    for one that has been tried again already, or went to an address that is forgotten.
    """
    _require(actor, organisation_id)
    with store.write() as q:
        row = q.letter(id=letter_id)
        kind = None if row is None else KINDS.get(row["kind"])
        if row is None or row["organisation_id"] != organisation_id or kind is None or not kind.is_named:
            raise NotFound("There is no such letter.")
        if not lists.again(q, letter_id, organisation_id, now):
            raise NotAllowed("This letter is not one that failed.", "Look at the list again.")


def _is_named(letter: Listed) -> bool:
    kind = KINDS.get(letter.kind)
    return kind is not None and kind.is_named


def _require(actor: Actor, organisation_id: str) -> None:
    if not may(actor, "see-mail", Administration(organisation_id)):
        raise NotFound("There is no such organisation.")
