"""Bringing a database up to date, on both engines."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assess.errors import SettingsError
from assess.store import migrate, open_store
from assess.store.store import open_engine
from assess.store.version import MIGRATIONS, known_migrations

if TYPE_CHECKING:
    from pathlib import Path

    from small_organisation import Bakery

    from assess.settings import Settings


ONE_SHEET = (
    "INSERT INTO organisations VALUES ('org', 'Rugbrød & Co.', '{}')",
    "INSERT INTO people VALUES ('person', 'org', 'Amina', 'Amina Yusuf', NULL, NULL, 'da')",
    "INSERT INTO questionnaire_versions VALUES ('hash', 'tiny', '1.0', '{}', '2026')",
    "INSERT INTO waves VALUES ('wave', 'org', 'Autumn', 'open', '2026', NULL, 'given', 1)",
    "INSERT INTO wave_questionnaires VALUES ('wave', 'hash')",
    "INSERT INTO tasks VALUES ('task', 'wave', 'hash', 'self', 'person', 'person')",
    "INSERT INTO assignments VALUES ('assignment', 'task', 1, NULL, NULL)",
    "INSERT INTO sheets VALUES ('sheet', 'assignment', 'da', NULL, NULL, 7)",
)
"""A sheet as the first version stored it."""


@pytest.fixture
def empty(settings: Settings, empty_database: str) -> Settings:
    """Settings that name a database without tables."""
    return replace(settings, database=empty_database)


def test_an_empty_database_gets_every_migration_once(empty: Settings) -> None:
    assert set(migrate(empty)) == known_migrations()
    assert migrate(empty) == ()
    with open_store(empty) as store, store.read() as q:
        assert q.count_organisations() == 0


def test_processes_that_start_together_migrate_once(empty: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(lambda _: migrate(empty), range(4)))
    assert sorted(map(len, applied)) == [0, 0, 0, len(known_migrations())]


def test_migrating_again_keeps_what_is_there(bakery: Bakery, settings: Settings) -> None:
    assert migrate(settings) == ()
    with bakery.store.read() as q:
        assert q.person(id=bakery.employee_id)["name"] == "Amina Yıldız"


def test_sheets_from_before_pages_had_an_order_keep_the_order_of_the_file(
    empty: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(MIGRATIONS / "0001-first-tables.sql", first)
    monkeypatch.setattr("assess.store.migration.MIGRATIONS", first)
    migrate(empty)
    engine = open_engine(empty)
    with engine.transaction(write=True) as connection:
        for statement in ONE_SHEET:
            connection.execute(statement)
    engine.close()
    monkeypatch.undo()
    assert migrate(empty) == tuple(sorted(known_migrations() - {"0001-first-tables"}))
    with open_store(empty) as store, store.read() as q:
        row = q.sheet(id="sheet", task_id="task")
        assert (row["order_seed"], row["revision"]) == (None, 7)


def test_a_migration_that_fails_leaves_no_trace(
    empty: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "migrations"
    broken.mkdir()
    (broken / "0001-broken.sql").write_text(
        "CREATE TABLE whole (id TEXT PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);\n"
    )
    monkeypatch.setattr("assess.store.migration.MIGRATIONS", broken)
    with pytest.raises(Exception, match="nowhere"):
        migrate(empty)
    monkeypatch.undo()
    assert set(migrate(empty)) == known_migrations()
    with open_store(empty) as store:
        assert "whole" not in store.engine.tables()


def test_a_database_of_a_newer_program_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assess.store.version.MIGRATIONS", tmp_path)  # as if we knew no migration
    with pytest.raises(SettingsError, match="newer"):
        migrate(settings)
    with pytest.raises(SettingsError, match="newer"):
        open_store(settings)


def test_a_database_of_an_older_program_is_refused_until_migrated(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in (*known_migrations(), "9999-from-the-future"):
        (tmp_path / f"{name}.sql").write_text("SELECT 1;\n")
    monkeypatch.setattr("assess.store.version.MIGRATIONS", tmp_path)
    with pytest.raises(SettingsError, match="assess migrate"):
        open_store(settings)
