"""Bad input and faults: a page in the person's language, the right status, and nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browsing import Visitor
from flask import Flask
from small_organisation import NOON, Bakery

from assess.answering import sheets
from assess.settings import Settings
from assess.store import Store, open_store
from assess.web.app import create_app

Enter = Callable[..., Visitor]


@pytest.fixture
def task(bakery: Bakery) -> str:
    return bakery.assign(bakery.wave())


@pytest.fixture
def on_page(bakery: Bakery, enter: Enter, task: str) -> Visitor:
    """On the first question page, in English."""
    someone = enter(task)
    sheet = bakery.task(bakery.enter(task)).sheets[0].sheet_id
    someone.open(f"/answer/{sheet}/page/1")
    return someone


def stored(bakery: Bakery, task: str) -> dict[str, Any]:
    session = bakery.enter(task)
    sheet_id = bakery.task(session).sheets[0].sheet_id
    return dict(sheets.sheet(bakery.store, session, sheet_id, bakery.now).answers)


WRONG_FORMS = {
    "an unknown item": {"answer-skill-9": "1"},
    "an item of another page": {"answer-will-1": "1"},
    "a position out of range": {"answer-skill-1": "6"},
    "a negative position": {"answer-skill-1": "-1"},
    "a position with a leading zero": {"answer-skill-1": "01"},
    "a word for a position": {"answer-skill-1": "helt"},
    "a revision that is no number": {"seen-skill-1": "x"},
    "a revision beyond all bounds": {"seen-skill-1": "9" * 30},
    "a field that no page has": {"is_admin": "1"},
    "a control character": {"answer-skill-1": "1\x00"},
}


@pytest.mark.parametrize("extra", WRONG_FORMS.values(), ids=WRONG_FORMS)
def test_a_form_that_no_page_can_have_sent_stores_nothing(
    on_page: Visitor, bakery: Bakery, task: str, extra: dict[str, str]
) -> None:
    page = on_page.post(on_page.page.path, {"csrf_token": on_page.token, "answer-skill-2": "3"} | extra)
    assert page.status == 400
    assert page.says("That could not be saved")
    assert stored(bakery, task) == {}


def test_an_answer_sent_twice_in_one_form_is_refused(on_page: Visitor, bakery: Bakery, task: str) -> None:
    pairs = [("csrf_token", on_page.token), ("answer-skill-1", "1"), ("answer-skill-1", "2")]
    assert on_page.post(on_page.page.path, pairs).status == 400
    assert stored(bakery, task) == {}


def test_a_text_that_is_too_long_is_refused(on_page: Visitor, bakery: Bakery, task: str) -> None:
    path = on_page.page.path.replace("page/1", "page/3")
    form = {"csrf_token": on_page.token, "answer-tenure": "1"}
    on_page.open(path)
    # One character too many: the page says so at the field, keeps the text, and nothing is stored
    page = on_page.press("Save and continue", answer_tenure="1", answer_remark="x" * 20 + "ø")
    assert page.status == 400
    assert page.title.startswith("Problem:")
    assert page.says("Not saved yet: the text is too long", "Too long: 21 characters. At most 20 fit.")
    assert 'href="#answer-remark"' in page.html
    kept = page.form("Save and continue").data
    assert (kept["answer-tenure"], kept["answer-remark"]) == ("1", "x" * 20 + "ø")
    assert "maxlength" not in page.html, "a browser would cut the text without a word"
    assert stored(bakery, task) == {}
    # With anything else wrong it is no page of ours
    assert on_page.post(path, form | {"answer-remark": "x" * 21, "is_admin": "1"}).says("could not be saved")
    on_page.post(path, form | {"answer-remark": "æøå ✓ 123456789 \r\n ok"})
    assert stored(bakery, task)["remark"].text == "æøå ✓ 123456789 \n ok", "a line end is one character"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"answer-remark=\xe6\xf8\xe5", "application/x-www-form-urlencoded"),
        (b"answer-remark=%E6%F8", "application/x-www-form-urlencoded"),
        (b"answer-remark=x", "application/x-www-form-urlencoded; charset=iso-8859-1"),
        (b"answer-remark=x", "text/plain"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b'{"answers": {"remark": "\xff"}}', "application/json"),
    ],
)
def test_other_encodings_are_refused(
    on_page: Visitor, bakery: Bakery, task: str, body: bytes, kind: str
) -> None:
    data = f"csrf_token={on_page.token}&".encode() + body if "urlencoded" in kind else body
    response = on_page.client.post(
        on_page.page.path.replace("page/1", "page/3"),
        data=data,
        content_type=kind,
        headers={"X-CSRFToken": on_page.token},
        base_url=on_page.base_url,
    )
    assert response.status_code == 400
    assert stored(bakery, task) == {}


def test_two_megabytes_are_too_much(on_page: Visitor, bakery: Bakery, task: str) -> None:
    path = on_page.page.path.replace("page/1", "page/3")
    page = on_page.post(path, {"csrf_token": on_page.token, "answer-remark": "x" * 2_000_000})
    assert page.status == 400
    assert page.says("That was too long")
    assert stored(bakery, task) == {}


@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_a_form_without_its_token_stores_nothing(
    on_page: Visitor, bakery: Bakery, task: str, token: str | None
) -> None:
    form = {"answer-skill-1": "1", "answer-skill-2": "1"} | ({} if token is None else {"csrf_token": token})
    page = on_page.post(on_page.page.path, form)
    assert page.status == 400
    assert page.says("This page has expired")
    assert stored(bakery, task) == {}


def test_too_long_a_text_does_not_hide_that_another_tab_was_faster(
    on_page: Visitor, bakery: Bakery, task: str, enter: Enter
) -> None:
    path = on_page.page.path.replace("page/1", "page/3")
    other = enter(task)
    on_page.open(path)
    other.open(path)
    other.press("Save and continue", answer_tenure="2", answer_remark="first")
    on_page.press("Save and continue", answer_tenure="1", answer_remark="x" * 30)
    page = on_page.press("Save and continue", answer_remark="short")
    assert page.status == 409
    assert page.says("Which answer is right?", "first", "short")


OURS = {"Sec-Fetch-Site": "same-origin"}


def test_without_cookies_the_answers_are_kept_for_another_try(
    on_page: Visitor, bakery: Bakery, task: str, link: Callable[[str], str]
) -> None:
    # Given a browser that has lost its cookies while a page was open
    for name in ("assess", "__Host-assess"):
        on_page.client.delete_cookie(name, domain="127.0.0.1")
    on_page.headers |= OURS
    # When the page is sent
    kept = on_page.press("Save and continue", answer_skill_1="2", answer_skill_2="3")
    # Then the answers are on the page that comes back, with what to do
    assert kept.status == 400
    assert kept.says("This page has expired", "Your latest answers are kept on this page.", "Open your link")
    assert stored(bakery, task) == {}
    # And choosing a language keeps them too
    kept = on_page.press("Svenska")
    assert kept.status == 401
    assert kept.language == "sv"
    assert kept.form("Försök igen").data["answer-skill-1"] == "2"
    # When the link is opened in another tab, one press saves it all
    path = link(task)
    on_page.post(path, {"csrf_token": on_page.token})
    on_page.page = kept
    assert on_page.press("Försök igen").says("I do will-1")
    assert stored(bakery, task)["skill-1"].position == 2


@pytest.mark.parametrize("site", [None, "cross-site", "same-site", "none"])
def test_what_another_site_may_have_sent_is_not_offered_for_another_try(
    on_page: Visitor, site: str | None
) -> None:
    on_page.headers |= {} if site is None else {"Sec-Fetch-Site": site}
    page = on_page.post(on_page.page.path, {"answer-skill-1": "1", "answer-skill-2": "1"})
    assert page.status == 400
    assert page.says("Load the page again and repeat your last step.")
    assert "answer-skill-1" not in page.html


@pytest.mark.parametrize("what", ["no token", "out of range", "too large", "areas", "broken"])
def test_no_refused_form_is_a_dead_end(on_page: Visitor, what: str) -> None:
    path, token = on_page.page.path, on_page.token
    form = {
        "no token": {"answer-skill-1": "1"},
        "out of range": {"csrf_token": token, "answer-skill-1": "9"},
        "too large": {"csrf_token": token, "answer-skill-1": "x" * 2_000_000},
        "areas": {"csrf_token": token, "area-1": "x"},
        "broken": {"csrf_token": token, "answer-skill-1": "\x00"},
    }[what]
    page = on_page.post("/answer/areas" if what == "areas" else path, form)
    assert page.status == 400
    assert page.says("Rugbrød & Co.", "Back to the page")
    back = "/answer" if what == "areas" else path
    assert f'href="{back}"' in page.html
    # And the languages lead to a page that is there
    assert on_page.press("Dansk").path == back
    assert on_page.page.language == "da"


def test_errors_speak_the_persons_language(on_page: Visitor) -> None:
    on_page.press("Svenska")
    page = on_page.post(on_page.page.path, {"answer-skill-1": "1"})
    assert page.status == 400
    assert page.language == "sv"
    assert page.says("Sidan gäller inte längre")


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "x",
        {"answers": {}},
        {"answers": {"skill-9": {"value": "1", "seen": 0}}},
        {"answers": {"skill-1": {"value": "9", "seen": 0}}},
        {"answers": {"skill-1": {"value": 1, "seen": 0}}},
        {"answers": {"skill-1": {"value": "1", "seen": "0"}}},
        {"answers": {"skill-1": {"value": "1", "seen": True}}},
        {"answers": {"skill-1": {"value": "1", "seen": -1}}},
        {"answers": {"skill-1": {"value": "1"}}},
        {"answers": {"skill-1": "1"}},
        {"answers": {"remark": {"value": "\ud800", "seen": 0}}},
        {"answers": {"remark": {"value": "\u0000", "seen": 0}}},
    ],
)
def test_wrong_json_stores_nothing(on_page: Visitor, bakery: Bakery, task: str, body: object) -> None:
    address = on_page.page.path.replace("page/1", "answers")
    response = on_page.send(address, body)
    assert response.status_code == 400
    assert response.is_json
    assert stored(bakery, task) == {}


@pytest.mark.parametrize("body", ["[" * 100_000, '{"answers":' * 5_000, '{"answers":' + "9" * 5_000])
def test_json_that_no_reader_goes_through_is_refused(on_page: Visitor, body: str) -> None:
    response = on_page.client.post(
        on_page.page.path.replace("page/1", "answers"),
        data=body,
        content_type="application/json",
        base_url=on_page.base_url,
        headers={"X-CSRFToken": on_page.token},
    )
    assert response.status_code == 400


def test_a_form_with_more_fields_than_any_page_is_not_sent_back(visitor: Visitor) -> None:
    visitor.open("/")
    form = {"csrf_token": visitor.token} | {f"answer-{number}": "1" for number in range(5_000)}
    page = visitor.post("/answer/x/page/1", form)
    assert page.status == 401
    assert len(page.html) < 10_000


def test_single_answers_are_saved_and_conflicts_told(on_page: Visitor, bakery: Bakery, task: str) -> None:
    address = on_page.page.path.replace("page/1", "answers")
    first = on_page.send(address, {"answers": {"skill-1": {"value": "4", "seen": 0}}})
    assert first.get_json() == {"revisions": {"skill-1": 1}, "answered": 1, "asked": 7}
    again = on_page.send(address, {"answers": {"skill-1": {"value": "4", "seen": 0}}})
    assert again.get_json()["revisions"] == {"skill-1": 1}, "the same again is no conflict"
    stale = on_page.send(address, {"answers": {"skill-1": {"value": "5", "seen": 0}}})
    assert (stale.status_code, stale.get_json()) == (409, {"conflicts": ["skill-1"]})
    assert stored(bakery, task)["skill-1"].position == 4


def test_pages_that_do_not_exist(on_page: Visitor) -> None:
    for number in ("0", "4", "99999999999999999999", "x", "-1"):
        assert on_page.open(on_page.page.path.replace("page/1", f"page/{number}")).status == 404
        on_page.page.path = on_page.page.path.replace(f"page/{number}", "page/1")


def test_an_address_with_a_nul_never_reaches_the_database(
    on_page: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL refuses it as a fault of ours."""
    monkeypatch.setattr(sheets, "sheet", None)
    assert on_page.open("/answer/%00/check").status == 404


