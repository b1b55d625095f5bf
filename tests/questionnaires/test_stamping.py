"""Stamping a translation: only the block `translates` changes, and it says what the source says now."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from questionnaires.checker import check_folder
from questionnaires.checks.translations import source_hash
from questionnaires.reader import InvalidQuestionnaire, read_folder
from questionnaires.stamping import stamp_translations

VALID = Path(__file__).parent / "valid" / "translations"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "translations"
    shutil.copytree(VALID, copy)
    return copy


def edit(file: Path, old: str, new: str) -> None:
    content = file.read_bytes()
    assert old.encode() in content
    file.write_bytes(content.replace(old.encode(), new.encode(), 1))


def before_the_block(file: Path) -> bytes:
    return file.read_bytes().partition(b"translates:")[0]


def test_a_hash_is_the_beginning_of_the_sha256_of_the_source_text() -> None:
    # printf 'I begin on time.' | sha256sum
    assert source_hash("I begin on time.") == hashlib.sha256(b"I begin on time.").hexdigest()[:12]
    # FIPS 180-2, appendix B.1
    assert source_hash("abc") == "ba7816bf8f01"


def test_stamping_makes_a_stale_translation_fresh_and_names_what_changed(folder: Path) -> None:
    edit(folder / "en.yaml", "I begin on time.", "I begin early.")
    edit(folder / "da.yaml", "Jeg begynder til tiden.", "Jeg begynder tidligt.")
    assert {Path(problem.file).name for problem in check_folder(folder)} == {"da.yaml", "sv.yaml"}
    assert stamp_translations(folder, "da") == ("items.first.self",)
    assert {Path(problem.file).name for problem in check_folder(folder)} == {"sv.yaml"}
    stamp_translations(folder, "sv")
    assert read_folder(folder).texts["da"].translates["items.first.self"] == source_hash("I begin early.")


def test_everything_before_the_block_stays_byte_for_byte(folder: Path) -> None:
    file = folder / "da.yaml"
    edit(file, "title: Oversættelser", "# a note   \ntitle:   'Oversættelser'   # and one more")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    edit(file, "translates:\r\n  title: 266a41b90d4f", "translates:\r\n  title: 000000000000")
    before = before_the_block(file)
    assert stamp_translations(folder, "da") == ("title",)
    assert before_the_block(file) == before
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    assert check_folder(folder) == ()


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_first_stamp_adds_the_block_at_the_end(end: str, folder: Path) -> None:
    file = folder / "da.yaml"
    words = before_the_block(file).decode().rstrip("\n") + end
    file.write_bytes(words.encode())
    assert len(stamp_translations(folder, "da")) == 15
    assert file.read_bytes().startswith(words.encode())
    assert check_folder(folder) == ()


def test_stamping_twice_changes_nothing(folder: Path) -> None:
    content, modified = (folder / "da.yaml").read_bytes(), (folder / "da.yaml").stat().st_mtime_ns
    assert stamp_translations(folder, "da") == ()
    assert (folder / "da.yaml").read_bytes() == content
    assert (folder / "da.yaml").stat().st_mtime_ns == modified


def test_hashes_of_texts_that_are_gone_go(folder: Path) -> None:
    edit(folder / "da.yaml", "translates:\n", "translates:\n  items.third.self: 266a41b90d4f\n")
    assert stamp_translations(folder, "da") == ("items.third.self",)
    assert check_folder(folder) == ()


def test_a_text_that_the_source_lacks_gets_no_hash(folder: Path) -> None:
    edit(folder / "en.yaml", "    hint: About this month.\n", "")
    assert stamp_translations(folder, "da") == ("pages.all.hint",)
    assert (
        "pages.all.hint" not in (folder / "da.yaml").read_text(encoding="utf-8").partition("translates:")[2]
    )


def test_a_hash_that_looks_like_a_number_stays_a_text(folder: Path) -> None:
    """About one hash in three hundred has digits only, some with an `e`: 12 hex digits, (10/16)^12 each."""
    number = next(n for n in range(100_000) if source_hash(f"I begin {n}.").isdigit())
    edit(folder / "en.yaml", "I begin on time.", f"I begin {number}.")
    stamp_translations(folder, "da")
    digits = source_hash(f"I begin {number}.")
    assert f'  items.first.self: "{digits}"\n' in (folder / "da.yaml").read_text(encoding="utf-8")
    assert read_folder_of(folder, "da")["items.first.self"] == digits


def read_folder_of(folder: Path, language: str) -> dict[str, str]:
    stamp_translations(folder, "sv")
    return read_folder(folder).texts[language].translates  # type: ignore[index]


@pytest.mark.parametrize(
    ("language", "what"),
    [("en", "`en` is the source language"), ("nb", "the file does not exist")],
)
def test_only_a_translation_can_be_stamped(language: str, what: str, folder: Path) -> None:
    with pytest.raises(InvalidQuestionnaire, match=what):
        stamp_translations(folder, language)


def test_a_file_that_is_not_yaml_is_left_alone(folder: Path) -> None:
    (folder / "da.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(InvalidQuestionnaire, match="this is not YAML"):
        stamp_translations(folder, "da")
    assert (folder / "da.yaml").read_text(encoding="utf-8") == "title: ["


def test_a_block_that_is_not_last_is_left_alone(folder: Path) -> None:
    with (folder / "da.yaml").open("a", encoding="utf-8") as file:
        file.write("levels: {}\n")
    before = (folder / "da.yaml").read_bytes()
    with pytest.raises(InvalidQuestionnaire, match="not the last block"):
        stamp_translations(folder, "da")
    assert (folder / "da.yaml").read_bytes() == before


@pytest.mark.parametrize("key", ['"translates"', "'translates'", "? translates\n"])
def test_a_block_written_in_an_unusual_way_is_left_alone(key: str, folder: Path) -> None:
    edit(folder / "da.yaml", "translates:\n  title: 266a41b90d4f", f"{key}:\n  title: 000000000000")
    before = (folder / "da.yaml").read_bytes()
    with pytest.raises(InvalidQuestionnaire, match="cannot be written into this file"):
        stamp_translations(folder, "da")
    assert (folder / "da.yaml").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [
        "da.yaml",
        "en.yaml",
        "questionnaire.yaml",
        "sv.yaml",
    ]


def test_a_language_that_is_not_declared_is_not_stamped(folder: Path) -> None:
    edit(folder / "questionnaire.yaml", "[en, da, sv]", "[en, da]")
    before = (folder / "sv.yaml").read_bytes()
    with pytest.raises(InvalidQuestionnaire, match=r"`sv` is not among `languages`; add `sv` to them"):
        stamp_translations(folder, "sv")
    assert (folder / "sv.yaml").read_bytes() == before
