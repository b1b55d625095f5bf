"""The checker against folders: what must pass, and what must be found, with its file and line.

`valid/` holds one small folder for each feature. `invalid/` holds one file for each subject with its faults:
each changes one of the valid folders and names every problem that must be found, no more.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from questionnaires.checker import CHECKS, check_folder
from questionnaires.problem import Problem
from questionnaires.reader import InvalidQuestionnaire, read_folder
from questionnaires.stamping import stamp_translations

HERE = Path(__file__).parent
VALID = [*sorted((HERE / "valid").iterdir()), HERE / "ipip-25"]
FAULTS: dict[str, dict[str, Any]] = {
    f"{file.stem}: {fault['fault']}": fault
    for file in sorted((HERE / "invalid").glob("*.yaml"))
    for fault in yaml.safe_load(file.read_text(encoding="utf-8"))
}


def make_faulty(fault: dict[str, Any], into: Path) -> Path:
    folder = into / "folder"
    shutil.copytree(HERE / "valid" / fault["base"], folder)
    for change in fault["changes"]:
        file = folder / change["file"]
        text = file.read_text(encoding="utf-8")
        assert change["replace"] in text, f"{fault['fault']}: nothing to replace in {change['file']}"
        file.write_text(text.replace(change["replace"], change["by"], 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("folder", VALID, ids=lambda folder: folder.name)
def test_a_valid_folder_has_no_problem_and_is_read(folder: Path) -> None:
    assert check_folder(folder) == ()
    definition = read_folder(folder)
    assert definition.questionnaire.id == folder.name
    assert tuple(definition.texts) == definition.questionnaire.languages


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_with_its_file_and_line_and_nothing_else_is(name: str, tmp_path: Path) -> None:
    folder = make_faulty(FAULTS[name], tmp_path)
    found = check_folder(folder)
    expected = FAULTS[name]["expect"]
    assert expected
    assert len(found) == len(expected), "\n".join(map(str, found))
    for problem, wanted in zip(found, expected, strict=True):
        assert f"{Path(problem.file).name}:{problem.line}: {problem.what}".startswith(wanted)
        assert problem.advice, f"no advice: {problem}"


@pytest.mark.parametrize("name", FAULTS)
def test_a_folder_with_a_fault_is_never_half_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidQuestionnaire) as caught:
        read_folder(make_faulty(FAULTS[name], tmp_path))
    assert len(caught.value.problems) == len(FAULTS[name]["expect"])


@pytest.mark.parametrize(("number", "is_refused"), [(40, False), (41, True)])
def test_there_are_at_most_as_many_situations_as_can_be_scored_in_a_moment(
    number: int, is_refused: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "situations"
    shutil.copytree(HERE / "valid" / "situations", folder)
    structure, texts = (folder / name for name in ("questionnaire.yaml", "en.yaml"))
    asked, said = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in (structure, texts))
    for place in range(len(asked["items"]), number):
        asked["items"].append(deepcopy(asked["items"][0]) | {"id": f"more-{place}"})
        words = deepcopy(said["items"]["sit-1"])
        words["self"]["situation"] += f" This is day {place}."
        said["items"][f"more-{place}"] = words
    for file, content in ((structure, asked), (texts, said)):
        file.write_text(yaml.dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    expected = [f"there are {number} situations"] if is_refused else []
    assert [problem.what for problem in check_folder(folder)] == expected


def test_every_check_is_needed_by_some_fault(tmp_path: Path) -> None:
    """A check that no fault can trip would be a check that cannot fail."""
    from questionnaires.draft import open_draft

    tripped = set()
    for number, fault in enumerate(FAULTS.values()):
        draft = open_draft(make_faulty(fault, tmp_path / str(number)))
        tripped |= {check for check in CHECKS if any(True for _ in check(draft))}
    assert tripped == set(CHECKS)


def test_all_problems_of_all_files_come_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(HERE / "valid" / "translations", folder)
    for name, old, new in (
        ("questionnaire.yaml", "minutes: 2", "minutes: soon"),
        ("questionnaire.yaml", "version: 1.0.0", "version: one"),
        ("sv.yaml", "[nej, delvis, ja]", "[nej, ja]"),
        ("da.yaml", "title: Oversættelser", "titel: Oversættelser"),
    ):
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    found = check_folder(folder)
    assert [(Path(problem.file).name, problem.line) for problem in found] == [
        ("questionnaire.yaml", 4),
        ("questionnaire.yaml", 8),
        ("da.yaml", 2),  # `titel`: neither “lacks `title`” nor “a hash for `title`” comes with it
        ("sv.yaml", 17),
    ]


def test_words_about_styles_stand_in_every_language_or_in_none(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(HERE / "valid" / "situations", folder)
    structure = folder / "questionnaire.yaml"
    text = structure.read_text(encoding="utf-8").replace("languages: [en]", "languages: [en, da]", 1)
    structure.write_text(text, encoding="utf-8")
    words = (folder / "en.yaml").read_text(encoding="utf-8").replace("language: en", "language: da", 1)
    (folder / "da.yaml").write_text(words, encoding="utf-8")
    stamp_translations(folder, "da")
    assert check_folder(folder) == ()
    without_styles = words[: words.index("styles:\n")]
    (folder / "da.yaml").write_text(without_styles, encoding="utf-8")
    stamp_translations(folder, "da")
    assert [(Path(problem.file).name, problem.what) for problem in check_folder(folder)] == [
        ("da.yaml", f"the file lacks `{block}`") for block in ("leanings", "match", "patterns", "styles")
    ]


def test_invisible_characters_are_written_out_where_a_problem_is_read() -> None:
    problem = Problem("da.yaml", 7, "the file has an unknown key `title\u00a0`", "not \x1b[2J")
    assert str(problem) == "da.yaml:7: the file has an unknown key `title<U+00A0>`; not <U+001B>[2J"


@pytest.mark.parametrize(
    "quoted", ['"“Keeping to the hour.”"', ">-\n      “Keeping to the hour.”", "“On” or “off”"]
)
def test_curly_quotes_that_are_meant_are_texts(quoted: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(HERE / "valid" / "one-language", folder)
    file = folder / "en.yaml"
    text = file.read_text(encoding="utf-8").replace("about: Keeping to the hour.", f"about: {quoted}")
    file.write_text(text, encoding="utf-8")
    assert check_folder(folder) == ()


def test_a_file_in_place_of_the_folder_is_told_to_name_the_folder() -> None:
    file = HERE / "valid" / "one-language" / "en.yaml"
    (problem,) = check_folder(file)
    assert problem.file == str(file)
    assert problem.advice == f"name the folder that it stands in: {file.parent}"


def test_a_problem_reads_file_line_what_and_advice() -> None:
    assert (
        str(Problem("da.yaml", 7, "`title` is empty", "write a text"))
        == "da.yaml:7: `title` is empty; write a text"
    )
