"""Every route says which action it asks for, and the action is one that the rights know."""

from __future__ import annotations

from flask import Flask

from assess.rights import ACTIONS
from assess.web.asks import OPEN, asked


def test_every_route_declares_an_action(app: Flask) -> None:
    silent = [
        rule.endpoint for rule in app.url_map.iter_rules() if asked(app.view_functions[rule.endpoint]) is None
    ]
    assert silent == []


def test_every_action_is_known_to_the_rights(app: Flask) -> None:
    declared = {asked(view) for view in app.view_functions.values()}
    assert declared <= {*ACTIONS, OPEN}


def test_a_route_without_a_declaration_is_noticed(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    assert asked(app.view_functions["forgotten"]) is None


def test_only_what_anybody_may_see_is_open(app: Flask) -> None:
    open_paths = {
        rule.rule for rule in app.url_map.iter_rules() if asked(app.view_functions[rule.endpoint]) == OPEN
    }
    assert not any(path.startswith(("/answer", "/admin")) for path in open_paths)
