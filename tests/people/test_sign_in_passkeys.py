"""Passkeys: only a fresh challenge, only the own key, only forward; and never by mail alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, Bakery, later
from soft_passkey import SoftPasskey

from assess.audit import log
from assess.errors import NotFound
from assess.people import administrators, passkeys, sessions, signing_in
from assess.people.passkeys import LastPasskey, NotConfirmed, PasskeyRefused, Site

if TYPE_CHECKING:
    from datetime import datetime

    from assess.people.sessions import PersonSession

SITE = Site("localhost", "http://localhost")


class Device:
    """A browser in which somebody has signed in by a mailed link."""

    def __init__(self, bakery: Bakery, person_id: str) -> None:
        self.store = bakery.store
        self.secret = signing_in.sign_in(self.store, signing_in.mint(self.store, person_id, NOON), NOON)

    @property
    def session(self) -> PersonSession:
        found = sessions.find(self.store, self.secret, NOON)
        assert found is not None
        return found

    def register(self, key: SoftPasskey, name: str = "Phone", now: datetime = NOON) -> str:
        options = passkeys.offer_registration(self.store, self.session, SITE, NOON)
        return passkeys.register(self.store, self.session, SITE, key.make(options), name, now)

    def challenge(self) -> str:
        return passkeys.offer_confirmation(self.store, self.session, SITE, NOON)

    def confirm(self, key: SoftPasskey, now: datetime = NOON) -> None:
        passkeys.confirm(self.store, self.session, SITE, key.sign(self.challenge()), now)


@pytest.fixture
def boss(bakery: Bakery) -> str:
    administrators.grant(bakery.store, bakery.manager_id, NOON)
    return bakery.manager_id


@pytest.fixture
def here(bakery: Bakery, boss: str) -> Device:
    return Device(bakery, boss)


def test_registering_confirms_this_session_and_every_other_one_must_be(bakery: Bakery, here: Device) -> None:
    assert not passkeys.must_confirm(here.session)
    key = SoftPasskey()
    here.register(key, "  Work phone  ")
    assert not passkeys.must_confirm(here.session)
    [listed] = passkeys.passkeys(bakery.store, here.session)
    assert (listed.name, listed.created_at) == ("Work phone", NOON)
    # Given another session
    there = Device(bakery, bakery.manager_id)
    assert passkeys.must_confirm(there.session)
    there.confirm(key)
    assert not passkeys.must_confirm(there.session)
    noted = [entry.action for entry in log.about(bakery.store, bakery.organisation_id)]
    assert {"sign-in", "register-passkey", "confirm-session"} <= set(noted)


def test_a_challenge_is_used_once(bakery: Bakery, here: Device) -> None:
    key = SoftPasskey(count=None)
    here.register(key)
    there = Device(bakery, bakery.manager_id)
    said = key.sign(there.challenge())
    passkeys.confirm(bakery.store, there.session, SITE, said, NOON)
    with pytest.raises(PasskeyRefused):
        passkeys.confirm(bakery.store, there.session, SITE, said, NOON)


def test_a_challenge_is_used_up_by_what_was_wrong_too(bakery: Bakery, here: Device) -> None:
    key = SoftPasskey()
    here.register(key)
    there = Device(bakery, bakery.manager_id)
    options = there.challenge()
    for said in (SoftPasskey().sign(options), key.sign(options)):
        with pytest.raises(PasskeyRefused):
            passkeys.confirm(bakery.store, there.session, SITE, said, NOON)
    assert passkeys.must_confirm(there.session)


def test_a_challenge_lives_five_minutes(bakery: Bakery, here: Device) -> None:
    key = SoftPasskey()
    here.register(key)
    there = Device(bakery, bakery.manager_id)
    with pytest.raises(PasskeyRefused):
        there.confirm(key, later(minutes=5))
    there.confirm(key, later(minutes=4, seconds=59))


def test_a_challenge_of_one_session_is_worth_nothing_in_another(bakery: Bakery, here: Device) -> None:
    key = SoftPasskey()
    here.register(key)
    there = Device(bakery, bakery.manager_id)
    there.challenge()
    with pytest.raises(PasskeyRefused):
        passkeys.confirm(bakery.store, there.session, SITE, key.sign(here.challenge()), NOON)


def test_a_newer_challenge_takes_the_place_of_the_one_before(bakery: Bakery, here: Device) -> None:
    key = SoftPasskey()
    here.register(key)
    there = Device(bakery, bakery.manager_id)
    old = there.challenge()
    there.challenge()
    with pytest.raises(PasskeyRefused):
        passkeys.confirm(bakery.store, there.session, SITE, key.sign(old), NOON)


def test_another_administrators_passkey_confirms_nothing(bakery: Bakery, here: Device) -> None:
    administrators.grant(bakery.store, bakery.employee_id, NOON)
    mine, others = SoftPasskey(), SoftPasskey(credential_id=b"another credential")
    here.register(mine)
    Device(bakery, bakery.employee_id).register(others)
    there = Device(bakery, bakery.manager_id)
    with pytest.raises(PasskeyRefused):
        there.confirm(others)
    # nor does the other's key under the name of mine
    with pytest.raises(PasskeyRefused):
        there.confirm(others.copied(credential_id=mine.credential_id))
    assert passkeys.must_confirm(there.session)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_count_of_signatures_that_goes_back_is_a_copied_passkey(bakery: Bakery, here: Device) -> None:
    key = SoftPasskey(count=5)
    here.register(key)
    copy = key.copied()
    Device(bakery, bakery.manager_id).confirm(key)
    there = Device(bakery, bakery.manager_id)
    with pytest.raises(PasskeyRefused):
        there.confirm(copy)  # counts to six, as the other one did
    there.confirm(key)
    assert key.count == 7


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    "changes",
    [{"origin": "http://evil.example"}, {"host": "evil.example"}, {"origin": "http://localhost:81"}],
)
def test_what_was_said_to_another_site_is_refused(
    here: Device, bakery: Bakery, changes: dict[str, str]
) -> None:
    key = SoftPasskey()
    with pytest.raises(PasskeyRefused):
        here.register(key.copied(**changes))
    here.register(key)
    with pytest.raises(PasskeyRefused):
        Device(bakery, bakery.manager_id).confirm(key.copied(**changes))


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("said", [{}, {"id": 7}, {"id": "a", "rawId": "b", "type": "x", "response": []}])
def test_what_no_passkey_says_is_refused(here: Device, said: dict[str, object], bakery: Bakery) -> None:
    passkeys.offer_registration(bakery.store, here.session, SITE, NOON)
    with pytest.raises(PasskeyRefused):
        passkeys.register(bakery.store, here.session, SITE, said, "x", NOON)
    here.register(SoftPasskey())
    here.challenge()
    with pytest.raises(PasskeyRefused):
        passkeys.confirm(bakery.store, here.session, SITE, said, NOON)


def test_whoever_reads_the_mail_can_neither_add_nor_remove_a_passkey(bakery: Bakery, here: Device) -> None:
    passkey_id = here.register(SoftPasskey())
    thief = Device(bakery, bakery.manager_id)
    with pytest.raises(NotConfirmed):
        thief.register(SoftPasskey(credential_id=b"of the thief, of course"))
    with pytest.raises(NotConfirmed):
        passkeys.remove(bakery.store, thief.session, passkey_id, NOON, required=False)


def test_a_challenge_from_before_the_first_passkey_registers_no_second_one(
    bakery: Bakery, here: Device
) -> None:
    thief = Device(bakery, bakery.manager_id)
    options = passkeys.offer_registration(bakery.store, thief.session, SITE, NOON)
    here.register(SoftPasskey())
    said = SoftPasskey(credential_id=b"of the thief, of course").make(options)
    with pytest.raises(NotConfirmed):
        passkeys.register(bakery.store, thief.session, SITE, said, "x", NOON)


def test_the_same_passkey_is_registered_once(here: Device) -> None:
    key = SoftPasskey()
    here.register(key)
    with pytest.raises(PasskeyRefused):
        here.register(key)


def test_the_last_passkey_stays_where_one_is_required(bakery: Bakery, here: Device) -> None:
    first = here.register(SoftPasskey())
    second = here.register(SoftPasskey(credential_id=b"the second of two keys"))
    passkeys.remove(bakery.store, here.session, first, NOON, required=True)
    with pytest.raises(LastPasskey):
        passkeys.remove(bakery.store, here.session, second, NOON, required=True)
    passkeys.remove(bakery.store, here.session, second, NOON, required=False)
    assert not passkeys.must_confirm(Device(bakery, bakery.manager_id).session)


def test_only_administrators_have_passkeys_and_only_their_own(bakery: Bakery, here: Device) -> None:
    passkey_id = here.register(SoftPasskey())
    employee = Device(bakery, bakery.employee_id)
    for act in (passkeys.offer_registration, passkeys.offer_confirmation):
        with pytest.raises(NotFound):
            act(bakery.store, employee.session, SITE, NOON)
    administrators.grant(bakery.store, bakery.employee_id, NOON)
    with pytest.raises(NotFound):
        passkeys.remove(bakery.store, employee.session, passkey_id, NOON, required=False)


def test_lost_passkeys_are_reset_by_the_operator(bakery: Bakery, here: Device) -> None:
    here.register(SoftPasskey())
    assert passkeys.reset(bakery.store, bakery.manager_id, NOON, by=administrators.OPERATOR) == 1
    assert sessions.find(bakery.store, here.secret, NOON) is None
    there = Device(bakery, bakery.manager_id)
    assert not passkeys.must_confirm(there.session)
    assert passkeys.must_register(there.session, required=True)
    entries = log.about(bakery.store, bakery.organisation_id)
    assert ("reset-passkeys", "operator") in [(entry.action, entry.actor_id) for entry in entries]
    with pytest.raises(NotFound):
        passkeys.reset(bakery.store, "nobody", NOON, by=administrators.OPERATOR)
