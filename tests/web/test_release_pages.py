"""The pages of group results, as administrators, leaders, representatives and others find them."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from browsing import Visitor
from shops import Shops, asked_in_shops

from assess.people import administrators, appointments, signing_in
from assess.releases.making import make

if TYPE_CHECKING:
    from flask import Flask

    from assess.store import Store

CANARY = "=HYPERLINK(1)"


@pytest.fixture
def shops(store: Store) -> Shops:
    made = Shops(store, asked_in_shops())
    for shop, number in (("Alby", 6), ("Birk", 7), ("Crona", 3), ("Dal", 12)):
        made.enter(shop, number)
    return made


@pytest.fixture
def release_id(shops: Shops) -> str:
    remarks = {shops.people["Dal"][0]: CANARY, shops.people["Alby"][0]: "a small shop"}
    [made] = make(shops.store, shops.wave(shops.everybody(), remarks=remarks), shops.now)
    return made


def signed_in(app: Flask, shops: Shops, person_id: str, language: str = "English") -> Visitor:
    visitor = Visitor(app)
    visitor.open("/")
    visitor.press(language)
    visitor.open(f"/sign-in/{signing_in.mint(shops.store, person_id, shops.now)}")
    visitor.press({"English": "Sign in", "Dansk": "Log ind", "Svenska": "Logga in"}[language])
    return visitor


@pytest.fixture
def administrator(app: Flask, shops: Shops) -> Visitor:
    person_id = shops.leader("Rugbrød").id
    administrators.grant(shops.store, person_id, shops.now)
    return signed_in(app, shops, person_id)


def place(release_id: str, shops: Shops, unit: str, ending: str = "") -> str:
    return f"/releases/{release_id}/{shops.units[unit]}{ending}"


def test_the_list_names_the_waves_and_the_units(administrator: Visitor, release_id: str) -> None:
    page = administrator.open("/releases")
    assert page.status == 200
    assert page.says("Efterår", "Tiny (en)", "Rugbrød", "Øst", "Alby", "Vest", "Dal")
    assert f"/releases/{release_id}.csv" in page.html


def test_a_group_says_who_is_in_it_what_it_says_and_what_is_not_shown(
    administrator: Visitor, shops: Shops, release_id: str
) -> None:
    page = administrator.open(place(release_id, shops, "Alby"))
    assert page.says("6 people have answered.", "skill", "will", "Figures of fewer than 5 people")
    assert page.says("How answers are spread, and what people wrote, are shown for groups of at least 10")
    assert "a small shop" not in page.text
    assert page.html.count('role="img"') == 2


def test_a_unit_that_is_too_small_is_shown_with_its_neighbour(
    administrator: Visitor, shops: Shops, release_id: str
) -> None:
    page = administrator.open(place(release_id, shops, "Crona"))
    assert page.says(
        "Crona is too small to be shown alone: these are the figures of Crona and Dal together.",
        "15 people have answered.",
    )
    assert page.says("What people need", "In their own words", CANARY)


def test_the_first_group_is_the_topmost_that_the_person_may_see(
    app: Flask, shops: Shops, release_id: str
) -> None:
    leader = signed_in(app, shops, shops.leader("Vest").id)
    page = leader.open(f"/releases/{release_id}")
    assert page.path == place(release_id, shops, "Vest")
    assert leader.open(f"{page.path}?unit={shops.units['Dal']}").path == place(release_id, shops, "Dal")


def test_administrators_keep_their_menu_and_everybody_is_told_where_they_are(
    app: Flask, administrator: Visitor, shops: Shops, release_id: str
) -> None:
    def marked(visitor: Visitor, address: str) -> set[str]:
        return set(re.findall(r'aria-current="true">([^<]+)<', visitor.open(address).html))

    leader = signed_in(app, shops, shops.leader("Vest").id)
    for address in ("/releases", place(release_id, shops, "Vest")):
        assert marked(administrator, address) == {"Administration", "Results"}
        assert marked(leader, address) == {"My team"}


def test_somebody_elses_group_is_not_there(app: Flask, shops: Shops, release_id: str) -> None:
    leader = signed_in(app, shops, shops.leader("Vest").id)
    for unit in ("Øst", "Alby", "Rugbrød"):
        for ending in ("", ".pdf", ".csv", ".json"):
            assert leader.open(place(release_id, shops, unit, ending)).status == 404
    assert leader.open(f"/releases/nothing/{shops.units['Vest']}").status == 404
    assert leader.open("/releases/nothing").status == 404
    assert leader.open(place(release_id, shops, "Vest", ".exe")).status == 404


def test_an_employee_finds_no_results_and_no_group(app: Flask, shops: Shops, release_id: str) -> None:
    employee = signed_in(app, shops, shops.people["Dal"][1])
    assert employee.open("/releases").says("There are no results yet.")
    for path in (f"/releases/{release_id}", f"/releases/{release_id}.csv", place(release_id, shops, "Dal")):
        assert employee.open(path).status == 404


def test_the_representative_sees_groups(app: Flask, shops: Shops, release_id: str) -> None:
    person_id = shops.people["Alby"][0]
    appointments.appoint(
        shops.store, shops.administrator, shops.organisation_id, person_id, "representative", shops.now
    )
    representative = signed_in(app, shops, person_id)
    assert representative.open(f"/releases/{release_id}").says("28 people have answered")


def test_nobody_sees_a_group_without_signing_in(app: Flask, shops: Shops, release_id: str) -> None:
    assert "people have answered" not in Visitor(app).open(place(release_id, shops, "Vest")).text


def test_figures_as_a_table_run_no_formula(administrator: Visitor, shops: Shops, release_id: str) -> None:
    page = administrator.open(place(release_id, shops, "Vest", ".csv"))
    rows = list(csv.DictReader(io.StringIO(page.content.decode(), newline="")))
    assert {row["of_this_unit_alone"] for row in rows} <= {"yes", "no"}
    assert all(None not in row and None not in row.values() for row in rows), "every row has every column"
    assert {row["people"] for row in rows} == {"15"}
    assert [row["name"] for row in rows if row["part"] == "comment"] == [f"'{CANARY}"]
    assert all(row["unit"] == "Rugbrød / Vest" for row in rows)


def test_where_people_differ_there_is_no_mean_on_the_page_and_in_no_file(app: Flask, store: Store) -> None:
    """Five groups of twelve. In Alby half have skill 5 and half 1; of will all groups think alike."""
    shops, groups = Shops(store, asked_in_shops()), ("Alby", "Birk", "Crona", "Dal", "Øst")
    answers = {
        person_id: (5, 5, 3, 4) if shop == "Alby" and place % 2 else (1 + number, 2, 3, 3 + place % 2)
        for number, shop in enumerate(groups)
        for place, person_id in enumerate(shops.enter(shop, 12))
    }
    [made] = make(store, shops.wave(shops.everybody(), answers), shops.now)
    leader = signed_in(app, shops, shops.leader("Alby").id)
    page = leader.open(place(made, shops, "Alby"))
    assert page.html.count("views differ</td>") == 1
    assert page.says("Agreement (r_wg(j))", "From 0.7 on a mean may be called the group’s")
    assert page.says("How far the groups differ", "60 people in 5 groups")
    for path in (place(made, shops, "Alby", ".csv"), f"/releases/{made}.csv"):
        rows = list(csv.DictReader(io.StringIO(leader.open(path).content.decode(), newline="")))
        of = {(row["part"], row["id"]): row for row in rows}
        skill, will = of["mean", "skill"], of["mean", "will"]
        assert float(skill["agreement"]) < 0.7 <= float(will["agreement"])
        assert (skill["value"], skill["low"], skill["range_low"]) == ("", "", "")
        assert skill["sd"], "how far apart they are is told"
        assert (float(will["range_low"]), float(will["range_high"])) == (3.0, 3.5), "nearly all alike"
        icc = of["icc1", "skill"]
        assert (icc["unit"], icc["people"]) == ("", "60")
        assert float(icc["low"]) <= float(icc["value"]) <= float(icc["high"])
        assert ("icc2", "skill") in of


def test_all_groups_as_a_table_are_those_of_the_person(
    app: Flask, administrator: Visitor, shops: Shops, release_id: str
) -> None:
    def units(visitor: Visitor) -> set[str]:
        page = visitor.open(f"/releases/{release_id}.csv")
        return {row["unit"] for row in csv.DictReader(io.StringIO(page.content.decode(), newline=""))}

    assert len(units(administrator)) == 7
    leader = signed_in(app, shops, shops.leader("Øst").id)
    assert units(leader) == {"Rugbrød / Øst", "Rugbrød / Øst / Alby", "Rugbrød / Øst / Birk"}


def test_the_json_is_the_page_as_data_and_the_pdf_a_document(
    administrator: Visitor, shops: Shops, release_id: str
) -> None:
    data = json.loads(administrator.open(place(release_id, shops, "Vest", ".json")).content)
    assert (data["subject"], data["people"]) == ("Vest", 15)
    page = administrator.open(place(release_id, shops, "Vest", ".pdf"))
    assert page.content.startswith(b"%PDF-")
    assert "Efterår" in page.response.headers["Content-Disposition"] or "Efter" in str(page.response.headers)


@pytest.mark.parametrize(
    ("language", "says"), [("Dansk", "15 personer har svaret"), ("Svenska", "15 personer har svarat")]
)
def test_the_page_speaks_the_readers_language(
    app: Flask, shops: Shops, release_id: str, language: str, says: str
) -> None:
    leader = signed_in(app, shops, shops.leader("Vest").id, language)
    assert leader.open(place(release_id, shops, "Vest")).says(says)


def test_a_wave_with_too_few_answers_says_so(app: Flask, store: Store) -> None:
    shops = Shops(store)
    shops.enter("Alby", 3)
    make(store, shops.wave(shops.everybody()), shops.now)
    person_id = shops.leader("Rugbrød").id
    administrators.grant(store, person_id, shops.now)
    page = signed_in(app, shops, person_id).open("/releases")
    assert page.says("No figures: fewer than 5 people have answered.")
