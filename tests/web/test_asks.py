"""Every route says which action it asks for, and the action is one that the rights know."""

from __future__ import annotations

from flask import Flask

from assess.rights import ACTIONS
from assess.web.asks import OPEN, asked, asks
from assess.web.guard import ENTRANCES


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


def test_whoever_enters_as_a_person_finds_no_open_door(app: Flask) -> None:
    """And what is not entered at all is open, so that the guard has nothing to ask."""
    for rule in app.url_map.iter_rules():
        action = asked(app.view_functions[rule.endpoint])
        blueprint = rule.endpoint.rpartition(".")[0]
        entrance = ENTRANCES.get(blueprint)
        if entrance is None:
            assert action == OPEN, rule
        elif entrance == "person":
            assert action != OPEN, rule


def test_the_guard_asks_before_the_view_does_anything(app: Flask) -> None:
    """A view that forgets to ask is not reached by whoever may not."""
    reached: list[str] = []
    actions = ("administer", "see-own", "see-notices", "see-shared", "see-measurement", "see-unit")
    for action in actions:
        view = asks(action)(lambda action=action: reached.append(action) or "")
        app.add_url_rule(f"/admin/{action}-of-a-test", f"admin.{action}", view)
    for action in actions:
        assert app.test_client().get(f"/admin/{action}-of-a-test").status_code == 401
    assert reached == []
