"""What respondents are promised is what `may()` enforces: one table, two readings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from small_organisation import tiny

from assess.language.catalogue import catalogue
from assess.rights import RULES, Actor, Rule, Thing, may, notice
from assess.rights.notice import LANGUAGE_FOLDER, NOBODY_ELSE
from assess.rights.rules import RELATIONS, Condition
from questionnaires.definition import Perspective, PerspectiveId

FACTS: dict[Condition, dict[str, Any]] = {
    "takes answers": {"takes_answers": True},
    "both finished": {"both_finished": True},
    "shared": {"shared_with": frozenset({"manager"})},
    "cannot be influenced": {"wave_closed": True},
}
PROMISES = [
    pytest.param(rule, perspective, id=f"{number}-{perspective}")
    for number, rule in enumerate(RULES)
    for perspective in rule.statements
]


def case(rule: Rule) -> tuple[Actor, Thing]:
    """The situation that a rule speaks of, with all its conditions true."""
    perspective = "manager" if "manager" in rule.of else min(rule.of)
    if rule.who == "manager":
        perspective = "self"
    thing = Thing(
        privacy=min(rule.privacy, key=lambda privacy: privacy != "personal"),
        perspective=perspective,
        respondent_id={"self": "employee", "manager": "manager"}.get(perspective, "report"),
        subject_id="employee",
        manager_id="manager",
    )
    for condition in rule.when:
        thing = replace(thing, **FACTS[condition])
    actors = {"respondent": thing.respondent_id, "subject": "employee", "manager": "manager"}
    return Actor(actors[rule.who]), thing


@pytest.mark.parametrize(("rule", "perspective"), PROMISES)
def test_each_statement_is_enforced(rule: Rule, perspective: PerspectiveId) -> None:
    actor, thing = case(rule)
    assert RELATIONS[rule.who](actor, thing)
    assert may(actor, rule.action, thing), "promised, but refused"
    for condition in rule.when:
        unmet = replace(thing, **{name: type(value)() for name, value in FACTS[condition].items()})
        assert not may(actor, rule.action, unmet), f"allowed without {condition!r}"


@pytest.mark.parametrize(("rule", "perspective"), PROMISES)
def test_each_statement_is_read_by_those_whom_it_concerns(rule: Rule, perspective: PerspectiveId) -> None:
    definition = tiny(
        perspectives={"self": Perspective(), "manager": Perspective(), "direct-report": Perspective()},
        privacy=min(rule.privacy, key=lambda privacy: privacy != "personal"),
    )
    read = [statement.message for statement in notice(definition, perspective)]
    assert rule.statements[perspective] in read
    assert read[-1] == NOBODY_ELSE
    assert len(read) == len(set(read))


def test_whatever_lets_somebody_else_look_is_told_to_both_sides() -> None:
    for rule in RULES:
        if rule.who != "respondent":
            assert set(rule.statements) == {"self", "manager"}, rule


def test_a_questionnaire_without_a_manager_promises_nothing_about_managers() -> None:
    promised = notice(tiny(perspectives={"self": Perspective()}), "self")
    assert not any("manager" in statement.message for statement in promised)


def test_a_confidential_questionnaire_promises_no_profile() -> None:
    definition = tiny(privacy="confidential")
    assert [statement.rule.action for statement in notice(definition, "self") if statement.rule] == [
        "read",
        "export",
    ]


@pytest.mark.parametrize("language", ["da", "sv"])
def test_each_statement_is_translated(language: Any) -> None:
    words = catalogue(language, LANGUAGE_FOLDER)
    messages = {message for rule in RULES for message in rule.statements.values()} | {NOBODY_ELSE}
    assert [message for message in messages if words.gettext(message) == message] == []
