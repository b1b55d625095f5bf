"""All reports of a wave: what the asker may see when a report is made, and again when it is handed out."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import serving
from at_once import AtOnce
from pypdf import PdfReader
from shop_of_batches import Clock
from small_organisation import NOON, Bakery
from team import tiny_maturity

from assess.answering import results, sessions, sharing
from assess.answering.types import Session
from assess.audit import log
from assess.batches import ordering
from assess.batches.handing_out import Document, hand_out
from assess.campaigns import waves
from assess.errors import NotFound
from assess.jobs import Workplace
from assess.jobs.batch_lane import BatchLane
from assess.people import administrators, appointments, register
from assess.personal_data import erasure
from assess.rights import Actor
from assess.store.ids import time_text
from questionnaires.library import find
from questionnaires.reader import read_folder
from reports.printing import Limits, Printing, reports_on
from reports.view.parts import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from assess.settings import Settings
    from assess.store import Store

font_folder = serving.font_folder
pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


class Shop(Bakery):
    """Bo leads Amina and two more, and has rated all of them in an open wave; Clara is their coach."""

    def __init__(self, store: Store, settings: Settings, **parts: Any) -> None:
        super().__init__(store, **({"definition": tiny_maturity()} | parts))
        self.clock = Clock()
        self.settings = settings
        register.join_unit(store, self.manager_id, self.unit_id, role="leader", now=NOON)
        self.people = {
            "Amina": self.employee_id,
            "Karl": self.add_person("Karl", "Karl Holm", "da", "2001"),
            "Karen": self.add_person("Karen", "Karen Holm", "da", "2002"),
        }
        self.wave_id = self.wave()
        self.own: dict[str, Session] = {}
        self.ratings: dict[str, str] = {}
        for name, person_id in self.people.items():
            self.own[name] = self.enter(self._assign("self", person_id, person_id))
            rating = self.enter(self._assign("manager", self.manager_id, person_id))
            self.ratings[name] = rating.task.id
            self.finish(rating, 4)

    def _assign(self, perspective: Any, respondent_id: str, subject_id: str) -> str:
        return waves.assign(
            self.store,
            self.wave_id,
            self.content_hash,
            perspective,
            respondent_id=respondent_id,
            subject_id=subject_id,
            job_area_ids=self.area_ids[:1],
            now=NOON,
        )

    def answer(self, name: str, *, share: bool) -> None:
        self.finish(self.own[name], 2, share=share)

    @property
    def bo(self) -> Actor:
        return Actor(self.manager_id)

    def coach(self) -> Actor:
        person_id = self.add_person("Clara", "Clara Åkesson", "en", "3001")
        administrators.grant(self.store, self.manager_id, NOON)
        admin = Actor(self.manager_id, frozenset({self.organisation_id}))
        appointments.appoint(self.store, admin, self.organisation_id, person_id, "coach", NOON)
        return Actor(person_id, coaches=frozenset({self.organisation_id}))

    def share_with(self, name: str, coach: Actor, *, shared: bool = True) -> None:
        sharing.decide_with(
            self.store, Actor(self.people[name]), self.own[name].task.id, coach.id, shared, self.clock.now
        )

    def order(self, actor: Actor) -> str:
        return ordering.order(
            self.store, self.settings, actor, "wave-reports", self.wave_id, "en", self.clock.now
        )

    def make(self, printing: Printing | None = None) -> None:
        place = Workplace(self.store, self.settings, self.clock)
        BatchLane(place, printing or AtOnce(to_json)).run()

    def fetch(self, actor: Actor, batch_id: str) -> dict[str, Any]:
        """By file name: the view, or why it is missing."""
        return {
            one.file_name: json.loads(one.content) if isinstance(one, Document) else one.why
            for one in hand_out(self.store, self.settings, actor, batch_id, self.clock)
        }

    def stands(self, actor: Actor, batch_id: str) -> tuple[int, int]:
        """Documents that there are, and of those that are missing how many could be made once more."""
        found = ordering.batch(self.store, actor, batch_id, self.clock.now)
        found = ordering.as_it_stands(self.store, self.settings, actor, found, self.clock.now)
        return found.done, found.again

    def looks(self, name: str) -> list[str]:
        return [entry.action for entry in log.about(self.store, self.people[name])]


@pytest.fixture
def shop(store: Store, settings: Settings) -> Shop:
    return Shop(store, settings)


FILES = [f"{name} - Baking bread.pdf" for name in ("Amina Yıldız", "Karen Holm", "Karl Holm")]


def test_a_manager_gets_the_own_ratings_with_what_is_shared(shop: Shop) -> None:
    shop.answer("Amina", share=True)
    shop.answer("Karl", share=False)  # Karen has not answered at all
    batch_id = shop.order(shop.bo)
    shop.make()
    found = shop.fetch(shop.bo, batch_id)
    assert list(found) == FILES
    shown = {name: len(json.dumps(view)) for name, view in found.items()}
    assert shown[FILES[0]] > 1.2 * shown[FILES[1]]
    # Whether somebody has not answered or does not share makes no difference but the name
    karen, karl = (json.dumps(found[name]) for name in FILES[1:])
    assert karen.replace("Karen", "Karl") == karl


def test_the_people_see_that_it_was_handed_out_not_that_it_was_ordered(shop: Shop) -> None:
    shop.answer("Amina", share=True)
    before = shop.looks("Amina")
    batch_id = shop.order(shop.bo)
    shop.make()
    assert shop.looks("Amina") == before
    shop.fetch(shop.bo, batch_id)
    assert shop.looks("Amina").count("see-profile") == before.count("see-profile") + 1
    assert "see-profile" not in shop.looks("Karl")


def test_a_share_that_is_withdrawn_while_the_batch_runs_is_respected_by_the_rest(shop: Shop) -> None:
    """While Amina's is being made Karl withdraws (his comes later); while Karen's is, Amina (hers is in
    work); and while Karl's is, Karen (hers is done)."""
    first = shop.order(shop.bo)
    shop.make()
    alone = shop.fetch(shop.bo, first)
    for name in shop.people:
        shop.answer(name, share=True)
    batch_id = shop.order(shop.bo)
    assert batch_id != first
    whose = {"Amina": "Karl", "Karen": "Amina", "Karl": "Karen"}

    def withdraw(view: Any) -> None:
        name = whose.pop(view.first_name, None)
        if name is not None:
            sharing.unshare(shop.store, shop.own[name], shop.clock.now)

    shop.make(AtOnce(to_json, withdraw))
    assert whose == {}
    assert shop.fetch(shop.bo, batch_id) == alone
    assert not any("see-profile" in shop.looks(name) for name in shop.people)


