from __future__ import annotations

import io
import math
from pathlib import Path

import pytest
from example_definitions import leadership, maturity, maturity_items, pulse, situations

from assess.errors import BadInput, NotFound
from assess.files import decoding
from assess.files.answers_file import AnswersFile, read_answers
from assess.scoring.form import UnknownForm
from questionnaires.definition import Definition
from questionnaires.problem import Problem

ITEMS = maturity_items()
HEADER = "id;" + ";".join(ITEMS)
THREES = ";".join(["3"] * 32)


def read(
    text: str | bytes, definition: Definition | None = None, short_form: str | None = None
) -> AnswersFile:
    data = text.encode() if isinstance(text, str) else text
    return read_answers(io.BytesIO(data), definition or maturity(), short_form)


def problems(text: str | bytes, definition: Definition | None = None) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as caught:
        read(text, definition)
    return caught.value.problems


# --- what can be read ------------------------------------------------------------------------------


def test_a_plain_file() -> None:
    file = read(f"{HEADER}\nanna;1;2;3;4;5;" + ";".join(["3"] * 27) + f"\nbo;{THREES}\n")
    assert file.ids == ("anna", "bo")
    assert file.perspectives == ("self", "self")
    assert file.lines.tolist() == [2, 3]
    (group,) = file.groups()
    assert group.matrix[:6, 0].tolist() == [1, 2, 3, 4, 5, 3]
    assert group.rows.tolist() == [0, 1]
    assert group.matrix.flags.c_contiguous
    assert (len(file), file.subjects, file.job_areas) == (2, ("", ""), ("", ""))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_byte_order_marks_and_line_endings(delimiter: str, mark: bytes, ending: str) -> None:
    text = f"{HEADER}\nØrn;{THREES}\n\nÅse;{THREES}".replace(";", delimiter).replace("\n", ending)
    file = read(mark + text.encode())
    assert file.ids == ("Ørn", "Åse")
    assert file.lines.tolist() == [2, 4]


def test_a_first_line_may_name_the_separator() -> None:
    file = read(f"sep=,\n{HEADER}\n1;{THREES}\n".replace(";", ","))
    assert (file.ids, file.lines.tolist()) == (("1",), [3])
    assert problems("sep=,\nid,will-1\n1,9\n")[-1].line == 3


def test_what_a_row_says_of_its_sheet() -> None:
    file = read(
        f"seconds;language;job_area;subject;perspective;{HEADER}\n"
        f"312.5;sv;bread;Anna;manager;1;{THREES}\n;;NA;; ;2;{THREES}\n"
    )
    assert file.perspectives == ("manager", "self")
    assert file.subjects == ("Anna", "")
    assert file.job_areas == ("bread", "")
    assert file.languages == ("sv", "")
    assert file.seconds[0] == 312.5
    assert math.isnan(file.seconds[1])
    assert [(group.perspective, group.rows.tolist()) for group in file.groups()] == [
        ("manager", [0]),
        ("self", [1]),
    ]


def test_blank_na_and_cannot_say_are_missing_but_remembered_apart() -> None:
    row = ";".join(["", "NA", "0", " 4 "] + ["3"] * 28)
    file = read(f"{HEADER};tenure;remark\n1;{row};2;NA\n")
    given = file.given(0)
    assert [given[item] for item in ITEMS[:4]] == [None, None, 0, 4]
    assert (given["tenure"], given["remark"]) == (2, None)
    assert file.groups()[0].matrix[:4, 0].tolist() == [0, 0, 0, 4]


def test_a_text_is_kept_as_it_is_with_line_breaks_and_separators() -> None:
    file = read(f'{HEADER};remark\n1;{THREES};"a; ""b""\n=c"\n2;{THREES};\n')
    assert file.given(0)["remark"] == 'a; "b"\n=c'
    assert file.given(1)["remark"] is None
    assert file.lines.tolist() == [2, 4]


def test_ids_stay_text() -> None:
    file = read(f"{HEADER}\n=1+1;{THREES}\n007;{THREES}\n-5;{THREES}\n")
    assert file.ids == ("=1+1", "007", "-5")
    assert file.row_of("007") == 1
    with pytest.raises(NotFound, match="'7'"):
        file.row_of("7")


