"""What a store promises, on both engines."""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON

import assess.store
from assess.errors import SettingsError, StoreUnavailable
from assess.store import Store, open_store
from assess.store.ids import time_text

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.settings import Settings

WRITERS = 50
SQL = Path(assess.store.__file__).parent / "sql"


def names(store: Store) -> list[str]:
    with store.read() as q:
        return sorted(row["name"] for row in q.organisations())


def add(store: Store, name: str) -> None:
    with store.write() as q:
        q.add_organisation(id=store.new_id(NOON), name=name, settings="{}")


def add_then_fail(store: Store) -> None:
    with store.write() as q:
        q.add_organisation(id="a", name="a", settings="{}")
        raise ZeroDivisionError


def add_then_lock(store: Store, task_id: str) -> None:
    with store.write() as q:
        q.add_organisation(id="half", name="half", settings="{}")
        q.lock_task(id=task_id)


def add_too_much(bakery: Bakery) -> None:
    with bakery.store.write() as q:
        q.add_organisation(id="half", name="half", settings="{}")
        for number in range(500):
            q.add_unit(
                id=f"{number}", organisation_id=bakery.organisation_id, parent_id=None, name="n" * 1000
            )


def test_what_is_written_is_read(store: Store) -> None:
    add(store, "Smørrebrød & Søn — Ærø")
    assert names(store) == ["Smørrebrød & Søn — Ærø"]


def test_a_failed_block_stores_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        add_then_fail(store)
    assert names(store) == []
    add(store, "the connection still works")
    assert names(store) == ["the connection still works"]


def test_a_read_block_sees_one_snapshot(store: Store) -> None:
    with store.read() as q:
        before = q.count_organisations()
        add(store, "came in between")
        assert q.count_organisations() == before == 0
    assert names(store) == ["came in between"]


def test_references_are_enforced(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.write() as q:
        q.add_unit(id="u", organisation_id="nobody", parent_id=None, name="Unit")
    with store.read() as q:
        assert q.count_organisations() == 0


def test_fifty_writers_at_once_lose_nothing(bakery: Bakery) -> None:
    """Each adds its own answer to one sheet; all begin together."""
    bakery.assign(bakery.wave())
    store, start = bakery.store, threading.Barrier(WRITERS)
    with store.read() as q:
        task = q.tasks_of_respondent(respondent_id=bakery.employee_id)[0]
        sheet_id = q.assignments(task_id=task["id"])[0]["sheet_id"]

    def write(number: int) -> None:
        start.wait()
        with store.write() as q:
            q.lock_sheet(id=sheet_id)
            revision = q.sheet(id=sheet_id, task_id=task["id"])["revision"]
            answer = {
                "sheet_id": sheet_id,
                "item_id": f"item-{number}",
                "position": revision,
                "text": None,
                "revision": 1,
                "saved_at": time_text(NOON),
            }
            q.save_answers([answer])
            q.sheet_changed(id=sheet_id, language="da", at=time_text(NOON))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with store.read() as q:
        answers = q.answers(sheet_id=sheet_id)
        assert q.sheet(id=sheet_id, task_id=task["id"])["revision"] == WRITERS
    assert {answer["item_id"] for answer in answers} == {f"item-{n}" for n in range(WRITERS)}
    # Each saw what the one before it had stored.
    assert sorted(answer["position"] for answer in answers) == list(range(WRITERS))


def test_a_locked_database_is_unavailable_and_nothing_is_stored(bakery: Bakery, settings: Settings) -> None:
    bakery.assign(bakery.wave())
    with open_store(settings, busy_ms=50) as impatient:
        with bakery.store.write() as q:
            task = q.tasks_of_respondent(respondent_id=bakery.employee_id)[0]
            q.lock_task(id=task["id"])
            with pytest.raises(StoreUnavailable):
                add_then_lock(impatient, task["id"])
        assert names(impatient) == ["Rugbrød & Co."]
        add(impatient, "later")
    assert names(bakery.store) == ["Rugbrød & Co.", "later"]


def test_a_full_database_is_unavailable_and_nothing_is_stored(
    bakery: Bakery, engine: str, settings: Settings
) -> None:
    with bakery.store.engine.transaction(write=engine == "postgres") as connection:
        if engine == "sqlite":
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")
        else:  # the server's own answer to a full disk, given by a trigger
            connection.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$"
            )
            connection.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON units FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
    with pytest.raises(StoreUnavailable, match="full"):
        add_too_much(bakery)
    assert names(bakery.store) == ["Rugbrød & Co."]


