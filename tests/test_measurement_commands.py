"""`assess reliability` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assess.cli import main

HERE = Path(__file__).parent
IPIP, BFI = str(HERE / "questionnaires" / "ipip-25"), str(HERE / "data" / "bfi-excerpt.csv")
MATURITY = str(HERE / "data" / "job-maturity.csv")
R = json.loads((HERE / "references" / "reliability-r.json").read_text(encoding="utf-8"))
DOCUMENT_KEYS = {"questionnaire", "version", "n", "missing", "scales"}
SCALE_KEYS = {
    "id",
    "n_items",
    "n_used",
    "mean",
    "sd",
    "alpha",
    "alpha_standardised",
    "alpha_interval",
    "omega_total",
    "average_r",
    "sem",
    "items",
}
ITEM_KEYS = {
    "id",
    "reversed",
    "n",
    "mean",
    "sd",
    "missing",
    "item_rest_r",
    "alpha_if_dropped",
    "loading",
}


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["reliability", *arguments], input=text)


def document(*arguments: str, text: str | None = None) -> Any:
    result = run(*arguments, text=text)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_one_document_with_the_keys_that_are_promised() -> None:
    found = document(IPIP, BFI)
    assert set(found) >= DOCUMENT_KEYS
    assert (found["questionnaire"], found["version"], found["n"], found["missing"]) == (
        "ipip-25",
        "1.0.0",
        60,
        "pairwise",
    )
    for scale in found["scales"]:
        assert set(scale) >= SCALE_KEYS
        for item in scale["items"]:
            assert set(item) >= ITEM_KEYS


@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
def test_figures_of_a_third_partys_questionnaire_are_those_of_psych(missing: str) -> None:
    for scale in document(IPIP, BFI, "--missing", missing)["scales"]:
        theirs = R["bfi"][scale["id"]][missing]
        assert scale["alpha"] == pytest.approx(theirs["alpha"], abs=1e-6)
        assert scale["alpha_interval"] == pytest.approx(theirs["feldt"], abs=1e-6)
        assert scale["omega_total"] == pytest.approx(theirs["omega_total"], abs=1e-3)


def test_the_table_is_for_people_and_says_why_something_is_missing(tmp_path: Path) -> None:
    lines = Path(BFI).read_text(encoding="utf-8").splitlines()
    few = tmp_path / "few.csv"
    few.write_text("\n".join(lines[:8]) + "\n", encoding="utf-8")
    shown = run(IPIP, str(few), "--format", "table").stdout
    assert "ipip-25 1.0.0, self: 7 sheets" in shown
    assert "Not known because of fewer than 10 sheets." in shown
    assert "A1 (reversed)" in shown


def test_self_is_meant_unless_another_perspective_is_asked_for(tmp_path: Path) -> None:
    result = run("job-maturity", MATURITY)
    assert json.loads(result.stdout)["perspective"] == "self"
    assert "Left out: 30 sheets" in result.stderr
    assert document("job-maturity", MATURITY, "--perspective", "manager")["perspective"] == "manager"
    only = tmp_path / "managers.csv"
    lines = Path(MATURITY).read_text(encoding="utf-8").splitlines()
    only.write_text(
        "\n".join(line for line in lines if line == lines[0] or "manager" in line), encoding="utf-8"
    )
    assert document("job-maturity", str(only))["perspective"] == "manager"
    assert run("job-maturity", str(only), "--perspective", "self").exit_code == 1


def test_a_domain_stands_beside_its_facets() -> None:
    scales = {scale["id"]: scale for scale in document("job-maturity", MATURITY)["scales"]}
    assert scales["technical"]["n_items"] == 16
    assert scales["technical"]["is_domain"]
    assert scales["technical"]["alpha"] > scales["skill"]["alpha"]


def test_it_writes_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    assert run(IPIP, BFI, "-o", str(path)).stdout == ""
    assert json.loads(path.read_text(encoding="utf-8"))["n"] == 60


def test_situations_have_no_reliability_of_this_kind() -> None:
    result = run("leadership-style", str(HERE / "data" / "leadership-style.csv"))
    assert result.exit_code == 1
    assert "no scales of rated items" in result.stderr


def confidential(folder: Path) -> str:
    """The third party's questionnaire with the promise that only group numbers ever leave."""
    for path in Path(IPIP).iterdir():
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text.replace("privacy: personal", "privacy: confidential"), "utf-8")
    return str(folder)


def test_confidential_sheets_are_refused_under_a_group_and_never_counted(tmp_path: Path) -> None:
    lines = Path(BFI).read_text(encoding="utf-8").splitlines()
    folder = confidential(tmp_path)
    refused = run(folder, "-", text="\n".join(lines[:10]))
    assert refused.exit_code == 1
    assert "confidential" in refused.stderr
    assert refused.stdout == ""
    assert document(folder, "-", text="\n".join(lines[:11]))["n"] == 10


def test_a_wrong_file_is_told_by_line_and_column(tmp_path: Path) -> None:
    lines = Path(BFI).read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(",", ",9", 1)
    result = run(IPIP, "-", text="\n".join(lines))
    assert result.exit_code == 1
    assert "A1" in result.stderr
