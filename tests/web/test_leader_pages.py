"""A leader's result: the page and the report, and that nothing of direct reports' answers is in either."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Page, Visitor
from leading import LEVELS, STYLES, LedBakery, leading
from pypdf import PdfReader

from assess.answering import sheets
from assess.answering.types import Given
from assess.campaigns import waves
from assess.jobs import Workplace, run_due
from assess.store import Store
from questionnaires.definition import LanguageId, StyleId
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask

    from assess.settings import Settings

Enter = Callable[..., Visitor]
CELL = re.compile(r'<td class="heat-cell depth-(\d+)( heat-fits)?">(\d+)')


@pytest.fixture
def bakery(store: Store) -> LedBakery:
    return LedBakery(store)


def level_of(item_id: str) -> int:
    """0…3 for M1…M4: the situations call for them in turn."""
    return (int(item_id.removeprefix("situation-")) - 1) % len(LEVELS)


def fitting(bakery: LedBakery) -> Callable[[str], int]:
    """Always the action that fits best."""
    return lambda item: bakery.style(item, STYLES[level_of(item)])


def always(bakery: LedBakery, style: StyleId) -> Callable[[str], int]:
    return lambda item: bakery.style(item, style)


@pytest.fixture
def wave(bakery: LedBakery) -> str:
    return bakery.wave()


@pytest.fixture
def led(bakery: LedBakery, wave: str, enter: Enter) -> Visitor:
    """Bo, whose choices all fit, on his result."""
    task = bakery.assign_leader(wave)
    bakery.choose_and_submit(task, fitting(bakery))
    return enter(task)


# --- the page --------------------------------------------------------------------------------------


def test_the_own_pages_lead_to_the_own_report(
    bakery: LedBakery, wave: str, signed_in: Callable[[str], Visitor]
) -> None:
    task = bakery.assign_leader(wave)
    bakery.choose_and_submit(task, fitting(bakery))
    page = signed_in(bakery.manager_id).open(f"/me/profiles/{task}")
    assert f'href="/me/profiles/{task}/report.pdf"' in page.html
    assert "/answer/profile.pdf" not in page.html


def test_from_the_link_through_twenty_pages_to_the_result_and_the_report(
    bakery: LedBakery, wave: str, enter: Enter
) -> None:
    # Given a leader on the welcome page
    someone = enter(bakery.assign_leader(wave))
    start = re.search(r'class="button" href="(/answer/[^"]+)"', someone.page.html)
    assert start is not None
    someone.open(start[1])
    # When every situation is answered on its page, with what fits best
    pages = 0
    choose = fitting(bakery)
    while "/page/" in someone.page.path:
        pages += 1
        assert f"Situation {pages} of 20" in someone.page.title
        (name,) = {n for form in someone.page.forms for n in form.choices if n.startswith("answer-")}
        position = choose(name.removeprefix("answer-"))
        someone.press("Save and continue", **{name.replace("-", "_"): str(position)})
    assert pages == 20
    assert someone.page.says("Check your answers")
    # And submitted
    page = someone.press("Submit my answers")
    # Then the result is there at once
    assert page.path.startswith("/answer/profile")
    assert page.says("Thank you. Your answers have been submitted.", "Thank you for thinking along (en)")
    assert someone.open("/answer/profile.pdf").response.mimetype == "application/pdf"


def test_the_link_of_a_leader_who_has_finished_leads_to_the_result(led: Visitor) -> None:
    assert led.page.path == "/answer/profile"
    assert led.page.html.count("<h1") == 1


def test_the_result_shows_the_charts_with_their_findings_and_the_numbers_beside(led: Visitor) -> None:
    page = led.page
    for chart in ("chart-styles", "chart-plane"):
        title = re.search(rf'class="chart {chart}"[^>]*><title>([^<]+)</title>', page.html)
        assert title is not None, chart
        assert re.search(r"\d", title[1]), "the finding says its numbers"
    # All fit: five of each style, flexibility 30 of 30, effectiveness 80 of 80
    assert page.says("Style S1 (en)", "Style S4 (en)", "25%", "30", "80")


def test_the_table_is_a_table_whose_numbers_always_stand(led: Visitor) -> None:
    cells = CELL.findall(led.page.html)
    counts = [int(count) for _, _, count in cells]
    # Then the sixteen fields hold the five situations of each level on the diagonal
    assert counts == [5 if row == column else 0 for row in range(4) for column in range(4)]
    assert [bool(fits) for _, fits, _ in cells] == [row == column for row in range(4) for column in range(4)]
    assert {(depth, count) for depth, _, count in cells} == {("10", "5"), ("0", "0")}
    heat = led.page.html.split('<table class="heat">')[1].split("</table>")[0]
    assert heat.count('scope="row"') == heat.count('scope="col"') - 1 == 4


def test_a_leader_of_one_style_sees_where_choice_and_call_differed(
    bakery: LedBakery, wave: str, enter: Enter
) -> None:
    task = bakery.assign_leader(wave)
    bakery.choose_and_submit(task, always(bakery, "S2"))
    page = enter(task).page
    # Always S2: 20 of 20, flexibility 0, effectiveness 60, and shuffled choices would do exactly as well
    counts = [int(count) for _, _, count in CELL.findall(page.html)]
    assert counts == [0, 5, 0, 0] * 4
    assert page.says("Effectiveness Range 20–80 60", "60.0 ≥ 60: over 99%")
    contrasts = page.html.split('<ol class="contrasts">')[1].split("</ol>")[0]
    assert contrasts.count("<li") == 5
    assert "In situation 4 Eva" in contrasts, "M4 called for S4: two points away, first in the file"


def test_without_a_rated_employee_the_match_says_why_nobody_stands_there(led: Visitor) -> None:
    assert led.page.says("There is nobody here yet.")


def test_there_is_no_decision_about_sharing_where_nobody_could_see_it(led: Visitor) -> None:
    assert not led.page.says("Who sees your profile")
    assert "Share my profile" not in led.page.html


def test_the_calculation_goes_down_to_single_choices(led: Visitor) -> None:
    assert led.page.says("How was this calculated?")
    for number in range(1, 21):
        assert led.page.says(f"{number}. In situation {number} Eva")


@pytest.mark.parametrize(("language", "button"), [("da", "Dansk"), ("sv", "Svenska"), ("en", "English")])
def test_page_and_report_are_in_the_language_that_is_chosen(
    led: Visitor, bakery: LedBakery, language: LanguageId, button: str
) -> None:
    page = led.press(button)
    assert page.language == language
    assert page.path == "/answer/profile"
    assert page.says(f"Style S1 ({language})", "In situation 1 Eva")
    answer = led.open(f"/answer/profile.pdf?language={language}")
    assert answer.response.mimetype == "application/pdf"
    pdf = PdfReader(BytesIO(answer.content))
    assert pdf.trailer["/Root"]["/Lang"][:2] == language  # type: ignore[index]
    name = f"Leading ({language}) Bo {bakery.now:%Y-%m-%d}.pdf"
    assert answer.response.headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert "Expires" not in answer.response.headers


def test_with_too_few_situations_answered_the_page_says_so_and_shows_no_result(
    store: Store, enter: Enter
) -> None:
    # Given situations that may be left out, and a leader who answers fifteen of twenty
    from msgspec import structs

    optional = tuple(structs.replace(item, optional=True) for item in leading().questionnaire.items)
    few = LedBakery(store, definition=leading(items=optional))
    task = few.assign_leader(few.wave())
    session = few.enter(task)
    sheet = few.task(session).sheets[0].sheet_id
    given = {f"situation-{number}": Given(position=1) for number in range(1, 16)}
    sheets.save(store, session, sheet, given, few.now)
    sheets.submit(store, session, sheet, few.now)
    page = enter(task).page
    assert page.says("15 of 20", "16")
    assert "chart-styles" not in page.html
    assert "heat-cell" not in page.html


# --- the match -------------------------------------------------------------------------------------


@dataclass
class Rated:
    """Amina's job maturity in baking bread: her own view and Bo's, in a wave of their own."""

    bakery: LedBakery
    tasks: dict[str, str]

    @contextmanager
    def _asking(self) -> Iterator[None]:
        bakery = self.bakery
        leading_one = bakery.definition, bakery.content_hash
        bakery.definition = read_folder(LIBRARY / "job-maturity")
        bakery.content_hash = waves.add_questionnaire(bakery.store, bakery.definition, now=bakery.now)
        yield
        bakery.definition, bakery.content_hash = leading_one

    def assign(self) -> None:
        with self._asking():
            wave = self.bakery.wave()
            self.tasks = {
                "self": self.bakery.assign(wave),
                "manager": self.bakery.assign(wave, "manager"),
            }

    def finish(self, who: str, position: int, share: bool | None = None) -> None:
        with self._asking():
            self.bakery.finish(self.bakery.enter(self.tasks[who]), position, share)


@pytest.fixture
def rated(bakery: LedBakery) -> Rated:
    found = Rated(bakery, {})
    found.assign()
    return found


def people(page: Page) -> list[str]:
    """The cards of the match, each as its text."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", card).split())
        for card in re.findall(r'<details class="match".*?</details>', page.html, re.S)
    ]


