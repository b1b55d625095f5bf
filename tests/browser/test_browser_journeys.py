"""Journeys in a real browser on a phone: each language, with and without JavaScript, accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from looking import OVERFLOW, answer_page, leave, require_accessible
from small_organisation import Bakery

from assess.answering import sheets
from assess.answering.types import Given
from assess.language.catalogue import LANGUAGE_NAMES
from assess.web.language import words
from questionnaires.definition import LanguageId, RatingItem

if TYPE_CHECKING:
    from conftest import Person
    from playwright.sync_api import Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PersonOf = Callable[..., "Person"]


def finish(bakery: Bakery, task: str, position: int, share: bool | None = None) -> None:
    """Answers the ratings and choices of every sheet of a task and submits it, behind the pages' back."""
    session = bakery.enter(task)
    ratings = {item.id for item in bakery.definition.questionnaire.items if isinstance(item, RatingItem)}
    for progress in bakery.task(session).sheets:
        sheet = sheets.sheet(bakery.store, session, progress.sheet_id, bakery.now)
        given = {item: Given(position=position if item in ratings else 1) for item in sheet.missing}
        sheets.save(bakery.store, session, sheet.id, given, bakery.now)
        sheets.submit(bakery.store, session, sheet.id, bakery.now, share=share)


@pytest.mark.parametrize(("language", "script"), [("da", True), ("sv", False)])
def test_from_the_link_to_the_profile(
    bakery: Bakery, person: PersonOf, language: LanguageId, script: bool
) -> None:
    say = words(language).gettext
    # The words differ, the pages do not: they are looked at in one language, the result in each.
    look = require_accessible if script and language == "da" else lambda page: None
    wave = bakery.wave(job_areas="chosen")
    task = bakery.assign(wave, areas=0)
    bakery.assign(wave, "manager", areas=0)
    someone = person(task, java_script_enabled=script)
    # Given a person who has opened the link and chosen the language
    page = someone.page()
    page.goto(someone.link)
    look(page)
    page.get_by_role("button", name=LANGUAGE_NAMES[language]).click()
    assert page.locator("html").get_attribute("lang") == language
    page.locator("main form .button").click()
    look(page)
    # When a job area is chosen and every page answered
    page.locator("label.option").first.click()
    page.get_by_role("button", name=say("Start"), exact=True).click()
    looked = False
    while "/page/" in page.url:
        answer_page(page)
        if script:
            page.locator('.status[data-state="saved"]').wait_for()
        if not looked or page.locator("textarea").count():
            look(page)
            looked = True
        here = page.url
        page.get_by_role("button", name=say("Save and continue"), exact=True).click()
        leave(page, here)
    # Then the answers can be checked and submitted
    assert page.get_by_role("heading", level=1).inner_text() == say("Check your answers")
    look(page)
    page.locator("label[for=share-yes]").click()
    page.get_by_role("button", name=say("Submit my answers")).click()
    # And the profile is there at once, in the language
    assert "/answer/profile" in page.url
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("svg.chart-quadrant title").count() == 1
    if script:
        require_accessible(page)
    for summary in page.locator("summary").all():
        summary.click()
    look(page)
    # And it can be taken home
    with page.expect_download() as download:
        page.get_by_role("link", name=say("Download the report (PDF)")).click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.get_by_role("button", name=say("Sign out on this device")).click()
    assert page.get_by_role("heading", level=1).inner_text() == say("You are signed out")
    look(page)


def test_pages_of_errors_and_of_the_manager_are_accessible(bakery: Bakery, person: PersonOf) -> None:
    wave = bakery.wave()
    own, rating = bakery.assign(wave, areas=2), bakery.assign(wave, "manager", areas=2)
    finish(bakery, own, 4, share=True)
    manager = person(rating)
    page = manager.enter()
    page.get_by_role("button", name="English").click()
    require_accessible(page)
    page.get_by_role("link", name="Start", exact=True).click()
    page.get_by_role("button", name="Save and continue", exact=True).click()
    assert page.locator("#problem").is_visible()
    assert page.evaluate("document.activeElement.id") == "problem", "the summary has focus"
    require_accessible(page)
    finish(bakery, rating, 2)
    page.goto(f"{manager.server}/answer/profile")
    assert page.locator("table.sides").count() == 2
    require_accessible(page)
    for path in ("/", "/nowhere", "/signed-out"):
        page.goto(f"{manager.server}{path}")
        require_accessible(page)
    manager.context.clear_cookies()
    page.goto(f"{manager.server}/answer")
    require_accessible(page)


