"""Leaders and those whom they lead in a real browser: thumb, keyboard, no script; accessible throughout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from leading import ASKED_OF_REPORTS, SITUATIONS, LedBakery, leading
from looking import OVERFLOW, leave, require_accessible

from assess.language.catalogue import LANGUAGE_NAMES
from assess.store import Store
from assess.web.language import words
from questionnaires.definition import LanguageId
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

if TYPE_CHECKING:
    from conftest import Person
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PersonOf = Callable[..., "Person"]
NARROW = {"width": 360, "height": 640}
PHONE = {"viewport": NARROW, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}


REAL = pytest.mark.parametrize("bakery", ["leadership-style"], indirect=True, ids=["leadership-style"])


@pytest.fixture
def bakery(store: Store, request: pytest.FixtureRequest) -> LedBakery:
    """Leaders who answer a questionnaire of the library where a test names one, else a small one."""
    name = getattr(request, "param", None)
    definition = read_folder(LIBRARY / name) if name else leading()
    return LedBakery(store, definition=definition, now=datetime.now(UTC))


def begin(page: Page, language: LanguageId) -> None:
    """From the welcome page, in a language, to the first situation."""
    page.get_by_role("button", name=LANGUAGE_NAMES[language]).click()
    page.locator("a.button").click()
    page.wait_for_url("**/page/1")
    page.wait_for_load_state()


def is_in_view(page: Page, selector: str) -> bool:
    """Whether an element can be pressed without scrolling."""
    box = page.locator(selector).bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


@REAL
def test_a_leader_answers_with_a_thumb_and_sees_the_result(bakery: LedBakery, person: PersonOf) -> None:
    say = words("da").gettext
    page = person(bakery.assign_leader(bakery.wave()), **PHONE).enter()
    require_accessible(page)
    begin(page, "da")
    for number in range(1, SITUATIONS + 1):
        # Given one situation on a narrow phone, nothing to scroll sideways, the button in reach
        heading = say("Situation %(number)s of %(total)s") % {"number": number, "total": SITUATIONS}
        assert page.get_by_role("heading", level=1).inner_text() == heading
        assert page.evaluate(OVERFLOW) == 0
        assert is_in_view(page, ".actions .button")
        # When an action is tapped, then it is saved
        page.locator("label.option").nth(number % 4).tap()
        page.locator('.status[data-state="saved"]').wait_for()
        if number in (1, SITUATIONS):
            require_accessible(page)
        here = page.url
        page.locator(".actions .button").tap()
        leave(page, here)
        page.wait_for_load_state()
    # Then all answers can be checked, each situation unfolds, and the sheet submitted
    assert page.get_by_role("heading", level=1).inner_text() == say("Check your answers")
    assert page.locator(".review-lone .given").count() == SITUATIONS
    require_accessible(page)
    page.locator("summary").first.tap()
    assert page.locator("details p").first.is_visible()
    page.get_by_role("button", name=say("Submit my answers")).tap()
    page.wait_for_url("**/answer/profile**")
    # And the result is there: charts, table and texts, on the phone and on a desk
    assert page.locator("svg.chart-styles title, svg.chart-plane title").count() == 2
    assert page.locator("td.heat-cell").count() == 16
    require_accessible(page)
    for summary in page.locator("summary").all():
        summary.click()
    require_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    require_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=say("Download the report (PDF)")).click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_the_keyboard_alone_leads_through_all_situations(bakery: LedBakery, person: PersonOf) -> None:
    page = person(bakery.assign_leader(bakery.wave()), **DESK).enter()
    begin(page, "en")
    # Given the first situation, and Tab until an action has focus
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    assert page.locator(".keys").inner_text() == words("en").gettext(
        "Once you are on one of the actions, press A–D or 1–4 to choose. Press Enter to go on."
    )
    # Then letters of either case and digits choose, other keys do nothing
    for key, value in (("b", "2"), ("D", "4"), ("3", "3"), ("x", "3"), ("7", "3"), ("a", "1")):
        page.keyboard.press(key)
        assert page.locator("input[type=radio]:checked").get_attribute("value") == value
    # And with a key and Enter for each situation one gets to the end
    for number in range(1, SITUATIONS + 1):
        assert page.url.endswith(f"/page/{number}")
        assert page.evaluate("document.activeElement.type") == "radio", "one stands where keys choose"
        assert page.evaluate("scrollY") == 0, "and still sees the situation"
        key = "abcd"[number % 4]
        page.keyboard.press(key)
        assert page.locator("input[type=radio]:checked").get_attribute("value") == str(number % 4 + 1)
        here = page.url
        page.keyboard.press("Enter")
        leave(page, here)
        page.wait_for_load_state()
    assert page.url.endswith("/check")
    assert page.evaluate("Object.keys(sessionStorage).length") == 0


def test_whoever_goes_on_with_the_button_starts_at_the_top_of_the_next_page(
    bakery: LedBakery, person: PersonOf
) -> None:
    page = person(bakery.assign_leader(bakery.wave()), **DESK).enter()
    begin(page, "en")
    page.locator("label.option").first.click()
    page.locator(".actions .button").click()
    page.wait_for_url("**/page/2")
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("language", ["sv"])
def test_a_leader_without_script_gets_to_the_result(
    bakery: LedBakery, person: PersonOf, language: LanguageId
) -> None:
    say = words(language).gettext
    page = person(bakery.assign_leader(bakery.wave()), java_script_enabled=False).enter()
    begin(page, language)
    for number in range(SITUATIONS):
        page.locator("label.option").nth(number % 3).click()
        here = page.url
        page.get_by_role("button", name=say("Save and continue"), exact=True).click()
        leave(page, here)
    page.get_by_role("button", name=say("Submit my answers")).click()
    page.wait_for_url("**/answer/profile**")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("svg.chart-plane title").count() == 1


@REAL
def test_a_direct_report_answers_and_is_thanked(bakery: LedBakery, person: PersonOf) -> None:
    say = words("da").gettext
    someone = person(bakery.assign_report(bakery.wave()), **PHONE)
    page = someone.enter()
    begin(page, "da")
    assert page.locator(".eyebrow").inner_text() == "Bo Ørsted"
    require_accessible(page)
    for _ in ASKED_OF_REPORTS:
        page.locator("label.option").nth(1).tap()
        page.locator('.status[data-state="saved"]').wait_for()
        here = page.url
        page.locator(".actions .button").tap()
        leave(page, here)
        page.wait_for_load_state()
    page.get_by_role("button", name=say("Submit my answers")).tap()
    page.wait_for_url("**/answer/thanks**")
    require_accessible(page)
    page.goto(f"{someone.server}/answer/profile")
    assert page.url.endswith("/answer/thanks")
    page.get_by_role("button", name=say("Sign out"), exact=True).tap()
    page.wait_for_url("**/signed-out")


def test_a_situation_left_open_and_two_answers_to_one_are_accessible(
    bakery: LedBakery, person: PersonOf
) -> None:
    someone = person(bakery.assign_leader(bakery.wave()))
    one = someone.enter()
    begin(one, "en")
    two = someone.page()
    two.goto(one.url)
    # When nothing is chosen, then the page says so at its head and leads to the actions
    one.locator(".actions .button").click()
    one.locator("#problem:focus").wait_for()
    require_accessible(one)
    one.locator("#problem a").click()
    assert one.evaluate("document.activeElement.type") == "radio"
    # When two tabs disagree, then both actions are shown with their letters
    one.locator("label.option").nth(0).click()
    one.locator('.status[data-state="saved"]').wait_for()
    two.locator("label.option").nth(3).click()
    two.locator("[data-clash]").wait_for(state="visible")
    two.locator("[data-clash] button").click()
    assert two.locator("label.option .letter").all_inner_texts() == ["A", "D"]
    require_accessible(two)
