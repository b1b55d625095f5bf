"""The talk brief on screen, for both at one screen, and as files, by HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from pypdf import PdfReader
from small_organisation import NOON
from talking import Talking
from team import Team, maturity

from assess.store import Store
from assess.talks import notes, preparing
from assess.talks.types import PreparationTexts

if TYPE_CHECKING:
    from conftest import Clock

SignedIn = Callable[[str], Visitor]
HERS, HIS, NOTE = "canary-prepared-by-her", "canary-prepared-by-him", "canary-note"


@pytest.fixture
def bakery(store: Store) -> Team:
    """The bakery whose questionnaire has levels, so that there is something to brief about."""
    return Team(store)


@pytest.fixture
def talk(bakery: Team) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(bakery: Team, talk: Talking) -> str:
    """Both have answered and are ready; nothing is shared; the manager has a note."""
    employee, manager = bakery.enter_pair(bakery.employee_id)
    bakery.give(employee, maturity(5, 2), share=False)
    bakery.give(manager, maturity(3, 4))
    talk_id = talk.plan()
    for actor, words in ((talk.amina, HERS), (talk.bo, HIS)):
        preparing.save(talk.store, actor, talk_id, PreparationTexts(wishes=words), 0, NOON, ready=True)
    notes.save(talk.store, talk.bo, talk_id, NOTE, 0, NOON)
    return talk_id


@pytest.fixture
def bo(talk: Talking, signed_in: SignedIn) -> Visitor:
    return signed_in(talk.bo.id)


@pytest.fixture
def amina(talk: Talking, signed_in: SignedIn) -> Visitor:
    return signed_in(talk.amina.id)


def test_whoever_holds_the_talk_reads_their_own_page_first(bo: Visitor, talk_id: str) -> None:
    page = bo.open(f"/talks/{talk_id}/brief")
    assert page.says("For you alone", "How to spend the time", "How to lead this talk", NOTE)
    assert page.says("Only one view so far", HERS, HIS, "Open questions")
    assert page.text.index("How to spend the time") < page.text.index("Only one view so far")


def test_the_picture_says_what_each_field_means_and_the_bars_where_nought_is(
    amina: Visitor, talk_id: str
) -> None:
    for path in ("brief", "brief/present"):
        page = amina.open(f"/talks/{talk_id}/{path}")
        (picture,) = re.findall(r'<svg[^>]*class="chart chart-quadrant".*?</svg>', page.html, re.DOTALL)
        said = " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", picture))
        assert said.startswith("M2 M4 M1 M3"), "the words of the questionnaire"
    page = amina.open(f"/talks/{talk_id}/brief")
    (table,) = re.findall(r'<table class="sides views">.*?</table>', page.html, re.DOTALL)
    (axis,) = re.findall(r'<svg[^>]*class="chart chart-axis".*?</svg>', table, re.DOTALL)
    low, middle, high = re.findall(r"<text[^>]*>([^<]+)</text>", axis)
    assert (low[0], middle, high[0]) == ("−", "0", "+")


def test_of_many_earlier_agreements_the_rest_is_in_the_list(bo: Visitor, talk: Talking, talk_id: str) -> None:
    for number, days in enumerate((2, 4)):
        earlier_id = talk.plan(days=days)
        for one in range(8):
            talk.agree(earlier_id, f"canary-{number}-{one}")
    for path in ("brief", "brief/present"):
        page = bo.open(f"/talks/{talk_id}/{path}")
        assert len(re.findall(r"canary-\d-", page.html)) == 10
        assert page.says("6 more from earlier talks are still open.")
        assert f'href="/talks/{talk_id}/agreements#past"' in page.html
    assert len(set(re.findall(r"canary-\d-\d", bo.open(f"/talks/{talk_id}/agreements").html))) == 16


def test_the_person_reads_both_views_and_no_page_of_the_holder_s(amina: Visitor, talk_id: str) -> None:
    page = amina.open(f"/talks/{talk_id}/brief")
    assert page.says("Your manager", HERS, HIS)
    for hidden in ("For you alone", "How to lead this talk", NOTE):
        assert hidden not in page.text


def test_every_link_of_the_contents_has_the_words_that_it_leads_to(
    bo: Visitor, amina: Visitor, talk_id: str
) -> None:
    for visitor in (bo, amina):
        page = visitor.open(f"/talks/{talk_id}/brief").html
        contents = page[page.index('<nav class="on-this-page"') :]
        links = re.findall(r'<a href="#([\w-]+)">([^<]+)</a>', contents[: contents.index("</nav>")])
        assert len(links) > 2
        for anchor, words in links:
            place = page[page.index(f'id="{anchor}"') :]
            assert words in place[: place.index("</h2>")]


def test_at_one_screen_nothing_is_private_and_every_section_leads_on(
    bo: Visitor, amina: Visitor, talk_id: str
) -> None:
    for visitor in (bo, amina):
        page = visitor.open(f"/talks/{talk_id}/brief/present")
        for hidden in (NOTE, "For you alone", "How to lead this talk"):
            assert hidden not in page.text
        sections = re.findall(r'<section class="slide" id="([\w-]+)"', page.html)
        assert sections[0] == "begin"
        assert sections[-1] == "agree"
        assert re.findall(r'data-turn="on" href="#([\w-]+)"', page.html) == sections[1:]
        assert re.findall(r'data-turn="back" href="#([\w-]+)"', page.html) == sections[:-1]


def test_the_files_hold_what_the_page_holds(bo: Visitor, amina: Visitor, talk_id: str) -> None:
    said = {}
    for name, visitor in (("bo", bo), ("amina", amina)):
        answer = visitor.open(f"/talks/{talk_id}/brief.pdf")
        assert answer.response.mimetype == "application/pdf"
        assert answer.response.headers["Cache-Control"] == "no-store"
        reader = PdfReader(BytesIO(answer.content))
        said[name] = " ".join(page.extract_text() for page in reader.pages)
        assert NOTE.encode() not in reader.attachments["result.json"][0]
    assert all(NOTE not in text for text in said.values())
    assert "Your notes are left out of this file" in said["bo"]
    assert "Your notes" not in said["amina"]
    assert all(HERS in text and HIS in text for text in said.values())


def test_notes_are_in_the_file_that_is_asked_for_with_them_and_that_says_so(
    bo: Visitor, amina: Visitor, talk_id: str
) -> None:
    assert "notes=mine" in bo.open(f"/talks/{talk_id}/brief").html
    assert "notes=mine" not in amina.open(f"/talks/{talk_id}/brief").html
    answer = bo.open(f"/talks/{talk_id}/brief.pdf?notes=mine")
    assert "with%20my%20notes.pdf" in answer.response.headers["Content-Disposition"]
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    for page in pages:
        assert ("For you alone" in page) is (page is pages[0]), "each private page says so, and no other"
    assert NOTE in pages[0]
    assert all(NOTE not in page for page in pages[1:])
    hers = PdfReader(BytesIO(amina.open(f"/talks/{talk_id}/brief.pdf?notes=mine").content))
    assert all(NOTE not in page.extract_text() for page in hers.pages)


def test_the_agreements_come_as_a_sheet_with_fields(amina: Visitor, talk: Talking, talk_id: str) -> None:
    talk.agree(talk_id, "Bake alone on Fridays")
    answer = amina.open(f"/talks/{talk_id}/agreements.pdf")
    fields = PdfReader(BytesIO(answer.content)).get_fields()
    assert fields is not None
    assert fields["agreement-1-what"]["/V"] == "Bake alone on Fridays"
    assert fields["signature-person-name"]["/V"] == "Amina Yıldız"


def test_who_has_still_to_answer_is_told_so_and_nothing_of_the_other(
    bakery: Team, talk: Talking, signed_in: SignedIn
) -> None:
    """The person has shared, the manager has not rated: the manager is led to the own rating."""
    employee, manager = bakery.enter_pair(bakery.employee_id)
    bakery.give(employee, maturity(5, 2), share=True)
    talk_id = talk.plan()
    for actor in (talk.amina, talk.bo):
        preparing.save(talk.store, actor, talk_id, PreparationTexts(wishes=HERS), 0, NOON, ready=True)
    bo, amina = signed_in(talk.bo.id), signed_in(talk.amina.id)
    page = bo.open(f"/talks/{talk_id}/brief")
    assert page.says("You have not finished rating", "Rate first", "Rate now")
    assert "shared" not in page.text
    assert not amina.open(f"/talks/{talk_id}/brief").says("You have not answered everything")
    bakery.give(manager, maturity(3, 4))
    assert not bo.open(f"/talks/{talk_id}/brief").says("You have not finished rating")


def test_before_it_is_open_the_page_says_when_it_opens(bo: Visitor, talk: Talking) -> None:
    talk_id = talk.plan(days=20)
    page = bo.open(f"/talks/{talk_id}/brief")
    assert page.status == 403
    assert page.says("The talk brief is not open yet", "at the latest when the talk begins")
    assert bo.open(f"/talks/{talk_id}/brief.pdf").status == 403


def test_who_may_not_see_the_talk_finds_nothing(talk: Talking, talk_id: str, signed_in: SignedIn) -> None:
    dana = signed_in(talk.dana_id)
    for path in ("brief", "brief.pdf", "brief/present", "agreements.pdf"):
        assert dana.open(f"/talks/{talk_id}/{path}").status == 404


def test_a_manager_who_has_left_the_unit_reads_nothing_more(
    talk: Talking, talk_id: str, clock: Clock, signed_in: SignedIn
) -> None:
    clock.advance(days=1)
    bo = signed_in(talk.bo.id)
    assert bo.open(f"/talks/{talk_id}/brief").status == 200
    talk.new_manager(talk.dana_id, NOON + timedelta(days=1))
    assert bo.open(f"/talks/{talk_id}/brief").status == 404
