"""The administrators' pages in a real browser: accessible in both colours, phone and desk, without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from crowd import Crowd, given
from looking import OVERFLOW, require_accessible

from assess.answering import sheets
from assess.answering.types import Given
from assess.people import signing_in
from assess.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store, now=datetime.now(UTC))


@pytest.mark.parametrize(("language", "width"), [("da", 390), ("sv", 1280)])
def test_an_administrator_gets_through_without_script(
    language: str, width: int, bakery: Crowd, server: str, browser: Browser
) -> None:
    # Given a wave with figures, one that is open, and two questions that went wrong
    answers = given(210, 5)
    answers[2] = 6 - answers[2]
    answers[4, :40] = 0
    wave_id = bakery.answered_wave(210, answers=answers)
    bakery.answered_wave(12, closed=False)
    context = browser.new_context(
        viewport={"width": width, "height": 844}, locale=language, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(server)
    page.locator(f'button[value="{language}"]').click()
    page.goto(f"{server}/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}")
    page.locator("main .button").click()
    page.goto(f"{server}/admin/measures")
    # When the page of the wave is opened, then everything unfolds
    page.locator(f'a[href*="{wave_id}"]').first.click()
    assert page.locator("svg.rel").count() == 2
    for summary in page.locator("summary:visible").all():
        summary.click()
    assert page.evaluate(OVERFLOW) == 0
    # When precision is published and norms are built, then both are listed
    page.locator('a[href*="/precision/"]').click()
    page.locator("#read").check()
    page.locator('form[method="post"] .button').last.click()
    assert page.locator(".state-on").count() == 1
    page.go_back()
    page.goto(f"{server}/admin/norms/{bakery.content_hash}/self?wave={wave_id}")
    page.locator("main form .button").click()
    assert page.locator("#norms article").count() == 1
    context.close()


def test_every_page_is_accessible(bakery: Crowd, server: str, browser: Browser) -> None:
    answers = given(210, 5)
    answers[2] = 6 - answers[2]
    wave_id = bakery.answered_wave(210, answers=answers)
    still_open = bakery.answered_wave(12, closed=False)
    link = f"{server}/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}"
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda line: line.type == "error" and trouble.append(line.text))
    page.goto(link)
    require_accessible(page)
    page.locator("main .button").click()
    for place in ("me", "account", "admin"):
        page.goto(f"{server}/{place}")
        require_accessible(page)
    measures = f"{server}/admin/measures/{{}}/{bakery.content_hash}/self"
    for address in (
        measures.format(wave_id),
        measures.format(still_open),
        f"{server}/admin/precision/{bakery.content_hash}/self?wave={wave_id}",
    ):
        page.goto(address)
        for summary in page.locator("summary:visible").all():
            summary.click()
        require_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        require_accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#read").check()
    page.locator('form[method="post"] .button').last.click()
    page.goto(f"{server}/admin/norms/{bakery.content_hash}/self?wave={still_open}")
    require_accessible(page)
    page.goto(f"{server}/admin/norms/{bakery.content_hash}/self?wave={wave_id}")
    page.locator("main form .button").click()
    for summary in page.locator("summary:visible").all():
        summary.click()
    require_accessible(page)
    assert trouble == []
    context.clear_cookies()
    for place in ("sign-in", "sign-in?note=sent", "sign-in?note=no-address"):
        page.goto(f"{server}/{place}")
        require_accessible(page)
    page.goto(f"{server}/sign-in/nothing")
    require_accessible(page)
    context.close()


def test_the_friendly_note_is_accessible(bakery: Crowd, person: Callable[..., object]) -> None:
    task = bakery.assign(bakery.wave(job_areas="chosen"), areas=0)
    session = bakery.enter(task)
    sheet = bakery.task(session).sheets[0].sheet_id
    asked = {item_id: Given(position=4) for item_id in bakery.form.item_ids}
    sheets.save(bakery.store, session, sheet, asked, bakery.now)
    someone = person(task)
    page = someone.enter()  # type: ignore[attr-defined]
    page.goto(page.url.split("/answer")[0] + f"/answer/{sheet}/check")
    assert page.locator("#look-again").is_visible()
    require_accessible(page)
    page.locator("aside a").click()
    page.wait_for_url("**/page/1")
