"""How carefully the sheets were answered: rates of signs and flags, never a single sheet."""

from __future__ import annotations

from assess.measurement.response_quality_results import IndexSummary, ResponseQuality
from assess.measurement.response_quality_signs import KINDS_FOR_A_FLAG
from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION
from reports.manual.sayings import DASH, Manual
from reports.view.words import Words


def response_quality(manual: Manual) -> Draft:
    """Figures of every measured group."""
    words = manual.words
    title = words.say("Response quality")
    groups = [(group, found) for group in manual.evidence.measured if (found := group.quality) is not None]
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "Hurried or careless answers make every figure worse. The signs and their limits were fixed "
                "before any answers came in. A sheet is flagged only by signs of at least {number} "
                "different kinds.",
                number=str(KINDS_FOR_A_FLAG),
            ),
            kind="lead",
        ),
        Bullets(
            lines=(
                words.say(
                    "A flag is a reason to ask, and no verdict: careful people can answer alike or fast too."
                ),
                words.say("Only the respondent sees a note about the own sheet. Managers see nothing."),
                words.say("All figures of this manual rest on all sheets, flagged ones too."),
            )
        ),
    ]
    if not groups:
        return Draft(title=title, state="waiting", blocks=(*blocks, _waiting(manual)))
    for group, found in groups:
        if len(groups) > 1:
            blocks.append(Heading(text=manual.group(group)))
        blocks += [_flags(manual, found), _indices(manual, found)]
    flagged = groups[0][1].flag_rate
    return Draft(
        title=title,
        state="measured",
        blocks=tuple(blocks),
        finding=""
        if flagged is None
        else words.say(
            "{share} of the sheets show two kinds of signs of careless answers.",
            share=words.near_percent(flagged),
        ),
    )


def _waiting(manual: Manual) -> Waiting:
    words = manual.words
    return Waiting(
        text=words.say("There are not enough sheets."),
        needs=words.say(
            "Waits for: {least} people for rates, 30 for comparisons between sheets, and the column "
            "“seconds” for the time used.",
            least=str(LEAST_FOR_DISTRIBUTION),
        ),
    )


def _flags(manual: Manual, found: ResponseQuality) -> Table:
    words = manual.words
    kinds = {
        "alike": words.say("answers all alike"),
        "inconsistent": words.say("contradicts itself"),
        "unusual": words.say("unlike all others"),
        "fast": words.say("faster than one can read"),
    }
    rows = [
        Row(
            head=kinds[kind.id],
            cells=(manual.share(kind.rate) if kind.available else words.say("not known"),),
        )
        for kind in found.kinds
    ]
    flagged = manual.share(found.flag_rate) if found.flag_rate is not None else manual.missing(found.reason)
    rows.append(Row(head=words.say("Flagged: signs of two kinds or more"), cells=(flagged or DASH,)))
    return Table(
        title=words.say("Kinds of signs, share of {n} sheets", n=manual.whole(found.n)),
        columns=(Column(label=words.say("Sign")), Column(label=words.say("Sheets"), kind="number", width=60)),
        rows=tuple(rows),
        small=True,
    )


def _indices(manual: Manual, found: ResponseQuality) -> Table:
    words = manual.words
    return Table(
        title=words.say("Figures behind the signs"),
        columns=(
            Column(label=words.say("Figure")),
            Column(label=words.say("Sheets"), kind="number", width=18),
            Column(label=words.say("Mean"), kind="number", width=18),
            Column(label="SD", kind="number", width=16),
            Column(label=words.say("Sign where"), width=36),
            Column(label=words.say("With sign"), kind="number", width=20),
        ),
        rows=tuple(_index(manual, index) for index in found.indices if index.reason != "situations"),
        note=words.say("The runs follow the order of the questionnaire, because the pages were shuffled.")
        if found.order == "questionnaire"
        else "",
        small=True,
    )


def _index(manual: Manual, index: IndexSummary) -> Row:
    words = manual.words
    name = _name(words, index.id)
    if index.reason is not None:
        return Row(head=f"{name} ({manual.missing(index.reason)})", cells=(DASH,) * 5)
    return Row(
        head=name,
        cells=(
            manual.whole(index.n),
            manual.number(index.mean),
            manual.number(index.sd),
            _where(words, index),
            manual.share(index.rate),
        ),
    )


def _where(words: Words, index: IndexSummary) -> str:
    if index.cut is None or index.sign_when is None:
        return words.say("no sign by itself")
    cut = words.three(index.cut) if 0 < index.cut < 0.01 else words.whole(index.cut)
    return {
        "from": words.say("{cut} or more", cut=cut),
        "to": words.say("{cut} or less", cut=cut),
        "under": words.say("under {cut}", cut=cut),
    }[index.sign_when]


def _name(words: Words, index: str) -> str:
    return {
        "longest_run": words.say("Longest run of the same answer"),
        "average_run": words.say("Average run"),
        "variability": words.say("Spread of a person’s answers"),
        "even_odd": words.say("Even–odd consistency"),
        "synonyms": words.say("Agreement of items that go together"),
        "mahalanobis": words.say("Mahalanobis distance, squared"),
        "mahalanobis_probability": words.say("Its probability"),
        "person_total": words.say("Correlation with everyone’s mean"),
        "seconds_per_item": words.say("Seconds per item"),
    }[index]
