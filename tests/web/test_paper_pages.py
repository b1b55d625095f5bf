"""An administrator prints cards and questionnaires, and types in what came back."""

from __future__ import annotations

import re
from contextlib import ExitStack
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from pypdf import PdfReader
from small_organisation import Bakery

from assess.answering import paper_printing
from assess.campaigns import waves
from assess.people import administrators, signing_in
from assess.web.services import KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def bo(bakery: Bakery, app: Flask) -> Callable[..., Visitor]:
    """Bo administers the bakery and has signed in, in English unless said otherwise."""

    def by_link(language: str = "English", button: str = "Sign in") -> Visitor:
        administrators.grant(bakery.store, bakery.manager_id, bakery.now)
        someone = Visitor(app)
        someone.open("/")
        someone.press(language)
        someone.open(f"/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}")
        someone.press(button)
        return someone

    return by_link


def asked(bakery: Bakery, **parts: object) -> tuple[str, str]:
    wave_id = bakery.wave(**parts)
    areas = 0 if parts.get("job_areas") == "chosen" else 1
    return wave_id, bakery.assign(wave_id, areas=areas)


def printed(visitor: Visitor, wave_id: str, what: str) -> str:
    """The text of what a button prints for the only unit."""
    page = visitor.open(f"/admin/waves/{wave_id}/paper")
    data = {"csrf_token": visitor.token, "unit": page.form("Print cards").choices["unit"][0]}
    response = visitor.client.post(
        f"/admin/waves/{wave_id}/paper/{what}.pdf", data=data, base_url=visitor.base_url
    )
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.data)).pages)


def code_of(visitor: Visitor, wave_id: str) -> str:
    found = CODE.search(printed(visitor, wave_id, "questionnaires"))
    assert found is not None
    return found[0]


def typed(visitor: Visitor, code: str, **answers: str) -> None:
    """Opens the questions behind a code and stores the answers."""
    visitor.open("/admin/paper")
    visitor.press("Continue", code=code)
    visitor.press("Store and submit", **answers)


def test_a_card_opens_the_persons_own_questionnaire(
    bakery: Bakery, bo: Callable[..., Visitor], app: Flask
) -> None:
    wave_id, _ = asked(bakery)
    text = printed(bo(), wave_id, "cards").replace("\n", "").replace(" ", "")
    address = re.search(r"/a/([\w-]{43})", text)
    assert address is not None
    somebody = Visitor(app)
    assert somebody.open(address[0]).response.status_code == 200


def test_the_page_says_that_confidential_questionnaires_have_no_cards(
    bakery: Bakery, bo: Callable[..., Visitor]
) -> None:
    wave_id, _ = asked(bakery)
    page = bo().open(f"/admin/waves/{wave_id}/paper")
    assert page.says("Confidential questionnaires have no cards", "A new print ends earlier cards")


@pytest.mark.parametrize(
    ("language", "button", "both"),
    [
        ("English", "Sign in", "(1 person, 2 questionnaires)"),
        ("Dansk", "Log ind", "(1 person, 2 spørgeskemaer)"),
        ("Svenska", "Logga in", "(1 person, 2 formulär)"),
    ],
)
def test_the_list_tells_people_and_questionnaires_for_both_have_a_limit(
    bakery: Bakery,
    bo: Callable[..., Visitor],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    button: str,
    both: str,
) -> None:
    wave_id, _ = asked(bakery)
    waves.assign(
        bakery.store,
        wave_id,
        bakery.content_hash,
        "manager",
        respondent_id=bakery.employee_id,
        subject_id=bakery.manager_id,
        job_area_ids=bakery.area_ids[:1],
        now=bakery.now,
    )
    visitor = bo(language, button)
    page = visitor.open(f"/admin/waves/{wave_id}/paper")
    assert page.says(f"Butik Nord {both}")
    # The second number is the one that a print is refused by
    monkeypatch.setattr(paper_printing, "MOST_FORMS", 1)
    data = {"csrf_token": visitor.token, "unit": bakery.unit_id}
    refused = visitor.post(f"/admin/waves/{wave_id}/paper/questionnaires.pdf", data)
    assert refused.status == 400
    problem = refused.html.split('role="alert"')[1].split("</p>")[0]
    assert re.findall(r"\d+", problem) == ["2", "1"]


def test_where_nobody_gets_a_card_the_page_says_so(bakery: Bakery, bo: Callable[..., Visitor]) -> None:
    wave_id = bakery.wave()
    bakery.assign(wave_id, "manager")
    visitor = bo()
    visitor.open(f"/admin/waves/{wave_id}/paper")
    data = visitor.page.form("Print cards").data
    data["unit"] = bakery.unit_id
    page = visitor.post(f"/admin/waves/{wave_id}/paper/cards.pdf", data)
    assert page.status == 400
    assert page.says("nothing is asked that can stand on a card")


