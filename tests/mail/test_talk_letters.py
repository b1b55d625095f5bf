"""Letters about talks: who gets which, what they say in three languages, and the calendar file in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar, Component
from small_organisation import NOON, Bakery
from talking import Talking

from assess.errors import NotFound
from assess.mail import kinds
from assess.mail.errors import NotWanted
from assess.mail.writing import write
from assess.outbox import letters
from assess.outbox.letters import Taken
from assess.people import sessions
from assess.rights import Actor
from assess.talks import agreements, links, preparing, showing, signing, talks, timetable
from assess.talks.letters import put_for
from assess.talks.types import PreparationTexts

if TYPE_CHECKING:
    from assess.settings import Settings
    from assess.store import Store

DAY = timedelta(days=1)
BEGINS = NOON + 7 * DAY  # Monday 30 November 2026, 13:00 in Copenhagen
ADDRESSES = re.compile(r"https://assess\.example\.dk/\S+")


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return talk.plan()


@pytest.fixture
def at(settings: Settings) -> Settings:
    return replace(settings, base_url="https://assess.example.dk", mail_from="Løn & Liv <post@example.dk>")


def taken(store: Store, kind: str, person_id: str, now: datetime = NOON) -> Taken:
    """The letter of a kind to somebody that waits; all others are taken away."""
    while (found := letters.take(store, now)) is not None:
        if (found.kind, found.person_id) == (kind, person_id):
            return found
        letters.sent(store, found, now)
    raise AssertionError(f"no {kind} waits")


def waiting(store: Store) -> list[tuple[str, str]]:
    with store.engine.transaction(write=False) as connection:
        rows = connection.execute(
            "SELECT kind, person_id FROM outbox WHERE state = 'waiting' ORDER BY kind, person_id"
        ).fetchall()
    return [(row["kind"], row["person_id"]) if isinstance(row, dict) else (row[0], row[1]) for row in rows]


def received(message: EmailMessage) -> EmailMessage:
    return message_from_bytes(message.as_bytes(), policy=policy.default)  # type: ignore[return-value]


def part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def written(
    talk: Talking, at: Settings, kind: str, person_id: str, now: datetime = NOON, language: str = "en"
) -> EmailMessage:
    speak(talk, language)
    return received(write(talk.store, at, taken(talk.store, kind, person_id, now), now))


def speak(talk: Talking, language: str) -> None:
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE people SET language = '{language}'")


def calendars(message: EmailMessage) -> tuple[bytes, bytes, str]:
    """The calendar part, the attached file, and the method that the part's header names."""
    [inline] = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    [file] = [one for one in message.walk() if one.get_content_type() == "application/ics"]
    content = inline.get_payload(decode=True)
    attached = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert isinstance(attached, bytes)
    assert file.get_filename() == "talk.ics"
    assert file.get_content_disposition() == "attachment"
    assert inline.get_content_charset() == "utf-8"
    return content, attached, str(inline.get_param("method"))


def event(content: bytes) -> Component:
    [found] = Calendar.from_ical(content).walk("VEVENT")
    assert not found.errors
    return found


# --- planned, changed, cancelled -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "subject", "when", "invites"),
    [
        (
            "da",
            "Udviklingssamtale med Bo Ørsted den 30. november 2026",
            "mandag den 30. november 2026 kl. 13.00",
            "Bo Ørsted har inviteret dig",
        ),
        (
            "sv",
            "Medarbetarsamtal med Bo Ørsted den 30 november 2026",
            "måndag 30 november 2026 kl. 13:00",
            "Bo Ørsted har bjudit in dig",
        ),
        (
            "en",
            "Development talk with Bo Ørsted on 30 November 2026",
            "Monday, 30 November 2026 at 13:00",
            "Bo Ørsted has invited you",
        ),
    ],
)
def test_an_invitation_says_who_when_and_where_in_the_readers_language(
    talk: Talking, talk_id: str, at: Settings, language: str, subject: str, when: str, invites: str
) -> None:
    message = written(talk, at, "talk-invitation", talk.amina.id, language=language)
    assert message["Subject"] == subject
    assert message["Content-Language"] == language
    assert message["To"].addresses[0].addr_spec == "amina@example.org"
    for subtype in ("plain", "html"):
        assert when in part(message, subtype)
        assert invites in part(message, subtype)
        assert "Room 2" in part(message, subtype)


