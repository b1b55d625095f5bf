"""What is typed into talks: made plain, and tried. Pure."""

from __future__ import annotations

import unicodedata

from assess.language.direction import unturned
from assess.talks.types import TalkReason

_KEPT = frozenset("\n\t")


def plain(text: str) -> str:
    """With line feeds alone, without blanks around it and without signs that turn the direction of lines: the
    same words are the same text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return unicodedata.normalize("NFC", unturned(lines).strip())


def fault_of(text: str, longest: int, *, lines: bool = True) -> TalkReason | None:
    """What is wrong with a plain text; `lines`: it may have more than one line."""
    if len(text) > longest:
        return "too-long"
    allowed = _KEPT if lines else frozenset()
    is_bad = any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in allowed for sign in text)
    return "signs" if is_bad else None
