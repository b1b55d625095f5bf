"""Background work: rows with leases, done once each, whatever happens to workers. Both engines."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from small_organisation import NOON, Bakery, later
from team import Team, always, fitting, maturity

from assess import jobs
from assess.answering import links, results, sessions, sharing
from assess.answering.ordering import REPORT_JOB
from assess.errors import NotFound, StoreUnavailable
from assess.jobs import LEASE, MAX_ATTEMPTS, Workplace, run_due
from assess.people import sessions as people_sessions
from assess.people import signing_in
from assess.store import open_store
from assess.store.ids import time_text
from questionnaires.library import find
from questionnaires.reader import read_folder

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store


@dataclass
class Clock:
    """A clock that stands until the test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


@dataclass
class Work:
    """A kind of job that counts, and fails as it is told."""

    done: Counter[str] = field(default_factory=Counter)
    failing: dict[str, Exception] = field(default_factory=dict)

    def __call__(self, place: Workplace, subject: str) -> None:
        if subject in self.failing:
            raise self.failing[subject]
        self.done[subject] += 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(store: Store, settings: Settings, clock: Clock) -> Workplace:
    return Workplace(store, settings, clock)


def order(store: Store, *subjects: str, kind: str = "count") -> None:
    with store.write() as q:
        for subject in subjects:
            q.enqueue_job(id=store.new_id(NOON), kind=kind, subject=subject, now=time_text(NOON))


def state(store: Store, subject: str, kind: str = "count") -> str:
    with store.read() as q:
        return str(q.job_of(kind=kind, subject=subject)["state"])


def test_every_job_that_is_due_is_done_once(place: Workplace) -> None:
    work = Work()
    order(place.store, "a", "b")
    assert run_due(place, {"count": work}) == 2
    assert run_due(place, {"count": work}) == 0
    assert work.done == {"a": 1, "b": 1}
    assert state(place.store, "a") == "done"


def test_a_job_that_is_ordered_twice_before_it_runs_is_done_once(place: Workplace) -> None:
    work = Work()
    order(place.store, "a", "a")
    run_due(place, {"count": work})
    assert work.done == {"a": 1}


def test_a_job_that_is_ordered_again_while_it_runs_runs_again(place: Workplace) -> None:
    done: list[str] = []

    def slow(_: Workplace, subject: str) -> None:
        if not done:
            order(place.store, subject)
        done.append(subject)

    assert run_due(place, {"count": slow}) == 0
    order(place.store, "a")
    assert run_due(place, {"count": slow}) == 2
    assert state(place.store, "a") == "done"


def test_what_somebody_waits_for_comes_before_reports_that_have_waited_longer(place: Workplace) -> None:
    done: list[str] = []

    def report(_: Workplace, subject: str) -> None:
        if not done:  # somebody asks for a sign-in link while the first of many reports is made
            order(place.store, "letter")
        done.append(subject)

    order(place.store, "first report", "second report", kind=REPORT_JOB)
    run_due(place, {REPORT_JOB: report, "count": lambda _, subject: done.append(subject)})
    assert done[1] == "letter"
    assert sorted(done) == ["first report", "letter", "second report"]


def test_workers_at_the_same_time_share_the_jobs(place: Workplace) -> None:
    work, start, subjects = Work(), threading.Barrier(4), [f"job {number}" for number in range(20)]
    order(place.store, *subjects)

    def worker(_: int) -> int:
        start.wait()
        return run_due(place, {"count": work})

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(worker, range(4))) == 20
    assert work.done == dict.fromkeys(subjects, 1)


def test_a_poison_job_fails_alone_after_some_attempts_and_is_listed(place: Workplace, clock: Clock) -> None:
    work = Work(failing={"poison": ValueError("quotes an answer: canary 77")})
    order(place.store, "poison", "good")
    attempts = [run_due(place, {"count": work})]
    for _ in range(MAX_ATTEMPTS):
        clock.pass_by(timedelta(days=1))
        attempts.append(run_due(place, {"count": work}))
    assert attempts == [2, 1, 1, 1, 0]
    assert work.done == {"good": 1}

    [failed] = jobs.failed(place.store)
    assert (failed.kind, failed.subject, failed.attempts) == ("count", "poison", MAX_ATTEMPTS)
    assert failed.error.startswith("ValueError at test_jobs.py:")
    assert "canary" not in failed.error


