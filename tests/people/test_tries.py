"""Limits that hold: ten in a quarter of an hour, over all processes, and a table that tells no address."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, later

from assess.errors import TooManyTries
from assess.people import tries
from assess.store import open_store

if TYPE_CHECKING:
    from datetime import datetime

    from assess.settings import Settings
    from assess.store import Store

KEY = b"k" * 32
EVA = "eva@example.org"


def attempt(store: Store, address: str = EVA, now: datetime = NOON, key: bytes = KEY) -> bool:
    try:
        tries.allow(store, "ask-link", address, now, key=key)
    except TooManyTries:
        return False
    return True


def test_ten_in_any_quarter_of_an_hour_and_not_one_more(store: Store) -> None:
    assert [attempt(store, now=later(minutes=minute)) for minute in range(10)] == [True] * 10
    with pytest.raises(TooManyTries) as refused:
        tries.allow(store, "ask-link", EVA, later(minutes=14), key=KEY)
    assert refused.value.wait == 60, "the first of the ten falls out a minute later"
    # When the first falls out there is room for one, and only for one
    assert attempt(store, now=later(minutes=15))
    assert not attempt(store, now=later(minutes=15))
    assert attempt(store, now=later(minutes=16))


def test_a_refused_try_does_not_make_the_wait_longer(store: Store) -> None:
    assert all(attempt(store) for _ in range(10))
    assert not any(attempt(store, now=later(minutes=minute)) for minute in range(15))
    assert attempt(store, now=later(minutes=15))


def test_each_address_and_each_kind_has_its_own_tries(store: Store) -> None:
    assert all(attempt(store) for _ in range(10))
    assert attempt(store, "bo@example.org")
    tries.allow(store, "paper-code", EVA, NOON, key=KEY)
    assert not attempt(store)


def test_what_only_wrong_tries_count_for_is_refused_after_ten_wrong_ones(store: Store) -> None:
    for _ in range(50):
        tries.require(store, "open-link", "192.0.2.7", NOON, key=KEY)
    for _ in range(10):
        tries.allow(store, "open-link", "192.0.2.7", NOON, key=KEY)
    with pytest.raises(TooManyTries) as refused:
        tries.require(store, "open-link", "192.0.2.7", later(minutes=5), key=KEY)
    assert refused.value.wait == timedelta(minutes=10).total_seconds()


def test_the_limit_holds_over_processes_and_threads(store: Store, settings: Settings) -> None:
    start = Barrier(8)

    def hurry(place: Store) -> int:
        start.wait()
        return sum(attempt(place) for _ in range(5))

    with open_store(settings) as second, ThreadPoolExecutor(8) as pool:
        allowed = sum(pool.map(hurry, [store, second] * 4))
    assert allowed == 10, "forty tried"


def test_the_table_tells_no_address_and_keeps_no_more_than_the_tries(store: Store) -> None:
    for minute in range(0, 600, 2):
        attempt(store, now=later(minutes=minute))
    with store.engine.transaction(write=False) as connection:
        rows = connection.execute("SELECT id, key, at FROM tries").fetchall()
    assert len(rows) <= 10
    assert EVA not in str(rows)
    # and without the key nobody can ask whether an address is there
    assert attempt(store, now=later(minutes=599), key=b"x" * 32)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_old_tries_are_deleted(store: Store) -> None:
    attempt(store)
    with store.write() as q:
        assert q.delete_old_tries(before="2999") == 1


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        (None, "not an address", True),
    ],
)
def test_what_counts_as_one_network_address(first: str | None, second: str, same: bool) -> None:
    assert (tries.network(first) == tries.network(second)) == same
