"""How things are named: patterns of ids, and "did you mean". Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

ID = re.compile(r"[a-z][a-z0-9-]*")
"""Questionnaires, option sets, choices, scales, pages, short forms: they may stand in file names and URLs."""
ITEM_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""Items are columns of answers files, and those of third parties have capitals."""
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
MAX_ID_LENGTH = 40
RESERVED_COLUMNS = frozenset({"id", "perspective", "subject", "job_area", "seconds", "form", "language"})
"""Columns of an answers file that no item may be called."""
RESULT_COLUMNS = RESERVED_COLUMNS | {"level", "borderline", "mixed"}
"""Columns of a file of scores that no scale may be called."""


def is_id(written: str, pattern: re.Pattern[str] = ID) -> bool:
    """Whether `written` may name something."""
    return len(written) <= MAX_ID_LENGTH and pattern.fullmatch(written) is not None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `name` is probably a misspelling of."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def misspelt(written: Iterable[str], known: Collection[str]) -> frozenset[str]:
    """Those of `known` that an unknown one of `written` probably means."""
    return frozenset(meant for name in written if name not in known and (meant := nearest(name, known)))


def suggestion(name: str, known: Iterable[str], otherwise: str = "correct the name") -> str:
    """ "did you mean `x`?", else the names that exist when they are few, else `otherwise`."""
    names = list(dict.fromkeys(known))
    if meant := nearest(name, names):
        return f"did you mean `{meant}`?"
    if 0 < len(names) <= 12:
        return f"use {listed(names, 'or')}"
    return otherwise


def counted(count: int, what: str) -> str:
    """“1 item”, “2 items”, “no items”."""
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def joined(words: Sequence[str], word: str = "and") -> str:
    """a, b and c."""
    return f"{', '.join(words[:-1])} {word} {words[-1]}" if len(words) > 1 else "".join(words)


def listed(names: Sequence[str], word: str = "and") -> str:
    """`a`, `b` and `c`."""
    return joined([f"`{name}`" for name in names], word)
