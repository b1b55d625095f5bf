"""What the outbox promises, on both engines."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON, later

from assess.outbox import letters, lists
from assess.outbox.letters import ADDRESS, LEASE, MAX_ATTEMPTS, Letter, Taken

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.store import Store


def letter(bakery: Bakery, key: str = "invitation:1", **parts: Any) -> Letter:
    defaults: dict[str, Any] = {
        "kind": "invitation",
        "key": key,
        "person_id": bakery.employee_id,
        "organisation_id": bakery.organisation_id,
    }
    return Letter(**(defaults | parts))


def put(bakery: Bakery, *put_letters: Letter) -> int:
    with bakery.store.write() as q:
        return letters.put_many(bakery.store, q, put_letters, NOON)


def taken(store: Store, **after: float) -> Taken:
    found = letters.take(store, later(**after))
    assert found is not None
    return found


def row_of(store: Store, letter_id: str) -> dict[str, Any]:
    with store.read() as q:
        row: dict[str, Any] = q.letter(id=letter_id)
    return row


def fail_in_a_transaction(bakery: Bakery) -> None:
    with bakery.store.write() as q:
        letters.put(bakery.store, q, letter(bakery), NOON)
        raise ZeroDivisionError


def test_a_letter_that_is_put_is_taken_with_what_it_was_put_with(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    put(bakery, letter(bakery, wave_id=wave_id, parameters={"reminder": "2"}))
    found = taken(bakery.store)
    assert (found.kind, found.person_id, found.organisation_id, found.wave_id) == (
        "invitation",
        bakery.employee_id,
        bakery.organisation_id,
        wave_id,
    )
    assert found.parameters == {"reminder": "2"}
    assert found.attempts == 1
    assert letters.take(bakery.store, NOON) is None


def test_a_letter_goes_with_its_event_or_not_at_all(bakery: Bakery) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_in_a_transaction(bakery)
    assert letters.take(bakery.store, NOON) is None


def test_the_same_key_is_one_letter(bakery: Bakery) -> None:
    with bakery.store.write() as q:
        assert letters.put(bakery.store, q, letter(bakery), NOON)
        assert not letters.put(bakery.store, q, letter(bakery), NOON)
    assert put(bakery, letter(bakery), letter(bakery, "another"), letter(bakery, "a third")) == 2
    letters.sent(bakery.store, taken(bakery.store), NOON)
    assert put(bakery, letter(bakery)) == 0
    assert put(bakery) == 0


def test_a_letter_that_was_cancelled_waits_again_when_it_is_put_again(bakery: Bakery) -> None:
    put(bakery, letter(bakery))
    with bakery.store.write() as q:
        assert letters.cancel(q, NOON, person_id=bakery.employee_id) == 1
        assert letters.put(bakery.store, q, letter(bakery), NOON)
    assert taken(bakery.store).key == "invitation:1"


def test_cancelling_is_for_a_person_a_wave_or_a_person_in_a_wave(bakery: Bakery) -> None:
    first, second = bakery.wave(), bakery.wave()
    put(
        bakery,
        letter(bakery, "1", wave_id=first),
        letter(bakery, "2", wave_id=second),
        letter(bakery, "3", wave_id=first, person_id=bakery.manager_id),
        letter(bakery, "4", person_id=bakery.manager_id),
    )
    with bakery.store.write() as q:
        assert letters.cancel(q, NOON, person_id=bakery.employee_id, wave_id=first) == 1
        assert letters.cancel(q, NOON, wave_id=second) == 1
        assert letters.cancel(q, NOON, person_id=bakery.manager_id) == 2
        with pytest.raises(ValueError, match="needs a person or a wave"):
            letters.cancel(q, NOON)
    assert letters.take(bakery.store, NOON) is None


def test_forgetting_leaves_nothing_of_a_person_or_a_wave(bakery: Bakery) -> None:
    wave_id = bakery.wave()
    put(
        bakery,
        letter(bakery, "1"),
        letter(bakery, "2"),
        letter(bakery, "3", wave_id=wave_id, person_id=bakery.manager_id),
    )
    letters.sent(bakery.store, taken(bakery.store), NOON)
    with bakery.store.write() as q:
        assert letters.forget(q, person_id=bakery.employee_id) == 2
        assert letters.forget(q, wave_id=wave_id) == 1
        with pytest.raises(ValueError, match="needs a person or a wave"):
            letters.forget(q)
        assert q.letters_of_person(person_id=bakery.employee_id) == []


def test_a_letter_waits_for_its_time_and_urgent_ones_overtake(bakery: Bakery) -> None:
    put(
        bakery,
        letter(bakery, "tomorrow", due_at=later(days=1)),
        letter(bakery, "first"),
        letter(bakery, "second", due_at=later(seconds=1)),
        letter(bakery, "sign-in", kind="sign-in", due_at=later(seconds=2)),
    )
    assert [taken(bakery.store, minutes=1).key for _ in range(3)] == ["sign-in", "first", "second"]
    assert letters.take(bakery.store, later(minutes=1)) is None
    assert taken(bakery.store, days=1).key == "tomorrow"


def test_two_senders_at_once_take_each_letter_once(bakery: Bakery) -> None:
    put(bakery, *(letter(bakery, f"{number}") for number in range(60)))

    def take_all(_: int) -> list[str]:
        found = []
        while (one := letters.take(bakery.store, NOON)) is not None:
            found.append(one.key)
        return found

    with ThreadPoolExecutor(4) as pool:
        keys = [key for found in pool.map(take_all, range(4)) for key in found]
    assert sorted(keys) == sorted(f"{number}" for number in range(60))


def test_a_temporary_failure_is_tried_again_later_each_time_for_about_two_days(bakery: Bakery) -> None:
    put(bakery, letter(bakery))
    now, first = NOON, None
    for attempt in range(1, MAX_ATTEMPTS + 1):
        found = letters.take(bakery.store, now)
        assert found is not None
        assert found.attempts == attempt
        first = first or found.id
        is_again = letters.put_back(bakery.store, found, "Greylisted", now)
        assert is_again == (attempt < MAX_ATTEMPTS)
        if is_again:
            almost = now + letters.delay(attempt) - timedelta(seconds=1)
            assert letters.take(bakery.store, almost) is None
            now += letters.delay(attempt)
    assert timedelta(hours=47) < now - NOON < timedelta(hours=50)
    assert first is not None
    row = row_of(bakery.store, first)
    assert (row["state"], row["error"]) == ("failed", "Greylisted")


def test_handing_back_counts_as_no_attempt(bakery: Bakery) -> None:
    put(bakery, letter(bakery))
    letters.hand_back(bakery.store, taken(bakery.store), NOON)
    assert taken(bakery.store).attempts == 1


def test_a_dead_senders_letter_is_taken_up_when_its_lease_is_over(bakery: Bakery) -> None:
    put(bakery, letter(bakery))
    dead = taken(bakery.store)
    assert letters.take_up_abandoned(bakery.store, NOON + LEASE - timedelta(seconds=1)) == 0
    assert letters.take_up_abandoned(bakery.store, NOON + LEASE) == 1
    found = letters.take(bakery.store, NOON + LEASE)
    assert found is not None
    assert (found.id, found.attempts) == (dead.id, 2)
    # The one that was thought dead comes late: it holds no lease any more.
    assert not letters.sent(bakery.store, dead, NOON + LEASE)
    assert letters.sent(bakery.store, found, NOON + LEASE)
    assert letters.take_up_abandoned(bakery.store, later(days=1)) == 0


def test_a_letter_that_kills_every_sender_fails_in_the_end(bakery: Bakery) -> None:
    put(bakery, letter(bakery))
    now = NOON
    for _ in range(MAX_ATTEMPTS):
        found = letters.take(bakery.store, now)
        assert found is not None
        now += LEASE
        assert letters.take_up_abandoned(bakery.store, now) == 1
    assert letters.take(bakery.store, later(days=9)) is None
    assert row_of(bakery.store, found.id)["state"] == "failed"


@pytest.mark.parametrize("end", ["sent", "failed", "bounced", "cancelled", "too-often"])
def test_an_address_is_forgotten_however_its_letter_ends(bakery: Bakery, end: str) -> None:
    put(bakery, letter(bakery, parameters={ADDRESS: "old@example.org"}))
    found = taken(bakery.store)
    endings = {
        "sent": lambda: letters.sent(bakery.store, found, NOON),
        "failed": lambda: letters.failed(bakery.store, found, "Refused", NOON),
        "bounced": lambda: letters.failed(bakery.store, found, "NoSuchAddress", NOON, bounced=True),
        "cancelled": lambda: letters.cancelled(bakery.store, found, "Left", NOON),
        "too-often": lambda: letters.put_back(
            bakery.store, replace(found, attempts=MAX_ATTEMPTS), "NoAnswer", NOON
        ),
    }
    endings[end]()
    row = row_of(bakery.store, found.id)
    assert "old@example.org" not in json.dumps(row)
    with bakery.store.write() as q:
        assert not lists.again(q, found.id, bakery.organisation_id, NOON)


def test_what_was_not_delivered_is_listed_and_can_be_tried_again(bakery: Bakery) -> None:
    put(bakery, letter(bakery, "1"), letter(bakery, "2"), letter(bakery, "3"))
    letters.failed(bakery.store, taken(bakery.store), "Refused", NOON)
    letters.failed(bakery.store, taken(bakery.store), "NoSuchAddress", later(minutes=1), bounced=True)
    with bakery.store.read() as q:
        listed, count = lists.not_delivered(q, bakery.organisation_id, most=50)
        assert count == 2
        assert lists.counts(q, bakery.organisation_id, NOON) == {
            ("invitation", "waiting"): 1,
            ("invitation", "failed"): 1,
            ("invitation", "bounced"): 1,
        }
        assert lists.counts(q, bakery.organisation_id, later(days=1)) == {("invitation", "waiting"): 1}
        assert [one.name for one in lists.waiting(q, bakery.organisation_id, most=50)] == ["Amina Yıldız"]
    assert [(one.state, one.error, one.name) for one in listed] == [
        ("bounced", "NoSuchAddress", "Amina Yıldız"),
        ("failed", "Refused", "Amina Yıldız"),
    ]
    assert all(one.can_be_sent_again for one in listed)
    with bakery.store.write() as q:
        assert not lists.again(q, listed[0].id, "another organisation", NOON)
        assert lists.again(q, listed[0].id, bakery.organisation_id, NOON)
        assert not lists.again(q, listed[0].id, bakery.organisation_id, NOON)
        assert not lists.again(q, "unknown", bakery.organisation_id, NOON)
    assert {taken(bakery.store).attempts, taken(bakery.store).attempts} == {1}
    assert letters.take(bakery.store, NOON) is None


def test_fifty_thousand_letters_are_put_in_one_go(bakery: Bakery) -> None:
    many = (letter(bakery, f"{number}") for number in range(50_000))
    with bakery.store.write() as q:
        assert letters.put_many(bakery.store, q, many, NOON) == 50_000
        assert letters.put_many(bakery.store, q, [letter(bakery, "7"), letter(bakery, "new")], NOON) == 1
        assert letters.cancel(q, NOON, person_id=bakery.employee_id) == 50_001