def test_a_share_that_is_withdrawn_after_it_was_made_is_deleted_and_left_out(shop: Shop) -> None:
    shop.answer("Amina", share=True)
    batch_id = shop.order(shop.bo)
    shop.make()
    sharing.unshare(shop.store, shop.own["Amina"], shop.clock.now)
    with shop.store.engine.transaction(write=False) as connection:
        kept = connection.execute("SELECT file_name FROM batch_items WHERE content IS NOT NULL").fetchall()
    assert sorted(name for (name,) in kept) == FILES[1:]
    assert shop.fetch(shop.bo, batch_id)[FILES[0]] == "changed"
    assert shop.stands(shop.bo, batch_id) == (2, 1), "the rating alone can still be had"
    ordering.try_again(shop.store, shop.settings, shop.bo, batch_id, shop.clock.now)
    shop.make()
    assert isinstance(shop.fetch(shop.bo, batch_id)[FILES[0]], dict)  # the rating alone


def test_who_shares_later_is_left_out_for_the_same_reason(shop: Shop) -> None:
    """ "changed" is all that is said: what has changed stands on the pages, as far as it may."""
    shop.answer("Amina", share=False)
    batch_id = shop.order(shop.bo)
    shop.make()
    sharing.share(shop.store, shop.own["Amina"], shop.clock.now)
    assert shop.fetch(shop.bo, batch_id)[FILES[0]] == "changed"


def test_what_was_shared_is_not_handed_out_to_who_leads_no_longer(shop: Shop) -> None:
    for name in ("Amina", "Karl"):
        shop.answer(name, share=name == "Amina")
    batch_id = shop.order(shop.bo)
    shop.make()
    with shop.store.write() as q:
        q.end_leaders_of_unit(unit_id=shop.unit_id, now=time_text(shop.clock.now))
    found = shop.fetch(shop.bo, batch_id)
    assert found[FILES[0]] == "changed"
    assert all(isinstance(found[name], dict) for name in FILES[1:]), "the own ratings alone"


@pytest.mark.parametrize("is_over", [True, False])
def test_who_does_not_lead_any_more_gets_nothing_when_the_wave_is_over(shop: Shop, *, is_over: bool) -> None:
    batch_id = shop.order(shop.bo)
    shop.make()
    with shop.store.engine.transaction(write=True) as connection:
        connection.execute(
            "UPDATE memberships SET ends_at = ? WHERE person_id = ? AND role = 'leader'",
            (shop.clock.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), shop.manager_id),
        )
    if is_over:
        waves.close_wave(shop.store, shop.wave_id)
    assert shop.stands(shop.bo, batch_id) == ((0, 0) if is_over else (3, 0))
    found = shop.fetch(shop.bo, batch_id)
    assert all((view == "changed") == is_over for view in found.values())
    if is_over:
        with pytest.raises(NotFound):
            shop.order(shop.bo)


