"""What every view needs and none makes itself: settings, store, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import current_app

from assess.web.seats import Seats

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

KEY = "assess"


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    store: Store
    clock: Callable[[], datetime]
    """Now, aware, UTC."""
    seats: Seats = field(default_factory=Seats)
    """Where this process does what takes long."""

    @property
    def now(self) -> datetime:
        return self.clock()


def services() -> Services:
    """The services of the application that answers this request."""
    return cast(Services, current_app.extensions[KEY])
