"""How scores are spread: a picture and a table for each scale, and how people fall into the levels."""

from __future__ import annotations

import math

import numpy as np

from assess.measurement.items import describe
from assess.scoring.form import ScaleKey
from assess.scoring.precision import Floats
from reports.manual.apart import where_answers_lie
from reports.manual.blocks import (
    Bin,
    Block,
    Column,
    Heading,
    Histogram,
    Histograms,
    Remark,
    Row,
    Table,
    Waiting,
)
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION, GroupEvidence
from reports.manual.sayings import DASH, Manual

CROWDED = 0.60
"""One level with more than this: the cut separates poorly."""
AT_THE_END = 0.15
"""From this share on the end of the scale, it does not reach far enough (floor or ceiling)."""
_EPSILON = 1e-9


def distributions(manual: Manual) -> Draft:
    """Histograms and tables of every measured group."""
    words = manual.words
    title = words.say("How the scores are spread")
    groups = [group for group in manual.evidence.measured if group.scores is not None]
    if not groups and manual.evidence.is_kept:
        return Draft(title=title, state="apart", blocks=(where_answers_lie(manual),))
    if not groups:
        return Draft(
            title=title,
            state="waiting",
            blocks=(
                Waiting(
                    text=words.say("There are not enough answers to show how scores are spread."),
                    needs=words.say(
                        "Waits for: {least} people with a score, of one perspective.",
                        least=str(LEAST_FOR_DISTRIBUTION),
                    ),
                ),
            ),
        )
    blocks: list[Block] = []
    for group in groups:
        if len(groups) > 1:
            blocks.append(Heading(text=manual.group(group)))
        blocks += _group(manual, group)
    return Draft(title=title, state="measured", blocks=tuple(blocks))


def _group(manual: Manual, group: GroupEvidence) -> list[Block]:
    words = manual.words
    charts = [
        chart for scale in group.form.scales if (chart := histogram_of(manual, group, scale)) is not None
    ]
    cut = words.say("The dashed line is the cut.") if any(chart.cut is not None for chart in charts) else ""
    caption = words.say("Share of the sheets in percent. The triangle is the mean.")
    blocks: list[Block] = [
        Histograms(charts=tuple(charts), caption=" ".join(part for part in (caption, cut) if part)),
        _table(manual, group),
    ]
    return [*blocks, *_levels(manual, group)]


# --- the pictures ----------------------------------------------------------------------------------


def histogram_of(manual: Manual, group: GroupEvidence, scale: ScaleKey) -> Histogram | None:
    """The histogram of one scale; None where fewer than ten sheets have its score."""
    scores = group.scale_scores(scale.id)
    if scores.size < LEAST_FOR_DISTRIBUTION:
        return None
    edges = bin_edges(scale.lo, scale.hi)
    counts, _ = np.histogram(np.clip(scores + _EPSILON, scale.lo, scale.hi), edges)
    quadrants = manual.definition.questionnaire.classification
    ticks = _ticks(scale.lo, scale.hi)
    return Histogram(
        name=manual.words.scale_name(scale.id),
        finding=_finding(manual, scale, scores),
        lo=float(scale.lo),
        hi=float(scale.hi),
        bins=tuple(
            Bin(low=float(low), high=float(high), share=float(count / scores.size))
            for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
        ),
        mean=float(scores.mean()),
        cut=quadrants.cuts.get(scale.id) if quadrants else None,
        ticks=tuple((float(tick), manual.words.whole(tick)) for tick in ticks),
    )


def bin_edges(lo: float, hi: float) -> Floats:
    """Half a unit wide on short scales, ten bins on long ones; the last bin holds its upper end too."""
    number = round(2 * (hi - lo)) if hi - lo <= 7 else 10
    return np.linspace(lo, hi, number + 1)


def _ticks(lo: int, hi: int) -> tuple[int, ...]:
    step = 1 if hi - lo <= 7 else math.ceil((hi - lo) / 5)
    return tuple(range(lo, hi + 1, step))


