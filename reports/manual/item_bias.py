"""Differential item functioning: are items answered alike by people of equal scores?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assess.measurement.dif import LEAST_PER_GROUP, mantel
from reports.manual.blocks import Block, Column, ItemDif, Paragraph, Remark, Row, Table, Waiting
from reports.manual.compared_groups import Comparison, comparisons
from reports.manual.evidence import keyed_answers
from reports.manual.sayings import DASH, Manual


def item_dif(manual: Manual) -> tuple[ItemDif, ...]:
    """Mantel's test for every item of every scale that is no domain, in comparisons of large groups."""
    if manual.evidence.is_situations:
        return ()
    return tuple(
        found
        for comparison in comparisons(manual)
        if min(comparison.first.group.n, comparison.second.group.n) >= LEAST_PER_GROUP
        for found in _of_comparison(comparison)
    )


def _of_comparison(comparison: Comparison) -> Iterator[ItemDif]:
    first, second = comparison.first, comparison.second
    values = [
        keyed_answers(group.form, group.group.answers[: len(group.form.items)]) for group in (first, second)
    ]
    rows = [{item.id: row for row, item in enumerate(group.form.items)} for group in (first, second)]
    focal = np.repeat([False, True], [first.group.n, second.group.n])
    for scale in second.form.scales:
        shared = [second.form.items[row].id for row in scale.rows if second.form.items[row].id in rows[0]]
        if scale.is_domain or len(shared) < 2:
            continue
        answers = np.hstack(
            [part[[own[item] for item in shared]] for part, own in zip(values, rows, strict=True)]
        )
        total = answers.sum(axis=0)
        for item, row in zip(shared, answers, strict=True):
            yield ItemDif(
                reference=comparison.reference,
                focal=comparison.focal,
                scale=scale.id,
                item=item,
                dif=mantel(row, total, focal),
            )


def dif_blocks(manual: Manual, found: list[Comparison]) -> list[Block]:
    words = manual.words
    items = [item for item in item_dif(manual) if item.dif.reason is None]
    if not items:
        return [
            Waiting(
                text=words.say(
                    "No group is large enough for a test of single items (Mantel’s test for ordered answers)."
                ),
                needs=words.say(
                    "Waits for: {least} sheets in each of two groups.", least=str(LEAST_PER_GROUP)
                ),
            )
        ]
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "Mantel’s test compares sheets with the same sum on the scale, the item itself included. "
                "The effect is the mean difference at equal sums, in SDs of the item. Class A is "
                "negligible, B moderate (over 0.17), C large (over 0.25); B and C also need p under 0.05."
            )
        )
    ]
    for comparison in found:
        own = [
            item for item in items if (item.reference, item.focal) == (comparison.reference, comparison.focal)
        ]
        if own:
            blocks += [_dif_table(manual, comparison, own), _dif_remark(manual, own)]
    return blocks


def _dif_table(manual: Manual, comparison: Comparison, items: list[ItemDif]) -> Table:
    words = manual.words
    rows: list[Row] = []
    for scale in dict.fromkeys(item.scale for item in items):
        rows.append(Row(head=words.scale_name(scale), group=True))
        rows += [
            Row(
                head=item.item,
                cells=(
                    manual.whole(item.dif.n_reference),
                    manual.whole(item.dif.n_focal),
                    manual.number(item.dif.chi_square),
                    _p(manual, item.dif.p),
                    words.signed(item.dif.effect or 0.0),
                    item.dif.dif_class or "",
                ),
            )
            for item in items
            if item.scale == scale
        ]
    return Table(
        title=comparison.title(manual),
        columns=(
            Column(label=words.say("Item")),
            Column(label=words.say("n, first"), kind="number", width=20),
            Column(label=words.say("n, second"), kind="number", width=20),
            Column(label="χ² (1)", kind="number", width=20),
            Column(label="p", kind="number", width=22),
            Column(label=words.say("Effect"), kind="number", width=20),
            Column(label=words.say("Class"), width=14),
        ),
        rows=tuple(rows),
        note=words.say(
            "Many items are tested at once: one in twenty would have p under 0.05 by chance. The effect "
            "counts, not p."
        ),
        small=True,
    )


def _p(manual: Manual, p: float | None) -> str:
    if p is None:
        return DASH
    return f"< {manual.words.three(0.001)}" if p < 0.001 else manual.words.three(p)


def _dif_remark(manual: Manual, items: list[ItemDif]) -> Remark:
    words = manual.words
    notable = [item for item in items if item.dif.dif_class in ("B", "C")]
    if not notable:
        return Remark(
            title=words.say("What to do"),
            lines=(words.say("All items are of class A: nothing needs to be done."),),
        )
    names = ", ".join(f"{item.item} ({item.dif.dif_class})" for item in notable)
    return Remark(
        title=words.say("What to do"),
        lines=(
            words.say("Items of class B or C: {items}.", items=names),
            words.say(
                "Read their wording in both versions with people from both groups. Until it is settled, "
                "compare the two groups on their scales with caution."
            ),
        ),
    )