def test_the_keyboard_is_enough(bakery: Bakery, person: PersonOf) -> None:
    someone = person(bakery.assign(bakery.wave()), viewport={"width": 1280, "height": 900})
    page = someone.page()
    page.goto(someone.link)
    # Given the first question page, reached by keyboard alone
    for _ in range(2):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('main .button')"):
                break
        here = page.url
        page.keyboard.press("Enter")
        leave(page, here)
        page.wait_for_load_state()
    assert "/page/1" in page.url
    first = page.url
    # When each question is answered with a digit
    questions = page.locator("fieldset.item").count()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            page.keyboard.press("4")
            assert page.evaluate("document.activeElement.value") == "4"
            assert page.evaluate("document.activeElement.checked")
        if page.evaluate("document.activeElement.matches('.actions .button')"):
            break
    assert page.locator("input[type=radio]:checked").count() == questions
    # Then 0 is "can't say", a digit outside a choice does nothing, and Enter goes on, not back
    page.locator("input[type=radio]:checked").first.focus()
    page.keyboard.press("0")
    assert page.evaluate("document.activeElement.value") == "0"
    page.locator("h1").click()
    page.keyboard.press("2")
    assert page.locator("input[type=radio]:checked").first.get_attribute("value") == "0"
    page.locator("input[type=radio]:checked").first.focus()
    page.keyboard.press("Enter")
    leave(page, first)
    assert page.url.endswith("/page/2")


def test_an_answer_is_saved_as_it_is_given(bakery: Bakery, person: PersonOf) -> None:
    task = bakery.assign(bakery.wave())
    page = person(task).enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    page.locator("label.option").first.click()
    page.locator('.status[data-state="saved"]').wait_for()
    assert page.locator("[data-answered]").inner_text() == "1"
    # Nothing was pressed, and another device has it
    other = person(task).enter()
    other.locator("a.button").click()
    assert other.locator("input[type=radio]").first.is_checked()


def test_what_was_answered_before_the_script_arrived_is_saved_too(bakery: Bakery, person: PersonOf) -> None:
    # Given a page whose script is slow to arrive
    page = person(bakery.assign(bakery.wave())).enter()
    held: list[Route] = []
    page.route("**/autosave.js*", lambda route: held.append(route))  # noqa: PLW0108 (Playwright reads its signature)
    with page.expect_request("**/autosave.js*"):
        page.locator("a.button").click(no_wait_after=True)
    # When something is answered meanwhile, and the script arrives
    page.locator("label.option").first.click(no_wait_after=True)
    held[0].continue_()
    # Then the answer is saved
    page.locator('.status[data-state="saved"]').wait_for()
    page.unroute("**/autosave.js*")
    page.goto(page.url)
    assert page.locator("input[type=radio]").first.is_checked()


def test_without_a_connection_nothing_is_lost(bakery: Bakery, person: PersonOf) -> None:
    # Given a question page and a network that is gone
    task = bakery.assign(bakery.wave())
    someone = person(task)
    page = someone.enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    here = page.url
    someone.context.set_offline(True)
    # When every question is answered and the page is sent
    answer_page(page)
    page.locator('.status[data-state="waiting"]').wait_for()
    page.locator(".actions .button").click()
    # Then the page stays, with the answers
    assert page.url == here
    chosen = page.locator("input[type=radio]:checked").count()
    assert chosen == page.locator("fieldset.item").count()
    # When the network comes back, they are saved by themselves, and what was pressed is done
    someone.context.set_offline(False)
    page.wait_for_url("**/page/2")
    page.goto(here)
    assert page.locator("input[type=radio]:checked").count() == chosen


def test_what_could_not_be_saved_is_sent_from_the_next_page(bakery: Bakery, person: PersonOf) -> None:
    # Given an answer that did not get through
    someone = person(bakery.assign(bakery.wave()))
    page = someone.enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    first = page.url
    page.route("**/answers", lambda route: route.abort())
    page.locator("label.option").first.click()
    page.locator('.status[data-state="waiting"]').wait_for()
    # When the person opens another page of the sheet and the server can be reached
    page.unroute("**/answers")
    page.goto(first.replace("/page/1", "/page/2"))
    page.locator('.status[data-state="saved"]').wait_for()
    # Then it is saved
    page.goto(first)
    assert page.locator("input[type=radio]").first.is_checked()
    assert page.evaluate("Object.keys(sessionStorage).length") == 0


