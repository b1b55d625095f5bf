"""Agreements of which a new manager sees nothing yet: when the person is told, and until when."""

from __future__ import annotations

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.talks import agreements, showing
from assess.talks.moving_on import to_move_on


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


def told(talk: Talking) -> list[str]:
    found = to_move_on(talk.store, talk.amina, NOON)
    if found is None:
        return []
    assert found.manager.id == talk.dana_id
    return [one.id for one in found.talks]


def test_only_talks_with_live_agreements_that_the_new_manager_does_not_see(talk: Talking) -> None:
    talk_id, _ = talk.plan(days=7), talk.plan(days=8)
    agreement = talk.agree(talk_id)
    assert told(talk) == [], "the manager is the one of the talk"
    talk.new_manager(talk.dana_id)
    assert told(talk) == [talk_id]
    assert to_move_on(talk.store, talk.dana, NOON) is None, "it is for the person to decide"
    assert to_move_on(talk.store, talk.bo, NOON) is None
    agreements.set_status(talk.store, talk.amina, agreement.id, "done", NOON)
    assert told(talk) == [], "nothing is left to be followed up"


def test_a_decision_ends_it_also_one_that_was_taken_back(talk: Talking) -> None:
    talk_id = talk.plan()
    talk.agree(talk_id)
    talk.new_manager(talk.dana_id)
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    assert told(talk) == []
    showing.stop(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    assert told(talk) == [], "nobody is asked again who has decided"


def test_what_was_agreed_with_a_coach_stays_with_the_person(talk: Talking) -> None:
    other = talk.plan()
    showing.show(talk.store, talk.amina, other, talk.clara_id, NOON)
    talk_id = talk.plan(talk.clara, days=9, as_role="coach")
    talk.agree(talk_id, actor=talk.clara)
    talk.new_manager(talk.dana_id)
    assert told(talk) == []


def test_where_nobody_leads_there_is_nobody_to_show_it_to(talk: Talking) -> None:
    talk.agree(talk.plan())
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE memberships SET role = 'member'")
    assert told(talk) == []
