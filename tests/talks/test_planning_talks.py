"""Planning a talk: who may with whom, when and where, and who hears of it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.audit import log
from assess.errors import NotAllowed, NotFound
from assess.people import register
from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store, open_store
from assess.store.ids import time_text
from assess.talks import showing, signing, talks
from assess.talks.types import MOST_PLANNED, TalkFault

WEEK = NOON + timedelta(days=7)


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


def letters(store: Store, kind: str) -> set[str]:
    """Who has a letter of a kind that waits."""
    with store.engine.transaction(write=False) as connection:
        found = connection.execute(
            "SELECT person_id FROM outbox WHERE kind = '" + kind + "' AND state = 'waiting'"
        ).fetchall()
    return {row["person_id"] if isinstance(row, dict) else row[0] for row in found}


def have_gone(talk: Talking) -> None:
    with talk.store.engine.transaction(write=True) as connection:
        connection.execute("UPDATE outbox SET state = 'sent' WHERE state = 'waiting'")


class TestWhoMayPlan:
    def test_the_nearest_manager(self, talk: Talking) -> None:
        talk_id = talk.plan(talk.bo)
        seen = talks.talk(talk.store, talk.amina, talk_id, NOON)
        assert (seen.person.first_name, seen.holder.first_name) == ("Amina", "Bo")
        assert (seen.holder_role, seen.role, seen.state) == ("manager", "person", "planned")
        assert (seen.starts_at, seen.minutes, seen.place) == (WEEK, 60, "Room 2")
        assert seen.holder_is_current
        assert not seen.is_open

    def test_a_talk_needs_no_questionnaire(self, talk: Talking) -> None:
        assert talks.talks_of(talk.store, talk.bo, NOON) == ()
        talk.plan(talk.bo)  # nothing was ever answered here
        assert [one.other.first_name for one in talks.talks_of(talk.store, talk.bo, NOON)] == ["Amina"]

    @pytest.mark.parametrize("who", ["amina", "clara", "dana", "administrator"])
    def test_nobody_else_as_manager(self, talk: Talking, who: str) -> None:
        with pytest.raises(NotFound):
            talk.plan(getattr(talk, who))

    def test_not_the_manager_above_the_nearest_one(self, talk: Talking) -> None:
        below = register.add_unit(
            talk.store, talk.bakery.organisation_id, "Oven", parent_id=talk.bakery.unit_id, now=NOON
        )
        erik = talk.bakery.add_person("Erik", "Erik Ek", "sv", "1010")
        with talk.store.write() as q:
            q.end_memberships_of(person_id=erik, now=time_text(NOON))
        register.join_unit(talk.store, erik, below, role="leader", now=NOON)
        fie = talk.bakery.add_person("Fie", "Fie Friis", "da", "1011")
        with talk.store.write() as q:
            q.end_memberships_of(person_id=fie, now=time_text(NOON))
        register.join_unit(talk.store, fie, below, role="member", now=NOON)
        assert talk.plan(talk.actor(erik), person_id=fie)
        assert talk.plan(talk.bo, person_id=erik)
        with pytest.raises(NotFound):
            talk.plan(talk.bo, person_id=fie)

    def test_a_coach_with_whom_the_person_shares_a_profile(self, talk: Talking) -> None:
        with pytest.raises(NotFound):
            talk.plan(talk.clara, as_role="coach")
        talk.share_profile(talk.clara_id)
        talk_id = talk.plan(talk.clara, as_role="coach")
        assert talks.talk(talk.store, talk.clara, talk_id, NOON).role == "holder"
        with pytest.raises(NotFound):
            talks.talk(talk.store, talk.bo, talk_id, NOON)

    def test_a_coach_to_whom_the_person_shows_a_talk(self, talk: Talking) -> None:
        showing.show(talk.store, talk.amina, talk.plan(), talk.clara_id, NOON)
        assert talk.plan(talk.clara, as_role="coach", days=9)

    def test_a_coach_who_is_none_any_more_plans_nothing(self, talk: Talking) -> None:
        talk.share_profile(talk.clara_id)
        with pytest.raises(NotFound):
            talk.plan(talk.actor(talk.clara_id), as_role="coach")

    def test_whoever_leads_a_person_is_not_that_persons_coach(self, talk: Talking) -> None:
        talk.appoint_coach(talk.bakery.manager_id)
        talk.share_profile(talk.bakery.manager_id)
        bo = talk.actor(talk.bakery.manager_id, is_coach=True)
        with pytest.raises(NotFound):
            talk.plan(bo, as_role="coach")
        first = talks.candidates(talk.store, bo, "da", NOON)[0]
        assert (first.person.first_name, first.as_role) == ("Amina", "manager")

    def test_what_was_shared_with_a_manager_makes_nobody_a_coach(self, talk: Talking) -> None:
        """Bo rated Amina, who shared her own view with him as her manager. Now he leads her no longer, and is
        appointed coach: she has not chosen him."""
        bakery = talk.bakery
        wave = bakery.wave()
        own, rating = bakery.assign(wave), bakery.assign(wave, "manager")
        bakery.finish(bakery.enter(own), share=True)
        bakery.finish(bakery.enter(rating))
        talk.new_manager(talk.dana_id)
        talk.appoint_coach(bakery.manager_id)
        bo = talk.actor(bakery.manager_id, is_coach=True)
        assert talks.candidates(talk.store, bo, "en", NOON) == ()
        with pytest.raises(NotFound):
            talk.plan(bo, as_role="coach")

    def test_nobody_plans_one_with_who_has_left(self, talk: Talking) -> None:
        talk.share_profile(talk.clara_id)
        talk.leave(talk.bakery.employee_id)
        for holder, role in ((talk.bo, "manager"), (talk.clara, "coach")):
            with pytest.raises(NotFound):
                talk.plan(holder, as_role=role)  # type: ignore[arg-type]

    def test_with_whom_one_may_plan_is_listed_in_the_order_of_the_alphabet(self, talk: Talking) -> None:
        talk.share_profile(talk.clara_id)
        store = talk.store

        def names(actor: Actor) -> list[tuple[str, str]]:
            found = talks.candidates(store, actor, "da", NOON)
            return [(one.person.first_name, one.as_role) for one in found]

        assert names(talk.bo) == [("Amina", "manager"), ("Clara", "manager"), ("Dana", "manager")]
        assert names(talk.clara) == [("Amina", "coach")]
        assert names(talk.amina) == names(talk.dana) == names(talk.actor(talk.clara_id)) == []


class TestWhen:
    @pytest.mark.parametrize(
        ("parts", "faults"),
        [
            ({"starts_at": NOON}, {"starts-at": "past"}),
            ({"starts_at": NOON + timedelta(days=800)}, {"starts-at": "far"}),
            ({"minutes": 14}, {"minutes": "range"}),
            ({"minutes": 481}, {"minutes": "range"}),
            ({"place": "x" * 201}, {"place": "too-long"}),
            ({"place": "Room\n2"}, {"place": "signs"}),
            ({"place": "Room\0"}, {"place": "signs"}),
            ({"minutes": 0, "place": "\x1b"}, {"minutes": "range", "place": "signs"}),
        ],
    )
    def test_what_is_wrong_is_told_by_field_and_nothing_is_kept(
        self, talk: Talking, parts: dict[str, object], faults: dict[str, str]
    ) -> None:
        given = {"starts_at": WEEK, "minutes": 60, "place": ""} | parts
        with pytest.raises(TalkFault) as told:
            talks.plan(talk.store, talk.bo, talk.bakery.employee_id, now=NOON, as_role="manager", **given)  # type: ignore[arg-type]
        assert told.value.faults == faults
        assert talks.talks_of(talk.store, talk.bo, NOON) == ()

    def test_the_same_form_sent_twice_makes_one_talk(self, talk: Talking) -> None:
        first = talk.plan()
        with pytest.raises(TalkFault) as told:
            talk.plan()
        assert told.value.faults == {"starts-at": "overlap"}
        assert told.value.other_id == first

    def test_two_forms_at_the_same_moment_make_one_talk(self, talk: Talking, settings: Settings) -> None:
        """Two processes as far as the database knows: each thread has a store of its own."""
        barrier, refused = threading.Barrier(2), []

        def plan() -> None:
            with open_store(settings) as own:
                barrier.wait()
                try:
                    talks.plan(own, talk.bo, talk.bakery.employee_id, WEEK, 60, "", NOON, as_role="manager")
                except TalkFault as fault:
                    refused.append(fault.other_id)

        threads = [threading.Thread(target=plan) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (planned,) = talks.talks_of(talk.store, talk.bo, NOON)
        assert refused == [planned.id]

    @pytest.mark.parametrize(("minutes", "overlaps"), [(-60, False), (-59, True), (59, True), (60, False)])
    def test_one_talk_may_begin_when_another_ends(self, talk: Talking, minutes: int, overlaps: bool) -> None:
        talk.plan()
        days = 7 + minutes / (24 * 60)
        if overlaps:
            with pytest.raises(TalkFault):
                talk.plan(days=days)
        else:
            assert talk.plan(days=days)

    def test_a_manager_may_have_talks_with_two_people_at_once(self, talk: Talking) -> None:
        """Two people may be met together; a manager's own calendar knows better."""
        talk.plan()
        assert talk.plan(person_id=talk.dana_id)


