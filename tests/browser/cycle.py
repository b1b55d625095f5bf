"""A bakery for a whole cycle of talks: Bo leads Amina and Dana, Clara is a coach, and the real questionnaire
about the maturity for a job is answered in one wave after the other, behind the pages' back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from small_organisation import Bakery
from talking import Talking

from assess.answering import sharing, sheets
from assess.answering.types import Given
from assess.campaigns import waves
from assess.store import Store
from questionnaires.definition import ChoiceItem, RatingItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

if TYPE_CHECKING:
    from house import Clock

Facets = Mapping[str, int]
"""Facet → where the answers lie on 1–5, whichever way an item is put; every other one lies at `USUAL`."""
USUAL = 3


@dataclass
class Cycle:
    """Waves of a bakery; `talking` has its people."""

    talking: Talking
    clock: Clock

    @classmethod
    def begun(cls, store: Store, clock: Clock) -> Cycle:
        definition = read_folder(LIBRARY / "job-maturity")
        return cls(Talking(Bakery(store, definition=definition, now=clock.now)), clock)

    @property
    def bakery(self) -> Bakery:
        return self.talking.bakery

    def wave(self, name: str, own: Facets, amina: Facets, dana: Facets) -> str:
        """A wave that is over: Amina about herself, which Bo and Clara may see, Bo about Amina and Dana."""
        bakery, store = self.bakery, self.bakery.store
        bakery.now = self.clock.now
        wave_id = waves.open_wave(
            store,
            bakery.organisation_id,
            name,
            [bakery.content_hash],
            job_areas="given",
            max_job_areas=2,
            now=self.clock.now,
        )
        own_task = self._assign(wave_id, bakery.employee_id, bakery.employee_id)
        about_amina = self._assign(wave_id, bakery.manager_id, bakery.employee_id)
        about_dana = self._assign(wave_id, bakery.manager_id, self.talking.dana_id)
        self._answer(own_task, own, share=True)
        self._answer(about_amina, amina)
        self._answer(about_dana, dana)
        coach_id = self.talking.clara_id
        sharing.decide_with(store, self.talking.amina, own_task, coach_id, True, self.clock.now)
        waves.close_wave(store, wave_id)
        return wave_id

    def _assign(self, wave_id: str, respondent_id: str, subject_id: str) -> str:
        return waves.assign(
            self.bakery.store,
            wave_id,
            self.bakery.content_hash,
            "self" if respondent_id == subject_id else "manager",
            respondent_id=respondent_id,
            subject_id=subject_id,
            job_area_ids=self.bakery.area_ids[:1],
            now=self.clock.now,
        )

    def _answer(self, task_id: str, facets: Facets, share: bool | None = None) -> None:
        bakery, now = self.bakery, self.clock.now
        session = bakery.enter(task_id, now)
        [progress] = bakery.task(session).sheets
        asked = frozenset(sheets.sheet(bakery.store, session, progress.sheet_id, now).form.item_ids)
        questionnaire = bakery.definition.questionnaire
        facet_of = {
            item: facet for facet, scale in questionnaire.scales.items() for item in scale.items or ()
        }
        given = {}
        for item in questionnaire.items:
            if item.id not in asked:
                continue
            if isinstance(item, RatingItem):
                at = facets.get(facet_of.get(item.id, ""), USUAL)
                given[item.id] = Given(position=6 - at if item.reverse else at)
            elif isinstance(item, ChoiceItem):
                given[item.id] = Given(position=2)
        sheets.save(bakery.store, session, progress.sheet_id, given, now)
        sheets.submit(bakery.store, session, progress.sheet_id, now, share=share)
