"""Links that open the preparation of one talk, on both engines."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.errors import NotFound
from assess.people import sessions
from assess.people.sessions import PersonSession
from assess.store.secret import digest
from assess.talks import links, talks

BEGINS = NOON + timedelta(days=7)
ENDS = BEGINS + timedelta(minutes=60)


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return talk.plan()


def opened(talk: Talking, token: str) -> PersonSession:
    session = sessions.find(talk.store, links.exchange(talk.store, token, NOON), NOON)
    assert session is not None
    return session


def test_a_link_opens_a_session_limited_to_its_talk_in_the_readers_language(
    talk: Talking, talk_id: str
) -> None:
    token = links.mint(talk.store, talk_id, talk.bo.id, NOON)
    found = links.look(talk.store, token, NOON)
    assert (found.talk_id, found.person_id, found.language) == (talk_id, talk.bo.id, "sv")
    session = opened(talk, token)
    assert (session.person_id, session.talk_id, session.language) == (talk.bo.id, talk_id, "sv")


def test_looking_uses_nothing_up_and_a_link_opens_again(talk: Talking, talk_id: str) -> None:
    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    for _ in range(3):
        links.look(talk.store, token, NOON)
    assert opened(talk, token).id != opened(talk, token).id


def test_it_is_32_random_bytes_of_which_only_the_hash_is_stored(talk: Talking, talk_id: str) -> None:
    tokens = {links.mint(talk.store, talk_id, talk.amina.id, NOON) for _ in range(2)}
    assert len(tokens) == 2
    assert all(len(token) == 43 for token in tokens)  # 256 bits in base64url
    with talk.store.engine.transaction(write=False) as connection:
        rows = connection.execute("SELECT * FROM talk_links").fetchall()
    kept = json.dumps([list(row.values()) if isinstance(row, dict) else list(row) for row in rows])
    assert all(token not in kept and digest(token) in kept for token in tokens)


def test_it_works_until_the_talk_is_over(talk: Talking, talk_id: str) -> None:
    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    links.look(talk.store, token, ENDS - timedelta(seconds=1))
    for call in (links.look, links.exchange):
        with pytest.raises(NotFound):
            call(talk.store, token, ENDS)
    with pytest.raises(NotFound):
        links.mint(talk.store, talk_id, talk.amina.id, ENDS)


def test_of_a_talk_that_was_moved_to_an_earlier_day_it_ends_with_the_talk(
    talk: Talking, talk_id: str
) -> None:
    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    earlier = NOON + timedelta(days=2)
    talks.change(talk.store, talk.bo, talk_id, earlier, 30, "Room 2", NOON)
    ends = earlier + timedelta(minutes=30)
    assert links.look(talk.store, token, ends - timedelta(seconds=1)).talk_id == talk_id
    for call in (links.look, links.exchange):
        with pytest.raises(NotFound):
            call(talk.store, token, ends)


def test_of_a_talk_that_was_moved_to_a_later_day_it_ends_when_it_says(talk: Talking, talk_id: str) -> None:
    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    talks.change(talk.store, talk.bo, talk_id, ENDS + timedelta(days=1), 30, "Room 2", NOON)
    with pytest.raises(NotFound):
        links.look(talk.store, token, ENDS)


@pytest.mark.parametrize("token", ["", "x" * 43, "../" * 10, "ø"])
def test_what_is_no_link_opens_nothing(talk: Talking, token: str) -> None:
    with pytest.raises(NotFound):
        links.exchange(talk.store, token, NOON)


def test_only_the_two_get_one(talk: Talking, talk_id: str) -> None:
    for somebody in (talk.clara, talk.dana):
        with pytest.raises(NotFound):
            links.mint(talk.store, talk_id, somebody.id, NOON)


@pytest.mark.parametrize("end", [talks.cancel, talks.hold])
def test_when_the_talk_is_cancelled_or_held_links_and_what_they_opened_end(
    talk: Talking, end: object
) -> None:
    talk_id = talk.plan(days=0.25)
    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    secret = links.exchange(talk.store, token, NOON)
    end(talk.store, talk.bo, talk_id, NOON)  # type: ignore[operator]
    assert sessions.find(talk.store, secret, NOON) is None
    with pytest.raises(NotFound):
        links.look(talk.store, token, NOON)
    with pytest.raises(NotFound):
        links.mint(talk.store, talk_id, talk.amina.id, NOON)


def test_a_talk_that_ended_without_anybody_withdrawing_opens_nothing_either(
    talk: Talking, talk_id: str
) -> None:
    """The session itself asks whether the talk is planned: nothing depends on who has called `withdraw`."""
    secret = links.exchange(talk.store, links.mint(talk.store, talk_id, talk.amina.id, NOON), NOON)
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE talks SET state = 'cancelled'")
    assert sessions.find(talk.store, secret, NOON) is None


def test_whoever_has_left_opens_nothing(talk: Talking, talk_id: str) -> None:
    token = links.mint(talk.store, talk_id, talk.bo.id, NOON)
    secret = links.exchange(talk.store, token, NOON)
    talk.leave(talk.bo.id)
    with pytest.raises(NotFound):
        links.look(talk.store, token, NOON)
    assert sessions.find(talk.store, secret, NOON) is None


def test_the_session_that_the_browser_had_ends(talk: Talking, talk_id: str) -> None:
    with talk.store.write() as q:
        before = sessions.begin(q, talk.dana.id, "da", NOON)
    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    links.exchange(talk.store, token, NOON, before=before)
    assert sessions.find(talk.store, before, NOON) is None


def test_a_limited_session_has_no_office_of_administration(talk: Talking, talk_id: str) -> None:
    from assess.people import administrators, appointments

    administrators.grant(talk.store, talk.bo.id, NOON)
    appointments.appoint(
        talk.store, talk.administrator, talk.bakery.organisation_id, talk.bo.id, "representative", NOON
    )
    session = opened(talk, links.mint(talk.store, talk_id, talk.bo.id, NOON))
    assert session.administers == session.represents == frozenset()


def test_it_is_one_of_the_persons_devices_says_so_and_can_be_ended(talk: Talking, talk_id: str) -> None:
    with talk.store.write() as q:
        secret = sessions.begin(q, talk.amina.id, "da", NOON)
    here = sessions.find(talk.store, secret, NOON)
    assert here is not None
    limited = opened(talk, links.mint(talk.store, talk_id, talk.amina.id, NOON))
    devices = {one.id: one.is_limited for one in sessions.devices(talk.store, here, NOON)}
    assert devices[here.id] is False
    assert devices[limited.id] is True
    sessions.end(talk.store, here, NOON, device_id=limited.id)
    assert limited.id not in {one.id for one in sessions.devices(talk.store, here, NOON)}


def test_expired_links_are_tidied_away(talk: Talking, talk_id: str) -> None:
    from assess.store.ids import time_text

    token = links.mint(talk.store, talk_id, talk.amina.id, NOON)
    with talk.store.write() as q:
        assert q.delete_expired_talk_links(before=time_text(ENDS)) == 0
        assert q.delete_expired_talk_links(before=time_text(ENDS + timedelta(seconds=1))) == 1
    with pytest.raises(NotFound):
        links.look(talk.store, token, NOON)
