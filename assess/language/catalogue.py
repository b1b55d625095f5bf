"""Gettext catalogues, read straight from `.po` files: nothing to compile, nothing generated to keep.

English is the source, so `en` needs no file. Each room that shows words to users keeps a folder
`language/` with `da.po` and `sv.po`; the catalogue of a language is their union.
"""

from __future__ import annotations

import gettext as gettext_module
import io
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from questionnaires.definition import LanguageId

LANGUAGES: tuple[LanguageId, ...] = ("da", "sv", "en")
"""In the order in which they are offered."""

LANGUAGE_NAMES: dict[LanguageId, str] = {"da": "Dansk", "sv": "Svenska", "en": "English"}


@lru_cache(maxsize=64)
def catalogue(language: LanguageId, *folders: Path) -> gettext_module.NullTranslations:
    """Translations of one language from the `.po` files of `folders`; an earlier folder wins.

    The result has `gettext`, `ngettext`, `pgettext` and `npgettext`. A missing translation gives the
    English source text. Raises `FileNotFoundError` when a folder lacks the language's file.
    """
    merged: gettext_module.NullTranslations = gettext_module.NullTranslations()
    if language == "en":
        return merged
    for folder in reversed(folders):
        translations = _read(folder / f"{language}.po", language)
        translations.add_fallback(merged)
        merged = translations
    return merged


def _read(path: Path, language: LanguageId) -> gettext_module.GNUTranslations:
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)
