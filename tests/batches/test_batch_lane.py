"""The lane that makes batches: rows with leases, whatever happens to workers and documents. Both engines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from shop_of_batches import Clock, Numbers, at_once, lane_of
from small_organisation import NOON, Bakery

from assess.batches import ordering, taking
from assess.batches.errors import TooManyBatches
from assess.batches.handing_out import Document, hand_out
from assess.batches.ordering import KEPT, MOST_OPEN, UNFINISHED
from assess.batches.taking import LEASE, MAX_TRIES, MOST_DEATHS
from assess.batches.types import Batch, Missing
from assess.errors import NotAllowed, NotFound
from assess.rights import Actor
from reports.printing import NotMade

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store
    from questionnaires.definition import LanguageId


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asker(bakery: Bakery) -> Actor:
    return Actor(bakery.manager_id)


def ordered(store: Store, settings: Settings, asker: Actor, numbers: Numbers, subject: str = "all") -> str:
    return ordering.order(store, settings, asker, "numbers", subject, "da", NOON, numbers.kinds)


def seen(store: Store, asker: Actor, batch_id: str, clock: Clock, numbers: Numbers) -> Batch:
    return ordering.batch(store, asker, batch_id, clock.now, numbers.kinds)


def rows(store: Store, statement: str) -> list[tuple[object, ...]]:
    with store.engine.transaction(write=True) as connection:
        found = connection.execute(statement)
        return list(found.fetchall()) if found.description else []


def test_a_batch_is_made_and_told_by_one_letter(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(3)
    batch_id = ordered(store, settings, asker, numbers)
    assert seen(store, asker, batch_id, clock, numbers).state == "waiting"

    lane = lane_of(store, settings, clock, numbers)
    assert lane.run() == 3
    assert lane.run() == 0
    found = seen(store, asker, batch_id, clock, numbers)
    assert (found.state, found.of, found.done, found.missing) == ("done", 3, 3, ())
    assert found.expires_at == NOON + KEPT
    assert rows(store, "SELECT kind, person_id FROM outbox") == [("batch-ready", asker.id)]

    documents = list(hand_out(store, settings, asker, batch_id, clock, numbers.kinds))
    assert [(one.file_name, one.content[:20]) for one in documents if isinstance(one, Document)] == [
        ("Number 000.pdf", b"%PDF-1.7 000 first ."),
        ("Number 001.pdf", b"%PDF-1.7 001 first ."),
        ("Number 002.pdf", b"%PDF-1.7 002 first ."),
    ]
    assert numbers.looked == ["000 first", "001 first", "002 first"]


def test_ordering_the_same_twice_is_one_batch_until_it_is_done(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(1)
    first = ordered(store, settings, asker, numbers)
    assert ordered(store, settings, asker, numbers) == first
    lane_of(store, settings, clock, numbers).run()
    assert ordered(store, settings, asker, numbers) != first


def test_who_orders_the_same_again_keeps_the_newest_file_alone(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    """Otherwise one person could fill the disk, three days long."""
    numbers = Numbers(2)

    def make(language: LanguageId) -> str:
        batch_id = ordering.order(store, settings, asker, "numbers", "", language, clock(), numbers.kinds)
        lane_of(store, settings, clock, numbers).run()
        return batch_id

    first, danish, second = make("en"), make("da"), make("en")
    found = {one.id: one for one in ordering.batches(store, asker, clock(), numbers.kinds)}
    assert {one: found[one].has_file for one in (first, danish, second)} == {
        first: False,
        danish: True,
        second: True,
    }
    assert taking.expire(store, clock()) == 2


def test_who_orders_too_much_is_told(
    store: Store, settings: Settings, asker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MOST_OPEN):
        ordered(store, settings, asker, Numbers(1), str(number))
    with pytest.raises(TooManyBatches) as told:
        ordered(store, settings, asker, Numbers(1), "one more")
    assert told.value.what == "open"
    rows(store, "UPDATE batches SET state = 'done'")
    monkeypatch.setattr(ordering, "MOST_ITEMS", 4)
    with pytest.raises(TooManyBatches) as told:
        ordered(store, settings, asker, Numbers(5))
    assert (told.value.what, told.value.most) == ("documents", 4)


def test_a_batch_is_its_askers_alone(
    store: Store, settings: Settings, bakery: Bakery, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(1)
    batch_id = ordered(store, settings, asker, numbers)
    someone = Actor(bakery.employee_id)
    for attempt in (
        lambda: ordering.batch(store, someone, batch_id, NOON, numbers.kinds),
        lambda: ordering.cancel(store, someone, batch_id, NOON),
        lambda: ordering.try_again(store, settings, someone, batch_id, NOON, numbers.kinds),
        lambda: list(hand_out(store, settings, someone, batch_id, clock, numbers.kinds)),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert ordering.batches(store, someone, NOON, numbers.kinds) == ()
    with pytest.raises(NotFound):
        ordering.order(store, settings, asker, "from the future", "", "da", NOON)


def test_two_workers_make_each_document_once(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    """The second works in the middle of every document of the first."""
    numbers = Numbers(9)
    batch_id = ordered(store, settings, asker, numbers)
    second = at_once()
    beside = lane_of(store, settings, clock, numbers, second)
    first = at_once(lambda _: beside._fill())
    lane_of(store, settings, clock, numbers, first).run()
    beside.run()
    assert Counter(first.made + second.made) == {f"{number:03} first": 1 for number in range(9)}
    assert first.made
    assert second.made
    assert seen(store, asker, batch_id, clock, numbers).done == 9
    assert rows(store, "SELECT COUNT(*) FROM outbox") == [(1,)]


def test_poison_fails_alone_after_its_tries_and_is_named(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(4)
    batch_id = ordered(store, settings, asker, numbers)
    tries: list[str] = []

    def poisoned(view: str) -> None:
        if view.startswith("002"):
            tries.append(view)
            raise NotMade("ValueError at page.py:7")

    lane = lane_of(store, settings, clock, numbers, at_once(poisoned))
    assert lane.run() == 3
    for _ in range(MAX_TRIES):
        assert seen(store, asker, batch_id, clock, numbers).state == "running"
        assert lane.run() == 0  # not at once
        clock.pass_by(minutes=2)
        lane.run()
        if len(tries) == MAX_TRIES:
            break
    found = seen(store, asker, batch_id, clock, numbers)
    assert (found.state, found.done) == ("done", 3)
    assert found.missing == (Missing("Number 002.pdf", "failed"),)
    assert rows(store, "SELECT error FROM batch_items WHERE state = 'failed'") == [
        ("ValueError at page.py:7",)
    ]

    # What failed can be tried once more, alone, and the rest is not made again
    ordering.try_again(store, settings, asker, batch_id, clock.now, numbers.kinds)
    cured = at_once()
    assert lane_of(store, settings, clock, numbers, cured).run() == 1
    assert cured.made == ["002 first"]
    assert seen(store, asker, batch_id, clock, numbers).missing == ()
    with pytest.raises(NotAllowed):
        ordering.try_again(store, settings, asker, batch_id, clock.now, numbers.kinds)


def test_who_may_no_longer_see_something_gets_the_rest(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(4, hidden={"000"})
    batch_id = ordered(store, settings, asker, numbers)

    def withdrawn(view: str) -> None:
        if view.startswith("001"):
            numbers.hidden.add("001")  # between finding and keeping

    lane_of(store, settings, clock, numbers, at_once(withdrawn)).run()
    numbers.hidden.add("002")  # between keeping and handing out
    found = list(hand_out(store, settings, asker, batch_id, clock, numbers.kinds))
    assert [one.file_name for one in found if isinstance(one, Document)] == ["Number 003.pdf"]
    assert {one.why for one in found if isinstance(one, Missing)} == {"changed"}
    assert numbers.looked == ["003 first"]
    assert rows(store, "SELECT COUNT(*) FROM batch_items WHERE content IS NOT NULL") == [(1,)]


def test_what_changes_meanwhile_is_made_anew_and_what_changes_later_is_left_out(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(2)
    batch_id = ordered(store, settings, asker, numbers)

    def changed(view: str) -> None:
        if view == "000 first":
            numbers.versions["000"] = "second"

    lane_of(store, settings, clock, numbers, at_once(changed)).run()
    numbers.versions["001"] = "second"
    [kept, missing] = hand_out(store, settings, asker, batch_id, clock, numbers.kinds)
    assert isinstance(kept, Document)
    assert kept.content.startswith(b"%PDF-1.7 000 second")
    assert missing == Missing("Number 001.pdf", "changed")

    ordering.try_again(store, settings, asker, batch_id, clock.now, numbers.kinds)
    lane_of(store, settings, clock, numbers).run()
    assert all(
        isinstance(one, Document) for one in hand_out(store, settings, asker, batch_id, clock, numbers.kinds)
    )


def test_nothing_is_made_for_who_has_left(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(2)
    batch_id = ordered(store, settings, asker, numbers)
    rows(store, f"UPDATE people SET left_at = '2026-11-01T00:00:00.000000Z' WHERE id = '{asker.id}'")
    printing = at_once()
    lane_of(store, settings, clock, numbers, printing).run()
    assert printing.made == []
    assert seen(store, asker, batch_id, clock, numbers).done == 0


def test_what_is_there_no_more_is_not_counted_and_not_made_again(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(4)
    batch_id = ordered(store, settings, asker, numbers)

    def refuse(view: str) -> None:
        if view == "000 first":
            raise NotMade("ValueError at page.py:7")

    for _ in range(MAX_TRIES):
        lane_of(store, settings, clock, numbers, at_once(refuse)).run()
        clock.pass_by(minutes=2)

    def now() -> Batch:
        found = seen(store, asker, batch_id, clock, numbers)
        return ordering.as_it_stands(store, settings, asker, found, clock.now, numbers.kinds)

    assert (now().done, now().again) == (3, 1)
    # When two are to be seen no more, the one that failed among them
    numbers.hidden = {"000", "002"}
    assert (now().done, now().again) == (2, 0)
    assert now().missing == (Missing("Number 000.pdf", "changed"), Missing("Number 002.pdf", "changed"))
    first = next(hand_out(store, settings, asker, batch_id, clock, numbers.kinds))
    assert first == Missing("Number 000.pdf", "changed"), "nobody is named who withdrew"
    with pytest.raises(NotAllowed):
        ordering.try_again(store, settings, asker, batch_id, clock.now, numbers.kinds)
    # When nothing is to be seen any more
    numbers.hidden = {"000", "001", "002", "003"}
    assert not now().has_file
    # When all are there again, then only what is missing is made
    numbers.hidden = set()
    printing = at_once()
    ordering.try_again(store, settings, asker, batch_id, clock.now, numbers.kinds)
    lane_of(store, settings, clock, numbers, printing).run()
    assert printing.made == ["000 first"]
    assert (now().done, now().again, now().missing) == (4, 0, ())


def test_stopped_deleted_and_ordered_anew_are_told_apart(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(1)
    stopped, deleted, old = (ordered(store, settings, asker, numbers, one) for one in "abc")
    ordering.cancel(store, asker, stopped, clock.now)
    lane_of(store, settings, clock, numbers).run()
    ordering.cancel(store, asker, deleted, clock.now)
    clock.pass_by(seconds=1)
    new = ordered(store, settings, asker, numbers, "c")
    lane_of(store, settings, clock, numbers).run()
    assert {one.id: one.state for one in ordering.batches(store, asker, clock.now, numbers.kinds)} == {
        stopped: "cancelled",
        deleted: "deleted",
        old: "replaced",
        new: "done",
    }
    assert taking.expire(store, clock.now) == 3


def test_the_earlier_file_stays_until_there_is_a_newer_one(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(2)

    def has_file(batch_id: str) -> bool:
        return seen(store, asker, batch_id, clock, numbers).has_file

    old = ordered(store, settings, asker, numbers)
    lane_of(store, settings, clock, numbers).run()
    # When the same is ordered again and stopped, then the earlier one is there as before
    clock.pass_by(hours=1)
    stopped = ordered(store, settings, asker, numbers)
    assert has_file(old)
    ordering.cancel(store, asker, stopped, clock.now)
    assert has_file(old)
    # And when nothing can be made of it
    numbers.hidden |= {"000", "001"}
    nothing = ordered(store, settings, asker, numbers)
    lane_of(store, settings, clock, numbers).run()
    assert (has_file(old), has_file(nothing)) == (True, False)
    # Then only what has a file takes its place
    numbers.hidden.clear()
    new = ordered(store, settings, asker, numbers)
    lane_of(store, settings, clock, numbers).run()
    assert (has_file(old), has_file(new)) == (False, True)


def test_a_batch_that_is_stopped_stops_at_once_and_is_forgotten(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(30)
    batch_id = ordered(store, settings, asker, numbers)

    def stop(view: str) -> None:
        if view.startswith("003"):
            ordering.cancel(store, asker, batch_id, clock.now)

    printing = at_once(stop)
    lane_of(store, settings, clock, numbers, printing).run()
    assert len(printing.made) <= 5
    assert seen(store, asker, batch_id, clock, numbers).state == "cancelled"
    assert rows(store, "SELECT COUNT(*) FROM outbox") == [(0,)]
    assert taking.expire(store, clock.now) == 30
    assert rows(store, "SELECT COUNT(*) FROM batch_items") == [(0,)]


@pytest.mark.parametrize("is_done", [True, False])
def test_what_has_expired_is_deleted(
    store: Store, settings: Settings, asker: Actor, clock: Clock, *, is_done: bool
) -> None:
    numbers = Numbers(2)
    batch_id = ordered(store, settings, asker, numbers)
    if is_done:
        lane_of(store, settings, clock, numbers).run()
    clock.now = NOON + (KEPT if is_done else UNFINISHED)
    assert seen(store, asker, batch_id, clock, numbers).state == "expired"  # before anybody has tidied
    assert taking.expire(store, clock.now) == 2
    assert rows(store, "SELECT state FROM batches") == [("expired",)]
    clock.pass_by(days=31)
    taking.expire(store, clock.now)
    assert rows(store, "SELECT COUNT(*) FROM batches") == [(0,)]


def test_five_documents_do_not_wait_for_fifty(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    many, few = Numbers(50), Numbers(5)
    ordered(store, settings, asker, many, "many")
    small = ordered(store, settings, asker, few, "few")
    made = 0

    def count(_: str) -> None:
        nonlocal made
        made += 1
        if seen(store, asker, small, clock, few).done == 5 and not after:
            after.append(made)

    after: list[int] = []
    lane_of(store, settings, clock, many, at_once(count)).run()
    assert 10 <= after[0] <= 14


def test_a_document_over_which_every_worker_dies_is_given_up(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(1)
    batch_id = ordered(store, settings, asker, numbers)
    for _ in range(MOST_DEATHS):
        assert taking.take(store, batch_id, "lease", clock.now) is not None
        assert taking.take(store, batch_id, "lease", clock.now) is None
        clock.pass_by(seconds=LEASE.total_seconds())
    lane_of(store, settings, clock, numbers).run()
    assert seen(store, asker, batch_id, clock, numbers).missing == (Missing("Number 000.pdf", "failed"),)


def test_a_lease_that_is_renewed_lasts(store: Store, settings: Settings, asker: Actor, clock: Clock) -> None:
    batch_id = ordered(store, settings, asker, Numbers(1))
    taken = taking.take(store, batch_id, "lease", clock.now)
    assert taken is not None
    for _ in range(5):
        clock.pass_by(seconds=LEASE.total_seconds() - 1)
        assert taking.renew(store, "lease", clock.now) == {taken.id}
        assert taking.to_work_on(store, clock.now) == ()
    clock.pass_by(seconds=LEASE.total_seconds())
    assert taking.to_work_on(store, clock.now) == (batch_id,)
    assert taking.take(store, batch_id, "another lease", clock.now) is not None
    assert taking.renew(store, "lease", clock.now) == frozenset()


def test_a_worker_that_died_before_it_said_done_is_made_good(
    store: Store, settings: Settings, asker: Actor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = Numbers(2)
    batch_id = ordered(store, settings, asker, numbers)
    with monkeypatch.context() as dying:
        dying.setattr(taking, "finish", lambda store, now: ())
        lane_of(store, settings, clock, numbers).run()
    assert seen(store, asker, batch_id, clock, numbers).state == "running"
    lane_of(store, settings, clock, numbers).run()
    assert seen(store, asker, batch_id, clock, numbers).state == "done"


def test_the_time_left_is_that_of_the_newest_documents(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(40)
    batch_id = ordered(store, settings, asker, numbers)
    told: list[tuple[int, int | None]] = []

    def after_four_seconds(_: str) -> None:
        clock.pass_by(seconds=4)
        found = seen(store, asker, batch_id, clock, numbers)
        told.append((found.of - found.ended, found.left))

    lane_of(store, settings, clock, numbers, at_once(after_four_seconds)).run()
    assert told[0] == (40, None)
    later = [(rest, left) for rest, left in told if rest <= 30]
    assert len(later) == 30
    assert all(left is not None and 3 * rest <= left <= 5 * rest for rest, left in later)
    assert seen(store, asker, batch_id, clock, numbers).left is None


def test_a_few_documents_take_less_than_a_minute_for_half_a_minute(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    numbers = Numbers(2)
    batch_id = ordered(store, settings, asker, numbers)
    told: list[int | None] = []

    def begun(_: str) -> None:
        told.append(seen(store, asker, batch_id, clock, numbers).left)
        clock.pass_by(seconds=30)
        told.append(seen(store, asker, batch_id, clock, numbers).left)

    lane_of(store, settings, clock, numbers, at_once(begun)).run()
    assert told[:2] == [10, None]


def test_the_time_left_of_what_is_made_again_knows_nothing_of_the_first_time(
    store: Store, settings: Settings, asker: Actor, clock: Clock
) -> None:
    """The pause between the two times is no pace."""
    numbers = Numbers(30)
    batch_id = ordered(store, settings, asker, numbers)
    lane_of(store, settings, clock, numbers, at_once(lambda _: clock.pass_by(seconds=4))).run()
    numbers.versions["007"] = "second"
    list(hand_out(store, settings, asker, batch_id, clock, numbers.kinds))
    clock.pass_by(hours=2)
    ordering.try_again(store, settings, asker, batch_id, clock.now, numbers.kinds)
    found = seen(store, asker, batch_id, clock, numbers)
    assert (found.of - found.ended, found.left) == (1, 5)
