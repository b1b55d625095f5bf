"""Every word that a visitor reads is in the catalogues, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from assess.web.language import CATALOGUES, FOLDER

ROOM = FOLDER.parent
Message = str | tuple[str, ...]
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def messages_in_the_room() -> set[Message]:
    found = extract_from_dir(
        str(ROOM),
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")],
        keywords={"_": None, "gettext": None, "ngettext": (1, 2), "N_": None},
        options_map={"templates/**.html": {"silent": "false", "newstyle_gettext": "true"}},
    )
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def catalogue(language: str) -> dict[Message, tuple[str, ...]]:
    found: dict[Message, tuple[str, ...]] = {}
    for folder in CATALOGUES:
        with (folder / f"{language}.po").open("rb") as file:
            entries = [entry for entry in read_po(file, locale=language) if entry.id]
        for entry in entries:
            key = entry.id if isinstance(entry.id, str) else tuple(entry.id)
            assert key not in found, f"{key!r} is in two catalogues"
            found[key] = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
    return found


@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    used, translated = messages_in_the_room(), catalogue(language)
    assert used - set(translated) == set(), "not translated"
    assert set(translated) - used == set(), "not used any more"
    assert [message for message, texts in translated.items() if not all(texts)] == []


@pytest.mark.parametrize("language", ["da", "sv"])
def test_translations_fill_in_the_same_values(language: str) -> None:
    for message, texts in catalogue(language).items():
        sources = (message,) if isinstance(message, str) else message
        for source, text in zip(sources, texts, strict=True):
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), text


@pytest.mark.parametrize("language", ["da", "sv"])
def test_the_tone_is_direct(language: str) -> None:
    formal = re.compile(r"\b(De|Dem|Deres|Ni|Er)\b(?!$)")
    for texts in catalogue(language).values():
        for text in texts:
            inside = re.sub(r"(^|[.!?:] )(De|Det|Er)\b", "", text)
            assert not formal.search(inside), text


def test_no_page_has_words_outside_the_catalogue() -> None:
    """Letters between tags must come from an expression; a few marks and the product's name are not words."""
    for template in sorted((ROOM / "templates").glob("*.html")):
        text = re.sub(
            r"\{% block main_class %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!doctype html>",
            "",
            template.read_text(),
            flags=re.S,
        )
        words = [piece.strip() for piece in re.split(r"<[^>]*>", text)]
        loose = [
            piece
            for piece in words
            if re.search(r"[A-Za-zÆØÅæøå]", piece) and piece not in {"Assess", 'lang=""'}
        ]
        assert loose == [], template.name


def test_the_folder_holds_every_language_but_english() -> None:
    assert {path.name for path in Path(FOLDER).glob("*.po")} == {"da.po", "sv.po"}
