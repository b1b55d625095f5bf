"""The words themselves: placeholders, length, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from questionnaires.definition import PLACEHOLDERS
from questionnaires.draft import Draft
from questionnaires.naming import listed, suggestion
from questionnaires.nodes import Node
from questionnaires.problem import Problem

LIMITS: tuple[tuple[str, int], ...] = (
    ("title", 80),
    ("summary", 500),
    ("intended_use.*", 400),
    ("not_for.*", 400),
    ("method.*", 1500),
    ("perspectives.*.title", 100),
    ("perspectives.*.welcome", 1200),
    ("perspectives.*.closing", 800),
    ("options.*.labels.*", 40),
    ("options.*.cannot_say", 40),
    ("items.*.*", 160),
    ("items.*.*.situation", 400),
    ("items.*.*.actions.*", 160),
    ("scales.*.name", 60),
    ("scales.*.about", 400),
    ("scales.*.bands.*.*", 800),
    ("pages.*.title", 60),
    ("pages.*.hint", 200),
    ("levels.*.need", 80),
    ("levels.*.meaning", 1000),
    ("levels.*.next.*", 400),
    ("levels.*.questions.*", 300),
    ("levels.*.advice.*", 400),
    ("styles.*.name", 60),
    ("styles.*.about", 300),
    ("styles.*.practise.*", 250),
    ("styles.*.*", 500),
    ("patterns.*.headline", 80),
    ("patterns.*.meaning", 700),
    ("patterns.*.next.*", 300),
    ("leanings.*.name", 60),
    ("leanings.*.about", 300),
    ("leanings.*.meaning", 600),
    ("leanings.*.next.*", 300),
    ("match.*.*", 350),
)
"""Most characters of each text, by its path (the first that fits): what fits a phone, or its place in a
report."""
MAX_CHOICE_LENGTH = 80
"""A choice may be a short sentence; a label of a rating may not."""
MAX_SITUATION_WORDS = 45

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_READ_BY_SUBJECT = (
    "items.*.self",
    "items.*.self.*",
    "items.*.self.actions.*",
    "perspectives.self.*",
    *(f"{block}.*.{key}" for block in ("styles", "patterns", "leanings") for key in ("*", "*.*")),
)
_ABOUT_AN_EMPLOYEE = "match.*.*"
"""There `{first_name}` and `{job_area}` are those of the employee, whatever the questionnaire asks by."""
_INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but the line end, marks that turn the direction of writing, halves of surrogates."""


_CURLY = re.compile(r"[“”„«»][^“”„«»]*[“”«»]")
"""A whole text in typographic quotes, as a word processor makes of straight ones."""


def leaves(node: Node) -> Iterator[Node]:
    """Every single text of a language file, the frame (`language`, `translates`) left out."""
    for key, child in node.children:
        if node.path or key not in {"language", "translates"}:
            yield from leaves(child) if child.children else (child,)


def placeholders(draft: Draft) -> Iterator[Problem]:
    for texts in draft.texts.values():
        for node in leaves(texts):
            yield from _placeholders(draft, node)


def _placeholders(draft: Draft, node: Node) -> Iterator[Problem]:
    for match in _BRACES.finditer(node.text or ""):
        name = match[1]
        if name is None:
            yield node.problem(
                f"`{node.path}` has a single brace `{match[0]}`", "write a placeholder whole, or no brace"
            )
        elif name not in PLACEHOLDERS:
            known = sorted(PLACEHOLDERS)
            yield node.problem(
                f"`{node.path}` has an unknown placeholder {{{name}}}",
                suggestion(name, known, f"use one of {listed(known)}"),
            )
        elif name == "first_name" and any(_fits(pattern, node.path) for pattern in _READ_BY_SUBJECT):
            yield node.problem(
                f"`{node.path}` has {{first_name}}, but it is read by that person", "write “I” or “you”"
            )
        elif (
            name == "job_area"
            and draft.structure["by_job_area"].boolean is False
            and not _fits(_ABOUT_AN_EMPLOYEE, node.path)
        ):
            yield node.problem(
                f"`{node.path}` has {{job_area}}, but the questionnaire is not answered by job area",
                "remove it, or write `by_job_area: true`",
            )


def lengths(draft: Draft) -> Iterator[Problem]:
    for texts in draft.texts.values():
        for node in leaves(texts):
            limit = _limit(draft, node.path)
            length = len(node.text or "")
            if limit is not None and length > limit:
                yield node.problem(f"`{node.path}` has {length} characters", f"write at most {limit}")
            words = len((node.text or "").split())
            if _fits("items.*.*.situation", node.path) and words > MAX_SITUATION_WORDS:
                yield node.problem(f"`{node.path}` has {words} words", f"write at most {MAX_SITUATION_WORDS}")


def _limit(draft: Draft, path: str) -> int | None:
    if _fits("options.*.labels.*", path) and "choices" in draft.structure["options"][path.split(".")[1]]:
        return MAX_CHOICE_LENGTH
    return _limit_of_path(path)


@lru_cache(maxsize=10_000)
def _limit_of_path(path: str) -> int | None:
    return next((limit for pattern, limit in LIMITS if _fits(pattern, path)), None)


@lru_cache(maxsize=10_000)
def _fits(pattern: str, path: str) -> bool:
    wanted, parts = pattern.split("."), path.split(".")
    return len(wanted) == len(parts) and all(w in {"*", p} for w, p in zip(wanted, parts, strict=True))


def characters(draft: Draft) -> Iterator[Problem]:
    """No control characters (they break forms and PDF) and none that turn the direction of writing."""
    for root in (draft.structure, *draft.texts.values()):
        for node in leaves(root):
            found = _INVISIBLE.search(node.text or "")
            if found:
                yield node.problem(
                    f"`{node.path}` contains the invisible character U+{ord(found[0]):04X}", "remove it"
                )


def curly_quotes(draft: Draft) -> Iterator[Problem]:
    """YAML knows straight quotes only; others become part of the text, which is seldom meant."""
    for root in (draft.structure, *draft.texts.values()):
        for node in leaves(root):
            if node.is_plain and _CURLY.fullmatch(node.written):
                yield node.problem(
                    f"`{node.path}` stands in curly quotes, which would be part of the text",
                    "use straight quotes or none; if they are meant, put straight quotes around them",
                )
