"""The calendar file: read back by the library, and held against RFC 5545 by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component

from assess.settings import from_environment
from assess.talks.calendar import Method, TalkEvent, calendar_file, uid_of
from assess.talks.invitations import Meeting, event_of

MADE = datetime(2026, 11, 23, 12, 0, 30, 123456, tzinfo=UTC)
BEGINS = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
EVENT = TalkEvent(
    uid="0123@assess.example.dk",
    sequence=0,
    starts_at=BEGINS,
    minutes=75,
    title="Development talk: Amina Yıldız and Bo Ørsted",
    description="Prepare it here: https://assess.example.dk/talks/0123",
    place="Room 3, 2nd floor; east",
    address="https://assess.example.dk/talks/0123",
    organiser=("Løn, Liv & Co", "post@example.dk"),
    attendee=("Amina Yıldız", "amina@example.org"),
)
METHODS: tuple[Method, ...] = ("REQUEST", "CANCEL", "PUBLISH")


def unfolded(content: bytes) -> list[str]:
    """Content lines as RFC 5545, 3.1 has it: a CRLF and one white space are taken out."""
    return content.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode().split("\r\n")


def line(content: bytes, name: str) -> str:
    """Of the event itself, not of its reminder."""
    lines = unfolded(content.partition(b"BEGIN:VALARM")[0])
    [found] = [one for one in lines if re.match(rf"{name}[;:]", one)]
    return found


def event(content: bytes) -> Component:
    calendar = Calendar.from_ical(content)
    [found] = calendar.walk("VEVENT")
    assert not found.errors
    assert not calendar.errors
    return found


@pytest.mark.parametrize("method", METHODS)
def test_the_library_reads_back_what_was_written(method: Method) -> None:
    found = event(calendar_file(EVENT, method, MADE))
    assert str(found["UID"]) == EVENT.uid
    assert found.decoded("DTSTART") == BEGINS
    assert found.decoded("DTEND") == BEGINS + timedelta(minutes=75)
    assert found.decoded("DTSTAMP") == MADE.replace(microsecond=0)
    assert str(found["SUMMARY"]) == EVENT.title
    assert str(found["LOCATION"]) == EVENT.place
    assert str(found["URL"]) == EVENT.address
    assert str(found["CLASS"]) == "PRIVATE"


@pytest.mark.parametrize("method", METHODS)
def test_lines_end_in_crlf_and_have_at_most_75_octets(method: Method) -> None:
    """RFC 5545, 3.1; a line is never cut within a character of several octets."""
    wide = replace(
        EVENT, title="Å" * 200, place="日" * 90, description="x" * 300, attendee=("é" * 80, "a@b.dk")
    )
    content = calendar_file(wide, method, MADE)
    assert content.endswith(b"\r\n")
    assert not re.search(rb"[^\r]\n|\r[^\n]", content)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for one in lines:
        one.decode()
    assert line(content, "SUMMARY") == "SUMMARY:" + "Å" * 200
    assert line(content, "LOCATION") == "LOCATION:" + "日" * 90


def test_commas_semicolons_backslashes_and_line_ends_are_escaped() -> None:
    """RFC 5545, 3.3.11."""
    event_ = replace(EVENT, place="Room 3, 2nd floor; east \\ west", description="one\r\ntwo\rthree, four")
    content = calendar_file(event_, "REQUEST", MADE)
    assert line(content, "LOCATION") == r"LOCATION:Room 3\, 2nd floor\; east \\ west"
    assert line(content, "DESCRIPTION") == r"DESCRIPTION:one\ntwo\nthree\, four"
    assert str(event(content)["DESCRIPTION"]) == "one\ntwo\nthree, four"


@pytest.mark.parametrize(
    "name",
    ["A\r\nATTENDEE:mailto:all@example.org", 'A"B;X=1:mailto:c@d.e', "A\u2028B", "A\x00\x07B", "A\u202eB"],
)
def test_names_and_places_cannot_write_lines_or_parameters(name: str) -> None:
    content = calendar_file(
        replace(EVENT, title=name, place=name, attendee=(name, "amina@example.org")), "REQUEST", MADE
    )
    names = [one.partition(":")[0].partition(";")[0] for one in unfolded(content) if one]
    assert names.count("ATTENDEE") == 1
    assert names.count("ORGANIZER") == 1
    assert str(event(content)["ATTENDEE"]) == "mailto:amina@example.org"
    assert event(content)["ATTENDEE"].params["RSVP"] == "FALSE"
    assert not re.search(r"[\x00-\x08\x0e-\x1f\u202e\u2028]", content.decode())


@pytest.mark.parametrize("method", METHODS)
def test_what_every_calendar_must_have_is_there_once(method: Method) -> None:
    """RFC 5545, 3.6 and 3.6.1: PRODID and VERSION; UID and DTSTAMP; DTSTART and either DTEND or DURATION."""
    lines = unfolded(calendar_file(EVENT, method, MADE))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for name in ("PRODID", "VERSION", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS"):
        assert len([one for one in lines if re.match(rf"{name}[;:]", one)]) == 1, name
    assert "VERSION:2.0" in lines
    assert f"METHOD:{method}" in lines
    assert not any(one.startswith("DURATION") for one in lines)


def test_all_times_are_utc_so_that_no_zone_must_be_defined() -> None:
    copenhagen = ZoneInfo("Europe/Copenhagen")
    summer = replace(EVENT, starts_at=datetime(2027, 6, 1, 9, 0, tzinfo=copenhagen))
    content = calendar_file(summer, "REQUEST", MADE.astimezone(copenhagen))
    assert line(content, "DTSTART") == "DTSTART:20270601T070000Z"
    assert line(content, "DTEND") == "DTEND:20270601T081500Z"
    assert line(content, "DTSTAMP") == "DTSTAMP:20261123T120030Z"
    assert b"TZID" not in content


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    """31 October 2027, 02:30 in Copenhagen: first 00:30 UTC, then 01:30."""
    copenhagen = ZoneInfo("Europe/Copenhagen")
    starts = [datetime(2027, 10, 31, 2, 30, fold=fold, tzinfo=copenhagen) for fold in (0, 1)]
    found = [line(calendar_file(replace(EVENT, starts_at=one), "REQUEST", MADE), "DTSTART") for one in starts]
    assert found == ["DTSTART:20271031T003000Z", "DTSTART:20271031T013000Z"]


def test_a_change_and_a_cancellation_have_the_same_uid_and_a_higher_sequence() -> None:
    first = event(calendar_file(EVENT, "REQUEST", MADE))
    moved = event(
        calendar_file(replace(EVENT, sequence=1, starts_at=BEGINS + timedelta(days=1)), "REQUEST", MADE)
    )
    gone = event(calendar_file(replace(EVENT, sequence=2), "CANCEL", MADE))
    assert len({str(one["UID"]) for one in (first, moved, gone)}) == 1
    assert [int(one["SEQUENCE"]) for one in (first, moved, gone)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (first, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_who_is_invited_is_the_reader_alone_and_nobody_by_what_is_published() -> None:
    """RFC 5546, 3.2.2 and 3.2.1."""
    invited = event(calendar_file(EVENT, "REQUEST", MADE))
    assert str(invited["ATTENDEE"]) == "mailto:amina@example.org"
    assert invited["ATTENDEE"].params["CN"] == "Amina Yıldız"
    assert str(invited["ORGANIZER"]) == "mailto:post@example.dk"
    published = event(calendar_file(EVENT, "PUBLISH", MADE))
    assert "ATTENDEE" not in published
    assert "ORGANIZER" in published


@pytest.mark.parametrize(
    "broken",
    [{"starts_at": datetime(2026, 12, 3, 9, 30)}, {"minutes": 0}, {"sequence": -1}],  # noqa: DTZ001
)
def test_what_is_no_event_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"zone|minute"):
        calendar_file(replace(EVENT, **broken), "REQUEST", MADE)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
def test_a_calendar_reminds_a_day_before_of_what_is_to_come(method: Method) -> None:
    """RFC 5545, 3.6.6: DISPLAY has ACTION, TRIGGER and DESCRIPTION; what is taken out reminds of nothing."""
    content = calendar_file(EVENT, method, MADE)
    alarms = event(content).walk("VALARM")
    if method == "CANCEL":
        assert alarms == []
        return
    [alarm] = alarms
    assert not alarm.errors
    assert str(alarm["ACTION"]) == "DISPLAY"
    assert str(alarm["DESCRIPTION"]) == EVENT.title
    assert alarm.decoded("TRIGGER") == timedelta(days=-1)
    assert "TRIGGER:-P1D" in unfolded(content)
    assert sorted(alarm) == ["ACTION", "DESCRIPTION", "TRIGGER"], "nobody is written to"


def test_the_uid_is_the_talk_at_our_host() -> None:
    assert uid_of("0123", "https://assess.example.dk:8443") == "0123@assess.example.dk"
    assert uid_of("0123", "http://[::1]:8000") == "0123@::1"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("da", "Udviklingssamtale: Amina Yıldız og Bo Ørsted"),
        ("sv", "Medarbetarsamtal: Amina Yıldız och Bo Ørsted"),
        ("en", "Development talk: Amina Yıldız and Bo Ørsted"),
    ],
)
def test_an_invitation_says_who_meets_whom_where_and_nothing_that_opens_anything(
    language: str, title: str
) -> None:
    settings = from_environment(
        {"ASSESS_BASE_URL": "https://assess.example.dk", "ASSESS_MAIL_FROM": "Assess <post@example.dk>"}
    )
    meeting = Meeting("0123", 3, BEGINS, 60, "Room 3", "Amina Yıldız", "Bo Ørsted")
    found = event_of(
        meeting,
        settings,
        language,  # type: ignore[arg-type]
        organisation="The Bakery",
        name="Bo Ørsted",
        address="bo@example.org",
    )
    assert found.title == title
    assert str(event(calendar_file(found, "REQUEST", MADE))["ORGANIZER"].params["CN"]) == "The Bakery"
    assert found.address == "https://assess.example.dk/talks/0123"
    content = calendar_file(found, "REQUEST", MADE).decode()
    assert "/open/" not in content
    assert set(re.findall(r"mailto:\S+", content)) == {"mailto:post@example.dk", "mailto:bo@example.org"}


def test_of_somebody_who_was_erased_no_name_is_left() -> None:
    settings = from_environment({"ASSESS_BASE_URL": "https://assess.example.dk"})
    meeting = Meeting("0123", 3, BEGINS, 60, "", "", "Bo Ørsted")
    found = event_of(
        meeting, settings, "en", organisation="The Bakery", name="Bo Ørsted", address="bo@example.org"
    )
    assert found.title == "Development talk"
    assert found.organiser == ("The Bakery", "assess@assess.example.dk")
    assert b"LOCATION" not in calendar_file(found, "CANCEL", MADE)
