"""A coach's caseload: exactly who shares, what is next, what was agreed, and what has really changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_organisation import NOON
from talking import Talking
from team import Team, maturity

from assess.answering import sharing
from assess.audit import log
from assess.errors import NotFound
from assess.rights import Actor
from assess.store import Store
from assess.talks import agreements, preparing, showing, talks
from assess.talks.caseload import CasePerson, case, caseload
from assess.talks.types import PreparationTexts

TODAY = date(2026, 11, 24)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def talk(store: Store) -> Talking:
    return Talking(Team(store))


def cases(talk: Talking, actor: Actor | None = None) -> dict[str, CasePerson]:
    found = caseload(talk.store, actor or talk.clara, "en", LATER, TODAY)
    return {one.person.first_name: one for one in found}


def rated(talk: Talking, *skills: int, share: bool = True) -> None:
    """Amina says so of herself in one wave after the other, and shares each with Clara."""
    team = talk.bakery
    assert isinstance(team, Team)
    for number, skill in enumerate(skills):
        wave_id = team.open_wave(NOON - timedelta(hours=9 - number))
        own, _ = team.enter_pair(team.employee_id, wave_id=wave_id)
        team.give(own, maturity(skill, 3), share=False)
        if share:
            sharing.decide_with(talk.store, talk.amina, own.task.id, talk.clara_id, True, NOON)


def answered_again(talk: Talking, skill: int) -> None:
    """In a second wave, which is shared."""
    team = talk.bakery
    assert isinstance(team, Team)
    own, _ = team.enter_pair(team.employee_id, wave_id=team.wave_id)
    team.give(own, maturity(skill, 3), share=False)
    sharing.decide_with(talk.store, talk.amina, own.task.id, talk.clara_id, True, NOON)


def test_nobody_shares_nobody_is_there(talk: Talking) -> None:
    rated(talk, 3, share=False)
    assert cases(talk) == {}


@pytest.mark.parametrize("who", ["amina", "bo", "dana", "administrator"])
def test_nobody_but_a_coach_has_one(talk: Talking, who: str) -> None:
    rated(talk, 3)
    with pytest.raises(NotFound):
        caseload(talk.store, getattr(talk, who), "en", LATER, TODAY)
    with pytest.raises(NotFound):
        case(talk.store, getattr(talk, who), talk.amina.id, "en", LATER, TODAY)


def test_who_shares_a_profile_is_there_with_it(talk: Talking) -> None:
    rated(talk, 3)
    [one] = cases(talk).values()
    assert one.person.name == "Amina Yıldız"
    assert [profile.wave for profile in one.profiles] == ["Autumn"]
    assert (one.next_talk, one.agreements, one.changes) == (None, 0, ())


def test_a_talk_as_coach_is_next_and_says_who_has_prepared(talk: Talking) -> None:
    rated(talk, 3)
    first = talk.plan(talk.clara, days=9, as_role="coach")
    nearer = talk.plan(talk.clara, days=5, as_role="coach")
    preparing.save(talk.store, talk.amina, nearer, PreparationTexts("Calm"), 0, NOON, ready=True)
    one = cases(talk)["Amina"]
    assert one.next_talk is not None
    assert one.next_talk.id == nearer
    assert (one.next_talk.person_ready_at, one.next_talk.holder_ready_at) == (NOON, None)
    assert {found.id for found in one.talks} == {first, nearer}


def test_a_talk_whose_time_is_over_waits_to_be_noted(talk: Talking) -> None:
    rated(talk, 3)
    talk_id = talk.plan(talk.clara, days=0.5, as_role="coach")
    one = cases(talk)["Amina"]
    assert one.next_talk is None
    assert [found.id for found in one.to_note] == [talk_id]
    talk.hold(talk_id, talk.clara)
    assert cases(talk)["Amina"].to_note == ()


def test_a_talk_with_the_manager_is_there_when_the_person_shows_it_and_not_before(talk: Talking) -> None:
    talk_id = talk.plan()
    assert cases(talk) == {}
    showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    one = cases(talk)["Amina"]
    assert one.next_talk is not None
    assert (one.next_talk.id, one.next_talk.role) == (talk_id, "coach")
    assert one.to_note == ()
    showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    assert cases(talk) == {}


def test_open_agreements_are_counted_with_those_past_their_date(talk: Talking) -> None:
    rated(talk, 3)
    talk_id = talk.plan(talk.clara, as_role="coach")
    talk.agree(talk_id, "no date", talk.clara)
    talk.agree(talk_id, "today", talk.clara, due_on=TODAY)
    talk.agree(talk_id, "late", talk.clara, due_on=TODAY - timedelta(days=1))
    done = talk.agree(talk_id, "done", talk.clara, due_on=TODAY)
    agreements.set_status(talk.store, talk.clara, done.id, "done", NOON)
    one = cases(talk)["Amina"]
    assert (one.agreements, one.overdue) == (3, 1)
    talks.cancel(talk.store, talk.clara, talk_id, NOON)
    assert cases(talk)["Amina"].agreements == 0


def test_agreements_with_the_manager_are_not_counted_unless_shown(talk: Talking) -> None:
    rated(talk, 3)
    talk_id = talk.plan()
    talk.agree(talk_id)
    assert cases(talk)["Amina"].agreements == 0
    showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
    assert cases(talk)["Amina"].agreements == 1


def test_change_between_waves_has_the_reliable_change_verdict(talk: Talking) -> None:
    """SEM of skill by the file: 0.75·√(1 − 0.84) = 0.3; 1.645·√2·0.3 = 0.698, and 3 − 1 = 2 is beyond it."""
    rated(talk, 1, 3)
    [found] = cases(talk)["Amina"].changes
    change = found.change.change
    assert change is not None
    assert (change.scale("skill").difference, change.scale("skill").verdict) == (2.0, "real")
    assert change.scale("will").verdict == "may-be-noise"
    assert found.definition.questionnaire.id == "tiny-maturity"
    assert found.customer == "customer"


def test_of_a_wave_that_is_not_shared_there_is_no_change(talk: Talking) -> None:
    rated(talk, 1, share=False)
    answered_again(talk, 5)
    assert cases(talk)["Amina"].changes == ()


def test_looking_at_changes_is_logged_for_the_person_and_once_an_hour(talk: Talking) -> None:
    def looks() -> int:
        return sum(one.action == "see-profile" for one in log.about(talk.store, talk.amina.id))

    rated(talk, 1)
    cases(talk)
    assert looks() == 0, "a list of names and titles is no look"
    answered_again(talk, 3)
    for _ in range(2):
        cases(talk)
        assert looks() == 2, "one for each of the two profiles"


def test_one_person_alone_is_the_same_and_nobody_elses_is_there(talk: Talking) -> None:
    rated(talk, 1, 3)
    assert case(talk.store, talk.clara, talk.amina.id, "en", LATER, TODAY) == cases(talk)["Amina"]
    for person_id in (talk.dana_id, talk.bo.id, "0" * 32):
        with pytest.raises(NotFound):
            case(talk.store, talk.clara, person_id, "en", LATER, TODAY)


@pytest.mark.parametrize("end", ["withdrawn", "left", "no coach any more"])
def test_the_next_look_after_a_share_or_an_office_has_ended_finds_nothing(talk: Talking, end: str) -> None:
    rated(talk, 1, 3)
    actor = talk.clara
    if end == "withdrawn":
        for one in cases(talk)["Amina"].profiles:
            sharing.decide_with(talk.store, talk.amina, one.task_id, talk.clara_id, False, NOON)
    elif end == "left":
        talk.leave(talk.amina.id)
    else:
        actor = talk.actor(talk.clara_id)
        with pytest.raises(NotFound):
            cases(talk, actor)
        return
    assert cases(talk, actor) == {}


def test_the_number_of_queries_does_not_grow_with_talks_and_agreements(talk: Talking) -> None:
    from assess.store.queries import Queries

    def count() -> int:
        asked = []
        plain = Queries.__getattr__

        def counting(self: Queries, name: str) -> object:
            asked.append(name)
            return plain(self, name)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Queries, "__getattr__", counting)
            cases(talk)
        return len(asked)

    rated(talk, 1, 3)
    talk.agree(talk.plan(talk.clara, days=3, as_role="coach"), "a", talk.clara)
    cases(talk)
    few = count()
    for day in range(4, 12):
        talk_id = talk.plan(talk.clara, days=day, as_role="coach")
        talk.agree(talk_id, "b", talk.clara)
        talk.hold(talk_id, talk.clara)
    assert count() == few
