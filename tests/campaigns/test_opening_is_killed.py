"""A worker is killed (SIGKILL) while it opens a wave for 5,000 people: everybody gets everything once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from campaigning import MORNING, Chain

from assess.campaigns import campaigns
from assess.jobs import LEASE
from assess.store.ids import time_text

if TYPE_CHECKING:
    from datetime import datetime

    from assess.settings import Settings

PEOPLE = 5_000
TEAM = 20
ROOT = Path(__file__).parents[2]


def fill_with_people(chain: Chain) -> None:
    """Teams of twenty with a leader each, beneath South; with those of the chain 5,000 people."""
    now = MORNING
    with chain.store.write() as q:
        for number in range(PEOPLE - len(chain.people)):
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


def work(settings: Settings, point: str, step: int, now: datetime) -> str:
    """Starts a worker and kills it when it has come to the point; gives what it said."""
    command = [sys.executable, str(Path(__file__).with_name("worker_that_stops.py")), point, str(step)]
    environment = os.environ | {
        "ASSESS_DATABASE": settings.database,
        "ASSESS_DATA": str(settings.data),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
    }
    with subprocess.Popen(
        [*command, now.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        if said != "through":
            process.send_signal(signal.SIGKILL)
    assert process.returncode == (0 if said == "through" else -signal.SIGKILL)
    return said


@pytest.mark.slow
def test_whoever_is_killed_leaves_whole_steps_behind(chain: Chain, settings: Settings) -> None:
    fill_with_people(chain)
    wave_id = chain.draft()
    campaigns.open_wave_of_plan(chain.store, chain.admin, wave_id, MORNING)
    now, seen = MORNING, [0]
    for point, step in (("tasks", 1), ("letters", 7), ("between", 9)):
        assert work(settings, point, step, now) == f"at {point} {step}"
        seen.append(len(chain.run("SELECT person_id FROM outbox")))
        now += LEASE + timedelta(seconds=1)
    # 200 people a step: none was through, then six, then eight more.
    assert seen == [0, 0, 1_200, 2_800]
    assert work(settings, "never", 1, now) == "through"

    with chain.store.read() as q:
        tasks = q.tasks_of_wave(wave_id=wave_id)
        assert q.job_of(kind="fill-wave", subject=wave_id)["state"] == "done"
    own = Counter(row["respondent_id"] for row in tasks if row["perspective"] == "self")
    rated = Counter(row["subject_id"] for row in tasks if row["perspective"] == "manager")
    invited = Counter(person_id for (person_id,) in chain.run("SELECT person_id FROM outbox"))
    assert set(own.values()) == set(rated.values()) == set(invited.values()) == {1}
    assert len(own) == len(invited) == PEOPLE
    assert set(own) == set(invited)
    assert set(rated) == set(own) - {chain.people["Chief"]}
    for table, column in (("assignments", "task_id"), ("sheets", "assignment_id")):
        assert chain.run(f"SELECT COUNT(*), COUNT(DISTINCT {column}) FROM {table}") == [
            (len(tasks), len(tasks))
        ]
    assert chain.run("SELECT filled_at FROM waves") == [(time_text(now),)]
