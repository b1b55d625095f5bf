"""What all charts share: the template folder, number formatting, line breaking and the colours of paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

PAPER = {
    "ink": "#1c2b33",
    "muted": "#55636b",
    "line": "#838d93",
    "hairline": "#d9dcdb",
    "accent": "#1f5f7a",
    "white": "#ffffff",
    "M1": "#7593a2",
    "M2": "#5b8098",
    "M3": "#3f7391",
    "M4": "#164a63",
    "S1": "#a8481f",
    "S2": "#8a6100",
    "S3": "#3f6b3c",
    "S4": "#1f5f7a",
}
"""The light column of the tokens. Presentation attributes, because page CSS never reaches SVG on paper."""

FONT = "Source Sans 3"
CHARACTER = 0.50
"""Mean width of a character in ems; Source Sans 3 has 0.47, the rest is safety."""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["n"] = short_number
    environment.globals.update(paper=PAPER, font=FONT)
    return environment


def template(name: str) -> Template:
    """A chart template, escaping everything that is put into it."""
    return _environment().get_template(name)


def short_number(value: float) -> str:
    """A coordinate: at most two decimals, no trailing zeros, never `-0`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Axis:
    """Maps `lo`…`hi` (score units) linearly to `start`…`end` (drawing units; end may lie before start)."""

    lo: float
    hi: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The coordinate of a value; values outside the scale are drawn at its end."""
        inside = min(max(value, self.lo), self.hi)
        return self.start + (inside - self.lo) / (self.hi - self.lo) * (self.end - self.start)

    def length(self, amount: float) -> float:
        """The length of an amount in drawing units, never negative."""
        return abs(amount / (self.hi - self.lo) * (self.end - self.start))

    def ticks(self, chosen: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The chosen values; else whole numbers: all of a short scale, of a longer one about every second."""
        if chosen:
            return chosen
        first, last = round(self.lo), round(self.hi)
        step = 1 if last - first <= 6 else -(-(last - first) // 5)
        return tuple(range(first, last + 1, step))


def break_lines(text: str, width: float, size: float, most: int = 4) -> tuple[str, ...]:
    """`text` in lines of at most `width` units at `size`; a word that is too long is cut by a hyphen.

    More than `most` lines end in an ellipsis: the full text always stands beside the chart.
    """
    room = max(int(width / (size * CHARACTER)), 4)
    lines: list[str] = []
    for word in text.split():
        rest = word
        while len(rest) > room:
            lines.append(rest[: room - 1] + "-")
            rest = rest[room - 1 :]
        if lines and len(lines[-1]) + 1 + len(rest) <= room:
            lines[-1] += f" {rest}"
        else:
            lines.append(rest)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: room - 1].rstrip() + "…"]
    return tuple(lines)
