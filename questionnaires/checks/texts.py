"""Every thing has its words in every language, and no words belong to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from questionnaires.checks.references import unknown_keys
from questionnaires.checks.situations import LEVELS
from questionnaires.definition import Texts
from questionnaires.draft import PERSPECTIVE_IDS, Draft
from questionnaires.naming import counted, listed, misspelt
from questionnaires.nodes import Node
from questionnaires.problem import Problem

REQUIRED = ("perspectives", "options", "items")
"""Blocks whose absence is found by the check of shapes."""
BANDS = ("low", "middle", "high")
FIXED_KEYS = {"perspectives": PERSPECTIVE_IDS, "levels": LEVELS}
"""Blocks whose keys the format itself knows: others are found by the check of shapes."""


def in_every_language(
    check: Callable[[Draft, Node], Iterator[Problem]],
) -> Callable[[Draft], Iterator[Problem]]:
    """A check of one language file as a check of all."""

    def check_all(draft: Draft) -> Iterator[Problem]:
        for texts in draft.texts.values():
            if texts.kind == "mapping":
                yield from check(draft, texts)

    check_all.__name__, check_all.__doc__ = check.__name__, check.__doc__
    return check_all


def own_language(draft: Draft) -> Iterator[Problem]:
    """A file says the language that its name says."""
    for language, texts in draft.texts.items():
        said = texts["language"]
        if said.text is not None and said.text != language:
            yield said.problem(
                f"`language` is `{said.text}` in {language}.yaml", f"write `language: {language}`"
            )


@in_every_language
def blocks(draft: Draft, texts: Node) -> Iterator[Problem]:
    """Perspectives, option sets, items, scales, pages and levels: a text for each, none for others."""
    structure = draft.structure
    has_levels = structure["classification"].kind == "mapping"
    pages = list(dict.fromkeys(page["id"].written for page in structure["pages"].elements()))
    wanted: tuple[tuple[str, Sequence[str], str], ...] = (
        ("perspectives", tuple(draft.perspectives), "perspective"),
        ("options", structure["options"].keys(), "option set"),
        ("items", tuple(draft.items), "item"),
        ("scales", tuple(draft.scales), "scale"),
        ("pages", pages, "page"),
        ("levels", LEVELS if has_levels else (), "level"),
    )
    for block, known, what in wanted:
        if block not in draft.sound or texts[block].kind not in {"mapping", "missing"}:
            continue
        yield from unknown_keys(texts[block], known, what, FIXED_KEYS.get(block))
        if texts[block]:
            yield from missing(texts[block], known, what)
        elif known and block not in (*REQUIRED, *misspelt(texts.keys(), Texts.__struct_fields__)):
            yield texts.problem(f"the file lacks `{block}`", f"add `{block}:` with words for {listed(known)}")


def missing(block: Node, known: Sequence[str], what: str) -> Iterator[Problem]:
    """Names without a text in a block."""
    for name in known:
        if name not in block:
            yield block.problem(f"the {what} `{name}` has no text", f"add `{name}:` under `{block.path}`")


@in_every_language
def options(draft: Draft, texts: Node) -> Iterator[Problem]:
    """A label for each option, all different, and words for "can't say" where it is offered."""
    for name, node in texts["options"].entries():
        options = draft.structure["options"][name]
        if options.kind != "mapping" or node.kind != "mapping":
            continue
        labels = node["labels"]
        size = len((options["values"] or options["choices"]).elements())
        if size and labels.kind == "list" and len(labels.elements()) != size:
            yield labels.problem(
                f"the option set `{name}` has {counted(size, 'option')} "
                f"but {counted(len(labels.elements()), 'label')}",
                "write one label for each option, in the same order",
            )
        seen: set[str] = set()
        for label in labels.elements():
            folded = (label.text or "").casefold().strip()
            if folded and folded in seen:
                yield label.problem(f"two options of `{name}` are called “{label.text}”", "tell them apart")
            seen.add(folded)
        if options["cannot_say"] and options["cannot_say"].boolean is None:
            continue
        offered = options["cannot_say"].boolean or False
        if offered and "cannot_say" not in node:
            yield node.problem(
                f"the option set `{name}` offers “can't say” but has no words for it", "add `cannot_say:`"
            )
        if "cannot_say" in node and not offered:
            yield node["cannot_say"].problem(
                f"the option set `{name}` does not offer “can't say”",
                f"remove the words, or add `cannot_say: true` to `options.{name}` in questionnaire.yaml",
            )


@in_every_language
def items(draft: Draft, texts: Node) -> Iterator[Problem]:
    """Each item has words for those who are asked it: a text, or a situation with four actions."""
    for item_id, node in texts["items"].entries():
        if item_id not in draft.items or node.kind != "mapping":
            continue
        asking = [name for name, asked in draft.perspectives.items() if item_id in asked]
        for perspective in asking:
            if perspective not in node:
                yield node.problem(
                    f"the item `{item_id}` has no text for `{perspective}`, who is asked it",
                    f"add `{perspective}:`",
                )
        for perspective, text in node.entries():
            if perspective not in draft.perspectives and perspective in texts["perspectives"]:
                continue  # told there, once
            if draft.perspectives and perspective not in asking:
                yield text.problem(f"`{perspective}` is not asked the item `{item_id}`", "remove the text")
            elif text.kind == "mapping" and draft.kind(item_id) != "situation":
                yield text.problem(f"`{item_id}` is no situation, but its text has parts", "write one text")
            elif text.kind == "scalar" and draft.kind(item_id) == "situation":
                yield text.problem(
                    f"`{item_id}` is a situation, but its text has no actions",
                    "write `situation:` and `actions:`",
                )


@in_every_language
def different_items(draft: Draft, texts: Node) -> Iterator[Problem]:
    """No two items ask the same words of the same person."""
    del draft
    seen: dict[tuple[str, str], str] = {}
    for item_id, node in texts["items"].entries():
        for perspective, text in node.entries():
            words = " ".join((text.text or text["situation"].text or "").casefold().split())
            if words and seen.setdefault((perspective, words), item_id) != item_id:
                yield text.problem(
                    f"`{item_id}` asks the same words as `{seen[perspective, words]}`", "write them apart"
                )


@in_every_language
def different_actions(draft: Draft, texts: Node) -> Iterator[Problem]:
    """The four actions of a situation are four."""
    del draft
    for item_id, node in texts["items"].entries():
        for _, text in node.entries():
            seen: set[str] = set()
            for action in text["actions"].elements():
                words = " ".join((action.text or "").casefold().split())
                if words and words in seen:
                    yield action.problem(f"two actions of `{item_id}` are the same", "write them apart")
                seen.add(words)


@in_every_language
def bands(draft: Draft, texts: Node) -> Iterator[Problem]:
    """Interpretations exist where the scale is cut into bands, and only there."""
    for scale_id, node in texts["scales"].entries():
        if scale_id not in draft.scales or node.kind != "mapping":
            continue
        given = node["bands"]
        if "bands" not in draft.scale(scale_id) or draft.scale(scale_id)["bands"].kind == "empty":
            if given.entries():
                yield given.problem(
                    f"the scale `{scale_id}` has no bands",
                    f"remove the texts, or add `bands:` to `scales.{scale_id}` in questionnaire.yaml",
                )
        elif given.kind in {"mapping", "missing"}:
            for band in BANDS:
                if band not in given:
                    yield (given or node).problem(
                        f"the band `{band}` of `{scale_id}` has no text",
                        f"add `{band}:` with self, next and talk",
                    )


@in_every_language
def lists(draft: Draft, texts: Node) -> Iterator[Problem]:
    """Lists that a reader needs are not empty."""
    del draft
    levels = [level[key] for _, level in texts["levels"].entries() for key in ("next", "questions", "advice")]
    for node in (texts["intended_use"], texts["not_for"], texts["method"], *levels):
        if node.kind == "list" and not node.elements():
            yield node.problem(f"`{node.path}` is empty", "write at least one text")
