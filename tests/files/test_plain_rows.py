"""Plain files are read all at once, others cell by cell: with the same outcome."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.errors import BadInput
from assess.files import plain_rows
from assess.files.answers_file import AnswersFile, read_answers
from questionnaires.reader import read_folder

IPIP = read_folder(Path(__file__).parents[1] / "questionnaires" / "ipip-25")
MATURITY = read_folder(Path(__file__).parents[2] / "questionnaires" / "job-maturity")
ITEMS = [item.id for item in IPIP.questionnaire.items]
CELLS = ("1", "6", "NA", "", "3", " 2", "7", "na", "10", '"4"', "4.0", "å", '"')
IDS = ("p{0}", "p1", "", " ", '"p{0}"', "Åse {0}", "\u00a0", '"a\n{0}"')


def outcome(data: bytes) -> object:
    """Everything that a file says, or every problem of it."""
    try:
        file: AnswersFile = read_answers(io.BytesIO(data), IPIP)
    except BadInput as error:
        return [str(problem) for problem in error.problems], error.count
    sheets = file.sheets
    return sheets.ids, sheets.forms, sheets.subjects, sheets.lines, sheets.codes.tolist()


def both_ways(data: bytes, block: int) -> tuple[object, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_rows, "BLOCK", block)
        at_once = outcome(data)
        patch.setattr(plain_rows, "_rows", lambda *_: None)
        return at_once, outcome(data)


def text_of(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> bytes:
    return "".join(delimiter.join(row) + end for row in [["id", *ITEMS], *rows]).encode()


def plain(people: int) -> list[list[str]]:
    rng = np.random.default_rng(people)
    return [[f"p{row}", *map(str, rng.integers(1, 7, 25))] for row in range(people)]


@pytest.mark.parametrize("block", [200, 400_000])
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b",", b";"),
        lambda data: data.rstrip(b"\n"),
        lambda data: data + b"\n\n",
        lambda data: data + b" \n",
        lambda data: data.replace(b"p3,", b'"p3",'),
        lambda data: data.replace(b"p3,", b'"p,3",'),
        lambda data: data.replace(b"\np3,", b"\n\n\np3,"),
        lambda data: data.replace(b"\np3,", b"\n" + b"," * 25 + b"\np3,"),
        lambda data: data.replace(b"\np3,", b"\r\rp3,"),
        lambda data: data.replace(b"p3,", b"p3,,"),
        lambda data: data.replace(b"p3,", b"p2,"),
        lambda data: data.replace(b"p3,", b"\xc2\xa0,"),
        lambda data: data.replace(b"p3,", b"p3,9"),
        lambda data: data.replace(b"p3,", b"p3, "),
        lambda data: b"sep=,\n" + data,
        lambda data: data.replace(b"id,A1", b'"id","A1"'),
        lambda data: data.replace(b"id,A1", b'id,"A1"\n', 1),
        lambda data: data.partition(b"\n")[0],
    ],
)
def test_ways_of_writing_a_file(change: object, block: int) -> None:
    assert callable(change)
    at_once, one_by_one = both_ways(change(text_of(plain(20))), block)
    assert at_once == one_by_one


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(IDS), st.lists(st.sampled_from(CELLS), min_size=24, max_size=26)),
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([150, 10_000]),
)
def test_whatever_stands_in_the_cells(
    rows: list[tuple[str, list[str]]], delimiter: str, end: str, block: int
) -> None:
    found = [[name.format(row), *cells] for row, (name, cells) in enumerate(rows)]
    at_once, one_by_one = both_ways(text_of(plain(3) + found, delimiter, end), block)
    assert at_once == one_by_one


def test_a_file_of_every_kind_of_column_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Perspectives, names and free text among the answers, and no row for the csv module but the header."""
    data = (Path(__file__).parents[1] / "data" / "job-maturity.csv").read_bytes()
    expected = read_answers(io.BytesIO(data), MATURITY)
    monkeypatch.setattr("assess.files.plain_rows.records_from", lambda rest, *_: iter([rest] if rest else []))
    found = read_answers(io.BytesIO(data), MATURITY)
    assert (found.ids, found.subjects, found.perspectives) == (
        expected.ids,
        expected.subjects,
        expected.perspectives,
    )
    assert len(found) > 50
