"""Opening a wave: seconds until everybody has tasks, sheets and an invitation waiting, and how they grow.

    python benchmarks/opening.py [--people 5000 50000]

A fresh SQLite file with `synchronous=FULL`; teams of about 25 with a leader each; a personal questionnaire,
self and manager: two tasks and two sheets for each person, and one letter. Beside it, in the same run:
filling the full wave again (the daily upkeep), and the page of response. The yardstick is one plain insert of
as many rows into the same file in one transaction.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assess.campaigns import campaigns, filling, waves
from assess.campaigns.plans import Planned, WavePlan
from assess.campaigns.response import response
from assess.people import register
from assess.rights import Actor
from assess.settings import from_environment
from assess.store import Store, migrate, open_store
from assess.store.ids import time_text
from questionnaires.library import LIBRARY
from questionnaires.reader import read_folder

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TEAM = 25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[5_000, 50_000])
    sizes = parser.parse_args().people
    print("people    tasks   letters   open+fill s   yardstick s   ratio   again s   response s")
    seconds = []
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="assess-opening-") as folder:
            seconds.append(measure(people, Path(folder)))
    if len(sizes) > 1:
        growth, more = seconds[-1] / seconds[0], sizes[-1] / sizes[0]
        print(f"{more:.0f} times the people take {growth:.1f} times as long")


def measure(people: int, folder: Path) -> float:
    settings = from_environment(
        {"ASSESS_DATABASE": str(folder / "assess.sqlite"), "ASSESS_DATA": str(folder)}
    )
    migrate(settings)
    with open_store(settings) as store:
        organisation_id, admin = organisation(store, people)
        digest = waves.add_questionnaire(store, read_folder(LIBRARY / "job-maturity"), now=NOW)
        plan = WavePlan(
            questionnaires=(Planned(digest, ("self", "manager")),),
            purpose="To talk about the work.",
            legal_basis="legitimate-interest",
            delete_on=date(2027, 3, 1),
            discussed_on=date(2026, 2, 1),
            job_areas="given",
        )
        closes_at = NOW + timedelta(days=14)
        wave_id = campaigns.create(store, admin, organisation_id, "Spring", plan, NOW, closes_at, NOW)

        def open_and_fill() -> None:
            campaigns.open_wave_of_plan(store, admin, wave_id, NOW)
            filling.fill(store, wave_id, NOW)

        filled = timed(open_and_fill)
        with store.read() as q:
            tasks = int(q.count_tasks_of_wave(wave_id=wave_id))
            letters = sum(
                row["letters"] for row in q.letter_counts(organisation_id=organisation_id, since="")
            )
        yardstick = timed(lambda: insert(store, tasks * 3 + letters))
        again = timed(lambda: filling.fill(store, wave_id, NOW))
        page = timed(lambda: response(store, admin, wave_id, NOW))
    print(
        f"{people:6d} {tasks:8d} {letters:9d} {filled:13.2f} {yardstick:13.2f} {filled / yardstick:7.1f}"
        f" {again:9.2f} {page:12.2f}"
    )
    return filled


def organisation(store: Store, people: int) -> tuple[str, Actor]:
    """People in teams of `TEAM` under one head, all with a job role that has two job areas."""
    organisation_id = register.add_organisation(store, "Chain", customer="customer", now=NOW)
    areas = [
        register.add_job_area(store, organisation_id, {"da": name}, position=place, now=NOW)
        for place, name in enumerate(("Bage", "Betjene"))
    ]
    top = register.add_unit(store, organisation_id, "Head", parent_id=None, now=NOW)
    with store.write() as q:
        role = store.new_id(NOW)
        q.add_job_role(id=role, organisation_id=organisation_id, names='{"da": "Bager"}')
        for area in areas:
            q.add_job_role_area(job_role_id=role, job_area_id=area)
        unit = top
        for number in range(people):
            if number % TEAM == 1:
                unit = store.new_id(NOW)
                q.add_unit(id=unit, organisation_id=organisation_id, parent_id=top, name=f"Team {number}")
            person_id = store.new_id(NOW)
            q.add_person(
                id=person_id,
                organisation_id=organisation_id,
                first_name="Person",
                name=f"Person {number}",
                email=f"p{number}@example.org",
                employee_number=str(number),
                language="da",
            )
            q.add_membership(
                id=store.new_id(NOW),
                person_id=person_id,
                unit_id=unit,
                role="leader" if number == 0 or number % TEAM == 1 else "member",
                job_role_id=role,
                starts_at=time_text(NOW),
                ends_at=None,
            )
    return organisation_id, Actor(person_id, administers=frozenset({organisation_id}))


def insert(store: Store, rows: int) -> None:
    """The yardstick: so many rows with two columns."""
    with store.engine.transaction(write=True) as connection:
        connection.execute("CREATE TABLE yardstick (id TEXT PRIMARY KEY, other TEXT)")
        connection.executemany(
            "INSERT INTO yardstick VALUES (?, ?)",
            ((store.new_id(NOW), store.new_id(NOW)) for _ in range(rows)),
        )


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
