"""What every kind of job works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from assess.settings import Settings
from assess.store import Store

Clock: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Workplace:
    """Store, settings and clock of the worker."""

    store: Store
    settings: Settings
    clock: Clock
