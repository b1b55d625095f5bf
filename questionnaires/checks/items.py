"""Items and the option sets that they are answered on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from questionnaires.checks.frame import within
from questionnaires.checks.references import repeated
from questionnaires.draft import SCORED_KINDS, Draft
from questionnaires.naming import (
    ITEM_ID,
    MAX_ID_LENGTH,
    RESERVED_COLUMNS,
    RESULT_COLUMNS,
    counted,
    is_id,
    suggestion,
)
from questionnaires.nodes import Node
from questionnaires.problem import Problem

MAX_ITEMS = 300
MAX_OPTIONS = 12
MAX_VALUE = 100
MAX_TEXT_LENGTH = 10_000


def item_ids(draft: Draft) -> Iterator[Problem]:
    """Every id names one item, and one column of an answers file."""
    items = draft.structure["items"]
    if items.kind == "list" and not 1 <= len(items.elements()) <= MAX_ITEMS:
        yield items.problem(f"there are {counted(len(items.elements()), 'item')}", f"write 1 to {MAX_ITEMS}")
    seen: dict[str, tuple[str, int]] = {}
    for item in items.elements():
        name = item["id"]
        if name.text is None:
            continue
        if not is_id(name.text, ITEM_ID):
            yield name.problem(
                f"the item id `{name.text}` cannot be used",
                f"begin with a letter and use only letters, 0–9, - and _, at most {MAX_ID_LENGTH} characters",
            )
        folded = name.text.casefold()
        if folded in RESERVED_COLUMNS:
            yield name.problem(f"`{name.text}` is a column of every answers file", "choose another item id")
        if folded in seen:
            first, line = seen[folded]
            same = "" if first == name.text else f" as `{first}`, capitals aside"
            yield name.problem(
                f"the item id `{name.text}` is used for the second time{same} (first in line {line})",
                "give every item its own id",
            )
        seen.setdefault(folded, (name.text, name.line))


def item_options(draft: Draft) -> Iterator[Problem]:
    """Rating items need values, choice items need choices."""
    sets = draft.structure["options"]
    for item in draft.items.values():
        options = item["options"]
        if options.text is None:
            continue
        if options.text not in sets:
            yield options.problem(
                f"the option set `{options.text}` is unknown",
                suggestion(options.text, sets.keys(), "describe it under `options`"),
            )
            continue
        needed, other = ("choices", "values") if item["kind"].text == "choice" else ("values", "choices")
        if needed not in sets[options.text] and other in sets[options.text]:
            yield options.problem(
                f"a {item['kind'].text} item needs an option set with `{needed}`, "
                f"but `{options.text}` has `{other}`",
                "use another set or another kind of item",
            )


def option_sets(draft: Draft) -> Iterator[Problem]:
    used = {item["options"].text for item in draft.structure["items"].elements()}
    for name, options in draft.structure["options"].entries():
        yield from _id(name, options, "option set")
        if name not in used:
            yield options.problem(f"no item uses the option set `{name}`", "remove it")
        if options.kind != "mapping":
            continue
        given = [key for key in ("values", "choices") if key in options]
        if len(given) != 1:
            what = "both `values` and `choices`" if given else "neither `values` nor `choices`"
            yield options.problem(f"the option set `{name}` has {what}", "give exactly one of them")
        for key in given:
            yield from _options(name, options[key])


def _options(name: str, listed: Node) -> Iterator[Problem]:
    if listed.kind == "list" and not 2 <= len(listed.elements()) <= MAX_OPTIONS:
        yield listed.problem(
            f"the option set `{name}` has {counted(len(listed.elements()), 'option')}",
            f"use 2 to {MAX_OPTIONS}",
        )
    if listed.path.endswith("choices"):
        yield from repeated(listed, "choice")
        for choice in listed.elements():
            yield from _id(choice.text, choice, "choice")
        return
    for value in listed.elements():
        yield from within(value, 0, MAX_VALUE, "for each value")
    for before, after in pairwise(listed.elements()):
        if before.integer is not None and after.integer is not None and before.integer >= after.integer:
            yield after.problem(
                f"the values of `{name}` do not rise: {after.written} after {before.written}",
                "write them from low to high; an item that counts the other way gets `reverse: true`",
            )
            return


def item_settings(draft: Draft) -> Iterator[Problem]:
    """Settings of single items: lengths, and reverse keys that would do nothing."""
    scored = {item for items in draft.scale_items.values() for item in items}
    for item_id, item in draft.items.items():
        yield from within(item["max_length"], 1, MAX_TEXT_LENGTH, "characters")
        if item["reverse"].boolean and draft.kind(item_id) in SCORED_KINDS and item_id not in scored:
            yield item["reverse"].problem(
                f"`{item_id}` is reverse-keyed but belongs to no scale",
                "add it to a scale or remove `reverse`",
            )


def other_ids(draft: Draft) -> Iterator[Problem]:
    """Ids of scales, pages and short forms."""
    for scale_id, scale in draft.structure["scales"].entries():
        yield from _id(scale_id, scale, "scale")
        if scale_id in RESULT_COLUMNS:
            yield scale.problem(
                f"`{scale_id}` is a column of every file of scores", "choose another scale id"
            )
    for name, form in draft.structure["short_forms"].entries():
        yield from _id(name, form, "short form")
    for page in draft.structure["pages"].elements():
        yield from _id(page["id"].text, page["id"], "page")


def _id(name: str | None, node: Node, what: str) -> Iterator[Problem]:
    if name is not None and not is_id(name):
        yield node.problem(
            f"the {what} id `{name}` cannot be used",
            f"begin with a–z and use only a–z, 0–9 and -, at most {MAX_ID_LENGTH} characters",
        )
