"""Who has answered: sheets by perspective and form, what is missing, the time used."""

from __future__ import annotations

import numpy as np

from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION, GroupEvidence
from reports.manual.sayings import DASH, Manual

MUCH_MISSING = 0.05
"""From here an item's missing answers are worth a look."""


def sample(manual: Manual) -> Draft:
    """The sample, or what it waits for."""
    words, groups = manual.words, manual.evidence.groups
    title = words.say("The sample")
    if not groups:
        return Draft(title=title, state="waiting", blocks=(_none(manual),))
    shown = [group for group in groups if group.shown]
    blocks: list[Block] = [Paragraph(text=_lead(manual), kind="lead"), _table(manual)]
    blocks += [_cautions(manual, shown)] if shown else []
    blocks += _missing_items(manual)
    return Draft(
        title=title,
        state="measured" if any(group.distributed for group in groups) else "partly",
        blocks=tuple(blocks),
    )


def _none(manual: Manual) -> Waiting:
    words = manual.words
    return Waiting(
        text=words.say("No answers have been handed in."),
        needs=words.say(
            "Waits for: a first wave with at least ten people; from 100 the figures begin to hold."
        ),
    )


def _lead(manual: Manual) -> str:
    words = manual.words
    return words.say(
        "The figures of this manual rest on the sheets in this table. They describe this sample. How far "
        "they hold for others depends on how alike those are, and nobody has been drawn at random."
    )


def _table(manual: Manual) -> Table:
    words = manual.words
    return Table(
        title=words.say("Sheets by perspective"),
        columns=(
            Column(label=words.say("Sheets")),
            Column(label=words.say("Number"), kind="number", width=20),
            Column(label=words.say("People"), kind="number", width=20),
            Column(label=words.say("Complete"), kind="number", width=22),
            Column(label=words.say("Missing answers"), kind="number", width=24),
            Column(label=words.say("Minutes, middle half"), kind="number", width=30),
        ),
        rows=tuple(_row(manual, group) for group in manual.evidence.groups),
        note=words.say(
            "“Can’t say” counts as missing. People: different people that the sheets are about, where the "
            "file says so. Of groups under {least} people nothing is shown.",
            least=str(manual.evidence.least),
        ),
        strong=True,
    )


def _row(manual: Manual, group: GroupEvidence) -> Row:
    words = manual.words
    if not group.shown:
        fewer = words.say("fewer than {least}", least=str(group.least))
        return Row(head=manual.group(group), cells=(fewer, DASH, DASH, DASH, DASH))
    minutes = group.minutes()
    return Row(
        head=manual.group(group),
        cells=(
            manual.whole(group.group.n),
            manual.whole(group.group.people),
            DASH if (complete := group.complete()) is None else manual.whole(complete),
            manual.share(group.missing_share()),
            DASH if minutes is None else f"{words.short(minutes[0])}{DASH}{words.short(minutes[2])}",
        ),
    )


def _cautions(manual: Manual, groups: list[GroupEvidence]) -> Bullets:
    words = manual.words
    lines = [
        words.say("Sex, age, education and trade of the respondents are not asked and not known."),
        words.say("How many were asked and did not answer is not in the file, so no response rate is given."),
    ]
    if any(group.group.people < group.group.n for group in groups):
        lines.append(
            words.say(
                "Some people have several sheets. They count as independent here, so the intervals are "
                "somewhat too narrow."
            )
        )
    if any(group.group.n < 100 for group in groups):
        lines.append(
            words.say(
                "Under 100 sheets the figures move much from sample to sample: read the intervals first."
            )
        )
    return Bullets(lines=tuple(lines))


def _missing_items(manual: Manual) -> list[Block]:
    """The items that many leave out, for each group that is large enough."""
    words = manual.words
    rows: list[Row] = []
    for group in manual.evidence.measured:
        shares = group.missing_by_item()
        order = np.argsort(-shares, kind="stable")[:8].tolist()
        found = [
            Row(head=group.form.scored_item_ids[row], cells=(manual.share(float(shares[row])),))
            for row in order
            if shares[row] >= MUCH_MISSING
        ]
        if found:
            rows += [Row(head=manual.group(group), group=True), *found]
    heading = Heading(text=words.say("Items that many leave out"))
    if not manual.evidence.measured:
        return [
            heading,
            Waiting(
                text=words.say("Too few people have answered to show it item by item."),
                needs=words.say("Waits for: {least} people.", least=str(LEAST_FOR_DISTRIBUTION)),
            ),
        ]
    if not rows:
        return [
            heading,
            Paragraph(
                text=words.say(
                    "No item is left out by {share} or more.", share=words.near_percent(MUCH_MISSING)
                )
            ),
        ]
    return [
        heading,
        Table(
            title="",
            columns=(
                Column(label=words.say("Item"), width=60),
                Column(label=words.say("Missing"), kind="number", width=25),
                Column(label=""),
            )[:2],
            rows=tuple(rows),
            note=words.say(
                "Many missing answers mean that the item does not concern people’s work, or is not "
                "understood. Ask some of them before anything is changed. At most eight items are listed "
                "for each perspective."
            ),
            small=True,
        ),
    ]
