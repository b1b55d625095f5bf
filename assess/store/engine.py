"""What a store needs of an engine: transactions on pooled connections. Implemented twice."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol


class Engine(Protocol):
    """One database, opened.

    `transaction(write)` gives a connection inside a transaction: committed at the end of the block,
    rolled back by any exception. A write transaction holds its place in the queue from the beginning
    (SQLite) or locks the rows that it updates (PostgreSQL); a read transaction sees one snapshot.
    Safe for threads and across a fork. Raises `StoreUnavailable` when the database is locked for longer
    than the time allowed, full or out of reach; nothing of the block is stored then.
    """

    adapter: Any
    """The class of aiosql's driver adapter; its rows are dicts."""

    def transaction(self, *, write: bool) -> AbstractContextManager[Any]: ...

    def tables(self) -> frozenset[str]:
        """Names of the tables that the database has."""
        ...

    def free(self) -> int | None:
        """Bytes left on the disk of the database; None where that cannot be known from here."""
        ...

    def close(self) -> None: ...
