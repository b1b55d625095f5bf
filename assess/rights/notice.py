"""Who will see what, in plain words, from the same table that `may()` enforces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assess.rights.rules import ASKED_OF, Refusal, Rule, outcome_of
from assess.rights.table import RULES, TABLE
from questionnaires.definition import Definition, PerspectiveId, Questionnaire

LANGUAGE_FOLDER = Path(__file__).parent / "language"
"""Catalogues with the translations of every statement."""

NOBODY_ELSE = "Nobody else in your organisation sees your answers."
"""True because `may()` refuses what no rule allows."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A few sentences for the respondent. `message` is a message id of the catalogue; `rule` is what
    enforces it, None where it is that no rule allows it."""

    message: str
    rule: Rule | None


def notice(definition: Definition, perspective: PerspectiveId) -> tuple[Statement, ...]:
    """What a respondent of `perspective` reads before the first question, in the order of the table.

    A rule that this questionnaire cannot come under (another privacy or outcome, a perspective that it does
    not have) is left out, and so is a refusal that does not hold in it.
    """
    questionnaire = definition.questionnaire
    return (
        *(
            statement
            for entry in TABLE
            if perspective in entry.statements and _concerns(entry, questionnaire, perspective)
            for statement in _statements(entry, perspective)
        ),
        Statement(NOBODY_ELSE, None),
    )


def _statements(entry: Rule | Refusal, perspective: PerspectiveId) -> tuple[Statement, ...]:
    if isinstance(entry, Rule):
        return (Statement(entry.statements[perspective], entry),)
    return tuple(Statement(message, None) for message in entry.statements[perspective])


def _concerns(entry: Rule | Refusal, questionnaire: Questionnaire, reader: PerspectiveId) -> bool:
    """Whether sheets of this questionnaire come under a rule, or nothing in it contradicts a refusal."""
    if isinstance(entry, Rule):
        # What respondents may do is told to them about their own sheets, not about others'.
        of = entry.of & {reader} if entry.who == "respondent" else entry.of
        outcome = outcome_of(questionnaire)
        is_possible = (entry.who != "manager" or "manager" in questionnaire.perspectives) and all(
            ASKED_OF.get(condition, outcome) == outcome for condition in entry.when
        )
        return is_possible and any(_has(questionnaire, one, entry) for one in of)
    return any(_has(questionnaire, one, entry) for one in entry.of) and not any(
        rule.who == entry.who and rule.of & entry.of and _concerns(rule, questionnaire, reader)
        for rule in RULES
    )


def _has(questionnaire: Questionnaire, perspective: PerspectiveId, entry: Rule | Refusal) -> bool:
    return (
        perspective in questionnaire.perspectives and questionnaire.privacy_of(perspective) in entry.privacy
    )
