"""Links and sessions: what they open, for how long, and what of them is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, later

from assess.answering import links, sessions
from assess.answering.errors import InvalidChoice
from assess.errors import NotFound
from assess.store.secret import digest

if TYPE_CHECKING:
    from small_organisation import Bakery

    from assess.store import Store


@pytest.fixture
def token(bakery: Bakery) -> str:
    return links.mint(bakery.store, bakery.assign(bakery.wave()), NOON)


def test_a_link_has_256_random_bits_of_which_only_the_hash_is_stored(bakery: Bakery, token: str) -> None:
    assert len(token) == 43
    secret = links.exchange(bakery.store, token, NOON)
    with bakery.store.engine.transaction(write=False) as connection:
        tables = bakery.store.engine.tables()
        rows = [str(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in sorted(tables)]
    stored = "".join(rows)
    assert digest(token) in stored
    assert digest(secret) in stored
    assert token not in stored
    assert secret not in stored


def test_looking_changes_nothing(bakery: Bakery, token: str) -> None:
    def used_at() -> list[object]:
        with bakery.store.engine.transaction(write=False) as connection:
            return list(connection.execute("SELECT first_used_at FROM link_tokens").fetchall())

    links.look(bakery.store, token, NOON)
    links.look(bakery.store, token, NOON)
    assert [tuple(row) for row in used_at()] == [(None,)]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "damage",
    [
        lambda token: token[:-1],
        lambda token: token.swapcase(),
        lambda token: token + "=",
        lambda _: "",
        lambda _: "../../etc/passwd",
        lambda _: "\ud800",
        lambda _: "å" * 5000,
    ],
)
def test_a_damaged_link_and_one_that_never_was_are_the_same(
    bakery: Bakery, token: str, damage: object
) -> None:
    damaged = damage(token)  # type: ignore[operator]
    with pytest.raises(NotFound) as looked:
        links.look(bakery.store, damaged, NOON)
    with pytest.raises(NotFound) as exchanged:
        links.exchange(bakery.store, damaged, NOON)
    with pytest.raises(NotFound) as never:
        links.look(bakery.store, "A" * 43, NOON)
    assert str(looked.value) == str(exchanged.value) == str(never.value)


def test_a_link_works_until_it_expires(bakery: Bakery) -> None:
    token = links.mint(bakery.store, bakery.assign(bakery.wave()), NOON, days=7)
    links.exchange(bakery.store, token, later(days=7, seconds=-1))
    with pytest.raises(NotFound):
        links.look(bakery.store, token, later(days=7))
    with pytest.raises(NotFound):
        links.exchange(bakery.store, token, later(days=7))


def test_no_link_for_a_task_that_does_not_exist(store: Store) -> None:
    with pytest.raises(NotFound):
        links.mint(store, "missing", NOON)


def test_a_session_ends_after_45_idle_minutes(bakery: Bakery, token: str) -> None:
    secret = links.exchange(bakery.store, token, NOON)
    assert sessions.find(bakery.store, secret, later(minutes=44)) is not None
    assert sessions.find(bakery.store, secret, later(minutes=44 + 44)) is not None
    assert sessions.find(bakery.store, secret, later(minutes=44 + 44 + 45)) is None


def test_a_session_ends_after_12_hours_however_busy(bakery: Bakery, token: str) -> None:
    secret = links.exchange(bakery.store, token, NOON)
    for half_hours in range(1, 24):
        assert sessions.find(bakery.store, secret, later(minutes=30 * half_hours)) is not None
    assert sessions.find(bakery.store, secret, later(hours=12)) is None


def test_logging_out_ends_only_this_device(bakery: Bakery, token: str) -> None:
    phone, laptop = (links.exchange(bakery.store, token, NOON) for _ in range(2))
    found = sessions.find(bakery.store, phone, NOON)
    assert found is not None
    sessions.end(bakery.store, found, NOON)
    sessions.end(bakery.store, found, NOON)
    assert sessions.find(bakery.store, phone, NOON) is None
    assert sessions.find(bakery.store, laptop, NOON) is not None


def test_an_unknown_secret_has_no_session(store: Store) -> None:
    assert sessions.find(store, "", NOON) is None
    assert sessions.find(store, "\ud800", NOON) is None


def test_a_session_speaks_only_languages_of_the_questionnaire(bakery: Bakery, token: str) -> None:
    session = sessions.find(bakery.store, links.exchange(bakery.store, token, NOON), NOON)
    assert session is not None
    with pytest.raises(InvalidChoice):
        sessions.set_language(bakery.store, session, "no")  # type: ignore[arg-type]
    assert sessions.set_language(bakery.store, session, "sv").language == "sv"
    assert links.look(bakery.store, token, NOON).language == "sv"
