"""`assess status` and `assess jobs`: what an operator sees of the service. Both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from small_organisation import NOON, Bakery, later

from assess import jobs
from assess.cli import main
from assess.commands.status import SILENT, WAITING, Finding, findings, print_status
from assess.jobs import MAX_ATTEMPTS, Workplace, run_due
from assess.jobs.looking import note_look
from assess.outbox import letters
from assess.outbox.letters import Letter
from assess.store.ids import time_text

if TYPE_CHECKING:
    from datetime import datetime

    from assess.settings import Settings
    from assess.store import Store


def of(settings: Settings, what: str, now: datetime) -> Finding:
    return next(finding for finding in findings(settings, now) if finding.what == what)


def put_letter(bakery: Bakery, due_at: datetime | None = None) -> None:
    letter = Letter("invitation", "1", bakery.employee_id, bakery.organisation_id, due_at=due_at)
    with bakery.store.write() as q:
        letters.put(bakery.store, q, letter, NOON)


def fail_a_job(store: Store, settings: Settings) -> None:
    def fails(place: Workplace, subject: str) -> None:
        raise RuntimeError(f"{subject} of {place}")

    with store.write() as q:
        q.enqueue_job(id=store.new_id(NOON), kind="count", subject="1", now=time_text(NOON))
    hours = iter(range(1_000))
    place = Workplace(store, settings, lambda: NOON + timedelta(hours=next(hours)))
    for _ in range(MAX_ATTEMPTS):
        run_due(place, {"count": fails})


def test_all_is_well_where_a_worker_has_just_looked(store: Store, settings: Settings) -> None:
    note_look(store, NOON)
    lines: list[str] = []
    assert print_status(settings, later(seconds=40), lines.append)
    assert [line.split()[:2] for line in lines] == [
        ["ok", "database"],
        ["ok", "worker"],
        ["ok", "mail"],
        ["ok", "jobs"],
    ]
    assert "Looked for work 40 seconds ago." in lines[1]


def test_a_worker_that_never_looked_is_missed(store: Store, settings: Settings) -> None:
    assert not of(settings, "worker", NOON).is_well
    assert not print_status(settings, NOON, [].append)


def test_a_worker_that_has_become_silent_is_missed(store: Store, settings: Settings) -> None:
    note_look(store, NOON)
    assert of(settings, "worker", NOON + SILENT).is_well
    silent = of(settings, "worker", NOON + SILENT + timedelta(seconds=1))
    assert not silent.is_well
    assert "5 minutes ago. Is assess work running?" in silent.why
    note_look(store, NOON + SILENT)
    assert of(settings, "worker", NOON + SILENT + timedelta(seconds=1)).is_well


def test_a_worker_that_is_busy_with_one_job_is_not_missed(store: Store, settings: Settings) -> None:
    note_look(store, NOON)
    seen: list[Finding] = []
    with store.write() as q:
        q.enqueue_job(id=store.new_id(NOON), kind="count", subject="1", now=time_text(NOON))
    at = later(minutes=20)
    place = Workplace(store, settings, lambda: at)
    run_due(place, {"count": lambda _place, _subject: seen.append(of(settings, "worker", at))})
    assert seen[0].is_well
    assert not of(settings, "worker", at).is_well


def test_a_worker_notes_that_it_looks(store: Store, settings: Settings) -> None:
    jobs.work_once(settings)
    assert CliRunner().invoke(main, ["status"], env=environment(settings)).exit_code == 0


def test_a_letter_may_wait_for_an_hour(bakery: Bakery, settings: Settings) -> None:
    put_letter(bakery)
    assert of(settings, "mail", NOON + WAITING).is_well
    late = of(settings, "mail", NOON + WAITING + timedelta(seconds=1))
    assert not late.is_well
    assert late.why.startswith("1 letters to send, the oldest from 60 minutes ago; 0 failed")
    assert "no mail server is set" in late.why


def test_a_letter_that_is_planned_for_later_is_not_late(bakery: Bakery, settings: Settings) -> None:
    put_letter(bakery, due_at=later(days=2))
    assert of(settings, "mail", later(days=1)).is_well


def test_a_letter_that_is_put_back_again_and_again_is_late(bakery: Bakery, settings: Settings) -> None:
    put_letter(bakery)
    for hour in range(3):
        taken = letters.take(bakery.store, later(hours=hour))
        assert taken is not None
        letters.put_back(bakery.store, taken, "unreachable", later(hours=hour))
    assert not of(settings, "mail", later(hours=2, minutes=1)).is_well


def test_a_letter_that_bounced_is_counted_but_is_nothing_for_an_alarm(
    bakery: Bakery, settings: Settings
) -> None:
    put_letter(bakery)
    taken = letters.take(bakery.store, NOON)
    assert taken is not None
    letters.failed(bakery.store, taken, "address-refused 550", NOON, bounced=True)
    told = of(settings, "mail", later(days=3))
    assert told.is_well
    assert "1 failed or bounced: assess mail" in told.why


def test_a_job_that_was_given_up_is_told_and_can_be_tried_again(store: Store, settings: Settings) -> None:
    fail_a_job(store, settings)
    assert of(settings, "jobs", later(days=1)) == Finding("jobs", False, "1 failed: assess jobs.")
    again = CliRunner().invoke(main, ["jobs", "--again"], env=environment(settings))
    assert "1 jobs are tried again." in again.output
    assert "No job has failed." in again.output
    done: list[str] = []
    run_due(Workplace(store, settings, lambda: later(days=3650)), {"count": lambda _place, x: done.append(x)})
    assert done == ["1"]


@pytest.fixture
def without_tables(settings: Settings, empty_database: str) -> Settings:
    return replace(settings, database=empty_database)


def test_a_database_of_another_version_is_all_that_is_told(without_tables: Settings) -> None:
    result = CliRunner().invoke(main, ["status"], env=environment(without_tables))
    assert result.exit_code == 1
    assert result.output.startswith("WRONG  database")
    assert "assess migrate" in result.output
    assert len(result.output.splitlines()) == 1


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    nothing = {"ASSESS_DATABASE": "postgresql://nobody@127.0.0.1:1/nothing", "ASSESS_DATA": str(tmp_path)}
    result = CliRunner().invoke(main, ["status"], env=nothing)
    assert result.exit_code == 1
    assert result.output.startswith("WRONG  database  PostgreSQL: ")


def environment(settings: Settings) -> dict[str, str]:
    return {"ASSESS_DATABASE": settings.database, "ASSESS_DATA": str(settings.data), "ASSESS_SMTP": ""}
