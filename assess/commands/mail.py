"""`assess mail`: what waits, what failed and why, by ids; and trying it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from assess import jobs
from assess.mail.refusals import REASONS, split
from assess.outbox import lists
from assess.settings import Settings
from assess.store import open_store

Say = Callable[[str], None]


def list_letters(settings: Settings, out: Say) -> None:
    """How many letters are in each state, then a line for each that is in trouble, oldest first."""
    with open_store(settings) as store, store.read() as q:
        counts = q.count_letters_by_state()
        troubled = q.letters_in_trouble()
    if settings.smtp is None:
        out("No mail server is set (ASSESS_SMTP): letters wait.")
    out(", ".join(f"{row['letters']} {row['state']}" for row in counts) or "There are no letters.")
    for row in troubled:
        reason, code = split(row["error"] or "")
        why = REASONS.get(reason, reason or "being sent")
        answer = f" ({code})" if code else ""
        out(
            f"{row['created_at'][:16]}  {row['state']:8}  {row['kind']}  {row['id']}  "
            f"{row['attempts']} attempts: {why}{answer}"
        )


def try_all_again(settings: Settings, say: Say) -> None:
    """Every letter that failed or bounced waits again, but for those whose address was forgotten."""
    now = datetime.now(UTC)
    count = 0
    with open_store(settings) as store:
        with store.read() as q:
            rows = [row for row in q.letters_in_trouble() if row["state"] in {"failed", "bounced"}]
        for row in rows:
            with store.write() as q:
                count += lists.again(q, row["id"], row["organisation_id"], now)
    jobs.wake(settings)
    say(f"{count} letters are tried again.")