class TestChanging:
    def test_another_time_counts_as_a_change_and_the_same_does_not(self, talk: Talking) -> None:
        store, talk_id = talk.store, talk.plan()
        talks.change(store, talk.bo, talk_id, WEEK, 60, " Room 2 ", NOON)
        assert talks.talk(store, talk.amina, talk_id, NOON).sequence == 0
        talks.change(store, talk.bo, talk_id, WEEK + timedelta(minutes=30), 45, "Room 3", NOON)
        seen = talks.talk(store, talk.amina, talk_id, NOON)
        assert (seen.sequence, seen.minutes, seen.place) == (1, 45, "Room 3")
        assert seen.starts_at == WEEK + timedelta(minutes=30)

    def test_only_who_holds_it_moves_it_and_notes_that_it_was_held(self, talk: Talking) -> None:
        talk_id = talk.plan()
        for who in (talk.amina, talk.clara, talk.dana):
            with pytest.raises(NotFound):
                talks.change(talk.store, who, talk_id, WEEK, 45, "", NOON)
            with pytest.raises(NotFound):
                talks.hold(talk.store, who, talk_id, NOON)

    @pytest.mark.parametrize("who", ["amina", "bo"])
    def test_both_can_call_it_off_once(self, talk: Talking, who: str) -> None:
        store, talk_id = talk.store, talk.plan()
        for _ in range(2):
            talks.cancel(store, getattr(talk, who), talk_id, NOON)
        seen = talks.talk(store, talk.bo, talk_id, NOON)
        assert (seen.state, seen.sequence, seen.is_open) == ("cancelled", 1, False)
        with pytest.raises(NotAllowed):
            talks.change(store, talk.bo, talk_id, WEEK, 45, "", NOON)
        with pytest.raises(NotAllowed):
            talk.hold(talk_id)
        assert talk.plan(), "its time is free again"

    def test_a_talk_noted_as_held_by_mistake_is_planned_again_before_its_time(self, talk: Talking) -> None:
        store, talk_id = talk.store, talk.plan()
        talk.hold(talk_id)
        with pytest.raises(NotFound):
            talks.take_back_held(store, talk.amina, talk_id, NOON)
        for _ in range(2):
            talks.take_back_held(store, talk.bo, talk_id, NOON)
        seen = talks.talk(store, talk.amina, talk_id, NOON)
        assert (seen.state, seen.held_at) == ("planned", None)
        talks.hold(store, talk.bo, talk_id, WEEK)
        with pytest.raises(NotAllowed):
            talks.take_back_held(store, talk.bo, talk_id, WEEK)

    def test_the_same_two_have_so_many_talks_planned_and_no_more(self, talk: Talking) -> None:
        for day in range(1, MOST_PLANNED + 1):
            talk.plan(days=day)
        with pytest.raises(TalkFault) as refused:
            talk.plan(days=30)
        assert refused.value.faults == {"starts-at": "many"}

    def test_within_a_day_a_person_gets_ten_letters_about_planning_and_no_more(self, talk: Talking) -> None:
        for number in range(5):
            talks.cancel(talk.store, talk.bo, self._told(talk, days=1 + number), NOON)
            have_gone(talk)
        with pytest.raises(TalkFault) as told:
            talk.plan(days=20)
        assert told.value.faults == {"starts-at": "often"}
        day = timedelta(days=1)
        with pytest.raises(TalkFault):
            talk.plan(days=20, at=NOON + day - timedelta(seconds=1))
        assert talk.plan(days=20, at=NOON + day)

    def test_a_talk_can_be_cancelled_however_many_letters_there_were(self, talk: Talking) -> None:
        talk_id = self._told(talk, days=7)
        for number in range(9):
            when = NOON + timedelta(days=8 + number)
            talks.change(talk.store, talk.bo, talk_id, when, 60, "", NOON)
        with pytest.raises(TalkFault):
            talks.change(talk.store, talk.bo, talk_id, NOON + timedelta(days=30), 60, "", NOON)
        talks.cancel(talk.store, talk.bo, talk_id, NOON)
        assert talks.talk(talk.store, talk.bo, talk_id, NOON).state == "cancelled"

    def test_letters_that_never_went_and_those_about_others_do_not_count(self, talk: Talking) -> None:
        for number in range(10):  # the invitation waits still, and is taken back with the talk
            talks.cancel(talk.store, talk.bo, talk.plan(days=1 + number), NOON)
        register.join_unit(talk.store, talk.dana_id, talk.bakery.unit_id, role="member", now=NOON)
        for number in range(5):
            self._told(talk, days=1 + number, person_id=talk.dana_id)
        assert talk.plan(days=3)

    def _told(self, talk: Talking, *, days: float, person_id: str = "") -> str:
        talk_id = talk.plan(days=days, person_id=person_id)
        have_gone(talk)
        return talk_id

    def test_a_talk_that_was_held_stays(self, talk: Talking) -> None:
        store, talk_id = talk.store, talk.plan()
        for _ in range(2):
            talks.hold(store, talk.bo, talk_id, WEEK)
        seen = talks.talk(store, talk.amina, talk_id, WEEK)
        assert (seen.state, seen.held_at, seen.is_open) == ("held", WEEK, True)
        with pytest.raises(NotAllowed):
            talks.cancel(store, talk.amina, talk_id, WEEK)
        with pytest.raises(NotAllowed):
            talks.change(store, talk.bo, talk_id, WEEK + timedelta(days=1), 45, "", WEEK)

    def test_once_it_has_begun_whoever_holds_it_says_whether_it_took_place(self, talk: Talking) -> None:
        store, talk_id = talk.store, talk.plan()
        with pytest.raises(NotAllowed):
            talks.cancel(store, talk.amina, talk_id, WEEK)
        talks.cancel(store, talk.bo, talk_id, WEEK)
        assert talks.talk(store, talk.amina, talk_id, WEEK).state == "cancelled"

    def test_a_talk_in_which_both_have_signed_something_has_taken_place(self, talk: Talking) -> None:
        store, talk_id = talk.store, talk.plan()
        made = talk.agree(talk_id)
        signing.sign(store, talk.amina, talk_id, {made.id: 1}, NOON)
        signing.sign(store, talk.bo, talk_id, {made.id: 1}, NOON)
        with pytest.raises(NotAllowed):
            talks.cancel(store, talk.bo, talk_id, NOON)
        assert talks.talk(store, talk.bo, talk_id, NOON).state == "planned"

    def test_it_is_open_from_the_moment_it_begins(self, talk: Talking) -> None:
        talk_id = talk.plan()
        assert not talks.talk(talk.store, talk.bo, talk_id, WEEK - timedelta(seconds=1)).is_open
        assert talks.talk(talk.store, talk.bo, talk_id, WEEK).is_open


