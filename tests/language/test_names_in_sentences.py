"""Names stand in Danish and Swedish sentences without an ending.

A genitive would need a rule for each name (Danish: Idas, Hosseinis, but Lars’, Max’, Moritz’; Swedish: Idas,
but Lars) and would be wrong for names that are read otherwise than they are written. So no sentence asks for
one: "the talk between Ali and Elin", never "Ali's talk".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from questionnaires.definition import LanguageId

ROOT = Path(__file__).parents[2]
NAMES = "name|person|who|holder|manager|first_name|other|leader|coach|subject|label"
ENDING = re.compile(
    rf"(?:%\((?:{NAMES})\)s|\{{(?:{NAMES})\}})[’'`]?[^\W\d_]|(?:%\((?:{NAMES})\)s|\{{(?:{NAMES})\}})[’']\s"
)


def sentences(language: LanguageId) -> Iterator[str]:
    """Every translated sentence of the programme, and every line of the questionnaires' texts."""
    for path in sorted(ROOT.glob(f"assess/**/{language}.po")) + sorted(
        ROOT.glob(f"reports/**/{language}.po")
    ):
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                yield from (entry.string,) if isinstance(entry.string, str) else entry.string
    for path in sorted(ROOT.glob(f"questionnaires/**/{language}.yaml")):
        yield from path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", ["da", "sv"])
def test_no_name_has_an_ending(language: LanguageId) -> None:
    found = list(sentences(language))
    assert len(found) > 2000
    assert [text for text in found if ENDING.search(text)] == []


@pytest.mark.parametrize(
    ("text", "has_ending"),
    [
        ("%(name)ss samtale", True),
        ("%(person)s’ samtale med %(holder)s", True),
        ("Sådan ser {name}s dag ud", True),
        ("{first_name}'s eget syn", True),
        ("Samtale mellem %(person)s og %(holder)s", False),
        ("Det, {name} har med", False),
        ("»{name}«", False),
    ],
)
def test_the_rule_finds_what_it_is_for(text: str, has_ending: bool) -> None:
    assert bool(ENDING.search(text)) is has_ending
