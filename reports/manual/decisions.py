"""How sure the levels are: expected accuracy and consistency of each cut and of the four levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from assess.measurement.decision import (
    CutQuality,
    DecisionQuality,
    LevelQuality,
    decision_quality,
    local_precision,
)
from assess.scoring.borderline import Spread, borderline_share
from assess.scoring.form import make_form
from assess.scoring.precision import standard_error
from questionnaires.definition import Precision, Quadrants
from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table, Waiting
from reports.manual.development import reads_notes
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION, GroupEvidence
from reports.manual.sayings import DASH, Manual
from reports.view.words import Words


def decisions(manual: Manual) -> Draft:
    """Of questionnaires that put people into levels; others have nothing to be wrong about here."""
    words = manual.words
    title = words.say("Accuracy and consistency of the levels")
    quadrants = manual.definition.questionnaire.classification
    if quadrants is None:
        return Draft(
            title=title,
            state="not-applicable",
            blocks=(
                Paragraph(
                    text=words.say(
                        "The questionnaire puts nobody into levels, so there is no decision that could be "
                        "right or wrong."
                    )
                ),
            ),
        )
    found = [
        (group, measured)
        for group in manual.evidence.measured
        if (measured := decision_quality_of(quadrants, group)) is not None
    ]
    blocks: list[Block] = [_lead(manual), *_cuts(manual, quadrants), _expected(manual, quadrants)]
    if not found:
        blocks.append(_waiting(manual))
    for group, measured in found:
        blocks += [
            Heading(text=words.say("Measured here: {sheets}", sheets=manual.group(group))),
            _measured(manual, measured),
        ]
    if found:
        blocks.append(Bullets(lines=_reading(words)))
    return Draft(
        title=title,
        state="measured" if found else "partly",
        blocks=tuple(blocks),
        finding=_finding(manual, found[0][1]) if found else "",
    )


def decision_quality_of(quadrants: Quadrants, group: GroupEvidence) -> DecisionQuality | None:
    """With the local reliability; None where the form does not score both axes, or not enough is known."""
    document = group.reliability
    if document is None:
        return None
    if group.group.kept is not None:
        kept = group.group.kept.decision
        return kept if kept is not None and any(one.accuracy is not None for one in kept.levels) else None
    precision = local_precision(document)
    if not {quadrants.across, quadrants.up} <= set(precision):
        return None
    return decision_quality(
        quadrants, group.form, group.group.answers[: len(group.form.items)].copy(), precision
    )


def _finding(manual: Manual, found: DecisionQuality) -> str:
    levels = next((level for level in found.levels if level.accuracy is not None), None)
    if levels is None or levels.accuracy is None:
        return ""
    return manual.words.say(
        "About {share} of people are put into the level where they belong.",
        share=manual.words.near_percent(levels.accuracy),
    )


def _lead(manual: Manual) -> Paragraph:
    return Paragraph(
        text=manual.words.say(
            "Accuracy is the share of people who are put where their true scores belong. Consistency is the "
            "share who would be put there again by an equally good form. Two cuts at once are less sure "
            "than one."
        ),
        kind="lead",
    )


def _waiting(manual: Manual) -> Waiting:
    words = manual.words
    return Waiting(
        text=words.say(
            "Nothing has been measured here yet; the table above rests on the file’s own assumptions."
        ),
        needs=words.say(
            "Waits for: {least} people of one perspective, and a reliability for both scales.",
            least=str(LEAST_FOR_DISTRIBUTION),
        ),
    )


def _cuts(manual: Manual, quadrants: Quadrants) -> list[Block]:
    words = manual.words
    sides = {"low": words.say("low"), "high": words.say("high")}
    rows = tuple(
        Row(
            head=level,
            cells=(
                sides[side.across],
                sides[side.up],
                f"{side.calls_for} {words.style_mention(side.calls_for)}",
            ),
        )
        for level, side in sorted(quadrants.levels.items())
    )
    cuts = ", ".join(
        f"{words.scale_mention(scale)} {words.score(cut)}" for scale, cut in quadrants.cuts.items()
    )
    reason = (
        quadrants.cut_reason
        if reads_notes(manual)
        else words.say("The reason for the cuts stands in the questionnaire’s file (cut_reason).")
    )
    return [
        Heading(text=words.say("The cuts and why they lie there")),
        Table(
            title="",
            columns=(
                Column(label=words.say("Level"), width=20),
                Column(label=words.scale_name(quadrants.across), width=50),
                Column(label=words.scale_name(quadrants.up), width=50),
                Column(label=words.say("Calls for")),
            ),
            rows=rows,
            note=words.say(
                "Cuts: {cuts}. A score on the cut counts as high. Borderline: no level reaches {share}.",
                cuts=cuts,
                share=words.percent(quadrants.borderline_below),
            ),
            small=True,
            strong=True,
        ),
        Paragraph(text=reason),
    ]


# --- by the file's own assumptions -----------------------------------------------------------------


def _expected(manual: Manual, quadrants: Quadrants) -> Table:
    words = manual.words
    rows = []
    for form_words, record, lengths in _forms(manual, quadrants):
        first, second = record.get(quadrants.across), record.get(quadrants.up)
        if first is None or second is None:
            rows.append(Row(head=form_words, cells=(DASH, DASH, DASH)))
            continue
        spreads = [
            Spread(
                sd=axis.sd * axis.reliability**0.5,
                sem=standard_error(axis, full, asked),
            )
            for axis, (full, asked) in zip((first, second), lengths, strict=True)
        ]
        share = borderline_share(spreads[0], spreads[1], quadrants.borderline_below)
        rows.append(
            Row(
                head=form_words,
                cells=(words.two(first.reliability), words.two(second.reliability), words.percent(share)),
            )
        )
    return Table(
        title=words.say("Expected share of borderline results, by the file’s provisional precision"),
        columns=(
            Column(label=words.say("Sheets")),
            Column(label=words.scale_name(quadrants.across), kind="number", width=38),
            Column(label=words.scale_name(quadrants.up), kind="number", width=38),
            Column(label=words.say("Borderline"), kind="number", width=28),
        ),
        rows=tuple(rows),
        note=words.say(
            "Reliability of both scales in full, and the share to be expected if true scores are normal and "
            "as many lie above each cut as below it."
        ),
        small=True,
    )


_FormPrecision: TypeAlias = tuple[str, Mapping[str, Precision], tuple[tuple[int, int], ...]]


def _forms(manual: Manual, quadrants: Quadrants) -> Iterator[_FormPrecision]:
    """Every perspective in full and every short form that scores both axes, with the lengths of both."""
    questionnaire = manual.definition.questionnaire
    for perspective in questionnaire.perspectives:
        for short_form in (None, *questionnaire.short_forms):
            form = make_form(questionnaire, perspective, short_form)
            scales = [scale for scale in form.scales if scale.id in (quadrants.across, quadrants.up)]
            if len(scales) == 2:
                lengths = tuple((scale.full_length, len(scale.rows)) for scale in scales)
                yield manual.form(form), questionnaire.precision.get(perspective, {}), lengths


# --- from the answers ------------------------------------------------------------------------------


def _measured(manual: Manual, found: DecisionQuality) -> Table:
    words = manual.words
    methods = {
        "rudner-population": words.say("Rudner, population"),
        "rudner-flat": words.say("Rudner, flat"),
        "livingston-lewis": words.say("Livingston & Lewis"),
    }
    rows: list[Row] = []
    for scale in dict.fromkeys(cut.scale for cut in found.cuts):
        own = [cut for cut in found.cuts if cut.scale == scale]
        name = (
            words.say("{scale}, cut {cut}", scale=words.scale_name(scale), cut=words.score(own[0].cut))
            if own[0].high_share is None
            else words.say(
                "{scale}, cut {cut}; on or above it: {share}",
                scale=words.scale_name(scale),
                cut=words.score(own[0].cut),
                share=manual.share(own[0].high_share),
            )
        )
        rows.append(Row(head=name, group=True))
        rows += [_figures(manual, methods[cut.method], cut) for cut in own]
    rows.append(Row(head=words.say("The four levels"), group=True))
    rows += [_figures(manual, methods[level.method], level) for level in found.levels]
    return Table(
        title="",
        columns=(
            Column(label=words.say("Method")),
            Column(label="n", kind="number", width=20),
            Column(label=words.say("Accuracy"), kind="number", width=28),
            Column(label=words.say("Consistency"), kind="number", width=28),
        ),
        rows=tuple(rows),
        small=True,
    )


def _figures(manual: Manual, name: str, found: CutQuality | LevelQuality) -> Row:
    cells = (manual.whole(found.n), manual.share(found.accuracy), manual.share(found.consistency))
    why = manual.missing(found.reason)
    return Row(head=f"{name} ({why})" if why else name, cells=cells)


def _reading(words: Words) -> tuple[str, ...]:
    return (
        words.say(
            "Rudner’s method takes the area of the normal distribution around each score that lies on the "
            "same side of the cut. “Population” pulls each score towards the mean of the group first and is "
            "the figure to quote; “flat” does not, as personal profiles do not."
        ),
        words.say(
            "Livingston & Lewis fit a beta distribution to the true scores. Where the two methods differ "
            "much, the assumptions of one of them do not hold."
        ),
        words.say(
            "Errors of the two scales count as independent. Alpha stands for reliability, so halo is not in "
            "it."
        ),
    )
