"""The log of an organisation as its administrators read it."""

from __future__ import annotations

from assess.audit import log
from assess.errors import NotFound
from assess.rights import Actor, Administration, may
from assess.store import Store

PAGE = 50
"""Lines on a page."""


def organisation_log(
    store: Store, actor: Actor, organisation_id: str, before: str | None = None, *, looks: bool = False
) -> tuple[tuple[log.Line, ...], str | None]:
    """Up to `PAGE` lines, newest first, and where the next page begins (None: these are the last).

    `before`: where a page begins; empty or None for the newest.
    `looks`: with looks at figures. Raises `NotFound` for whoever may not.
    """
    if not may(actor, "see-log", Administration(organisation_id)):
        raise NotFound("There is no such organisation.")
    with store.read() as q:
        found = log.of_organisation(q, organisation_id, before or None, PAGE + 1, looks=looks)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
