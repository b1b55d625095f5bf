"""Reading: bytes to nodes to frozen values. What YAML would make of a word, and what we make of it."""

from __future__ import annotations

import copy
import json
import os
import shutil
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.checker import check_folder
from questionnaires.definition import (
    ChoiceItem,
    Definition,
    RatingItem,
    SituationItem,
    SituationTexts,
    TextItem,
    ZeroToTenItem,
    content_hash,
    decode,
    encode,
)
from questionnaires.nodes import MAX_BYTES, parse
from questionnaires.reader import InvalidQuestionnaire, read_folder

VALID = Path(__file__).parent / "valid"
FOLDERS = sorted(VALID.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a folder that nothing is wrong with."""
    copy = tmp_path / "one-language"
    shutil.copytree(VALID / "one-language", copy)
    return copy


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- what a definition holds -------------------------------------------------------------------------


def test_items_become_their_kinds() -> None:
    items = {item.id: item for item in read_folder(VALID / "choice-and-text").questionnaire.items}
    assert items["tenure"] == ChoiceItem(id="tenure", options="years", reason="Length of service.")
    assert items["calm"] == RatingItem(id="calm", options="agree", reason="Calm.")
    assert items["why"] == TextItem(id="why", max_length=300, reason="Own words.", optional=True)
    zero_to_ten = read_folder(VALID / "zero-to-ten").questionnaire.items[2]
    assert zero_to_ten == ZeroToTenItem(
        id="leave", reverse=True, cannot_say=True, optional=True, reason="Wish to leave."
    )


def test_a_situation_keeps_its_key_its_own_weights_and_its_words() -> None:
    definition = read_folder(VALID / "situations")
    item = definition.questionnaire.items[2]
    assert isinstance(item, SituationItem)
    assert item.actions == ("S4", "S3", "S2", "S1")
    assert item.override is not None
    assert item.override.weights == {"S1": 1, "S2": 2, "S3": 4, "S4": 3}
    text = definition.texts["en"].items["sit-3"]["self"]
    assert isinstance(text, SituationTexts)
    assert text.actions[3] == "You leave it to her and hear about it later."


def test_the_order_of_the_file_is_kept() -> None:
    questionnaire = read_folder(VALID / "classification").questionnaire
    assert list(questionnaire.scales) == ["alpha", "beta", "able", "willing"]
    assert [item.id for item in questionnaire.items] == ["a1", "a2", "b1", "b2", "c1", "c2"]
    stored = decode(encode(read_folder(VALID / "classification"))).questionnaire
    assert list(stored.scales) == ["alpha", "beta", "able", "willing"]


def test_naughty_strings_arrive_as_they_were_written() -> None:
    definition = read_folder(VALID / "naughty-strings")
    texts = definition.texts["en"]
    assert texts.options["agree"].labels == (
        "no",
        "on",
        "yes",
        "12:30",
        "1_000",
        "0x1F",
        "2024-01-01",
        "~/null",
    )
    assert texts.options["agree"].cannot_say == "off"
    assert texts.title == r'"Quotes" & <b>markup</b> \n %s %(name)s'
    assert texts.items["NULL"]["self"] == "👩🏽‍🚀 Ⅻ ﬁ ß İ ﷽ 𝕬 e\u0301 \U0001f9e8"
    assert texts.items["Norway"]["self"] == "שלום مرحبا 你好 Łódź Þórður Ærø Ångström"
    assert texts.scales["constructor"].about == "=1+1"
    assert texts.scales["constructor"].name == "true"
    reasons = {item.id: item.reason for item in definition.questionnaire.items}
    assert reasons["Norway"] == "no"
    assert reasons["e10"] == "1e10"
    assert reasons["quotes"] == "Robert'); DROP TABLE items;--"


@pytest.mark.parametrize(
    "word", ["no", "on", "Yes", "12:30", "0o17", "017", "1e3", "2024-01-01", ".5", "1_000"]
)
def test_a_word_that_yaml_would_convert_is_a_text(word: str, folder: Path) -> None:
    edit(folder / "en.yaml", "title: One language", f"title: {word}")
    assert read_folder(folder).texts["en"].title == word


@pytest.mark.parametrize(
    "word", ["0x10", "017", "1e1", "1_0", "12:30", ".inf", ".nan", "٣", "1.0", "+-1", "9" * 30]
)
def test_only_decimal_digits_are_a_whole_number(word: str, folder: Path) -> None:
    edit(folder / "questionnaire.yaml", "minutes: 2", f"minutes: {word}")
    assert [problem.line for problem in check_folder(folder)] == [8]


@pytest.mark.parametrize("word", ["yes", "on", "True", "TRUE", "1", '"true"', "y"])
def test_only_true_and_false_are_booleans(word: str, folder: Path) -> None:
    edit(folder / "questionnaire.yaml", "by_job_area: false", f"by_job_area: {word}")
    (problem,) = check_folder(folder)
    assert "must be true or false" in problem.advice


# --- encodings, sizes, hostile files -----------------------------------------------------------------


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(folder: Path) -> None:
    before = content_hash(read_folder(folder))
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert content_hash(read_folder(folder)) == before


def test_a_file_that_is_not_utf8_is_named_with_the_line(folder: Path) -> None:
    text = (folder / "en.yaml").read_text(encoding="utf-8").replace("On time", "Førsteklasses")
    (folder / "en.yaml").write_bytes(text.encode("latin-1"))
    (problem,) = check_folder(folder)
    line = text[: text.index("Første")].count("\n") + 1
    assert (problem.line, problem.what) == (line, "the file is not UTF-8")


def test_a_file_in_utf16_is_refused_and_not_guessed(folder: Path) -> None:
    text = (folder / "en.yaml").read_text(encoding="utf-8")
    (folder / "en.yaml").write_bytes(text.encode("utf-16"))
    (problem,) = check_folder(folder)
    assert problem.what == "the file is not UTF-8"


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    with (folder / "en.yaml").open("ab") as file:
        file.write(b"#" * MAX_BYTES)
    (problem,) = check_folder(folder)
    assert "larger than 1,000,000 bytes" in problem.what


def test_a_billion_laughs_are_not_laughed(folder: Path) -> None:
    laughs = "a: &a [ha, ha]\n" + "".join(
        f"{after}: &{after} [{', '.join(f'*{before}' for _ in range(9))}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (folder / "en.yaml").write_text(laughs, encoding="utf-8")
    (problem,) = check_folder(folder)
    assert (problem.line, problem.what) == (1, "anchors and aliases (& and *) are not used in this format")


@pytest.mark.parametrize("deep", [b"[" * 5000, b"{a: " * 5000, b"- " * 5000, b"? " * 3000])
def test_deep_nesting_is_refused(deep: bytes) -> None:
    (problem,) = parse(deep, "deep.yaml").problems
    assert problem.file == "deep.yaml"


def test_an_empty_file_and_a_missing_folder_are_problems(folder: Path, tmp_path: Path) -> None:
    (folder / "en.yaml").write_text("# nothing yet\n", encoding="utf-8")
    (problem,) = check_folder(folder)
    assert problem.what == "the file is empty"
    (problem,) = check_folder(tmp_path / "nowhere")
    assert problem.what == "the file does not exist"
    assert problem.file.endswith("questionnaire.yaml")


def test_a_folder_in_place_of_a_file_is_a_problem(folder: Path) -> None:
    (folder / "en.yaml").unlink()
    (folder / "en.yaml").mkdir()
    (problem,) = check_folder(folder)
    assert problem.what.startswith("the file cannot be read")


@pytest.mark.skipif(os.name != "posix", reason="links to nowhere are made the POSIX way")
def test_a_link_to_nowhere_is_a_missing_file(folder: Path) -> None:
    (folder / "en.yaml").unlink()
    (folder / "en.yaml").symlink_to(folder / "gone.yaml")
    (problem,) = check_folder(folder)
    assert (Path(problem.file).name, problem.what) == ("en.yaml", "the file does not exist")


def test_the_error_of_the_reader_shows_every_problem(folder: Path) -> None:
    edit(folder / "questionnaire.yaml", "minutes: 2", "minutes: two")
    edit(folder / "en.yaml", "title: One language", "title:")
    with pytest.raises(InvalidQuestionnaire) as caught:
        read_folder(folder)
    first, second = str(caught.value).splitlines()
    assert "questionnaire.yaml:8: `minutes`" in first
    assert "en.yaml:2: `title` is empty" in second


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_both_parsers_of_pyyaml_see_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """libyaml's is used where PyYAML was built with it (its wheels are), the slower one elsewhere."""
    fast = content_hash(read_folder(folder))
    monkeypatch.setattr("questionnaires.nodes._LOADER", yaml.SafeLoader)
    assert content_hash(read_folder(folder)) == fast


# --- storing and hashing -----------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_definition_survives_being_stored(folder: Path) -> None:
    definition = read_folder(folder)
    assert decode(encode(definition)) == definition
    assert content_hash(decode(encode(definition))) == content_hash(definition)


@given(st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_hash_does_not_depend_on_the_order_of_keys(random: object) -> None:
    definition = read_folder(VALID / "classification")
    shuffled = _shuffle(msgspec.to_builtins(definition), random)
    assert content_hash(msgspec.convert(shuffled, Definition)) == content_hash(definition)


def _shuffle(value: object, random: object) -> object:
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)  # type: ignore[attr-defined]
        return {key: _shuffle(value[key], random) for key in keys}
    if isinstance(value, list | tuple):
        return [_shuffle(part, random) for part in value]
    return value


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("questionnaire.yaml", "reverse: true", "reverse: false"),
        ("questionnaire.yaml", "min_answered: 1", "min_answered: 2"),
        ("questionnaire.yaml", "[first, second]", "[second, first]"),
        ("en.yaml", "I begin on time.", "I begin in time."),
    ],
)
def test_the_hash_depends_on_every_content(name: str, old: str, new: str, folder: Path) -> None:
    before = content_hash(read_folder(folder))
    edit(folder / name, old, new)
    assert content_hash(read_folder(folder)) != before


