"""Who sees a talk, from one view to the next: people leave, shares end, managers change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.answering.sharing import decide_with
from assess.audit import log
from assess.errors import NotFound
from assess.people.appointments import appointments_of
from assess.rights import Actor
from assess.store import queries
from assess.talks import agreements, earlier, facts, notes, preparing, showing, signing, talks
from assess.talks.types import Agreement, PreparationTexts, ViewerRole


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return talk.plan()


def role(talk: Talking, talk_id: str, actor: Actor) -> ViewerRole | None:
    """As what somebody sees the talk, by every way to it; None: not at all."""
    store = talk.store
    ways: tuple[Callable[[], object], ...] = (
        lambda: talks.talk(store, actor, talk_id, NOON),
        lambda: agreements.agreements(store, actor, talk_id, NOON),
        lambda: earlier.earlier_agreements(store, actor, talk_id, NOON),
    )
    opened = 0
    for way in ways:
        try:
            way()
            opened += 1
        except NotFound:
            pass
    listed = {one.role for one in talks.talks_of(store, actor, NOON) if one.id == talk_id} - {"former"}
    with store.read() as q:
        live = earlier.live_agreements(q, actor, None, NOON)
    assert opened in (0, len(ways))
    assert len(listed) == (1 if opened else 0)
    assert bool(live) <= bool(opened)
    return listed.pop() if listed else None


def offered(talk: Talking, talk_id: str) -> dict[str, tuple[str, bool]]:
    """To whom the person can show the talk: first name -> role, and whether it is shown."""
    found = showing.viewers(talk.store, talk.amina, talk_id, "da", NOON)
    return {one.person.first_name: (one.role, one.since is not None) for one in found}


def prepared(talk: Talking, talk_id: str) -> None:
    for actor in (talk.amina, talk.bo):
        preparing.save(talk.store, actor, talk_id, PreparationTexts("words"), 0, NOON, ready=True)


class TestTheTwo:
    def test_it_is_between_them(self, talk: Talking, talk_id: str) -> None:
        talk.agree(talk_id)
        assert role(talk, talk_id, talk.amina) == "person"
        assert role(talk, talk_id, talk.bo) == "holder"
        for nobody in (talk.clara, talk.dana, talk.administrator):
            assert role(talk, talk_id, nobody) is None

    def test_who_has_left_is_seen_by_nobody_any_more(self, talk: Talking, talk_id: str) -> None:
        talk.agree(talk_id)
        prepared(talk, talk_id)
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        talk.leave(talk.bakery.employee_id)
        for nobody in (talk.bo, talk.clara, talk.dana):
            assert role(talk, talk_id, nobody) is None
        with pytest.raises(NotFound):
            preparing.others_preparation(talk.store, talk.bo, talk_id, NOON)

    def test_a_manager_who_leaves_is_the_manager_no_longer(self, talk: Talking, talk_id: str) -> None:
        talk.leave(talk.bakery.manager_id)
        assert role(talk, talk_id, talk.bo) is None
        assert not talks.talk(talk.store, talk.amina, talk_id, NOON).holder_is_current


class TestAnotherManager:
    def test_at_the_very_next_view_the_old_one_sees_nothing_and_the_new_one_nothing_yet(
        self, talk: Talking, talk_id: str
    ) -> None:
        made = talk.agree(talk_id)
        prepared(talk, talk_id)
        talk.new_manager(talk.dana_id)
        assert role(talk, talk_id, talk.bo) is None
        assert role(talk, talk_id, talk.dana) is None
        for actor in (talk.bo, talk.dana):
            with pytest.raises(NotFound):
                talk.change(made, "mine", actor)
            with pytest.raises(NotFound):
                signing.sign(talk.store, actor, talk_id, {made.id: 1}, NOON)
            with pytest.raises(NotFound):
                talks.cancel(talk.store, actor, talk_id, NOON)

    def test_the_person_keeps_everything_and_goes_on(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        talk.new_manager(talk.dana_id)
        assert role(talk, talk_id, talk.amina) == "person"
        assert not talks.talk(talk.store, talk.amina, talk_id, NOON).holder_is_current
        assert isinstance(talk.change(made, "Still mine", talk.amina), Agreement)
        talks.cancel(talk.store, talk.amina, talk_id, NOON)

    def test_agreements_move_on_by_the_persons_choice_and_back(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        for actor in (talk.amina, talk.bo):
            signing.sign(talk.store, actor, talk_id, {made.id: 1}, NOON)
        assert "Dana" not in offered(talk, talk_id)
        talk.new_manager(talk.dana_id)
        assert offered(talk, talk_id)["Dana"] == ("manager", False)
        showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
        assert role(talk, talk_id, talk.dana) == "successor"
        assert role(talk, talk_id, talk.bo) is None
        (seen,) = agreements.agreements(talk.store, talk.dana, talk_id, NOON)
        assert seen.is_signed, "what was agreed with the one before still is"
        changed = talk.change(made, "Bake with Dana", talk.dana)
        assert isinstance(changed, Agreement)
        for actor in (talk.amina, talk.dana):
            signing.sign(talk.store, actor, talk_id, {made.id: 2}, NOON)
        assert agreements.agreement(talk.store, talk.amina, made.id, NOON).is_signed
        showing.stop(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
        assert role(talk, talk_id, talk.dana) is None

    def test_whoever_it_moved_to_and_is_not_manager_any_more_sees_nothing(
        self, talk: Talking, talk_id: str
    ) -> None:
        talk.new_manager(talk.dana_id)
        showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
        talk.new_manager(talk.bakery.manager_id, NOON + timedelta(seconds=1))
        later = NOON + timedelta(minutes=1)
        assert talks.talk(talk.store, talk.bo, talk_id, later).role == "holder", "back again"
        with pytest.raises(NotFound):
            talks.talk(talk.store, talk.dana, talk_id, later)
        names = {
            one.person.first_name: one.role
            for one in showing.viewers(talk.store, talk.amina, talk_id, "da", later)
        }
        assert names["Dana"] == "former"
        showing.stop(talk.store, talk.amina, talk_id, talk.dana_id, later)
        with pytest.raises(NotFound):
            showing.show(talk.store, talk.amina, talk_id, talk.dana_id, later)

    def test_the_next_talk_has_what_was_agreed_before_only_where_it_moved_on(
        self, talk: Talking, talk_id: str
    ) -> None:
        talk.agree(talk_id)
        talk.hold(talk_id)
        talk.new_manager(talk.dana_id)
        following = talk.plan(talk.dana, days=60)
        assert earlier.earlier_agreements(talk.store, talk.dana, following, NOON) == ()
        assert len(earlier.earlier_agreements(talk.store, talk.amina, following, NOON)) == 1
        showing.show(talk.store, talk.amina, talk_id, talk.dana_id, NOON)
        assert len(earlier.earlier_agreements(talk.store, talk.dana, following, NOON)) == 1


class TestCoaches:
    def test_a_coach_sees_it_while_the_person_shows_it(self, talk: Talking, talk_id: str) -> None:
        talk.agree(talk_id)
        assert offered(talk, talk_id) == {"Clara": ("coach", False)}
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        assert offered(talk, talk_id) == {"Clara": ("coach", True)}
        assert role(talk, talk_id, talk.clara) == "coach"
        with pytest.raises(NotFound):
            talk.agree(talk_id, actor=talk.clara)
        with pytest.raises(NotFound):
            talks.cancel(talk.store, talk.clara, talk_id, NOON)
        showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        assert role(talk, talk_id, talk.clara) is None

    def test_a_coach_reads_what_is_agreed_now_and_not_how_it_came_about(
        self, talk: Talking, talk_id: str
    ) -> None:
        made, gone = talk.agree(talk_id), talk.agree(talk_id, "taken away")
        talk.change(made, "Bake alone on Mondays", talk.amina)
        agreements.remove(talk.store, talk.amina, gone.id, 1, NOON)
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        (seen,) = agreements.agreements(talk.store, talk.clara, talk_id, NOON)
        assert seen.text.what == "Bake alone on Mondays"
        for attempt in (
            lambda: agreements.versions(talk.store, talk.clara, made.id, NOON),
            lambda: agreements.agreements(talk.store, talk.clara, talk_id, NOON, removed=True),
            lambda: agreements.agreement(talk.store, talk.clara, gone.id, NOON),
        ):
            with pytest.raises(NotFound):
                attempt()

    def test_an_ended_coach_sees_nothing_at_the_very_next_view(self, talk: Talking, talk_id: str) -> None:
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        notes.save(talk.store, talk.clara, talk_id, "hers", 0, NOON)
        talk.end_coach(talk.clara_id)
        with talk.store.read() as q:
            office = appointments_of(q, talk.clara_id)["coach"]
        clara = Actor(talk.clara_id, coaches=office)
        assert role(talk, talk_id, clara) is None
        assert offered(talk, talk_id) == {"Clara": ("former", True)}
        assert notes.note(talk.store, clara, talk_id, NOON).text == "hers"

    def test_only_the_person_decides(self, talk: Talking, talk_id: str) -> None:
        for actor in (talk.bo, talk.clara, talk.dana, talk.administrator):
            with pytest.raises(NotFound):
                showing.show(talk.store, actor, talk_id, talk.clara_id, NOON)
            with pytest.raises(NotFound):
                showing.viewers(talk.store, actor, talk_id, "da", NOON)

    @pytest.mark.parametrize("who", ["dana_id", "", "nobody"])
    def test_it_is_shown_to_coaches_and_the_new_manager_alone(
        self, talk: Talking, talk_id: str, who: str
    ) -> None:
        with pytest.raises(NotFound):
            showing.show(talk.store, talk.amina, talk_id, getattr(talk, who, who) or "", NOON)

    def test_a_coach_who_holds_a_talk_keeps_it_when_a_profile_is_withdrawn_but_can_be_shut_out(
        self, talk: Talking
    ) -> None:
        task_id = talk.share_profile(talk.clara_id)
        talk_id = talk.plan(talk.clara, as_role="coach")
        talk.agree(talk_id, actor=talk.clara)
        decide_with(talk.store, talk.amina, task_id, talk.clara_id, False, NOON)
        assert role(talk, talk_id, talk.clara) == "holder"
        with pytest.raises(NotFound):
            talk.plan(talk.clara, as_role="coach", days=20)
        assert offered(talk, talk_id) == {"Clara": ("holder", True)}
        showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        assert role(talk, talk_id, talk.clara) is None
        assert offered(talk, talk_id) == {"Clara": ("holder", False)}
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        assert role(talk, talk_id, talk.clara) == "holder"
        talk.end_coach(talk.clara_id)
        assert role(talk, talk_id, talk.actor(talk.clara_id)) is None

    def test_a_coach_who_comes_to_lead_the_person_is_asked_for_anew_as_manager(
        self, talk: Talking, talk_id: str
    ) -> None:
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        talk.new_manager(talk.clara_id)
        assert role(talk, talk_id, talk.clara) is None
        assert offered(talk, talk_id) == {"Clara": ("manager", False)}
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        assert role(talk, talk_id, talk.clara) == "successor"
        showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        talk.new_manager(talk.dana_id)
        assert role(talk, talk_id, talk.clara) is None, "not even as the coach of before"
        assert offered(talk, talk_id) == {"Dana": ("manager", False), "Clara": ("coach", False)}

    def test_a_coach_who_holds_a_talk_and_comes_to_lead_the_person_holds_it_no_longer(
        self, talk: Talking
    ) -> None:
        """What was said to a coach is not the manager's to read; who is coach again holds it again."""
        talk.share_profile(talk.clara_id)
        own = talk.plan(talk.clara, as_role="coach")
        for actor in (talk.amina, talk.clara):
            preparing.save(talk.store, actor, own, PreparationTexts(wishes="for two"), 0, NOON, ready=True)
        talk.new_manager(talk.clara_id)
        assert role(talk, own, talk.clara) is None
        assert role(talk, own, talk.amina) == "person"
        assert "Clara" not in offered(talk, own)
        with pytest.raises(NotFound):
            preparing.others_preparation(talk.store, talk.clara, own, NOON)
        with talk.store.read() as q:
            assert not facts.talk_facts(q, talk.clara, NOON).next_talks
        talk.new_manager(talk.dana_id, NOON)
        assert role(talk, own, talk.clara) == "holder"

    def test_the_manager_is_not_shut_out_of_the_own_talk(self, talk: Talking, talk_id: str) -> None:
        with pytest.raises(NotFound):
            showing.stop(talk.store, talk.amina, talk_id, talk.bakery.manager_id, NOON)
        assert role(talk, talk_id, talk.bo) == "holder"


