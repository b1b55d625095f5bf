"""The main journeys of everybody in an organisation, in a real browser and in Danish: the administrator at a
desk; employee, manager, coach and employees' representative on a phone. Every page reached is accessible."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from campaigning import Chain
from house import DESK, PHONE, Clock, House, follow, press, say
from looking import answer_page, leave, require_accessible
from workbooks import workbook

from assess.answering import sharing
from assess.campaigns import campaigns
from assess.people import administrators, appointments, register
from assess.releases import making
from assess.rights import Actor

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from assess.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass
class Year:
    """An organisation of twelve with a wave that is over and has results, and one that is open.

    Baker Street, led by Bo, is Amina, Anders, Dorte, Emil and Frida. In the first wave everybody answered; Bo
    rated Amina, who shares with him and with Carl, the coach. Sara represents the employees."""

    chain: Chain
    first: str
    second: str

    def actor(self, name: str) -> Actor:
        return Actor(self.chain.people[name])


@pytest.fixture
def year(store: Store, clock: Clock) -> Year:
    chain = Chain(store)
    for name in ("Dorte", "Emil", "Frida"):
        chain.join(name, "Baker Street")
    for role, name in (("coach", "Carl"), ("representative", "Sara")):
        appointments.appoint(
            store,
            chain.admin,
            chain.organisation_id,
            chain.people[name],
            role,  # type: ignore[arg-type]
            clock.now,
        )
    first = chain.opened()
    for name in chain.people:
        chain.submit(chain.task_id(first, "self", name, name), clock.now)
    chain.submit(chain.task_id(first, "manager", "Bo", "Amina"), clock.now)
    task = chain.task_id(first, "self", "Amina", "Amina")
    for whom in ("Bo", "Carl"):
        sharing.decide_with(store, Actor(chain.people["Amina"]), task, chain.people[whom], True, clock.now)
    clock.advance(days=3)
    campaigns.close(store, chain.admin, first, clock.now)
    chain.now = clock.now
    second = chain.opened()
    making.make(store, first, clock.now)
    return Year(chain, first, second)


# --- the administrator -----------------------------------------------------------------------------

HEAD = ("Enhed", "Navn", "Medarbejdernummer", "E-mail", "Sprog", "Leder", "Opgaveområder")
ROSTER = (
    ("Bageri", "Ditte Dam", "1", "ditte@example.org", "da", "", "Lede bageriet"),
    ("Bageri / Nord", "Bo Berg", "2", "bo@example.org", "da", "1", "Lede butikken"),
    *(("Bageri / Nord", f"Nord {n}", f"1{n}", f"n{n}@example.org", "da", "2", "Bage brød") for n in range(5)),
    ("Bageri / Syd", "Eva Eng", "3", "eva@example.org", "sv", "1", "Lede butikken"),
    *(("Bageri / Syd", f"Syd {n}", f"2{n}", f"s{n}@example.org", "da", "3", "Bage brød") for n in range(4)),
)


def upload(page: Page, name: str, content: bytes) -> None:
    page.locator("#file").set_input_files({"name": name, "mimeType": "", "buffer": content})
    press(page, say("Show what would change"))


def plan_the_campaign(page: Page) -> None:
    """Fills in the page of a campaign from top to bottom."""
    page.locator("#name").fill("Forår")
    offer = page.locator(".offer").filter(has=page.locator("input[name=asked][value$=':manager']")).first
    for perspective in ("self", "manager"):
        offer.locator(f"label:has(input[value$=':{perspective}'])").click()
    page.locator("label:has(input[name=job-areas][value=given])").click()
    page.locator("#closes-on").fill("2026-03-20")
    page.locator("#purpose").fill("At tale om arbejdet ud fra, hvordan vi hver især ser det.")
    page.locator("label:has(input[name=legal-basis][value=legitimate-interest])").click()
    page.locator("#delete-on").fill("2027-03-01")
    page.locator("#discussed-on").fill("2026-02-20")


def answer_for(house: House, wave_id: str, number: int) -> None:
    """So many people answer about themselves, behind the pages' back."""
    from assess.answering import links, sessions, sheets, tasks
    from assess.answering.types import Given

    with house.store.read() as q:
        own = [row["id"] for row in q.tasks_of_wave(wave_id=wave_id) if row["perspective"] == "self"]
    for task_id in own[:number]:
        now = house.clock.now
        secret = links.exchange(house.store, links.mint(house.store, task_id, now), now)
        session = sessions.find(house.store, secret, now)
        assert session is not None
        for progress in tasks.task(house.store, session, now).sheets:
            sheet = sheets.sheet(house.store, session, progress.sheet_id, now)
            given = {item: Given(position=1) for item in sheet.missing}
            sheets.save(house.store, session, sheet.id, given, now)
            sheets.submit(house.store, session, sheet.id, now, share=False)


