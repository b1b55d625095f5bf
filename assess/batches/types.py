"""The values of this room. All frozen; none knows a row. Times are aware `datetime`s in UTC."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store
from assess.store.queries import Queries
from questionnaires.definition import LanguageId

BatchState: TypeAlias = Literal[
    "waiting", "running", "paused", "done", "cancelled", "deleted", "replaced", "expired"
]
OPEN: frozenset[BatchState] = frozenset({"waiting", "running", "paused"})
"""Something is left to do."""
Pause: TypeAlias = Literal["disk-full"]
"""Why nothing is made at the moment."""
Absence: TypeAlias = Literal["failed", "changed"]
"""Why a document is not in the file. "changed": the asker may not see it any more, or may see it otherwise
than it was made; never which of the two, nor why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document that is wanted: the id of the task or talk that it is about, and the name that people
    know it by, without an ending."""

    subject: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one document is to be made of, as the asker may see it at this moment.

    `made_of`: fingerprint (SHA-256, hex) of all that it depends on, what it is made by among it. `locks`:
    tasks by whose sharing it is decided. `seen`: tasks of others whose profiles are shown. `kept`: the
    document itself, where it has been made of the same before.
    """

    made_of: str
    content: object
    as_coach: bool = False
    locks: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    kept: bytes | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, inside which transaction `q`, in what language and when. What needs a transaction of its own
    may read through `store`, and writes nothing: `q` may be about to."""

    store: Store
    q: Queries
    settings: Settings
    actor: Actor
    language: LanguageId
    now: datetime


@dataclass(frozen=True, slots=True)
class BatchKind:
    """How documents of a kind are listed, found and looked at.

    `items(asking, subject)`: what there is for the actor, in the order of the file. Raises `NotFound` for a
    subject that is not the actor's. `there(asking, subject)`: the subjects of these items alone, by a number
    of queries that does not grow with them; empty where there are none. `find(asking, item)`: what a document
    is made of, by the same use cases as the page; None where the actor may not see it, whatever the reason.
    None of them notes a look: `look(store, actor, found, now)` does, when it is handed out.
    `about(q, subject, language)`: what the batch is called beside its kind.
    """

    items: Callable[[Asking, str], Sequence[Item]]
    there: Callable[[Asking, str], Collection[str]]
    find: Callable[[Asking, str], Found | None]
    look: Callable[[Store, Actor, Found, datetime], None]
    about: Callable[[Queries, str, LanguageId], str]


@dataclass(frozen=True, slots=True)
class Missing:
    """A document that is not there, by the name of its file."""

    file_name: str
    why: Absence


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as its asker sees it. `left`: whole seconds until it is done, None while nobody can say.
    `again`: how many of the missing documents could be had by making them once more."""

    id: str
    kind: str
    about: str
    language: LanguageId
    state: BatchState
    pause: Pause | None
    of: int
    done: int
    missing: tuple[Missing, ...]
    left: int | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime
    again: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def ended(self) -> int:
        """Documents of which it is known what has become of them."""
        return self.done + len(self.missing)

    @property
    def has_file(self) -> bool:
        return self.state == "done" and self.done > 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that is being made by whoever holds its lease. `attempts` counts this one: 1, 2, …"""

    id: str
    batch_id: str
    subject: str
    attempts: int
    lease_id: str
    kind: str
    language: LanguageId
    actor: Actor | None
    """Who asked, with the offices held at this moment; None for who has left."""