def _finding(manual: Manual, scale: ScaleKey, scores: Floats) -> str:
    """Where the middle half lies, and what stands at an end if it is much."""
    words = manual.words
    low, high = np.quantile(scores, (0.25, 0.75)).tolist()
    said = words.say(
        "{scale}: the middle half lies between {low} and {high}",
        scale=words.scale_name(scale.id),
        low=words.score(low),
        high=words.score(high),
    )
    bottom, top = ends_of(scale, scores)
    if top >= AT_THE_END:
        return words.say("{finding}; {share} at the very top", finding=said, share=words.near_percent(top))
    if bottom >= AT_THE_END:
        return words.say(
            "{finding}; {share} at the very bottom", finding=said, share=words.near_percent(bottom)
        )
    return said


def ends_of(scale: ScaleKey, scores: Floats) -> tuple[float, float]:
    """The shares of scores at the lowest and the highest end."""
    return (
        float((scores <= scale.lo + _EPSILON).mean()),
        float((scores >= scale.hi - _EPSILON).mean()),
    )


# --- the tables ------------------------------------------------------------------------------------


def _table(manual: Manual, group: GroupEvidence) -> Table:
    words = manual.words
    labels = ("n", words.say("Mean"), "SD", words.say("Skew"), words.say("Quartiles"), words.say("Lowest"))
    widths = (15.0, 15.0, 14.0, 16.0, 34.0, 18.0)
    return Table(
        title=words.say("Scores: {sheets}", sheets=manual.group(group)),
        columns=(
            Column(label=words.say("Scale")),
            *(
                Column(label=label, kind="number", width=width)
                for label, width in zip(labels, widths, strict=True)
            ),
            Column(label=words.say("Highest"), kind="number", width=18),
        ),
        rows=tuple(_row(manual, group, scale) for scale in group.form.scales),
        note=words.say("SD with n − 1. Lowest, highest: the share of sheets at the very end of the scale."),
        small=True,
    )


def _row(manual: Manual, group: GroupEvidence, scale: ScaleKey) -> Row:
    words, scores = manual.words, group.scale_scores(scale.id)
    name = words.scale_name(scale.id)
    if scores.size < LEAST_FOR_DISTRIBUTION:
        return Row(head=name, cells=(str(scores.size), *(DASH,) * 6))
    found = describe(scores, constant="variance-not-positive")
    quartiles = [words.two(value) for value in np.quantile(scores, (0.25, 0.5, 0.75)).tolist()]
    bottom, top = ends_of(scale, scores)
    return Row(
        head=name,
        cells=(
            manual.whole(scores.size),
            manual.number(found.mean),
            manual.number(found.sd),
            manual.number(found.skew),
            " · ".join(quartiles),
            manual.share(bottom),
            manual.share(top),
        ),
    )


# --- the levels ------------------------------------------------------------------------------------


def _levels(manual: Manual, group: GroupEvidence) -> list[Block]:
    words, levels = manual.words, group.levels
    if levels is None:
        return []
    known = levels.level >= 0
    n = int(known.sum())
    if n < LEAST_FOR_DISTRIBUTION:
        return []
    shares = {level: float((levels.level[known] == row).mean()) for row, level in enumerate(levels.level_ids)}
    borderline = float(levels.borderline[known].mean())
    blocks: list[Block] = [
        Table(
            title=words.say("Levels: {sheets}", sheets=manual.group(group)),
            columns=(
                Column(label=words.say("Sheets with a level"), width=38),
                *(Column(label=level, kind="number", width=20) for level in sorted(shares)),
                Column(label=words.say("Borderline"), kind="number"),
            ),
            rows=(
                Row(
                    head=manual.whole(n),
                    cells=(
                        *(manual.share(shares[level]) for level in sorted(shares)),
                        manual.share(borderline),
                    ),
                ),
            ),
            note=words.say(
                "The most probable level of each sheet. Borderline: its probability is under {share}, with "
                "the provisional precision of the file.",
                share=words.percent(manual.definition.questionnaire.classification.borderline_below)
                if manual.definition.questionnaire.classification
                else "",
            ),
            small=True,
        )
    ]
    most = max(shares, key=lambda level: shares[level])
    if shares[most] > CROWDED:
        blocks.append(
            Remark(
                title=words.say("The cuts separate poorly here"),
                lines=(
                    words.say(
                        "{level} holds {share} of the sheets. A level that nearly everyone has tells little "
                        "apart. Read the scores and their intervals, and do not move the cut to even out "
                        "the numbers.",
                        level=most,
                        share=words.near_percent(shares[most]),
                    ),
                ),
            )
        )
    return blocks