def test_the_match_shows_the_leader_s_view_of_whom_the_leader_rated(led: Visitor, rated: Rated) -> None:
    rated.finish("manager", 5)
    (card,) = people(led.open("/answer/profile"))
    assert card.startswith("Amina Yıldız Baking bread")
    assert "Advice needs both views, and there is only one here." in card
    assert "A question for the talk" in card


@pytest.mark.parametrize(
    ("language", "rated_then", "again"),
    [
        ("da", "Fra Autumn; du vurderede den 23. november 2026.", "igen, den 25. november 2026."),
        ("sv", "Från Autumn; du bedömde den 23 november 2026.", "igen, den 25 november 2026."),
        ("en", "From Autumn; you rated on 23 November 2026.", "again, on 25 November 2026."),
    ],
)
def test_page_and_report_say_from_when_the_rating_is_and_that_a_newer_style_counts_elsewhere(
    rated: Rated,
    bakery: LedBakery,
    wave: str,
    enter: Enter,
    clock: Clock,
    language: str,
    rated_then: str,
    again: str,
) -> None:
    # Given a rating of this wave, and two days later another answer about the own style
    older = bakery.assign_leader(wave)
    bakery.choose_and_submit(older, fitting(bakery))
    rated.finish("manager", 5)
    names = {"da": "Dansk", "sv": "Svenska", "en": "English"}

    def shown(task: str) -> list[str]:
        visitor = enter(task)
        visitor.open("/answer/profile")
        visitor.press(names[language])
        page = visitor.open("/answer/profile").text
        pdf = PdfReader(BytesIO(visitor.open(f"/answer/profile.pdf?language={language}").content))
        return [page, " ".join(" ".join(one.extract_text() for one in pdf.pages).split())]

    clock.advance(days=2)
    bakery.now = clock.now
    newest = bakery.assign_leader(bakery.wave())
    before = shown(older)
    bakery.choose_and_submit(newest, always(bakery, "S2"))
    # Then both reports say from when the rating is, and the older one alone that there is a newer style
    texts = [*before, *shown(older), *shown(newest)]
    assert all(rated_then in text for text in texts)
    assert [again in text for text in texts] == [False, False, True, True, False, False]