def test_an_administrator_from_the_roster_to_the_next_wave(house: House, store: Store, clock: Clock) -> None:
    organisation_id = register.add_organisation(store, "Bageri", customer="customer", now=clock.now)
    admin_id = administrators.enter_administrator(
        store, organisation_id, name="Ditte Dam", email="ditte@example.org", language="da", now=clock.now
    )
    page = house.sign_in(house.tab(**DESK), admin_id)
    # The roster: one wrong row is told and nothing happens; corrected it is shown, then applied
    house.go(page, "/admin/people/import")
    wrong = [list(row) for row in ROSTER]
    wrong[3][5] = "99"
    upload(page, "personer.xlsx", workbook([HEAD, *wrong]))
    assert page.locator("#problem tbody td.number").inner_text() == "5"
    require_accessible(page)
    lines = [";".join(row) for row in (HEAD, *ROSTER)]
    upload(page, "personer.csv", "\n".join(lines).encode("utf-8-sig"))
    assert page.locator("main").inner_text().count("Nord 0") == 1
    require_accessible(page)
    press(page, say("Apply"))
    require_accessible(page)
    # A campaign on one page, with what respondents will read
    house.go(page, "/admin/campaigns/new")
    plan_the_campaign(page)
    press(page, say("Show who will see what"))
    assert "At tale om arbejdet" in page.locator("#preview").inner_text()
    require_accessible(page)
    press(page, say("Save as a draft"))
    wave = urlsplit(page.url).path
    require_accessible(page)
    # Tried by somebody who is thrown away
    press(page, say("Try it first"))
    require_accessible(page)
    with page.expect_popup() as popup:
        page.locator(".trials button").first.click()
    trial = popup.value
    trial.locator("main form .button").click()
    assert "At tale om arbejdet" in trial.locator("main").inner_text()
    require_accessible(trial)
    trial.close()
    # Opened; the worker gives everybody the questionnaires and writes the letters
    house.go(page, f"{wave}/open")
    press(page, say("Open it now"))
    house.work()
    house.go(page, wave)
    wave_id = wave.rpartition("/")[2]
    answer_for(house, wave_id, 10)
    # The day after: response by unit, a reminder to those who have not finished
    clock.advance(days=1, hours=1)
    house.sign_in(page, admin_id)
    house.go(page, f"{wave}/response")
    assert "Nord" in page.locator("main").inner_text()
    assert "Nord 0" not in page.locator("main").inner_text(), "units, never people"
    house.go(page, f"{wave}/remind")
    press(page, say("Send the reminder"))
    require_accessible(page)
    assert "/a/" in house.link("reminder", admin_id), "she has not rated those whom she leads"
    # Closed; the results are made; the next wave is a copy
    house.go(page, f"{wave}/close")
    press(page, say("Close it for good"))
    house.work()
    house.go(page, "/releases")
    page.locator("ul.tree a").first.click()
    assert re.search(r"/releases/\w+/\w+", page.url)
    require_accessible(page)
    house.go(page, wave)
    press(page, say("Start the next wave"))
    require_accessible(page)
    assert urlsplit(page.url).path != wave
    assert "At tale om arbejdet" in page.locator("main").inner_text()


