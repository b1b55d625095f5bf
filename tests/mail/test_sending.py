"""Letters over SMTP: none lost; twice only where a sender dies between the server's 250 and our mark.

Against a real server, on both engines; time is passed in and nothing sleeps.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON, Bakery

from assess.jobs import Workplace, run_due
from assess.mail import sending
from assess.mail.sending import BATCH, Run, order_sending, send_due
from assess.mail.writing import write
from assess.mail_settings import Smtp
from assess.outbox import letters
from assess.outbox.letters import LEASE, MAX_ATTEMPTS, SEND_JOB, Letter
from assess.store.ids import time_text
from assess.web.logging import JsonLines

if TYPE_CHECKING:
    from post_office import PostOffice

    from assess.settings import Settings
    from assess.store import Store

QUICK = 0.2
"""Seconds that the silent server's client waits for it; nothing is measured by it."""


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Post:
    """The bakery's outbox and what carries it out."""

    bakery: Bakery
    place: Workplace
    clock: Clock

    def put(self, *keys: str, person_id: str = "", kind: str = "sign-in", **parts: Any) -> None:
        with self.bakery.store.write() as q:
            letters.put_many(
                self.bakery.store,
                q,
                [
                    Letter(
                        kind, key, person_id or self.bakery.employee_id, self.bakery.organisation_id, **parts
                    )
                    for key in keys
                ],
                self.clock.now,
            )

    def send(self, **parts: Any) -> Run:
        return send_due(self.place, **parts)

    def row(self, key: str) -> dict[str, Any]:
        with self.bakery.store.read() as q:
            rows = q.letters_of_organisation(organisation_id=self.bakery.organisation_id, most=10_000)
            found = [q.letter(id=row["id"]) for row in rows]
        return next(row for row in found if row["key"] == key)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post(bakery: Bakery, mail_settings: Settings, clock: Clock) -> Post:
    return Post(bakery, Workplace(bakery.store, mail_settings, clock), clock)


def states(post: Post, *keys: str) -> list[str]:
    return [post.row(key)["state"] for key in keys]


# --- what is delivered -----------------------------------------------------------------------------


def test_a_letter_is_delivered_with_both_parts_to_the_address_of_the_person(
    post: Post, post_office: PostOffice
) -> None:
    post.put("1")
    assert post.send().sent == 1
    (message,) = post_office.letters
    assert post_office.readers == ["amina@example.org"]
    assert message["Message-ID"] == f"<{post.row('1')['id']}@assess.example.dk>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert states(post, "1") == ["sent"]
    assert post.send() == Run()


def test_many_letters_go_over_one_connection_and_a_run_has_an_end(
    post: Post, post_office: PostOffice
) -> None:
    post.put(*(f"{number}" for number in range(BATCH + 5)))
    assert post.send().sent == BATCH
    assert post_office.connections == 1
    assert post.send().sent == 5


def test_without_a_server_letters_wait(post: Post, post_office: PostOffice) -> None:
    post.put("1")
    nowhere = replace(post.place, settings=replace(post.place.settings, smtp=None))
    assert send_due(nowhere) == Run()
    assert post.row("1")["attempts"] == 0
    assert post.send().sent == 1
    assert len(post_office.letters) == 1


def test_the_worker_sends_what_is_due_and_goes_on_until_nothing_is(
    post: Post, post_office: PostOffice, clock: Clock
) -> None:
    wave_id = post.bakery.wave()
    post.bakery.assign(wave_id)
    post.put(*(f"{number}" for number in range(2 * BATCH + 1)), kind="invitation", wave_id=wave_id)
    post.put("later", kind="invitation", wave_id=wave_id, due_at=NOON + timedelta(days=1))
    order_sending(post.place.store, clock.now)
    assert run_due(post.place) >= 3
    assert len(post_office.letters) == 2 * BATCH + 1
    clock.now += timedelta(days=1)
    assert run_due(post.place) == 0
    order_sending(post.place.store, clock.now)
    assert run_due(post.place) == 1
    assert states(post, "later") == ["sent"]


def test_a_sign_in_letter_orders_its_own_sending(post: Post, post_office: PostOffice) -> None:
    post.put("1")
    assert run_due(post.place) == 1
    assert len(post_office.letters) == 1


def test_nothing_due_orders_no_job(store: Store) -> None:
    order_sending(store, NOON)
    with store.read() as q:
        assert q.job_of(kind=SEND_JOB, subject="") is None


# --- servers that refuse ---------------------------------------------------------------------------


def test_an_address_that_is_refused_for_good_has_bounced_and_the_others_arrive(
    post: Post, post_office: PostOffice
) -> None:
    post_office.on_reader = lambda address: "550 5.1.1 No such user" if "amina" in address else None
    post.put("1")
    post.put("2", person_id=post.bakery.manager_id)
    post.send()
    assert states(post, "1", "2") == ["bounced", "sent"]
    assert post.row("1")["error"] == "address-refused 550"
    assert post_office.connections == 1


