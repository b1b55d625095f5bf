"""The team's page: milliseconds of a whole request, and how many queries it asks, for small and large teams.

    python -m benchmarks.team_page [--people 12 200] [--rounds 40] [--queries]

A fresh SQLite file for each size. A leader who has rated everybody in two waves and two job areas; half of
them have answered too and share; the wave before is closed and published; a tenth have a talk planned. The
real application, signed in, without a network; pages in turn, the yardstick among them: the list of the own
devices, a page that is as empty as a signed-in page can be. "first": the first look within the hour, which
is written to the log for each person. `--queries` names those that are asked several times.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from assess.answering import sessions as answering
from assess.answering import sheets
from assess.answering.types import Given
from assess.campaigns import waves
from assess.people import register, sessions
from assess.releases.making import make
from assess.rights import Actor
from assess.settings import Settings, from_environment
from assess.store import Store, migrate, open_store
from assess.store.queries import Queries
from assess.talks import talks
from assess.web.app import create_app
from assess.web.person import cookie_name
from questionnaires.definition import ChoiceItem, Definition, Item, RatingItem, SituationItem
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
BEFORE = NOW - timedelta(days=180)
TEAM = 25
"""People in one unit under the leader's."""
PAGES = {"yardstick": "/account", "team": "/team", "me": "/me"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[12, 200])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--queries", action="store_true")
    asked = parser.parse_args()
    print(
        "people  page        queries   first ms    p50 ms    p99 ms   cpu p50 / p99 ms   x yardstick     kB"
    )
    for people in asked.people:
        with tempfile.TemporaryDirectory(prefix="assess-team-page-") as folder:
            measure(people, asked.rounds, Path(folder), names=asked.queries)


def measure(people: int, rounds: int, folder: Path, *, names: bool) -> None:
    settings = from_environment(
        {"ASSESS_DATABASE": str(folder / "assess.sqlite"), "ASSESS_DATA": str(folder)}
    )
    migrate(settings)
    with open_store(settings) as store:
        house = House.of(store, people)
        client = signed_in(settings, store, house.leader_id)
        get(client, PAGES["yardstick"])  # whatever is made at the first request of all
        first = {name: get(client, path) for name, path in PAGES.items()}
        asked: dict[str, list[str]] = {}
        for name, path in PAGES.items():
            with counted() as queries:
                get(client, path)
            asked[name] = queries
        times: dict[str, list[Request]] = {name: [] for name in PAGES}
        for _ in range(rounds):
            for name, path in PAGES.items():
                times[name].append(get(client, path))
    yardstick = statistics.median(one.processor for one in times["yardstick"])
    for name, found in times.items():
        took, busy = ([getattr(one, part) for one in found] for part in ("took", "processor"))
        print(
            f"{people:6}  {name:<10} {len(asked[name]):8} {first[name].took:10.0f}"
            f" {statistics.median(took):9.0f} {p99(took):9.0f}"
            f" {statistics.median(busy):9.0f} {p99(busy):6.0f}"
            f" {statistics.median(busy) / yardstick:13.1f} {found[0].size / 1024:6.0f}",
            flush=True,
        )
        if names:
            often = [f"{query} {count}" for query, count in Counter(asked[name]).most_common() if count > 1]
            print("        " + ", ".join(often))


@dataclass(frozen=True, slots=True)
class Request:
    """Milliseconds by the clock and of the processor, and how many bytes came."""

    took: float
    processor: float
    size: int


def get(client: FlaskClient, path: str) -> Request:
    start, busy = time.perf_counter(), time.process_time()
    answer = client.get(path)
    took, processor = time.perf_counter() - start, time.process_time() - busy
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return Request(1000 * took, 1000 * processor, len(answer.data))