# --- faults of ours --------------------------------------------------------------------------------


@pytest.fixture
def impatient(settings: Settings, bakery: Bakery) -> Iterator[Flask]:
    """The application with a store that waits only a moment for others."""
    with open_store(settings, busy_ms=1) as store:
        yield create_app(settings, clock=lambda: NOON, store=store)


def test_a_locked_database_keeps_the_answers_for_another_try(
    impatient: Flask, settings: Settings, bakery: Bakery, task: str, link: Callable[[str], str]
) -> None:
    # Given a person on a question page, and somebody who holds the database
    someone = Visitor(impatient)
    someone.open(link(task))
    someone.press("Fortsæt som Amina")
    sheet = bakery.task(bakery.enter(task)).sheets[0].sheet_id
    someone.open(f"/answer/{sheet}/page/1")
    with open_store(settings) as other, other.write():
        # When the page is sent
        busy = someone.press("Gem og fortsæt", answer_skill_1="2", answer_skill_2="3")
    # Then the page says so, when to come back, and holds what was answered
    assert busy.status == 503
    assert int(busy.response.headers["Retry-After"]) > 0
    assert busy.says("Vi kan ikke gemme lige nu")
    assert stored(bakery, task) == {}
    # When the database is free again, one press saves it all
    page = someone.press("Prøv igen")
    assert page.status == 200
    assert page.says("I do will-1")
    assert {item: answer.position for item, answer in stored(bakery, task).items()} == {
        "skill-1": 2,
        "skill-2": 3,
    }