def test_a_letter_that_is_refused_for_good_has_failed(post: Post, post_office: PostOffice) -> None:
    post_office.on_letter = lambda number: "554 5.7.1 Looks like spam" if number == 1 else None
    post.put("1", "2")
    post.send()
    # Which of two letters of one moment goes first is left open.
    assert sorted(states(post, "1", "2")) == ["failed", "sent"]
    assert {post.row(key)["error"] for key in ("1", "2")} == {"refused 554", None}


def test_greylisting_is_waited_for(post: Post, post_office: PostOffice, clock: Clock) -> None:
    post_office.on_reader = lambda _: "451 4.7.1 Greylisted, try again"
    post.put("1")
    assert post.send().sent == 0
    assert states(post, "1") == ["waiting"]
    post_office.on_reader = lambda _: None
    assert post.send().sent == 0, "not before its time"
    clock.now += timedelta(minutes=1)
    assert post.send().sent == 1
    assert len(post_office.letters) == 1
    assert post.row("1")["error"] is None


def test_a_sender_that_is_refused_is_the_operators_to_put_right_and_no_letter_fails(
    post: Post, post_office: PostOffice, clock: Clock
) -> None:
    post_office.on_sender = lambda _: "550 5.7.1 You may not send as this"
    post.put(*(f"{number}" for number in range(10)))
    assert post.send().stopped
    assert set(states(post, *(f"{number}" for number in range(10)))) == {"waiting"}
    assert "sender-refused 550" in {post.row(f"{number}")["error"] for number in range(10)}
    post_office.on_sender = lambda _: None
    clock.now += timedelta(minutes=2)
    post.send()
    assert len(post_office.letters) == 10


def test_a_person_without_an_address_and_one_with_a_broken_one_fail(post: Post) -> None:
    bakery = post.bakery
    people = {
        "none": None,
        "no-at": "amina.example.org",
        "two": "a@b@example.org",
        "line": "a@example.org\r\nBcc: everybody@example.org",
        "space": "a b@example.org",
        "many": "a@example.org,b@example.org",
    }
    for number, (key, email) in enumerate(people.items()):
        with bakery.store.write() as q:
            q.add_person(
                id=key,
                organisation_id=bakery.organisation_id,
                first_name="X",
                name="X",
                email=email,
                employee_number=f"n{number}",
                language="da",
            )
        post.put(key, person_id=key)
    post.send()
    assert post.row("none")["error"] == "no-address"
    assert states(post, "none") == ["failed"]
    assert set(states(post, *(key for key in people if key != "none"))) == {"bounced"}


def test_an_address_outside_ascii_is_delivered(post: Post, post_office: PostOffice) -> None:
    bakery = post.bakery
    with bakery.store.write() as q:
        q.add_person(
            id="p",
            organisation_id=bakery.organisation_id,
            first_name="Åse",
            name="Åse Ærø",
            email="åse@münchen.example",
            employee_number="9",
            language="da",
        )
    post.put("1", person_id="p")
    post.send()
    assert post_office.readers == ["åse@xn--mnchen-3ya.example"]


# --- servers that are slow, dead or dying ----------------------------------------------------------


def test_a_server_that_is_not_there_loses_nothing(post: Post, clock: Clock, post_office: PostOffice) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = replace(
            post.place.settings, smtp=Smtp("127.0.0.1", probe.getsockname()[1], "none")
        )  # bound, not listening: refused
        post.put(*(f"{number}" for number in range(10)))
        assert send_due(replace(post.place, settings=nobody)).stopped
    assert sum(post.row(f"{number}")["attempts"] for number in range(10)) == 2, (
        "a few were tried, then enough"
    )
    clock.now += timedelta(minutes=1)
    post.send()
    assert len(post_office.letters) == 10


def test_a_server_that_stays_away_for_two_days_has_cost_the_letter_its_life(post: Post, clock: Clock) -> None:
    wave_id = post.bakery.wave()
    post.bakery.assign(wave_id)
    post.put("1", kind="invitation", wave_id=wave_id)
    nobody = replace(post.place.settings, smtp=Smtp("127.0.0.1", 1, "none"))
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert states(post, "1") == ["waiting"]
        send_due(replace(post.place, settings=nobody))
        clock.now += letters.delay(attempt)
    assert states(post, "1") == ["failed"]
    assert post.row("1")["error"] == "no-answer"


def test_a_silent_server_is_left_and_the_letter_waits(
    post: Post, post_office: PostOffice, clock: Clock
) -> None:
    post_office.is_silent = True
    post.put("1", "2")
    run = post.send(timeout=QUICK)
    assert run.stopped
    assert run.sent == 0
    assert states(post, "1", "2") == ["waiting", "waiting"]
    post_office.is_silent = False
    clock.now += timedelta(minutes=1)
    assert post.send().sent == 2
    assert len(post_office.letters) == 2


