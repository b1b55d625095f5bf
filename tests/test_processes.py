"""`assess run`: a worker that dies is started anew, so often and no oftener; without its server all ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assess.commands.processes import MOST_LIVES, WITHIN, Child, Children
from assess.errors import AssessError

LOGS = Path("somewhere")


@dataclass
class Machine:
    """Starts processes that end when the test says so."""

    now: float = 1000.0
    started: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    children: Children = field(init=False)

    def __post_init__(self) -> None:
        self.children = Children(self.start, LOGS, self.said.append, lambda: self.now)
        for name in ("server", "worker"):
            self.children.begin(name)

    def start(self, name: str) -> Child:
        self.started.append(name)
        return Pretended()

    def end(self, name: str, status: int) -> None:
        child = self.children.running[name]
        assert isinstance(child, Pretended)
        child.status = status


@dataclass
class Pretended:
    status: int | None = None

    def poll(self) -> int | None:
        return self.status

    def terminate(self) -> None:
        self.status = -15

    def kill(self) -> None:
        self.status = -9

    def wait(self, timeout: float | None = None) -> int:
        assert self.status is not None
        return self.status


def test_while_both_live_nothing_happens() -> None:
    machine = Machine()
    machine.children.look()
    assert (machine.started, machine.said) == (["server", "worker"], [])


def test_a_worker_that_dies_is_started_anew_and_the_terminal_says_so() -> None:
    machine = Machine()
    machine.end("worker", -9)
    machine.children.look()
    assert machine.started == ["server", "worker", "worker"]
    assert machine.said == [
        f"! The worker ended with status -9. It is started anew (1 of {MOST_LIVES}). "
        f"Its messages stand in {LOGS / 'worker.log'}."
    ]
    machine.children.look()
    assert len(machine.started) == 3, "the new one lives"


def test_a_server_that_dies_ends_everything() -> None:
    machine = Machine()
    machine.end("server", 3)
    with pytest.raises(AssessError, match=r"The server ended with status 3\. .*server\.log"):
        machine.children.look()
    assert machine.started == ["server", "worker"]


def test_a_worker_that_dies_again_and_again_ends_everything() -> None:
    machine = Machine()
    for _ in range(MOST_LIVES):
        machine.end("worker", 1)
        machine.children.look()
        machine.now += 1
    machine.end("worker", 1)
    with pytest.raises(AssessError, match="The worker ended with status 1"):
        machine.children.look()
    assert machine.started.count("worker") == 1 + MOST_LIVES


def test_deaths_of_long_ago_do_not_count() -> None:
    machine = Machine()
    for _ in range(3 * MOST_LIVES):
        machine.end("worker", -9)
        machine.children.look()
        machine.now += WITHIN / MOST_LIVES + 1
    assert machine.started.count("worker") == 1 + 3 * MOST_LIVES


def test_a_real_process_that_is_killed_comes_back_and_all_are_stopped_in_the_end() -> None:
    made: list[subprocess.Popen[bytes]] = []

    def start(_: str) -> Child:
        # Says that it runs, then waits until it is ended.
        program = "import signal; print(flush=True); signal.pause()"
        made.append(subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE))
        assert made[-1].stdout is not None
        assert made[-1].stdout.readline()
        return made[-1]

    children = Children(start, LOGS, lambda _: None)
    children.begin("worker")
    made[0].send_signal(signal.SIGKILL)
    made[0].wait(30)
    children.look()
    assert len(made) == 2
    assert made[1].poll() is None
    children.stop()
    assert [child.returncode for child in made] == [-signal.SIGKILL, -signal.SIGTERM]
    for child in made:
        assert child.stdout is not None
        child.stdout.close()