def test_situations_are_written_by_their_action_and_zero_to_ten_by_its_number() -> None:
    file = read("id,situation-1,situation-2\n1,C,a\n2,,D\n", situations())
    assert [file.given(row) for row in (0, 1)] == [
        {"situation-1": 3, "situation-2": 1},
        {"situation-1": None, "situation-2": 4},
    ]
    scores = read("id,recommend,why\n1,0,so\n2,10,\n", pulse())
    assert [scores.given(row)["recommend"] for row in (0, 1)] == [1, 11]
    assert scores.groups()[0].matrix.tolist() == [[1, 11]]


def test_columns_of_items_that_are_not_scored_may_be_left_out() -> None:
    file = read("id,recommend\n1,7\n2,8\n", pulse())
    assert file.given(0) == {"recommend": 8, "why": None}


SHORT = [item for item in ITEMS if item.split("-")[0] in {"knowledge", "skill", "will", "responsibility"}]
SHORT_FILE = "id;" + ";".join(SHORT) + "\n1;" + ";".join(["4"] * 16) + "\n"


def test_a_whole_file_of_short_forms() -> None:
    file = read(SHORT_FILE, short_form="second-area")
    assert file.short_forms == ("second-area",)
    assert file.groups()[0].matrix.shape == (16, 1)
    assert len(file.given(0)) == 16


def test_short_and_full_forms_in_one_file() -> None:
    some = ";".join("3" if item in SHORT else "" for item in ITEMS)
    file = read(f"form;{HEADER}\nsecond-area;1;{some}\n;2;{THREES}\n")
    assert [(group.short_form, len(group.matrix)) for group in file.groups()] == [
        ("second-area", 16),
        (None, 32),
    ]


def test_the_short_form_that_is_asked_for_is_that_of_rows_which_name_none() -> None:
    columns = "id;form;" + ";".join(SHORT)
    file = read(
        f"{columns}\n1;;{';'.join('4' * 16)}\n2;second-area;{';'.join('4' * 16)}\n", None, "second-area"
    )
    assert file.short_forms == ("second-area", "second-area")


def test_an_unknown_short_form_is_refused_at_once() -> None:
    with pytest.raises(UnknownForm):
        read(SHORT_FILE, short_form="tiny")


def test_trailing_separators_of_spreadsheets_are_passed_over() -> None:
    assert read(f"{HEADER};;\n1;{THREES};;\n2;{THREES};;;;\n;;;\n".replace("\n;;;\n", "\n")).ids == ("1", "2")


def test_lines_of_nothing_but_separators_are_passed_over() -> None:
    blank = ";" * 32
    file = read(f"{blank}\n{HEADER}\n{blank}\n1;{THREES}\n ; {blank[2:]}\n{blank}\n")
    assert (file.ids, file.lines.tolist()) == (("1",), [4])
    assert only(f"{blank}\n{blank}\n").what == "is empty"


def test_subjects_and_areas_are_the_same_however_their_letters_are_composed() -> None:
    file = read(f"id;subject;job_area;{';'.join(ITEMS)}\nA\u030a;A\u030asa ;o\u0308l;{THREES}\n")
    assert (file.subjects, file.job_areas) == (("\u00c5sa",), ("\u00f6l",))
    assert file.row_of("\u00c5") == file.row_of("A\u030a") == 0


def test_seconds_may_have_a_decimal_comma() -> None:
    assert read(f"seconds;{HEADER}\n312,5;1;{THREES}\n").seconds.tolist() == [312.5]


def test_a_path_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(f"{HEADER}\n1;{THREES}\n", encoding="utf-8")
    assert read_answers(path, maturity()).ids == ("1",)
    assert read_answers(str(path), maturity()).name == str(path)


def test_rows_beyond_one_chunk_keep_their_order_and_lines() -> None:
    count = 20_000
    body = "\n".join(f"{number},{number % 11}" for number in range(count))
    file = read(f"id,recommend\n{body}\n", pulse())
    assert len(file) == count
    assert file.groups()[0].matrix[0].tolist() == [number % 11 + 1 for number in range(count)]
    assert file.lines[-1] == count + 1


# --- what cannot -----------------------------------------------------------------------------------


def only(text: str | bytes, definition: Definition | None = None) -> Problem:
    found = problems(text, definition)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("cell", ["6", "-1", "3.5", "3.", "3,5", "three", "٣", "1e0", "+3", "33333333333"])
