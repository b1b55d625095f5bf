"""The administrators' mail page and the demo's outbox: what they show, and to whom never."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Visitor
from small_organisation import NOON, Bakery, later
from talking import Talking

from assess.demo.staff import ORGANISATION
from assess.mail_settings import Smtp
from assess.outbox import letters, lists
from assess.outbox.letters import Letter
from assess.people import administrators, register, signing_in
from assess.talks import talks
from assess.web.app import create_app

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings
    from assess.store import Store


def put(bakery: Bakery, key: str, kind: str = "invitation", **parts: Any) -> None:
    letter = Letter(kind, key, bakery.employee_id, bakery.organisation_id, **parts)
    with bakery.store.write() as q:
        letters.put(bakery.store, q, letter, NOON)


def bounce(bakery: Bakery, error: str = "address-refused 550", *, bounced: bool = True) -> None:
    taken = letters.take(bakery.store, NOON)
    assert taken is not None
    letters.failed(bakery.store, taken, error, NOON, bounced=bounced)


@pytest.fixture
def sign_in(bakery: Bakery) -> Callable[..., Visitor]:
    def by_link(app: Flask, person_id: str = "") -> Visitor:
        who = person_id or bakery.manager_id
        if not person_id:
            administrators.grant(bakery.store, who, bakery.now)
        someone = Visitor(app)
        someone.open("/")
        someone.press("English")
        someone.open(f"/sign-in/{signing_in.mint(bakery.store, who, bakery.now)}")
        someone.press("Sign in")
        return someone

    return by_link


# --- /admin/mail -----------------------------------------------------------------------------------


def test_without_a_mail_server_the_page_says_so_and_counts_what_waits(
    bakery: Bakery, app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    put(bakery, "1")
    put(bakery, "2")
    page = sign_in(app).open("/admin/mail")
    assert page.status == 200
    assert page.says("No mail server is set", "Letters wait until there is one", "Waiting 2", "Sent today 0")


def test_who_could_not_be_reached_is_listed_with_the_reason_and_can_be_tried_again(
    bakery: Bakery, app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    put(bakery, "1")
    bounce(bakery)
    someone = sign_in(app)
    page = someone.open("/admin/mail")
    assert page.says("Amina Yıldız", "Invitation", "does not know this address (answer 550)")
    assert f'href="/admin/people/{bakery.employee_id}"' in page.html
    page = someone.press("Try again: Amina Yıldız")
    assert page.says("The letter is tried once more.", "Waiting 1")
    assert not page.says("Amina")


def test_pressing_try_again_twice_changes_nothing(
    bakery: Bakery, app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    put(bakery, "1")
    bounce(bakery)
    someone = sign_in(app)
    form = someone.open("/admin/mail").form("Try again: Amina Yıldız")
    someone.post(form.action, form.fields)
    assert someone.post(form.action, form.fields).says("no longer among those that failed")


def test_a_reminder_is_neither_named_nor_counted(
    bakery: Bakery, app: Flask, sign_in: Callable[..., Visitor]
) -> None:
    """Who gets one has not answered."""
    someone = sign_in(app)
    before = someone.open("/admin/mail").text
    put(bakery, "1", kind="reminder")
    bounce(bakery)
    put(bakery, "2", kind="reminder")
    page = someone.open("/admin/mail")
    assert page.text == before, "nor can one to a wrong address be told from none"
    assert not page.says("Amina")
    assert page.says("Waiting 0", "There is no letter here that can be told by name")
    with bakery.store.read() as q:
        hidden = lists.latest(q, bakery.organisation_id, 1)[0].id
    assert someone.post(f"/admin/mail/{hidden}/again", {"csrf_token": someone.token}).status == 404


@pytest.mark.parametrize("language", ["Dansk", "Svenska", "English"])
def test_the_page_has_its_words_in_every_language(
    bakery: Bakery, app: Flask, sign_in: Callable[..., Visitor], language: str
) -> None:
    for number, error in enumerate(("no-address", "bad-address", "refused 554", "SenderDied", "later 451")):
        put(bakery, f"{number}")
        bounce(bakery, error, bounced=False)
    someone = sign_in(app)
    someone.open("/admin/mail")
    if language != "English":
        assert someone.press(language).status == 200
    assert someone.page.text.count("Amina Yıldız") == 5


def test_trouble_with_the_server_is_told(
    bakery: Bakery, settings: Settings, store: Store, clock: Clock, sign_in: Callable[..., Visitor]
) -> None:
    with_mail = replace(settings, smtp=Smtp("127.0.0.1", 1, "none"), mail_from="a@example.dk")
    put(bakery, "1")
    taken = letters.take(store, NOON)
    assert taken is not None
    letters.put_back(store, taken, "no-answer", NOON)
    page = sign_in(create_app(with_mail, clock=clock, store=store)).open("/admin/mail")
    assert page.says("Some letters could not be sent yet", "The mail server did not answer.")


def test_others_see_nothing(bakery: Bakery, app: Flask, sign_in: Callable[..., Visitor]) -> None:
    put(bakery, "1")
    bounce(bakery)
    with bakery.store.read() as q:
        letter_id = lists.latest(q, bakery.organisation_id, 1)[0].id
    assert Visitor(app).open("/admin/mail").status in {401, 404}
    employee = sign_in(app, bakery.employee_id)
    assert employee.open("/admin/mail").status in {403, 404}
    other = register.add_organisation(bakery.store, "Another", customer="customer", now=NOON)
    stranger = administrators.enter_administrator(
        bakery.store, other, name="Carl", email="carl@example.org", language="en", now=NOON
    )
    foreign = sign_in(app, stranger)
    assert not foreign.open("/admin/mail").says("Amina")
    path = f"/admin/mail/{letter_id}/again"
    assert foreign.post(path, {"csrf_token": foreign.token}).status == 404


# --- /demo/outbox ----------------------------------------------------------------------------------


@pytest.fixture
def demo(bakery: Bakery, settings: Settings, store: Store, clock: Clock) -> Visitor:
    """A visitor of a demo: the setting is on and the organisation is the demo's."""
    with store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE organisations SET name = '{ORGANISATION}'")
    someone = Visitor(create_app(replace(settings, demo=True), clock=clock, store=store))
    someone.open("/")
    someone.press("English")
    return someone


