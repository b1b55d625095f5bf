"""Lists of names that must point at something, each name once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from questionnaires.naming import suggestion
from questionnaires.nodes import Node
from questionnaires.problem import Problem


def unknown(names: Node, known: Collection[str], what: str) -> Iterator[Problem]:
    """Names of a list that are not among `known`; `what` is the word for one of them."""
    for element in names.elements():
        if element.text is not None and element.text not in known:
            yield element.problem(
                f"`{names.path}` names an unknown {what} `{element.text}`",
                suggestion(element.text, known),
            )


def repeated(names: Node, what: str) -> Iterator[Problem]:
    """Names that stand in a list for the second time."""
    seen: set[str] = set()
    for element in names.elements():
        if element.text is not None and element.text in seen:
            yield element.problem(f"`{names.path}` names the {what} `{element.text}` twice", "keep one")
        seen.add(element.text or "")


def unknown_keys(
    block: Node, known: Collection[str], what: str, fixed: Collection[str] | None = None
) -> Iterator[Problem]:
    """Keys of a block that are not among `known`; those outside `fixed` are left to the check of shapes."""
    for key, child in block.entries():
        if key not in known and (fixed is None or key in fixed):
            yield child.problem(
                f"`{block.path}` has a key for an unknown {what} `{key}`",
                suggestion(key, known, "remove it"),
            )
