"""`assess organisation` and `assess roster`: from an empty database to people, by command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from assess.cli import main
from assess.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from assess.settings import Settings

ROSTER = (
    "unit;name;email;employee number;leader\n"
    "Koncern;Ditte Dam;ditte@example.org;1;\n"
    "Koncern/Nord;Bo Ørsted;bo@example.org;2;1\n"
)


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_DATABASE", settings.database)
    monkeypatch.setenv("ASSESS_DATA", str(settings.data))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    return path


def assess(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_from_an_empty_database_to_an_organisation_with_people(settings: Settings, file: Path) -> None:
    refused = assess("roster", str(file))
    assert (refused.exit_code, "assess organisation add" in refused.stderr) == (1, True)
    assert "no organisation" in assess("organisation", "list").stdout
    assert assess("organisation", "add", "Rugbrød & Co.").exit_code == 0
    assert assess("organisation", "add", "Rugbrød & Co.").exit_code == 1, "once is enough"
    assert assess("organisation", "add", "X", "--customer", "nobody").exit_code == 1
    assert assess("administrator", "add", "Eva Eng", "--email", "eva@example.org").exit_code == 0

    shown = assess("roster", str(file))
    assert shown.exit_code == 0
    assert "added: Bo Ørsted, Koncern / Nord (row 3)" in shown.stdout
    assert "--apply" in shown.stderr
    with open_store(settings) as store, store.read() as q:
        (home,) = q.organisations()
        assert q.units(organisation_id=home["id"]) == [], "nothing changes before --apply"
    assert assess("roster", str(file), "--apply").exit_code == 0
    assert assess("organisation", "list").stdout == "Rugbrød & Co.  3 people\n"
    again = assess("roster", str(file), "--apply", "--organisation", "Rugbrød & Co.")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "everything is as it should be" in again.stderr


def test_who_is_missing_leaves_unless_it_only_adds(file: Path) -> None:
    assess("organisation", "add", "Rugbrød & Co.")
    assess("roster", str(file), "--apply")
    file.write_text("\n".join(ROSTER.splitlines()[:2]))
    assert "leaves: Bo Ørsted, Koncern / Nord" in assess("roster", str(file)).stdout
    assert assess("roster", str(file), "--only-add").stdout == ""


def test_problems_are_told_with_their_rows(file: Path) -> None:
    assess("organisation", "add", "Rugbrød & Co.")
    file.write_text(ROSTER.replace("bo@example.org", "bo").replace(";2;1", ";2;9"))
    found = assess("roster", str(file), "--apply")
    assert found.exit_code == 1
    assert "roster.csv:3: column email: “bo” is no e-mail address." in found.stderr
    assert "roster.csv:3: column leader: No row has the employee number" in found.stderr
    missing = assess("roster", "nowhere.csv")
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (1, True)


def test_a_roster_comes_from_standard_input_too() -> None:
    """For a roster that the user whom the service runs as may not read."""
    assert assess("organisation", "add", "Rugbrød & Co.").exit_code == 0
    shown = CliRunner().invoke(main, ["roster", "-"], input=ROSTER)
    assert "added: Bo Ørsted, Koncern / Nord (row 3)" in shown.stdout
