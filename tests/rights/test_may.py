"""The whole table, tried with every actor in every situation, against a truth written down here."""

from __future__ import annotations

from itertools import product

import pytest
from leading import leading
from small_organisation import tiny
from team import tiny_maturity

from assess.rights import ACTIONS, RULES, Action, Actor, Administration, Pool, Rule, Thing, may, outcome_of
from assess.rights.rules import CONDITIONS, PERSPECTIVES, RELATIONS, Asked, Outcome, Privacy, speaks_of
from questionnaires.definition import PerspectiveId

EMPLOYEE, MANAGER, STRANGER = "employee", "manager", "stranger"
OF_ADMINISTRATORS: tuple[Action, ...] = ("see-measurement", "publish-precision", "build-norms")
PRIVACIES: tuple[Privacy, ...] = ("personal", "confidential")
OUTCOMES: tuple[Outcome, ...] = ("scales", "levels", "styles")


def things() -> list[Thing]:
    """Every self sheet of the employee and every manager's or direct report's sheet, in every situation."""
    situations = product(
        PRIVACIES, sorted(PERSPECTIVES), OUTCOMES, (False, True), (False, True), (False, True), (False, True)
    )
    return [
        Thing(
            privacy=privacy,
            perspective=perspective,
            respondent_id={"self": EMPLOYEE, "manager": MANAGER, "direct-report": "report"}[perspective],
            subject_id=MANAGER if perspective == "direct-report" else EMPLOYEE,
            outcome=outcome,
            manager_id=MANAGER,
            takes_answers=takes_answers,
            both_finished=both_finished,
            shared_with=frozenset({MANAGER} if shared else ()),
            wave_closed=wave_closed,
        )
        for privacy, perspective, outcome, takes_answers, both_finished, shared, wave_closed in situations
    ]


def pools() -> list[Pool]:
    """What figures are made of: just enough of a closed wave, and each way of not being that."""
    situations = product(("org", "elsewhere"), (9, 10), (4, 5), (4, 5), (False, True))
    return [
        Pool(
            privacy=privacy,
            perspective=perspective,
            organisation_id=organisation_id,
            sheets=sheets,
            respondents=respondents,
            subjects=subjects,
            wave_closed=wave_closed,
        )
        for privacy in PRIVACIES
        for perspective in sorted(PERSPECTIVES)
        for organisation_id, sheets, respondents, subjects, wave_closed in situations
    ]


def expected(actor: str, action: Action, thing: Thing) -> bool:
    """The promise in words, written without the table."""
    own = actor == thing.respondent_id
    personal = thing.privacy == "personal"
    shared = MANAGER in thing.shared_with
    seen_by_manager = actor == MANAGER and thing.perspective == "self" and thing.both_finished and shared
    about_me = actor == EMPLOYEE and thing.perspective == "manager"
    own_rating = own and thing.perspective == "manager" and thing.outcome == "levels"
    own_style = own and thing.perspective == "self" and thing.outcome == "styles"
    shared_levels = seen_by_manager and thing.outcome == "levels"
    promises: dict[Action, bool] = {
        "answer": own and thing.takes_answers,
        "submit": own and thing.takes_answers,
        "read": own,
        "share": own and personal and thing.perspective == "self",
        "see-profile": personal and (own or seen_by_manager or (about_me and thing.both_finished)),
        "see-match": personal and (own_rating or own_style or shared_levels),
        "export": own or (personal and about_me and (thing.both_finished or thing.wave_closed)),
        **dict.fromkeys((*OF_ADMINISTRATORS, "administer"), False),
    }
    return promises[action]


@pytest.mark.parametrize("actor", [EMPLOYEE, MANAGER, "report", STRANGER])
@pytest.mark.parametrize("action", ACTIONS)
def test_may_says_exactly_what_was_promised(actor: str, action: Action) -> None:
    for thing in things():
        assert may(Actor(actor), action, thing) == expected(actor, action, thing), thing


@pytest.mark.parametrize("action", ACTIONS)
def test_figures_of_a_crowd_are_for_administrators_of_the_organisation_alone(action: Action) -> None:
    administrator = Actor(MANAGER, frozenset({"org"}))
    for pool in pools():
        enough = pool.sheets == 10 and pool.respondents == 5 and pool.subjects == 5
        allowed = (
            action in OF_ADMINISTRATORS and enough and pool.wave_closed and pool.organisation_id == "org"
        )
        assert may(administrator, action, pool) == allowed, pool
        assert not any(may(Actor(actor), action, pool) for actor in (EMPLOYEE, MANAGER, "org", ""))


def test_an_administrator_may_with_single_sheets_what_anybody_else_may() -> None:
    for thing in things():
        for action in ACTIONS:
            for actor in (EMPLOYEE, MANAGER, "report", STRANGER):
                administrator = Actor(actor, frozenset({"org", thing.subject_id, thing.respondent_id}))
                assert may(administrator, action, thing) == may(Actor(actor), action, thing)


def test_a_manager_sees_of_a_person_in_the_match_what_is_seen_beside_the_rating_and_no_more() -> None:
    for thing in things():
        if thing.perspective == "self" and thing.outcome == "levels":
            assert may(Actor(MANAGER), "see-match", thing) == may(Actor(MANAGER), "see-profile", thing)


def test_what_a_questionnaire_tells() -> None:
    definitions = (tiny(), tiny_maturity(), leading())
    assert tuple(outcome_of(one.questionnaire) for one in definitions) == OUTCOMES


def test_an_organisation_is_administered_by_its_administrators() -> None:
    organisation = Administration("org")
    for action in ACTIONS:
        assert may(Actor("a", frozenset({"org"})), action, organisation) == (action == "administer")
        assert not may(Actor("org", frozenset({"elsewhere"})), action, organisation)


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
    administers = frozenset({"org"})
    everything: list[Asked] = [*things(), *pools(), Administration("org")]
    for rule in RULES:
        without = [other for other in RULES if other is not rule]
        assert any(
            _allowed([rule], Actor(actor, administers), rule.action, thing)
            and not _allowed(without, Actor(actor, administers), rule.action, thing)
            for actor in (EMPLOYEE, MANAGER, "report")
            for thing in everything
        ), rule


def _allowed(rules: list[Rule], actor: Actor, action: Action, thing: Asked) -> bool:
    return any(
        rule.action == action
        and speaks_of(rule, thing)
        and RELATIONS[rule.who](actor, thing)
        and all(CONDITIONS[name](actor, thing) for name in rule.when)
        for rule in rules
    )


def test_perspectives_of_the_table_are_those_of_questionnaires() -> None:
    known: set[PerspectiveId] = {"self", "manager", "direct-report"}
    assert known == PERSPECTIVES
