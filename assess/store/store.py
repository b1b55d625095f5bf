"""The store: transactions and named queries on whichever engine the settings name."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from assess.errors import SettingsError
from assess.settings import Settings
from assess.store import ids
from assess.store.engine import Engine
from assess.store.postgres import PostgresEngine
from assess.store.queries import Queries, load
from assess.store.sqlite import SqliteEngine
from assess.store.version import TABLE, applied_migrations, require_current

RESTORING = "restoring"
"""A table that is there while a PostgreSQL database is restored, and no longer."""
BUSY_MS = 5_000
"""How long a transaction waits for another one before `StoreUnavailable`, in milliseconds."""


class Store:
    """An open database. Safe for threads; a forked child opens its own connections."""

    def __init__(self, engine: Engine, entropy: Callable[[int], bytes]) -> None:
        self.engine = engine
        self._queries = load(engine.adapter)
        self._entropy = entropy

    @contextmanager
    def read(self) -> Iterator[Queries]:
        """Queries on one snapshot. Raises `StoreUnavailable`."""
        with self.engine.transaction(write=False) as connection:
            yield Queries(connection, self._queries)

    @contextmanager
    def write(self) -> Iterator[Queries]:
        """Queries that are stored together or not at all. Keep it short: on SQLite others wait.

        On PostgreSQL a block that decides by what it reads must first update (or `lock_…`) the row that
        it decides about. Raises `StoreUnavailable`.
        """
        with self.engine.transaction(write=True) as connection:
            yield Queries(connection, self._queries)

    def new_id(self, now: datetime) -> str:
        """A fresh time-sortable id. Not a secret."""
        return ids.new_id(now, self._entropy)

    def new_seed(self) -> int:
        """A fresh seed, 0 to 2³¹ − 1. Not a secret."""
        return ids.new_seed(self._entropy)

    def close(self) -> None:
        self.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_engine(settings: Settings, busy_ms: int = BUSY_MS) -> Engine:
    """The engine that the settings name; nothing is read yet. Raises `SettingsError`."""
    if settings.is_postgres:
        return PostgresEngine(settings.database, busy_ms)
    return SqliteEngine(Path(settings.database), busy_ms, settings.allow_old_sqlite)


def open_store(
    settings: Settings,
    *,
    busy_ms: int = BUSY_MS,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
    restoring: bool = False,
) -> Store:
    """The store of the settings. Migrates nothing.

    `entropy` makes ids and seeds (never secrets); pass a seeded one to get the same ones again.
    `restoring`: the caller is the restore that has not come to its end.
    Raises `SettingsError` when the database is missing, older or newer than this program, restored only in
    part, or the SQLite library too old; `StoreUnavailable` when it cannot be reached.
    """
    store = Store(open_engine(settings, busy_ms), entropy)
    try:
        tables = store.engine.tables()
        if RESTORING in tables and not restoring:
            raise SettingsError(
                "The database was not restored to the end: people who were erased may still be in it.",
                "Repeat assess restore, with --force.",
            )
        if TABLE not in tables:
            raise SettingsError("The database is empty.", "Make its tables with: assess migrate")
        with store.read() as q:
            require_current(applied_migrations(q))
    except BaseException:
        store.close()
        raise
    return store
