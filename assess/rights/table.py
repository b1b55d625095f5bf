"""The table who may do what to what, and `may()`, which reads it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assess.rights.organisation_rules import GROUP_RULES, ORGANISATION_RULES
from assess.rights.rules import ACTIONS, CONDITIONS, RELATIONS, Action, Refusal, Rule, speaks_of
from assess.rights.sheet_rules import SHEET_TABLE
from assess.rights.talk_rules import TALK_RULES
from assess.rights.things import Actor, Asked

TABLE: tuple[Rule | Refusal, ...] = (*SHEET_TABLE, *GROUP_RULES, *ORGANISATION_RULES, *TALK_RULES)
"""In the order in which a notice tells it."""

RULES: tuple[Rule, ...] = tuple(entry for entry in TABLE if isinstance(entry, Rule))
REFUSALS: tuple[Refusal, ...] = tuple(entry for entry in TABLE if isinstance(entry, Refusal))

_BY_ACTION: Mapping[Action, tuple[Rule, ...]] = MappingProxyType(
    {action: tuple(rule for rule in RULES if rule.action == action) for action in ACTIONS}
)


def may(actor: Actor, action: Action, thing: Asked) -> bool:
    """Whether a rule lets `actor` do `action` to `thing`. What no rule allows is refused."""
    for rule in _BY_ACTION[action]:
        if (
            speaks_of(rule, thing)
            and RELATIONS[rule.who](actor, thing)
            and all(CONDITIONS[condition](actor, thing) for condition in rule.when)
        ):
            return True
    return False