def test_a_busy_server_is_asked_again(bakery: Bakery, person: PersonOf) -> None:
    page = person(bakery.assign(bakery.wave())).enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    answers = iter([503, 503])

    def busy(route: object) -> None:
        status = next(answers, None)
        route.continue_() if status is None else route.fulfill(status=status)  # type: ignore[attr-defined]

    page.route("**/answers", busy)
    page.locator("label.option").first.click()
    page.locator('.status[data-state="saved"]').wait_for()


def test_two_tabs_that_disagree_let_the_person_choose(bakery: Bakery, person: PersonOf) -> None:
    # Given the same page in two tabs
    someone = person(bakery.assign(bakery.wave()))
    one = someone.enter()
    one.locator("a.button").click()
    two = someone.page()
    two.goto(one.url)
    # When they give different answers to one question
    one.locator("label.option").nth(0).click()
    one.locator('.status[data-state="saved"]').wait_for()
    two.locator("label.option").nth(3).click()
    # Then the second is told, sees both, and the choice counts
    two.locator("[data-clash]").wait_for(state="visible")
    two.locator("[data-clash] button").click()
    require_accessible(two)
    assert two.locator("label.option").count() == 2
    two.locator("label.option").nth(1).click()
    two.locator("main .button").click()
    two.wait_for_url("**/page/1")
    assert two.locator("input[type=radio]").nth(3).is_checked()
    assert two.evaluate("Object.keys(sessionStorage).length") == 0
    one.reload()
    assert one.locator("input[type=radio]").nth(3).is_checked()


def test_signing_out_leaves_nothing_in_the_browser(bakery: Bakery, person: PersonOf) -> None:
    someone = person(bakery.assign(bakery.wave()))
    page = someone.enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    page.route("**/answers", lambda route: route.abort())
    page.locator("label.option").first.click()
    page.locator('.status[data-state="waiting"]').wait_for()
    assert page.evaluate("Object.keys(sessionStorage).length") == 1
    page.locator(".foot button").click()
    page.wait_for_url("**/signed-out")
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
    page.go_back()
    page.wait_for_load_state("networkidle")
    page.goto(f"{someone.server}/answer")
    # The only way on is to ask for a link.
    ways = page.locator("a.button").evaluate_all("all => all.map(one => one.pathname)")
    assert ways == ["/sign-in"]


def test_a_button_pressed_without_a_connection_is_told_and_done_later(
    bakery: Bakery, person: PersonOf
) -> None:
    # Given an answered page, and a network that is gone
    someone = person(bakery.assign(bakery.wave()))
    page = someone.enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    here = page.url
    answer_page(page)
    page.locator('.status[data-state="saved"]').wait_for()
    someone.context.set_offline(True)
    # When it is sent, then the page says near the button what happens
    page.locator(".actions .button").click()
    page.locator("[data-held]").wait_for(state="visible")
    assert page.url == here
    require_accessible(page)
    # When the network is back, then the next page opens by itself
    someone.context.set_offline(False)
    page.wait_for_url("**/page/2")


def test_a_button_pressed_while_the_server_is_busy_is_done_later(bakery: Bakery, person: PersonOf) -> None:
    page = person(bakery.assign(bakery.wave())).enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    busy = True

    def answer(route: object) -> None:
        route.fulfill(status=503) if busy else route.continue_()  # type: ignore[attr-defined]

    page.route("**/answers", answer)
    answer_page(page)
    page.locator(".actions .button").click()
    page.locator("[data-held]").wait_for(state="visible")
    busy = False
    page.wait_for_url("**/page/2")


def test_a_text_that_is_too_long_is_counted_told_and_kept(bakery: Bakery, person: PersonOf) -> None:
    # Given the page with the free text, otherwise answered
    page = person(bakery.assign(bakery.wave())).enter()
    page.get_by_role("button", name="English").click()
    page.locator("a.button").click()
    page.wait_for_load_state()
    while not page.locator("textarea").count():
        answer_page(page)
        here = page.url
        page.locator(".actions .button").click()
        leave(page, here)
    answer_page(page)
    field, counter = page.locator("textarea").first, page.locator("[data-count]").first
    limit = int(counter.get_attribute("data-count") or 0)
    field.fill("ø" * (limit - 1))
    assert counter.inner_text() == "Characters left: 1"
    # When one character too many is written, then the page says so and does not send it
    field.fill("ø" * limit + "😀")
    assert counter.inner_text() == "Characters too many: 1"
    require_accessible(page)
    here = page.url
    page.locator(".actions .button").click()
    page.wait_for_selector("#problem")
    assert page.url == here
    assert page.evaluate("document.activeElement.id") == "problem"
    assert page.locator("textarea").first.input_value() == "ø" * limit + "😀", "nothing of it is cut off"
    require_accessible(page)
    # When it is shortened, then the journey goes on
    page.locator("textarea").first.fill("ø" * limit)
    page.locator(".actions .button").click()
    leave(page, here)


