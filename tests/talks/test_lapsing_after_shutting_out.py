"""A coach whom the person has shut out learns nothing of the person any more, also not from the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.talks import lapsing, showing
from assess.talks.loading import talk_to_come

if TYPE_CHECKING:
    from assess.store import Store


@dataclass
class Place:
    store: Store
    clock: Callable[[], datetime]


@pytest.mark.parametrize("happens", ["person-left", "no-coach", "holder-left", "leads"])
def test_what_happens_after_the_coach_was_shut_out_is_not_told(bakery: Bakery, happens: str) -> None:
    talk = Talking(bakery)
    talk.share_profile(talk.clara_id)
    talk_id = talk.plan(talk.clara, as_role="coach")
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")
    showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    if happens == "no-coach":
        talk.end_coach(talk.clara_id)
    elif happens == "leads":
        talk.new_manager(talk.clara_id)
    else:
        talk.leave(talk.amina.id if happens == "person-left" else talk.clara_id)
    with talk.store.read() as q:
        found = talk_to_come(q, talk_id, NOON)
    assert found is not None
    assert lapsing.reason_of(found) == "not-shown"
    # The reason that the coach's letter goes with, which says nothing of it
    lapsing.end(Place(talk.store, lambda: NOON), talk_id)
    with talk.store.engine.transaction(write=False) as connection:
        letters = connection.execute(
            "SELECT parameters FROM outbox WHERE kind = 'talk-cancelled' AND state = 'waiting'"
        ).fetchall()
    assert letters
    assert all("not-shown" in str(row) for row in letters)
