"""Scoring kinds, and what situational scoring needs: keys, weights, overrides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from questionnaires.checks.frame import within
from questionnaires.definition import LevelId, StyleId
from questionnaires.draft import Draft
from questionnaires.naming import counted, listed
from questionnaires.nodes import Node
from questionnaires.problem import Problem

LEVELS: tuple[str, ...] = get_args(LevelId)
STYLES: tuple[str, ...] = get_args(StyleId)
MAX_WEIGHT = 20
MAX_SITUATIONS = 40
"""What the same choices give blindly is worked out exactly: with their number time grows to the fifth power
and memory to the fourth (40 with the largest weights: a second, 200 MB; 120: a minute, over a gigabyte)."""


def scoring_fits(draft: Draft) -> Iterator[Problem]:
    """The scoring kind can do something with the items, and the items with it."""
    structure, kind = draft.structure, draft.scoring_kind
    situations = draft.situations()
    if kind == "rating-scales":
        for item_id, item in situations.items():
            yield item.problem(
                f"the situation `{item_id}` cannot be scored by `rating-scales`",
                "use the scoring kind `situations`",
            )
        if draft.items and not draft.scales and structure["scales"].kind in {"missing", "mapping"}:
            yield structure["scoring"].problem(
                "`rating-scales` has no scale to score", "describe at least one under `scales`"
            )
    if kind == "situations":
        if draft.items and not situations:
            yield structure["scoring"].problem(
                "`situations` has no situation to score", "add items of the kind `situation`"
            )
        if draft.scales:
            yield structure["scales"].problem(
                "`situations` does not score scales",
                "remove `scales`, or use the scoring kind `rating-scales`",
            )


def keys(draft: Draft) -> Iterator[Problem]:
    """The four actions of a situation are the four styles, each once."""
    for item_id, item in draft.situations().items():
        actions = item["actions"].texts()
        if len(actions) == 4 and set(actions) <= set(STYLES) and len(set(actions)) < 4:
            missing = [style for style in STYLES if style not in actions]
            yield item["actions"].problem(
                f"the key of `{item_id}` is {', '.join(actions)}: {listed(missing)} is missing",
                "each of S1, S2, S3, S4 stands once",
            )


def weights(draft: Draft) -> Iterator[Problem]:
    """The matrix covers every level and style; one style is best at each level."""
    matrix = draft.structure["scoring"]["weights"]
    if draft.scoring_kind == "situations" and matrix.kind == "mapping":
        for level in LEVELS:
            if level not in matrix:
                yield matrix.problem(
                    f"the weights have no row for {level}", f"add `{level}: {{S1: …, S4: …}}`"
                )
        for _, row in matrix.entries():
            yield from _row(row)
    for item in draft.situations().values():
        yield from _row(item["override"]["weights"])


def best_style(row: Node) -> str | None:
    """The style with the highest weight; None while the row is not what it must be."""
    weights = {style: row[style].integer for style in STYLES}
    known = [weight for weight in weights.values() if weight is not None]
    if len(known) < len(STYLES) or known.count(max(known)) > 1:
        return None
    return next(style for style, weight in weights.items() if weight == max(known))


def _row(row: Node) -> Iterator[Problem]:
    if row.kind != "mapping":
        return
    for style in STYLES:
        if style not in row:
            yield row.problem(
                f"`{row.path}` has no weight for {style}", "give one for each of S1, S2, S3, S4"
            )
    for _, weight in row.entries():
        yield from within(weight, 0, MAX_WEIGHT, "for a weight")
    values = [row[style].integer for style in STYLES]
    known = [value for value in values if value is not None]
    if len(known) == 4 and known.count(max(known)) > 1:
        yield row.problem(f"`{row.path}` has no single best style", "give one style the highest weight")


def counts(draft: Draft) -> Iterator[Problem]:
    """Enough situations: for each level, for each perspective and short form, for a score."""
    scoring, situations = draft.structure["scoring"], draft.situations()
    if draft.scoring_kind != "situations" or not situations:
        return
    if len(situations) > MAX_SITUATIONS:
        yield draft.structure["items"].problem(
            f"there are {len(situations)} situations", f"use at most {MAX_SITUATIONS}"
        )
    called_for = {item["calls_for"].text for item in situations.values()}
    for level in LEVELS:
        if level not in called_for:
            yield draft.structure["items"].problem(f"no situation calls for {level}", "write at least one")
    for perspective, asked in draft.perspectives.items():
        minimum = draft.structure["perspectives"][perspective]["min_answered"] or scoring["min_answered"]
        forms = {f"`{perspective}`": set(asked)}
        for name, form in draft.structure["short_forms"].entries():
            forms[f"the short form `{name}` of `{perspective}`"] = set(asked) & set(form["items"].texts())
        for form_name, items in forms.items():
            yield from _minimum(minimum, form_name, len(items & set(situations)))
    yield from within(scoring["secondary_from"], 1, len(situations), "choices")


def _minimum(minimum: Node, form_name: str, count: int) -> Iterator[Problem]:
    if minimum.integer is not None and not 1 <= minimum.integer <= count:
        yield minimum.problem(
            f"`min_answered` is {minimum.written}, but {form_name} asks {counted(count, 'situation')}",
            f"use 1 to {count}, or give a perspective that is asked less a `min_answered` of its own"
            if count
            else "let it ask some situations",
        )


def own_minimums(draft: Draft) -> Iterator[Problem]:
    """Scales have minimums of their own; a perspective has one only where situations are counted."""
    if draft.scoring_kind == "rating-scales":
        for _, perspective in draft.structure["perspectives"].entries():
            if perspective["min_answered"]:
                yield perspective["min_answered"].problem(
                    f"`{perspective['min_answered'].path}` is for the scoring kind `situations`",
                    "remove it: each scale has its own",
                )


def thresholds(draft: Draft) -> Iterator[Problem]:
    """From where flexibility is high, and below which probability choices follow the situation."""
    scoring = draft.structure["scoring"]
    yield from within(scoring["flexible_from"], 0, 30, "")
    evidence = scoring["evidence_below"]
    if evidence.number is not None and not 0 < evidence.number <= 0.5:
        yield evidence.problem(
            f"`{evidence.path}` is {evidence.written}", "use a probability above 0 and at most 0.5"
        )
