"""How far those who rate the same person agree."""

from __future__ import annotations

import numpy as np

from assess.measurement.change import paired_change
from assess.measurement.icc import intraclass
from assess.scoring.precision import Floats
from reports.manual.blocks import Block, Column, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION, GroupEvidence
from reports.manual.sayings import DASH, Manual

COVERAGE = 0.95


def agreement(manual: Manual) -> Draft:
    """Own and manager's ratings of the same people."""
    words = manual.words
    title = words.say("Agreement between raters")
    perspectives = manual.definition.questionnaire.perspectives
    if manual.evidence.is_situations:
        return Draft(title=title, state="waiting", blocks=_of_situations(manual))
    if "manager" not in perspectives or "self" not in perspectives:
        return Draft(
            title=title,
            state="not-applicable",
            blocks=(
                Paragraph(text=words.say("Only one perspective answers, so there is nobody to agree with.")),
            ),
        )
    lead = Paragraph(
        text=words.say(
            "Self-ratings and managers’ ratings of the same work usually agree only moderately. The "
            "difference is a finding for the talk, so the two are never averaged."
        ),
        kind="lead",
    )
    paired = manual.evidence.paired
    if paired is None:
        return Draft(
            title=title,
            state="waiting",
            blocks=(
                lead,
                Waiting(
                    text=words.say("There are too few people whom both have rated."),
                    needs=words.say(
                        "Waits for: {least} people with a sheet of their own and one by their manager, with "
                        "the same “subject” and “job_area” in the file.",
                        least=str(LEAST_FOR_DISTRIBUTION),
                    ),
                ),
            ),
        )
    blocks: list[Block] = [lead, _table(manual, *paired), *_levels(manual, *paired)]
    return Draft(title=title, state="measured", blocks=tuple(blocks))


def _table(manual: Manual, own: GroupEvidence, manager: GroupEvidence) -> Table:
    words = manual.words
    rows = []
    for scale in own.form.scales:
        row, other = own.form.scale_row(scale.id), manager.form.scale_row(scale.id)
        if row is None or other is None or own.scores is None or manager.scores is None:
            continue
        rows.append(_row(manual, scale.id, own.scores.score[row], manager.scores.score[other]))
    return Table(
        title=words.say("Self-rating and manager’s rating of the same people"),
        columns=(
            Column(label=words.say("Scale")),
            Column(label=words.say("Pairs"), kind="number", width=15),
            Column(label="r", kind="number", width=14),
            Column(label="ICC(2,1)", kind="number", width=19),
            Column(label=words.say("Interval (95%)"), kind="number", width=30),
            Column(label=words.say("Manager − self"), kind="number", width=22),
            Column(label=words.say("Interval (95%)"), kind="number", width=34),
        ),
        rows=tuple(rows),
        note=words.say(
            "ICC(2,1): do both give the same score (absolute agreement, single rating; Shrout & Fleiss)? "
            "The difference is paired."
        ),
        small=True,
    )


def _row(manual: Manual, scale_id: str, own: Floats, manager: Floats) -> Row:
    words = manual.words
    name = words.scale_name(scale_id)
    both = ~np.isnan(own) & ~np.isnan(manager)
    pairs = int(both.sum())
    if pairs < LEAST_FOR_DISTRIBUTION:
        return Row(head=name, cells=(str(pairs) if pairs >= 5 else DASH, *(DASH,) * 5))
    found = intraclass(np.column_stack([own, manager]), (COVERAGE,)).of("ICC(2,1)")
    change = paired_change(own, manager, (COVERAGE,))
    varies = own[both].std() > 0 and manager[both].std() > 0
    return Row(
        head=name,
        cells=(
            manual.whole(pairs),
            words.two(float(np.corrcoef(own[both], manager[both])[0, 1])) if varies else DASH,
            manual.number(found.value),
            manual.limits((found.intervals[0].low, found.intervals[0].high)) if found.intervals else DASH,
            DASH if change.difference is None else words.signed(change.difference),
            f"{words.signed(change.intervals[0].low)} … {words.signed(change.intervals[0].high)}"
            if change.intervals
            else DASH,
        ),
    )


def _levels(manual: Manual, own: GroupEvidence, manager: GroupEvidence) -> list[Block]:
    """How often both put a person into the same level."""
    words = manual.words
    if own.levels is None or manager.levels is None or own.levels.level_ids != manager.levels.level_ids:
        return []
    both = (own.levels.level >= 0) & (manager.levels.level >= 0)
    if both.sum() < LEAST_FOR_DISTRIBUTION:
        return []
    same = float((own.levels.level == manager.levels.level)[both].mean())
    shared = own.levels.probability[:, both] * manager.levels.probability[:, both]
    line = manual.definition.questionnaire.classification
    least = line.agreement_from if line else 0.5
    return [
        Paragraph(
            text=words.say(
                "Of {n} pairs {share} have the same most probable level. Advice is shown where the two "
                "views probably mean the same level (at least {least}): {advice} of these pairs.",
                n=manual.whole(int(both.sum())),
                share=words.near_percent(same),
                least=words.percent(least),
                advice=words.near_percent(float((shared.sum(axis=0) >= least).mean())),
            )
        )
    ]


def _of_situations(manual: Manual) -> tuple[Block, ...]:
    words = manual.words
    return (
        Paragraph(
            text=words.say(
                "Direct reports’ sheets are confidential and are shown only for groups. Before a group’s "
                "figures stand for its view, its members must agree more than chance (Fleiss’ kappa over "
                "the situations); else the report says that views differ."
            ),
            kind="lead",
        ),
        Waiting(
            text=words.say(
                "Agreement is worked out for each leader’s group and belongs to that leader’s report."
            ),
            needs=words.say(
                "Waits for: leaders with at least {least} direct reports each.",
                least=str(manual.evidence.least),
            ),
        ),
    )