def test_an_answer_that_is_no_option_names_line_and_column_and_itself(cell: str) -> None:
    row = ";".join(["3"] * 31)
    found = only(f"{HEADER}\n1;{THREES}\n2;{row};{cell}\n")
    assert (found.line, found.column) == (3, "energy-4")
    assert found.advice == "write a whole number from 1 to 5, 0 for can't say, or leave it blank"
    assert found.what == f"“{cell}” is no answer here"


def test_a_whole_number_may_have_the_decimals_that_programs_give_it_beside_gaps() -> None:
    row = ";".join(["3"] * 31)
    assert read(f"{HEADER}\n1;{row};4.0\n2;{row};2.00\n").groups()[0].matrix[-1].tolist() == [4, 2]


@pytest.mark.parametrize("cell", ["Anna said so", "a" * 13])
def test_words_that_slipped_into_a_column_are_not_repeated(cell: str) -> None:
    row = ";".join(["3"] * 31)
    assert only(f"{HEADER}\n1;{row};{cell}\n").what == "what stands there is no answer here"


@pytest.mark.parametrize("cell", ["3", "E", "n/a"])
@pytest.mark.parametrize("perspective", ["direct-report", "direct report"])
def test_what_stands_in_a_confidential_sheet_is_never_repeated(cell: str, perspective: str) -> None:
    """A 3 where a letter belongs would tell the third action; a misspelt perspective may be confidential."""
    items = [f"sit-{number}" for number in range(1, 21)]
    header = f"id,perspective,subject,{','.join(items)}\n"
    row = ",".join(["A"] * 11 + [cell] + [""] * 8)
    found = problems(f"{header}1,{perspective},anna,{row}\n", leadership())
    assert found[-1].column == "sit-12"
    assert found[-1].what == "what stands there is no answer here"
    assert f"“{cell}”" in problems(f"{header}1,self,anna,{row}\n", leadership())[-1].what


@pytest.mark.parametrize("cell", ["na", "n/a", "NaN", "#N/A", "#I/T", "#SAKNAS!", "Null"])
def test_other_ways_to_write_a_missing_answer_are_told_ours(cell: str) -> None:
    row = ";".join(["3"] * 31)
    found = only(f"{HEADER}\n1;{row};{cell}\n")
    assert found.what == f"“{cell}” is no answer here"
    assert "write `NA`" in found.advice


def test_cannot_say_needs_a_questionnaire_that_offers_it() -> None:
    assert only("id,tenure," + ",".join(ITEMS) + "\n1,0," + ",".join(["3"] * 32)).column == "tenure"


@pytest.mark.parametrize("cell", ["E", "1", "AB"])
def test_a_situation_has_four_letters(cell: str) -> None:
    assert "A to D" in only(f"id,situation-1,situation-2\n1,A,{cell}\n", situations()).advice


@pytest.mark.parametrize("cell", ["11", "-1", "7.5"])
def test_a_zero_to_ten_answer_out_of_range(cell: str) -> None:
    assert "0 to 10" in only(f"id,recommend\n1,{cell}\n", pulse()).advice


def test_a_text_that_is_too_long() -> None:
    found = only(f"id,recommend,why\n1,7,{'x' * 21}\n", pulse())
    assert (found.line, found.column, found.what, found.advice) == (
        2, "why", "has 21 characters", "write at most 20",
    )  # fmt: skip


def test_ids_must_be_there_and_differ() -> None:
    found = problems(f"{HEADER}\na;{THREES}\n ;{THREES}\nb;{THREES}\na;{THREES}\n")
    assert [(problem.line, problem.what) for problem in found] == [
        (3, "has no id"),
        (5, "has the id of line 2 again"),
    ]


def test_unknown_columns_are_told_what_they_may_have_meant() -> None:
    found = only(f"{HEADER};enrgy-1\n1;{THREES};3\n")
    assert (found.line, found.column, found.advice) == (1, "enrgy-1", "did you mean `energy-1`?")


def test_a_column_that_stands_there_twice() -> None:
    assert only(f"{HEADER};will-1\n1;{THREES};3\n").what == "stands there twice"


