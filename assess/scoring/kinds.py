"""The table of scoring kinds: a new kind is one new module in this room and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from assess.scoring import rating_scales
from assess.scoring.form import Form
from assess.scoring.rating_scales import ScaleScores
from assess.scoring.tally import Answers
from questionnaires.definition import Precision, Questionnaire, RatingScales, Scoring

Score: TypeAlias = Callable[[Form, Answers, Mapping[str, Precision]], ScaleScores]

SCORING_KINDS: Mapping[type[Scoring], Score] = {
    RatingScales: rating_scales.score,
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
