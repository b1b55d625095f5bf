"""The organisation on the administrators' pages: looking up, rosters, one person; through HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import Page, Visitor

from assess.people import administrators, organisation, signing_in

if TYPE_CHECKING:
    from conftest import Clock
    from flask import Flask
    from small_organisation import Bakery

HEADER = "Enhed;Navn;E-mail;Medarbejdernummer;Sprog;Leder;Opgaveområder"
ROSTER = "\n".join(
    (
        HEADER,
        "Butik Nord;Bo Ørsted;bo@example.org;1002;sv;;",
        "Butik Nord;Amina Yıldız;amina@example.org;1001;da;1002;Bage brød",
        "Butik Nord / Café;Gry Grøn;gry@example.org;1003;da;1002;Kaffe",
        "Butik Nord / Café;Hans Høj;hans@example.org;1004;;1003;",
    )
)


@pytest.fixture
def admin(bakery: Bakery, app: Flask) -> Visitor:
    """Bo on the page of people, in English."""
    administrators.grant(bakery.store, bakery.manager_id, bakery.now)
    someone = Visitor(app)
    someone.open("/")
    someone.press("English")
    someone.open(f"/sign-in/{signing_in.mint(bakery.store, bakery.manager_id, bakery.now)}")
    someone.press("Sign in")
    someone.open("/admin/people")
    return someone


def upload(admin: Visitor, content: bytes, name: str = "roster.csv") -> Page:
    admin.open("/admin/people/import")
    return send(admin, content, name, admin.token)


def send(someone: Visitor, content: bytes, name: str, token: str) -> Page:
    """Posts the form with a file as a browser does; written by hand, so that no temporary file stays open."""
    fields = {"csrf_token": token, "ends": "yes", "pasted": ""}
    parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    parts.append(f'name="file"; filename="{name}"\r\n\r\n'.encode() + content)
    body = b"".join(b"--edge\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
    response = someone.client.post(
        "/admin/people/import",
        data=body + b"--edge--\r\n",
        base_url=someone.base_url,
        headers=someone.headers,
        content_type="multipart/form-data; boundary=edge",
    )
    return someone._follow(response, "/admin/people/import")


def names(bakery: Bakery, clock: Clock) -> set[str]:
    with bakery.store.read() as q:
        return {one.name for one in organisation.members(q, bakery.organisation_id, clock.now)}


# --- looking up ------------------------------------------------------------------------------------


def test_units_are_shown_one_level_at_a_time(bakery: Bakery, admin: Visitor) -> None:
    assert admin.page.says("2 people", "Butik Nord")
    assert not admin.page.says("Amina Yıldız")
    page = admin.open(f"/admin/people?unit={bakery.unit_id}")
    assert page.says("Butik Nord", "Amina Yıldız", "1001", "no leader of its own")
    assert admin.open("/admin/people?unit=unknown").status == 404


def test_people_are_found_by_name_address_or_number(bakery: Bakery, admin: Visitor) -> None:
    for text in ("amina", "yıld", "AMINA@", "1001"):
        page = admin.open(f"/admin/people?find={text}")
        assert page.says("Amina Yıldız", "Butik Nord"), text
    assert admin.open("/admin/people?find=nobody").says("Nobody here is called that.")


def test_nobody_else_sees_the_organisation(bakery: Bakery, app: Flask) -> None:
    stranger = Visitor(app)
    assert stranger.open("/admin/people").status == 401
    stranger.open(f"/sign-in/{signing_in.mint(bakery.store, bakery.employee_id, bakery.now)}")
    stranger.press("Log ind" if "Log ind" in stranger.page.html else "Sign in")
    for path in ("", "/add", "/import", "/import/template.csv", f"/{bakery.manager_id}"):
        assert stranger.open(f"/admin/people{path}").status in {403, 404}, path


# --- rosters ---------------------------------------------------------------------------------------


def test_a_roster_is_shown_and_then_applied(bakery: Bakery, admin: Visitor, clock: Clock) -> None:
    clock.advance(minutes=1)
    page = upload(admin, ROSTER.encode())
    assert page.says(
        "What would change", "4 rows were read", "Gry Grøn", "Café", "Kaffe", "Nothing has changed yet"
    )
    assert names(bakery, clock) == {"Amina Yıldız", "Bo Ørsted"}, "nothing changes before it is applied"
    page = admin.press("Apply")
    assert page.says("The roster is imported", "People added 2")
    assert names(bakery, clock) == {"Amina Yıldız", "Bo Ørsted", "Gry Grøn", "Hans Høj"}
    clock.advance(minutes=1)
    again = upload(admin, ROSTER.encode())
    assert again.says("there is nothing to change")
    assert "Apply" not in again.html


def test_a_pasted_table_and_a_workbook_are_read_too(bakery: Bakery, admin: Visitor) -> None:
    from workbooks import workbook

    admin.open("/admin/people/import")
    fields = {"csrf_token": admin.token, "pasted": ROSTER.replace(";", "\t"), "ends": "yes"}
    pasted = admin.post("/admin/people/import", fields, content_type="multipart/form-data")
    assert pasted.says("What would change", "pasted table", "Gry Grøn")
    rows = [line.split(";") for line in ROSTER.splitlines()]
    assert upload(admin, workbook(rows), "roster.xlsx").says("What would change", "Gry Grøn")


def test_problems_are_told_with_their_rows_in_the_language_of_the_page(
    bakery: Bakery, admin: Visitor
) -> None:
    wrong = ROSTER.replace("Hans Høj", "=cmd|'/c calc'!A0").replace("gry@example.org", "gry")
    page = upload(admin, wrong.encode())
    assert page.status == 422
    assert page.says("There are 2 problems; nothing was imported", "4 E-mail “gry” is no e-mail address.")
    assert page.says("5 Navn The cell begins like a formula")
    admin.open("/admin/people/import")
    admin.press("Dansk")
    assert upload(admin, wrong.encode()).says("Der er 2 problemer", "Cellen begynder som en formel")


def test_only_the_first_fifty_problems_are_told(admin: Visitor) -> None:
    rows = "\n".join(f"Nord;;p{n}@example.org;{n};;;" for n in range(70))
    page = upload(admin, f"{HEADER}\n{rows}".encode())
    assert page.says("There are 70 problems", "These are the first 50.")


def test_a_file_of_twenty_megabytes_is_refused_with_its_reason(admin: Visitor) -> None:
    page = upload(admin, b"x" * 20_000_000)
    assert page.status == 422
    assert page.says("The file is larger than 10 MB.")


def test_only_who_has_signed_in_may_send_so_much(visitor: Visitor) -> None:
    assert send(visitor, b"x" * 400_000, "r.csv", "").status == 401


def test_nothing_at_all_is_told_too(admin: Visitor) -> None:
    admin.open("/admin/people/import")
    assert admin.press("Show what would change", ends="no").says("There is nothing in it.")


@pytest.mark.parametrize(
    ("language", "button", "reason"),
    [
        (
            "English",
            "Show what would change",
            "Choose whether the people who are not in the roster have left",
        ),
        ("Dansk", "Vis, hvad der ville ændres", "Vælg, om de personer, der ikke står på listen, er stoppet"),
        ("Svenska", "Visa vad som skulle ändras", "Välj om de personer som inte står på listan har slutat"),
    ],
)
def test_what_holds_for_who_is_not_in_it_is_chosen_by_whoever_imports(
    admin: Visitor, language: str, button: str, reason: str
) -> None:
    admin.open("/admin/people/import")
    admin.press(language)
    page = admin.open("/admin/people/import")
    assert "ends" not in page.form(button).data, "nothing is chosen beforehand"
    refused = admin.press(button, pasted=ROSTER)
    assert refused.status == 422
    assert refused.says(reason)
    assert refused.form(button).data["pasted"].split() == ROSTER.split(), "what was pasted is kept"
    chosen = admin.press(button, ends="no")
    assert chosen.status == 200
    assert chosen.says("Gry Grøn")


def test_who_imports_for_nobody_yet_is_not_asked(admin: Visitor, bakery: Bakery, clock: Clock) -> None:
    with bakery.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE memberships SET ends_at = starts_at")
    clock.advance(minutes=1)
    page = admin.open("/admin/people/import")
    assert "ends" not in page.form("Show what would change").choices
    assert admin.press("Show what would change", pasted=ROSTER).says("What would change", "Gry Grøn")


def test_a_roster_that_meets_another_organisation_is_shown_again(
    bakery: Bakery, admin: Visitor, clock: Clock
) -> None:
    upload(admin, ROSTER.encode())
    preview = admin.page
    admin.open("/admin/people/add")
    admin.press("Add", name="Ida Iversen", email="ida@example.org", unit=bakery.unit_id)
    admin.page = preview
    page = admin.press("Apply")
    assert page.status == 409
    assert page.says("Nothing was applied", "Ida Iversen")
    assert admin.press("Apply").says("The roster is imported")
    clock.advance(minutes=1)
    assert "Ida Iversen" not in names(bakery, clock)


def test_the_example_is_a_roster_that_can_be_read(admin: Visitor) -> None:
    for language in ("English", "Dansk", "Svenska"):
        admin.open("/admin/people/import")
        admin.press(language)
        page = admin.open("/admin/people/import/template.csv")
        assert upload(admin, page.content).status == 200


# --- one person ------------------------------------------------------------------------------------


def test_a_person_is_added_by_hand(bakery: Bakery, admin: Visitor) -> None:
    admin.open(f"/admin/people/add?unit={bakery.unit_id}")
    wrong = admin.press("Add", name="", email="amina@example.org")
    assert wrong.status == 422
    assert wrong.says("This cannot be empty", "Somebody else in your organisation has this address")
    page = admin.press("Add", name="Ida Iversen", email="ida@example.org", role="leader")
    assert page.says("The person is added.", "Ida Iversen", "Butik Nord", "Leader")


def test_a_person_is_corrected_moved_and_ended(bakery: Bakery, admin: Visitor, clock: Clock) -> None:
    clock.advance(minutes=1)
    path = f"/admin/people/{bakery.employee_id}"
    admin.open(path)
    assert admin.press("Correct", name="Amina Berg").says("It is corrected.", "Amina Berg")
    assert admin.press("Correct", email="no address").says("This is no e-mail address")
    admin.open(path)
    assert admin.press("From now on", unit=bakery.unit_id, role="leader").says("It holds from now on.")
    assert admin.press("End: Butik Nord").says("It has ended now.")
    admin.open(path)
    token = admin.token
    assert admin.post(f"{path}/end", {"csrf_token": token}).says("Nothing was changed")
    assert admin.post(f"{path}/end", {"csrf_token": token, "sure": "yes"}).says("The person has left.")
    assert names(bakery, clock) == {"Bo Ørsted"}


def test_roles_are_given_and_taken_back(bakery: Bakery, admin: Visitor) -> None:
    admin.open(f"/admin/people/{bakery.employee_id}")
    for role in ("Coach", "Employees’ representative", "Administrator"):
        assert admin.press(f"Appoint: {role}").says("It is given.", f"Take back: {role}")
        assert admin.press(f"Take back: {role}").says("It is taken back.", f"Appoint: {role}")


def test_administrators_cannot_shut_themselves_out(bakery: Bakery, admin: Visitor) -> None:
    path = f"/admin/people/{bakery.manager_id}"
    page = admin.open(path)
    assert "Take back: Administrator" not in page.text
    token = admin.token
    assert admin.post(f"{path}/appoint", {"csrf_token": token, "take": "administrator"}).status == 404
    assert admin.post(f"{path}/end", {"csrf_token": token, "sure": "yes"}).says(
        "You cannot do this to yourself."
    )
    assert admin.post(f"{path}/appoint", {"csrf_token": token, "give": "king"}).status == 404
    assert admin.open("/admin/people/unknown").status == 404


def test_no_answer_is_ever_on_these_pages(bakery: Bakery, admin: Visitor) -> None:
    task = bakery.assign(bakery.wave())
    bakery.finish(bakery.enter(task), share=True)
    page = admin.open(f"/admin/people/{bakery.employee_id}")
    assert task not in page.html
    assert not page.says("Tiny")
    assert not page.says("submitted")


def test_a_roster_that_would_end_a_large_part_is_applied_only_when_told_so(
    bakery: Bakery, admin: Visitor, clock: Clock
) -> None:
    everybody = "".join(f"Butik Nord;Person {n};p{n}@example.org;{2000 + n}\n" for n in range(12))
    head = "unit;name;email;employee number\n"
    admin.open("/admin/people/import")
    admin.press("Show what would change", pasted=head + everybody, ends="yes")
    admin.press("Apply")
    clock.advance(minutes=5)
    admin.open("/admin/people/import")
    admin.press("Show what would change", pasted=head + everybody.splitlines()[0], ends="yes")
    assert admin.page.says("people would be noted as having left")
    assert admin.press("Apply").status == 422
    assert "Person 11" in names(bakery, clock)
    assert admin.press("Apply", sure="yes").says("The roster is imported", "Have left")
    clock.advance(minutes=1)
    assert "Person 11" not in names(bakery, clock)