def test_missing_item_columns_are_named_each() -> None:
    found = problems("id;" + ";".join(ITEMS[2:]) + "\n1;" + ";".join(["3"] * 30) + "\n")
    assert [(problem.line, problem.column) for problem in found] == [(1, "knowledge-1"), (1, "knowledge-2")]


def test_a_file_without_ids_is_told_what_to_do() -> None:
    found = only(f"person;{';'.join(ITEMS)}\n1;{THREES}\n")
    assert found.what == "there is no column “id”"
    assert (
        found.advice == "name the first column “id” instead of “person” if it tells the answer sheets apart"
    )
    assert only(f"{';'.join(ITEMS)}\n{THREES}\n").advice.startswith("add a column “id”")


def test_an_unknown_first_column_beside_an_id_is_not_overlooked() -> None:
    assert only(f"person;{HEADER}\nx;1;{THREES}\n").column == "person"


def test_perspective_and_form_must_be_known() -> None:
    found = problems(f"perspective;form;{HEADER}\nboss;tiny;1;{THREES}\n")
    assert [(problem.column, problem.line) for problem in found] == [("perspective", 2), ("form", 2)]
    assert "`self` or `manager`" in found[0].advice


def test_a_perspective_in_capitals_is_one_problem_however_many_rows_have_it() -> None:
    rows = "".join(f"Self;{number};{THREES}\n" for number in range(21))
    found = only(f"perspective;{HEADER}\n{rows}")
    assert (found.line, found.column) == (2, "perspective")
    assert found.what == "“Self” is no perspective here, nor in 20 rows below"
    assert found.advice == "write `self`, without capitals"


def test_a_language_must_be_one_of_ours() -> None:
    rows = "".join(
        f"{language};{number};{THREES}\n" for number, language in enumerate(("DA", "de", "de", "en"))
    )
    capitals, unknown = problems(f"language;{HEADER}\n{rows}")
    assert (capitals.line, capitals.column, capitals.advice) == (
        2,
        "language",
        "write `da`, without capitals",
    )
    assert (unknown.line, unknown.what) == (3, "“de” is no language here, nor in 1 row below")
    assert unknown.advice == "use `da`, `sv` or `en`"


def test_an_answer_that_slipped_into_the_language_of_a_confidential_sheet_is_not_repeated() -> None:
    items = [f"sit-{number}" for number in range(1, 21)]
    row = ",".join(["A"] * 12 + [""] * 8)
    header = f"id,perspective,subject,language,{','.join(items)}\n"
    (found,) = problems(f"{header}1,direct-report,anna,B,{row}\n", leadership())
    assert (found.column, found.what) == ("language", "what stands there is no language here")


def test_a_misspelt_perspective_has_no_follow_ups() -> None:
    """The row's item that only `self` is asked would otherwise be called unasked, or missing."""
    found = only(f"perspective;{HEADER};tenure\nmanger;1;{THREES};2\nmanager;2;{THREES};\n")
    assert found.column == "perspective"


def test_columns_in_capitals_are_one_hint() -> None:
    found = only(f"ID;PERSPECTIVE;{';'.join(ITEMS).upper()}\n1;self;{THREES}\n")
    assert (found.line, found.what) == (1, "34 columns with other capitals than the questionnaire")
    assert found.advice.startswith("write `id` for `ID`, `perspective` for `PERSPECTIVE`, `knowledge-1` for")
    assert found.advice.endswith("and 28 more")


def test_the_problems_of_a_line_come_in_the_order_of_its_columns() -> None:
    items = ITEMS[::-1]
    found = problems("id;" + ";".join(items) + ";form\n1;" + ";".join(["4"] * 32) + ";second-area\n")
    assert [problem.column for problem in found] == [item for item in items if item not in SHORT]
    wrong = problems("id;" + ";".join(items) + "\n1;" + ";".join(["9"] * 32) + "\n")
    assert [problem.column for problem in wrong] == items


def test_answers_that_the_perspective_or_the_form_does_not_ask() -> None:
    found = only(f"perspective;{HEADER};tenure\nmanager;1;{THREES};2\nself;2;{THREES};2\n")
    assert (found.line, found.column) == (2, "tenure")
    assert found.what == "is answered, but the perspective manager does not ask it"
    text = only(f"perspective;{HEADER};remark\nself;1;{THREES};hi\nmanager;2;{THREES};hi\n")
    assert (text.line, text.column) == (3, "remark")
    short = problems(f"form;{HEADER}\nsecond-area;1;{THREES}\n")
    assert len(short) == 16
    assert short[0].what.endswith("in the form second-area does not ask it")


