"""Names of files that every system takes: safe, short enough, and no two the same. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 120
"""Characters of a name without its ending; at most 240 bytes with it, which every file system takes."""
_BYTES = 230
_REFUSED = re.compile(r'[\\/:*?"<>|]')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""What Windows takes for a device, whatever ending follows."""


def safe(name: str, otherwise: str = "-") -> str:
    """`name` as the name of a file without its ending: composed Unicode on one line, nothing that cannot be
    seen, no sign that a file system refuses, no dot or space at either end, nothing that is a path.

    `otherwise` stands for a name of which nothing is left.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_seen(sign))
    text = " ".join(_REFUSED.sub("-", text).split()).strip(". ")[:LONGEST]
    while len(text.encode()) > _BYTES:
        text = text[:-1]
    text = text.rstrip(". ")
    if text.partition(".")[0].strip().lower() in _RESERVED:
        text = f"_{text}"
    return text or otherwise


def unique(names: Iterable[str], ending: str) -> tuple[str, ...]:
    """A file name for each of `names`, in their order. Two that a system could take for the same, which
    knows no capital letters, are numbered: "Karen Holm.pdf", "Karen Holm (2).pdf"."""
    taken: set[str] = set()
    found = []
    for name in names:
        base = safe(name)
        chosen, number = base, 1
        while chosen.casefold() in taken:
            number += 1
            chosen = f"{base} ({number})"
        taken.add(chosen.casefold())
        found.append(f"{chosen}.{ending}")
    return tuple(found)


def _is_seen(sign: str) -> bool:
    """Not a control sign, one that turns the direction of reading, or half of a character."""
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
