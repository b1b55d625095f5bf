"""A person answers without JavaScript: link, welcome, questions, check, submit, profile."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from flask import Flask
from msgspec import structs
from small_organisation import Bakery, tiny

from assess.answering import links, sheets
from assess.campaigns import waves
from assess.store import Store
from questionnaires.definition import Definition

if TYPE_CHECKING:
    from conftest import Clock

Enter = Callable[..., Visitor]


def start(someone: Visitor) -> None:
    """From the welcome page to the first open page."""
    path = re.search(r'class="button" href="(/answer/[^"]+)"', someone.page.html)
    assert path, someone.page.text
    someone.open(path[1])


def answer_everything(someone: Visitor) -> None:
    start(someone)
    someone.press("Save and continue", answer_skill_1="4", answer_skill_2="5")
    someone.press("Save and continue", answer_will_1="4", answer_will_2="0")
    someone.press("Save and continue", answer_tenure="2", answer_remark="Fint & godt")


# --- link ------------------------------------------------------------------------------------------


def test_a_link_asks_by_first_name_and_is_not_used_up_by_looking(
    bakery: Bakery, link: Callable[[str], str], visitor: Visitor
) -> None:
    # Given a personal link
    path = link(bakery.assign(bakery.wave()))
    # When a mail scanner and then the person open it
    visitor.open(path)
    page = visitor.open(path)
    # Then the first name is enough for "is it me?", and nothing about it may be kept or passed on
    assert page.status == 200
    assert page.says("Amina")
    assert not page.says("Yıldız")
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.language == "da", "nobody has chosen: the language of the person"


def test_a_managers_link_does_not_tell_whom_it_is_about(
    bakery: Bakery, link: Callable[[str], str], visitor: Visitor
) -> None:
    page = visitor.open(link(bakery.assign(bakery.wave(), "manager")))
    assert page.says("Bo")
    assert not any(page.says(name) for name in ("Amina", "Yıldız", "Ørsted"))


def test_a_link_that_was_taken_back_opens_nothing_any_more(
    bakery: Bakery, link: Callable[[str], str], enter: Callable[..., Visitor], visitor: Visitor
) -> None:
    # Given a link, and somebody who has opened another one of the same task
    task_id = bakery.assign(bakery.wave())
    path, inside = link(task_id), enter(task_id)
    assert links.withdraw(bakery.store, task_id, bakery.now) == 2
    # When they are taken back, then neither opens anything, and a new one does
    assert visitor.open(path).status == 404
    assert visitor.post(path, {"csrf_token": visitor.token}).status == 404
    assert inside.open("/answer").status == 401
    assert visitor.open(link(task_id)).status == 200
    assert links.withdraw(bakery.store, task_id, bakery.now) == 1


def test_after_ten_wrong_links_a_network_waits_and_right_links_never_count(
    bakery: Bakery, link: Callable[[str], str], visitor: Visitor, clock: Clock
) -> None:
    wave_id = bakery.wave()
    task_id = bakery.assign(wave_id)
    visitor.open("/")
    # Given a whole office behind one address
    for _ in range(30):
        assert visitor.post(link(task_id), {"csrf_token": visitor.token}).path == "/answer"
    for _ in range(10):
        assert visitor.post("/a/nothing", {"csrf_token": visitor.token}).status == 404
    page = visitor.post(link(task_id), {"csrf_token": visitor.token})
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "900"
    clock.advance(minutes=15)
    assert visitor.post(link(task_id), {"csrf_token": visitor.token}).path == "/answer"


def test_the_button_exchanges_the_link_for_a_session_and_an_address_without_the_token(
    bakery: Bakery, link: Callable[[str], str], visitor: Visitor
) -> None:
    path = link(bakery.assign(bakery.wave()))
    visitor.open(path)
    response = visitor.client.post(path, data={"csrf_token": visitor.token}, base_url=visitor.base_url)
    assert (response.status_code, response.headers["Location"]) == (303, "/answer")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("assess=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie, "plain http: a Secure cookie would not come back"


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "..%2F..", "ø" * 20, "A" * 400])
def test_a_damaged_link_and_one_that_never_was_get_the_same_page(visitor: Visitor, token: str) -> None:
    damaged = visitor.open(f"/a/{token}")
    unknown = visitor.open("/nowhere")
    assert damaged.status == unknown.status == 404
    assert damaged.text == unknown.text
    assert damaged.says("This page does not exist")


def test_an_expired_link_is_told_like_one_that_never_was(
    bakery: Bakery, link: Callable[[str], str], visitor: Visitor, clock: object
) -> None:
    path = link(bakery.assign(bakery.wave()))
    clock.advance(days=91)  # type: ignore[attr-defined]
    assert visitor.open(path).status == 404
    assert visitor.page.text == visitor.open("/a/never").text


# --- welcome and job areas -------------------------------------------------------------------------


def test_the_welcome_says_how_long_it_takes_and_who_will_see_what(amina: Visitor) -> None:
    assert amina.page.says("About 1 minute", "7 questions", "Who will see what", "Baking bread")
    assert amina.page.says("Your manager sees your profile and the answers behind it only if you choose")


def test_job_areas_are_chosen_from_the_organisations_list(bakery: Bakery, enter: Enter) -> None:
    # Given a wave in which people choose one or two areas themselves
    someone = enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0))
    # When nothing, then one area twice, then too much is chosen
    nothing = someone.press("Start")
    assert nothing.status == 422
    assert nothing.title.startswith("Problem:")
    assert nothing.text.count("Choose a job area") == 2, "in the summary and at the list"
    one, other, third = bakery.area_ids
    twice = someone.press("Start", area_1=other, area_2=other)
    assert twice.status == 422
    assert twice.says("Choose a different job area here, or none")
    assert 'href="#area-2"' in twice.html
    form = twice.form("Start")
    assert (form.data["area-1"], form.data["area-2"]) == (other, other), "what was chosen stays"
    three = someone.post("/answer/areas", [*form.fields, ("area-3", third)])
    assert three.status == 422
    assert three.says("Choose at most 2 job areas")
    # Then the person's own order counts: the first chosen in full, the second in short
    two = someone.press("Start", area_1=other, area_2=one)
    assert two.says("I do skill-1 with Serving customers", "0 of 7")
    welcome = someone.open("/answer")
    assert welcome.says("Serving customers", "Baking bread", "Not started")
    assert welcome.text.index("Serving customers") < welcome.text.index("Baking bread")


def test_only_a_second_job_area_is_asked_to_choose_the_first(bakery: Bakery, enter: Enter) -> None:
    someone = enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0))
    page = someone.press("Start", area_2=bakery.area_ids[1])
    assert page.status == 422
    assert page.says("Choose a job area")
    assert page.form("Start").data["area-2"] == bakery.area_ids[1]


def test_an_area_with_answers_stays_and_another_one_can_be_added(bakery: Bakery, enter: Enter) -> None:
    # Given somebody who has begun with one area
    someone = enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0))
    someone.press("Start", area_1=bakery.area_ids[1])
    someone.press("Save and finish later", answer_skill_1="4")
    assert someone.page.says("Already has answers", "1 of 7")
    # When a second one is added, then the first keeps its answers
    page = someone.press("Use these job areas", area_2=bakery.area_ids[0])
    assert page.says("I do skill-1 with Serving customers", "1 of 7")
    assert someone.open("/answer").says("0 of 2") or someone.page.says("Not started")


def test_a_manager_reads_of_the_employee_before_choosing(bakery: Bakery, enter: Enter) -> None:
    wave = bakery.wave(job_areas="chosen")
    own, rating = bakery.assign(wave, areas=0), bakery.assign(wave, "manager", areas=0)
    page = enter(rating).page
    assert page.says("Choose a job area that Amina works in", "never about Amina as a person")
    assert not page.says("your week")
    assert page.says("Agree with Amina which job areas you will both look at.")
    before = page.text
    mine = enter(own)
    assert mine.page.says(
        "takes up much of your week", "Agree with Bo which job areas you will both look at."
    )
    # And nothing of it tells whether the employee has chosen
    mine.press("Start", area_1=bakery.area_ids[2])
    assert enter(rating).page.text == before


def test_without_a_manager_nobody_is_to_be_agreed_with(bakery: Bakery, enter: Enter) -> None:
    page = enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0)).page
    assert page.says("Choose the job area you want to look at")
    assert not page.says("Agree with")


def replace_minutes(definition: Definition, minutes: int) -> Definition:
    return structs.replace(
        definition, questionnaire=structs.replace(definition.questionnaire, minutes=minutes)
    )


def test_how_long_it_takes_follows_what_is_left(store: Store, bakery: Bakery, enter: Enter) -> None:
    # Seven questions take seven minutes in all; the short form asks two
    bakery.content_hash = waves.add_questionnaire(
        store, replace_minutes(bakery.definition, 7), now=bakery.now
    )
    someone = enter(bakery.assign(bakery.wave(job_areas="chosen"), areas=0))
    assert someone.page.says("About 7 minutes", "7 questions", "about 2 minutes more")
    someone.press("Start", area_1=bakery.area_ids[0], area_2=bakery.area_ids[1])
    assert someone.open("/answer").says("About 9 minutes", "9 questions")
    start(someone)
    someone.press("Save and continue", answer_skill_1="4", answer_skill_2="5")
    someone.press("Save and finish later", answer_will_1="4", answer_will_2="4")
    assert someone.page.says("About 5 minutes left", "5 questions left")
    start(someone)
    someone.press("Save and continue", answer_tenure="2")
    someone.press("Submit my answers")
    assert someone.page.says("About 2 minutes left", "2 questions left")


def test_whoever_has_begun_meets_the_button_before_the_notice(amina: Visitor) -> None:
    def order() -> bool:
        return amina.page.html.index('class="button"') < amina.page.html.index('id="who"')

    assert not order(), "who sees what comes before the first question"
    start(amina)
    amina.press("Save and finish later", answer_skill_1="4")
    assert order()


def test_the_link_of_somebody_who_has_finished_leads_to_the_profile(bakery: Bakery, enter: Enter) -> None:
    task = bakery.assign(bakery.wave(), areas=2)
    session = bakery.enter(task)
    sheet = bakery.answer_all(session)
    sheets.submit(bakery.store, session, sheet, bakery.now)
    assert enter(task).page.path == "/answer", "one area is open"
    sheets.submit(bakery.store, session, bakery.answer_all(session, sheet=1), bakery.now)
    assert enter(task).page.path == "/answer/profile"


# --- questions -------------------------------------------------------------------------------------


def test_a_person_answers_checks_submits_and_sees_the_profile(amina: Visitor) -> None:
    # Given a person who has answered every question
    answer_everything(amina)
    check = amina.page
    assert check.says("Check your answers", "I do will-2 with Baking bread (en)", "Fint & godt", "Left blank")
    assert "tenure 2 (en)" in check.text
    # When she submits
    page = amina.press("Submit my answers")
    # Then she is on her profile at once
    assert page.path.startswith("/answer/profile")
    assert page.says("Thank you. Your answers have been submitted.", "How was this calculated?")


def test_what_must_be_answered_is_asked_for_once_more(amina: Visitor) -> None:
    start(amina)
    page = amina.press("Save and continue", answer_skill_1="3")
    assert page.status == 422
    assert page.title.startswith("Problem:")
    assert page.says("One question is still open", "I do skill-2 with Baking bread (en)", "Choose an answer")
    assert 'href="#answer-skill-2-1"' in page.html, "the summary leads to the first choice"
    assert 'id="answer-skill-2-1"' in page.html
    assert page.form("Save and continue").data["answer-skill-1"] == "3", "what was given is kept"


def test_cannot_say_is_an_answer(amina: Visitor) -> None:
    start(amina)
    page = amina.press("Save and continue", answer_skill_1="0", answer_skill_2="0")
    assert page.status == 200
    assert page.says("I do will-1", "2 of 7")


def test_going_back_and_leaving_keep_what_was_given(amina: Visitor) -> None:
    start(amina)
    amina.press("Save and continue", answer_skill_1="1", answer_skill_2="2")
    amina.press("Back", answer_will_1="5")
    assert amina.page.form("Back").data["answer-skill-2"] == "2"
    amina.press("Save and continue")
    assert amina.page.form("Back").data["answer-will-1"] == "5"
    amina.press("Save and finish later", answer_will_2="3")
    assert amina.page.path == "/answer"
    assert amina.page.says("4 of 7", "Continue")


def test_another_device_goes_on_where_the_first_one_stopped(bakery: Bakery, enter: Enter) -> None:
    task = bakery.assign(bakery.wave())
    phone, computer = enter(task), enter(task)
    start(phone)
    phone.press("Save and continue", answer_skill_1="1", answer_skill_2="2")
    start(computer)
    assert computer.page.says("I do will-1", "2 of 7")


def test_the_language_changes_at_any_time_and_answers_are_kept(amina: Visitor) -> None:
    # Given half a page of answers, not yet saved
    start(amina)
    # When the person presses another language in the middle of the page
    page = amina.press("Svenska", answer_skill_1="4")
    # Then the same page stands there in that language, with the answer
    assert page.language == "sv"
    assert page.says("I do skill-1 with Baka bröd (sv)", "Spara och fortsätt", "1 av 7")
    assert page.form("Spara och fortsätt").data["answer-skill-1"] == "4"
    assert amina.open("/answer").language == "sv"


def test_choosing_a_language_shows_the_same_page_again(bakery: Bakery, enter: Enter) -> None:
    someone = enter(bakery.assign(bakery.wave()))
    answer_everything(someone)
    submit(someone)
    page = someone.press("Dansk")
    assert page.path == "/answer/profile?note=submitted"
    assert page.says("Tak. Dine svar er sendt.")


@pytest.mark.parametrize(
    ("accepts", "language"),
    [("sv-FI, en;q=0.5", "sv"), ("en-AU", "en"), ("nb, fi", "da"), ("", "da"), ("da;q=0.4, en;q=0.6", "en")],
)
def test_a_visitor_is_met_in_the_browsers_language_else_in_danish(
    app: Flask, accepts: str, language: str
) -> None:
    assert Visitor(app, accept_language=accepts).open("/").language == language


def test_a_questionnaire_that_lacks_a_language_does_not_offer_it(
    store: Store, app: Flask, clock: object
) -> None:
    # Given a questionnaire in Danish alone, and a visitor who has chosen English
    danish = Bakery(store, definition=tiny(languages=("da",)))
    path = f"/a/{links.mint(store, danish.assign(danish.wave()), danish.now)}"
    someone = Visitor(app)
    someone.open("/")
    someone.press("English")
    someone.open(path)
    # When the link is opened, then all is in Danish and nothing else is offered
    page = someone.post(path, {"csrf_token": someone.token})
    assert page.language == "da"
    assert page.says("Hvem ser hvad", "Bage brød")
    assert page.form("Dansk").buttons.keys() == {"Dansk"}


def test_the_last_day_is_told(bakery: Bakery, enter: Enter) -> None:
    # 23:30 UTC on 30 November is already 1 December in Copenhagen
    closes = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert enter(bakery.assign(bakery.wave(closes_at=closes))).page.says("Open until 1 December 2026")


def test_a_text_can_be_taken_back(amina: Visitor) -> None:
    answer_everything(amina)
    change = re.findall(r'href="([^"]+page/3\?from=check)"', amina.page.html)
    amina.open(change[0])
    amina.press("Save and continue", answer_remark="")
    assert amina.page.says("Check your answers")
    assert not amina.page.says("Fint & godt")


def test_change_leads_back_to_the_check(amina: Visitor) -> None:
    answer_everything(amina)
    amina.open(re.findall(r'href="([^"]+page/1\?from=check)"', amina.page.html)[0])
    page = amina.press("Save and continue", answer_skill_1="1")
    assert page.path.endswith("/check")
    assert page.says("fit 1 (en)")


# --- submitting ------------------------------------------------------------------------------------


def submit(someone: Visitor, **changes: str) -> None:
    someone.press("Submit my answers", **changes)


def test_submitting_twice_changes_nothing_and_says_so(bakery: Bakery, enter: Enter) -> None:
    someone = enter(bakery.assign(bakery.wave()))
    answer_everything(someone)
    check = someone.page
    form = check.form("Submit my answers")
    submit(someone)
    again = someone.post(check.path, form.fields)
    assert again.status == 200
    assert again.says("You had already submitted. Nothing was changed.")


def test_after_submitting_the_sheet_is_read_only(bakery: Bakery, enter: Enter) -> None:
    someone = enter(bakery.assign(bakery.wave()))
    start(someone)
    first = someone.page
    answer_everything_from(someone)
    submit(someone)
    refused = someone.post(first.path, first.form("Save and continue").fields)
    assert refused.status == 403
    assert refused.says("That can no longer be changed")
    assert someone.open(first.path).says("Submitted. You can read your answers, but no longer change them.")


def answer_everything_from(someone: Visitor) -> None:
    someone.press("Save and continue", answer_skill_1="4", answer_skill_2="5")
    someone.press("Save and continue", answer_will_1="4", answer_will_2="0")
    someone.press("Save and continue", answer_tenure="2")


def test_an_open_question_cannot_be_submitted(amina: Visitor) -> None:
    start(amina)
    amina.press("Save and continue", answer_skill_1="4", answer_skill_2="5")
    amina.open(amina.page.path.replace("page/2", "check"))
    page = amina.press("Submit my answers")
    assert page.status == 422
    assert page.says("Not submitted yet", "3 questions are still open", "Not answered")


def test_the_second_job_area_follows_in_the_short_form(bakery: Bakery, enter: Enter) -> None:
    someone = enter(bakery.assign(bakery.wave(), areas=2))
    answer_everything(someone)
    submit(someone)
    assert someone.page.says("Thank you. Your answers have been submitted.", "Submitted", "Not started")
    start(someone)
    assert someone.page.says("I do skill-1 with Serving customers", "0 of 2")
    someone.press("Save and continue", answer_skill_1="2", answer_skill_2="2")
    submit(someone)
    assert someone.page.says("Baking bread", "Serving customers", "How was this calculated?")


# --- two tabs --------------------------------------------------------------------------------------


def test_an_older_tab_never_overwrites_silently(bakery: Bakery, enter: Enter) -> None:
    # Given the same page open in two tabs
    task = bakery.assign(bakery.wave())
    one, two = enter(task), enter(task)
    start(one)
    start(two)
    # When the first saves, and then the second saves something else
    one.press("Save and continue", answer_skill_1="1", answer_skill_2="3")
    page = two.press("Save and continue", answer_skill_1="5", answer_skill_2="3")
    # Then the second sees both answers to the item that differs, and nothing is stored
    assert page.status == 409
    assert page.says("Which answer is right?", "I do skill-1", "fit 1 (en)", "fit 5 (en)")
    assert not page.says("I do skill-2"), "both say the same"
    assert one.open(page.path).form("Save and continue").data["answer-skill-1"] == "1"
    # When the person chooses
    page = two.press("Use these answers", keep_skill_1="mine")
    # Then that counts, and the journey goes on
    assert page.says("I do will-1")
    two.press("Back")
    assert two.page.form("Save and continue").data["answer-skill-1"] == "5"


def test_the_stored_answer_can_be_chosen_and_an_open_choice_is_asked_again(
    bakery: Bakery, enter: Enter
) -> None:
    task = bakery.assign(bakery.wave())
    one, two = enter(task), enter(task)
    start(one)
    start(two)
    one.press("Save and continue", answer_skill_1="1", answer_skill_2="3")
    two.press("Save and continue", answer_skill_1="5", answer_skill_2="2")
    asked_again = two.press("Use these answers", keep_skill_1="stored")
    assert asked_again.status == 409
    assert asked_again.says("I do skill-2", "fit 2 (en)")
    two.press("Use these answers", keep_skill_2="stored")
    two.press("Back")
    assert two.page.form("Save and continue").data["answer-skill-1"] == "1"
    assert two.page.form("Save and continue").data["answer-skill-2"] == "3"


# --- signing out -----------------------------------------------------------------------------------


def test_signing_out_ends_the_session_and_says_so(amina: Visitor) -> None:
    stolen = amina.client.get_cookie("assess", domain="127.0.0.1")
    assert stolen is not None
    page = amina.press("Sign out on this device")
    assert page.says("You are signed out")
    assert amina.open("/answer").status == 401
    assert amina.page.says("Open your link again")
    amina.client.set_cookie("assess", stolen.value, domain="127.0.0.1")
    assert amina.open("/answer").status == 401, "the old cookie is worth nothing"


def test_a_second_link_ends_what_the_first_began(
    bakery: Bakery, enter: Enter, link: Callable[[str], str]
) -> None:
    # Given a manager's browser in which one link was opened, and a copy of its cookie
    wave = bakery.wave()
    someone = enter(bakery.assign(wave))
    first = someone.client.get_cookie("assess", domain="127.0.0.1")
    assert first is not None
    # When another link is opened in it
    path = link(bakery.assign(wave, "manager"))
    someone.open(path)
    assert someone.post(path, {"csrf_token": someone.token}).says("Bo Ørsted")
    # Then the first session is over
    someone.client.set_cookie("assess", first.value, domain="127.0.0.1")
    assert someone.open("/answer").status == 401


def test_without_a_session_every_personal_page_asks_for_the_link(app: Flask, visitor: Visitor) -> None:
    for path in ("/answer", "/answer/x", "/answer/x/page/1", "/answer/x/check", "/answer/profile"):
        assert visitor.open(path).status == 401
        assert visitor.page.says("Open your link again")
    for path in ("/answer/profile.pdf", "/answer/data.json"):
        assert visitor.open(path).status == 401


def test_a_session_ends_after_three_quarters_of_an_hour_without_a_request(
    amina: Visitor, clock: object
) -> None:
    clock.advance(minutes=44)  # type: ignore[attr-defined]
    assert amina.open("/answer").status == 200
    clock.advance(minutes=46)  # type: ignore[attr-defined]
    assert amina.open("/answer").status == 401


def test_a_session_of_one_task_does_not_open_another_sheet(bakery: Bakery, enter: Enter) -> None:
    wave = bakery.wave()
    own = enter(bakery.assign(wave))
    manager = bakery.enter(bakery.assign(wave, "manager"))
    others = bakery.task(manager).sheets[0].sheet_id
    assert own.open(f"/answer/{others}/page/1").status == 404
    assert own.send(f"/answer/{others}/answers", {"answers": {}}, token="x").status_code == 400
    assert sheets.sheet(bakery.store, manager, others, bakery.now).answers == {}
