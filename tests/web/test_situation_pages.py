"""Situations: one a page in each person's own order, answered by leaders and by those whom they lead."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from browsing import Visitor
from leading import ASKED_OF_REPORTS, SITUATIONS, LedBakery, leading

from assess.store import Store
from questionnaires.definition import Page, SituationItem

Enter = Callable[..., Visitor]
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>")
SITUATION = re.compile(r"In situation (\d+) Eva")


@pytest.fixture
def bakery(store: Store) -> LedBakery:
    return LedBakery(store)


@pytest.fixture
def leader(bakery: LedBakery, enter: Enter) -> Visitor:
    """Bo on the welcome page of his own questions."""
    return enter(bakery.assign_leader(bakery.wave()))


@pytest.fixture
def report(bakery: LedBakery, enter: Enter) -> Visitor:
    """Amina on the welcome page of the questions about Bo."""
    return enter(bakery.assign_report(bakery.wave()))


def begin(someone: Visitor) -> Visitor:
    """Opens the first question page from the welcome page."""
    found = re.search(r'class="button" href="(/answer/[^"]+)"', someone.page.html)
    assert found is not None
    someone.open(found[1])
    return someone


def asked(someone: Visitor) -> str:
    """The item that the page at hand asks."""
    (name,) = {name for form in someone.page.forms for name in form.choices if name.startswith("answer-")}
    return name.removeprefix("answer-")


def order_of(someone: Visitor) -> list[str]:
    """The items in the order of the person's pages, by opening each page."""
    begin(someone)
    base = someone.page.path.rsplit("/", 1)[0]
    return [(someone.open(f"{base}/{number}"), asked(someone))[1] for number in range(1, SITUATIONS + 1)]


# --- the welcome -----------------------------------------------------------------------------------


def test_the_welcome_counts_situations_and_asks_for_no_job_area(leader: Visitor) -> None:
    assert leader.page.says("How you lead (en)", "About 18 minutes", "20 situations", "Who will see what")
    assert "questions" not in leader.page.text.split("Who will see what")[0]
    assert not leader.page.says("job area")
    assert not leader.page.says("Not started"), "the heading has said it already"


def test_a_direct_report_reads_whom_it_is_about_and_that_it_is_confidential(report: Visitor) -> None:
    assert report.page.says(
        "Bo Ørsted", "How Bo leads (en)", "12 situations", "About 11 minutes", "at least 5 people"
    )
    assert not report.page.says("You see your own profile")


def test_what_is_left_is_counted_in_situations(leader: Visitor) -> None:
    begin(leader)
    leader.press("Save and finish later", **{f"answer_{asked(leader).replace('-', '_')}": "2"})
    assert leader.page.says("19 situations left", "1 of 20")


# --- a page ----------------------------------------------------------------------------------------


def test_a_page_asks_one_situation_and_says_which_of_how_many(leader: Visitor) -> None:
    page = begin(leader).page
    assert HEADING.findall(page.html) == ["Situation 1 of 20"]
    assert page.title == "Situation 1 of 20 – Leading (en) – Rugbrød & Co."
    assert len(SITUATION.findall(page.text)) == 1
    assert page.says("What would you be most likely to do?", "How to answer")
    assert page.says("Choose what you would be most likely to do, not what sounds best.")


def test_the_situation_is_described_to_whoever_enters_the_group_of_actions(leader: Visitor) -> None:
    page = begin(leader).page
    described = re.search(r'<fieldset[^>]* aria-describedby="([^"]+)"', page.html)
    assert described is not None
    text = re.search(rf'<p class="situation" id="{described[1]}">(.*?)</p>', page.html)
    assert text is not None
    assert SITUATION.search(text[1])


def test_actions_keep_the_order_of_the_file_with_letters_and_both_kinds_of_keys(leader: Visitor) -> None:
    page = begin(leader).page
    number = asked(leader).removeprefix("situation-")
    assert page.says(*(f"{letter} You take way {number}{letter} (en)" for letter in "ABCD"))
    assert re.findall(r'value="(\d)" data-keys="([^"]+)"', page.html) == [
        ("1", "1 A"),
        ("2", "2 B"),
        ("3", "3 C"),
        ("4", "4 D"),
    ]
    assert page.says("press A–D or 1–4 to choose. Press Enter to go on.")


