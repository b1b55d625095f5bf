"""The reliability of every scale that a form scores, with its items: what `assess reliability` prints."""

from __future__ import annotations

from assess.measurement.bootstrap import Resampling
from assess.measurement.items import option_counts
from assess.measurement.moments import moments
from assess.measurement.results import Bootstrap, Missing, Reliability
from assess.measurement.scale_analysis import analyse, sheets_of
from assess.scoring.form import Form
from assess.scoring.rating_scales import score
from assess.scoring.tally import Answers
from questionnaires.definition import Questionnaire

INTERVAL = 0.95
"""Coverage of the intervals: that of the usual programs."""
RESAMPLES = 1_000
SEED = 2026


def reliability(
    questionnaire: Questionnaire,
    form: Form,
    answers: Answers,
    *,
    missing: Missing = "pairwise",
    interval: float = INTERVAL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Reliability:
    """Item and scale analysis of one form; `form` is one of `questionnaire`.

    `answers`: uint8, rows as `form.items`, columns sheets; positions 1…m, 0 = missing. `interval` (0–1) is
    the coverage of the intervals; `resamples` 0 leaves the bootstrap out. Reversed items are keyed first.
    With `missing="pairwise"` a covariance rests on the sheets that answer both items, as in R's
    `psych::alpha`; with "listwise" those of a scale rest on the sheets that answer all of it.
    Raises `tally.BadAnswers`; `ValueError` for an interval outside 0–1, and for `resamples` below 0 or of 1.
    """
    if not 0 < interval < 1:
        raise ValueError(f"an interval's coverage lies between 0 and 1, not at {interval}")
    if resamples < 0 or resamples == 1:
        raise ValueError("there are no resamples or at least two")
    scored = score(form, answers, {})  # refuses what is no answer
    counts = option_counts(form.items, answers)
    together = moments(form.items, answers) if missing == "pairwise" else None
    analyses = []
    for row, scale in enumerate(form.scales):
        items = tuple(form.items[place] for place in scale.rows)
        sheets = sheets_of(scored, row, answers, missing)
        sums = moments(items, sheets.answers) if together is None else together.of(scale.rows)
        own_counts = tuple(counts[place] for place in scale.rows)
        analyses.append(
            analyse(scale, items, own_counts, sheets, sums, interval, Resampling(resamples, seed))
        )
    return Reliability(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        perspective=form.perspective,
        short_form=form.short_form,
        n=answers.shape[1],
        missing=missing,
        interval=interval,
        bootstrap=Bootstrap(resamples=resamples, seed=seed),
        scales=tuple(analyses),
    )
