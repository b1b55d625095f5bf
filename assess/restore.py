"""Putting a back-up in place of the database; whoever was erased since is erased again.

No database that could be started has anybody in it who was erased: an SQLite copy is brought up to date
beside the database and takes its name at the end; a PostgreSQL database is marked until then, and not opened.
Run it with server and worker stopped; what can be seen of them is checked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pysqlite3

from assess.audit.log import record
from assess.backup import postgres_command, put_on_disk
from assess.errors import SettingsError, StoreUnavailable
from assess.outbox.letters import hold
from assess.people.administrators import OPERATOR
from assess.personal_data.erasure import replay
from assess.personal_data.erasure_list import unreadable
from assess.settings import Settings, private_folder
from assess.store import migrate, open_store
from assess.store.ids import time_text
from assess.store.sqlite import connect, translated
from assess.store.store import RESTORING, open_engine
from assess.store.version import TABLE, require_not_newer

RESTORED = "restored"
"""Why a letter was not sent: the back-up held it, and nobody knows whether it went out since."""
REPLACED = ".replaced"
_BUSY_MS = 2_000
_MIGRATION = re.compile(r"\d{4}-[a-z0-9-]+")
_IN_USE = "somebody else is connected"
_CLEAR = """
DO $$
DECLARE
    name text;
    patience integer := 20;
BEGIN
    -- Connections that were closed a moment ago are still to be seen for a while.
    WHILE EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    ) LOOP
        patience := patience - 1;
        IF patience < 0 THEN
            RAISE EXCEPTION 'somebody else is connected';
        END IF;
        PERFORM pg_sleep(0.1), pg_stat_clear_snapshot();
    END LOOP;
    FOR name IN
        SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = current_schema()
    LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || name || ' CASCADE';
    END LOOP;
    CREATE TABLE restoring (is_so boolean);
