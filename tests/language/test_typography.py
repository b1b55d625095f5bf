"""Readers see one way of writing: quotes as each language has them, curved apostrophes, “90%” in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

import assess
import reports
from questionnaires.library import LIBRARY

LANGUAGES = ("da", "sv", "en")
ROOMS = (Path(assess.__file__).parent, Path(reports.__file__).parent)
TYPEWRITTEN = re.compile(r"(?<=\w)'|'(?=\w)|(?<![<=\w])\"(?![>/])")
"""Straight marks, but those of an attribute in HTML."""
OTHERS = {"da": "“”„", "sv": "“„»«", "en": "„»«"}
"""Quotes of other languages."""
PERCENT = {
    "en": re.compile(r"\d\s+(%|per cent)"),
    "da": re.compile(r"\d%(?!\()"),
    "sv": re.compile(r"\d%(?!\()"),
}


def leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, child in node.items():
            if key not in {"language", "translates"}:
                yield from leaves(child)
    elif isinstance(node, list):
        for child in node:
            yield from leaves(child)
    elif isinstance(node, str):
        yield node


def of_questionnaires(language: str) -> Iterator[str]:
    for file in sorted(LIBRARY.glob(f"*/{language}.yaml")):
        yield from leaves(yaml.safe_load(file.read_text(encoding="utf-8")))


def of_catalogues(language: str) -> Iterator[str]:
    for room in ROOMS:
        for file in sorted(room.rglob(f"language/**/{'da' if language == 'en' else language}.po")):
            with file.open("rb") as stream:
                for entry in read_po(stream):
                    texts = entry.id if language == "en" else entry.string
                    yield from (texts,) if isinstance(texts, str) else texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", [of_questionnaires, of_catalogues])
def test_marks_are_those_of_the_language(source: Any, language: str) -> None:
    texts = [text for text in source(language) if text]
    assert len(texts) > 400
    odd = TYPEWRITTEN, re.compile(f"[{OTHERS[language]}]"), PERCENT[language]
    assert [text for text in texts if any(rule.search(text) for rule in odd)] == []


@pytest.mark.parametrize(
    ("text", "is_typewritten"),
    [
        ("somebody's", True),
        ('say "yes"', True),
        ("the others' view", True),
        ("somebody’s “yes”", False),
        ('<a href="/me">here</a>', False),
    ],
)
def test_a_straight_mark_is_seen(text: str, is_typewritten: bool) -> None:
    assert bool(TYPEWRITTEN.search(text)) == is_typewritten