def test_nobody_gets_a_report_about_who_has_left(shop: Shop) -> None:
    batch_id = shop.order(shop.bo)
    shop.make()
    with shop.store.engine.transaction(write=True) as connection:
        connection.execute(
            "UPDATE people SET left_at = '2026-11-01T00:00:00.000000Z' WHERE id = ?", (shop.people["Karl"],)
        )
    assert shop.stands(shop.bo, batch_id) == (2, 0)
    found = shop.fetch(shop.bo, batch_id)
    assert [name for name, view in found.items() if view == "changed"] == [FILES[2]]


def test_a_coach_gets_exactly_what_is_shared(shop: Shop) -> None:
    clara = shop.coach()
    with pytest.raises(NotFound):
        shop.order(clara)
    for name in ("Amina", "Karl"):
        shop.answer(name, share=False)
        shop.share_with(name, clara)
    batch_id = shop.order(clara)
    shop.make()
    assert shop.stands(clara, batch_id) == (2, 0)
    shop.share_with("Karl", clara, shared=False)
    assert shop.stands(clara, batch_id) == (1, 0), "and nothing that could be made once more"
    found = shop.fetch(clara, batch_id)
    assert list(found) == [FILES[0], FILES[2]]
    assert isinstance(found[FILES[0]], dict)
    assert found[FILES[2]] == "changed"
    assert "see-profile" in shop.looks("Amina")
    assert "see-profile" not in shop.looks("Karl")
    with pytest.raises(NotFound):
        shop.fetch(shop.bo, batch_id)


def test_a_coach_whose_office_has_ended_gets_nothing(shop: Shop) -> None:
    clara = shop.coach()
    shop.answer("Amina", share=False)
    shop.share_with("Amina", clara)
    batch_id = shop.order(clara)
    shop.make()
    admin = Actor(shop.manager_id, frozenset({shop.organisation_id}))
    appointments.end(shop.store, admin, shop.organisation_id, clara.id, "coach", shop.clock.now)
    assert shop.stands(Actor(clara.id), batch_id) == (0, 0)
    assert shop.fetch(clara, batch_id) == {FILES[0]: "changed"}


@pytest.mark.parametrize("wave", ["0" * 32, ""])
def test_a_wave_of_nobodys_is_not_there(shop: Shop, wave: str) -> None:
    with pytest.raises(NotFound):
        ordering.order(shop.store, shop.settings, shop.bo, "wave-reports", wave, "en", NOON)
    with pytest.raises(NotFound):
        shop.order(Actor(shop.people["Amina"]))


def test_erasing_somebody_empties_what_was_made(shop: Shop) -> None:
    clara = shop.coach()
    shop.answer("Amina", share=True)
    shop.share_with("Amina", clara)
    batches = [shop.order(shop.bo), shop.order(clara)]
    shop.make()
    erasure.erase(shop.store, shop.settings, shop.people["Amina"], shop.clock.now)
    assert [sorted(shop.fetch(who, one)) for who, one in zip((shop.bo, clara), batches, strict=True)] == [
        FILES[1:],
        [],
    ]
    erasure.erase(shop.store, shop.settings, shop.manager_id, shop.clock.now)
    with shop.store.engine.transaction(write=False) as connection:
        left = connection.execute("SELECT DISTINCT person_id FROM batches").fetchall()
    assert left == [(clara.id,)]


def test_a_report_that_was_kept_is_not_made_again(shop: Shop) -> None:
    session = sessions.of_person(shop.store, shop.manager_id, shop.ratings["Karl"], NOON, "en")
    found = results.results(shop.store, session, NOON)
    results.keep_document(shop.store, found, "personal-report", "en", b'"kept"', NOON)
    batch_id = shop.order(shop.bo)
    printing = AtOnce(to_json)
    shop.make(printing)
    assert len(printing.made) == 2
    assert shop.fetch(shop.bo, batch_id)[FILES[2]] == "kept"


def test_a_report_that_another_program_made_is_not_handed_out(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = shop.order(shop.bo)
    shop.make()
    monkeypatch.setattr(results, "made_by", lambda: "the program after an upgrade")
    assert set(shop.fetch(shop.bo, batch_id).values()) == {"changed"}
    assert shop.stands(shop.bo, batch_id) == (0, 3), "all of them can be made once more"


@pytest.mark.slow
def test_real_reports_from_real_processes(store: Store, settings: Settings, font_folder: Path) -> None:
    """As `assess work` makes them: whole tagged PDFs."""
    shop = Shop(store, settings, definition=read_folder(find("job-maturity")))
    batch_id = shop.order(shop.bo)
    printing = Printing(reports_on(font_folder), 2, Limits(niceness=1))
    shop.make(printing)
    printing.rest()
    documents = list(hand_out(store, settings, shop.bo, batch_id, shop.clock))
    assert [one.file_name for one in documents if isinstance(one, Document)] == FILES
    for one in documents:
        assert isinstance(one, Document)
        reader = PdfReader(BytesIO(one.content))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert one.file_name.split()[0] in reader.pages[0].extract_text()
