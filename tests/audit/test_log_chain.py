"""The log as a chain: what is written stays, and what is tampered with is found, on both engines."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from small_organisation import NOON

from assess.audit.chain import line_hash, verify
from assess.audit.log import about, record
from assess.cli import main
from assess.store import open_store

if TYPE_CHECKING:
    from click.testing import Result
    from small_organisation import Bakery

    from assess.settings import Settings
    from assess.store import Store


def write(store: Store, number: int, actor_id: str = "actor") -> None:
    with store.write() as q:
        record(
            store,
            q,
            actor_id=actor_id,
            action="see-profile",
            object_id=f"task-{number}",
            about_id="person",
            now=NOON + timedelta(seconds=number),
        )


def change(store: Store, statement: str, *parameters: Any) -> None:
    """What somebody with a way into the database does to it, past the application."""
    placeholder = "%s" if type(store.engine).__name__ == "PostgresEngine" else "?"
    with store.engine.transaction(write=True) as connection:
        connection.execute(statement.replace("?", placeholder), parameters)


@pytest.fixture
def log(store: Store) -> Store:
    """Five lines."""
    for number in range(1, 6):
        write(store, number)
    return store


def test_a_log_without_lines_is_whole(store: Store) -> None:
    found = verify(store)
    assert (found.lines, found.before_chain, found.head, found.broken_at) == (0, 0, "", None)


def test_each_line_carries_the_hash_of_the_one_before(log: Store) -> None:
    with log.read() as q:
        lines, head = q.log_lines_after(number=0, most=10), q.log_head()
    assert [line["number"] for line in lines] == [1, 2, 3, 4, 5]
    first = lines[0]
    written = f'\n[1,"{first["id"]}","2026-11-23T12:00:01.000000Z","actor","see-profile","task-1","person"]'
    assert first["at"] in written
    assert first["hash"] == hashlib.sha256(written.encode()).hexdigest()
    for before, line in pairwise(lines):
        assert line["hash"] == line_hash(before["hash"], line["number"], line)
    assert (head["number"], head["hash"]) == (5, lines[-1]["hash"])
    found = verify(log)
    assert (found.lines, found.broken_at, found.head) == (5, None, f"5:{head['hash']}")


TAMPERING = {
    "an actor is changed": ("UPDATE access_log SET actor_id = 'nobody' WHERE number = 3", 3, "changed"),
    "a time is changed": ("UPDATE access_log SET at = '2020-01-01T00:00:00Z' WHERE number = 5", 5, "changed"),
    "an action is changed": ("UPDATE access_log SET action = 'share' WHERE number = 2", 2, "changed"),
    "an object is changed": ("UPDATE access_log SET object_id = 'x' WHERE number = 4", 4, "changed"),
    "whom it is about is changed": ("UPDATE access_log SET about_id = 'x' WHERE number = 4", 4, "changed"),
    "a hash is changed": ("UPDATE access_log SET hash = 'x' WHERE number = 4", 4, "changed"),
    "the first is changed": ("UPDATE access_log SET actor_id = 'x' WHERE number = 1", 1, "beginning"),
    "the first is deleted": ("DELETE FROM access_log WHERE number = 1", 1, "missing"),
    "one in the middle is deleted": ("DELETE FROM access_log WHERE number = 3", 3, "missing"),
    "the last is deleted": ("DELETE FROM access_log WHERE number = 5", 5, "end"),
    "the last three are deleted": ("DELETE FROM access_log WHERE number > 2", 3, "end"),
    "all are deleted": ("DELETE FROM access_log", 1, "end"),
    "one loses its place": ("UPDATE access_log SET number = NULL WHERE number = 3", 1, "beginning"),
    "the head is set back": ("UPDATE access_log_head SET number = 4", 5, "end"),
    "the head is changed": ("UPDATE access_log_head SET hash = 'x'", 5, "end"),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found_and_where(log: Store, how: str) -> None:
    statement, line, fault = TAMPERING[how]
    change(log, statement)
    found = verify(log)
    assert (found.broken_at, found.fault) == (line, fault)


@pytest.mark.parametrize(
    ("number", "line", "fault"), [(6, 6, "end"), (0, 0, "changed"), (None, 1, "beginning")]
)
def test_an_inserted_line_is_found(log: Store, number: int | None, line: int, fault: str) -> None:
    change(
        log,
        "INSERT INTO access_log (id, at, actor_id, action, object_id, about_id, number, hash) "
        "VALUES ('0', '2020', 'a', 'share', 'o', 'p', ?, 'x')",
        number,
    )
    found = verify(log)
    assert (found.broken_at, found.fault) == (line, fault)


def test_lines_that_change_places_are_found(log: Store) -> None:
    for statement in ("-1 WHERE number = 2", "2 WHERE number = 3", "3 WHERE number = -1"):
        change(log, f"UPDATE access_log SET number = {statement}")
    found = verify(log)
    assert (found.lines, found.broken_at, found.fault) == (1, 2, "changed")


def test_lines_from_before_the_chain_are_told_apart_and_covered_by_its_first_line(store: Store) -> None:
    for number in (1, 2, 3):
        change(
            store,
            "INSERT INTO access_log (id, at, actor_id, action, object_id, about_id) "
            "VALUES (?, '2026-01-01T00:00:00Z', 'a', 'share', 'o', 'p')",
            f"old-{number}",
        )
    assert (verify(store).lines, verify(store).before_chain) == (0, 3)
    write(store, 4)
    write(store, 5)
    found = verify(store)
    assert (found.lines, found.before_chain, found.broken_at) == (2, 3, None)
    assert len(about(store, "p")) == 3
    change(store, "DELETE FROM access_log WHERE id = 'old-2'")
    found = verify(store)
    assert (found.before_chain, found.broken_at, found.fault) == (2, 1, "beginning")


def test_a_log_that_was_written_anew_is_known_by_what_was_noted(log: Store) -> None:
    noted = verify(log).head
    write(log, 6)
    assert verify(log, noted).broken_at is None
    change(log, "DELETE FROM access_log")
    change(log, "UPDATE access_log_head SET number = 0, hash = ''")
    for number in range(1, 5):
        write(log, number)
    assert verify(log).broken_at is None
    assert (verify(log, noted).broken_at, verify(log, noted).fault) == (5, "noted")
    for number in range(5, 8):
        write(log, number)
    assert (verify(log, noted).broken_at, verify(log, noted).fault) == (5, "noted")
    for nonsense in ("5", "five:" + "0" * 64, "5:abc"):
        with pytest.raises(ValueError, match="NUMBER:HASH"):
            verify(log, nonsense)


def test_many_who_write_at_once_make_one_chain(settings: Settings) -> None:
    """Two stores, as of two processes, with three threads each."""
    with open_store(settings) as first, open_store(settings) as second, ThreadPoolExecutor(6) as pool:
        written = list(
            pool.map(lambda number: write((first, second)[number % 2], number, f"actor-{number}"), range(60))
        )
        assert len(written) == 60
        found = verify(first)
        assert (found.lines, found.broken_at) == (60, None)
        assert {entry.actor_id for entry in about(second, "person")} == {f"actor-{n}" for n in range(60)}


def test_what_is_undone_leaves_no_gap(log: Store) -> None:
    class Undone(Exception):
        pass

    def begin_and_fail() -> None:
        with log.write() as q:
            record(log, q, actor_id="a", action="share", object_id="o", about_id="p", now=NOON)
            raise Undone

    with pytest.raises(Undone):
        begin_and_fail()
    write(log, 6)
    assert (verify(log).lines, verify(log).broken_at) == (6, None)


def test_several_lines_of_one_transaction(log: Store) -> None:
    with log.write() as q:
        for number in (6, 7, 8):
            record(log, q, actor_id="a", action="share", object_id=str(number), about_id="p", now=NOON)
    assert (verify(log).lines, verify(log).broken_at) == (8, None)


def assess(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setenv("ASSESS_DATABASE", settings.database)
    monkeypatch.setenv("ASSESS_DATA", str(settings.data))
    return CliRunner().invoke(main, ["audit", "verify", *arguments])


def test_the_command_prints_what_to_note_down(
    bakery: Bakery, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = assess(settings, monkeypatch)
    assert (empty.exit_code, empty.stdout) == (0, "")
    write(bakery.store, 1)
    whole = assess(settings, monkeypatch)
    assert whole.exit_code == 0
    assert whole.stdout.strip() == verify(bakery.store).head
    assert "whole: 1 line." in whole.stderr
    assert assess(settings, monkeypatch, "--noted", whole.stdout).exit_code == 0
    nonsense = assess(settings, monkeypatch, "--noted", "abc")
    assert (nonsense.exit_code, "NUMBER:HASH" in nonsense.stderr) == (1, True)


def test_the_command_fails_and_names_the_line(
    log: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(log, "DELETE FROM access_log WHERE number = 3")
    broken = assess(settings, monkeypatch)
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert "line 3 is missing" in broken.stderr
    assert "2 lines before it" in broken.stderr
