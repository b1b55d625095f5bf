"""Who will see what, in plain words, from the same table that `may()` enforces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from babel.dates import format_date

from assess.language.catalogue import catalogue
from assess.rights.rules import ASKED_OF, Refusal, Rule
from assess.rights.table import RULES, TABLE
from assess.rights.terms import Terms
from assess.rights.things import outcome_of
from questionnaires.definition import Definition, LanguageId, PerspectiveId, Questionnaire

LANGUAGE_FOLDER = Path(__file__).parent / "language"
"""Catalogues with the translations of every statement."""

NOBODY_ELSE = "Nobody else in your organisation sees your answers."
"""True because `may()` refuses what no rule allows."""

_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Statement:
    """A few sentences for the respondent. `message` is a message id of the catalogue; `rule` is what
    enforces it, None where it is that no rule allows it, or what the wave's plan says."""

    message: str
    rule: Rule | None
    values: Mapping[str, object] = field(default_factory=dict)
    """What the message names: `message % values`, dates written in the reader's language by `in_words`."""


def notice(
    definition: Definition, perspective: PerspectiveId, terms: Terms | None = None
) -> tuple[Statement, ...]:
    """What a respondent of `perspective` reads before the first question: the table in its order, then what
    the plan of the wave says (`terms`; none is told where there are none).

    A rule that this questionnaire cannot come under (another privacy or outcome, a perspective that it does
    not have) is left out, and so is a refusal that does not hold in it.
    """
    questionnaire = definition.questionnaire
    terms = terms or Terms()
    said = (
        *(
            statement
            for entry in TABLE
            if perspective in entry.statements and _concerns(entry, questionnaire, perspective)
            for statement in _statements(entry, perspective)
        ),
        Statement(NOBODY_ELSE, None),
        *(Statement(message, None) for message in terms.messages()),
    )
    return tuple(_with_values(statement, terms.values()) for statement in said)


def in_words(statement: Statement, language: LanguageId) -> str:
    """A statement as it is read in a language, with its numbers and dates."""
    words = catalogue(language, LANGUAGE_FOLDER).gettext(statement.message)
    if not statement.values:
        return words
    locale = "en_GB" if language == "en" else language
    return words % {
        name: format_date(value, "long", locale=locale) if isinstance(value, date) else value
        for name, value in statement.values.items()
    }


def _with_values(statement: Statement, values: Mapping[str, object]) -> Statement:
    named = _NAMED.findall(statement.message)
    return Statement(statement.message, statement.rule, {name: values[name] for name in named})


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
