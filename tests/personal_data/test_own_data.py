"""What a person has over all waves, with whom it is shared, who has looked, and the copy of all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from small_organisation import NOON, Bakery

from assess.answering import results, sessions, sharing
from assess.answering.types import Session
from assess.errors import NotAllowed, NotFound
from assess.outbox.letters import ADDRESS, take
from assess.people import administrators, appointments, register, signing_in
from assess.people.changing import InvalidPerson
from assess.personal_data import coaching, export, looks, own
from assess.personal_data.contact import contact_of, correct_contact
from assess.personal_data.sharing import sharing_now
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from assess.store.queries import Queries

LATER = NOON + timedelta(days=1)


@dataclass
class Talk:
    """Amina, her manager Bo, the coach Clara; one wave, nothing answered yet."""

    bakery: Bakery
    own: str
    rating: str
    coach_id: str
    employee: Session
    manager: Session

    @property
    def amina(self) -> Actor:
        return Actor(self.bakery.employee_id, organisation_id=self.bakery.organisation_id)

    @property
    def bo(self) -> Actor:
        return Actor(self.bakery.manager_id, organisation_id=self.bakery.organisation_id)

    @property
    def clara(self) -> Actor:
        return Actor(self.coach_id, coaches=frozenset({self.bakery.organisation_id}))


@pytest.fixture
def talk(bakery: Bakery, store: Store) -> Talk:
    administrators.grant(store, bakery.manager_id, NOON)
    admin = Actor(bakery.manager_id, frozenset({bakery.organisation_id}))
    coach_id = bakery.add_person("Clara", "Clara Åkesson", "sv", "1003")
    appointments.appoint(store, admin, bakery.organisation_id, coach_id, "coach", NOON)
    wave = bakery.wave()
    mine, rating = bakery.assign(wave), bakery.assign(wave, "manager")
    return Talk(bakery, mine, rating, coach_id, bakery.enter(mine), bakery.enter(rating))


class TestTasks:
    def test_states_follow_the_answers_and_the_time(self, talk: Talk, store: Store) -> None:
        def state() -> str:
            (task,) = own.own_tasks(store, talk.amina, "en", NOON)
            return task.state

        assert state() == "new"
        talk.bakery.answer_all(talk.employee)
        assert state() == "begun"
        talk.bakery.finish(talk.employee, share=False)
        assert state() == "done"

    def test_what_was_not_submitted_in_time_is_over(self, bakery: Bakery, store: Store) -> None:
        bakery.assign(bakery.wave(closes_at=LATER))
        (task,) = own.own_tasks(store, Actor(bakery.employee_id), "en", LATER)
        assert (task.state, task.has_result) == ("over", False)

    def test_all_waves_the_newest_first(self, bakery: Bakery, store: Store) -> None:
        first = bakery.assign(bakery.wave(opens_at=NOON - timedelta(days=300)))
        second = bakery.assign(bakery.wave())
        found = own.own_tasks(store, Actor(bakery.employee_id), "en", NOON)
        assert [task.id for task in found] == [second, first]

    def test_only_own_tasks_can_be_opened(self, talk: Talk, store: Store) -> None:
        secret = sessions.begin_for(store, talk.amina.id, talk.own, NOON, "sv")
        session = sessions.find(store, secret, NOON)
        assert session is not None
        assert (session.task.id, session.language) == (talk.own, "sv")
        for task_id in (talk.rating, "no such task"):
            with pytest.raises(NotFound):
                sessions.begin_for(store, talk.amina.id, task_id, NOON, "sv")


def stop_leading(talk: Talk) -> None:
    """Bo has led Amina until now."""
    bakery = talk.bakery
    register.join_unit(bakery.store, bakery.manager_id, bakery.unit_id, role="leader", now=NOON)
    with bakery.store.write() as q:
        q.end_leaders_of_unit(unit_id=bakery.unit_id, now=time_text(NOON))


def receivers(talk: Talk, now: datetime) -> list[tuple[str, str, datetime | None]]:
    (profile,) = sharing_now(talk.bakery.store, talk.amina, "en", now)
    return [(one.name, one.role, one.since) for one in profile.receivers]


class TestSharing:
    def test_receivers_are_the_manager_and_the_coaches(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=True)
        (profile,) = sharing_now(store, talk.amina, "en", NOON)
        told = [(one.name, one.role, one.since) for one in profile.receivers]
        assert told == [("Bo Ørsted", "manager", NOON), ("Clara Åkesson", "coach", None)]

    def test_who_no_longer_leads_is_called_no_manager_and_can_only_be_withdrawn(
        self, talk: Talk, store: Store
    ) -> None:
        talk.bakery.finish(talk.employee, share=True)
        stop_leading(talk)
        assert receivers(talk, LATER) == [("Clara Åkesson", "coach", None), ("Bo Ørsted", "former", NOON)]
        sharing.decide_with(store, talk.amina, talk.own, talk.bo.id, False, LATER)
        assert receivers(talk, LATER) == [("Clara Åkesson", "coach", None)]
        with pytest.raises(NotAllowed):
            sharing.decide_with(store, talk.amina, talk.own, talk.bo.id, True, LATER)

    def test_what_was_shared_with_a_manager_is_not_a_coachs(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=True)
        talk.bakery.finish(talk.manager, 2)
        admin = Actor(talk.bo.id, frozenset({talk.bakery.organisation_id}))
        appointments.appoint(store, admin, talk.bakery.organisation_id, talk.bo.id, "coach", NOON)
        stop_leading(talk)
        assert receivers(talk, LATER)[-1] == ("Bo Ørsted", "former", NOON)
        coach = Actor(talk.bo.id, coaches=frozenset({talk.bakery.organisation_id}))
        assert coaching.coached(store, coach, "en", LATER) == ()

    def test_what_was_shared_with_who_was_to_rate_is_not_a_coachs(self, talk: Talk, store: Store) -> None:
        """Bo had rated nothing yet when he was asked no more: his task was taken back."""
        talk.bakery.finish(talk.employee, share=True)
        admin = Actor(talk.bo.id, frozenset({talk.bakery.organisation_id}))
        appointments.appoint(store, admin, talk.bakery.organisation_id, talk.bo.id, "coach", NOON)
        with store.write() as q:
            q.withdraw_tasks([{"id": talk.rating, "now": time_text(LATER)}])
        later = LATER + timedelta(hours=1)
        coach = Actor(talk.bo.id, coaches=frozenset({talk.bakery.organisation_id}))
        assert receivers(talk, later) == [("Clara Åkesson", "coach", None), ("Bo Ørsted", "former", NOON)]
        assert coaching.coached(store, coach, "en", later) == ()
        with pytest.raises(NotFound):
            coaching.coached_results(store, coach, talk.own, "en", later)
        with store.read() as q:
            assert q.waves_shared_with(with_id=coach.id) == []
            assert q.people_coached_by(coach_id=coach.id, now=time_text(later)) == []
        for shared in (False, True):  # with the coach he is now
            sharing.decide_with(store, talk.amina, talk.own, coach.id, shared, later)
        assert receivers(talk, later)[0] == ("Bo Ørsted", "coach", later)
        assert len(coaching.coached(store, coach, "en", later)) == 1
        with store.read() as q:
            assert len(q.waves_shared_with(with_id=coach.id)) == 1
            assert len(q.people_coached_by(coach_id=coach.id, now=time_text(later))) == 1

    def test_nobody_is_asked_to_share_with_who_leads_no_longer(self, talk: Talk, store: Store) -> None:
        stop_leading(talk)
        talk.bakery.finish(talk.employee)
        assert receivers(talk, LATER) == [("Clara Åkesson", "coach", None)]
        assert not results.results(store, talk.manager, LATER).both

    def test_a_coach_sees_what_is_shared_and_nothing_after(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=False)
        assert coaching.coached(store, talk.clara, "en", NOON) == ()
        sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, True, NOON)
        (person,) = coaching.coached(store, talk.clara, "en", NOON)
        assert person.person.name == "Amina Yıldız"
        assert coaching.coached_results(store, talk.clara, talk.own, "en", NOON).areas
        sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, False, LATER)
        assert coaching.coached(store, talk.clara, "en", LATER) == ()
        with pytest.raises(NotFound):
            coaching.coached_results(store, talk.clara, talk.own, "en", LATER)

    def test_a_coach_sees_the_managers_rating_when_both_have_finished(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=False)
        sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, True, NOON)
        assert not coaching.coached_results(store, talk.clara, talk.own, "en", NOON).both
        talk.bakery.finish(talk.manager, 2)
        assert coaching.coached_results(store, talk.clara, talk.own, "en", NOON).both
        assert not results.results(store, talk.manager, NOON).both, "the manager was not shared with"

    def test_a_manager_who_is_coach_too_waits_like_any_manager(self, talk: Talk, store: Store) -> None:
        bo = Actor(talk.bo.id, coaches=frozenset({talk.bakery.organisation_id}))
        talk.bakery.finish(talk.employee, share=True)
        assert coaching.coached(store, bo, "en", NOON) == ()
        with pytest.raises(NotFound):
            coaching.coached_results(store, bo, talk.own, "en", NOON)

    def test_unanswered_looks_like_not_shared(self, talk: Talk, store: Store) -> None:
        sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, True, NOON)
        assert coaching.coached(store, talk.clara, "en", NOON) == ()
        with pytest.raises(NotFound):
            coaching.coached_results(store, talk.clara, talk.own, "en", NOON)

    def test_more_shares_cost_a_coach_no_more_queries(
        self, talk: Talk, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of waves with a rating and of two without; what was shared, the newest wave first."""
        talk.bakery.finish(talk.employee, share=False)
        sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, True, NOON)
        asked: list[str] = []
        plain = Queries.__getattr__

        def noted(queries: Queries, name: str) -> Any:
            asked.append(name)
            return plain(queries, name)

        def queries() -> list[str]:
            with monkeypatch.context() as patch:
                patch.setattr(Queries, "__getattr__", noted)
                asked.clear()
                coaching.coached(store, talk.clara, "en", NOON)
            return list(asked)

        few = queries()
        waves = [talk.bakery.wave(opens_at=NOON - timedelta(days=days)) for days in (100, 200)]
        tasks = [talk.bakery.assign(wave) for wave in waves]
        for task in tasks:
            talk.bakery.finish(talk.bakery.enter(task), share=False)
            sharing.decide_with(store, talk.amina, task, talk.coach_id, True, NOON)
        (person,) = coaching.coached(store, talk.clara, "en", NOON)
        assert [one.task_id for one in person.profiles] == [talk.own, *tasks]
        assert [one.areas for one in person.profiles] == [("Baking bread",)] * 3
        assert queries() == few

    def test_whoever_is_no_coach_any_more_sees_nothing(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=False)
        sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, True, NOON)
        with pytest.raises(NotFound):
            coaching.coached(store, Actor(talk.coach_id), "en", NOON)
        elsewhere = Actor(talk.coach_id, coaches=frozenset({"another"}))
        assert coaching.coached(store, elsewhere, "en", NOON) == ()
        with pytest.raises(NotFound):
            coaching.coached_results(store, elsewhere, talk.own, "en", NOON)

    def test_only_the_own_and_only_with_a_coach(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=False)
        for actor, task_id, with_id in (
            (talk.bo, talk.own, talk.coach_id),
            (talk.amina, talk.rating, talk.coach_id),
            (talk.amina, talk.own, talk.amina.id),
            (talk.amina, talk.own, "nobody"),
        ):
            with pytest.raises(NotFound):
                sharing.decide_with(store, actor, task_id, with_id, True, NOON)
        with pytest.raises(NotAllowed):  # a rating is not the manager's to share
            sharing.decide_with(store, talk.bo, talk.rating, talk.coach_id, True, NOON)


