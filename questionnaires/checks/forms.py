"""What is asked of whom: perspectives, short forms, pages."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.checks.references import repeated, unknown, unknown_keys
from questionnaires.draft import Draft
from questionnaires.naming import counted
from questionnaires.nodes import Node
from questionnaires.problem import Problem


def perspectives(draft: Draft) -> Iterator[Problem]:
    """Known items, each once, and enough of every scale that is asked at all."""
    block = draft.structure["perspectives"]
    if block.kind == "mapping" and not block.entries():
        yield block.problem("there is no perspective", "add at least `self: {}`")
    for perspective, node in block.entries():
        yield from unknown(node["items"], draft.items, "item")
        yield from repeated(node["items"], "item")
        asked = set(draft.perspectives.get(perspective, ()))
        for scale_id in draft.whole_scales:
            items = draft.scale_items[scale_id]
            minimum = draft.scale(scale_id)["min_answered"].integer
            count = len(asked & set(items))
            if minimum is not None and 0 < count < minimum <= len(items):
                yield node.problem(
                    f"`{perspective}` is asked {counted(count, 'item')} of `{scale_id}`, "
                    f"which needs {minimum}",
                    "ask more of them, ask none, or lower the scale's `min_answered`",
                )


def unasked_items(draft: Draft) -> Iterator[Problem]:
    asked = {item for items in draft.perspectives.values() for item in items}
    for item_id, item in draft.items.items():
        if asked and item_id not in asked:
            yield item.problem(f"no perspective is asked `{item_id}`", "add it to one or remove the item")


def short_forms(draft: Draft) -> Iterator[Problem]:
    """Known items, each once, with a minimum for every scale that has items in the form, and no other."""
    for name, form in draft.structure["short_forms"].entries():
        items, minimums = form["items"], form["min_answered"]
        if items.kind == "list" and not items.elements():
            yield items.problem(f"the short form `{name}` has no items", "name them")
        yield from unknown(items, draft.items, "item")
        yield from repeated(items, "item")
        yield from unknown_keys(minimums, tuple(draft.scales), "scale")
        asked = set(items.texts())
        for scale_id in draft.whole_scales:
            yield from _short_scale(name, form, scale_id, len(asked & set(draft.scale_items[scale_id])))


def short_forms_of_perspectives(draft: Draft) -> Iterator[Problem]:
    """A perspective that is asked only part of a short form can still answer enough of its scales."""
    for name, form in draft.structure["short_forms"].entries():
        items = set(form["items"].texts())
        for perspective, asked in draft.perspectives.items():
            for scale_id in draft.whole_scales:
                in_form = items & set(draft.scale_items[scale_id])
                minimum, count = form["min_answered"][scale_id].integer, len(in_form & set(asked))
                if minimum is not None and 0 < count < minimum <= len(in_form):
                    yield form.problem(
                        f"the short form `{name}` asks `{perspective}` {counted(count, 'item')} of "
                        f"`{scale_id}`, which needs {minimum}",
                        "ask more of them, ask none, or lower the minimum",
                    )


def _short_scale(name: str, form: Node, scale_id: str, count: int) -> Iterator[Problem]:
    minimums = form["min_answered"]
    minimum = minimums[scale_id]
    if form["items"].kind != "list":
        return
    if not minimum:
        if count and minimums.kind == "mapping":
            yield minimums.problem(
                f"the short form `{name}` has {counted(count, 'item')} of `{scale_id}` but no minimum for it",
                f"add `{scale_id}:` with 1 to {count}",
            )
    elif not count:
        yield minimum.problem(
            f"the short form `{name}` has no item of `{scale_id}`, so it cannot be scored",
            "remove its minimum",
        )
    elif minimum.integer is not None and not 1 <= minimum.integer <= count:
        yield minimum.problem(
            f"the short form `{name}` needs {minimum.written} answers for `{scale_id}`, "
            f"but asks {count} of its items",
            f"use 1 to {count}",
        )


def pages(draft: Draft) -> Iterator[Problem]:
    """Together the pages hold every item once, in the order of asking."""
    listed = draft.structure["pages"]
    if not listed.elements():
        return
    seen: dict[str, int] = {}
    page_of: dict[str, str] = {}
    for page in listed.elements():
        name = page["id"]
        if name.text is not None and name.text in seen:
            yield name.problem(
                f"the page id `{name.text}` is used for the second time (first in line {seen[name.text]})",
                "give every page its own id",
            )
        seen.setdefault(name.text or "", name.line)
        if page["items"].kind == "list" and not page["items"].elements():
            yield page["items"].problem(f"the page `{name.written}` has no items", "remove the page")
        yield from unknown(page["items"], draft.items, "item")
        for item in page["items"].elements():
            if (item.text or "") in page_of:
                yield item.problem(
                    f"the item `{item.text}` already stands on the page `{page_of[item.text or '']}`",
                    "keep one",
                )
            page_of.setdefault(item.text or "", name.written)
    for item_id, item in draft.items.items():
        if item_id not in page_of:
            yield item.problem(f"the item `{item_id}` stands on no page", "add it to a page")
    yield from _page_order(draft, listed, list(page_of))


def _page_order(draft: Draft, listed: Node, on_pages: list[str]) -> Iterator[Problem]:
    order = list(draft.items)
    if sorted(order) != sorted(on_pages):
        return
    for wanted, found in zip(order, on_pages, strict=True):
        if wanted != found:
            yield listed.problem(
                f"the pages ask `{found}` where the list of items has `{wanted}`",
                "write both in the same order: the order of `items` is the order of asking",
            )
            return
