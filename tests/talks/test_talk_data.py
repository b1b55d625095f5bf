"""What talks keep of people: in the copy of the own data, after an erasure, and when the time has come."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from small_organisation import NOON, Bakery
from talking import Talking

from assess.jobs.tidying import tidy
from assess.jobs.workplace import Workplace
from assess.personal_data import erasure
from assess.personal_data.export import export_all
from assess.personal_data.looks import looks
from assess.rights import Actor
from assess.settings import Settings
from assess.talks import agreements, notes, own_data, preparing, retention, showing, signing, talks
from assess.talks.types import AgreementText, PreparationTexts

HERS, HIS, AGREED = "Amina wrote this", "Bo wrote this", "We agreed on this"
HER_NOTE, HIS_NOTE, COACHS_NOTE = "her note", "his note", "the coach's note"


@pytest.fixture
def talk(bakery: Bakery) -> Talking:
    return Talking(bakery)


@pytest.fixture
def talk_id(talk: Talking) -> str:
    """A talk with everything in it: both are ready, both have signed, the coach is shown it."""
    store, talk_id = talk.store, talk.plan()
    for actor, words, note in ((talk.amina, HERS, HER_NOTE), (talk.bo, HIS, HIS_NOTE)):
        preparing.save(store, actor, talk_id, PreparationTexts(wishes=words), 0, NOON, ready=True)
        notes.save(store, actor, talk_id, note, 0, NOON)
    made = talk.agree(talk_id, AGREED)
    for actor in (talk.amina, talk.bo):
        signing.sign(store, actor, talk_id, {made.id: 1}, NOON)
    agreements.set_status(store, talk.bo, made.id, "under-way", NOON)
    showing.show(store, talk.amina, talk_id, talk.clara_id, NOON)
    notes.save(store, talk.clara, talk_id, COACHS_NOTE, 0, NOON)
    return talk_id


def copy_of(talk: Talking, actor: Actor) -> dict[str, Any]:
    found = export_all(talk.store, actor, "en", NOON, parts=(own_data.export_of,))
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def rows(talk: Talking, table: str) -> str:
    with talk.store.engine.transaction(write=False) as connection:
        found = connection.execute(f'SELECT * FROM "{table}"').fetchall()
    return "\n".join(str(list(row.values()) if isinstance(row, dict) else list(row)) for row in found)


TABLES = (
    "talks",
    "talk_preparations",
    "talk_notes",
    "talk_shares",
    "talk_links",
    "agreements",
    "agreement_versions",
    "agreement_signatures",
)


class TestTheCopy:
    def test_holds_what_the_two_wrote_for_each_other_and_the_own_note_alone(
        self, talk: Talking, talk_id: str
    ) -> None:
        assert talk_id
        (hers,) = copy_of(talk, talk.amina)["talks"]
        assert (hers["you_are"], hers["holder"], hers["place"]) == ("person", "Bo Ørsted", "Room 2")
        assert hers["my_preparation"]["wishes"] == HERS
        assert hers["preparation_of_the_other"]["wishes"] == HIS
        assert hers["my_note"] == HER_NOTE
        (agreed,) = hers["agreements"]
        assert (agreed["what"], agreed["status"], agreed["signed_by_both"]) == (AGREED, "under-way", True)
        assert [(one["by"], one["text"]["what"]) for one in agreed["versions"]] == [("Bo Ørsted", AGREED)]
        assert [(one["to"], one["shown"]) for one in hers["shown_to"]] == [("Clara Berg", True)]

    def test_names_what_it_leaves_out_without_telling_whether_there_is_any(
        self, talk: Talking, talk_id: str
    ) -> None:
        assert talk_id
        with_notes = copy_of(talk, talk.amina)["withheld"]
        assert own_data.NOTES in with_notes
        assert copy_of(talk, talk.dana)["withheld"] == with_notes

    def test_after_a_cancellation_the_holder_keeps_the_own_words_alone(self, talk: Talking) -> None:
        talk_id = talk.plan()
        for actor, words in ((talk.amina, HERS), (talk.bo, HIS)):
            preparing.save(talk.store, actor, talk_id, PreparationTexts(wishes=words), 0, NOON, ready=True)
        talks.cancel(talk.store, talk.bo, talk_id, NOON)
        (his,) = copy_of(talk, talk.bo)["talks"]
        assert his["my_preparation"]["wishes"] == HIS
        assert his["preparation_of_the_other"] == own_data.WITHHELD_PREPARATION
        (hers,) = copy_of(talk, talk.amina)["talks"]
        assert hers["preparation_of_the_other"]["wishes"] == HIS, "it is about her"

    @pytest.mark.parametrize(
        ("who", "note"), [("amina", HER_NOTE), ("bo", HIS_NOTE), ("clara", COACHS_NOTE), ("dana", None)]
    )
    def test_a_working_note_is_in_its_writers_copy_alone(
        self, talk: Talking, talk_id: str, who: str, note: str | None
    ) -> None:
        assert talk_id
        text = json.dumps(copy_of(talk, getattr(talk, who)), ensure_ascii=False)
        assert {one for one in (HER_NOTE, HIS_NOTE, COACHS_NOTE) if one in text} == ({note} - {None})

    def test_a_coach_has_the_agreements_that_are_shown_and_not_what_was_prepared(
        self, talk: Talking, talk_id: str
    ) -> None:
        talk.change(talk.agree(talk_id, "as it was first"), "as it is now", talk.amina)
        text = json.dumps(copy_of(talk, talk.clara))
        assert AGREED in text
        assert "as it is now" in text
        assert "as it was first" not in text
        assert "as it was first" in json.dumps(copy_of(talk, talk.bo))
        assert HERS not in text
        assert HIS not in text

    def test_a_former_manager_has_the_own_note_and_nothing_else(self, talk: Talking, talk_id: str) -> None:
        assert talk_id
        talk.new_manager(talk.dana_id)
        (found,) = copy_of(talk, talk.bo)["talks"]
        assert (found["you_are"], found["my_note"]) == ("former", HIS_NOTE)
        assert AGREED not in json.dumps(found)
        assert HERS not in json.dumps(found)
        assert copy_of(talk, talk.dana)["talks"] == []

    def test_what_the_manager_prepares_is_withheld_while_it_can_influence_and_no_longer(
        self, talk: Talking
    ) -> None:
        talk_id = talk.plan()
        texts = PreparationTexts(wishes=HIS)
        preparing.save(talk.store, talk.bo, talk_id, texts, 0, NOON, ready=True)
        (before,) = copy_of(talk, talk.amina)["talks"]
        assert before["preparation_of_the_other"] == own_data.WITHHELD_PREPARATION
        talk.hold(talk_id)
        (after,) = copy_of(talk, talk.amina)["talks"]
        assert after["preparation_of_the_other"]["wishes"] == HIS

    def test_what_the_person_prepared_and_never_gave_is_not_the_managers(self, talk: Talking) -> None:
        talk_id = talk.plan()
        preparing.save(talk.store, talk.amina, talk_id, PreparationTexts(wishes=HERS), 0, NOON)
        talk.hold(talk_id)
        assert HERS not in json.dumps(copy_of(talk, talk.bo))

    def test_the_looks_say_to_whom_a_talk_was_shown(self, talk: Talking, talk_id: str) -> None:
        talks.talk(talk.store, talk.clara, talk_id, NOON + timedelta(minutes=1))
        found = {one.action: one for one in looks(talk.store, talk.amina, "en")}
        assert found["show-talk"].with_name == "Clara Berg"
        assert found["show-talk"].is_own
        assert found["see-talk"].who == "Clara Berg"
        assert found["plan-talk"].who == "Bo Ørsted"


class TestErasing:
    def test_of_the_person_nothing_is_left_of_the_talk(
        self, talk: Talking, talk_id: str, settings: Settings
    ) -> None:
        with talk.store.write() as q:
            q.add_talk_link(
                token_hash="h",
                talk_id=talk_id,
                person_id=talk.bakery.manager_id,
                created_at="a",
                expires_at="b",
            )
        assert [table for table in TABLES if not rows(talk, table)] == []
        assert erasure.erase(talk.store, settings, talk.bakery.employee_id, NOON)
        assert [table for table in TABLES if rows(talk, table)] == []
        assert talks.talks_of(talk.store, talk.bo, NOON) == ()

    def test_of_whoever_held_it_the_words_go_and_what_was_agreed_stays_the_others(
        self, talk: Talking, talk_id: str, settings: Settings
    ) -> None:
        assert erasure.erase(talk.store, settings, talk.bakery.manager_id, NOON)
        everything = "".join(rows(talk, table) for table in TABLES)
        assert HIS not in everything
        assert HIS_NOTE not in everything
        seen = talks.talk(talk.store, talk.amina, talk_id, NOON)
        assert (seen.holder.name, seen.holder_is_current, seen.state) == ("", False, "cancelled")
        (kept,) = agreements.agreements(talk.store, talk.amina, talk_id, NOON)
        assert (kept.text.what, kept.is_signed) == (AGREED, True)
        assert (kept.changed_by, kept.status_by) == (None, None)
        (version,) = agreements.versions(talk.store, talk.amina, kept.id, NOON)
        assert version.made_by is None
        assert preparing.preparation(talk.store, talk.amina, talk_id, NOON).texts.wishes == HERS

    def test_of_a_coach_to_whom_it_was_shown_the_note_and_the_share_go(
        self, talk: Talking, talk_id: str, settings: Settings
    ) -> None:
        assert erasure.erase(talk.store, settings, talk.clara_id, NOON)
        assert COACHS_NOTE not in rows(talk, "talk_notes")
        assert rows(talk, "talk_shares") == ""
        assert talks.talk(talk.store, talk.amina, talk_id, NOON).state == "planned"


class TestKeeping:
    def test_words_go_before_what_was_agreed_and_that_goes_too(self, talk: Talking, talk_id: str) -> None:
        held = NOON + timedelta(days=7)
        talks.hold(talk.store, talk.bo, talk_id, held)
        for kept, going in (("words", TABLES[1:3]), ("agreements", ("talks", *TABLES[5:]))):
            moment = held + retention.KEPT[kept]  # type: ignore[index]
            retention.delete_old(talk.store, moment - timedelta(hours=1))
            assert [table for table in going if not rows(talk, table)] == []
            retention.delete_old(talk.store, moment + timedelta(hours=1))
            assert [table for table in going if rows(talk, table)] == []

    def test_a_talk_that_was_called_off_goes_sooner(self, talk: Talking) -> None:
        talk_id = talk.plan()
        talks.cancel(talk.store, talk.bo, talk_id, NOON)
        assert retention.delete_old(talk.store, NOON + retention.KEPT["cancelled"]) == 0
        after = NOON + retention.KEPT["cancelled"] + timedelta(seconds=1)
        assert retention.delete_old(talk.store, after) == 1

    def test_whoever_has_left_is_not_kept_for_years(
        self, talk: Talking, talk_id: str, settings: Settings
    ) -> None:
        other = talk.plan(person_id=talk.dana_id)
        talk.leave(talk.bakery.employee_id)
        after = NOON + retention.KEPT["left"] + timedelta(seconds=1)
        tidy(Workplace(talk.store, settings, lambda: after), "")
        assert talk_id not in rows(talk, "talks")
        assert other in rows(talk, "talks")


def test_every_text_of_an_agreement_is_in_the_copy(talk: Talking) -> None:
    talk_id = talk.plan()
    text = AgreementText(
        "personal", "w-h-a-t", "f-i-r-s-t", "h-e-l-p", "both", (NOON + timedelta(days=9)).date(), "s-e-e-n"
    )
    agreements.add(talk.store, talk.bo, talk_id, text, NOON)
    copy = json.dumps(copy_of(talk, talk.amina))
    for words in ("w-h-a-t", "f-i-r-s-t", "h-e-l-p", "s-e-e-n", "2026-12-02", "personal", "both"):
        assert words in copy
