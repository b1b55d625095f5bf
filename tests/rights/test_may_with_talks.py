"""Who may do what with a development talk, against a truth written down here."""

from __future__ import annotations

import pytest

from assess.rights import ACTIONS, RULES, Action, Actor, TalkOf, TalkWith, may

PERSON, HOLDER, NEW_MANAGER, COACH, STRANGER = "person", "holder", "new manager", "coach", "stranger"
OFFICE = frozenset({"org"})
TALK = TalkOf(
    "org",
    PERSON,
    HOLDER,
    shown_to=frozenset({COACH}),
    successor_ids=frozenset({NEW_MANAGER}),
    writers=frozenset({COACH}),
)
OF_THE_PERSON = {"see-talk", "cancel-talk", "prepare-talk", "agree", "note-talk", "show-talk"}
OF_THE_HOLDER = {"see-talk", "change-talk", "cancel-talk", "prepare-talk", "agree", "note-talk"}
OF_THE_NEW_MANAGER = {"see-talk", "agree", "note-talk"}
OF_A_COACH = {"see-talk", "note-talk", "read-own-note"}


def allowed(actor: Actor, thing: TalkOf | TalkWith) -> set[Action]:
    return {action for action in ACTIONS if may(actor, action, thing)}


@pytest.mark.parametrize(
    ("actor", "promised"),
    [
        (Actor(PERSON), OF_THE_PERSON),
        (Actor(HOLDER), OF_THE_HOLDER),
        (Actor(NEW_MANAGER), OF_THE_NEW_MANAGER),
        (Actor(COACH, coaches=OFFICE), OF_A_COACH),
        (Actor(COACH, coaches=frozenset({"elsewhere"})), {"read-own-note"}),
        (Actor(COACH), {"read-own-note"}),
        (Actor("another coach", coaches=OFFICE), set()),
        (Actor(STRANGER, OFFICE, OFFICE, OFFICE, "org"), set()),
        (Actor("org"), set()),
    ],
)
def test_each_has_what_was_promised_and_nothing_more(actor: Actor, promised: set[Action]) -> None:
    assert allowed(actor, TALK) == promised


@pytest.mark.parametrize("actor", [PERSON, HOLDER, NEW_MANAGER, STRANGER])
def test_an_office_adds_nothing_to_what_one_may_with_a_talk(actor: str) -> None:
    assert allowed(Actor(actor, OFFICE, OFFICE, OFFICE, "org"), TALK) == allowed(Actor(actor), TALK)


def test_whoever_is_no_longer_the_manager_keeps_the_own_note_and_nothing_else() -> None:
    former = TalkOf("org", PERSON, None, writers=frozenset({HOLDER}))
    assert allowed(Actor(HOLDER), former) == {"read-own-note"}
    assert allowed(Actor(HOLDER), TalkOf("org", PERSON, None)) == set()


def test_a_talk_is_planned_by_the_nearest_leader_or_a_coach_whom_the_person_has_chosen() -> None:
    person = TalkWith("org", PERSON, HOLDER, frozenset({COACH, PERSON}))
    assert allowed(Actor(HOLDER), person) == {"plan-talk"}
    assert allowed(Actor(COACH, coaches=OFFICE), person) == {"plan-talk"}
    for nobody in (
        Actor(COACH),
        Actor(COACH, coaches=frozenset({"elsewhere"})),
        Actor("another coach", coaches=OFFICE),
        Actor(PERSON, coaches=OFFICE),
        Actor(STRANGER, administers=OFFICE, represents=OFFICE),
    ):
        assert allowed(nobody, person) == set()
    assert allowed(Actor(PERSON), TalkWith("org", PERSON, PERSON, frozenset())) == set()


def test_no_action_of_talks_is_for_anything_else() -> None:
    of_talks = OF_THE_PERSON | OF_THE_HOLDER | OF_A_COACH | {"plan-talk"}
    kinds = {rule.to for rule in RULES if rule.action in of_talks}
    assert kinds == {TalkOf, TalkWith}