def test_about_somebody_else_the_page_names_the_person(report: Visitor) -> None:
    page = begin(report).page
    assert HEADING.findall(page.html) == ["Situation 1 of 12"]
    assert page.says("Bo Ørsted", "What would Bo be most likely to do?", "Bo take way")
    assert page.says("Choose what Bo would be most likely to do, going by what you have seen.")


def test_a_situation_left_open_is_asked_for_at_its_place(leader: Visitor) -> None:
    page = (begin(leader), leader.press("Save and continue"))[1]
    assert page.status == 422
    assert page.title.startswith("Problem: Situation 1 of 20")
    assert page.text.count("Choose an answer") == 2, "in the summary and at the actions"
    assert f'href="#answer-{asked(leader)}-1"' in page.html


def test_an_action_that_does_not_exist_is_refused(leader: Visitor) -> None:
    begin(leader)
    form = leader.page.form("Save and continue")
    for value in ("0", "5", "A", "-1"):
        pairs = [*form.fields, (f"answer-{asked(leader)}", value)]
        assert leader.post(leader.page.path, pairs).status == 400
        leader.open(leader.page.path)


def test_a_situation_with_other_questions_on_its_page_has_the_page_s_heading(
    store: Store, enter: Enter
) -> None:
    # Given a questionnaire that groups situations on pages of its own, each with a heading
    pages = (Page(id="first", items=("situation-1", "situation-2")),)
    definition = leading(pages=pages, shuffled=False)
    led = LedBakery(store, definition=definition)
    page = begin(enter(led.assign_leader(led.wave()))).page
    # Then both stand below one another under one heading, and the pages are counted
    assert [int(n) for n in SITUATION.findall(page.text)] == [1, 2]
    assert HEADING.findall(page.html) == ["Leading (en)"]
    assert "(page 1 of 19)" in page.title


def test_a_situation_that_may_be_left_out_says_so(store: Store, enter: Enter) -> None:
    items = tuple(
        SituationItem(id=item.id, calls_for="M1", actions=("S1", "S2", "S3", "S4"), reason="…", optional=True)
        for item in leading().questionnaire.items
    )
    led = LedBakery(store, definition=leading(items=items))
    someone = begin(enter(led.assign_leader(led.wave())))
    assert someone.page.says("You can leave this blank.")
    assert someone.press("Save and continue").says("Situation 2 of 20")


# --- the order -------------------------------------------------------------------------------------


def test_each_leader_meets_the_situations_in_an_order_of_their_own(bakery: LedBakery, enter: Enter) -> None:
    wave = bakery.wave()
    other = bakery.add_person("Camilla", "Camilla Holm", "da", "1003")
    own, another = bakery.assign_leader(wave), bakery.assign_leader(wave, other)
    first, second = order_of(enter(own)), order_of(enter(another))
    # Then both meet all of them, in different orders, and neither in that of the file
    in_file = [f"situation-{number}" for number in range(1, SITUATIONS + 1)]
    assert sorted(first) == sorted(second) == sorted(in_file)
    assert first != second
    assert in_file not in (first, second)
    # And the same person meets the same order on another device, another day, and when answers are checked
    assert order_of(enter(own)) == first
    device = enter(own)
    begin(device)
    check = device.open(device.page.path.split("/page/")[0] + "/check")
    assert [
        f"situation-{n}" for n in SITUATION.findall(re.sub(r"<summary>.*?</summary>", "", check.html))
    ] == (first)


def test_a_pause_leads_back_to_the_first_open_situation_of_the_own_order(
    bakery: LedBakery, enter: Enter
) -> None:
    task = bakery.assign_leader(bakery.wave())
    order = order_of(enter(task))
    someone = begin(enter(task))
    for item in order[:3]:
        someone.press("Save and continue", **{f"answer_{item.replace('-', '_')}": "3"})
    back = begin(enter(task))
    assert HEADING.findall(back.page.html) == ["Situation 4 of 20"]
    assert asked(back) == order[3]


# --- check your answers ----------------------------------------------------------------------------


def test_the_check_shows_each_choice_with_its_letter_and_leads_back_to_its_page(
    bakery: LedBakery, enter: Enter
) -> None:
    task = bakery.assign_leader(bakery.wave())
    someone = enter(task)
    sheet = bakery.choose(bakery.enter(task), lambda item: int(item.removeprefix("situation-")) % 4 + 1)
    page = someone.open(f"/answer/{sheet}/check")
    for number in range(1, SITUATIONS + 1):
        letter = "ABCD"[number % 4]
        assert page.says(f"{letter} You take way {number}{letter} (en)")
        assert page.says(f"Change Situation {number}")
    # The situation is known by its first words, and whole where it unfolds
    assert page.html.count("since Monday and asks often …</summary>") == SITUATIONS
    assert page.text.count("the dough for the day does not rise (en)") == SITUATIONS
    # When one is changed, then the way leads back to the check
    someone.open(f"/answer/{sheet}/page/7?from=check")
    name = f"answer_{asked(someone).replace('-', '_')}"
    assert someone.press("Save and continue", **{name: "1"}).path == f"/answer/{sheet}/check"