@pytest.mark.parametrize("is_phone", [True, False])
def test_the_hint_about_keys_is_for_those_who_have_them(
    bakery: Bakery, person: PersonOf, is_phone: bool
) -> None:
    page = person(bakery.assign(bakery.wave()), is_mobile=is_phone, has_touch=is_phone).enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    assert page.locator(".keys").is_visible() is not is_phone
    page.keyboard.press("Tab")
    assert page.locator(".keys").is_visible(), "whoever uses keys has some, on a tablet too"


def test_job_areas_chosen_wrongly_are_pointed_at(bakery: Bakery, person: PersonOf) -> None:
    page = person(bakery.assign(bakery.wave(job_areas="chosen"), areas=0)).enter()
    page.get_by_role("button", name="English").click()
    # When none is chosen, then the summary has focus and leads to the list
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("#problem:focus").wait_for()
    require_accessible(page)
    page.locator("#problem a").click()
    page.locator("#area-1-1:focus").wait_for()
    # When one is chosen twice, then both choices stay and the summary leads to the second
    page.locator("label.option").nth(1).click()
    page.locator("select").select_option(index=2)
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("#problem:focus a[href='#area-2']").wait_for()
    require_accessible(page)
    assert page.locator("label.option").nth(1).locator("input").is_checked(), "what was chosen stays"
    page.locator("select").select_option(index=1)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/page/1")
    assert page.locator(".eyebrow").inner_text() == "Serving customers"


def test_no_word_is_broken_in_the_table_of_both_views(bakery: Bakery, person: PersonOf) -> None:
    wave = bakery.wave()
    own, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    finish(bakery, own, 4, share=True)
    finish(bakery, rating, 2)
    page = person(own, viewport={"width": 320, "height": 700}).enter()
    for name in LANGUAGE_NAMES.values():
        page.get_by_role("button", name=name).click()
        # Each name of one word stands on one line
        tall = page.evaluate(
            """() => [...document.querySelectorAll('.sides th[scope=row]')].filter(cell => {
                 const range = document.createRange(), text = cell.firstChild;
                 return [...text.data.matchAll(/\\S+/g)].some(word => {
                   range.setStart(text, word.index);
                   range.setEnd(text, word.index + word[0].length);
                   return range.getClientRects().length > 1;
                 });
               }).map(cell => cell.textContent)"""
        )
        assert page.locator(".sides th[scope=row]").count() > 5
        assert tall == []
        assert page.evaluate(OVERFLOW) == 0


def test_a_browser_that_lost_its_cookies_keeps_the_answers(bakery: Bakery, person: PersonOf) -> None:
    # Given a question page whose cookies are gone, and no script
    someone = person(bakery.assign(bakery.wave()), java_script_enabled=False)
    page = someone.enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    answer_page(page)
    chosen = page.locator("input[type=radio]:checked").count()
    someone.context.clear_cookies()
    # When it is sent, then the page that comes back holds the answers, in any language
    page.get_by_role("button", name=words("da").gettext("Save and continue"), exact=True).click()
    page.get_by_role("button", name="English").click()
    page.get_by_text("Your latest answers are kept on this page.").wait_for()
    assert page.locator("input[name^=answer-]").count() == chosen
    # When the link is opened in another tab, then one press saves them
    someone.enter()
    page.get_by_role("button", name="Try again", exact=True).click()
    page.wait_for_url("**/page/2")


def test_the_page_that_keeps_answers_is_accessible(bakery: Bakery, person: PersonOf) -> None:
    someone = person(bakery.assign(bakery.wave()))
    page = someone.enter()
    page.locator("a.button").click()
    page.wait_for_load_state()
    page.route("**/answers", lambda route: route.fulfill(status=401))
    answer_page(page)
    page.locator('.status[data-state="refused"]').wait_for()
    someone.context.clear_cookies()
    page.locator(".actions .button").click()
    page.locator("#again").wait_for()
    require_accessible(page)
