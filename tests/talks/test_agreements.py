"""Agreements: both write them, every version stays, a signature is for what it was put under."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.audit import log
from assess.errors import NotAllowed, NotFound
from assess.rights import Actor
from assess.settings import Settings
from assess.store import open_store
from assess.talks import agreements, signing, talks
from assess.talks.types import Agreement, AgreementConflict, AgreementText, TalkFault


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    return talk.plan()


def now_said(talk: Talking, agreement: Agreement) -> str:
    return agreements.agreement(talk.store, talk.amina, agreement.id, NOON).text.what


def sign(talk: Talking, talk_id: str, actor: Actor, *shown: Agreement) -> tuple[int, int]:
    """How many are signed, and how many had changed."""
    found = signing.sign(talk.store, actor, talk_id, {one.id: one.revision for one in shown}, NOON)
    return len(found.signed), len(found.changed)


def current(talk: Talking, agreement: Agreement) -> Agreement:
    return agreements.agreement(talk.store, talk.amina, agreement.id, NOON)


class TestWriting:
    def test_everything_that_was_agreed_comes_back(self, talk: Talking, talk_id: str) -> None:
        text = AgreementText(
            kind="behavioural",
            what="Says no in time",
            first_step="On Monday",
            help_needed="A talk with Dana",
            owner="both",
            due_on=date(2027, 2, 28),
            seen_by="Fewer evenings at work",
        )
        made = agreements.add(talk.store, talk.amina, talk_id, text, NOON)
        assert agreements.agreements(talk.store, talk.bo, talk_id, NOON) == (made,)
        assert made.text == text
        assert (made.revision, made.versions, made.status, made.is_signed) == (1, 1, "open", False)
        assert made.changed_by is not None
        assert made.changed_by.first_name == "Amina"

    @pytest.mark.parametrize("who", ["amina", "bo"])
    def test_both_of_the_two_add_and_change(self, talk: Talking, talk_id: str, who: str) -> None:
        made = talk.agree(talk_id)
        changed = talk.change(made, "Bakes alone on Mondays", getattr(talk, who))
        assert isinstance(changed, Agreement)
        assert (changed.revision, now_said(talk, made)) == (2, "Bakes alone on Mondays")

    @pytest.mark.parametrize("who", ["clara", "dana", "administrator"])
    def test_nobody_else_sees_or_touches_them(self, talk: Talking, talk_id: str, who: str) -> None:
        made, other = talk.agree(talk_id), getattr(talk, who)
        for attempt in (
            lambda: agreements.agreements(talk.store, other, talk_id, NOON),
            lambda: agreements.agreement(talk.store, other, made.id, NOON),
            lambda: agreements.versions(talk.store, other, made.id, NOON),
            lambda: agreements.add(talk.store, other, talk_id, made.text, NOON),
            lambda: talk.change(made, "mine", other),
            lambda: agreements.remove(talk.store, other, made.id, 1, NOON),
            lambda: agreements.put_back(talk.store, other, made.id, NOON),
            lambda: agreements.set_status(talk.store, other, made.id, "done", NOON),
            lambda: sign(talk, talk_id, other, made),
        ):
            with pytest.raises(NotFound):
                attempt()
        assert current(talk, made) == made

    @pytest.mark.parametrize(
        ("parts", "faults"),
        [
            ({"what": " "}, {"what": "empty"}),
            ({"kind": "secret"}, {"kind": "unknown"}),
            ({"owner": "coach"}, {"owner": "unknown"}),
            ({"first_step": "x" * 1_001}, {"first-step": "too-long"}),
            ({"help_needed": "\0"}, {"help-needed": "signs"}),
            ({"seen_by": "\x1b"}, {"seen-by": "signs"}),
            ({"due_on": NOON.date() - timedelta(days=2)}, {"due-on": "past"}),
            ({"due_on": date(2036, 1, 1)}, {"due-on": "far"}),
        ],
    )
    def test_what_is_wrong_is_told_by_field(
        self, talk: Talking, talk_id: str, parts: dict[str, object], faults: dict[str, str]
    ) -> None:
        text = replace(AgreementText(kind="personal", what="Rests"), **parts)  # type: ignore[arg-type]
        with pytest.raises(TalkFault) as told:
            agreements.add(talk.store, talk.bo, talk_id, text, NOON)
        assert told.value.faults == faults
        made = talk.agree(talk_id)
        with pytest.raises(TalkFault):
            agreements.change(talk.store, talk.bo, made.id, text, 1, NOON)
        assert now_said(talk, made) == "Bake alone"

    def test_a_date_that_has_passed_can_stay_when_the_words_change(self, talk: Talking, talk_id: str) -> None:
        due = NOON.date() + timedelta(days=30)
        made = talk.agree(talk_id, due_on=due)
        later = NOON + timedelta(days=90)
        text = replace(made.text, what="Bakes nearly alone")
        changed = agreements.change(talk.store, talk.amina, made.id, text, 1, later)
        assert isinstance(changed, Agreement)
        assert changed.is_overdue(later.date())
        assert not changed.is_overdue(due)

    def test_in_a_talk_that_was_cancelled_nothing_is_agreed(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        talks.cancel(talk.store, talk.bo, talk_id, NOON)
        with pytest.raises(NotAllowed):
            talk.agree(talk_id)
        with pytest.raises(NotAllowed):
            sign(talk, talk_id, talk.amina, made)
        assert agreements.agreements(talk.store, talk.amina, talk_id, NOON) == (made,)


class TestTwoAtOnce:
    def test_whoever_comes_second_gets_both_texts_and_chooses(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        talk.change(made, "Amina's version", talk.amina)
        conflict = talk.change(made, "Bo's version", talk.bo)
        assert isinstance(conflict, AgreementConflict)
        assert (conflict.yours.what, conflict.theirs.text.what) == ("Bo's version", "Amina's version")
        assert conflict.theirs.changed_by is not None
        assert conflict.theirs.changed_by.first_name == "Amina"
        assert now_said(talk, made) == "Amina's version"
        chosen = talk.change(made, "Bo's version", talk.bo, seen=conflict.theirs.revision)
        assert isinstance(chosen, Agreement)
        found = agreements.versions(talk.store, talk.amina, made.id, NOON)
        assert [(one.revision, one.text.what) for one in found] == [
            (3, "Bo's version"),
            (2, "Amina's version"),
            (1, "Bake alone"),
        ]

    def test_the_same_text_from_both_is_no_conflict(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        for actor in (talk.amina, talk.bo):
            found = talk.change(made, " Bakes alone\r\n", actor)
            assert isinstance(found, Agreement)
            assert found.revision == 2

    def test_what_somebody_has_taken_away_is_not_changed_unseen(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        agreements.remove(talk.store, talk.bo, made.id, 1, NOON)
        conflict = talk.change(made, "Still wanted", talk.amina)
        assert isinstance(conflict, AgreementConflict)
        assert conflict.theirs.removed_at == NOON
        back = talk.change(made, "Still wanted", talk.amina, seen=conflict.theirs.revision)
        assert isinstance(back, Agreement)
        assert back.removed_at is None

    def test_truly_at_the_same_moment_one_is_kept_and_the_other_is_told(
        self, talk: Talking, talk_id: str, settings: Settings
    ) -> None:
        """Two processes as far as the database knows: each thread has a store of its own."""
        made = talk.agree(talk_id)
        seen = made.revision
        for turn in range(5):
            barrier, found = threading.Barrier(2), {}

            def edit(actor: Actor, words: str) -> None:
                with open_store(settings) as own:
                    text = AgreementText(kind="professional", what=words)
                    barrier.wait()  # noqa: B023 (both threads end within the turn)
                    found[words] = agreements.change(own, actor, made.id, text, seen, NOON)  # noqa: B023

            threads = [
                threading.Thread(target=edit, args=(talk.amina, f"hers {turn}")),
                threading.Thread(target=edit, args=(talk.bo, f"his {turn}")),
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            (kept,) = [one for one in found.values() if isinstance(one, Agreement)]
            (told,) = [one for one in found.values() if isinstance(one, AgreementConflict)]
            assert told.theirs.text == kept.text != told.yours
            assert {told.yours.what, kept.text.what} == {f"hers {turn}", f"his {turn}"}
            assert kept.revision == seen + 1
            seen = kept.revision
        assert len(agreements.versions(talk.store, talk.bo, made.id, NOON)) == 6


class TestTakingAway:
    def test_it_can_be_put_back(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        gone = agreements.remove(talk.store, talk.bo, made.id, 1, NOON)
        assert isinstance(gone, Agreement)
        assert agreements.agreements(talk.store, talk.amina, talk_id, NOON) == ()
        assert agreements.agreements(talk.store, talk.amina, talk_id, NOON, removed=True) == (gone,)
        with pytest.raises(NotFound):
            agreements.set_status(talk.store, talk.amina, made.id, "done", NOON)
        back = agreements.put_back(talk.store, talk.amina, made.id, NOON)
        assert agreements.agreements(talk.store, talk.bo, talk_id, NOON) == (back,)
        assert back.text == made.text

    def test_not_what_somebody_has_changed_meanwhile(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        talk.change(made, "Better", talk.amina)
        conflict = agreements.remove(talk.store, talk.bo, made.id, 1, NOON)
        assert isinstance(conflict, AgreementConflict)
        assert now_said(talk, made) == "Better"

    def test_not_what_both_have_signed(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        for actor in (talk.amina, talk.bo):
            sign(talk, talk_id, actor, made)
        with pytest.raises(NotAllowed):
            agreements.remove(talk.store, talk.bo, made.id, 1, NOON)


class TestSigning:
    def test_it_is_agreed_when_both_have_signed(self, talk: Talking, talk_id: str) -> None:
        made, other = talk.agree(talk_id), talk.agree(talk_id, "Rest more")
        assert sign(talk, talk_id, talk.amina, made, other) == (2, 0)
        assert not current(talk, made).is_signed
        assert sign(talk, talk_id, talk.bo, made) == (1, 0)
        assert current(talk, made).is_signed
        assert not current(talk, other).is_signed
        assert current(talk, other).signed_by == {talk.bakery.employee_id}

    def test_only_what_the_page_showed_is_signed(self, talk: Talking, talk_id: str) -> None:
        made, other = talk.agree(talk_id), talk.agree(talk_id, "Rest more")
        talk.change(other, "Rest much more", talk.bo)
        found = signing.sign(talk.store, talk.amina, talk_id, {made.id: 1, other.id: 1, "none": 1}, NOON)
        assert found.signed == (made.id,)
        assert [one.text.what for one in found.changed] == ["Rest much more"]
        assert current(talk, other).signed_by == frozenset()

    def test_an_agreement_of_another_talk_is_not_signed_with_it(self, talk: Talking, talk_id: str) -> None:
        others = talk.agree(talk.plan(person_id=talk.dana_id))
        assert sign(talk, talk_id, talk.bo, others) == (0, 0)
        assert agreements.agreement(talk.store, talk.bo, others.id, NOON).signed_by == frozenset()

    def test_a_change_asks_for_both_signatures_again_and_the_old_ones_stay_known(
        self, talk: Talking, talk_id: str
    ) -> None:
        made = talk.agree(talk_id)
        for actor in (talk.amina, talk.bo):
            sign(talk, talk_id, actor, made)
        changed = talk.change(made, "Bake alone on Mondays", talk.bo)
        assert isinstance(changed, Agreement)
        assert changed.signed_by == frozenset()
        newest, oldest = agreements.versions(talk.store, talk.amina, made.id, NOON)
        assert newest.signed_by == ()
        assert {one.first_name for one in oldest.signed_by} == {"Amina", "Bo"}

    def test_a_status_asks_for_no_signature(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        for actor in (talk.amina, talk.bo):
            sign(talk, talk_id, actor, made)
        later = NOON + timedelta(days=3)
        done = agreements.set_status(talk.store, talk.amina, made.id, "done", later)
        assert (done.status, done.status_at, done.is_signed, done.revision) == ("done", later, True, 1)
        assert done.status_by is not None
        assert done.status_by.first_name == "Amina"
        assert not done.is_live
        with pytest.raises(TalkFault):
            agreements.set_status(talk.store, talk.amina, made.id, "lost", later)  # type: ignore[arg-type]

    def test_signing_again_changes_nothing_and_is_logged_once(self, talk: Talking, talk_id: str) -> None:
        made = talk.agree(talk_id)
        for _ in range(2):
            assert sign(talk, talk_id, talk.bo, made) == (1, 0)
        lines = sorted(line.action for line in log.about(talk.store, talk.bakery.employee_id))
        assert lines == ["plan-talk", "sign-agreement"]

    def test_signing_while_somebody_changes_never_signs_what_was_not_shown(
        self, talk: Talking, talk_id: str, settings: Settings
    ) -> None:
        made = talk.agree(talk_id)
        for turn in range(1, 6):
            barrier = threading.Barrier(2)

            def signs(revision: int = turn) -> None:
                with open_store(settings) as own:
                    barrier.wait()  # noqa: B023
                    signing.sign(own, talk.amina, talk_id, {made.id: revision}, NOON)

            def changes(revision: int = turn) -> None:
                with open_store(settings) as own:
                    text = AgreementText(kind="professional", what=f"version {revision + 1}")
                    barrier.wait()  # noqa: B023
                    agreements.change(own, talk.bo, made.id, text, revision, NOON)

            threads = [threading.Thread(target=signs), threading.Thread(target=changes)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert current(talk, made).revision == turn + 1
            assert current(talk, made).signed_by == frozenset()


def test_a_talk_holds_so_many_agreements_and_no_more(
    talk: Talking, talk_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those taken away count too: the sheet of all of them is made while somebody waits."""
    monkeypatch.setattr(agreements, "MOST_AGREEMENTS", 2)
    made = talk.agree(talk_id)
    agreements.remove(talk.store, talk.bo, made.id, 1, NOON)
    talk.agree(talk_id, actor=talk.amina)
    with pytest.raises(TalkFault) as refused:
        talk.agree(talk_id)
    assert refused.value.faults == {"what": "many"}
    agreements.put_back(talk.store, talk.bo, made.id, NOON)