def test_open_situations_are_marked_and_must_be_answered(bakery: LedBakery, enter: Enter) -> None:
    task = bakery.assign_leader(bakery.wave())
    someone = begin(enter(task))
    someone.press("Save and continue", **{f"answer_{asked(someone).replace('-', '_')}": "3"})
    page = someone.open(someone.page.path.split("/page/")[0] + "/check")
    assert page.says("19 questions are still open. They are marked below.")
    assert page.text.count("Not answered") == SITUATIONS - 1
    assert someone.press("Submit my answers").status == 422


# --- two tabs --------------------------------------------------------------------------------------


def test_two_answers_to_a_situation_are_both_shown_whole(bakery: LedBakery, enter: Enter) -> None:
    task = bakery.assign_leader(bakery.wave())
    someone = begin(enter(task))
    item, page = asked(someone), someone.page
    name, number = f"answer_{item.replace('-', '_')}", item.removeprefix("situation-")
    someone.press("Save and continue", **{name: "1"})
    someone.page = page
    both = someone.press("Save and continue", **{name: "4"})
    assert both.status == 409
    assert both.says(f"A You take way {number}A (en)", f"D You take way {number}D (en)", "Eva has been")


# --- a direct report is done -----------------------------------------------------------------------


def test_a_direct_report_ends_with_thanks_and_no_result(bakery: LedBakery, enter: Enter) -> None:
    # Given Amina, who answers the twelve situations about Bo page by page
    task = bakery.assign_report(bakery.wave())
    someone = begin(enter(task))
    met = []
    while "/page/" in someone.page.path:
        met.append(asked(someone))
        someone.press("Save and continue", **{f"answer_{met[-1].replace('-', '_')}": "2"})
    assert sorted(met) == sorted(ASKED_OF_REPORTS)
    # When she submits, then she is thanked, reads who sees what, and finds no result
    assert not someone.page.says("see your profile?"), "there is nothing to share"
    page = someone.press("Submit my answers")
    assert page.path.startswith("/answer/thanks")
    assert page.says(
        "Thank you, Amina", "Thank you for thinking along (en)", "Who will see what", "at least 5 people"
    )
    # The word itself may stand there: who sees what says that nobody sees one person's result.
    links = re.findall(r'href="([^"]*)"', page.html)
    assert not any("profile" in link or ".pdf" in link for link in links)
    assert not page.says("See the result")
    assert '<svg class="chart' not in page.html
    # And the way to a result leads here, the report does not exist, the own answers do
    assert someone.open("/answer/profile").path == "/answer/thanks"
    assert someone.open("/answer/profile.pdf").status == 404
    someone.open("/answer/thanks")
    assert someone.press("Sign out").says("You are signed out")
    # And the link leads back to the thanks and the own answers, to read only
    again = enter(task)
    assert again.page.path == "/answer/thanks"
    sheet = re.search(r'href="(/answer/[^"]+/check)"', again.page.html)
    assert sheet is not None
    own = again.open(sheet[1])
    assert own.says("You can read your answers, but no longer change them.", "B Bo take way")
    assert 'href="/answer/thanks"' in own.html
    assert again.open("/answer").says("Continue")


def test_submitting_twice_is_told_with_the_thanks(bakery: LedBakery, enter: Enter) -> None:
    task = bakery.assign_report(bakery.wave())
    someone = enter(task)
    sheet = bakery.choose(bakery.enter(task))
    check = someone.open(f"/answer/{sheet}/check")
    someone.press("Submit my answers")
    someone.page = check
    assert someone.press("Submit my answers").says("You had already submitted. Nothing was changed.")


def test_before_submitting_the_thanks_lead_to_the_questions(report: Visitor) -> None:
    assert report.open("/answer/thanks").path == "/answer"


def test_the_thanks_are_not_for_those_who_have_a_result(leader: Visitor) -> None:
    assert leader.open("/answer/thanks").path == "/answer", "by way of the profile"
