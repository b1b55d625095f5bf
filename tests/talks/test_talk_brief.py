"""The talk brief as a use case: what each reader may see of a talk at a moment, and what is never in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest
from small_organisation import NOON
from talking import Talking
from team import Team, always, maturity

from assess.answering import sharing
from assess.audit import log
from assess.errors import NotAllowed, NotFound
from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store
from assess.talks import agreements, notes, preparing, showing, talks
from assess.talks.brief import brief, presented
from assess.talks.brief_types import TalkBrief
from assess.talks.types import PreparationTexts

LATER = NOON + timedelta(days=1)
HERS, HIS, NOTE = "canary-prepared-by-her", "canary-prepared-by-him", "canary-note"


class World:
    """A talk of Bo's with Amina in a week, and what the two have answered in a wave."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.team, self.settings, self.store = Team(store), settings, store
        self.talking = Talking(self.team)
        self.amina, self.bo, self.clara = self.talking.amina, self.talking.bo, self.talking.clara
        self.employee, self.manager = self.team.enter_pair(self.team.employee_id)
        self.talk_id = self.talking.plan()

    def give(self, *, own: bool | None = None, rating: bool = True) -> None:
        """Amina answers (and shares it or not; None: she does not answer), Bo rates."""
        if own is not None:
            self.team.give(self.employee, maturity(5, 2), share=own)
        if rating:
            self.team.give(self.manager, maturity(3, 4))

    def ready(self) -> None:
        for actor, words in ((self.amina, HERS), (self.bo, HIS)):
            texts = PreparationTexts(wishes=words)
            preparing.save(self.store, actor, self.talk_id, texts, 0, NOON, ready=True)

    def read(self, actor: Actor, now: datetime = LATER, talk_id: str = "") -> TalkBrief:
        return brief(self.store, self.settings, actor, talk_id or self.talk_id, "en", now)

    def show_both(self, actor: Actor, now: datetime = LATER) -> TalkBrief:
        return presented(self.store, self.settings, actor, self.talk_id, "en", now)


@pytest.fixture
def world(store: Store, settings: Settings) -> World:
    return World(store, settings)


def views(found: TalkBrief) -> list[tuple[bool, bool]]:
    """For each job area whether the own view is there, and whether the manager's is."""
    return [(area.own is not None, area.manager is not None) for area in found.areas]


def everything(found: TalkBrief) -> str:
    """All that is in it, definitions of questionnaires apart."""
    bare = tuple(replace(area, definition=None) for area in found.areas)  # type: ignore[arg-type]
    return msgspec.json.encode(replace(found, areas=bare, zone=None), enc_hook=str).decode()  # type: ignore[arg-type]


# --- when ------------------------------------------------------------------------------------------


