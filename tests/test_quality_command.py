"""`assess quality` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from assess.cli import main

HERE = Path(__file__).parent
IPIP, BFI = str(HERE / "questionnaires" / "ipip-25"), str(HERE / "data" / "bfi-excerpt.csv")
MATURITY, STYLE = str(HERE / "data" / "job-maturity.csv"), str(HERE / "data" / "leadership-style.csv")
CARELESS = json.loads((HERE / "references" / "response_quality_careless.json").read_text(encoding="utf-8"))


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["quality", *arguments], input=text)


def document(*arguments: str, text: str | None = None) -> Any:
    result = run(*arguments, text=text)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def text_of(rows: list[dict[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [*rows[0]])
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def test_a_third_partys_questionnaire_has_the_figures_of_careless_py() -> None:
    found = document(IPIP, BFI, "--sheets")
    assert (found["questionnaire"], found["n"], len(found["groups"])) == ("ipip-25", 60, 1)
    assert "never a verdict" in found["reading"]
    group = found["groups"][0]
    means = {index["id"]: index["mean"] for index in group["quality"]["indices"]}
    for index in ("longest_run", "average_run", "variability", "person_total"):
        assert means[index] == pytest.approx(np.mean(CARELESS["bfi"][index]), abs=1e-9)
        each = [row["quality"]["figures"][index] for row in group["sheets"]]
        assert each == pytest.approx(CARELESS["bfi"][index], abs=1e-9)
    assert [row["id"] for row in group["sheets"]][:3] == ["1", "2", "3"]


def test_figures_that_are_not_known_have_a_reason() -> None:
    indices = {i["id"]: i for i in document(IPIP, BFI)["groups"][0]["quality"]["indices"]}
    assert indices["seconds_per_item"]["reason"] == "no-seconds"
    assert indices["seconds_per_item"]["mean"] is None
    assert all(index["reason"] is None for name, index in indices.items() if name != "seconds_per_item")


def test_perspectives_are_told_apart_and_sheets_only_when_asked_for() -> None:
    groups = document("job-maturity", MATURITY)["groups"]
    assert [(group["perspective"], group["quality"]["n"], group["sheets"]) for group in groups] == [
        ("self", 30, None),
        ("manager", 30, None),
    ]


def test_time_comes_from_the_column_seconds() -> None:
    rows = list(csv.DictReader(Path(BFI).read_text(encoding="utf-8").splitlines()))
    text = text_of([row | {"seconds": "250" if place else "20"} for place, row in enumerate(rows)])
    found = document(IPIP, "-", "--sheets", text=text)["groups"][0]
    row = found["sheets"][0]["quality"]
    assert row["figures"]["seconds_per_item"] == pytest.approx(20 / 25)
    assert "fast" in row["kinds"]
    assert not row["flagged"] or len(row["kinds"]) > 1


def test_no_sheet_of_a_direct_report_is_ever_told_by_itself() -> None:
    """Ten are enough for means and rates; where single figures lie is not told even then."""
    rows = list(csv.DictReader(Path(STYLE).read_text(encoding="utf-8").splitlines()))
    raters = [row for row in rows if row["perspective"] == "direct-report"]
    more = [row | {"id": f"x{row['id']}"} for row in raters]
    result = run("leadership-style", "-", "--sheets", text=text_of(rows + more))
    groups = {group["perspective"]: group for group in json.loads(result.stdout)["groups"]}
    told = groups["direct-report"]
    assert told["confidential"]
    assert told["sheets"] is None
    assert all(index["spread"] is None for index in told["quality"]["indices"])
    assert "none of them is told by itself" in result.stderr
    assert len(groups["self"]["sheets"]) == 3
    ids = [row["id"] for row in raters + more]
    assert len(ids) >= 10
    assert not any(f'"{sheet_id}"' in result.stdout for sheet_id in ids)


def test_fewer_direct_reports_than_a_group_are_left_out_and_not_counted() -> None:
    rows = list(csv.DictReader(Path(STYLE).read_text(encoding="utf-8").splitlines()))
    raters = [row for row in rows if row["perspective"] == "direct-report"][:9]
    own = [row for row in rows if row["perspective"] == "self"]

    result = run("leadership-style", "-", text=text_of(own + raters))
    found = json.loads(result.stdout)
    assert (found["n"], [group["perspective"] for group in found["groups"]]) == (3, ["self"])
    assert "fewer than 10" in result.stderr
    nothing = run("leadership-style", "-", text=text_of(raters))
    assert nothing.exit_code == 1
    assert "no sheets whose figures may be shown" in nothing.stderr


def test_a_table_for_people_names_figures_cuts_and_reasons() -> None:
    result = run(IPIP, BFI, "--format", "table", "--sheets")
    assert result.exit_code == 0
    assert "never a verdict" in result.stderr
    assert "60 sheets" in result.stdout
    assert "≥ 13" in result.stdout
    assert "Not known: seconds_per_item (the file says nothing of time)." in result.stdout


def test_a_wrong_file_is_refused_with_its_problems() -> None:
    result = run(IPIP, "-", text="id,A1\n1,9\n")
    assert result.exit_code == 1
    assert "A1" in result.stderr
