"""The whole table, tried with every actor in every situation, against a truth written down here."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from leading import leading
from small_organisation import tiny
from team import tiny_maturity

from assess.rights import (
    ACTIONS,
    RULES,
    Action,
    Actor,
    Administration,
    Affairs,
    Pool,
    PublishedGroup,
    Rule,
    TalkOf,
    TalkWith,
    Thing,
    UnitOf,
    may,
    outcome_of,
)
from assess.rights.rules import CONDITIONS, PERSPECTIVES, RELATIONS, speaks_of
from assess.rights.things import Asked, Outcome, Privacy
from questionnaires.definition import PerspectiveId

EMPLOYEE, MANAGER, STRANGER, COACH = "employee", "manager", "stranger", "coach"
OF_A_CROWD: tuple[Action, ...] = ("see-measurement", "publish-precision", "build-norms")
OF_SHEETS: tuple[Action, ...] = ("answer", "submit", "read", "see-profile", "see-match", "share", "export")
OF_AN_ORGANISATION: dict[str, tuple[Action, ...]] = {
    "administers": (
        "administer",
        "manage-people",
        "appoint",
        "run-campaigns",
        "see-response",
        "enter-paper",
        "see-mail",
        "see-log",
        "carry-out-erasure",
        "see-talk-shares",
    ),
    "coaches": ("see-shared",),
    "represents": ("see-notices",),
}
PRIVACIES: tuple[Privacy, ...] = ("personal", "confidential")
OUTCOMES: tuple[Outcome, ...] = ("scales", "levels", "styles")


def things() -> list[Thing]:
    """Every self sheet of the employee and every manager's or direct report's sheet, in every situation."""
    every = product(PRIVACIES, sorted(PERSPECTIVES), OUTCOMES, *[(False, True)] * 5)
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
            shared_with=frozenset({MANAGER, COACH} if shared else ()),
            wave_closed=wave_closed,
            leading=frozenset({MANAGER} if leads else ()),
            organisation_id="org",
        )
        for privacy, perspective, outcome, takes_answers, both_finished, shared, wave_closed, leads in every
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
    leads = MANAGER in thing.leading
    seen_by_manager = (
        actor == MANAGER and thing.perspective == "self" and thing.both_finished and shared and leads
    )
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
    }
    return promises.get(action, False)


def test_sheets_have_their_actions() -> None:
    assert {action for action in ACTIONS for rule in RULES if rule.action == action and rule.to is Thing} == {
        *OF_SHEETS
    }


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
        allowed = action in OF_A_CROWD and enough and pool.wave_closed and pool.organisation_id == "org"
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


@pytest.mark.parametrize("office", OF_AN_ORGANISATION)
def test_each_office_in_an_organisation_has_its_actions_and_no_others(office: str) -> None:
    for action in ACTIONS:
        expected = action in OF_AN_ORGANISATION[office]
        assert may(Actor("a", **{office: frozenset({"org"})}), action, Administration("org")) == expected
        assert not may(Actor("org", **{office: frozenset({"elsewhere"})}), action, Administration("org"))
        assert not may(Actor("org", organisation_id="org"), action, Administration("org"))


def test_a_coach_sees_what_was_shared_with_this_coach_and_nothing_else() -> None:
    coach = Actor(COACH, coaches=frozenset({"org"}))
    for thing in things():
        shared = COACH in thing.shared_with and thing.privacy == "personal"
        of_self = thing.perspective == "self"
        of_manager = thing.perspective == "manager" and thing.both_finished
        for action in ACTIONS:
            expected = action == "see-profile" and shared and (of_self or of_manager)
            assert may(coach, action, thing) == expected, (action, thing)
            assert not may(Actor(COACH), action, thing), "not appointed any more"
            assert not may(Actor(COACH, coaches=frozenset({"elsewhere"})), action, thing)
            assert not may(Actor("another", coaches=frozenset({"org"})), action, thing)


def test_a_coach_gets_nothing_in_the_own_case_by_being_coach() -> None:
    for thing in things():
        for actor in (thing.respondent_id, thing.subject_id):
            coach = Actor(actor, coaches=frozenset({"org"}))
            own = replace(thing, shared_with=thing.shared_with | {actor})
            for action in ACTIONS:
                assert may(coach, action, own) == may(Actor(actor), action, own)


@pytest.mark.parametrize("action", ACTIONS)
def test_own_affairs_are_nobody_elses(action: Action) -> None:
    expected = action in {"see-own", "correct-contact", "ask-erasure", "see-talks"}
    everything = frozenset({"org", EMPLOYEE})
    assert may(Actor(EMPLOYEE), action, Affairs(EMPLOYEE)) == expected
    assert not may(Actor("boss", everything, everything, everything, "org"), action, Affairs(EMPLOYEE))


@pytest.mark.parametrize("action", ACTIONS)
def test_a_unit_is_for_those_who_lead_it_and_a_group_result_for_three_kinds_of_readers(
    action: Action,
) -> None:
    unit = UnitOf("org", "unit", frozenset({"leader", "above"}))
    group = PublishedGroup("org", frozenset({"leader", "above"}))
    office = frozenset({"org"})
    for leader in ("leader", "above"):
        assert may(Actor(leader), action, unit) == (action == "see-unit")
        assert may(Actor(leader), action, group) == (action == "see-release")
    for other in (Actor("a", administers=office), Actor("r", represents=office)):
        assert not may(other, action, unit)
        assert may(other, action, group) == (action == "see-release")
    elsewhere = frozenset({"elsewhere"})
    for nobody in (
        Actor("c", coaches=office),
        Actor("x", elsewhere, elsewhere, elsewhere, "org"),
        Actor("unit"),
    ):
        assert not may(nobody, action, unit)
        assert not may(nobody, action, group)


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
        leading=frozenset({"former", MANAGER}),
    )
    assert not may(Actor("former"), "see-profile", thing)
    assert not may(Actor(MANAGER), "see-profile", thing)


def test_every_rule_decides_something() -> None:
    """Without it, some actor would lose something: no rule stands in the table for show."""
    office = frozenset({"org"})
    actors = [
        Actor(actor, **offices)
        for actor in (EMPLOYEE, MANAGER, "report", COACH)
        for offices in ({}, {"administers": office}, {"coaches": office}, {"represents": office})
    ]
    everything: list[Asked] = [
        *things(),
        *pools(),
        Administration("org"),
        Affairs(EMPLOYEE),
        UnitOf("org", "unit", frozenset({MANAGER})),
        PublishedGroup("org", frozenset({MANAGER})),
        TalkWith("org", EMPLOYEE, MANAGER, frozenset({COACH})),
        TalkOf("org", EMPLOYEE, MANAGER, frozenset({COACH}), frozenset({"report"})),
        TalkOf("org", EMPLOYEE, None, writers=frozenset({MANAGER})),
    ]
    for rule in RULES:
        without = [other for other in RULES if other is not rule]
        assert any(
            _allowed([rule], actor, rule.action, thing) and not _allowed(without, actor, rule.action, thing)
            for actor in actors
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
