"""Two scales, cut once each, into four levels."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.checks.references import unknown_keys
from questionnaires.checks.situations import LEVELS
from questionnaires.draft import Draft
from questionnaires.naming import counted, is_id, listed, suggestion
from questionnaires.nodes import Node
from questionnaires.problem import Problem

WISHES = 3
"""Less of a style, as now, more of it."""


def axes(draft: Draft) -> Iterator[Problem]:
    """Two different scales without a common item, scored by the same questionnaire."""
    block = draft.structure["classification"]
    if block.kind != "mapping":
        return
    if draft.scoring_kind == "situations":
        yield block.problem("situations are not classified into levels", "remove `classification`")
    name = block["name"]
    if name.text is not None and not is_id(name.text):
        yield name.problem(f"`{name.path}` is `{name.text}`", "begin with a–z and use only a–z, 0–9 and -")
    for axis in (block["across"], block["up"]):
        if axis.text is not None and axis.text not in draft.scales:
            yield axis.problem(
                f"`{axis.path}` is `{axis.text}`, which is no scale", suggestion(axis.text, draft.scales)
            )
    across, up = block["across"].text or "", block["up"].text or ""
    if across and across == up:
        yield block["up"].problem("`across` and `up` are the same scale", "use two different ones")
    elif shared := set(draft.scale_items.get(across, ())) & set(draft.scale_items.get(up, ())):
        yield block["up"].problem(
            f"the two axes share the item `{min(shared)}`",
            "level probabilities need axes without common items",
        )


def cuts(draft: Draft) -> Iterator[Problem]:
    """One cut for each axis, inside its range."""
    block = draft.structure["classification"]
    if block.kind != "mapping":
        return
    named = [name for name in (block["across"].text, block["up"].text) if name is not None]
    yield from unknown_keys(block["cuts"], named, "axis")
    for scale_id in dict.fromkeys(named):
        cut, limits = block["cuts"][scale_id], draft.scale_range(scale_id)
        if not cut and block["cuts"].kind == "mapping":
            yield block["cuts"].problem(
                f"there is no cut for `{scale_id}`", f"add `{scale_id}:` with a score"
            )
        if cut.number is not None and limits and not limits[0] < cut.number < limits[1]:
            yield cut.problem(
                f"the cut of `{scale_id}` is {cut.written}",
                f"use a score between {limits[0]} and {limits[1]}",
            )


def levels(draft: Draft) -> Iterator[Problem]:
    """The four levels cover the four quadrants, each once."""
    block = draft.structure["classification"]["levels"]
    if block.kind != "mapping":
        return
    for level in LEVELS:
        if level not in block:
            yield block.problem(
                f"the level {level} is missing", f"add `{level}: {{across: …, up: …, calls_for: …}}`"
            )
    owner: dict[tuple[str, str], str] = {}
    for level, node in block.entries():
        quadrant = node["across"].text, node["up"].text
        if quadrant[0] is None or quadrant[1] is None:
            continue
        sides = (quadrant[0], quadrant[1])
        if owner.setdefault(sides, level) != level:
            yield node.problem(
                f"{level} is the same quadrant as {owner[sides]} (across {sides[0]}, up {sides[1]})",
                "each combination of low and high stands once",
            )


def thresholds(draft: Draft) -> Iterator[Problem]:
    block = draft.structure["classification"]
    yield from _share(block["borderline_below"], 0.25, "with four levels the likeliest has at least 0.25")
    yield from _share(block["agreement_from"], 0, "it is a probability")
    mixed = block["mixed_below"]
    limits = draft.scale_range(block["across"].text or "")
    if mixed.number is not None and limits and not limits[0] < mixed.number < limits[1]:
        yield mixed.problem(
            f"`{mixed.path}` is {mixed.written}", f"use a score between {limits[0]} and {limits[1]}"
        )


def _share(node: Node, low: float, why: str) -> Iterator[Problem]:
    if node.number is not None and not low < node.number <= 1:
        yield node.problem(
            f"`{node.path}` is {node.written}", f"use a number above {low:g} and at most 1: {why}"
        )


def wishes(draft: Draft) -> Iterator[Problem]:
    """Each wish is a choice of three: less, as now, more; no item is the wish for two styles."""
    owner: dict[str, str] = {}
    for style, node in draft.structure["classification"]["wishes"].entries():
        item = node.text
        if item is None:
            continue
        if item not in draft.items:
            yield node.problem(f"`{node.path}` names an unknown item `{item}`", suggestion(item, draft.items))
            continue
        if owner.setdefault(item, style) != style:
            yield node.problem(f"`{item}` is already the wish for {owner[item]}", "name another item")
        choices = draft.structure["options"][draft.items[item]["options"].text or ""]["choices"]
        if draft.kind(item) != "choice":
            yield node.problem(f"`{item}` is a {draft.kind(item)} item", "name one of the kind `choice`")
        elif choices.kind == "list" and len(choices.elements()) != WISHES:
            yield node.problem(
                f"`{item}` has {counted(len(choices.elements()), 'choice')}",
                "a wish has three: less, as now, more",
            )


def precision_of_axes(draft: Draft) -> Iterator[Problem]:
    """Level probabilities need the error of both axes, "mixed" that of their facets, for whoever is asked."""
    block, table = draft.structure["classification"], draft.structure["precision"]
    if block.kind != "mapping":
        return
    needed: list[str] = []
    for axis in (block["across"].text, block["up"].text):
        if axis is not None and axis in draft.scales:
            needed += [axis, *draft.scale(axis)["facets"].texts()]
    for perspective, asked in draft.perspectives.items():
        missing = [
            scale_id
            for scale_id in dict.fromkeys(needed)
            if set(asked) & set(draft.scale_items.get(scale_id, ())) and scale_id not in table[perspective]
        ]
        if missing:
            yield (table[perspective] or table or block).problem(
                f"`precision` has no entry for {listed(missing)} as {perspective} sees it, "
                "which the classification needs",
                f"add `{missing[0]}: {{reliability: …, sd: …}}` under `precision.{perspective}`",
            )