def test_the_demos_letters_can_be_read_and_their_links_work(bakery: Bakery, demo: Visitor) -> None:
    wave_id = bakery.wave(closes_at=later(days=14))
    bakery.assign(wave_id)
    put(bakery, "1", wave_id=wave_id)
    page = demo.open("/demo/outbox")
    assert page.says("Invitation: Amina Yıldız")
    path = page.html.partition('href="/demo/outbox/')[2].partition('"')[0]
    page = demo.open(f"/demo/outbox/{path}")
    assert page.says("Autumn: et spørgeskema til dig", "Hej Amina", "Hvem ser hvad")
    link = page.html.partition('href="http://127.0.0.1:8000/a/')[2].partition('"')[0]
    assert demo.open(f"/a/{link}").status == 200
    demo.post(f"/a/{link}", {"csrf_token": demo.token})
    assert demo.page.says("Amina")


def test_the_demos_letters_hand_over_their_calendar_file(bakery: Bakery, demo: Visitor, store: Store) -> None:
    Talking(bakery).plan()
    with store.read() as q:
        letter_id = next(iter(lists.latest(q, bakery.organisation_id, 1))).id
    assert demo.open(f"/demo/outbox/{letter_id}").says("The calendar file of this letter")
    file = demo.open(f"/demo/outbox/{letter_id}/calendar").content
    assert b"BEGIN:VCALENDAR" in file
    assert b"METHOD:REQUEST" in file


def test_what_will_not_go_any_more_is_not_in_the_demos_outbox(bakery: Bakery, demo: Visitor) -> None:
    talking = Talking(bakery)
    talk_id = talking.plan()
    assert demo.open("/demo/outbox").says("Invitation to a talk: Amina Yıldız")
    talks.cancel(bakery.store, talking.bo, talk_id, NOON)
    assert "talk" not in demo.open("/demo/outbox").text.lower().replace("talks", "")


def test_a_sign_in_letter_signs_in_however_old_it_is(bakery: Bakery, demo: Visitor, clock: Clock) -> None:
    put(bakery, "1", kind="sign-in")
    clock.advance(days=2)
    page = demo.open("/demo/outbox")
    path = page.html.partition('href="/demo/outbox/')[2].partition('"')[0]
    page = demo.open(f"/demo/outbox/{path}")
    link = page.html.partition('href="http://127.0.0.1:8000/sign-in/')[2].partition('"')[0]
    assert demo.open(f"/sign-in/{link}").status == 200


def test_without_the_setting_there_is_no_such_page(bakery: Bakery, app: Flask, store: Store) -> None:
    with store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE organisations SET name = '{ORGANISATION}'")
    put(bakery, "1", kind="sign-in")
    with store.read() as q:
        letter_id = lists.latest(q, bakery.organisation_id, 1)[0].id
    assert Visitor(app).open("/demo/outbox").status == 404
    assert Visitor(app).open(f"/demo/outbox/{letter_id}").status == 404
    assert not any(rule.rule.startswith("/demo") for rule in app.url_map.iter_rules())


def test_even_with_the_setting_nothing_of_a_real_organisation_is_shown(
    bakery: Bakery, settings: Settings, store: Store, clock: Clock
) -> None:
    put(bakery, "1", kind="sign-in")
    with store.read() as q:
        letter_id = lists.latest(q, bakery.organisation_id, 1)[0].id
    someone = Visitor(create_app(replace(settings, demo=True), clock=clock, store=store))
    assert not someone.open("/demo/outbox").says("Amina")
    assert someone.open(f"/demo/outbox/{letter_id}").status == 404
