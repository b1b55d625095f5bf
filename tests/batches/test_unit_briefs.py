"""All briefs of the talks that somebody holds: open ones, and only while the asker holds them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from at_once import AtOnce
from shop_of_batches import Clock
from small_organisation import NOON, Bakery
from talking import Talking
from team import tiny_maturity

from assess.answering.sharing import decide_with
from assess.batches import offers, ordering
from assess.batches.handing_out import Document, hand_out
from assess.errors import NotFound
from assess.jobs import Workplace
from assess.jobs.batch_lane import BatchLane
from assess.people import register
from assess.talks import notes, preparing
from assess.talks.types import PreparationTexts
from reports.view.parts import to_json

if TYPE_CHECKING:
    from assess.rights import Actor
    from assess.settings import Settings
    from assess.store import Store

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
AMINA, KARL = "Amina Yıldız - 2026-11-30.pdf", "Karl Holm - 2026-11-30.pdf"


class Talks(Talking):
    """Bo has planned a talk with Amina and one with Karl, and both are ready for Amina's."""

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__(Bakery(store, definition=tiny_maturity()))
        self.settings, self.clock = settings, Clock()
        self.karl = self.bakery.add_person("Karl", "Karl Holm", "da", "2001")
        wave_id = self.bakery.wave()
        self.own_task, rating = self.bakery.assign(wave_id), self.bakery.assign(wave_id, "manager")
        self.bakery.finish(self.bakery.enter(self.own_task), 2, share=True)
        self.bakery.finish(self.bakery.enter(rating), 4)
        self.with_amina = self.plan()
        self.with_karl = self.plan(person_id=self.karl)
        self.ready(self.with_amina, self.bakery.employee_id)

    def ready(self, talk_id: str, person_id: str) -> None:
        for actor in (self.actor(person_id), self.bo):
            texts = PreparationTexts(wishes=f"More of it, says {actor.id}")
            preparing.save(self.store, actor, talk_id, texts, 0, NOON, ready=True)

    def order(self, actor: Actor | None = None, unit_id: str = "") -> str:
        return ordering.order(
            self.store, self.settings, actor or self.bo, "unit-briefs", unit_id, "en", self.clock.now
        )

    def make(self) -> None:
        place = Workplace(self.store, self.settings, self.clock)
        BatchLane(place, AtOnce(to_json)).run()

    def kept(self) -> int:
        """Documents whose content is in the database."""
        with self.store.engine.transaction(write=False) as connection:
            return len(connection.execute("SELECT id FROM batch_items WHERE content IS NOT NULL").fetchall())

    def stands(self, batch_id: str) -> tuple[int, int]:
        """Documents that there are, and of those that are missing how many could be made once more."""
        found = ordering.batch(self.store, self.bo, batch_id, self.clock.now)
        found = ordering.as_it_stands(self.store, self.settings, self.bo, found, self.clock.now)
        return found.done, found.again

    def fetch(self, batch_id: str) -> dict[str, Any]:
        return {
            one.file_name: json.loads(one.content) if isinstance(one, Document) else one.why
            for one in hand_out(self.store, self.settings, self.bo, batch_id, self.clock)
        }


@pytest.fixture
def talks(store: Store, settings: Settings) -> Talks:
    return Talks(store, settings)


def test_open_briefs_are_made_and_others_are_not_there(talks: Talks) -> None:
    batch_id = talks.order()
    talks.make()
    found = talks.fetch(batch_id)
    assert list(found) == [AMINA]
    assert f"says {talks.bakery.employee_id}" in json.dumps(found[AMINA])
    assert found[AMINA]["reader"] == "holder"


def test_a_brief_of_yesterday_is_the_same_brief(talks: Talks) -> None:
    batch_id = talks.order()
    talks.make()
    talks.clock.now += timedelta(days=1)
    assert isinstance(talks.fetch(batch_id)[AMINA], dict)


