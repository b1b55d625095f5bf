"""No text of ours is run as a formula by a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from assess.files.spreadsheet import safe_row, table_for, write_table
from questionnaires.definition import LanguageId


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1;1)", "\t1", "\r1", "\n1"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_row([text]) == [f"'{text}"]


@pytest.mark.parametrize("sign", [";", ",", "\t", "\r", "\n"])
def test_a_formula_behind_the_sign_of_another_excel_gets_an_apostrophe(sign: str) -> None:
    """A Danish Excel parts a file with commas at the semicolons, within a name too."""
    assert safe_row([f"Amina{sign}=HYPERLINK(A1){sign} -1"]) == [f"Amina{sign}'=HYPERLINK(A1){sign} -1"]


def test_other_texts_and_numbers_stay_as_they_are() -> None:
    assert safe_row(["Butik =Nord, -2", -0.5, 3, None]) == ["Butik =Nord, -2", -0.5, 3, ""]


def test_a_table_reads_back_cell_by_cell() -> None:
    stream = io.StringIO(newline="")
    write_table(stream, ("unit", "=head"), [("=HYPERLINK(1)", -0.5), ('a, "b"', None)])
    rows = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert rows == [["unit", "'=head"], ["'=HYPERLINK(1)", "-0.5"], ['a, "b"', ""]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "navn;tal\r\nÅse;-0,5\r\nBo;3\r\n"),
        ("sv", "navn;tal\r\nÅse;-0,5\r\nBo;3\r\n"),
        ("en", "navn,tal\r\nÅse,-0.5\r\nBo,3\r\n"),
    ],
)
def test_a_table_opens_in_the_excel_of_its_reader(language: LanguageId, text: str) -> None:
    assert table_for(language, ("navn", "tal"), [("Åse", -0.5), ("Bo", 3)]) == text.encode("utf-8-sig")
