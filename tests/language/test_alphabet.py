"""Names stand in the order of their reader's alphabet."""

from __future__ import annotations

import pytest

from assess.language.alphabet import place_in_alphabet
from questionnaires.definition import LanguageId

NAMES = ["Zoë", "ärla", "Østen", "Æsa", "Åsa", "Örjan", "Anna", "Ånd", "Émile", "Erik", "Elin"]


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("da", ["Anna", "Elin", "Émile", "Erik", "Zoë", "ärla", "Æsa", "Örjan", "Østen", "Ånd", "Åsa"]),
        ("sv", ["Anna", "Elin", "Émile", "Erik", "Zoë", "Ånd", "Åsa", "ärla", "Æsa", "Örjan", "Østen"]),
        ("en", ["Æsa", "Ånd", "Anna", "ärla", "Åsa", "Elin", "Émile", "Erik", "Örjan", "Østen", "Zoë"]),
    ],
)
def test_letters_stand_where_the_language_has_them(language: LanguageId, order: list[str]) -> None:
    assert sorted(NAMES, key=lambda name: place_in_alphabet(name, language)) == order


def test_a_letter_in_two_pieces_is_the_same_letter() -> None:
    composed, in_pieces = "Åsa", "A\u030asa"
    assert place_in_alphabet(composed, "da")[0] == place_in_alphabet(in_pieces, "da")[0]


def test_accents_and_capitals_decide_only_between_equals() -> None:
    names = ["Eva B", "éva a", "eva c"]
    assert sorted(names, key=lambda name: place_in_alphabet(name, "sv")) == ["éva a", "Eva B", "eva c"]
    assert place_in_alphabet("Eva", "sv") != place_in_alphabet("eva", "sv")
