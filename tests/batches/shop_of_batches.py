"""What tests of batches share: a kind whose documents are cheap, and a lane that makes them at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from at_once import AtOnce
from cheap_pdf import pdf_of
from small_organisation import NOON

from assess.batches.types import Asking, BatchKind, Found, Item
from assess.jobs.batch_lane import BatchLane
from assess.jobs.workplace import Workplace
from reports.printing import Printing

if TYPE_CHECKING:
    from assess.rights import Actor
    from assess.settings import Settings
    from assess.store import Store
    from assess.store.queries import Queries
    from questionnaires.definition import LanguageId


@dataclass
class Clock:
    """A clock that stands until the test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@dataclass
class Numbers:
    """So many documents, named by their number. `versions`: what a document is made of now, where it is not
    the first; `hidden`: which of them the asker may not see; `looked`: which were handed out."""

    many: int
    versions: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    looked: list[str] = field(default_factory=list)

    def items(self, asking: Asking, subject: str) -> Sequence[Item]:
        return [Item(f"{number:03}", f"Number {number:03}") for number in range(self.many)]

    def there(self, asking: Asking, subject: str) -> Collection[str]:
        return {item.subject for item in self.items(asking, subject)} - self.hidden

    def find(self, asking: Asking, subject: str) -> Found | None:
        if subject in self.hidden:
            return None
        text = f"{subject} {self.versions.get(subject, 'first')}"
        return Found(made_of=hashlib.sha256(text.encode()).hexdigest(), content=text)

    def look(self, store: Store, actor: Actor, found: Found, now: datetime) -> None:
        self.looked.append(str(found.content))

    def about(self, q: Queries, subject: str, language: LanguageId) -> str:
        return subject

    @property
    def kinds(self) -> dict[str, BatchKind]:
        return {"numbers": BatchKind(self.items, self.there, self.find, self.look, self.about)}


VIEWS = {"numbers": lambda found, language, zone: found.content}


def at_once(before: Callable[[Any], None] = lambda view: None) -> AtOnce:
    """Cheap documents, made in the calling thread."""
    return AtOnce(pdf_of, before)


def lane_of(
    store: Store, settings: Settings, clock: Clock, numbers: Numbers, printing: Printing | None = None
) -> BatchLane:
    return BatchLane(
        Workplace(store, settings, clock), printing or at_once(), kinds=numbers.kinds, views=VIEWS
    )
