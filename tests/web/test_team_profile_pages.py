"""The team page with people on it: three things first, pictures with tables and files, nobody’s mind."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from browsing import Page, Visitor
from small_organisation import NOON, Bakery
from team import Team, fitting, maturity

from assess.people import register
from assess.store import Store
from assess.store.queries import Queries
from reports.team.tables import TABLES

SignedIn = Callable[[str], Visitor]


@pytest.fixture
def bakery(store: Store) -> Bakery:
    """Bo leads Amina and Cem. Amina: ability 4.0, will 2.0, by both; she shares. Cem is rated alone."""
    team = Team(store)
    register.join_unit(store, team.manager_id, team.unit_id, role="leader", now=NOON)
    cem = team.add_person("Cem", "Cem Aydın", "da", "1003")
    for person_id in (team.employee_id, cem):
        register.join_unit(store, person_id, team.unit_id, role="member", now=NOON)
    own, rating = team.enter_pair(team.employee_id)
    team.give(own, maturity(4, 2), share=True)
    team.give(rating, maturity(4, 2))
    _, second = team.enter_pair(cem, areas=(1,))
    team.give(second, maturity(2, 5))
    team.give(team.enter_own_style(), fitting)
    return team


@pytest.fixture
def page(bakery: Bakery, signed_in: SignedIn) -> Page:
    return signed_in(bakery.manager_id).open("/team")


def without_pictures(page: Page) -> str:
    """What can be read of a page besides its drawings."""
    html = re.sub(r"<svg.*?</svg>|<head.*?</head>", "", page.html, flags=re.S)
    return re.sub(r"<[^>]*>", " ", html)


def rows(page: Page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.content.decode("utf-8-sig"), newline="")))


def test_what_to_do_comes_before_every_picture(page: Page) -> None:
    assert page.status == 200
    things = page.html.index('id="things"')
    assert things < page.html.index("<svg", things)
    assert (
        page.html.index('class="thing"')
        < page.html.index('id="needs"')
        < page.html.index('id="distribution"')
    )
    assert page.says("Plan a talk with Amina Yıldız and Cem Aydın")


def test_each_person_and_area_has_a_mark_and_leads_to_the_own_page(page: Page) -> None:
    assert page.html.count('class="who-number"') == 2
    links = set(re.findall(r'href="(/me/profiles/[0-9a-f]+)"', page.html))
    assert len(links) == 2
    assert page.says("Amina Yıldız · Baking bread", "Cem Aydın · Serving customers")
    assert "chart-join" in page.html, "Amina's two views are joined"


def test_no_psychological_number_of_a_named_person_can_be_read(page: Page) -> None:
    """Amina's will is 2.0, Cem's 5.0; ability 4.0 and 2.0 may stand side by side."""
    said = re.findall(r"\d+\.\d+", without_pictures(page))
    assert "4.0" in said
    assert "5.0" not in said


def test_every_picture_has_its_table_as_a_file(bakery: Bakery, signed_in: SignedIn) -> None:
    bo = signed_in(bakery.manager_id)
    bo.open("/team")
    for name in TABLES:
        file = bo.open(f"/team/files/{name}.csv")
        assert file.status == 200
        assert file.response.headers["Content-Type"].startswith("text/csv")
        assert "attachment" in file.response.headers["Content-Disposition"]
        found = rows(file)
        assert {len(row) for row in found} == {len(found[0])}
        assert not {cell for row in found for cell in row} & {"will", "5.0", "5.00"}
    assert rows(bo.open("/team/files/technical.csv")) == [
        ["Name", "Job area", "View", "skill"],
        ["Amina Yıldız", "Baking bread", "You", "4.0"],
        ["Amina Yıldız", "Baking bread", "Own view", "4.0"],
        ["Cem Aydın", "Serving customers", "You", "2.0"],
    ]


def test_what_is_not_there_is_for_nobody(bakery: Bakery, signed_in: SignedIn) -> None:
    """A file that there is not; and any of them for who leads nobody."""
    assert signed_in(bakery.manager_id).open("/team/files/psychological.csv").status == 404
    amina = signed_in(bakery.employee_id)
    assert amina.open("/team/files/needs.csv").status == 404
    assert amina.open("/team/report.pdf").status == 404


def test_the_filter_holds_for_page_and_files(bakery: Bakery, signed_in: SignedIn) -> None:
    bo = signed_in(bakery.manager_id)
    bo.open("/team")
    shown = bo.open(f"/team?area={bakery.area_ids[1]}")
    assert shown.html.count('class="who-number"') == 1
    assert f"/team/files/technical.csv?area={bakery.area_ids[1]}" in shown.html
    assert len(rows(bo.open(f"/team/files/technical.csv?area={bakery.area_ids[1]}"))) == 2
    assert bo.open("/team?area=nonsense").html.count('class="who-number"') == 2


def test_five_more_people_cost_no_more_queries(
    bakery: Bakery, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the whole page, with its frame; everybody is rated, shares and has a talk."""
    assert isinstance(bakery, Team)
    bo, asked = signed_in(bakery.manager_id), list[str]()
    plain = Queries.__getattr__

    def noted(queries: Queries, name: str) -> Any:
        asked.append(name)
        return plain(queries, name)

    def queries() -> list[str]:
        bo.open("/team")  # looks are noted the first time in an hour
        with monkeypatch.context() as patch:
            patch.setattr(Queries, "__getattr__", noted)
            asked.clear()
            page = bo.open("/team")
        assert page.status == 200
        return list(asked)

    few = queries()
    for number in range(5):
        person_id = bakery.add_person(f"P{number}", f"P{number} Berg", "da", f"2{number}")
        register.join_unit(bakery.store, person_id, bakery.unit_id, role="member", now=NOON)
        own, rating = bakery.enter_pair(person_id)
        bakery.give(own, maturity(4, 2), share=True)
        bakery.give(rating, maturity(4, 2))
    assert queries() == few