# --- the employee ----------------------------------------------------------------------------------


def test_an_employee_from_the_letter_to_the_erasure(house: House, year: Year) -> None:
    amina = year.chain.people["Amina"]
    page = house.tab(**PHONE)
    # The letter, and its link
    text = house.letter("invitation", amina)
    assert "Amina" in text
    page.goto(house.link("invitation", amina))
    require_accessible(page)
    follow(page, page.locator("main form .button"))
    require_accessible(page)
    press(page, say("Start"))
    while "/page/" in page.url:
        answer_page(page)
        for remark in page.locator("textarea").all():
            remark.fill("Godt på vej")
        here = page.url
        press(page, say("Save and continue"))
        leave(page, here)
    page.locator("label[for=share-no]").tap()
    press(page, say("Submit my answers"))
    require_accessible(page)
    # Later, by a mailed link
    page = house.tab(**PHONE)
    house.go(page, "/sign-in")
    page.locator("#address").fill("Amina@Example.org")
    press(page, say("Send me a link"))
    require_accessible(page)
    house.work()
    page.goto(house.link("sign-in", amina))
    require_accessible(page)
    press(page, say("Sign in"))
    assert urlsplit(page.url).path == "/me"
    require_accessible(page)
    assert page.locator("#results ~ ul li").count() == 2, "last year's result and this one"
    follow(page, page.locator("#results ~ ul a").first)
    require_accessible(page)
    # Shares this wave's with the manager and a coach, and takes the coach back
    task = year.chain.task_id(year.second, "self", "Amina", "Amina")
    house.go(page, "/me/sharing")
    mine = page.locator(f"#profile-{task}")
    assert mine.locator("li").count() == 2
    for _ in range(2):
        follow(page, mine.locator("button[value=yes]").first)
    assert mine.locator("button[value=no]").count() == 2
    require_accessible(page)
    # Sees who has looked
    clerk = house.sign_in(house.tab(**PHONE), year.chain.people["Carl"])
    assert house.status(clerk, f"/coaching/profiles/{task}") == 200
    house.go(page, "/me/looks")
    assert "Carl" in page.locator(".looks").inner_text()
    # Takes everything home
    house.go(page, "/me/data")
    with page.expect_download() as download:
        press(page, say("Everything with your reports (ZIP)"))
    with zipfile.ZipFile(download.value.path()) as packed:
        names = packed.namelist()
        [told] = [json.loads(packed.read(name)) for name in names if name.endswith(".json")]
    assert len([name for name in names if name.endswith(".pdf")]) == 2
    assert "Amina" in json.dumps(told)
    assert "Anders" not in json.dumps(told), "nobody else's"
    # Asks for erasure
    house.go(page, "/me/erasure")
    page.locator("label[for=read]").tap()
    press(page, say("Ask for my data to be erased"))
    assert page.get_by_role("status").inner_text() == say(
        "Your wish is noted. Your organisation decides within a month."
    )
    require_accessible(page)


# --- the manager -----------------------------------------------------------------------------------


