"""What letters say: in the reader's language, as text and HTML, with links that work and nothing to forge."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from small_organisation import NOON, Bakery, later

from assess.answering import links
from assess.campaigns import plans, waves
from assess.campaigns.plans import WavePlan
from assess.errors import NotFound
from assess.mail import kinds
from assess.mail.desk import FOLDER
from assess.mail.errors import NotWanted, NoWay
from assess.mail.refusals import REASONS
from assess.mail.writing import write
from assess.outbox import letters
from assess.outbox.letters import ADDRESS, Letter, Taken
from assess.people import sessions, signing_in

if TYPE_CHECKING:
    from assess.settings import Settings
    from questionnaires.definition import LanguageId

ADDRESSES = re.compile(r"https://assess\.example\.dk/\S+")


@pytest.fixture
def at(settings: Settings) -> Settings:
    return replace(settings, base_url="https://assess.example.dk", mail_from="Løn & Liv <post@example.dk>")


def taken(bakery: Bakery, kind: str, person_id: str = "", **parts: Any) -> Taken:
    """A letter that was put and taken."""
    letter = Letter(
        kind, f"{kind}:{person_id}", person_id or bakery.employee_id, bakery.organisation_id, **parts
    )
    with bakery.store.write() as q:
        letters.put(bakery.store, q, letter, NOON)
    found = letters.take(bakery.store, NOON)
    assert found is not None
    return found


def part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return str(body.get_content())


def as_received(message: EmailMessage) -> EmailMessage:
    return message_from_bytes(message.as_bytes(), policy=policy.default)  # type: ignore[return-value]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = self._hidden or tag in {"style", "title"}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self._hidden = self._hidden and tag not in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def read_html(message: EmailMessage) -> _Words:
    reader = _Words()
    reader.feed(part(message, "html"))
    return reader


def speaks(bakery: Bakery, language: LanguageId, **parts: str) -> None:
    values = ", ".join(f"{name} = '{value}'" for name, value in {"language": language, **parts}.items())
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute(f"UPDATE people SET {values} WHERE id = '{bakery.employee_id}'")


def invited(bakery: Bakery, **parts: Any) -> Taken:
    wave_id = bakery.wave(**({"closes_at": later(days=14)} | parts))
    bakery.assign(wave_id)
    return taken(bakery, "invitation", wave_id=wave_id)


# --- the invitation --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "subject", "deadline", "privacy"),
    [
        ("da", "Autumn: et spørgeskema til dig", "mandag den 7. december 2026 kl. 13.00", "Hvem ser hvad"),
        ("sv", "Autumn: ett frågeformulär till dig", "måndag 7 december 2026 kl. 13:00", "Vem ser vad"),
        ("en", "Autumn: a questionnaire for you", "Monday, 7 December 2026 at 13:00", "Who sees what"),
    ],
)
def test_an_invitation_is_in_the_readers_language_with_the_deadline_by_the_clocks_of_the_organisation(
    bakery: Bakery, at: Settings, language: LanguageId, subject: str, deadline: str, privacy: str
) -> None:
    speaks(bakery, language)
    message = as_received(write(bakery.store, at, invited(bakery), NOON))
    assert message["Subject"] == subject
    assert message["Content-Language"] == language
    assert message["To"].addresses[0].display_name == "Amina Yıldız"
    assert message["From"].addresses[0].addr_spec == "post@example.dk"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = part(message, "plain"), " ".join(" ".join(read_html(message).words).split())
    assert privacy.upper() in text
    assert privacy in html
    assert deadline in " ".join(text.split())
    assert deadline in html
    assert max(len(line) for line in text.splitlines() if "https://" not in line) <= 72


def test_the_time_is_right_after_the_clocks_have_changed(bakery: Bakery, at: Settings) -> None:
    """21:59 UTC is 23:59 in Copenhagen in summer, and 22:59 UTC in winter."""
    speaks(bakery, "en")
    summer = datetime(2027, 3, 28, 21, 59, tzinfo=UTC)
    assert "28 March 2027 at 23:59" in part(
        write(bakery.store, at, invited(bakery, closes_at=summer), NOON), "plain"
    )


def test_the_link_works_and_only_its_hash_is_stored(bakery: Bakery, at: Settings) -> None:
    message = write(bakery.store, at, invited(bakery), NOON)
    (address, _sign_in) = ADDRESSES.findall(part(message, "plain"))
    token = address.rpartition("/")[2]
    assert links.look(bakery.store, token, NOON).respondent.id == bakery.employee_id
    assert address in read_html(message).links
    with bakery.store.read() as q:
        kept = json.dumps(q.letters_of_person(person_id=bakery.employee_id))
    assert token not in kept


def test_writing_again_gives_the_same_message_id_and_another_link(bakery: Bakery, at: Settings) -> None:
    letter = invited(bakery)
    first, second = (write(bakery.store, at, letter, NOON) for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == f"<{letter.id}@assess.example.dk>"
    assert ADDRESSES.findall(part(first, "plain")) != ADDRESSES.findall(part(second, "plain"))


def test_purpose_legal_basis_and_dates_of_the_plan_are_told(bakery: Bakery, at: Settings) -> None:
    speaks(bakery, "en")
    letter = invited(bakery)
    plan = WavePlan(
        purpose="To talk better <b>together</b>.",
        legal_basis="legitimate-interest",
        least=7,
        delete_on=later(days=400).date(),
        discussed_on=NOON.date(),
    )
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute(
            "INSERT INTO campaigns (id, organisation_id, name, created_at) "
            f"VALUES ('c', '{bakery.organisation_id}', 'Autumn', '2026-11-23T12:00:00.000000Z')"
        )
        connection.execute(
            f"UPDATE waves SET plan = '{plans.encode(plan)}', campaign_id = 'c', number = 1 "
            f"WHERE id = '{letter.wave_id}'"
        )
    message = write(bakery.store, at, letter, NOON)
    text = " ".join(part(message, "plain").split())
    assert "To talk better <b>together</b>." in text
    assert "legitimate interest" in text
    assert "at least 7 people" in text
    assert "28 December 2027" in text
    assert "23 November 2026" in text
    assert "<b>" not in part(message, "html"), "what an organisation writes is text"


def test_more_than_three_questionnaires_get_one_link_to_signing_in(bakery: Bakery, at: Settings) -> None:
    wave_id = bakery.wave(closes_at=later(days=14))
    people = [bakery.employee_id, *(bakery.add_person("Cia", f"Cia {n}", "da", f"2{n}") for n in range(3))]
    for person_id in people:
        waves.assign(
            bakery.store,
            wave_id,
            bakery.content_hash,
            "manager",
            respondent_id=bakery.manager_id,
            subject_id=person_id,
            job_area_ids=bakery.area_ids[:1],
            now=NOON,
        )
    letter = taken(bakery, "invitation", bakery.manager_id, wave_id=wave_id)
    message = write(bakery.store, at, letter, NOON)
    assert message["Subject"] == "Autumn: 4 frågeformulär till dig"
    assert set(ADDRESSES.findall(part(message, "plain"))) == {"https://assess.example.dk/sign-in"}
    assert "4 frågeformulär" in part(message, "html")
    with bakery.store.read() as q:
        assert q.letters_of_person(person_id=bakery.manager_id)[0]["state"] == "sending"


def test_a_reminder_says_what_is_left_and_that_nobody_is_told(bakery: Bakery, at: Settings) -> None:
    speaks(bakery, "en")
    wave_id = bakery.wave(closes_at=later(days=2))
    bakery.assign(wave_id)
    message = write(bakery.store, at, taken(bakery, "reminder", wave_id=wave_id), NOON)
    assert message["Subject"] == "Reminder: Autumn closes on 25 November 2026"
    text = " ".join(part(message, "plain").split())
    assert "Nobody in your organisation is told who gets it." in text
    with pytest.raises(NotWanted):
        write(
            bakery.store,
            at,
            replace(taken(bakery, "sign-in"), kind="reminder", wave_id=wave_id),
            later(days=2),
        )


# --- the other kinds -------------------------------------------------------------------------------


def test_a_sign_in_letter_signs_in_once_for_a_quarter_of_an_hour_from_its_writing(
    bakery: Bakery, at: Settings
) -> None:
    letter, written = taken(bakery, "sign-in"), later(minutes=30)
    (address,) = ADDRESSES.findall(part(write(bakery.store, at, letter, written), "plain"))
    token = address.rpartition("/")[2]
    secret = signing_in.sign_in(bakery.store, token, written + timedelta(minutes=14))
    session = sessions.find(bakery.store, secret, written + timedelta(minutes=14))
    assert session is not None
    assert session.person_id == bakery.employee_id
    with pytest.raises(NotFound):
        signing_in.sign_in(bakery.store, token, written + timedelta(minutes=14))
    with pytest.raises(NotWanted):
        write(bakery.store, at, letter, later(hours=2))


def test_of_a_changed_address_the_old_one_is_told_and_the_new_one_is_not_named(
    bakery: Bakery, at: Settings
) -> None:
    speaks(bakery, "en", email="new@example.org")
    letter = taken(bakery, "contact-changed", parameters={ADDRESS: "old@example.org"})
    message = write(bakery.store, at, letter, NOON)
    assert message["To"].addresses[0].addr_spec == "old@example.org"
    assert "new@example.org" not in message.as_string()
    assert "Tell whoever runs the questionnaires" in " ".join(part(message, "plain").split())


def test_every_kind_has_its_word_for_administrators_and_every_reason_is_known() -> None:
    from assess.web.admin.mail import KIND_WORDS

    assert set(KIND_WORDS) == set(kinds.KINDS)
    assert {"gone", "over", "nothing-left", "too-late", "no-address", "bad-address"} <= set(REASONS)


def test_an_unknown_kind_fails(bakery: Bakery, at: Settings) -> None:
    with pytest.raises(NoWay):
        write(bakery.store, at, replace(taken(bakery, "sign-in"), kind="poem"), NOON)


# --- nothing to forge ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "A\r\nBcc: all@example.org",
        "A\nX",
        "A\u2028B",
        "A\u202eB",
        "<script>alert(1)</script>",
        '"A", B <c@d.e>',
    ],
)
def test_names_cannot_write_headers_or_html(bakery: Bakery, at: Settings, name: str) -> None:
    letter = invited(bakery)
    with bakery.store.engine.transaction(write=True) as connection:
        for column, table, id_ in (
            ("name", "people", bakery.employee_id),
            ("first_name", "people", bakery.employee_id),
            ("name", "waves", letter.wave_id),
            ("name", "organisations", bakery.organisation_id),
        ):
            value = name.replace("'", "''")
            connection.execute(f"UPDATE {table} SET {column} = '{value}' WHERE id = '{id_}'")
    message = as_received(write(bakery.store, at, letter, NOON))
    assert message["Bcc"] is None
    assert [str(one.addr_spec) for one in message["To"].addresses] == ["amina@example.org"]
    assert "<script>" not in part(message, "html")
    assert "\u202e" not in part(message, "plain")


def test_the_html_loads_nothing_and_runs_nothing(bakery: Bakery, at: Settings) -> None:
    message = write(bakery.store, at, invited(bakery), NOON)
    assert all(link.startswith("https://assess.example.dk/") for link in read_html(message).links)
    for forbidden in ("<script", "<img", "@import", "url(", "http://"):
        assert forbidden not in part(message, "html")


def test_no_line_is_longer_than_mail_allows(bakery: Bakery, at: Settings) -> None:
    assert (
        max(len(line) for line in write(bakery.store, at, invited(bakery), NOON).as_bytes().splitlines())
        <= 998
    )


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_word_of_the_letters_is_translated_and_none_is_left_over(language: str) -> None:
    found = extract_from_dir(
        str(Path(kinds.__file__).parent),
        method_map=[("**.py", "python")],
        keywords={"say": None, "count": (1, 2), "_N": None},
    )
    used = {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}
    with (FOLDER / f"{language}.po").open("rb") as file:
        entries = {
            entry.id if isinstance(entry.id, str) else tuple(entry.id): entry.string
            for entry in read_po(file, locale=language)
            if entry.id
        }
    assert set(entries) == used
    placeholder = re.compile(r"%\(\w+\)s")
    for message, words in entries.items():
        sources = (message,) if isinstance(message, str) else message
        texts = (words,) if isinstance(words, str) else words
        assert all(texts)
        for source, text in zip(sources, texts, strict=True):
            assert set(placeholder.findall(text)) == set(placeholder.findall(source)), text
