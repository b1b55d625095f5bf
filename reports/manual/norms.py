"""Norms: how scores are spread in a reference group, or why there are none."""

from __future__ import annotations

from assess.measurement.norms import LEAST_PEOPLE, NormTable
from reports.manual.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.evidence import GroupEvidence
from reports.manual.sayings import DASH, Manual, rating


def norms(manual: Manual) -> Draft:
    """Tables where a group is large enough."""
    words = manual.words
    title = words.say("Norms")
    if manual.evidence.is_situations:
        return Draft(title=title, state="not-applicable", blocks=(_no_norms_on_styles(manual),))
    groups = [
        group for group in manual.evidence.measured if any(table.reason is None for _, table in group.norms)
    ]
    if not groups:
        in_force = _in_force(manual)
        if in_force:
            return Draft(title=title, state="partly", blocks=in_force)
        if manual.evidence.is_kept:
            return Draft(title=title, state="waiting", blocks=(_not_built(manual),))
        return Draft(title=title, state="waiting", blocks=_waiting(manual))
    blocks: list[Block] = [
        Paragraph(
            text=words.say(
                "These norms describe the people in this file and nobody else. They are for groups and for "
                "this manual: no report gives a named person a percentile. In force are only norms that an "
                "administrator has built from finished waves, with a date and a version."
            ),
            kind="lead",
        ),
        *_in_force(manual),
        Bullets(lines=_how(manual)),
    ]
    for group in groups:
        blocks += [Heading(text=manual.group(group)), _percentiles(manual, group), _stanines(manual, group)]
    return Draft(title=title, state="measured", blocks=tuple(blocks))


def _no_norms_on_styles(manual: Manual) -> Paragraph:
    return Paragraph(
        text=manual.words.say(
            "There are none, and there will be none on single styles. The counts of the four styles add up "
            "to a constant, so one leader’s count of a style cannot be compared with another’s."
        )
    )


def _in_force(manual: Manual) -> tuple[Block, ...]:
    """The norms that an administrator has built."""
    words = manual.words
    lines = []
    for one in manual.evidence.records.norms:
        said = words.say(
            "In force: {rating}, version {version} of {day}, from {people} people.",
            rating=rating(words, one.perspective),
            version=str(one.version),
            day=words.day(one.day),
            people=manual.whole(one.people),
        )
        lines.append(said + (" " + words.say("The norms are smoothed.") if one.smoothed else ""))
    return (Bullets(lines=tuple(lines)),) if lines else ()


def _not_built(manual: Manual) -> Waiting:
    words = manual.words
    return Waiting(
        text=words.say("No norms are in force."),
        needs=words.say(
            "Waits for: an administrator who builds them, from finished waves with {least} people.",
            least=str(LEAST_PEOPLE),
        ),
    )


def _waiting(manual: Manual) -> tuple[Block, ...]:
    words = manual.words
    return (
        Waiting(
            text=words.say(
                "There are no norms. Fewer than {least} people are no reference group, by the EFPA review "
                "model (4.2.6).",
                least=str(LEAST_PEOPLE),
            ),
            needs=words.say(
                "Waits for: finished waves with {least} people of one perspective.", least=str(LEAST_PEOPLE)
            ),
        ),
        Paragraph(
            text=words.say(
                "Until then reports compare nobody with anybody. Scores are read against the words of the "
                "answers, whatever others answer."
            )
        ),
    )


def _how(manual: Manual) -> tuple[str, ...]:
    words = manual.words
    return (
        words.say(
            "Percentile: the share below a score and half of those at it. Stanine and T follow from it by "
            "the normal curve; nothing is smoothed."
        ),
        words.say("Group T = 50 + 10 · (group mean − mean) / SD, with the mean and SD of the table."),
        words.say("The review model calls 200 people adequate, 300 good and 1,000 excellent."),
    )


def _tables(group: GroupEvidence) -> list[tuple[str, NormTable]]:
    return [(scale.id, table) for scale, table in group.norms if table.reason is None]


def _percentiles(manual: Manual, group: GroupEvidence) -> Table:
    words = manual.words
    wanted = (10, 25, 50, 75, 90)
    rows = []
    for scale_id, table in _tables(group):
        cells = [
            manual.whole(table.n),
            manual.number(table.mean),
            manual.number(table.mean_se),
            manual.number(table.sd),
        ]
        cells += [manual.number(_score_at(table, percent)) for percent in wanted]
        rows.append(Row(head=words.scale_name(scale_id), cells=tuple(cells)))
    return Table(
        title=words.say("Mean, SD and scores at five percentiles"),
        columns=(
            Column(label=words.say("Scale")),
            Column(label="n", kind="number", width=15),
            Column(label=words.say("Mean"), kind="number", width=15),
            Column(label=words.say("Its SE"), kind="number", width=15),
            Column(label="SD", kind="number", width=14),
            *(Column(label=f"P{percent}", kind="number", width=14) for percent in wanted),
        ),
        rows=tuple(rows),
        note=words.say(
            "The lowest score whose percentile reaches the one named. A percentile near 50 has a standard "
            "error of about {error} here.",
            error=words.short(_error_at_half(group)),
        ),
        small=True,
    )


def _score_at(table: NormTable, percent: float) -> float | None:
    return next((row.score for row in table.rows if row.percentile >= percent), None)


def _error_at_half(group: GroupEvidence) -> float:
    """The largest standard error of a percentile between 40 and 60, in percentage points."""
    errors = [
        row.percentile_se for _, table in _tables(group) for row in table.rows if 40 <= row.percentile <= 60
    ]
    return max(errors, default=0.0)


def _stanines(manual: Manual, group: GroupEvidence) -> Table:
    words = manual.words
    rows = []
    for scale_id, table in _tables(group):
        lowest = {
            stanine: next((row.score for row in table.rows if row.stanine == stanine), None)
            for stanine in range(1, 10)
        }
        cells = tuple(DASH if lowest[n] is None else manual.number(lowest[n]) for n in range(1, 10))
        rows.append(Row(head=words.scale_name(scale_id), cells=cells))
    return Table(
        title=words.say("The score from which each stanine begins"),
        columns=(
            Column(label=words.say("Scale")),
            *(Column(label=str(stanine), kind="number", width=13) for stanine in range(1, 10)),
        ),
        rows=tuple(rows),
        note=words.say(
            "A dash: no possible score has this stanine, or nobody has such a score. All rows with standard "
            "errors, T and sten stand in the attached file."
        ),
        small=True,
    )
