"""Who will see what, in plain words, from the same table that `may()` enforces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assess.rights.rules import RULES, Rule
from questionnaires.definition import Definition, PerspectiveId

LANGUAGE_FOLDER = Path(__file__).parent / "language"
"""Catalogues with the translations of every statement."""

NOBODY_ELSE = "Nobody else in your organisation sees your answers."
"""True because `may()` refuses what no rule allows."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or two for the respondent. `message` is a message id of the catalogue; `rule` is what
    enforces it, None for the closing statement."""

    message: str
    rule: Rule | None


def notice(definition: Definition, perspective: PerspectiveId) -> tuple[Statement, ...]:
    """What a respondent of `perspective` reads before the first question, in the order of the table.

    A rule that this questionnaire cannot come under (another privacy, a perspective that it does not
    have) is left out.
    """
    questionnaire = definition.questionnaire
    return (
        *(
            Statement(rule.statements[perspective], rule)
            for rule in RULES
            if perspective in rule.statements
            and questionnaire.privacy in rule.privacy
            and not rule.of.isdisjoint(questionnaire.perspectives)
            and (rule.who != "manager" or "manager" in questionnaire.perspectives)
        ),
        Statement(NOBODY_ELSE, None),
    )
