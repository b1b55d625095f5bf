"""The database: SQLite through sqlite-utils, or PostgreSQL through psycopg; the only room that knows SQL.

Named queries stand in `sql/`, one file for each subject, written once for both engines; the schema in
`migrations/`. Whoever uses a store opens `read()` or `write()` and calls queries by name.
"""

from __future__ import annotations

from assess.store.migration import migrate
from assess.store.store import Store, open_store

__all__ = ["Store", "migrate", "open_store"]
