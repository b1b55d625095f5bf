"""The README is what a third party has: its example works, its fragments and its figures are true."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from assess.cli import main
from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.files.answers_file import read_answers
from assess.files.scoring_files import score_file
from assess.files.style_columns import GROUP_COLUMNS
from assess.scoring.precision import full_standard_error, interval_quantile, standard_error
from questionnaires.checker import check_folder
from questionnaires.checks import wording
from questionnaires.definition import PLACEHOLDERS, LevelTexts, Precision, SituationTexts, Texts
from questionnaires.json_schema import README
from questionnaires.naming import MAX_ID_LENGTH, RESERVED_COLUMNS, RESULT_COLUMNS
from questionnaires.nodes import parse
from questionnaires.reader import read_folder
from questionnaires.shape import problems_of_shape, type_of

TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
ANSWERS = [block for kind, block in BLOCKS if kind == "csv" and "direct-report" not in block]
(CHOICES,) = [block for kind, block in BLOCKS if kind == "csv" and "direct-report" in block]
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


@pytest.fixture
def situations(tmp_path: Path) -> Path:
    """The worked example of situations."""
    folder = tmp_path / "shop-leaders"
    folder.mkdir()
    for name in ("questionnaire.yaml", "en.yaml"):
        begin = f"# shop-leaders/{name}\n"
        (found,) = [block for kind, block in BLOCKS if kind == "yaml" and block.startswith(begin)]
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
    answers = ANSWERS[0]
    rows = list(csv.DictReader(io.StringIO(answers)))
    questionnaire = read_folder(example).questionnaire
    columns = [item.id for item in questionnaire.items]
    assert set(rows[0]) - RESERVED_COLUMNS == set(columns)
    for row in rows:
        assert row["perspective"] in questionnaire.perspectives
        assert all(row[column] in {"", "NA", "1", "2", "3", "4", "5"} for column in columns)


def test_the_scores_of_the_example_are_those_that_the_readme_names(example: Path) -> None:
    own, manager, _ = score_file(read_folder(example), io.BytesIO(ANSWERS[0].encode()))
    listening = {row.id: row.scales[1].score for row in (own, manager)}
    assert listening == {"1": pytest.approx(3.67, abs=0.005), "2": None}  # (4 + 3 + (6 − 2)) / 3


def test_the_example_of_situations_has_no_problem_and_keeps_the_writing_rules(situations: Path) -> None:
    assert [str(problem) for problem in check_folder(situations)] == []
    definition = read_folder(situations)
    assert (len(definition.questionnaire.items), len(definition.questionnaire.perspectives)) == (4, 2)
    for twins in definition.texts["en"].items.values():
        for text in twins.values():
            assert isinstance(text, SituationTexts)
            assert all(8 <= len(action.split()) <= 15 for action in text.actions)


def test_the_scores_of_the_situations_are_those_that_the_readme_names(situations: Path) -> None:
    anna, bo, group = score_file(read_folder(situations), io.BytesIO(CHOICES.encode()))
    for row, expected in ((anna, (30, 16, 10, 1 / 24)), (bo, (0, 12, 12, 1))):
        assert row.styles is not None
        flexibility, effectiveness = row.styles.flexibility, row.styles.effectiveness
        assert flexibility is not None
        assert effectiveness is not None
        blind = effectiveness.blind
        found = (flexibility.score, effectiveness.score, blind.mean, blind.at_least)
        assert found == pytest.approx(expected)
    assert anna.styles is not None
    assert anna.styles.pattern == "flexible-and-fitting"
    assert group.raters is not None
    assert (group.subject, group.raters.raters, group.raters.least) == ("anna", 5, DEFAULT_GROUP)
    assert f"at least {['', '', '', '', 'four', 'five'][DEFAULT_GROUP]} of them" in " ".join(TEXT.split())


def test_every_column_of_the_scores_of_situations_is_explained() -> None:
    (table,) = re.findall(r"^\| columns \| what stands there \|\n(.*?)\n\n", TEXT, re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`([^`]+)`", " ".join(line.split("|")[1] for line in table.splitlines())))
    parts = {column: column.replace("under-", "over-") for column in GROUP_COLUMNS}
    shown = {re.sub(r"^S[234]", "S1", parts[column]) for column in GROUP_COLUMNS if "M" not in column}
    assert shown <= named
    assert {"M1.S1", "M1.S2", "M4.S4", "under-leading"} <= named <= {*GROUP_COLUMNS}


def test_rows_with_job_area_seconds_and_form_are_read_as_the_readme_says(example: Path) -> None:
    file = example / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8").replace("by_job_area: false", "by_job_area: true")
    brief = "short_forms:\n  brief:\n    items: [prepare-1, prepare-2, listen-1, listen-2]\n"
    minimum = "    min_answered: {preparation: 2, listening: 2}\n"
    file.write_text(text + brief + minimum, encoding="utf-8")
    answers = read_answers(io.BytesIO(ANSWERS[1].encode()), read_folder(example))
    assert answers.short_forms == (None, None, "brief")
    assert answers.job_areas == ("shop", "shop", "stock")
    assert answers.seconds[[0, 2]].tolist() == [95, 31.5]
    assert answers.given(2) == {"prepare-1": 4, "prepare-2": 3, "listen-1": 5, "listen-2": 4}


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("levels:\n", "levels.M1"),
        ("options:\n  fit:\n    labels", ""),
        ("styles:  ", ""),
        ("translates:", ""),
    ],
)
def test_fragments_of_words_have_the_shape_of_words(key: str, path: str) -> None:
    """What only a whole file has is missing; nothing in the fragment is unknown or of the wrong kind."""
    (fragment,) = [block for kind, block in BLOCKS if kind == "yaml" and block.startswith(key)]
    root = parse(fragment.encode(), "fragment").root
    assert root is not None
    whole = {f"the file lacks `{name}`" for name in Texts.__struct_fields__}
    assert [p for p in problems_of_shape(root, type_of(Texts)) if p.what not in whole] == []
    assert not path or root["levels"]["M1"].keys() == LevelTexts.__struct_fields__


def test_what_the_readme_says_of_precision_is_what_is_calculated() -> None:
    precision = Precision(reliability=0.85, sd=0.6)
    assert full_standard_error(precision) == pytest.approx(0.6 * (1 - 0.85) ** 0.5)
    assert "SD·√(1 − reliability)·√(items in full ÷ items answered)" in TEXT
    half = standard_error(precision, full_length=4, answered=2)
    assert half == pytest.approx(2**0.5 * full_standard_error(precision))
    assert f"{interval_quantile(0.90):.2f} standard errors" in TEXT


def test_every_command_of_the_readme_is_one() -> None:
    named = set(re.findall(r"^\| `assess (\w+) ", TEXT, re.MULTILINE))
    of_measurement = {"reliability", "quality", "agreement", "change", "norms", "manual"}
    assert named == {"check", "score", "report", "match"} | of_measurement
    assert named <= set(main.commands)
    formats = {
        name
        for command in ("score", "reliability")
        for option in main.commands[command].params
        if "--format" in option.opts
        for name in getattr(option.type, "choices", ())
    }
    assert set(re.findall(r"--format (\w+)", TEXT)) == formats


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
    assert f"advice of a match {limits['match.*.*']}" in " ".join(TEXT.split())
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
