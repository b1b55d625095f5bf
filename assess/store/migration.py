"""Bringing a database up to date: one set of numbered `.sql` files for both engines, through yoyo.

Each migration and its mark are one transaction, and only one process migrates at a time; a process that
is killed in the middle leaves neither half a migration nor a lock.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pysqlite3
from yoyo import read_migrations
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.backends.core.sqlite3 import SQLiteBackend
from yoyo.connections import DatabaseURI

from assess.settings import Settings, private_folder
from assess.store import postgres, sqlite
from assess.store.queries import Queries, load
from assess.store.version import MIGRATIONS, TABLE, applied_migrations, require_not_newer

_logger = logging.getLogger(__name__)
_BUSY_MS = 30_000
_ADVISORY_LOCK = 0x_A55E55


def migrate(settings: Settings) -> tuple[str, ...]:
    """Creates the database if need be and applies what is missing; gives the ids applied, in order.

    Raises `SettingsError` for a database that is newer than this program or a SQLite that is too old,
    `StoreUnavailable` when it is locked, full or out of reach.
    """
    if settings.is_postgres:
        postgres.require_driver()
        with postgres.translated():
            return _apply(_Postgres(_address(settings.database), TABLE))
    path = Path(settings.database)
    sqlite.require_version(pysqlite3.sqlite_version, settings.allow_old_sqlite)
    private_folder(path.absolute().parent)
    with _file_lock(path), sqlite.translated():
        return _apply(_Sqlite(_address(str(path)), TABLE))


def _address(database: str) -> DatabaseURI:
    return DatabaseURI("", None, None, None, None, database, {})


def _apply(backend: Any) -> tuple[str, ...]:
    with backend:
        backend.wait_for_turn()
        backend.ensure_internal_schema_updated()
        migrations = read_migrations(str(MIGRATIONS))
        require_not_newer(applied_migrations(Queries(backend.connection, load(backend.adapter))))
        missing = backend.to_apply(migrations)
        backend.apply_migrations(missing)
        applied = tuple(migration.id for migration in missing)
    for migration_id in applied:
        _logger.info("Applied migration %s", migration_id)
    return applied


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    """One process at a time, by a lock that the operating system drops when the process dies."""
    with path.with_name(f"{path.name}.migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _OneTransaction:
    """What both backends change: a migration and its mark are stored together or not at all, and yoyo's
    lock row, which outlives a killed process, is not used."""

    adapter: Any
    begin_sql = "BEGIN"

    def wait_for_turn(self) -> None:
        """Nothing to do where a lock is held already."""

    def begin(self: Any) -> None:
        self._in_transaction = True
        self.execute(self.begin_sql)

    def lock(self, timeout: float = 10) -> AbstractContextManager[None]:  # noqa: ARG002
        return nullcontext()

    def apply_one(self: Any, migration: Any, force: bool = False, mark: bool = True) -> None:
        self.ensure_internal_schema_updated()
        with self.transaction():
            migration.process_steps(self, "apply", force=force)
            if mark:
                self.mark_one(migration, log=False)


class _Sqlite(_OneTransaction, SQLiteBackend):  # type: ignore[misc]
    driver_module = "pysqlite3"
    adapter = sqlite.SqliteEngine.adapter
    begin_sql = "BEGIN IMMEDIATE"

    def connect(self, dburi: DatabaseURI) -> Any:
        return sqlite.connect(Path(dburi.database), _BUSY_MS, create=True).conn


class _Postgres(_OneTransaction, PostgresqlPsycopgBackend):  # type: ignore[misc]
    adapter = postgres.PostgresEngine.adapter

    def connect(self, dburi: DatabaseURI) -> Any:
        return postgres.connect(dburi.database)

    def wait_for_turn(self) -> None:
        """The server drops the lock when the connection ends, however it ends."""
        self.execute("SELECT pg_advisory_lock(:key)", {"key": _ADVISORY_LOCK})