def test_an_answer_given_after_the_session_ended_is_kept_for_another_try(
    on_page: Visitor, bakery: Bakery, task: str, link: Callable[[str], str], clock: Any
) -> None:
    clock.advance(hours=13)
    kept = on_page.press("Save and continue", answer_skill_1="2", answer_skill_2="3")
    assert kept.status == 401
    assert kept.says("Open your link again", "Your latest answers are kept on this page.")
    # The link is opened in another tab of the same browser
    path = link(task)
    on_page.post(path, {"csrf_token": on_page.token})
    on_page.page = kept
    assert on_page.press("Try again").says("I do will-1")
    assert stored(bakery, task)["skill-1"].position == 2


def test_a_fault_of_ours_says_nothing_about_it(app: Flask, visitor: Visitor) -> None:
    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("canary: an answer")

    page = visitor.open("/broken")
    assert page.status == 500
    assert page.says("Something went wrong at our end")
    assert "canary" not in page.html
    assert "Traceback" not in page.html


def test_too_many_requests_have_a_page_ready(app: Flask, visitor: Visitor) -> None:
    from werkzeug.exceptions import TooManyRequests

    @app.get("/often")
    def often() -> str:
        raise TooManyRequests

    page = visitor.open("/often")
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "60"


def test_the_state_of_the_service_follows_the_database(settings: Settings, store: Store) -> None:
    from assess.errors import StoreUnavailable

    app = create_app(settings, store=store)
    assert app.test_client().get("/healthz").get_json() == {"status": "ok"}

    class Away:
        def read(self) -> None:
            raise StoreUnavailable("away")

    away = create_app(settings, store=Away())  # type: ignore[arg-type]
    response = away.test_client().get("/healthz")
    assert (response.status_code, response.get_json()) == (503, {"status": "unavailable"})