def test_each_look_is_seen_by_whom_it_was_about(talk: Talk, store: Store) -> None:
    talk.bakery.finish(talk.employee, share=False)
    sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, True, NOON)
    coaching.coached_results(store, talk.clara, talk.own, "en", NOON)
    coaching.coached_results(store, talk.clara, talk.own, "en", NOON + timedelta(minutes=9))
    sharing.decide_with(store, talk.amina, talk.own, talk.coach_id, False, LATER)
    told = [
        (line.is_own, line.who, line.action, line.title, line.with_name, line.was_shared)
        for line in looks.looks(store, talk.amina, "en")
    ]
    assert told[0] == (True, "Amina Yıldız", "unshare", "Tiny (en)", "Clara Åkesson", True)
    assert sorted(told[1:]) == [
        (False, "Clara Åkesson", "see-profile", "Tiny (en)", "", False),
        (True, "Amina Yıldız", "share", "Tiny (en)", "Clara Åkesson", False),
        # the answer to the question on submitting
        (True, "Amina Yıldız", "unshare", "Tiny (en)", "Bo Ørsted", False),
    ]
    assert not any(line.title for line in looks.looks(store, talk.bo, "en")), "it is Amina’s business"


class TestExport:
    def test_everything_of_all_waves(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=True)
        talk.bakery.finish(talk.manager, 2)
        talk.bakery.assign(talk.bakery.wave())
        found = export.export_all(store, talk.amina, "en", LATER)
        assert found["person"]["email"] == "amina@example.org"
        assert len(found["tasks"]) == 2
        finished = next(task for task in found["tasks"] if task["answered_about_me"])
        assert finished["answered_about_me"][0]["sheets"][0]["answers"]
        assert any("confidential" in text for text in found["withheld"])
        told = finished["processing"]
        assert "You see your own answers at any time." in told["who_sees_what"]
        assert set(told) >= {"purpose", "legal_basis", "kept_until"}
        assert found["log"][0]["what"] == "export"
        json.dumps(found)

    def test_a_rating_that_could_still_influence_is_named_and_withheld(
        self, talk: Talk, store: Store
    ) -> None:
        talk.bakery.finish(talk.manager, 2)
        (task,) = export.export_all(store, talk.amina, "en", NOON)["tasks"]
        assert task["answered_about_me"] == [
            {"perspective": "manager", "by": "Bo Ørsted", "sheets": export.WITHHELD}
        ]

    def test_a_rating_without_an_own_task_is_part_of_it_once_the_wave_is_over(
        self, bakery: Bakery, store: Store
    ) -> None:
        bakery.finish(bakery.enter(bakery.assign(bakery.wave(closes_at=LATER), "manager")), 2)
        amina = Actor(bakery.employee_id)
        (rating,) = export.export_all(store, amina, "en", NOON)["answered_about_me"]
        assert rating["sheets"] == export.WITHHELD
        (rating,) = export.export_all(store, amina, "en", LATER)["answered_about_me"]
        assert rating["by"] == "Bo Ørsted"
        assert rating["sheets"][0]["answers"]

    def test_nobody_elses_answers_are_part_of_it(self, talk: Talk, store: Store) -> None:
        talk.bakery.finish(talk.employee, share=False)
        assert "Amina" not in json.dumps(export.export_all(store, talk.clara, "en", LATER))


