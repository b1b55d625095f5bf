"""What an administrator sees and does: figures of closed waves, precision, norms; and what others may not."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from browsing import Page, Visitor
from crowd import Crowd, given
from leading import LedBakery
from small_organisation import Bakery

from assess.campaigns import waves
from assess.language.catalogue import LANGUAGE_NAMES
from assess.people import administrators, signing_in
from assess.web.language import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Clock
    from flask import Flask

    from assess.store import Store
    from questionnaires.definition import LanguageId


@pytest.fixture
def bakery(store: Store) -> Crowd:
    return Crowd(store)


@pytest.fixture
def sign_in(bakery: Crowd, app: Flask) -> Callable[..., Visitor]:
    """Bo, or whoever is named, signed in and on the administrators' first page, in English unless said
    otherwise."""

    def by_link(person_id: str = "", language: str = "English", button: str = "Sign in") -> Visitor:
        someone = Visitor(app)
        someone.open("/")
        someone.press(language)
        token = signing_in.mint(bakery.store, person_id or bakery.manager_id, bakery.now)
        someone.open(f"/sign-in/{token}")
        someone.press(button)
        someone.open("/admin/measures")
        return someone

    return by_link


def measures(bakery: Bakery, wave_id: str, perspective: str = "self") -> str:
    return f"/admin/measures/{wave_id}/{bakery.content_hash}/{perspective}"


def publishing(bakery: Bakery, what: str = "precision") -> str:
    return f"/admin/{what}/{bakery.content_hash}/self"


def wave_boxes(page: Page, button: str) -> list[str]:
    return page.form(button).choices.get("wave", [])


# --- the list --------------------------------------------------------------------------------------


def test_the_list_counts_sheets_and_names_nobody(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    bakery.answered_wave(39)
    bakery.answered_wave(9)
    open_wave = bakery.answered_wave(12, perspective="direct-report", closed=False)
    page = sign_in().page
    assert page.says("Tiny (en): Own answers 39", "Tiny (en): Own answers fewer than ten")
    assert page.says("Tiny (en): Direct reports’ answers shown after closing")
    assert measures(bakery, open_wave, "direct-report") in page.html
    assert not page.says("Amina")
    assert not page.says("Person ")


# --- how well it measures --------------------------------------------------------------------------


def test_the_page_begins_with_the_answer_in_words(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    wave_id = bakery.answered_wave(150)
    page = sign_in().open(measures(bakery, wave_id))
    assert page.status == 200
    assert page.says("It measures well here", "Made of 150 submitted questionnaires by 150 people.")
    assert page.text.index("It measures well here") < page.text.index("What to do next")
    assert page.text.index("What to do next") < page.text.index("How well the scales hang together")
    # Each figure has its n beside it, each part says what it is
    assert page.says("How often people are placed on the right side", "Of 100 people, about", "n = 150")
    sections = re.findall(r"<h2>", page.html.split("How well the scales hang together", 1)[1])
    assert page.text.count("What is this?") == len(sections), "all after the first but the downloads"
    # The bar says in its title what it shows, and marks what was assumed
    titles = re.findall(r"<title>(skill[^<]*)</title>", page.html)
    assert titles
    assert all("reliability 0." in title and "assumed so far 0.84" in title for title in titles)


@pytest.mark.parametrize(
    ("noise", "number", "verdict"),
    [
        (0.8, 150, "It measures well here"),
        (2.6, 150, "Usable with care"),
        (1.5, 12, "Too few answers to say"),
    ],
)
def test_the_verdict_goes_by_the_intervals(
    noise: float, number: int, verdict: str, bakery: Crowd, sign_in: Callable[..., Visitor]
) -> None:
    wave_id = bakery.answered_wave(number, answers=given(number, 5, noise=noise))
    assert sign_in().open(measures(bakery, wave_id)).says(verdict)


def test_a_weak_question_is_named_with_what_to_do(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    # Given two questions that went wrong: one keyed the wrong way round, one that a fifth left out
    answers = given(150, 5)
    answers[2] = 6 - answers[2]
    answers[4, :30] = 0
    wave_id = bakery.answered_wave(150, answers=answers)
    page = sign_in().open(measures(bakery, wave_id))
    weak = page.text.split("Questions to look at", 1)[1].split("Missing answers")[0]
    assert "I do skill-3 with … (en)" in weak
    assert "Its answers run against the other questions of the scale (-0." in weak
    assert "scored the wrong way round in the file" in weak
    assert "I do skill-5 with … (en)" in weak
    assert "20% did not answer it." in weak
    assert "will-" not in weak
    assert page.says("Of all answers, 2% are missing."), "30 of 1,800"


def test_of_a_few_people_nothing_is_said_that_holds_for_each(
    bakery: Crowd, sign_in: Callable[..., Visitor]
) -> None:
    # Given twelve sheets by six people, who all chose the same answer to one question
    answers = given(12, 5)
    answers[1] = 4
    wave_id = bakery.answered_wave(12, perspective="manager", answers=answers, respondents=6)
    page = sign_in().open(measures(bakery, wave_id, "manager"))
    assert page.says("Made of 12 submitted questionnaires by 6 people.")
    assert not page.says("Everybody gave the same answer.")


def test_flagged_sheets_are_told_as_rates_only(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    wave_id = bakery.answered_wave(60)
    page = sign_in().open(measures(bakery, wave_id))
    hasty = page.text.split("Hasty answers", 1)[1]
    assert "signs of hasty answering" in hasty
    assert "Person " not in page.text


@pytest.mark.parametrize(
    ("number", "closed", "words"),
    [(40, False, "The wave is still open."), (9, True, "Fewer than ten questionnaires have been submitted.")],
)
def test_without_figures_the_page_says_why_and_what_to_do(
    number: int, closed: bool, words: str, bakery: Crowd, sign_in: Callable[..., Visitor]
) -> None:
    address = measures(bakery, bakery.answered_wave(number, closed=closed))
    someone = sign_in()
    page = someone.open(address)
    assert page.status == 200
    assert page.says(words, "What to do next")
    assert not page.says("n =")
    assert someone.open(f"{address}/figures.csv").status == 404


@pytest.mark.parametrize("language", ["da", "sv"])
def test_the_page_speaks_three_languages(
    language: LanguageId, bakery: Crowd, sign_in: Callable[..., Visitor]
) -> None:
    say = words(language).gettext
    wave_id = bakery.answered_wave(60)
    page = sign_in(language=LANGUAGE_NAMES[language], button=say("Sign in")).open(measures(bakery, wave_id))
    assert page.says(say("How well does it measure here?"), say("What to do next"))
    assert re.search(r"0,\d\d", page.text), "a comma"
    assert not re.search(r"\b0\.\d\d", page.text)
    assert not page.says("reliability")


# --- files -----------------------------------------------------------------------------------------


def test_the_figures_can_be_taken_along(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    address = measures(bakery, bakery.answered_wave(60))
    someone = sign_in()
    whole = json.loads(someone.open(f"{address}/figures.json").content)
    assert [scale["id"] for scale in whole["reliability"]["scales"]] == ["skill", "will"]
    text = someone.open(f"{address}/figures.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    [alpha] = [row for row in rows if (row["scale"], row["figure"]) == ("skill", "alpha")]
    assert float(alpha["value"]) == whole["reliability"]["scales"][0]["alpha"], "unrounded"
    assert alpha["n"] == "60"
    assert float(alpha["low"]) < float(alpha["value"]) < float(alpha["high"])
    assert "attachment" in someone.page.response.headers["Content-Disposition"]
    assert someone.open(f"{address}/figures.xlsx").status == 404


@pytest.mark.parametrize("language", ["da", "sv"])
def test_tables_of_figures_open_in_the_excel_of_their_reader(
    language: LanguageId, bakery: Crowd, sign_in: Callable[..., Visitor]
) -> None:
    wave_id = bakery.answered_wave(210)
    someone = sign_in(language=LANGUAGE_NAMES[language], button=words(language).gettext("Sign in"))
    measured = someone.open(f"{measures(bakery, wave_id)}/figures.csv").content
    someone.open(f"{publishing(bakery, 'norms')}?wave={wave_id}")
    page = someone.press(words(language).gettext("Build norms"))
    [norms] = re.findall(r'href="(/admin/norms/[^"]*\.csv)"', page.html)
    for content, scale, column in (
        (measured, "skill", "value"),
        (someone.open(norms).content, "skill", "sten_se"),
    ):
        assert content.startswith(b"\xef\xbb\xbf"), "the mark by which Excel knows UTF-8"
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        [first, *_] = [row for row in rows if row["scale"] == scale and row[column]]
        assert re.fullmatch(r"-?\d+,\d{1,4}", first[column])


# --- precision -------------------------------------------------------------------------------------


def test_precision_is_published_after_reading_what_changes(
    bakery: Crowd, sign_in: Callable[..., Visitor]
) -> None:
    wave_id = bakery.answered_wave(120)
    someone = sign_in()
    page = someone.open(measures(bakery, wave_id))
    assert page.says("Use this precision for profiles")
    # When Bo looks at what would change, then nothing is published yet
    page = someone.open(f"{publishing(bakery)}?wave={wave_id}")
    assert page.says("What would change", "skill", "No interval becomes narrower, and no score changes.")
    assert page.says("Profiles that have been made stay as they are")
    assert someone.open("/admin/published").says("None. Profiles use the provisional precision")
    # When he does not say that he has read it, then it is asked for
    someone.open(f"{publishing(bakery)}?wave={wave_id}")
    page = someone.press("Publish")
    assert page.status == 422
    assert page.says("Say that you have read what changes")
    # When he does, then it stands in the list, with date, number and name
    page = someone.press("Publish", read="yes")
    assert page.path.startswith("/admin/published")
    assert page.says("2026-11-23, n = 120", "in use", "by Bo Ørsted")
    # And a profile made now names it; one made with it keeps it when it is withdrawn
    wave = bakery.wave(job_areas="chosen")
    bakery.finish_alone(wave, bakery.employee_id)
    page = someone.press("Withdraw this")
    assert page.says("Withdrawn. Profiles submitted from now on no longer use it", "withdrawn")
    assert not page.says("in use")


def test_a_profile_names_the_precision_that_it_was_made_with(
    bakery: Crowd, sign_in: Callable[..., Visitor], enter: Callable[[str], Visitor]
) -> None:
    def finished() -> Visitor:
        task = bakery.assign(bakery.wave(job_areas="chosen"), areas=0)
        bakery.finish(bakery.enter(task))
        return enter(task)

    before = finished()
    assert before.open("/answer/profile").says("The precision is provisional: an estimate by the authors")
    someone = sign_in()
    someone.open(f"{publishing(bakery)}?wave={bakery.answered_wave(120, answers=given(120, 5, noise=2.0))}")
    someone.press("Publish", read="yes")
    after = finished().open("/answer/profile")
    assert after.says("The precision rests on answers from this organisation", "record 2026-11-23, n = 120")
    assert before.open("/answer/profile").says("The precision is provisional: an estimate by the authors")


def test_too_few_sheets_are_refused_in_words(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    wave_id = bakery.answered_wave(39)
    someone = sign_in()
    assert not someone.open(measures(bakery, wave_id)).says("Use this precision for profiles")
    page = someone.open(f"{publishing(bakery)}?wave={wave_id}")
    assert page.says("It takes at least 100 submitted questionnaires; the chosen waves have 39.")
    page = someone.post(publishing(bakery), {"csrf_token": someone.token, "wave": wave_id, "read": "yes"})
    assert page.status == 422
    assert page.says("It takes at least 100 submitted questionnaires; the chosen waves have 39.")
    assert someone.open(f"{publishing(bakery)}?go=1").says("Choose at least one wave.")


def test_waves_are_put_together_and_an_open_one_cannot_be_chosen(
    bakery: Crowd, sign_in: Callable[..., Visitor]
) -> None:
    first, second = bakery.answered_wave(60), bakery.answered_wave(60, skip=60)
    still_open = bakery.answered_wave(60, skip=120, closed=False)
    someone = sign_in()
    page = someone.open(publishing(bakery))
    assert set(wave_boxes(page, "Show what would change")) == {first, second}
    page = someone.open(f"{publishing(bakery)}?wave={first}&wave={second}")
    assert page.says("Made of 120 submitted questionnaires by 120 people.")
    page = someone.open(f"{publishing(bakery)}?wave={first}&wave={still_open}")
    assert page.says("This cannot be published", "Autumn: The wave is still open.")


# --- norms -----------------------------------------------------------------------------------------


def test_norms_are_built_listed_and_downloaded(
    bakery: Crowd, sign_in: Callable[..., Visitor], clock: Clock
) -> None:
    wave_id = bakery.answered_wave(210)
    someone = sign_in()
    someone.open(f"{publishing(bakery, 'norms')}?wave={wave_id}")
    page = someone.press("Build norms")
    assert page.says("The norms are built.", "version 1", "210 people", "by Bo Ørsted")
    clock.advance(minutes=1)
    someone.open(publishing(bakery, "norms"))
    page = someone.press("Build norms", wave=wave_id, smooth="yes")
    assert page.says("version 2", "210 people, smoothed")
    [newest, *_] = re.findall(r'href="(/admin/norms/[^"]*\.csv)"', page.html)
    rows = list(csv.DictReader(io.StringIO(someone.open(newest).content.decode("utf-8-sig"))))
    skill = [row for row in rows if row["scale"] == "skill"]
    shares = [float(row["percentile"]) for row in skill]
    assert shares == sorted(shares)
    assert {row["n"] for row in skill} == {"210"}
    assert json.loads(someone.open(newest.replace(".csv", ".json")).content)["smoothed"] is True


def test_norms_of_too_few_are_refused_in_words(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    wave_id = bakery.answered_wave(39)
    someone = sign_in()
    someone.open(f"{publishing(bakery, 'norms')}?wave={wave_id}")
    page = someone.press("Build norms")
    assert page.status == 422
    assert page.says("at least 200 people; the chosen waves have 39.")
    page = someone.press("Build norms", wave=None)
    assert page.says("Choose at least one wave.")


# --- whose it is -----------------------------------------------------------------------------------


def test_another_organisation_is_not_there(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    # Given two organisations with the same questionnaire, and what one has published
    wave_id = bakery.answered_wave(210)
    someone = sign_in()
    someone.open(f"{publishing(bakery)}?wave={wave_id}")
    page = someone.press("Publish", read="yes")
    [withdraw] = re.findall(r'action="(/admin/precision/[^"]*/withdraw)"', page.html)
    someone.open(f"{publishing(bakery, 'norms')}?wave={wave_id}")
    [norms] = re.findall(r'href="(/admin/norms/[^"]*\.csv)"', someone.press("Build norms").html)
    other = Crowd(bakery.store)
    assert other.content_hash == bakery.content_hash
    other.answered_wave(20)
    # When the administrator of the other asks for them, then none of it is there
    stranger = sign_in(other.manager_id)
    assert not stranger.page.says("210")
    token = {"csrf_token": stranger.token}
    for path in (measures(bakery, wave_id), f"{measures(bakery, wave_id)}/figures.json", norms):
        assert stranger.open(path).status == 404, path
    assert stranger.open(f"{publishing(bakery)}?wave={wave_id}").status == 404
    for path, form in (
        (publishing(bakery), {"wave": wave_id, "read": "yes"}),
        (publishing(bakery, "norms"), {"wave": wave_id}),
        (withdraw, {}),
    ):
        assert stranger.post(path, token | form).status == 404, path
    assert stranger.open("/admin/published").says("None. Profiles use the provisional precision")
    assert someone.open("/admin/published").says("in use")


def test_who_administers_nothing_finds_nothing(bakery: Crowd, sign_in: Callable[..., Visitor]) -> None:
    wave_id = bakery.answered_wave(39)
    someone = sign_in(bakery.employee_id)
    for path in (
        "/admin",
        "/admin/measures",
        "/admin/published",
        measures(bakery, wave_id),
        publishing(bakery),
    ):
        assert someone.open(path).status == 404, path


@pytest.mark.parametrize(
    "path", ["/admin/measures/x/y/self", "/admin/precision/x/nobody", "/admin/norms/x/y"]
)
def test_what_was_never_asked_is_not_there(path: str, sign_in: Callable[..., Visitor]) -> None:
    assert sign_in().open(path).status == 404


def test_situations_have_no_reliability(store: Store, app: Flask) -> None:
    # Given a closed wave about leadership style, and its administrator
    led = LedBakery(store)
    administrators.grant(store, led.manager_id, led.now)
    wave_id = led.wave()
    led.assign_leader(wave_id)
    waves.close_wave(store, wave_id)
    someone = Visitor(app)
    someone.open("/")
    someone.press("English")
    someone.open(f"/sign-in/{signing_in.mint(store, led.manager_id, led.now)}")
    someone.press("Sign in")
    assert someone.open("/admin/measures").says("fewer than ten")
    assert someone.open(measures(led, wave_id)).says("Fewer than ten questionnaires have been submitted.")
