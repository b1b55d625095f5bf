"""The order of names in a language: its own letters after z, accents ignored."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from questionnaires.definition import LanguageId

_AFTER_Z: Mapping[LanguageId, Mapping[int, int | str]] = MappingProxyType(
    {
        "da": str.maketrans("æäøöå", "{{||}"),
        "sv": str.maketrans("åäæöø", "{||}}"),
        "en": {ord("æ"): "ae", ord("ø"): "o"},
    }
)
"""The signs {, | and } stand after z in Unicode. Danish: æ (ä), ø (ö), å; Swedish: å, ä (æ), ö (ø)."""


def place_in_alphabet(text: str, language: LanguageId) -> tuple[str, str]:
    """A sort key: capitals and accents decide only between texts that are otherwise the same."""
    folded = unicodedata.normalize("NFC", text.casefold()).translate(_AFTER_Z[language])
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return plain, text
