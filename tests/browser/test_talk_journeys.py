"""Manager, employee and coach through a whole cycle, in a real browser and in Danish: a wave, the team's
page, a talk that both prepare, agreements that both sign, the coach, the next wave with a real change, and
all reports in one file. Manager and coach sit at a desk, the employee has a phone. Every page
is accessible."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from at_once import AtOnce
from cycle import Cycle
from house import DESK, PHONE, Clock, House, follow, press, say, text_of
from icalendar import Calendar
from looking import OVERFLOW, require_accessible
from pypdf import PdfReader

from assess import jobs
from assess.jobs.batch_lane import BatchLane
from assess.store import Store
from reports.printing import reports_on

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BELOW = "document.documentElement.scrollHeight - innerHeight"
SMALLEST = """Math.min(...[...document.querySelectorAll('.slide *')].filter(one => one.getClientRects().length
    && [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim())).map(one => {
  const picture = one.ownerSVGElement;
  const scale = picture ? picture.getBoundingClientRect().width / picture.viewBox.baseVal.width : 1;
  return parseFloat(getComputedStyle(one).fontSize) * scale; }))"""
"""Of the section that is shown: pixels below the screen, and the size of its smallest letters."""

TALK = datetime(2026, 3, 12, 9, tzinfo=UTC)
NEXT_TALK = datetime(2026, 9, 17, 8, tzinfo=UTC)


@dataclass
class Walk:
    """Three people with a browser each, and the talk that they are about. `talk`: its path."""

    house: House
    cycle: Cycle
    bo: Page
    amina: Page
    clara: Page
    talk: str = ""

    def come_back(self, at: datetime) -> None:
        """Some time later everybody signs in anew."""
        talking = self.cycle.talking
        self.house.clock.now = at
        for page, person_id in (
            (self.bo, talking.bo.id),
            (self.amina, talking.amina.id),
            (self.clara, talking.clara_id),
        ):
            self.house.sign_in(page, person_id)

    def look(self, page: Page, path: str) -> str:
        """Opens a page and gives what it says."""
        assert self.house.status(page, path) == 200, path
        return seen(page)

    def open(self, page: Page, path: str) -> None:
        """Opens a page that was looked at already."""
        page.goto(self.house.address + path)


@pytest.fixture
def walk(house: House, store: Store, clock: Clock) -> Walk:
    """After a first wave, in which Amina called her judgement high and Bo called it low."""
    cycle = Cycle.begun(store, clock)
    cycle.wave("Foråret", {"judgement": 5}, {"judgement": 2}, {})
    clock.advance(days=1)
    return Walk(house, cycle, house.tab(**DESK), house.tab(**PHONE), house.tab(**DESK))


def seen(page: Page) -> str:
    """What a page says; it keeps to the width of its screen and is accessible."""
    page.wait_for_load_state()
    assert page.evaluate(OVERFLOW) == 0, f"{page.url} scrolls sideways"
    require_accessible(page)
    return page.locator("main").inner_text()


def fetched(page: Page, link: Locator) -> tuple[str, bytes]:
    """Name and content of a file that a page gives out."""
    with page.expect_download() as download:
        link.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_whole_cycle(walk: Walk) -> None:
    walk.house.sign_in(walk.bo, walk.cycle.talking.bo.id)
    plan_from_the_team(walk)
    prepare_by_the_link_of_the_letter(walk)
    prepare_as_the_manager(walk)
    walk.come_back(TALK)
    read_the_brief_and_show_it(walk)
    write_the_same_agreement_at_the_same_moment(walk)
    sign_and_take_it_home(walk)
    show_it_to_the_coach(walk)
    walk.house.clock.now = datetime(2026, 9, 7, 8, tzinfo=UTC)
    newest = walk.cycle.wave("Efteråret", {"skill": 5, "judgement": 5}, {"skill": 5, "judgement": 2}, {})
    walk.cycle.talking.plan(at=walk.house.clock.now, days=10)
    walk.come_back(NEXT_TALK)
    see_the_real_change(walk)
    read_the_next_brief(walk)
    order_all_reports_in_one_file(walk, newest)


def plan_from_the_team(walk: Walk) -> None:
    bo, amina = walk.bo, walk.cycle.talking.amina
    assert "Amina Yıldız" in walk.look(bo, "/team")
    bo.locator("details", has_text=say("Plan a talk")).locator("summary").first.click()
    bo.locator(f"a[href$='person={amina.id}']").first.click()
    seen(bo)
    bo.locator("#day").fill("2026-03-12")
    bo.locator("#time").fill("10:00")
    bo.locator("#place").fill("Lokale 2")
    press(bo, say("Plan it and invite both"))
    walk.talk = urlsplit(bo.url).path
    assert say("not ready yet") in seen(bo)


def prepare_by_the_link_of_the_letter(walk: Walk) -> None:
    house, amina = walk.house, walk.amina
    house.work()
    letter = house.message("talk-invitation", walk.cycle.talking.amina.id)
    [event] = [
        one
        for part in letter.walk()
        if part.get_content_type() == "text/calendar"
        for one in Calendar.from_ical(part.get_content()).walk("VEVENT")
    ]
    assert (event["DTSTART"].dt, event["LOCATION"]) == (TALK, "Lokale 2")
    amina.goto(house.here(text_of(letter)))
    assert "Bo" not in seen(amina), "a link in a mail tells nobody's name"
    follow(amina, amina.locator("main form .button"))
    assert urlsplit(amina.url).path == f"{walk.talk}/preparation"
    seen(amina)
    amina.locator("#strengths").fill("Jeg kender ovnene")
    amina.locator("#wishes").fill("At bage alene om fredagen")
    follow(amina, amina.locator("button[value=ready]"))
    assert "Gemt. Du er klar" in seen(amina)
    for path in ("/me", walk.talk):
        assert house.status(amina, path) == 401, "the link opens nothing else"


def prepare_as_the_manager(walk: Walk) -> None:
    bo = walk.bo
    walk.look(bo, f"{walk.talk}/notes")
    bo.locator("#text").fill("Husk ferieplanen")
    press(bo, say("Save"))
    for way in ("change", "cancel"):
        walk.look(bo, f"{walk.talk}/{way}")
    walk.look(bo, f"{walk.talk}/preparation")
    assert "ovnene" not in bo.content(), "each prepares alone"
    bo.locator("#strengths").fill("Hun lærer fra sig")
    press(bo, say("Save, and be ready"))
    assert "Jeg kender ovnene" in walk.look(bo, f"{walk.talk}/preparation")


def read_the_brief_and_show_it(walk: Walk) -> None:
    bo, amina = walk.bo, walk.amina
    assert "Husk ferieplanen" in walk.look(bo, f"{walk.talk}/brief")
    apart = bo.locator("table.views tbody").first.locator(".bar-name").all_inner_texts()
    assert apart[0] == "Dømmekraft"
    assert "Kunnen" not in apart
    bo.locator("a[href$='/brief/present']").click()
    slides = bo.locator(".slide")
    assert "Husk ferieplanen" not in bo.content(), "both look at it"
    seen(bo)
    assert slides.first.is_visible()
    bo.keyboard.press("ArrowRight")
    slides.nth(1).wait_for()
    assert not slides.first.is_visible()
    bo.keyboard.press("Home")
    for number in range(slides.count()):
        slides.nth(number).wait_for()
        assert bo.evaluate(BELOW) <= 0, "a section is no taller than the screen"
        assert bo.evaluate(SMALLEST) >= 18, "what two people read from afar is large"
        bo.keyboard.press("ArrowRight")
    assert "Husk ferieplanen" not in walk.look(amina, f"{walk.talk}/brief")


def write_the_same_agreement_at_the_same_moment(walk: Walk) -> None:
    bo, amina = walk.bo, walk.amina
    walk.open(amina, f"{walk.talk}/agreements/new")
    press(amina, say("Save"))
    assert amina.locator("[role=alert] a").first.get_attribute("href") == "#kind"
    seen(amina)
    amina.locator("label[for=kind]").tap()
    amina.locator("label[for=owner]").tap()
    amina.locator("#what").fill("Bage alene om fredagen")
    press(amina, say("Save"))
    for page in (bo, amina):
        walk.open(page, f"{walk.talk}/agreements")
        page.locator(".agreement-ways a").click()
    bo.locator("#first-step").fill("Bo viser ovnen på mandag")
    press(bo, say("Save"))
    amina.locator("#first-step").fill("Se på to gange")
    press(amina, say("Save"))
    both = seen(amina)
    assert "Bo viser ovnen på mandag" in both
    assert "Se på to gange" in both
    amina.locator("label[for=keep-first-step-both]").tap()
    press(amina, say("Keep these"))
    assert "Bo viser ovnen på mandag\n\nSe på to gange" in amina.locator("dl.agreed").inner_text()


def sign_and_take_it_home(walk: Walk) -> None:
    bo, amina = walk.bo, walk.amina
    walk.open(bo, f"{walk.talk}/agreements")
    press(bo, say("Sign it"))
    walk.look(amina, f"{walk.talk}/agreements")
    press(amina, say("Sign it"))
    assert say("Signed by both") in seen(amina)
    name, content = fetched(amina, amina.locator("a[href$='agreements.pdf']"))
    assert name.endswith(".pdf")
    sheet = PdfReader(io.BytesIO(content))
    fields = sheet.get_fields() or {}
    assert "Bage alene om fredagen" in {str(one.get("/V")) for one in fields.values()}
    walk.look(bo, f"{walk.talk}/held")
    press(bo, say("Yes, it was held"))
    assert say("Noted: the talk was held.") in bo.locator("main").inner_text()


def show_it_to_the_coach(walk: Walk) -> None:
    amina, clara = walk.amina, walk.clara
    assert walk.house.status(clara, walk.talk) == 404
    walk.look(amina, f"{walk.talk}/showing")
    follow(amina, amina.get_by_role("button", name=say("Show it")))
    assert "1 åben aftale" in walk.look(clara, "/coaching")
    assert "Bage alene om fredagen" in walk.look(clara, f"{walk.talk}/agreements")
    assert clara.locator("main form").count() == 0, "a coach changes nothing"
    assert walk.house.status(clara, f"{walk.talk}/preparation") == 404


def see_the_real_change(walk: Walk) -> None:
    bo, clara = walk.bo, walk.clara
    walk.look(bo, "/team")
    change = bo.locator("section[aria-labelledby=change]")
    change.locator("summary").first.click()
    real = change.locator("tr", has=bo.locator(".heat-real"))
    [only] = real.locator("th").all_inner_texts()
    assert only.startswith("Amina Yıldız")
    assert "reel" in only
    walk.open(clara, "/coaching")
    assert "Reel ændring" in clara.locator(".caseload").inner_text()
    clara.locator(".caseload tbody th a").click()
    seen(clara)
    assert "af 10 tal har reelt ændret sig" in clara.locator("main").inner_text()
    rows = clara.locator("table.changes tr", has=clara.locator(".verdict-real"))
    assert rows.locator("th").all_inner_texts() == ["Kunnen", "Kunnen"], "in both views"


def read_the_next_brief(walk: Walk) -> None:
    bo = walk.bo
    walk.look(bo, "/talks")
    bo.locator(".talk-card .button").first.click()
    brief = seen(bo)
    assert "Amina: kunnen ligger højere end sidst. Det er en reel ændring." in brief
    assert "Bage alene om fredagen" in bo.locator("#last").inner_text()


def order_all_reports_in_one_file(walk: Walk, newest: str) -> None:
    house, bo = walk.house, walk.bo
    walk.open(bo, "/team")
    title = say("All reports of %(about)s") % {"about": "Efteråret"}
    press(bo, say("Order as one file (ZIP): %(title)s") % {"title": title})
    assert say("Begins soon") in bo.locator("#batch").inner_text()
    here = bo.url
    printing = AtOnce(reports_on(house.settings.data / "fonts"))
    lane = BatchLane(jobs.Workplace(house.store, house.settings, house.clock), printing)
    assert lane.run() == 2
    bo.get_by_role("link", name=say("Fetch the file (ZIP)")).wait_for()  # without a new page
    assert bo.url == here
    house.work()
    assert urlsplit(here).path in house.letter("batch-ready", walk.cycle.talking.bo.id)
    name, content = fetched(bo, bo.get_by_role("link", name=say("Fetch the file (ZIP)")))
    assert name == f"{title}.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {one.split(" - ")[0] for one in archive.namelist()} == {"Amina Yıldız", "Dana Dahl"}
        assert all(archive.read(one).startswith(b"%PDF-") for one in archive.namelist())
