"""The words about leadership styles: all of them in every language, or none at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from questionnaires.checks.situations import LEVELS, STYLES, best_style
from questionnaires.definition import LeaningId, PatternId, Texts
from questionnaires.draft import Draft
from questionnaires.naming import listed, misspelt
from questionnaires.nodes import Node
from questionnaires.problem import Problem

BLOCKS: dict[str, tuple[tuple[str, ...], str]] = {
    "styles": (STYLES, "style"),
    "patterns": (get_args(PatternId), "pattern"),
    "leanings": (get_args(LeaningId), "leaning"),
    "match": (LEVELS, "level"),
}
"""Block of words → the keys that it needs, and the word for one of them."""


def blocks(draft: Draft) -> Iterator[Problem]:
    """A questionnaire of situations has these words whole, in each language, or leaves all of them out."""
    files = [texts for texts in draft.texts.values() if texts.kind == "mapping"]
    if draft.scoring_kind != "situations":
        scales_only = draft.scoring_kind == "rating-scales" and not draft.situations()
        for texts in files if scales_only else ():
            for block in BLOCKS:
                if texts[block]:
                    yield texts[block].problem(
                        f"`{block}` are words for the scoring kind `situations` only", "remove them"
                    )
        return
    if not any(texts[block] for texts in files for block in BLOCKS):
        return
    for texts in files:
        meant = misspelt(texts.keys(), Texts.__struct_fields__)
        for block, (names, what) in BLOCKS.items():
            yield from _block(texts, block, names, what, meant)


def _block(
    texts: Node, block: str, names: tuple[str, ...], what: str, meant: frozenset[str]
) -> Iterator[Problem]:
    node = texts[block]
    if not node and block not in meant:
        yield texts.problem(
            f"the file lacks `{block}`",
            f"add `{block}:` with words for {listed(names)}, "
            f"or leave out {listed(tuple(BLOCKS))} in every language",
        )
    if node.kind == "mapping":
        missed = misspelt(node.keys(), names)
        for name in names:
            if name not in node and name not in missed:
                yield node.problem(f"the {what} `{name}` has no text", f"add `{name}:` under `{block}`")


def match(draft: Draft) -> Iterator[Problem]:
    """Words for leading too tightly and too loosely, at the levels where that is possible."""
    rows = draft.structure["scoring"]["weights"]
    for texts in draft.texts.values():
        for level, node in texts["match"].entries():
            best = best_style(rows[level])
            if best is None or node.kind != "mapping":
                continue
            for key, last, how in (("too_tight", "S1", "tighter"), ("too_loose", "S4", "looser")):
                if best == last and key in node:
                    yield node[key].problem(
                        f"{level} calls for {best}, and nobody can lead {how} than that", "remove the text"
                    )
                elif best != last and key not in node:
                    yield node.problem(
                        f"`{node.path}` has no words for leading {how} than {best}", f"add `{key}:`"
                    )


def lists(draft: Draft) -> Iterator[Problem]:
    """Nothing to practise, or no next step, would leave a gap in a report."""
    for texts in draft.texts.values():
        for block, key in (("styles", "practise"), ("patterns", "next"), ("leanings", "next")):
            for _, node in texts[block].entries():
                if node[key].kind == "list" and not node[key].elements():
                    yield node[key].problem(f"`{node[key].path}` is empty", "write at least one text")