def test_the_person_s_own_view_stands_there_only_while_it_is_shared(
    led: Visitor, rated: Rated, enter: Enter
) -> None:
    # Given a leader's rating, and a person who keeps the own profile
    rated.finish("manager", 5)
    (alone,) = people(led.open("/answer/profile"))
    rated.finish("self", 5, share=False)
    assert people(led.open("/answer/profile")) == [alone]
    # When it is shared, then both views stand side by side, with the wishes
    employee = enter(rated.tasks["self"])
    employee.press("Share my profile")
    (both,) = people(led.open("/answer/profile"))
    assert "Amina would like" in both
    assert "Probability that you both see the same need" in both
    # When it is taken back, then nothing of it is left
    employee.press("Stop sharing")
    assert people(led.open("/answer/profile")) == [alone]


# --- nothing of direct reports ---------------------------------------------------------------------


LEADERS_PAGES = ("/answer", "/answer/profile", "/answer/data.json", "/answer/thanks")


def what_the_leader_sees(enter: Enter, task: str, own_sheet: str) -> dict[str, Any]:
    """Everything that the leader's session can open, without what differs between two visits."""
    someone = enter(task)
    pages: dict[str, Any] = {}
    for path in (*LEADERS_PAGES, f"/answer/{own_sheet}", f"/answer/{own_sheet}/check"):
        page = someone.open(path)
        pages[path] = (page.status, page.text or {**json.loads(page.content), "made_at": ""})
    for language in ("da", "sv", "en"):
        pages[language] = someone.open(f"/answer/profile.pdf?language={language}").content
    return pages


