"""Administrators, links that sign in once, sessions of people, on both engines."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, later

from assess.audit import log
from assess.errors import NotFound
from assess.people import administrators, register, sessions, signing_in
from assess.store.secret import digest

if TYPE_CHECKING:
    from small_organisation import Bakery


def test_an_administrator_is_one_until_it_is_ended(bakery: Bakery) -> None:
    store, person_id = bakery.store, bakery.manager_id
    assert administrators.grant(store, person_id, NOON)
    assert not administrators.grant(store, person_id, later(days=1))  # once is enough
    [one] = administrators.administrators(store)
    assert (one.person_id, one.name, one.organisation, one.granted_at) == (
        person_id,
        "Bo Ørsted",
        "Rugbrød & Co.",
        NOON,
    )
    assert administrators.revoke(store, person_id, later(days=2))
    assert not administrators.revoke(store, person_id, later(days=2))
    assert administrators.administrators(store) == ()
    assert administrators.grant(store, person_id, later(days=3))
    assert [entry.action for entry in log.about(store, bakery.organisation_id)] == [
        "grant-administrator",
        "end-administrator",
        "grant-administrator",
    ]


def test_nobody_unknown_becomes_administrator(bakery: Bakery) -> None:
    for act in (administrators.grant, administrators.revoke, signing_in.mint):
        with pytest.raises(NotFound):
            act(bakery.store, "nobody", NOON)


def test_an_administrator_is_entered_by_address_once(bakery: Bakery) -> None:
    store, organisation_id = bakery.store, bakery.organisation_id

    def enter(email: str) -> str:
        return administrators.enter_administrator(
            store, organisation_id, name="Eva Eng", email=email, language="sv", now=NOON
        )

    new = enter(" Eva@Example.org ")
    assert enter("eva@example.ORG") == new
    assert enter("BO@example.org") == bakery.manager_id  # known already: the person keeps the own name
    assert [one.name for one in administrators.administrators(store)] == ["Bo Ørsted", "Eva Eng"]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    "email", ["", "eva", "@example.org", "eva@", "a@b@c", "e va@example.org", "e\nv@x.y"]
)
def test_what_is_no_address_is_refused(bakery: Bakery, email: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        administrators.enter_administrator(
            bakery.store, bakery.organisation_id, name="Eva Eng", email=email, language="sv", now=NOON
        )


def test_looking_at_a_link_as_often_as_one_likes_does_not_use_it(bakery: Bakery) -> None:
    token = signing_in.mint(bakery.store, bakery.manager_id, NOON)
    for _ in range(3):
        signing_in.look(bakery.store, token, NOON)
    secret = signing_in.sign_in(bakery.store, token, NOON)
    session = sessions.find(bakery.store, secret, NOON)
    assert session is not None
    assert (session.person_id, session.language, session.organisation) == (
        bakery.manager_id,
        "sv",
        "Rugbrød & Co.",
    )


def test_whatever_is_wrong_with_a_link_has_the_same_answer(bakery: Bakery) -> None:
    store = bakery.store
    used, old, taken_back = (signing_in.mint(store, bakery.manager_id, NOON) for _ in range(3))
    signing_in.sign_in(store, used, NOON)
    fresh = signing_in.mint(store, bakery.manager_id, later(minutes=14))
    administrators.revoke(store, bakery.manager_id, later(minutes=14))
    told = set()
    for token, minutes in ((used, 1), (old, 15), (taken_back, 14), (fresh, 14), ("never was", 0), ("", 0)):
        for use in (signing_in.look, signing_in.sign_in):
            with pytest.raises(NotFound) as refused:
                use(store, token, later(minutes=minutes))  # type: ignore[operator]
            told.add(str(refused.value))
    assert len(told) == 1


def test_a_link_works_up_to_a_quarter_of_an_hour(bakery: Bakery) -> None:
    token = signing_in.mint(bakery.store, bakery.manager_id, NOON)
    with pytest.raises(NotFound):
        signing_in.sign_in(bakery.store, token, later(minutes=15))
    signing_in.sign_in(bakery.store, token, later(minutes=14, seconds=59))


def test_of_ten_who_use_a_link_at_once_one_is_signed_in(bakery: Bakery) -> None:
    token = signing_in.mint(bakery.store, bakery.manager_id, NOON)
    start = threading.Barrier(10)

    def use(_: int) -> str | None:
        start.wait()
        try:
            return signing_in.sign_in(bakery.store, token, NOON)
        except NotFound:
            return None

    with ThreadPoolExecutor(10) as pool:
        secrets = [secret for secret in pool.map(use, range(10)) if secret]
    assert len(secrets) == 1


def test_secrets_are_stored_as_hashes_only(bakery: Bakery) -> None:
    token = signing_in.mint(bakery.store, bakery.manager_id, NOON)
    secret = signing_in.sign_in(bakery.store, token, NOON)
    with bakery.store.engine.transaction(write=False) as connection:
        stored = "".join(
            str(connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in sorted(bakery.store.engine.tables())
        )
    assert len(token) == len(secret) == 43
    assert digest(token) in stored
    assert digest(secret) in stored
    assert token not in stored
    assert secret not in stored


def test_signing_in_gives_a_new_session_and_ends_the_one_before(bakery: Bakery) -> None:
    """A session that somebody put into this browser beforehand must not become the person's."""
    store = bakery.store
    planted = signing_in.sign_in(store, signing_in.mint(store, bakery.employee_id, NOON), NOON)
    own = signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, NOON), NOON, before=planted)
    assert own != planted
    assert sessions.find(store, planted, NOON) is None
    found = sessions.find(store, own, NOON)
    assert found is not None
    assert found.person_id == bakery.manager_id
    signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, NOON), NOON, before="never was")


