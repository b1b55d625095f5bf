"""A batch of personal reports: reports a minute, memory of the processes over time, pages meanwhile.

    python -m benchmarks.batches [--reports 500] [--processes N] [--seconds 30] [--users 50]

A fresh SQLite file, a manager who has rated so many people, all of whom share: reports of two views each.
`assess serve` and `assess work` run as processes of their own on the same machine. People save answers and
open pages with a second to think between, first alone, then while the batch runs; the yardsticks are that run
alone, and the same reports rendered one after the other in one process with nothing else to do. The
documents that submitting orders are taken out of the queue: they are not what is measured.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assess.answering import results, sessions, sheets
from assess.answering.types import Given
from assess.batches import ordering
from assess.batches.types import Batch
from assess.campaigns import waves
from assess.people import register
from assess.rights import Actor
from assess.settings import Settings, from_environment
from assess.store import Store, open_store
from benchmarks.serving import Browser, fill, line, measure, server
from questionnaires.definition import ChoiceItem, RatingItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder
from reports.fonts import static_fonts
from reports.outcome import view_of_results
from reports.pdf import render

ALONE = 8
"""Reports of the yardstick."""
MEGABYTE = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--users", type=int, default=50)
    args = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="assess-batches-") as folder:
        os.environ.update(
            ASSESS_DATA=folder,
            ASSESS_DATABASE=f"{folder}/bench.sqlite",
            ASSESS_BASE_URL=f"http://127.0.0.1:{port}",
            ASSESS_LOG_LEVEL="WARNING",
            ASSESS_BATCH_PROCESSES=str(args.processes),
        )
        tokens, settings = fill(args.users), from_environment()
        with open_store(settings) as store:
            actor, wave_id, task_id = rated(store, args.reports)
            alone = reports_alone(store, settings, actor, task_id)
            with server(port, workers=2, threads=8):
                before = measure(people(port, tokens), args.seconds, 1.0)
                batch_id = ordering.order(
                    store, settings, actor, "wave-reports", wave_id, "da", datetime.now(UTC)
                )
                with worker() as pid:
                    watched = Watched(store, actor, batch_id, pid)
                    watched.until_some_are_done()
                    during = measure(people(port, tokens), args.seconds, 1.0)
                    watched.until_all_are_done()
    print(f"{args.reports} reports, {args.processes} processes")
    watched.tell(alone)
    for name, found in (("alone", before), ("with a batch", during)):
        print(f"{args.users} people, one second to think, {name}:")
        print(line("save", found[0]))
        print(line("show", found[1]))


def people(port: int, tokens: list[str]) -> list[Browser]:
    """With connections of their own: those of before were closed while nobody used them."""
    return [Browser(port, token) for token in tokens]


def rated(store: Store, many: int) -> tuple[Actor, str, str]:
    """A leader who has rated so many people, who share; the wave, and one of the leader's tasks."""
    now = datetime.now(UTC)
    definition = read_folder(LIBRARY / "job-maturity")
    digest = waves.add_questionnaire(store, definition, now=now)
    organisation = register.add_organisation(store, "Batches", customer="customer", now=now)
    unit = register.add_unit(store, organisation, "All", parent_id=None, now=now)
    area = register.add_job_area(store, organisation, {"da": "Bage brød"}, position=1, now=now)
    wave = waves.open_wave(store, organisation, "2026", [digest], job_areas="given", max_job_areas=1, now=now)

    def somebody(name: str, role: str) -> str:
        person = register.add_person(
            store, organisation, first_name=name, name=f"{name} Holm", language="da", now=now
        )
        register.join_unit(store, person, unit, role=role, now=now)  # type: ignore[arg-type]
        return person

    leader, task = somebody("Bo", "leader"), ""
    positions = {RatingItem: 3, ChoiceItem: 1}
    for number in range(many):
        person = somebody(f"P{number:03}", "member")
        for perspective, respondent in (("self", person), ("manager", leader)):
            task = waves.assign(
                store,
                wave,
                digest,
                perspective,  # type: ignore[arg-type]
                respondent_id=respondent,
                subject_id=person,
                job_area_ids=[area],
                now=now,
            )
            session = sessions.of_person(store, respondent, task, now, "da")
            with store.read() as q:
                [sheet] = [row["sheet_id"] for row in q.assignments(task_id=task)]
            asked = sheets.sheet(store, session, sheet, now).form.item_ids
            given = {
                item.id: Given(position=positions[type(item)] + number % 2)
                for item in definition.questionnaire.items
                if item.id in asked and type(item) in positions
            }
            sheets.save(store, session, sheet, given, now)
            sheets.submit(store, session, sheet, now, share=True if perspective == "self" else None)
    with store.engine.transaction(write=True) as connection:
        connection.execute("DELETE FROM jobs")
    return Actor(leader), wave, task


def reports_alone(store: Store, settings: Settings, actor: Actor, task_id: str) -> float:
    """Reports a minute of one process that does nothing else."""
    now = datetime.now(UTC)
    session = sessions.of_person(store, actor.id, task_id, now, "da")
    found = results.results(store, session, now)
    fonts, view = static_fonts(settings.data / "fonts"), view_of_results(found, "da", settings.time_zone)
    if view is None:
        raise SystemExit("nothing to render")
    render(view, fonts)
    start = time.perf_counter()
    for _ in range(ALONE):
        render(view, fonts)
    return 60 * ALONE / (time.perf_counter() - start)


@contextmanager
def worker() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-m", "assess", "work"], stderr=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


class Watched:
    """A batch that runs: how far it is, and the memory of the processes that make it, once a second."""

    def __init__(self, store: Store, actor: Actor, batch_id: str, pid: int) -> None:
        self.store, self.actor, self.batch_id, self.pid = store, actor, batch_id, pid
        self.began = time.perf_counter()
        self.took, self.done = 0.0, 0
        self.memory: list[tuple[float, int, int]] = []
        """Seconds since the beginning, largest resident memory of a rendering process, that of the worker."""
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def until_some_are_done(self) -> None:
        while self._seen().done < 3:
            time.sleep(0.5)

    def until_all_are_done(self) -> None:
        self._watching.join()

    def tell(self, alone: float) -> None:
        pace = 60 * self.done / self.took
        print(f"  {pace:.0f} reports a minute, pages served meanwhile; one process alone {alone:.0f}")
        tenth = max(1, len(self.memory) // 10)
        for name, part in (
            ("first tenth", self.memory[tenth : 2 * tenth]),
            ("last tenth", self.memory[-tenth:]),
        ):
            process, own = (max(one[place] for one in part) // MEGABYTE for place in (1, 2))
            print(f"  {name}: rendering process at most {process} MB, worker {own} MB")
        print(f"  at most {max(one[1] for one in self.memory) // MEGABYTE} MB in a rendering process")

    def _seen(self) -> Batch:
        return ordering.batch(self.store, self.actor, self.batch_id, datetime.now(UTC))

    def _watch(self) -> None:
        while (found := self._seen()).is_open:
            self.done = found.done
            sizes = [_resident(pid) for pid in _children(self.pid)]
            since = time.perf_counter() - self.began
            self.memory.append((since, max(sizes, default=0), _resident(self.pid)))
            time.sleep(1)
        self.done, self.took = found.done, time.perf_counter() - self.began


def _children(pid: int) -> list[int]:
    try:
        found = [
            int(one)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for one in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return found


def _resident(pid: int) -> int:
    """Kilobytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in status.splitlines() if row.startswith("VmRSS")), 0)


if __name__ == "__main__":
    main()
