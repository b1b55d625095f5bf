"""A permission check and a line of the log, in microseconds a call.

    python -m benchmarks.rights [--calls 200000] [--lines 3000]

Run it from the repository. `may()`: every action with every kind of thing, allowed and refused alike, beside
the yardstick of the same run: one look-up in a dict through a function. `record`: one line of the chained
log in a transaction of its own on SQLite on this disk, beside a transaction that inserts the same line
without a chain; and many lines in one transaction. `verify`: the whole log.
"""

from __future__ import annotations

import argparse
import sqlite3  # never opens the store's file: only the yardstick's own
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from assess.audit.chain import verify
from assess.audit.log import record
from assess.rights import (
    ACTIONS,
    Actor,
    Administration,
    Affairs,
    Pool,
    PublishedGroup,
    Thing,
    UnitOf,
    may,
)
from assess.rights.things import Asked
from assess.settings import from_environment
from assess.store import Store, migrate, open_store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFICE = frozenset({"org"})
ACTORS = (
    Actor("employee"),
    Actor("manager", OFFICE, organisation_id="org"),
    Actor("coach", coaches=OFFICE, organisation_id="org"),
    Actor("stranger", represents=frozenset({"elsewhere"})),
)
THINGS: tuple[Asked, ...] = (
    Thing("personal", "self", "employee", "employee", "levels", "manager", True, True, frozenset({"coach"})),
    Thing("confidential", "direct-report", "report", "manager"),
    Pool("confidential", "direct-report", "org", 40, 20, 20, True),
    Administration("org"),
    Affairs("employee"),
    UnitOf("org", "unit", frozenset({"manager"})),
    PublishedGroup("org", frozenset({"manager"})),
)


def main() -> None:
    """Prints the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--calls", type=int, default=200_000)
    options.add_argument("--lines", type=int, default=3_000)
    chosen = options.parse_args()
    asked = list(product(ACTORS, ACTIONS, THINGS))
    allowed = sum(may(*one) for one in asked)
    rounds = max(1, chosen.calls // len(asked))
    call = best(lambda: [may(*one) for one in asked], rounds) / len(asked)
    answers = dict.fromkeys(range(len(asked)), True)
    look_up = best(lambda: [answers.get(one) for one in range(len(asked))], rounds) / len(asked)
    print(f"may(): {call * 1e6:.2f} microseconds a call ({allowed} of {len(asked)} allowed)")
    slowest = max(best(lambda one=one: [may(*one) for _ in range(20)], 20) / 20 for one in asked)  # type: ignore[misc]
    print(f"  the slowest of them: {slowest * 1e6:.2f} microseconds")
    print(f"  yardstick, a dict's get: {look_up * 1e6:.3f} microseconds; ratio {call / look_up:.0f}")
    with tempfile.TemporaryDirectory() as folder:
        log(Path(folder), chosen.lines)


def log(folder: Path, lines: int) -> None:
    """The chained log on an SQLite file, beside a plain insert."""
    settings = from_environment({"ASSESS_DATABASE": str(folder / "a.sqlite"), "ASSESS_DATA": str(folder)})
    migrate(settings)
    with open_store(settings) as store:
        alone = timed(lambda: [one_line(store) for _ in range(lines)]) / lines
        together = timed(lambda: many_lines(store, lines)) / lines
        whole = timed(lambda: verify(store)) / (2 * lines)
        assert verify(store).lines == 2 * lines
    plain = timed(lambda: plain_lines(folder / "plain.sqlite", lines)) / lines
    print(f"record, a transaction each: {alone * 1e6:.0f} microseconds a line")
    print(f"  yardstick, a plain insert each: {plain * 1e6:.0f} microseconds; ratio {alone / plain:.1f}")
    print(f"record, all in one transaction: {together * 1e6:.0f} microseconds a line")
    print(f"verify: {whole * 1e6:.1f} microseconds a line")


def one_line(store: Store) -> None:
    with store.write() as q:
        record(store, q, actor_id="a" * 32, action="share", object_id="o" * 32, about_id="p" * 32, now=NOW)


def many_lines(store: Store, lines: int) -> None:
    with store.write() as q:
        for _ in range(lines):
            record(
                store, q, actor_id="a" * 32, action="share", object_id="o" * 32, about_id="p" * 32, now=NOW
            )


def plain_lines(path: Path, lines: int) -> None:
    """The same columns without number and hash, as safely written."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE log (id TEXT PRIMARY KEY, at TEXT, a TEXT, b TEXT, c TEXT, d TEXT)")
    connection.execute("CREATE INDEX about ON log (d, at)")
    connection.execute("CREATE INDEX actor ON log (a, c, b, at)")
    for number in range(lines):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)",
            (f"{number:032}", "2026", "a" * 32, "share", "o" * 32, "p" * 32),
        )
        connection.execute("COMMIT")
    connection.close()


def best(run: Callable[[], object], rounds: int) -> float:
    """The shortest of several rounds, in seconds: others share the machine."""
    return min(timed(run) for _ in range(rounds))


def timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