def test_attempts_keep_their_distance(place: Workplace, clock: Clock) -> None:
    order(place.store, "poison")
    work = Work(failing={"poison": ValueError()})
    run_due(place, {"count": work})
    assert run_due(place, {"count": work}) == 0
    clock.pass_by(timedelta(seconds=29))
    assert run_due(place, {"count": work}) == 0
    clock.pass_by(timedelta(seconds=1))
    assert run_due(place, {"count": work}) == 1


def test_a_busy_database_is_not_the_jobs_fault(place: Workplace, clock: Clock) -> None:
    work = Work(failing={"a": StoreUnavailable("busy")})
    order(place.store, "a")
    for _ in range(MAX_ATTEMPTS * 2):
        assert run_due(place, {"count": work}) == 1
        clock.pass_by(timedelta(minutes=1))
    work.failing.clear()
    assert run_due(place, {"count": work}) == 1
    assert work.done == {"a": 1}


def test_a_job_of_a_kind_that_nobody_knows_fails_and_does_not_stop_the_others(
    place: Workplace, clock: Clock
) -> None:
    work = Work()
    order(place.store, "a", kind="from the future")
    order(place.store, "b")
    run_due(place, {"count": work})
    assert work.done == {"b": 1}


def test_a_killed_worker_loses_nothing(place: Workplace, clock: Clock) -> None:
    """A real process takes the job and is killed in the middle of it."""
    order(place.store, "a")
    script = (
        "import sys\n"
        "from datetime import datetime\n"
        "from assess.jobs import Workplace, run_due\n"
        "from assess.settings import from_environment\n"
        "from assess.store import open_store\n"
        f"settings = from_environment({{'ASSESS_DATABASE': {place.settings.database!r}}})\n"
        "def hang(place, subject):\n"
        "    print('taken', flush=True)\n"
        "    sys.stdin.read()\n"
        f"now = datetime.fromisoformat({NOON.isoformat()!r})\n"
        "run_due(Workplace(open_store(settings), settings, lambda: now), {'count': hang})\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        process.kill()
    work = Work()
    assert run_due(place, {"count": work}) == 0
    clock.pass_by(LEASE - timedelta(seconds=1))
    assert run_due(place, {"count": work}) == 0
    clock.pass_by(timedelta(seconds=1))
    assert run_due(place, {"count": work}) == 1
    assert work.done == {"a": 1}


def test_a_job_that_kills_every_worker_is_given_up(place: Workplace, clock: Clock) -> None:
    order(place.store, "a")
    for _ in range(MAX_ATTEMPTS):
        with place.store.write() as q:  # taken, and never heard of again
            q.take_job(
                lease_id=place.store.new_id(clock.now),
                lease_until=time_text(clock.now + LEASE),
                now=time_text(clock.now),
                max_attempts=MAX_ATTEMPTS,
                last=REPORT_JOB,
            )
        clock.pass_by(LEASE)
    work = Work()
    assert run_due(place, {"count": work}) == 0
    assert [job.subject for job in jobs.failed(place.store)] == ["a"]


def test_a_worker_whose_lease_was_taken_over_changes_nothing_any_more(place: Workplace, clock: Clock) -> None:
    order(place.store, "a")
    second = Work()

    def slow(_: Workplace, subject: str) -> None:
        clock.pass_by(LEASE)
        assert run_due(place, {"count": second}) == 1
        raise ValueError(subject)

    run_due(place, {"count": slow})
    assert second.done == {"a": 1}
    assert state(place.store, "a") == "done"


def test_tidying_ends_what_is_over_and_keeps_what_is_not(bakery: Bakery, settings: Settings) -> None:
    task_id = bakery.assign(bakery.wave())
    short, long = (links.mint(bakery.store, task_id, NOON, days=days) for days in (1, 60))
    bakery.enter(task_id)
    clock = Clock(later(days=32))
    secret = links.exchange(bakery.store, long, clock.now)
    signing_in.sign_in(bakery.store, signing_in.mint(bakery.store, bakery.manager_id, NOON), NOON)
    here = signing_in.sign_in(
        bakery.store, signing_in.mint(bakery.store, bakery.manager_id, clock.now), clock.now
    )
    jobs.order_tidying(bakery.store, clock.now)
    jobs.order_tidying(bakery.store, clock.now)
    assert run_due(Workplace(bakery.store, settings, clock)) == 1

    with bakery.store.engine.transaction(write=False) as connection:
        counts = [
            connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in ("link_tokens", "sessions", "sign_in_links", "person_sessions")
        ]
    assert counts == [2, 1, 1, 1]  # the links of 60 days and of bakery.enter; else what is new
    assert people_sessions.find(bakery.store, here, clock.now) is not None
    assert sessions.find(bakery.store, secret, clock.now) is not None
    with pytest.raises(NotFound):
        links.look(bakery.store, short, NOON)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_submit_becomes_a_report_in_the_language_used_last_and_only_once(
    store: Store, settings: Settings
) -> None:
    bakery = Bakery(store, definition=read_folder(find("job-maturity")))
    wave_id = bakery.wave()
    employee, manager = bakery.enter(bakery.assign(wave_id)), bakery.enter(bakery.assign(wave_id, "manager"))
    employee = sessions.set_language(store, employee, "sv")
    bakery.finish(employee, share=False)
    place = Workplace(store, settings, Clock())

    assert run_due(place) == 1  # the employee's: what is not shared makes no work for the manager
    alone = results.document(store, employee, "personal-report", "sv", NOON)
    assert alone is not None
    assert alone.content.startswith(b"%PDF-")
    assert results.document(store, employee, "personal-report", "da", NOON) is None

    order(store, employee.task.id, kind=REPORT_JOB)
    place.clock.pass_by(timedelta(hours=1))  # type: ignore[attr-defined]
    assert run_due(place) == 1
    assert results.document(store, employee, "personal-report", "sv", NOON) == alone  # not made again

    bakery.finish(manager)
    assert run_due(place) == 2
    both = results.document(store, employee, "personal-report", "sv", NOON)
    assert both is not None
    assert both.sha256 != alone.sha256
    assert jobs.failed(store) == ()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_leader_gets_a_report_that_is_made_anew_with_every_rating_and_share(
    store: Store, settings: Settings
) -> None:
    team = Team(store)
    place = Workplace(store, settings, Clock())
    leader = sessions.set_language(store, team.enter_own_style(), "en")
    team.give(team.enter_report(team.employee_id), always("S4"))
    assert run_due(place) == 0  # a direct report's sheet makes no work
    employee, manager = team.enter_pair(team.employee_id)

    def report() -> str:
        found = results.document(store, leader, "personal-report", "en", NOON)
        assert found is not None
        pages = PdfReader(BytesIO(found.content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    team.give(leader, fitting)
    assert run_due(place) == 1
    alone = report()
    assert "Bo Ørsted" in alone
    assert "Amina" not in alone

    team.give(manager, maturity(5, 5))
    assert run_due(place) == 3  # the employee's, who has nothing yet, the rating's and the leader's own
    rated = report()
    assert "Amina" in rated

    team.give(employee, maturity(5, 2), share=False)
    assert run_due(place) == 1  # the employee's own: nothing that the manager can notice
    assert report() == rated
    sharing.share(store, employee, NOON)
    assert run_due(place) == 3
    assert report() != rated
    sharing.unshare(store, employee, NOON)
    assert results.document(store, leader, "personal-report", "en", NOON) is None
    assert run_due(place) == 3
    assert report() == rated
    assert jobs.failed(store) == ()


def test_the_worker_is_woken_and_does_what_is_due(settings: Settings, store: Store) -> None:
    """The real `assess work`, woken through huey, in a process of its own."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with store.write() as q:
        q.enqueue_job(id=store.new_id(long_ago), kind=REPORT_JOB, subject="missing", now=time_text(long_ago))
    jobs.wake(settings)
    environment = {"ASSESS_DATABASE": settings.database, "ASSESS_DATA": str(settings.data)}
    with subprocess.Popen(
        [sys.executable, "-m", "assess", "work"], env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        assert process.stderr is not None
        events: list[str] = []
        for line in process.stderr:
            events.append(line)
            if '"event": "job failed"' in line:  # reports come last: by then everything else is done
                break
        process.terminate()
        watchdog.cancel()
    assert "assess.errors.NotFound" in events[-1], events
    assert any('"event": "job done"' in line and '"kind": "tidy"' in line for line in events), events
    with open_store(settings) as again, again.read() as q:
        assert q.job_of(kind=REPORT_JOB, subject="missing")["attempts"] == 1


def test_the_queue_is_for_its_owner_alone(settings: Settings) -> None:
    if settings.is_postgres:
        return
    jobs.wake(settings)
    assert (settings.data / "queue.sqlite").stat().st_mode & 0o077 == 0