def test_it_opens_when_both_are_ready(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.read(world.bo)
    world.ready()
    assert world.read(world.bo).reader == "holder"
    assert world.read(world.amina).reader == "person"


def test_it_opens_at_the_latest_when_the_talk_begins(world: World) -> None:
    starts = NOON + timedelta(days=7)
    with pytest.raises(NotAllowed):
        world.read(world.bo, starts - timedelta(minutes=1))
    assert world.read(world.bo, starts).person_texts is None, (
        "the other's stays closed while not both are ready"
    )


def test_a_cancelled_talk_has_none(world: World) -> None:
    world.ready()
    talks.cancel(world.store, world.bo, world.talk_id, NOON)
    for way in (world.read, world.show_both):
        with pytest.raises(NotAllowed):
            way(world.bo)


# --- profiles --------------------------------------------------------------------------------------


def test_the_manager_reads_the_own_rating_and_what_is_shared(world: World) -> None:
    world.ready()
    world.give(own=True)
    (area,) = world.read(world.bo).areas
    assert area.own is not None
    assert area.manager is not None
    assert area.comparison is not None
    assert [one.difference for one in area.comparison.scales if one.id == "skill"] == [2.0]


def test_unshared_unanswered_and_declined_look_the_same_to_the_manager(world: World) -> None:
    world.ready()
    world.give()
    unanswered = world.read(world.bo)
    world.give(own=False, rating=False)
    assert everything(world.read(world.bo)) == everything(unanswered)
    assert views(unanswered) == [(False, True)]


def test_a_withdrawn_share_is_gone_at_the_next_look(world: World) -> None:
    world.ready()
    world.give(own=True)
    assert views(world.read(world.bo)) == [(True, True)]
    sharing.unshare(world.store, world.employee, LATER)
    assert views(world.read(world.bo)) == [(False, True)]


def test_the_person_reads_the_rating_when_both_have_answered(world: World) -> None:
    world.ready()
    world.give()
    assert views(world.read(world.amina)) == []
    world.give(own=False, rating=False)
    assert views(world.read(world.amina)) == [(True, True)]


def test_the_brief_of_a_held_talk_stays_with_what_was_answered_by_then(world: World) -> None:
    world.talk_id = world.talking.plan(days=0.25)
    talks.hold(world.store, world.bo, world.talk_id, NOON)
    world.team.give(world.manager, maturity(3, 4), at=NOON + timedelta(hours=1))
    assert views(world.read(world.bo)) == []
    later = world.talking.plan(days=20)
    assert views(world.read(world.bo, NOON + timedelta(days=20), later)) == [(False, True)]


def test_the_style_in_the_brief_of_a_held_talk_is_that_of_then(world: World) -> None:
    """As the report of that wave has it; a talk that is planned goes by the newest, as the team page does."""
    world.give()
    world.team.give(world.team.enter_own_style(), always("S1"))
    held = NOON + timedelta(days=7)
    talks.hold(world.store, world.bo, world.talk_id, held)
    world.team.now = held + timedelta(hours=1)
    world.team.wave_id = world.team.open_wave()
    world.team.give(world.team.enter_own_style(), always("S4"))

    def likely(now: datetime, talk_id: str = "") -> str:
        (area,) = world.read(world.bo, now, talk_id).areas
        assert area.match is not None
        shares = area.match.views[0].likely
        return max(shares, key=lambda style: shares[style])

    assert likely(held + timedelta(days=1)) == "S1"
    later = world.talking.plan(days=20)
    assert likely(NOON + timedelta(days=40), later) == "S4"


def test_without_any_questionnaire_there_are_questions_all_the_same(world: World) -> None:
    world.ready()
    found = world.read(world.bo)
    assert found.areas == ()
    patterns = [one.pattern for one in found.questions]
    assert patterns[0] == "opening"
    assert patterns[-1] == "closing"
    assert "no-questionnaire" in patterns


def test_looking_is_told_to_the_person(world: World) -> None:
    world.ready()
    world.give(own=True)
    world.read(world.bo)
    entries = log.about(world.store, world.amina.id)
    assert [(one.actor_id, one.action) for one in entries if one.action == "see-profile"] == [
        (world.bo.id, "see-profile")
    ]


# --- what was written ------------------------------------------------------------------------------


def test_the_two_read_each_other_s_preparation_when_both_are_ready(world: World) -> None:
    world.ready()
    for actor in (world.amina, world.bo):
        found = world.read(actor)
        assert found.person_texts is not None
        assert found.person_texts.texts.wishes == HERS
        assert found.holder_texts is not None
        assert found.holder_texts.texts.wishes == HIS


def test_a_coach_to_whom_it_is_shown_reads_no_preparation_and_no_note(world: World) -> None:
    world.ready()
    world.give(own=False)
    notes.save(world.store, world.bo, world.talk_id, NOTE, 0, NOON)
    showing.show(world.store, world.amina, world.talk_id, world.clara.id, NOON)
    found = world.read(world.clara)
    assert found.reader == "shown"
    said = everything(found)
    assert HERS not in said
    assert HIS not in said
    assert NOTE not in said
    assert views(found) == [], "a talk that is shown shows no profile that is not"
    assert found.questions
    world.talking.hold(world.talk_id)
    later = NOON + timedelta(days=8)
    assert world.read(world.clara, later).questions == (), "what was held needs no questions from others"
    assert world.read(world.bo, later).questions


def test_working_notes_are_for_whoever_holds_the_talk_alone(world: World) -> None:
    world.ready()
    notes.save(world.store, world.bo, world.talk_id, NOTE, 0, NOON)
    notes.save(world.store, world.amina, world.talk_id, f"{NOTE}-hers", 0, NOON)
    assert world.read(world.bo).note == NOTE
    assert NOTE not in everything(world.read(world.amina))
    for actor in (world.bo, world.amina):
        assert NOTE not in everything(world.show_both(actor))


def test_earlier_agreements_come_with_what_became_of_them(world: World) -> None:
    made = world.talking.agree(world.talk_id, "Bake alone")
    agreements.set_status(world.store, world.amina, made.id, "done", NOON)
    next_id = world.talking.plan(days=30)
    found = world.read(world.bo, NOON + timedelta(days=30), next_id)
    assert [[(one.text.what, one.status) for one in past.agreements] for past in found.past] == [
        [("Bake alone", "done")]
    ]
    assert found.agreed == ()


def test_strangers_find_nothing(world: World) -> None:
    world.ready()
    for nobody in (world.clara, world.talking.dana, world.talking.administrator):
        for way in (world.read, world.show_both):
            with pytest.raises(NotFound):
                way(nobody)


# --- both at one screen ----------------------------------------------------------------------------


def test_at_one_screen_stands_what_each_of_the_two_may_see_alone(world: World) -> None:
    """The rating is not shown to who has not answered, nor the own profile to whom it is not shared with."""
    world.ready()
    world.give()
    assert views(world.read(world.bo)) == [(False, True)]
    assert views(world.show_both(world.bo)) == []
    world.give(own=False, rating=False)
    assert views(world.show_both(world.bo)) == [(False, True)]
    assert views(world.show_both(world.amina)) == [(False, True)], "her own profile is hers to share"
    sharing.share(world.store, world.employee, LATER)
    assert views(world.show_both(world.bo)) == [(True, True)]


def test_at_one_screen_preparations_stand_together_or_not_at_all(world: World) -> None:
    texts = PreparationTexts(wishes=HIS)
    preparing.save(world.store, world.bo, world.talk_id, texts, 0, NOON, ready=True)
    starts = NOON + timedelta(days=7)
    assert world.read(world.bo, starts).holder_texts is not None
    found = world.show_both(world.bo, starts)
    assert (found.person_texts, found.holder_texts) == (None, None)


def test_at_one_screen_is_for_the_two_alone(world: World) -> None:
    world.ready()
    showing.show(world.store, world.amina, world.talk_id, world.clara.id, NOON)
    assert world.read(world.clara).reader == "shown"
    with pytest.raises(NotFound):
        world.show_both(world.clara)


def test_a_former_manager_reads_nothing_any_more(world: World) -> None:
    world.ready()
    world.give(own=True)
    world.talking.new_manager(world.talking.dana_id)
    with pytest.raises(NotFound):
        world.read(world.bo)
