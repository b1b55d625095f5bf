"""What takes the place of reliability where styles are counted: chance, and how the choices fell."""

from __future__ import annotations

import numpy as np

from assess.scoring.form import Form, make_form
from assess.scoring.precision import Floats
from assess.scoring.situations import LEVELS, STYLES
from assess.scoring.style_chance import flexibility_chance, rows_of, weight_chance
from reports.manual.apart import where_answers_lie
from reports.manual.blocks import (
    Bin,
    Block,
    Bullets,
    Column,
    Heading,
    Histogram,
    Histograms,
    Paragraph,
    Row,
    Table,
    Waiting,
)
from reports.manual.draft import Draft
from reports.manual.evidence import LEAST_FOR_DISTRIBUTION, GroupEvidence
from reports.manual.sayings import DASH, Manual


def why_no_alpha(manual: Manual) -> Draft:
    """Why there is no reliability of style counts, and what is given in its place."""
    words = manual.words
    return Draft(
        title=words.say("Reliability, and why there is no alpha"),
        state="written",
        blocks=(
            Paragraph(
                text=words.say(
                    "The counts of the four styles add up to the number of situations: more of one is less "
                    "of another. Alpha, factor analysis and norms suppose that scales can vary freely. Here "
                    "they would give numbers without meaning, so none are given."
                ),
                kind="lead",
            ),
            Heading(text=words.say("What is given in its place")),
            Bullets(
                lines=(
                    words.say(
                        "For each style the share with an interval that follows from the number of choices."
                    ),
                    words.say("The probability that the most used style really is the most used."),
                    words.say("For flexibility and effectiveness what chance alone would give."),
                    words.say("Whether the same choices, put blindly, would fit the situations as well."),
                    words.say(
                        "For the key, how well readers who do not know it agree with it (content review)."
                    ),
                )
            ),
            _chance(manual),
            Waiting(
                text=words.say("Whether the same leader would choose alike some weeks later is not known."),
                needs=words.say(
                    "Waits for: the same leaders in two waves two to four weeks apart, at least 50."
                ),
            ),
        ),
    )


def _chance(manual: Manual) -> Table:
    words, questionnaire = manual.words, manual.definition.questionnaire
    rows = []
    for perspective in questionnaire.perspectives:
        form = make_form(questionnaire, perspective)
        if not form.situations:
            continue
        rows += _chance_rows(manual, form)
    return Table(
        title=words.say("What chance alone gives, each action with probability 1/4"),
        columns=(
            Column(label=words.say("Figure")),
            Column(label=words.say("Situations"), kind="number", width=24),
            Column(label=words.say("Range"), kind="number", width=24),
            Column(label=words.say("Mean by chance"), kind="number", width=32),
            Column(label=words.say("SD by chance"), kind="number", width=28),
        ),
        rows=tuple(rows),
        note=words.say("Exact distributions, no simulation. A figure is read as its distance from chance."),
        strong=True,
    )


def _chance_rows(manual: Manual, form: Form) -> list[Row]:
    words = manual.words
    number = len(form.situations)
    name = manual.form(form)
    weights = weight_chance(rows_of((tuple(key.weights[s] for s in STYLES), 1) for key in form.situations))
    lowest = sum(min(key.weights.values()) for key in form.situations)
    highest = sum(max(key.weights.values()) for key in form.situations)
    found = []
    if form.complete:
        flexibility = flexibility_chance(number)
        found.append(
            Row(
                head=words.say("Flexibility ({sheets})", sheets=name),
                cells=(str(number), f"0{DASH}30", words.two(flexibility.mean), words.two(flexibility.sd)),
            )
        )
    found.append(
        Row(
            head=words.say("Sum of points ({sheets})", sheets=name),
            cells=(str(number), f"{lowest}{DASH}{highest}", words.two(weights.mean), words.two(weights.sd)),
        )
    )
    return found


# --- how the answers are spread --------------------------------------------------------------------


