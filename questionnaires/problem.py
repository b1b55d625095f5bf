"""One thing wrong in a file that somebody wrote. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Printed as `file:line: what is wrong; what to do`. Line 0 means the whole file."""

    file: str
    line: int
    what: str
    advice: str = ""
    column: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" column {self.column}:" if self.column else ""
        advice = f"; {self.advice}" if self.advice else ""
        return visible(f"{place}:{column} {self.what}{advice}")


def visible(text: str) -> str:
    """The text with every invisible character (a no-break space, a control character) written out."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else f"<U+{ord(mark):04X}>" for mark in text)