class TestTheLog:
    def test_looks_of_others_are_noted_once_an_hour_and_those_of_the_two_are_not(
        self, talk: Talking, talk_id: str
    ) -> None:
        showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON)
        for minutes in (0, 30, 59, 61):
            moment = NOON + timedelta(minutes=minutes)
            for actor in (talk.amina, talk.bo, talk.clara):
                talks.talk(talk.store, actor, talk_id, moment)
                agreements.agreements(talk.store, actor, talk_id, moment)
        lines = [
            (line.actor_name, line.at - NOON)
            for line in log.about(talk.store, talk.bakery.employee_id)
            if line.action == "see-talk"
        ]
        assert lines == [("Clara Berg", timedelta(0)), ("Clara Berg", timedelta(minutes=61))]

    def test_deciding_is_noted_once(self, talk: Talking, talk_id: str) -> None:
        for _ in range(2):
            showing.show(talk.store, talk.amina, talk_id, talk.clara_id, NOON + timedelta(minutes=1))
        for _ in range(2):
            showing.stop(talk.store, talk.amina, talk_id, talk.clara_id, NOON + timedelta(minutes=2))
        lines = log.about(talk.store, talk.bakery.employee_id)
        assert [(line.action, line.object_id) for line in lines] == [
            ("plan-talk", talk_id),
            ("show-talk", f"{talk_id} {talk.clara_id}"),
            ("stop-showing-talk", f"{talk_id} {talk.clara_id}"),
        ]


