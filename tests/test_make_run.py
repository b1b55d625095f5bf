"""A newcomer's first minute: a fresh clone, `make run`, a page, stop; and once more on what is there."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 420.0

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("make-run")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("newcomer") / "assess"
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(target)], check=True)
    return target


@contextlib.contextmanager
def make_run(clone: Path, port: int, database: Path) -> Iterator[str]:
    """`make run`, until it says that it is ready; gives what it printed; Ctrl-C stops it."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ASSESS_")}
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}", f"ASSESS_DATABASE={database}"],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        start_new_session=True,
    )
    assert process.stdout is not None
    printed = ""
    deadline = time.monotonic() + PATIENCE
    try:
        while "Stop with Ctrl-C" not in printed:
            assert time.monotonic() < deadline, printed
            if select.select([process.stdout], [], [], 1.0)[0]:
                some = os.read(process.stdout.fileno(), 65536)
                assert some, f"make run ended early:\n{printed}"
                printed += some.decode("utf-8", "replace")
        yield printed
    finally:
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stdout.read().decode("utf-8", "replace")
        process.wait(timeout=60)
        process.stdout.close()
    assert "→ stopped" in rest


def links(printed: str) -> list[str]:
    return re.findall(r"http://127\.0\.0\.1:\d+/a/\S+", printed)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert answer.status == 200
        return str(answer.read().decode("utf-8"))


def test_a_newcomer_gets_a_running_demo_and_links_that_work(clone: Path, tmp_path: Path) -> None:
    database = tmp_path / "new.sqlite"
    port = free_port()

    with make_run(clone, port, database) as first:
        assert f"Ready at http://127.0.0.1:{port}" in first
        first_links = links(first)
        assert len(first_links) >= 3
        for link in first_links:
            assert "<form" in get(link)
        log = clone / "var" / "log"
        assert f"their log: {log}" in first
        assert '"route": "/a/<token>"' in (log / "server.log").read_text(), "requests go there, not here"
        assert (log / "worker.log").stat().st_mode & 0o077 == 0
        assert (clone / "var").stat().st_mode & 0o077 == 0
        assert '"route"' not in first
    assert database.exists()

    with make_run(clone, port, database) as second:
        assert "using what is there" in second
        assert set(links(second)).isdisjoint(first_links)
        assert "<form" in get(links(second)[0])
        assert "<form" in get(first_links[0])

    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server went on after make run had stopped"
