"""Names of files that every system takes."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.batches.file_names import safe, unique


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Karen Holm - bagning", "Karen Holm - bagning"),
        ("Åse Øst-Ærø", "Åse Øst-Ærø"),
        ("A\N{COMBINING RING ABOVE}se", "Åse"),
        ("李小龍", "李小龍"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("..\\..\\boot.ini", "-..-boot.ini"),
        ("C:\\x", "C--x"),
        ('a<b>c|d"e?f*g', "a-b-c-d-e-f-g"),
        ("line\r\nend\ttab", "line end tab"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "fdp.exe"),
        (" . hidden. ", "hidden"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Conny", "Conny"),
        ("", "-"),
        ("...", "-"),
    ],
)
def test_a_name_is_made_safe(name: str, file: str) -> None:
    assert safe(name) == file


def test_two_that_a_system_takes_for_the_same_are_numbered() -> None:
    assert unique(["Karen Holm", "karen holm", "Karen Holm", "Karen Holm (2)"], "pdf") == (
        "Karen Holm.pdf",
        "karen holm (2).pdf",
        "Karen Holm (3).pdf",
        "Karen Holm (2) (2).pdf",
    )


@given(st.lists(st.text(max_size=300), max_size=8))
def test_every_name_is_one_file_in_its_folder(names: list[str]) -> None:
    found = unique(names, "pdf")
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert PurePosixPath(name).name == PureWindowsPath(name).name == name
        assert len(name.encode()) <= 255
        assert name == unicodedata.normalize("NFC", name)
        assert name.isprintable()
        assert not name.startswith((".", " "))
