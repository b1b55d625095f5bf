"""Saving one answer and showing one page: requests a second, and how long 50 people wait.

    python benchmarks/serving.py [--seconds 10] [--users 50] [--workers 2] [--threads 8]

A fresh SQLite file with `synchronous=FULL`, gunicorn as `assess serve` starts it, and 50 people who each
save an answer as the page's script does and then open a page. Two runs: without a pause (throughput), and
with one second to think between the steps (waiting times). The people run on the same machine.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from assess.answering import links
from assess.campaigns import waves
from assess.people import register
from assess.settings import from_environment
from assess.store import migrate, open_store
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder


class Browser:
    """One person: signs in by the link, then saves and shows over a kept-alive connection."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        page = self._ask("GET", f"/a/{token}")
        form = {"csrf_token": self._csrf(page)}
        self._ask("POST", f"/a/{token}", urllib.parse.urlencode(form))
        page = self._ask("GET", "/answer")
        self._sheet = re.search(r"/answer/([0-9a-f-]{20,})", page)[1]  # type: ignore[index]
        page = self.show()
        self._token = self._csrf(page)
        # What a browser before this one has saved has a revision.
        found = re.findall(r'name="seen-([a-z]+-\d)"[^>]*value="(\d+)"', page)
        self._seen = {item: int(revision) for item, revision in found}
        self._items = itertools.cycle(self._seen)
        self._values = itertools.cycle("12345")

    def show(self) -> str:
        return self._ask("GET", f"/answer/{self._sheet}/page/1")

    def save(self) -> None:
        item = next(self._items)
        answer = {"value": next(self._values), "seen": self._seen[item]}
        body = json.dumps({"answers": {item: answer}})
        found = self._ask("POST", f"/answer/{self._sheet}/answers", body, "application/json")
        self._seen[item] = json.loads(found)["revisions"][item]

    def _csrf(self, page: str) -> str:
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]  # type: ignore[index]

    def _ask(
        self, method: str, path: str, body: str = "", kind: str = "application/x-www-form-urlencoded"
    ) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body:
            headers |= {"Content-Type": kind, "X-CSRFToken": getattr(self, "_token", "")}
        self._connection.request(method, path, body.encode() or None, headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        text = answer.read().decode()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path.split('/')[1]}: {answer.status}\n{text[:400]}")
        return text


def measure(browsers: list[Browser], seconds: float, think: float) -> tuple[list[float], list[float], float]:
    """Milliseconds of each save and each show, and the seconds that the run took."""
    saves: list[float] = []
    shows: list[float] = []
    start = time.perf_counter()

    def live(browser: Browser, place: int) -> None:
        time.sleep(think * place / len(browsers))
        while time.perf_counter() - start < seconds:
            for step, times in ((browser.save, saves), (browser.show, shows)):
                before = time.perf_counter()
                step()
                times.append((time.perf_counter() - before) * 1000)
                time.sleep(think)

    people = [threading.Thread(target=live, args=(b, n)) for n, b in enumerate(browsers)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return saves, shows, time.perf_counter() - start


def fill(users: int) -> list[str]:
    """People with one task each; gives a link token for each."""
    settings = from_environment()
    migrate(settings)
    now = datetime.now(UTC)
    with open_store(settings) as store:
        definition = read_folder(LIBRARY / "job-maturity")
        digest = waves.add_questionnaire(store, definition, now=now)
        organisation = register.add_organisation(store, "Bench", customer="customer", now=now)
        area = register.add_job_area(store, organisation, {"en": "Bread"}, position=1, now=now)
        wave = waves.open_wave(
            store, organisation, "2026", [digest], job_areas="given", max_job_areas=1, now=now
        )
        tokens = []
        for number in range(users):
            person = register.add_person(
                store, organisation, first_name=f"P{number}", name=f"P{number} X", language="da", now=now
            )
            task = waves.assign(
                store,
                wave,
                digest,
                "self",
                respondent_id=person,
                subject_id=person,
                job_area_ids=[area],
                now=now,
            )
            tokens.append(links.mint(store, task, now))
    return tokens


@contextmanager
def server(port: int, workers: int, threads: int) -> Iterator[None]:
    command = [sys.executable, "-m", "assess", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--workers", str(workers), "--threads", str(threads)], stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def line(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    p50, p99 = (ordered[min(int(len(ordered) * share), len(ordered) - 1)] for share in (0.50, 0.99))
    return f"  {name:<6} {len(times):>7} requests   p50 {p50:7.1f} ms   p99 {p99:7.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    args = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            ASSESS_DATA=folder,
            ASSESS_DATABASE=f"{folder}/bench.sqlite",
            ASSESS_BASE_URL=f"http://127.0.0.1:{port}",
            ASSESS_LOG_LEVEL="WARNING",
        )
        tokens = fill(args.users)
        with server(port, args.workers, args.threads):
            browsers = [Browser(port, token) for token in tokens]
            for think in (0.0, 1.0):
                saves, shows, took = measure(browsers, args.seconds, think)
                pairs = len(shows) / took
                print(f"{args.users} users, {think:.0f} s to think: {pairs:.0f} save-and-show pairs a second")
                print(line("save", saves))
                print(line("show", shows))


if __name__ == "__main__":
    main()
