"""On a wave's deletion date its answers go; what is published stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from small_organisation import NOON, Bakery

from assess.campaigns import waves
from assess.errors import NotAllowed, NotFound
from assess.personal_data import retention
from assess.settings import Settings
from assess.store import Store

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
EMPTIED = ("answers", "profiles", "sheets", "assignments", "tasks", "shares", "documents", "link_tokens")


@pytest.mark.parametrize(
    ("delete_on", "last", "first"),
    [
        # 29 February begins in Copenhagen (UTC+1) at 23:00 UTC the day before.
        ("2028-02-29", datetime(2028, 2, 28, 22, 59, tzinfo=UTC), datetime(2028, 2, 28, 23, tzinfo=UTC)),
        ("2028-03-01", datetime(2028, 2, 29, 22, 59, tzinfo=UTC), datetime(2028, 2, 29, 23, tzinfo=UTC)),
        ("2027-03-01", datetime(2027, 2, 28, 22, 59, tzinfo=UTC), datetime(2027, 2, 28, 23, tzinfo=UTC)),
        # Summer time: UTC+2.
        ("2027-06-01", datetime(2027, 5, 31, 21, 59, tzinfo=UTC), datetime(2027, 5, 31, 22, tzinfo=UTC)),
    ],
)
def test_a_day_begins_where_the_organisation_is(delete_on: str, last: datetime, first: datetime) -> None:
    day = date.fromisoformat(delete_on)
    assert not retention.is_due(day, COPENHAGEN, last)
    assert retention.is_due(day, COPENHAGEN, first)


@pytest.fixture
def wave_id(bakery: Bakery, store: Store) -> str:
    """A closed wave that promised to be deleted on 29 February 2028, with answers of two people."""
    made = bakery.wave()
    bakery.finish(bakery.enter(bakery.assign(made)), share=True)
    bakery.finish(bakery.enter(bakery.assign(made, "manager")))
    waves.close_wave(store, made)
    _promise(store, made, "2028-02-29")
    return made


def test_nothing_goes_before_the_day(store: Store, settings: Settings, wave_id: str) -> None:
    with pytest.raises(NotAllowed):
        retention.purge(store, settings, wave_id, datetime(2028, 2, 28, 12, tzinfo=UTC))
    assert _rows(store, "answers") > 0


def test_on_the_day_the_answers_go(store: Store, settings: Settings, wave_id: str) -> None:
    now = datetime(2028, 2, 29, 3, tzinfo=UTC)
    retention.purge(store, settings, wave_id, now)
    assert {table: _rows(store, table) for table in EMPTIED} == dict.fromkeys(EMPTIED, 0)
    assert _rows(store, "waves") == 1
    retention.purge(store, settings, wave_id, now + timedelta(days=1))  # once done it stays done


def test_another_wave_is_not_touched(bakery: Bakery, store: Store, settings: Settings, wave_id: str) -> None:
    bakery.finish(bakery.enter(bakery.assign(bakery.wave())), share=False)
    before = _rows(store, "answers")
    retention.purge(store, settings, wave_id, datetime(2028, 3, 1, tzinfo=UTC))
    assert 0 < _rows(store, "answers") < before


@pytest.mark.parametrize("promise", [None, "2020-01-01"])
def test_an_open_wave_and_one_without_a_date_stay(
    bakery: Bakery, store: Store, settings: Settings, promise: str | None
) -> None:
    made = bakery.wave()
    bakery.finish(bakery.enter(bakery.assign(made)), share=False)
    if promise is None:
        waves.close_wave(store, made)
    else:
        _promise(store, made, promise)
    with pytest.raises(NotAllowed):
        retention.purge(store, settings, made, NOON)
    with pytest.raises(NotFound):
        retention.purge(store, settings, "no wave", NOON)


def _promise(store: Store, wave_id: str, delete_on: str) -> None:
    with store.engine.transaction(write=True) as connection:
        connection.execute(
            f"UPDATE waves SET plan = '{{\"delete_on\": \"{delete_on}\"}}' WHERE id = '{wave_id}'"
        )


def _rows(store: Store, table: str) -> int:
    with store.engine.transaction(write=False) as connection:
        row = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    return int(next(iter(row.values())) if isinstance(row, dict) else row[0])