def style_distributions(manual: Manual) -> Draft:
    """Flexibility, effectiveness, and the share of each style in each situation."""
    words = manual.words
    title = words.say("How the choices are spread")
    groups = [group for group in manual.evidence.measured if group.styles is not None]
    if not groups and manual.evidence.is_kept:
        return Draft(title=title, state="apart", blocks=(where_answers_lie(manual),))
    if not groups:
        return Draft(
            title=title,
            state="waiting",
            blocks=(
                Waiting(
                    text=words.say("There are not enough answers to show how choices are spread."),
                    needs=words.say(
                        "Waits for: {least} people of one perspective.", least=str(LEAST_FOR_DISTRIBUTION)
                    ),
                ),
            ),
        )
    blocks: list[Block] = []
    for group in groups:
        if len(groups) > 1:
            blocks.append(Heading(text=manual.group(group)))
        blocks += [*_pictures(manual, group), _choices(manual, group)]
    return Draft(title=title, state="measured", blocks=tuple(blocks))


def _pictures(manual: Manual, group: GroupEvidence) -> list[Block]:
    words, styles = manual.words, group.styles
    assert styles is not None
    if not group.form.complete or int(styles.enough.sum()) < LEAST_FOR_DISTRIBUTION:
        return []
    flexibility = styles.flexibility[styles.enough]
    points = styles.weight_sum[styles.enough].astype(np.float64)
    number = len(group.form.situations)
    by_chance = flexibility_chance(number).mean
    weights = weight_chance(
        rows_of((tuple(key.weights[s] for s in STYLES), 1) for key in group.form.situations)
    )
    charts = (
        _histogram(
            manual, words.say("Flexibility"), flexibility[~np.isnan(flexibility)], (0.0, 30.0), by_chance
        ),
        _histogram(
            manual,
            words.say("Effectiveness"),
            points,
            (
                float(sum(min(key.weights.values()) for key in group.form.situations)),
                float(sum(max(key.weights.values()) for key in group.form.situations)),
            ),
            weights.mean,
        ),
    )
    return [
        Histograms(
            charts=charts,
            caption=words.say(
                "Share of the sheets in percent. The triangle is the mean, the dashed line what chance "
                "gives on average."
            ),
        )
    ]


def _histogram(
    manual: Manual, name: str, values: Floats, ends: tuple[float, float], chance: float
) -> Histogram:
    words = manual.words
    edges = np.linspace(*ends, 11)
    counts, _ = np.histogram(np.clip(values, *ends), edges)
    above = float((values > chance).mean())
    return Histogram(
        name=name,
        finding=words.say(
            "{figure}: {share} of the sheets lie above the chance mean of {chance}",
            figure=name,
            share=words.near_percent(above),
            chance=words.score(chance),
        ),
        lo=ends[0],
        hi=ends[1],
        bins=tuple(
            Bin(low=float(low), high=float(high), share=float(count / values.size))
            for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
        ),
        mean=float(values.mean()),
        cut=chance,
        ticks=tuple((float(place), words.whole(float(place))) for place in np.linspace(*ends, 6)),
    )


def _choices(manual: Manual, group: GroupEvidence) -> Table:
    words = manual.words
    answers = group.group.answers[len(group.form.items) :]
    rows: list[Row] = []
    for level in LEVELS:
        keys = [(row, key) for row, key in enumerate(group.form.situations) if key.calls_for == level]
        if not keys:
            continue
        rows.append(Row(head=words.say("Called for: {level}", level=level), group=True))
        for row, key in keys:
            given = answers[row][answers[row] > 0]
            if given.size < LEAST_FOR_DISTRIBUTION:
                rows.append(Row(head=key.id, cells=(DASH,) * 6))
                continue
            shares = {style: float((given == key.actions.index(style) + 1).mean()) for style in STYLES}
            cells = [words.near_percent(shares[style]) for style in STYLES]
            rows.append(
                Row(
                    head=key.id,
                    cells=(manual.whole(given.size), *cells, words.near_percent(shares[key.best_style])),
                )
            )
    return Table(
        title=words.say("Choices in each situation: {sheets}", sheets=manual.group(group)),
        columns=(
            Column(label=words.say("Situation")),
            Column(label="n", kind="number", width=18),
            *(Column(label=style, kind="number", width=20) for style in STYLES),
            Column(label=words.say("Fits best"), kind="number", width=26),
        ),
        rows=tuple(rows),
        note=words.say(
            "An action that nearly everyone or nearly nobody chooses tells little: read it again for tone. "
            "Shares describe the group and rank nobody."
        ),
        small=True,
    )
