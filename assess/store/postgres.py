"""PostgreSQL: psycopg and its pool (extra `postgres`)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from aiosql.adapters.pyformat import PyFormatAdapter

from assess.errors import SettingsError, StoreFull, StoreUnavailable

if TYPE_CHECKING:
    import psycopg
    from psycopg_pool import ConnectionPool

_STATEMENT_MS = 60_000
_POOL = 16


def require_driver() -> None:
    """Raises `SettingsError` when the extra is not installed."""
    try:
        import psycopg  # noqa: F401, PLC0415
        import psycopg_pool  # noqa: F401, PLC0415
    except ImportError as error:
        raise SettingsError(
            "PostgreSQL needs psycopg and its pool.", "Install them with: pip install 'assess[postgres]'"
        ) from error


@contextmanager
def translated() -> Iterator[None]:
    """What psycopg calls operational (no connection, no room, a lock or time limit, a deadlock) becomes
    `StoreUnavailable`; errors of the program pass."""
    import psycopg  # noqa: PLC0415

    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise StoreFull("The database is full.", "Make room, then try again.") from error
    except psycopg.OperationalError as error:
        raise StoreUnavailable("The database is busy or out of reach.", "Try again in a moment.") from error


def connect(address: str) -> psycopg.Connection[Any]:
    """A single connection in autocommit, for migrations and checks. Raises `StoreUnavailable`."""
    import psycopg  # noqa: PLC0415

    with translated():
        return psycopg.connect(address, autocommit=True)


class _DictRows(PyFormatAdapter):
    """Rows as dicts for the queries; the connection itself keeps tuples for yoyo."""

    def _cursor(self, conn: Any) -> Any:
        from psycopg.rows import dict_row  # noqa: PLC0415

        return conn.cursor(row_factory=dict_row)


class PostgresEngine:
    """Connections come from one pool in each process, opened at first use."""

    adapter = _DictRows

    def __init__(self, address: str, busy_ms: int) -> None:
        require_driver()
        self.address = address
        self.busy_ms = busy_ms
        self._pid = 0
        self._pool: ConnectionPool[psycopg.Connection[Any]] | None = None
        self._inherited: list[Any] = []
        self._opening = threading.Lock()

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[Any]:
        with translated(), self._open_pool().connection() as connection:
            # Writers lock the rows that they update first, then read: under READ COMMITTED they see
            # what the one before them has committed.
            connection.execute("BEGIN" if write else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(Exception):
                    connection.execute("ROLLBACK")
                raise

    def tables(self) -> frozenset[str]:
        with self.transaction(write=False) as connection:
            rows = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            )
            return frozenset(row[0] for row in rows)

    def free(self) -> int | None:
        return None  # the disk is the server's

    def _open_pool(self) -> ConnectionPool[psycopg.Connection[Any]]:
        from psycopg_pool import ConnectionPool  # noqa: PLC0415

        with self._opening:
            if self._pool is None or self._pid != os.getpid():
                # A pool that was inherited over a fork belongs to the parent: it is kept, never used.
                self._inherited.append(self._pool)
                self._pid = os.getpid()
                self._pool = ConnectionPool(
                    self.address,
                    min_size=0,
                    max_size=_POOL,
                    open=True,
                    timeout=self.busy_ms / 1000,
                    reconnect_timeout=self.busy_ms / 1000,
                    kwargs={"autocommit": True},
                    configure=self._configure,
                    check=ConnectionPool.check_connection,
                )
            return self._pool

    def _configure(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(
            "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)",
            (str(self.busy_ms), str(_STATEMENT_MS)),
        )

    def close(self) -> None:
        if self._pool is not None and self._pid == os.getpid():
            self._pool.close()
        self._pool = None
