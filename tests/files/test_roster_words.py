"""What can be wrong with a roster is said in every language."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from assess.files.roster_faults import LANGUAGE_FOLDER, MESSAGES

PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_message_is_translated_with_its_values(language: str) -> None:
    with (LANGUAGE_FOLDER / f"{language}.po").open("rb") as file:
        found = {str(entry.id): str(entry.string) for entry in read_po(file, locale=language) if entry.id}
    assert set(found) == set(MESSAGES.values())
    for message, text in found.items():
        assert text
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(message))
