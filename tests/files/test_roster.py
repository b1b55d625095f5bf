"""Reading rosters: encodings, separators, columns in three languages, workbooks, everything that is wrong."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import workbook

from assess.files.roster import MAX_BYTES, RosterRow, parse_roster, read_roster
from assess.files.roster_faults import MESSAGES, SHOWN, BadRoster

HEADER = "unit;name;email;employee number;language;leader;job areas"
ROWS = (
    "Koncern;Ditte Dam;ditte@example.org;1;da;;",
    "Koncern / Nord;Bo Ørsted;bo@example.org;2;sv;1;Lede butik",
    'Koncern / Nord;Amina Yıldız;amina@example.org;3;;bo@example.org;"Bage brød; Betjene kunder"',
)


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows)).encode()


def faults(source: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(BadRoster) as raised:
        read_roster(source, "roster.csv")
    return [(fault.row, fault.column, fault.id) for fault in raised.value.faults]


def row(text: str, number: int = 2) -> RosterRow:
    return read_roster(csv(text), "roster.csv").rows[number - 2]


# --- what is read ----------------------------------------------------------------------------------


def test_a_row_is_a_person() -> None:
    roster = read_roster(csv(*ROWS), "roster.csv")
    assert roster.rows[1] == RosterRow(
        row=3,
        unit=("Koncern", "Nord"),
        first_name="",
        name="Bo Ørsted",
        email="bo@example.org",
        employee_number="2",
        language="sv",
        leader="1",
        job_areas=("Lede butik",),
    )
    assert roster.rows[2].leader == "bo@example.org"
    assert roster.rows[2].job_areas == ("Bage brød", "Betjene kunder")
    assert roster.rows[2].language is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_separators(encoding: str, separator: str, newline: str) -> None:
    table = [["Enhed", "Navn", "E-mail"], ["Købmænd > Ål", "Søren Ærø", "s@example.org"]]
    source = newline.join(separator.join(cells) for cells in table).encode(encoding)
    (found,) = read_roster(source, "roster.csv").rows
    assert (found.unit, found.name) == (("Købmænd", "Ål"), "Søren Ærø")


def test_the_encoding_is_told() -> None:
    assert parse_roster(csv(ROWS[0]))[0].encoding == "UTF-8"
    assert parse_roster("unit;name;email\nØ;Å;a@b\n".encode("cp1252"))[0].encoding == "Windows-1252"


@pytest.mark.parametrize(
    "header",
    [
        "unit,first name,last name,e-mail,employee_number,language,leader,job areas,job role",
        "Enhed,Fornavn,Efternavn,E-mailadresse,Medarbejdernr.,Sprog,Nærmeste leder,Opgaveområder,Stilling",
        "Enhet,Förnamn,Efternamn,E-post,Anställningsnummer,Språk,Närmaste chef,Arbetsområden,Befattning",
    ],
)
def test_columns_are_known_in_three_languages(header: str) -> None:
    source = csv("Nord,Bo,Ørsted,bo@example.org,7,Svenska,1,Bage;Sælge,Bager", header=header)
    (found,) = read_roster(source, "roster.csv").rows
    assert found == RosterRow(
        2, ("Nord",), "Bo", "Bo Ørsted", "bo@example.org", "7", "sv", "1", ("Bage", "Sælge"), "Bager"
    )


def test_the_order_of_columns_is_free_and_others_are_ignored_aloud() -> None:
    roster = read_roster(csv("x;a@b.dk;Bo;Nord", header="Løn;mail;navn;enhed"), "roster.csv")
    assert roster.rows[0].unit == ("Nord",)
    assert roster.ignored == ("Løn",)


def test_empty_rows_are_passed_over_and_numbers_of_rows_stay_right() -> None:
    roster = read_roster(csv(ROWS[0], "", ";;;;;;", ROWS[1]), "roster.csv")
    assert [one.row for one in roster.rows] == [2, 5]


def test_a_pasted_table_has_tabs() -> None:
    (found,) = read_roster(b"Name\tUnit\tEmail\nBo  Berg \t Nord/Shop 1\tb@c.dk\n", "pasted").rows
    assert (found.name, found.unit) == ("Bo Berg", ("Nord", "Shop 1"))


# --- workbooks -------------------------------------------------------------------------------------


def test_a_workbook_is_read() -> None:
    source = workbook([["unit", "name", "employee number"], ["Nord", "Bo Ørsted", 1001], ["", "", ""]])
    (found,) = read_roster(source, "roster.xlsx").rows
    assert (found.name, found.employee_number) == ("Bo Ørsted", "1001")


def test_merged_units_are_filled_down() -> None:
    rows = [["unit", "name", "employee number"], ["Nord", "Bo", 1], ["", "Amina", 2], ["Syd", "Eva", 3]]
    found = read_roster(workbook(rows, merged=["A2:A3"]), "roster.xlsx").rows
    assert [one.unit for one in found] == [("Nord",), ("Nord",), ("Syd",)]


@pytest.mark.parametrize("merged", ["B2:B3", "C2:C3", "A2:B2"])
def test_other_merged_cells_are_told_with_their_row(merged: str) -> None:
    rows = [["unit", "name", "employee number"], ["Nord", "Bo", 1], ["Nord", "Amina", 2]]
    title = {"B": "name", "C": "employee number", "A": "name"}[merged[0]]
    assert faults(workbook(rows, merged=[merged])) == [(2 if merged[0] == "A" else 3, title, "merged")]


@pytest.mark.parametrize("source", [b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0 nor this one"])
def test_a_damaged_workbook_is_told(source: bytes) -> None:
    assert faults(source) == [(0, "", "workbook")]


def test_a_workbook_that_fills_the_memory_is_not_opened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_001)
    assert len(packed.getvalue()) < MAX_BYTES
    assert faults(packed.getvalue()) == [(0, "", "too-large")]


@pytest.mark.parametrize(
    "place",
    [
        '<c r="XFD1048576"',
        '<c r="xfd1048576"',
        "<c r='ZZ100000'",
        '<c r="AAAAAA1"',
        '<row r="1048576"><c',
        '<c s="1" r = "AMJ90000"',
    ],
)
def test_a_workbook_with_a_cell_far_out_is_told_before_room_is_made_for_it(place: str) -> None:
    """Two kilobytes that would take hundreds of gigabytes: the process would be gone, not the request."""
    source = workbook([["unit", "name", "employee number"]])
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(packed, "w") as after:
        for entry in before.infolist():
            content = before.read(entry).decode()
            far = f'<row>{place} t="inlineStr"><is><t>x</t></is></c></row>' if "row" not in place else ""
            far = far or f'{place} r="ZZ1048576" t="inlineStr"><is><t>x</t></is></c></row>'
            after.writestr(entry.filename, content.replace("</sheetData>", f"{far}</sheetData>"))
    assert faults(packed.getvalue()) == [(0, "", "too-many-cells")]


@pytest.mark.parametrize("other", ["content.xml", "xl/workbook.bin"])
def test_other_kinds_of_workbooks_are_not_opened(other: str) -> None:
    packed = io.BytesIO(workbook([["unit", "name", "employee number"], ["Nord", "Bo", 1]]))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(other, "<office/>")
    assert faults(packed.getvalue()) == [(0, "", "workbook")]


# --- what is wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (";Bo;b@c.dk;1;;;", ("unit", "no-unit")),
        ("Nord//Syd;Bo;b@c.dk;1;;;", ("unit", "path")),
        (f"{'a/' * 20}b;Bo;b@c.dk;1;;;", ("unit", "too-deep")),
        ("Nord;;b@c.dk;1;;;", ("name", "no-name")),
        (f"Nord;{'B' * 201};b@c.dk;1;;;", ("name", "too-long")),
        ("Nord;Bo;;;;;", ("", "no-key")),
        ("Nord;Bo;bo.example.org;1;;;", ("email", "email")),
        ("Nord;Bo;b@c@d.dk;1;;;", ("email", "email")),
        ("Nord;Bo;<b@c.dk>;1;;;", ("email", "email")),
        ("Nord;Bo;b@c.dk;1;fi;;", ("language", "language")),
        ("=cmd|'/c calc'!A0;Bo;b@c.dk;1;;;", ("unit", "formula")),
        ("Nord;=1+1;b@c.dk;1;;;", ("name", "formula")),
        ("Nord;+Bo;b@c.dk;1;;;", ("name", "formula")),
        ("Nord;-Bo;b@c.dk;1;;;", ("name", "formula")),
        ("Nord;@Bo;b@c.dk;1;;;", ("name", "formula")),
        ("Nord;Bo;@SUM(A1);1;;;", ("email", "formula")),
        ('Nord;"Bo\nBerg";b@c.dk;1;;;', ("name", "signs")),
        ("Nord;Bo\u202e;b@c.dk;1;;;", ("name", "signs")),
        ("Nord;Bo;b@c.dk;1;;;;;x", ("", "too-wide")),
    ],
)
def test_what_is_wrong_in_a_cell_is_told_with_row_and_column(text: str, fault: tuple[str, str]) -> None:
    assert faults(csv(text)) == [(2, *fault)]


def test_duplicates_name_the_earlier_row() -> None:
    source = csv("Nord;Bo;B@c.dk;1;;;", "Nord;Eva;e@c.dk;2;;;", "Nord;Ida;b@C.dk;1;;;")
    assert faults(source) == [(4, "email", "email-twice"), (4, "employee number", "number-twice")]
    with pytest.raises(BadRoster, match=r"roster\.csv:4: column email: Row 2 has the same e-mail address"):
        read_roster(source, "roster.csv")


def test_all_problems_are_counted_and_the_first_fifty_told() -> None:
    with pytest.raises(BadRoster) as raised:
        read_roster(csv(*(f"Nord;;p{n}@c.dk;{n};;;" for n in range(120))), "roster.csv")
    assert raised.value.count == 120
    assert [fault.row for fault in raised.value.faults] == list(range(2, 2 + SHOWN))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (b"", [(0, "", "empty")]),
        (b"\xef\xbb\xbf\r\n \r\n", [(0, "", "empty")]),
        (HEADER.encode(), [(0, "", "empty")]),
        (b"\x00\x01\x02\x03\xff" * 40, [(0, "", "kind")]),
        (b"unit;name;email\nNord;B\x81;b@c.dk\n", [(2, "", "encoding")]),
        (b'unit;name;email\nNord;"Bo;b@c.dk\n', [(2, "", "quotes")]),
        (b"name;email\nBo;b@c.dk\n", [(1, "", "no-column")]),
        (b"unit;email\nNord;b@c.dk\n", [(1, "", "no-name-column")]),
        (b"unit;first name;email\nNord;Bo;b@c.dk\n", [(1, "", "no-name-column")]),
        (b"unit;name;language\nNord;Bo;da\n", [(1, "", "no-key-column")]),
        (b"unit;enhed;name;email\nNord;Nord;Bo;b@c.dk\n", [(1, "enhed", "column-twice")]),
        (b"x" * (MAX_BYTES + 1), [(0, "", "too-large")]),
        (b"x" * 20_000_000, [(0, "", "too-large")]),
    ],
)
def test_what_is_wrong_with_the_whole_file(source: bytes, found: list[tuple[int, str, str]]) -> None:
    assert faults(source) == found


def test_more_rows_than_anybody_has_are_refused() -> None:
    source = b"unit;name;email\n" + b"A;B;c@d\n" * 100_001
    assert faults(source) == [(0, "", "too-many-rows")]


def test_every_fault_has_its_message_and_its_values() -> None:
    source = csv("Nord;Bo;x;1;xx;;", "Nord;Eva;;1;;;", f"{'a/' * 30}b;;;;;;")
    with pytest.raises(BadRoster) as raised:
        read_roster(source, "roster.csv")
    assert {fault.id for fault in raised.value.faults} <= set(MESSAGES)
    assert all("%(" not in str(fault) for fault in raised.value.faults)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(source: bytes) -> None:
    roster, found = parse_roster(source)
    assert found or roster.rows


@given(st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=6))
def test_no_cells_are_too_strange(cells: list[list[str]]) -> None:
    text = "\n".join([HEADER, *(";".join(one) for one in cells)])
    roster, found = parse_roster(text.encode(errors="replace"))
    assert found or all(one.name and one.unit and one.keys for one in roster.rows)