def test_the_leader_sees_the_same_whether_direct_reports_have_answered_or_not(
    bakery: LedBakery, wave: str, enter: Enter, settings: Settings, clock: Any
) -> None:
    # Given a leader with a result, and six direct reports who were asked
    task = bakery.assign_leader(wave)
    own_sheet = bakery.choose_and_submit(task, fitting(bakery))
    raters = [bakery.add_person(f"R{number}", f"R{number} Holm", "da", f"2{number}") for number in range(6)]
    asked = [bakery.assign_report(wave, person) for person in raters]
    before = what_the_leader_sees(enter, task, own_sheet)
    # When all of them have answered, and the worker has done what was ordered
    for report in asked:
        bakery.choose_and_submit(report, always(bakery, "S4"))
    clock.advance(hours=1)
    run_due(Workplace(bakery.store, settings, clock))
    # Then every page, the export and the reports are what they were, to the byte
    after = what_the_leader_sees(enter, task, own_sheet)
    assert after == before
    text = json.dumps(after, default=repr)
    assert not [person for person in raters if person in text]
    assert "Holm" not in text


def test_no_route_opens_a_direct_report_s_sheet_for_the_leader(
    bakery: LedBakery, wave: str, enter: Enter, app: Flask
) -> None:
    # Given a leader with a result, and a direct report's sheet: submitted, and one in the making
    task = bakery.assign_leader(wave)
    bakery.choose_and_submit(task, fitting(bakery))
    submitted = bakery.choose_and_submit(bakery.assign_report(wave), always(bakery, "S4"))
    other = bakery.assign_report(wave, bakery.add_person("Eva", "Eva Lund", "da", "300"))
    begun = bakery.choose(bakery.enter(other), always(bakery, "S4"))
    someone = enter(task)
    tried = 0
    for sheet in (submitted, begun):
        # When each route of the application is asked for it, to read and to write
        for rule in app.url_map.iter_rules():
            if "sheet_id" not in rule.arguments:
                continue
            values: dict[str, Any] = {"sheet_id": sheet}
            if "number" in rule.arguments:
                values["number"] = 1
            address = app.url_map.bind("127.0.0.1").build(rule.endpoint, values)
            form = {"csrf_token": someone.token, "answer-situation-1": "1", "seen-situation-1": "9"}
            pages: list[Page] = []
            if "GET" in (rule.methods or ()):
                pages.append(someone.open(address))
            elif address.endswith("/answers"):
                body = {"answers": {"situation-1": {"value": "1", "seen": 9}}}
                assert someone.send(address, body).status_code == 404
            else:
                pages.append(someone.post(address, form))
            # Then there is no such page
            for page in pages:
                assert page.status == 404, (rule.rule, rule.methods)
                assert not page.says("Eva Lund")
                assert not page.says("take way")
            tried += 1
            someone.open("/answer/profile")
    assert tried >= 2 * 6
    # And nothing of it was changed
    kept = sheets.sheet(bakery.store, bakery.enter(other), begun, bakery.now)
    assert {answer.revision for answer in kept.answers.values()} == {1}


def test_a_direct_report_has_no_way_to_the_leader_s_result(
    bakery: LedBakery, wave: str, enter: Enter
) -> None:
    own_sheet = bakery.choose_and_submit(bakery.assign_leader(wave), fitting(bakery))
    someone = enter(bakery.assign_report(wave))
    assert someone.open(f"/answer/{own_sheet}/check").status == 404
    assert someone.open("/answer/profile").path == "/answer", "by way of the thanks"
    assert someone.open("/answer/profile.pdf").status == 404
