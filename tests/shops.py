"""Four shops in two regions whose people answer, wave after wave: what group results are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from small_organisation import NOON, tiny

from assess.campaigns import waves
from assess.people import register
from assess.rights import Actor
from assess.store import Store
from assess.store.ids import time_text
from questionnaires.definition import (
    Definition,
    Level,
    OptionSet,
    Perspective,
    Precision,
    Quadrants,
    RatingItem,
)

ITEMS = tuple(f"{scale}-{number}" for scale in ("skill", "will") for number in (1, 2))
SHOPS = ("Alby", "Birk", "Crona", "Dal")


def asked_in_shops(**parts: object) -> Definition:
    """Two scales of two ratings on 1–5, four levels of them, and a remark."""
    known = {scale: Precision(reliability=0.8, sd=0.8) for scale in ("skill", "will")}
    levels = {
        "M1": Level(across="low", up="low", calls_for="S1"),
        "M2": Level(across="low", up="high", calls_for="S2"),
        "M3": Level(across="high", up="low", calls_for="S3"),
        "M4": Level(across="high", up="high", calls_for="S4"),
    }
    remark = next(item for item in tiny().questionnaire.items if item.id == "remark")
    defaults: dict[str, object] = {
        "id": "shops",
        "privacy": "confidential",
        "by_job_area": False,
        "perspectives": {"self": Perspective()},
        "options": {"fit": OptionSet(values=(1, 2, 3, 4, 5), cannot_say=True)},
        "items": (*(RatingItem(id=item_id, options="fit", reason="…") for item_id in ITEMS), remark),
        "short_forms": {},
        "precision": {"self": known},
        "classification": Quadrants(
            name="ability-and-willingness",
            across="skill",
            up="will",
            cuts={"skill": 3.5, "will": 3.5},
            cut_reason="a convention",
            levels=levels,
        ),
    }
    return tiny(**(defaults | parts))


@dataclass
class Shops:
    """The organisation in a store. `people`: by shop, in the order of entering."""

    store: Store
    definition: Definition = field(default_factory=asked_in_shops)
    now: datetime = NOON
    people: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.organisation_id = register.add_organisation(
            self.store, "Rugbrød & Co.", customer="customer", now=self.now
        )
        self._unit("Rugbrød", None)
        for region, shops in (("Øst", SHOPS[:2]), ("Vest", SHOPS[2:])):
            self._unit(region, "Rugbrød")
            for shop in shops:
                self._unit(shop, region)
        self.content_hash = waves.add_questionnaire(self.store, self.definition, now=self.now)

    def _unit(self, name: str, parent: str | None) -> None:
        self.units[name] = register.add_unit(
            self.store,
            self.organisation_id,
            name,
            parent_id=None if parent is None else self.units[parent],
            now=self.now + timedelta(milliseconds=len(self.units)),  # ids sort in the order of entering
        )

    def enter(self, shop: str, number: int) -> list[str]:
        """So many more people of a shop; gives their ids."""
        entered = [self._person(f"{shop} {len(self.people.get(shop, ())) + n}") for n in range(number)]
        for person_id in entered:
            register.join_unit(self.store, person_id, self.units[shop], role="member", now=self.now)
        self.people.setdefault(shop, []).extend(entered)
        return entered

    def _person(self, name: str) -> str:
        return register.add_person(
            self.store,
            self.organisation_id,
            first_name=name.split(maxsplit=1)[0],
            name=name,
            language="da",
            email=f"{name.replace(' ', '.').lower()}@example.org",
            now=self.now,
        )

    def leader(self, unit: str) -> Actor:
        """A new person who leads a unit and is no member of any."""
        person_id = self._person(f"Leder {unit}")
        register.join_unit(self.store, person_id, self.units[unit], role="leader", now=self.now)
        return Actor(person_id)

    @property
    def administrator(self) -> Actor:
        return Actor("nobody", administers=frozenset({self.organisation_id}))

    def everybody(self, **left_out: int) -> dict[str, str]:
        """Person → shop; of the named shops so many at the end are left out."""
        return {
            person_id: shop
            for shop, people in self.people.items()
            for person_id in people[: len(people) - left_out.get(shop, 0)]
        }

    def wave(
        self,
        respondents: Mapping[str, str],
        answers: Mapping[str, Iterable[int]] | None = None,
        remarks: Mapping[str, str] | None = None,
        *,
        name: str = "Efterår",
        closed: bool = True,
    ) -> str:
        """A wave that these people (person → shop) have answered; gives its id. Without answers of their own
        people answer 2, 3 or 4 in turn."""
        wave_id = waves.open_wave(
            self.store,
            self.organisation_id,
            name,
            [self.content_hash],
            job_areas="chosen",
            max_job_areas=1,
            now=self.now,
        )
        rows = [
            (person_id, self.units[shop], self._answers(place, person_id, answers or {}))
            for place, (person_id, shop) in enumerate(respondents.items())
        ]
        self._put(wave_id, rows, remarks or {})
        if closed:
            waves.close_wave(self.store, wave_id)
        return wave_id

    @staticmethod
    def _answers(place: int, person_id: str, answers: Mapping[str, Iterable[int]]) -> list[int]:
        return list(answers.get(person_id, [2 + (place + item) % 3 for item in range(len(ITEMS))]))

    def _put(self, wave_id: str, rows: list[tuple[str, str, list[int]]], remarks: Mapping[str, str]) -> None:
        ids = [[self.store.new_id(self.now) for _ in range(3)] for _ in rows]
        at = time_text(self.now)
        with self.store.write() as q:
            q.add_tasks(
                [
                    {
                        "id": task,
                        "wave_id": wave_id,
                        "content_hash": self.content_hash,
                        "perspective": "self",
                        "respondent_id": person_id,
                        "subject_id": person_id,
                        "unit_id": unit_id,
                        "given_at": at,
                    }
                    for (task, _, _), (person_id, unit_id, _) in zip(ids, rows, strict=True)
                ]
            )
            q.add_assignments(
                [
                    {"id": one, "task_id": task, "position": 1, "job_area_id": None, "short_form": None}
                    for task, one, _ in ids
                ]
            )
            q.add_sheets([{"id": sheet, "assignment_id": one, "order_seed": 1} for _, one, sheet in ids])
            q.save_answers(
                [
                    {
                        "sheet_id": sheet,
                        "item_id": item_id,
                        "position": position,
                        "text": text,
                        "revision": 1,
                        "saved_at": at,
                    }
                    for (_, _, sheet), (person_id, _, given) in zip(ids, rows, strict=True)
                    for item_id, position, text in (
                        *((item_id, number, None) for item_id, number in zip(ITEMS, given, strict=True)),
                        ("remark", None, remarks.get(person_id)),
                    )
                ]
            )
            for _, _, sheet in ids:
                q.sheet_submitted(id=sheet, language="da", at=time_text(self.now + timedelta(minutes=5)))
