"""The README is what a third party has: its example works, its fragments and its figures are true."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from questionnaires.checker import check_folder
from questionnaires.checks import wording
from questionnaires.definition import PLACEHOLDERS
from questionnaires.json_schema import README
from questionnaires.naming import MAX_ID_LENGTH, RESERVED_COLUMNS, RESULT_COLUMNS
from questionnaires.nodes import parse
from questionnaires.reader import read_folder

TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
FILES = ("questionnaire.yaml", "en.yaml", "da.yaml")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The worked example, taken out of the README as a reader would."""
    folder = tmp_path / "good-meetings"
    folder.mkdir()
    for name in FILES:
        (found,) = [block for kind, block in BLOCKS if kind == "yaml" and block.startswith(f"# {name}\n")]
        (folder / name).write_text(found, encoding="utf-8")
    return folder


def test_the_example_has_no_problem(example: Path) -> None:
    assert [str(problem) for problem in check_folder(example)] == []


def test_the_example_is_what_the_readme_says_of_it(example: Path) -> None:
    """Six items, two scales, two perspectives, two languages."""
    definition = read_folder(example)
    questionnaire = definition.questionnaire
    counts = (len(questionnaire.items), len(questionnaire.scales), len(questionnaire.perspectives))
    assert counts == (6, 2, 2)
    assert list(definition.texts) == ["en", "da"]
    assert definition.texts["da"].translates


def test_the_answers_of_the_example_fit_its_items(example: Path) -> None:
    (answers,) = [block for kind, block in BLOCKS if kind == "csv"]
    rows = list(csv.DictReader(io.StringIO(answers)))
    questionnaire = read_folder(example).questionnaire
    columns = [item.id for item in questionnaire.items]
    assert set(rows[0]) - RESERVED_COLUMNS == set(columns)
    for row in rows:
        assert row["perspective"] in questionnaire.perspectives
        assert all(row[column] in {"", "NA", "1", "2", "3", "4", "5"} for column in columns)


def test_every_fragment_is_yaml_of_our_kind() -> None:
    fragments = [block for kind, block in BLOCKS if kind == "yaml"]
    assert len(fragments) >= 9
    for fragment in fragments:
        parsed = parse(fragment.encode(), "fragment")
        assert parsed.problems == (), fragment


def test_limits_and_names_are_those_of_the_checker() -> None:
    limits = dict(wording.LIMITS)
    assert f"item {limits['items.*.*']} characters" in TEXT
    assert f"label {limits['options.*.labels.*']} (of a choice {wording.MAX_CHOICE_LENGTH})" in TEXT
    assert f"page title {limits['pages.*.title']}" in " ".join(TEXT.split())
    assert f"situation {wording.MAX_SITUATION_WORDS} words" in TEXT
    assert f"at most {MAX_ID_LENGTH} characters" in TEXT
    for name in PLACEHOLDERS:
        assert f"`{{{name}}}`" in TEXT
    for column in RESULT_COLUMNS:
        assert f"`{column}`" in TEXT


def test_every_link_within_the_readme_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([a-z-]+)\)", TEXT)) <= headings


def test_the_ipip_example_has_the_keys_of_the_published_data_set() -> None:
    """R package psych 2.2.9, data set bfi: five scales of five items, reverse-keyed A1 C4 C5 E1 E2 O2 O5."""
    questionnaire = read_folder(Path(__file__).parent / "ipip-25").questionnaire
    assert [item.id for item in questionnaire.items] == [
        f"{letter}{n}" for letter in "ACENO" for n in range(1, 6)
    ]
    reverse = [item.id for item in questionnaire.items if getattr(item, "reverse", False)]
    assert reverse == ["A1", "C4", "C5", "E1", "E2", "O2", "O5"]
    assert [scale.items[0][0] for scale in questionnaire.scales.values()] == list("ACENO")
    assert questionnaire.options["accuracy"].values == (1, 2, 3, 4, 5, 6)
