"""The whole table, tried with every actor in every situation, against a truth written down here."""

from __future__ import annotations

from itertools import product

import pytest

from assess.rights import ACTIONS, RULES, Action, Actor, Rule, Thing, may
from assess.rights.rules import CONDITIONS, PERSPECTIVES, RELATIONS, Privacy
from questionnaires.definition import PerspectiveId

EMPLOYEE, MANAGER, STRANGER = "employee", "manager", "stranger"
PRIVACIES: tuple[Privacy, ...] = ("personal", "confidential")


def things() -> list[Thing]:
    """Every self sheet of the employee and every manager's or direct report's sheet, in every situation."""
    situations = product(
        PRIVACIES, sorted(PERSPECTIVES), (False, True), (False, True), (False, True), (False, True)
    )
    return [
        Thing(
            privacy=privacy,
            perspective=perspective,
            respondent_id={"self": EMPLOYEE, "manager": MANAGER, "direct-report": "report"}[perspective],
            subject_id=MANAGER if perspective == "direct-report" else EMPLOYEE,
            manager_id=MANAGER,
            takes_answers=takes_answers,
            both_finished=both_finished,
            shared_with=frozenset({MANAGER} if shared else ()),
            wave_closed=wave_closed,
        )
        for privacy, perspective, takes_answers, both_finished, shared, wave_closed in situations
    ]


def expected(actor: str, action: Action, thing: Thing) -> bool:
    """The promise in words, written without the table."""
    own = actor == thing.respondent_id
    personal = thing.privacy == "personal"
    shared = MANAGER in thing.shared_with
    seen_by_manager = actor == MANAGER and thing.perspective == "self" and thing.both_finished and shared
    about_me = actor == EMPLOYEE and thing.perspective == "manager"
    promises: dict[Action, bool] = {
        "answer": own and thing.takes_answers,
        "submit": own and thing.takes_answers,
        "read": own,
        "share": own and personal and thing.perspective == "self",
        "see-profile": personal and (own or seen_by_manager or (about_me and thing.both_finished)),
        "export": own or (personal and about_me and (thing.both_finished or thing.wave_closed)),
    }
    return promises[action]


@pytest.mark.parametrize("actor", [EMPLOYEE, MANAGER, "report", STRANGER])
@pytest.mark.parametrize("action", ACTIONS)
def test_may_says_exactly_what_was_promised(actor: str, action: Action) -> None:
    for thing in things():
        assert may(Actor(actor), action, thing) == expected(actor, action, thing), thing


def test_a_leader_never_sees_a_single_sheet_of_a_direct_report() -> None:
    for thing in things():
        if thing.perspective == "direct-report":
            assert not any(may(Actor(MANAGER), action, thing) for action in ACTIONS)


def test_a_share_with_a_former_manager_gives_that_person_nothing() -> None:
    thing = Thing(
        privacy="personal",
        perspective="self",
        respondent_id=EMPLOYEE,
        subject_id=EMPLOYEE,
        manager_id=MANAGER,
        both_finished=True,
        shared_with=frozenset({"former"}),
    )
    assert not may(Actor("former"), "see-profile", thing)
    assert not may(Actor(MANAGER), "see-profile", thing)


def test_every_rule_decides_something() -> None:
    """Without it, some actor would lose something: no rule stands in the table for show."""
    for rule in RULES:
        without = [other for other in RULES if other is not rule]
        assert any(
            RELATIONS[rule.who](Actor(actor), thing)
            and thing.perspective in rule.of
            and thing.privacy in rule.privacy
            and all(CONDITIONS[condition](Actor(actor), thing) for condition in rule.when)
            and not _allowed(without, actor, rule.action, thing)
            for actor in (EMPLOYEE, MANAGER, "report")
            for thing in things()
        ), rule


def _allowed(rules: list[Rule], actor: str, action: Action, thing: Thing) -> bool:
    return any(
        rule.action == action
        and thing.perspective in rule.of
        and thing.privacy in rule.privacy
        and RELATIONS[rule.who](Actor(actor), thing)
        and all(CONDITIONS[name](Actor(actor), thing) for name in rule.when)
        for rule in rules
    )


def test_perspectives_of_the_table_are_those_of_questionnaires() -> None:
    known: set[PerspectiveId] = {"self", "manager", "direct-report"}
    assert known == PERSPECTIVES
