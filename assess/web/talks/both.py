"""Two versions of the same texts: where they differ, and what is kept once somebody has looked at both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
    kept: str = ""
    """What was decided when the page was sent; "" for what was not."""


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
    keep: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Difference, ...]:
    """The fields whose versions differ, in the order of the page. `keep`: what was decided, as sent."""
    still_open = frozenset(undecided)
    return tuple(
        Difference(
            name,
            label.words,
            label.value(stored[name]),
            label.value(mine[name]),
            joins=label.joins and bool(stored[name] and mine[name]),
            is_open=name in still_open,
            kept="" if name in still_open else _decided(keep, name),
        )
        for name, label in labels.items()
        if stored[name] != mine[name]
    )


def resolved(
    form: Mapping[str, str], stored: Mapping[str, str], mine: Mapping[str, str], *, is_seen: bool
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts after the decisions in `form`, and the names of those where none was made: these stay as they
    were typed, as do fields of which nothing was asked. `is_seen`: the page showed what is stored now;
    otherwise everything that differs is to be decided anew.

    As long as one is undecided the page is shown again with `mine` as it was typed, never with these texts:
    decided twice, a text would follow itself.
    """
    content, undecided = dict(mine), []
    asked = form.get(RESOLVE, "").split() if is_seen else list(mine)
    for name in asked:
        if name not in mine or stored[name] == mine[name]:
            continue
        match _decided(form, name) if is_seen else "":
            case "stored":
                content[name] = stored[name]
            case "both":
                content[name] = f"{stored[name]}\n\n{mine[name]}".strip()
            case "mine":
                pass
            case _:
                undecided.append(name)
    return content, tuple(undecided)


def _decided(keep: Mapping[str, str], name: str) -> str:
    value = keep.get(KEEP + name, "")
    return value if value in {STORED, MINE, BOTH} else ""