class TestWhoHearsOfIt:
    def test_both_get_letters_and_the_person_a_line_in_the_log(self, talk: Talking) -> None:
        store, talk_id = talk.store, talk.plan()
        two = {talk.bakery.employee_id, talk.bakery.manager_id}
        assert letters(store, "talk-invitation") == two
        with store.write() as q:  # the invitations have gone
            q.cancel_waiting_letter(key=f"talk-invitation:{talk_id}:{talk.bakery.employee_id}", now="x")
            q.cancel_waiting_letter(key=f"talk-invitation:{talk_id}:{talk.bakery.manager_id}", now="x")
        talks.change(store, talk.bo, talk_id, WEEK, 45, "", NOON)
        assert letters(store, "talk-changed") == two
        talks.cancel(store, talk.amina, talk_id, NOON)
        assert letters(store, "talk-cancelled") == two
        lines = {(line.actor_name, line.action) for line in log.about(store, talk.bakery.employee_id)}
        assert lines == {("Bo Ørsted", "plan-talk"), ("Amina Yıldız", "cancel-talk")}


def test_the_list_has_the_newest_start_first_and_is_for_oneself(talk: Talking) -> None:
    for days in (7, 30, 14):
        talk.plan(days=days)
    found = talks.talks_of(talk.store, talk.amina, NOON)
    assert [(one.starts_at - NOON).days for one in found] == [30, 14, 7]
    assert {one.role for one in found} == {"person"}
    assert talks.talks_of(talk.store, talk.clara, NOON) == talks.talks_of(talk.store, talk.dana, NOON) == ()
