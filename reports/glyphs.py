"""Characters that no font on this machine can show: found while printing, and replaced.

A character without a glyph would make the report invalid PDF/UA. The attached JSON keeps every character.
"""

from __future__ import annotations

import logging
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

SUBSTITUTE = "\N{WHITE SQUARE}"
_INVISIBLE = {"Cf", "Mn", "Me", "Sk", "Co", "Cn", "Cs"}
"""Joiners, combining marks, skin tones and what is no character at all leave nothing behind."""

_LOGGER = logging.getLogger("weasyprint")


class _Collector(logging.Filter):
    """Takes what WeasyPrint reports of missing glyphs in one thread out of the log."""

    def __init__(self) -> None:
        super().__init__()
        self.thread = threading.get_ident()
        self.found: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.thread != self.thread or not str(record.msg).startswith(".notdef glyph"):
            return True
        if isinstance(record.args, tuple) and record.args:
            self.found.add(str(record.args[0]))
        return False


@contextmanager
def unknown_characters() -> Iterator[set[str]]:
    """Collects, while printing in this thread, the characters that had no glyph."""
    collector = _Collector()
    _LOGGER.addFilter(collector)
    try:
        yield collector.found
    finally:
        _LOGGER.removeFilter(collector)


def substituted(text: str, unknown: set[str]) -> str:
    """`text` with each of the `unknown` characters replaced by a square, or by nothing if it is invisible."""
    if not unknown:
        return text
    return text.translate(
        {ord(c): "" if unicodedata.category(c) in _INVISIBLE else SUBSTITUTE for c in unknown}
    )