def test_the_link_opens_the_readers_own_preparation_and_its_token_is_nowhere_stored(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    for person in (talk.amina, talk.bo):
        message = written(talk, at, "talk-invitation", person.id)
        [address] = [one for one in ADDRESSES.findall(part(message, "plain")) if "/talks/open/" in one]
        found = links.look(talk.store, address.rpartition("/")[2], NOON)
        assert (found.talk_id, found.person_id) == (talk_id, person.id)
        assert address in part(message, "html")
        wait_again(talk)


def wait_again(talk: Talking) -> None:
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE outbox SET state = 'waiting', finished_at = NULL")


def have_gone(talk: Talking) -> None:
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")


def test_the_calendar_is_a_part_that_programmes_act_upon_and_a_file(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    message = written(talk, at, "talk-invitation", talk.amina.id)
    inline, attached, method = calendars(message)
    assert inline == attached
    assert method == "REQUEST"
    assert message.get_content_type() == "multipart/mixed"
    alternatives = next(message.iter_parts())
    assert [one.get_content_type() for one in alternatives.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    found = event(attached)
    assert str(found["UID"]) == f"{talk_id}@assess.example.dk"
    assert found.decoded("DTSTART") == BEGINS
    assert str(found["SUMMARY"]) == "Development talk: Amina Yıldız and Bo Ørsted"
    assert str(found["ATTENDEE"]) == "mailto:amina@example.org"
    assert str(found["ORGANIZER"]) == "mailto:post@example.dk"


def test_in_the_calendar_is_no_link_that_opens_anything_and_no_address_of_the_other(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    message = written(talk, at, "talk-invitation", talk.amina.id)
    text = attached_text(message)
    assert "/open/" not in text
    assert "bo@example.org" not in text
    assert f"https://assess.example.dk/talks/{talk_id}" in text


def attached_text(message: EmailMessage) -> str:
    return calendars(message)[1].replace(b"\r\n ", b"").decode()


def test_a_change_has_the_same_uid_and_a_higher_sequence(talk: Talking, talk_id: str, at: Settings) -> None:
    first = event(calendars(written(talk, at, "talk-invitation", talk.amina.id))[1])
    have_gone(talk)
    talks.change(talk.store, talk.bo, talk_id, BEGINS + DAY, 90, "Room, 3", NOON)
    message = written(talk, at, "talk-changed", talk.amina.id)
    assert message["Subject"] == "Changed: development talk with Bo Ørsted on 1 December 2026"
    assert "90 minutes" in part(message, "plain")
    inline, _, method = calendars(message)
    moved = event(inline)
    assert method == "REQUEST"
    assert moved["UID"] == first["UID"]
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    assert moved.decoded("DTSTART") == BEGINS + DAY
    assert str(moved["LOCATION"]) == "Room, 3"


def test_a_cancellation_takes_it_out_of_both_calendars(talk: Talking, talk_id: str, at: Settings) -> None:
    sent = event(calendars(written(talk, at, "talk-invitation", talk.bo.id))[1])
    talks.cancel(talk.store, talk.amina, talk_id, NOON)
    message = written(talk, at, "talk-cancelled", talk.bo.id)
    assert message["Subject"] == "Cancelled: development talk on 30 November 2026"
    assert "/talks/open/" not in part(message, "plain")
    inline, _, method = calendars(message)
    gone = event(inline)
    assert method == "CANCEL"
    assert gone["UID"] == sent["UID"]
    assert int(gone["SEQUENCE"]) > int(sent["SEQUENCE"])
    assert str(gone["STATUS"]) == "CANCELLED"


def test_a_change_before_the_invitation_has_gone_is_told_by_the_invitation(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    talks.change(talk.store, talk.bo, talk_id, BEGINS + DAY, 60, "Room 3", NOON)
    assert {kind for kind, _ in waiting(talk.store)} == {"talk-invitation"}
    found = event(calendars(written(talk, at, "talk-invitation", talk.amina.id))[1])
    assert found.decoded("DTSTART") == BEGINS + DAY
    assert int(found["SEQUENCE"]) == 1


def test_whoever_was_never_invited_hears_nothing_of_the_cancellation(talk: Talking, talk_id: str) -> None:
    talks.cancel(talk.store, talk.bo, talk_id, NOON)
    assert waiting(talk.store) == []


def test_of_two_changes_only_the_last_is_told(talk: Talking, talk_id: str, at: Settings) -> None:
    have_gone(talk)
    talks.change(talk.store, talk.bo, talk_id, BEGINS + DAY, 60, "Room 2", NOON)
    old = taken(talk.store, "talk-changed", talk.amina.id)
    talks.change(talk.store, talk.bo, talk_id, BEGINS + 2 * DAY, 60, "Room 2", NOON)
    with pytest.raises(NotWanted):
        write(talk.store, at, old, NOON)
    new = taken(talk.store, "talk-changed", talk.amina.id)
    assert event(calendars(received(write(talk.store, at, new, NOON)))[0]).decoded("DTSTART") == (
        BEGINS + 2 * DAY
    )


def test_a_cancelled_talk_still_leaves_the_calendar_of_a_former_manager(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    taken(talk.store, "talk-invitation", talk.bo.id)
    talk.new_manager(talk.dana_id)
    talks.cancel(talk.store, talk.amina, talk_id, NOON)
    message = written(talk, at, "talk-cancelled", talk.bo.id)
    assert event(calendars(message)[0])["STATUS"] == "CANCELLED"


# --- what is not sent any more ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["talk-invitation", "talk-changed", "talk-reminder"])
@pytest.mark.parametrize("what", ["cancelled", "held", "begun", "another manager", "left"])
def test_what_comes_too_late_is_not_written(
    talk: Talking, talk_id: str, at: Settings, kind: str, what: str
) -> None:
    now = NOON
    if kind != "talk-invitation":
        have_gone(talk)
        with talk.store.write() as q:
            put_for(talk.store, q, talk_id, kind, NOON, to=(talk.bo.id,))  # type: ignore[arg-type]
    letter = taken(talk.store, kind, talk.bo.id)
    if what == "cancelled":
        talks.cancel(talk.store, talk.bo, talk_id, NOON)
    elif what == "held":
        talk.hold(talk_id)
    elif what == "begun":
        now = BEGINS
    elif what == "another manager":
        talk.new_manager(talk.dana_id)
    else:
        talk.leave(talk.bo.id)
    letter = replace(letter, created_at=now)
    with pytest.raises(NotWanted):
        write(talk.store, at, letter, now)


def test_whoever_is_ready_gets_no_reminder_and_no_link(talk: Talking, talk_id: str, at: Settings) -> None:
    put = taken(talk.store, "talk-invitation", talk.amina.id)
    preparing.save(talk.store, talk.amina, talk_id, PreparationTexts("Calm"), 0, NOON, ready=True)
    assert "/talks/open/" not in part(received(write(talk.store, at, put, NOON)), "plain")
    with talk.store.write() as q:
        put_for(talk.store, q, talk_id, "talk-reminder", NOON, to=(talk.amina.id,))
    with pytest.raises(NotWanted):
        write(talk.store, at, taken(talk.store, "talk-reminder", talk.amina.id), NOON)


def test_a_reminder_has_the_link_and_no_calendar(talk: Talking, talk_id: str, at: Settings) -> None:
    have_gone(talk)
    now = BEGINS - 2 * DAY
    timetable.due(talk.store, now)
    message = written(talk, at, "talk-reminder", talk.bo.id, now)
    assert message["Subject"] == "Your development talk with Amina Yıldız is on 30 November 2026"
    assert "/talks/open/" in part(message, "plain")
    assert not [one for one in message.walk() if one.get_content_type() == "text/calendar"]


# --- both are ready ------------------------------------------------------------------------------


def be_ready(talk: Talking, talk_id: str, who: Actor, words: str = "Calm", now: datetime = NOON) -> None:
    seen = preparing.preparation(talk.store, who, talk_id, now).revision
    preparing.save(talk.store, who, talk_id, PreparationTexts(words), seen, now, ready=True)


@pytest.mark.parametrize(
    ("language", "subject", "lead"),
    [
        ("da", "Oplægget til din udviklingssamtale med Amina Yıldız er åbent", "I er begge klar."),
        ("sv", "Underlaget till ditt medarbetarsamtal med Amina Yıldız är öppet", "Ni är båda klara."),
        ("en", "The brief of your development talk with Amina Yıldız is open", "Both of you are ready."),
    ],
)
def test_whoever_was_ready_first_is_told_once_that_the_brief_is_open(
    talk: Talking, talk_id: str, at: Settings, language: str, subject: str, lead: str
) -> None:
    have_gone(talk)
    be_ready(talk, talk_id, talk.bo, "Of Bo alone")
    assert waiting(talk.store) == [], "nobody is told that the other is ready"
    be_ready(talk, talk_id, talk.amina, "Of Amina alone")
    be_ready(talk, talk_id, talk.amina, "Of Amina alone")
    assert waiting(talk.store) == [("talk-ready", talk.bo.id)], "who was last is on the page already"
    message = written(talk, at, "talk-ready", talk.bo.id, language=language)
    assert message["Subject"] == subject
    text = part(message, "plain")
    assert lead in text
    assert f"https://assess.example.dk/talks/{talk_id}" in text
    assert "alone" not in text.replace("https://", ""), "nothing of what was written is in it"
    assert "/talks/open/" not in text
    with talk.store.write() as q:
        put_for(talk.store, q, talk_id, "talk-ready", NOON, to=(talk.bo.id,))
    assert waiting(talk.store) == [], "once for a talk"


def test_whoever_has_no_address_is_not_told_that_the_brief_is_open(talk: Talking, talk_id: str) -> None:
    have_gone(talk)
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE people SET email = NULL WHERE id = '{talk.amina.id}'")
    be_ready(talk, talk_id, talk.amina)
    be_ready(talk, talk_id, talk.bo)
    assert waiting(talk.store) == []


def test_nobody_is_told_within_the_half_hour_before_the_talk(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    have_gone(talk)
    half = timedelta(minutes=30)
    other = talk.plan(days=8)
    have_gone(talk)
    be_ready(talk, talk_id, talk.bo)
    be_ready(talk, talk_id, talk.amina, now=BEGINS - half)
    assert waiting(talk.store) == []
    be_ready(talk, other, talk.bo)
    be_ready(talk, other, talk.amina, now=BEGINS + DAY - half - timedelta(seconds=1))
    letter = taken(talk.store, "talk-ready", talk.bo.id, BEGINS + DAY - half)
    with pytest.raises(NotWanted):
        write(talk.store, at, letter, BEGINS + DAY - half)


def test_the_brief_of_a_cancelled_talk_is_not_open(talk: Talking, talk_id: str, at: Settings) -> None:
    be_ready(talk, talk_id, talk.bo)
    be_ready(talk, talk_id, talk.amina)
    letter = taken(talk.store, "talk-ready", talk.bo.id)
    talks.cancel(talk.store, talk.amina, talk_id, NOON)
    with pytest.raises(NotWanted):
        write(talk.store, at, letter, NOON)


# --- agreements ------------------------------------------------------------------------------------

DUE = date(2026, 12, 14)


def due_letter(talk: Talking, settings: Settings, person_id: str, now: datetime) -> Taken:
    class Place:
        store = talk.store
        clock: Callable[[], datetime] = staticmethod(lambda: now)

    place = Place()
    place.settings = settings  # type: ignore[attr-defined]
    timetable.remind_of_agreements(place, "")  # type: ignore[arg-type]
    return taken(talk.store, "agreement-reminder", person_id, now)


def test_an_agreement_that_is_due_is_not_told_in_the_letter(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    talk.agree(talk_id, "Bake alone on Fridays", due_on=DUE)
    speak(talk, "en")
    now = NOON + 14 * DAY
    letter = due_letter(talk, at, talk.amina.id, now)
    message = received(write(talk.store, at, letter, now))
    assert message["Subject"] == "An agreement of yours is due on 14 December 2026"
    assert "Bake alone" not in message.as_string()
    assert "Bake alone" not in part(message, "plain") + part(message, "html")
    assert f"https://assess.example.dk/talks/{talk_id}/agreements" in part(message, "plain")
    assert "/open/" not in part(message, "plain")
    on_the_day = received(write(talk.store, at, replace(letter, created_at=NOON + 21 * DAY), NOON + 21 * DAY))
    assert on_the_day["Subject"] == "An agreement of yours is due today"


@pytest.mark.parametrize("what", ["done", "removed", "another date", "another owner", "cancelled", "left"])
def test_what_is_settled_is_not_reminded_of(talk: Talking, talk_id: str, at: Settings, what: str) -> None:
    agreement = talk.agree(talk_id, due_on=DUE)
    now = NOON + 14 * DAY
    letter = due_letter(talk, at, talk.amina.id, now)
    text = agreement.text
    if what == "done":
        agreements.set_status(talk.store, talk.amina, agreement.id, "done", now)
    elif what == "removed":
        agreements.remove(talk.store, talk.bo, agreement.id, agreement.revision, now)
    elif what == "another date":
        agreements.change(talk.store, talk.bo, agreement.id, replace(text, due_on=None), 1, now)
    elif what == "another owner":
        agreements.change(talk.store, talk.bo, agreement.id, replace(text, owner="holder"), 1, now)
    elif what == "cancelled":
        talks.cancel(talk.store, talk.bo, talk_id, now)
    else:
        talk.leave(talk.amina.id, now)
    with pytest.raises(NotWanted):
        write(talk.store, at, letter, now)


def test_the_old_managers_are_not_reminded_and_the_new_one_is(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    talk.agree(talk_id, owner="holder", due_on=DUE)
    talk.hold(talk_id)
    talk.new_manager(talk.dana_id)
    now = NOON + 14 * DAY
    old = due_letter(talk, at, talk.bo.id, now)
    with pytest.raises(NotWanted):
        write(talk.store, at, old, now)
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, now)
    speak(talk, "en")
    new = due_letter(talk, at, talk.dana_id, now)
    assert "Amina Yıldız" in part(received(write(talk.store, at, new, now)), "plain")
    showing.stop(talk.store, talk.amina, talk_id, talk.dana_id, now)
    with pytest.raises(NotWanted):
        write(talk.store, at, new, now)


def test_writing_a_letter_is_no_look_at_the_talk(talk: Talking, talk_id: str, at: Settings) -> None:
    from assess.audit import log

    talk.agree(talk_id, owner="holder", due_on=DUE)
    talk.hold(talk_id)
    talk.new_manager(talk.dana_id)
    now = NOON + 14 * DAY
    showing.show(talk.store, talk.amina, talk_id, talk.dana_id, now)
    before = len(log.about(talk.store, talk.amina.id))
    write(talk.store, at, due_letter(talk, at, talk.dana_id, now), now)
    assert len(log.about(talk.store, talk.amina.id)) == before


def test_who_has_not_signed_is_asked_to_and_whoever_has_is_not(
    talk: Talking, talk_id: str, at: Settings
) -> None:
    agreement = talk.agree(talk_id)
    signing.sign(talk.store, talk.bo, talk_id, {agreement.id: 1}, NOON)
    message = written(talk, at, "agreements-to-sign", talk.amina.id)
    assert message["Subject"] == "Agreements with Bo Ørsted wait for you"
    assert f"https://assess.example.dk/talks/{talk_id}/agreements" in part(message, "plain")
    assert "Bake alone" not in part(message, "plain")
    with talk.store.write() as q:
        put_for(talk.store, q, talk_id, "agreements-to-sign", NOON + DAY, to=(talk.amina.id,))
    letter = taken(talk.store, "agreements-to-sign", talk.amina.id, NOON + DAY)
    signing.sign(talk.store, talk.amina, talk_id, {agreement.id: 1}, NOON + DAY)
    with pytest.raises(NotWanted):
        write(talk.store, at, letter, NOON + DAY)


# --- keys, and whose business it is ----------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["talk-invitation", "talk-changed", "talk-cancelled", "talk-reminder", "agreements-to-sign"]
)
def test_putting_twice_makes_one_letter_for_each_of_the_two(talk: Talking, talk_id: str, kind: str) -> None:
    have_gone(talk)
    with talk.store.write() as q:
        for _ in range(2):
            put_for(talk.store, q, talk_id, kind, NOON)  # type: ignore[arg-type]
    expected = [] if kind == "talk-invitation" else sorted([talk.amina.id, talk.bo.id])
    assert [person_id for one, person_id in waiting(talk.store) if one == kind] == expected


def test_a_letter_about_a_talk_that_is_not_there_is_refused(talk: Talking) -> None:
    with talk.store.write() as q, pytest.raises(NotFound):
        put_for(talk.store, q, "0" * 32, "talk-invitation", NOON)


def test_administrators_are_neither_told_of_letters_about_talks_nor_count_them() -> None:
    of_talks = [kind for name, kind in kinds.KINDS.items() if name.startswith(("talk-", "agreement"))]
    assert len(of_talks) == 9
    assert not any(kind.is_named or kind.is_counted for kind in of_talks)


def test_an_opened_link_and_its_session_are_the_readers(talk: Talking, talk_id: str, at: Settings) -> None:
    message = written(talk, at, "talk-invitation", talk.bo.id, language="sv")
    token = re.findall(r"/talks/open/(\S+)", part(message, "plain"))[0]
    session = sessions.find(talk.store, links.exchange(talk.store, token, NOON), NOON)
    assert session is not None
    assert (session.person_id, session.talk_id) == (talk.bo.id, talk_id)