@pytest.mark.parametrize("cell", ["-1", "soon", "inf", "nan"])
def test_seconds_are_numbers(cell: str) -> None:
    found = only(f"seconds;{HEADER}\n{cell};1;{THREES}\n")
    assert (found.line, found.column) == (2, "seconds")


def test_rows_of_another_width() -> None:
    found = problems(f"{HEADER}\n1;{THREES};7\n2;3\n3;{THREES}\n")
    assert [(problem.line, problem.what) for problem in found] == [
        (2, "has 34 cells, the header has 33"),
        (3, "has 2 cells, the header has 33"),
    ]


def test_a_cell_under_no_name() -> None:
    assert only(f"{HEADER};\n1;{THREES};7\n").what == "cell 34 stands in a column without a name"


def test_all_problems_at_once_in_the_order_of_lines_up_to_fifty() -> None:
    bad = "\n".join(f"{number};" + ";".join(["9"] * 32) for number in range(40))
    found = problems(f"{HEADER}\n{bad}\n")
    assert len(found) == 51
    assert [problem.line for problem in found[:50]] == [2] * 32 + [3] * 18
    assert str(found[50]) == "answers: 1230 more problems not shown; mend these first"  # 40·32 − 50
    with pytest.raises(BadInput) as caught:
        read(f"{HEADER}\n{bad}\n")
    assert caught.value.count == 1280


def test_problems_of_several_kinds_come_together() -> None:
    row = ";".join(["3"] * 31)
    found = problems(f"{HEADER}\n1;{row};9\n1;{THREES}\n2;3\n")
    assert [problem.line for problem in found] == [2, 3, 4]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\n"])
def test_an_empty_file(data: bytes) -> None:
    assert only(data).what == "is empty"


def test_a_file_of_a_header_only() -> None:
    assert only(HEADER + "\n").what == "there are no answer sheets below the header"


def test_a_file_of_one_column() -> None:
    assert only("id\n1\n").what == "has only one column"
    assert only("id|will-1\n1|3\n").advice == "separate the columns with semicolons, commas or tabs"


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (f"{HEADER}\n1;{THREES}\nBjørn;{THREES}\n".encode("cp1252"), 3, "a byte that is not UTF-8 (0xF8)"),
        (f"{HEADER}\r\n1;{THREES}\r\nBjørn".encode("cp1252"), 3, "a byte that is not UTF-8 (0xF8)"),
        (f"{HEADER}\n1;{THREES}\n".encode("utf-16"), 1, "is UTF-16"),
        (f"{HEADER}\n1;{THREES}\n".encode("utf-16-le"), 1, "a null character"),
        (b"PK\x03\x04rest of a workbook", 1, "is a spreadsheet"),
        (f"{HEADER}\n1;{THREES}\n2;\0".encode(), 3, "a null character"),
    ],
)  # fmt: skip
def test_other_encodings_and_kinds_of_file(data: bytes, line: int, what: str) -> None:
    found = only(data)
    assert what in found.what
    assert found.line == line
    assert "CSV UTF-8" in found.advice


def test_a_quote_that_is_never_closed_names_where_it_begins() -> None:
    found = only(f'{HEADER};remark\n1;{THREES};ok\n2;{THREES};"never\nclosed\n')
    assert found.line == 3
    assert "not readable as CSV" in found.what


def test_a_cell_that_is_unreasonably_long() -> None:
    assert "field limit" in only(f"id,recommend,why\n1,7,{'x' * 200_000}\n", pulse()).what


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 1_000_000)
    found = only(b"id,recommend\n" + b"1,7\n" * 250_000, pulse())
    assert (found.what, found.advice) == ("is larger than 1 MB", "split it into several files")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.csv: cannot be read: No such file"):
        read_answers(tmp_path / "nowhere.csv", maturity())


def test_problems_of_the_header_name_its_line_wherever_it_stands() -> None:
    assert {problem.line for problem in problems("sep=;\n\nid;will-1\n1;3\n")} == {3}
