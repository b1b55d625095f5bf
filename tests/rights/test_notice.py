"""What respondents are promised is what `may()` enforces: one table, two readings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from leading import leading
from small_organisation import tiny
from team import tiny_maturity

from assess.disclosure.thresholds import DEFAULT_GROUP, LEAST_SHEETS
from assess.language.catalogue import catalogue
from assess.rights import (
    ACTIONS,
    LEGAL_BASES,
    REFUSALS,
    RULES,
    Actor,
    Pool,
    PublishedGroup,
    Refusal,
    Rule,
    Terms,
    Thing,
    in_words,
    may,
    notice,
)
from assess.rights.notice import LANGUAGE_FOLDER, NOBODY_ELSE
from assess.rights.rules import RELATIONS, Condition
from assess.rights.terms import DELETED, DISCUSSED, MORE_LAW, PURPOSE
from questionnaires.definition import Definition, Perspective, PerspectiveId

FACTS: dict[Condition, dict[str, Any]] = {
    "of levels": {"outcome": "levels"},
    "of styles": {"outcome": "styles"},
    "takes answers": {"takes_answers": True},
    "both finished": {"both_finished": True},
    "shared": {"shared_with": frozenset({"manager", "coach"})},
    "leads still": {"leading": frozenset({"manager"})},
    "cannot be influenced": {"wave_closed": True},
    "closed": {"wave_closed": True},
    "many enough": {"sheets": LEAST_SHEETS, "respondents": DEFAULT_GROUP, "subjects": DEFAULT_GROUP},
}
NAMED = re.compile(r"%\(\w+\)s")
ALONE = "Nobody but you sees your result, unless you choose to share it with a coach."
PROMISES = [
    pytest.param(rule, perspective, id=f"{number}-{perspective}")
    for number, rule in enumerate(RULES)
    for perspective in rule.statements
]


def case(rule: Rule) -> tuple[Actor, Thing | Pool | PublishedGroup]:
    """The situation that a rule speaks of, with all its conditions true."""
    if rule.to is PublishedGroup:
        group = PublishedGroup("org", frozenset({"leader"}))
        return (Actor("leader") if rule.who == "leader" else Actor("admin", frozenset({"org"}))), group
    if rule.who == "administrator":
        return Actor("admin", frozenset({"org"})), pool()
    perspective = "manager" if "manager" in rule.of else min(rule.of)
    if rule.who == "manager":
        perspective = "self"
    thing = Thing(
        privacy=min(rule.privacy, key=lambda privacy: privacy != "personal"),
        perspective=perspective,
        respondent_id={"self": "employee", "manager": "manager"}.get(perspective, "report"),
        subject_id="employee",
        manager_id="manager",
        organisation_id="org",
    )
    for condition in rule.when:
        thing = replace(thing, **FACTS[condition])
    if rule.who == "coach":
        return Actor("coach", coaches=frozenset({"org"})), thing
    actors = {"respondent": thing.respondent_id, "subject": "employee", "manager": "manager"}
    return Actor(actors[rule.who]), thing


def pool(**parts: Any) -> Pool:
    """Just enough sheets of a wave that has closed."""
    defaults: dict[str, Any] = {
        "privacy": "confidential",
        "perspective": "direct-report",
        "organisation_id": "org",
        "sheets": LEAST_SHEETS,
        "respondents": DEFAULT_GROUP,
        "subjects": DEFAULT_GROUP,
        "wave_closed": True,
    }
    return Pool(**(defaults | parts))


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
    made = leading if "of styles" in rule.when else tiny_maturity
    definition = made(
        perspectives={"self": Perspective(), "manager": Perspective(), "direct-report": Perspective()},
        privacy=min(rule.privacy, key=lambda privacy: privacy != "personal"),
    )
    read = [statement.message for statement in notice(definition, perspective)]
    assert rule.statements[perspective] in read
    assert read[-1] == NOBODY_ELSE
    assert len(read) == len(set(read))


def refused(refusal: Refusal) -> list[Thing]:
    """Every situation that a refusal speaks of: all that a rule could ask for is true, and nobody rates the
    subject as manager where the refusal says so."""
    return [
        Thing(
            privacy=privacy,
            perspective=perspective,
            respondent_id="employee" if perspective == "self" else "report",
            subject_id="employee",
            manager_id="manager" if refusal.who == "subject" else None,
            takes_answers=True,
            both_finished=True,
            shared_with=frozenset({"manager", "employee", "stranger"}),
            leading=frozenset({"manager", "employee", "stranger"}),
            organisation_id="org",
            wave_closed=wave_closed,
        )
        for privacy in refusal.privacy
        for perspective in refusal.of
        for wave_closed in (False, True)
    ]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_what_is_said_to_be_refused_is_refused_to_everybody_else(refusal: Refusal) -> None:
    for thing in refused(refusal):
        for actor in {"employee", "manager", "report", "stranger"} - {thing.respondent_id}:
            assert not any(may(Actor(actor), action, thing) for action in ACTIONS), (actor, thing)


def test_of_a_direct_reports_sheet_not_even_the_respondent_has_a_profile() -> None:
    thing = Thing(privacy="confidential", perspective="direct-report", respondent_id="r", subject_id="s")
    assert not may(Actor("r"), "see-profile", thing)
    assert may(Actor("r"), "read", thing)
    assert may(Actor("r"), "export", thing)


def test_what_direct_reports_and_their_leader_read() -> None:
    leadership = tiny(perspectives={"self": Perspective(), "direct-report": Perspective()})

    def read(perspective: PerspectiveId) -> list[str]:
        return [in_words(statement, "en") for statement in notice(leadership, perspective)]

    report, leader = read("direct-report"), read("self")
    assert report[0] == "Your answers are confidential: your manager never sees them."
    assert "Nobody is told that you have answered" in report[1]
    assert "no result about your manager is made" in report[1]
    assert "stored with your name" in report[2]
    assert not any("profile" in message for message in report)
    assert ALONE in leader
    assert any("you never see any one person’s answers" in message for message in leader)
    assert not any("manager" in message for message in (*report[2:], *leader))
    assert DEFAULT_GROUP == 5
    assert any("results are made for groups of at least 5 people" in message for message in leader)
    assert not any("results are made for groups" in message for message in report)


def test_with_a_manager_nobody_is_told_that_the_result_is_seen_by_nobody_else() -> None:
    for perspectives in (("self", "manager"), ("self", "manager", "direct-report")):
        definition = tiny(perspectives=dict.fromkeys(perspectives, Perspective()))
        messages = [statement.message for statement in notice(definition, "self")]
        assert ALONE not in messages


def test_both_sides_are_told_of_the_match_where_there_are_levels_to_meet() -> None:
    def told(definition: Definition, perspective: PerspectiveId) -> list[str]:
        return [
            statement.message
            for statement in notice(definition, perspective)
            if statement.rule is not None and statement.rule.action == "see-match"
        ]

    [employee], [manager] = (told(tiny_maturity(), perspective) for perspective in ("self", "manager"))
    assert "If your manager has also answered about leadership style" in employee
    assert "by your profile and wishes only if you share" in employee
    assert "the person can see it" in manager
    [leader] = told(leading(), "self")
    assert "beside your own ratings of the people you lead and what they have shared" in leader
    assert told(leading(), "direct-report") == []
    for perspective in ("self", "manager"):
        assert told(tiny(), perspective) == told(tiny_maturity(classification=None), perspective) == []
    assert told(tiny_maturity(perspectives={"self": Perspective()}), "self") == []
    assert told(tiny_maturity(privacy="confidential"), "self") == []


def test_a_leader_whose_result_nobody_else_sees_reads_so_beside_the_match() -> None:
    messages = [statement.message for statement in notice(leading(), "self")]
    at = messages.index(ALONE)
    assert messages[at + 1].startswith("Your result can be shown beside your own ratings")
    assert messages[at + 2].startswith("A coach in your organisation sees your profile")


def test_whatever_lets_somebody_else_look_is_told_to_both_sides() -> None:
    for rule in RULES:
        if rule.who in {"subject", "manager"}:
            assert set(rule.statements) == {"self", "manager"}, rule
        if rule.who == "coach" and rule.to is Thing:
            assert set(rule.statements) == {"self"} | rule.of, rule


def test_everybody_is_told_of_the_figures_that_administrators_see() -> None:
    definition = tiny(
        perspectives={"self": Perspective(), "manager": Perspective(), "direct-report": Perspective()}
    )
    [rule] = [rule for rule in RULES if rule.action == "see-measurement"]
    perspectives: tuple[PerspectiveId, ...] = ("self", "manager", "direct-report")
    for perspective in perspectives:
        [statement] = [one for one in notice(definition, perspective) if one.rule is rule]
        assert (LEAST_SHEETS, DEFAULT_GROUP) == (10, 5)
        words = in_words(statement, "en")
        assert "at least ten completed questionnaires, from at least 5 people" in words
        assert "about at least 5 people" in words
        assert "never one person’s answers or result" in words


@pytest.mark.parametrize(
    "parts",
    [
        {"wave_closed": False},
        {"sheets": LEAST_SHEETS - 1},
        {"respondents": DEFAULT_GROUP - 1},
        {"subjects": DEFAULT_GROUP - 1},
        {"organisation_id": "another"},
    ],
)
def test_figures_are_refused_while_a_wave_is_open_of_few_and_to_others(parts: dict[str, Any]) -> None:
    actor = Actor("admin", frozenset({"org"}))
    for action in ("see-measurement", "publish-precision", "build-norms"):
        assert may(actor, action, pool())
        assert not may(actor, action, pool(**parts))
        assert not may(Actor("admin"), action, pool())


def test_an_administrator_has_no_way_to_the_sheets_of_one_person() -> None:
    actor = Actor("admin", frozenset({"org", "employee", "report"}))
    for perspective in ("self", "manager", "direct-report"):
        one = Thing(
            privacy="personal",
            perspective=perspective,  # type: ignore[arg-type]
            respondent_id="report",
            subject_id="employee",
            manager_id="manager",
            takes_answers=True,
            both_finished=True,
            wave_closed=True,
        )
        assert not any(may(actor, action, one) for action in ACTIONS)


def test_a_questionnaire_without_a_manager_promises_nothing_about_managers() -> None:
    promised = notice(tiny(perspectives={"self": Perspective()}), "self")
    assert not any("manager" in statement.message for statement in promised)


def test_a_confidential_questionnaire_promises_no_profile() -> None:
    definition = tiny(privacy="confidential")
    assert [statement.rule.action for statement in notice(definition, "self") if statement.rule] == [
        "read",
        "export",
        "see-release",
        "see-release",
        "see-measurement",
    ]
    comments = "shown without your name"
    assert any(comments in statement.message for statement in notice(definition, "self"))
    assert not any(comments in statement.message for statement in notice(tiny(), "self")), "none are shown"


def test_a_wave_that_asks_for_larger_groups_says_so_wherever_a_group_is_named() -> None:
    perspectives: tuple[PerspectiveId, ...] = ("self", "manager", "direct-report")
    definition = tiny(perspectives=dict.fromkeys(perspectives, Perspective()))
    for perspective in perspectives:
        said = [in_words(one, "en") for one in notice(definition, perspective, Terms(least=12))]
        named = [words for words in said if "at least" in words]
        assert named
        assert not any("at least 5" in words for words in named)
        shown = any("shown only for groups of at least 12." in words for words in named)
        assert shown == (perspective == "self"), "of the others no group results are made"
    assert "for groups of at least 10." in " ".join(in_words(one, "en") for one in notice(definition, "self"))
    administrator = Actor("admin", frozenset({"org"}))
    assert may(administrator, "see-measurement", pool(least=12, respondents=12, subjects=12))
    assert not may(administrator, "see-measurement", pool(least=12, respondents=11, subjects=12))


def test_the_plan_of_a_wave_is_read_after_the_rules() -> None:
    terms = Terms(
        purpose="Better talks. 100 %",
        legal_basis="public-task",
        legal_text="Arbejdsmiljøloven",
        delete_on=date(2028, 2, 29),
        discussed_on=date(2026, 11, 1),
    )
    said = [in_words(one, "da") for one in notice(tiny(), "self", terms)]
    rules, plan = said[:-5], said[-5:]
    assert rules == [in_words(one, "da") for one in notice(tiny(), "self")]
    assert plan[0].endswith("Better talks. 100 %")
    assert "artikel 6, stk. 1, litra e" in plan[1]
    assert plan[2].endswith("Arbejdsmiljøloven")
    assert "29. februar 2028" in plan[3]
    assert "1. november 2026" in plan[4]


@pytest.mark.parametrize("language", ["da", "sv"])
def test_each_statement_is_translated(language: Any) -> None:
    words = catalogue(language, LANGUAGE_FOLDER)
    messages = {message for rule in RULES for message in rule.statements.values()} | {NOBODY_ELSE}
    messages |= {message for one in REFUSALS for said in one.statements.values() for message in said}
    messages |= {*LEGAL_BASES.values(), PURPOSE, MORE_LAW, DELETED, DISCUSSED}
    assert [message for message in messages if words.gettext(message) == message] == []
    for message in messages:
        assert set(NAMED.findall(words.gettext(message))) == set(NAMED.findall(message)), message
