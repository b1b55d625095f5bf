"""The signs that turn the direction of the text around them."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Their bidirectional classes (Unicode Annex 9). No name needs them: Arabic and Hebrew letters know their
direction, and the marks U+200E and U+200F turn nothing."""


def turns(sign: str) -> bool:
    """Whether a single character turns what stands around it (U+202A–E, U+2066–9)."""
    return unicodedata.bidirectional(sign) in _TURNING


def unturned(text: str) -> str:
    """`text` without the signs that would turn the line it stands in."""
    return text if text.isascii() else "".join(sign for sign in text if not turns(sign))
