"""The briefs of the talks that somebody holds and that are planned, of all own units or of one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import msgspec

from assess.batches.types import Asking, Found, Item
from assess.errors import NotFound
from assess.language.alphabet import place_in_alphabet
from assess.made_by import made_by
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries
from assess.talks.brief import brief_to_print, looked_at
from assess.talks.brief_types import TalkBrief
from assess.talks.talks import talks_of
from assess.talks.types import Talk
from questionnaires.definition import LanguageId


def items(asking: Asking, unit_id: str) -> Sequence[Item]:
    """The open briefs of the actor's planned talks, alphabetically; without a unit of all. Raises `NotFound`
    where there is none, and for a unit that the actor does not lead."""
    found = _open_talks(asking, unit_id)
    if not found:
        raise NotFound("There is no such talk.")
    found.sort(key=lambda one: (*place_in_alphabet(one.person.name, asking.language), one.starts_at, one.id))
    return [
        Item(
            one.id,
            f"{one.person.name} - {one.starts_at.astimezone(asking.settings.time_zone).date().isoformat()}",
        )
        for one in found
    ]


def there(asking: Asking, unit_id: str) -> Collection[str]:
    """The talks whose briefs there are."""
    return {one.id for one in _open_talks(asking, unit_id)}


def find(asking: Asking, talk_id: str) -> Found | None:
    """The brief as who holds the talk may read it now; None where the actor holds it no more."""
    try:
        found = brief_to_print(
            asking.store, asking.settings, asking.actor, talk_id, asking.language, asking.now
        )
    except NotFound:
        return None
    return Found(made_of=fingerprint(found, asking.language), content=found)


def look(store: Store, actor: Actor, found: Found, now: datetime) -> None:
    """Notes whose profiles were handed out."""
    if not isinstance(found.content, TalkBrief):
        raise TypeError("not found by this kind")
    looked_at(store, actor, found.content, now)


def about(q: Queries, unit_id: str, language: LanguageId) -> str:  # noqa: ARG001 (as every kind)
    """The name of the unit; nothing for all."""
    row = q.name_of_unit(id=unit_id) if unit_id else None
    return "" if row is None else str(row["name"])


def fingerprint(found: TalkBrief, language: LanguageId) -> str:
    """SHA-256 (hex) of all that the document depends on, but for the day: a brief of yesterday is the same
    brief."""
    parts = (made_by(), language, _plain(found))
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic", enc_hook=str)).hexdigest()


def _open_talks(asking: Asking, unit_id: str) -> list[Talk]:
    found = [
        one
        for one in talks_of(asking.store, asking.actor, asking.now)
        if one.role == "holder" and one.state == "planned" and one.is_open
    ]
    if not unit_id:
        return found
    rows = asking.q.members_of_led_unit(unit_id=unit_id, leader_id=asking.actor.id, at=time_text(asking.now))
    within = {row["person_id"] for row in rows}
    return [one for one in found if one.person.id in within]


def _plain(value: Any) -> Any:
    """Values as JSON has them; a questionnaire by its hash alone, which stands beside it."""
    if is_dataclass(value) and not isinstance(value, type):
        left_out = {"definition", *(("today",) if isinstance(value, TalkBrief) else ())}
        names = [one.name for one in fields(value) if one.name not in left_out]
        return [type(value).__name__, [(name, _plain(getattr(value, name))) for name in names]]
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(one)) for key, one in value.items())
    return sorted(map(str, value)) if isinstance(value, frozenset) else value
