"""After submitting: profile, sharing, the manager's page, the report and the own data."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Visitor
from pypdf import PdfReader
from small_organisation import Bakery

from assess.answering import sheets, tasks
from assess.jobs import Workplace, run_due

if TYPE_CHECKING:
    from assess.settings import Settings

Enter = Callable[..., Visitor]


@dataclass
class Pair:
    """Employee and manager on their welcome pages, and their tasks."""

    bakery: Bakery
    tasks: dict[str, str]
    employee: Visitor
    manager: Visitor

    def finish(self, who: str, position: int = 4, share: bool | None = None) -> None:
        """Answers and submits everything of "self" or "manager"."""
        self.bakery.finish(self.bakery.enter(self.tasks[who]), position, share)

    def answer(self, who: str) -> str:
        """Answers what must be answered, without submitting; gives the sheet."""
        return self.bakery.answer_all(self.bakery.enter(self.tasks[who]))


@pytest.fixture
def pair(bakery: Bakery, enter: Enter) -> Pair:
    wave = bakery.wave()
    tasks = {"self": bakery.assign(wave), "manager": bakery.assign(wave, "manager")}
    return Pair(bakery, tasks, enter(tasks["self"]), enter(tasks["manager"]))


def test_before_submitting_there_is_no_profile(pair: Pair) -> None:
    employee = pair.employee
    assert employee.open("/answer/profile").path == "/answer"
    assert employee.open("/answer/profile.pdf").status == 404


def test_the_check_asks_whether_the_manager_may_see_it(pair: Pair) -> None:
    # Given an employee with a manager who answers too, and all questions answered
    employee = pair.employee
    sheet = pair.answer("self")
    employee.open(f"/answer/{sheet}/check")
    # Then the page asks, with nothing chosen beforehand
    assert employee.page.says("Can Bo Ørsted see your profile?")
    assert "share" not in employee.page.form("Submit my answers").data
    # When the question is left open, then it is asked once more
    page = employee.press("Submit my answers")
    assert page.status == 422
    assert page.says("Choose whether your manager can see your profile", "Choose yes or no")
    assert page.title.startswith("Problem:")
    assert 'aria-describedby="share-error"' in page.html
    # When it is answered, then the sheet is submitted
    page = employee.press("Submit my answers", share="no")
    assert page.path.startswith("/answer/profile")
    assert page.says("Only you see your profile.")


def test_a_no_that_comes_too_late_is_not_thrown_away_silently(pair: Pair) -> None:
    # Given the check of one sheet open in two tabs
    employee = pair.employee
    check = employee.open(f"/answer/{pair.answer('self')}/check")
    # When the first says yes and the second, still open, says no
    employee.press("Submit my answers", share="yes")
    employee.page = check
    page = employee.press("Submit my answers", share="no")
    # Then the page says what holds, thanks for nothing, and offers to stop
    assert page.says("You had already submitted. Nothing was changed. You share your profile with Bo Ørsted.")
    assert not page.says("Thank you")
    assert employee.press("Stop sharing").says("Your profile is no longer shared.")


def test_with_two_areas_too_late_is_told_on_the_welcome(bakery: Bakery, enter: Enter) -> None:
    wave = bakery.wave()
    task = bakery.assign(wave, areas=2)
    bakery.assign(wave, "manager")
    employee = enter(task)
    sheet = bakery.answer_all(bakery.enter(task))
    check = employee.open(f"/answer/{sheet}/check")
    assert check.says("Your choice holds for all your job areas.")
    assert employee.press("Submit my answers", share="yes").says(
        "Thank you. Your answers have been submitted."
    )
    employee.page = check
    page = employee.press("Submit my answers", share="no")
    assert page.path.startswith("/answer?")
    assert page.says("You had already submitted. Nothing was changed. You share your profile with Bo Ørsted.")
    assert not page.says("Thank you")


@pytest.mark.parametrize(
    ("share", "said"),
    [(True, "You share your profile with Bo Ørsted."), (False, "You have chosen to keep your profile")],
)
def test_the_second_job_area_does_not_ask_again_but_says_what_holds(
    bakery: Bakery, enter: Enter, share: bool, said: str
) -> None:
    wave = bakery.wave()
    task = bakery.assign(wave, areas=2)
    bakery.assign(wave, "manager")
    session = bakery.enter(task)
    sheets.submit(bakery.store, session, bakery.answer_all(session), bakery.now, share=share)
    employee = enter(task)
    page = employee.open(f"/answer/{bakery.answer_all(session, sheet=1)}/check")
    assert page.says(said, "That holds for all your job areas.")
    assert "share" not in page.form("Submit my answers").choices
    employee.press("Submit my answers")
    sharing = bakery.task(session).sharing
    assert sharing is not None
    assert sharing.decision is share


def test_views_about_different_job_areas_say_so_to_whoever_may_know(bakery: Bakery, enter: Enter) -> None:
    # Given an employee and a manager who have chosen different job areas, both finished
    wave = bakery.wave(job_areas="chosen")
    own, rating = bakery.assign(wave, areas=0), bakery.assign(wave, "manager", areas=0)
    for task, area in ((own, 0), (rating, 1)):
        session = bakery.enter(task)
        tasks.choose_job_areas(bakery.store, session, [bakery.area_ids[area]], bakery.now)
        bakery.finish(session, share=False if task == own else None)
    employee, manager = enter(own), enter(rating)
    # Then the employee is told
    assert employee.page.says("Bo has answered about other job areas")
    # But the manager only once the profile is shared; before it could be anything
    assert manager.page.says("When you have both submitted and Amina shares their profile")
    assert not manager.page.says("other job areas")
    employee.press("Share my profile")
    assert manager.open("/answer/profile").says(
        "Amina has answered about other job areas", "You have not answered about this job area"
    )
    employee.press("Stop sharing")
    assert not manager.open("/answer/profile").says("other job areas")


def test_neither_sees_the_other_before_both_have_submitted(pair: Pair) -> None:
    employee, manager, finish = pair.employee, pair.manager, pair.finish
    finish("self", 4, True)
    assert employee.open("/answer/profile").says("Once Bo has answered about you too")
    assert manager.open("/answer/profile").path == "/answer", "nothing of the manager's is submitted"
    finish("manager", 2)
    assert employee.open("/answer/profile").says("Side by side", "More than chance would explain")
    assert manager.open("/answer/profile").says("Side by side", "More than chance would explain")


def test_unshared_unanswered_and_undecided_look_the_same_to_the_manager(bakery: Bakery, enter: Enter) -> None:
    # Given three employees: one said no, one has not answered, one has begun
    pages = []
    for number, what in enumerate(("no", "nothing", "begun")):
        someone = bakery.add_person("Amina", "Amina Yıldız", "da", f"20{number}")
        bakery.employee_id = someone
        wave = bakery.wave()
        own, rating = bakery.assign(wave), bakery.assign(wave, "manager")
        if what == "no":
            bakery.finish(bakery.enter(own), share=False)
        if what == "begun":
            bakery.answer_all(bakery.enter(own))
        bakery.finish(bakery.enter(rating), 2)
        pages.append(enter(rating).open("/answer/profile").text)
    # Then the manager's page is the same for all three
    assert pages[0] == pages[1] == pages[2]
    assert "When you have both submitted and Amina shares their profile" in pages[0]


def test_sharing_can_be_taken_back_at_any_time(pair: Pair) -> None:
    employee, manager, finish = pair.employee, pair.manager, pair.finish
    finish("self", 4, False)
    finish("manager", 2)
    assert not manager.open("/answer/profile").says("Side by side 2")
    employee.open("/answer/profile")
    shared = employee.press("Share my profile")
    assert shared.says("Your profile is shared.", "You share your profile with Bo Ørsted.")
    assert manager.open("/answer/profile").says("More than chance would explain")
    taken_back = employee.press("Stop sharing")
    assert taken_back.says("Your profile is no longer shared.", "You do not share your profile with Bo")
    assert not taken_back.says("cannot tell whether you have answered"), "the manager has seen it"
    assert not manager.open("/answer/profile").says("More than chance would explain")


def test_a_manager_always_sees_whom_it_is_about(pair: Pair) -> None:
    manager = pair.manager
    manager.open(f"/answer/{pair.answer('manager')}/page/1")
    assert manager.page.says("Amina Yıldız · Baking bread", "Amina does skill-1")
    pair.finish("manager")
    assert manager.open("/answer/profile").says("Amina Yıldız · Baking bread")


def test_a_manager_cannot_decide_about_sharing(pair: Pair) -> None:
    manager, finish = pair.manager, pair.finish
    finish("self", 4, False)
    finish("manager", 2)
    manager.open("/answer/profile")
    form = {"csrf_token": manager.token, "share": "yes", "task": pair.tasks["manager"]}
    assert manager.post("/answer/share", form).status == 403


def test_a_form_from_before_another_link_was_opened_shares_nothing(
    pair: Pair, bakery: Bakery, enter: Enter, link: Callable[[str], str]
) -> None:
    # Given a profile in one tab, and in another tab of the browser the link of a later questionnaire
    employee, finish = pair.employee, pair.finish
    finish("self", 4, False)
    profile = employee.open("/answer/profile")
    wave = bakery.wave()
    later, _ = bakery.assign(wave), bakery.assign(wave, "manager")
    path = link(later)
    employee.open(path)
    employee.post(path, {"csrf_token": employee.token})
    # When the first tab shares its profile
    employee.page = profile
    refused = employee.press("Share my profile")
    # Then the later one is not shared instead
    assert refused.status == 400
    sharing = bakery.task(bakery.enter(later)).sharing
    assert sharing is not None
    assert sharing.decision is None


def test_the_managers_report_does_not_tell_that_the_employee_has_decided(
    pair: Pair, enter: Enter, clock: Any, settings: Settings
) -> None:
    # Given a manager who took the own report home, and days later an employee who says no
    pair.finish("manager", 2)
    before = pair.manager.open("/answer/profile.pdf?language=en").content
    clock.advance(days=3)
    pair.bakery.now = clock.now
    pair.finish("self", 4, False)
    run_due(Workplace(pair.bakery.store, settings, clock))
    # Then the manager's report is the one from before, and one made anew bears the same date
    manager = enter(pair.tasks["manager"])
    assert manager.open("/answer/profile.pdf?language=en").content == before
    made_anew = PdfReader(BytesIO(manager.open("/answer/profile.pdf?language=sv").content))
    assert "23 november 2026" in made_anew.pages[-1].extract_text() + made_anew.pages[-2].extract_text()
    assert not any("26 november" in page.extract_text() for page in made_anew.pages)


def test_a_line_end_in_a_name_does_not_cost_the_report(bakery: Bakery, enter: Enter) -> None:
    with bakery.store.engine.transaction(write=True) as connection:  # entered before names were checked
        connection.execute("UPDATE people SET first_name = 'Amina\nX', name = 'Amina\nX Yıldız'")
    task = bakery.assign(bakery.wave())
    bakery.finish(bakery.enter(task))
    assert enter(task).open("/answer/profile.pdf").status == 200


def test_a_report_made_on_demand_is_made_once_however_often_it_is_asked_for(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assess.web.answer import downloads

    made: list[bytes] = []
    begun, may_end = threading.Event(), threading.Event()

    def render(*_: object) -> bytes:
        begun.set()
        assert may_end.wait(30)
        made.append(b"%PDF-made")
        return made[-1]

    monkeypatch.setattr(downloads, "render", render)
    pair.finish("self", 4, False)
    app, cookie = pair.employee.client.application, pair.employee.client.get_cookie("assess", "127.0.0.1")
    assert cookie is not None

    def download() -> tuple[int, bytes]:
        client = app.test_client()
        client.set_cookie("assess", cookie.value, domain="127.0.0.1")
        answer = client.get("/answer/profile.pdf?language=sv", base_url=pair.employee.base_url)
        return answer.status_code, answer.get_data()

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(download)
        assert begun.wait(30)
        # When the same person asks again and again meanwhile
        again = [pool.submit(download) for _ in range(3)]
        refused = [one.result(30) for one in itertools.islice(as_completed(again, 30), 2)]
        may_end.set()
        # Then one of them waits for what is being made, and the others are told to come again
        assert first.result(30) == (200, b"%PDF-made")
        assert sorted(one.result(30)[0] for one in again) == [200, 503, 503]
    assert [status for status, _ in refused] == [503, 503]
    assert "Många dokument skapas just nu" in refused[0][1].decode()
    assert made == [b"%PDF-made"]


def test_after_an_upgrade_no_report_of_before_is_served(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    from assess.answering import results
    from assess.web.answer import downloads

    words = iter((b"%PDF-old words", b"%PDF-new words"))
    monkeypatch.setattr(downloads, "render", lambda *_: next(words))
    pair.finish("self", 4, False)
    for _ in range(2):
        assert pair.employee.open("/answer/profile.pdf?language=sv").content == b"%PDF-old words"
    # When the program has other templates or words, then the report is made anew, once
    monkeypatch.setattr(results, "made_by", lambda: "the program after an upgrade")
    for _ in range(2):
        assert pair.employee.open("/answer/profile.pdf?language=sv").content == b"%PDF-new words"


def test_the_calculation_goes_down_to_single_answers(pair: Pair) -> None:
    employee, finish = pair.employee, pair.finish
    finish("self", 4, False)
    page = employee.open("/answer/profile")
    assert page.says("How was this calculated?", "I do skill-1 with Baking bread (en)", "fit 4 (en)")
    assert page.says("I do will-2 with Baking bread (en) ↔"), "reverse-keyed items are marked"


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_report_comes_as_pdf_in_each_language(pair: Pair, language: str) -> None:
    employee, finish = pair.employee, pair.finish
    finish("self", 4, False)
    answer = employee.open(f"/answer/profile.pdf?language={language}")
    assert answer.response.mimetype == "application/pdf"
    assert answer.response.headers["Content-Disposition"].startswith("attachment")
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert "Expires" not in answer.response.headers
    pdf = PdfReader(BytesIO(answer.content))
    assert pdf.trailer["/Root"]["/Lang"][:2] == language  # type: ignore[index]


def test_the_report_s_file_name_says_what_who_which_job_area_and_when(pair: Pair, bakery: Bakery) -> None:
    employee, finish = pair.employee, pair.finish
    finish("self", 4, False)
    answer = employee.open("/answer/profile.pdf?language=en")
    name = f"Tiny (en) Amina Baking bread {bakery.now:%Y-%m-%d}.pdf"
    assert answer.response.headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')


@pytest.mark.parametrize("name", ["In/out", "A:B", 'Say "hi"', "a\\b", "<all>", "who?", "a|b", "*"])
def test_a_file_name_holds_nothing_that_a_file_system_refuses(name: str) -> None:
    from assess.web.attachment import file_name

    found = file_name(("T", name, "", "2026-11-21"), "pdf")
    assert found.startswith("T ")
    assert found.endswith(" 2026-11-21.pdf")
    assert not set(found) & set('\\/:*?"<>|')


def test_the_report_that_the_worker_made_is_taken(pair: Pair, bakery: Bakery) -> None:
    from assess.answering import results

    employee, finish = pair.employee, pair.finish
    finish("self", 4, False)
    session = bakery.enter(pair.tasks["self"])
    found = results.results(bakery.store, session, bakery.now)
    results.keep_document(bakery.store, found, "personal-report", "en", b"%PDF-kept", bakery.now)
    assert employee.open("/answer/profile.pdf?language=en").content == b"%PDF-kept"
    finish("manager", 2)
    made_anew = employee.open("/answer/profile.pdf?language=en").content
    assert made_anew != b"%PDF-kept", "it was made of older results"


def test_the_own_data_come_as_json(pair: Pair) -> None:
    employee, finish = pair.employee, pair.finish
    finish("self", 4, False)
    answer = employee.open("/answer/data.json")
    assert answer.response.headers["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["person"]["name"] == "Amina Yıldız"
    assert {row["item"] for row in data["sheets"][0]["answers"]} >= {"skill-1", "tenure"}


def test_what_a_person_writes_is_shown_as_text(bakery: Bakery, enter: Enter) -> None:
    task = bakery.assign(bakery.wave())
    someone, sheet = enter(task), bakery.answer_all(bakery.enter(task))
    someone.open(f"/answer/{sheet}/page/3")
    someone.press("Save and continue", answer_remark="<b>x</b>{{7*7}}&amp;")
    assert someone.page.says("<b>x</b>{{7*7}}&amp;")
    someone.press("Submit my answers")
    assert "&lt;b&gt;x&lt;/b&gt;{{7*7}}&amp;amp;" in someone.page.html
