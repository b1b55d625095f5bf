"""The library: finding questionnaires by name and path, and never half-loading a broken one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaires import library
from questionnaires.library import (
    LIBRARY,
    UnknownQuestionnaire,
    find,
    load_all,
    questionnaire_folders,
    taken_ids,
)

VALID = Path(__file__).parent / "valid"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An organisation's folder with two questionnaires and things that are none."""
    for name in ("one-language", "zero-to-ten"):
        shutil.copytree(VALID / name, tmp_path / "own" / name)
    (tmp_path / "own" / "drafts").mkdir()
    (tmp_path / "own" / "notes.txt").write_text("not a folder", encoding="utf-8")
    return tmp_path / "own"


def test_a_name_is_found_in_the_library() -> None:
    assert find("job-maturity") == LIBRARY / "job-maturity"


def test_a_name_is_found_in_an_own_folder(own: Path) -> None:
    assert find("zero-to-ten", [own]) == own / "zero-to-ten"
    assert find("zero-to-ten", [own / "zero-to-ten"]) == own / "zero-to-ten"


def test_the_library_comes_before_an_own_folder_of_the_same_name(own: Path) -> None:
    (own / "one-language").rename(own / "job-maturity")
    assert find("job-maturity", [own]) == LIBRARY / "job-maturity"
    assert find(str(own / "job-maturity"), [own]) == own / "job-maturity"


def test_a_path_is_a_folder_or_its_structure_file(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find(str(own / "one-language")) == own / "one-language"
    assert find(str(own / "one-language" / "questionnaire.yaml")) == own / "one-language"
    monkeypatch.chdir(own)
    assert find("one-language") == Path("one-language")
    assert find("./drafts/") == Path("drafts")  # the checker then says what it lacks


@pytest.mark.parametrize("name", ["job-maturty", "nowhere/at/all", "", "questionnaire.yaml"])
def test_an_unknown_name_says_what_there_is(name: str) -> None:
    with pytest.raises(UnknownQuestionnaire, match="job-maturity"):
        find(name)


def test_a_near_miss_gets_a_suggestion(own: Path) -> None:
    with pytest.raises(UnknownQuestionnaire, match="did you mean `zero-to-ten`"):
        find("zero-to-tne", [own])


def test_own_questionnaires_are_loaded_beside_ours(own: Path) -> None:
    loaded = load_all([own])
    assert {"job-maturity", "one-language", "zero-to-ten"} <= set(loaded.definitions)
    assert loaded.broken == {}


def test_a_broken_folder_is_reported_whole_and_the_others_are_loaded(own: Path) -> None:
    file = own / "one-language" / "en.yaml"
    text = file.read_text(encoding="utf-8").replace("self: I finish late.", "me: I finish late.")
    file.write_text(text.replace("title: One language", "title:"), encoding="utf-8")
    loaded = load_all([own])
    assert "one-language" not in loaded.definitions
    assert "zero-to-ten" in loaded.definitions
    assert list(loaded.broken) == [own / "one-language"]
    assert [problem.line for problem in loaded.broken[own / "one-language"]] == [2, 21, 22, 22]


def test_an_id_that_is_taken_is_broken_not_replaced(own: Path) -> None:
    shutil.copytree(own / "one-language", own / "second")
    loaded = load_all([own])
    (problem,) = loaded.broken[own / "second"]
    assert "already taken" in problem.what
    assert "one-language" in loaded.definitions


def test_ids_are_taken_by_the_folder_that_comes_first_broken_or_not(own: Path) -> None:
    shutil.copytree(own / "one-language", own / "second")
    (own / "second" / "en.yaml").unlink()
    folders = questionnaire_folders([LIBRARY, own])
    ((folder, problem),) = taken_ids(folders)
    assert folder == own / "second"
    assert (problem.line, problem.what) == (
        3,
        f"the id `one-language` is already taken by {own / 'one-language'}",
    )
    assert list(taken_ids([*folders, own / "." / "drafts" / ".." / "zero-to-ten"])) == [(folder, problem)]


def test_a_folder_that_does_not_exist_is_broken_loudly(tmp_path: Path) -> None:
    loaded = load_all([tmp_path / "gone"])
    (problem,) = loaded.broken[tmp_path / "gone"]
    assert problem.what == "the file does not exist"
    assert "job-maturity" in loaded.definitions


def test_folders_are_found_once_by_name(own: Path) -> None:
    found = questionnaire_folders([own, own / "zero-to-ten"])
    assert found == (own / "one-language", own / "zero-to-ten")


def test_everything_in_the_library_can_be_used() -> None:
    loaded = library.load_all()
    assert loaded.broken == {}
    assert all(folder.name in loaded.definitions for folder in questionnaire_folders([LIBRARY]))
