"""When somebody's e-mail address changes, whoever had letters at the old one is told: an address is what
signs its owner in, so that nobody's is changed behind the own back."""

from __future__ import annotations

from datetime import datetime

from assess.outbox.letters import ADDRESS, Letter, put
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries


def tell_old_address(
    store: Store,
    q: Queries,
    person_id: str,
    organisation_id: str,
    old: str | None,
    new: str | None,
    now: datetime,
) -> None:
    """Inside the caller's transaction: a letter to the address that was valid until now, and links that were
    sent to it sign nobody in any more. Where the address stays (capitals do not count), nothing."""
    if old is None or old.strip().lower() == (new or "").strip().lower():
        return
    q.end_sign_in_links(person_id=person_id, now=time_text(now))
    letter = Letter(
        kind="contact-changed",
        key=f"contact-changed:{person_id}:{time_text(now)}",
        person_id=person_id,
        organisation_id=organisation_id,
        parameters={ADDRESS: old},
    )
    put(store, q, letter, now)
