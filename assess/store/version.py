"""Whether a database has exactly the tables that this program knows."""

from __future__ import annotations

from pathlib import Path

from assess.errors import SettingsError
from assess.store.queries import Queries

MIGRATIONS = Path(__file__).parent / "migrations"
TABLE = "schema_migrations"
"""Where yoyo notes what has been applied."""


def known_migrations() -> frozenset[str]:
    return frozenset(path.stem for path in MIGRATIONS.glob("*.sql"))


def require_current(applied: frozenset[str]) -> None:
    """Raises `SettingsError` unless `applied` are exactly the migrations of this program."""
    require_not_newer(applied)
    if known_migrations() - applied:
        raise SettingsError("The database is older than this program.", "Bring it up to date: assess migrate")


def require_not_newer(applied: frozenset[str]) -> None:
    """Raises `SettingsError` when a later version of this program has migrated the database."""
    if applied - known_migrations():
        raise SettingsError(
            "The database was made by a newer version of this program.",
            "Run that version, or restore a back-up that was made before the upgrade.",
        )


def applied_migrations(q: Queries) -> frozenset[str]:
    """Ids of the migrations that a database with the table `TABLE` has."""
    return frozenset(row["migration_id"] for row in q.applied_migrations())