def test_a_server_that_dies_in_the_middle_of_a_letter_gets_it_again(
    post: Post, post_office: PostOffice, clock: Clock
) -> None:
    post_office.dies_on = frozenset({2})
    post.put("1", "2", "3")
    assert post.send().sent == 2
    clock.now += timedelta(minutes=1)
    assert post.send().sent == 1
    ids = [message["Message-ID"] for message in post_office.letters]
    assert len(ids) == len(set(ids)) == 3


def test_a_server_that_takes_a_few_letters_in_a_connection_gets_several_connections(
    post: Post, post_office: PostOffice
) -> None:
    post_office.hangs_up_after = 3
    post.put(*(f"{number}" for number in range(10)))
    assert post.send().sent == 10
    assert len({message["Message-ID"] for message in post_office.letters}) == len(post_office.letters) == 10


# --- senders that die ------------------------------------------------------------------------------

DYING = """
import json, os, signal, sys
from datetime import datetime
from assess.jobs import Workplace
from assess.mail import sending
from assess.mail_settings import Smtp
from assess.outbox import letters
from assess.settings import from_environment
from assess.store import open_store

now = datetime.fromisoformat(sys.argv[1])
when = sys.argv[2]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if when == "before the mark":
    letters.sent = die
else:
    sending.write = die
with open_store(settings := from_environment()) as store:
    sending.send_due(Workplace(store, settings, lambda: now))
"""


def kill_a_sender(post: Post, when: str) -> None:
    """A sender of its own process that is killed (−9) with the first letter in its hand."""
    settings = post.place.settings
    assert settings.smtp is not None
    process = subprocess.run(
        [sys.executable, "-c", DYING, post.clock.now.isoformat(), when],
        env={
            **os.environ,
            "ASSESS_DATABASE": settings.database,
            "ASSESS_DATA": str(settings.data),
            "ASSESS_BASE_URL": settings.base_url,
            "ASSESS_SMTP": f"smtp://127.0.0.1:{settings.smtp.port}",
            "ASSESS_MAIL_FROM": settings.mail_from,
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == -signal.SIGKILL, process.stderr


def test_a_sender_killed_before_its_letter_went_loses_nothing(
    post: Post, post_office: PostOffice, clock: Clock
) -> None:
    post.put("1", "2")
    kill_a_sender(post, "before it went")
    assert post_office.letters == []
    assert post.send().sent == 1, "the other one; the first is still the dead sender's"
    clock.now += LEASE
    assert post.send().sent == 1
    ids = [message["Message-ID"] for message in post_office.letters]
    assert len(set(ids)) == 2


def test_a_sender_killed_between_the_servers_250_and_our_mark_sends_again_the_same_message_id(
    post: Post, post_office: PostOffice, clock: Clock
) -> None:
    post.put("1", "2")
    kill_a_sender(post, "before the mark")
    assert len(post_office.letters) == 1
    assert post.send().sent == 1
    clock.now += LEASE
    assert post.send().sent == 1
    ids = [message["Message-ID"] for message in post_office.letters]
    assert len(ids) == 3
    assert len(set(ids)) == 2, "the one sent twice can be told by its Message-ID"
    clock.now += timedelta(days=3)
    assert post.send() == Run()


def test_two_senders_at_once_send_each_letter_once(post: Post, post_office: PostOffice) -> None:
    post.put(*(f"{number}" for number in range(40)))
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: post.send(), range(2)))
    assert sum(run.sent for run in runs) == 40
    assert len({message["Message-ID"] for message in post_office.letters}) == len(post_office.letters) == 40


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_thousand_letters_all_arrive_once(post: Post, post_office: PostOffice, clock: Clock) -> None:
    wave_id = post.bakery.wave()
    post.bakery.assign(wave_id)
    post.put(*(f"{number}" for number in range(1_000)), kind="invitation", wave_id=wave_id)
    order_sending(post.place.store, clock.now)
    run_due(post.place)
    assert (
        len({message["Message-ID"] for message in post_office.letters}) == len(post_office.letters) == 1_000
    )


# --- letters that are not wanted any more ----------------------------------------------------------


def leave(post: Post, column: str) -> None:
    with post.bakery.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE people SET {column} = '{time_text(NOON)}' WHERE first_name = 'Amina'")


@pytest.mark.parametrize("column", ["left_at", "erased_at"])
def test_who_has_left_or_was_erased_gets_no_letter(post: Post, post_office: PostOffice, column: str) -> None:
    wave_id = post.bakery.wave()
    post.bakery.assign(wave_id)
    post.put("1", kind="invitation", wave_id=wave_id)
    leave(post, column)
    post.send()
    assert states(post, "1") == ["cancelled"]
    assert post_office.letters == []