def test_comments_and_layout_are_not_content(folder: Path) -> None:
    before = content_hash(read_folder(folder))
    edit(
        folder / "questionnaire.yaml",
        "values: [1, 2, 3]",
        "values:  # three\n      - 1\n      - 2\n      - 3",
    )
    assert content_hash(read_folder(folder)) == before


# --- whatever comes ----------------------------------------------------------------------------------


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_nodes_or_problems(content: bytes) -> None:
    parsed = parse(content, "any.yaml")
    assert (parsed.root is None) <= bool(parsed.problems)


RIGHT = {
    name: yaml.safe_load((VALID / "classification" / name).read_text(encoding="utf-8"))
    for name in ("questionnaire.yaml", "en.yaml")
}
words = st.sampled_from(
    ["a1", "S1", "M1", "items", "self", "rating", "3", "2.5", "true", "", "{first_name}", "en", "da"]
) | st.text(max_size=8)
values = st.recursive(
    words | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=8,
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["questionnaire.yaml", "en.yaml"]), st.integers(0, 200), values),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=250, deadline=None)
def test_whatever_stands_in_a_place_the_checker_says_so_and_never_fails(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, object]]
) -> None:
    """Any part of a right folder is replaced by anything; what passes can be read. JSON is YAML."""
    folder = tmp_path_factory.mktemp("any")
    files = copy.deepcopy(RIGHT)
    for name, place, value in changes:
        places = list(_places(files[name]))
        parent, key = places[place % len(places)]
        parent[key] = value  # type: ignore[index]
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    problems = check_folder(folder)
    assert list(problems) == list(dict.fromkeys(problems))
    assert all(problem.what and problem.advice for problem in problems)
    if problems:
        with pytest.raises(InvalidQuestionnaire):
            read_folder(folder)
    else:
        assert read_folder(folder)


def _places(value: object) -> list[tuple[object, object]]:
    if isinstance(value, dict):
        own = [(value, key) for key in value]
        return own + [place for part in value.values() for place in _places(part)]
    if isinstance(value, list):
        own = [(value, index) for index in range(len(value))]
        return own + [place for part in value for place in _places(part)]
    return []
