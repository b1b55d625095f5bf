"""What only SQLite needs: the one factory, its settings, its version, forks."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, Bakery

from assess.answering import results
from assess.errors import SettingsError, StoreUnavailable
from assess.store import migrate, open_store
from assess.store.sqlite import connect, require_version

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_each_connection_has_what_durability_needs(store: Store, database: str) -> None:
    found = {
        name: connect(Path(database), 1234).execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1234}


def test_what_is_deleted_is_no_longer_in_the_file(bakery: Bakery, database: str) -> None:
    session = bakery.enter(bakery.assign(bakery.wave()))
    bakery.finish(session)
    canary = b"canary 9f3 " * 1000
    found = results.results(bakery.store, session, NOON)
    results.keep_document(bakery.store, found, "personal-report", "da", canary, NOON)
    own = connect(Path(database), 1234)
    own.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert canary[:500] in Path(database).read_bytes()
    with bakery.store.write() as q:
        q.delete_documents(task_id=session.task.id)
    own.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert canary[:11] not in Path(database).read_bytes()


def test_an_sqlite_with_the_wal_reset_bug_is_refused(engine: str) -> None:
    with pytest.raises(SettingsError, match="ASSESS_ALLOW_OLD_SQLITE"):
        require_version("3.51.2", allow_old=False)
    with pytest.raises(SettingsError):
        require_version("3.9.0", allow_old=False)  # as numbers, not as text
    require_version("3.51.2", allow_old=True)
    require_version("3.51.3", allow_old=False)
    require_version("3.100.0", allow_old=False)


def test_neither_migrating_nor_opening_takes_an_old_sqlite(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pysqlite3.sqlite_version", "3.45.1")
    for use in (migrate, open_store):
        with pytest.raises(SettingsError, match=r"SQLite 3\.45\.1"):
            use(settings)
    accepted = replace(settings, allow_old_sqlite=True)
    migrate(accepted)
    open_store(accepted).close()


def test_the_files_are_for_the_owner_alone(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "new" / "assess.sqlite"
    migrate(replace(settings, database=str(path)))
    with open_store(replace(settings, database=str(path))) as store, store.write() as q:
        q.add_organisation(id="a", name="a", settings="{}")
        modes = {file.name: file.stat().st_mode & 0o077 for file in path.parent.glob("assess.sqlite*")}
    assert modes.pop("assess.sqlite.migrating") >= 0  # empty
    assert modes == {"assess.sqlite": 0, "assess.sqlite-wal": 0, "assess.sqlite-shm": 0}


def test_a_file_that_is_no_database_is_named(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at as one" * 100)
    with pytest.raises(SettingsError, match=r"notes\.txt is not an SQLite database"):
        connect(path, 100)


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path, engine: str) -> None:
    with pytest.raises(StoreUnavailable):
        connect(tmp_path / "missing" / "assess.sqlite", 100, create=True)


def test_the_standard_library_never_opens_the_database(database: str, engine: str) -> None:
    """Two SQLites in one process drop each other's locks."""
    script = (
        "import sqlite3\n"
        "def forbidden(*args, **kwargs): raise SystemExit('the standard library opened a database')\n"
        "sqlite3.connect = sqlite3.dbapi2.connect = sqlite3.dbapi2.Connection = forbidden\n"
        "from assess.settings import from_environment\n"
        "from assess.store import migrate, open_store\n"
        f"settings = from_environment({{'ASSESS_DATABASE': {database!r}}})\n"
        "migrate(settings)\n"
        "with open_store(settings) as store, store.write() as q:\n"
        "    q.add_organisation(id='a', name='a', settings='{}')\n"
        "    print(q.count_organisations())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("1\n", 0), done.stderr


def test_ids_sort_by_time(store: Store) -> None:
    from small_organisation import later

    first, second = store.new_id(NOON), store.new_id(later(seconds=0.001))
    assert first < second
    assert len(first) == 32