def test_an_unreachable_database_is_unavailable(settings: Settings, engine: str, store: Store) -> None:
    if engine == "postgres":
        nowhere = settings.database.replace("host=", "host=/nowhere")
        with pytest.raises(StoreUnavailable):
            open_store(replace(settings, database=nowhere), busy_ms=200)
    else:
        with pytest.raises(SettingsError, match="assess migrate"):
            open_store(replace(settings, database=settings.database + ".missing"))


def test_a_store_without_tables_says_how_to_make_them(settings: Settings, empty_database: str) -> None:
    with pytest.raises(SettingsError, match="assess migrate"):
        open_store(replace(settings, database=empty_database))


def test_a_seed_fits_an_integer_of_both_engines(settings: Settings) -> None:
    for byte, seed in ((b"\0", 0), (b"\xff", 2**31 - 1)):
        with open_store(settings, entropy=lambda n, byte=byte: byte * n) as store:
            assert store.new_seed() == seed


def test_the_same_entropy_gives_the_same_ids(settings: Settings) -> None:
    def zeros(count: int) -> bytes:
        return bytes(count)

    with open_store(settings, entropy=zeros) as first, open_store(settings, entropy=zeros) as second:
        assert first.new_id(NOON) == second.new_id(NOON)


def test_a_process_killed_in_the_middle_of_a_write_leaves_nothing_and_holds_up_nobody(
    store: Store, settings: Settings
) -> None:
    script = (
        "import sys\n"
        "from assess.settings import from_environment\n"
        "from assess.store import open_store\n"
        f"store = open_store(from_environment({{'ASSESS_DATABASE': {settings.database!r}}}))\n"
        "with store.write() as q:\n"
        "    q.add_organisation(id='half', name='half', settings='{}')\n"
        "    print('written', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        process.kill()
    add(store, "whole")
    assert names(store) == ["whole"]


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_opens_its_own_connection(store: Store) -> None:
    """A connection that crosses a fork would share locks, files and sockets with its parent."""
    add(store, "parent")
    child = multiprocessing.get_context("fork").Process(target=_write_as_child, args=(store,))
    child.start()
    child.join()
    assert child.exitcode == 0
    add(store, "parent again")
    assert names(store) == ["child", "parent", "parent again"]


def _write_as_child(store: Store) -> None:
    add(store, "child")
    store.close()


def test_the_access_log_is_only_appended_to() -> None:
    """No query of ours changes or deletes a line of it; where the chain has come to stands elsewhere."""
    for path in SQL.glob("*.sql"):
        for statement in path.read_text().split(";"):
            if re.search(r"access_log\b(?!_)", re.sub(r"--.*", "", statement)):
                verbs = re.findall(r"^(INSERT INTO|SELECT|UPDATE|DELETE)", statement, re.MULTILINE)
                assert verbs in (["INSERT INTO"], ["SELECT"]), (path.name, statement)


def test_no_two_queries_have_one_name() -> None:
    """Over several files aiosql does not tell: one of them would silently win."""
    names = Counter(
        name
        for file in SQL.glob("*.sql")
        for name in re.findall(r"^-- name: (\w+)", file.read_text(), re.MULTILINE)
    )
    assert [name for name, count in names.items() if count > 1] == []