def test_a_session_ends_after_45_idle_minutes_and_after_12_hours(bakery: Bakery) -> None:
    store = bakery.store
    secret = signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, NOON), NOON)
    for minutes in range(40, 12 * 60, 40):
        assert sessions.find(store, secret, later(minutes=minutes)) is not None
    assert sessions.find(store, secret, later(hours=12)) is None
    idle = signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, NOON), NOON)
    assert sessions.find(store, idle, later(minutes=45)) is None


@pytest.mark.parametrize(
    "begins",
    [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # 02:30 in Copenhagen, which comes again an hour later
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),  # 01:30; half an hour later it is 03:00
        datetime(2028, 2, 28, 23, 30, tzinfo=UTC),  # 00:30 on the 29th
    ],
)
def test_links_and_sessions_last_as_long_when_the_clocks_change(
    bakery: Bakery, begins: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine in Copenhagen, to the second."""
    store, second = bakery.store, timedelta(seconds=1)
    with monkeypatch.context() as there:
        there.setenv("TZ", "Europe/Copenhagen")
        time.tzset()
        token = signing_in.mint(store, bakery.manager_id, begins)
        with pytest.raises(NotFound):
            signing_in.look(store, token, begins + timedelta(minutes=15))
        at = begins + timedelta(minutes=15) - second
        secret = signing_in.sign_in(store, token, at)
        idle = at + timedelta(minutes=45)
        other = signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, at), at)
        assert sessions.find(store, other, idle) is None
        assert sessions.find(store, secret, idle - second) is not None
        for minutes in range(80, 12 * 60, 40):
            assert sessions.find(store, secret, at + timedelta(minutes=minutes)) is not None
        assert sessions.find(store, secret, at + timedelta(hours=12) - second) is not None
        assert sessions.find(store, secret, at + timedelta(hours=12)) is None
    time.tzset()


def test_devices_are_listed_and_ended_one_by_one_and_all(bakery: Bakery) -> None:
    store = bakery.store

    def sign_in(person_id: str) -> str:
        return signing_in.sign_in(store, signing_in.mint(store, person_id, NOON), NOON)

    here, there, others = sign_in(bakery.manager_id), sign_in(bakery.manager_id), sign_in(bakery.employee_id)
    session, foreign = sessions.find(store, here, NOON), sessions.find(store, others, NOON)
    assert session is not None
    assert foreign is not None
    listed = sessions.devices(store, session, NOON)
    assert sorted(device.is_this for device in listed) == [False, True]
    with pytest.raises(NotFound):
        sessions.end(store, session, NOON, device_id=foreign.id)
    assert sessions.find(store, others, NOON) is not None
    [other] = [device.id for device in listed if not device.is_this]
    sessions.end(store, session, NOON, device_id=other)
    assert sessions.find(store, there, NOON) is None
    sessions.end(store, session, NOON)
    sessions.end(store, session, NOON)
    assert sessions.find(store, here, NOON) is None
    sessions.end_all(store, bakery.employee_id, NOON)
    assert sessions.find(store, others, NOON) is None


def test_what_a_session_may_follows_the_grants_of_the_moment(bakery: Bakery) -> None:
    store = bakery.store
    secret = signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, NOON), NOON)
    before = sessions.find(store, secret, NOON)
    administrators.grant(store, bakery.manager_id, NOON)
    during = sessions.find(store, secret, NOON)
    administrators.revoke(store, bakery.manager_id, NOON)
    assert before is not None
    assert during is not None
    assert before.actor.administers == frozenset()
    assert during.actor.administers == {bakery.organisation_id}
    assert sessions.find(store, secret, NOON) is None  # ended with the grant


def test_a_session_keeps_its_language(bakery: Bakery) -> None:
    store = bakery.store
    secret = signing_in.sign_in(store, signing_in.mint(store, bakery.manager_id, NOON), NOON)
    session = sessions.find(store, secret, NOON)
    assert session is not None
    sessions.set_language(store, session, "en")
    again = sessions.find(store, secret, NOON)
    assert again is not None
    assert again.language == "en"


def test_an_administrator_of_one_organisation_is_none_of_another(bakery: Bakery) -> None:
    elsewhere = register.add_organisation(bakery.store, "Elsewhere", customer="guest", now=NOON)
    administrators.grant(bakery.store, bakery.manager_id, NOON)
    with bakery.store.read() as q:
        assert elsewhere not in administrators.administered_by(q, bakery.manager_id)
