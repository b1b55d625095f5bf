"""Stamping a translation: writing down which source texts it has been checked against."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from questionnaires.checks.translations import source_hash, text_of, translatable
from questionnaires.draft import open_draft, structure_file_of
from questionnaires.nodes import Node, parse
from questionnaires.problem import Problem
from questionnaires.reader import InvalidQuestionnaire

_BLOCK = re.compile(rb"^translates[ \t]*:", re.MULTILINE)
_NUMBER_LIKE = re.compile(r"[0-9]+(e[0-9]+)?")


def stamp_translations(folder: Path, language: str) -> tuple[str, ...]:
    """Rewrite the block `translates` at the end of a translation, and return the paths that changed in it.

    To be called when a person has compared every text with its source: it declares them all up to date.
    Everything before the block stays byte for byte; a text that the source lacks gets no entry. Raises
    `InvalidQuestionnaire` when a file cannot be read, when `language` is the source language, or when
    another block follows `translates`.
    """
    draft = open_draft(folder, structure_file_of(folder))
    path = folder / f"{language}.yaml"
    texts, source = draft.texts.get(language), draft.source
    if draft.unreadable:
        raise InvalidQuestionnaire(draft.unreadable)
    if texts is None and path.name in draft.files:
        declared = draft.structure["languages"]
        advice = f"add `{language}` to them, and check the texts"
        raise InvalidQuestionnaire([declared.problem(f"`{language}` is not among `languages`", advice)])
    if texts is None:
        advice = f"the files here are {', '.join(draft.files)}"
        raise InvalidQuestionnaire([Problem(str(path), 0, "the file does not exist", advice)])
    if source is None:
        missing = draft.structure["source_language"]
        raise InvalidQuestionnaire(
            [missing.problem(f"{draft.structure_file} names no source language that has a file")]
        )
    if texts is source:
        raise InvalidQuestionnaire(
            [texts.problem(f"`{language}` is the source language", "stamp a translation of it")]
        )
    if "translates" in texts and texts.keys()[-1] != "translates":
        raise InvalidQuestionnaire(
            [
                texts["translates"].problem(
                    "`translates` is not the last block of the file", "move it to the end"
                )
            ]
        )
    sources = translatable(source)
    stamps = {p: source_hash(text_of(sources[p])) for p in translatable(texts) if p in sources}
    before = {key: node.written for key, node in texts["translates"].entries()}
    changed = tuple(key for key in {**before, **stamps} if before.get(key) != stamps.get(key))
    if changed:
        stamped = _with_block(path.read_bytes(), stamps)
        _verify(parse(stamped, str(path)).root, texts, stamps)
        _replace(path.resolve(), stamped)
    return changed


def _verify(stamped: Node | None, texts: Node, stamps: dict[str, str]) -> None:
    """A file written in an unusual way (one big `{…}`, a quoted key) is left alone rather than spoilt."""
    told = {} if stamped is None else {path: node.written for path, node in stamped["translates"].entries()}
    if stamped is None or told != stamps or _words(stamped) != _words(texts):
        raise InvalidQuestionnaire(
            [
                texts.problem(
                    "`translates` cannot be written into this file",
                    "write one key a line, and `translates:` at the beginning of the last block",
                )
            ]
        )


def _words(texts: Node) -> dict[str, str]:
    return {path: text_of(node) for path, node in translatable(texts).items()}


def _with_block(content: bytes, stamps: dict[str, str]) -> bytes:
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    starts = [match.start() for match in _BLOCK.finditer(content)]
    if starts:
        head = content[: starts[-1]]
    else:
        head = content + (b"" if content.endswith(b"\n") else newline) + newline
    lines = ["translates:", *(f"  {path}: {_quoted(digits)}" for path, digits in stamps.items()), ""]
    return head + newline.join(line.encode() for line in lines)


def _quoted(digits: str) -> str:
    """Hashes that other YAML readers, and editors with our schema, would take for numbers get quotes."""
    return f'"{digits}"' if _NUMBER_LIKE.fullmatch(digits) else digits


def _replace(path: Path, content: bytes) -> None:
    """Whole or not at all, with the file's permissions."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