END $$
"""
"""Run by psql before the archive: nobody else is connected; no table is left, not even one that the archive
does not have; the mark (`RESTORING`) is set in the same transaction."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done besides. `erased`: people who were erased again; `unreadable`: numbers of the lines of
    the list of erasures that name nobody; `held`: letters that an administrator can send again; then who
    holds an office now, among them perhaps some that had been ended since; `replaced`: where the old database
    lies (SQLite), None where there was none."""

    migrations: tuple[str, ...]
    erased: int
    unreadable: tuple[int, ...]
    held: int
    administrators: int
    coaches: int
    representatives: int
    passkeys: int
    replaced: Path | None = None


def restore(settings: Settings, source: Path, now: datetime, *, force: bool = False) -> Restored:
    """Makes the back-up `source` (of `assess backup`) the database; then brings it up to date, replays the
    list of erasures, signs everybody out and holds letters that may have been sent already. Logged.

    A database that is there already is replaced only with `force`: an SQLite file is kept under the name
    with `.replaced` (delete it when you are sure), a PostgreSQL database is not kept. Raises
    `SettingsError` for a file that is no such back-up, is newer than this program, or cannot be restored
    here; `StoreUnavailable` when the database is in use or the copy damaged. Then nothing has changed. What
    is interrupted later leaves a PostgreSQL database that cannot be opened; repeat it.
    """
    if not source.is_file():
        raise SettingsError(f"There is no file {source}.", "Name a file that assess backup has made.")
    if settings.is_postgres:
        _restore_postgres(settings, source, force=force)
        done = _bring_up_to_date(settings, now)
        _remove_mark(settings)
        return done
    return _restore_sqlite(settings, source, now, force=force)


def _bring_up_to_date(settings: Settings, now: datetime) -> Restored:
    """Migrates what was restored, and does what has happened since the back-up or must not go on."""
    applied = migrate(settings)
    with open_store(settings, restoring=True) as store:
        erased = replay(settings, store, now)
        with store.write() as q:
            q.end_all_sessions(now=time_text(now))
            q.end_all_person_sessions(now=time_text(now))
            q.end_all_sign_in_links(now=time_text(now))
            held = hold(q, RESTORED, now)
            for row in q.organisations():
                record(
                    store,
                    q,
                    actor_id=OPERATOR,
                    action="restore",
                    object_id=row["id"],
                    about_id=row["id"],
                    now=now,
                )
            offices = q.offices_in_force()
    return Restored(applied, erased, unreadable(settings), held, **offices)


def _restore_sqlite(settings: Settings, source: Path, now: datetime, *, force: bool) -> Restored:
    path = Path(settings.database).absolute()
    if path.exists() and path.samefile(source):
        raise SettingsError("The back-up is the database itself.", "Name another file.")
    _require_whole(source)
    if path.exists() and not force:
        raise _taken(str(path))
    private_folder(path.parent)
    copy = path.with_name(f"{path.name}.restoring")
    try:
        _clear_away(copy)  # what a restore has left that was killed
        copy.touch(mode=0o600)
        shutil.copyfile(source, copy)
        done = _bring_up_to_date(replace(settings, database=str(copy)), now)
        _close(copy)
        put_on_disk(copy)
        replaced = _step_aside(path) if path.exists() else None
        copy.replace(path)
        put_on_disk(path.parent)
    finally:
        _clear_away(copy)
    return replace(done, replaced=replaced)


def _clear_away(copy: Path) -> None:
    for left in ("", "-wal", "-shm", ".migrating"):
        copy.with_name(f"{copy.name}{left}").unlink(missing_ok=True)


def _require_whole(source: Path) -> None:
    """Raises unless a file is a whole database of ours that this program can read. Reads it only."""
    with translated(), closing(pysqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        try:
            tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if TABLE not in tables:
                raise SettingsError(f"{source} is a database, but not one of ours.", "Name another file.")
            sound = [row[0] for row in copy.execute("PRAGMA integrity_check")] == ["ok"]
            applied = {row[0] for row in copy.execute(f"SELECT migration_id FROM {TABLE}")}  # noqa: S608
        except pysqlite3.DatabaseError as error:
            raise SettingsError(f"{source} is no back-up of an SQLite database.", "Name another.") from error
    if not sound:
        raise StoreUnavailable(f"{source} is damaged.", "Take an older back-up.")
    require_not_newer(frozenset(applied))


def _step_aside(path: Path) -> Path:
    """Gives the database another name, with all that was written; raises as `_close`."""
    _close(path)
    replaced = path.with_name(f"{path.name}{REPLACED}")
    os.replace(path, replaced)
    return replaced


def _close(path: Path) -> None:
    """Puts all that was written into the one file; raises `StoreUnavailable` while anybody else has it open:
    SQLite leaves WAL mode only for the last connection."""
    with translated(), closing(connect(path, _BUSY_MS).conn) as last:
        try:
            mode = last.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except pysqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise _in_use() from error
        if mode != "delete":
            raise _in_use()


def _restore_postgres(settings: Settings, source: Path, *, force: bool) -> None:
    engine = open_engine(settings)
    try:
        tables = engine.tables()
    finally:
        engine.close()
    if tables and not force:
        raise _taken("The database")
    reader, where, environment = postgres_command("pg_restore", settings.database)
    writer, _, _ = postgres_command("psql", settings.database)
    require_not_newer(_migrations_in(reader, source))
    _replace_tables(
        [reader, "--no-owner", "--no-privileges", "--file=-", str(source)],
        [
            writer,
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--dbname={where}",
            f"--command={_CLEAR}",
            "--file=-",
        ],
        environment,
    )


def _remove_mark(settings: Settings) -> None:
    """From here on the database can be opened."""
    engine = open_engine(settings)
    try:
        with engine.transaction(write=True) as connection:
            connection.execute(f"DROP TABLE {RESTORING}")
    finally:
        engine.close()


def _replace_tables(read: list[str], write: list[str], environment: dict[str, str]) -> None:
    """Empties the database and fills it from an archive, in one transaction.

    `pg_restore --clean` alone would drop only what the archive has, and fail where a later version has made
    tables that refer to those. Raises `StoreUnavailable`; then nothing has changed.
    """
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(read, env=environment, stdout=subprocess.PIPE, stderr=said) as reader,  # noqa: S603
        subprocess.Popen(  # noqa: S603 (programs found on the path, no shell)
            write, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        ) as writer,
    ):
        assert reader.stdout is not None  # both are pipes, as asked for
        assert writer.stdin is not None
        try:
            shutil.copyfileobj(reader.stdout, writer.stdin)
            is_whole = reader.wait() == 0
        except BrokenPipeError:  # the writer has stopped, and said why
            is_whole = False
        if not is_whole:
            writer.kill()  # before it sees an end: to psql every end of its input is a reason to commit
            reader.kill()
        with suppress(BrokenPipeError):
            writer.stdin.close()
        if writer.wait() != 0 or not is_whole:
            said.seek(0)
            why = said.read().decode(errors="replace").strip()
            if _IN_USE in why:
                raise _in_use()
            raise StoreUnavailable(f"The database could not be restored: {why}")


def _migrations_in(program: str, source: Path) -> frozenset[str]:
    """Ids of the migrations that an archive of `pg_dump` has; nothing is restored."""
    rows = _run([program, "--data-only", f"--table={TABLE}", "--file=-", str(source)], dict(os.environ))
    return frozenset(
        field for line in rows.splitlines() for field in line.split("\t") if _MIGRATION.fullmatch(field)
    )


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 (a program found on the path, no shell)
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise StoreUnavailable(f"pg_restore could not restore the database: {done.stderr.strip()}")
    return done.stdout


def _taken(what: str) -> SettingsError:
    return SettingsError(
        f"{what} has data already.", "Replace it with --force; stop server and worker first."
    )


def _in_use() -> StoreUnavailable:
    return StoreUnavailable("The database is in use.", "Stop server and worker first.")