def test_a_brief_that_another_program_made_is_left_out(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    batch_id = talks.order()
    talks.make()
    monkeypatch.setattr("assess.batches.unit_briefs.made_by", lambda: "the program after an upgrade")
    assert set(talks.fetch(batch_id).values()) == {"changed"}


def test_what_was_changed_since_is_left_out_until_it_is_made_again(talks: Talks) -> None:
    batch_id = talks.order()
    talks.make()
    talks.agree(talks.with_amina, "Ask about bread")
    assert talks.fetch(batch_id) == {AMINA: "changed"}
    assert talks.stands(batch_id) == (0, 1)
    ordering.try_again(talks.store, talks.settings, talks.bo, batch_id, talks.clock.now)
    talks.make()
    assert "Ask about bread" in json.dumps(talks.fetch(batch_id)[AMINA])


def test_working_notes_are_in_no_file_of_a_batch_and_change_none(talks: Talks) -> None:
    notes.save(talks.store, talks.bo, talks.with_amina, "canary-note", 0, NOON)
    batch_id = talks.order()
    talks.make()
    assert "canary-note" not in json.dumps(talks.fetch(batch_id))
    notes.save(talks.store, talks.bo, talks.with_amina, "another canary-note", 1, NOON)
    assert isinstance(talks.fetch(batch_id)[AMINA], dict)


def test_a_share_that_is_withdrawn_takes_the_brief_that_was_made_with_it(talks: Talks) -> None:
    """At once: nobody has to fetch the file first."""
    batch_id = talks.order()
    talks.make()
    assert talks.kept() == 1
    decide_with(talks.store, talks.amina, talks.own_task, talks.bo.id, False, NOON)
    assert talks.kept() == 0
    assert talks.fetch(batch_id) == {AMINA: "changed"}


def test_a_manager_who_does_not_lead_any_more_and_who_has_left(talks: Talks) -> None:
    talks.ready(talks.with_karl, talks.karl)
    batch_id = talks.order()
    talks.make()
    assert set(talks.fetch(batch_id)) == {AMINA, KARL}
    assert talks.stands(batch_id) == (2, 0)
    talks.leave(talks.karl)
    assert talks.stands(batch_id) == (1, 0)
    assert talks.fetch(batch_id)[KARL] == "changed"
    talks.new_manager(talks.dana_id)
    assert talks.stands(batch_id) == (0, 0)
    assert set(talks.fetch(batch_id).values()) == {"changed"}
    with pytest.raises(NotFound):
        talks.order()


def test_of_one_unit_alone(talks: Talks) -> None:
    bakery = talks.bakery
    beneath = register.add_unit(
        bakery.store, bakery.organisation_id, "Night", parent_id=bakery.unit_id, now=NOON
    )
    elsewhere = register.add_unit(bakery.store, bakery.organisation_id, "Other", parent_id=None, now=NOON)
    batch_id = talks.order(unit_id=bakery.unit_id)
    assert ordering.batch(talks.store, talks.bo, batch_id, NOON).about == "Butik Nord"
    for unit_id in (beneath, elsewhere, "0" * 32):
        with pytest.raises(NotFound):
            talks.order(unit_id=unit_id)


def test_they_are_offered_to_who_holds_several(talks: Talks) -> None:
    def offered(actor: Actor, capacity: offers.Capacity = "leader") -> list[str]:
        return [one.kind for one in offers.offers(talks.store, actor, capacity, NOON)]

    assert offered(talks.bo) == ["wave-reports"]
    assert offered(talks.bo, "talks") == []
    talks.ready(talks.with_karl, talks.karl)
    assert offered(talks.bo) == ["wave-reports", "unit-briefs"]
    assert offered(talks.bo, "talks") == ["unit-briefs"]
    assert offered(talks.bo, "coach") == []
    assert offered(talks.amina) == offered(talks.amina, "talks") == []
