"""How large a change must be before it is more than noise."""

from __future__ import annotations

import math

from assess.scoring.precision import full_standard_error, interval_quantile
from questionnaires.definition import PerspectiveId
from reports.manual.blocks import Bullets, Column, Paragraph, Row, Table, Waiting
from reports.manual.draft import Draft
from reports.manual.sayings import DASH, Manual, rating


def change(manual: Manual) -> Draft:
    """Limits of reliable change for each scale, by the larger of both errors that are known."""
    words = manual.words
    limits = {
        perspective: _limits(manual, perspective)
        for perspective in manual.definition.questionnaire.perspectives
    }
    limits = {perspective: found for perspective, found in limits.items() if found}
    title = words.say("Change, and when it is real")
    lead = Paragraph(
        text=words.say(
            "A change between two occasions counts as real when it is larger than errors of measurement "
            "would make it in {percent} of cases: 1.645 · √2 · SEM (Jacobson & Truax). A smaller one may be "
            "noise.",
            percent=words.percent(0.90),
        ),
        kind="lead",
    )
    retest = Waiting(
        text=words.say(
            "How stable the scores of people are who have not changed is not known. Alpha covers only which "
            "items were asked, not the day on which they were answered; real stability is lower."
        ),
        needs=words.say("Waits for: two waves two to four weeks apart, with at least 100 people in both."),
    )
    if manual.evidence.is_situations:
        said = Paragraph(
            text=words.say(
                "Counts of twenty choices move by chance. Eight of twenty is compatible with a true share "
                "from 22 to 61% (Wilson’s 95% interval), so a change of one or two choices says nothing. No "
                "limit of reliable change is given."
            )
        )
        return Draft(title=title, state="waiting", blocks=(said, retest))
    if not limits:
        nothing = Waiting(
            text=words.say("Without a standard error no limit can be given."),
            needs=words.say("Waits for: a reliability and an SD of each scale."),
        )
        return Draft(title=title, state="waiting", blocks=(lead, nothing, retest))
    return Draft(
        title=title,
        state="partly",
        blocks=(lead, _table(manual, limits), Bullets(lines=_traps(manual)), retest),
    )


def _limits(manual: Manual, perspective: PerspectiveId) -> dict[str, float]:
    """1.645·√2·SEM by scale, in score units."""
    factor = interval_quantile(0.90) * math.sqrt(2)
    record = manual.definition.questionnaire.precision.get(perspective, {})
    errors = {scale: full_standard_error(precision) for scale, precision in record.items()}
    for group in manual.evidence.measured:
        if group.form.perspective == perspective and group.form.short_form is None and group.reliability:
            for scale in group.reliability.scales:
                if scale.sem is not None:
                    errors[scale.id] = max(scale.sem, errors.get(scale.id, 0.0))
    return {scale: factor * error for scale, error in errors.items()}


def _table(manual: Manual, limits: dict[PerspectiveId, dict[str, float]]) -> Table:
    words = manual.words
    scales = [
        scale
        for scale in manual.definition.questionnaire.scales
        if any(scale in found for found in limits.values())
    ]
    return Table(
        title=words.say("The change from which a difference counts as real, in points"),
        columns=(
            Column(label=words.say("Scale")),
            *(Column(label=rating(words, perspective), kind="number", width=40) for perspective in limits),
        ),
        rows=tuple(
            Row(
                head=words.scale_name(scale),
                cells=tuple(words.two(found[scale]) if scale in found else DASH for found in limits.values()),
            )
            for scale in scales
        ),
        note=words.say(
            "By the larger of the provisional and the local standard error, for sheets answered in full."
        ),
        small=True,
    )


def _traps(manual: Manual) -> tuple[str, ...]:
    words = manual.words
    return (
        words.say("Extreme scores move towards the middle by themselves (regression to the mean)."),
        words.say("A new rater, a new task or practice with the questionnaire changes scores too."),
        words.say(
            "For groups the paired difference with its interval is used: groups show smaller changes than "
            "people."
        ),
    )
