"""Translations follow their source: each text remembers, as a hash, the source text that it translates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from questionnaires.draft import Draft
from questionnaires.nodes import Node
from questionnaires.problem import Problem

HASH_LENGTH = 12
FRAME = frozenset({"language", "translates"})


def source_hash(text: str) -> str:
    """First 12 hexadecimal digits of the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]


def translatable(texts: Node) -> dict[str, Node]:
    """Path → node of each text of a language file. A list of texts is one text, so a translation may divide
    its sentences over the points of the list in its own way."""
    found: dict[str, Node] = {}
    _collect(texts, found)
    return found


def _collect(node: Node, found: dict[str, Node]) -> None:
    for key, child in node.entries():
        if not node.path and key in FRAME:
            continue
        if child.kind in {"scalar", "list"}:
            found[child.path] = child
        else:
            _collect(child, found)


def text_of(node: Node) -> str:
    """What is hashed: the text, or the texts of a list, one a line."""
    return "\n".join(node.texts()) if node.kind == "list" else node.written


def source_has_none(draft: Draft) -> Iterator[Problem]:
    source = draft.source
    if source is not None and source["translates"]:
        yield source["translates"].problem(
            "the source language translates nothing", "remove `translates`, or correct `source_language`"
        )


def same_hints(draft: Draft) -> Iterator[Problem]:
    """A translation has the hints of its source and no others: only hints may be left out at will."""
    source = draft.source
    if source is None:
        return
    wanted = _hints(source)
    for texts in _translations(draft):
        given = _hints(texts)
        for page, hint in given.items():
            if page not in wanted:
                yield hint.problem(
                    f"`{hint.path}` is not in the source language", "remove it, or write it there too"
                )
        for page, hint in wanted.items():
            if page not in given:
                yield texts["pages"][page].problem(f"`{hint.path}` is not translated", "translate it")


def _hints(texts: Node) -> dict[str, Node]:
    return {name: page["hint"] for name, page in texts["pages"].entries() if "hint" in page}


def stale(draft: Draft) -> Iterator[Problem]:
    """Missing, superfluous and stale hashes."""
    source = draft.source
    if source is None:
        return
    hashes = {path: source_hash(text_of(node)) for path, node in translatable(source).items()}
    for texts in _translations(draft):
        block = texts["translates"]
        stamp = f"run `assess check --stamp {texts['language'].written} {draft.folder}`"
        if not block.entries():
            if block.kind in {"missing", "mapping", "empty"}:
                yield (block or texts).problem(
                    "the translation does not say what it translates", f"check each text, then {stamp}"
                )
            continue
        if texts.keys()[-1] != "translates":
            yield block.problem("`translates` is not the last block of the file", "move it to the end")
        yield from _compare(block, translatable(texts), hashes, stamp)


def _compare(block: Node, given: dict[str, Node], hashes: dict[str, str], stamp: str) -> Iterator[Problem]:
    for path, node in given.items():
        said = block[path]
        if path not in hashes:
            continue
        if not said:
            yield node.problem(f"`{path}` has no entry under `translates`", f"check the text, then {stamp}")
        elif said.written != hashes[path]:
            yield node.problem(
                f"`{path}` is stale: its source has changed since it was translated",
                f"read the source again, correct the translation, then {stamp}",
            )
    for path, said in block.entries():
        if path not in given and path not in hashes:  # in one of them: missing in the other, which is told
            yield said.problem(
                f"`translates` has an entry for `{path}`, which is no text here", f"remove it, or {stamp}"
            )


def _translations(draft: Draft) -> Iterator[Node]:
    for texts in draft.texts.values():
        if texts is not draft.source and texts.kind == "mapping":
            yield texts
