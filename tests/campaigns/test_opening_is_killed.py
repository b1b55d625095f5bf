"""A worker is killed (SIGKILL) while it opens a wave for 5,000 people, and the server while "open" is posted:
everybody gets everything once. PostgreSQL has fewer people in smaller steps: it takes as long for them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from campaigning import MORNING, Chain
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from assess.campaigns import campaigns
from assess.errors import NotAllowed
from assess.jobs import LEASE
from assess.people import administrators, sessions
from assess.store.ids import time_text

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

PEOPLE = {"sqlite": 5_000, "postgres": 1_500}
STEP = {"sqlite": 200, "postgres": 60}
"""People in a step of filling."""
FEW = 100
TEAM = 20
ROOT = Path(__file__).parents[2]


def fill_with_people(chain: Chain, people: int) -> None:
    """Teams of twenty with a leader each, beneath South; with those of the chain so many people."""
    now = chain.now
    with chain.store.write() as q:
        for number in range(people - len(chain.people)):
            if number % TEAM == 0:
                unit_id = chain.store.new_id(now)
                q.add_unit(
                    id=unit_id,
                    organisation_id=chain.organisation_id,
                    parent_id=chain.units["South"],
                    name=f"Team {number}",
                )
            person_id = chain.store.new_id(now)
            q.add_person(
                id=person_id,
                organisation_id=chain.organisation_id,
                first_name="Person",
                name=f"Person {number}",
                email=None,
                employee_number=str(number),
                language="da",
            )
            q.add_membership(
                id=chain.store.new_id(now),
                person_id=person_id,
                unit_id=unit_id,
                role="leader" if number % TEAM == 0 else "member",
                job_role_id=None,
                starts_at=time_text(now),
                ends_at=None,
            )


def environment_of(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "ASSESS_DATABASE": settings.database,
        "ASSESS_DATA": str(settings.data),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
    }


def work(settings: Settings, point: str, step: int, now: datetime, batch: int) -> str:
    """Starts a worker and kills it when it has come to the point; gives what it said."""
    command = [sys.executable, str(Path(__file__).with_name("worker_that_stops.py")), point, str(step)]
    with subprocess.Popen(
        [*command, now.isoformat(), str(batch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment_of(settings),
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        if said != "through":
            process.send_signal(signal.SIGKILL)
    assert process.returncode == (0 if said == "through" else -signal.SIGKILL)
    return said


@pytest.mark.slow
def test_whoever_is_killed_leaves_whole_steps_behind(chain: Chain, settings: Settings, engine: str) -> None:
    people, batch = PEOPLE[engine], STEP[engine]
    fill_with_people(chain, people)
    wave_id = chain.draft()
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    now, seen = MORNING, [0]
    for point, step in (("tasks", 1), ("letters", 7), ("between", 9)):
        assert work(settings, point, step, now, batch) == f"at {point} {step}"
        seen.append(len(chain.run("SELECT person_id FROM outbox")))
        now += LEASE + timedelta(seconds=1)
    # Of the steps none was through, then six, then eight more.
    assert seen == [0, 0, 6 * batch, 14 * batch]
    assert work(settings, "never", 1, now, batch) == "through"
    require_everything_once(chain, wave_id, people)
    assert chain.run("SELECT filled_at FROM waves") == [(time_text(now),)]


def require_everything_once(chain: Chain, wave_id: str, people: int) -> None:
    """Each person has one own task and one invitation, and is rated once, but for whom nobody leads."""
    with chain.store.read() as q:
        tasks = q.tasks_of_wave(wave_id=wave_id)
        assert q.job_of(kind="fill-wave", subject=wave_id)["state"] == "done"
    own = Counter(row["respondent_id"] for row in tasks if row["perspective"] == "self")
    rated = Counter(row["subject_id"] for row in tasks if row["perspective"] == "manager")
    invited = Counter(person_id for (person_id,) in chain.run("SELECT person_id FROM outbox"))
    assert set(own.values()) == set(rated.values()) == set(invited.values()) == {1}
    assert len(own) == len(invited) == people
    assert set(own) == set(invited)
    assert set(rated) == set(own) - {chain.people["Chief"]}
    for table, column in (("assignments", "task_id"), ("sheets", "assignment_id")):
        assert chain.run(f"SELECT COUNT(*), COUNT(DISTINCT {column}) FROM {table}") == [
            (len(tasks), len(tasks))
        ]


# --- the server ------------------------------------------------------------------------------------


class Visitor:
    """An administrator's browser at a server that will be killed."""

    def __init__(self, settings: Settings, secret: str, point: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, str(Path(__file__).with_name("server_that_stops.py")), point, str(port)]
        self.server = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env=environment_of(settings) | {"ASSESS_BASE_URL": self.address},
            start_new_session=True,  # gunicorn and its worker die together
        )
        self.browser = requests.Session()
        self.browser.mount(
            "http://", HTTPAdapter(max_retries=Retry(total=600, backoff_factor=0.1, backoff_max=0.1))
        )
        self.browser.cookies.set("assess-person", secret)

    def press_open(self, wave_id: str) -> None:
        """Presses "Open it now"; the server dies over it."""
        page = self.browser.get(f"{self.address}/admin/campaigns/waves/{wave_id}/open", timeout=60)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert token is not None, page.text
        with ThreadPoolExecutor(1) as other:
            answer = other.submit(self.browser.post, page.url, {"csrf_token": token[1]}, timeout=60)
            assert self.server.stdout is not None
            assert self.server.stdout.readline() == "here\n"
            self.kill()
            with pytest.raises(requests.ConnectionError):
                answer.result()

    def kill(self) -> None:
        if self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.browser.close()
        if self.server.stdout is not None:
            self.server.stdout.close()


@pytest.mark.slow
def test_a_server_that_is_killed_has_opened_a_wave_or_has_not(store: Store, settings: Settings) -> None:
    now = datetime.now(UTC)
    chain = Chain(store, now=now)
    fill_with_people(chain, FEW)
    day = timedelta(days=1)
    wave_id = chain.draft(discussed_on=(now - day).date(), delete_on=(now + 60 * day).date())
    administrators.grant(store, chain.people["Chief"], now)
    with store.write() as q:
        secret = sessions.begin(q, chain.people["Chief"], "en", now)
    # Killed before the commit: it is a draft as before, and nothing is to be done
    # Killed after it, before the answer: it is open, and filling it is ordered once
    for point, state, jobs in (("inside", "draft", 0), ("committed", "open", 1)):
        visitor = Visitor(settings, secret, point)
        try:
            visitor.press_open(wave_id)
        finally:
            visitor.kill()
        assert chain.run("SELECT state FROM waves") == [(state,)]
        assert chain.run("SELECT COUNT(*) FROM jobs WHERE kind = 'fill-wave'") == [(jobs,)]
        assert chain.run("SELECT COUNT(*) FROM outbox") == [(0,)]
    # Whoever presses again is told; the worker does the rest
    with pytest.raises(NotAllowed):
        campaigns.open_wave_of_plan(store, chain.admin, wave_id, datetime.now(UTC))
    assert work(settings, "never", 1, datetime.now(UTC), FEW) == "through"
    require_everything_once(chain, wave_id, FEW)