class TestContact:
    def test_the_old_address_is_told_and_its_links_end(self, talk: Talk, store: Store) -> None:
        link = signing_in.mint(store, talk.amina.id, NOON)
        before = contact_of(store, talk.amina)
        assert correct_contact(store, talk.amina, _with(before, email="new@example.org", language="sv"), NOON)
        assert contact_of(store, talk.amina).email == "new@example.org"
        with pytest.raises(NotFound):
            signing_in.look(store, link, NOON)
        letter = take(store, NOON)
        assert letter is not None
        assert (letter.kind, letter.parameters[ADDRESS]) == ("contact-changed", "amina@example.org")
        (line,) = looks.looks(store, talk.amina, "en")
        assert (line.action, line.is_own) == ("correct-contact", True)

    def test_nothing_new_changes_nothing(self, talk: Talk, store: Store) -> None:
        assert not correct_contact(store, talk.amina, contact_of(store, talk.amina), NOON)
        assert take(store, NOON) is None

    @pytest.mark.parametrize(
        ("field", "value", "reason"),
        [
            ("email", "BO@example.org", "taken"),
            ("email", "no address", "no-email"),
            ("email", "amina@work", "no-email"),
            ("email", None, "empty"),
            ("name", "  ", "empty"),
            ("first_name", "A\nB", "signs"),
            ("name", "x" * 201, "too-long"),
        ],
    )
    def test_what_cannot_be_kept(
        self, talk: Talk, store: Store, field: str, value: str | None, reason: str
    ) -> None:
        before = contact_of(store, talk.amina)
        with pytest.raises(InvalidPerson) as caught:
            correct_contact(store, talk.amina, _with(before, **{field: value}), NOON)
        assert list(caught.value.faults.values()) == [reason]
        assert contact_of(store, talk.amina) == before

    def test_the_employee_number_is_the_organisations(self, talk: Talk, store: Store) -> None:
        before = contact_of(store, talk.amina)
        assert not correct_contact(store, talk.amina, _with(before, employee_number="1"), NOON)


def _with(contact, **changes):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(contact, **changes)
