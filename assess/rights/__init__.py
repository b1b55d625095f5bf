"""Who may do what: one table, one function that reads it, and the notice made of the same table.

Pure: what a decision needs to know comes in as a value. Everything that is not in the table is refused.
"""

from __future__ import annotations

from assess.rights.notice import Statement, in_words, notice
from assess.rights.rules import ACTIONS, Action, Refusal, Rule
from assess.rights.table import REFUSALS, RULES, may
from assess.rights.terms import LEGAL_BASES, Terms
from assess.rights.things import (
    Actor,
    Administration,
    Affairs,
    Pool,
    PublishedGroup,
    TalkOf,
    TalkWith,
    Thing,
    UnitOf,
    outcome_of,
)

__all__ = [
    "ACTIONS",
    "LEGAL_BASES",
    "REFUSALS",
    "RULES",
    "Action",
    "Actor",
    "Administration",
    "Affairs",
    "Pool",
    "PublishedGroup",
    "Refusal",
    "Rule",
    "Statement",
    "TalkOf",
    "TalkWith",
    "Terms",
    "Thing",
    "UnitOf",
    "in_words",
    "may",
    "notice",
    "outcome_of",
]
