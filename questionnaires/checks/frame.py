"""The frame of a questionnaire: id, version, languages, files, time, provenance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from questionnaires.checks.references import repeated
from questionnaires.draft import LANGUAGE_IDS, Draft
from questionnaires.naming import MAX_ID_LENGTH, VERSION, is_id, suggestion
from questionnaires.nodes import Node
from questionnaires.problem import Problem


def id_and_version(draft: Draft) -> Iterator[Problem]:
    name, version = draft.structure["id"], draft.structure["version"]
    if name.text is not None and not is_id(name.text):
        yield name.problem(
            f"`id` is `{name.text}`",
            f"begin with a–z and use only a–z, 0–9 and -, at most {MAX_ID_LENGTH} characters",
        )
    if version.text is not None and not VERSION.fullmatch(version.text):
        yield version.problem(f"`version` is `{version.text}`", "write three numbers, as in 1.0.0")


def languages(draft: Draft) -> Iterator[Problem]:
    """The languages listed, and the files that must and may be there."""
    structure = draft.structure
    listed, source = structure["languages"], structure["source_language"]
    if listed.kind == "list" and not listed.elements():
        yield listed.problem("`languages` is empty", "name at least the source language")
    yield from repeated(listed, "language")
    if draft.languages and source.text in LANGUAGE_IDS and source.text not in draft.languages:
        yield source.problem(
            f"`source_language` is `{source.text}`, which is not among `languages`", "add it there"
        )
    for element in listed.elements():
        if element.text in LANGUAGE_IDS and f"{element.text}.yaml" not in draft.files:
            yield element.problem(
                f"the language `{element.text}` has no file",
                f"write {element.text}.yaml or remove the language",
            )
    if listed.kind != "list":
        return
    named = {*draft.languages, source.text}
    expected = {draft.structure_file, *(f"{language}.yaml" for language in LANGUAGE_IDS if language in named)}
    for file in draft.files:
        if file not in expected:
            yield Problem(
                str(Path(draft.folder) / file),
                0,
                "the file belongs to no language of the questionnaire",
                suggestion(
                    file, expected - set(draft.files), "add the language to `languages` or remove the file"
                ),
            )


def time_and_interval(draft: Draft) -> Iterator[Problem]:
    yield from within(draft.structure["minutes"], 1, 120, "minutes")
    interval = draft.structure["interval"]
    if interval.number is not None and not 0.5 <= interval.number < 1:
        yield interval.problem(
            f"`interval` is {interval.written}", "use a share from 0.5 to under 1, as in 0.90"
        )
    year = draft.structure["provenance"]["year"]
    yield from within(year, 1900, 2100, "")


def within(node: Node, low: float, high: float, what: str) -> Iterator[Problem]:
    """A number outside low…high, both included."""
    if node.number is not None and not low <= node.number <= high:
        yield node.problem(f"`{node.path}` is {node.written}", f"use {low:g} to {high:g} {what}".rstrip())
