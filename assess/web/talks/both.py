"""Two versions of the same texts: where they differ, and what is kept once somebody has looked at both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KEEP = "keep-"
STORED, MINE, BOTH = "stored", "mine", "both"
RESOLVE = "resolve"
"""The field that names what was to be decided on the page."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of which there are two versions. `joins`: the two can follow each other."""

    name: str
    label: str
    stored: str
    mine: str
    joins: bool
    is_open: bool = False
    """It was not decided yet when the page was sent."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a field is called, whether its two versions can follow each other, what its values are called."""

    words: str
    joins: bool = True
    values: Mapping[str, str] | None = None

    def value(self, text: str) -> str:
        return text if self.values is None else self.values.get(text, text)


def differences(
    labels: Mapping[str, Label],
    stored: Mapping[str, str],
    mine: Mapping[str, str],
    undecided: Iterable[str] = (),
) -> tuple[Difference, ...]:
    """The fields whose versions differ, in the order of the page."""
    still_open = frozenset(undecided)
    return tuple(
        Difference(
            name,
            label.words,
            label.value(stored[name]),
            label.value(mine[name]),
            joins=label.joins and bool(stored[name] and mine[name]),
            is_open=name in still_open,
        )
        for name, label in labels.items()
        if stored[name] != mine[name]
    )


def resolved(
    names: Iterable[str], keep: Mapping[str, str], stored: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts after the decisions in `keep`, and the names of those where none was made: these stay as they
    were typed. Fields that are not among `names` are as they were typed."""
    content, undecided = dict(mine), []
    for name in names:
        if name not in mine:
            continue
        match keep.get(KEEP + name):
            case "stored":
                content[name] = stored[name]
            case "both":
                content[name] = f"{stored[name]}\n\n{mine[name]}".strip()
            case "mine":
                pass
            case _:
                undecided.append(name)
    return content, tuple(undecided)
