"""The demo's letters as their readers would get them. With real people nobody reads others' letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from assess.errors import NotAllowed, NotFound
from assess.mail.content import Content
from assess.mail.errors import NotWritten
from assess.mail.writing import compose, text_of
from assess.outbox import letters, lists
from assess.outbox.lists import Listed
from assess.settings import Settings
from assess.store import Store

MOST = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter written now, with links that work; `content` is None where there is nothing to write any
    more."""

    kind: str
    to: str
    content: Content | None
    text: str


def shown_letters(store: Store, settings: Settings, organisation: str) -> tuple[Listed, ...]:
    """The latest letters of the demo organisation with that name that have gone or would go: not those that
    were cancelled. Raises `NotAllowed` outside a demo."""
    _require(settings)
    with store.read() as q:
        return tuple(
            letter
            for row in q.organisations()
            if row["name"] == organisation
            for letter in lists.latest(q, row["id"], MOST)
            if letter.state != "cancelled"
        )


def show(store: Store, settings: Settings, organisation: str, letter_id: str, now: datetime) -> Shown:
    """One of them. Raises `NotAllowed` outside a demo, `NotFound` for a letter of another organisation."""
    _require(settings)
    with store.read() as q:
        letter = letters.found(q, letter_id)
        demo = {row["id"] for row in q.organisations() if row["name"] == organisation}
    if letter is None or letter.organisation_id not in demo:
        raise NotFound("There is no such letter.")
    try:
        desk, content = compose(store, settings, replace(letter, created_at=now), now)
    except NotWritten:
        return Shown(letter.kind, "", None, "")
    return Shown(letter.kind, desk.name or desk.first_name, content, text_of(content))


def _require(settings: Settings) -> None:
    if not settings.demo:
        raise NotAllowed("Letters are shown in a demo only.")
