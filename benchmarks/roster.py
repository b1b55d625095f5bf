"""Importing a roster: processor seconds for 5,000 and 50,000 people, and how they grow. SQLite on disk.

Three imports of each size: into an empty organisation, the same file again, and one where every tenth person
has moved, changed the name or left. Beside the time of each step its growth: 10 is linear. The yardstick is
the time that the csv module alone takes to read the larger file.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from assess.files.roster import parse_roster
from assess.people import register, roster_import
from assess.people.roster_import import Choices
from assess.settings import from_environment
from assess.store import Store, migrate, open_store

SIZES = (5_000, 50_000)
TEAM = 25
REGION = 40
HEADER = "unit;name;email;employee number;language;leader;job areas\n"
AREAS = ("Bage brød", "Betjene kunder", "Lukke butikken", "Lede butik")
Times = dict[str, float]


def roster(people: int, moved: bool = False) -> bytes:
    """Teams of 25 in regions of 40 teams, each with a leader, and one director. `moved`: a tenth differs."""
    lines = [HEADER, "Koncern;Ditte Dam;p0@example.org;0;da;;\n"]
    for number in range(1, people):
        team = (number - 1) // TEAM
        region = team // REGION
        first = team * TEAM + 1
        leader: int | str = first
        if number == first:
            leader = 0 if team % REGION == 0 else region * REGION * TEAM + 1
        unit = f"Koncern/Region {region}" + (f"/Team {team}" if team % REGION else "")
        name = f"Person {number}"
        if moved and number % TEAM == 5 and number + TEAM < people:
            neighbour = team + 1 if (team + 1) % REGION else team
            unit = f"Koncern/Region {region}" + (f"/Team {neighbour}" if neighbour % REGION else "")
            leader = neighbour * TEAM + 1
        elif moved and number % TEAM == 10:
            continue
        elif moved and number % TEAM == 15:
            name += " Berg"
        area = AREAS[number % len(AREAS)]
        lines.append(f"{unit};{name};p{number}@example.org;{number};sv;{leader};{area}\n")
    return "".join(lines).encode()


@contextmanager
def timed(times: Times, step: str) -> Iterator[None]:
    begun = process_time()
    yield
    times[step] = process_time() - begun


def one_import(
    store: Store, organisation_id: str, content: bytes, now: datetime, times: Times, what: str
) -> None:
    with timed(times, f"{what}: preview"):
        prepared = roster_import.prepare(store, organisation_id, "roster.csv", content, Choices())
    with timed(times, f"{what}: apply"):
        roster_import.carry_out(store, organisation_id, prepared, "benchmark", now)


def measure(people: int) -> Times:
    """Seconds by step for an organisation of that size."""
    times: Times = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment(
            {"ASSESS_DATABASE": str(Path(folder) / "a.sqlite"), "ASSESS_DATA": folder}
        )
        migrate(settings)
        now = datetime(2026, 3, 2, tzinfo=UTC)
        content, later = roster(people), roster(people, moved=True)
        with open_store(settings) as store:
            home = register.add_organisation(store, "Koncern", customer="customer", now=now)
            with timed(times, "reading the file"):
                parse_roster(content)
            one_import(store, home, content, now, times, "first")
            one_import(store, home, content, now + timedelta(days=1), times, "same again")
            one_import(store, home, later, now + timedelta(days=2), times, "a tenth differs")
    return times


def main() -> None:
    found = {people: measure(people) for people in SIZES}
    small, large = (found[people] for people in SIZES)
    text = roster(SIZES[-1]).decode()
    begun = process_time()
    sum(1 for _ in csv.reader(io.StringIO(text), delimiter=";"))
    yardstick = process_time() - begun
    print(f"{'step':28}{SIZES[0]:>10,}{SIZES[1]:>10,}  growth   × csv module")
    for step, seconds in large.items():
        ratio = f"{seconds / small[step]:7.1f}{seconds / yardstick:12.0f}"
        print(f"{step:28}{small[step]:>9.2f}s{seconds:>9.2f}s{ratio}")


if __name__ == "__main__":
    main()
