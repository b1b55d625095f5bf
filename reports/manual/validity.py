"""What is known of validity: each source of evidence, and which data it waits for."""

from __future__ import annotations

import numpy as np

from assess.scoring.precision import Floats
from reports.manual.apart import from_a_file_only
from reports.manual.blocks import Block, Column, Heading, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.evidence import GroupEvidence
from reports.manual.sayings import DASH, Manual

LEAST_FOR_CORRELATIONS = 30


def validity(manual: Manual) -> Draft:
    """The sources of evidence one by one; correlations between scales where there are answers."""
    words = manual.words
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "Validity is how well evidence and theory support the use that is made of scores. It is no "
                "property of a questionnaire, and no single number."
            ),
            kind="lead",
        ),
        _sources(manual),
    ]
    groups = [
        group
        for group in manual.evidence.measured
        if group.scores is not None
        and group.group.people >= LEAST_FOR_CORRELATIONS
        and len(group.form.scales) > 1
    ]
    if not manual.evidence.is_situations:
        blocks.append(Heading(text=words.say("Structure: how the scales hang together")))
        for group in groups:
            blocks.append(_correlations(manual, group))
            blocks.append(_one_factor(manual, group))
        if not groups and manual.evidence.is_kept:
            blocks.append(from_a_file_only(manual))
        elif not groups:
            blocks.append(
                Waiting(
                    text=words.say("Correlations between the scales are not known."),
                    needs=words.say(
                        "Waits for: {least} people of one perspective.", least=str(LEAST_FOR_CORRELATIONS)
                    ),
                )
            )
        blocks.append(
            Waiting(
                text=words.say(
                    "Whether the planned scales fit better than fewer or others has not been tested."
                ),
                needs=words.say("Waits for: a confirmatory factor analysis on at least 300 people."),
            )
        )
    return Draft(
        title=words.say("Validity: what is known and what is not"),
        state="partly" if groups else "waiting",
        blocks=tuple(blocks),
    )


def _sources(manual: Manual) -> Table:
    words = manual.words
    rows = (
        (
            words.say("Content"),
            words.say("Each item has a reason. Judgements by people from outside are not stored."),
            words.say("Independent judges; interviews."),
        ),
        (
            words.say("Response process"),
            words.say("Signs of careless answers are counted. How people understand the items is not known."),
            words.say("Ten interviews, thinking aloud."),
        ),
        (
            words.say("Internal structure"),
            words.say("Reliability, loadings and correlations, as far as there are answers."),
            words.say("Factor analysis on 300 people."),
        ),
        (
            words.say("Relations to other measures"),
            words.say("None are known to the program."),
            words.say("Other questionnaires on the same and on other things, on 200 people."),
        ),
        (
            words.say("Relations to outcomes"),
            words.say("None are known to the program. No score is taken to predict performance."),
            words.say("Later outcomes that were not rated by the same people."),
        ),
        (
            words.say("Consequences"),
            words.say("Uses that harm are ruled out by design. Whether talks become better is not known."),
            words.say("Follow-up of talks, from both sides."),
        ),
    )
    return Table(
        title="",
        columns=(
            Column(label=words.say("Evidence"), width=36),
            Column(label=words.say("What is known")),
            Column(label=words.say("Waits for"), width=55),
        ),
        rows=tuple(Row(head=name, cells=(known, waits)) for name, known, waits in rows),
        strong=True,
    )


def _correlations(manual: Manual, group: GroupEvidence) -> Table:
    """Correlations of scores; a scale and one that it is part of are left out."""
    words, scores = manual.words, group.scores
    assert scores is not None
    scales = group.form.scales
    rows = []
    for place, scale in enumerate(scales):
        cells = []
        for other_place, other in enumerate(scales[:-1]):
            if other_place >= place:
                cells.append("")
            elif set(scale.rows) & set(other.rows):
                cells.append(DASH)
            else:
                cells.append(_correlation(manual, scores.score[place], scores.score[other_place]))
        rows.append(Row(head=f"{place + 1} {words.scale_name(scale.id)}", cells=tuple(cells)))
    return Table(
        title=words.say("Correlations between scales: {sheets}", sheets=manual.group(group)),
        columns=(
            Column(label=words.say("Scale")),
            *(Column(label=str(place + 1), kind="number", width=13) for place in range(len(scales) - 1)),
        ),
        rows=tuple(rows),
        note=words.say(
            "A dash: the scales share items. Correlations are lowered by unreliability and raised by one "
            "and the same person having answered everything."
        ),
        small=True,
    )


def _correlation(manual: Manual, first: Floats, second: Floats) -> str:
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < LEAST_FOR_CORRELATIONS or first[both].std() == 0 or second[both].std() == 0:
        return DASH
    return manual.words.two(float(np.corrcoef(first[both], second[both])[0, 1]))


def _one_factor(manual: Manual, group: GroupEvidence) -> Table:
    """How well one factor reproduces the correlations of each scale."""
    words, document = manual.words, group.reliability
    rows = tuple(
        Row(
            head=words.scale_name(scale.id),
            cells=(
                str(scale.n_items),
                manual.number(scale.rmsr),
                words.say("yes") if scale.rmsr <= 0.08 else words.say("no: look for more than one dimension"),
            ),
        )
        for scale in (document.scales if document else ())
        if scale.rmsr is not None
    )
    return Table(
        title=words.say("Is there one dimension? {sheets}", sheets=manual.group(group)),
        columns=(
            Column(label=words.say("Scale")),
            Column(label=words.say("Items"), kind="number", width=18),
            Column(label="RMSR", kind="number", width=20),
            Column(label=words.say("One factor is enough"), width=70),
        ),
        rows=rows,
        note=words.say(
            "RMSR: root mean square of the correlations that one factor leaves over. Up to 0.08 counts as "
            "small here, a convention. Scales of three items fit by necessity."
        ),
        small=True,
    )