def test_a_very_long_list_is_on_the_page_where_it_is_asked_for(
    bakery: Bakery, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its place stands the way to it."""
    bo = signed_in(bakery.manager_id)
    whole = bo.open("/team").html
    monkeypatch.setattr("assess.web.team.home.MOST", 0)
    short = bo.open("/team").html
    assert "Show the list of" not in whole
    assert "Show the list of" in short
    ways = re.findall(r'href="(/team\?list=needs#needs)"', short)
    assert ways, "the way to it is where it would stand"
    opened = bo.open(ways[0].split("#")[0]).html
    certainty = r"<td[^>]*>(close to a border|fairly clear)</td>"
    assert re.search(certainty, opened)
    assert not re.search(certainty, short)
    assert 'id="needs"' in opened
    assert len(re.findall("Show the list of", opened)) == len(re.findall("Show the list of", short)) - 1
    assert bo.open("/team?list=nothing").html.count("Show the list of") == short.count("Show the list of")


def test_the_report_is_a_document(bakery: Bakery, signed_in: SignedIn) -> None:
    bo = signed_in(bakery.manager_id)
    assert "/team/report.pdf" in bo.open("/team").html
    report = bo.open("/team/report.pdf")
    assert report.content.startswith(b"%PDF-")
    assert report.response.headers["Cache-Control"] == "no-store"


def test_what_is_taken_back_is_gone_from_the_very_next_page(bakery: Bakery, signed_in: SignedIn) -> None:
    bo, amina = signed_in(bakery.manager_id), signed_in(bakery.employee_id)
    assert bo.open("/team").says("Own view")
    mine = re.search(r"/me/profiles/[0-9a-f]+", amina.open("/me").html)
    assert mine is not None
    amina.open(mine[0])
    amina.press("Stop sharing")
    assert not bo.open("/team").says("Own view")
    assert all(row[2] == "You" for row in rows(bo.open("/team/files/technical.csv"))[1:])


def test_a_look_is_told_to_whom_it_is_about(bakery: Bakery, signed_in: SignedIn, page: Page) -> None:
    assert signed_in(bakery.employee_id).open("/me/looks").says("Bo Ørsted")


def test_the_page_speaks_danish_throughout(bakery: Bakery, signed_in: SignedIn) -> None:
    bo = signed_in(bakery.manager_id)
    bo.open("/team")
    bo.post("/language", {"csrf_token": bo.token, "language": "da", "back": "/team"})
    said = bo.open("/team").text
    assert "ting at gøre" in said
    for english in ("Three things", "Who needs what", "Job area", "As a table", "How to read", "Your "):
        assert english not in said, english


def test_the_styles_and_scripts_are_files(page: Page) -> None:
    """The policy allows no inline styles: colours of heat maps are classes."""
    assert "style=" not in page.html
    assert "<style" not in page.html
    assert re.search(r'class="heat-cell band-[1-5]"', page.html)
