"""Fairness: do groups differ, and are items answered alike by people of equal scores?"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from assess.measurement.dif import LEAST_PER_GROUP
from assess.scoring.precision import Floats
from reports.manual.apart import from_a_file_only, where_answers_lie
from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Strip, Table, Waiting
from reports.manual.compared_groups import Comparison, comparisons
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION
from reports.manual.item_bias import dif_blocks, item_dif
from reports.manual.sayings import DASH, Manual

COVERAGE = 0.95
LIMITS = (0.25, 0.5, 1.0, 2.0, 5.0)
"""Where the axis of differences may end, in points."""


def fairness(manual: Manual) -> Draft:
    """Differences between perspectives and languages, then differential item functioning."""
    words = manual.words
    if manual.evidence.is_situations:
        return _of_situations(manual)
    found = list(comparisons(manual))
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "A difference between groups is not unfair by itself: groups can differ in what is "
                "measured. An item is unfair when people with the same score answer it differently because "
                "of their group."
            ),
            kind="lead",
        ),
        Heading(text=words.say("Mean differences")),
    ]
    for comparison in found:
        blocks.append(_differences(manual, comparison))
    blocks += _waiting_for_groups(manual, found)
    blocks.append(Heading(text=words.say("Items that work differently")))
    blocks += [from_a_file_only(manual)] if manual.evidence.is_kept else dif_blocks(manual, found)
    return Draft(
        title=words.say("Fairness between groups"),
        state="measured"
        if any(item.dif.reason is None for item in item_dif(manual))
        else "partly"
        if found
        else "waiting",
        blocks=tuple(blocks),
    )


# --- mean differences ------------------------------------------------------------------------------


def _differences(manual: Manual, comparison: Comparison) -> Table:
    words = manual.words
    found = {}
    for scale in comparison.second.form.scales:
        first, second = comparison.first.scale_scores(scale.id), comparison.second.scale_scores(scale.id)
        if min(first.size, second.size) >= LEAST_FOR_DISTRIBUTION:
            found[scale.id] = (first, second, mean_difference(first, second))
    farthest = max((max(abs(low), abs(high)) for _, _, (_, low, high, _) in found.values()), default=0.0)
    limit = next((limit for limit in LIMITS if farthest <= limit), LIMITS[-1])
    ticks = tuple((place, words.signed_short(place)) for place in (-limit, 0.0, limit))
    return Table(
        title=comparison.title(manual),
        columns=(
            Column(label=words.say("Scale")),
            Column(label=words.say("First"), kind="number", width=14),
            Column(label=words.say("Second"), kind="number", width=15),
            Column(label=words.say("Difference"), kind="number", width=19),
            Column(label=words.say("Interval (95%)"), kind="number", width=29),
            Column(label="", kind="strip", width=36, ticks=ticks),
            Column(label="d", kind="number", width=13),
        ),
        rows=tuple(
            _difference_row(manual, scale, first, second, limit)
            for scale, (first, second, _) in found.items()
        ),
        note=words.say(
            "First: {first}. Second: {second}. Interval by Welch, as if the sheets were independent. "
            "d: the difference in SDs of both groups taken together.",
            first=comparison.reference,
            second=comparison.focal,
        ),
        small=True,
    )


def _difference_row(manual: Manual, scale_id: str, first: Floats, second: Floats, limit: float) -> Row:
    words = manual.words
    difference, low, high, effect = mean_difference(first, second)
    name, interval = words.scale_name(scale_id), f"{words.signed(low)} … {words.signed(high)}"
    return Row(
        head=name,
        cells=(
            words.two(float(first.mean())),
            words.two(float(second.mean())),
            words.signed(difference),
            interval,
            DASH if effect is None else words.signed(effect),
        ),
        strip=Strip(
            finding=f"{name}: {words.signed(difference)} ({interval})",
            lo=-limit,
            hi=limit,
            value=difference,
            low=low,
            high=high,
            lines=(0.0,),
        ),
    )


def mean_difference(first: Floats, second: Floats) -> tuple[float, float, float, float | None]:
    """Second − first with Welch's interval (score units), and Cohen's d with the pooled SD (None: no SD).

    At least two scores in each group.
    """
    parts = [group.var(ddof=1) / group.size for group in (first, second)]
    error = float(np.sqrt(sum(parts)))
    difference = float(second.mean() - first.mean())
    if error == 0:
        return difference, difference, difference, None
    df = float(sum(parts)) ** 2 / sum(
        part**2 / (group.size - 1) for part, group in zip(parts, (first, second), strict=True) if part > 0
    )
    reach = float(stdtrit(df, (1 + COVERAGE) / 2)) * error
    pooled = np.sqrt(
        sum(group.var(ddof=1) * (group.size - 1) for group in (first, second))
        / (first.size + second.size - 2)
    )
    return difference, difference - reach, difference + reach, float(difference / pooled)


def _waiting_for_groups(manual: Manual, found: list[Comparison]) -> list[Block]:
    words, questionnaire = manual.words, manual.definition.questionnaire
    blocks: list[Block] = []
    if manual.evidence.is_kept:
        return [where_answers_lie(manual), _not_asked(manual)]
    known = any(group.group.languages for group in manual.evidence.groups)
    if len(questionnaire.languages) > 1 and not known:
        blocks.append(
            Waiting(
                text=words.say("The answers do not say in which language they were given."),
                needs=words.say(
                    "Waits for: at least ten people in each of two languages, {least} for the single items.",
                    least=str(LEAST_PER_GROUP),
                ),
            )
        )
    elif not found:
        blocks.append(
            Waiting(
                text=words.say("There are no two groups to compare."),
                needs=words.say("Waits for: at least ten people in each of two groups."),
            )
        )
    return [*blocks, _not_asked(manual)]


def _not_asked(manual: Manual) -> Waiting:
    words = manual.words
    return Waiting(
        text=words.say(
            "Sex, age, origin and disability are not asked, so fairness towards these groups is unknown."
        ),
        needs=words.say(
            "Waits for: a study with consent, in which these are asked, with {least} people in each group.",
            least=str(LEAST_PER_GROUP),
        ),
    )


def _of_situations(manual: Manual) -> Draft:
    words = manual.words
    return Draft(
        title=words.say("Fairness between groups"),
        state="waiting",
        blocks=(
            Bullets(
                lines=(
                    words.say(
                        "Counts of styles are never compared between groups, because they add up to a "
                        "constant."
                    ),
                    words.say("What can be compared is the fit with the situations, and single situations."),
                )
            ),
            Waiting(
                text=words.say("No such comparison has been made."),
                needs=words.say(
                    "Waits for: {least} leaders in each of two groups.", least=str(LEAST_PER_GROUP)
                ),
            ),
        ),
    )