def test_no_new_code_is_made_where_there_is_no_press_to_print_it(
    bakery: Bakery, bo: Callable[..., Visitor], app: Flask
) -> None:
    """A new print ends earlier cards: who is told to come again must find the old ones in force."""
    wave_id, _ = asked(bakery)
    visitor = bo()
    visitor.open(f"/admin/waves/{wave_id}/paper")
    data = visitor.page.form("Print cards").data
    data["unit"] = bakery.unit_id
    with ExitStack() as stack:
        for number in range(app.extensions[KEY].seats.most):
            stack.enter_context(app.extensions[KEY].seats.fetching(f"somebody {number}"))
        for what in ("cards", "questionnaires"):
            page = visitor.post(f"/admin/waves/{wave_id}/paper/{what}.pdf", data)
            assert page.status == 503
            assert page.says("Many documents are being made just now")
    with bakery.store.engine.transaction(write=False) as connection:
        [[made]] = connection.execute("SELECT COUNT(*) FROM link_tokens").fetchall()
    assert made == 0
    visitor.page = page
    assert visitor.press("Try again").response.mimetype == "application/pdf"


def test_answers_from_paper_are_typed_and_stored(bakery: Bakery, bo: Callable[..., Visitor]) -> None:
    wave_id, task_id = asked(bakery)
    visitor = bo()
    code = code_of(visitor, wave_id)
    typed(visitor, code.lower(), **{"b1-skill-1": "4", "b1-skill-2": "3", "b1-tenure": "1"})
    assert visitor.page.says("The answers are stored and submitted in Amina’s name"), visitor.page.text
    assert bakery.task(bakery.enter(task_id)).sheets[0].submitted_at is not None
    visitor.press("Continue", code=code)
    assert visitor.page.response.status_code == 404, "a code serves once"


def test_whoever_types_sees_nothing_that_was_answered_before(
    bakery: Bakery, bo: Callable[..., Visitor]
) -> None:
    wave_id, task_id = asked(bakery)
    visitor = bo()
    code = code_of(visitor, wave_id)
    bakery.answer_all(bakery.enter(task_id))
    visitor.open("/admin/paper")
    visitor.press("Continue", code=code)
    assert visitor.page.response.status_code == 409
    assert visitor.page.says("The person has begun on a screen")
    assert not visitor.page.says("skill-1")


def test_what_was_typed_is_not_lost_where_something_is_missing(
    bakery: Bakery, bo: Callable[..., Visitor]
) -> None:
    wave_id, task_id = asked(bakery, job_areas="chosen")
    visitor = bo()
    typed(visitor, code_of(visitor, wave_id), **{"b1-skill-1": "4", "b1-remark": "much too long a remark"})
    page = visitor.page
    assert page.response.status_code == 400
    assert page.says("Choose the job area that was ticked.", "This answer does not fit; too long, perhaps.")
    form = page.form("Store and submit")
    assert form.data["b1-skill-1"] == "4"
    assert form.data["b1-remark"] == "much too long a remark"
    visitor.press("Store and submit", **{"b1-remark": "short", "area-1": bakery.area_ids[1]})
    assert visitor.page.status == 200, visitor.page.text
    (sheet,) = bakery.task(bakery.enter(task_id)).sheets
    assert sheet.job_area is not None
    assert sheet.job_area.id == bakery.area_ids[1]
    assert sheet.submitted_at is not None


def test_an_empty_paper_is_not_submitted(bakery: Bakery, bo: Callable[..., Visitor]) -> None:
    wave_id, task_id = asked(bakery)
    visitor = bo()
    typed(visitor, code_of(visitor, wave_id))
    assert visitor.page.says("Nothing has been typed in.")
    assert bakery.task(bakery.enter(task_id)).sheets[0].submitted_at is None


def test_guessing_codes_ends_soon(bakery: Bakery, bo: Callable[..., Visitor]) -> None:
    asked(bakery)
    visitor = bo()
    statuses = []
    for number in range(12):
        visitor.open("/admin/paper")
        if visitor.page.response.status_code == 200:
            visitor.press("Continue", code=f"AAAA-AAAA-AA{number:02}")
        statuses.append(visitor.page.response.status_code)
    assert statuses[:10] == [404] * 10
    assert statuses[10:] == [429] * 2


@pytest.mark.parametrize(
    ("language", "button", "words"),
    [("Dansk", "Log ind", "Kort og papir"), ("Svenska", "Logga in", "Kort och papper")],
)
def test_the_pages_speak_the_administrators_language(
    bakery: Bakery, bo: Callable[..., Visitor], language: str, button: str, words: str
) -> None:
    wave_id, _ = asked(bakery)
    assert bo(language, button).open(f"/admin/waves/{wave_id}/paper").says(words)
