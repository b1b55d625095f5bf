"""The table of scoring kinds: a new kind is one new module in this room and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from assess.scoring.form import Form
from assess.scoring.results import PrecisionRecord, Scored
from assess.scoring.scale_column import scale_results
from assess.scoring.style_column import style_results
from assess.scoring.tally import Answers
from questionnaires.definition import Questionnaire, RatingScales, Scoring, Situations

__all__ = ["SCORING_KINDS", "Score", "Scored", "UnknownScoringKind", "scoring_of"]

Score: TypeAlias = Callable[[Questionnaire, Form, Answers, PrecisionRecord], Iterable[Scored]]
"""(questionnaire, form, matrix with rows as `form.scored_item_ids`, precision in force) to one result for
each column, in order. Raises `tally.BadAnswers`, before the first result."""

SCORING_KINDS: Mapping[type[Scoring], Score] = {
    RatingScales: scale_results,
    Situations: style_results,
}
"""The type of `Questionnaire.scoring` → what scores its answers."""


class UnknownScoringKind(ValueError):
    """The questionnaire is well formed, but this version cannot score its kind yet."""


def scoring_of(questionnaire: Questionnaire) -> Score:
    """What scores the questionnaire's answers. Raises `UnknownScoringKind` for a kind not in the table."""
    kind = type(questionnaire.scoring)
    if kind not in SCORING_KINDS:
        tag = kind.__struct_config__.tag
        known = ", ".join(str(known.__struct_config__.tag) for known in SCORING_KINDS)
        raise UnknownScoringKind(f"{questionnaire.id} has scoring of kind {tag}; this version scores {known}")
    return SCORING_KINDS[kind]
