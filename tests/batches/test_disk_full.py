"""No room on the disk during a batch: it rests with a clear word, and goes on by itself. Both engines refuse
for real: SQLite by a limit of its pages, PostgreSQL by its own error for a full disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from shop_of_batches import Clock, Numbers, at_once, lane_of
from small_organisation import NOON, Bakery

from assess.batches import ordering, room
from assess.batches.room import LEAST_ROOM
from assess.jobs.batch_lane import RETRY_FULL
from assess.rights import Actor
from assess.store.sqlite import SqliteEngine

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

MANY = 30
ENOUGH_FOR_SOME = 12
"""Pages of 4 KB: room for a few documents of 5 KB."""
_REFUSE = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.content IS NOT NULL AND (SELECT COUNT(*) FROM batch_items WHERE content IS NOT NULL) >= 5 THEN
        RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_room BEFORE UPDATE ON batch_items FOR EACH ROW EXECUTE FUNCTION no_room();
"""


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Within, there is room for a few more documents and no more."""
    engine: Any = store.engine
    if not isinstance(engine, SqliteEngine):
        with engine.transaction(write=True) as connection:
            connection.execute(_REFUSE)
        yield
        with engine.transaction(write=True) as connection:
            connection.execute("DROP TRIGGER no_room ON batch_items")
        return
    take = engine._take
    with engine.transaction(write=False) as connection:
        most = connection.execute("PRAGMA page_count").fetchone()[0] + ENOUGH_FOR_SOME

    def limited(pages: int) -> Callable[[], Any]:
        def of_the_pool() -> Any:
            database = take()
            database.execute(f"PRAGMA max_page_count={pages}")
            return database

        return of_the_pool

    engine._take = limited(most)
    yield
    engine._take = limited(2**30)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_batch_rests_while_the_database_is_full_and_goes_on_when_it_is_not(
    store: Store, settings: Settings, bakery: Bakery, clock: Clock
) -> None:
    numbers, asker = Numbers(MANY), Actor(bakery.manager_id)
    batch_id = ordering.order(store, settings, asker, "numbers", "all", "da", NOON, numbers.kinds)

    def seen() -> ordering.Batch:
        return ordering.batch(store, asker, batch_id, clock.now, numbers.kinds)

    printing = at_once()
    lane = lane_of(store, settings, clock, numbers, printing)
    with full_disk(store):
        lane.run()
        resting = seen()
        assert (resting.state, resting.pause, resting.missing) == ("paused", "disk-full", ())
        assert 0 < resting.done < MANY
        made = len(printing.made)
        lane.run()
        assert len(printing.made) == made  # not at every look: that would be work for nothing
        clock.now += RETRY_FULL
        lane.run()
        assert (seen().state, seen().done) == ("paused", resting.done)

    clock.now += RETRY_FULL
    lane.run()
    assert (seen().state, seen().pause, seen().done, seen().missing) == ("done", None, MANY, ())


def test_another_worker_goes_on_where_one_has_paused(
    store: Store, settings: Settings, bakery: Bakery, clock: Clock
) -> None:
    numbers, asker = Numbers(MANY), Actor(bakery.manager_id)
    batch_id = ordering.order(store, settings, asker, "numbers", "all", "da", NOON, numbers.kinds)
    with full_disk(store):
        lane_of(store, settings, clock, numbers).run()
    lane_of(store, settings, clock, numbers).run()
    assert ordering.batch(store, asker, batch_id, clock.now, numbers.kinds).done == MANY


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_disk_that_is_nearly_full_is_left_to_the_answers(
    store: Store, settings: Settings, bakery: Bakery, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers, asker = Numbers(3), Actor(bakery.manager_id)
    batch_id = ordering.order(store, settings, asker, "numbers", "all", "da", NOON, numbers.kinds)
    lane = lane_of(store, settings, clock, numbers)
    usage = shutil.disk_usage(settings.data.parent)
    with monkeypatch.context() as nearly:
        nearly.setattr(shutil, "disk_usage", lambda _: usage._replace(free=LEAST_ROOM - 1))
        assert not room.has_room(store)
        # Before a worker has looked, and where even that cannot be written, the page sees it by itself
        assert ordering.batch(store, asker, batch_id, clock.now, numbers.kinds).pause == "disk-full"
        assert lane.run() == 0
        assert ordering.batch(store, asker, batch_id, clock.now, numbers.kinds).state == "paused"
    clock.now += RETRY_FULL
    with store.write() as q:
        q.resume_batches(reason="disk-full")
    waits = ordering.batch(store, asker, batch_id, clock.now, numbers.kinds)
    assert (waits.state, waits.left) == ("waiting", None), "it has not begun"
    assert lane.run() == 3