def test_the_letter_that_tells_of_the_erasure_goes_to_the_address_that_it_carries(
    post: Post, post_office: PostOffice
) -> None:
    leave(post, "erased_at")
    given = {"address": "amina@home.example.org", "language": "sv", "first_name": "Amina"}
    post.put("1", kind="erasure-done", parameters=given)
    post.send()
    (message,) = post_office.letters
    assert post_office.readers == ["amina@home.example.org"]
    assert message["Subject"] == "Det som var sparat om dig har raderats"
    assert "amina@home" not in json.dumps(post.row("1"))


@pytest.mark.parametrize("state", ["draft", "testing", "closed", "archived"])
def test_no_invitation_to_a_wave_that_is_not_open(post: Post, post_office: PostOffice, state: str) -> None:
    wave_id = post.bakery.wave()
    post.bakery.assign(wave_id)
    post.put("1", kind="invitation", wave_id=wave_id)
    post.put("2", kind="reminder", wave_id=wave_id)
    with post.bakery.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE waves SET state = '{state}' WHERE id = '{wave_id}'")
    post.send()
    assert states(post, "1", "2") == ["cancelled", "cancelled"]
    assert post_office.letters == []


def test_no_invitation_after_the_deadline_and_none_before_the_opening(post: Post, clock: Clock) -> None:
    opens, closes = NOON + timedelta(days=1), NOON + timedelta(days=2)
    early = post.bakery.wave(opens_at=opens, closes_at=closes)
    post.bakery.assign(early)
    post.put("1", kind="invitation", wave_id=early)
    post.send()
    assert states(post, "1") == ["waiting"]
    assert post.row("1")["due_at"] == time_text(opens)
    clock.now = closes
    post.send()
    assert states(post, "1") == ["cancelled"]


def test_no_invitation_when_everything_was_taken_back(post: Post) -> None:
    wave_id = post.bakery.wave()
    task_id = post.bakery.assign(wave_id)
    post.put("1", kind="invitation", wave_id=wave_id)
    with post.bakery.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE tasks SET withdrawn_at = '{time_text(NOON)}' WHERE id = '{task_id}'")
    post.send()
    assert states(post, "1") == ["cancelled"]


def test_who_has_submitted_gets_no_reminder_but_the_invitation_does_not_tell(
    post: Post, post_office: PostOffice
) -> None:
    bakery = post.bakery
    wave_id = bakery.wave()
    task_id = bakery.assign(wave_id)
    post.put("reminder", kind="reminder", wave_id=wave_id)
    post.put("invitation", kind="invitation", wave_id=wave_id)
    bakery.finish(bakery.enter(task_id))
    post.send()
    assert states(post, "reminder", "invitation") == ["cancelled", "sent"]


def test_a_sign_in_link_that_comes_too_late_is_not_sent(
    post: Post, post_office: PostOffice, clock: Clock
) -> None:
    post.put("1")
    clock.now += timedelta(hours=1, minutes=1)
    post.send()
    assert states(post, "1") == ["cancelled"]
    assert post_office.letters == []


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(
    post: Post, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any) -> Any:
        if given[2].key == "1":
            raise ZeroDivisionError("KANARIEFUGL")
        return write(*given)

    monkeypatch.setattr(sending, "write", broken)
    post.put("1", "2")
    post.send()
    assert states(post, "1", "2") == ["waiting", "sent"]
    assert post.row("1")["error"] == "unwritable"


# --- the log ---------------------------------------------------------------------------------------


def test_no_token_address_name_or_answer_stands_in_the_log_or_the_outbox(
    post: Post, post_office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    post_office.on_reader = lambda address: f"550 {address} is unknown" if "bo@" in address else None
    wave_id = post.bakery.wave()
    post.bakery.assign(wave_id)
    post.bakery.assign(wave_id, "manager")
    post.put("1", kind="invitation", wave_id=wave_id)
    post.put("2")
    post.put("3", person_id=post.bakery.manager_id)
    post.send()
    assert len(post_office.letters) == 2
    tokens = [
        line.rpartition("/")[2]
        for message in post_office.letters
        for line in message.get_body(("plain",)).get_content().splitlines()  # type: ignore[union-attr]
        if line.startswith("https://assess.example.dk/")
    ]
    assert len([token for token in tokens if len(token) > 40]) == 2
    ours = [record for record in caplog.records if record.name.startswith("assess")]
    said = "\n".join(JsonLines().format(record) for record in ours)
    assert "letter sent" in said
    kept = json.dumps([post.row(key) for key in ("1", "2", "3")])
    for canary in ("amina@", "bo@", "Amina", "Ørsted", *(token for token in tokens if len(token) > 40)):
        assert canary not in said
        assert canary not in kept
