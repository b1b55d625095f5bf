"""A worker is killed (SIGKILL) at ten random points of a batch of 200: 200 whole documents come of it, each
once, and nothing is left on the disk or among the processes. PostgreSQL has fewer points."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cheap_pdf import pdf_of
from shop_of_batches import Clock, Numbers
from small_organisation import NOON, Bakery

from assess.batches import ordering
from assess.batches.handing_out import Document, hand_out
from assess.batches.taking import LEASE
from assess.rights import Actor

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

MANY = 200
KILLS = {"sqlite": 10, "postgres": 4}
SEED = 20_261_122
HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
POINTS = ("taken", "begun", "before keeping", "inside keeping", "kept", "anywhere")


def work(settings: Settings, temporary: Path, point: str, count: int, now: datetime) -> str:
    """Starts a worker, kills it alone when it has come to the point, and waits until its processes have ended
    by themselves; gives what it said."""
    environment = os.environ | {
        "ASSESS_DATABASE": settings.database,
        "ASSESS_DATA": str(settings.data),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"), str(HERE))),
        "TMPDIR": str(temporary),
    }
    start = "from worker_that_dies import main; main()"  # no file that its processes would load again
    with subprocess.Popen(
        [sys.executable, "-c", start, point, str(count), now.isoformat(), str(MANY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        watchdog = threading.Timer(120, lambda: os.killpg(process.pid, signal.SIGKILL))
        watchdog.start()
        said = process.stdout.readline().strip()
        if said != "through":
            process.send_signal(signal.SIGKILL)
        process.stdout.read()  # comes to its end when the last process that could write to it has ended
        assert watchdog.is_alive(), "processes were left behind"
        watchdog.cancel()
    assert process.returncode == (0 if said == "through" else -signal.SIGKILL)
    return said


@pytest.mark.slow
def test_a_worker_that_is_killed_again_and_again(
    store: Store, settings: Settings, bakery: Bakery, engine: str, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    asker, numbers, now = Actor(bakery.manager_id), Numbers(MANY), NOON
    batch_id = ordering.order(store, settings, asker, "numbers", "all", "da", NOON, numbers.kinds)

    for number in range(KILLS[engine]):
        is_last = number == KILLS[engine] - 1
        point = "finishing" if is_last else chance.choice(POINTS)
        count = 1 if is_last else chance.randint(1, 12)
        assert work(settings, temporary, point, count, now) == f"at {point}"
        now += LEASE + timedelta(minutes=3)
    assert work(settings, temporary, "never", 1, now) == "through"

    found = ordering.batch(store, asker, batch_id, now, numbers.kinds)
    assert (found.state, found.done, found.missing) == ("done", MANY, ())
    handed_out = list(hand_out(store, settings, asker, batch_id, Clock(now), numbers.kinds))
    documents = {one.file_name: one.content for one in handed_out if isinstance(one, Document)}
    assert documents == {f"Number {one:03}.pdf": pdf_of(f"{one:03} first") for one in range(MANY)}
    assert len(handed_out) == MANY
    with store.engine.transaction(write=False) as connection:
        rows = connection.execute("SELECT subject FROM batch_items").fetchall()
        letters = connection.execute("SELECT COUNT(*) FROM outbox WHERE kind = 'batch-ready'").fetchall()
    assert set(Counter(subject for (subject,) in rows).values()) == {1}
    assert letters == [(1,)]
    assert list(temporary.rglob("*")) == []
    assert not settings.data.exists() or list(settings.data.rglob("*")) == []
