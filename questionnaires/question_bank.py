"""The frozen types of a bank of questions for development talks. Pure: no file or clock is touched here.

`question-bank.yaml` becomes a `BankStructure`, `da.yaml` and its like `BankTexts`; together they are a
`QuestionBank`. Which of its questions a talk gets is decided in `assess/talks/questions.py`. The format is
described in `questionnaires/README.md`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import msgspec

from questionnaires.definition import Provenance
from questionnaires.terms import LanguageId, Node

QuestionPattern: TypeAlias = Literal[
    "both-low",
    "both-high",
    "own-higher",
    "manager-higher",
    "low",
    "high",
    "rose",
    "fell",
    "mixed",
    "between-needs",
    "frames",
    "no-questionnaire",
    "opening",
    "closing",
]
"""What in two views, in one view or in the talk itself a question belongs to.

Of a scale: `both-low`, `both-high` (the two views agree), `own-higher`, `manager-higher` (they differ beyond
error), `low`, `high` (there is one view only), `rose`, `fell` (a real change), `mixed` (a facet is clearly
lower than the rest of its domain). Of the talk: `between-needs` (a borderline level), `frames` (workload and
frames, beside low psychological scores), `no-questionnaire` (nobody has answered, or little stands out),
`opening`, `closing`.
"""
AskedBy: TypeAlias = Literal["both", "holder", "person"]
"""Who asks: whoever holds the talk, the person whom it is about, or either of them."""

PATTERNS: tuple[QuestionPattern, ...] = get_args(QuestionPattern)
OF_A_SCALE: frozenset[QuestionPattern] = frozenset(PATTERNS[: PATTERNS.index("mixed") + 1])
"""Patterns whose questions are about one scale."""


class BankQuestion(Node, frozen=True):
    """One question. Without `scale` it fits every scale that shows its pattern."""

    id: str
    pattern: QuestionPattern
    scale: str | None = None
    ask: AskedBy = "both"


class BankStructure(Node, frozen=True):
    """The structure of a bank: everything but the words. `frames_beside` maps the psychological scales,
    facets and domain, to the score under which a question about frames and workload is put beside them."""

    format: Literal[1]
    id: str
    version: str
    questionnaire: str
    source_language: LanguageId
    languages: tuple[LanguageId, ...]
    questions: tuple[BankQuestion, ...]
    provenance: Provenance
    frames_beside: dict[str, float] = msgspec.field(default_factory=dict)


class BankTexts(Node, frozen=True):
    """All words of one language. `reasons` say for each pattern why its questions are here: a neutral line
    that stands beside the question. `translates` is as in a questionnaire's texts."""

    language: LanguageId
    title: str
    about: str
    reasons: dict[QuestionPattern, str]
    questions: dict[str, str]
    translates: dict[str, str] = msgspec.field(default_factory=dict)


class QuestionBank(BankStructure, frozen=True):
    """A whole bank: structure and words."""

    texts: dict[LanguageId, BankTexts] = msgspec.field(default_factory=dict)

    def question(self, question_id: str, language: LanguageId) -> str:
        """The words of a question, in the bank's source language where it lacks this one; its placeholders
        (`{customers}` …) are still to be filled in. Raises `KeyError` for an unknown id."""
        return self._texts(language).questions[question_id]

    def reason(self, pattern: QuestionPattern, language: LanguageId) -> str:
        """Why questions of a pattern are asked, in words. Raises `KeyError` where no question has it."""
        return self._texts(language).reasons[pattern]

    def _texts(self, language: LanguageId) -> BankTexts:
        return self.texts.get(language) or self.texts[self.source_language]
