"""YAML with line numbers: the bytes of one file become a tree of `Node`s, or `Problem`s.

Built from the parser's events, never from constructed objects: no tag, anchor or alias is followed, and
a plain scalar stays the text that was written. What it means (`no` in a text, `3` where a number is
expected) is decided by the type that the format asks for at that place (`questionnaires/shape.py`), so
none of YAML 1.1's surprises (`no` as false, `12:30` as 750, `1e5`, dates) can happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import yaml

from questionnaires.problem import Problem

MAX_BYTES = 1_000_000
"""A file larger than this is not read."""
MAX_DEPTH = 12
"""Levels of nesting; the format itself needs seven."""

NodeKind = Literal["mapping", "list", "scalar", "empty", "missing"]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})(\.[0-9]{1,30})?")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """One place in a file. Reading a key that is not there gives a node of kind `missing`, never an error,
    so a check can look for what interests it and leave the shape to the check of shapes.

    `line` counts from 1 and is the line of the key for what stands behind a key. `path` names the place as
    a person would (`scales.knowledge.min_answered`, `items.knowledge-1`, `pages.2`).
    """

    file: str
    line: int
    path: str
    kind: NodeKind
    written: str = ""
    is_plain: bool = False
    children: tuple[tuple[str, Node], ...] = ()
    _index: dict[str, Node] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, key: str) -> Node:
        found = self._index.get(key)
        return found or Node(self.file, self.line, f"{self.path}.{key}" if self.path else key, "missing")

    def __contains__(self, key: str) -> bool:
        return key in self._index

    def __bool__(self) -> bool:
        return self.kind != "missing"

    def entries(self) -> tuple[tuple[str, Node], ...]:
        """Keys and values of a mapping; nothing for anything else."""
        return self.children if self.kind == "mapping" else ()

    def keys(self) -> tuple[str, ...]:
        """Keys of a mapping in the order of the file."""
        return tuple(key for key, _ in self.entries())

    def elements(self) -> tuple[Node, ...]:
        """Elements of a list; nothing for anything else."""
        return tuple(child for _, child in self.children) if self.kind == "list" else ()

    def texts(self) -> tuple[str, ...]:
        """The scalar elements of a list as they are written; others are left out."""
        return tuple(element.written for element in self.elements() if element.kind == "scalar")

    @property
    def text(self) -> str | None:
        """The scalar as it is written, or None."""
        return self.written if self.kind == "scalar" else None

    @property
    def boolean(self) -> bool | None:
        """`true` and `false` only."""
        return {"true": True, "false": False}.get(self.written) if self.is_plain else None

    @property
    def integer(self) -> int | None:
        """A whole number in decimal digits, or None."""
        return int(self.written) if self.is_plain and _INTEGER.fullmatch(self.written) else None

    @property
    def number(self) -> float | None:
        """A decimal number with a point, or None: no exponent, no infinity, no `0x`."""
        return float(self.written) if self.is_plain and _NUMBER.fullmatch(self.written) else None

    def problem(self, what: str, advice: str = "") -> Problem:
        """A problem at this place."""
        return Problem(self.file, self.line, what, advice)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """`root` is None when the file could not be read as YAML at all; then `problems` says why."""

    root: Node | None
    problems: tuple[Problem, ...]


class _Stop(Exception):
    """Parsing cannot go on; carries the problem."""

    def __init__(self, line: int, what: str, advice: str) -> None:
        super().__init__(what)
        self.line, self.what, self.advice = line, what, advice


def parse(content: bytes, file: str) -> ParsedFile:
    """The nodes of one file. `file` is the name that problems carry. Never raises."""
    problems: list[Problem] = []
    try:
        text = _decode(content)
        root = _Builder(file, problems).build(yaml.parse(text, Loader=_LOADER))
    except _Stop as stop:
        problems.append(Problem(file, stop.line, stop.what, stop.advice))
        return ParsedFile(None, tuple(problems))
    except yaml.YAMLError as error:
        problems.append(_yaml_problem(error, file, text))
        return ParsedFile(None, tuple(problems))
    return ParsedFile(root, tuple(problems))


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _Stop(
            0, f"the file is larger than {MAX_BYTES:,} bytes", "a questionnaire file holds words only"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _Stop(line, "the file is not UTF-8", "save it with the encoding UTF-8 and try again") from error


def _yaml_problem(error: yaml.YAMLError, file: str, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        reason = getattr(error, "problem", None) or getattr(error, "context", None) or "it cannot be read"
        return Problem(
            file,
            mark.line + 1,
            f"this is not YAML: {reason}",
            "check indentation, and put quotes around a text that contains `: ` or begins with a sign",
        )
    position = getattr(error, "position", None)
    line = text[:position].count("\n") + 1 if isinstance(position, int) else 0
    return Problem(file, line, "the file contains a character that YAML does not allow", "remove it")


@dataclass(slots=True)
class _Raw:
    """A node before its path is known."""

    line: int
    kind: NodeKind
    written: str = ""
    is_plain: bool = False
    entries: list[tuple[str, int, _Raw]] = field(default_factory=list)


class _Builder:
    """Events to nodes, by one descent whose depth is bounded."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def build(self, events: Iterator[yaml.Event]) -> Node:
        root: _Raw | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _Stop(_line(event), "a second document begins here", "remove the line with ---")
            if isinstance(event, yaml.NodeEvent):
                root = self._raw(event, events, 0)
        if root is None or root.kind == "empty":
            raise _Stop(0, "the file is empty", "see questionnaires/README.md for what belongs in it")
        return self._node(root, root.line, "")

    def _raw(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> _Raw:
        line = _line(event)
        self._refuse_extras(event, line)
        if depth > MAX_DEPTH:
            raise _Stop(line, f"nested deeper than {MAX_DEPTH} levels", "check the indentation")
        if isinstance(event, yaml.ScalarEvent):
            is_plain = bool(event.implicit[0])
            kind: NodeKind = "empty" if is_plain and event.value in _NULLS else "scalar"
            return _Raw(line, kind, event.value, is_plain)
        if isinstance(event, yaml.SequenceStartEvent):
            raw = _Raw(line, "list")
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                element = self._raw(event, events, depth + 1)
                raw.entries.append(("", element.line, element))
            return raw
        return self._mapping(_Raw(line, "mapping"), events, depth)

    def _mapping(self, raw: _Raw, events: Iterator[yaml.Event], depth: int) -> _Raw:
        seen: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._raw(event, events, depth + 1)
            value = self._raw(next(events), events, depth + 1)
            if key.kind not in {"scalar", "empty"}:
                raise _Stop(key.line, "a key is not a plain word", "write `key: value`")
            if key.written in seen:
                self.problems.append(
                    Problem(
                        self.file,
                        key.line,
                        f"`{key.written}` stands here twice (first in line {seen[key.written]})",
                        "keep one of them",
                    )
                )
                continue
            seen[key.written] = key.line
            raw.entries.append((key.written, key.line, value))
        return raw

    def _refuse_extras(self, event: yaml.Event, line: int) -> None:
        if getattr(event, "anchor", None) is not None:
            raise _Stop(line, "anchors and aliases (& and *) are not used in this format", "write it out")
        if getattr(event, "tag", None) is not None:
            raise _Stop(line, "tags (!) are not used in this format", "put the text in quotes")

    def _node(self, raw: _Raw, line: int, path: str) -> Node:
        children = []
        for number, (key, key_line, child) in enumerate(raw.entries, 1):
            name = key if raw.kind == "mapping" else _name_of(child) or str(number)
            children.append((key, self._node(child, key_line, f"{path}.{name}" if path else name)))
        index = dict(children) if raw.kind == "mapping" else {}
        return Node(self.file, line, path, raw.kind, raw.written, raw.is_plain, tuple(children), index)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 0


def _name_of(raw: _Raw) -> str:
    """The id of a list's element, when it has one."""
    return next((child.written for key, _, child in raw.entries if key == "id"), "")
