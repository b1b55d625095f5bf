"""The named queries of `sql/`, loaded once for each engine and bound to a connection."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from inspect import isgenerator
from pathlib import Path
from typing import Any

import aiosql

_FOLDER = Path(__file__).parent / "sql"


@lru_cache(maxsize=2)
def load(adapter: Any) -> Any:
    """All queries of `sql/`. Names are unique over all files (a test says so)."""
    return aiosql.from_path(_FOLDER, adapter)


class Queries:
    """`q.<query name>(**parameters)` inside one transaction.

    A query without a suffix gives a list of dicts, `^` one dict or None, `$` one value or None, `!` the
    number of rows changed, `*!` takes a list of parameter dicts. An unknown name raises `AttributeError`.
    """

    def __init__(self, connection: Any, queries: Any) -> None:
        self._connection = connection
        self._queries = queries

    def __getattr__(self, name: str) -> Callable[..., Any]:
        query = getattr(self._queries, name)
        connection = self._connection

        def run(*many: Any, **parameters: Any) -> Any:
            result = query(connection, *many, **parameters)
            return list(result) if isgenerator(result) else result

        return run
