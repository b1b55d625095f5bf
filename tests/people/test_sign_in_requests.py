"""Asking for a link: the same work for every address; letters only to who has it and may sign in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from small_organisation import NOON, Bakery, later

from assess import jobs
from assess.people import register, requests
from assess.store import queries

if TYPE_CHECKING:
    from datetime import datetime

    from assess.settings import Settings
    from assess.store import Store


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    with store.engine.transaction(write=False) as connection:
        return [tuple(row) for row in connection.execute(sql).fetchall()]


def letters(store: Store) -> list[tuple[Any, ...]]:
    return rows(store, "SELECT kind, person_id, organisation_id FROM outbox ORDER BY person_id")


def work(store: Store, settings: Settings, now: datetime = NOON) -> None:
    """The worker runs what is due, except for sending."""
    from assess.jobs.kinds import KINDS

    only = {kind: KINDS[kind] for kind in (requests.REQUEST_JOB,)}
    jobs.run_due(jobs.Workplace(store, settings, lambda: now), only)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The named queries that were run, in order."""
    run: list[str] = []
    original = queries.Queries.__getattr__

    def remember(self: queries.Queries, name: str) -> Any:
        run.append(name)
        return original(self, name)

    monkeypatch.setattr(queries.Queries, "__getattr__", remember)
    return run


def test_who_has_the_address_gets_a_letter_and_the_request_is_forgotten(
    bakery: Bakery, settings: Settings
) -> None:
    requests.ask(bakery.store, " Bo@Example.ORG ", "da", NOON)
    work(bakery.store, settings)
    assert letters(bakery.store) == [("sign-in", bakery.manager_id, bakery.organisation_id)]
    assert rows(bakery.store, "SELECT * FROM sign_in_requests") == []
    # and asking again is another letter: the first one's link may have run out
    requests.ask(bakery.store, "bo@example.org", "da", later(minutes=16))
    work(bakery.store, settings, later(minutes=16))
    assert len(letters(bakery.store)) == 2


def test_nobody_unknown_gets_a_letter_and_the_address_is_not_kept(bakery: Bakery, settings: Settings) -> None:
    requests.ask(bakery.store, "canary@example.org", "da", NOON)
    work(bakery.store, settings)
    assert letters(bakery.store) == []
    kept = [rows(bakery.store, f"SELECT * FROM {table}") for table in sorted(bakery.store.engine.tables())]
    assert "canary" not in str(kept)


def test_asking_runs_the_same_statements_for_known_and_unknown(bakery: Bakery, statements: list[str]) -> None:
    requests.ask(bakery.store, "bo@example.org", "da", NOON)
    known = list(statements)
    statements.clear()
    requests.ask(bakery.store, "nobody@example.org", "da", NOON)
    assert known == statements == ["add_sign_in_request", "enqueue_job"]


def test_answering_twice_writes_one_letter(bakery: Bakery) -> None:
    requests.ask(bakery.store, "bo@example.org", "da", NOON)
    [(request_id,)] = rows(bakery.store, "SELECT id FROM sign_in_requests")
    assert requests.answer(bakery.store, request_id, NOON) == 1
    assert requests.answer(bakery.store, request_id, NOON) == 0
    assert len(letters(bakery.store)) == 1


def test_who_has_the_address_in_two_organisations_gets_a_letter_for_each(
    bakery: Bakery, settings: Settings
) -> None:
    other = register.add_organisation(bakery.store, "Kiosk", customer="guest", now=NOON)
    there = register.add_person(
        bakery.store,
        other,
        first_name="Bo",
        name="Bo Ørsted",
        language="da",
        email="Bo@example.org",
        now=NOON,
    )
    requests.ask(bakery.store, "bo@example.org", "da", NOON)
    work(bakery.store, settings)
    assert set(letters(bakery.store)) == {
        ("sign-in", bakery.manager_id, bakery.organisation_id),
        ("sign-in", there, other),
    }


@pytest.mark.parametrize("gone", ["left_at", "erased_at"])
def test_who_has_left_or_was_erased_gets_none(bakery: Bakery, settings: Settings, gone: str) -> None:
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE people SET {gone} = '2026-01-01'")
    requests.ask(bakery.store, "bo@example.org", "da", NOON)
    work(bakery.store, settings)
    assert letters(bakery.store) == []


def test_who_only_tries_a_wave_gets_none(bakery: Bakery, settings: Settings) -> None:
    wave_id = bakery.wave()
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE people SET tests_wave_id = '{wave_id}'")
    requests.ask(bakery.store, "bo@example.org", "da", NOON)
    work(bakery.store, settings)
    assert letters(bakery.store) == []


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("address", ["", "bo", "a@b@c", "b o@example.org", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_refused_before_anything_is_written(bakery: Bakery, address: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        requests.ask(bakery.store, address, "da", NOON)
    assert rows(bakery.store, "SELECT * FROM sign_in_requests") == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_request_whose_job_failed_is_not_kept_longer_than_a_day(bakery: Bakery, settings: Settings) -> None:
    requests.ask(bakery.store, "canary@example.org", "da", NOON)
    place = jobs.Workplace(bakery.store, replace(settings), lambda: later(days=1, minutes=1))
    jobs.tidy(place, "today")
    assert rows(bakery.store, "SELECT * FROM sign_in_requests") == []
