"""Leadership style on the command line: scores, the leader's report, and the match with the people led."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result

from assess.cli import main
from assess.files.matches import COLUMNS
from reports.leader import LeaderView

TESTS = Path(__file__).parent
STYLE = TESTS / "data" / "leadership-style.csv"
MATURITY = TESTS / "data" / "job-maturity.csv"
ROWS = list(csv.DictReader(STYLE.read_text(encoding="utf-8").splitlines()))
RATERS = {row["id"] for row in ROWS if row["perspective"] == "direct-report"}


def assess(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def matched(*arguments: object) -> Result:
    result = assess("match", STYLE, MATURITY, "--id", "l1", *arguments)
    assert result.exit_code == 0, result.stderr
    return result


def answers(into: Path, rows: list[dict[str, str]], name: str = "answers.csv") -> Path:
    file = into / name
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    return file


# --- score -----------------------------------------------------------------------------------------


def test_the_example_has_a_row_for_each_leader_and_one_for_the_group_that_is_large_enough() -> None:
    result = assess("score", "leadership-style", STYLE)
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["id"], row["subject"], row["raters"]) for row in rows] == [
        ("l1", "p1", ""),
        ("l2", "p2", ""),
        ("l3", "p3", ""),
        ("", "p1", "7"),
    ]
    assert [row["answered"] for row in rows] == ["20", "20", "17", ""]
    assert all(row["effectiveness"] for row in rows[:3])


def test_what_is_said_about_direct_reports_tells_no_number_of_a_group_that_is_too_small() -> None:
    said = assess("score", "leadership-style", STYLE).stderr
    assert "with fewer, or none, there is no row" in said
    assert set(re.findall(r"\d+", said)) == {"5"}
    assert "p2" not in said


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_own_sheets_with_too_few_answers_are_counted(left_out: int, tmp_path: Path) -> None:
    own = [row for row in ROWS if row["perspective"] == "self"]
    blank = dict.fromkeys(list(own[0])[-8:], "")
    rows = [{**row, **blank} if place < left_out else row for place, row in enumerate(own)]
    result = assess("score", "leadership-style", answers(tmp_path, rows))
    scores = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [bool(row["effectiveness"]) for row in scores].count(False) == left_out
    said = ("", "1 own sheet has too few answers", "2 own sheets have too few answers")[left_out]
    assert ("too few answers" in result.stderr) is bool(left_out)
    assert said in result.stderr


def test_ratings_with_too_few_answers_are_counted_by_whose_sheets_they_are(tmp_path: Path) -> None:
    led = list(csv.DictReader(MATURITY.read_text(encoding="utf-8").splitlines()))[2:8]
    for row in led[:3]:
        row |= {key: "" for key in row if key.partition("-")[2].isdigit()}
    counts = {who: [row["perspective"] for row in led[:3]].count(who) for who in ("self", "manager")}
    result = assess("score", "job-maturity", answers(tmp_path, led))
    for who, whose in (("self", "own"), ("manager", "manager's")):
        assert (f"{counts[who]} {whose} sheet" in result.stderr) is (counts[who] > 0)


@pytest.mark.parametrize("name", ["scores.xlsx", "scores.XLS", "scores.ods"])
def test_text_is_not_written_under_the_name_of_a_spreadsheet(name: str, tmp_path: Path) -> None:
    calls = (
        ("score", "leadership-style", STYLE, "--format", "excel"),
        ("match", STYLE, MATURITY, "--id", "l1"),
        ("reliability", "job-maturity", MATURITY),
    )
    for call in calls:
        result = assess(*call, "-o", tmp_path / name)
        assert result.exit_code == 1
        assert ".csv" in result.stderr
        assert "--format excel" in result.stderr
        assert not (tmp_path / name).exists()


# --- no single direct report through any command ---------------------------------------------------


@pytest.mark.parametrize("sheet_id", sorted(RATERS)[:2])
def test_a_direct_reports_sheet_is_refused_wherever_an_id_is_asked_for(sheet_id: str, tmp_path: Path) -> None:
    output = tmp_path / "x"
    report = assess("report", "leadership-style", STYLE, "--id", sheet_id, "-o", output)
    match = assess("match", STYLE, MATURITY, "--id", sheet_id, "-o", output)
    for result in (report, match):
        assert result.exit_code == 1
        assert result.stderr == (
            f"assess: Sheet {sheet_id} is a direct report's and confidential, "
            "so there is no report about it alone.\n"
        )
    assert not output.exists()


@pytest.mark.parametrize("form", ["table", "csv", "excel", "json"])
def test_the_match_knows_nothing_of_direct_reports(form: str, tmp_path: Path) -> None:
    alone = answers(tmp_path, [row for row in ROWS if row["id"] == "l1"])
    without = assess("match", alone, MATURITY, "--format", form)
    assert without.exit_code == 0, without.stderr
    assert matched("--format", form).stdout == without.stdout


def shown(monkeypatch: pytest.MonkeyPatch) -> list[LeaderView]:
    """What is printed, caught before it is."""
    views: list[LeaderView] = []

    def render(view: LeaderView, fonts: object) -> bytes:
        views.append(view)
        return b"%PDF"

    monkeypatch.setattr("assess.commands.reporting.render", render)
    monkeypatch.setattr("assess.commands.reporting.static_fonts", lambda cache: None)
    return views


def test_a_report_has_the_group_only_where_there_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = shown(monkeypatch)
    said = []
    for sheet_id in ("l1", "l2", "l3"):
        result = assess("report", "leadership-style", STYLE, "--id", sheet_id, "-o", tmp_path / "x.pdf")
        assert result.exit_code == 0, result.stderr
        said.append(result.stderr)
    many, few, none = views
    assert many.raters is not None
    assert many.raters.raters == 7
    assert (few.raters, none.raters) == (None, None)
    assert few.raters_note == none.raters_note != ""
    assert "own sheet l1 and 7 direct reports together" in said[0]
    assert "; fewer than 5 direct reports or none, so nothing of theirs" in said[1]
    assert said[2] == said[1].replace("l2", "l3")


def test_a_report_is_the_same_whatever_too_few_direct_reports_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = shown(monkeypatch)
    own = [row for row in ROWS if row["id"] == "l2"]
    reports = [row for row in ROWS if row["id"] in RATERS and row["subject"] == "p2"]
    changed = [{key: "A" if len(cell) == 1 else cell for key, cell in row.items()} for row in reports]
    for rows in ([*own, *reports], [*own, *changed], [*own, *reports[:1]]):
        file = answers(tmp_path, rows)
        result = assess("report", "leadership-style", file, "--id", "l2", "-o", tmp_path / "x.pdf")
        assert result.exit_code == 0, result.stderr
    assert views[0] == views[1] == views[2]


# --- report ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_leaders_report_with_the_people_led(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_DATA", str(tmp_path))
    led = list(csv.DictReader(MATURITY.read_text(encoding="utf-8").splitlines()))[:4]
    maturity = answers(tmp_path, led, "maturity.csv")
    output = tmp_path / "l3.pdf"
    call = ("report", "leadership-style", STYLE, "--id", "l3", "--name", "Amina", "--language", "da")
    result = assess(*call, "--maturity", maturity, "-o", output)
    assert result.exit_code == 0, result.stderr
    pdf = pypdf.PdfReader(output)
    assert pdf.trailer["/Root"]["/Lang"] == "da"
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Amina" in text
    assert "p2" in text


def test_the_people_led_belong_into_a_leaders_report_only(tmp_path: Path) -> None:
    call = ("report", "job-maturity", MATURITY, "--id", 17, "--maturity", MATURITY)
    result = assess(*call, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert "does not measure leadership style" in result.stderr


# --- match -----------------------------------------------------------------------------------------


def test_the_match_names_everybody_led_alphabetically_but_the_leader() -> None:
    result = matched("--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(rows[0]) == COLUMNS
    subjects = [row["subject"] for row in rows]
    assert subjects == sorted(f"p{number}" for number in range(2, 31))
    assert "Left out: p1, whose style this is." in result.stderr


def test_each_person_gets_advice_or_a_question_never_both() -> None:
    for row in csv.DictReader(io.StringIO(matched("--format", "csv").stdout)):
        assert bool(row["advice"]) != bool(row["question"])
        assert bool(row["advice"]) <= (float(row["agreement"]) >= 0.5)


def test_the_example_of_the_tour_tells_people_apart() -> None:
    """The leader of the example fits some of those led, leads some too loosely and holds others too tight."""
    rows = json.loads(matched("--format", "json").stdout)
    assert {view["leaning"] for row in rows for view in row["match"]["views"]} >= {
        "fitting",
        "under-leading",
        "over-leading",
    }
    fits = sorted(view["fit"] for row in rows for view in row["match"]["views"])
    assert fits[-1] - fits[0] > 1
    assert len({row["advice"].split(".")[-2] for row in rows if row["advice"]}) >= 3


def test_the_table_says_the_same_to_people() -> None:
    table = matched().stdout
    rows = csv.DictReader(io.StringIO(matched("--format", "csv").stdout))
    folded = " ".join(table.split())
    for row in rows:
        assert f"\n{row['subject']} / {row['job_area']}\n" in table
        assert " ".join((row["advice"] or row["question"]).split()) in folded
    assert max(len(line) for line in table.splitlines()) < 160


def test_the_table_explains_the_fit_but_no_line_which_it_does_not_draw() -> None:
    table = " ".join(matched("--language", "en").stdout.split())
    assert "1 is the worst fit, 4 the best." in table
    assert "line is its interval" not in table


def test_json_carries_the_whole_match_with_its_trace() -> None:
    rows: list[dict[str, Any]] = json.loads(matched("--format", "json").stdout)
    for row in rows:
        for view in row["match"]["views"]:
            terms = [level["probability"] * level["fit"] for level in view["levels"]]
            assert sum(terms) == pytest.approx(view["fit"])
            assert view["fit_low"] <= view["fit"] <= view["fit_high"]


def test_excels_table_has_decimal_commas() -> None:
    written = matched("--format", "excel").stdout_bytes
    assert written.startswith(b"\xef\xbb\xbfsubject;job_area;")
    first = next(csv.DictReader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert re.fullmatch(r"[1-4],\d{1,4}", first["manager.fit"])


def test_the_match_goes_into_a_file_and_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    matched("-o", tmp_path / "match.txt")
    assert (tmp_path / "match.txt").read_text(encoding="utf-8") == matched().stdout
    result = assess("match", STYLE, MATURITY, "--id", "l1", "-o", "/nowhere/at/all")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("assess: /nowhere/at/all: ")


def test_names_are_neither_formulas_for_a_spreadsheet_nor_orders_for_a_terminal(tmp_path: Path) -> None:
    led = list(csv.DictReader(MATURITY.read_text(encoding="utf-8").splitlines()))[2:4]
    for row in led:
        row |= {"subject": "=1+1\x1b[2J", "job_area": "@area"}
    maturity = answers(tmp_path, led)
    result = assess("match", STYLE, maturity, "--id", "l1", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["subject"], row["job_area"]) == ("'=1+1\x1b[2J", "'@area")
    table = assess("match", STYLE, maturity, "--id", "l1").stdout
    assert "\x1b" not in table
    assert "=1+1<U+001B>[2J / @area" in table


def test_one_view_is_enough_for_a_question_but_never_for_advice(tmp_path: Path) -> None:
    led = list(csv.DictReader(MATURITY.read_text(encoding="utf-8").splitlines()))
    maturity = answers(tmp_path, [led[2], led[5]])  # the own sheet of p2, the manager's of p3
    result = assess("match", STYLE, maturity, "--id", "l1", "--format", "csv")
    p2, p3 = csv.DictReader(io.StringIO(result.stdout))
    assert (p2["manager.fit"], p3["self.fit"]) == ("", "")
    assert p2["self.fit"]
    assert p3["manager.fit"]
    assert [row["agreement"] + row["advice"] for row in (p2, p3)] == ["", ""]
    assert p2["question"]
    assert p3["question"]
    assert any(p2[f"wish.S{n}"] for n in (1, 2, 3, 4))
    assert not any(p3[f"wish.S{n}"] for n in (1, 2, 3, 4))


def test_two_own_sheets_of_one_person_and_area_are_refused_with_their_lines(tmp_path: Path) -> None:
    led = list(csv.DictReader(MATURITY.read_text(encoding="utf-8").splitlines()))
    maturity = answers(tmp_path, [led[2], {**led[2], "id": "again"}])
    result = assess("match", STYLE, maturity, "--id", "l1")
    assert result.exit_code == 1
    assert f"{maturity}:3: two own sheets for p2 / Counter, lines 2 and 3; keep one" in result.stderr
    assert result.stdout == ""


def test_people_without_a_level_are_named_and_nobody_left_is_an_error(tmp_path: Path) -> None:
    led = list(csv.DictReader(MATURITY.read_text(encoding="utf-8").splitlines()))[2]
    blank = {key: "" if key.partition("-")[2].isdigit() else cell for key, cell in led.items()}
    maturity = answers(tmp_path, [blank])
    result = assess("match", STYLE, maturity, "--id", "l1")
    assert result.exit_code == 1
    assert "Left out, for neither view has enough answers for a level: p2 / Counter." in result.stderr
    assert "There is nobody in the second file whose maturity is known." in result.stderr


def test_several_leaders_need_an_id_and_a_single_one_none(tmp_path: Path) -> None:
    result = assess("match", STYLE, MATURITY)
    assert result.exit_code == 1
    assert "has 3 own sheets. Say with --id whose match is wanted." in result.stderr
    one = answers(tmp_path, [row for row in ROWS if row["subject"] == "p1"])
    assert assess("match", one, MATURITY).stdout == matched().stdout
    none = answers(tmp_path, [row for row in ROWS if row["id"] in RATERS])
    assert "has no leader's own sheet" in assess("match", none, MATURITY).stderr


def test_a_leader_with_too_few_answers_has_no_match(tmp_path: Path) -> None:
    own = next(row for row in ROWS if row["id"] == "l1")
    few = {**own, **dict.fromkeys(list(own)[-8:], "")}
    result = assess("match", answers(tmp_path, [few]), MATURITY)
    assert result.exit_code == 1
    assert result.stderr == "assess: Sheet l1 answers too few situations for a result.\n"


def test_questionnaires_of_the_wrong_kind_are_named() -> None:
    style = assess("match", MATURITY, MATURITY, "--style-questionnaire", "job-maturity")
    assert "job-maturity does not measure leadership style." in style.stderr
    levels = assess("match", STYLE, STYLE, "--id", "l1", "--maturity-questionnaire", "leadership-style")
    assert "leadership-style has no levels to meet." in levels.stderr
    assert (style.exit_code, levels.exit_code) == (1, 1)


def test_a_file_of_another_questionnaire_says_by_which_option_it_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,subject,sit-1,sit-2\n1,anna,A,B\n", encoding="utf-8")
    style = assess("match", other, MATURITY).stderr
    assert f"{other}: was read as answers to leadership-style; " in style
    assert "--style-questionnaire" in style
    maturity = assess("match", STYLE, other, "--id", "l1").stderr
    assert f"{other}: was read as answers to job-maturity; " in maturity
    assert "--maturity-questionnaire" in maturity
    wrong = answers(tmp_path, [{**ROWS[0], list(ROWS[0])[-1]: "E"}])
    assert "questionnaire" not in assess("match", wrong, MATURITY).stderr


def test_a_third_partys_situations_without_words_about_styles_are_matched_with_common_words(
    tmp_path: Path,
) -> None:
    """The folder `direct-reports` has no `match`: there is no advice, and a common question."""
    folder = TESTS / "questionnaires" / "valid" / "direct-reports"
    style = tmp_path / "style.csv"
    style.write_text("id,subject,sit-1,sit-2,sit-3,sit-4\n1,anna,A,A,B,B\n", encoding="utf-8")
    result = assess("match", style, MATURITY, "--style-questionnaire", folder, "--format", "csv")
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 30
    assert {row["advice"] for row in rows} == {""}
    assert all(row["question"] for row in rows)
