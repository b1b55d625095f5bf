"""The `assess` command as people type it: results, messages and exit statuses."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result

from assess.cli import main
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

TESTS = Path(__file__).parent
EXAMPLE = TESTS / "data" / "job-maturity.csv"
THIRD_PARTY = TESTS / "questionnaires" / "ipip-25"


def assess(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


# --- help ------------------------------------------------------------------------------------------


def test_help_names_every_command_and_imports_no_room() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from assess.cli import main\n"
        "print(CliRunner().invoke(main, ['--help']).output)\n"
        "heavy = {'numpy', 'flask', 'weasyprint', 'sqlite_utils', 'huey', 'yaml'} & set(sys.modules)\n"
        "sys.exit(f'imported for help: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in main.commands:
        assert command in done.stdout


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(command: str) -> None:
    result = assess(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3


# --- check -----------------------------------------------------------------------------------------


def test_the_library_has_no_problems() -> None:
    result = assess("check")
    assert result.exit_code == 0
    assert "job-maturity: no problems" in result.stderr
    assert result.stdout == ""


def test_a_broken_folder_gives_file_line_problem_and_advice_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.yaml").write_text("format: 1\nid: Pulse!\n", encoding="utf-8")
    result = assess("check", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path}/questionnaire.yaml:2: " in result.stderr


def test_an_id_that_is_taken_is_a_problem_among_the_folders_checked_together(tmp_path: Path) -> None:
    for name in ("first", "second"):
        shutil.copytree(THIRD_PARTY, tmp_path / name)
    result = assess("check", tmp_path)
    assert result.exit_code == 1
    assert "first: no problems" in result.stderr
    assert "second: 1 problem" in result.stderr
    line = f"{tmp_path}/second/questionnaire.yaml:"
    assert f"the id `ipip-25` is already taken by {tmp_path}/first; choose another id" in result.stderr
    assert line in result.stderr


def test_an_own_folder_with_an_id_of_the_library_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(LIBRARY / "job-maturity", tmp_path / "ours")
    monkeypatch.setenv("ASSESS_QUESTIONNAIRES", str(tmp_path))
    result = assess("check")
    assert result.exit_code == 1
    assert f"`job-maturity` is already taken by {LIBRARY / 'job-maturity'}" in result.stderr
    assert assess("check", tmp_path).exit_code == 0


def test_the_folder_that_one_stands_in_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(THIRD_PARTY)
    assert assess("check", ".").stderr == "ipip-25: no problems\n"


def test_a_file_in_place_of_a_folder_is_told_to_name_the_folder() -> None:
    result = assess("check", THIRD_PARTY / "en.yaml")
    assert result.exit_code == 1
    assert f"name the folder that it stands in: {THIRD_PARTY}" in result.stderr


def test_stamping_needs_a_folder_and_is_a_wrong_call_without() -> None:
    assert assess("check", "--stamp", "sv").exit_code == 2


# --- score -----------------------------------------------------------------------------------------


def test_scores_go_to_standard_output_as_csv() -> None:
    result = assess("score", "job-maturity", EXAMPLE)
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    with EXAMPLE.open(encoding="utf-8") as file:
        assert [row["id"] for row in rows] == [row["id"] for row in csv.DictReader(file)]
    probabilities = [sum(float(row[m]) for m in ("M1", "M2", "M3", "M4")) for row in rows if row["level"]]
    assert probabilities == pytest.approx([1.0] * len(probabilities))
    assert len(probabilities) > len(rows) / 2


def test_scores_as_json_are_the_same_scores(tmp_path: Path) -> None:
    output = tmp_path / "scores.json"
    assert assess("score", "job-maturity", EXAMPLE, "--format", "json", "-o", output).exit_code == 0
    rows = json.loads(output.read_text(encoding="utf-8"))
    table = list(csv.DictReader(io.StringIO(assess("score", "job-maturity", EXAMPLE).stdout)))
    assert [row["id"] for row in rows] == [row["id"] for row in table]


def test_a_wrong_answers_file_gives_every_problem_with_line_and_column(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    first = lines[1].split(",")
    first[header.index("knowledge-1")] = "9"
    file = tmp_path / "answers.csv"
    file.write_text("\n".join([",".join(header), ",".join(first), ",".join(first)]) + "\n", encoding="utf-8")
    result = assess("score", "job-maturity", file)
    assert result.exit_code == 1
    assert f"{file}:2: column knowledge-1:" in result.stderr
    assert f"{file}:3: column id:" in result.stderr
    assert result.stdout == ""


def test_scores_for_excel_begin_with_the_mark_that_excel_looks_for(tmp_path: Path) -> None:
    output = tmp_path / "scores.csv"
    assert assess("score", "job-maturity", EXAMPLE, "--format", "excel", "-o", output).exit_code == 0
    written = output.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfid;perspective;")
    assert written.count(b"\r\n") == written.count(b"\n") == len(EXAMPLE.read_bytes().splitlines())
    assert assess("score", "job-maturity", EXAMPLE, "--format", "excel").stdout_bytes == written


def test_answers_may_come_from_standard_input() -> None:
    arguments = ["score", "job-maturity", "-"]
    piped = CliRunner().invoke(main, arguments, input=EXAMPLE.read_bytes())
    assert piped.stdout == assess("score", "job-maturity", EXAMPLE).stdout


def test_problems_are_counted_all_though_fifty_are_shown(tmp_path: Path) -> None:
    header = EXAMPLE.read_text(encoding="utf-8").splitlines()[0]
    items = header.split(",")[4:36]
    file = tmp_path / "answers.csv"
    nines = "\n".join(f"{number}," + ",".join(["9"] * 32) for number in range(3))
    file.write_text(f"id,{','.join(items)}\n{nines}\n", encoding="utf-8")
    result = assess("score", "job-maturity", file)
    assert result.stderr.splitlines()[-2:] == [
        f"{file}: 46 more problems not shown; mend these first",  # 3·32 − 50
        "assess: 96 problems.",
    ]


@pytest.mark.parametrize("command", ["score", "report"])
def test_a_kind_that_is_not_scored_yet_is_refused_by_both_commands(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.scoring.kinds.SCORING_KINDS", {})
    answers = tmp_path / "answers.csv"
    answers.write_text("id,sit-1\n1,A\n", encoding="utf-8")
    more = [] if command == "score" else ["--id", 1, "-o", tmp_path / "x.pdf"]
    result = assess(command, TESTS / "questionnaires" / "valid" / "situations", answers, *more)
    assert result.exit_code == 1
    assert result.stderr.startswith("assess: situations has scoring of kind situations")
    assert not (tmp_path / "x.pdf").exists()


def test_scores_of_a_confidential_questionnaire_say_what_not_to_do_with_them(tmp_path: Path) -> None:
    folder = confidential(tmp_path)
    result = assess("score", folder, scale_answers(tmp_path, "1,3,3"))
    assert result.exit_code == 0
    assert "group numbers only" in result.stderr


# --- outputs that cannot be written ----------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("output", ["/dev/full", "/nowhere/at/all"])
def test_an_output_that_cannot_be_written_is_one_sentence(output: str) -> None:
    result = assess("score", "job-maturity", EXAMPLE, "-o", output)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"assess: {output}: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("arguments", [["score", "job-maturity", str(EXAMPLE)], ["--help"], ["--version"]])
def test_a_standard_output_that_is_full_is_one_sentence_too(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "assess", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [done.stderr.strip()]
    assert "No space left on device" in done.stderr


def test_an_unknown_questionnaire_is_named_with_a_suggestion() -> None:
    result = assess("score", "job-maturty", EXAMPLE)
    assert result.exit_code == 1
    assert "job-maturity" in result.stderr


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    assert assess("score", "job-maturity", "nowhere.csv").exit_code == 2


# --- the two sheets of a report --------------------------------------------------------------------


def confidential(into: Path) -> Path:
    """A questionnaire of two items that is confidential."""
    return changed(into, "privacy: personal", "privacy: confidential")


def changed(into: Path, old: str, new: str) -> Path:
    folder = into / "one-language"
    shutil.copytree(TESTS / "questionnaires" / "valid" / "one-language", folder)
    file = folder / "questionnaire.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return folder


def scale_answers(into: Path, *rows: str, columns: str = "id") -> Path:
    file = into / "answers.csv"
    file.write_text("\n".join([f"{columns},first,second", *rows]) + "\n", encoding="utf-8")
    return file


def refusal(folder: object, answers: Path, sheet_id: str) -> str:
    """What `assess report` says when it makes none."""
    output = answers.parent / "x.pdf"
    result = assess("report", folder, answers, "--id", sheet_id, "-o", output)
    assert result.exit_code == 1
    assert not output.exists()
    return result.stderr


def test_a_confidential_questionnaire_has_no_report_about_one_sheet(tmp_path: Path) -> None:
    message = refusal(confidential(tmp_path), scale_answers(tmp_path, "1,3,3"), "1")
    assert message == (
        "assess: one-language is confidential: only group numbers ever leave, "
        "so there is no report about one sheet.\n"
    )


def test_a_direct_reports_sheet_has_no_report_about_it_alone(tmp_path: Path) -> None:
    folder = TESTS / "questionnaires" / "valid" / "perspectives"
    file = tmp_path / "answers.csv"
    header = "id,perspective," + ",".join(item.id for item in read_folder(folder).questionnaire.items)
    blank = "," * (header.count(",") - 1)
    file.write_text(f"{header}\n7,direct-report{blank}\n", encoding="utf-8")
    assert refusal(folder, file, "7") == (
        "assess: Sheet 7 is a direct report's and confidential, so there is no report about it alone.\n"
    )


ABOUT = "id,perspective,subject,job_area"
TWO_VIEWS = ("  self: {}\n", "  self: {}\n  manager: {}\n")


@pytest.fixture
def two_views(tmp_path: Path) -> Path:
    """A questionnaire that the person and the manager answer."""
    folder = changed(tmp_path, *TWO_VIEWS)
    file = folder / "en.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("\noptions:", "\n  manager: {title: A, welcome: B, closing: C}\noptions:", 1)
    text = re.sub(r"^( +)self: (I .*)$", r"\1self: \2\n\1manager: They. \2", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("perspective", "sheet_id", "told"),
    [
        ("manager", "1", "two manager sheets"),
        ("self", "2", "two own sheets"),
        ("self", "1", "two own sheets"),
    ],
)
def test_two_sheets_where_one_is_wanted_are_refused_with_their_lines(
    perspective: str, sheet_id: str, told: str, two_views: Path, tmp_path: Path
) -> None:
    rows = ["1,self,Dan,butik,3,3", "2,manager,Dan,butik,2,2", f"3,{perspective},Dan,butik,1,1"]
    answers = scale_answers(tmp_path, *rows, columns=ABOUT)
    lines = "3 and 4" if perspective == "manager" else "2 and 4"
    assert f"{answers}:4: {told} for Dan / butik, lines {lines}; keep one" in refusal(
        two_views, answers, sheet_id
    )


@pytest.mark.parametrize(
    ("managers", "told"),
    [
        ("2,manager, A\u030asa ,butik,2,2", "own sheet 1, manager's sheet 2."),
        (
            "2,manager,åsa,butik,2,2",
            "no manager's sheet for Åsa / butik (line 3 has åsa / butik: only capitals",
        ),
        (
            "2,manager,Åsa,lager,2,2",
            "no manager's sheet for Åsa / butik (line 3 has Åsa / lager: another job",
        ),
        ("2,manager,Bo,butik,2,2", "own sheet 1; no manager's sheet for Åsa / butik."),
    ],
)
def test_a_report_says_which_sheets_it_is_made_of(
    managers: str, told: str, two_views: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.commands.reporting.render", lambda view, fonts: b"%PDF")
    monkeypatch.setattr("assess.commands.reporting.static_fonts", lambda cache: None)
    answers = scale_answers(tmp_path, "1,self,Åsa,butik,3,3", managers, columns=ABOUT)
    result = assess("report", two_views, answers, "--id", 1, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 0, result.stderr
    assert told in result.stderr


# --- report ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_report_stands_in_the_language_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_DATA", str(tmp_path))
    output = tmp_path / "17.pdf"
    result = assess(
        "report", "job-maturity", EXAMPLE, "--id", 17, "--language", "da", "--name", "Amina", "-o", output
    )
    assert result.exit_code == 0, result.stderr
    pdf = pypdf.PdfReader(output)
    assert 6 <= len(pdf.pages) <= 10
    assert pdf.trailer["/Root"]["/Lang"] == "da"
    assert "Amina" in pdf.pages[0].extract_text()


@pytest.mark.slow
def test_a_third_partys_questionnaire_is_scored_and_reported_by_the_same_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESS_DATA", str(tmp_path))
    answers = tmp_path / "answers.csv"
    items = [f"{scale}{number}" for scale in "ACENO" for number in range(1, 6)]
    answers.write_text(f"id,{','.join(items)}\n1,{','.join(['2'] * 25)}\n", encoding="utf-8")
    scores = assess("score", THIRD_PARTY, answers)
    assert scores.exit_code == 0, scores.stderr
    # A1 is the one reverse-keyed item of agreeableness on options 1…6: (5 + 2 + 2 + 2 + 2) / 5.
    assert float(next(csv.DictReader(io.StringIO(scores.stdout)))["agreeableness"]) == pytest.approx(2.6)
    output = tmp_path / "1.pdf"
    result = assess("report", THIRD_PARTY, answers, "--id", 1, "-o", output)
    assert result.exit_code == 0, result.stderr
    assert "greeableness" in "".join(page.extract_text() for page in pypdf.PdfReader(output).pages)


def test_an_unknown_id_says_where_ids_stand(tmp_path: Path) -> None:
    result = assess("report", "job-maturity", EXAMPLE, "--id", "nobody", "-o", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert "“id”" in result.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_language_that_the_questionnaire_lacks_is_refused(tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text("id\n1\n", encoding="utf-8")
    result = assess("report", THIRD_PARTY, answers, "--id", 1, "--language", "da", "-o", tmp_path / "x.pdf")
    assert result.exit_code == 1
    assert "en" in result.stderr


# --- settings --------------------------------------------------------------------------------------


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_TIME_ZONE", "Mars/Olympus")
    result = assess("migrate")
    assert result.exit_code == 1
    assert "ASSESS_TIME_ZONE" in result.stderr
