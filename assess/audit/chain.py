"""The log as a chain: each line carries the hash of the one before, so that nothing can be changed, deleted,
inserted or reordered afterwards without being noticed.

A line is ids and a time only, and erasing a person changes none: the chain stays whole. Whoever may write to
the database could make the whole chain anew; against that the operator keeps number and hash of the newest
line somewhere else and has them checked (`noted`). See `docs/decisions/0012-rights-and-the-log.md`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from assess.store import Store
from assess.store.queries import Queries

Fault: TypeAlias = Literal["changed", "missing", "beginning", "end", "noted"]
"""`changed`: the line, or its place, is not what was written. `missing`: the number is left out. `beginning`:
the first line, or one from before the chain, is not what it was. `end`: lines have been cut off after it, or
put behind it. `noted`: the line is not the one that was noted down."""

_PARTS = ("id", "at", "actor_id", "action", "object_id", "about_id")
_MOST = 5_000
_LEAST = -(2**62)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the whole log has found."""

    lines: int
    """Lines of the chain that were found in order: all, or those before the fault."""
    before_chain: int
    """Lines from before the log was a chain: covered by the first line's hash, without one of their own."""
    head: str
    """Number and hash of the newest line, `NUMBER:HASH`, to be noted down elsewhere; empty without lines."""
    broken_at: int | None = None
    """The number of the first line that is wrong."""
    fault: Fault | None = None


def line_hash(previous: str, number: int, line: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the previous line's hash, a line end, and the line as JSON without spaces: its
    number, id, at, actor_id, action, object_id, about_id."""
    text = json.dumps([number, *(line[part] for part in _PARTS)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def hash_before_the_chain(q: Queries) -> tuple[str, int]:
    """What the first line carries on: one hash over all lines that have none, and how many they are. Empty
    where there are none."""
    reached, lines = "", 0
    for line in _pages(q.log_lines_before_the_chain, "id", ""):
        reached = line_hash(reached, 0, line)
        lines += 1
    return reached, lines


def verify(store: Store, noted: str = "") -> Verified:
    """Reads the whole log on one snapshot and says where it is not what was written, if anywhere.

    `noted`: `NUMBER:HASH` of an earlier `Verified.head`. Raises `ValueError` when it is none.
    """
    wanted = _parse(noted)
    with store.read() as q:
        head = q.log_head()
        beginning, before_chain = hash_before_the_chain(q)
        lines, reached, fault = _follow(_pages(q.log_lines_after, "number", _LEAST), beginning, head, wanted)
    return Verified(
        lines=lines,
        before_chain=before_chain,
        head=f"{head['number']}:{head['hash']}" if head["number"] else "",
        broken_at=None if fault is None else reached,
        fault=fault,
    )


def _follow(
    chain: Iterator[Mapping[str, Any]], reached: str, head: Mapping[str, Any], wanted: tuple[int, str] | None
) -> tuple[int, int, Fault | None]:
    """How many lines are in order; where it stops, and why."""
    lines = 0
    for line in chain:
        number = lines + 1
        if line["number"] != number or number > head["number"]:
            is_gap = number <= min(head["number"], line["number"])
            place = number if is_gap else line["number"]
            return lines, place, "missing" if is_gap else "end" if number > head["number"] else "changed"
        reached = line_hash(reached, number, line)
        if reached != line["hash"]:
            return lines, number, "beginning" if number == 1 else "changed"
        if wanted is not None and number == wanted[0] and reached != wanted[1]:
            return lines, number, "noted"
        lines = number
    if lines < head["number"]:
        return lines, lines + 1, "end"
    if lines and reached != head["hash"]:
        return lines, lines, "end"
    return lines, lines + 1, None if wanted is None or wanted[0] <= lines else "noted"


def _pages(query: Any, key: str, start: Any) -> Iterator[Mapping[str, Any]]:
    """All rows of a query that gives the next ones after a key."""
    reached = start
    while rows := query(**{key: reached}, most=_MOST):
        yield from rows
        reached = rows[-1][key]


def _parse(noted: str) -> tuple[int, str] | None:
    number, _, digest = noted.strip().partition(":")
    if not noted.strip():
        return None
    if not number.isdecimal() or len(digest) != hashlib.sha256().digest_size * 2:
        raise ValueError("what was noted looks like NUMBER:HASH, as `assess audit verify` prints it")
    return int(number), digest
