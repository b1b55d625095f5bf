"""The `assess` command as people type it: results, messages and exit statuses."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result

from assess.cli import main

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


def test_an_unknown_questionnaire_is_named_with_a_suggestion() -> None:
    result = assess("score", "job-maturty", EXAMPLE)
    assert result.exit_code == 1
    assert "job-maturity" in result.stderr


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    assert assess("score", "job-maturity", "nowhere.csv").exit_code == 2


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
