"""Who may do what: one table, one function that reads it, and the notice made of the same table.

Pure: what a decision needs to know comes in as a value. Everything that is not in the table is refused.
"""

from __future__ import annotations

from assess.rights.notice import Statement, notice
from assess.rights.rules import ACTIONS, Action, Actor, Administration, Pool, Refusal, Rule, Thing, outcome_of
from assess.rights.table import REFUSALS, RULES, may

__all__ = [
    "ACTIONS",
    "REFUSALS",
    "RULES",
    "Action",
    "Actor",
    "Administration",
    "Pool",
    "Refusal",
    "Rule",
    "Statement",
    "Thing",
    "may",
    "notice",
    "outcome_of",
]
