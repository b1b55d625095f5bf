"""Making and reading releases: seconds, and how they grow with people.

    python benchmarks/releases.py [--people 5000 50000] [--units 2000] [--waves 2]

A fresh SQLite file; an organisation of so many units, six beneath each; people answer the library's
job-maturity questionnaire, three quarters of them in each wave, and between waves some move, leave and come.
The last wave counts: everything before it is there to be guarded against.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from assess.campaigns import waves
from assess.people import register
from assess.releases.making import make
from assess.releases.reading import release, releases_for
from assess.rights import Actor
from assess.settings import from_environment
from assess.store import Store, migrate, open_store
from assess.store.ids import time_text
from questionnaires.definition import Definition, RatingItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ANSWERING = 0.75
COMING_AND_GOING = 0.05
MOVING = 0.02
BLOCK = 5_000
Outcome = TypeVar("Outcome")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--units", type=int, default=2_000)
    parser.add_argument("--waves", type=int, default=2)
    asked = parser.parse_args()
    print("people   units   wave   groups   make s   list s   one group s")
    seconds = []
    for people in asked.people:
        with tempfile.TemporaryDirectory(prefix="assess-releases-") as folder:
            units = min(asked.units, people // 5)
            seconds.append(measure(people, units, asked.waves, Path(folder)))
    if len(asked.people) > 1:
        more = asked.people[-1] / asked.people[0]
        print(f"{more:.0f} times the people take {seconds[-1] / seconds[0]:.1f} times as long to make")


def measure(people: int, units: int, count: int, folder: Path) -> float:
    settings = from_environment(
        {"ASSESS_DATABASE": str(folder / "assess.sqlite"), "ASSESS_DATA": str(folder)}
    )
    migrate(settings)
    made = 0.0
    with open_store(settings) as store:
        chance = random.Random(1)
        definition = read_folder(LIBRARY / "job-maturity")
        digest = waves.add_questionnaire(store, definition, now=NOW)
        organisation_id = register.add_organisation(store, "Large", customer="customer", now=NOW)
        names = tree(store, organisation_id, units)
        belongs = {person: chance.choice(names) for person in enter(store, organisation_id, people)}
        reader = Actor("reader", administers=frozenset({organisation_id}))
        for number in range(1, count + 1):
            wave_id = answered(store, organisation_id, digest, definition, belongs, chance)
            made, found = timed(lambda wave_id=wave_id: make(store, wave_id, NOW))  # type: ignore[misc]
            listed, entries = timed(lambda: releases_for(store, reader, organisation_id, NOW))
            one, _ = timed(lambda found=found: release(store, reader, found[0], NOW))  # type: ignore[misc]
            groups = len(entries[0].units)
            print(
                f"{people:6}   {units:5}   {number:4}   {groups:6}   {made:6.1f}   {listed:6.2f}   "
                f"{one:11.2f}",
                flush=True,
            )
            coming = iter(enter(store, organisation_id, int(people * COMING_AND_GOING)))
            for person in chance.sample(sorted(belongs), int(people * COMING_AND_GOING)):
                del belongs[person]
                belongs[next(coming)] = chance.choice(names)
            for person in chance.sample(sorted(belongs), int(people * MOVING)):
                belongs[person] = chance.choice(names)
    return made


def tree(store: Store, organisation_id: str, units: int) -> list[str]:
    ids = [store.new_id(NOW) for _ in range(units)]
    with store.write() as q:
        for place, unit_id in enumerate(ids):
            q.add_unit(
                id=unit_id,
                organisation_id=organisation_id,
                parent_id=ids[(place - 1) // 6] if place else None,
                name=f"Unit {place}",
            )
    return ids


def enter(store: Store, organisation_id: str, people: int) -> list[str]:
    ids = [store.new_id(NOW) for _ in range(people)]
    with store.write() as q:
        for person_id in ids:
            q.add_person(
                id=person_id,
                organisation_id=organisation_id,
                first_name="P",
                name="Person",
                email=None,
                employee_number=None,
                language="da",
            )
    return ids


def answered(
    store: Store,
    organisation_id: str,
    digest: str,
    definition: Definition,
    belongs: dict[str, str],
    chance: random.Random,
) -> str:
    """A closed wave of one job area; gives its id."""
    wave_id = waves.open_wave(
        store, organisation_id, "Wave", [digest], job_areas="chosen", max_job_areas=1, now=NOW
    )
    items = [item.id for item in definition.questionnaire.items if isinstance(item, RatingItem)]
    respondents = [one for one in belongs.items() if chance.random() < ANSWERING]
    for start in range(0, len(respondents), BLOCK):
        put(store, wave_id, digest, respondents[start : start + BLOCK], items, chance)
    waves.close_wave(store, wave_id)
    return wave_id


def put(
    store: Store,
    wave_id: str,
    digest: str,
    respondents: list[tuple[str, str]],
    items: list[str],
    chance: random.Random,
) -> None:
    at = time_text(NOW)
    rows = [(person, unit, *(store.new_id(NOW) for _ in range(3))) for person, unit in respondents]
    with store.write() as q:
        q.add_tasks(
            [
                {
                    "id": task,
                    "wave_id": wave_id,
                    "content_hash": digest,
                    "perspective": "self",
                    "respondent_id": person,
                    "subject_id": person,
                    "unit_id": unit,
                    "given_at": at,
                }
                for person, unit, task, _, _ in rows
            ]
        )
        q.add_assignments(
            [
                {"id": one, "task_id": task, "position": 1, "job_area_id": None, "short_form": None}
                for _, _, task, one, _ in rows
            ]
        )
        q.add_sheets([{"id": sheet, "assignment_id": one, "order_seed": 1} for _, _, _, one, sheet in rows])
        q.save_answers(
            [
                {
                    "sheet_id": sheet,
                    "item_id": item_id,
                    "position": chance.randint(1, 5),
                    "text": None,
                    "revision": 1,
                    "saved_at": at,
                }
                for _, _, _, _, sheet in rows
                for item_id in items
            ]
        )
        for _, _, _, _, sheet in rows:
            q.sheet_submitted(id=sheet, language="da", at=at)


def timed(work: Callable[[], Outcome]) -> tuple[float, Outcome]:
    start = time.perf_counter()
    outcome = work()
    return time.perf_counter() - start, outcome


if __name__ == "__main__":
    main()