def p99(values: list[float]) -> float:
    return sorted(values)[min(int(len(values) * 0.99), len(values) - 1)]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The names of the queries that run inside."""
    found: list[str] = []
    plain = Queries.__getattr__

    def noted(self: Queries, name: str) -> Any:
        found.append(name)
        return plain(self, name)

    Queries.__getattr__ = noted  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Queries.__getattr__ = plain  # type: ignore[method-assign]


def signed_in(settings: Settings, store: Store, person_id: str) -> FlaskClient:
    app = create_app(settings, clock=lambda: NOW, store=store)
    gc.freeze()  # as the server's processes do
    with store.write() as q:
        secret = sessions.begin(q, person_id, "da", NOW)
    client = app.test_client()
    client.set_cookie(cookie_name(settings), secret, domain="localhost")
    return client


@dataclass
class House:
    """A leader and the people: everything goes in through the use cases."""

    store: Store
    organisation_id: str
    leader_id: str
    people: list[str]
    areas: list[str]
    chance: random.Random

    @classmethod
    def of(cls, store: Store, people: int) -> House:
        organisation_id = register.add_organisation(store, "Team", customer="customer", now=BEFORE)
        top = register.add_unit(store, organisation_id, "All", parent_id=None, now=BEFORE)
        areas = [
            register.add_job_area(store, organisation_id, {"da": name}, position=place, now=BEFORE)
            for place, name in enumerate(("Bage brød", "Betjene kunder"), 1)
        ]
        house = cls(store, organisation_id, "", [], areas, random.Random(1))
        house.leader_id = house.somebody("Bo", top, "leader")
        unit = ""
        for number in range(people):
            if number % TEAM == 0:
                unit = register.add_unit(
                    store, organisation_id, f"Team {number // TEAM}", parent_id=top, now=BEFORE
                )
            house.people.append(house.somebody(f"P{number:03}", unit, "member"))
        house.fill()
        return house

    def somebody(self, name: str, unit: str, role: str) -> str:
        person = register.add_person(
            self.store,
            self.organisation_id,
            first_name=name,
            name=f"{name} Holm",
            language="da",
            now=BEFORE,
        )
        register.join_unit(self.store, person, unit, role=role, now=BEFORE)  # type: ignore[arg-type]
        return person

    def fill(self) -> None:
        """Two waves, the leader's own style, and talks."""
        maturity, style = (read_folder(LIBRARY / name) for name in ("job-maturity", "leadership-style"))
        hashes = [waves.add_questionnaire(self.store, one, now=BEFORE) for one in (maturity, style)]
        for name, moment in (("Autumn", BEFORE), ("Spring", NOW - timedelta(days=5))):
            wave_id = waves.open_wave(
                self.store,
                self.organisation_id,
                name,
                hashes,
                job_areas="given",
                max_job_areas=2,
                now=moment,
            )
            for number, person in enumerate(self.people):
                self.answer(wave_id, hashes[0], maturity, "manager", person, moment)
                if number % 2 == 0:
                    self.answer(wave_id, hashes[0], maturity, "self", person, moment)
            if moment == BEFORE:
                self.answer(wave_id, hashes[1], style, "self", self.leader_id, moment)
                waves.close_wave(self.store, wave_id)
                make(self.store, wave_id, moment + timedelta(days=20))
        actor = Actor(self.leader_id, organisation_id=self.organisation_id)
        for number, person in enumerate(self.people[::10]):
            starts_at = NOW + timedelta(days=3, hours=number)
            talks.plan(self.store, actor, person, starts_at, 60, "Room 2", NOW, as_role="manager")

    def answer(
        self,
        wave_id: str,
        content_hash: str,
        definition: Definition,
        perspective: str,
        subject: str,
        moment: datetime,
    ) -> None:
        respondent = subject if perspective == "self" else self.leader_id
        task = waves.assign(
            self.store,
            wave_id,
            content_hash,
            perspective,  # type: ignore[arg-type]
            respondent_id=respondent,
            subject_id=subject,
            job_area_ids=self.areas if definition.questionnaire.by_job_area else [],
            now=moment,
        )
        session = answering.of_person(self.store, respondent, task, moment, "da")
        with self.store.read() as q:
            found = [row["sheet_id"] for row in q.assignments(task_id=task)]
        for sheet_id in found:
            asked = set(sheets.sheet(self.store, session, sheet_id, moment).form.item_ids)
            items = [one for one in definition.questionnaire.items if one.id in asked]
            places = {one.id: self.position(definition, one) for one in items}
            given = {item_id: Given(position=place) for item_id, place in places.items() if place}
            sheets.save(self.store, session, sheet_id, given, moment)
            share = True if perspective == "self" and subject != self.leader_id else None
            sheets.submit(self.store, session, sheet_id, moment, share=share)

    def position(self, definition: Definition, item: Item) -> int:
        """A place among the options, 0 where the item is no question with options."""
        if isinstance(item, RatingItem):
            return min(5, max(1, round(self.chance.gauss(3.6, 0.9))))
        if isinstance(item, ChoiceItem):
            return self.chance.randint(1, len(definition.questionnaire.options[item.options].choices))
        return self.chance.randint(1, 4) if isinstance(item, SituationItem) else 0


if __name__ == "__main__":
    main()
