"""Letters about agreements: shown to a new manager, changed after both had signed; and why a talk lapsed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from small_organisation import NOON, Bakery
from talking import Talking
from test_talk_letters import calendars, event, have_gone, part, speak, taken, waiting, written

from assess.mail.errors import NotWanted
from assess.mail.writing import write
from assess.talks import agreements, showing, signing
from assess.talks.letters import put_for
from assess.talks.types import Agreement

if TYPE_CHECKING:
    from assess.settings import Settings

DAY = timedelta(days=1)
SECRET = "Bake alone"


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    found = talk.plan()
    talk.hold(found)
    return found


@pytest.fixture
def at(settings: Settings) -> Settings:
    return replace(settings, base_url="https://assess.example.dk", mail_from="Assess <post@example.dk>")


def signed_by_both(talk: Talking, talk_id: str, what: str = SECRET) -> Agreement:
    agreement = talk.agree(talk_id, what)
    for actor in (talk.amina, talk.bo):
        signing.sign(talk.store, actor, talk_id, {agreement.id: 1}, NOON)
    have_gone(talk)
    return agreement


def put_back(talk: Talking, kind: str) -> None:
    """A letter that was taken waits again."""
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE outbox SET state = 'waiting', attempts = 0 WHERE kind = '{kind}'")


# --- changed after both had signed -----------------------------------------------------------------


def test_the_other_is_told_that_something_signed_has_changed_and_not_what(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    agreement = signed_by_both(talk, talk_id)
    talk.change(agreement, "Bake at night", talk.bo)
    assert waiting(talk.store) == [("agreement-changed", talk.amina.id)]
    message = written(talk, at, "agreement-changed", talk.amina.id)
    assert message["Subject"] == "An agreement with Bo Ørsted was changed"
    for subtype in ("plain", "html"):
        said = part(message, subtype)
        assert f"https://assess.example.dk/talks/{talk_id}/agreements" in said
        assert "sign it if it is right" in said
        assert "Bake" not in said


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("da", "En aftale med Amina Yıldız er ændret"),
        ("sv", "En överenskommelse med Amina Yıldız har ändrats"),
    ],
)
def test_in_the_readers_language(
    talk: Talking, talk_id: str, at: Settings, language: str, subject: str
) -> None:
    talk.change(signed_by_both(talk, talk_id), "Bake at night", talk.amina)
    assert written(talk, at, "agreement-changed", talk.bo.id, language=language)["Subject"] == subject


def test_one_letter_a_day_however_much_is_changed(talk: Talking, talk_id: str) -> None:
    first, second = signed_by_both(talk, talk_id), signed_by_both(talk, talk_id, "Order flour")
    talk.change(first, "Bake at night", talk.bo)
    talk.change(second, "Order less flour", talk.bo)
    assert waiting(talk.store) == [("agreement-changed", talk.amina.id)]
    changed = agreements.agreement(talk.store, talk.amina, first.id, NOON)
    signing.sign(talk.store, talk.bo, talk_id, {changed.id: changed.revision}, NOON)
    assert waiting(talk.store) == [("agreement-changed", talk.amina.id)], "asked to sign already"


def test_whoever_is_about_to_be_asked_to_sign_is_not_told_twice(talk: Talking, talk_id: str) -> None:
    signed, new = signed_by_both(talk, talk_id), talk.agree(talk_id, "Order flour")
    with talk.store.write() as q:
        q.delete_letters_of_person(person_id=talk.amina.id)
    signing.sign(talk.store, talk.bo, talk_id, {new.id: 1}, NOON)
    talk.change(signed, "Bake at night", talk.bo)
    assert waiting(talk.store) == [("agreements-to-sign", talk.amina.id)]


def test_what_one_alone_had_signed_or_nobody_is_changed_without_a_letter(talk: Talking, talk_id: str) -> None:
    agreement = talk.agree(talk_id)
    signing.sign(talk.store, talk.bo, talk_id, {agreement.id: 1}, NOON)
    have_gone(talk)
    talk.change(agreement, "Bake at night", talk.bo)
    assert waiting(talk.store) == []


def test_a_status_and_the_same_words_are_no_change(talk: Talking, talk_id: str) -> None:
    agreement = signed_by_both(talk, talk_id)
    agreements.set_status(talk.store, talk.bo, agreement.id, "done", NOON)
    talk.change(agreement, SECRET, talk.bo)
    assert waiting(talk.store) == []


def test_whoever_has_signed_it_anew_gets_no_letter(talk: Talking, talk_id: str, at: Settings) -> None:
    agreement = signed_by_both(talk, talk_id)
    talk.change(agreement, "Bake at night", talk.bo)
    letter = taken(talk.store, "agreement-changed", talk.amina.id)
    signing.sign(talk.store, talk.amina, talk_id, {agreement.id: 2}, NOON)
    with pytest.raises(NotWanted):
        write(talk.store, at, letter, NOON)


def test_after_a_change_of_manager_the_new_one_and_the_person_are_the_two(
    talk: Talking, talk_id: str
) -> None:
    agreement = signed_by_both(talk, talk_id)
    talk.new_manager(talk.dana_id)
    talk.change(agreement, "Bake at night", talk.amina)
    assert waiting(talk.store) == [], "nobody else sees it"
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    now = agreements.agreement(talk.store, talk.amina, agreement.id, NOON)
    signing.sign(talk.store, talk.amina, talk_id, {agreement.id: now.revision}, NOON)
    signing.sign(talk.store, talk.dana, talk_id, {agreement.id: now.revision}, NOON)
    have_gone(talk)
    talk.change(now, "Bake on Sundays", talk.dana)
    assert waiting(talk.store) == [("agreement-changed", talk.amina.id)]


# --- shown to a new manager ------------------------------------------------------------------------


def test_a_new_manager_is_told_that_agreements_are_shown_and_not_which(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    signed_by_both(talk, talk_id)
    talk.new_manager(talk.dana_id)
    for _ in range(2):
        showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    assert waiting(talk.store) == [("agreements-shown", talk.dana_id)]
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET email = 'dana@example.org' WHERE first_name = 'Dana'")
    message = written(talk, at, "agreements-shown", talk.dana_id)
    assert message["Subject"] == "Amina Yıldız shows you agreements"
    assert f"https://assess.example.dk/talks/{talk_id}/agreements" in part(message, "plain")
    assert SECRET not in part(message, "plain")
    for language, subject in (
        ("da", "Amina Yıldız viser dig aftaler"),
        ("sv", "Amina Yıldız visar dig överenskommelser"),
    ):
        put_back(talk, "agreements-shown")
        assert written(talk, at, "agreements-shown", talk.dana_id, language=language)["Subject"] == subject


def test_whoever_is_shown_it_no_longer_when_the_letter_is_written_hears_nothing(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    signed_by_both(talk, talk_id)
    talk.new_manager(talk.dana_id)
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    showing.stop(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    assert waiting(talk.store) == [("agreements-shown", talk.dana_id)], "stopping writes no letter"
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET email = 'dana@example.org' WHERE first_name = 'Dana'")
    with pytest.raises(NotWanted):
        written(talk, at, "agreements-shown", talk.dana_id)


def test_of_a_talk_without_agreements_nobody_is_written_to(talk: Talking, talk_id: str, at: Settings) -> None:
    have_gone(talk)
    talk.new_manager(talk.dana_id)
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE people SET email = 'dana@example.org' WHERE first_name = 'Dana'")
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
    with pytest.raises(NotWanted):
        written(talk, at, "agreements-shown", talk.dana_id)


def test_a_coach_to_whom_it_is_shown_gets_no_letter(talk: Talking, talk_id: str) -> None:
    signed_by_both(talk, talk_id)
    showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    assert waiting(talk.store) == []


# --- why a talk lapsed -----------------------------------------------------------------------------


def lapsed(talk: Talking, reason: str) -> str:
    """A talk that the clock has cancelled."""
    talk_id = talk.plan(days=9)
    have_gone(talk)
    with talk.store.write() as q:
        q.talk_cancelled(id=talk_id, now="2026-11-24T12:00:00.000000Z")
        put_for(talk.store, q, talk_id, "talk-cancelled", NOON, why=reason)
    return talk_id


PLAIN = "is cancelled. The calendar file"


@pytest.mark.parametrize(
    ("reason", "to_amina", "to_bo"),
    [
        (
            "not-led",
            "The two of you are no longer employee and manager.",
            "The two of you are no longer employee and manager.",
        ),
        ("holder-left", "Bo Ørsted is no longer with the organisation.", PLAIN),
        ("person-left", PLAIN, "Amina Yıldız is no longer with the organisation."),
        ("no-coach", "Bo Ørsted is no longer a coach here.", PLAIN),
        ("not-shown", PLAIN, PLAIN),
        ("leads", "Bo Ørsted leads you now, and is your coach no longer.", "You lead Amina Yıldız now"),
    ],
)
def test_the_letter_says_why_as_far_as_its_reader_may_know(
    talk: Talking, at: Settings, reason: str, to_amina: str, to_bo: str
) -> None:
    lapsed(talk, reason)
    for person_id, said in ((talk.amina.id, to_amina), (talk.bo.id, to_bo)):
        put_back(talk, "talk-cancelled")
        message = written(talk, at, "talk-cancelled", person_id)
        assert said in part(message, "plain")
        inline, attached, method = calendars(message)
        assert (inline, method) == (attached, "CANCEL")
        assert int(event(inline)["SEQUENCE"]) == 1


def test_a_coach_reads_the_same_whether_the_person_stopped_showing_it_or_called_it_off(
    talk: Talking, at: Settings
) -> None:
    speak(talk, "en")
    texts = []
    for reason in ("not-shown", "no-coach", ""):
        with talk.store.write() as q:
            q.delete_letters_of_person(person_id=talk.bo.id)
        lapsed(talk, reason)
        texts.append(part(written(talk, at, "talk-cancelled", talk.bo.id), "plain"))
    assert len(set(texts)) == 1
