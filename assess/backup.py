"""A whole, checked copy of the database, while it is being used."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import pysqlite3

from assess.errors import SettingsError, StoreUnavailable
from assess.settings import Settings
from assess.store.sqlite import connect, translated
from assess.store.store import RESTORING

_BUSY_MS = 30_000
_BATCHES = ("batch_items", "batches")
"""Tables whose rows are no part of a copy."""


def backup(settings: Settings, destination: Path, *, force: bool = False) -> None:
    """Copies the database to `destination`. A file that is there already is replaced only with `force`, and
    only by a whole copy that was checked.

    SQLite: a database file that `ASSESS_DATABASE` may name. PostgreSQL: an archive for `pg_restore`, made
    by `pg_dump`. Raises `SettingsError` when it cannot be made here, `StoreUnavailable` when the database
    cannot be read or the copy is damaged.
    """
    if not destination.absolute().parent.is_dir():
        raise SettingsError(f"There is no folder for {destination}.", "Make it, or name another one.")
    if not settings.is_postgres and destination.resolve() == Path(settings.database).resolve():
        raise SettingsError("The copy cannot be the database itself.", "Name another file.")
    if not force and os.path.lexists(destination):
        raise _taken(destination)
    # New, with a name that nobody can foresee, and for the owner alone: a file or link that somebody else
    # has put there would receive everything.
    descriptor, name = tempfile.mkstemp(
        dir=destination.parent, prefix=f".{destination.name}.", suffix=".unfinished"
    )
    os.close(descriptor)
    unfinished = Path(name)
    try:
        if settings.is_postgres:
            _dump_postgres(settings.database, unfinished)
        else:
            _copy_sqlite(Path(settings.database), unfinished)
        put_on_disk(unfinished)
        if force:
            unfinished.replace(destination)
        else:
            _put(unfinished, destination)
        put_on_disk(destination.absolute().parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _put(unfinished: Path, destination: Path) -> None:
    """Gives a copy its name; a file that came there meanwhile stays."""
    try:
        os.link(unfinished, destination)
    except FileExistsError as error:
        raise _taken(destination) from error
    except OSError:  # a disk without links
        if os.path.lexists(destination):
            raise _taken(destination) from None
        unfinished.replace(destination)


def _taken(destination: Path) -> SettingsError:
    return SettingsError(f"{destination} is there already.", "Name another file, or replace it with --force.")


def _copy_sqlite(path: Path, copy: Path) -> None:
    with (
        translated(),
        closing(connect(path, _BUSY_MS).conn) as source,
        closing(pysqlite3.connect(str(copy), isolation_level=None)) as target,
    ):
        # All pages in one step: a single snapshot, while others go on writing.
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
        _leave_batches_out(target)
        if not _is_sound(target):
            raise StoreUnavailable("The copy is damaged.", "Check the disk, then try again.")


def _leave_batches_out(copy: pysqlite3.Connection) -> None:
    """They are made again when somebody wants them, and were to be deleted within days. What they held is
    overwritten with zeros, which whatever packs back-ups makes nothing of."""
    tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if _BATCHES[0] in tables:
        copy.execute("PRAGMA secure_delete=ON")
        for table in _BATCHES:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 (our own two names)


def _is_sound(database: pysqlite3.Connection) -> bool:
    try:
        found = [row[0] for row in database.execute("PRAGMA integrity_check")]
        return found == ["ok"] and database.execute("PRAGMA foreign_key_check").fetchone() is None
    except pysqlite3.DatabaseError:
        return False


def _dump_postgres(address: str, copy: Path) -> None:
    program, where, environment = postgres_command("pg_dump", address)
    done = subprocess.run(  # noqa: S603 (a program found on the path, no shell)
        [
            program,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--exclude-table={RESTORING}",  # whoever restores the copy sets the mark
            *(f"--exclude-table-data={table}" for table in _BATCHES),
            f"--file={copy}",
            f"--dbname={where}",
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StoreUnavailable(f"pg_dump could not copy the database: {done.stderr.strip()}")


def postgres_command(name: str, address: str) -> tuple[str, str, dict[str, str]]:
    """One of PostgreSQL's client programs, the database to name to it, and the environment to run it in: the
    password goes there, because everybody may read the arguments of a process.

    Raises `SettingsError` where the program is missing.
    """
    from psycopg.conninfo import conninfo_to_dict, make_conninfo  # noqa: PLC0415

    program = shutil.which(name)
    if program is None:
        raise SettingsError(
            f"{name} is missing: it copies a PostgreSQL database.", "Install PostgreSQL's client programs."
        )
    parts = conninfo_to_dict(address)
    password = str(parts.pop("password", "") or "")
    where = make_conninfo("", **{part: value for part, value in parts.items() if value is not None})
    return program, where, os.environ | ({"PGPASSWORD": password} if password else {})


def put_on_disk(path: Path) -> None:
    """Waits until a file, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