class TestFacts:
    def test_what_the_team_page_learns(self, talk: Talking, talk_id: str) -> None:
        overdue = NOON + timedelta(days=100)
        made = talk.agree(talk_id, due_on=(NOON + timedelta(days=30)).date())
        with talk.store.read() as q:
            now = facts.talk_facts(q, talk.bo, NOON)
        assert [one.first_name for one in now.without_talk] == ["Clara", "Dana"]
        assert now.overdue == ()
        assert {key: one.talk_id for key, one in now.next_talks.items()} == {talk.bakery.employee_id: talk_id}
        with talk.store.read() as q:
            then = facts.talk_facts(q, talk.bo, overdue)
        assert [one.first_name for one in then.overdue] == ["Amina"]
        assert then.next_talks == {}
        agreements.set_status(talk.store, talk.amina, made.id, "done", overdue)
        with talk.store.read() as q:
            assert facts.talk_facts(q, talk.bo, overdue).overdue == ()
            year = facts.talk_facts(q, talk.bo, NOON + timedelta(days=7 + 365))
            assert [one.first_name for one in year.without_talk] == ["Amina", "Clara", "Dana"]

    def test_the_next_talk_is_the_first_one_to_come(self, talk: Talking) -> None:
        talk.plan(days=30)
        first, cancelled = talk.plan(days=10), talk.plan(days=5)
        talks.cancel(talk.store, talk.bo, cancelled, NOON)
        with talk.store.read() as q:
            (found,) = facts.talk_facts(q, talk.bo, NOON).next_talks.values()
        assert found.talk_id == first

    def test_when_the_newest_talk_was_held(self, talk: Talking) -> None:
        first, second = talk.plan(days=1), talk.plan(days=2)
        talk.plan(days=3)
        after = NOON + timedelta(days=10)
        for talk_id in (second, first):
            talks.hold(talk.store, talk.bo, talk_id, after)
        with talk.store.read() as q:
            held = facts.talk_facts(q, talk.bo, after).held
            assert facts.talk_facts(q, talk.dana, after).held == {}
        assert held == {talk.bakery.employee_id: NOON + timedelta(days=2)}

    def test_a_talk_with_a_coach_is_not_told_to_the_manager(self, talk: Talking) -> None:
        talk.share_profile(talk.clara_id)
        coached = talk.plan(talk.clara, as_role="coach")
        talk.agree(coached, actor=talk.clara, due_on=(NOON + timedelta(days=1)).date())
        with talk.store.read() as q:
            found = facts.talk_facts(q, talk.bo, NOON + timedelta(days=5))
        assert "Amina" in {one.first_name for one in found.without_talk}
        assert found.overdue == ()

    def test_who_leads_nobody_has_none(self, talk: Talking, talk_id: str) -> None:
        with talk.store.read() as q:
            found = facts.talk_facts(q, talk.dana, NOON)
        assert (found.without_talk, found.overdue, found.next_talks) == ((), (), {})


