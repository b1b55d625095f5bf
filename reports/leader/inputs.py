"""What a leader's view is made from, and the names that every part of it uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assess.scoring.results import Profile
from assess.scoring.style_results import Match, StylesResult, StylesTrace
from assess.scoring.trace import explain_styles
from questionnaires.definition import (
    Definition,
    LevelId,
    Situations,
    SituationTexts,
    StyleId,
)
from reports.view.words import Words

STYLES: tuple[StyleId, ...] = ("S1", "S2", "S3", "S4")
"""From the tightest to the loosest."""
LEVELS: tuple[LevelId, ...] = ("M1", "M2", "M3", "M4")


@dataclass(frozen=True, slots=True)
class MatchEntry:
    """The match with one employee in one job area; `name` is the whole name, by which entries are sorted.

    `wave` (its name) and `rated_on`: of the leader's rating, where that is known. `agreement_from`: from
    which agreement on that questionnaire gives advice.
    """

    name: str
    first_name: str
    job_area: str
    match: Match
    wave: str = ""
    rated_on: date | None = None
    agreement_from: float = 0.50


@dataclass(frozen=True, slots=True)
class Leader:
    """One leader's result as the builders of the view see it."""

    definition: Definition
    words: Words
    profile: Profile
    result: StylesResult
    trace: StylesTrace

    @property
    def scoring(self) -> Situations:
        """The rule of the questionnaire."""
        scoring = self.definition.questionnaire.scoring
        assert isinstance(scoring, Situations)
        return scoring

    @property
    def enough(self) -> bool:
        """Whether as many situations are answered as a result needs."""
        return bool(self.result.uses)

    def listing(self, styles: tuple[StyleId, ...], *, capital: bool = False) -> str:
        """Style names in a row as inside a sentence; `capital`: the row begins one."""
        said = self.words.listing([self.words.style_mention(style) for style in styles])
        return said[:1].upper() + said[1:] if capital else said

    def need(self, level: LevelId) -> str:
        """A level in words of need."""
        return need(self.words, level)

    def calls_for(self, level: LevelId) -> StyleId:
        """The style that counts most at a level."""
        weights = self.scoring.weights[level]
        return max(STYLES, key=lambda style: weights[style])

    def situation(self, item_id: str) -> SituationTexts:
        """The words of a situation as this respondent read them, filled."""
        twins = self.words.texts.items[item_id]
        text = twins.get(self.profile.perspective) or next(iter(twins.values()))
        assert isinstance(text, SituationTexts)
        first, second, third, fourth = (self.words.fill(action) for action in text.actions)
        return SituationTexts(
            situation=self.words.fill(text.situation), actions=(first, second, third, fourth)
        )


def need(words: Words, level: LevelId) -> str:
    """A level in words of need; the questionnaire's own words where it has them."""
    texts = words.texts.levels.get(level)
    if texts:
        return words.fill(texts.need).rstrip(".")
    return {
        "M1": words.say("Clear instruction helps here"),
        "M2": words.say("Instruction, explanation and practice help here"),
        "M3": words.say("Support and a listening ear help here"),
        "M4": words.say("A free hand and new challenges help here"),
    }[level]


def make_leader(definition: Definition, words: Words, profile: Profile) -> Leader:
    """Checks what was handed in.

    Raises `ValueError` for a profile of another questionnaire, or one without a leadership style.
    """
    if profile.questionnaire_id != definition.questionnaire.id:
        raise ValueError(f"a profile of {profile.questionnaire_id}, not of {definition.questionnaire.id}")
    if profile.styles is None:
        raise ValueError(f"{definition.questionnaire.id} does not measure leadership style")
    return Leader(definition, words, profile, profile.styles, explain_styles(definition, profile))