def test_a_manager_rates_sees_what_is_shared_and_the_own_units_results(house: House, year: Year) -> None:
    page = house.sign_in(house.tab(**PHONE), year.chain.people["Bo"])
    house.go(page, "/team")
    team = page.locator("section[aria-labelledby=to-rate]")
    assert team.locator("li").count() == 5
    # Rates one of them
    follow(page, page.get_by_role("button", name=f"{say('Start')}: Dorte", exact=True))
    require_accessible(page)
    press(page, say("Start"))
    while "/page/" in page.url:
        answer_page(page)
        here = page.url
        press(page, say("Save and continue"))
        leave(page, here)
    press(page, say("Submit my answers"))
    require_accessible(page)
    house.go(page, "/team")
    assert team.locator("li").count() == 4
    assert "Dorte" not in team.inner_text()
    # Sees Amina's profile, which is the only one shared
    shared = page.locator("section[aria-labelledby=shared] a")
    assert [one.inner_text().split("\n")[0] for one in shared.all()] == ["Amina"]
    follow(page, shared.first)
    assert "Amina" in page.locator("main").inner_text()
    require_accessible(page)
    unshared = year.chain.task_id(year.first, "self", "Anders", "Anders")
    assert house.status(page, f"/me/profiles/{unshared}") == 404
    # And the results of the own unit, not of others
    house.go(page, "/releases")
    assert page.locator("ul.tree a").all_inner_texts() == ["Baker Street"]
    follow(page, page.locator("ul.tree a").first)
    require_accessible(page)
    release = urlsplit(page.url).path.split("/")[2]
    assert house.status(page, f"/releases/{release}/{year.chain.units['South']}") == 404
    for path in ("/admin", "/coaching", "/representative"):
        assert house.status(page, path) == 404


# --- the coach -------------------------------------------------------------------------------------


def test_a_coach_sees_whoever_shares_for_as_long_as_they_do(house: House, year: Year) -> None:
    page = house.sign_in(house.tab(**PHONE), year.chain.people["Carl"])
    house.go(page, "/coaching")
    assert page.locator("main .caseload tbody th[scope=row]").all_inner_texts() == ["Amina"]
    follow(page, page.locator("main .caseload tbody th a"))
    require_accessible(page)
    follow(page, page.locator("main ul.rows a"))
    require_accessible(page)
    profile = urlsplit(page.url).path
    task = year.chain.task_id(year.first, "self", "Amina", "Amina")
    assert profile == f"/coaching/profiles/{task}"
    for name in ("Anders", "Bo"):
        other = year.chain.task_id(year.first, "self", name, name)
        assert house.status(page, f"/coaching/profiles/{other}") == 404
    # When Amina takes it back, it is gone at once
    sharing.decide_with(
        house.store, year.actor("Amina"), task, year.chain.people["Carl"], False, house.clock.now
    )
    assert house.status(page, profile) == 404
    require_accessible(page)
    house.go(page, "/coaching")
    assert page.locator("main .caseload").count() == 0
    for path in ("/admin", "/team", "/representative"):
        assert house.status(page, path) == 404


# --- the employees' representative -----------------------------------------------------------------


def test_a_representative_reads_what_is_asked_and_published_never_about_a_person(
    house: House, year: Year
) -> None:
    page = house.sign_in(house.tab(**PHONE), year.chain.people["Sara"])
    others = [name for name in year.chain.people if name != "Sara"]
    pages = ["/representative"]
    house.go(page, pages[0])
    assert page.locator("main ul.rows a").count() == 2
    pages.append(urlsplit(page.locator("main ul.rows a").first.get_attribute("href") or "").path)
    house.go(page, pages[-1])
    assert "To talk about the work." in page.locator("main").inner_text()
    pages.append(urlsplit(page.locator("main ul.rows a").first.get_attribute("href") or "").path)
    house.go(page, pages[-1])
    assert "skill-1" in page.locator("main").inner_text(), "every question, word by word"
    house.go(page, "/releases")
    assert page.locator("ul.tree a").count() > 1
    pages.append(urlsplit(page.locator("ul.tree a").first.get_attribute("href") or "").path)
    house.go(page, pages[-1])
    for path in pages:
        page.goto(house.address + path)
        text = page.locator("main").inner_text()
        assert [name for name in others if re.search(rf"\b{name}\b", text)] == []
    task = year.chain.task_id(year.first, "self", "Amina", "Amina")
    for path in ("/admin", "/team", "/coaching", f"/me/profiles/{task}", f"/coaching/profiles/{task}"):
        assert house.status(page, path) == 404