class TestEarlier:
    def test_the_last_talk_as_a_whole_and_what_still_lives_of_older_ones(self, talk: Talking) -> None:
        store, oldest, older, last = talk.store, talk.plan(days=10), talk.plan(days=20), talk.plan(days=30)
        following = talk.plan(days=90)
        done = talk.agree(oldest, "old and done")
        talk.agree(oldest, "old and live")
        settled = talk.agree(older, "settled")
        gone = talk.agree(older, "taken away")
        agreements.remove(store, talk.bo, gone.id, 1, NOON)
        for one in (done, settled):
            agreements.set_status(store, talk.bo, one.id, "dropped", NOON)
        talk.agree(following, "of this talk")
        assert last, "nothing was agreed in the talk right before"
        found = earlier.earlier_agreements(store, talk.amina, following, NOON)
        assert [one.text.what for one in found] == ["settled", "old and live"]

    def test_at_one_screen_there_is_only_what_each_of_the_two_may_see_alone(self, talk: Talking) -> None:
        talk.share_profile(talk.clara_id)
        coached = talk.plan(talk.clara, as_role="coach", days=10)
        talk.agree(coached, "between Amina and her coach", actor=talk.clara)
        talk.agree(talk.plan(days=20), "between Amina and Bo")
        following = talk.plan(days=90)

        def past(actor: Actor, beside: Actor | None) -> list[str]:
            found = earlier.earlier_agreements(talk.store, actor, following, NOON, beside=beside)
            return [one.text.what for one in found]

        assert past(talk.amina, None) == ["between Amina and Bo", "between Amina and her coach"]
        for actor, beside in ((talk.amina, talk.bo), (talk.bo, talk.amina), (talk.bo, None)):
            assert past(actor, beside) == ["between Amina and Bo"]

    @pytest.mark.parametrize("people", [2, 12])
    def test_the_number_of_queries_is_the_same_for_few_and_for_many(
        self, talk: Talking, people: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(people):
            person_id = talk.bakery.add_person(f"P{number}", f"P{number} Holm", "da", str(2000 + number))
            talk.agree(talk.plan(person_id=person_id))
        asked: list[str] = []
        original = queries.Queries.__getattr__

        def counted(self: queries.Queries, name: str) -> Callable[..., object]:
            asked.append(name)
            return original(self, name)

        monkeypatch.setattr(queries.Queries, "__getattr__", counted)
        with talk.store.read() as q:
            facts.talk_facts(q, talk.bo, NOON)
        assert len(asked) == 5
        asked.clear()
        assert len(talks.talks_of(talk.store, talk.bo, NOON)) == people
        assert len(asked) == 3
