"""A campaign through the administrator's pages: built, tried, opened, watched, reminded, closed, repeated."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from browsing import Page, Visitor
from small_organisation import Bakery

from assess import jobs
from assess.campaigns.response import GroupResponse, UnitResponse
from assess.people import administrators, register, signing_in
from assess.rights import in_words, notice
from assess.rights.terms import Terms
from assess.web.admin.response import _line
from questionnaires import library
from questionnaires.definition import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings

JOB_MATURITY = library.load_all(()).definitions["job-maturity"]
SELF = f"{content_hash(JOB_MATURITY)}:self"
MANAGER = f"{content_hash(JOB_MATURITY)}:manager"
PURPOSE = "So that talks about the work start from how each of us sees it"
COMPLETE = {
    "name": "Autumn round",
    "asked": [SELF, MANAGER],
    "closes-on": "2026-12-07",
    "closes-time": "18:00",
    "purpose": PURPOSE,
    "legal-basis": "legitimate-interest",
    "delete-on": "2027-12-31",
    "discussed-on": "2026-11-02",
}
NEW = "/admin/campaigns/new"


@pytest.fixture
def shop(bakery: Bakery) -> Bakery:
    """The bakery of Bo, who leads and administers it, with seven people."""
    register.join_unit(bakery.store, bakery.manager_id, bakery.unit_id, role="leader", now=bakery.now)
    administrators.grant(bakery.store, bakery.manager_id, bakery.now)
    for place in range(5):
        bakery.add_person(f"Person{place}", f"Person{place} Person", "da", f"2{place}")
    return bakery


@pytest.fixture
def sign_in(app: Flask, clock: Clock) -> Callable[..., Visitor]:
    def by_link(bakery: Bakery, language: str = "English", person_id: str = "") -> Visitor:
        someone = Visitor(app)
        someone.open("/")
        someone.press(language)
        token = signing_in.mint(bakery.store, person_id or bakery.manager_id, clock.now)
        someone.open(f"/sign-in/{token}")
        someone.press("Sign in" if language == "English" else "Log ind")
        return someone

    return by_link


@pytest.fixture
def admin(shop: Bakery, sign_in: Callable[..., Visitor]) -> Visitor:
    return sign_in(shop)


@pytest.fixture
def work(shop: Bakery, settings: Settings, clock: Clock) -> Callable[[], None]:
    """What the worker does until nothing is left that is due."""

    def until_done() -> None:
        place = jobs.Workplace(shop.store, settings, clock)
        while jobs.run_due(place):
            pass

    return until_done


def send(
    admin: Visitor, path: str = NEW, button: str = "Save as a draft", **changes: str | list[str] | None
) -> Page:
    """Fills in the form of a page with a complete plan and `changes` (`closes_on` for `closes-on`; None
    leaves a field away), and presses a button."""
    form = admin.open(path).form(button)
    values = {**COMPLETE, **{name.replace("_", "-"): value for name, value in changes.items()}}
    pairs = [(name, value) for name, value in form.fields if name not in values]
    for name, value in values.items():
        pairs += [(name, one) for one in ([value] if isinstance(value, str) else value or [])]
    return admin.post(path, [*pairs, form.buttons[button]])


def plan_of(page: Page) -> str:
    """The address of the plan of the wave whose page this is."""
    return f"{page.path.split('?')[0]}/plan"


def faults_of(page: Page) -> list[tuple[str, str]]:
    """The links of the error summary: the field and what is said of it."""
    summary = page.html.partition('id="problem"')[2].partition("</div>")[0]
    return re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)


def test_the_overview_tells_which_waves_there_are_and_how_far(
    shop: Bakery, admin: Visitor, work: Callable[[], None]
) -> None:
    wave = send(admin).path.split("?")[0]
    assert admin.open("/admin").says("Being prepared", "Autumn round", "Draft")
    admin.open(f"{wave}/open")
    admin.press("Open it now")
    work()
    page = admin.open("/admin")
    assert page.says("Open now", "Open until 7 December 2026, 18:00", "0 of 7 have finished")
    assert f'href="{wave}/response"' in page.html
    assert not page.says("Being prepared")


# --- the whole way ---------------------------------------------------------------------------------


def test_a_campaign_from_the_first_draft_to_the_next_wave(
    shop: Bakery, admin: Visitor, app: Flask, clock: Clock, work: Callable[[], None]
) -> None:
    # Built
    assert admin.open("/admin/campaigns").says("There are no campaigns yet.")
    page = send(admin)
    assert page.status == 200
    assert page.says("Saved.", "Draft", "Autumn round", "7 December 2026, 18:00")
    wave = page.path.split("?")[0]
    # Tried by people who are thrown away, each perspective
    page = admin.press("Try it first")
    assert page.says("Being tried", "throw-away respondents", "Test employee", "Test leader")
    page = admin.press("Show links to pass on")
    links = re.findall(r"http://127\.0\.0\.1:8000(/a/[\w-]{43})", page.html)
    assert len(links) == 2
    someone = Visitor(app)
    someone.open(links[0])
    someone.press("English")
    someone.open(links[0])
    button = next(iter(someone.page.forms[-1].buttons))
    assert button in {"Continue as Test employee", "Continue as Test leader"}
    assert someone.press(button).says(PURPOSE, "31 December 2027")
    # Opened, after a page that says what will happen
    page = admin.open(f"{wave}/open")
    assert page.says("7 people get a letter with a link.", "13 questionnaires are given.")
    assert page.says("The test respondents are deleted with all their answers.")
    page = admin.press("Open it now")
    assert page.says("Open until 7 December 2026, 18:00", "0 of 13 questionnaires have been given")
    work()
    page = admin.open(wave)
    assert not page.says("Being opened")
    assert Visitor(app).open(links[0]).status == 404, "the trial is gone"
    # Watched: counts of the unit, nobody's name
    page = admin.open(f"{wave}/response")
    assert page.says("Butik Nord 7 0 0%")
    assert not page.says("Amina")
    # Reminded, one letter a day for each
    clock.advance(hours=26)
    admin = again(admin, shop, clock)
    admin.open(f"{wave}/remind")
    assert admin.press("Send the reminder").says("7 reminders are on their way.")
    admin.open(f"{wave}/remind")
    assert admin.press("Send the reminder").says("0 reminders are on their way.")
    # Closed, put away, and the next one with the same plan
    assert admin.open(f"{wave}/close").says("The figures are frozen", "led to the next wave")
    assert admin.press("Close it for good").says("Closed 24 November 2026, 15:00")
    assert admin.open(f"{wave}/plan").says("That is not possible any more", "Closed 24 November 2026")
    page = admin.open(wave)
    page = admin.press("Start the next wave")
    assert page.says("wave 2", "2 things are missing before it can open", PURPOSE)
    admin.open(wave)
    assert admin.press("Archive").says("Archived.", "To the next wave")
    assert admin.open("/admin/campaigns").says("Wave 2 Autumn round Draft", "Wave 1 Autumn round Archived")


def again(admin: Visitor, shop: Bakery, clock: Clock) -> Visitor:
    """Signs in once more: the session has ended meanwhile."""
    admin.open(f"/sign-in/{signing_in.mint(shop.store, shop.manager_id, clock.now)}")
    admin.press("Sign in")
    return admin


def test_a_button_that_is_pressed_twice_does_it_once(admin: Visitor, work: Callable[[], None]) -> None:
    wave = send(admin).path.split("?")[0]
    token = {"csrf_token": admin.token}
    assert admin.post(f"{wave}/open", token).says("Opened.")
    assert admin.post(f"{wave}/open", token).says("That is not possible any more", "Open until")
    work()
    # Nor can what belongs to another state be done by its address
    for path in ("/test", "/testers", "/test/stop", "/call-back", "/archive", "/links"):
        page = admin.post(wave + path, token)
        assert page.says("That is not possible any more", "Open until"), path


def test_a_wave_that_waits_can_be_called_back(admin: Visitor) -> None:
    page = send(admin, opens_on="2026-11-30", opens_time="08:00")
    wave = page.path.split("?")[0]
    assert admin.open(f"{wave}/open").says("It opens by itself at the opening time: 30 November 2026, 08:00.")
    assert admin.press("Let it open at that time").says("Opens 30 November 2026, 08:00")
    assert admin.press("Call it back to a draft").says("Called back. It is a draft again.", "Draft")


def test_the_closing_time_of_an_open_wave_can_be_moved(admin: Visitor) -> None:
    wave = send(admin).path.split("?")[0]
    admin.open(f"{wave}/open")
    admin.press("Open it now")
    page = admin.press("Move the closing", closes_on="2026-12-14", closes_time="12:00")
    assert page.says("The closing time has been moved.", "Open until 14 December 2026, 12:00")
    page = admin.press("Move the closing", closes_on="2026-11-01")
    assert page.status == 422
    assert page.says("The closing time is over: choose a later one", "Open until 14 December 2026")
    assert page.form("Move the closing").data["closes-on"] == "2026-11-01"
    page = admin.press("Move the closing", closes_on="later")
    assert page.says("Write a day like 2026-11-30 or 30.11.2026, and a time like 18:00")
    page = admin.press("Move the closing", closes_on="2028-01-01")
    assert page.says("The answers can be deleted only after the closing")


def test_of_confidential_answers_only_rough_steps_are_shown(
    shop: Bakery, admin: Visitor, work: Callable[[], None]
) -> None:
    style = library.load_all(()).definitions["leadership-style"]
    wave = send(admin, asked=[f"{content_hash(style)}:direct-report"]).path.split("?")[0]
    admin.open(f"{wave}/open")
    admin.press("Open it now")
    work()
    page = admin.open(f"{wave}/response")
    assert page.says("Butik Nord 6 – 0–50%", "a number that grows by one would tell who has just answered")


# --- what is missing, what is wrong -----------------------------------------------------------------


def test_a_draft_may_be_incomplete_and_says_what_it_needs(admin: Visitor) -> None:
    page = send(
        admin,
        asked=None,
        closes_on=None,
        purpose=None,
        legal_basis=None,
        delete_on=None,
        discussed_on=None,
    )
    assert page.says("6 things are missing before it can open", "It cannot open without")
    plan = plan_of(page)
    # Each is a link to its field, and the field is there
    links = re.findall(rf'<a href="{plan}#([\w-]+)">', page.html)
    assert links == ["asked", "closes-on", "purpose", "legal-basis", "delete-on", "discussed-on"]
    html = admin.open(plan).html
    assert [place for place in links if f'id="{place}"' not in html] == []
    assert "Open it …" not in page.text


def test_without_the_discussion_it_does_not_open_whatever_is_sent(admin: Visitor, shop: Bakery) -> None:
    page = send(admin, discussed_on=None)
    wave = page.path.split("?")[0]
    assert page.says("One thing is missing before it can open")
    page = admin.post(f"{wave}/open", {"csrf_token": admin.token})
    assert page.status == 422
    assert page.says("Draft", "It cannot open without")
    # Nor with a discussion that is yet to come
    page = send(admin, f"{wave}/plan", discussed_on="2026-12-01")
    assert page.says("has not taken place yet")
    page = send(admin, f"{wave}/plan", discussed_on="2026-11-23")
    assert admin.open(f"{wave}/open").says("Open it?")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Give the campaign a name"),
        ("name", "x" * 101, "Shorten this to at most 100 characters; it has 101"),
        ("least", "3", "Write a whole number between 4 and 1000"),
        ("least", "five", "Write a whole number between 4 and 1000"),
        ("max-job-areas", "0", "Write a whole number between 1 and 9"),
        ("reminders", "seven", "Write the days before closing as whole numbers, like 7, 2"),
        ("reminders", "9,8,7,6,5,4", "Plan at most 5 reminders"),
        ("closes-on", "31.11.2026", "Write the day like 2026-11-30 or 30.11.2026"),
        ("closes-time", "25:00", "Write the time like 08:00"),
        ("opens-on", "2026-12-24", "The closing time must be after the opening time"),
        ("delete-on", "soon", "Write the day like 2026-11-30 or 30.11.2026"),
        ("discussed-on", "0099-01-01", "Write the day like 2026-11-30 or 30.11.2026"),
        ("purpose", "<b>" * 400, "Shorten this to at most 1000 characters; it has 1200"),
        ("asked", "nothing:self", "Choose questionnaires from the list"),
        ("unit", "nowhere", "A unit has been closed since this page was opened."),
        ("languages", "", "Choose at least one language"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_nothing_typed_is_lost(
    field: str, value: str, says: str, admin: Visitor
) -> None:
    page = send(admin, **{field: value, **({"scope": "units"} if field == "unit" else {})})
    assert page.status == 422
    assert page.title.startswith("Problem:")
    [(place, text)] = faults_of(page)
    assert says in text
    assert f'id="{place}"' in page.html
    assert admin.open("/admin/campaigns").says("There are no campaigns yet."), "nothing is stored"
    form = page.form("Save as a draft")
    if field not in {"asked", "unit", "languages"}:
        assert form.data[field] == value
    kept = {name: form.data[name] for name in ("name", "purpose", "delete-on") if name != field}
    assert kept == {name: COMPLETE[name] for name in kept}


def test_a_time_that_the_clocks_leap_over_is_told(admin: Visitor) -> None:
    page = send(admin, closes_on="2027-03-28", closes_time="02:30")
    assert page.status == 422
    assert faults_of(page) == [
        ("closes-time", "This time does not exist: the clocks go forward in that night. Choose another one")
    ]


def test_times_are_those_of_the_organisation_on_both_sides_of_the_clock_change(admin: Visitor) -> None:
    page = send(admin, opens_on="2027-03-27", opens_time="08:00", closes_on="28.03.2027", closes_time="08.00")
    assert page.says("27 March 2027, 08:00", "28 March 2027, 08:00")
    form = admin.open(plan_of(page)).form("Save as a draft")
    assert (form.data["opens-on"], form.data["opens-time"]) == ("2027-03-27", "08:00")
    assert (form.data["closes-on"], form.data["closes-time"]) == ("2027-03-28", "08:00")


def test_a_session_that_ends_meanwhile_loses_nothing_that_was_typed(
    admin: Visitor, shop: Bakery, clock: Clock
) -> None:
    form = admin.open(NEW).form("Save as a draft")
    form.set("name", "Typed for an hour")
    clock.advance(minutes=46)
    page = admin.post(NEW, [*form.fields, ("asked", SELF), ("asked", MANAGER), ("go", "save")])
    assert page.status == 401
    assert page.says("What you typed is kept on this page.")
    again(admin, shop, clock)
    admin.page = page
    page = admin.press("Try again")
    assert page.says(
        "Saved.", "Typed for an hour", "Everybody about themselves, The nearest leader about each"
    )


# --- who will see what -------------------------------------------------------------------------------


def test_the_preview_is_what_each_respondent_reads_in_each_language(admin: Visitor) -> None:
    page = send(admin, button="Show who will see what", least="7")
    assert page.status == 200
    assert page.says("Nothing is saved yet.")
    terms = Terms(
        least=7,
        purpose=PURPOSE,
        legal_basis="legitimate-interest",
        delete_on=date(2027, 12, 31),
        discussed_on=date(2026, 11, 2),
    )
    for perspective in ("self", "manager"):
        for language in ("da", "sv", "en"):
            for statement in notice(JOB_MATURITY, perspective, terms):
                assert in_words(statement, language) in page.text, (perspective, language)
    assert admin.open("/admin/campaigns").says("There are no campaigns yet.")


def test_the_page_of_a_wave_shows_the_notice_of_the_welcome_page(
    shop: Bakery, admin: Visitor, app: Flask
) -> None:
    page = send(admin, asked=[SELF])
    before = _statements(page.html)
    admin.press("Try it first")
    [link] = re.findall(r"(/a/[\w-]{43})", admin.press("Show links to pass on").html)
    someone = Visitor(app)
    someone.open("/")
    someone.press("English")
    someone.open(link)
    welcome = someone.press("Continue as Test employee")
    assert _statements(welcome.html) == before
    assert len(before) > 4


def _statements(html: str) -> list[str]:
    """The first list of statements of a page, as it stands there."""
    part = html.partition('<ul class="statements">')[2].partition("</ul>")[0]
    return re.findall(r"<li>(.*?)</li>", part, re.S)


# --- units ----------------------------------------------------------------------------------------------


def test_only_the_ticked_units_are_asked_with_what_is_beneath(shop: Bakery, admin: Visitor) -> None:
    south = register.add_unit(shop.store, shop.organisation_id, "Butik Syd", parent_id=None, now=shop.now)
    oven = register.add_unit(shop.store, shop.organisation_id, "Ovn <b>", parent_id=south, now=shop.now)
    page = send(admin, scope="units", unit=[oven, south], asked=[SELF])
    assert page.says("Units Butik Syd")
    assert not page.says("Ovn"), "it is in the unit above"
    page = admin.open(f"{page.path.split('?')[0]}/open")
    assert page.says("Nobody belongs to the chosen units")
    form = admin.open(plan_of(page).replace("/open", "")).form("Save as a draft")
    assert [value for name, value in form.fields if name == "unit"] == [south]


def test_a_tree_of_two_thousand_units_is_folded_and_can_be_sent(shop: Bakery, admin: Visitor) -> None:
    with shop.store.write() as q:
        for place in range(2000):
            q.add_unit(
                id=f"u{place:024}",
                organisation_id=shop.organisation_id,
                parent_id=shop.unit_id if place < 40 else f"u{place % 40:024}",
                name=f"Unit {place}",
            )
    page = admin.open(NEW)
    assert page.html.count('name="unit"') == 2001
    assert page.html.count("<details open>") == 1, "only what is beneath the root is unfolded"
    every = [f"u{place:024}" for place in range(2000)]
    page = send(admin, scope="units", unit=every)
    assert page.says("Saved.")
    assert page.text.count("Rugbrød & Co. / ") == 0
    assert page.says("Butik Nord / Unit 39")


# --- others ------------------------------------------------------------------------------------------------


def test_what_belongs_to_another_organisation_does_not_exist(
    shop: Bakery, admin: Visitor, sign_in: Callable[..., Visitor]
) -> None:
    wave = send(admin).path.split("?")[0]
    other = Bakery(shop.store, definition=shop.definition)
    administrators.grant(shop.store, other.manager_id, shop.now)
    stranger = sign_in(other, person_id=other.manager_id)
    token = {"csrf_token": stranger.open(NEW).form("Save as a draft").data["csrf_token"]}
    for path in ("", "/plan", "/open", "/response", "/remind", "/close"):
        assert stranger.open(wave + path).status == 404, path
    for path in ("/plan", "/open", "/call-back", "/closing", "/remind", "/close", "/archive", "/next"):
        assert stranger.post(wave + path, token).status == 404, path
    for path in ("/test", "/testers", "/test/stop", "/links", "/try/nothing"):
        assert stranger.post(wave + path, token).status == 404, path
    assert admin.open(wave).says("Draft")


def test_whoever_does_not_administer_has_no_such_pages(shop: Bakery, sign_in: Callable[..., Visitor]) -> None:
    amina = sign_in(shop, person_id=shop.employee_id)
    assert amina.open("/admin/campaigns").status == 404
    assert amina.open(NEW).status == 404


# --- in Danish ---------------------------------------------------------------------------------------------


def test_a_danish_administrator_reads_danish_dates(shop: Bakery, sign_in: Callable[..., Visitor]) -> None:
    visitor = sign_in(shop, "Dansk")
    page = send(visitor, button="Gem som kladde")
    assert page.says("Gemt.", "Kladde", "7. december 2026 kl. 18.00", "31. december 2027")


@pytest.mark.parametrize(
    ("units", "invited", "told"),
    [
        (
            ("Baker Street", "Canal Street"),
            12,
            ("12", "3", "25%", "without 1 person who is counted elsewhere"),
        ),
        (("Baker Street", "Canal Street", "South"), 15, ("13", "–", "–", "not shown alone")),
    ],
)
def test_a_unit_whose_leader_is_counted_elsewhere_shows_the_units_beneath(
    app: Flask, units: tuple[str, ...], invited: int, told: tuple[str, ...]
) -> None:
    above = {"South": ("Head",)}
    paths = tuple((*above.get(name, ("Head", "North")), name) for name in units)
    north = UnitResponse(
        "north", ("Head", "North"), 1, 13, None, None, GroupResponse(paths, invited, 3, None)
    )
    with app.test_request_context(headers={"Accept-Language": "en"}):
        line = _line(north, 5)
    assert (line.asked, line.finished, line.share, line.note) == told
