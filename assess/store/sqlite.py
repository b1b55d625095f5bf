"""SQLite: one factory opens every connection, and asserts what it has set."""

from __future__ import annotations

import os
import queue
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pysqlite3
from aiosql.adapters.sqlite3 import SQLite3Adapter
from sqlite_utils import Database

from assess.errors import SettingsError, StoreFull, StoreUnavailable

OLDEST = (3, 51, 3)
"""Versions before this one can lose committed data in WAL mode (the WAL-reset bug)."""

_LOCKED, _FULL = frozenset({5, 6, 15}), 13
_UNREACHABLE = frozenset({8, 10, 14})
_KEEP = 16


def require_version(version: str, allow_old: bool) -> None:
    """Raises `SettingsError` for an SQLite with the WAL-reset bug, unless the operator accepts it."""
    if not allow_old and tuple(int(part) for part in version.split(".")) < OLDEST:
        raise SettingsError(
            f"SQLite {version} can lose committed data in WAL mode (fixed in {'.'.join(map(str, OLDEST))}).",
            "Install a newer pysqlite3, or set ASSESS_ALLOW_OLD_SQLITE=yes to accept the risk.",
        )


def connect(path: Path, busy_ms: int, *, create: bool = False) -> Database:
    """The only way to open the database file.

    WAL, `synchronous=FULL`, foreign keys and the busy timeout are set and read back; so is that what is
    deleted is overwritten, or it would stay in the file and in every back-up. Autocommit, so that
    transactions begin where the code says so. Raises `SettingsError` for a file that is missing (unless
    `create`) or no database, `StoreUnavailable` when it is locked or cannot be opened.
    """
    if not create and not path.is_file():
        raise SettingsError(f"There is no database at {path}.", "Make it with: assess migrate")
    if create and not path.exists():
        with suppress(OSError):  # what is wrong with the place is told by SQLite
            path.touch(mode=0o600)  # names and answers: for the owner alone, and so are -wal and -shm
    with translated():
        connection = pysqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
            uri=True,
            timeout=busy_ms / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            database = Database(connection, recursive_triggers=False, execute_plugins=False)
            _set(database, "busy_timeout", str(busy_ms), busy_ms)
            _set(database, "journal_mode", "WAL", "wal")
            _set(database, "synchronous", "FULL", 2)
            _set(database, "foreign_keys", "ON", 1)
            _set(database, "secure_delete", "ON", 1)
        except pysqlite3.DatabaseError as error:
            connection.close()
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                raise SettingsError(f"{path} is not an SQLite database.", "Name another file.") from error
            raise
        except BaseException:
            connection.close()
            raise
    return database


def _set(database: Database, pragma: str, value: str, expected: object) -> None:
    database.execute(f"PRAGMA {pragma}={value}")
    found = database.execute(f"PRAGMA {pragma}").fetchone()[0]
    if found != expected:
        raise SettingsError(
            f"SQLite does not accept {pragma}={value}: it stays {found}.", "Use a local disk, not a share."
        )


@contextmanager
def translated() -> Iterator[None]:
    """SQLite's "locked", "full" and "cannot open" become `StoreUnavailable`; other errors pass."""
    try:
        yield
    except pysqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _LOCKED:
            raise StoreUnavailable("The database is busy.", "Try again in a moment.") from error
        if code == _FULL:
            raise StoreFull("The disk or the database is full.", "Make room, then try again.") from error
        if code in _UNREACHABLE:
            raise StoreUnavailable("The database cannot be reached.", "Check its disk and rights.") from error
        raise


class _DictRows(SQLite3Adapter):
    """Rows as dicts for the queries; the connection itself keeps tuples for sqlite-utils."""

    def _cursor(self, conn: Any) -> Any:
        cursor = conn.cursor()
        cursor.row_factory = _as_dict
        return cursor


def _as_dict(cursor: Any, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


class SqliteEngine:
    """A small pool: a connection is used by one thread at a time and never crosses a fork."""

    adapter = _DictRows

    def __init__(self, path: Path, busy_ms: int, allow_old: bool) -> None:
        require_version(pysqlite3.sqlite_version, allow_old)
        self.path = path
        self.busy_ms = busy_ms
        self._pid = os.getpid()
        self._idle: queue.LifoQueue[Database] = queue.LifoQueue(_KEEP)
        self._inherited: list[queue.LifoQueue[Database]] = []

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[Any]:
        with translated():
            database = self._take()
            connection = database.conn
            try:
                # A deferred transaction that turns into a write fails at once when another writer came
                # in between, whatever the timeout; an immediate one waits for its turn.
                connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(pysqlite3.Error):
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise
            finally:
                self._give_back(database)

    def tables(self) -> frozenset[str]:
        with translated():
            database = self._take()
            try:
                return frozenset(database.table_names())
            finally:
                self._give_back(database)

    def free(self) -> int | None:
        try:
            return shutil.disk_usage(self.path.parent).free
        except OSError:  # what is wrong with the place is told by the next transaction
            return None

    def _take(self) -> Database:
        if self._pid != os.getpid():
            # Closing an inherited connection would drop the parent's locks: it is kept, never used.
            self._inherited.append(self._idle)
            self._idle = queue.LifoQueue(_KEEP)
            self._pid = os.getpid()
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return connect(self.path, self.busy_ms)

    def _give_back(self, database: Database) -> None:
        if database.conn.in_transaction:
            database.conn.close()
            return
        try:
            self._idle.put_nowait(database)
        except queue.Full:
            database.conn.close()

    def close(self) -> None:
        while self._pid == os.getpid():
            try:
                self._idle.get_nowait().conn.close()
            except queue.Empty:
                return
