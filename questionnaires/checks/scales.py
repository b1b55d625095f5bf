"""Scales, facets and domains, and how precise they are."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.checks.references import repeated, unknown, unknown_keys
from questionnaires.draft import PERSPECTIVE_IDS, UNSCORED_KINDS, Draft
from questionnaires.naming import counted
from questionnaires.nodes import Node
from questionnaires.problem import Problem

MIN_SCALE_ITEMS = 2


def scale_members(draft: Draft) -> Iterator[Problem]:
    """What a scale is made of: items or facets, all known, none twice."""
    for scale_id, scale in draft.scales.items():
        if scale.kind != "mapping":
            continue
        given = [key for key in ("items", "facets") if key in scale]
        if len(given) != 1:
            what = "both `items` and `facets`" if given else "neither `items` nor `facets`"
            yield scale.problem(f"the scale `{scale_id}` has {what}", "give exactly one of them")
        yield from unknown(scale["items"], draft.items, "item")
        yield from unknown(scale["facets"], draft.scales, "scale")
        yield from repeated(scale["items"], "item")
        yield from repeated(scale["facets"], "scale")
        members = scale[given[0]] if len(given) == 1 else scale["items"]
        if members.kind == "list" and len(members.elements()) < MIN_SCALE_ITEMS:
            yield members.problem(
                f"the scale `{scale_id}` has {counted(len(members.elements()), given[0][:-1])}",
                f"a scale needs at least {MIN_SCALE_ITEMS}",
            )


def facets(draft: Draft) -> Iterator[Problem]:
    """A domain is made of plain scales; no facet serves two domains, no item counts twice in one."""
    owner: dict[str, str] = {}
    for scale_id, scale in draft.scales.items():
        item_owner: dict[str, str] = {}
        for facet in scale["facets"].elements():
            name = facet.text or ""
            if name == scale_id or draft.scale(name)["facets"]:
                yield facet.problem(
                    f"`{name}` is itself made of facets, so it cannot be a facet of `{scale_id}`",
                    "a facet lists its items; domains have one level only",
                )
                continue
            if owner.setdefault(name, scale_id) != scale_id:
                yield facet.problem(
                    f"the facet `{name}` already belongs to `{owner[name]}`", "a facet serves one domain"
                )
            for item in draft.scale(name)["items"].texts():
                if item_owner.setdefault(item, name) != name:
                    yield facet.problem(
                        f"the item `{item}` would count twice in `{scale_id}`: "
                        f"in `{item_owner[item]}` and in `{name}`",
                        "let it serve one facet",
                    )


def scored_items(draft: Draft) -> Iterator[Problem]:
    """Only items with values can be averaged, and only items with the same range together."""
    for scale_id, scale in draft.scales.items():
        for element in scale["items"].elements():
            kind = draft.kind(element.text or "")
            if kind in UNSCORED_KINDS:
                yield element.problem(
                    f"the {kind} item `{element.text}` has no values, so it cannot be part of `{scale_id}`",
                    "remove it from the scale",
                )
        yield from _ranges(draft, scale_id, scale)


def _ranges(draft: Draft, scale_id: str, scale: Node) -> Iterator[Problem]:
    first: tuple[str, tuple[int, int]] | None = None
    for item in draft.scale_items[scale_id]:
        found = draft.value_range(item)
        if found is None:
            continue
        first = first or (item, found)
        if found != first[1]:
            yield scale.problem(
                f"the items of `{scale_id}` have different ranges: "
                f"`{first[0]}` {_span(first[1])}, `{item}` {_span(found)}",
                "a mean needs items with the same values",
            )
            return


def _span(limits: tuple[int, int]) -> str:
    return f"{limits[0]}–{limits[1]}"


def minimum_answered(draft: Draft) -> Iterator[Problem]:
    for scale_id in draft.whole_scales:
        minimum, count = draft.scale(scale_id)["min_answered"], len(draft.scale_items[scale_id])
        if minimum.integer is not None and not 1 <= minimum.integer <= count:
            yield minimum.problem(
                f"`min_answered` of `{scale_id}` is {minimum.written}, but it has {counted(count, 'item')}",
                f"use 1 to {count}",
            )


def bands(draft: Draft) -> Iterator[Problem]:
    """Two cuts, rising, inside the range of the scores."""
    for scale_id, scale in draft.scales.items():
        cuts = [cut.number for cut in scale["bands"].elements()]
        limits = draft.scale_range(scale_id)
        if len(cuts) != 2 or cuts[0] is None or cuts[1] is None or limits is None:
            continue
        if not limits[0] < cuts[0] < cuts[1] < limits[1]:
            yield scale["bands"].problem(
                f"the bands of `{scale_id}` are cut at {cuts[0]:g} and {cuts[1]:g}",
                f"use two rising numbers between {limits[0]} and {limits[1]}",
            )


def precision(draft: Draft) -> Iterator[Problem]:
    """Reliability and SD are possible, and belong to something that is asked."""
    table = draft.structure["precision"]
    yield from unknown_keys(table, tuple(draft.perspectives), "perspective", PERSPECTIVE_IDS)
    for perspective, block in table.entries():
        yield from unknown_keys(block, tuple(draft.scales), "scale")
        for scale_id, entry in block.entries():
            yield from _precision(draft, perspective, scale_id, entry)


def _precision(draft: Draft, perspective: str, scale_id: str, entry: Node) -> Iterator[Problem]:
    reliability, sd = entry["reliability"], entry["sd"]
    if reliability.number is not None and not 0 < reliability.number < 1:
        yield reliability.problem(
            f"`{reliability.path}` is {reliability.written}", "use a number between 0 and 1"
        )
    limits = draft.scale_range(scale_id)
    if sd.number is not None and (sd.number <= 0 or (limits and sd.number > (limits[1] - limits[0]) / 2)):
        most = f" and at most {(limits[1] - limits[0]) / 2:g} (half the range)" if limits else ""
        yield sd.problem(f"`{sd.path}` is {sd.written}", f"use a number above 0{most}")
    asked = draft.perspectives.get(perspective)
    if (
        asked is not None
        and draft.scale_items.get(scale_id)
        and not set(asked) & set(draft.scale_items[scale_id])
    ):
        yield entry.problem(
            f"`{perspective}` is asked none of the items of `{scale_id}`", "remove its precision"
        )
