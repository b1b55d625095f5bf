"""The action of a route is asked for in one place, before its view runs.

What the action is done to is known here only where it is the organisation or the person who has signed in:
then `may()` decides here, and a view cannot forget it. Of everything else (sheets, units, releases) the
guard sees to it that somebody is there; the use case that loads the thing asks `may()` about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias, cast

from flask import Flask, current_app, request

from assess.errors import NotFound
from assess.people.sessions import PersonSession
from assess.rights import RULES, Action, Administration, Affairs, Pool, may
from assess.web import person, visitor
from assess.web.asks import OPEN, asked

Entrance: TypeAlias = Literal["task", "person"]

ENTRANCES: Mapping[str, Entrance] = MappingProxyType(
    {
        "answer": "task",
        "me": "person",
        "account": "person",
        "talks": "person",
        "team": "person",
        "coaching": "person",
        "batches": "person",
        "guide": "person",
        "representative": "person",
        "releases": "person",
        "admin": "person",
        "paper": "person",
    }
)
"""Blueprint → how one comes into it: by the link to one task, or by signing in as a person. In a blueprint
that is not here every route is open; in one that is entered as a person none is."""

_OF_ONESELF = frozenset(rule.action for rule in RULES if rule.to is Affairs)
_OF_THE_ORGANISATION = frozenset(rule.action for rule in RULES if rule.to is Administration)
_OF_A_CROWD = frozenset(rule.action for rule in RULES if rule.to is Pool)


def guard(app: Flask) -> None:
    """Asks for the action of a route before its view runs."""

    @app.before_request
    def ask() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        action = None if view is None else asked(view)
        if action is None or action == OPEN:
            return  # no page at all, or one for everybody
        if ENTRANCES.get(request.blueprint or "") == "task":
            visitor.session()
        else:
            require(person.session(), cast(Action, action))


def require(session: PersonSession, action: Action) -> None:
    """Raises `NotFound` where the rights refuse the action to somebody who has signed in, as far as it can
    be known without looking for the thing."""
    own_organisation = Administration(session.organisation_id)
    if action in _OF_ONESELF:
        allowed = may(session.actor, action, Affairs(session.person_id))
    elif action in _OF_THE_ORGANISATION:
        allowed = may(session.actor, action, own_organisation)
    elif action in _OF_A_CROWD:
        # Whether there are enough sheets is for the page to say; that it exists only for administrators.
        allowed = may(session.actor, "administer", own_organisation)
    else:
        allowed = True
    if not allowed:
        raise NotFound("There is no such page.")
