"""A shuffled questionnaire is asked in an order of each person's own, the same on every device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, Bakery, tiny

from assess.answering import export, results, sheets
from assess.answering.errors import Incomplete
from assess.answering.types import Given, Session

if TYPE_CHECKING:
    from assess.store import Store

RATINGS = ("skill-1", "skill-2", "will-1", "will-2")


@pytest.fixture
def shuffled(store: Store) -> Bakery:
    return Bakery(store, definition=tiny(shuffled=True))


def order_of(bakery: Bakery, session: Session) -> tuple[str, ...]:
    [progress] = bakery.task(session).sheets
    return sheets.sheet(bakery.store, session, progress.sheet_id, NOON).form.item_ids


def set_seed(bakery: Bakery, seed: int | None) -> None:
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE sheets SET order_seed = {'NULL' if seed is None else seed}")


def test_two_devices_of_one_person_see_the_same_order(shuffled: Bakery) -> None:
    task_id = shuffled.assign(shuffled.wave())
    assert order_of(shuffled, shuffled.enter(task_id)) == order_of(shuffled, shuffled.enter(task_id))


def test_people_are_asked_in_different_orders(shuffled: Bakery) -> None:
    session = shuffled.enter(shuffled.assign(shuffled.wave()))
    orders = set()
    for seed in range(40):
        set_seed(shuffled, seed)
        order = order_of(shuffled, session)
        assert sorted(order[:4]) == sorted(RATINGS)
        assert order[4:] == ("tenure", "fresh", "remark")
        orders.add(order)
    assert len(orders) > 10  # of 24


def test_every_new_sheet_gets_a_seed_of_its_own(shuffled: Bakery) -> None:
    task_id = shuffled.assign(shuffled.wave(), areas=2)
    with shuffled.store.read() as q:
        one, two = (row["order_seed"] for row in q.assignments(task_id=task_id))
    assert one != two  # of 2³¹
    assert min(one, two) >= 0


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_without_seed_or_shuffling_the_order_is_that_of_the_file(
    bakery: Bakery, shuffled: Bakery, seed: int | None
) -> None:
    plain = bakery.enter(bakery.assign(bakery.wave()))
    mixed = shuffled.enter(shuffled.assign(shuffled.wave()))
    set_seed(bakery, seed)
    assert order_of(bakery, plain)[:4] == RATINGS
    assert (order_of(shuffled, mixed)[:4] == RATINGS) == (seed is None)


def test_what_is_missing_is_told_in_the_persons_order(shuffled: Bakery) -> None:
    session = shuffled.enter(shuffled.assign(shuffled.wave()))
    set_seed(shuffled, 1)
    order = order_of(shuffled, session)
    assert order[:4] != RATINGS
    [progress] = shuffled.task(session).sheets
    sheets.save(shuffled.store, session, progress.sheet_id, {order[1]: Given(position=1)}, NOON)
    missing = (order[0], *order[2:4], "tenure")
    assert sheets.sheet(shuffled.store, session, progress.sheet_id, NOON).missing == missing
    with pytest.raises(Incomplete) as refused:
        sheets.submit(shuffled.store, session, progress.sheet_id, NOON)
    assert refused.value.missing == missing


def test_the_order_does_not_change_the_scores(shuffled: Bakery) -> None:
    made = []
    for seed in (1, 2):
        session = shuffled.enter(shuffled.assign(shuffled.wave()))
        set_seed(shuffled, seed)
        order = order_of(shuffled, session)
        [progress] = shuffled.task(session).sheets
        for item_id in order[:4]:  # in this person's order, one after the other
            given = {item_id: Given(position=RATINGS.index(item_id) + 1)}
            sheets.save(shuffled.store, session, progress.sheet_id, given, NOON)
        sheets.save(shuffled.store, session, progress.sheet_id, {"tenure": Given(position=1)}, NOON)
        sheets.submit(shuffled.store, session, progress.sheet_id, NOON)
        [area] = results.results(shuffled.store, session, NOON).areas
        assert area.own is not None
        made.append((order, area.own.profile))
    assert made[0][0] != made[1][0]
    assert made[0][1] == made[1][1]


def test_the_export_says_in_which_order_the_pages_were_asked(shuffled: Bakery) -> None:
    session = shuffled.enter(shuffled.assign(shuffled.wave()))
    set_seed(shuffled, 5)
    [sheet] = export.export(shuffled.store, session, NOON)["sheets"]
    assert sheet["order_seed"] == 5
